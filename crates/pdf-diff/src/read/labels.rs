//! Page labels (ISO 32000-1, 12.4.2): the page numbers as printed.

use hayro::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, String as PdfString};

use preflight::decode;

/// The maximum depth of a number tree.
const DEEPEST: usize = 20;

/// Returns the labels of `count` pages; a page without one gets its number.
pub(super) fn of(catalog: &Dict<'_>, count: usize) -> Vec<String> {
    let mut ranges = vec![];
    if let Some(root) = catalog.get::<Dict<'_>>("PageLabels") {
        collect(&root, 0, &mut ranges);
    }
    ranges.sort_by_key(|(first, _)| *first);
    (0..count)
        .map(|page| match ranges.iter().rfind(|(first, _)| *first <= page) {
            Some((first, range)) => label(range, page - first),
            None => (page + 1).to_string(),
        })
        .collect()
}

fn collect<'a>(node: &Dict<'a>, depth: usize, out: &mut Vec<(usize, Dict<'a>)>) {
    if depth > DEEPEST {
        return;
    }
    if let Some(list) = node.get::<Array<'a>>("Nums") {
        let entries: Vec<Object<'a>> = list.iter::<Object<'a>>().collect();
        for pair in entries.chunks_exact(2) {
            if let [Object::Number(first), Object::Dict(range)] = pair {
                out.extend(
                    usize::try_from(first.as_i64()).ok().map(|first| (first, range.clone())),
                );
            }
        }
    }
    for kid in node
        .get::<Array<'a>>("Kids")
        .into_iter()
        .flat_map(|kids| kids.iter::<Dict<'a>>().collect::<Vec<_>>())
    {
        collect(&kid, depth + 1, out);
    }
}

fn label(range: &Dict<'_>, after: usize) -> String {
    let prefix =
        range.get::<PdfString<'_>>("P").map(|prefix| decode(prefix.as_bytes())).unwrap_or_default();
    let start = range.get::<i32>("St").and_then(|start| usize::try_from(start).ok()).unwrap_or(1);
    let number = start.saturating_add(after);
    let style = match range.get_raw::<Name<'_>>("S") {
        Some(MaybeRef::NotRef(name)) => name.as_str().to_owned(),
        _ => String::new(),
    };
    let number = match style.as_str() {
        "D" => number.to_string(),
        "r" => roman(number).to_lowercase(),
        "R" => roman(number),
        "a" => letters(number).to_lowercase(),
        "A" => letters(number),
        _ => String::new(),
    };
    prefix + &number
}

fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 4000 {
        return number.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            out += sign;
            number -= value;
        }
    }
    out
}

/// Formats a number as A to Z, then AA to ZZ and so on.
fn letters(number: usize) -> String {
    let Some(index) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'A' + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(100)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_as_the_style_says() {
        assert_eq!(["I", "IV", "XIX", "MMXXVI"], [1, 4, 19, 2026].map(roman)[..]);
        assert_eq!(["A", "Z", "AA", "BB"], [1, 26, 27, 28].map(letters)[..]);
    }
}
