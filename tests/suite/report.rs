//! Tests of the 2025 report's PDF against its page map, its typography and its standards.

use std::sync::LazyLock;

use crate::project::Project;
use crate::specimen::{MAP, TRENDS, at_hand, reports, specimen};
use testkit::pdf::{File, Glyph, Page};

/// The report as the first command of README makes it.
static REPORT: LazyLock<Vec<u8>> = LazyLock::new(|| render(&specimen().expect("the specimen")));

fn render(project: &Project) -> Vec<u8> {
    project.run(&["render", "report.pdf"]).ok();
    std::fs::read(project.join("report.pdf")).expect("a report")
}

/// The report, where the specimen is at hand.
pub(crate) fn report() -> Option<File> {
    at_hand().then(|| File::open(REPORT.clone()))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// The trends' titles.
fn titles(project: &Project) -> Vec<String> {
    let title = |name: &&str| {
        let text = project.read(&format!("content/trends/{name}.md"));
        squeezed(text.lines().find_map(|line| line.strip_prefix("title: ")).expect("a title"))
    };
    TRENDS.iter().map(title).collect()
}

#[test]
fn twenty_four_pages_of_the_trim() {
    let Some(report) = report() else { return };
    let pages = report.pages();
    assert_eq!(pages.len(), 24);
    for page in &pages {
        let (width, height) = page.size;
        assert!(
            (width - 210.0 / 25.4 * 72.0).abs() < 0.01
                && (height - 285.0 / 25.4 * 72.0).abs() < 0.01,
            "{width} × {height}"
        );
    }
}

#[test]
fn trends_begin_where_the_map_says() {
    let (Some(project), Some(report)) = (specimen(), report()) else { return };
    let pages = report.pages();
    for (title, page) in titles(&project).iter().zip(MAP) {
        let text = squeezed(&pages[page - 1].text());
        assert!(text.contains(title), "`{title}` is not on page {page}: {text}");
    }
}

#[test]
fn contents_print_the_pages_of_the_map() {
    let (Some(project), Some(report)) = (specimen(), report()) else { return };
    let text = squeezed(&report.pages()[2].text());
    for (title, page) in titles(&project).iter().zip(MAP) {
        let entry = format!("{title}p{page:02}");
        assert!(text.contains(&entry), "`{entry}` is not in {text}");
    }
    assert!(text.contains("参考文献p20"), "{text}");
}

#[test]
fn folios_and_page_labels_agree() {
    let Some(file) = report() else { return };
    let labels = file.labels();
    assert_eq!(labels.len(), 24);
    for (index, page) in file.pages().iter().enumerate() {
        let label = format!("p{:02}", index + 1);
        assert_eq!(labels[index], label);
        let covers = index == 0 || index == 23;
        let foot: String = page
            .glyphs
            .iter()
            .filter(|glyph| glyph.y > 264.0 / 25.4 * 72.0)
            .map(|g| g.text.as_str())
            .collect();
        assert_eq!(foot.contains(&label), !covers, "page {}: {foot}", index + 1);
    }
}

#[test]
fn folios_stand_at_the_outer_edge() {
    let Some(report) = report() else { return };
    for (index, page) in report.pages().iter().enumerate().skip(1).take(22) {
        let number = index + 1;
        let folio: Vec<_> =
            page.glyphs.iter().filter(|glyph| glyph.y > 266.0 / 25.4 * 72.0).collect();
        let (first, last) = (folio.first().expect("a folio"), folio.last().expect("a folio"));
        let outer = 18.0 / 25.4 * 72.0;
        if number % 2 == 0 {
            assert!((first.x - outer).abs() < 1.0, "page {number}: {}", first.x);
        } else {
            assert!(
                (page.size.0 - outer - last.x - last.advance).abs() < 1.0,
                "page {number}: {}",
                last.x
            );
        }
    }
}

#[test]
fn bookmarks_name_every_part() {
    let (Some(project), Some(report)) = (specimen(), report()) else { return };
    let marks = report.bookmarks();
    let marks: Vec<_> =
        marks.iter().filter(|mark| mark.depth == 0).map(|mark| squeezed(&mark.title)).collect();
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let mut expected = vec!["卷首语".to_owned(), "目录".to_owned()];
    expected.extend(
        numerals
            .iter()
            .zip(titles(&project))
            .map(|(numeral, title)| format!("趋势{numeral}{title}")),
    );
    expected.extend(["参考文献".to_owned(), "编写委员会".to_owned()]);
    assert_eq!(marks, expected);
}

#[test]
fn fifty_one_references_in_order_on_three_pages() {
    let Some(report) = report() else { return };
    let pages = report.pages();
    let text: String = pages[19..22].iter().map(|page| squeezed(&page.text())).collect();
    let mut at = 0;
    for number in 1..=51 {
        let mark = format!("[{number}]");
        at = text[at..]
            .find(&mark)
            .map(|found| at + found + mark.len())
            .unwrap_or_else(|| panic!("{mark} is missing"));
    }
    assert!(text.contains("Zhang,Qiangetal."), "English entries end their authors with et al.");
    assert!(!squeezed(&pages[22].text()).contains("[51]"));
}

#[test]
fn addresses_break_only_behind_their_marks_and_copy_out_clean() {
    let Some(report) = report() else { return };
    for page in &report.pages()[19..22] {
        assert!(!page.text().contains('\u{200b}'), "{}", page.text());
        let mut addresses = 0;
        let mut within = false;
        for pair in page.glyphs.windows(2) {
            match pair[0].text.as_str() {
                "<" => (within, addresses) = (true, addresses + 1),
                ">" => within = false,
                _ => {}
            }
            let broken = pair[1].x < pair[0].x && pair[1].text != "<";
            if within && broken {
                assert!(
                    "/.-_=?&#".contains(&pair[0].text),
                    "an address breaks behind `{}`",
                    pair[0].text
                );
            }
        }
        assert!(addresses > 0);
    }
}

#[test]
fn the_entry_that_stands_twice_is_told_unless_it_is_meant() {
    let Some(project) = specimen() else { return };
    let run = project.run(&["render", "report.pdf"]).ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    project.edit("content/references.yaml", "# check off TP0301", "# kept:");
    let run = project.run(&["render", "report.pdf"]).ok();
    let told =
        "warning[TP0301]: `yang2024thinking` [17] and `yang2024space` [22] are the same work";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    assert_eq!(run.stderr.matches("warning").count(), 1, "{}", run.stderr);
}

#[test]
fn fonts_are_embedded_subsets_of_ours() {
    let Some(report) = report() else { return };
    let fonts = report.fonts();
    assert!(fonts.len() >= 8, "{fonts:?}");
    for (name, embedded) in &fonts {
        assert!(embedded, "{name} is not embedded");
        let (tag, rest) = name.split_once('+').expect("a subset's tag");
        assert!(tag.len() == 6 && tag.chars().all(|c| c.is_ascii_uppercase()), "{name}");
        assert!(
            rest.starts_with("Report") || rest.starts_with("Source"),
            "{name} is not one of the report's fonts"
        );
    }
}

#[test]
fn every_glyph_is_one_and_says_what_it_is() {
    let Some(report) = report() else { return };
    for (index, page) in report.pages().iter().enumerate() {
        for glyph in &page.glyphs {
            assert_ne!(glyph.id, 0, "page {}: .notdef in {}", index + 1, glyph.font);
            assert!(
                !glyph.text.is_empty(),
                "page {}: a glyph of {} without text",
                index + 1,
                glyph.font
            );
        }
    }
}

#[test]
fn every_paragraph_copies_out_whole() {
    let Some(report) = report() else { return };
    let pages = report.pages();
    let text: String = pages.iter().map(|page| squeezed(&page.text())).collect();
    let Some(project) = specimen() else { return };
    let mut checked = 0;
    for name in TRENDS {
        let markdown = project.read(&format!("content/trends/{name}.md"));
        let body = markdown.splitn(3, "---\n").nth(2).expect("a body");
        for paragraph in body.split("\n\n").filter(|p| {
            !p.trim().is_empty()
                && !p.starts_with("```")
                && !p.starts_with("![")
                && !p.starts_with(":::")
                && !p.starts_with("[^")
        }) {
            // Between citations, text stands as it was written.
            let plain = paragraph.trim_start_matches("- ").replace("**", "").replace('^', "");
            for item in plain.split("\n- ") {
                for piece in item
                    .split("[@")
                    .map(|piece| piece.split_once(']').map_or(piece, |(_, rest)| rest))
                {
                    let piece = squeezed(piece);
                    assert!(
                        text.contains(&piece) || spans_pages(&pages, &piece),
                        "`{piece}` does not copy out"
                    );
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

/// A paragraph may be cut by a page's end: folio and running head then stand between its halves.
fn spans_pages(pages: &[Page], piece: &str) -> bool {
    let chars: Vec<char> = piece.chars().collect();
    pages.windows(2).any(|pair| {
        let (before, after) = (squeezed(&pair[0].text()), squeezed(&pair[1].text()));
        (1..chars.len()).any(|cut| {
            let (head, tail): (String, String) =
                (chars[..cut].iter().collect(), chars[cut..].iter().collect());
            before.contains(&head) && after.contains(&tail)
        })
    })
}

#[test]
fn the_file_claims_its_standards_and_language() {
    let Some(file) = report() else { return };
    let metadata = file.metadata();
    for claim in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(metadata.contains(claim), "{claim} is not in {metadata}");
    }
    assert!(metadata.contains("2025十大AI技术趋势"), "{metadata}");
    assert_eq!(file.catalog_text("Lang").as_deref(), Some("zh-CN"));
}

#[test]
fn figures_headings_and_tables_are_tagged() {
    let Some(file) = report() else { return };
    let structure = file.structure();
    let count = |kind: &str| structure.get(kind).copied().unwrap_or(0);
    assert!(count("H1") >= 14, "{structure:?}");
    assert!(count("TH") >= 4 && count("TD") >= 12, "{structure:?}");
    assert!(count("TOCI") >= 11, "{structure:?}");
    let alternatives = file.alternatives("Figure");
    assert!(alternatives.len() >= 8, "{alternatives:?}");
    assert!(alternatives.iter().all(|text| !text.is_empty()), "{alternatives:?}");
}

#[test]
fn citations_lead_to_their_entries() {
    let Some(report) = report() else { return };
    let (inner, web) = report.links();
    assert!(inner > 60, "{inner} links within the file");
    assert!(web >= 24, "{web} links to the web");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    // Another folder, another time, another number of threads.
    for (project, other) in reports().zip(reports()) {
        let first = render(&project);
        other.run(&["render", "again.pdf", "--jobs", "1"]).ok();
        let again = std::fs::read(other.join("again.pdf")).expect("a report");
        assert!(again == first, "two renders differ");
    }
}

/// Running text, its spaces aside.
fn is_text(glyph: &Glyph) -> bool {
    glyph.font.contains("ReportSerifSC-Regular")
        && (glyph.size - 10.0).abs() < 0.01
        && !glyph.text.trim().is_empty()
}

#[test]
fn text_stands_on_the_grid_and_within_the_measure() {
    // 10 pt text on a pitch of 17 pt, from the head margin of 24 mm downwards.
    let first = 24.0 / 25.4 * 72.0;
    let Some(report) = report() else { return };
    for (index, page) in report.pages().iter().enumerate().skip(3).take(16) {
        let (inside, outside) = (22.0 / 25.4 * 72.0, 18.0 / 25.4 * 72.0);
        let (left, right) =
            if (index + 1) % 2 == 0 { (outside, inside) } else { (inside, outside) };
        for glyph in page.glyphs.iter().filter(|g| is_text(g)) {
            let line = (glyph.y - first - 8.8) / 17.0;
            assert!(
                (line - line.round()).abs() < 0.02,
                "page {}: `{}` at {}",
                index + 1,
                glyph.text,
                glyph.y
            );
            // A mark at a line's edge loses its empty half: half an em may hang out, its ink does
            // not.
            let (ink, end) = if "“‘（《〈【".contains(&glyph.text) {
                (glyph.x + glyph.advance / 2.0, glyph.x + glyph.advance)
            } else {
                (glyph.x, glyph.x + glyph.advance / 2.0)
            };
            assert!(
                ink > left - 0.5 && end < page.size.0 - right + 0.5,
                "page {}: {glyph:?}",
                index + 1
            );
        }
    }
}

#[test]
fn last_columns_end_level() {
    let Some(report) = report() else { return };
    for (index, page) in report.pages().iter().enumerate().skip(3).take(16) {
        let middle = page.size.0 / 2.0;
        let text: Vec<_> = page.glyphs.iter().filter(|g| is_text(g)).collect();
        let bottom = |left: bool| {
            text.iter().filter(|g| (g.x < middle) == left).map(|g| g.y).fold(0.0, f64::max)
        };
        if text.is_empty() {
            continue;
        }
        let (left, right) = (bottom(true), bottom(false));
        assert!(
            (left - right).abs() < 8.5,
            "page {}: columns end at {left} and {right}",
            index + 1
        );
    }
}
