//! Text with attributes behind it: `[text]{.dots}`, `[@fig-a]{.page}`, `[术语]{.term}`,
//! `[词]{.index key="上位!词" see="另见"}`, `[]{.index key=词}`.

use std::ops::Range;

use super::Converter;
use super::attributes::Attributes;
use crate::reading::model::{IndexMark, Inline, Inlines, UsedTerm};
use crate::reading::text;
use copydesk::ProseKind;
use l10n::say;

/// The title of what is no link, but text with attributes behind it.
pub(super) const CLASSED: &str = "{}";

/// The classes that text can have.
const CLASSES: [&str; 4] = ["dots", "page", "term", "index"];

/// What to write in the place of classes that Pandoc makes of a program's marks.
fn instead_of(class: &str) -> String {
    match class {
        "anchor" => say!(
            "remove the brackets and the braces: labels stand behind headings, `{{#sec-name}}`"
        ),
        "mark" | "underline" | "ul" | "smallcaps" | "allcaps" | "highlight" => {
            say!("remove the brackets and the braces; for bold, write `**…**`")
        }
        "insertion" | "paragraph-insertion" | "deletion" | "paragraph-deletion" => {
            say!(
                "accept or reject the change in the program that made it: remove the marks, or the words too"
            )
        }
        "comment-start" | "comment-end" => {
            say!("remove it, or make it a comment, `<!-- … -->`, on a line of its own")
        }
        _ => say!(
            "write `[text]{{.dots}}` for emphasis dots, `.page`, `.term` or `.index`, or a backslash before the brace"
        ),
    }
}

/// Returns the attributes of text that ends at `at`.
pub(super) fn attributes(text: &str, at: usize) -> Option<Attributes> {
    Attributes::read(text, at).filter(Attributes::is_meant)
}

impl Converter<'_, '_> {
    /// Reads text with attributes; `range` is that of the text in its brackets.
    pub(super) fn classed(&mut self, body: Inlines, range: &Range<usize>) -> Inlines {
        let attributes = attributes(&self.file.text, range.end).unwrap_or_default();
        let attributes = self.with_values(&attributes);
        self.taken = attributes.range.clone();
        let classes: Vec<&str> = attributes.classes().map(|(class, _)| class).collect();
        if let Some(class) = classes.iter().find(|class| !CLASSES.contains(class)) {
            let class = (*class).to_owned();
            let hint = instead_of(&class);
            self.error(&attributes.range, say!("unknown span class `{class}`", class), hint);
            return vec![];
        }
        let is = |class: &str| classes.contains(&class);
        let mut keys: Vec<&str> = vec![];
        if is("index") {
            keys.extend(["key", "sort", "range", "see", "see-also"]);
        }
        if is("term") {
            keys.extend(["term", "key"]);
        }
        let element = say!("text in brackets");
        self.check_attributes(&attributes, &element, &CLASSES, &keys);
        if attributes.label().is_some() {
            self.error(
                &attributes.range,
                say!("text in brackets cannot have a label"),
                say!("put it behind a picture, a table's title or a heading"),
            );
        }
        if is("page") {
            return self.page_cross(body, range).into_iter().collect();
        }
        if is("dots") {
            return self.dotted(body, range).into_iter().collect();
        }
        let words = text::tidy_plain(&text::plain(&body), self.context.lang);
        let marks = is("index") && !is("term") && attributes.value("key").is_some();
        if words.is_empty() && !marks {
            self.error(
                range,
                say!("there is no text between these brackets"),
                say!("write the text into them; for a mark of the index alone, write `[]{{.index key=…}}`"),
            );
            return vec![];
        }
        let mut runs = body;
        if is("term") {
            // Where the words are marked for the index too, `key` is their entry there.
            let other = attributes.value("term");
            let other = other.or_else(|| attributes.value("key").filter(|_| !is("index")));
            let words = other.map_or(&*words, |(term, _)| term).to_owned();
            let titled = matches!(self.prose.kind, ProseKind::Title | ProseKind::Caption);
            let used = UsedTerm { words, titled, place: self.place(range) };
            runs = vec![Inline::Term { used, body: runs }];
        }
        if is("index") {
            let mark = self.index_mark(&attributes, &words, range);
            runs = vec![Inline::Index { mark, name: String::new(), body: runs }];
        }
        runs
    }

    fn dotted(&mut self, body: Inlines, range: &Range<usize>) -> Option<Inline> {
        if !body.iter().all(|inline| matches!(inline, Inline::Text { .. })) {
            self.error(
                range,
                say!("a span with emphasis dots contains more than plain text"),
                say!("apply the dots to each piece of plain text separately"),
            );
            return None;
        }
        Some(Inline::Dots { body })
    }

    fn index_mark(
        &mut self,
        attributes: &Attributes,
        words: &str,
        range: &Range<usize>,
    ) -> IndexMark {
        let lang = self.context.lang;
        let path = |written: &str| -> Vec<String> {
            let words = written.split(['!', '！']);
            let words = words.map(|words| text::tidy_plain(words, lang));
            words.filter(|words| !words.is_empty()).collect()
        };
        let ranged = attributes.value("range").map(|(value, at)| (value.to_owned(), at.clone()));
        let ranged = ranged.and_then(|(value, at)| match value.as_str() {
            "start" => Some(true),
            "end" => Some(false),
            _ => {
                self.error(
                    &at,
                    say!("`{value}` is neither the start nor the end of a range", value),
                    say!("write `range=start` where it begins, and `range=end` where it ends"),
                );
                None
            }
        });
        let value = |key: &str| attributes.value(key).map(|(value, _)| path(value).join("!"));
        let key = attributes.value("key").map_or_else(Vec::new, |(key, _)| path(key));
        let path = if key.is_empty() { vec![words.to_owned()] } else { key };
        for words in &path {
            self.print(words, range);
        }
        IndexMark {
            path,
            sort: attributes.value("sort").map(|(sort, _)| sort.trim().to_owned()),
            range: ranged,
            see: value("see"),
            see_also: value("see-also"),
            place: self.place(range),
        }
    }
}
