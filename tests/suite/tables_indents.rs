//! Account items: what stands before the names of rows sets them in, in tables of all kinds.

use crate::tables_set::{made, plain};

/// How far the second is set in from the first, in its ems of about nine points.
#[track_caller]
fn ems(body: &str, one: &str, other: &str) -> f64 {
    let project = plain(body);
    let made = made(&project);
    let ((_, from, _), (_, to, _)) = (made.at(one), made.at(other));
    ((to - from) / 9.0 * 2.0).round() / 2.0
}

#[test]
fn rows_of_markdown_are_set_in() {
    let body = "| 科目 | 本年 |\n|---|---|\n| 经营收入 | 10 |\n| 　软件销售 | 6 |\n|   硬件销售 | 4 |\n| &emsp;&emsp;主机部件 | 3 |\n| 经营支出 | 8 |\n: 收支\n";
    assert_eq!(ems(body, "经营收入", "软件销售"), 1.0);
    assert_eq!(ems(body, "经营收入", "硬件销售"), 1.0);
    assert_eq!(ems(body, "经营收入", "主机部件"), 2.0);
    assert_eq!(ems(body, "经营收入", "经营支出"), 0.0);
}

#[test]
fn rows_that_are_all_set_in_are_not() {
    let body = "| 科目 | 本年 |\n|---|---|\n|    经营收入 | 10 |\n|    软件销售 | 6 |\n|     硬件销售 | 6 |\n: 收支\n\n| 数目 | 比例 |\n|---:|---|\n|   甲乙丙 | 一 |\n| 子丑寅 | 二 |\n: 另表\n";
    assert_eq!(ems(body, "经营收入", "软件销售"), 0.0);
    assert_eq!(ems(body, "经营收入", "硬件销售"), 0.0);
    assert_eq!(ems(body, "甲乙丙", "子丑寅"), 0.0);
}

#[test]
fn rows_of_data_are_set_in() {
    let body = "```table\ntitle: 收支\ndata: a.csv\n```\n";
    let project = plain(body);
    project.write(
        "content/a.csv",
        "科目,本年\n经营收入,10\n　软件销售,6\n\"    主机部件\",3\n经营支出,8\n",
    );
    let made = made(&project);
    let x = |text: &str| made.at(text).1;
    assert!((x("软件销售") - x("经营收入") - 9.0).abs() < 1.0, "{}", made.text());
    assert!((x("主机部件") - x("经营收入") - 18.0).abs() < 1.5, "{}", made.text());
    assert!((x("经营支出") - x("经营收入")).abs() < 0.1, "{}", made.text());
}

#[test]
fn rows_of_a_sheet_are_set_in_by_their_alignment() {
    let rows: &[&[&str]] = &[
        &["科目", "本年"],
        &["经营收入", "~5~7"],
        &["~4~软件销售", "~5~6.25"],
        &["　硬件销售", "3"],
    ];
    let project = plain("```table\ntitle: 收支\ndata: n.xlsx\n```\n");
    project.write("content/n.xlsx", crate::tables::book(&[("表", rows)], ""));
    let made = made(&project);
    let x = |text: &str| made.at(text).1;
    assert!((x("软件销售") - x("经营收入") - 18.0).abs() < 1.5, "{}", made.text());
    assert!((x("硬件销售") - x("经营收入") - 9.0).abs() < 1.0, "{}", made.text());
    for right in ["7.0亿元", "6.3亿元"] {
        assert!(made.text().contains(right), "`{right}` is not in {}", made.text());
    }
}

#[test]
fn titles_of_tables_and_charts_have_an_english_line() {
    let body = "| 科目 | 本年 |\n|---|---|\n| 收入 | 10 |\n: 收支 {#tbl-a en=\"Income and spending\"}\n\n```table\ntitle: 余额\nen: Balances at a glance\ndata: a.csv\n```\n\n```chart\nkind: bar\ntitle: 走势\nen: How it went\nheight: 40mm\ndata: a.csv\nx: 科目\ny: 本年\nalt: 条形图\n```\n\n见@tbl-a。\n";
    let project = plain(body);
    project.write("content/a.csv", "科目,本年\n经营收入,10\n经营支出,8\n");
    let text = made(&project).text();
    for right in ["Table1Incomeandspending", "Table2Balancesataglance", "Figure1Howitwent"] {
        assert!(text.contains(right), "`{right}` is not in {text}");
    }
}
