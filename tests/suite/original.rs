//! Tests with the original's own text, longer and rougher than ours, on the same page map.
//!
//! It is not in the repository: where `../shared/original/report.txt` is at hand, it is brought
//! into the content format in a temporary folder, with our front matter and figures.

use serde_json::Value;

use crate::project::{Project, repository};
use crate::specimen::{MAP, TRENDS, specimen};

/// The first words of each trend's title as the original prints them, and who is quoted.
const TITLES: [(&str, &str); 10] = [
    ("科学的未来", "David Baker"),
    ("“具身智能元年”", "黄仁勋"),
    ("“下一个Token", "李沐"),
    ("Scaling Law扩展:", "张宏江"),
    ("世界模型加速发布", "李飞飞"),
    ("合成数据将成为", "Ilya Sutskever"),
    ("推理优化迭代加速", "Jeff Dean"),
    ("重塑产品应用形态", "吴恩达"),
    ("AI应用热度渐起", "李彦宏"),
    ("模型能力提升", "翁荔"),
];

/// The original's paragraphs between the contents and the references, those cut by a page joined
/// again.
fn paragraphs(text: &str) -> Vec<String> {
    let body = text.split("参考文献 p20").nth(1).expect("the contents' end");
    let body = body.split("\n参考文献\n").next().expect("the references' beginning");
    let mut out: Vec<String> = vec![];
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let cut = out.last().is_some_and(|last| {
            last.chars().count() > 40
                && !last.ends_with(['。', '！', '？', ':', '：', ';', '；', '”'])
        });
        let begins = ["- ", "来源"].iter().any(|mark| line.starts_with(mark))
            || TITLES.iter().any(|(title, speaker)| line.starts_with(title) || line == *speaker);
        match out.last_mut() {
            Some(last) if cut && !begins => last.push_str(line),
            _ => out.push(line.to_owned()),
        }
    }
    out
}

/// A trend's own front matter, its quote's words exchanged.
fn front_matter(text: &str, quote: &str) -> String {
    let matter = text[4..].split("\n---\n").next().expect("front matter");
    let (head, _) = matter.split_once("\n  text:").expect("a quote");
    format!("---\n{head}\n  text: {quote:?}\n---\n")
}

/// The report's content with the original's words in the trends.
fn project(project: Project, original: &str) -> Project {
    let paragraphs = paragraphs(original);
    let starts: Vec<usize> = TITLES
        .iter()
        .map(|(title, _)| {
            let at = paragraphs.iter().position(|p| p.starts_with(title) && p.chars().count() < 60);
            at.unwrap_or_else(|| panic!("the original has no title `{title}`"))
        })
        .collect();
    for (index, (name, (_, speaker))) in TRENDS.iter().zip(TITLES).enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(paragraphs.len());
        let own = &paragraphs[starts[index] + 1..end];
        let at = own
            .iter()
            .position(|p| *p == speaker)
            .unwrap_or_else(|| panic!("{speaker} says nothing"));
        let path = format!("content/trends/{name}.md");
        let ours = project.read(&path);
        let body = ours.splitn(3, "---\n").nth(2).expect("a body");
        let figures: Vec<&str> =
            body.split("\n\n").filter(|b| b.starts_with("```") || b.starts_with("![")).collect();
        let is_text = |p: &&String| p.chars().count() > 40 || p.starts_with("- ");
        let (points, texts): (Vec<_>, Vec<_>) =
            own[..at].iter().filter(is_text).partition(|p| p.starts_with("- "));
        let quote = own.last().expect("a quote");
        let points: Vec<&str> = points.into_iter().map(String::as_str).collect();
        let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
        let blocks = [points.join("\n"), figures.join("\n\n"), texts.join("\n\n")];
        project.write(&path, format!("{}\n{}\n", front_matter(&ours, quote), blocks.join("\n\n")));
    }
    project
}

#[test]
fn the_originals_own_text_lands_on_its_page_map() {
    let Ok(original) = std::fs::read_to_string(repository().join("../shared/original/report.txt"))
    else {
        return;
    };
    let Some(specimen) = specimen() else { return };
    let project = project(specimen, &original);
    let run = project.run(&["render", "report.pdf", "--report", "layout.json"]).ok();
    let layout: Value = serde_json::from_str(&project.read("layout.json")).expect("JSON");
    let parts = layout["parts"].as_array().expect("parts");
    for (name, first) in TRENDS.iter().zip(MAP) {
        let part = parts.iter().find(|part| part["part"] == *name).expect("the part");
        assert!(part["lines"].as_i64() > Some(20), "{name} has lost its text: {part}");
        assert_eq!(part["pages"], part["budget"], "{name}:\n{}", run.stderr);
        assert_eq!(part["first"].as_u64(), Some(first as u64), "{name}:\n{}", run.stderr);
    }
    assert!(!run.stderr.contains("overflows") && !run.stderr.contains("missing"), "{}", run.stderr);
}
