//! Tests of `check --count`.

use serde_json::{Value, json};
use trendpress::checking::Length;

use crate::project::{Project, repository};

#[test]
fn characters_are_counted_as_the_trade_does() {
    let words = |text: &str| {
        let length = Length::of(text);
        (length.words, length.characters, length.with_spaces)
    };
    for (text, expected) in [
        ("", (0, 0, 0)),
        ("编校质量。", (5, 5, 5)),
        ("他说：“好……”——", (10, 10, 10)),
        ("it’s a well-known word", (4, 19, 22)),
        ("共 1,234.5 元", (3, 9, 11)),
        ("用ChatGPT写", (3, 9, 9)),
        ("（2025年）", (4, 7, 7)),
        ("3月5日", (4, 4, 4)),
    ] {
        assert_eq!(words(text), expected, "{text}");
    }
}

/// The clean project with text of each kind, and two findings.
fn project() -> Project {
    let project = Project::of(&repository().join("tests/faults/_base"));
    project.write(
        "content/foreword.md",
        "---\ntitle: 卷首语\n---\n\n全文共十个汉字,好[^1]。\n\n| 甲 | 乙 |\n|---|---|\n| 一二 | 3.5 |\n\n再接再励。\n\n[^1]: 注文四字。\n",
    );
    project
}

#[test]
fn a_part_is_counted_by_what_its_text_is() {
    let run = project().run(&["check", "--no-layout", "--count", "--format", "json"]).ok();
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let parts = report["count"]["parts"].as_array().expect("parts");
    let foreword = parts.iter().find(|part| part["part"] == "foreword").expect("the foreword");
    let words = |kind: &str| foreword[kind]["words"].clone();
    // 卷首语, 全文共十个汉字, the comma (a word of its own), 好。, 再接再励。
    assert_eq!(words("text"), json!(3 + 7 + 1 + 2 + 5));
    assert_eq!((words("tables"), words("notes")), (json!(5), json!(5)));
    assert_eq!((words("captions"), words("references")), (json!(0), json!(0)));
    assert_eq!((words("all"), foreword["findings"].clone()), (json!(28), json!(2)));
    assert_eq!(foreword["per-10000"], json!(2.0 * 1e4 / 28.0));
    let all = &report["count"]["all"];
    let sum = |kind: &str| -> u64 {
        parts.iter().map(|part| part[kind]["words"].as_u64().expect("a number")).sum()
    };
    assert_eq!(all["all"]["words"], json!(sum("all")));
    assert!(sum("references") > 0 && sum("captions") > 0, "{report:#}");
    let references = parts.iter().find(|part| part["part"] == "references").expect("the list");
    assert_eq!(references["text"]["words"], json!(0));
    // Without the option, nothing is counted.
    let run = project().run(&["check", "--no-layout", "--format", "json"]).ok();
    assert!(!run.stdout.contains("\"count\""), "{}", run.stdout);
}

#[test]
fn the_count_is_a_table_on_stdout() {
    let run = project().run(&["check", "--no-layout", "--count"]).ok();
    let lines: Vec<_> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("part ") && lines[0].ends_with("per 10,000"), "{}", run.stdout);
    let foreword = lines.iter().find(|line| line.starts_with("foreword")).expect("the foreword");
    let cells: Vec<_> = foreword.split_whitespace().collect();
    assert_eq!(cells[..7], ["foreword", "18", "0", "5", "5", "0", "28"]);
    assert_eq!(cells[9..], ["2", "714.29"]);
    assert!(lines.last().is_some_and(|line| line.starts_with("in all")), "{}", run.stdout);
    assert!(run.stderr.contains("0 errors, 2 warnings"), "{}", run.stderr);
    let run = project().run(&["check", "--no-layout", "--count", "--format", "sarif"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
}
