//! Blocks, and the blocks within lists and quotations.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use copydesk::ProseKind;

use super::attributes::Attributes;
use super::emphasis::is_escaped;
use super::equations::{before_block, holds_equation};
use super::table::{caption_attributes, caption_mark, is_numbered};
use super::wide::Wide;
use super::{Converter, Cursor, Holder, MAX_DEPTH, Spanned, is_block, is_div};
use crate::reading::model::{Anchor, Block, Inline, Inlines, Suppression, TextBlock};
use crate::reading::referable::Referable;
use crate::reading::text;
use crate::rules;
use l10n::say;
use western::Language;

/// The blocks that can stand in one place: any, or only text.
pub(super) trait Flow: From<TextBlock> {
    /// Reads a block that spans the page, or refuses it.
    fn wide(
        converter: &mut Converter,
        wide: &Wide,
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Self>;

    /// Returns the block if it is text.
    fn as_text(&mut self) -> Option<&mut TextBlock>;

    /// Whether it is a table.
    fn is_table(&self) -> bool {
        false
    }

    /// Whether it is a box, behind which text begins anew.
    fn is_box(&self) -> bool {
        false
    }
}

impl Flow for Block {
    fn wide(
        converter: &mut Converter,
        wide: &Wide,
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Self> {
        converter.wide(wide, range, inside)
    }

    fn as_text(&mut self) -> Option<&mut TextBlock> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn is_table(&self) -> bool {
        matches!(self, Self::Table(_))
    }

    fn is_box(&self) -> bool {
        matches!(self, Self::Box(_))
    }
}

impl Flow for TextBlock {
    fn wide(
        converter: &mut Converter,
        wide: &Wide,
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Self> {
        let holder = converter.within.expect("only what holds text alone is read as text");
        converter.refuse(&wide.name(), holder, range);
        converter.use_notes(inside);
        None
    }

    fn as_text(&mut self) -> Option<&mut TextBlock> {
        Some(self)
    }
}

fn paragraph(line: usize, body: Inlines, lang: &str) -> TextBlock {
    let lang = text::language(&body, lang).beside(lang);
    TextBlock::Paragraph { line, body, continues: false, titles: false, lang }
}

/// Marks bold lines that number and title the table that follows.
fn mark_titles<B: Flow>(blocks: &mut [B]) {
    for at in 1..blocks.len() {
        if blocks[at].is_table()
            && let Some(TextBlock::Paragraph { body, titles, .. }) = blocks[at - 1].as_text()
            && let [Inline::Strong { body }] = body.as_slice()
        {
            *titles = is_numbered(&text::plain(body));
        }
    }
}

impl Converter<'_, '_> {
    /// Reads the blocks within a list, a quotation or a footnote.
    pub(super) fn held(&mut self, cursor: &mut Cursor, holder: Holder) -> Vec<TextBlock> {
        let outer = self.within;
        // What holds the holder decides where to put something else instead.
        self.within = outer.or(Some(holder));
        let quoted = self.prose.quoted;
        self.prose.quoted |= holder == Holder::Quote;
        let blocks = self.blocks(cursor);
        self.prose.quoted = quoted;
        self.within = outer;
        blocks
    }

    /// Reads all remaining blocks, in order.
    pub(super) fn blocks<B: Flow>(&mut self, cursor: &mut Cursor) -> Vec<B> {
        let mut out = vec![];
        while let Some((event, range)) = cursor.next() {
            match event {
                Event::Start(Tag::Paragraph) if self.captions.has(range.start) => {
                    cursor.inside();
                }
                Event::Start(tag) if is_block(tag) => {
                    let mut inside = cursor.inside();
                    let whole = self.captions.with_title(range);
                    let suppressions = self.silences_of(tag);
                    if self.descend(range) {
                        if matches!(tag, Tag::Paragraph) && holds_equation(inside.events) {
                            out.extend(self.parted(inside.events).into_iter().map(B::from));
                        } else {
                            out.extend(self.block::<B>(tag, range, &mut inside));
                        }
                        self.depth -= 1;
                    }
                    self.cover(suppressions, &whole);
                }
                Event::Rule => self.report_rule(range),
                Event::Html(html) => self.html(html, range),
                // The text of a list's item that has no blank lines stands without a paragraph.
                Event::End(_) => {}
                _ => {
                    cursor.at -= 1;
                    let rest = &cursor.events[cursor.at..];
                    let loose = &rest[..before_block(rest)];
                    if holds_equation(loose) {
                        cursor.at += loose.len();
                        out.extend(self.parted(loose).into_iter().map(B::from));
                        continue;
                    }
                    let line = self.line(range);
                    let body = self.loose_text(cursor);
                    out.push(paragraph(line, body, self.context.lang).into());
                }
            }
        }
        take_marks(&mut out);
        mark_titles(&mut out);
        mark_continued(&mut out);
        out
    }

    /// Takes the suppressions that apply to a block; a comment takes none.
    fn silences_of(&mut self, tag: &Tag) -> Vec<Suppression> {
        // The notes have their text read apart, before all blocks: theirs wait for that.
        let skipped = matches!(tag, Tag::HtmlBlock) || matches!(tag, Tag::FootnoteDefinition(_));
        if skipped { vec![] } else { std::mem::take(&mut self.waiting) }
    }

    /// Applies suppressions to the block just read, and to the data table of a chart.
    fn cover(&mut self, suppressions: Vec<Suppression>, range: &Range<usize>) {
        let tables = std::mem::take(&mut self.tables);
        for mut suppression in suppressions {
            suppression.scope.push(self.place(range));
            suppression.tables.extend(tables.iter().cloned());
            self.context.texts.suppressions.push(suppression);
        }
    }

    /// Goes one level deeper; if that is too deep, reports it and returns `false`, so that the
    /// contents are not read.
    pub(super) fn descend(&mut self, range: &Range<usize>) -> bool {
        if self.depth == MAX_DEPTH {
            self.error(
                range,
                say!("this is nested more than {levels} levels deep", levels = MAX_DEPTH),
                say!("put it in a paragraph of its own"),
            );
            return false;
        }
        self.depth += 1;
        true
    }

    fn block<B: Flow>(
        &mut self,
        tag: &Tag,
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<B> {
        match Wide::of(tag, &self.file.text, inside) {
            Some(wide) => B::wide(self, &wide, range, inside),
            None => self.text_block(tag, range, inside).map(B::from),
        }
    }

    fn text_block(
        &mut self,
        tag: &Tag,
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<TextBlock> {
        match tag {
            Tag::Paragraph => {
                self.check_lone_title(range);
                let mut body = self.inlines(inside);
                if body.is_empty() {
                    return None;
                }
                if text::language(&body, self.context.lang) == Language::Chinese {
                    text::open(&mut body);
                }
                Some(paragraph(self.line(range), body, self.context.lang))
            }
            Tag::Heading { level, .. } => Some(self.heading(*level, range, inside)),
            Tag::BlockQuote(_) => {
                self.report_greater(range);
                Some(TextBlock::Quote { blocks: self.held(inside, Holder::Quote) })
            }
            Tag::List(start) => {
                self.report_year(*start, range);
                let mut items = vec![];
                while let Some((event, _)) = inside.next() {
                    if let Event::Start(Tag::Item) = event {
                        items.push(self.held(&mut inside.inside(), Holder::List));
                    }
                }
                let number = self.file.text[range.clone()].trim_start();
                let mark = number.trim_start_matches(|c: char| c.is_ascii_digit());
                let bracketed = start.is_some() && mark.starts_with(')');
                Some(TextBlock::List { start: *start, bracketed, items })
            }
            Tag::CodeBlock(kind) => Some(self.code(kind, range, inside)),
            Tag::HtmlBlock => {
                let lines = inside.events.iter().filter_map(|(event, _)| match event {
                    Event::Html(html) => Some(&**html),
                    _ => None,
                });
                self.html(&lines.collect::<String>(), range);
                None
            }
            Tag::FootnoteDefinition(_) => None,
            _ => {
                self.error(
                    range,
                    say!("this Markdown is not supported in a report"),
                    say!("write it as paragraphs and lists"),
                );
                None
            }
        }
    }

    pub(super) fn heading(
        &mut self,
        level: HeadingLevel,
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> TextBlock {
        if self.in_div {
            self.report_boxed_heading(range);
        }
        if level == HeadingLevel::H1 {
            let hint = match self.file.text[range.clone()].starts_with('#') {
                true => say!("start headings in the text with `##`"),
                false => say!("a line of `=` below a line is the same as `#`: write `## …`"),
            };
            self.error(
                range,
                say!("`#` is reserved for the part's title, which belongs in the front matter"),
                hint,
            );
        }
        let rank = self.levels.iter().position(|l| *l == level).unwrap_or(0) as u8 + 1;
        // PDF/UA-1 (ISO 14289-1, 7.4.2): levels do not skip.
        self.level = rank.min(self.level + 1);
        self.prose.kind = ProseKind::Title;
        let attributes = self.heading_attributes(range);
        self.cut = attributes.range.clone();
        let before = self.file.text[..self.cut.start].trim_end_matches([' ', '\t']).len();
        self.cut.start = self.cut.start.min(before);
        let body = self.inlines(inside);
        self.cut = 0..0;
        let dash = attributes.is_dash(&self.file.text);
        if !dash {
            let classes = ["unnumbered", "unlisted"];
            self.check_attributes(&attributes, &say!("a heading"), &classes, &[]);
        }
        let anchor = if self.titles_box {
            Anchor::default()
        } else {
            self.anchor(&attributes, Referable::Section)
        };
        if text::plain(&body).chars().all(|c| c.is_whitespace() || cjk::is_invisible(c)) {
            self.error(
                range,
                say!("the heading has no text"),
                say!("write its text, or delete the line"),
            );
        }
        let lines = self.file.text[range.clone()].trim_end().lines().count();
        let underlined = !self.file.text[range.clone()].starts_with('#');
        // A title is one line, and a sentence is none.
        if underlined && (lines > 2 || ends_sentence(&body) || goes_on(&body)) {
            self.warning(
                &rules::LEFT_OVER,
                range,
                say!("the line below makes a heading of this paragraph"),
                say!("put a blank line between them, or remove the line"),
            );
        }
        TextBlock::Heading {
            level: self.level,
            line: self.line(range),
            unnumbered: dash || attributes.has("unnumbered"),
            unlisted: attributes.has("unlisted"),
            anchor,
            body,
        }
    }

    /// Reports the title of a table that stands beside none.
    fn check_lone_title(&mut self, range: &Range<usize>) {
        let text = &self.file.text;
        let Some(length) = caption_mark(&text[range.clone()]) else { return };
        let hint = say!("put it right below a table or right above it, with nothing between them");
        let message = say!("no table stands beside this title of one");
        if !caption_attributes(text, range).range.is_empty() {
            self.error(range, message, hint);
        } else if text[range.start..].starts_with(": ") {
            let mark = range.start..range.start + length;
            self.warning(&rules::LEFT_OVER, &mark, message, hint);
        }
    }

    /// Reads the attributes at the end of a heading's line, which are no part of its text.
    pub(super) fn heading_attributes(&self, range: &Range<usize>) -> Attributes {
        let text = &self.file.text;
        let line = text[range.clone()].lines().next().unwrap_or_default();
        let line = line.trim_end().trim_end_matches('#').trim_end();
        let open = line.ends_with('}').then(|| line.rfind('{')).flatten();
        // What stands right behind brackets is theirs: `[检索]{.index}`.
        open.filter(|at| !line[..*at].ends_with(']') && !is_escaped(text, range.start + at))
            .and_then(|at| Attributes::read(text, range.start + at))
            .filter(|found| found.is_meant() || found.is_dash(text))
            .unwrap_or_default()
    }

    fn code(
        &mut self,
        kind: &CodeBlockKind,
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> TextBlock {
        let (code, at) = inside.code();
        match kind {
            CodeBlockKind::Fenced(info) => self.report_info(info, range),
            CodeBlockKind::Indented => self.warning(
                &rules::INDENTED_CODE,
                range,
                say!("a paragraph that begins with four spaces becomes code"),
                say!("remove the spaces: the template indents paragraphs"),
            ),
        }
        let at = at.as_ref().unwrap_or(range);
        self.print(&code, at);
        TextBlock::Code { line: self.line(at), text: code.trim_end().to_owned() }
    }
}

/// Puts marks of the index that are a paragraph by themselves into the one behind them, or else into the one
/// before: alone they would be a line without words.
fn take_marks<B: Flow>(blocks: &mut Vec<B>) {
    let mut waiting: Inlines = vec![];
    let mut out: Vec<B> = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        if let Some(TextBlock::Paragraph { body, .. }) = block.as_text() {
            if is_mark(body) {
                waiting.append(body);
                continue;
            }
            body.splice(0..0, waiting.drain(..));
        }
        out.push(block);
    }
    if !waiting.is_empty() {
        let last = out.iter_mut().rev().find_map(|block| match block.as_text() {
            Some(TextBlock::Paragraph { body, .. }) => Some(body),
            _ => None,
        });
        match last {
            Some(body) => body.append(&mut waiting),
            None => out.push(paragraph(1, waiting, "").into()),
        }
    }
    *blocks = out;
}

/// Whether runs are marks of the index without words.
fn is_mark(body: &[Inline]) -> bool {
    let empty = |run: &Inline| matches!(run, Inline::Index { body, .. } if body.is_empty());
    let blank = |run: &Inline| matches!(run, Inline::Text { v } if v.trim().is_empty());
    body.iter().any(empty) && body.iter().all(|run| empty(run) || blank(run))
}

/// Marks paragraphs that continue a sentence interrupted by a block of another kind (rule 25).
fn mark_continued<B: Flow>(blocks: &mut [B]) {
    // Whether the last paragraph's sentence is open, and whether another block stands behind it;
    // and whether it is open behind a list too.
    let (mut open, mut interrupted, mut leads_on) = (false, false, false);
    // Whether it ends with a colon: then what stands behind it is what it leads to, and ends it. Only words
    // that say more of that go on.
    let mut leads_to = false;
    for block in blocks {
        let is_box = block.is_box();
        match block.as_text() {
            Some(TextBlock::Paragraph { titles: true, .. }) => interrupted = true,
            Some(TextBlock::Paragraph { body, continues, .. }) => {
                *continues |= open && interrupted && (!leads_to || resumes(body));
                (open, interrupted) = (!ends_sentence(body), false);
                leads_on = goes_on(body);
                leads_to = text::plain(body).trim_end().ends_with(['：', ':']);
            }
            Some(TextBlock::Heading { .. }) => open = false,
            Some(TextBlock::Equation(equation)) => {
                interrupted = true;
                open &= !equation.formula.plain.trim_end().ends_with(['.', '。']);
            }
            // The items of a list often end without a mark: that says nothing.
            Some(list @ TextBlock::List { .. }) => {
                interrupted = true;
                let last = last_words(list);
                leads_to &= !last.is_some_and(goes_on);
                open &= last.is_none_or(|last| goes_on(last) || leads_on && !ends_sentence(last));
            }
            Some(text) => {
                interrupted = true;
                open &= !last_words(text).is_some_and(ends_sentence);
            }
            None => {
                interrupted = true;
                open &= !leads_to && !is_box;
            }
        }
    }
}

/// Returns the last paragraph within a list or a quotation.
fn last_words(block: &TextBlock) -> Option<&[Inline]> {
    match block {
        TextBlock::Paragraph { body, .. } => Some(body),
        TextBlock::List { items, .. } => last_words(items.last()?.last()?),
        TextBlock::Quote { blocks } => last_words(blocks.last()?),
        TextBlock::Heading { .. } | TextBlock::Code { .. } | TextBlock::Equation(_) => None,
    }
}

fn ends_sentence(body: &[Inline]) -> bool {
    let text = text::plain(body);
    text.trim_end_matches(['”', '’', '）', '」', '』', ')', ' '])
        .ends_with(['。', '！', '？', '…', '.', '!', '?'])
}

/// Whether a text breaks off in mid-sentence: at a comma, or before what a preposition takes.
fn goes_on(body: &[Inline]) -> bool {
    let text = text::plain(body);
    text.trim_end().ends_with(|c| "，、,由把将被在对从以与和同跟向给用于及或当因".contains(c))
}

/// Whether a paragraph goes on where a displayed block stands before it: `式中`, `其中`, `where`.
fn resumes(body: &[Inline]) -> bool {
    const WORDS: [&str; 7] = ["式中", "式里", "其中", "上式中", "亦即", "也即", "也就是"];
    let text = text::plain(body);
    let text = text.trim_start();
    WORDS.iter().any(|word| text.starts_with(word))
        || text.starts_with(|c: char| c.is_ascii_lowercase() || "，、；,;".contains(c))
}

/// Returns the heading levels in use below the part's own, outermost first.
pub(super) fn heading_levels<'e>(
    events: impl IntoIterator<Item = &'e Spanned<'e>>,
) -> Vec<HeadingLevel> {
    // Boxes have none of them but their titles.
    let mut boxed = 0;
    let mut levels = vec![];
    for (event, _) in events {
        match event {
            Event::Start(tag) if is_div(tag) => boxed += 1,
            Event::End(TagEnd::MetadataBlock(_)) => boxed -= 1,
            Event::Start(Tag::Heading { level, .. })
                if boxed == 0 && *level != HeadingLevel::H1 =>
            {
                levels.push(*level);
            }
            _ => {}
        }
    }
    levels.sort();
    levels.dedup();
    levels
}
