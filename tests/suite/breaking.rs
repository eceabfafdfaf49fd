//! Blocks that go on over columns and pages, where figures leave these little room: no line of them is
//! lost, and what ends level leaves no blank page behind it.

use std::fmt::Write as _;

use crate::project::Project;
use testkit::pdf::File;

/// A report of one part.
fn report(settings: &str, part: &str, text: &str) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!(
            "title: 试验\npublisher: {{name: 机构}}\ndate: 2025-01\nparts: [{part}]\n{settings}\n"
        ),
    );
    project.write("content/charts/a.csv", "年份,容量\n2021,10\n2022,16\n2023,20\n");
    project.write(&format!("content/{part}"), format!("---\ntitle: 断开\n---\n\n{text}\n"));
    project
}

/// The pages' characters, without spaces.
fn printed(project: &Project) -> (usize, String) {
    project.run(&["render", "o.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages();
    let text =
        pages.iter().flat_map(|page| page.glyphs.iter().flat_map(|glyph| glyph.text.chars()));
    (pages.len(), text.filter(|c| !cjk::is_invisible(*c) && !c.is_whitespace()).collect())
}

/// A chart of this height in millimetres.
fn chart(height: usize) -> String {
    format!(
        "```chart\nkind: bar\ntitle: 容量\ndata: charts/a.csv\nx: 年份\ny: 容量\nheight: {height}mm\nalt: 逐年增长\n```\n\n"
    )
}

/// Texts of one to four lines.
fn sentences(name: &str, count: usize) -> Vec<String> {
    let more = |at: usize| "再写一句，凑成几行，好让它从这一页走到下一页去。".repeat(1 + at % 3);
    let one =
        |at| format!("{name}第{at}段说的是一件平常的事，写得不长不短，前后相接。{}", more(at));
    (0..count).map(one).collect()
}

const A5: &str = "template: paper\ntrim: [148mm, 210mm]\ncolumns: 1";

#[test]
fn a_block_loses_no_line_on_a_page_that_a_figure_leaves_little_of() {
    type Drawn = fn(&[String]) -> String;
    let blocks: [(&str, Drawn); 3] = [
        ("框内", |texts| format!("::: {{.box title=\"专栏\"}}\n{}\n:::\n", texts.join("\n\n"))),
        ("条内", |texts| texts.iter().map(|text| format!("- {text}\n")).collect()),
        ("引内", |texts| texts.iter().map(|text| format!("> {text}\n>\n")).collect()),
    ];
    for (name, drawn) in blocks {
        let texts = sentences(name, 7);
        for height in [120, 126, 132, 138, 144] {
            let block = drawn(&texts);
            let text = format!("正文一段，写在前面。\n\n{}{block}\n末一段。\n", chart(height));
            let (_, printed) = printed(&report(A5, "chapters/a.md", &text));
            // Heads, folios and the chart stand between its lines.
            let all: String = texts.concat();
            let lost = |c: &char| printed.matches(*c).count() < all.matches(*c).count();
            let lost: String = all.chars().filter(lost).collect();
            assert!(lost.is_empty(), "{name}, {height} mm: {lost} in {printed}");
        }
    }
}

#[test]
fn lines_stay_together_where_nothing_is_lost() {
    let text = format!("正文一段。\n\n{}{}\n", chart(60), sentences("框外", 7).join("\n\n"));
    let project = report(A5, "chapters/a.md", &text);
    project.run(&["data", "d"]).ok();
    let plan = project.read("d/data/plans/a.json");
    assert!(!plan.contains("loose"), "{plan}");
    let list: String = sentences("条内", 7).iter().map(|text| format!("- {text}\n")).collect();
    let text = format!("正文一段，写在前面。\n\n{}{list}\n末一段。\n", chart(138));
    let project = report(A5, "chapters/a.md", &text);
    project.run(&["data", "d"]).ok();
    let plan = project.read("d/data/plans/a.json");
    assert!(plan.contains("\"loose\": true"), "{plan}");
}

#[test]
fn columns_that_find_no_room_to_end_level_leave_no_blank_page() {
    for count in 19..=23 {
        let mut text = "正文一行。\n\n".repeat(count);
        text.push_str("## 小标题一\n\n### 小标题二\n\n| 甲 | 乙 |\n|---|---|\n");
        for row in 0..20 {
            writeln!(text, "| {row} | 二 |").expect("a string");
        }
        text.push_str(": 表题\n");
        let (pages, printed) = printed(&report("template: report", "trends/a.md", &text));
        assert!(pages <= 2 && printed.contains("小标题二"), "{count} paragraphs: {pages} pages");
    }
}

/// Its lost lines would hold the ends of tags, which the exporter misses.
#[test]
fn a_report_on_a_small_page_is_tagged() {
    let project = Project::empty();
    project.run(&["new", "x", "--template", "paper", "--lang", "en"]).ok();
    project.edit("x/content/report.yaml", "[210mm, 297mm]", "[105mm, 148mm]");
    project.run(&["render", "o.pdf", "--project", "x"]).ok();
}
