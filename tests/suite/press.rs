//! Tests of the press file, read by an independent library.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::project::Project;
use crate::specimen::{at_hand, reports, specimen};
use testkit::pdf::File;

const MM: f64 = 72.0 / 25.4;

fn render(project: &Project, args: &[&str]) -> Vec<u8> {
    project.run(&[&["render", "out.pdf"], args].concat()).ok();
    std::fs::read(project.join("out.pdf")).expect("a report")
}

/// The press files of a new report and, where it is at hand, of the specimen.
static PRESS: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| reports().map(|project| render(&project, &["--profile", "press"])).collect());

fn press_files() -> &'static [Vec<u8>] {
    // Says so for each test that goes without the specimen.
    at_hand();
    &PRESS
}

fn press() -> impl Iterator<Item = File> {
    press_files().iter().map(|bytes| File::open(bytes.clone()))
}

fn assert_box(actual: Option<[f64; 4]>, expected: [f64; 4], what: &str) {
    let actual = actual.unwrap_or_else(|| panic!("no {what}"));
    let near = actual.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.01);
    assert!(near, "{what} is {actual:?}, not {expected:?}");
}

#[test]
fn every_page_has_trim_bleed_and_media_in_their_places() {
    let (width, height, bleed) = (210.0 * MM, 285.0 * MM, 3.0 * MM);
    for page in press().flat_map(|file| file.page_boxes()) {
        let sheet = [0.0, 0.0, width + 2.0 * bleed, height + 2.0 * bleed];
        assert_box(page.get("MediaBox").copied(), sheet, "MediaBox");
        assert_box(page.get("BleedBox").copied(), sheet, "BleedBox");
        assert_box(
            page.get("TrimBox").copied(),
            [bleed, bleed, width + bleed, height + bleed],
            "TrimBox",
        );
        assert!(!page.contains_key("CropBox") && !page.contains_key("ArtBox"), "{page:?}");
    }
}

#[test]
fn marks_stand_outside_of_the_bleed() {
    let file = File::open(render(&Project::starter(), &["--profile", "press", "--marks"]));
    let (sheet, bleed) = (13.0 * MM, 3.0 * MM);
    for page in file.page_boxes() {
        let trim = [sheet, sheet, sheet + 210.0 * MM, sheet + 285.0 * MM];
        assert_box(page.get("TrimBox").copied(), trim, "TrimBox");
        let bleed = [trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed];
        assert_box(page.get("BleedBox").copied(), bleed, "BleedBox");
    }
    assert!(file.separations().contains("All"), "{:?}", file.separations());
    assert!(press().all(|file| file.separations().is_empty()));
}

#[test]
fn nothing_is_drawn_in_the_screens_colours() {
    for operators in press().map(|file| file.operators()) {
        for screen in ["rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "ri"] {
            assert!(
                !operators.contains_key(screen),
                "`{screen}` is drawn with {} times",
                operators[screen]
            );
        }
        assert!(operators["k"] > 200 && operators["K"] > 50, "{operators:?}");
    }
    // The screen's own file shows that these operators would be seen.
    let screen = File::open(render(&Project::starter(), &[])).operators();
    assert!(screen.contains_key("scn") && !screen.contains_key("k"), "{screen:?}");
}

#[test]
fn black_text_is_black_ink_alone() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in press().flat_map(|file| file.pages()) {
        for glyph in page.glyphs.iter().filter(|glyph| glyph.font.contains("ReportSerifSC-Regular"))
        {
            let inks = glyph.inks.map(|inks| inks.map(|ink| (ink * 100.0).round() as u32));
            *seen.entry(format!("{inks:?}")).or_default() += 1;
        }
    }
    let black = seen.get("Some([0, 0, 0, 100])").copied().unwrap_or(0);
    assert!(black > 1_000, "{seen:?}");
    // What is not black is a citation or an address, in one of the template's own blues.
    let blue = |inks: &String| {
        ["[95, 68, 0, 8]", "[28, 12, 0, 0]", "[85, 55, 0, 0]"].iter().any(|b| inks.contains(b))
    };
    assert!(seen.keys().all(|inks| inks == "Some([0, 0, 0, 100])" || blue(inks)), "{seen:?}");
}

#[test]
fn small_black_text_overprints_and_large_or_coloured_does_not() {
    let mut small = 0;
    for page in press().flat_map(|file| file.pages()) {
        for glyph in page.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()) {
            let black = glyph.inks == Some([0.0, 0.0, 0.0, 1.0]);
            let wanted = black && glyph.size < 11.99;
            small += usize::from(wanted);
            assert_eq!(glyph.overprint, wanted, "{glyph:?}");
        }
    }
    assert!(small > 1_000, "{small}");
}

#[test]
fn the_file_says_what_it_is() {
    let file = press().next().expect("a new report's");
    let metadata = file.metadata();
    for part in [
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        "<pdf:Trapped>False</pdf:Trapped>",
        "2026示例报告",
        "<xmp:CreateDate>2026-01-01T00:00:00Z</xmp:CreateDate>",
        "<xmp:MetadataDate>2026-01-01T00:00:00Z</xmp:MetadataDate>",
        "xmpMM:DocumentID",
        "xmpMM:VersionID",
        "xmpMM:RenditionClass",
    ] {
        assert!(metadata.contains(part), "{part} is not in {metadata}");
    }
    assert_eq!(file.info("CreationDate").as_deref(), Some("D:20260101000000Z"));
    assert_eq!(file.info("ModDate"), file.info("CreationDate"));
    assert_eq!(file.info("Title").as_deref(), Some("2026示例报告"));
    assert_eq!(file.output_condition().as_deref(), Some("FOGRA39"));
    assert_eq!(file.links(), (0, 0), "links have no place in a press file");
    assert!(file.structure().is_empty());
    assert!(
        file.fonts().iter().all(|(name, embedded)| *embedded && name.contains('+')),
        "{:?}",
        file.fonts()
    );
    assert!(file.bookmarks().len() >= 7);
}

#[test]
fn the_text_is_that_of_the_screen() {
    let bleed = 3.0 * MM;
    for (project, press) in reports().zip(press()) {
        let (screen, press) = (File::open(render(&project, &[])).pages(), press.pages());
        assert_eq!(screen.len(), press.len());
        for (number, (a, b)) in screen.iter().zip(&press).enumerate() {
            assert_eq!(a.text(), b.text(), "page {}", number + 1);
            for (a, b) in a.glyphs.iter().zip(&b.glyphs) {
                assert!(
                    (a.x + bleed - b.x).abs() < 0.02 && (a.y + bleed - b.y).abs() < 0.02,
                    "{a:?} {b:?}"
                );
            }
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for (project, first) in reports().zip(press_files()) {
        let again = render(&project, &["--profile", "press", "--jobs", "1"]);
        assert!(again == *first, "two press files differ");
    }
}

#[test]
fn pictures_are_brought_into_inks() {
    let project = Project::starter();
    let mut png = std::io::Cursor::new(vec![]);
    let picture = image::RgbImage::from_fn(8, 4, |x, _| {
        image::Rgb(if x < 4 { [0, 33, 107] } else { [128, 128, 128] })
    });
    picture.write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    project.write("content/figures/two.png", png.into_inner());
    project.edit("content/trends/01-first.md", "figures/flow.svg", "figures/two.png");
    // Eight pixels over a page's width: the preflight has something to say, and the last good
    // file stays.
    project.write("out.pdf", "the last good output");
    let run = project.run(&["render", "out.pdf", "--profile", "press"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("error: page 5: ") && run.stderr.contains("ppi"), "{}", run.stderr);
    assert!(run.stderr.contains("content/trends/01-first.md:"), "{}", run.stderr);
    assert_eq!(project.read("out.pdf"), "the last good output");
    // In a choice of pages it is the file's second, and the report's fifth all the same.
    let told = |stderr: &str| {
        stderr.split("error: page").nth(1).expect("a page").split("hint").next().map(String::from)
    };
    let chosen = project.run(&["render", "out.pdf", "--profile", "press", "--pages", "2,5"]);
    assert_eq!(
        (chosen.code, told(&chosen.stderr)),
        (Some(1), told(&run.stderr)),
        "{}",
        chosen.stderr
    );
    let file = File::open(render(&project, &["--profile", "press", "--no-preflight"]));
    let pictures = file.pictures();
    assert_eq!(pictures.len(), 1, "{pictures:?}");
    let (space, data) = &pictures[0];
    assert_eq!(space, "DeviceCMYK");
    // A token's colour has the token's inks; gray has black alone.
    assert_eq!(&data[..4], &[255, 204, 0, 89]);
    assert_eq!(&data[16..20], &[0, 0, 0, 127]);
}

#[test]
fn another_profile_wants_the_name_of_its_condition() {
    let project = Project::starter();
    std::fs::copy(
        crate::project::repository().join("crates/pdfx/icc/ISOcoated_v2_300_bas.icc"),
        project.join("mine.icc"),
    )
    .expect("a profile");
    let run = project.run(&["render", "out.pdf", "--profile", "press", "--icc", "mine.icc"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("hint: use the printing house's name for it"), "{}", run.stderr);
    let file = File::open(render(
        &project,
        &["--profile", "press", "--icc", "mine.icc", "--output-condition", "FOGRA51"],
    ));
    assert_eq!(file.output_condition().as_deref(), Some("FOGRA51"));
}

#[test]
fn what_is_no_press_profile_is_refused_and_the_last_good_file_stays() {
    let project = Project::starter();
    project.write("out.pdf", "the last good output");
    project.write("mine.icc", "no profile at all");
    let args =
        ["render", "out.pdf", "--profile", "press", "--icc", "mine.icc", "--output-condition", "X"];
    let run = project.run(&args);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("error: the output profile cannot be used"), "{}", run.stderr);
    assert_eq!(project.read("out.pdf"), "the last good output");
    let run = project.run(&["render", "out.png", "--profile", "press"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("`out.png` cannot be a press file"), "{}", run.stderr);
}

#[test]
fn the_report_is_fit_to_print_by_every_profile() {
    let Some(project) = specimen() else { return };
    project.run(&["render", "out.pdf", "--profile", "press"]).ok();
    for profile in ["x4", "gwg-sheetfed", "house"] {
        let run = project.run(&["preflight", "out.pdf", "--profile", profile]).ok();
        assert!(run.stdout.contains("0 errors, 0 warnings"), "{profile}: {}", run.stdout);
    }
    // The screen's own file is none for a press.
    project.run(&["render", "screen.pdf"]).ok();
    let run = project.run(&["preflight", "screen.pdf", "--profile", "x4"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
}

#[test]
fn a_finding_is_told_at_the_line_that_was_written() {
    // A picture of too few pixels between two paragraphs that are told apart by their lines.
    let project = Project::starter();
    let mut png = std::io::Cursor::new(vec![]);
    image::RgbImage::new(20, 10).write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    project.write("content/figures/few.png", png.into_inner());
    let trend = project.read("content/trends/02-second.md");
    let (head, tail) = trend.split_once("\n\n写完之后").expect("the second paragraph");
    project.write(
        "content/trends/02-second.md",
        format!("{}\n\n![小图](figures/few.png)\n\n写完之后{tail}", head.replace("pages: 1\n", "")),
    );
    let run = project.run(&["render", "out.pdf", "--profile", "press"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let text = project.read("content/trends/02-second.md");
    let line = text.lines().position(|line| line.contains("few.png")).expect("the figure") + 1;
    let place = format!("content/trends/02-second.md:{line}:1");
    assert!(run.stderr.contains(&place) && run.stderr.contains("ppi"), "{}", run.stderr);
}

#[test]
fn a_declared_spot_colour_is_kept_and_a_strange_one_is_told() {
    let project = Project::starter();
    crate::project::copy(
        &crate::project::repository().join("templates"),
        &project.join("templates"),
    );
    project.edit(
        "templates/report/theme.typ",
        "#let dusk = colour(..tokens.dusk)",
        "#let dusk = colour(..tokens.dusk)\n#let accent = color.spot(\"PANTONE 186 C\", colour(..tokens.accent)).tint(100%)",
    );
    let run = project.run(&["render", "out.pdf", "--profile", "press"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("`PANTONE 186 C` is a spot colour"), "{}", run.stderr);
    let settings = project.read("content/report.yaml");
    project.write("content/report.yaml", format!("{settings}press: {{spots: [PANTONE 186 C]}}\n"));
    let file = File::open(render(&project, &["--profile", "press"]));
    assert!(file.separations().contains("PANTONE 186 C"), "{:?}", file.separations());
}

#[test]
fn a_proof_says_which_page_of_which_report_it_is() {
    let file = File::open(render(&Project::starter(), &["--profile", "proof"]));
    let text = file.pages()[3].text();
    assert!(text.contains("2026示例报告 · 01-first · 2026-1 · p04"), "{text}");
}

#[test]
fn blank_pages_fill_the_last_signature() {
    for template in ["report", "paper"] {
        for (signature, backed) in [(7, true), (16, true), (7, false)] {
            let project = Project::empty();
            project.run(&["new", ".", "--template", template]).ok();
            if !backed {
                let settings = project.read("content/report.yaml");
                let settings =
                    settings.replace(", back-cover]", "]").replace("  - back-cover\n", "");
                project.write("content/report.yaml", settings);
            }
            let before = project.read("content/report.yaml");
            assert_eq!(before.contains("- back-cover") || before.contains(", back-cover"), backed);
            let settings = format!("press: {{signature: {signature}}}\n{before}");
            project.write("content/report.yaml", settings);
            let texts = |args: &[&str]| -> Vec<String> {
                let pages = File::open(render(&project, args)).pages();
                pages.iter().map(testkit::pdf::Page::text).collect()
            };
            let (screen, mut press) = (texts(&[]), texts(&["--profile", "press"]));
            assert_eq!(press.len(), screen.len().next_multiple_of(signature), "{template}");
            let blank = press.len() - screen.len();
            assert!(blank > 0, "{template}, {signature}: a test of nothing");
            // All other pages are what they were, and the back cover is the last one.
            let at = screen.len() - usize::from(backed);
            let filling: Vec<String> = press.drain(at..at + blank).collect();
            assert_eq!(screen, press, "{template}, {signature}");
            assert!(filling.iter().all(|text| text.trim().chars().count() < 5), "{filling:?}");
        }
    }
}

#[test]
fn what_fills_a_signature_is_told_and_the_stock_compiler_makes_it_too() {
    let project = Project::starter();
    project.edit("content/report.yaml", "title:", "press: {signature: 4}\ntitle:");
    let run = project.run(&["render", "o.pdf", "--profile", "press", "--report", "o.json"]).ok();
    assert!(run.stderr.contains("fill the last signature"), "{}", run.stderr);
    assert!(!run.stderr.contains("opens on a page"), "{}", run.stderr);
    assert!(project.read("o.json").contains("\"filling\""), "{}", project.read("o.json"));
    project.run(&["data", "out", "--profile", "press"]).ok();
    let filling = project.read("out/data/filling.json");
    let pages = File::open(std::fs::read(project.join("o.pdf")).expect("a file")).pages().len();
    assert!(filling.contains(&format!("\"pages\": {}", pages - 10)), "{filling}: {pages}");
    for (value, message) in [("1", "signature"), ("four", "signature"), ("65", "signature")] {
        project.edit("content/report.yaml", "signature: 4", &format!("signature: {value}"));
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1), "{value}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{value}: {}", run.stderr);
        project.edit("content/report.yaml", &format!("signature: {value}"), "signature: 4");
    }
}

#[test]
fn a_report_goes_to_press_in_the_size_that_it_asks_for() {
    for trim in ["[8.5in, 11in]", "[170mm, 240mm]"] {
        let project = Project::starter();
        let config = project.read("content/report.yaml");
        let own: Vec<&str> = config.lines().filter(|line| !line.starts_with("trim:")).collect();
        project.write("content/report.yaml", format!("{}\ntrim: {trim}\n", own.join("\n")));
        let run = project.run(&["render", "out.pdf", "--profile", "press"]).ok();
        assert!(!run.stderr.contains("H1-trim-size"), "{}", run.stderr);
        // By itself the file is held to what printing houses have.
        let alone = project.run(&["preflight", "out.pdf"]);
        assert!(alone.stdout.contains("H1-trim-size"), "{}", alone.stdout);
    }
}
