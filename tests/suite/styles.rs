//! Tests of citation styles: one line in report.yaml, and each entry in its own language.

use crate::project::Project;
use testkit::pdf::File;

/// Entries in two languages: an article in an archive and one in a journal, a report, and a
/// Chinese article.
const ENTRIES: &str = r#"
zhang2024:
  type: article
  title: "Scientific Large Language Models: A Survey on Biological & Chemical Domains"
  author: ["Zhang, Qiang", "Ding, Keyan", "Lv, Tianwen", "Wang, Xinda", "Yin, Qingyu"]
  date: 2024-01-26
  language: en
  archive: arXiv
  archive-location: "2401.14656"
  serial-number: {arxiv: "2401.14656", doi: 10.48550/arXiv.2401.14656}
  url: https://arxiv.org/abs/2401.14656
abramson2024:
  type: article
  title: "Accurate structure prediction of biomolecular interactions with AlphaFold 3"
  author: ["Abramson, Josh", "Adler, Jonas", "Dunger, Jack", "Evans, Richard", "Green, Tim"]
  date: 2024-05-08
  language: en
  page-range: 493-500
  serial-number: {doi: 10.1038/s41586-024-07487-w}
  url: https://www.nature.com/articles/s41586-024-07487-w
  parent: {type: periodical, title: Nature, volume: 630, issue: 8016}
baai2024:
  type: report
  title: 具身智能软硬件及应用研究报告
  author: [{name: BAAI 行研组}]
  date: 2024
  language: zh
yu2012:
  type: article
  title: 中文论文的题名
  author: ["于, 潇", "刘, 义", "柴, 跃廷", "赵, 甲"]
  date: 2012
  language: zh
  page-range: 1518-1523
  parent: {type: periodical, title: 清华大学学报, volume: 52, issue: 11}
"#;

/// The text of the references.
fn references(style: &str) -> String {
    let project = Project::empty();
    let settings = format!(
        "title: 文献\npublisher: {{name: 试验出版社}}\ndate: 2025-01\nparts: [references]\n\
         references: {{file: references.yaml, style: {style}, uncited: true}}\n"
    );
    project.write("content/report.yaml", settings);
    project.write("content/references.yaml", ENTRIES);
    project.run(&["render", "report.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages();
    pages.iter().map(|page| page.text()).collect()
}

/// The same without white space.
fn squeezed(style: &str) -> String {
    references(style).replace([' ', '\u{200b}', '\u{2060}', '\u{a0}'], "")
}

#[test]
fn the_reports_own_style() {
    let text = squeezed("report");
    assert!(text.contains("[1]Zhang,Qiangetal.“ScientificLargeLanguageModels:"), "{text}");
    assert!(text.contains("ArXivabs/2401.14656(2024):n.pag."), "{text}");
    assert!(text.contains("[3]BAAI行研组，具身智能软硬件及应用研究报告"), "{text}");
}

#[test]
fn english_entries_keep_their_spaces() {
    let text = references("report");
    assert!(text.contains("et al. “Scientific Large Language Models"), "{text}");
}

#[test]
fn gb_7714_2015() {
    let text = squeezed("gb-7714-2015");
    assert!(text.contains("[1]ZHANGQ,DINGK,LVT,etal."), "{text}");
    assert!(
        text.contains("[2]ABRAMSONJ,ADLERJ,DUNGERJ,etal.") && text.contains("[J/OL]"),
        "{text}"
    );
}

#[test]
fn gb_7714_2025() {
    let text = squeezed("gb-7714-2025");
    assert!(
        text.contains("[1]ZhangQ,DingK,LvT,etal.") && text.contains("于潇，刘义，柴跃廷，等"),
        "{text}"
    );
    assert!(text.contains("[PP/OL]") || text.contains("[PP]"), "{text}");
}

#[test]
fn one_order_for_all_kinds_of_sources() {
    let text = squeezed("mla");
    for right in [
        "[1]Zhang,Qiang,etal.“ScientificLargeLanguageModels:",
        "Chemical Domains.”arXiv,2401.14656,2024,https://",
        "Abramson,Josh,etal.“",
        "Nature,vol.630,no.8016,2024,pp.493–500,https://doi.org/10.1038/s41586-024-07487-w.",
    ] {
        assert!(text.contains(&right.replace(' ', "")), "`{right}` is not in {text}");
    }
    assert!(!text.contains("n.pag.") && !text.contains('<'), "{text}");
}

#[test]
fn english_and_chinese_entries_end_their_authors_each_in_its_way() {
    for style in ["report", "mla", "gb-7714-2015", "gb-7714-2025"] {
        let text = squeezed(style);
        let entry = &text[text.find("[4]").expect("the Chinese entry")..];
        let head: String = entry.chars().take(40).collect();
        assert!(head.contains('等') && !head.contains("etal"), "{style}: {head}");
        assert!(text.contains("etal"), "{style}");
    }
}
