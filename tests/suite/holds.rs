//! Pages hold anything: what is long breaks over columns and pages, in its order; what cannot break
//! scales, moves, or is told.

use std::fmt::Write as _;

use crate::project::{Project, Run};
use testkit::pdf::{File, Page};

/// The file of the trend that is under test.
const TREND: &str = "content/trends/01-a.md";

/// A report of one trend.
fn report(front: &str, body: &str) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        "title: 2025 试排\npublisher: {name: 试排}\ndate: 2025-01\nparts: [cover, trends/*.md, back-cover]\n",
    );
    project.write(TREND, format!("---\ntitle: 试一个标题\n{front}---\n\n{body}\n"));
    project
}

fn rendered(project: &Project) -> (Run, Vec<Page>) {
    let run = project.run(&["render", "o.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages();
    (run, pages)
}

/// A page's characters in the order in which they are drawn, without its head and folio.
fn text(page: &Page) -> String {
    let text = page.glyphs.iter().filter(|glyph| (60.0..752.0).contains(&glyph.y));
    let text = text.flat_map(|glyph| glyph.text.chars());
    text.filter(|c| !cjk::is_invisible(*c) && !c.is_whitespace()).collect()
}

/// All texts stand on pages in this order; the report has `most` pages at most, none of them blank.
fn stands_in_order(project: &Project, texts: &[String], most: usize) -> Vec<Page> {
    let (run, pages) = rendered(project);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    assert!(pages.len() <= most, "{} pages", pages.len());
    let all: String = pages.iter().map(text).collect();
    let mut from = 0;
    for wanted in texts {
        let at = all[from..].find(wanted.as_str());
        from +=
            at.unwrap_or_else(|| panic!("`{wanted}` is not behind what comes before it: {all}"));
    }
    for page in &pages[1..pages.len() - 1] {
        assert!(text(page).chars().count() > 12, "a blank page");
    }
    pages
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> Vec<String> {
    (1..=count).map(line).collect()
}

/// A paragraph that makes no sense.
const LEAD: &str = "这是一个引子段落，说明下面的内容从何而来。\n\n";

#[test]
fn a_list_breaks_between_its_items() {
    let items = numbered(90, |i| format!("第{i}项"));
    let body = items.iter().fold(LEAD.to_owned(), |out, item| out + &format!("- {item}\n"));
    stands_in_order(&report("", &body), &items, 5);
}

#[test]
fn code_a_quotation_and_an_item_break_between_their_lines() {
    let lines = numbered(150, |i| format!("line{i}"));
    let code = format!("{LEAD}```\n{}\n```", lines.join("\n"));
    stands_in_order(&report("", &code), &lines, 6);
    let words = numbered(300, |i| format!("第{i}句引文写得很长。"));
    stands_in_order(&report("", &format!("{LEAD}> {}", words.concat())), &words, 7);
    stands_in_order(&report("", &format!("{LEAD}- {}", words.concat())), &words, 7);
}

/// A table of `rows` rows.
fn table(rows: usize, row: impl Fn(usize) -> String, columns: usize) -> String {
    let head: String = (1..=columns).map(|i| format!("| 栏目{i} ")).collect();
    let mut out = format!("{head}|\n{}|\n", "|---".repeat(columns));
    (1..=rows).for_each(|i| _ = writeln!(out, "{}", row(i)));
    out
}

#[test]
fn a_narrow_table_breaks_in_its_column_with_its_head_on_each_piece() {
    let rows = numbered(160, |i| format!("{}年", 1800 + i));
    let body = table(160, |i| format!("| {}年 | {} |", 1800 + i, i * 7), 2);
    let pages = stands_in_order(&report("", &format!("{LEAD}{body}")), &rows, 6);
    let heads: usize = pages.iter().map(|page| text(page).matches("栏目1").count()).sum();
    assert!(heads >= 4, "{heads} heads");
}

#[test]
fn a_wide_table_is_parted_over_pages_and_says_that_it_goes_on() {
    let long = "一段说明的文字，占去这一格里的两三行，好让表格很高";
    let rows = numbered(80, |i| format!("第{i}行"));
    let body = table(80, |i| format!("| 第{i}行 | {long} | {long} | {long} |"), 4);
    let body = format!("{LEAD}**表1　一张长表**\n\n{body}\n结尾的段落在这里。");
    let pages = stands_in_order(&report("", &body), &rows, 9);
    let of = |page: &Page, word: &str| text(page).matches(word).count();
    let continued: usize = pages.iter().map(|page| of(page, "续表1一张长表")).sum();
    let heads: usize = pages.iter().map(|page| of(page, "栏目1")).sum();
    assert!(continued >= 1 && heads == continued + 1, "{continued} continued, {heads} heads");
}

#[test]
fn a_tables_title_stays_with_it() {
    for paragraphs in [0, 20, 26, 28, 30, 40] {
        let body = table(9, |i| format!("| {}年 | {} | 说明 | 又一栏 |", 1900 + i, i * 7), 4);
        let body = format!("{}**表1　各年的数值**\n\n{body}", LEAD.repeat(paragraphs));
        let (_, pages) = rendered(&report("", &body));
        let titled = pages.iter().position(|page| text(page).contains("表1各年的数值"));
        let headed = pages.iter().position(|page| text(page).contains("栏目1"));
        assert_eq!(titled, headed, "after {paragraphs} paragraphs");
        assert!(titled.is_some());
    }
}

#[test]
fn many_key_points_break_over_pages() {
    let points = numbered(60, |i| format!("第{i}个要点说的是一件重要的事情。"));
    let body = points.iter().fold(String::new(), |out, point| out + &format!("- {point}\n"));
    stands_in_order(&report("", &format!("{body}\n{LEAD}")), &points, 5);
}

#[test]
fn a_matrix_of_many_rows_breaks() {
    let project = report(
        "",
        &format!(
            "{LEAD}```chart\nkind: matrix\ntitle: 题\nalt: 文\ndata: charts/d.csv\nx: 项\ny: [甲, 乙]\n```"
        ),
    );
    let rows = numbered(60, |i| format!("第{i}项"));
    let data = rows
        .iter()
        .fold("项,甲,乙\n".to_owned(), |out, row| out + &format!("{row},甲{row},乙{row}\n"));
    project.write("content/charts/d.csv", data);
    stands_in_order(&project, &rows, 6);
}

#[test]
fn each_note_begins_on_the_page_of_its_mark() {
    let mut body = String::new();
    for i in 1..=40 {
        _ = write!(
            body,
            "第{i}段开头，{}看脚注{i}到哪里[^{i}]。\n\n",
            "写些文字占满几行版面。".repeat(7)
        );
    }
    (1..=40).for_each(|i| _ = writeln!(body, "[^{i}]: 脚注{i}的说明就在这里，不长。\n"));
    let (_, pages) = rendered(&report("", &body));
    let page_of = |word: &str| pages.iter().position(|page| text(page).contains(word));
    for i in 1..=40 {
        let (mark, note) = (page_of(&format!("看脚注{i}到")), page_of(&format!("脚注{i}的说明")));
        assert!(mark.is_some() && mark == note, "{i}: {mark:?}, {note:?}");
    }
}

#[test]
fn what_has_no_break_stays_in_its_column() {
    let name = "a_very_long_identifier_that_never_ends_in_code_font_and_more".repeat(2);
    let letters = "abcdefghijklmnopqrstuvwxyz".repeat(3);
    let address = "https://www.example.com/zh-cn/documents/2024/annual-report/section-three/appendix-b/table.html";
    let body = format!("{LEAD}这里有`{name}`一个，还有{letters}这些字母，<{address}>就是这样。");
    let (_, pages) = rendered(&report("", &body));
    let all: String = pages.iter().map(text).collect();
    for whole in [&name, &letters, address] {
        assert!(all.contains(whole), "{whole} is not whole:\n{all}");
    }
    // Two columns of 230 points behind an outer margin of 51 points.
    for glyph in pages[1].glyphs.iter().filter(|glyph| glyph.y > 270.0 && glyph.y < 740.0) {
        let x = glyph.x - 51.0;
        assert!(x < 231.0 || (250.0..484.0).contains(&x), "{glyph:?}");
    }
}

#[test]
fn a_table_of_ten_columns_keeps_its_cells_apart() {
    let cells = "| 10%～20%/2～4h ".repeat(10);
    let body = table(6, |_| format!("{cells}|"), 10);
    let (run, pages) = rendered(&report("", &format!("{LEAD}{body}")));
    assert!(run.stderr.is_empty() || !run.stderr.contains("error"), "{}", run.stderr);
    let all: String = pages.iter().map(text).collect();
    assert_eq!(all.matches("2～4h").count(), 60);
}

#[test]
fn a_long_caption_stands_over_its_drawing() {
    let caption = "这是一条很长的图题，".repeat(14);
    let project = report(
        "",
        &format!(
            "{LEAD}```chart\nkind: bar\ntitle: {caption}末\nalt: 文\ndata: charts/d.csv\nx: 县\ny: 值\n```"
        ),
    );
    project.write("content/charts/d.csv", "县,值\n甲县,10\n乙县,20\n");
    let (_, pages) = rendered(&project);
    let glyph = |word: &str| pages[1].glyphs.iter().rfind(|glyph| glyph.text == word).expect("it");
    assert!(glyph("末").y + 4.0 < glyph("甲").y, "the title reaches the first bar");
}

#[test]
fn a_part_that_misses_its_pages_is_told_the_truth() {
    let body = table(80, |i| format!("| {}年 | {} |", 1900 + i, i * 7), 2);
    let (run, _) = rendered(&report("pages: 3\n", &format!("{LEAD}{body}")));
    assert!(run.stderr.contains("fills only 2 pages of its 3: short by"), "{}", run.stderr);
}

#[test]
fn headings_under_each_other_keep_one_gap_and_columns_start_at_one_height() {
    let body = format!("{}## 小标题\n\n### 更小的标题\n\n{}", LEAD.repeat(40), LEAD.repeat(30));
    let (_, pages) = rendered(&report("", &body));
    let page = pages.iter().find(|page| text(page).contains("更小的标题")).expect("a page");
    let y = |word: &str| {
        page.glyphs.iter().find(|glyph| glyph.text == word && glyph.size > 11.0).expect("it").y
    };
    assert!((y("更") - y("小") - 17.0).abs() < 0.5, "{} {}", y("小"), y("更"));
    let top = |left: bool| {
        let text =
            page.glyphs.iter().filter(|g| g.size == 10.0 && (g.x < 298.0) == left && g.y > 60.0);
        text.map(|glyph| glyph.y).fold(f64::MAX, f64::min)
    };
    assert!((top(true) - top(false)).abs() < 0.5, "{} {}", top(true), top(false));
}

#[test]
fn bullets_are_as_black_as_the_text() {
    let (_, pages) = rendered(&report("", &format!("{LEAD}- 甲\n- 乙\n")));
    let bullets: Vec<_> = pages[1].glyphs.iter().filter(|glyph| glyph.text == "•").collect();
    assert_eq!(bullets.len(), 2);
    assert!(bullets.iter().all(|bullet| bullet.size == 10.0));
}
