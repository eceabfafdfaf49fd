//! Controls: each removes a rule's remedy. A checker that then finds nothing is blind.

use serde_json::{Value, json};

use super::sweep::Change;

/// A remedy taken out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Control {
    /// The data as if the text had never been put in order: no joiners, no runs of marks.
    Untidied,
    /// Breaks allowed before closing marks, behind opening ones and within numbers.
    Broken,
    /// Spaces typed between Han and Latin, and gaps beside marks.
    Spaced,
    /// ASCII marks in Chinese.
    Ascii,
    /// The template without what it sets for Chinese.
    Unset,
    /// The template with ragged lines and another pitch.
    Ragged,
    /// Han joined to words of eight characters, which leave a line little choice where to end.
    Glued,
    /// The template with proportional marks.
    Narrow,
    /// Taiwan's punctuation.
    Taiwan,
}

impl Control {
    /// The number of baselines.
    pub(super) const COUNT: usize = Self::Taiwan as usize + 1;

    /// The change that it stands for.
    pub(super) fn change(self) -> Change {
        match self {
            Self::Untidied => Change { data: Some(untidy), ..Change::default() },
            Self::Broken => {
                Change { data: Some(|block| edit(block, &broken)), ..Change::default() }
            }
            Self::Spaced => {
                Change { data: Some(|block| edit(block, &spaced)), ..Change::default() }
            }
            Self::Ascii => Change {
                data: Some(|block| edit(block, &|text| text.replace('，', ","))),
                ..Change::default()
            },
            Self::Unset => Change { template: UNSET, ..Change::default() },
            Self::Ragged => Change { template: RAGGED, ..Change::default() },
            Self::Glued => Change { data: Some(|block| edit(block, &glued)), ..Change::default() },
            Self::Narrow => Change { template: NARROW, ..Change::default() },
            Self::Taiwan => Change { region: Some("TW"), ..Change::default() },
        }
    }
}

const UNSET: &[(&str, &str)] = &[
    (
        "costs: (runt: 300%),\n    overhang: false,",
        "costs: (runt: 0%), overhang: true, cjk-latin-spacing: none,",
    ),
    ("by((amount: 2em, all: true)", "by((amount: 1em, all: true)"),
    ("box({ set par(first-line-indent: 0pt); dot + cluster })", "cluster"),
    ("text(..theme.stress, it.body)", "it.body"),
    ("list(tight: true, ..entry.items.map(item))", "for it in entry.items { par[•#item(it)] }"),
];
const RAGGED: &[(&str, &str)] = &[
    ("justify: true,\n    leading: look.leading", "justify: false,\n    leading: 1em"),
    ("indent: 0.5em, body-indent: 0.5em)", "indent: 0.5em, body-indent: 0.6em)"),
];
const NARROW: &[(&str, &str)] = &[("overhang: false,", "overhang: false, features: (\"pwid\",),")];

/// Edits every text of a block.
pub(super) fn edit(value: &mut Value, with: &dyn Fn(&str) -> String) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| edit(item, with)),
        Value::Object(fields) => {
            let text = fields.get("t").is_some_and(|kind| kind == "text");
            match fields.get_mut("v") {
                Some(Value::String(v)) if text => *v = with(v),
                _ => fields.values_mut().for_each(|field| edit(field, with)),
            }
        }
        _ => {}
    }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn between(text: &str, glue: impl Fn(Option<char>, char) -> Option<char>) -> String {
    let mut out = String::new();
    let mut last = None;
    for c in text.chars() {
        out.extend(glue(last, c));
        out.push(c);
        last = Some(c);
    }
    out
}

fn broken(text: &str) -> String {
    between(text, |before, after| {
        let apart = "，。、；：？！）》”’%.—…".contains(after)
            || before.is_some_and(|c| {
                "（《“‘￥−".contains(c) || c.is_ascii_digit() && after.is_ascii_digit()
            });
        apart.then_some('\u{200B}')
    })
}

fn glued(text: &str) -> String {
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        out.push(c);
        if at % 8 < 7 {
            out.push('\u{2060}');
        }
    }
    out
}

fn spaced(text: &str) -> String {
    between(text, |before, after| {
        let before = before?;
        let mixed = is_han(before) && after.is_ascii_alphanumeric()
            || before.is_ascii_alphanumeric() && is_han(after);
        let mark = "，。、；：".contains(before) || "（《“".contains(after);
        mixed.then_some(' ').or(mark.then_some('\u{2005}'))
    })
}

/// As if the text had never been put in order.
fn untidy(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(untidy);
            *items = std::mem::take(items).into_iter().flat_map(parted).collect();
        }
        Value::Object(fields) => {
            if fields.get("continues").is_some() {
                fields.insert("continues".into(), false.into());
            }
            if fields.get("t").is_some_and(|kind| kind == "marks" || kind == "latin") {
                fields.insert("t".into(), "text".into());
            }
            if let Some(Value::String(v)) = fields.get_mut("v") {
                *v = v.replace(['\u{2060}', '\u{2005}'], "").replace('\u{A0}', " ");
            }
            fields.values_mut().for_each(untidy);
        }
        _ => {}
    }
}

/// A text cut where two marks touch, as if each had a style of its own.
fn parted(run: Value) -> Vec<Value> {
    let Some(text) = run["v"].as_str().filter(|_| run["t"] == "text") else { return vec![run] };
    let marks = |c: char| "，。、；：？！）》”’（《“‘".contains(c);
    let cut =
        between(text, |before, after| (before.is_some_and(marks) && marks(after)).then_some('\0'));
    let mut pieces = cut.split('\0').map(|piece| json!({ "t": "text", "v": piece }));
    let first = pieces.next().into_iter();
    first.chain(pieces.map(|piece| json!({ "t": "strong", "body": [piece] }))).collect()
}
