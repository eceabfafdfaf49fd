//! The built-in template on any page: trims from A5 to A3, one to three columns, titles of any
//! length, any number of codes and parts.

use std::fmt::Write as _;

use crate::project::Project;
use testkit::pdf::{File, Glyph, Page};

const MM: f64 = 72.0 / 25.4;

/// Trims in millimetres, upright and landscape.
const TRIMS: [(u32, u32); 9] = [
    (148, 210),
    (210, 148),
    (170, 240),
    (185, 260),
    (210, 285),
    (216, 279),
    (297, 210),
    (297, 420),
    (420, 297),
];

const FIRST: &str = "content/trends/01-first.md";
const SECOND: &str = "content/trends/02-second.md";

/// The starter at a trim. Its parts take the pages that they need.
fn starter((width, height): (u32, u32), columns: u32) -> Project {
    let project = Project::starter();
    project.edit(
        "content/report.yaml",
        "trim: [210mm, 285mm] ",
        &format!("trim: [{width}mm, {height}mm]\ncolumns: {columns} "),
    );
    for file in [FIRST, SECOND] {
        let text = project.read(file);
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("pages:")).collect();
        project.write(file, lines.join("\n") + "\n");
    }
    project
}

/// The pages of a report that renders; a part may miss its budget, all else is sound.
fn pages(project: &Project, what: &str) -> Vec<Page> {
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(0), "{what}:\n{}", run.stderr);
    let told = run.stderr.lines().find(|line| {
        (line.starts_with("warning") && !line.contains("TP0501")) || line.starts_with("error")
    });
    assert_eq!(told, None, "{what}:\n{}", run.stderr);
    File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages()
}

/// Whether two glyphs' bodies lie on each other.
fn meet(a: &Glyph, b: &Glyph) -> bool {
    let across = a.x < b.x + b.advance - 0.5 && b.x < a.x + a.advance - 0.5;
    let (top, foot) = (0.7, 0.0);
    let down = a.y - top * a.size < b.y - foot && b.y - top * b.size < a.y - foot;
    across && down
}

/// Every glyph stands within the trim; but for the covers, within the margins and over the foot.
fn within(pages: &[Page], (width, _): (u32, u32), what: &str) {
    let covers = [0, pages.len() - 1];
    let side = f64::from(width) / 210.0 * 18.0 * MM - 1.0;
    for (at, page) in pages.iter().enumerate() {
        let (width, height) = page.size;
        let number = at + 1;
        let side = if covers.contains(&at) { 5.0 } else { side };
        // What a page shows ends clear of the knife.
        let foot = height - 5.0 * MM;
        for glyph in page.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()) {
            let end = glyph.x + glyph.advance;
            // Marks at a line's end may hang or be trimmed to half their width.
            let inside = glyph.x > side - glyph.size / 2.0 && end < width - side + glyph.size;
            assert!(
                inside && glyph.y < foot,
                "{what}: `{}` on page {number}: {glyph:?}",
                glyph.text
            );
        }
        if !covers.contains(&at) {
            let folio = format!("p{number:02}");
            assert!(page.text().contains(&folio), "{what}: page {number} has no folio");
        }
    }
}

#[test]
fn the_starter_is_right_on_every_trim_and_in_one_to_three_columns() {
    for trim in TRIMS {
        for columns in 1..=3 {
            let what = format!("{trim:?} in {columns}");
            within(&pages(&starter(trim, columns), &what), trim, &what);
        }
    }
}

/// A title of so many characters, none of them a mark.
fn title(count: usize) -> String {
    "没有标点的标题写在这里看它怎样换行会不会碰到大数字".chars().cycle().take(count).collect()
}

#[test]
fn titles_of_any_length_keep_clear_of_all_else() {
    for trim in [(148, 210), (210, 148), (210, 285), (297, 210), (297, 420)] {
        for count in [1, 25, 60, 120] {
            let (project, title) = (starter(trim, 2), title(count));
            let what = format!("{trim:?} with {count} characters");
            project.edit(
                FIRST,
                "title: 用普通文本写报告，把排版交给程序",
                &format!("title: {title}"),
            );
            project.edit(SECOND, "title: 短的一章，只占一页", &format!("title: {title}\npages: 1"));
            for (file, from) in
                [("foreword", "卷首语"), ("insert", "合作机构"), ("colophon", "编写委员会")]
            {
                let to = format!("title: {title}");
                project.edit(&format!("content/{file}.md"), &format!("title: {from}"), &to);
            }
            let settings = "content/report.yaml";
            project.edit(settings, "style: report", &format!("style: report, title: {title}"));
            project.edit(
                settings,
                "title: 2026示例报告",
                &format!("title: {title}2026\nsubtitle: {title}"),
            );
            project.edit(settings, "name: 示例出版机构", &format!("name: {title}"));
            let pages = pages(&project, &what);
            within(&pages, trim, &what);
            // The cover, and the pages on which trends begin: those with a numeral.
            let numeral = |page: &Page, number: &str| {
                let large = |glyph: &&Glyph| glyph.text == number && glyph.size > 30.0;
                page.glyphs.iter().find(large).cloned()
            };
            for number in ["1", "2"] {
                let begins =
                    pages[1..].iter().find_map(|page| Some((page, numeral(page, number)?)));
                let (page, numeral) = begins.expect("a trend");
                for glyph in page.glyphs.iter().filter(|glyph| glyph.size != numeral.size) {
                    assert!(!meet(glyph, &numeral), "{what}: `{}` meets the numeral", glyph.text);
                }
                let label = page.glyphs.iter().find(|glyph| glyph.text == "趋").expect("a label");
                let black =
                    |glyph: &&Glyph| title.contains(&glyph.text) && glyph.font.contains("Black");
                let met = page.glyphs.iter().filter(black).find(|glyph| meet(glyph, label));
                assert!(met.is_none(), "{what}: {met:?} meets the label");
            }
            let cover = &pages[0];
            let year: Vec<_> =
                cover.glyphs.iter().filter(|g| "2026".contains(&g.text) && g.size > 80.0).collect();
            assert_eq!(year.len(), 4, "{what}");
            for glyph in cover.glyphs.iter().filter(|glyph| glyph.size < year[0].size) {
                let met = year.iter().any(|digit| meet(glyph, digit));
                assert!(!met, "{what}: `{}` meets the year", glyph.text);
            }
        }
    }
}

#[test]
fn a_running_head_stays_on_one_line() {
    let project = starter((148, 210), 2);
    project.edit(
        FIRST,
        "title: 用普通文本写报告，把排版交给程序",
        &format!("title: {}", title(90)),
    );
    let pages = pages(&project, "A5");
    let heads = pages.iter().filter(|page| page.text().contains('…'));
    let mut count = 0;
    for page in heads {
        let head: Vec<_> = page.glyphs.iter().filter(|glyph| glyph.y < 40.0).collect();
        assert!(head.iter().all(|glyph| (glyph.y - head[0].y).abs() < 0.1), "{}", page.text());
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn nine_codes_with_long_labels_stand_in_rows() {
    let labels =
        ["示例二维码", "很长的说明文字需要换行才能放得下它", "Documentation and downloads"];
    let mut codes = String::new();
    for i in 0..9 {
        writeln!(codes, "  - {{label: {}, url: \"https://example.org/{i}\"}}", labels[i % 3])
            .expect("text");
    }
    for trim in [(148, 210), (210, 148), (210, 285), (297, 210), (297, 420)] {
        let project = starter(trim, 2);
        let insert = project.read("content/insert.md");
        let (head, rest) = insert.split_once("codes:\n").expect("codes");
        let rest = &rest[rest.find("contact:").expect("contacts")..];
        project.write(
            "content/insert.md",
            format!("{head}codes:\n{codes}{rest}").replace("pages: 1\n", ""),
        );
        let back = "    - {label: 示例二维码, url: \"https://example.org/\"}\n";
        project.edit("content/report.yaml", back, &codes.replace("  - ", "    - "));
        let what = format!("{trim:?}");
        let pages = pages(&project, &what);
        within(&pages, trim, &what);
        let last = pages.last().expect("a back cover");
        // A code's modules are bars on a white square: no square leaves the measure or meets another.
        let squares: Vec<_> = last
            .shapes
            .iter()
            .filter(|shape| {
                (shape.width - shape.height).abs() < 0.1
                    && shape.width > 50.0
                    && shape.width < 200.0
            })
            .collect();
        assert_eq!(squares.len(), 9, "{what}");
        for (at, a) in squares.iter().enumerate() {
            assert!(a.x > 20.0 && a.x + a.width < last.size.0 - 20.0, "{what}: {a:?}");
            assert!(a.y > 0.0, "{what}: {a:?}");
            let apart = |b: &testkit::pdf::Shape| {
                a.x + a.width < b.x
                    || b.x + b.width < a.x
                    || a.y + a.height < b.y
                    || b.y + b.height < a.y
            };
            assert!(squares[at + 1..].iter().all(|b| apart(b)), "{what}");
        }
    }
}

#[test]
fn sixty_trends_are_listed_with_their_pages() {
    let project = starter((148, 210), 2);
    for i in 3..=102 {
        let long = if i % 7 == 0 { title(40) } else { String::new() };
        let text = format!("---\ntitle: 第{i}个题目{long}\n---\n\n正文一段。\n");
        project.write(&format!("content/trends/{i:03}-more.md"), text);
    }
    let pages = pages(&project, "A5");
    within(&pages, (148, 210), "A5");
    let listed: String = pages.iter().take(30).map(Page::text).collect();
    let listed = listed.replace([' ', '\n'], "");
    let mut found = 0;
    for (at, page) in pages.iter().enumerate() {
        let numeral: String = page
            .glyphs
            .iter()
            .filter(|glyph| glyph.size > 60.0)
            .map(|glyph| glyph.text.as_str())
            .collect();
        let Ok(number) = numeral.parse::<usize>() else { continue };
        if number == 2026 {
            continue;
        }
        let text = page.text().replace([' ', '\n'], "");
        let Some(start) = text.find('第').filter(|_| text.contains("个题目")) else { continue };
        let end = start + text[start..].find("个题目").expect("a title") + "个题目".len();
        let title = &text[start..end];
        let rest = listed.find(title).map(|at| &listed[at + title.len()..]).expect("an entry");
        let folio = rest.find('p').map(|at| &rest[at..]).expect("a folio");
        assert!(
            folio.starts_with(&format!("p{:02}", at + 1)),
            "{title} on page {}: {}",
            at + 1,
            &folio[..8]
        );
        found += 1;
    }
    assert_eq!(found, 100);
}

#[test]
fn in_one_column_a_long_table_breaks_where_it_stands() {
    let project = starter((148, 210), 1);
    let mut body = "前面的一段。\n\n| 名称 | 数 |\n|---|---|\n".to_owned();
    for i in 1..=60 {
        writeln!(body, "| 第{i}行 | {i} |").expect("text");
    }
    body += "\n后面的一段。\n";
    project.write(SECOND, format!("---\ntitle: 第二章\n---\n\n{body}"));
    let pages = pages(&project, "A5");
    let text: String = pages.iter().map(Page::text).collect::<String>().replace([' ', '\n'], "");
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(at("前面的一段") < at("第1行") && at("第1行") < at("第60行"));
    assert!(at("第60行") < at("后面的一段"), "the table has moved");
    let with_rows = pages
        .iter()
        .filter(|page| page.text().contains("行") && page.text().contains("名称"))
        .count();
    assert!(with_rows >= 3, "its head is repeated on {with_rows} pages");
}
