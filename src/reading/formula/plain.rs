//! A formula as plain text, for bookmarks, names and comparison.

use crate::reading::model::{Grid, Length, Math};

const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻n\u{207f}i\u{2071}∘°*∗";
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋i\u{1d62}j\u{2c7c}n\u{2099}k\u{2096}t\u{209c}";

/// Returns the characters of a row.
pub(super) fn plain(row: &[Math]) -> String {
    let mut out = String::new();
    for element in row {
        write(element, &mut out);
    }
    out
}

fn write(element: &Math, out: &mut String) {
    match element {
        Math::Sign { v, .. } | Math::Number { v, .. } | Math::Words { v, .. } => out.push_str(v),
        Math::Function { v } => {
            // Its name and the letters beside it are words.
            if out.ends_with(char::is_alphanumeric) {
                out.push(' ');
            }
            out.push_str(v);
        }
        Math::Space { width: Length::Em(ems), .. } if *ems > 0.2 => out.push(' '),
        Math::Space { .. } => {}
        Math::Row { body } | Math::Style { body, .. } => {
            body.iter().for_each(|element| write(element, out));
        }
        Math::Struck { body } => {
            body.iter().for_each(|element| write(element, out));
            out.push('\u{338}');
        }
        Math::Fraction { over, under } => {
            out.push_str(&format!("{}/{}", single(over), single(under)));
        }
        Math::Binomial { over, under } => {
            out.push_str(&format!("({}; {})", plain(over), plain(under)));
        }
        Math::Root { body, index } => {
            out.push_str(&index.as_ref().map(|index| raised(index)).unwrap_or_default());
            out.push('√');
            out.push_str(&single(body));
        }
        Math::Scripts { base, sub, sup, primes, .. } => {
            base.iter().for_each(|element| write(element, out));
            out.push_str(&"′".repeat(*primes));
            out.push_str(&sub.as_ref().map(|sub| lowered(sub)).unwrap_or_default());
            out.push_str(&sup.as_ref().map(|sup| raised(sup)).unwrap_or_default());
        }
        Math::Accent { base, .. } => base.iter().for_each(|element| write(element, out)),
        Math::Spanned { base, note, .. } => {
            base.iter().for_each(|element| write(element, out));
            if let Some(note) = note {
                out.push_str(&format!(" ({})", plain(note)));
            }
        }
        Math::Fenced { open, close, body } => {
            out.extend(*open);
            body.iter().for_each(|element| write(element, out));
            out.extend(*close);
        }
        Math::Delimiter { v, .. } => out.push(*v),
        Math::Grid(Grid { rows, .. }) => {
            let rows = rows.iter().map(|row| {
                let cells: Vec<_> = row.iter().map(|cell| plain(cell)).collect();
                cells.join(" ")
            });
            out.push_str(&rows.collect::<Vec<_>>().join("; "));
        }
    }
}

/// A row in brackets, if it is more than one element.
fn single(row: &[Math]) -> String {
    let text = plain(row);
    let one = text.chars().count() < 2
        || matches!(row, [Math::Number { .. } | Math::Words { .. } | Math::Sign { .. }]);
    if one { text } else { format!("({text})") }
}

fn raised(row: &[Math]) -> String {
    small(row, RAISED, '^')
}

fn lowered(row: &[Math]) -> String {
    small(row, LOWERED, '_')
}

/// A row in small characters, if there are such.
fn small(row: &[Math], table: &str, mark: char) -> String {
    let text = plain(row);
    let find = |c: char| {
        let mut pairs = table.chars().zip(table.chars().skip(1)).step_by(2);
        pairs.find(|(own, _)| *own == c).map(|(_, small)| small)
    };
    match text.chars().map(find).collect::<Option<String>>() {
        Some(small) => small,
        None => format!("{mark}{}", single(row)),
    }
}
