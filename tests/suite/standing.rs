//! What stands with what: a heading with its text, the parts of a table on pages of their own, turned
//! tables alone on their pages, the figures of a section behind its heading.

use testkit::pdf::{Glyph, Page};

use crate::floats::{chapter, pages, paragraphs, place};
use crate::project::begins;

/// A table of so many rows.
fn table(rows: usize, title: &str) -> String {
    let row = |at: usize| format!("| 行{at} | {} | 各年的口径相同，所以可以逐行比较 |\n", at * 7);
    let rows: String = (0..rows).map(row).collect();
    format!("| 项 | 数 | 说明 |\n|---|---|---|\n{rows}: {title}\n\n")
}

#[test]
fn a_heading_goes_along_where_a_note_sends_its_text_to_the_next_page() {
    let settings = "template: report\ntrim: [148mm, 210mm]\ncolumns: 2";
    let last =
        "末段的话有七八行长，所以要讲得长一些。版面有大有小，次序只有一个，读到哪里图就在哪里，不必翻来翻去。"
            .repeat(4);
    let note = "注文要占两三行，所以写得长一些，说明口径和来源。".repeat(3);
    for before in [10, 11, 12] {
        for filled in [1, 3] {
            for first in ["", "- ", "> "] {
                let text = format!(
                    "{}{}{}{}。\n\n## 末节题\n\n{first}{last}注在这里[^a]。版面有大有小，次序只有一个。\n\n[^a]: {note}",
                    paragraphs("子", 3),
                    table(6, "各行一览"),
                    paragraphs("丑", before),
                    "字".repeat(40 * filled),
                );
                let pages = pages(&chapter(settings, &text));
                let (heading, own) = (place(&pages, 2, "末节题"), place(&pages, 2, "末段的话"));
                assert_eq!(
                    (heading.0, heading.1),
                    (own.0, own.1),
                    "{before} paragraphs, {filled}, `{first}`: {heading:?}, {own:?}"
                );
            }
        }
    }
}

#[test]
fn a_table_goes_on_on_another_page() {
    for rows in 16..=22 {
        let text =
            format!("![图题](figures/a.svg)\n\n{}{}", table(rows, "各行一览"), paragraphs("子", 2));
        let project = chapter("template: paper\ntrim: [148mm, 210mm]\ncolumns: 2", &text);
        project.write(
            "content/figures/a.svg",
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 500" width="1000" height="500"><rect width="1000" height="500" fill="#1F5C99"/></svg>"##,
        );
        for (at, page) in pages(&project).iter().enumerate() {
            let pieces = page.text().replace(char::is_whitespace, "");
            let pieces = pieces.matches("各行一览").count();
            assert!(pieces < 2, "{rows} rows: {pieces} parts on page {}", at + 1);
        }
    }
}

/// Whether a page has text that is turned, and text of the content that is not.
fn kinds(page: &Page) -> (bool, bool) {
    let area = |glyph: &&Glyph| glyph.y > page.size.1 * 0.085 && glyph.y < page.size.1 * 0.93;
    let glyphs: Vec<&Glyph> = page.glyphs.iter().filter(area).collect();
    let turned = begins(page, "宽表", |_| true).is_some();
    let upright = glyphs.windows(2).any(|two| {
        // Two characters of a line stand at one height.
        "段说的是先后读到哪里次序只有一个不必翻来去".contains(two[0].text.as_str())
            && !two[0].text.is_empty()
            && (two[0].y - two[1].y).abs() < 0.1
    });
    (turned, upright)
}

#[test]
fn no_line_stands_beside_a_table_that_is_turned() {
    let wide = |name: &str| {
        let head: String = (0..9).map(|at| format!(" 指标{at}（万元） |")).collect();
        let row = |at: usize| -> String {
            let cells: String = (0..9).map(|of| format!(" {} |", at * 7 + of * 1000)).collect();
            format!("| 行{at} |{cells}\n")
        };
        let rows: String = (0..4).map(row).collect();
        format!("| 项 |{head}\n{}|\n{rows}: {name} {{landscape=true}}\n\n", "|---".repeat(10))
    };
    for (settings, before, between) in [
        ("template: report\ncolumns: 3", 11, 15),
        ("template: report\ncolumns: 3\ntrim: [148mm, 210mm]", 3, 7),
        ("template: report\ncolumns: 1\ntrim: [148mm, 210mm]\nfloats: here", 3, 15),
        ("template: paper\ncolumns: 2\ntrim: [185mm, 260mm]", 4, 9),
    ] {
        let text = format!(
            "{}{}{}{}{}## 第二节\n\n{}{}{}",
            paragraphs("子", before),
            wide("宽表甲"),
            paragraphs("丑", between),
            wide("宽表乙"),
            paragraphs("寅", before),
            paragraphs("卯", between),
            wide("宽表丙"),
            paragraphs("辰", 2),
        );
        let pages = pages(&chapter(settings, &text));
        let turned = pages.iter().filter(|page| kinds(page).0).count();
        assert_eq!(turned, 3, "{settings}");
        assert!(pages.iter().any(|page| kinds(page).1), "{settings}");
        for (at, page) in pages.iter().enumerate() {
            assert_ne!(kinds(page), (true, true), "{settings}: page {}", at + 1);
        }
    }
}

#[test]
fn figures_without_text_stand_behind_their_heading_in_several_columns() {
    let chart =
        "```chart\nkind: line\ntitle: 图题甲\ndata: charts/a.csv\nx: 年份\ny: 容量\n```\n\n";
    let one = "![图题乙](figures/a.svg)\n\n";
    for settings in [
        "template: paper\ncolumns: 2",
        "template: paper\ncolumns: 3",
        "template: report\ncolumns: 2\ntrim: [185mm, 260mm]",
    ] {
        for before in [0, 2, 6] {
            for (figures, after) in [
                (format!("{chart}{one}"), ""),
                (format!("{chart}{one}![图题丙](figures/b.svg){{.here}}\n\n"), "末文"),
            ] {
                let text = format!(
                    "{}## 首节题\n\n{figures}{}## 次节题\n\n{}",
                    paragraphs("子", before),
                    if after.is_empty() { String::new() } else { paragraphs(after, 2) },
                    paragraphs("丑", 4)
                );
                let pages = pages(&chapter(settings, &text));
                let at = |text: &str| {
                    // Running heads are left out of the page's own text.
                    let (page, column, y) = place(&pages, 1, text);
                    let x = begins(&pages[page - 1], text, |glyph| {
                        glyph.y > pages[page - 1].size.1 * 0.085
                    });
                    let column = x.map_or(column, |glyph| {
                        let share = if settings.contains("columns: 3") { 3.0 } else { 2.0 };
                        (glyph.x / pages[page - 1].size.0 * share) as usize
                    });
                    (page, column, y)
                };
                let (heading, first, second) = (at("首节题"), at("图题甲"), at("图题乙"));
                assert!(
                    heading < first && first < second,
                    "{settings}, {before}: {heading:?}, {first:?}, {second:?}"
                );
            }
        }
    }
}

#[test]
fn a_table_stands_below_the_text_before_it_where_a_part_begins() {
    let settings = "template: paper\ntrim: [185mm, 260mm]\ncolumns: 1";
    for before in [1, 2, 4] {
        let text =
            format!("{}{}{}", paragraphs("子", before), table(5, "清单"), paragraphs("丑", 2));
        let pages = pages(&chapter(settings, &text));
        let last = format!("子第{}段", before - 1);
        let (last, own, next) =
            (place(&pages, 1, &last), place(&pages, 1, "清单"), place(&pages, 1, "丑第0段"));
        assert!(last < own && own < next, "{before}: {last:?}, {own:?}, {next:?}");
    }
}

#[test]
fn columns_with_high_pictures_leave_no_lines_for_another_page() {
    let settings = "template: report\ntrim: [297mm, 420mm]\ncolumns: 3\nfloats: here";
    for height in [600, 800] {
        let text = format!(
            "{}![图题甲](figures/b.svg)\n\n{}![图题乙](figures/a.svg)\n\n{}",
            paragraphs("子", 14),
            paragraphs("丑", 2),
            paragraphs("寅", 6)
        );
        let project = chapter(settings, &text);
        for (name, height) in [("a", height), ("b", 300)] {
            project.write(
                &format!("content/figures/{name}.svg"),
                format!(
                    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 {height}" width="400" height="{height}"><rect width="400" height="{height}" fill="#1F5C99"/></svg>"##
                ),
            );
        }
        // All of it takes three quarters of a page.
        assert_eq!(pages(&project).len(), 1, "{height}");
    }
}
