//! Converts Markdown to typed blocks, each with its location; reports whatever cannot be printed.
//!
//! CommonMark with tables, footnotes, `^sup^`, `~sub~`, `$formula$`, and Pandoc's `[@key]` and
//! `[text]{.dots}`.

mod inline;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use copydesk::{Kind, Prose};

use super::context::Context;
use super::{Printed, chart, image, suppressions, text};
use crate::reading::model::{Block, Figure, Inline, Inlines, Suppression, TableCell};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Rule, SourceFile};

/// The maximum nesting depth of lists, quotations and inline marks.
const MAX_DEPTH: usize = 12;

/// Converts the Markdown in `range` of `file` to blocks.
pub fn convert(file: &Arc<SourceFile>, range: Range<usize>, context: &mut Context) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_MATH;
    // `[@key]` is a link whose target is not defined: that is where a citation hooks in. One with
    // other words, as in `[see @key]`, is taken for one as well, to be refused rather than printed.
    // `[text]{.class}` is one too, and keeps its class in the link's title.
    let keys = context.keys.unwrap_or_default();
    let text = &file.text[range.clone()];
    let cite = |link: pulldown_cmark::BrokenLink| {
        if let Some(class) = inline::class(&text[link.span.end..]) {
            return Some(("".into(), class.to_owned().into()));
        }
        let mut marks = link.reference.split('@').skip(1);
        let known = marks
            .any(|rest| keys.iter().any(|key| rest.split([' ', ',', ';']).next() == Some(key)));
        (known || link.reference.starts_with('@'))
            .then(|| (link.reference.into_string().into(), "".into()))
    };
    let events: Vec<_> = Parser::new_with_broken_link_callback(text, options, Some(cite))
        .into_offset_iter()
        .map(|(event, at)| (event, range.start + at.start..range.start + at.end))
        .collect();
    let mut converter = Converter {
        file,
        context,
        notes: BTreeMap::new(),
        used: vec![],
        in_note: false,
        after_span: 0,
        depth: 0,
        level: 0,
        levels: vec![],
        prose: Prose::markdown(file, Kind::Body),
        waiting: vec![],
    };
    converter.levels = heading_levels(&events);
    converter.read_notes(&events);
    converter.in_note = false;
    let blocks = converter.blocks(&mut Cursor { events: &events, at: 0 }, true);
    converter.report_unused_notes();
    let waiting = std::mem::take(&mut converter.waiting);
    converter.context.texts.suppressions.extend(waiting);
    blocks
}

type Spanned<'e> = (Event<'e>, Range<usize>);

struct Cursor<'a, 'e> {
    events: &'a [Spanned<'e>],
    at: usize,
}

impl<'a, 'e> Cursor<'a, 'e> {
    fn next(&mut self) -> Option<&'a Spanned<'e>> {
        let event = self.events.get(self.at);
        self.at += 1;
        event
    }

    /// Returns the events up to the end that closes the start just taken.
    fn inside(&mut self) -> Cursor<'a, 'e> {
        let start = self.at;
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        let end = self.at.saturating_sub(1).clamp(start, self.events.len());
        Cursor { events: &self.events[start..end], at: 0 }
    }
}

struct Converter<'a, 'c> {
    file: &'a Arc<SourceFile>,
    context: &'a mut Context<'c>,
    /// Footnotes by label: their text and the span of their definition.
    notes: BTreeMap<String, (Inlines, Range<usize>)>,
    used: Vec<String>,
    /// Whether footnotes are being read: they contain no notes themselves.
    in_note: bool,
    /// The number of bytes at the start of the next text that are the class of the span before it.
    after_span: usize,
    /// The nesting depth of the current block or mark.
    depth: usize,
    /// The level of the previous heading.
    level: u8,
    /// The heading levels in use, outermost first.
    levels: Vec<HeadingLevel>,
    /// The piece of text being read.
    prose: Prose,
    /// Suppressions waiting for their block.
    waiting: Vec<Suppression>,
}

impl Converter<'_, '_> {
    fn place(&self, range: &Range<usize>) -> Place {
        Place::new(self.file, range.clone())
    }

    fn line(&self, range: &Range<usize>) -> usize {
        self.file.line_column(range.start).0
    }

    fn error(&mut self, range: &Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        let place = self.place(range);
        self.context.problems.push(Diagnostic::error(place, message).hint(hint));
    }

    fn warning(
        &mut self,
        rule: &'static Rule,
        range: &Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let place = self.place(range);
        self.context.problems.push(Diagnostic::of(rule, place, message).hint(hint));
    }

    /// Reads the footnotes, before the text that refers to them.
    fn read_notes(&mut self, events: &[Spanned]) {
        self.in_note = true;
        let mut cursor = Cursor { events, at: 0 };
        while let Some((event, range)) = cursor.next() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                let blocks = self.blocks(&mut cursor.inside(), false);
                let mut body: Inlines = vec![];
                for block in blocks {
                    match block {
                        Block::Paragraph { body: text, .. } => {
                            if !body.is_empty() {
                                body.push(Inline::Break);
                            }
                            body.extend(text);
                        }
                        _ => self.error(
                            range,
                            say!("the footnote `{label}` contains more than text", label),
                            say!("write a footnote as one paragraph"),
                        ),
                    }
                }
                if self.notes.contains_key(&**label) {
                    self.error(
                        range,
                        say!("the footnote `{label}` is defined twice", label),
                        say!("give each footnote a unique name"),
                    );
                    continue;
                }
                self.notes.insert(label.to_string(), (body, range.clone()));
            }
        }
    }

    fn report_unused_notes(&mut self) {
        let unused: Vec<_> = self
            .notes
            .iter()
            .filter(|(label, _)| !self.used.contains(label))
            .map(|(label, (_, range))| (label.clone(), range.clone()))
            .collect();
        for (label, range) in unused {
            self.warning(
                &rules::UNUSED_NOTE,
                &range,
                say!("the footnote `{label}` is never referenced, so it is not printed", label),
                say!("put `[^{label}]` where it belongs, or remove the note", label),
            );
        }
    }

    fn blocks(&mut self, cursor: &mut Cursor, top: bool) -> Vec<Block> {
        let mut out = vec![];
        while let Some((event, range)) = cursor.next() {
            match event {
                Event::Start(tag) => {
                    let mut inside = cursor.inside();
                    let suppressions = self.silences_of(tag);
                    let before = out.len();
                    if self.descend(range) {
                        out.extend(self.block(tag, range, &mut inside, top));
                        self.depth -= 1;
                    }
                    self.cover(suppressions, range, &out[before..]);
                }
                Event::Rule => self.warning(
                    &rules::NOT_PRINTED,
                    range,
                    say!("a horizontal rule is not printed"),
                    say!("remove it"),
                ),
                Event::Html(html) => self.html(html, range),
                // The text of a list's item that has no blank lines stands without a paragraph.
                Event::End(_) => {}
                _ => {
                    cursor.at -= 1;
                    let line = self.line(range);
                    let body = self.loose_text(cursor);
                    out.push(Block::Paragraph { line, body, continues: false });
                }
            }
        }
        mark_continued(&mut out);
        out
    }

    /// Takes the suppressions that apply to a block; a comment takes none.
    fn silences_of(&mut self, tag: &Tag) -> Vec<Suppression> {
        // The notes have their text read apart, before all blocks: theirs wait for that.
        let skipped = matches!(tag, Tag::HtmlBlock) || matches!(tag, Tag::FootnoteDefinition(_));
        if skipped { vec![] } else { std::mem::take(&mut self.waiting) }
    }

    /// Applies suppressions to a block, and to the data table of a chart.
    fn cover(&mut self, suppressions: Vec<Suppression>, range: &Range<usize>, blocks: &[Block]) {
        for mut silence in suppressions {
            silence.scope.push(self.place(range));
            for block in blocks {
                if let Block::Chart(chart) = block {
                    silence.tables.push(super::shown(&chart.spec.data));
                }
            }
            self.context.texts.suppressions.push(silence);
        }
    }

    /// Goes one level deeper; if that is too deep, reports it and returns `false`, so that the
    /// contents are not read.
    fn descend(&mut self, range: &Range<usize>) -> bool {
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

    fn block(
        &mut self,
        tag: &Tag,
        range: &Range<usize>,
        inside: &mut Cursor,
        top: bool,
    ) -> Option<Block> {
        Some(match tag {
            Tag::Paragraph => {
                if let [(Event::Start(Tag::Image { .. }), _), .., (Event::End(TagEnd::Image), _)] =
                    inside.events
                    && inside
                        .events
                        .iter()
                        .filter(|(e, _)| matches!(e, Event::Start(Tag::Image { .. })))
                        .count()
                        == 1
                {
                    return self.figure(inside);
                }
                let mut body = self.inlines(inside);
                if body.is_empty() {
                    return None;
                }
                text::open(&mut body);
                Block::Paragraph { line: self.line(range), body, continues: false }
            }
            Tag::Heading { level, .. } => {
                if *level == HeadingLevel::H1 {
                    self.error(
                        range,
                        say!("`#` is reserved for the part's title, which belongs in the front matter"),
                        say!("start headings in the text with `##`"),
                    );
                }
                let rank = self.levels.iter().position(|l| l == level).unwrap_or(0) as u8 + 1;
                // PDF/UA-1 (ISO 14289-1, 7.4.2): levels do not skip.
                self.level = rank.min(self.level + 1);
                self.prose.kind = Kind::Title;
                Block::Heading {
                    level: self.level,
                    line: self.line(range),
                    body: self.inlines(inside),
                }
            }
            Tag::BlockQuote(_) => Block::Quote { blocks: self.blocks(inside, false) },
            Tag::List(start) => {
                let mut items = vec![];
                while let Some((event, _)) = inside.next() {
                    if let Event::Start(Tag::Item) = event {
                        items.push(self.blocks(&mut inside.inside(), false));
                    }
                }
                Block::List { start: *start, items }
            }
            Tag::Table(alignments) => self.table(alignments, inside, self.line(range)),
            Tag::CodeBlock(kind) => return self.code(kind, range, inside, top),
            Tag::HtmlBlock => {
                let lines = inside.events.iter().filter_map(|(event, _)| match event {
                    Event::Html(html) => Some(&**html),
                    _ => None,
                });
                self.html(&lines.collect::<String>(), range);
                return None;
            }
            Tag::FootnoteDefinition(_) => return None,
            _ => {
                self.error(
                    range,
                    say!("this Markdown is not supported in a report"),
                    say!("write it as paragraphs and lists"),
                );
                return None;
            }
        })
    }

    fn html(&mut self, html: &str, range: &Range<usize>) {
        // A comment is the author's note to themselves; text beside it is not.
        if let Some(comment) = html.trim().strip_prefix("<!--") {
            match comment.split_once("-->") {
                Some((text, "")) => {
                    if !self.in_note {
                        let start = range.start
                            + self.file.text[range.clone()].find("<!--").map_or(0, |at| at + 4);
                        let text = start..start + text.len();
                        self.waiting.extend(suppressions::read(
                            self.file,
                            text,
                            self.context.problems,
                        ));
                    }
                }
                Some(_) => self.error(
                    range,
                    say!("text on the same line as a comment"),
                    say!("put the comment on lines of its own"),
                ),
                None => {
                    self.error(range, say!("the comment is not closed"), say!("end it with `-->`"))
                }
            }
            return;
        }
        let tag =
            html.trim().trim_start_matches('<').split([' ', '>', '\n']).next().unwrap_or_default();
        let tag = tag.trim_end_matches('/');
        let instead = match tag.trim_start_matches('/').to_lowercase().as_str() {
            "b" | "strong" => say!("write `**bold**`"),
            "i" | "em" => say!("write `*stressed*`"),
            "sup" => say!("write `^raised^`"),
            "sub" => say!("write `~lowered~`"),
            "br" => say!("end the line with a backslash"),
            "img" => say!("write `![caption](figures/name.svg \"source\")`"),
            "a" => say!("write `[text](https://…)`"),
            "table" | "tr" | "td" => say!("write a Markdown table"),
            _ => say!("write it in Markdown; to print a `<`, write `\\<`"),
        };
        self.error(range, say!("raw HTML `<{tag}>` is not supported", tag), instead);
    }

    fn code(
        &mut self,
        kind: &CodeBlockKind,
        range: &Range<usize>,
        inside: &mut Cursor,
        top: bool,
    ) -> Option<Block> {
        let mut code = String::new();
        let mut at: Option<Range<usize>> = None;
        while let Some((event, range)) = inside.next() {
            if let Event::Text(text) = event {
                code.push_str(text);
                at = Some(at.map_or(range.clone(), |at| at.start..range.end));
            }
        }
        match kind {
            CodeBlockKind::Fenced(info) if &**info == "chart" => {
                if !top {
                    self.error(
                        range,
                        say!("a chart is inside another block"),
                        say!("start it at the beginning of a line"),
                    );
                    return None;
                }
                let at = at.unwrap_or(range.start..range.start);
                chart::read(self.file, at, self.context).map(|chart| Block::Chart(Box::new(chart)))
            }
            _ => {
                if matches!(kind, CodeBlockKind::Indented) {
                    self.warning(
                        &rules::INDENTED_CODE,
                        range,
                        say!("a paragraph that begins with four spaces becomes code"),
                        say!("remove the spaces: the template indents paragraphs"),
                    );
                }
                let at = at.as_ref().unwrap_or(range);
                self.print(&code, at);
                Some(Block::Code { line: self.line(at), text: code.trim_end().to_owned() })
            }
        }
    }

    fn table(&mut self, alignments: &[Alignment], inside: &mut Cursor, line: usize) -> Block {
        let mut head = vec![];
        let mut rows = vec![];
        while let Some((event, _)) = inside.next() {
            let Event::Start(tag) = event else { continue };
            let mut row = inside.inside();
            let mut cells = vec![];
            while let Some((event, _)) = row.next() {
                if let Event::Start(Tag::TableCell) = event {
                    let align = alignments.get(cells.len()).and_then(|alignment| match alignment {
                        Alignment::None => None,
                        Alignment::Left => Some("left"),
                        Alignment::Center => Some("center"),
                        Alignment::Right => Some("right"),
                    });
                    self.prose.kind = Kind::Label;
                    cells.push(TableCell { align, body: self.inlines(&mut row.inside()) });
                }
            }
            match tag {
                Tag::TableHead => head = cells,
                _ => rows.push(cells),
            }
        }
        Block::Table { line, head, rows }
    }

    fn figure(&mut self, inside: &mut Cursor) -> Option<Block> {
        let (Event::Start(Tag::Image { dest_url, title, .. }), range) = inside.next()? else {
            return None;
        };
        self.prose.kind = Kind::Caption;
        let caption = self.inlines(&mut inside.inside());
        self.print(title, range);
        self.source(title, range);
        // Within the picture's Markdown, the path behind the caption.
        let written = &self.file.text[range.clone()];
        let at =
            written.rfind("](").and_then(|open| Some(open + written[open..].find(&**dest_url)?));
        let place = match at {
            Some(at) if !dest_url.is_empty() => {
                let start = range.start + at;
                self.place(&(start..start + dest_url.len()))
            }
            _ => self.place(range),
        };
        let alt = text::plain(&caption);
        if alt.trim().is_empty() {
            self.error(
                range,
                say!("the figure has no caption"),
                say!("write it between the brackets: `![caption](…)`"),
            );
        }
        let picture = image::check(self.context.project, dest_url, &place)
            .map_err(|problem| self.context.problems.push(problem))
            .ok()?;
        self.context.texts.printed.extend(picture.printed);
        let source = (!title.is_empty()).then(|| text::tidy_plain(title));
        let line = self.line(range);
        Some(Block::Figure(Figure {
            line,
            path: picture.path,
            caption,
            alt,
            source,
            ratio: picture.ratio,
        }))
    }

    /// Reads the text of an image's source, which follows its path in quotes.
    fn source(&mut self, title: &str, range: &Range<usize>) {
        let written = &self.file.text[range.clone()];
        if let Some(at) = written.rfind(title).filter(|_| !title.is_empty()) {
            let start = range.start + at;
            let mut prose = Prose::markdown(self.file, Kind::Source);
            prose.push(title, &(start..start + title.len()));
            self.context.texts.prose.push(prose);
        }
    }

    fn print(&mut self, text: &str, range: &Range<usize>) {
        let place = self.place(range);
        self.context.texts.printed.push(Printed { text: text.to_owned(), place });
    }
}

/// Marks paragraphs that continue a sentence interrupted by a block of another kind (rule 25).
fn mark_continued(blocks: &mut [Block]) {
    // Whether the last paragraph's sentence is open, and whether another block stands behind it.
    let (mut open, mut interrupted) = (false, false);
    for block in blocks {
        match block {
            Block::Paragraph { body, continues, .. } => {
                *continues = open && interrupted;
                (open, interrupted) = (!ends_sentence(body), false);
            }
            Block::Heading { .. } => open = false,
            other => {
                interrupted = true;
                open &= !last_words(other).is_some_and(ends_sentence);
            }
        }
    }
}

/// Returns the last paragraph within a list or a quotation.
fn last_words(block: &Block) -> Option<&[Inline]> {
    match block {
        Block::Paragraph { body, .. } => Some(body),
        Block::List { items, .. } => last_words(items.last()?.last()?),
        Block::Quote { blocks } => last_words(blocks.last()?),
        _ => None,
    }
}

fn ends_sentence(body: &[Inline]) -> bool {
    let text = text::plain(body);
    text.trim_end_matches(['”', '’', '）', '」', '』', ')', ' '])
        .ends_with(['。', '！', '？', '…', '.', '!', '?'])
}

/// Returns the heading levels in use below the part's own, outermost first.
fn heading_levels(events: &[Spanned]) -> Vec<HeadingLevel> {
    let mut levels: Vec<_> = events
        .iter()
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::Heading { level, .. }) if *level != HeadingLevel::H1 => Some(*level),
            _ => None,
        })
        .collect();
    levels.sort();
    levels.dedup();
    levels
}
