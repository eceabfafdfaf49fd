//! Faults of Typst and of its exporter that an author's block brings up are told at that block's
//! line, and those of a template are not.

use crate::conservation::TREND;
use crate::project::{Project, copy, repository};

/// The starter with a second trend.
fn trend(text: &str) -> Project {
    let project = Project::starter();
    project.write(TREND, text);
    project
}

/// The same with a template of its own, which cannot set the word `易碎`.
fn brittle(text: &str, what: &str) -> Project {
    let project = trend(text);
    let kit = repository().join("templates/kit/blocks.typ");
    project.write("templates/kit/blocks.typ", std::fs::read(kit).expect("a file of the kit"));
    copy(&repository().join("templates/report"), &project.join("templates/mine"));
    project.edit(
        "templates/kit/blocks.typ",
        "#let running-characters(v) = {\n",
        &format!("#let running-characters(v) = {{\n  if v.contains(\"易碎\") {{ {what} }}\n"),
    );
    project.edit("content/report.yaml", "template: report", "template: mine");
    project
}

/// The places that a render tells of, as `file:line`, without those of a template.
fn places(project: &Project) -> (Vec<String>, String) {
    let run = project.run(&["render", "o.pdf"]);
    let places = run
        .stderr
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .filter_map(|place| Some(place.rsplit_once(':')?.0.to_owned()))
        .collect();
    (places, run.stderr)
}

#[test]
fn a_block_that_a_template_cannot_set_is_told_at_its_line() {
    let whole = "---\ntitle: 第二章\n---\n\n前文。\n\nHERE\n\n后文。\n";
    for (block, line) in [
        ("好的，易碎的。", 7),
        ("- 一。\n- 二。\n- 易碎。\n- 四。", 9),
        ("1. 一。\n\n   - 甲。\n   - 易碎。\n\n2. 二。", 10),
        ("> 引文。\n>\n> 易碎的引文。", 9),
        ("## 易碎的小标题", 7),
        ("| 甲 | 乙 |\n|---|---|\n| 一 | 易碎 |", 7),
        ("有注[^2]。\n\n[^2]: 易碎的注。", 7),
        ("**易碎**与*斜体*。", 7),
    ] {
        let project = brittle(&whole.replace("HERE", block), "panic(\"a brittle word\")");
        let (places, told) = places(&project);
        assert_eq!(places, [format!("{TREND}:{line}")], "{block}\n{told}");
        assert!(
            told.contains("a brittle word") && told.contains("it alone brings this up"),
            "{told}"
        );
        assert!(told.contains("`templates/kit/blocks.typ:"), "{told}");
        // The hint, followed.
        project.edit(TREND, "易碎", "结实");
        project.run(&["render", "o.pdf"]).ok();
    }
}

#[test]
fn all_blocks_that_bring_a_fault_up_are_told() {
    let text = "---\ntitle: 第二章\n---\n\n易碎一。\n\n好。\n\n易碎二。\n\n- 好。\n- 易碎三。\n";
    let project = brittle(text, "panic(\"a brittle word\")");
    project.edit("content/foreword.md", "\n---\n", "\n---\n\n易碎的序。\n");
    let (places, told) = places(&project);
    let here = |line: u32| format!("{TREND}:{line}");
    assert_eq!(places.len(), 4, "{told}");
    assert!(places[0].starts_with("content/foreword.md:"), "{told}");
    assert_eq!(places[1..], [here(5), here(9), here(12)], "{told}");
}

#[test]
fn a_warning_that_a_block_brings_up_is_told_at_its_line() {
    let text = "---\ntitle: 第二章\n---\n\n前文。\n\n易碎。\n\n后文。\n";
    let project = brittle(text, "return text(font: \"No Such Face\", v)");
    let (places, told) = places(&project);
    assert_eq!(places, [format!("{TREND}:7")], "{told}");
    assert!(told.contains("warning[TP0008]") && told.contains("unknown font family"), "{told}");
}

#[test]
fn a_field_of_the_front_matter_is_told_at_its_key() {
    let project = brittle("---\npages: 1\ntitle: 易碎的题\n---\n\n正文。\n", "return none");
    project.edit(
        "templates/mine/parts/trend.typ",
        "  let (clear: from-edge",
        "  if part.title.contains(\"易碎\") { panic(\"a brittle title\") }\n  let (clear: from-edge",
    );
    let (places, told) = places(&project);
    assert_eq!(places, [format!("{TREND}:3")], "{told}");
}

#[test]
fn a_fault_of_the_template_is_the_templates() {
    let project = brittle("---\ntitle: 第二章\n---\n\n正文。\n", "");
    project.edit("templates/kit/blocks.typ", "if v.contains(\"易碎\") {  }", "panic(\"broken\")");
    for what in ["broken everywhere", "broken from the start"] {
        let (_, told) = places(&project);
        assert!(told.contains("panicked with: broken"), "{what}: {told}");
        assert!(told.contains("the cause is the template, not your text"), "{what}: {told}");
        assert!(!told.contains("content/"), "{what}: {told}");
        project.write("templates/mine/lib.typ", "#panic(\"broken\")\n");
    }
}

/// A drawing whose clipping paths are nested, and what they clip.
fn clipped(depth: usize) -> String {
    let paths: String = (0..depth)
        .map(|at| {
            format!(r#"<clipPath id="c{at}"><circle cx="5" cy="5" r="{}"/></clipPath>"#, 9 - at % 5)
        })
        .collect();
    let drawn = (0..depth).fold(r#"<rect width="9" height="9"/>"#.to_owned(), |inner, at| {
        format!(r#"<g clip-path="url(#c{at})">{inner}</g>"#)
    });
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><defs>{paths}</defs>{drawn}</svg>"#
    )
}

#[test]
fn what_the_exporter_cannot_write_is_told_at_the_blocks_line() {
    let text = "---\ntitle: 第二章\n---\n\n正文。\n\n![好](figures/flow.svg \"来源\")\n\n正文。\n\n![深](figures/deep.svg \"来源\")\n";
    let project = trend(text);
    project.write("content/figures/deep.svg", clipped(40));
    let (places, told) = places(&project);
    assert_eq!(places, [format!("{TREND}:11")], "{told}");
    assert!(told.contains("nests clipping paths") && told.contains("PNG"), "{told}");
    assert!(!told.contains("the template"), "{told}");
    // The hint, followed: fewer, or a picture.
    project.write("content/figures/deep.svg", clipped(12));
    project.run(&["render", "o.pdf"]).ok();
}

#[test]
fn headings_without_text_and_endless_addresses_are_told_before() {
    for heading in ["## <!-- 待写 -->", "##", "## &#8203;"] {
        let project = trend(&format!("---\ntitle: 第二章\n---\n\n正文。\n\n{heading}\n\n正文。\n"));
        let (places, told) = places(&project);
        assert_eq!(places, [format!("{TREND}:7")], "{told}");
        assert!(told.contains("the heading has no text"), "{told}");
    }
    let address = format!("https://a.cn/{}", "x".repeat(9000));
    let project = trend(&format!("---\ntitle: 第二章\n---\n\n见[链接]({address})。\n"));
    let (places, told) = places(&project);
    assert_eq!(places, [format!("{TREND}:5")], "{told}");
}

#[test]
fn an_entry_of_the_references_is_told_at_its_line() {
    let project = Project::starter();
    let list = project.read("content/references.yaml");
    let address = format!("https://a.cn/{}", "x".repeat(9000));
    let entry = format!(
        "endless:\n  type: web\n  title: 无尽\n  author: 某社\n  date: 2024\n  url: {address}\n"
    );
    project.write("content/references.yaml", format!("{list}\n{entry}"));
    project.edit("content/foreword.md", "\n---\n", "\n---\n\n引用[@endless]。\n");
    let (places, told) = places(&project);
    let line = list.lines().count() + 2;
    assert_eq!(places, [format!("content/references.yaml:{line}")], "{told}");
}
