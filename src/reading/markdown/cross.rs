//! References to what has a label: `@fig-a`, `[@fig-a; @fig-b]`, `[见 @tbl-b]`, `[-@sec-c]`,
//! `[@fig-a]{.page}`, `[…](#sec-c)`.

use std::ops::Range;

use super::Converter;
use super::emphasis::is_escaped;
use super::several;
use super::several::known_key;
use crate::reading::model::{Cross, CrossForm, Inline, Inlines};
use crate::reading::raised;
use crate::reading::referable::label;
use copydesk::{Letter, REFERENCE};
use l10n::say;

/// Whether the words of a bracket refer to labels: `见 @fig-a; @tbl-b`.
pub(super) fn is_cross(reference: &str, keys: &[String]) -> bool {
    several::items(reference, keys).into_iter().all(|item| {
        let behind = item.split_once('@').map(|(_, rest)| rest);
        behind.is_some_and(|rest| label(rest).is_some() && known_key(rest, keys).is_none())
    })
}

impl Converter<'_, '_> {
    /// Reads text, in which `@fig-a` refers to a label.
    pub(super) fn text_with_crosses(
        &mut self,
        text: &str,
        range: &Range<usize>,
        escaped: bool,
        out: &mut Inlines,
    ) {
        let mut from = 0;
        for (at, _) in text.match_indices('@') {
            let before = text[..at].chars().next_back();
            // In a mail address a domain follows: `a@fig-b.com`.
            let domain = |label: &str| {
                let behind = &self.file.text[range.start + at + 1 + label.len()..];
                behind
                    .strip_prefix('.')
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            };
            let within = before.is_some_and(|c| c.is_ascii_alphanumeric() || "._-@".contains(c));
            // The text may end within the label, at a mark that could have been emphasis.
            let start = range.start + at;
            let known = self.context.keys.unwrap_or_default();
            // An entity is written otherwise than it is read.
            let written = self.file.text.get(start..).and_then(|rest| rest.strip_prefix('@'));
            let found = written
                .and_then(label)
                .filter(|label| !(within && domain(label)))
                .filter(|_| at >= from && !is_escaped(&self.file.text, start))
                .filter(|label| known_key(label, known).is_none());
            let Some(label) = found.map(str::to_owned) else { continue };
            self.plain_text(
                &text[from..at],
                &(range.start + from..start),
                escaped && from == 0,
                out,
            );
            let end = start + 1 + label.len();
            self.stand_in(&(start..end));
            out.push(self.cross(vec![(label, start + 1..end)], CrossForm::Whole));
            self.taken = start..end;
            from = (end - range.start).min(text.len());
        }
        self.plain_text(&text[from..], &(range.start + from..range.end), escaped && from == 0, out);
    }

    fn plain_text(&mut self, text: &str, range: &Range<usize>, escaped: bool, out: &mut Inlines) {
        if text.is_empty() {
            return;
        }
        self.print(&raised::printed(text), range);
        if escaped {
            self.prose.push_escaped(text, range);
        } else {
            self.prose.push(text, range);
        }
        // An escaped mark of a typewriter is printed as it is.
        if escaped
            && !self.context.lang.starts_with("zh")
            && let Some(mark) = text.chars().next().filter(|c| western::is_typed(*c))
        {
            out.push(Inline::Latin { v: mark.to_string() });
            return raised::read(&text[mark.len_utf8()..], false, out);
        }
        // A joiner keeps `\@key` from being read as a citation.
        let kept = escaped.then(|| text.strip_prefix('@')).flatten();
        let kept = kept.map(|rest| format!("@{}{rest}", cjk::WORD_JOINER));
        raised::read(kept.as_deref().unwrap_or(text), escaped, out);
    }

    /// Has the copy desk read a Chinese character of no word in the place of a reference, which
    /// begins with one: a space before it is no fault.
    fn stand_in(&mut self, range: &Range<usize>) {
        if self.context.lang.starts_with("zh") {
            self.prose.letters.push(Letter { c: REFERENCE, at: range.clone() });
        } else {
            self.prose.object(range);
        }
    }

    fn cross(&self, labels: Vec<(String, Range<usize>)>, form: CrossForm) -> Inline {
        let labels = labels.into_iter().map(|(label, at)| (label, self.place(&at))).collect();
        Inline::Cross { cross: Cross { labels, form, ..Cross::default() } }
    }

    /// Reads a bracket that refers to labels, as [`is_cross`] knows it. Where words stand between
    /// them, each is printed with its own.
    pub(super) fn bracketed_cross(&mut self, reference: &str, range: &Range<usize>) -> Inlines {
        let file = self.file;
        let written = &file.text[range.clone()];
        let mut from = 0;
        let mut items = vec![];
        let keys = self.context.keys.unwrap_or_default();
        for item in several::items(reference, keys) {
            self.report_several(item, range);
            let Some((before, rest)) = item.split_once('@') else { continue };
            let Some(label) = label(rest) else { continue };
            let at = written[from..].find(&format!("@{label}")).map_or(from, |at| from + at + 1);
            from = at;
            let place = range.start + at..range.start + at + label.len();
            let bare = before.trim_end().ends_with('-');
            let before = before.trim().trim_end_matches('-').trim_end().to_owned();
            let behind = rest[label.len()..].trim_end().to_owned();
            let before = self.words_with_values(&before, range);
            let behind = self.words_with_values(&behind, range);
            items.push((before, (label.to_owned(), place), behind, bare));
        }
        self.stand_in(range);
        let last = items.len().saturating_sub(1);
        let mixed = items.iter().enumerate().any(|(at, (before, _, behind, bare))| {
            at > 0 && !before.is_empty() || at < last && !behind.is_empty() || *bare != items[0].3
        });
        let form = |bare: bool| if bare { CrossForm::Number } else { CrossForm::Whole };
        let gap = |words: &str| {
            let apart = !words.is_empty() && !words.ends_with(cjk::is_wide);
            if apart { format!("{words} ") } else { words.to_owned() }
        };
        let mut out = vec![];
        if mixed {
            let mark = if self.context.lang.starts_with("zh") { "；" } else { "; " };
            for (at, (before, label, behind, bare)) in items.into_iter().enumerate() {
                let mark = if at > 0 { mark } else { "" };
                out.push(Inline::text(format!("{mark}{}", gap(&before))));
                out.push(self.cross(vec![label], form(bare)));
                out.push(Inline::text(behind));
            }
        } else if let (Some(first), Some(end)) = (items.first(), items.last()) {
            let (before, behind, bare) = (gap(&first.0), end.2.clone(), first.3);
            let labels = items.into_iter().map(|(_, label, ..)| label).collect();
            out.extend([
                Inline::text(before),
                self.cross(labels, form(bare)),
                Inline::text(behind),
            ]);
        }
        out.retain(|run| !matches!(run, Inline::Text { v } if v.is_empty()));
        for run in &out {
            if let Inline::Text { v } = run {
                self.print(v, range);
            }
        }
        out
    }

    /// Whether labels stand among the keys of a citation, which is reported.
    pub(super) fn has_labels(&mut self, reference: &str, range: &Range<usize>) -> bool {
        let known = self.context.keys.unwrap_or_default();
        let items = several::items(reference, known).into_iter();
        let (labels, keys): (Vec<&str>, Vec<&str>) = items.partition(|item| is_cross(item, known));
        let [first, ..] = labels[..] else { return false };
        let label = first.split_once('@').and_then(|(_, rest)| label(rest)).unwrap_or(first);
        let (keys, labels) = (keys.join("; "), labels.join("; "));
        self.error(
            range,
            say!("`{label}` is a label, and stands among the keys of a citation", label),
            say!("give each a bracket of its own: `[{keys}]` and `[{labels}]`", keys, labels),
        );
        true
    }

    /// Reads `[…](#sec-c)`: words that lead to a label; `None` if the address names none.
    pub(super) fn linked_cross(
        &mut self,
        address: &str,
        body: &Inlines,
        range: &Range<usize>,
    ) -> Option<Inline> {
        let label =
            label(address.strip_prefix('#')?).filter(|label| label.len() + 1 == address.len())?;
        let at = self.file.text[range.clone()].rfind(address).map_or(0, |at| at + 1);
        let place = range.start + at..range.start + at + label.len();
        let mut out = self.cross(vec![(label.to_owned(), place)], CrossForm::Words);
        if let Inline::Cross { cross } = &mut out {
            cross.body = body.clone();
        }
        Some(out)
    }

    /// Reads `[@fig-a]{.page}`: the page on which it stands.
    pub(super) fn page_cross(&mut self, body: Inlines, range: &Range<usize>) -> Option<Inline> {
        let mut body = body.into_iter();
        match (body.next(), body.next()) {
            (Some(Inline::Cross { mut cross }), None) if cross.labels.len() == 1 => {
                cross.form = CrossForm::Page;
                Some(Inline::Cross { cross })
            }
            _ => {
                self.error(
                    range,
                    say!("only a label has a page"),
                    say!("write `[@fig-name]{{.page}}`, with one label in the brackets"),
                );
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_end_where_words_begin() {
        assert_eq!(label("fig-a所示"), Some("fig-a"));
        assert_eq!(label("tbl-a_2, 下"), Some("tbl-a_2"));
        assert_eq!(label("fig-a--后"), Some("fig-a"));
        assert_eq!(label("fig-"), None);
        assert_eq!(label("figure-a"), None);
        assert!(is_cross("见 @fig-a; @tbl-b", &[]));
        assert!(is_cross("-@sec-c", &[]));
        assert!(!is_cross("@li2024; @tbl-b", &[]));
        assert!(!is_cross("@fig-a", &["fig-a".to_owned()]));
    }
}
