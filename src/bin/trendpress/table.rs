//! The layout report as a table for a terminal.

use l10n::say;
use trendpress::setting::{LayoutReport, PartLayout};
use unicode_width::UnicodeWidthStr;

/// Returns the column headings.
fn heads() -> [String; 13] {
    [
        say!("part"),
        say!("pages"),
        say!("full"),
        say!("leading"),
        say!("gap"),
        say!("figures"),
        say!("tracking"),
        say!("size"),
        say!("lines"),
        say!("widest gap"),
        say!("squeezed"),
        say!("stretched"),
        say!("lone ends"),
    ]
}

/// Formats the table, one row per part that the template fits, and below it the lines with the
/// widest gaps.
pub(crate) fn of(layout: &LayoutReport) -> String {
    let rows: Vec<[String; 13]> = layout.parts.iter().filter_map(row).collect();
    let heads = heads();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].width());
        cells.chain([heads[column].width()]).max().unwrap_or_default()
    };
    let widths: [usize; 13] = std::array::from_fn(width);
    let line = |cells: &[String; 13]| {
        let padded =
            cells.iter().zip(widths).enumerate().map(|(column, (cell, width))| match column {
                0 => format!("{cell}{}", " ".repeat(width - cell.width())),
                _ => format!("{}{cell}", " ".repeat(width - cell.width())),
            });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let head = line(&heads);
    let worst = layout.worst.iter().map(|worst| {
        say!(
            "{file}:{line}: page {page}, widest gap {gap} em: {text}",
            file = worst.file,
            line = worst.line,
            page = worst.page,
            gap = format!("{:.2}", worst.gap),
            text = worst.text
        )
    });
    std::iter::once(head).chain(rows.iter().map(line)).chain(worst).collect::<Vec<_>>().join("\n")
}

fn row(part: &PartLayout) -> Option<[String; 13]> {
    let fit = part.fit.as_ref()?;
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    Some([
        part.part.clone(),
        match part.budget {
            Some(budget) => say!("{pages} of {budget}", pages = part.pages, budget),
            None => part.pages.to_string(),
        },
        percent(fit.fill),
        format!("{:.2} pt", fit.leading),
        fit.gap.to_string(),
        percent(fit.figures),
        format!("{:+.1} %", fit.tracking * 100.0),
        format!("{:.1} pt", fit.size),
        part.lines.to_string(),
        format!("{:.2} em", part.largest_gap),
        part.squeezed.to_string(),
        part.stretched.to_string(),
        part.single.to_string(),
    ])
}
