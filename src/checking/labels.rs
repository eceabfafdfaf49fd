//! References to figures and tables that are written by hand: 见图3.

use std::collections::BTreeMap;

use copydesk::{Prose, ProseKind};

use crate::reading::model::Numbered;
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Problems};

/// The words before a number, and the characters that make other words of them: 附图, 地图.
const WORDS: [(&str, &str); 6] = [
    ("图", "附插地意草截附构导"),
    ("圖", "附插地意草截構導"),
    ("表", "附报報列年图圖代"),
    ("专栏", ""),
    ("Figure", ""),
    ("Table", ""),
];

/// Reports numbers of figures and tables that are written by hand: the next edit makes them wrong.
pub(super) fn typed(prose: &[Prose], numbered: &[Numbered], problems: &mut Problems) {
    let known: BTreeMap<String, &Numbered> =
        numbered.iter().map(|block| (block.words.replace(' ', ""), block)).collect();
    if known.is_empty() {
        return;
    }
    let labelled = numbered.iter().filter_map(|block| Some((block.label.as_deref()?, block)));
    let by_label: BTreeMap<&str, &Numbered> = labelled.collect();
    let running = |prose: &&Prose| matches!(prose.kind, ProseKind::Body | ProseKind::Caption);
    for prose in prose.iter().filter(running) {
        let chars: Vec<char> = prose.letters.iter().map(|letter| letter.c).collect();
        let mut at = 0;
        while at < chars.len() {
            let Some((end, written)) = reference(&chars, at) else {
                at += 1;
                continue;
            };
            // At the start of a caption it is the caption's own number.
            if let Some(block) =
                known.get(&written).filter(|_| at > 0 || prose.kind == ProseKind::Body)
            {
                let place = prose.place(at..end);
                let shown: String = chars[at..end].iter().collect();
                let led = led_to(&place).and_then(|label| by_label.get(label));
                let (block, message) = match led.filter(|led| led.words != block.words) {
                    Some(led) => {
                        let words = &led.words;
                        (*led, say!("`{shown}` leads to {words}", shown, words))
                    }
                    None => (*block, say!("`{shown}` is numbered by hand", shown)),
                };
                let hint = match &block.label {
                    Some(label) => say!(
                        "write `@{label}`, which prints it and is right after each edit",
                        label
                    ),
                    None => say!(
                        "give it a label, such as `{{#fig-name}}`, and write `@fig-name`: it is then right after each edit"
                    ),
                };
                problems.push(Diagnostic::of(&rules::TYPED_REFERENCE, place, message).hint(hint));
            }
            at = end;
        }
    }
}

/// The label to which a link leads whose words end with what stands here: `[Figure 2](#fig-a)`.
fn led_to(place: &Place) -> Option<&str> {
    let rest = place.file.text[place.range.end..].lines().next()?;
    let (words, address) = rest.split_once("](#")?;
    let label = address.split(')').next()?;
    (!words.contains('[')).then_some(label)
}

/// Returns a reference that begins at an index: where it ends, and its characters without spaces.
fn reference(chars: &[char], at: usize) -> Option<(usize, String)> {
    let begins = |(word, others): &&(&str, &str)| {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let latin = word.starts_with(|c: char| c.is_ascii());
        let within = before.is_some_and(|c| others.contains(c) || latin && c.is_alphanumeric());
        !within && word.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c))
    };
    let (word, _) = WORDS.iter().find(begins)?;
    let mut end = at + word.chars().count();
    while chars.get(end) == Some(&' ') {
        end += 1;
    }
    let mut number = String::new();
    let digit = |at: usize| chars.get(at).filter(|c| c.is_ascii_digit());
    while let Some(&c) = chars.get(end) {
        let parts = matches!(c, '-' | '.') && !number.is_empty() && digit(end + 1).is_some();
        if !(c.is_ascii_digit() || parts) {
            break;
        }
        number.push(c);
        end += 1;
    }
    (!number.is_empty()).then(|| (end, format!("{word}{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_words_with_numbers() {
        for (text, right) in [
            ("图3所示", Some("图3")),
            ("图 1-2。", Some("图1-2")),
            ("表2.", Some("表2")),
            ("Table 1.3, and", Some("Table1.3")),
            ("图书", None),
            ("图2024年", Some("图2024")),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found = reference(&chars, 0).map(|(_, written)| written);
            assert_eq!(found.as_deref(), right, "{text}");
        }
        let chars: Vec<char> = "附图3".chars().collect();
        assert_eq!(reference(&chars, 1), None);
    }
}
