//! The inline runs of a paragraph.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::super::{formula, text};
use super::{Converter, Cursor};
use crate::reading::model::{Inline, Inlines};
use copydesk::{Letter, Prose, ProseKind};
use l10n::say;

impl Converter<'_, '_> {
    /// Reads all remaining runs, in order.
    pub(super) fn inlines(&mut self, cursor: &mut Cursor) -> Inlines {
        let mut out = self.raw_inlines(cursor, false);
        self.end_prose();
        text::tidy(&mut out);
        self.undefined_notes(&out, cursor);
        trim(&mut out);
        out
    }

    /// Reads the runs up to the next block.
    pub(super) fn loose_text(&mut self, cursor: &mut Cursor) -> Inlines {
        let mut out = self.raw_inlines(cursor, true);
        self.end_prose();
        text::tidy(&mut out);
        self.undefined_notes(&out, cursor);
        trim(&mut out);
        out
    }

    /// Ends the current piece of text and stores it.
    fn end_prose(&mut self) {
        let mut next = Prose::markdown(self.file, ProseKind::Body);
        next.quoted = self.prose.quoted;
        let prose = std::mem::replace(&mut self.prose, next);
        if !prose.letters.is_empty() {
            self.context.texts.prose.push(prose);
        }
    }

    fn raw_inlines(&mut self, cursor: &mut Cursor, loose: bool) -> Inlines {
        let mut out = vec![];
        while let Some((event, range)) = cursor.next() {
            match event {
                Event::Text(text) => {
                    let class = std::mem::take(&mut self.after_span);
                    let (text, range) = (&text[class..], &(range.start + class..range.end));
                    if text.is_empty() {
                        continue;
                    }
                    self.print(text, range);
                    self.prose.push(text, range);
                    // An escaped mark begins a run of its own, behind its backslash.
                    let escaped =
                        range.start > 0 && self.file.text.as_bytes()[range.start - 1] == b'\\';
                    scripts(text, escaped, &mut out);
                }
                Event::Code(code) => {
                    self.print(code, range);
                    self.prose.object(range);
                    out.push(Inline::Code { v: code.to_string() });
                }
                Event::InlineMath(tex) => match formula::parse(tex) {
                    Ok(runs) => {
                        self.print(&text::plain(&runs), range);
                        self.prose.object(range);
                        out.extend(runs);
                    }
                    Err(why) => self.error(
                        range,
                        say!(
                            "the formula `{formula}` cannot be typeset: {why}",
                            formula = shortened(tex),
                            why
                        ),
                        say!(
                            "write it inline, draw it as a figure, or write `\\$` for a dollar sign"
                        ),
                    ),
                },
                Event::DisplayMath(tex) => self.error(
                    range,
                    say!("display formulas are not supported: `{formula}`", formula = tex.trim()),
                    say!("write short formulas inline as `$…$`, and draw long ones as a figure"),
                ),
                Event::SoftBreak => {
                    self.prose.letters.push(Letter { c: '\n', at: range.clone() });
                    out.push(Inline::text("\n"));
                }
                Event::HardBreak => {
                    self.prose.letters.push(Letter { c: '\n', at: range.clone() });
                    out.push(Inline::Break);
                }
                Event::InlineHtml(html) => self.html(html, range),
                Event::FootnoteReference(label) => out.extend(self.footnote(label, range)),
                Event::Start(tag) if loose && is_block(tag) => {
                    cursor.at -= 1;
                    break;
                }
                Event::Start(tag) => {
                    let mut inside = cursor.inside();
                    if self.descend(range) {
                        out.extend(self.span(tag, range, &mut inside));
                        self.depth -= 1;
                    }
                }
                Event::End(_) | Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
            }
        }
        out
    }

    fn span(&mut self, tag: &Tag, range: &Range<usize>, inside: &mut Cursor) -> Option<Inline> {
        match tag {
            Tag::Link {
                link_type: LinkType::ShortcutUnknown | LinkType::CollapsedUnknown,
                dest_url,
                title,
                ..
            } if title.is_empty() => {
                return self.citation(dest_url, range);
            }
            Tag::Link { link_type: LinkType::ReferenceUnknown, .. } => {
                self.error(
                    range,
                    say!("a citation directly follows brackets"),
                    say!("write several keys as `[@first; @second]`"),
                );
                return None;
            }
            Tag::Image { .. } => {
                match self.within {
                    Some(holder) => self.refuse(&say!("a picture"), holder, range),
                    None => self.error(
                        range,
                        say!("a picture is inside a paragraph"),
                        say!(
                            "put it in a paragraph of its own, with a blank line before and after"
                        ),
                    ),
                }
                return None;
            }
            _ => {}
        }
        let before = self.prose.letters.len();
        let body = self.raw_inlines(inside, false);
        if let Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } = tag {
            // An address is printed, and not read as text.
            self.prose.letters.truncate(before);
            self.prose.object(range);
        }
        if let Tag::Link { link_type: LinkType::ShortcutUnknown, title: class, .. } = tag {
            return self.classed(class, body, range);
        }
        Some(match tag {
            Tag::Emphasis => Inline::Emph { body },
            Tag::Strong => Inline::Strong { body },
            Tag::Link { dest_url, .. } => {
                let known = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| dest_url.starts_with(scheme));
                if !known {
                    self.error(
                        range,
                        say!(
                            "the link points to `{address}`, which no reader can open",
                            address = dest_url
                        ),
                        say!("links must begin with `https://`, `http://` or `mailto:`"),
                    );
                }
                Inline::Link { url: dest_url.to_string(), body }
            }
            _ => {
                self.error(
                    range,
                    say!("this Markdown is not supported in a paragraph"),
                    say!("write plain text instead"),
                );
                return None;
            }
        })
    }

    /// Reads a span with a class: `[text]{.dots}`. The class is in the text event that follows.
    fn classed(&mut self, class: &str, body: Inlines, range: &Range<usize>) -> Option<Inline> {
        self.after_span = class.len() + "{.}".len();
        if class != "dots" {
            self.error(
                &(range.end..range.end + self.after_span),
                say!("unknown span class `{class}`", class),
                say!("write `[text]{{.dots}}` for emphasis dots, or a backslash before the brace"),
            );
            return None;
        }
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
}

/// Returns the class at the start of a text, as in `{.dots}`.
pub(super) fn class(text: &str) -> Option<&str> {
    let (class, _) = text.strip_prefix("{.")?.split_once('}')?;
    (!class.is_empty() && !class.contains(char::is_whitespace)).then_some(class)
}

/// Shortens a text for quotation in a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Parses Pandoc's `^raised^` and `~lowered~`, which contain no white space.
///
/// pulldown-cmark has both as extensions, but not within a word, where a report needs them: `π^0^`.
fn scripts(text: &str, escaped: bool, out: &mut Inlines) {
    let mut plain = 0;
    let mut at = usize::from(escaped);
    while let Some(open) = text[at..].find(['^', '~']).map(|offset| at + offset) {
        let mark = text[open..].chars().next().unwrap_or('^');
        let inner = &text[open + 1..];
        let close = inner.find(|c: char| c == mark || c.is_whitespace());
        match close {
            Some(length) if length > 0 && inner[length..].starts_with(mark) => {
                if plain < open {
                    out.push(Inline::text(&text[plain..open]));
                }
                let body = vec![Inline::text(&inner[..length])];
                out.push(if mark == '^' { Inline::Sup { body } } else { Inline::Sub { body } });
                plain = open + length + 2;
                at = plain;
            }
            _ => at = open + 1,
        }
    }
    if plain < text.len() {
        out.push(Inline::text(&text[plain..]));
    }
}

/// Trims white space from a paragraph's ends, full-width indents included: it is the
/// manuscript's, not the author's.
fn trim(inlines: &mut Inlines) {
    let blank = |c: char| c.is_whitespace();
    if let Some(Inline::Text { v }) = inlines.first_mut() {
        *v = v.trim_start_matches(blank).to_owned();
    }
    if let Some(Inline::Text { v }) = inlines.last_mut() {
        *v = v.trim_end_matches(blank).to_owned();
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text { v } if v.is_empty()));
}

/// Returns whether a tag begins a block, rather than marks within one.
pub(super) fn is_block(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, escaped: bool) -> Inlines {
        let mut out = vec![];
        scripts(text, escaped, &mut out);
        out
    }

    #[test]
    fn scripts_stand_within_words() {
        let sup = |v: &str| Inline::Sup { body: vec![Inline::text(v)] };
        let sub = |v: &str| Inline::Sub { body: vec![Inline::text(v)] };
        assert_eq!(read("π^0^是", false), [Inline::text("π"), sup("0"), Inline::text("是")]);
        assert_eq!(read("H~2~O", false), [Inline::text("H"), sub("2"), Inline::text("O")]);
    }

    #[test]
    fn lone_and_escaped_marks_print_as_written() {
        for text in ["a ^ b ^ c", "2^10", "约~3天", "^^"] {
            assert_eq!(read(text, false), [Inline::text(text)], "{text}");
        }
        assert_eq!(read("^b^", true)[0], Inline::text("^b^"));
    }
}
