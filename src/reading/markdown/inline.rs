//! The inline runs of a paragraph.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::super::text;
use super::cross::is_cross;
use super::edition::VALUE;
use super::emphasis::is_escaped;
use super::escapes::{LOWERED, RAISED};
use super::leftover::is_picture;
use super::table::is_break;
use super::{Converter, Cursor, is_block, product};
use crate::reading::bounded::MAX_PARAGRAPH;
use crate::reading::model::{Inline, Inlines};
use crate::reading::raised;
use crate::rules;
use copydesk::{Letter, Prose, ProseKind};
use l10n::say;

impl Converter<'_, '_> {
    /// Reads all remaining runs, in order.
    pub(super) fn inlines(&mut self, cursor: &mut Cursor) -> Inlines {
        self.tidied(cursor, false)
    }

    /// Reads the runs up to the next block.
    pub(super) fn loose_text(&mut self, cursor: &mut Cursor) -> Inlines {
        self.tidied(cursor, true)
    }

    fn tidied(&mut self, cursor: &mut Cursor, loose: bool) -> Inlines {
        let mut out = self.raw_inlines(cursor, loose);
        // The next text may stand before this one: notes and titles are read out of their order.
        self.taken = 0..0;
        if self.prose.letters.len() > MAX_PARAGRAPH {
            // It is refused as it is.
            out.clear();
        }
        self.end_prose();
        text::tidy(&mut out, self.context.lang);
        trim(&mut out);
        out
    }

    /// Ends the current piece of text and stores it.
    fn end_prose(&mut self) {
        let mut next = Prose::markdown(self.file, ProseKind::Body);
        next.quoted = self.prose.quoted;
        let mut prose = std::mem::replace(&mut self.prose, next);
        if !prose.letters.is_empty() {
            if prose.letters.len() <= MAX_PARAGRAPH {
                self.report_left_over(&mut prose);
            }
            self.context.texts.prose.push(prose);
        }
    }

    fn raw_inlines(&mut self, cursor: &mut Cursor, loose: bool) -> Inlines {
        let mut out = vec![];
        while let Some((event, range)) = cursor.next() {
            match event {
                Event::Text(text) => {
                    let (text, range) = self.without_attributes(text, range);
                    let range = &range;
                    if text.is_empty() {
                        continue;
                    }
                    // An escaped mark begins a run of its own, behind its backslash.
                    let escaped = is_escaped(&self.file.text, range.start);
                    self.text_with_crosses(text, range, escaped, &mut out);
                }
                Event::Code(code) => {
                    self.print(code, range);
                    self.prose.object(range);
                    out.push(Inline::Code { v: code.to_string() });
                }
                Event::InlineMath(tex) => {
                    self.report_bars(range);
                    if let Some(formula) = self.formula(tex, range) {
                        self.prose.object(range);
                        out.push(Inline::Formula { formula: Box::new(formula) });
                    }
                }
                Event::DisplayMath(tex) => self.error(
                    range,
                    say!(
                        "a displayed formula cannot stand here: `{formula}`",
                        formula = shortened(tex.trim())
                    ),
                    say!(
                        "write it in the line, as `$…$`, or as `$\\displaystyle …$` to have it as large"
                    ),
                ),
                Event::SoftBreak => {
                    self.report_lazy(range);
                    self.prose.letters.push(Letter { c: '\n', at: range.clone() });
                    out.push(Inline::text("\n"));
                }
                Event::HardBreak => {
                    self.prose.letters.push(Letter { c: '\n', at: range.clone() });
                    out.push(Inline::Break);
                }
                Event::InlineHtml(html) if self.in_cell && is_break(html) => {
                    self.prose.letters.push(Letter { c: '\n', at: range.clone() });
                    out.push(Inline::Break);
                }
                Event::InlineHtml(html) => {
                    // A tag that is refused parts what stands on either side of it.
                    if !html.starts_with("<!--") {
                        self.prose.object(range);
                    }
                    self.html(html, range);
                }
                Event::FootnoteReference(label) => out.extend(self.footnote(label, range)),
                Event::Start(tag) if *tag == VALUE => {
                    // Within attributes it is no text.
                    let inner = self.taken.contains(&range.start);
                    if let Some((Event::Text(value), _)) = cursor.inside().next()
                        && !inner
                    {
                        self.print(value, range);
                        self.prose.object(range);
                        // A joiner keeps signs from being read, as a citation or as what parts fields.
                        let joined = |sign: char| format!("{sign}{}", cjk::WORD_JOINER);
                        let value = value.replace('@', &joined('@')).replace('|', &joined('|'));
                        out.push(Inline::text(value.replace('｜', &joined('｜'))));
                    }
                }
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

    fn span(&mut self, tag: &Tag, range: &Range<usize>, inside: &mut Cursor) -> Inlines {
        match tag {
            Tag::Link {
                link_type: LinkType::ShortcutUnknown | LinkType::CollapsedUnknown,
                dest_url,
                title,
                ..
            } if title.is_empty() => {
                if is_cross(dest_url, self.context.keys.unwrap_or_default()) {
                    return self.bracketed_cross(dest_url, range);
                }
                return self.citation(dest_url, range).into_iter().collect();
            }
            Tag::Link { link_type: LinkType::ReferenceUnknown, .. } => {
                self.error(
                    range,
                    say!("a citation directly follows brackets"),
                    say!("write several keys as `[@first; @second]`"),
                );
                return vec![];
            }
            Tag::Image { .. } => {
                match self.within {
                    Some(holder) => self.refuse(&say!("a picture"), holder, range),
                    None if self.in_cell => self.error(
                        range,
                        say!("a picture stands beside text in its cell"),
                        say!("write `<br>` between the picture and the text"),
                    ),
                    None => self.error(
                        range,
                        say!("a picture is inside a paragraph"),
                        say!(
                            "put it in a paragraph of its own, with a blank line before and after"
                        ),
                    ),
                }
                return vec![];
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
        if let Tag::Link { link_type: LinkType::ShortcutUnknown, .. } = tag {
            return self.classed(body, range).into_iter().collect();
        }
        vec![match tag {
            Tag::Emphasis => {
                self.report_product(&body, range);
                Inline::Emph { body }
            }
            Tag::Strong => {
                self.report_name(&body, range);
                Inline::Strong { body }
            }
            tag if *tag == RAISED => Inline::Sup { body },
            tag if *tag == LOWERED => Inline::Sub { body },
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                Inline::Link { url: format!("mailto:{dest_url}"), body }
            }
            Tag::Link { dest_url, title, .. } => {
                if let Some(cross) = self.linked_cross(dest_url, &body, range) {
                    return vec![cross];
                }
                if is_of_formula(dest_url) && title.is_empty() {
                    return self.bracketed(dest_url, body, range);
                }
                self.link(dest_url, title, range);
                if body.is_empty() {
                    self.error(
                        range,
                        say!("this link has no words, so that nothing of it is printed"),
                        say!("write its words into the brackets, or `<https://…>` to print the address"),
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
                return vec![];
            }
        }]
    }

    /// What the parser takes for a link, `[Cu(NH₃)₄](OH)₂`, and its author for brackets.
    fn bracketed(&mut self, behind: &str, body: Inlines, range: &Range<usize>) -> Inlines {
        let written = &self.file.text[range.clone()];
        let message = say!("`{written}` is no link: its brackets are printed", written);
        let hint = say!("write `\\[` to be told no more; a link has an address from `https://` on");
        self.warning(&rules::LEFT_OVER, range, message, hint);
        let mut out = vec![Inline::text("[")];
        out.extend(body);
        raised::read(&format!("]({behind})"), false, &mut out);
        out
    }

    /// Returns a text without the attributes that end it, and without what is read already.
    fn without_attributes<'t>(
        &self,
        text: &'t str,
        range: &Range<usize>,
    ) -> (&'t str, Range<usize>) {
        // What is read already, as the end of a label, stands at its start.
        let inner = self.taken.contains(&range.start);
        let from = if inner { (self.taken.end - range.start).min(text.len()) } else { 0 };
        let (start, cut) = (range.start + from, &self.cut);
        if cut.is_empty() || range.end <= cut.start || cut.end <= start {
            return (&text[from..], start..range.end);
        }
        let to = cut.start.saturating_sub(range.start).clamp(from, text.len());
        (&text[from..to], start..range.start + to)
    }

    /// Reports emphasis that may be a product: `3*5*2`, `长*宽*高`.
    fn report_product(&mut self, body: &[Inline], range: &Range<usize>) {
        let text = &self.file.text;
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let (before, after) =
            (text[..range.start].chars().next_back(), text[range.end..].chars().next());
        let inner = text::plain(body);
        let factor =
            inner.chars().all(|c| c.is_ascii_digit() || c == '.') || inner.chars().count() == 1;
        let within = latin(before) && latin(after) && latin(inner.chars().next());
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let product = (within && factor)
            || product::is_of_words(before, &inner, after)
            || product::is_of_signs(before, &inner, after);
        if product && text[range.clone()].starts_with('*') {
            self.warning(
                &rules::LEFT_OVER,
                range,
                say!("`{inner}` is read as emphasis, and its asterisks are not printed", inner),
                say!("for a product, write `×` or `\\*`; for the sign itself, `\\*`"),
            );
        }
    }

    /// Reports a program's name whose underscores are read as marks: `__init__.py`.
    fn report_name(&mut self, body: &[Inline], range: &Range<usize>) {
        let inner = text::plain(body);
        let text = &self.file.text;
        let named = text[range.clone()].starts_with('_')
            && product::is_of_program(&inner, &text[range.end..]);
        if named {
            let message =
                say!("`{inner}` is read as bold, and its underscores are not printed", inner);
            let hint = say!("put a program's name between back-ticks");
            self.warning(&rules::LEFT_OVER, range, message, hint);
        }
    }

    /// Reports a link that leads nowhere, or says more than is printed.
    fn link(&mut self, address: &str, title: &str, range: &Range<usize>) {
        let known = ["http://", "https://", "mailto:"].iter().any(|scheme| {
            address.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme))
        });
        let of_contents = || {
            let text = &self.file.text;
            text[..range.start].ends_with('@')
                && text[range.clone()].get(1..4).is_some_and(|own| own.eq_ignore_ascii_case("toc"))
        };
        if !known {
            let picture = self.file.text[..range.start].ends_with('！') && is_picture(address);
            let hint = if of_contents() {
                say!("remove it: the list of contents is a part, `contents`, in report.yaml")
            } else if picture {
                say!("to print a picture, write `!` before the bracket in half width")
            } else if let Some(name) = address.strip_prefix('#') {
                say!(
                    "a link within the report leads to a label: `#sec-{name}`, with `{{#sec-{name}}}` behind the heading",
                    name
                )
            } else {
                say!(
                    "links must begin with `https://`, `http://` or `mailto:`; to print the brackets, write `\\[`"
                )
            };
            let message = say!("the link points to `{address}`, which no reader can open", address);
            self.error(range, message, hint);
        } else if address.len() > MAX_ADDRESS {
            self.error(
                range,
                say!(
                    "the link's address has {length} bytes, and a PDF's may have {most}",
                    length = address.len(),
                    most = MAX_ADDRESS
                ),
                say!("link to a shorter address of the same page"),
            );
        }
        if !title.is_empty() {
            self.warning(
                &rules::NOT_PRINTED,
                range,
                say!("the link's title `{title}` is not printed", title),
                say!("remove it, or write it in the text"),
            );
        }
    }
}

/// Whether what stands where a link has its address is a part of a formula: `OH`, `NO~3~`, `x`.
fn is_of_formula(address: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || "~^+-−,₀₁₂₃₄₅₆₇₈₉".contains(c);
    let figure = |c: char| c.is_ascii_digit() || "~₀₁₂₃₄₅₆₇₈₉".contains(c);
    let length = address.chars().count();
    let starts = address.starts_with(|c: char| c.is_ascii_alphanumeric());
    starts
        && address.chars().all(letter)
        && (length <= 2 || length <= 12 && address.contains(figure))
}

/// The longest address of a link that Typst sets, in bytes.
const MAX_ADDRESS: usize = 8000;

/// Shortens a text for quotation in a message.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
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
