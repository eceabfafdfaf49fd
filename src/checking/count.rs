//! The count that publishers need: how long a report is, and how many findings that makes.
//!
//! Characters are counted as word processors do for Chinese (字数): each Han character and each
//! Chinese mark is one, and so is each run of other characters between spaces and Chinese ones,
//! such as a Western word or a number.

use std::ops::AddAssign;

use serde_json::{Value, json};

use crate::reading::model::{
    Block, Chart, Code, Endnote, Endnotes, Inline, Labelled, Part, PartContent, PartFile, Report,
    TableCell, TextBlock,
};
use source::{Diagnostic, Place};

/// How long a text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Length {
    /// Han characters, Chinese marks, and Western words and numbers (字数).
    pub words: usize,
    /// Characters without spaces.
    pub characters: usize,
    /// Characters with spaces.
    pub with_spaces: usize,
}

impl Length {
    /// Returns the length of a text.
    ///
    /// ```
    /// use trendpress::checking::Length;
    /// let length = Length::of("模型 GPT-4o 有 1.8 万亿参数。");
    /// assert_eq!((length.words, length.characters, length.with_spaces), (10, 17, 21));
    /// ```
    pub fn of(text: &str) -> Self {
        let mut out = Self::default();
        // What the typesetter puts between characters is nobody's text.
        let chars: Vec<char> = cjk::visible(text).filter(|c| *c != cjk::QUARTER_SPACE).collect();
        let mut in_word = false;
        for (at, &c) in chars.iter().enumerate() {
            out.with_spaces += 1;
            if c.is_whitespace() {
                in_word = false;
                continue;
            }
            out.characters += 1;
            let beside = |at: Option<usize>| {
                at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_alphanumeric)
            };
            // The apostrophe of `it’s` is one with the right quote of Chinese.
            let latin = cjk::is_shared(c) && beside(at.checked_sub(1)) && beside(Some(at + 1));
            let chinese = !latin && (cjk::is_cjk(c) || cjk::is_mark(c) || cjk::is_wide(c));
            if chinese || !in_word {
                out.words += 1;
            }
            in_word = !chinese;
        }
        out
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.characters += other.characters;
        self.with_spaces += other.with_spaces;
    }
}

/// The lengths of a part, by what its text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lengths {
    /// Titles, paragraphs, lists, quotations, code, and other fields that are printed.
    pub text: Length,
    /// Captions, titles of charts, and sources.
    pub captions: Length,
    /// Tables, and the words of charts.
    pub tables: Length,
    /// Footnotes.
    pub notes: Length,
    /// The list of references.
    pub references: Length,
}

impl Lengths {
    /// Returns each length with its name in JSON.
    pub fn each(&self) -> [(&'static str, Length); 5] {
        [
            ("text", self.text),
            ("captions", self.captions),
            ("tables", self.tables),
            ("notes", self.notes),
            ("references", self.references),
        ]
    }

    /// Returns the length of all of it.
    pub fn all(&self) -> Length {
        let mut all = Length::default();
        self.each().into_iter().for_each(|(_, length)| all += length);
        all
    }
}

impl AddAssign for Lengths {
    fn add_assign(&mut self, other: Self) {
        self.text += other.text;
        self.captions += other.captions;
        self.tables += other.tables;
        self.notes += other.notes;
        self.references += other.references;
    }
}

/// The count of a part, or of the whole report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartCount {
    /// The part's name; empty for the whole report.
    pub part: String,
    /// Its lengths.
    pub lengths: Lengths,
    /// The findings about marks and words (TP01, TP02) in its file; for the whole report, in all
    /// files.
    pub findings: usize,
}

impl PartCount {
    /// Returns the findings per ten thousand characters; `None` where there is no text.
    pub fn rate(&self) -> Option<f64> {
        let words = self.lengths.all().words;
        (words > 0).then(|| self.findings as f64 * 1e4 / words as f64)
    }

    fn json(&self) -> Value {
        let length = |length: Length| {
            json!({
                "words": length.words,
                "characters": length.characters,
                "with-spaces": length.with_spaces,
            })
        };
        let mut out = json!({
            "all": length(self.lengths.all()),
            "findings": self.findings,
            "per-10000": self.rate(),
        });
        for (name, own) in self.lengths.each() {
            out[name] = length(own);
        }
        if !self.part.is_empty() {
            out["part"] = json!(self.part);
        }
        out
    }
}

/// The count of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Its parts that have text, in page order.
    pub parts: Vec<PartCount>,
    /// All of it.
    pub all: PartCount,
}

impl Count {
    /// Counts a report, with what was found in it.
    pub fn of(report: &Report, findings: &[Diagnostic]) -> Self {
        let about_text = |finding: &&Diagnostic| {
            let code = finding.rule().code;
            code.starts_with("TP01") || code.starts_with("TP02")
        };
        let found: Vec<_> = findings.iter().filter(about_text).collect();
        let mut all = PartCount { findings: found.len(), ..PartCount::default() };
        let mut parts = vec![];
        for part in &report.parts {
            let lengths = lengths(part, report);
            all.lengths += lengths;
            let own = |finding: &&&Diagnostic| {
                let is_in = |file: &PartFile, place: &Place| file.file.path == place.file.path;
                let place = finding.place.as_ref();
                place.is_some_and(|place| part.files.iter().any(|file| is_in(file, place)))
            };
            let findings = found.iter().filter(own).count();
            if lengths != Lengths::default() {
                parts.push(PartCount { part: part.id.clone(), lengths, findings });
            }
        }
        Self { parts, all }
    }

    /// Returns the count as JSON: `{ "parts": […], "all": {…} }`.
    pub fn json(&self) -> Value {
        json!({
            "parts": self.parts.iter().map(PartCount::json).collect::<Vec<_>>(),
            "all": self.all.json(),
        })
    }
}

fn lengths(part: &Part, report: &Report) -> Lengths {
    let mut out = Lengths::default();
    part.content.title().into_iter().for_each(|title| out.field(title));
    match &part.content {
        PartContent::Contents
        | PartContent::ListOfFigures
        | PartContent::ListOfTables
        | PartContent::Lists
        | PartContent::Index => {}
        PartContent::Cover => {
            let config = &report.config;
            let name = [&config.title, &config.publisher.name];
            name.into_iter().chain(&config.subtitle).for_each(|text| out.field(text));
        }
        PartContent::BackCover => out.codes(&report.config.back_cover.codes),
        PartContent::References => {
            for entry in &report.references {
                out.references += Length::of(&entry.number);
                out.runs(&entry.body, |out| &mut out.references);
            }
        }
        PartContent::Foreword { .. } | PartContent::Text(_) => {}
        PartContent::Trend { matter, .. } => {
            if let Some(quote) = &matter.quote {
                let words = [&quote.text, &quote.name].into_iter();
                words.chain(&quote.titles).for_each(|text| out.field(text));
            }
        }
        PartContent::Insert { matter, .. } => {
            matter.claim.iter().chain(&matter.url).for_each(|text| out.field(text));
            out.codes(&matter.codes);
            out.labelled(&matter.contact);
        }
        PartContent::Placed { .. } => {}
        PartContent::Imprint { matter, .. } => out.labelled(&matter.entries),
        PartContent::Colophon { matter, blocks } => {
            for group in &matter.committee {
                out.field(&group.role);
                group.names.iter().for_each(|name| out.field(name));
            }
            out.labelled(&matter.contact);
            blocks.iter().for_each(|block| out.text(block));
        }
    }
    part.content.blocks().iter().for_each(|block| out.block(block));
    out
}

impl Lengths {
    fn field(&mut self, text: &str) {
        self.text += Length::of(text);
    }

    fn codes(&mut self, codes: &[Code]) {
        codes.iter().for_each(|code| self.field(&code.label));
    }

    fn labelled(&mut self, lines: &[Labelled]) {
        for Labelled { label, value } in lines {
            self.field(label);
            self.field(value);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(text) => self.text(text),
            Block::Table(table) => {
                for row in table.all_rows() {
                    for body in row.cells.iter().flat_map(TableCell::runs) {
                        self.runs(body, |out| &mut out.tables);
                    }
                }
                for body in [&table.caption].into_iter().chain(&table.notes) {
                    self.runs(body, |out| &mut out.captions);
                }
                let around = table.unit.iter().chain(&table.source).chain(&table.en);
                around.for_each(|text| self.captions += Length::of(text));
            }
            Block::Figure(figure) => {
                self.runs(&figure.caption, |out| &mut out.captions);
                let others = figure.source.iter().chain(&figure.en);
                others.for_each(|text| self.captions += Length::of(text));
            }
            Block::Chart(chart) => self.chart(chart),
            Block::Box(boxed) => {
                self.runs(&boxed.title, |out| &mut out.text);
                boxed.blocks.iter().for_each(|inner| self.block(inner));
                if let Some(speaker) = &boxed.speaker {
                    [&speaker.name].into_iter().chain(&speaker.titles).for_each(|t| self.field(t));
                }
            }
            Block::Notes(endnotes) => self.endnotes(endnotes),
            Block::Kpi(kpi) => {
                kpi.source.iter().for_each(|source| self.captions += Length::of(source));
                self.runs(&kpi.title, |out| &mut out.text);
                for item in &kpi.items {
                    for text in [&item.before, &item.number, &item.unit] {
                        self.field(text);
                    }
                    self.runs(&item.change, |out| &mut out.text);
                    self.runs(&item.label, |out| &mut out.text);
                }
            }
            Block::Figures(group) => {
                group.figures.iter().for_each(|inner| self.block(inner));
                self.runs(&group.caption, |out| &mut out.captions);
                group.en.iter().for_each(|en| self.captions += Length::of(en));
            }
        }
    }

    /// The notes at the end of a part.
    fn endnotes(&mut self, endnotes: &Endnotes) {
        for runs in endnotes.notes.iter().flat_map(Endnote::within) {
            self.runs(runs, |out| &mut out.notes);
        }
    }

    fn text(&mut self, block: &TextBlock) {
        match block {
            TextBlock::Paragraph { body, .. } | TextBlock::Heading { body, .. } => {
                self.runs(body, |out| &mut out.text);
            }
            TextBlock::List { items, .. } => {
                items.iter().flatten().for_each(|inner| self.text(inner));
            }
            TextBlock::Quote { blocks } => blocks.iter().for_each(|inner| self.text(inner)),
            TextBlock::Code { text, .. } => self.field(text),
            TextBlock::Equation(equation) => self.field(&equation.formula.plain),
        }
    }

    fn chart(&mut self, chart: &Chart) {
        let Chart { spec, labels, notes, series, .. } = chart;
        let titles = [&spec.title].into_iter().chain(&spec.source).chain(&spec.unit);
        titles.for_each(|title| self.captions += Length::of(title));
        let words = series.iter().flat_map(|series| &series.words);
        let marks = chart.annotations.iter().map(|(_, _, text)| text);
        let marks = chart.rules.iter().map(|rule| &rule.text).chain(marks);
        let words = labels.iter().chain(notes).chain(words).chain(marks);
        words.for_each(|word| self.tables += Length::of(word));
    }

    /// Counts runs of text as what `own` says; the notes among them apart.
    fn runs(&mut self, runs: &[Inline], own: fn(&mut Self) -> &mut Length) {
        let (mut text, mut notes) = (String::new(), vec![]);
        plain(runs, &mut text, &mut notes);
        *own(self) += Length::of(&text);
        for note in notes {
            self.runs(note, |out| &mut out.notes);
        }
    }
}

/// Collects the characters of runs, and the notes among them.
fn plain<'a>(runs: &'a [Inline], text: &mut String, notes: &mut Vec<&'a [Inline]>) {
    for run in runs {
        if let Some(letters) = run.letters() {
            text.push_str(letters);
            continue;
        }
        match run {
            Inline::Break => text.push('\n'),
            Inline::Footnote { .. } => notes.extend(run.within()),
            _ => plain(run.body(), text, notes),
        }
    }
}
