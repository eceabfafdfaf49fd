//! Tests of the lists of words: the built-in ones in a report, and a house's own.

use super::{check, places};
use crate::project::{Project, repository};

/// The clean project with a list of the house.
fn with_list(csv: &str) -> Project {
    let project = Project::of(&repository().join("tests/faults/_base"));
    project.write("content/house.csv", csv);
    project.edit("content/report.yaml", "date:", "check: {lists: [house.csv]}\ndate:");
    project
}

#[test]
fn a_house_list_is_told_and_mended() {
    let project = with_list("wrong,right,note\n编校差错,编校错误,按社内体例\n准确指出来,,口语\n");
    let run = project.run(&["check", "--no-layout"]).ok();
    for part in [
        "warning[TP0208]: `编校差错` is `编校错误` in `house.csv`",
        "content/foreword.md:5:21",
        "hint: write `编校错误`: 按社内体例",
        "warning[TP0208]: `准确指出来` is ruled out by `house.csv`",
        "hint: 口语",
    ] {
        assert!(run.stderr.contains(part), "`{part}` is not in:\n{}", run.stderr);
    }
    project.run(&["check", "--no-layout", "--fix", "--yes"]).ok();
    let text = project.read("content/foreword.md");
    assert!(text.contains("没有一处编校错误。") && text.contains("准确指出来"), "{text}");
    assert_eq!(places(&check(&project)), ["TP0208 content/foreword.md:5:51"]);
}

#[test]
fn a_list_needs_no_heading_and_may_have_its_columns_in_any_order() {
    for csv in [
        "编校差错,编校错误\n",
        "note,right,wrong\n,编校错误,编校差错\n",
        "错误,正确,说明\n编校差错,编校错误,\n",
    ] {
        let project = with_list(csv);
        assert_eq!(places(&check(&project)), ["TP0208 content/foreword.md:5:21"], "{csv}");
    }
}

#[test]
fn headings_of_offices_are_none_of_the_rows() {
    for csv in [
        "某院用词表,,\n错误,正确,说明\n编校差错,编校错误,\n",
        "#内部使用\n错误,正确\n编校差错,编校错误\n",
        "二〇二五年修订\n\n原词;建议用词\n编校差错;编校错误\n",
        "原词,建议用词\n编校差错,编校错误\n",
        "用语,替换\n编校差错,编校错误\n",
        "修改前,修改后\n编校差错,编校错误\n",
        "序号,不用,改用,备注\n1,编校差错,编校错误,\n",
        "类别,禁用词\n用语,编校差错\n",
        "禁用词\n编校差错\n",
    ] {
        let project = with_list(csv);
        project.edit("content/foreword.md", "第二段说明", "第二段说明原文的用语错误，禁用词");
        let told = places(&check(&project));
        let ours = told.iter().filter(|told| told.starts_with("TP0208")).collect::<Vec<_>>();
        assert_eq!(ours, ["TP0208 content/foreword.md:5:21"], "{csv}: {told:?}");
        let above = csv.starts_with(['某', '#', '二']);
        assert_eq!(told.contains(&"TP0420 content/house.csv:1:1".to_owned()), above, "{csv}");
    }
}

#[test]
fn rows_whose_words_nothing_parts_are_refused() {
    for (row, told) in [
        ("编校差错→编校错误", "`→` parts no columns"),
        ("编校差错 => 编校错误", "`=>` parts no columns"),
        ("编校差错|编校错误", "`|` parts no columns"),
        ("编校差错 编校错误", "a space parts no columns"),
        ("编校差错：编校错误", "`：` parts no columns"),
        ("1,编校差错,编校错误", "`1` is a number"),
        ("# 编校用语", "no comment"),
    ] {
        let run = with_list(&format!("{row}\n")).run(&["check", "--no-layout"]);
        let stderr = &run.stderr;
        assert!(run.code == Some(1) && stderr.contains("house.csv:1:1"), "{row}: {stderr}");
        assert!(stderr.contains(told), "{row}: {stderr}");
    }
    for row in [
        "其它/其他,其他",
        "和/或,",
        "911,9·11",
        "按装,安装\n不应该,应该",
        "deep learning,深度学习",
        "比如说：,",
    ] {
        let run = with_list(&format!("{row}\n")).run(&["check", "--no-layout"]);
        assert!(!run.stderr.contains("house.csv"), "{row}: {}", run.stderr);
    }
}

#[test]
fn cells_that_other_marks_part_are_told() {
    let run = with_list("编校差错，编校错误\n").run(&["check", "--no-layout"]);
    assert!(run.code == Some(1) && run.stderr.contains("house.csv:1:1"), "{}", run.stderr);
}

#[test]
fn a_suppression_a_weight_and_a_title_hold_for_a_list() {
    let project = with_list("编校差错,编校错误\n第二段,下一段\n");
    project.edit(
        "content/foreword.md",
        "这是一份",
        "<!-- check off TP0208: 这里说的是术语 -->\n\n这是一份",
    );
    project.edit("content/foreword.md", "第二段说明", "《第二段》说明");
    assert_eq!(places(&check(&project)), [""; 0]);
    let project = with_list("编校差错,编校错误\n");
    project.edit(
        "content/report.yaml",
        "{lists: [house.csv]}",
        "{lists: [house.csv], TP0208: error}",
    );
    assert_eq!(project.run(&["check", "--no-layout"]).code, Some(1));
}

#[test]
fn a_house_wins_over_the_built_in_lists() {
    let text = "会场里一片喝采，丰富多采的节目令人忿忿。";
    let project = with_list("喝彩,喝采,\n");
    project.edit("content/foreword.md", "第二段说明", &format!("{text}第二段说明"));
    let told = places(&check(&project));
    assert_eq!(told, ["TP0206 content/foreword.md:7:18", "TP0206 content/foreword.md:7:9"]);
}

#[test]
fn quotations_are_told_and_stay() {
    let project = Project::of(&repository().join("tests/faults/_base"));
    let quoted = "第一段引文：\n\n> 会场里一片喝采，人人再接再励。\n\n第二段说明";
    project.edit("content/foreword.md", "第二段说明", quoted);
    let before = project.read("content/foreword.md");
    let findings = check(&project);
    let expected = ["TP0206 content/foreword.md:9:8", "TP0207 content/foreword.md:9:13"];
    assert_eq!(places(&findings), expected);
    project.run(&["check", "--no-layout", "--fix", "--yes"]).ok();
    assert_eq!(project.read("content/foreword.md"), before);
}

#[test]
fn a_report_of_another_region_keeps_its_forms() {
    let project = Project::of(&repository().join("tests/faults/_base"));
    project.edit("content/foreword.md", "第二段说明", "会场里一片喝采。第二段说明");
    assert_eq!(places(&check(&project)), ["TP0206 content/foreword.md:7:6"]);
    // Its quotes are told, its words are not.
    let settings = "lang: zh-TW\ncheck: {TP0117: off}\ndate:";
    project.edit("content/report.yaml", "date:", settings);
    assert_eq!(places(&check(&project)), [""; 0]);
}

#[test]
fn every_fault_of_a_list_is_told_at_its_line() {
    for (csv, told, hint) in [
        ("wrnog,right\n甲,乙\n", "house.csv:1:1: unknown column `wrnog`", "did you mean `wrong`?"),
        ("wrong,note\n甲,乙\n", "house.csv:1:1: the list has no column `right`", "the columns are"),
        ("wrong,right\n甲,乙,丙\n", "house.csv:2:5: `丙` stands in no column", "double quotes"),
        ("wrong,right\n,乙\n", "house.csv:2:1: the cell of `wrong` is empty", "fill it in"),
        ("甲乙,甲乙\n", "house.csv:1:1: `甲乙` is wrong and right at once", "remove the row"),
        (
            "图象,图像\n图象,图象化\n",
            "house.csv:2:1: `图象` is listed twice, with different",
            "house.csv:1:1",
        ),
        ("图象,图像\n图象,图像\n", "house.csv:2:1: `图象` is listed twice", "remove one"),
        (
            "身份,身份证\n",
            "house.csv:1:4: the right word `身份证` contains `身份`",
            "more of its context",
        ),
        (
            "甲乙,丙丁\n丙丁,戊己\n",
            "house.csv:1:4: the right word `丙丁` contains `丙丁`",
            "house.csv:2:1",
        ),
        (
            "智能体,智能代理\n",
            "house.csv:1:1: `智能体` is a term in report.yaml",
            "remove one of them",
        ),
        (
            "wrong,right,right\n甲,乙,丙\n",
            "house.csv:1:13: the column `right` is duplicated",
            "unique",
        ),
    ] {
        let project = with_list(csv);
        let findings = check(&project);
        let all: Vec<_> = findings
            .list
            .iter()
            .filter_map(|d| Some(format!("{}: {} {:?}", d.place.as_ref()?, d.message, d.hints)))
            .collect();
        let found = all.iter().any(|line| line.contains(told) && line.contains(hint));
        assert!(found, "{csv}: {all:#?}");
    }
}

#[test]
fn a_misspelt_key_of_check_is_told_what_was_meant() {
    let project = with_list("编校差错,编校错误\n");
    project.edit("content/report.yaml", "{lists: [house.csv]}", "{list: [house.csv]}");
    let run = project.run(&["check", "--no-layout"]);
    assert!(run.stderr.contains("hint: did you mean `lists`?"), "{}", run.stderr);
}

#[test]
fn lists_contradict_each_other_and_may_be_missing() {
    let project = with_list("开会,会议\n");
    project.write("content/other.csv", "会议,开会\n");
    project.edit("content/report.yaml", "[house.csv]", "[house.csv, other.csv, other.csv, no.csv]");
    let run = project.run(&["check", "--no-layout"]);
    for part in [
        "the right word `会议` contains `会议`, a wrong one",
        "`会议` is at content/other.csv:1:1",
        "content/other.csv:1:4",
        "the list `other.csv` is named twice",
        "the file `no.csv` is missing",
    ] {
        assert!(run.stderr.contains(part), "`{part}` is not in:\n{}", run.stderr);
    }
}

#[test]
fn a_heading_in_chinese_is_no_rule() {
    for head in ["错误,正确,说明", "错词,正词", "不用,改用", "错,对"] {
        let project = with_list(&format!("{head}\n编校差错,编校错误\n"));
        project.edit("content/foreword.md", "第二段说明", "说错误、不用、错词，第二段说明");
        assert_eq!(places(&check(&project)), ["TP0208 content/foreword.md:5:21"], "{head}");
    }
}

#[test]
fn lists_of_other_programs_are_read() {
    let project = with_list("");
    for text in ["编校差错;编校错误\n", "编校差错\t编校错误\n", "编校差错,编校错误\n"]
    {
        let path = project.join("content/house.csv");
        std::fs::write(path, encoding_rs::GBK.encode(text).0).expect("a file");
        let found = places(&check(&project));
        let right = ["TP0020 content/house.csv:1:1", "TP0208 content/foreword.md:5:21"];
        assert_eq!(found, right, "{text}");
    }
}

#[test]
fn rows_that_would_never_match_are_refused() {
    for (csv, part) in [
        ("\"他\"\"好\",乙\n\"编校差错,编校错误\n", "nothing closes this quote"),
        ("甲词,乙词\n编校差错，编校错误\n", "`，` parts no columns"),
        ("甲词,乙词\n编校差错\t编校错误\n", "a tab parts no columns"),
        ("启用、起用,使用\n", "is one word here"),
        ("(?i)github,GitHub\n", "is no pattern here"),
    ] {
        let run = with_list(csv).run(&["check", "--no-layout"]);
        assert_eq!(run.code, Some(1), "{csv}");
        assert!(run.stderr.contains(part), "`{part}` is not in:\n{}", run.stderr);
    }
}
