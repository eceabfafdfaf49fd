//! Labels, and what refers to them: on the final pages, and where they are wrong.

use crate::project::{Project, Run};
use testkit::pdf::File;

/// A picture that a report may hold.
const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'/>";

const CHART: &str =
    "```chart\nkind: bar\ntitle: 各年的数\nlabel: fig-years\ndata: charts/a.csv\nx: 年\ny: 数\n```";

/// A report of trends with these texts.
fn project(settings: &str, trends: &[&str]) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!(
            "title: 试验报告\npublisher: {{name: 试验出版社}}\ndate: 2025-01\nparts: [trends/*.md]\ncolumns: 1\n{settings}\n"
        ),
    );
    project.write("content/figures/a.svg", PICTURE);
    project.write("content/charts/a.csv", "年,数\n甲,1\n乙,2\n");
    for (at, body) in trends.iter().enumerate() {
        let text = format!("---\ntitle: 第{at}个题目\n---\n\n{body}\n");
        project.write(&format!("content/trends/{at}.md"), text);
    }
    project
}

fn file(project: &Project) -> File {
    project.run(&["render", "o.pdf"]).ok();
    File::open(std::fs::read(project.join("o.pdf")).expect("a report"))
}

fn text(file: &File) -> String {
    let text: String = file.pages().iter().map(testkit::pdf::Page::text).collect();
    text.replace([' ', '\u{a0}', '\u{2005}', '\u{2060}', '\u{200b}', '\n'], "")
}

fn fails(run: &Run, told: &str) {
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
}

fn figure(label: &str) -> String {
    format!("![题{label}](figures/a.svg \"来源：甲\"){{#fig-{label}}}")
}

fn figures(labels: &[&str]) -> String {
    labels.iter().map(|label| figure(label)).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn references_print_the_numbers_of_what_they_refer_to() {
    let all = figures(&["a", "b", "c", "d"]);
    for (body, right) in [
        ("由@fig-b可知，见 @fig-d 。", "由图2可知，见图4。"),
        ("对比[@fig-a; @fig-b; @fig-c]与[@fig-a;@fig-d]。", "对比图1～图3与图1、图4。"),
        ("编号[-@fig-c]，[如 @fig-a, 左]。", "编号3，如图1,左。"),
        ("**见@fig-a**，*@fig-b*；[详图](#fig-c)。", "见图1，图2；详图。"),
        ("写作\\@fig-a，邮箱x@fig-a.com。", "写作@fig-a，邮箱x@fig-a.com。"),
        ("上图[@fig-a]{.page}。", "上图第1页。"),
        ("图@years-a_1", "图@years-a_1"),
        ("[参见 @fig-a; 以及 @fig-b; 尤其 @fig-c 左半]", "参见图1；以及图2；尤其图3左半"),
        ("[@fig-a, 左; @fig-b, 右]", "图1,左；图2,右"),
        ("对照@fig-a@fig-b，GDP@fig-c。", "对照图1图2，GDP图3。"),
    ] {
        let used = "用[@fig-a; @fig-b; @fig-c; @fig-d]。";
        let file = file(&project("", &[&format!("{body}\n\n{used}\n\n{all}")]));
        let text = text(&file);
        assert!(text.contains(right), "{body}: {text}");
        assert!(text.contains("用图1～图4。"), "{text}");
    }
}

#[test]
fn labels_hold_hyphens_and_underscores_and_end_before_marks() {
    let body = "见@fig-a_b-2，@fig-x。*甲@fig-a_b-2乙*\n\n![甲](figures/a.svg \"来源：甲\"){#fig-a_b-2}\n\n![乙](figures/a.svg \"来源：甲\") {#fig-x width=40%}";
    let text = text(&file(&project("", &[body])));
    assert!(text.contains("见图1，图2。甲图1乙"), "{text}");
}

#[test]
fn captions_are_counted_through_the_report_or_by_chapter() {
    let first = format!("见@fig-a与@fig-c、@fig-years。\n\n{}", figures(&["a"]));
    let second = format!("见@fig-b。\n\n{}\n\n{CHART}\n\n{}", figures(&["b"]), figures(&["c"]));
    let through = text(&file(&project("", &[&first, &second])));
    assert!(through.contains("见图1与图4、图3。") && through.contains("图3各年的数"), "{through}");
    let by_chapter = text(&file(&project("captions: chapter", &[&first, &second])));
    assert!(by_chapter.contains("见图1-1与图2-3、图2-2。"), "{by_chapter}");
    assert!(by_chapter.contains("图2-2各年的数"), "{by_chapter}");
    let english =
        file(&project("captions: chapter\nlang: en", &[&first.replace("见", "See "), &second]));
    let english: String = english.pages().iter().map(testkit::pdf::Page::text).collect();
    assert!(english.replace('\u{2060}', "").contains("Figure 1.1"), "{english}");
}

#[test]
fn sections_are_referred_to_by_their_titles() {
    let body = "参见@sec-way与[后文](#sec-end)。\n\n## 方法 {#sec-way}\n\n正文。\n\n## 集合 {1, 2}\n\n正文。\n\n## 结语 {#sec-end}\n\n正文。";
    let file = file(&project("", &[body]));
    let text = text(&file);
    assert!(text.contains("参见“方法”与后文。") && text.contains("集合{1,2}"), "{text}");
    assert!(!text.contains("sec-"), "{text}");
    let titles: Vec<String> = file.bookmarks().into_iter().map(|mark| mark.title).collect();
    assert!(titles.iter().any(|title| title == "方法"), "{titles:?}");
}

#[test]
fn what_has_no_number_is_called_by_its_title() {
    let body = "见@sec-q、@sec-l与@box-c，页[@box-c]{.page}。\n\n> ## 引题 {#sec-q}\n>\n> 引文。\n\n- 列\n\n  ## 列题 {#sec-l}\n\n::: {.box .unnumbered #box-c title=\"什么是“算力”\"}\n文字。\n:::\n\n## 关于[检索]{.index}的事 {#sec-i}\n\n见@sec-i。";
    let text = text(&file(&project("check: {TP0311: off}", &[body])));
    assert!(text.contains("见“引题”、“列题”与“什么是“算力””，页第1页。"), "{text}");
    assert!(text.contains("关于检索的事") && text.contains("见“关于检索的事”。"), "{text}");
    assert!(!text.contains("{#"), "{text}");
}

#[test]
fn a_number_typed_before_a_caption_is_told() {
    for (caption, told) in [
        ("图3　趋势", "the title says `图3`, and this is `图1`"),
        ("图 1：趋势", "the title says `图 1`, and this is `图1`"),
        ("图书的趋势", ""),
    ] {
        let body = format!("文。\n\n![{caption}](figures/a.svg \"来源：甲\")");
        let run = project("", &[&body]).run(&["render", "o.pdf"]).ok();
        assert_eq!(run.stderr.contains("TP0035"), !told.is_empty(), "{}", run.stderr);
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
    let body = "见@fig-a。\n\n![题](figures/a.svg \"来源：甲\"){#fig-a en=\"See @fig-a\"}";
    let run = project("", &[body]).run(&["render", "o.pdf"]).ok();
    assert!(run.stderr.contains("there is no Markdown in attributes"), "{}", run.stderr);
}

#[test]
fn numbers_by_chapter_never_stand_twice() {
    let project = project("captions: chapter", &[]);
    project.edit(
        "content/report.yaml",
        "parts: [trends/*.md]",
        "parts: [foreword.md, a/*.md, summary.md, chapters/*.md, list-of-figures]",
    );
    for (path, label) in [("foreword", "f"), ("a/x", "x"), ("summary", "s"), ("chapters/y", "y")] {
        let body = format!(
            "---\ntitle: 题目{label}\n---\n\n见@fig-{label}，[@fig-{label}]{{.page}}。\n\n{}\n",
            figure(label)
        );
        project.write(&format!("content/{path}.md"), body);
    }
    let text = text(&file(&project));
    for right in ["见图1，第1页", "见图1-1，第2页", "见图2，第3页", "见图1-2，第4页"]
    {
        assert!(text.contains(right), "{right}: {text}");
    }
    assert!(text.contains("图1题fp01图1-1题xp02图2题sp03图1-2题yp04"), "{text}");
}

#[test]
fn references_are_links_to_what_they_refer_to() {
    let used = "见@fig-a、[@fig-b]{.page}和[这里](#fig-c)。";
    let with = file(&project("", &[&format!("{used}\n\n{}", figures(&["a", "b", "c"]))]));
    let without =
        file(&project("", &[&format!("见图一、二页和这里。\n\n{}", figures(&["a", "b", "c"]))]));
    assert_eq!(with.links().0, without.links().0 + 3);
}

#[test]
fn what_cannot_be_referred_to_is_told_at_its_place_and_the_hint_works() {
    for (body, hint, mended) in [
        ("见@fig-fundng。", "did you mean `fig-funding`?", "见@fig-funding。"),
        (
            "见[@fig-funding; @tbl-none]。",
            "to print it, write `\\@`",
            "见@fig-funding；\\@tbl-none。",
        ),
        ("见[这里](#fig-fundin)。", "did you mean `fig-funding`?", "见[这里](#fig-funding)。"),
    ] {
        let with = |body: &str| project("", &[&format!("{body}\n\n{}", figure("funding"))]);
        let run = with(body).run(&["render", "o.pdf"]);
        fails(&run, "nothing has the label");
        fails(&run, hint);
        with(mended).run(&["render", "o.pdf"]).ok();
    }
    let twice = format!("见@fig-a。\n\n{}\n\n{}", figure("a"), figure("a"));
    fails(&project("", &[&twice]).run(&["render", "o.pdf"]), "the label `fig-a` is given twice");
    for (attributes, told) in [
        ("{#tbl-a}", "`tbl-a` cannot be the label of this"),
        ("{#图甲}", "`图甲` cannot be the label of this"),
        ("{width=0%}", "`0%` is no width of a picture"),
        ("{width=5cm}", "`5cm` is no width of a picture"),
        ("{widht=50%}", "did you mean `width`?"),
        ("{宽 50%}", "`宽` is no attribute"),
    ] {
        let run = project("", &[&format!("文。\n\n![题](figures/a.svg \"来源：甲\"){attributes}")])
            .run(&["render", "o.pdf"]);
        fails(&run, told);
    }
}

#[test]
fn a_label_that_could_not_be_read_is_told_once() {
    let chart = CHART.replace("x: 年", "x: 月");
    let run = project("", &[&format!("见@fig-years。\n\n{chart}")]).run(&["render", "o.pdf"]);
    fails(&run, "has no column `月`");
    assert!(!run.stderr.contains("nothing has the label"), "{}", run.stderr);
}

#[test]
fn parts_have_labels_and_are_called_as_they_are() {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        "title: 试验报告\npublisher: {name: 试验出版社}\ndate: 2025-01\ntemplate: paper\n\
         parts: [summary.md, chapters/*.md, appendices/*.md]\n",
    );
    let part = |name: &str, matter: &str, body: &str| {
        project.write(&format!("content/{name}.md"), format!("---\n{matter}\n---\n\n{body}\n"));
    };
    part(
        "summary",
        "title: 摘要\nlabel: sec-sum",
        "详见@sec-way与[@sec-ways; @sec-all]，[见](#sec-way)。",
    );
    part("chapters/1", "title: 缘由", "承@sec-sum，下接[@sec-way]{.page}。");
    part("chapters/2", "title: 办法\nlabel: sec-way", "正文。");
    part("appendices/a", "title: 总表\nlabel: sec-all", "正文。");
    part("chapters/3", "title: 再论\nlabel: sec-ways\nnumbered: false", "正文。");
    let file = file(&project);
    let text = text(&file);
    assert!(
        text.contains("详见第二章与“再论”、附录A，见。")
            || text.contains("详见第2章与“再论”、附录A，见。"),
        "{text}"
    );
    assert!(text.contains("承“摘要”，下接第"), "{text}");

    part("chapters/2", "title: 办法\nlabel: way", "正文。");
    fails(&project.run(&["render", "o.pdf"]), "`way` cannot be the label of this");
    part("chapters/2", "title: 办法\nlabel: sec-sum", "正文。");
    fails(&project.run(&["render", "o.pdf"]), "the label `sec-sum` is given twice");
}

#[test]
fn references_in_the_words_of_charts_and_tables_are_printed() {
    let chart = CHART.replace(
        "title: 各年的数",
        "title: 各年的数，同@tbl-b\nsource: 据@tbl-b计算，a@b.cn，\\@fig-z\nalt: 见@tbl-b",
    );
    let table =
        "```table\ntitle: 表题\nlabel: tbl-b\nsource: 由@fig-years算得\ndata: charts/a.csv\n```";
    let project = project("", &[&format!("由@fig-years可知。\n\n{chart}\n\n{table}")]);
    let text = text(&file(&project));
    for said in ["各年的数，同表1", "来源：据表1计算，a@b.cn，@fig-z", "由图1算得"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    let wrong = chart.replace("据@tbl-b", "据@tbl-c");
    project.write(
        "content/trends/0.md",
        format!("---\ntitle: 题\n---\n\n@fig-years\n\n{wrong}\n\n{table}\n"),
    );
    fails(&project.run(&["render", "o.pdf"]), "nothing has the label `tbl-c`");
}

#[test]
fn sources_take_references_and_tell_citations() {
    let body = format!(
        "{}\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n: 表 {{#tbl-b source=\"同@fig-a\"}}\n\n见@fig-a与@tbl-b。",
        figure("a").replace("来源：甲", "来源：据@tbl-b")
    );
    let project = project("", &[&body]);
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(!run.stderr.contains("TP0009"), "{}", run.stderr);
    let text = text(&file(&project));
    for said in ["来源：据表1", "同图1"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let cited = body.replace("据@tbl-b", "据[@lin2023]整理");
    project.write("content/trends/0.md", format!("---\ntitle: 题\n---\n\n{cited}\n"));
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(run.stderr.contains("`[@lin2023]` is printed as it stands"), "{}", run.stderr);
}

#[test]
fn english_in_a_chinese_report_says_references_in_english() {
    let body = format!(
        "{}\n\nAs @fig-a shows, profit grew more slowly than revenue; see [@fig-a]{{.page}}.\n\n如@fig-a所示。",
        figure("a")
    );
    let project = project("", &[&body]);
    let text = text(&file(&project));
    assert!(text.contains("AsFigure1shows") && text.contains("如图1所示"), "{text}");
    let before = project.read("content/trends/0.md");
    project.run(&["check", "--fix", "--yes"]);
    assert_eq!(project.read("content/trends/0.md"), before);
}
