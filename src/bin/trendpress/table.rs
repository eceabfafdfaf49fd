//! How each part was set, as a table for a terminal.

use trendpress::layout::{Layout, PartLayout};

const HEADS: [&str; 13] = [
    "part",
    "pages",
    "full",
    "leading",
    "gap",
    "figures",
    "tracking",
    "size",
    "lines",
    "widest gap",
    "squeezed",
    "stretched",
    "lone ends",
];

/// The table, a row a part that the template fits, and below it the lines that are opened widest.
pub fn of(layout: &Layout) -> String {
    let rows: Vec<[String; 13]> = layout.parts.iter().filter_map(row).collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([HEADS[column].len()]).max().unwrap_or_default()
    };
    let widths: [usize; 13] = std::array::from_fn(width);
    let line = |cells: &[String; 13]| {
        let padded = cells.iter().zip(widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:width$}"),
            _ => format!("{cell:>width$}"),
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let head = line(&HEADS.map(str::to_owned));
    let worst = layout.worst.iter().map(|worst| {
        format!("{}:{}: page {}, widest gap {:.2} em: {}", worst.file, worst.line, worst.page, worst.gap, worst.text)
    });
    std::iter::once(head).chain(rows.iter().map(line)).chain(worst).collect::<Vec<_>>().join("\n")
}

fn row(part: &PartLayout) -> Option<[String; 13]> {
    let fit = part.fit.as_ref()?;
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    Some([
        part.part.clone(),
        match part.budget {
            Some(budget) => format!("{} of {budget}", part.pages),
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
