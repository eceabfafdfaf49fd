//! Fonts that a project brings for letters which no built-in font has.

use crate::conservation::TREND;
use crate::project::Project;
use testkit::font::{Font, font};
use testkit::pdf::File;

/// Letters of Korean, Thai and Georgian, a smile and two signs that phones know.
const LETTERS: &str = "한국어서울굵은글ภาษไทยქართული😀👍🎉";
const BODY: &str = "韩国的한국어与서울，泰国ไทย，格鲁吉亚ქართული，表情😀👍🎉。";
const OFL: &str = "This Font Software is licensed under the SIL Open Font License, Version 1.1.";

fn small(embedding: u16, licence: &str) -> Vec<u8> {
    font(&Font { family: "Square Test", letters: LETTERS, embedding, licence })
}

fn trend() -> Project {
    let project = Project::starter();
    project
        .write(TREND, format!("---\ntitle: 第二章\n---\n\n{BODY}\n\n> 引文서울。\n\n**한국**。\n"));
    project
}

#[test]
fn a_letter_that_no_font_has_is_refused_and_its_hint_works() {
    let project = trend();
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("[TP0505]") && run.stderr.contains(&format!("{TREND}:5:4")),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("`trendpress fonts add FILE`"), "{}", run.stderr);
    // The hint, followed.
    project.write("away/package/400/Square.ttf", small(0, ""));
    project.write("away/package/LICENSE", "MIT, of the package");
    project.write("away/package/LICENSE_FONT", "of the font");
    let run = project.run(&["fonts", "add", "away/package/400/Square.ttf"]).ok();
    assert!(run.stderr.contains("`fonts/square-test/Square.ttf`"), "{}", run.stderr);
    assert!(run.stderr.contains("Square Test, upright, weight 400"), "{}", run.stderr);
    assert!(run.stderr.contains("nothing else is to be written"), "{}", run.stderr);
    assert_eq!(project.read("fonts/square-test/LICENSE_FONT"), "of the font");
    project.run(&["render", "o.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages();
    let glyphs: Vec<_> = pages.into_iter().flat_map(|page| page.glyphs).collect();
    for c in LETTERS.chars().filter(|c| BODY.contains(*c)) {
        let mut own = glyphs.iter().filter(|glyph| glyph.text.starts_with(c)).peekable();
        assert!(own.peek().is_some(), "{c}");
        assert!(own.all(|glyph| glyph.font.contains("SquareTest")), "{c}");
    }
    // The press takes it too, and a second time changes nothing.
    project.run(&["render", "p.pdf", "--profile", "press"]).ok();
    project.run(&["fonts", "add", "away/package/400/Square.ttf"]).ok();
    let list = project.run(&["fonts"]).ok().stdout;
    assert_eq!(list.matches("Square Test").count(), 1, "{list}");
    // The stock compiler finds it where the data is written.
    project.run(&["data", "out"]).ok();
    assert!(project.join("out/fonts/square-test/Square.ttf").is_file());
}

#[test]
fn what_a_font_says_of_its_licence_is_kept_and_one_without_is_refused() {
    let project = trend();
    project.write("away/a.ttf", small(0, OFL));
    project.run(&["fonts", "add", "away/a.ttf"]).ok();
    assert!(project.read("fonts/square-test/LICENCE.txt").contains(OFL));
    let project = trend();
    project.write("away/a.ttf", small(0, ""));
    let run = project.run(&["fonts", "add", "away/a.ttf"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr.contains("without a licence") && run.stderr.contains("--licence"),
        "{}",
        run.stderr
    );
    assert!(!project.join("fonts").exists());
    project.write("terms.txt", "mine");
    project.run(&["fonts", "add", "away/a.ttf", "--licence", "terms.txt"]).ok();
    project.run(&["render", "o.pdf"]).ok();
}

#[test]
fn fonts_that_cannot_be_printed_are_refused_with_the_reason() {
    let project = trend();
    project.write("away/OFL.txt", OFL);
    project.write("away/closed.ttf", small(2, OFL));
    project.write("away/whole.ttf", small(0x100, OFL));
    project.write("away/bitmaps.ttf", small(0x204, OFL));
    project.write("away/web.woff2", b"wOF2....".repeat(20));
    project.write("away/text.ttf", "not a font");
    for (file, part) in [
        ("closed.ttf", "forbids to embed this font"),
        ("whole.ttf", "forbids to embed a part of this font"),
        ("bitmaps.ttf", "forbids to embed the outlines of this font"),
        ("web.woff2", "is not a font that can be read"),
        ("text.ttf", "is not a font that can be read"),
    ] {
        let run = project.run(&["fonts", "add", &format!("away/{file}")]);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains(part), "{}", run.stderr);
        assert!(!project.join("fonts").exists());
    }
    assert_eq!(project.run(&["fonts", "add", "away/none.ttf"]).code, Some(3));
    // Put there by hand, it is refused before anything is written.
    for embedding in [2, 0x100, 0x200] {
        project.write("fonts/closed.ttf", small(embedding, OFL));
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(
            run.stderr.contains("fonts/closed.ttf") && run.stderr.contains("forbids"),
            "{}",
            run.stderr
        );
    }
    // One of a built-in family takes its place, and that is said.
    let built_in = testkit::repository().join("fonts/source-sans-3/SourceSans3-Regular.otf");
    let run = project.run(&["fonts", "add", built_in.to_str().expect("a path")]).ok();
    assert!(
        run.stderr.contains("takes the place of the built-in `Source Sans 3`"),
        "{}",
        run.stderr
    );
    // Another font is never written over.
    let project = trend();
    project.write("away/OFL.txt", OFL);
    project.write("away/a.ttf", small(0, OFL));
    project.write("fonts/square-test/a.ttf", small(0, ""));
    let run = project.run(&["fonts", "add", "away/a.ttf"]);
    assert!(run.code == Some(2) && run.stderr.contains("is there already"), "{}", run.stderr);
}
