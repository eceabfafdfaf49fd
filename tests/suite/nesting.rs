//! Every construct of Markdown in every block that can hold others, in every kind of part: either
//! it is printed, or an error at its line says where it can stand instead. The template is never to
//! blame.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use trendpress::Error;
use trendpress::session::Session;

use crate::project::{Project, repository};
use testkit::pdf::File;

/// A construct; `WORD` in its text is what must be printed.
struct Construct {
    name: &'static str,
    text: &'static str,
    stands: Stands,
}

/// Where a construct can stand.
#[derive(Clone, Copy, PartialEq)]
enum Stands {
    /// Wherever there is text, even in a footnote.
    Anywhere,
    /// In anything but a footnote.
    InBlocks,
    /// In no other block, and not in the colophon.
    Alone,
}

const CONSTRUCTS: [Construct; 23] = [
    construct("a paragraph", "WORD。", Stands::Anywhere),
    construct(
        "marks",
        "**WORD**、*强调*、`码`、H~2~O、10^29^、$x_i$、[点]{.dots}和[链接](https://example.org/)。",
        Stands::Anywhere,
    ),
    construct("an emphasised paragraph", "*强调* WORD。", Stands::Anywhere),
    construct("a line break", "上行\\\nWORD。", Stands::Anywhere),
    construct("a citation", "[@li2024] WORD。", Stands::Anywhere),
    construct("a comment", "<!-- 作者的话 -->\n\nWORD。", Stands::Anywhere),
    construct("a comment in a line", "上<!-- 话 -->文 WORD。", Stands::Anywhere),
    construct("a comment after text", "WORD。\n\n<!-- 作者的话 -->", Stands::Anywhere),
    construct("a rule", "WORD。\n\n***\n\n下文。", Stands::Anywhere),
    construct("a footnote", "WORD[^n]。", Stands::InBlocks),
    construct("a heading", "## WORD[@li2024]\n\n下文。", Stands::InBlocks),
    construct("an underlined heading", "WORD\n---\n\n下文。", Stands::InBlocks),
    construct("a list", "- WORD\n- 乙\n-", Stands::Anywhere),
    construct("a numbered list", "3. WORD[^n]\n4. 乙", Stands::InBlocks),
    construct(
        "nested lists",
        concat!(
            "- 外\n\n  1. 中\n\n",
            "     > WORD\n     >\n     > - 内\n     >\n     >   ```\n     >   码\n     >   ```",
        ),
        Stands::Anywhere,
    ),
    construct("a quotation", "> WORD[^n]。\n>\n> - 乙\n\n>", Stands::InBlocks),
    construct("code", "```\nWORD\n```", Stands::Anywhere),
    construct("empty code", "```\n```\n\nWORD。", Stands::Anywhere),
    construct("a table", "| WORD | 乙[^n] |\n|---|--:|\n| 1 | 2[@li2024] |", Stands::Alone),
    construct("a table without rows", "| WORD | 乙 |\n|---|---|", Stands::Alone),
    construct("a picture", "![WORD](figures/a.svg \"来源：本书\")", Stands::Alone),
    construct(
        "a chart",
        "```chart\nkind: bar\ntitle: WORD\ndata: charts/a.csv\nx: 名称\ny: 数值\n```",
        Stands::Alone,
    ),
    construct("a box", "::: {.tip title=\"WORD\"}\n乙。\n:::", Stands::Alone),
];

const fn construct(name: &'static str, text: &'static str, stands: Stands) -> Construct {
    Construct { name, text, stands }
}

/// A block that holds others, or none: what stands before the first line of its contents, and
/// before the others.
struct Holder {
    name: &'static str,
    first: &'static str,
    rest: &'static str,
    /// Whether a paragraph precedes the contents.
    led: bool,
}

const HOLDERS: [Holder; 9] = [
    holder("no block", "", "", false),
    holder("a list's item", "- ", "  ", true),
    holder("a list's item, first", "- ", "  ", false),
    holder("a numbered item", "1. ", "   ", true),
    holder("a quotation", "> ", "> ", false),
    holder("a list in a quotation", "> - ", ">   ", true),
    holder("a quotation in a list", "- > ", "  > ", false),
    holder("a list in a list", "- - ", "    ", false),
    holder(NOTE, "[^WORD]: ", "    ", true),
];

const NOTE: &str = "a footnote";

const fn holder(name: &'static str, first: &'static str, rest: &'static str, led: bool) -> Holder {
    Holder { name, first, rest, led }
}

const KINDS: [&str; 7] =
    ["trend", "foreword", "insert", "colophon", "chapter", "divider", "imprint"];

impl Holder {
    fn holds(&self, construct: &Construct, kind: &str) -> bool {
        match construct.stands {
            Stands::Anywhere => true,
            Stands::InBlocks => self.name != NOTE,
            Stands::Alone => self.first.is_empty() && kind != "colophon",
        }
    }

    fn around(&self, text: &str, word: &str) -> String {
        let led = if self.led { format!("引言。\n\n{text}") } else { text.to_owned() };
        let lines = led.lines().enumerate().map(|(at, line)| {
            let mark = if at == 0 { self.first } else { self.rest };
            format!("{mark}{line}").trim_end().to_owned() + "\n"
        });
        let held: String = lines.collect();
        let reference = if self.name == NOTE { "引文[^WORD]。\n\n" } else { "" };
        format!("{reference}{held}").replace("WORD", word)
    }
}

/// A construct in a holder in a kind of part.
struct Cell {
    what: String,
    word: String,
    held: bool,
    text: String,
}

/// All cells of a kind of part, each with the words of no other.
fn cells(kind: &str) -> Vec<Cell> {
    let pairs = HOLDERS.iter().flat_map(|holder| CONSTRUCTS.iter().map(move |it| (holder, it)));
    pairs
        .enumerate()
        .map(|(at, (holder, construct))| {
            let word = format!("W{at:03}X");
            Cell {
                what: format!("{} in {} in the {kind}", construct.name, holder.name),
                held: holder.holds(construct, kind),
                text: holder.around(construct.text, &word),
                word,
            }
        })
        .collect()
}

/// A project with a part of this kind for each cell, and the cells by the part's file.
fn project<'a>(
    kind: &str,
    cells: impl Iterator<Item = &'a Cell>,
) -> (Project, BTreeMap<String, &'a Cell>) {
    let project = Project::of(&repository().join("tests/bad/_base"));
    let mut files = BTreeMap::new();
    for cell in cells {
        let file = format!("content/trends/{}.md", cell.word);
        let mut text = format!("---\ntitle: 题\nlayout: {kind}\n---\n\n{}", cell.text);
        if text.contains("[^n]") {
            text += "\n[^n]: 脚注的文字[@wang2023]。\n";
        }
        project.write(&file, text);
        files.insert(file, cell);
    }
    (project, files)
}

#[test]
fn every_construct_is_printed_or_refused_at_its_line() {
    KINDS.par_iter().for_each(|kind| {
        let cells = cells(kind);
        refused(kind, &cells);
        printed(kind, &cells);
    });
}

/// Those that cannot be held are told, all of them and nothing else.
fn refused(kind: &str, cells: &[Cell]) {
    let (project, files) = project(kind, cells.iter());
    let session = Session::open(project.path(), false).expect("a project");
    let problems = match session.prepare() {
        Err(Error::Content(problems)) => problems,
        Err(error) => panic!("{kind}: {error}"),
        Ok(_) => panic!("{kind}: all is accepted"),
    };
    let mut told = BTreeSet::new();
    for problem in problems.iter().filter(|problem| problem.rule.is_none()) {
        let place = problem.place.as_ref().expect("a place");
        let Some(cell) = files.get(&place.file.path) else { panic!("{problem:?}") };
        assert!(!cell.held, "{}: {problem:?}\n{}", cell.what, cell.text);
        let written = &place.file.text[place.range.clone()];
        assert!(
            written.contains(&cell.word) || written.contains("[^n]"),
            "{}: {written}",
            cell.what
        );
        assert!(!problem.hints.is_empty(), "{}: no hint", cell.what);
        assert!(!format!("{problem:?}").contains("template"), "{}: {problem:?}", cell.what);
        told.insert(&*cell.word);
    }
    for cell in cells {
        assert_eq!(told.contains(&*cell.word), !cell.held, "{}:\n{}", cell.what, cell.text);
    }
}

/// Those that can be held are all printed.
fn printed(kind: &str, cells: &[Cell]) {
    let held = || cells.iter().filter(|cell| cell.held);
    let (whole, _) = project(kind, held());
    let run = whole.run(&["render", "out.pdf"]);
    if run.code != Some(0) {
        // Which of them it is: each by itself.
        for cell in held() {
            let (alone, _) = project(kind, [cell].into_iter());
            let run = alone.run(&["render", "out.pdf"]);
            assert_eq!(run.code, Some(0), "{}:\n{}\n{}", cell.what, cell.text, run.stderr);
        }
        panic!("{kind}: {}", run.stderr);
    }
    let file = File::open(std::fs::read(whole.join("out.pdf")).expect("a report"));
    let text: String = file.pages().iter().map(|page| page.text()).collect();
    for cell in held() {
        assert!(text.contains(&cell.word), "{} is not printed:\n{}", cell.what, cell.text);
    }
}

#[test]
fn the_hint_for_a_refused_block_works() {
    let picture = "![图题](figures/a.svg \"来源：本书\")";
    let table = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |";
    let chart = "```chart\nkind: bar\ntitle: 图题\ndata: charts/a.csv\nx: 名称\ny: 数值\n```";
    for text in [picture, table, chart] {
        for holder in ["- 要点", "> 引文", "正文[^z]。\n\n[^z]: 脚注"] {
            // After a blank line, at the start of a line, as the hint says.
            let project = Project::of(&repository().join("tests/bad/_base"));
            let body = format!("{holder}\n\n{text}\n\n后文。\n");
            project.write("content/trends/01-a.md", format!("---\ntitle: 题\n---\n\n{body}"));
            let run = project.run(&["render", "out.pdf"]).ok();
            assert!(!run.stderr.contains("error"), "{body}{}", run.stderr);
        }
    }
}
