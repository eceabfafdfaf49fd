//! Where blocks stand: where they are written, or at the head or foot of a page within their section.

use testkit::pdf::{File, Page};

use crate::project::{Project, begins};

const PICTURE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 160" width="400" height="160"><rect width="400" height="160" fill="#1F5C99"/></svg>"##;

/// A report of one chapter in a template.
pub(super) fn chapter(settings: &str, text: &str) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!("title: 试验\npublisher: {{name: 机构}}\ndate: 2025-01\nparts: [chapters/a.md]\n{settings}\n"),
    );
    for name in ["a", "b", "c"] {
        project.write(&format!("content/figures/{name}.svg"), PICTURE);
    }
    project.write("content/charts/a.csv", "年份,容量\n2021,10\n2022,16\n2023,20\n");
    project.write("content/chapters/a.md", format!("---\ntitle: 次序\n---\n\n{text}\n"));
    project
}

pub(super) fn pages(project: &Project) -> Vec<Page> {
    project.run(&["render", "o.pdf"]).ok();
    File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages()
}

/// Where a text begins: its page from 1, its column, and how far down.
pub(super) fn place(pages: &[Page], columns: usize, text: &str) -> (usize, usize, f64) {
    let found = pages.iter().enumerate().find_map(|(at, page)| {
        // Running heads name sections too.
        let glyph = begins(page, text, |glyph| glyph.y > page.size.1 * 0.085)?;
        let column = if columns == 1 { 0 } else { (glyph.x / page.size.0 * 2.0) as usize };
        Some((at + 1, column, glyph.y))
    });
    found.unwrap_or_else(|| panic!("{text} is on no page"))
}

/// Paragraphs of two sentences, each with its own number.
pub(super) fn paragraphs(name: &str, count: usize) -> String {
    let one = |at: usize| {
        format!(
            "{name}第{at}段说的是图表与文字的先后，读到哪里，图就在哪里。版面有大有小，次序只有一个，所以不必翻来翻去。\n\n"
        )
    };
    (0..count).map(one).collect()
}

const LAYOUTS: [(&str, usize); 4] = [
    ("template: paper", 1),
    ("template: paper\ncolumns: 2", 2),
    ("template: report\ncolumns: 1", 1),
    ("template: report", 2),
];

#[test]
fn a_pinned_block_stands_between_its_paragraphs() {
    let blocks = [
        ("图题甲", "![图题甲](figures/a.svg \"来源：本院\"){.here}"),
        ("图题乙", "![图题乙](figures/b.svg){fig-pos=\"H\"}"),
        (
            "容量连年增长",
            "```chart\nkind: bar\ntitle: 容量连年增长\ndata: charts/a.csv\nx: 年份\ny: 容量\nhere: true\nalt: 逐年增长\n```",
        ),
        ("各年容量", "| 年 | 数 |\n|---|---|\n| 2021 | 3 |\n| 2022 | 5 |\n: 各年容量 {.here}"),
        ("数字一览", "::: {.kpi .here title=\"数字一览\"}\n- 12.5亿元 | 收入\n- 320人 | 员工\n:::"),
        (
            "两图并列",
            "::: {.figures .here}\n![左图](figures/a.svg)\n![右图](figures/c.svg)\n\n两图并列\n:::",
        ),
        ("口径说明", "::: {.note .here title=\"口径说明\"}\n样本截至六月。\n:::"),
    ];
    for (settings, columns) in LAYOUTS {
        for before in [0, 3, 7] {
            let mut text = String::new();
            for (at, (_, block)) in blocks.iter().enumerate() {
                let name = ["子", "丑", "寅", "卯", "辰", "巳", "午"][at];
                text += &paragraphs(name, before + at % 3 + 1);
                text += block;
                text += "\n\n";
            }
            text += &paragraphs("未", 2);
            let project = chapter(settings, &text);
            let pages = pages(&project);
            let mut last = (0, 0, 0.0);
            for (at, (title, _)) in blocks.iter().enumerate() {
                let name = ["子", "丑", "寅", "卯", "辰", "巳", "午"][at];
                for words in [&format!("{name}第0段"), *title] {
                    let found = place(&pages, columns, words);
                    assert!(
                        found > last,
                        "{settings}, {before}: {words} at {found:?}, after {last:?}"
                    );
                    last = found;
                }
            }
            assert!(place(&pages, columns, "未第0段") > last, "{settings}, {before}");
        }
    }
}

#[test]
fn nothing_that_floats_leaves_its_section() {
    let figure = |name: &str| format!("![图题{name}](figures/a.svg \"来源：本院\")\n\n");
    for (settings, columns) in LAYOUTS {
        for before in 1..14 {
            let text = format!(
                "## 第一节\n\n{}{}## 第二节\n\n{}{}{}## 第三节\n\n{}{}## 第四节\n\n{}",
                paragraphs("子", before),
                figure("甲"),
                paragraphs("丑", 2),
                figure("乙"),
                paragraphs("寅", before / 3),
                paragraphs("卯", 5),
                "::: {.kpi title=\"数字一览\"}\n- 12.5亿元 | 收入\n- 320人 | 员工\n:::\n\n",
                paragraphs("辰", 6),
            );
            let project = chapter(settings, &text);
            let pages = pages(&project);
            for (title, next) in
                [("图题甲", "第二节"), ("图题乙", "第三节"), ("数字一览", "第四节")]
            {
                let (page, _, y) = place(&pages, columns, title);
                let (next_page, _, next_y) = place(&pages, columns, next);
                assert!(
                    (page, y) < (next_page, next_y),
                    "{settings}, {before}: {title} on {page} at {y}, {next} on {next_page} at {next_y}"
                );
            }
        }
    }
}

#[test]
fn figures_may_pass_headings_where_the_report_says_so() {
    let text = format!(
        "## 第一节\n\n{}![图题甲](figures/a.svg)\n\n## 第二节\n\n{}",
        paragraphs("子", 9),
        paragraphs("丑", 9)
    );
    let before = |floats: &str| {
        let pages = pages(&chapter(&format!("template: paper\nfloats: {floats}"), &text));
        let (page, _, y) = place(&pages, 1, "图题甲");
        let (next_page, _, next_y) = place(&pages, 1, "第二节");
        (page, y) < (next_page, next_y)
    };
    assert!(before("section"));
    assert!(before("here"));
    assert!(!before("free"));
}

#[test]
fn what_cannot_stand_in_a_column_is_refused_and_its_hint_helps() {
    let wide = "| 甲 | 乙 | 丙 | 丁 | 戊 |\n|---|---|---|---|---|\n| Organisational | Administrative | Infrastructure | Responsibilities | Telecommunications |\n: 很宽 {.here}";
    for (block, from, to) in [
        ("::: {.box .wide .here title=\"宽框\"}\n文字。\n:::", " .wide", ""),
        ("::: {.quote .wide .here name=\"某人\"}\n文字。\n:::", " .here", ""),
        ("![图](figures/a.svg){.bleed .here}", ".bleed ", ""),
        ("::: {.bleed .here}\n![图](figures/a.svg)\n:::", " .here", ""),
        ("::: {.landscape .here}\n文字。\n:::", " .here", ""),
        ("| 甲 |\n|---|\n| 1 |\n: 表 {.here landscape=true}", ".here ", ""),
        (wide, ".here", ".unnumbered"),
    ] {
        let text = format!("{}{block}\n\n{}", paragraphs("子", 2), paragraphs("丑", 2));
        let project = chapter("template: report", &text);
        for command in [&["check"][..], &["render", "o.pdf"]] {
            let run = project.run(command);
            assert_eq!(run.code, Some(1), "{block}: {}", run.stderr);
            assert!(run.stderr.contains("--> content/chapters/a.md:"), "{block}: {}", run.stderr);
            assert!(run.stderr.contains(".here"), "{block}: {}", run.stderr);
        }
        project.edit("content/chapters/a.md", from, to);
        project.run(&["render", "o.pdf"]).ok();
        // One column holds what is as wide as the text.
        let project = chapter("template: paper", &text);
        project.run(&["render", "o.pdf"]).ok();
    }
}

#[test]
fn a_picture_over_a_page_has_a_page_wherever_blocks_stand() {
    for settings in ["floats: here", "floats: section"] {
        let project = chapter(
            settings,
            &format!(
                "{}\n\n::: bleed\n![满版](figures/tall.svg)\n:::\n\n{}",
                paragraphs("前", 1),
                paragraphs("后", 1)
            ),
        );
        project.write(
            "content/figures/tall.svg",
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="90"><rect width="60" height="90" fill="#369"/></svg>"##,
        );
        let pages = pages(&project);
        let shown = |page: &Page| page.text().contains("满版");
        assert_eq!(pages.iter().filter(|page| shown(page)).count(), 1);
        let alone = pages.iter().find(|page| shown(page)).expect("a page");
        assert!(!alone.text().contains('前') && !alone.text().contains('后'), "{}", alone.text());
    }
}

#[test]
fn a_place_that_is_none_is_told() {
    for (text, told) in [
        ("![图](figures/a.svg){fig-pos=\"htbp\"}", "`fig-pos` cannot be `htbp`"),
        ("| 甲 |\n|---|\n| 1 |\n: 表 {tbl-pos=t}", "`tbl-pos` cannot be `t`"),
        ("::: {.kpi fig-pos=b}\n- 3人 | 员工\n:::", "`fig-pos` cannot be `b`"),
        ("![图](figures/a.svg){.her}", "did you mean `.here`?"),
    ] {
        let run = chapter("template: paper", text).run(&["check"]);
        assert!(run.stderr.contains(told), "{text}: {}", run.stderr);
    }
}

#[test]
fn a_figure_follows_the_text_where_the_page_ends_below_it() {
    for (before, after) in [(4, 0), (6, 1), (9, 0), (14, 0)] {
        let text = format!(
            "{}![图题甲](figures/a.svg \"来源：本院\")\n\n{}",
            paragraphs("子", before),
            paragraphs("丑", after)
        );
        let pages = pages(&chapter("template: paper", &text));
        let (page, _, y) = place(&pages, 1, "图题甲");
        let own = &pages[page - 1];
        let above = own.glyphs.iter().filter(|glyph| glyph.y < y - 8.0).map(|glyph| glyph.y);
        let above = above.fold(0.0, f64::max);
        let body = own.size.1 * 0.1;
        // Nothing, or a line of text right above it.
        assert!(above < body || y - above < 60.0, "{before}: {above} and {y} on page {page}");
    }
}

#[test]
fn a_long_table_on_turned_pages_goes_on_under_its_head() {
    let rows: String = (1..=45).map(|row| format!("| 项目{row}号 | {row} | 说明 |\n")).collect();
    for (settings, _) in LAYOUTS {
        for block in [
            format!("::: landscape\n| 名称头 | 数 | 备注 |\n|---|---|---|\n{rows}: 很长的表\n:::"),
            format!(
                "::: landscape\n先说一句。\n\n| 名称头 | 数 | 备注 |\n|---|---|---|\n{rows}\n再说一句。\n:::"
            ),
            format!(
                "::: landscape\n## 横置的标题\n\n| 名称头 | 数 | 备注 |\n|---|---|---|\n{rows}: 很长的表\n:::"
            ),
        ] {
            let text = format!("{}{block}\n\n{}", paragraphs("子", 2), paragraphs("丑", 2));
            let pages = pages(&chapter(settings, &text));
            let with = |words: &str| {
                pages
                    .iter()
                    .filter(|page| page.text().replace(['\n', ' '], "").contains(words))
                    .count()
            };
            assert!(with("名称头") > 1, "{settings}: the head on {} pages", with("名称头"));
            for row in [1, 20, 45] {
                assert_eq!(with(&format!("项目{row}号")), 1, "{settings}: row {row}");
            }
        }
    }
}

#[test]
fn front_matter_has_roman_numbers_and_the_body_begins_with_one() {
    for (settings, first, columns) in [
        ("template: paper\nfront-folios: roman", "i", 1),
        ("template: paper\nfront-folios: roman-capitals", "I", 1),
        ("front-folios: roman", "i", 2),
    ] {
        let project = chapter(
            settings,
            &format!(
                "{}见[@fig-a]{{.page}}。\n\n![图题甲](figures/a.svg){{#fig-a .here}}",
                paragraphs("子", 20)
            ),
        );
        project.edit(
            "content/report.yaml",
            "parts: [",
            "parts: [cover, foreword.md, contents, list-of-figures, ",
        );
        project
            .write("content/foreword.md", "---\ntitle: 前言\ncontents: true\n---\n\n开头的话。\n");
        project.run(&["render", "o.pdf"]).ok();
        let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
        let (pages, labels) = (file.pages(), file.labels());
        assert_eq!(labels[0], first);
        let (body, ..) = place(&pages, columns, "子第0段");
        assert!(body % 2 == 1, "the body begins on a right-hand page: {body}");
        assert!(labels[body - 1].ends_with('1') && !labels[body - 1].contains(first), "{labels:?}");
        assert!(
            labels[..body - 1].iter().all(|label| label.chars().all(|c| "ivxIVX".contains(c))),
            "{labels:?}"
        );
        // Contents, list of figures and references agree with the pages.
        let squeezed: Vec<String> =
            pages.iter().map(|page| page.text().replace(['\n', ' '], "")).collect();
        let (figure, ..) = place(&pages, columns, "图题甲");
        let (figure, _) = if figure < body {
            // The list of figures has it first.
            let own = squeezed
                .iter()
                .enumerate()
                .skip(body - 1)
                .find(|(_, text)| text.contains("图题甲"));
            own.map(|(at, _)| (at + 1, ())).expect("the figure")
        } else {
            (figure, ())
        };
        let printed = figure - body + 1;
        let page = format!("第{printed}页");
        assert!(squeezed[body - 1..].iter().any(|text| text.contains(&page)), "{page}");
        let foreword =
            squeezed.iter().position(|text| text.contains("开头的话")).expect("a foreword");
        let contents = &squeezed[foreword + 1];
        assert!(contents.contains(&labels[foreword]), "{contents}: {}", labels[foreword]);
        assert!(squeezed[foreword].contains(&labels[foreword]), "its folio");
    }
}

#[test]
fn blank_pages_are_told() {
    let project = chapter("template: paper", &paragraphs("子", 3));
    project.write(
        "content/chapters/b.md",
        format!("---\ntitle: 后一章\npages: 4\n---\n\n{}", paragraphs("丑", 60)),
    );
    project.edit(
        "content/report.yaml",
        "chapters/a.md",
        "chapters/a.md, chapters/a2.md, chapters/b.md",
    );
    project.write("content/chapters/a2.md", "---\ntitle: 中间\n---\n\n文字。\n");
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(run.stderr.contains("page 3 is blank"), "{}", run.stderr);
    project.edit("content/report.yaml", "chapters/a2.md, ", "");
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(!run.stderr.contains("blank"), "{}", run.stderr);
}

#[test]
fn the_author_may_break_any_title() {
    for settings in ["template: paper", "template: report"] {
        let project = chapter(settings, &paragraphs("子", 2));
        project.edit("content/report.yaml", "parts: [", "title-lines: [试, 验]\nparts: [cover, ");
        project.edit("content/chapters/a.md", "title: 次序", "title: 次序\ntitle-lines: [次, 序]");
        let pages = pages(&project);
        for (page, first, second) in [(0, "试", "验"), (1, "次", "序")] {
            let at = |words: &str| {
                let large = |glyph: &&testkit::pdf::Glyph| glyph.text == words && glyph.size > 20.0;
                pages[page]
                    .glyphs
                    .iter()
                    .find(large)
                    .map(|glyph| glyph.y)
                    .unwrap_or_else(|| panic!("{settings}: {words}"))
            };
            assert!(at(second) > at(first) + 15.0, "{settings}: page {page}");
        }
        project.edit("content/chapters/a.md", "[次, 序]", "[次, 第]");
        let run = project.run(&["check"]);
        assert!(run.stderr.contains("`title-lines` does not match `title`"), "{}", run.stderr);
    }
}

#[test]
fn one_part_lists_figures_and_tables() {
    for (settings, columns) in LAYOUTS {
        let text = format!(
            "{}![图题甲](figures/a.svg)\n\n| 年 | 数 |\n|---|---|\n| 2021 | 3 |\n: 表题乙\n",
            paragraphs("子", 3)
        );
        let project = chapter(settings, &text);
        project.edit("content/report.yaml", "parts: [", "parts: [lists, ");
        let pages = pages(&project);
        let (figure, table) = (place(&pages, columns, "图题甲"), place(&pages, columns, "表题乙"));
        assert_eq!((figure.0, table.0), (1, 1), "{settings}");
        assert!(figure.2 < table.2, "{settings}");
        assert!(pages[0].text().contains("图表目录"), "{settings}");
        // A list with nothing in it is told.
        project.write("content/chapters/a.md", "---\ntitle: 次序\n---\n\n文字。\n");
        let run = project.run(&["check"]);
        assert!(run.stderr.contains("this list has no entries"), "{}", run.stderr);
    }
}

#[test]
fn a_table_that_nothing_refers_to_stays_with_its_sentence() {
    let table = "| 项 | 数 |\n|---|---|\n| 表里甲 | 3 |\n| 表里乙 | 5 |";
    for (settings, columns) in LAYOUTS {
        for (title, data) in
            [("", false), ("", true), ("**粗体的题**\n\n", false), (": 表题\n\n", false)]
        {
            for before in [3, 7, 11] {
                let block = if data { "```table\ndata: charts/t.csv\n```" } else { table };
                let text = format!(
                    "{}各项如下：\n\n{title}{block}\n\n表后的话。{}",
                    paragraphs("子", before),
                    paragraphs("丑", 8)
                );
                let project = chapter(settings, &text);
                project.write("content/charts/t.csv", "项,数\n表里甲,3\n表里乙,5\n");
                let pages = pages(&project);
                let [lead, cell, next] =
                    ["各项如下", "表里甲", "表后的话"].map(|text| place(&pages, columns, text));
                let order = [lead.0, cell.0, next.0].is_sorted();
                let stays = order
                    && (lead.0, lead.1) <= (cell.0, cell.1)
                    && (cell.0, cell.1) <= (next.0, next.1)
                    && (lead.0 != cell.0 || lead.1 != cell.1 || lead.2 < cell.2)
                    && (next.0 != cell.0 || next.1 != cell.1 || cell.2 < next.2);
                // One that has a title may float.
                assert!(
                    stays || !title.is_empty(),
                    "{settings}, {before}: {lead:?} {cell:?} {next:?}"
                );
            }
        }
    }
}
