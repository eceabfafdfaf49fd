//! The template `paper`, and the reports that `new` writes.

use testkit::pdf::{File, Page};
use trendpress::reading::starter::{LANGUAGES, Starter, TEMPLATES};

use crate::project::{Project, begins};

/// The white paper that `new` writes.
fn paper(language: &str) -> Project {
    let project = Project::empty();
    let starter = Starter::of("paper", language).expect("a starter");
    starter.write(project.path()).expect("a report");
    project
}

fn render(project: &Project) -> Vec<Page> {
    project.run(&["render", "o.pdf"]).ok();
    File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages()
}

/// The text of a page without spaces.
fn squeezed(page: &Page) -> String {
    page.text().replace([' ', '\n', '\u{2003}', '\u{3000}'], "")
}

/// Where a text begins on a page, in shares of its width and height.
fn place(pages: &[Page], text: &str) -> (usize, f64, f64) {
    let found = pages.iter().enumerate().find_map(|(at, page)| {
        let glyph = begins(page, text, |_| true)?;
        Some((at + 1, glyph.x / page.size.0, glyph.y / page.size.1))
    });
    found.unwrap_or_else(|| panic!("{text} is on no page"))
}

#[test]
fn new_reports_of_each_template_and_language_are_whole_and_clean() {
    for template in TEMPLATES {
        for language in LANGUAGES {
            let project = Project::empty();
            let run =
                project.run(&["new", "mine", "--template", template, "--lang", language]).ok();
            let named = run.stderr.lines().find_map(|line| {
                Some(line.split('`').find(|word| word.ends_with("01-first.md"))?.to_owned())
            });
            let named = named.unwrap_or_else(|| panic!("{}", run.stderr));
            assert!(project.join(&named).is_file(), "{named}");
            assert!(
                project.read("mine/content/report.yaml").contains(&format!("template: {template}"))
            );
            assert!(
                project.read("mine/content/report.yaml").contains(&format!("lang: {language}"))
            );
            let run = project.run(&["check", "--project", "mine"]).ok();
            assert!(run.stdout.is_empty() || !run.stdout.contains("TP"), "{}", run.stdout);
            assert!(
                !run.stderr.contains("warning[") && !run.stderr.contains("警告["),
                "{}",
                run.stderr
            );
            project.run(&["render", "o.pdf", "--project", "mine", "--fit", "strict"]).ok();
            let pages = File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages();
            assert!(pages.len() >= 10, "{template} {language}: {} pages", pages.len());
            let chinese = pages.iter().any(|page| page.text().contains("参考文献"));
            assert_eq!(chinese, language == "zh", "{template} {language}");
            // In print there is nothing to tell but that its pages fill no sheet.
            let run =
                project.run(&["render", "p.pdf", "--project", "mine", "--profile", "press"]).ok();
            let told =
                run.stderr.matches("warning:").count() + run.stderr.matches("警告：").count();
            let sheets = run.stderr.matches("H3-page-count").count();
            assert_eq!(told, sheets, "{template} {language}: {}", run.stderr);
        }
    }
}

#[test]
fn an_aside_stands_in_the_margin_where_there_is_room_for_it() {
    for (language, aside, text) in
        [("zh", "旁注写", "上座率按整点"), ("en", "Anasidestands", "Occupancyiscounted")]
    {
        for (trim, columns, beside) in [
            ("[210mm, 297mm]", 1, true),
            ("[8.5in, 11in]", 1, true),
            ("[297mm, 420mm]", 1, true),
            ("[185mm, 260mm]", 1, false),
            ("[148mm, 210mm]", 1, false),
            ("[210mm, 297mm]", 2, false),
        ] {
            let project = paper(language);
            project.edit("content/report.yaml", "[210mm, 297mm]", trim);
            project.edit("content/report.yaml", "columns: 1", &format!("columns: {columns}"));
            // It keeps to its page whichever page that is.
            for spread in ["", "pages: 2\n"] {
                let chapter = project.read("content/chapters/01-first.md");
                if !spread.is_empty() {
                    let front = chapter.replacen("---\n", &format!("---\n{spread}"), 1);
                    project.write("content/chapters/01-first.md", front);
                }
                let pages = render(&project);
                let what = format!("{language} {trim} {columns} {spread}");
                let (page, x, y) = place(&pages, aside);
                let (text_page, text_x, text_y) = place(&pages, text);
                assert_eq!(page, text_page, "{what}");
                let outside = if page % 2 == 0 { x < text_x - 0.1 } else { x > text_x + 0.4 };
                assert_eq!(outside, beside, "{what}: the aside at {x:.2}, the text at {text_x:.2}");
                if beside {
                    assert!((y - text_y).abs() < 0.03, "{what}: at {y:.3} and {text_y:.3}");
                    assert!(x > 0.03, "{what}");
                }
            }
        }
    }
}

/// A chapter with asides of some lengths, each before a paragraph of some length.
fn crowded(lengths: &[(usize, usize)]) -> String {
    let mut out = "---\ntitle: 旁注很多的一章\n---\n\n".to_owned();
    for (at, (aside, text)) in lengths.iter().enumerate() {
        let said = "数到这里为止再数一遍，".repeat(*aside);
        out += &format!(
            "::: aside\n第{at}注{said}完。\n:::\n\n第{at}段{}完。\n\n",
            "正文一直写下去，".repeat(*text)
        );
    }
    out
}

#[test]
fn many_asides_keep_apart_and_lose_nothing() {
    for lengths in [
        vec![(1, 2); 30],
        vec![(6, 40); 8],
        vec![(2, 30), (20, 2), (2, 2), (1, 60), (9, 1), (9, 1), (3, 80), (30, 4)],
        vec![(1, 90), (1, 88), (12, 1)],
    ] {
        let project = paper("zh");
        project.write("content/chapters/02-second.md", crowded(&lengths));
        let settings = "title: 试验\npublisher: {name: 机构}\ndate: 2025-01\ntemplate: paper\nparts: [chapters/02-second.md]\n";
        project.write("content/report.yaml", settings);
        // Text that stands over other text, or runs off its page, is an error.
        project.run(&["render", "o.pdf"]).ok();
    }
}

#[test]
fn running_heads_name_the_section_and_the_contents_go_to_it() {
    let project = paper("zh");
    let long = "这一节写得很长，一页放不下，所以下一页的书眉上还有它的名字。".repeat(120);
    project.write(
        "content/chapters/02-second.md",
        format!("---\ntitle: 很长的一章\nshort-title: 长章\n---\n\n## 甲节 {{#sec-advice}}\n\n{long}\n\n### 细目\n\n{long}\n\n## 乙节\n\n{long}\n"),
    );
    let pages = render(&project);
    let head = |page: &Page| -> String {
        let high = |glyph: &&testkit::pdf::Glyph| glyph.y < page.size.1 * 25.0 / 297.0;
        page.glyphs.iter().filter(high).map(|glyph| glyph.text.as_str()).collect()
    };
    let opens = |page: &Page| {
        squeezed(page).contains("很长的一章") && squeezed(page).contains("这一节写得很长")
    };
    let first = pages.iter().position(opens).expect("the chapter");
    let mut seen = vec![];
    for (at, page) in
        pages.iter().enumerate().skip(first + 1).take_while(|(_, page)| !head(page).is_empty())
    {
        let head = head(page).replace([' ', '\u{2003}', '\u{3000}'], "");
        match at % 2 {
            // A left-hand page, whose number is even.
            1 => assert!(head.contains("白皮书") && !head.contains("节"), "{head}"),
            _ => {
                assert!(head.contains("第2章长章") && !head.contains("细目"), "{head}");
                seen.extend(
                    ["2.1甲节", "2.2乙节"].into_iter().filter(|section| head.contains(section)),
                );
            }
        }
    }
    seen.dedup();
    assert_eq!(seen, ["2.1甲节", "2.2乙节"]);
    let contents =
        pages.iter().map(squeezed).find(|text| text.starts_with("目录")).expect("the contents");
    assert!(contents.contains("2.1甲节") && !contents.contains("细目"), "{contents}");
}

#[test]
fn pages_are_full_though_figures_do_not_fit_and_notes_stand_at_their_feet() {
    for trim in ["[210mm, 297mm]", "[185mm, 260mm]"] {
        let project = paper("zh");
        project.edit("content/report.yaml", "[210mm, 297mm]", trim);
        let settings = project.read("content/report.yaml");
        let parts = settings.lines().find(|line| line.starts_with("parts:")).expect("parts");
        project.edit("content/report.yaml", parts, "parts: [chapters/02-second.md]");
        project.edit("content/report.yaml", "glossary: glossary.yaml\n", "");
        let mut text = "---\ntitle: 图多的一章\n---\n\n".to_owned();
        for at in 0..6 {
            let said = "这一段文字排在图的前后，填满每一页。".repeat(9 + 4 * at);
            text += &format!("{said}[^{at}]\n\n[^{at}]: 页脚的注{at}。\n\n");
            text += &format!(
                "```chart\nkind: bar\ntitle: 费用第{at}图\ndata: data/cost.csv\nx: 项目\ny: 费用\nalt: 条形图\n```\n\n"
            );
        }
        project.write("content/chapters/02-second.md", text);
        let pages = render(&project);
        assert!(pages.len() > 4, "{trim}");
        let (last, whole) = pages.split_last().expect("pages");
        for (at, page) in whole.iter().enumerate() {
            let foot = page.size.1 * (1.0 - 26.0 / 297.0);
            let lowest =
                page.glyphs.iter().map(|glyph| glyph.y).filter(|y| *y < foot).fold(0.0, f64::max);
            assert!(lowest > foot - 5.0 * 18.0, "{trim}: page {} ends at {lowest:.0}", at + 1);
        }
        // A note is the lowest on its page, below what floats there.
        for page in whole.iter().chain([last]) {
            let pages = std::slice::from_ref(page);
            if !squeezed(page).contains("页脚的注") {
                continue;
            }
            let note = place(pages, "页脚的注").2;
            for words in ["费用第", "桌椅"].into_iter().filter(|word| squeezed(page).contains(word))
            {
                assert!(place(pages, words).2 < note, "{trim}: {words}");
            }
        }
    }
}

#[test]
fn every_kind_of_part_is_set_on_every_page() {
    let kinds = "cover, imprint.md, foreword.md, summary.md, contents, list-of-figures, list-of-tables, divider.md, \
                 chapters/*.md, references, glossary.md, appendices/*.md, index, insert.md, colophon.md, back-cover";
    let trims =
        ["[210mm, 297mm]", "[185mm, 260mm]", "[148mm, 210mm]", "[297mm, 210mm]", "[8.5in, 11in]"];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        for (number, trim) in trims.into_iter().enumerate() {
            let project = paper(language);
            let settings = project.read("content/report.yaml");
            let parts = settings
                .lines()
                .find(|line| line.starts_with("parts:"))
                .expect("the parts")
                .to_owned();
            project.edit("content/report.yaml", &parts, &format!("parts: [{kinds}]"));
            project.edit("content/report.yaml", "[210mm, 297mm]", trim);
            let columns = format!("columns: {}", 1 + (at + number) % 3);
            project.edit("content/report.yaml", "columns: 1", &columns);
            project.write("content/foreword.md", "---\ntitle: 序 Preface\n---\n\n前言一段。\n");
            project.write("content/divider.md", "---\ntitle: 上 Before\n---\n\n篇首的一段话。\n");
            project.write(
                "content/insert.md",
                "---\ntitle: 合作机构 A partner\nclaim: 主张\nurl: https://example.org/\n\
                 codes:\n  - {label: 网站, url: \"https://example.org/\"}\n---\n\n介绍。\n",
            );
            let pages = render(&project);
            assert!(pages.len() > 12, "{language} {trim}");
            let text: String = pages.iter().map(squeezed).collect();
            for word in ["序Preface", "上Before", "篇首的一段话", "合作机构Apartner", "主张"]
            {
                assert!(text.contains(word), "{language} {trim}: {word}");
            }
        }
    }
}

#[test]
fn a_trend_in_a_paper_is_refused_at_its_line() {
    let project = paper("zh");
    project.write("content/trends/01-a.md", "---\ntitle: 趋势\n---\n\n正文。\n");
    project.edit("content/report.yaml", "chapters/*.md", "chapters/*.md, trends/*.md");
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("content/report.yaml:"), "{}", run.stderr);
}
