//! From a plan to the files of a report.

use std::fmt::Write as _;

use super::plan::{Form, Part, PartKind, Plan};
use super::random::Random;
use super::text::{Author, Manuscript, Must};

/// Writes the report of a plan.
pub(super) fn write(plan: &Plan) -> Manuscript {
    let mut manuscript =
        Manuscript { cited: vec![false; plan.references], ..Manuscript::default() };
    let mut parts = vec![];
    let mut settings = format!(
        "publisher: {{name: 机构}}\ndate: 2025-01\ntemplate: {}\nlang: {}\ntrim: [{}]\n\
         numbering: {}\ncontents: {{depth: {}}}\n{}captions: {}\n",
        plan.template,
        plan.lang,
        plan.trim.join(", "),
        plan.numbering,
        plan.depth,
        plan.footnotes,
        plan.captions
    );
    if let Some(columns) = plan.columns {
        _ = writeln!(settings, "columns: {columns}");
    }
    if plan.lang == "en" {
        settings += "label: Trend {1}\n";
    }
    for (at, part) in plan.parts.iter().enumerate() {
        let mut author = Author {
            manuscript: &mut manuscript,
            random: Random(part.seed),
            chinese: plan.lang != "en",
            headings: if plan.depth > 1 || plan.template == "paper" {
                Must::Repeat
            } else {
                Must::Once
            },
            notes: vec![],
            labels: vec![],
            apparatus: plan.apparatus,
            may_note: true,
        };
        let name = match part.kind {
            PartKind::Cover | PartKind::Contents => part.kind.name().to_owned(),
            PartKind::BackCover => {
                _ = write!(settings, "back-cover:{}", author.codes(part, 2));
                part.kind.name().to_owned()
            }
            // Which entries are printed is known once all parts are written.
            PartKind::References => part.kind.name().to_owned(),
            PartKind::Trend if plan.template == "paper" => format!("chapters/{at:02}.md"),
            PartKind::Trend => format!("trends/{at:02}.md"),
            _ => format!("{}.md", part.kind.name()),
        };
        if name.ends_with(".md") {
            let text = author.part(part);
            manuscript.files.insert(format!("content/{name}"), text.into_bytes());
            let opens_left = part.pages.is_some_and(|pages| pages % 2 == 0);
            manuscript.spreads += usize::from(opens_left);
        }
        parts.push(name);
    }
    let mut author = Author {
        manuscript: &mut manuscript,
        random: Random(plan.parts.first().map_or(0, |part| part.seed)),
        chinese: plan.lang != "en",
        headings: Must::Once,
        notes: vec![],
        labels: vec![],
        apparatus: plan.apparatus,
        may_note: false,
    };
    let cover = plan.parts.iter().find(|part| part.kind == PartKind::Cover);
    match cover {
        Some(cover) => {
            let year = if author.random.one_in(2) { "2025" } else { "" };
            let title = author.title(cover.title, Must::Cover);
            _ = writeln!(settings, "title: \"{year}{title}\"");
            if author.random.one_in(2) {
                _ = writeln!(settings, "subtitle: \"{}\"", author.plain(2, Must::Cover));
            }
        }
        None => settings += "title: 大小\n",
    }
    if plan.references > 0 {
        let list = plan.parts.iter().find(|part| part.kind == PartKind::References);
        let text = author.references(list.is_some(), plan.uncited);
        let style = author.random.pick(&["report", "gb-7714-2015", "gb-7714-2025"]);
        let files = &mut author.manuscript.files;
        files.insert("content/references.yaml".to_owned(), text.into_bytes());
        _ = writeln!(settings, "references:\n  file: references.yaml\n  uncited: {}", plan.uncited);
        _ = writeln!(settings, "  style: {style}");
        if let Some(pages) = list.and_then(|list| list.pages) {
            _ = writeln!(settings, "  pages: {pages}");
        }
    }
    author.lists(&mut settings, &mut parts);
    if plan.footnotes.contains("part-end") {
        manuscript.notes.clear();
    }
    _ = writeln!(settings, "parts: [{}]", parts.join(", "));
    manuscript.files.insert("content/report.yaml".to_owned(), settings.into_bytes());
    manuscript
}

impl PartKind {
    fn name(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::Foreword => "foreword",
            Self::Contents => "contents",
            Self::Trend => "trend",
            Self::Insert => "insert",
            Self::References => "references",
            Self::Colophon => "colophon",
            Self::BackCover => "back-cover",
        }
    }
}

impl Author<'_> {
    /// A part's file: front matter, blocks, footnotes.
    fn part(&mut self, part: &Part) -> String {
        let mut out = format!("---\ntitle: \"{}\"\n", self.title(part.title, Must::Repeat));
        if let Some(pages) = part.pages {
            _ = writeln!(out, "pages: {pages}");
        }
        if let Some(layout) = part.layout {
            _ = writeln!(out, "layout: {layout}");
        }
        let some = part.extras > 0;
        match part.kind {
            PartKind::Trend if some && part.layout == Some("imprint") => {
                out += &self.labelled("entries", part.extras);
            }
            PartKind::Trend if part.layout.is_some() => {}
            PartKind::Trend if some => self.voice(part.extras, &mut out),
            PartKind::Insert if some => {
                _ = writeln!(out, "claim: \"{}\"", self.plain(part.extras, Must::Once));
                _ = writeln!(out, "url: https://example.org/{}", self.latin(Must::Once));
                out += "codes:";
                out += &self.list_of_codes(part.extras.min(4), Must::Once);
                out += &self.labelled("contact", part.extras.min(6));
            }
            PartKind::Colophon if some => {
                out += "committee:\n";
                for _ in 0..part.extras {
                    let count = self.random.mostly_small(1..=30);
                    let names: Vec<_> = (0..count).map(|_| self.word(Must::Once)).collect();
                    let role = self.word(Must::Once);
                    _ = writeln!(out, "  - {{role: {role}, names: [{}]}}", names.join(", "));
                }
                out += &self.labelled("contact", part.extras);
            }
            _ => {}
        }
        out += "---\n";
        for block in &part.blocks {
            // The numbers by chance of a block do not depend on those before it.
            self.random = Random(block.seed);
            _ = write!(out, "\n{}\n", self.block(block));
            // Two lists in a row would be one.
            if block.form == Form::List {
                out += "\n<!-- 空 -->\n";
            }
        }
        out += &self.references_to_labels();
        for note in std::mem::take(&mut self.notes) {
            _ = write!(out, "\n{note}\n");
        }
        out
    }

    fn voice(&mut self, words: usize, out: &mut String) {
        let titles: Vec<_> = (0..self.random.below(4)).map(|_| self.word(Must::Once)).collect();
        _ = writeln!(out, "quote:\n  name: {}", self.word(Must::Once));
        _ = writeln!(out, "  titles: [{}]", titles.join(", "));
        _ = writeln!(out, "  text: \"{}\"", self.plain(words * 4, Must::Once));
        if self.random.one_in(3) {
            _ = writeln!(out, "  portrait: {}", self.picture(200, 240, false));
        }
        if self.random.one_in(2) {
            _ = writeln!(out, "  kind: verbatim\n  source: {}", self.word(Must::Once));
        } else {
            *out += "  kind: paraphrase\n";
        }
    }

    fn labelled(&mut self, key: &str, lines: usize) -> String {
        let mut out = format!("{key}:\n");
        for _ in 0..lines {
            let (label, value) = (self.word(Must::Once), self.word(Must::Once));
            _ = writeln!(out, "  - {{label: {label}, value: {value}}}");
        }
        out
    }

    fn codes(&mut self, part: &Part, most: usize) -> String {
        match part.extras.min(most) {
            0 => " {}\n".to_owned(),
            count => format!("\n  codes:{}", self.list_of_codes(count, Must::Cover)),
        }
    }

    fn list_of_codes(&mut self, count: usize, must: Must) -> String {
        let mut out = "\n".to_owned();
        for _ in 0..count {
            let label = self.word(must);
            _ = writeln!(out, "    - {{label: {label}, url: \"https://example.org/{label}\"}}");
        }
        out
    }

    /// The entries; those that are printed have a word.
    fn references(&mut self, listed: bool, uncited: bool) -> String {
        let mut out = String::new();
        for key in 0..self.manuscript.cited.len() {
            let printed = listed && (uncited || self.manuscript.cited[key]);
            let title = if printed {
                let words = self.random.mostly_small(1..=6);
                self.plain(words, Must::Once)
            } else {
                "没有印出来的".to_owned()
            };
            let kind = self.random.pick(&["book", "web", "misc"]);
            _ = writeln!(
                out,
                "key{key}:\n  type: {kind}\n  title: \"{title}\"\n  author: [王一]\n  date: 2023"
            );
            if kind == "web" {
                _ = writeln!(out, "  url: https://example.org/a/b/{key}");
            }
        }
        out
    }
}
