//! Tests of the whole way from Markdown to blocks, with texts made by chance.

mod divs;
mod emphasis;
mod kept;
mod left_over;
mod several;

use std::sync::Arc;

use super::{Piece, blocks};
use crate::reading::Pictures;
use crate::reading::context::Context;
use crate::reading::drawing::Faces;
use crate::reading::model::{Block, Inline, TextBlock};
use crate::reading::{Project, Texts};
use source::{Diagnostic, Problems, SourceFile};

/// What a text is read as.
struct Read {
    blocks: Vec<Block>,
    problems: Vec<Diagnostic>,
}

impl Read {
    /// Returns what was reported: code and line of each.
    fn told(&self) -> Vec<String> {
        let told = |found: &Diagnostic| {
            let line = found.place.as_ref().map_or(0, |place| place.line_column().0);
            format!("{}:{line}", found.rule().code)
        };
        self.problems.iter().map(told).collect()
    }

    /// Returns the blocks as a text: `{bold}`, `<stressed>`, `^(raised)`, `_(lowered)`; a paragraph
    /// a line.
    fn shape(&self) -> String {
        let mut out = Shape { out: String::new() };
        self.blocks.iter().for_each(|block| out.block(block));
        out.out.replace(['\u{2060}', '\u{2005}'], "")
    }
}

/// Reads a text in a project without files, in which two keys can be cited.
fn read(text: &str) -> Read {
    let file = Arc::new(SourceFile { path: "content/a.md".into(), text: text.into() });
    let (mut problems, mut texts) = (Problems::default(), Texts::default());
    let keys = ["k1".to_owned(), "k2".to_owned()];
    let mut pictures = Pictures::default();
    let mut context = Context {
        project: &Project::new("/nowhere"),
        variables: &variables::Variables::default(),
        keys: Some(&keys),
        motifs: None,
        kinds: None,
        problems: &mut problems,
        texts: &mut texts,
        lang: "zh-CN",
        faces: &Faces::default(),
        trim: (210.0, 285.0),
        pictures: &mut pictures,
    };
    let blocks = blocks(&[Piece { file, range: 0..text.len(), before: 0 }], &mut context);
    Read { blocks, problems: problems.sorted() }
}

struct Shape {
    out: String,
}

impl Shape {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(text) => self.text(text),
            Block::Table(table) => {
                for cell in table.all_rows().flat_map(|row| &row.cells) {
                    self.out.push('|');
                    cell.runs().for_each(|body| self.runs(body));
                }
                self.out.push('\n');
            }
            Block::Figure(figure) => {
                self.out.push('!');
                self.runs(&figure.caption);
                self.out.push('\n');
            }
            Block::Chart(_) => self.out.push_str("chart\n"),
            Block::Box(boxed) => {
                self.out.push_str(&format!("[{:?} ", boxed.kind));
                self.runs(&boxed.title);
                self.out.push('\n');
                boxed.blocks.iter().for_each(|block| self.block(block));
                if let Some(speaker) = &boxed.speaker {
                    self.out.push_str(&format!("{} {}\n", speaker.name, speaker.titles.join("/")));
                }
                self.out.push_str("]\n");
            }
            Block::Kpi(kpi) => {
                self.runs(&kpi.title);
                for item in &kpi.items {
                    let value = [&item.before, &item.number, &item.unit].map(String::as_str);
                    self.out.push_str(&format!("[{}|", value.join("/")));
                    self.runs(&item.change);
                    self.out.push('|');
                    self.runs(&item.label);
                    self.out.push_str("]\n");
                }
            }
            Block::Notes(_) => {}
            Block::Figures(group) => {
                self.out.push_str(&format!("[{} ", group.columns));
                self.runs(&group.caption);
                self.out.push('\n');
                group.figures.iter().for_each(|block| self.block(block));
                self.out.push_str("]\n");
            }
        }
    }

    fn text(&mut self, block: &TextBlock) {
        match block {
            TextBlock::Paragraph { body, .. } => {
                self.runs(body);
                self.out.push('\n');
            }
            TextBlock::Heading { body, level, .. } => {
                self.out.push_str(&"#".repeat(usize::from(*level)));
                self.runs(body);
                self.out.push('\n');
            }
            TextBlock::List { items, .. } => {
                for item in items {
                    self.out.push('-');
                    item.iter().for_each(|block| self.text(block));
                }
            }
            TextBlock::Quote { blocks } => {
                self.out.push('>');
                blocks.iter().for_each(|block| self.text(block));
            }
            TextBlock::Equation(equation) => {
                let label = equation.anchor.label.clone().unwrap_or_default();
                self.out.push_str(&format!("$${}$$ {label}\n", equation.formula.plain));
            }
            TextBlock::Code { text, .. } => {
                self.out.push_str(text);
                self.out.push_str("```\n");
            }
        }
    }

    fn runs(&mut self, runs: &[Inline]) {
        runs.iter().for_each(|run| self.run(run));
    }

    fn run(&mut self, run: &Inline) {
        let (open, close) = match run {
            Inline::Text { v } | Inline::Marks { v } | Inline::Latin { v } => {
                return self.out.push_str(v);
            }
            Inline::Formula { formula } => {
                return self.out.push_str(&format!("${}$", formula.plain));
            }
            Inline::Code { v } => return self.out.push_str(&format!("`{v}`")),
            Inline::Break => return self.out.push('\\'),
            Inline::NoteAgain { .. } | Inline::NoteLink { .. } => {
                return self.out.push_str("[again]");
            }
            Inline::Cite { cited } => {
                return self.out.push_str(&format!("[{}]", cited.keys.join(";")));
            }
            Inline::Emph { .. } => ("<", ">"),
            Inline::Strong { .. } => ("{", "}"),
            Inline::Dots { .. } => (".(", ")"),
            Inline::Sup { .. } => ("^(", ")"),
            Inline::Sub { .. } => ("_(", ")"),
            Inline::Link { .. } | Inline::Ref { .. } => ("[", "]"),
            Inline::Cross { .. } => ("[cross", "]"),
            Inline::To { .. } | Inline::Term { .. } | Inline::Index { .. } => ("[to ", "]"),
            Inline::Page { .. } => ("[page", "]"),
            Inline::Footnote { .. } => ("[note ", "]"),
        };
        self.out.push_str(open);
        self.runs(run.body());
        if let Inline::Footnote { more, .. } = run {
            more.iter().for_each(|block| self.text(block));
        }
        self.out.push_str(close);
    }
}

/// How many texts to try: `TRENDPRESS_TEXTS`, or a number that takes a second.
fn rounds() -> usize {
    let asked = std::env::var("TRENDPRESS_TEXTS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(20_000)
}

/// A source of chance that is the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % count as u64) as usize
    }

    /// Returns up to `most` of some pieces, joined.
    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        (0..=self.below(most)).map(|_| pieces[self.below(pieces.len())]).collect()
    }
}
