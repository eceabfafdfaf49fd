//! The gallery: a report with every kind of chart, and all that can be asked of it. It is set for
//! the screen and for the press without a finding, and nothing on it stands on anything else.

use std::fs;

use crate::charts_data::check_apart;
use crate::project::{Project, repository};
use testkit::pdf::File;

fn gallery() -> Project {
    Project::of(&repository().join("tests/gallery"))
}

/// The values of a key in the blocks of the gallery.
fn values(key: &str) -> Vec<String> {
    let text = fs::read_to_string(repository().join("tests/gallery/content/gallery.md"));
    let text = text.expect("the gallery");
    let lines = text.lines().filter_map(|line| line.strip_prefix(&format!("{key}: ")));
    lines.map(str::to_owned).collect()
}

#[test]
fn every_kind_of_chart_stands_in_the_gallery() {
    let schema = trendpress::reading::schemas().into_iter().find(|(name, _)| *name == "chart");
    let (_, schema) = schema.expect("the schema of charts");
    let kinds = schema["$defs"]["ChartKind"]["oneOf"].as_array().expect("kinds");
    let shown = values("kind");
    for kind in kinds.iter().filter_map(|kind| kind["const"].as_str()) {
        assert!(shown.iter().any(|shown| shown == kind), "`{kind}` is not in the gallery");
    }
    // And every key that a block can have, but for those of its file and of its place.
    let text = fs::read_to_string(repository().join("tests/gallery/content/gallery.md"));
    let text = text.expect("the gallery");
    for key in schema["properties"].as_object().expect("keys").keys() {
        let elsewhere = ["skip-rows", "label", "here"].contains(&&**key);
        assert!(elsewhere || text.contains(&format!("\n{key}:")), "`{key}` is not in the gallery");
    }
}

#[test]
fn the_gallery_is_set_without_a_finding() {
    let project = gallery();
    let run = project.run(&["render", "o.pdf", "--verbose"]).ok();
    assert!(!run.stderr.contains("warning") && !run.stderr.contains("error"), "{}", run.stderr);
    let pages = File::open(fs::read(project.join("o.pdf")).expect("a report")).pages();
    assert!(pages.len() > 10, "{} pages", pages.len());
    for (number, page) in pages.iter().enumerate() {
        check_apart(page, &format!("page {}", number + 1));
    }
    let text: String = pages.iter().map(testkit::pdf::Page::text).collect();
    let text: String =
        text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect();
    for title in values("title") {
        let title = title.replace(char::is_whitespace, "");
        assert!(text.contains(&title), "{title}");
    }
}

#[test]
fn the_gallery_passes_at_the_press() {
    let project = gallery();
    project.run(&["render", "p.pdf", "--profile", "press"]).ok();
    let run = project.run(&["preflight", "p.pdf", "--profile", "house"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    // How many pages it has is of no matter here.
    let told = run.stdout.clone() + &run.stderr;
    let mut warnings = told.lines().filter(|line| line.contains("warning["));
    assert!(warnings.all(|line| line.contains("H3-page-count")), "{told}");
}
