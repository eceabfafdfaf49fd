//! Charts that cannot be drawn as they are written: each is told at its line or cell, and its hint,
//! when followed, makes it a chart.

use crate::project::{Project, Run};

/// A run of a report with one chart.
fn run(keys: &str, rows: &str) -> Run {
    let project = Project::starter();
    project.write("content/charts/t.csv", rows);
    let block =
        format!("```chart\ntitle: 图题\nalt: 文\nsource: 源\ndata: charts/t.csv\n{keys}\n```");
    project.write(
        "content/trends/02-second.md",
        format!("---\ntitle: 章\n---\n\n正文。\n\n{block}\n"),
    );
    project.run(&["render", "o.pdf"])
}

/// Refused with these words in the message, and set once the hint is followed: by other keys, or by
/// another table.
fn refused(keys: &str, rows: &str, words: &[&str], (keys_then, rows_then): (&str, &str)) {
    let told = run(keys, rows);
    assert_eq!(told.code, Some(1), "{keys}\n{rows}\n{}", told.stderr);
    for word in words {
        assert!(told.stderr.contains(word), "`{word}` is not in\n{}", told.stderr);
    }
    let then = run(keys_then, rows_then).ok();
    assert!(!then.stderr.contains("warning"), "{keys_then}\n{rows_then}\n{}", then.stderr);
}

/// The same with other keys, and with the same table.
fn by_keys(keys: &str, rows: &str, words: &[&str], then: &str) {
    refused(keys, rows, words, (then, rows));
}

/// The same with the same keys, and with another table.
fn by_table(keys: &str, rows: &str, words: &[&str], then: &str) {
    refused(keys, rows, words, (keys, then));
}

#[test]
fn negative_numbers_that_would_add_up() {
    let rows = "年,甲,乙\n2023,5,-2\n2024,7,3\n";
    let words = ["cannot show negative numbers", "stack: none"];
    by_keys(
        "kind: bar\nstack: zero\nx: 年\ny: [甲, 乙]",
        rows,
        &words,
        "kind: bar\nstack: none\nx: 年\ny: [甲, 乙]",
    );
    by_keys(
        "kind: bar\nstack: normalize\nx: 年\ny: [甲, 乙]",
        rows,
        &words,
        "kind: bar\nstack: none\nx: 年\ny: [甲, 乙]",
    );
    by_keys(
        "kind: area\nx: 年\ny: [甲, 乙]",
        rows,
        &words,
        "kind: area\nstack: none\nx: 年\ny: [甲, 乙]",
    );
    by_keys(
        "kind: stacked\nx: 年\ny: [甲, 乙]",
        rows,
        &["negative numbers", "kind: bar"],
        "kind: bar\nx: 年\ny: [甲, 乙]",
    );
    by_keys(
        "kind: radar\nx: 年\ny: 乙",
        "年,乙\n一,1\n二,-1\n三,2\n",
        &["negative numbers"],
        "kind: bar\nx: 年\ny: 乙",
    );
}

#[test]
fn all_zero_and_nothing_to_share() {
    for kind in ["bar\norient: vertical", "waterfall", "radar", "area"] {
        let keys = format!("kind: {kind}\nx: 年\ny: 值");
        by_table(
            &keys,
            "年,值\n2022,0\n2023,0\n2024,0\n",
            &["all values of the chart are zero"],
            "年,值\n2022,0\n2023,3\n2024,1\n",
        );
    }
    let keys = "kind: bar\nstack: normalize\nx: 年\ny: [甲, 乙]";
    by_table(
        keys,
        "年,甲,乙\n2023,1,2\n2024,0,0\n",
        &["t.csv:3:1", "`2024` has no shares"],
        "年,甲,乙\n2023,1,2\n2024,0,1\n",
    );
}

#[test]
fn missing_values_where_each_is_needed() {
    let words = ["lacks a value", "fill in the cell"];
    by_table(
        "kind: area\nx: 年\ny: [甲, 乙]",
        "年,甲,乙\n2022,1,2\n2023,,4\n2024,2,2\n",
        &words,
        "年,甲,乙\n2022,1,2\n2023,3,4\n2024,2,2\n",
    );
    by_table(
        "kind: radar\nx: 轴\ny: 值",
        "轴,值\n一,1\n二,—\n三,2\n",
        &words,
        "轴,值\n一,1\n二,5\n三,2\n",
    );
    by_table(
        "kind: waterfall\nx: 项\ny: 值",
        "项,值\n一,1\n二,\n三,2\n",
        &words,
        "项,值\n一,1\n三,2\n",
    );
    by_table(
        "kind: point\nx: 甲\ny: 乙\nnote: 名",
        "名,甲,乙\n某,1,2\n另,3,\n",
        &["`3` has no value to draw"],
        "名,甲,乙\n某,1,2\n另,3,4\n",
    );
}

#[test]
fn text_for_a_number() {
    let hint = "write plain numbers";
    for kind in ["rect", "tiles", "waterfall", "bar\norient: vertical"] {
        let keys = format!("kind: {kind}\nx: 省\ny: 值");
        by_table(
            &keys,
            "省,值\n北京,5\n上海,约八\n广东,2\n",
            &["t.csv:3:4", "`约八` is not a number", hint],
            "省,值\n北京,5\n上海,8\n广东,2\n",
        );
    }
    by_table(
        "kind: point\nx: 甲\ny: 乙",
        "甲,乙\n多,3\n4,5\n",
        &["`多` is not a number"],
        "甲,乙\n2,3\n4,5\n",
    );
    by_keys(
        "kind: area\nx: 级\ny: 值",
        "级,值\n初,3\n中,5\n",
        &["`初` is not a number", "type: ordinal"],
        "kind: area\ntype: ordinal\nx: 级\ny: 值",
    );
    by_keys(
        "kind: line\ntype: temporal\nx: 月\ny: 值",
        "月,值\n2024-01,3\n二月,5\n",
        &["`二月` is not a time", "type: ordinal"],
        "kind: line\ntype: ordinal\nx: 月\ny: 值",
    );
}

#[test]
fn too_few_and_too_many() {
    by_keys(
        "kind: area\nx: 年\ny: 值",
        "年,值\n2024,3\n",
        &["needs 2 rows or more, not 1", "kind: bar"],
        "kind: bar\nx: 年\ny: 值",
    );
    by_table(
        "kind: radar\nx: 轴\ny: 值",
        "轴,值\n一,1\n二,5\n",
        &["needs 3 rows or more, not 2"],
        "轴,值\n一,1\n二,5\n三,2\n",
    );
    let names = (0..60).map(|i| format!("类别{i},{}\n", i + 1)).collect::<String>();
    let rows = format!("类,值\n{names}");
    by_keys(
        "kind: bar\norient: vertical\nx: 类\ny: 值",
        &rows,
        &["30 rows at most, not 60", "orient: horizontal"],
        "kind: bar\norient: horizontal\nx: 类\ny: 值",
    );
    let twelve: Vec<String> = (0..12).map(|i| format!("列{i}")).collect();
    let rows = format!(
        "年,{}\n2023,1,2,3,4,5,6,7,8,9,10,11,12\n2024,2,3,4,5,6,7,8,9,10,11,12,13\n",
        twelve.join(",")
    );
    let keys =
        |kind: &str, to: usize| format!("kind: {kind}\nx: 年\ny: [{}]", twelve[..to].join(", "));
    by_keys(&keys("bar", 12), &rows, &["6 columns of values at most, not 12"], &keys("bar", 6));
    by_keys(
        &keys("radar", 12),
        &rows.replace("2024", "2024,1,1,1,1,1,1,1,1,1,1,1,1\n2025"),
        &["6 columns of values at most"],
        &keys("line", 12),
    );
    let many = (0..25).map(|i| format!("{i}区,{i},1\n")).collect::<String>();
    refused(
        "kind: bar\nx: 项\ny: 值\nfacet: 区",
        &format!("区,项,值\n{many}"),
        &["24 small ones at most, not 25"],
        ("kind: bar\nx: 项\ny: 值\nfacet: 区", "区,项,值\n甲,一,3\n乙,一,4\n"),
    );
}

#[test]
fn labels_that_stand_twice() {
    for kind in ["rect", "tiles", "area\ntype: ordinal", "waterfall"] {
        let keys = format!("kind: {kind}\nx: 省\ny: 值");
        by_table(
            &keys,
            "省,值\n江苏,5\n浙江,8\n江苏,2\n",
            &["t.csv:4:1", "`江苏` is duplicated"],
            "省,值\n江苏,7\n浙江,8\n",
        );
    }
    // By other names of one province too.
    by_table(
        "kind: tiles\nx: 省\ny: 值",
        "省,值\n江苏,5\n江苏省,8\n",
        &["`江苏省` is duplicated"],
        "省,值\n江苏,13\n",
    );
}

#[test]
fn provinces_that_are_none() {
    for (wrong, meant) in [
        ("广冬", "广东"),
        ("黑龙", "黑龙江"),
        ("Shanxii", "Shanxi"),
        ("内蒙", "内蒙古"),
        ("湖北市", "湖北"),
        ("陕四", "陕西"),
    ] {
        by_table(
            "kind: tiles\nx: 省\ny: 值",
            &format!("省,值\n北京,5\n{wrong},8\n"),
            &[
                "t.csv:3:1",
                &format!("`{wrong}` is not a province of China"),
                &format!("did you mean `{meant}`?"),
            ],
            &format!("省,值\n北京,5\n{meant},8\n"),
        );
    }
    by_table(
        "kind: tiles\nx: 省\ny: 值",
        "省,值\n深圳,5\n",
        &["`深圳` is not a province of China", "such as `北京`"],
        "省,值\n广东省,5\n",
    );
}

#[test]
fn sums_of_a_waterfall_that_do_not_add_up() {
    let keys = "kind: waterfall\nx: 项\ny: 值\ntotal: [年末]";
    by_table(
        keys,
        "项,值\n年初,100\n增,30\n年末,150\n",
        &["`年末` is 150, but what stands before it adds up to 130"],
        "项,值\n年初,100\n增,30\n年末,\n",
    );
    by_keys(
        "kind: waterfall\nx: 项\ny: 值\ntotal: [年未]",
        "项,值\n年初,100\n增,30\n年末,\n",
        &["the chart has no label `年未`", "did you mean"],
        keys,
    );
}

#[test]
fn marks_that_have_no_place() {
    let rows = "季,甲,乙\n2023Q1,5,2\n2023Q2,7,\n2023Q3,6,4\n";
    let base = "kind: line\nx: 季\ny: [甲, 乙]\n";
    let mark = |text: &str| format!("{base}{text}");
    let good = mark("rule: [{x: 2023Q2, text: 事}]");
    by_keys(
        &mark("rule: [{x: 2025Q2, text: 事}]"),
        rows,
        &["`2025Q2` is not on the axis", "from `2023Q1` to `2023Q3`"],
        &good,
    );
    by_keys(
        &mark("rule: [{text: 事}]"),
        rows,
        &["either `x` or `y`", "{y: 60, text: …}"],
        &mark("rule: [{y: 60, text: 事}]"),
    );
    by_keys(
        &mark("rule: [{y: 高, text: 事}]"),
        rows,
        &["`高` is not a number"],
        &mark("rule: [{y: 6, text: 事}]"),
    );
    by_keys(
        &mark("scale: log\nrule: [{y: 0, text: 事}]"),
        rows,
        &["`0` cannot be shown on a log scale"],
        &mark("scale: linear\nrule: [{y: 0, text: 事}]"),
    );
    let noted = mark("annotation: [{x: 2023Q3, y: 乙, text: 注}]");
    by_keys(
        &mark("annotation: [{x: 2023Q4, y: 乙, text: 注}]"),
        rows,
        &["no label `2023Q4`", "did you mean `2023Q"],
        &noted,
    );
    by_keys(
        &mark("annotation: [{x: 2023Q3, y: 已, text: 注}]"),
        rows,
        &["no column `已`", "did you mean"],
        &noted,
    );
    refused(
        &mark("annotation: [{x: 2023Q2, y: 乙, text: 注}]"),
        rows,
        &["`2023Q2` has no value there", "fill in the cell"],
        (&mark("annotation: [{x: 2023Q2, y: 乙, text: 注}]"), &rows.replace("7,", "7,3")),
    );
    let lying = "kind: bar\nx: 季\ny: [甲, 乙]\nrule: [{x: 2023Q2, text: 事}]";
    by_keys(
        lying,
        rows,
        &["needs upright bars", "orient: vertical"],
        &format!("{lying}\norient: vertical"),
    );
}

#[test]
fn keys_that_do_not_go_together() {
    let rows = "季,甲,乙\n2023Q1,5,2\n2023Q2,7,3\n";
    let layered = "kind: bar\nx: 季\ny: 甲\nlayer: {y: 乙}";
    by_keys(
        layered,
        rows,
        &["a layer needs upright bars", "`orient: vertical`"],
        &format!("{layered}\norient: vertical"),
    );
    by_keys(
        "kind: tiles\nx: 季\ny: [甲, 乙]",
        rows,
        &["needs one column in `y`, not 2", "`y: 甲`"],
        "kind: bar\nx: 季\ny: 甲",
    );
    by_keys(
        "kind: bar\nx: 季\ny: 甲\nformat: \"0.0\"",
        rows,
        &["`0.0` is not a format", "`.1f`"],
        "kind: bar\nx: 季\ny: 甲\nformat: .1f",
    );
    by_keys(
        "kind: bar\nx: 季\ny: 甲\norient: upright",
        rows,
        &["`orient` cannot be `upright`"],
        "kind: bar\nx: 季\ny: 甲\norient: vertical",
    );
    for key in ["color: 乙", "total: 甲", "columns: 2", "scale: log", "note: 乙"] {
        let told = run(&format!("kind: bar\nx: 季\ny: 甲\n{key}"), rows);
        let name = key.split(':').next().expect("a key");
        assert!(told.stderr.contains(&format!("does not use `{name}`")), "{key}: {}", told.stderr);
    }
}

#[test]
fn kinds_by_their_other_names() {
    let rows = "季,甲,乙\n2023Q1,5,2\n2023Q2,7,3\n";
    for (name, kind) in [
        ("scatter", "point"),
        ("heatmap", "rect"),
        ("column", "bar"),
        ("map", "tiles"),
        ("donut", "pie"),
        ("combo", "bar"),
    ] {
        let told = run(&format!("kind: {name}\nx: 季\ny: 甲"), rows);
        assert_eq!(told.code, Some(1));
        assert!(told.stderr.contains(&format!("`kind: {kind}`")), "{name}: {}", told.stderr);
    }
}

#[test]
fn a_facet_is_followed_and_its_names_are_kept() {
    let rows = "项,值,城\n甲,1,成都\n乙,2,成都\n甲,3,西安\n乙,,西安\n";
    run("kind: bar\nx: 项\ny: 值\nfacet: 城", rows).ok();
    by_keys(
        "kind: bar\nx: 项\ny: 值\nfacet: 诚",
        rows,
        &["no column `诚`"],
        "kind: bar\nx: 项\ny: 值\nfacet: 城",
    );
}
