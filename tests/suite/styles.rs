//! Tests of citation styles: one line in report.yaml, and each entry in its own language.

use crate::pdf::File;
use crate::project::Project;

/// The text of the references, page by page joined, without white space.
fn references(style: &str) -> String {
    let project = Project::report();
    project.edit("content/report.yaml", "style: report", &format!("style: {style}"));
    project.run(&["render", "report.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages();
    let first = pages.iter().position(|page| page.text().starts_with("参考文献")).expect("the list");
    let last = pages.iter().position(|page| page.text().starts_with("编写委员会")).expect("the colophon");
    pages[first..last]
        .iter()
        .map(|page| page.text())
        .collect::<String>()
        .replace([' ', '\u{200b}', '\u{2060}', '\u{a0}'], "")
}

#[test]
fn the_reports_own_style() {
    let text = references("report");
    assert!(text.contains("[1]Zhang,Qiangetal.“ScientificLargeLanguageModels:"), "{text}");
    assert!(text.contains("ArXivabs/2401.14656(2024):n.pag."), "{text}");
    assert!(text.contains("[31]BAAI行研组，具身智能软硬件及应用研究报告"), "{text}");
}

#[test]
fn english_entries_keep_their_spaces() {
    let project = Project::report();
    project.run(&["render", "report.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages();
    assert!(pages[19].text().contains("et al. “Scientific Large Language Models"), "{}", pages[19].text());
}

#[test]
fn gb_7714_2015() {
    let text = references("gb-7714-2015");
    assert!(text.contains("[1]ZHANGQ,DINGK,LVT,etal."), "{text}");
    assert!(text.contains("[4]ABRAMSONJ,ADLERJ,DUNGERJ,etal.") && text.contains("[J/OL]"), "{text}");
}

#[test]
fn gb_7714_2025() {
    let text = references("gb-7714-2025");
    assert!(text.contains("[1]ZhangQ，DingK，LvT，etal.") || text.contains("[1]ZhangQ，DingK，LvT，etal．"), "{text}");
    assert!(text.contains("[PP/OL]") || text.contains("[PP]"), "{text}");
}

#[test]
fn english_and_chinese_entries_end_their_authors_each_in_its_way() {
    let project = Project::report();
    let entry = "zzz2020:\n  type: article\n  title: 中文论文的题名\n  author: [\"于, 潇\", \"刘, 义\", \"柴, 跃廷\", \"赵, 甲\"]\n  date: 2012\n  language: zh\n  parent:\n    type: periodical\n    title: 清华大学学报\n    volume: 52\n    issue: 11\n  page-range: 1518-1523\n";
    let old = project.read("content/references.yaml");
    project.write("content/references.yaml", format!("{old}\n{entry}"));
    for style in ["report", "gb-7714-2015", "gb-7714-2025"] {
        let settings = project.read("content/report.yaml");
        let from =
            settings.split("style: ").nth(1).and_then(|rest| rest.split(',').next()).expect("a style").to_owned();
        project.edit("content/report.yaml", &format!("style: {from}"), &format!("style: {style}"));
        project.run(&["render", "report.pdf"]).ok();
        let pages = File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages();
        let text: String = pages.iter().map(|page| page.text()).collect::<String>().replace(' ', "");
        let last = &text[text.find("[52]").expect("the new entry")..];
        let head: String = last.chars().take(40).collect();
        assert!(head.contains('等') && !head.contains("etal"), "{style}: {head}");
        assert!(text.contains("etal"), "{style}");
    }
}
