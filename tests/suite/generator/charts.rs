//! Charts: the block and its CSV file.

use std::fmt::Write as _;

use super::text::{Author, Must};

/// A chart of this kind with so many rows.
pub(super) fn write(author: &mut Author, kind: &str, rows: usize) -> String {
    let words = matches!(kind, "timeline" | "matrix");
    let columns = match kind {
        "stacked" => author.random.within(2..=4),
        "line" => author.random.mostly_small(1..=4),
        "matrix" => author.random.mostly_small(1..=5),
        "range" => 3,
        _ => 1,
    };
    // Which names are printed depends on the kind; a name that is not needs no number.
    let named = matches!(kind, "stacked" | "line" | "matrix");
    let names: Vec<String> = (0..columns)
        .map(|at| if named { author.word(Must::Repeat) } else { format!("y{at}") })
        .collect();
    let noted = matches!(kind, "line" | "timeline") && author.random.one_in(2);
    let head = if kind == "matrix" { author.word(Must::Repeat) } else { "x".to_owned() };
    let mut data = format!("{head},{}{}\n", names.join(","), if noted { ",note" } else { "" });
    let length = author.random.mostly_small(1..=if rows > 20 { 2 } else { 8 });
    let mut labels = vec![];
    for row in 0..rows {
        let label = match kind {
            "line" => (1960 + row).to_string(),
            _ => cell(author, length),
        };
        let mut cells = vec![label.clone()];
        labels.push(label);
        if words {
            cells.extend((0..columns).map(|_| cell(author, length)));
        } else {
            // The first row has all values: a kind may name its columns there.
            let mut values: Vec<usize> =
                (0..columns).map(|_| author.random.mostly_small(1..=999)).collect();
            if kind == "range" {
                values.sort_unstable();
            }
            cells.extend(values.iter().map(|value| match author.random.below(12) {
                0 if row > 0 => String::new(),
                1 => format!("{}.{}", value / 10, value % 10),
                _ => value.to_string(),
            }));
            if kind == "range" && !cells[1..].iter().all(|cell| cell.parse::<usize>().is_ok()) {
                cells.splice(1.., values.iter().map(usize::to_string));
            }
        }
        if noted {
            // A note stands beside the value of the first column, if there is one.
            let note = if cells[1].is_empty() { String::new() } else { cell(author, length) };
            cells.push(note);
        }
        _ = writeln!(data, "{}", cells.join(","));
    }
    let path = format!("charts/{}.csv", author.manuscript.files.len());
    author.manuscript.files.insert(format!("content/{path}"), data.into_bytes());

    let title = author.random.mostly_small(1..=8);
    // A long matrix goes on under its title.
    let must = if kind == "matrix" { Must::Repeat } else { author.titles() };
    let title = author.plain(title, must);
    let mut out = format!("```chart\nkind: {kind}\ntitle: {title}\ndata: {path}\nx: {head}\n");
    _ = match &names[..] {
        [name] => writeln!(out, "y: {name}"),
        names => writeln!(out, "y: [{}]", names.join(", ")),
    };
    if noted {
        out += "note: note\n";
    }
    if !words && author.random.one_in(2) {
        _ = writeln!(out, "unit: {}", author.word(Must::Repeat));
    }
    if matches!(kind, "line" | "range") && author.random.one_in(3) {
        out += "scale: log\n";
    }
    if matches!(kind, "bar" | "timeline") && author.random.one_in(3) {
        let label = author.random.below(labels.len());
        _ = writeln!(out, "highlight: \"{}\"", labels[label].trim_matches('"'));
    }
    if author.random.one_in(2) {
        _ = writeln!(out, "source: {}", author.plain(2, must));
    }
    out + "alt: 替代文字\n```"
}

/// Words as a field of a CSV file.
fn cell(author: &mut Author, most: usize) -> String {
    let words = author.random.mostly_small(1..=most);
    let text = author.plain(words, Must::Once);
    if text.contains(',') { format!("\"{text}\"") } else { text }
}
