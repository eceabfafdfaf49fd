//! More kinds of charts: upright and grouped bars, areas, points, heat maps, radars, waterfalls,
//! small charts side by side.

use std::fmt::Write as _;

use super::text::{Author, Must};

/// The kinds that are written here.
pub(super) const KINDS: [&str; 9] =
    ["grouped", "upright", "shares", "area", "point", "rect", "radar", "waterfall", "small"];

/// A chart of this kind with about so many rows.
pub(super) fn write(author: &mut Author, kind: &str, rows: usize) -> String {
    let timed = matches!(kind, "upright" | "area") && author.random.one_in(2);
    let rows = match kind {
        "radar" => rows.clamp(3, 8),
        "area" => rows.max(2),
        "grouped" | "rect" => rows.min(30),
        "upright" | "waterfall" if !timed => rows.min(5),
        "point" | "small" => rows.min(12),
        _ => rows,
    };
    let columns = match kind {
        "grouped" | "shares" => author.random.within(2..=4),
        "upright" | "area" | "radar" | "rect" => author.random.within(1..=3),
        "small" => author.random.within(2..=4),
        _ => 1,
    };
    // Which names are printed depends on the kind; a name that is not needs no number.
    let named = matches!(kind, "grouped" | "shares" | "rect" | "small")
        || (columns > 1 && matches!(kind, "upright" | "area" | "radar"));
    let names: Vec<String> = (0..columns)
        .map(|at| if named { author.word(Must::Repeat) } else { format!("y{at}") })
        .collect();
    let x = if kind == "point" { author.word(Must::Repeat) } else { "x".to_owned() };
    let noted = if kind == "point" { ",note" } else { "" };
    let mut data = format!("{x},{}{noted}\n", names.join(","));
    for row in 0..rows {
        let label = match kind {
            "point" => author.random.within(1..=999).to_string(),
            "small" => (1990 + row).to_string(),
            "area" if !timed => row.to_string(),
            _ if timed => format!("{}Q{}", 2001 + row / 4, row % 4 + 1),
            _ => author.word(Must::Once),
        };
        let values = (0..columns).map(|_| author.random.mostly_small(1..=999));
        let mut cells: Vec<String> =
            [label].into_iter().chain(values.map(|v| v.to_string())).collect();
        let may_be_negative = matches!(kind, "grouped" | "upright" | "rect" | "waterfall");
        if may_be_negative && row > 0 && author.random.one_in(5) {
            cells[1].insert(0, '-');
        }
        if matches!(kind, "grouped" | "rect") && row > 0 && author.random.one_in(8) {
            cells[1].clear();
        }
        if kind == "point" {
            cells.push(author.word(Must::Once));
        }
        _ = writeln!(data, "{}", cells.join(","));
    }
    let path = format!("charts/{}.csv", author.manuscript.files.len());
    author.manuscript.files.insert(format!("content/{path}"), data.into_bytes());

    let title = author.random.mostly_small(1..=8);
    let title = author.plain(title, author.titles());
    let (kind, more) = match kind {
        "grouped" => ("bar", ""),
        "upright" => ("bar", "orient: vertical\n"),
        "shares" => ("bar", "stack: normalize\n"),
        "small" => ("line", "facet: true\n"),
        kind => (kind, ""),
    };
    let mut out = format!("```chart\nkind: {kind}\n{more}title: {title}\ndata: {path}\nx: {x}\n");
    _ = match &names[..] {
        [name] => writeln!(out, "y: {name}"),
        names => writeln!(out, "y: [{}]", names.join(", ")),
    };
    if kind == "point" {
        out += "note: note\n";
    }
    if author.random.one_in(2) {
        _ = writeln!(out, "unit: {}", author.word(Must::Repeat));
    }
    if author.random.one_in(3) {
        out += "format: \",\"\n";
    }
    let ruled = matches!(kind, "area" | "point") || more.starts_with("orient");
    if ruled && author.random.one_in(3) {
        _ = writeln!(
            out,
            "rule: [{{y: {}, text: {}}}]",
            author.random.within(1..=500),
            author.word(Must::Once)
        );
    }
    if author.random.one_in(2) {
        _ = writeln!(out, "source: {}", author.plain(2, Must::Once));
    }
    out + "alt: 替代文字\n```"
}
