//! Tests that a fault hides no other: all problems of a run come together.

use crate::project::{Project, repository};

/// What a run tells of the clean project after some changes.
fn told(changes: &[(&str, &str, &str)]) -> String {
    let project = Project::of(&repository().join("tests/faults/_base"));
    changes.iter().for_each(|(file, from, to)| project.edit(file, from, to));
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    run.stderr
}

const SETTINGS: &str = "content/report.yaml";
const TREND: &str = "content/trends/01-editing.md";

#[test]
fn a_fault_of_the_settings_hides_none_of_the_parts() {
    for (fault, message) in [
        (("date:", "colour: red\ndate:"), "unknown key `colour`"),
        (("date: 2026-01", "date: [2026]"), "`date` is a list"),
        (("title: 2026编校试验报告\n", ""), "the key `title` is missing"),
        (("date:", "trim: A4\ndate:"), "`trim` is a string"),
        (("date:", "check: {lists: {}}\ndate:"), "`lists` is a mapping"),
    ] {
        let run = told(&[
            (SETTINGS, fault.0, fault.1),
            (SETTINGS, "back-cover]", "back-cover, more.md]"),
            (TREND, "kind: bar", "kind: bars"),
            ("content/foreword.md", "第二段说明", "第二段说明[@nobody]"),
        ]);
        for part in [message, "`kind` cannot be `bars`", "the file `more.md` is missing", "nobody"]
        {
            assert!(run.contains(part), "`{part}` is not in:\n{run}");
        }
    }
}

#[test]
fn settings_of_the_references_that_are_wrong_make_no_citation_unknown() {
    let run = told(&[
        (SETTINGS, "pages: 1", "page: 1"),
        ("content/foreword.md", "title: 卷首语", "titel: 卷首语"),
    ]);
    assert!(run.contains("unknown key `page`") && run.contains("unknown key `titel`"), "{run}");
    assert!(run.contains("2 errors: nothing was written"), "{run}");
}

#[test]
fn a_fault_of_a_chart_hides_none_of_its_data() {
    let run =
        told(&[(TREND, "kind: bar", "kind: bars"), (TREND, "data: charts/", "data: charts/no-")]);
    assert!(run.contains("`kind` cannot be `bars`"), "{run}");
    assert!(run.contains("is missing"), "{run}");
}

#[test]
fn a_picture_that_does_not_decode_is_told_at_its_line() {
    let project = Project::of(&repository().join("tests/faults/_base"));
    let noise = image::RgbImage::from_fn(640, 480, |x, y| {
        image::Rgb([(x * 7 + y * 13) as u8, (x * y) as u8, (x ^ y) as u8])
    });
    let mut bytes = std::io::Cursor::new(vec![]);
    noise.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    let mut bytes = bytes.into_inner();
    // The header is sound, and so is the end; what is between them is not.
    let middle = bytes.len() / 2;
    bytes[middle..middle + 400].fill(0xFF);
    project.write("content/figures/broken.png", bytes);
    let text = project.read("content/foreword.md");
    let figure = "\n\n![一张坏了的图](figures/broken.png \"来源：编者\")\n";
    project.write("content/foreword.md", format!("{}{figure}", text.trim_end()));
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    for part in ["`figures/broken.png` is broken: ", "content/foreword.md:9:1", "export it again"] {
        assert!(run.stderr.contains(part), "`{part}` is not in:\n{}", run.stderr);
    }
    assert!(!run.stderr.contains("the cause is the template"), "{}", run.stderr);
}
