//! The layout report and the count as tables for a terminal.

use l10n::say;
use trendpress::checking::{Count, PartCount};
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
    lines(&heads(), &rows).into_iter().chain(worst).collect::<Vec<_>>().join("\n")
}

/// Formats the lines of a table: the first column to the left, the others to the right.
fn lines<const N: usize>(heads: &[String; N], rows: &[[String; N]]) -> Vec<String> {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].width());
        cells.chain([heads[column].width()]).max().unwrap_or_default()
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |cells: &[String; N]| {
        let padded =
            cells.iter().zip(widths).enumerate().map(|(column, (cell, width))| match column {
                0 => format!("{cell}{}", " ".repeat(width - cell.width())),
                _ => format!("{}{cell}", " ".repeat(width - cell.width())),
            });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    std::iter::once(heads).chain(rows).map(line).collect()
}

/// Formats the count of a report, one row per part and one for all.
pub(crate) fn of_count(count: &Count) -> String {
    let heads = [
        say!("part"),
        say!("text"),
        say!("captions"),
        say!("tables"),
        say!("notes"),
        say!("references"),
        say!("in all"),
        say!("characters"),
        say!("with spaces"),
        say!("findings"),
        say!("per 10,000"),
    ];
    let row = |count: &PartCount, name: String| {
        let [text, captions, tables, notes, references] =
            count.lengths.each().map(|(_, length)| length.words.to_string());
        let all = count.lengths.all();
        let rate = count.rate().map(|rate| format!("{rate:.2}")).unwrap_or_default();
        let findings = count.findings.to_string();
        let [words, characters, with_spaces] =
            [all.words, all.characters, all.with_spaces].map(|number| number.to_string());
        [
            name,
            text,
            captions,
            tables,
            notes,
            references,
            words,
            characters,
            with_spaces,
            findings,
            rate,
        ]
    };
    let parts = count.parts.iter().map(|part| row(part, part.part.clone()));
    let rows: Vec<_> = parts.chain([row(&count.all, say!("in all"))]).collect();
    lines(&heads, &rows).join("\n")
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
