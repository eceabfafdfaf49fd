//! Tests of headings: numbers, looks by level, the contents to a depth.

use crate::kinds::{in_order, project, render, texts};
use testkit::pdf::File;

const BODY: &str = "---\n\n开头。\n\n## 来历\n\n一段。\n\n### 雨\n\n一段。\n\n### 雪\n\n一段。\n\n#### 新雪\n\n一段。\n\n\
                    ##### 干雪\n\n一段。\n\n## 去向\n\n一段。\n\n### 江河\n\n一段。\n";

fn files() -> Vec<(&'static str, String)> {
    vec![
        ("foreword.md", format!("前言\n{BODY}")),
        ("chapters/1.md", format!("水\n{BODY}")),
        ("chapters/2.md", format!("火\n{BODY}")),
        ("appendix-x.md", format!("附表\n{BODY}")),
    ]
}

fn set(settings: &str) -> File {
    let files = files();
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let parts = "parts: [contents, foreword.md, chapters/*.md, appendix-x.md]";
    render(&project(&format!("{parts}\n{settings}"), &files))
}

#[test]
fn chinese_numbers_go_by_level_and_begin_anew() {
    let file = set("numbering: chinese");
    let pages = texts(&file);
    for page in [2, 3] {
        in_order(
            &pages[page],
            &["一、来历", "（一）雨", "（二）雪", "1.新雪", "（1）干雪", "二、去向", "（一）江河"],
        );
    }
    in_order(&pages[4], &["附录A附表", "一、来历"]);
    assert!(!pages[1].contains("一、"), "a preface has no numbers: {}", pages[1]);
    let marks = file.bookmarks();
    assert!(marks.iter().any(|mark| mark.title == "一、来历" && mark.depth == 1), "{marks:?}");
    assert!(marks.iter().any(|mark| mark.title == "1. 新雪" && mark.depth == 3), "{marks:?}");
}

#[test]
fn decimal_numbers_begin_with_that_of_the_part() {
    for (lang, gap) in [("zh-CN", "　"), ("en", "\u{2002}")] {
        let file = set(&format!("numbering: decimal\nlang: {lang}"));
        let pages = texts(&file);
        in_order(&pages[2], &["1.1来历", "1.1.1雨", "1.1.2雪", "1.1.2.1新雪", "1.1.2.1.1干雪"]);
        in_order(&pages[3], &["2.1来历", "2.2去向", "2.2.1江河"]);
        in_order(&pages[4], &["A.1来历", "A.1.2.1新雪", "A.2去向"]);
        let marks = file.bookmarks();
        let title = format!("A.2{gap}去向");
        assert!(marks.iter().any(|mark| mark.title == title), "{marks:?}");
    }
}

#[test]
fn there_are_no_numbers_unless_they_are_asked_for() {
    let pages = texts(&set(""));
    for mark in ["一、", "（一）", "1.1"] {
        assert!(pages.iter().all(|page| !page.contains(mark)), "{mark}");
    }
    assert!(!pages[0].contains("来历"), "{}", pages[0]);
}

#[test]
fn a_heading_may_go_without_number_or_stay_out_of_the_contents() {
    let text = "水\n---\n\n## 一 {.unnumbered}\n\n段。\n\n### 二\n\n段。\n\n## 三 {-}\n\n段。\n\n## 四 {#sec-four}\n\n见@sec-four。\n\n\
                ### 五 {.unlisted}\n\n段。\n\n### 六\n\n段。\n";
    let settings = "numbering: decimal\ncontents: {depth: 3}\nparts: [contents, chapters/a.md]";
    let pages = texts(&render(&project(settings, &[("chapters/a.md", text)])));
    assert!(pages[0].contains("1.1四") && pages[0].contains("1.1.2六"), "{}", pages[0]);
    assert!(!pages[0].contains('五'), "{}", pages[0]);
    in_order(&pages[0], &["一p02", "二p02", "三p02", "1.1四p02", "1.1.2六p02"]);
    in_order(&pages[1], &["一段。", "二段。", "三段。", "1.1四", "第1.1节", "1.1.1五", "1.1.2六"]);
    let wrong = text.replace("{.unnumbered}", "{.unumbered}");
    let run = project(settings, &[("chapters/a.md", &wrong)]).run(&["render", "out.pdf"]);
    assert!(run.stderr.contains("did you mean `.unnumbered`?"), "{}", run.stderr);
}

#[test]
fn the_contents_go_as_deep_as_they_are_asked_to() {
    for (depth, there, absent) in [
        (1, &["第一章", "附录A"][..], &["来历", "雨"][..]),
        (2, &["来历", "去向", "附录A"], &["雨", "江河"]),
        (3, &["来历", "雨", "雪", "去向", "江河"], &["新雪", "干雪"]),
    ] {
        let pages = texts(&set(&format!("contents: {{depth: {depth}}}")));
        for word in there {
            assert!(pages[0].contains(word), "{depth}: `{word}` is not in {}", pages[0]);
        }
        for word in absent {
            assert!(!pages[0].contains(word), "{depth}: `{word}` is in {}", pages[0]);
        }
        // A part that is not listed takes its headings with it.
        assert_eq!(pages[0].matches("来历").count(), if depth == 1 { 0 } else { 3 });
    }
    let run = project("contents: {depth: 4}\nparts: [a.md]", &[("a.md", "甲")]).run(&["check"]);
    assert!(run.stderr.contains("content/report.yaml:4:19"), "{}", run.stderr);
}

#[test]
fn long_contents_go_on_and_agree_with_the_pages() {
    let files: Vec<(String, String)> = (1..=40)
        .map(|at| {
            let body = format!("第{at}个题目\n---\n\n## 甲{at}\n\n段。\n\n## 乙{at}\n\n段。\n");
            (format!("chapters/{at:02}.md"), body)
        })
        .collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let settings = "contents: {depth: 2}\nparts: [contents, chapters/*.md]";
    let file = render(&project(settings, &files));
    let pages = texts(&file);
    let listed = pages.iter().take_while(|page| !page.starts_with("第一章第1个题目")).count();
    assert!((2..8).contains(&listed), "{listed}");
    let all = pages[..listed].concat();
    for at in [1, 20, 39, 40] {
        let page = format!("p{:02}", listed + at);
        in_order(&all, &[&format!("第{at}个题目{page}甲{at}{page}乙{at}{page}")]);
    }
    // A chapter's row never ends a page.
    for page in &pages[..listed - 1] {
        let last = page.trim_end_matches(|c: char| c == 'p' || c.is_ascii_digit());
        assert!(!last.ends_with("个题目"), "{page}");
    }
    assert_eq!(file.links().1, 0, "every row leads somewhere");
}

#[test]
fn levels_look_different() {
    let file = set("numbering: chinese");
    let page = &file.pages()[2];
    let look = |word: char| {
        let found = page.glyphs.iter().rfind(|glyph| glyph.text.starts_with(word));
        let glyph = found.expect("a glyph of the heading");
        (format!("{:.1}", glyph.size), glyph.font.clone(), format!("{:?}", glyph.inks))
    };
    // The last characters of 来历, 雨, 新雪, 干雪.
    let looks = [look('历'), look('雨'), look('新'), look('干'), look('头')];
    for (at, one) in looks.iter().enumerate() {
        assert!(looks[..at].iter().all(|other| other != one), "{looks:?}");
    }
}

#[test]
fn notes_of_a_heading_stay_with_it() {
    let text = "水\n---\n\n## 来历[^1]与*去向*\n\n段。\n\n[^1]: 只说一次的注。\n";
    let settings = "contents: {depth: 2}\nparts: [contents, chapters/a.md]";
    let pages = texts(&render(&project(settings, &[("chapters/a.md", text)])));
    in_order(&pages[0], &["来历与去向p02"]);
    assert_eq!(pages.concat().matches("只说一次的注").count(), 1);
}
