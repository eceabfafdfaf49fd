//! A report of many parts: its numbers, references, terms and index agree with a count of their own.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::project::Project;
use testkit::pdf::File;

const PARTS: usize = 12;

/// What a report is written of, and what it must print.
#[derive(Default)]
struct Written {
    parts: Vec<String>,
    /// The number of each label.
    numbers: BTreeMap<String, String>,
    /// The words of the index, each with the part that marks it.
    words: Vec<(String, usize)>,
}

/// Writes parts with figures, tables and boxes in an order that changes from part to part.
fn written() -> Written {
    let mut out = Written::default();
    for part in 0..PARTS {
        let mut text = format!("---\ntitle: 第{part}部分的题目\n---\n\n");
        let mut counts = [0; 3];
        for block in 0..7 {
            let kind = (part * 5 + block * 3 + block * block) % 3;
            counts[kind] += 1;
            let label = format!("{}-p{part}b{block}", ["fig", "tbl", "box"][kind]);
            let number = format!("{}{}-{}", ["图", "表", "专栏"][kind], part + 1, counts[kind]);
            let word = format!("词条甲{part}乙{block}");
            // What is referred to stands now before, now behind.
            let other = format!("{}甲{}", if block % 2 == 0 { "前" } else { "后" }, block);
            let _ = write!(text, "第{block}段谈[{word}]{{.index}}，{other}，见@{label}。\n\n");
            let _ = match kind {
                0 => write!(text, "![题{block}](figures/a.svg \"来源：甲\"){{#{label}}}\n\n"),
                1 => write!(
                    text,
                    "| 甲 | 乙 |\n|---|---|\n| 一 | {block} |\n: 表的题{block} {{#{label}}}\n\n"
                ),
                _ => write!(
                    text,
                    "::: {{.box title=\"栏的题{block}\" #{label}}}\n专栏的文字{part}。\n:::\n\n"
                ),
            };
            out.numbers.insert(label, number);
            out.words.push((word, part));
        }
        out.parts.push(text);
    }
    out
}

fn pages(project: &Project) -> Vec<String> {
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    let spaces = [' ', '\u{a0}', '\u{2005}', '\u{2060}', '\u{200b}', '\n'];
    file.pages().iter().map(|page| page.text().replace(spaces, "")).collect()
}

#[test]
fn all_numbers_are_those_of_a_count_of_their_own() {
    for columns in [1, 2] {
        let written = written();
        let project = Project::empty();
        project.write(
            "content/report.yaml",
            format!("title: 试验报告\npublisher: {{name: 试验出版社}}\ndate: 2025-01\ncolumns: {columns}\ncaptions: chapter\nparts: [list-of-figures, list-of-tables, chapters/*.md, index]\ncheck: {{TP0506: off}}\n"),
        );
        project.write(
            "content/figures/a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 6 1'/>",
        );
        for (at, text) in written.parts.iter().enumerate() {
            project.write(&format!("content/chapters/{at:02}.md"), text);
        }
        let pages = pages(&project);
        let all: String = pages.concat();
        for (label, number) in &written.numbers {
            assert!(all.contains(&format!("见{number}。")), "{label} is {number}");
            let listed = usize::from(!label.starts_with("box"));
            let printed = all
                .matches(&format!("{number}{}", ["题", "表的题", "栏的题"][kind(label)]))
                .count();
            assert_eq!(printed, 1 + listed, "{label}: {number}");
        }
        // The index names the page on which each word stands.
        let index = pages.last().expect("an index").clone() + "。";
        let text = |page: usize| pages.get(page - 1).map_or("", String::as_str);
        for (word, _) in &written.words {
            let at = all.rfind(word.as_str()).map(|at| at + word.len()).expect("an entry");
            // A folio may have a letter before it.
            let digits: String = all[at..]
                .trim_start_matches('p')
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            let page: usize = digits.parse().unwrap_or_else(|_| panic!("{word}: {index}"));
            assert!(text(page).contains(&format!("谈{word}，")), "{word} is on page {page}");
        }
    }
}

fn kind(label: &str) -> usize {
    ["fig", "tbl", "box"].iter().position(|start| label.starts_with(start)).unwrap_or(0)
}
