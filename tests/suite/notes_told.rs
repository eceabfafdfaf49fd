//! Faults in labels, attributes and titles that are told with a hint that works.

use crate::project::{Project, Run};
use testkit::pdf::File;

const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'/>";

fn project(settings: &str, body: &str) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!(
            "title: 试验报告\npublisher: {{name: 试验出版社}}\ndate: 2025-01\ncolumns: 1\nparts: [a.md]\nreferences: {{file: references.yaml}}\ncheck: {{TP0506: off, TP0301: off}}\n{settings}\n"
        ),
    );
    project.write(
        "content/references.yaml",
        "li2024: {type: article, title: 论文, author: [李明], date: 2024, parent: {type: periodical, title: 学报}}\n",
    );
    project.write("content/figures/a.svg", PICTURE);
    project.write("content/a.md", format!("---\ntitle: 题目\nlayout: chapter\n---\n\n{body}\n"));
    project
}

fn run(body: &str) -> Run {
    project("", body).run(&["render", "o.pdf"])
}

#[track_caller]
fn tells(body: &str, parts: &[&str]) {
    let run = run(body);
    for part in parts {
        assert!(run.stderr.contains(part), "{body}: {part}: {}", run.stderr);
    }
}

#[track_caller]
fn prints(body: &str, words: &[&str]) -> String {
    let project = project("", body);
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(0), "{body}: {}", run.stderr);
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    let text: String = file.pages().iter().map(|page| page.text()).collect();
    let text: String =
        text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect();
    for word in words {
        assert!(text.contains(word), "{body}: {word}: {text}");
    }
    run.stderr
}

const TABLE: &str = "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |";

#[test]
fn a_note_stands_beside_a_citation_or_a_reference() {
    for body in [
        "文[^1][@li2024]。\n\n[^1]: 注文。",
        "文[@li2024][^1]。\n\n[^1]: 注文。",
        "文[^1][^2][@li2024, 第5页]。\n\n[^1]: 注文。\n[^2]: 另一条。",
        "**文[^1][@li2024]**。\n\n[^1]: 注文。",
    ] {
        let mark = if body.contains("文[^") { "文1" } else { "文[1]1" };
        prints(body, &["注文。", mark]);
    }
    let figure = "![图](figures/a.svg \"来源：甲\"){#fig-a}\n\n";
    let body = format!("{figure}文[^1][@fig-a]。\n\n[^1]: 注文。");
    prints(&body, &["文1图1。", "注文。"]);
}

#[test]
fn labels_among_the_keys_of_a_citation_are_told() {
    let figure = "![图](figures/a.svg \"来源：甲\"){#fig-a}\n\n";
    for written in ["[@li2024; @fig-a]", "[@fig-a; @li2024]", "[见 @fig-a；@li2024, 第5页]"] {
        tells(
            &format!("{figure}文{written}。"),
            &["`fig-a` is a label, and stands among the keys", "and `[", "@fig-a]`"],
        );
    }
    prints(&format!("{figure}文[@li2024]和[@fig-a]。"), &["图1。"]);
}

#[test]
fn labels_end_with_no_hyphen() {
    for (label, right) in [("fig-a-", "fig-a"), ("fig-b__", "fig-b"), ("fig-甲-", "fig-name")] {
        let body = format!("![图](figures/a.svg \"来源：甲\"){{#{label}}}\n\n正文。");
        tells(&body, &["cannot be the label of this", &format!("such as `{right}`")]);
        let mended = body.replace(label, right).replace("正文", &format!("见@{right}所示"));
        prints(&mended, &["见图1所示"]);
    }
}

#[test]
fn the_hyphen_of_pandoc_is_unnumbered() {
    let body = "## 甲 {- #sec-x}\n\n见@sec-x。\n\n## 乙 {-}\n\n文。\n\n## 丙\n\n文。";
    let project = project("numbering: decimal", body);
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    let text: String = file.pages().iter().map(|page| page.text()).collect();
    assert!(text.contains("1.1") && !text.contains("1.2"), "{text}");
    let table = format!("{TABLE}\n\n: 表题 {{- unit=件}}\n\n文。");
    prints(&table, &["表题单位：件"]);
}

#[test]
fn values_of_large_numbers_are_plain_or_bold() {
    prints("::: kpi\n- **12.5亿元** | 收入\n- 8% | 增速\n:::", &["12.5亿元收入"]);
    for value in ["5×10^ab^个", "12亿元[^1]", "*12*亿元", "[12](https://example.com)亿元"] {
        let body = format!("::: kpi\n- {value} | 收入\n- 8% | 增速\n:::\n\n[^1]: 注。");
        tells(&body, &["holds marks", "behind the label"]);
    }
    prints("::: kpi\n- 12亿元 | 收入[^1]\n- 8% | 增速\n:::\n\n[^1]: 注文。", &["注文。"]);
}

#[test]
fn one_picture_is_no_group_and_groups_may_have_no_number() {
    let picture = "![图](figures/a.svg \"来源：甲\")\n\n";
    tells(&format!("::: figures\n{picture}题\n:::"), &["two to 12", "remove the two lines"]);
    prints(picture, &["图1图"]);
    let group = format!("::: {{.figures .unnumbered}}\n{picture}{picture}两幅\n:::\n\n{picture}");
    let text = prints(&group, &["两幅", "(a)", "(b)", "图1图"]);
    assert!(!text.contains("error"), "{text}");
    let labelled = group.replace(".unnumbered", ".unnumbered #fig-x");
    tells(&labelled, &["pictures without a number cannot be referred to"]);
}

#[test]
fn columns_are_not_next_to_nothing_wide() {
    for widths in ["1,100000", "0.001,50"] {
        let body = format!("{TABLE}\n\n: 表题 {{widths=\"{widths}\"}}\n");
        tells(&body, &["`widths` of a table cannot be", "three hundredths"]);
    }
    prints(&format!("{TABLE}\n\n: 表题 {{widths=\"5,95\"}}\n"), &["表题"]);
    let data = project("", "```table\ndata: t.csv\nwidths: [1, 100000]\nsource: 甲\n```\n");
    data.write("content/t.csv", "a,b\n1,2\n");
    let run = data.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("next to nothing wide"), "{}", run.stderr);
}

#[test]
fn a_number_that_counts_is_no_number_of_a_table() {
    for title in ["表1种类型", "表现3个方面", "表一览", "Tablets in 2025"] {
        let told = prints(&format!("{TABLE}\n\n: {title}\n"), &[&title.replace(' ', "")]);
        assert!(!told.contains("TP0035"), "{title}: {told}");
    }
    for title in ["表1　类型", "表 1-2 类型", "Table 3 Kinds", "表2：类型"] {
        tells(&format!("{TABLE}\n\n: {title}\n"), &["TP0035"]);
    }
}

#[test]
fn attributes_that_nothing_closes_are_told() {
    for body in [
        &format!("{TABLE}\n\n: 题 {{#tbl-x"),
        &format!("{TABLE}\n: 题 {{unit=件"),
        "## 题 {#sec-x\n\n正文。",
        "正文[词]{.term\n。",
    ] {
        tells(body, &["nothing closes these attributes", "put `}`"]);
    }
    prints("集合{a, b与{1, 2}。", &["集合{a,b与{1,2}。"]);
}

#[test]
fn marks_of_notes_in_attributes_are_told() {
    let body = "::: {.box title=\"题[^1]\"}\n文。\n:::\n\n[^1]: 注文。";
    tells(body, &["has its mark in an attribute", "begin the box with a heading"]);
    prints("::: box\n## 题[^1]\n\n文。\n:::\n\n[^1]: 注文。", &["注文。"]);
}

#[test]
fn the_label_of_a_box_is_its_own() {
    let body = "::: box\n## 题 {#box-x}\n\n文。\n:::\n\n见@box-x。";
    tells(body, &["the title of a box has no label of its own", "`::: {.box #box-x}`"]);
    tells(&body.replace("#box-x}", "#sec-y}"), &["`::: {.box #box-y}`"]);
    prints("::: {.box #box-x}\n## 题\n\n文。\n:::\n\n见@box-x。", &["见专栏1。"]);
}

#[test]
fn terms_are_explained_in_the_text() {
    let project = project("glossary: terms.yaml", "## 说[RAG]{.term}\n\n再说[RAG]{.term}。\n");
    project.write("content/terms.yaml", "- {term: 检索增强生成, abbr: RAG}\n");
    project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    let text: String = file.pages().iter().map(|page| page.text()).collect();
    let text = text.replace([' ', '\n', '\u{2060}', '\u{200b}'], "");
    assert!(text.contains("再说RAG（检索增强生成）"), "{text}");
    assert_eq!(text.matches("（检索增强生成）").count(), 1, "{text}");
}

#[test]
fn numbers_typed_before_titles_are_told() {
    let chapter = |title: &str, body: &str| {
        let project = project("numbering: decimal", body);
        project.write(
            "content/a.md",
            format!("---\ntitle: {title}\nlayout: chapter\n---\n\n{body}\n"),
        );
        project.run(&["check"]).stderr
    };
    for title in ["第一章　总论", "第2章：总论", "一、总论", "1. 总论"] {
        let told = chapter(title, "正文。");
        assert!(
            told.contains("TP0035") && told.contains("write the title without a number, `总论`"),
            "{told}"
        );
    }
    for heading in ["1.1 背景", "一、背景", "（一）背景"] {
        let told = chapter("总论", &format!("## {heading}\n\n正文。"));
        assert!(told.contains("TP0035") && told.contains("`背景`"), "{told}");
    }
    let told = chapter("第一性原理", "## 三、四线城市\n\n正文。");
    assert!(!told.contains("TP0035"), "{told}");
}

#[test]
fn blocks_stand_on_a_turned_page() {
    let wide: String = (1..=14).map(|n| format!("| 第{n}栏的名称 ")).collect::<String>() + "|";
    let rule = "|---".repeat(14) + "|";
    let body = format!(
        "前文。\n\n::: landscape\n先说一句[^1]。\n\n{wide}\n{rule}\n{wide}\n\n- 一点\n\n![图](figures/a.svg \"来源：甲\")\n:::\n\n后文。\n\n[^1]: 注文。"
    );
    for settings in ["columns: 1", "columns: 2"] {
        let project = project("", &body);
        project.edit("content/report.yaml", "columns: 1", settings);
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
        let pages = file.pages();
        let page = pages.iter().find(|page| page.text().contains("先说一句")).expect("a page");
        // Its lines run upwards: the characters of one stand above each other.
        let glyph = |text: &str| page.glyphs.iter().find(|glyph| glyph.text == text).expect(text);
        let (first, second) = (glyph("先"), glyph("说"));
        assert!((first.x - second.x).abs() < 0.5 && (first.y - second.y).abs() > 5.0);
        assert!(page.text().contains("注文"), "{}", page.text());
    }
}
