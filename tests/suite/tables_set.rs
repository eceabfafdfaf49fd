//! Tables as they are set: titles, units, merged cells, groups, totals, numbers, notes; read from
//! the final PDF.

use crate::project::{Project, Run};
use testkit::pdf::{File, Glyph, Page};

/// A report of one trend with this text.
fn project(columns: u8, trim: &str, body: &str) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!("title: 试验报告\npublisher: {{name: 试验出版社}}\ndate: 2025-01\nparts: [trends/*.md]\ncolumns: {columns}\ntrim: {trim}\ncheck: {{TP0506: off}}\n"),
    );
    project.write(
        "content/trends/a.md",
        format!("---\ntitle: 一章\n---\n\n开头的一段正文。\n\n{body}\n"),
    );
    project
}

const A4: &str = "[210mm, 297mm]";
const SMALL: &str = "[185mm, 260mm]";

pub(super) fn plain(body: &str) -> Project {
    project(2, A4, body)
}

pub(super) struct Made {
    file: File,
    pages: Vec<Page>,
    run: Run,
}

impl Made {
    fn glyphs(&self) -> impl Iterator<Item = &Glyph> {
        self.pages.iter().flat_map(|page| &page.glyphs)
    }

    pub(super) fn text(&self) -> String {
        let text: String = self.glyphs().map(|glyph| glyph.text.as_str()).collect();
        text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect()
    }

    /// Where a text begins that stands in one piece: page, x, y.
    #[track_caller]
    pub(super) fn at(&self, text: &str) -> (usize, f64, f64) {
        self.all(text)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("`{text}` is not in {}", self.text()))
    }

    fn all(&self, text: &str) -> Vec<(usize, f64, f64)> {
        let wanted: Vec<char> = text.chars().collect();
        let mut out = vec![];
        for (number, page) in self.pages.iter().enumerate() {
            let glyphs: Vec<_> = page
                .glyphs
                .iter()
                .filter(|g| g.text.chars().any(|c| !c.is_whitespace() && !cjk::is_invisible(c)))
                .collect();
            for start in 0..glyphs.len() {
                let found: Vec<char> = glyphs[start..]
                    .iter()
                    .take(wanted.len())
                    .flat_map(|g| g.text.chars())
                    .collect();
                if found.starts_with(&wanted) {
                    out.push((number, glyphs[start].x, glyphs[start].y));
                }
            }
        }
        out
    }
}

#[track_caller]
pub(super) fn made(project: &Project) -> Made {
    let run = project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    Made { pages: file.pages(), file, run }
}

#[track_caller]
fn refused(project: &Project, parts: &[&str]) {
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    for part in parts {
        assert!(run.stderr.contains(part), "`{part}` is not in {}", run.stderr);
    }
}

const ROWS: &str = "| 品种 | 吨位 |\n|---|---|\n| 稻米 | 一批 |\n| 小麦 | 两批 |";

#[test]
fn titles_stand_above_tables_wherever_they_are_written() {
    for body in [
        format!("{ROWS}\n: 粮食的收购 {{#tbl-grain}}\n\n见@tbl-grain。"),
        format!("{ROWS}\n\n: 粮食的收购 {{#tbl-grain}}\n\n见@tbl-grain。"),
        format!(": 粮食的收购 {{#tbl-grain}}\n\n{ROWS}\n\n见@tbl-grain。"),
        format!("{ROWS}\n\nTable: 粮食的收购 {{#tbl-grain}}\n\n见@tbl-grain。"),
        format!("{ROWS}\n：粮食的收购 {{#tbl-grain}}\n\n见@tbl-grain。"),
        format!("{ROWS}\n: 粮食\n的收购\n{{#tbl-grain}}\n\n见@tbl-grain。"),
    ] {
        let made = made(&plain(&body));
        let text = made.text();
        assert!(text.contains("表1粮食的收购品种"), "{body}: {text}");
        assert!(text.contains("见表1。"), "{text}");
        assert!(!text.contains("tbl") && !text.contains('{') && !text.contains("：粮"), "{text}");
        assert_eq!(made.file.structure().get("TH"), Some(&2), "{body}");
        assert_eq!(made.file.structure().get("TD"), Some(&4), "{body}");
    }
}

#[test]
fn titles_belong_to_the_nearest_table() {
    let second = "| 甲乙 | 丙丁 |\n|---|---|\n| 戊 | 己 |";
    for body in [
        format!("{ROWS}\n\n: 第一题\n\n{second}\n\n: 第二题"),
        format!(": 第一题\n\n{ROWS}\n\n: 第二题\n\n{second}"),
        format!("{ROWS}\n: 第一题\n\n{second}\n: 第二题"),
    ] {
        let text = made(&plain(&body)).text();
        assert!(text.contains("表1第一题品种") && text.contains("表2第二题甲乙"), "{body}: {text}");
    }
    // A table without a title is not counted, nor is one that its author leaves out.
    let body = format!(
        "{ROWS}\n\n正文。\n\n{second}\n\n: 不编号的 {{.unnumbered}}\n\n又一段。\n\n{ROWS}\n: 编号的"
    );
    let text = made(&plain(&body)).text();
    assert!(text.contains("不编号的甲乙") && text.contains("表1编号的"), "{text}");
}

#[test]
fn faults_of_titles_are_told() {
    let told = made(&plain(&format!("{ROWS}\n: 表3 各类粮食"))).run.stderr;
    assert!(told.contains("TP0035") && told.contains("a.md:11:1"), "{told}");
    let own = made(&plain(&format!("{ROWS}\n: 表3 各类粮食 {{.unnumbered}}")));
    assert!(!own.run.stderr.contains("TP0035") && own.text().contains("表3各类粮食品种"));
    let lone = made(&plain(&format!("{ROWS}\n\n隔开的一段。\n\n: 走失的题名"))).run.stderr;
    assert!(lone.contains("TP0009") && lone.contains("no table stands beside"), "{lone}");
    for (attributes, parts) in [
        ("{#tab-x}", ["`tab-x` cannot be the label", "a.md:11:"]),
        ("{#tbl-x .unnumbered}", ["cannot be referred to", "a.md:11:"]),
        ("{width=50%}", ["no attribute `width`", "did you mean `widths`?"]),
        ("{widths=\"1,2,3\"}", ["`widths` of a table cannot be", "widths=\"50,50\""]),
        ("{total=two}", ["`total` of a table cannot be `two`", "total=1"]),
        ("{total=9}", ["fewer than its head and its totals", "lower `head` or `total`"]),
        ("{landscape=yes}", ["`landscape` of a table cannot be `yes`", "landscape=true"]),
    ] {
        refused(&plain(&format!("{ROWS}\n: 题名 {attributes}")), &parts);
    }
    refused(&plain("走失的。\n\n: 题名 {#tbl-lost}"), &["no table stands beside this title"]);
    refused(&plain(&format!("{ROWS}\n: 题名\n| 大豆 | 三批 |")), &["below the title of its table"]);
}

#[test]
fn what_stands_around_a_table_is_printed_once() {
    let body = format!("{ROWS}\n: 收购 {{unit=\"单位：万吨\" source=“来源：某公司”}}");
    let made = made(&plain(&body));
    let text = made.text();
    assert_eq!(text.matches("单位：万吨").count(), 1, "{text}");
    assert_eq!(text.matches("来源：").count(), 1, "{text}");
    let (unit, head, source) = (made.at("单位").2, made.at("品种").2, made.at("某公司").2);
    assert!(made.at("收购").2 < unit && unit < head && made.at("小麦").2 < source);
}

/// The x of the character behind a number's whole part: of its point, or where it ends.
fn points(made: &Made, numbers: &[&str]) -> Vec<f64> {
    let point = |number: &&str| {
        let (page, x, y) = made.at(number);
        let whole = number
            .find(['.', '%'])
            .map_or(number.chars().count(), |at| number[..at].chars().count());
        let row =
            made.pages[page].glyphs.iter().filter(|g| (g.y - y).abs() < 0.1 && g.x >= x - 0.01);
        row.take(whole).map(|glyph| glyph.x + glyph.advance).last().expect("a number")
    };
    numbers.iter().map(point).collect()
}

#[test]
fn points_of_numbers_stand_under_each_other() {
    for (rows, numbers) in [
        (["1,234.5", "98.25", "−3", "—"], &["1,234.5", "98.25", "−3"][..]),
        (["12%", "3.5%", "−0.75%", ""], &["12%", "3.5%", "−0.75%"]),
        (["11111", "88888.8", "7[^n]", "40.04[^n]"], &["11111", "88888.8", "40.04"]),
        (["**56.1**", "7.25", "100", "9.5"], &["56.1", "7.25", "100", "9.5"]),
    ] {
        let rows: String = rows.iter().map(|row| format!("| 名 | {row} |\n")).collect();
        let note = if rows.contains("[^n]") { "\n[^n]: 一条注。\n" } else { "" };
        let made = made(&plain(&format!("| 甲 | 数值一栏 |\n|---|---|\n{rows}{note}")));
        let points = points(&made, numbers);
        let apart = points.iter().map(|x| (x - points[0]).abs()).fold(0.0, f64::max);
        assert!(apart < 0.1, "{numbers:?}: {points:?}");
    }
    // What its author aligns otherwise, and the column of names, stay at their side.
    let made = made(&plain("| 年份 | 左 |\n|---|:--|\n| 8 | 1.5 |\n| 1999 | 22 |"));
    assert!((made.at("1.5").1 - made.at("22").1).abs() < 0.1);
    assert!((made.at("1999").1 - made.at("年份").1).abs() < 1.0);
}

#[test]
fn groups_are_named_over_their_rows_and_totals_are_bold() {
    let table = "| 区 | 量 |\n|---|--:|\n| **华东** | |\n| 沪 | 1 |\n| 华南 | < |\n| 粤 | 2 |\n| 总量 | 3 |\n: 分区 {total=1}";
    let made = made(&plain(table));
    let bold = |text: &str| {
        let (page, x, y) = made.at(text);
        let first = text.chars().next();
        let same = |g: &&Glyph| g.x == x && g.y == y && g.text.chars().next() == first;
        let found = made.pages[page].glyphs.iter().find(same);
        found.is_some_and(|glyph| glyph.font.contains("Bold"))
    };
    let found = ["华东", "华南", "总量", "沪", "粤"].map(bold);
    assert_eq!(found, [true, true, true, false, false]);
    let wide = made.file.spans("TH").into_iter().filter(|span| *span == (2, 1)).count();
    assert_eq!(wide, 2, "{:?}", made.file.spans("TH"));
    // By the author's word, any row with its first cell alone.
    let named = "| 区 | 量 |\n|---|--:|\n| 华北 | |\n| 京 | 1 |\n: 分区 {groups=true}";
    assert!(self::made(&plain(named)).file.spans("TH").contains(&(2, 1)));
}

#[test]
fn cells_are_merged_in_head_and_body() {
    let table = "| 项 | 去年 | < | 评 |\n|---|---|---|---|\n| ^ | 上 | 下 | ^ |\n| 甲 | 大块 | < | 好 |\n| 乙 | ^ | ^ | \\^ |\n| 丙 | 三 | 四 | \\< |\n: 合并 {head=2}";
    let made = made(&plain(table));
    let (heads, cells) = (made.file.spans("TH"), made.file.spans("TD"));
    for span in [(1, 2), (2, 1)] {
        assert!(heads.contains(&span), "{heads:?}");
    }
    assert_eq!(heads.len(), 5, "{heads:?}");
    assert!(cells.contains(&(2, 2)) && cells.len() == 9, "{cells:?}");
    let text = made.text();
    assert!(text.contains('^') && text.contains('<') && text.matches('^').count() == 1, "{text}");
    // What is merged is not parted, and stands beside all its rows.
    assert!(made.at("上").2 > made.at("去年").2 && made.at("大块").2 < made.at("丙").2);
}

#[test]
fn merges_that_are_no_rectangle_are_refused_at_their_cell() {
    for (rows, place) in [
        ("| 甲 | < |\n| ^ | 乙 |", "a.md:10:3"),
        ("| 甲 | 乙 |\n| ^ | < |\n| 丙 | ^ |", "a.md:11:7"),
        ("| ^ | 乙 |", "a.md:9:3"),
        ("| < | 乙 |", "a.md:9:3"),
    ] {
        let table = format!("| 头 | 尾 |\n|---|---|\n{rows}");
        let project = plain(&table);
        let run = project.run(&["render", "o.pdf"]);
        assert!(run.code == Some(1) && run.stderr.contains(place), "{rows}: {}", run.stderr);
    }
    refused(&plain("| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n| ^ | ^ |"), &["all cells of this row"]);
}

#[test]
fn cells_hold_lines_lists_and_small_pictures() {
    let table = "| 项 | 说明 |\n|---|---|\n| 甲 | 上行<br>下行<BR/>**粗上<br />粗下** |\n| 乙 | 含：<br>- 点一<br>- 点二 |\n| 丙 | 1. 先<br>2. 后 |\n| 丁 | ![徽标](徽.svg)<br>说明文字 |";
    let project = plain(table);
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 1'><rect width='2' height='1'/></svg>";
    project.write("content/徽.svg", picture);
    let made = made(&project);
    let lines = ["上行", "下行", "粗上", "粗下", "含：", "点一", "点二", "先", "后", "说明文字"];
    let heights: Vec<f64> = lines.iter().map(|line| made.at(line).2).collect();
    assert!(heights.windows(2).all(|pair| pair[0] < pair[1] - 5.0), "{heights:?}");
    let tags = made.file.structure();
    assert_eq!((tags.get("L"), tags.get("LI")), (Some(&2), Some(&4)), "{tags:?}");
    assert_eq!(made.file.alternatives("Figure"), ["徽标"]);
    // What cannot be set is refused, and the hints work.
    for (cell, hint) in [
        ("字![徽](徽.svg)", "write `<br>` between"),
        ("![](徽.svg)", "write what it shows"),
        ("![徽](徽.svg \"来源\")", "source="),
    ] {
        let project = plain(&format!("| 甲 |\n|---|\n| {cell} |"));
        project.write("content/徽.svg", picture);
        refused(&project, &[hint]);
    }
    let mended = plain("| 甲 |\n|---|\n| 字<br>![徽](徽.svg) |\n: 题 {source=\"来源\"}");
    mended.write("content/徽.svg", picture);
    self::made(&mended);
    // A single hyphen, or a number, is no list.
    let text = self::made(&plain("| 甲 |\n|---|\n| - 一条 |\n| -5 |\n| 1. 一 |")).text();
    assert!(text.contains("-一条") && text.contains("1.一"), "{text}");
}

#[test]
fn notes_of_cells_stand_under_their_table() {
    for columns in [1, 2] {
        let long: String = (0..40).map(|row| format!("| 行{row} | 值 |\n")).collect();
        for rows in ["", &long] {
            let body = format!(
                "| 头[^h] | 尾 |\n|---|---|\n| 甲[^a] | 乙[^b] |\n| 丙[^a] | 丁 |\n{rows}\n表后正文[^c]。\n\n[^h]: 表头的注。\n[^a]: 两格共用的注。\n[^b]: 另一条注。\n[^c]: 正文的注。"
            );
            let made = made(&project(columns, A4, &body));
            let text = made.text();
            for note in ["表头的注。", "两格共用的注。", "另一条注。", "正文的注。"]
            {
                assert_eq!(text.matches(note).count(), 1, "{columns}: {note}: {text}");
            }
            let numbered = ["1表头的注", "2两格共用", "3另一条注", "4正文的注"];
            assert!(numbered.iter().all(|note| text.contains(note)), "{columns}: {text}");
            assert!(text.contains("甲2乙3") && text.contains("丙2丁"), "{columns}: {text}");
        }
    }
}

#[test]
fn long_tables_go_on_under_their_head_and_title() {
    for (columns, trim) in [(1, A4), (2, A4), (1, SMALL), (2, SMALL)] {
        let rows: String = (0..90)
            .map(|row| match row % 3 {
                0 => format!("| 组{row} | 行{row} | 一些说明的文字，写得长一些，占满这一栏的宽度，再长一些，再长一些 |\n"),
                _ => format!("| ^ | 行{row} | 一些说明的文字 |\n"),
            })
            .collect();
        let body = format!(
            "| 组别 | 名称 | 说明 |\n|---|---|---|\n{rows}: 很长的表 {{#tbl-long unit=件 source=本院}}\n\n见@tbl-long。"
        );
        let made = made(&project(columns, trim, &body));
        let heads = made.all("组别").len();
        assert!(heads > 1, "{columns} {trim}");
        assert_eq!(made.all("续表1很长的表").len(), heads - 1, "{columns} {trim}: {}", made.text());
        // Merged rows stand on one page, below their head.
        for row in (0..90).step_by(3) {
            let name = format!("组{row}");
            let (page, ..) = made.at(&format!("行{row}一些"));
            for other in row..row + 3 {
                assert_eq!(made.at(&format!("行{other}一些")).0, page, "{name}, {columns} {trim}");
            }
        }
        // The title stands right over its head.
        let (title, head) = (made.at("很长的表"), made.at("组别"));
        assert!(title.0 == head.0 && title.2 < head.2 && head.2 - title.2 < 60.0);
        assert!(made.text().contains("见表1。"));
    }
}

#[test]
fn wide_tables_shrink_then_turn_then_are_refused() {
    let table = |columns: usize, word: &str| {
        let row = |text: &str| format!("|{}\n", format!(" {text} |").repeat(columns));
        format!(
            "{}{}{}{}: 宽表 {{#tbl-w}}\n\n见@tbl-w。",
            row("栏名"),
            row("---"),
            row(word),
            row("短")
        )
    };
    let size = |made: &Made| {
        let (page, x, y) = made.at("短");
        made.pages[page].glyphs.iter().find(|g| g.x == x && g.y == y).expect("a glyph").size
    };
    let upright = made(&plain(&table(4, "Wordword")));
    let shrunk = made(&plain(&table(10, "Wordwords")));
    assert!(size(&upright) > size(&shrunk) && size(&shrunk) >= 6.4);
    let turned = made(&plain(&table(14, "Wordwords")));
    // Turned by a right angle, the cells of a row stand above each other, from the foot up.
    let cells = turned.all("短");
    assert!(
        cells.windows(2).all(|pair| (pair[0].1 - pair[1].1).abs() < 0.1 && pair[0].2 > pair[1].2),
        "{cells:?}"
    );
    assert_eq!(turned.file.structure().get("TH"), Some(&14));
    let (title, head) = (turned.at("宽表"), turned.at("栏名"));
    assert!(title.0 == head.0 && title.1 < head.1, "the title is at the left, over its head");
    assert!(turned.text().contains("见表1。"));
    for columns in [1, 2] {
        refused(
            &project(columns, A4, &table(30, "Wordwordwordword")),
            &["TP0422", "a.md:7:1", "mm"],
        );
    }
    // By the author's word.
    let asked = made(&plain(&format!("{ROWS}\n: 横排的 {{landscape=true}}")));
    assert!((asked.at("品种").1 - asked.at("吨位").1).abs() < 0.1);
}

#[test]
fn widths_are_the_author_s() {
    for key in ["widths=\"20,30,50\"", "tbl-colwidths=\"[20,30,50]\"", "widths=“20% 30% 50%”"] {
        let made = made(&plain(&format!(
            "| 甲 | 乙 | 丙 |\n|---|---|---|\n| 金 | 木 | 水 |\n: 题名 {{{key}}}"
        )));
        let [a, b, c] = ["金", "木", "水"].map(|text| made.at(text).1);
        assert!(((c - b) / (b - a) - 1.5).abs() < 0.05, "{key}: {a} {b} {c}");
    }
}

const DATA: &str = "地区,2023年,<,备注\n^,上半年,下半年,^\n东部,,,\n江苏,\"1,234.5\",12%,甲\n浙江,98.25,3.5%,\\^\n合计,1332.75,,\n";

#[test]
fn a_block_prints_a_table_of_data() {
    let keys = "title: 各地的产量\nlabel: tbl-data\ndata: n.csv\nhead: 2\ntotal: 1\ngroups: true\nunit: 万吨\nsource: 某局\nnotes:\n  - 合计含未列出的地区。\n";
    let project = plain(&format!("```table\n{keys}```\n\n见@tbl-data。"));
    project.write("content/n.csv", DATA);
    let made = made(&project);
    let text = made.text();
    for part in [
        "表1各地的产量",
        "单位：万吨",
        "注：合计含未列出的地区。",
        "来源：某局",
        "见表1。",
        "1,234.5",
    ] {
        assert!(text.contains(part), "`{part}` is not in {text}");
    }
    let heads = made.file.spans("TH");
    assert!(
        heads.contains(&(2, 1)) && heads.contains(&(1, 2)) && heads.contains(&(4, 1)),
        "{heads:?}"
    );
    assert_eq!(text.matches('^').count(), 1, "{text}");
    let points = points(&made, &["1,234.5", "98.25", "1332.75"]);
    assert!(
        (points[0] - points[1]).abs() < 0.3 && (points[0] - points[2]).abs() < 0.3,
        "{points:?}"
    );
    let check = project.run(&["check"]);
    let told = check.stdout + &check.stderr;
    assert!(!told.contains("does not use") && !told.contains("no source"), "{told}");
}

#[test]
fn columns_are_chosen_by_name() {
    let project = plain("```table\ndata: n.csv\ncolumns: [丙, 甲]\n```");
    project.write("content/n.csv", "甲;乙;丙\n一;二;三\n");
    let text = made(&project).text();
    assert!(text.contains("丙甲三一") && !text.contains('乙'), "{text}");
    for (keys, part) in [
        ("data: n.csv\ncolumns: [丙乙]", "has no column `丙乙`"),
        ("data: n.csv\nwidths: [1, 2]", "widths: [33, 33, 33]"),
        ("data: m.csv", "m.csv"),
        ("data: n.csv\nhead: 4", "no rows below its head"),
        ("data: n.csv\nlabel: fig-a", "a label here is `tbl-`"),
        ("data: n.csv\ntotals: 1", "did you mean `total`?"),
    ] {
        let project = plain(&format!("```table\n{keys}\n```"));
        project.write("content/n.csv", "甲;乙;丙\n一;二;三\n");
        refused(&project, &[part, "a.md:"]);
    }
}

#[test]
fn cells_of_data_go_to_the_copy_desk() {
    let project = plain("```table\ndata: n.csv\nsource: 某局\n```");
    project.write("content/n.csv", "名称,说明\n甲,一切照旧\n乙,一如继往地好\n");
    let told = project.run(&["check"]);
    let told = told.stdout + &told.stderr;
    assert!(told.contains("n.csv:3:"), "{told}");
}

#[test]
fn a_workbook_s_numbers_print_as_it_shows_them() {
    let rows: &[&[&str]] = &[
        &["指标", "去年", "", "今年"],
        &["份额", "~2~0.1234", "", "~2~0.5"],
        &["金额", "~3~1234567.895", "", "~3~-8"],
        &["个数", "1034868", "", "0.25"],
        // Without a format, a workbook shows eleven figures at most.
        &["长数", "110105199001011234", "", "~6~12345"],
    ];
    let book = crate::tables::book(
        &[("表", rows)],
        "<mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"B2:C2\"/><mergeCell ref=\"B3:C3\"/><mergeCell ref=\"B4:C4\"/></mergeCells>",
    );
    let project = plain("```table\ndata: n.xlsx\nsource: 某局\n```");
    project.write("content/n.xlsx", book);
    let made = made(&project);
    let text = made.text();
    for part in
        ["12.34%", "50.00%", "1,234,567.90", "−8.00", "1034868", "0.25", "1.10105E+17", "12.3E+3"]
    {
        assert!(text.contains(part), "`{part}` is not in {text}");
    }
    assert_eq!(made.file.spans("TD").iter().filter(|span| **span == (2, 1)).count(), 3);
}

#[test]
fn columns_without_a_cell_are_left_out_and_told() {
    let rows: &[&[&str]] =
        &[&["项目", "", "", "去年", "", "今年"], &["收入", "", "", "12", "", "15"]];
    let book = crate::tables::book(&[("表", rows)], "");
    let project = plain("```table\ndata: n.xlsx\ntitle: 数\nsource: 某局\n```");
    project.write("content/n.xlsx", book);
    let made = made(&project);
    assert_eq!(made.file.spans("TD").len() + made.file.spans("TH").len(), 6);
    let told = project.run(&["check", "--no-layout"]).stderr;
    assert!(told.contains("without empty columns (3 columns)"), "{told}");
}

#[test]
fn times_of_a_workbook_are_no_dates_of_its_first_day() {
    let rows: &[&[&str]] = &[&["班次", "开始"], &["早班", "@0.354166666667"], &["春节", "@45332"]];
    let project = plain("```table\ndata: n.xlsx\nsource: 某局\n```");
    project.write("content/n.xlsx", crate::tables::book(&[("表", rows)], ""));
    let text = made(&project).text();
    assert!(text.contains("8:30") && text.contains("2024-02-10"), "{text}");
    assert!(!text.contains("1899"), "{text}");
}

#[test]
fn merged_cells_of_a_sheet_that_are_cut_are_told_as_such() {
    let rows: &[&[&str]] =
        &[&["指标", "去年", "今年"], &["", "上", "下"], &["份额", "1", "2"], &["", "3", "4"]];
    let merged = "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"A3:A4\"/></mergeCells>";
    let project = |keys: &str| {
        let project = plain(&format!("```table\ndata: n.xlsx\nsource: 某局\n{keys}```"));
        project.write("content/n.xlsx", crate::tables::book(&[("表", rows)], merged));
        project
    };
    // The head ends within the cell.
    refused(&project(""), &["no cell above this one", "the sheet merges these cells with others"]);
    made(&project("head: 2\n"));
}

#[test]
fn cells_may_reach_into_the_totals() {
    let tables = [
        "| 甲 | 乙 |\n|---|---|\n| 东部 | 收入 |\n| ^ | 支出 |\n| ^ | 结余 |\n: 一 {total=1}",
        "| 甲 | 乙 |\n|---|---|\n| 东部 | 收入 |\n| 西部 | 支出 |\n| ^ | 结余 |\n| 全部 | 总收 |\n| ^ | 总支 |\n: 二 {total=3}",
        "| 甲 | 乙 | 丙 |\n|---|---|---|\n| 东部 | 子 | 收入 |\n| ^ | 丑 | 支出 |\n| 寅 | ^ | 结余 |\n: 三 {total=1 source=\"卯\"}",
    ];
    for table in tables {
        let text = made(&plain(table)).text();
        for word in ["东部", "收入", "支出", "结余"] {
            assert_eq!(text.matches(word).count(), 1, "{word}: {text}");
        }
    }
}

#[test]
fn formats_that_are_not_read_are_told_where_their_text_is_printed() {
    let rows: &[&[&str]] = &[&["项目", "份额"], &["甲", "~7~0.5"], &["乙", "~7~0.25"]];
    let book = crate::tables::book(&[("表", rows)], "");
    let project = plain("```table\ndata: n.xlsx\ntitle: 数\nsource: 某局\n```");
    project.write("content/n.xlsx", &book);
    let told = project.run(&["check", "--no-layout"]).stderr;
    assert!(told.contains("by a format that is not read, `??/??`"), "{told}");
    assert!(told.contains("n.xlsx#表!B2") && !told.contains("!B3"), "{told}");
    // The value of a bar is the number itself, and its label what is printed.
    let chart = |x: &str, y: &str| {
        let keys = "kind: bar\ndata: n.xlsx\ntitle: 数\nsource: 某局\nalt: 图";
        let project = plain(&format!("```chart\n{keys}\nx: {x}\ny: {y}\n```"));
        project.write("content/n.xlsx", &book);
        project.run(&["check", "--no-layout"]).stderr
    };
    assert!(!chart("项目", "份额").contains("not read"));
    assert!(chart("份额", "份额").contains("by a format that is not read"));
}

#[test]
fn numbers_of_several_units_in_a_column_are_refused() {
    let keys = "kind: bar\ndata: n.csv\nx: 年\ny: 数\ntitle: 数\nsource: 某局\nalt: 图";
    let project = plain(&format!("```chart\n{keys}\n```"));
    for (one, two) in [("5‰", "6%"), ("￥100", "$300"), ("€1", "US$2")] {
        project.write("content/n.csv", format!("年,数\n2020,{one}\n2021,{two}\n"));
        refused(&project, &[&format!("`{one}` and `{two}` stand in one column"), "n.csv:3:6"]);
    }
    project.write("content/n.csv", "年,数\n2020,3%\n2021,0.05\n2022,0\n2023,4%\n");
    refused(&project, &["`3%` and `0.05` stand in one column", "n.csv:3:6"]);
    project.write("content/n.csv", "年,数\n2020,5%\n2021,￥3\n2022,6％\n");
    project.run(&["check", "--no-layout"]).ok();
}
