//! What the pages must show: the text of a report's content, run by run, each with its place.
//!
//! It is what the template is given, and no more than any template has to print: numbers, labels
//! and words of its own are its own concern.

mod chart;

use std::sync::Arc;

use super::{fit, origins};
use crate::reading::model::{
    Block, Boxed, Chart, Code, Endnotes, Figures, Formula, IndexEntry, Inline, Inlines, Kpi,
    Labelled, Part, PartContent, PartFile, PartKind, Quote, QuoteKind, Report, Table, TableCell,
    TermEntry, TextBlock,
};
use crate::reading::title;
use l10n::say;
use source::{Place, SourceFile};

/// What a run of text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A part's title, which must stand on the part's own pages: lists and heads repeat it.
    Title,
    /// Another field of the front matter or of the settings.
    Field,
    /// A paragraph.
    Paragraph,
    /// A heading within the text.
    Heading,
    /// A list.
    List,
    /// A block quotation.
    Quotation,
    /// A code block.
    Code,
    /// A formula in a line of its own.
    Formula,
    /// A table.
    Table,
    /// A picture's caption or source.
    Figure,
    /// A chart.
    Chart,
    /// The title of a box, or who speaks in it.
    Box,
    /// A large number.
    Number,
    /// A footnote.
    Note,
    /// An entry in the list of references.
    Entry,
}

impl Kind {
    /// Whether it may be more than a column can hold, as text cannot.
    pub(super) fn is_block(self) -> bool {
        matches!(
            self,
            Self::List | Self::Quotation | Self::Code | Self::Table | Self::Figure | Self::Chart
        )
    }

    /// Its name in messages.
    pub(super) fn name(self) -> String {
        match self {
            Self::Title => say!("this title"),
            Self::Field => say!("this field"),
            Self::Paragraph => say!("this paragraph"),
            Self::Heading => say!("this heading"),
            Self::List => say!("this list"),
            Self::Quotation => say!("this quotation"),
            Self::Code => say!("this code"),
            Self::Formula => say!("this formula"),
            Self::Table => say!("this table"),
            Self::Figure => say!("this caption"),
            Self::Chart => say!("this chart"),
            Self::Box => say!("the title of this box"),
            Self::Number => say!("this large number"),
            Self::Note => say!("this footnote"),
            Self::Entry => say!("this reference"),
        }
    }
}

/// A run of text that the pages must show without a gap, however lines break.
#[derive(Debug)]
pub(super) struct Expected {
    /// Its visible characters, without white space.
    pub(super) text: Vec<char>,
    /// Where it was written.
    pub(super) place: Place,
    /// What it belongs to.
    pub(super) kind: Kind,
    /// The number of the part that it belongs to.
    pub(super) part: usize,
    /// The number of the block that it belongs to, in the whole report.
    pub(super) block: usize,
    /// Whether it is a sign of a formula, which others may stand over and under.
    pub(super) formula: bool,
}

impl Expected {
    /// What it belongs to: the block, or the notes of that block.
    pub(super) fn whole(&self) -> (usize, bool) {
        (self.block, self.kind == Kind::Note)
    }
}

/// A picture that the pages must show.
pub(super) struct Pictured {
    /// Its path from the project's root, with a leading `/`.
    pub(super) path: String,
    /// Where it was written.
    pub(super) place: Place,
}

/// What the pages of a report must show, in the order of its content: texts, and pictures.
pub(super) type Content = (Vec<Expected>, Vec<Pictured>);

/// Returns what a part has that its author can make less of.
pub(super) fn holds(part: &Part, report: &Report) -> fit::Holds {
    let mut collector = Collector::new(part, 0, vec![]);
    collector.part(part, report);
    let figures = part.content.blocks().iter().any(|block| {
        matches!(block, Block::Figure(_) | Block::Figures(_) | Block::Chart(_) | Block::Box(_))
    });
    fit::Holds { characters: collector.out.iter().map(|run| run.text.len()).sum(), figures }
}

/// Returns what the pages of a report must show.
pub(super) fn of(report: &Report) -> Content {
    let (mut out, mut pictures) = (vec![], vec![]);
    for (number, part) in report.parts.iter().enumerate() {
        let mut collector = Collector::new(part, number, out);
        collector.part(part, report);
        pictures.append(&mut collector.pictures);
        out = collector.out;
    }
    (out, pictures)
}

/// The characters of a text that are compared: those that a reader sees.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    cjk::visible(text).filter(|c| !c.is_whitespace())
}

struct Collector<'a> {
    file: &'a Arc<SourceFile>,
    /// Where each line of the part begins, through its files.
    lines: Vec<(&'a Arc<SourceFile>, usize)>,
    part: usize,
    block: usize,
    out: Vec<Expected>,
    pictures: Vec<Pictured>,
}

impl<'a> Collector<'a> {
    fn new(part: &'a Part, number: usize, out: Vec<Expected>) -> Self {
        let mut lines = vec![];
        for PartFile { file, before } in &part.files {
            lines.truncate(*before);
            let ends = file.text.match_indices('\n').map(|(at, _)| at + 1);
            lines.extend([0].into_iter().chain(ends).map(|start| (file, start)));
        }
        let block = out.last().map_or(0, |last| last.block);
        Self { file: &part.place.file, lines, part: number, block, out, pictures: vec![] }
    }

    fn add(&mut self, text: &str, place: &Place, kind: Kind) {
        let text: Vec<char> = letters(text).collect();
        if !text.is_empty() {
            let (place, part, block) = (place.clone(), self.part, self.block);
            self.out.push(Expected { text, place, kind, part, block, formula: false });
        }
    }

    /// The signs of a formula: in which order they are drawn is the typesetter's concern.
    fn formula(&mut self, formula: &Formula, place: &Place, kind: Kind) {
        let start = self.out.len();
        formula.letters().iter().for_each(|letters| self.add(letters, place, kind));
        self.out[start..].iter_mut().for_each(|run| run.formula = true);
    }

    /// The place of a line, from 1.
    fn line(&self, line: usize) -> Place {
        let at = self.lines.get(line.saturating_sub(1)).copied();
        let (file, start) = at.unwrap_or((self.file, 0));
        Place::rest_of_line(file, start)
    }

    /// The place of a key at the left edge; the file's start where it has none.
    fn key(&self, key: &str) -> Place {
        let start = origins::key_start(&self.file.text, key).unwrap_or(0);
        Place::rest_of_line(self.file, start)
    }

    /// Values under one key, such as a quote's words and name, are one block.
    fn field(&mut self, key: &str, text: &str) {
        let place = self.key(key);
        let same = |last: &&Expected| last.part == self.part && last.place == place;
        if self.out.last().filter(same).is_none() {
            self.block += 1;
        }
        self.add(text, &place, if key == "title" { Kind::Title } else { Kind::Field });
    }

    fn codes(&mut self, key: &str, codes: &[Code]) {
        codes.iter().for_each(|code| self.field(key, &code.label));
    }

    fn labelled(&mut self, key: &str, lines: &[Labelled]) {
        for Labelled { label, value } in lines {
            self.field(key, label);
            self.field(key, value);
        }
    }

    fn part(&mut self, part: &Part, report: &Report) {
        // A placed page says what it says.
        let placed = matches!(part.content, PartContent::Placed { .. });
        if let Some(title) = part.content.title().filter(|_| !placed) {
            self.field("title", title);
        }
        match &part.content {
            PartContent::Contents
            | PartContent::ListOfFigures
            | PartContent::ListOfTables
            | PartContent::Lists => {}
            PartContent::Index => self.index(&report.index, &part.place),
            // A finished cover has it in its picture.
            PartContent::Cover if report.finished_cover => {}
            PartContent::Cover => {
                self.field("title", &title::apart(&report.config.title));
                self.field("subtitle", report.config.subtitle.as_deref().unwrap_or_default());
            }
            PartContent::BackCover => self.codes("back-cover", &report.config.back_cover.codes),
            PartContent::References => {
                for entry in &report.references {
                    let place = entry.place.as_ref().unwrap_or(&part.place);
                    self.block += 1;
                    self.runs(&entry.body, place, Kind::Entry);
                }
            }
            PartContent::Text(text) if text.kind == PartKind::Glossary => {
                for TermEntry { term, place, .. } in &report.terms {
                    self.block += 1;
                    let others = [&term.abbr, &term.full, &term.definition].into_iter().flatten();
                    for words in [&term.term].into_iter().chain(others) {
                        self.add(words, place, Kind::Entry);
                    }
                }
            }
            PartContent::Foreword { .. } | PartContent::Text(_) => {}
            PartContent::Trend { matter, .. } => {
                if let Some(quote) = &matter.quote {
                    self.quote(quote);
                }
            }
            PartContent::Insert { matter, .. } => {
                self.field("claim", matter.claim.as_deref().unwrap_or_default());
                // An address may be printed without its scheme.
                let url = matter.url.as_deref().unwrap_or_default();
                self.field("url", url.split_once("://").map_or(url, |(_, rest)| rest));
                self.codes("codes", &matter.codes);
                self.labelled("contact", &matter.contact);
            }
            // What it shows is its own.
            PartContent::Placed { .. } => {}
            PartContent::Imprint { matter, .. } => self.labelled("entries", &matter.entries),
            PartContent::Colophon { matter, blocks } => {
                for group in &matter.committee {
                    self.field("committee", &group.role);
                    group.names.iter().for_each(|name| self.field("committee", name));
                }
                self.labelled("contact", &matter.contact);
                for text in blocks {
                    self.block += 1;
                    self.text(text, None);
                }
            }
        }
        self.blocks(part.content.blocks());
    }

    fn index(&mut self, entries: &[IndexEntry], part: &Place) {
        for entry in entries {
            let place = entry.place.as_ref().unwrap_or(part);
            self.block += 1;
            for words in [&entry.words].into_iter().chain(&entry.see).chain(&entry.see_also) {
                self.add(&words.replace('!', ""), place, Kind::Entry);
            }
            self.index(&entry.entries, part);
        }
    }

    fn quote(&mut self, quote: &Quote) {
        self.field("quote", &quote.text);
        self.field("quote", &quote.name);
        quote.titles.iter().for_each(|title| self.field("quote", title));
        if quote.kind == QuoteKind::Verbatim {
            self.field("quote", quote.source.as_deref().unwrap_or_default());
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block += 1;
            self.block(block);
        }
    }

    fn boxed(&mut self, boxed: &Boxed) {
        let place = self.line(boxed.line);
        self.runs(&boxed.title, &place, Kind::Box);
        self.blocks(&boxed.blocks);
        if let Some(speaker) = &boxed.speaker {
            self.block += 1;
            self.add(&speaker.name, &place, Kind::Box);
            speaker.titles.iter().for_each(|title| self.add(title, &place, Kind::Box));
        }
    }

    fn kpi(&mut self, kpi: &Kpi) {
        self.runs(&kpi.title, &self.line(kpi.line), Kind::Box);
        for item in &kpi.items {
            self.block += 1;
            let place = self.line(item.line);
            let value = [&item.before, &item.number, &item.unit].map(String::as_str).concat();
            self.add(&value, &place, Kind::Number);
            self.runs(&item.change, &place, Kind::Number);
            self.runs(&item.label, &place, Kind::Number);
        }
        self.source(kpi.source.as_deref(), &self.line(kpi.line), Kind::Box);
    }

    fn figures(&mut self, group: &Figures) {
        let place = self.line(group.line);
        self.runs(&group.caption, &place, Kind::Figure);
        self.add(group.en.as_deref().unwrap_or_default(), &place, Kind::Figure);
        self.blocks(&group.figures);
    }

    fn endnotes(&mut self, endnotes: &Endnotes) {
        for note in &endnotes.notes {
            self.block += 1;
            self.runs(&note.body, &self.line(note.line), Kind::Note);
            note.more.iter().for_each(|block| self.text(block, Some(Kind::Note)));
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Box(boxed) => self.boxed(boxed),
            Block::Kpi(kpi) => self.kpi(kpi),
            Block::Figures(group) => self.figures(group),
            Block::Notes(endnotes) => self.endnotes(endnotes),
            Block::Text(text) => self.text(text, None),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => {
                let place = self.line(figure.line);
                self.pictures.push(Pictured { path: figure.path.clone(), place: place.clone() });
                self.runs(&figure.caption, &place, Kind::Figure);
                self.add(figure.en.as_deref().unwrap_or_default(), &place, Kind::Figure);
                self.source(figure.notes.as_deref(), &place, Kind::Figure);
                self.source(figure.source.as_deref(), &place, Kind::Figure);
            }
            Block::Chart(chart) => self.chart(chart, Kind::Chart),
        }
    }

    /// What is in a list or a quotation belongs to the outermost one, of the kind `around`.
    fn text(&mut self, text: &TextBlock, around: Option<Kind>) {
        let kind = |own| around.unwrap_or(own);
        match text {
            TextBlock::Paragraph { line, body, .. } => {
                self.runs(body, &self.line(*line), kind(Kind::Paragraph));
            }
            TextBlock::Heading { line, body, .. } => {
                self.runs(body, &self.line(*line), kind(Kind::Heading));
            }
            TextBlock::List { items, .. } => {
                items.iter().flatten().for_each(|inner| self.text(inner, Some(kind(Kind::List))));
            }
            TextBlock::Quote { blocks } => {
                blocks.iter().for_each(|inner| self.text(inner, Some(kind(Kind::Quotation))));
            }
            TextBlock::Equation(equation) => {
                let place = self.line(equation.line);
                self.formula(&equation.formula, &place, kind(Kind::Formula));
            }
            TextBlock::Code { line, text } => {
                for (at, text) in text.lines().enumerate() {
                    self.add(text, &self.line(line + at), kind(Kind::Code));
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let own = self.line(table.line);
        let title =
            if table.caption_line > 0 { self.line(table.caption_line) } else { own.clone() };
        self.runs(&table.caption, &title, Kind::Table);
        self.add(table.en.as_deref().unwrap_or_default(), &title, Kind::Table);
        self.source(table.unit.as_deref(), &title, Kind::Table);
        for row in table.all_rows() {
            let place = self.line(row.line);
            for body in row.cells.iter().flat_map(TableCell::runs) {
                self.runs(body, &place, Kind::Table);
            }
        }
        table.notes.iter().for_each(|note| self.runs(note, &own, Kind::Table));
        self.source(table.source.as_deref(), &title, Kind::Table);
    }

    /// The words of a chart; its numbers are written as the template likes.
    fn chart(&mut self, chart: &Chart, kind: Kind) {
        let place = self.line(chart.line);
        self.add(&chart.spec.title, &place, kind);
        self.add(chart.spec.en.as_deref().unwrap_or_default(), &place, kind);
        self.source(chart.spec.source.as_deref(), &place, kind);
        chart::words(chart).into_iter().for_each(|words| self.add(words, &place, kind));
    }

    /// A source may be written with the word before it that the template prints.
    fn source(&mut self, source: Option<&str>, place: &Place, kind: Kind) {
        let source = source.unwrap_or_default();
        let spaced = source.split_once(char::is_whitespace);
        // As the template knows them: 来源, 出处; what ends as 资源 does is a name's own.
        let is_source = |word: &str| {
            let mut last = word.chars().rev();
            matches!(last.next(), Some('源' | '处' | '處'))
                && matches!(last.next(), Some('来' | '來' | '出'))
        };
        let spaced = spaced.filter(|(word, _)| is_source(word));
        let rest = spaced.or_else(|| source.split_once(['：', ':']));
        let rest = rest.filter(|(word, _)| word.chars().count() < 8);
        self.add(rest.map_or(source, |(_, rest)| rest), place, kind);
    }

    fn runs(&mut self, inlines: &Inlines, place: &Place, kind: Kind) {
        let mut notes = vec![];
        let mut text = String::new();
        self.walk(inlines, place, kind, &mut text, &mut notes);
        self.add(&text, place, kind);
        for (body, more) in notes {
            self.runs(body, place, Kind::Note);
            more.iter().for_each(|block| self.text(block, Some(Kind::Note)));
        }
    }

    /// A note's mark, which is the template's, ends a run.
    fn walk<'b>(
        &mut self,
        inlines: &'b [Inline],
        place: &Place,
        kind: Kind,
        text: &mut String,
        notes: &mut Vec<(&'b Inlines, &'b [TextBlock])>,
    ) {
        for inline in inlines {
            if let Inline::Formula { formula } = inline {
                self.add(&std::mem::take(text), place, kind);
                self.formula(formula, place, kind);
                continue;
            }
            if let Some(letters) = inline.letters() {
                text.push_str(letters);
                continue;
            }
            match inline {
                Inline::Footnote { body, more, .. } => {
                    self.add(&std::mem::take(text), place, kind);
                    notes.push((body, more));
                }
                Inline::NoteAgain { .. } | Inline::NoteLink { .. } | Inline::Page { .. } => {
                    self.add(&std::mem::take(text), place, kind);
                }
                Inline::Break => {}
                other => self.walk(other.body(), place, kind, text, notes),
            }
        }
    }
}
