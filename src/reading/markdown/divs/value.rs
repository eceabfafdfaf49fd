//! One large number: its fields, and the parts of its value.

use crate::reading::model::{Inline, Inlines, KpiItem};
use crate::reading::text;

/// Why an item is no large number.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It has not two or three fields.
    Form,
    /// Its value holds marks.
    Marks,
    /// It is a quotation: its value begins with `>`.
    Quoted,
}

/// An item of two or three fields with bars between them.
pub(super) fn item_of(body: &[Inline], line: usize) -> Result<KpiItem, Fault> {
    let mut fields = fields(body);
    if !(2..=3).contains(&fields.len()) || fields.iter().any(Vec::is_empty) {
        return Err(Fault::Form);
    }
    let label = fields.pop().unwrap_or_default();
    let change = if fields.len() == 2 { fields.pop().unwrap_or_default() } else { vec![] };
    let mut value = fields.pop().unwrap_or_default();
    // It is bold as it is.
    if let [Inline::Strong { body }] = value.as_slice() {
        value = body.clone();
    }
    value = value.into_iter().map(powered).collect();
    if !value.iter().all(|run| run.letters().is_some()) {
        return Err(Fault::Marks);
    }
    let (before, number, unit) = parts(&text::plain(&value));
    Ok(KpiItem { line, before, number, unit, change, label })
}

/// What figures and signs are raised and lowered.
const SCRIPTS: [(char, char, char); 14] = [
    ('0', '⁰', '₀'),
    ('1', '¹', '₁'),
    ('2', '²', '₂'),
    ('3', '³', '₃'),
    ('4', '⁴', '₄'),
    ('5', '⁵', '₅'),
    ('6', '⁶', '₆'),
    ('7', '⁷', '₇'),
    ('8', '⁸', '₈'),
    ('9', '⁹', '₉'),
    ('+', '⁺', '₊'),
    ('-', '⁻', '₋'),
    ('−', '⁻', '₋'),
    ('–', '⁻', '₋'),
];

/// A run that is raised or lowered, in the characters that are: `10^29^` is 10²⁹. Any other stays.
fn powered(run: Inline) -> Inline {
    let raised = matches!(run, Inline::Sup { .. });
    let (Inline::Sup { body } | Inline::Sub { body }) = &run else { return run };
    let written = text::plain(body);
    let one = |c: char| {
        let (_, up, down) = SCRIPTS.iter().find(|(plain, ..)| *plain == c)?;
        Some(if raised { *up } else { *down })
    };
    match cjk::visible(&written).map(one).collect::<Option<String>>() {
        Some(v) if !v.is_empty() => Inline::Text { v },
        _ => run,
    }
}

/// Whether a figure is raised, as those of powers are.
fn is_raised(c: char) -> bool {
    SCRIPTS.iter().any(|(_, up, _)| *up == c)
}

/// The runs between bars, without the spaces around these.
fn fields(body: &[Inline]) -> Vec<Inlines> {
    let mut out: Vec<Inlines> = vec![vec![]];
    for run in body {
        let Inline::Text { v } = run else {
            out.last_mut().expect("one field at least").push(run.clone());
            continue;
        };
        // A bar that a value of a variable has is none.
        let joined = |at: usize, bar: &str| v[at + bar.len()..].starts_with(cjk::WORD_JOINER);
        let bars = v.match_indices(['|', '｜']).filter(|(at, bar)| !joined(*at, bar));
        let ends = bars.map(|(at, bar)| (at, at + bar.len())).chain([(v.len(), v.len())]);
        let mut from = 0;
        for (number, (end, next)) in ends.enumerate() {
            if number > 0 {
                out.push(vec![]);
            }
            if from < end {
                out.last_mut().expect("one field at least").push(Inline::text(&v[from..end]));
            }
            from = next;
        }
    }
    for field in &mut out {
        let blank = |c: char| c.is_whitespace() || cjk::is_invisible(c);
        if let Some(Inline::Text { v }) = field.first_mut() {
            *v = v.trim_start_matches(blank).to_owned();
        }
        if let Some(Inline::Text { v }) = field.last_mut() {
            *v = v.trim_end_matches(blank).to_owned();
        }
        field.retain(|run| !matches!(run, Inline::Text { v } if v.is_empty()));
    }
    out
}

/// A value as what stands before its number, the number, and its unit.
fn parts(value: &str) -> (String, String, String) {
    let is_sign = |c: char| "+-−±＋－<>≈≥≤".contains(c);
    let Some(first) = value.find(|c: char| c.is_ascii_digit()) else {
        return (String::new(), value.to_owned(), String::new());
    };
    let signs = value[..first].trim_end_matches(is_sign).len();
    let figure = |(at, c): (usize, char)| {
        // `m²` is a unit: only what is raised behind a figure goes with it.
        let power = is_raised(c)
            && value[..at].trim_end_matches(is_raised).ends_with(|c: char| c.is_ascii_digit());
        (c.is_ascii_digit() || power).then_some(at + c.len_utf8())
    };
    let last = value.char_indices().rev().find_map(figure).unwrap_or(value.len());
    let before = value[..signs].trim().to_owned();
    (before, value[signs..last].to_owned(), value[last..].trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_number_with_what_stands_around_it() {
        for (value, before, number, unit) in [
            ("12.5亿元", "", "12.5", "亿元"),
            ("约3,200万人", "约", "3,200", "万人"),
            ("+8.3%", "", "+8.3", "%"),
            ("第1位", "第", "1", "位"),
            ("3–5年", "", "3–5", "年"),
            ("AAA", "", "AAA", ""),
            ("¥1.2亿", "¥", "1.2", "亿"),
            ("2×10²⁹FLOP", "", "2×10²⁹", "FLOP"),
            ("120m²", "", "120", "m²"),
            ("10⁻⁹米", "", "10⁻⁹", "米"),
        ] {
            let expected = (before.to_owned(), number.to_owned(), unit.to_owned());
            assert_eq!(parts(value), expected, "{value}");
        }
    }

    #[test]
    fn fields_stand_between_bars() {
        let item = item_of(&[Inline::text("12.5亿元 | 同比+8.3%｜营业收入")], 7).expect("an item");
        assert_eq!(text::plain(&item.change), "同比+8.3%");
        assert_eq!(text::plain(&item.label), "营业收入");
        for text in ["12.5亿元", "1 | 2 | 3 | 4", "1 | | 3"] {
            assert_eq!(item_of(&[Inline::text(text)], 7).err(), Some(Fault::Form), "{text}");
        }
        let strong = Inline::Strong { body: vec![Inline::text("12亿")] };
        let bold = item_of(&[strong, Inline::text(" | 收入")], 7).expect("a bold value");
        assert_eq!((bold.number.as_str(), bold.unit.as_str()), ("12", "亿"));
        let raised = Inline::Sup { body: vec![Inline::text("8")] };
        let power = [Inline::text("5×10"), raised, Inline::text(" | 参数")];
        let power = item_of(&power, 7).expect("a power");
        assert_eq!((power.number.as_str(), power.unit.as_str()), ("5×10⁸", ""));
        let gas = Inline::Sub { body: vec![Inline::text("2")] };
        let gas = [Inline::text("3.5万吨CO"), gas, Inline::text(" | 排放")];
        let gas = item_of(&gas, 7).expect("a unit");
        assert_eq!((gas.number.as_str(), gas.unit.as_str()), ("3.5", "万吨CO₂"));
        let words = Inline::Sup { body: vec![Inline::text("年")] };
        let words = [Inline::text("5"), words, Inline::text(" | 参数")];
        assert_eq!(item_of(&words, 7).err(), Some(Fault::Marks));
    }
}
