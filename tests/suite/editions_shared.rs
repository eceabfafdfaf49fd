//! Tests of what editions have in common: pages that no value touches are written the same in each,
//! and each is what `render` makes alone.

use std::collections::BTreeSet;
use std::fs;

use lopdf::{Dictionary, Document, Object};

use crate::editions::{editions, partners, pdf};
use crate::kinds::texts;
use crate::project::Project;

/// A page's content, and the programs of its fonts.
fn made_of(project: &Project, path: &str, words: &str) -> (Vec<u8>, BTreeSet<Vec<u8>>) {
    let text = texts(&pdf(project, path));
    let at = text.iter().position(|text| text.contains(words)).expect("it is printed");
    let document = Document::load(project.join(path)).expect("a PDF");
    let page = *document.get_pages().get(&(at as u32 + 1)).expect("a page");
    let follow = |dict: &Dictionary, key: &[u8]| -> Object {
        document.dereference(dict.get(key).expect("an entry")).expect("an object").1.clone()
    };
    let resources = follow(document.get_dictionary(page).expect("a page"), b"Resources");
    let fonts = follow(resources.as_dict().expect("resources"), b"Font");
    let fonts = fonts.as_dict().expect("fonts");
    let programs = fonts.iter().map(|(name, _)| {
        let font = follow(fonts, name);
        let below = follow(font.as_dict().expect("a font"), b"DescendantFonts");
        let below = document.dereference(&below.as_array().expect("a list")[0]).expect("a font").1;
        let descriptor = follow(below.as_dict().expect("a font"), b"FontDescriptor");
        let descriptor = descriptor.as_dict().expect("a descriptor");
        let key: &[u8] = if descriptor.has(b"FontFile3") { b"FontFile3" } else { b"FontFile2" };
        follow(descriptor, key).as_stream().expect("a program").content.clone()
    });
    let programs = programs.collect();
    (document.get_page_content(page), programs)
}

/// Partners whose names stand before a page that all have.
fn plain() -> Project {
    let made = partners();
    made.edit("content/report.yaml", "title: \"{{partner}}专版\"", "title: 专版");
    made
}

#[test]
fn a_page_that_no_value_touches_is_written_the_same_in_each_edition() {
    let made = plain();
    editions(&made, &["--only", "acme,qing"]).ok();
    let [acme, qing] = ["out/acme.pdf", "out/qing.pdf"];
    let common = |path| made_of(&made, path, "所有版本都有的正文");
    assert!(common(acme) == common(qing), "a name is in the way");
    assert!(!common(acme).1.is_empty());
    // The names do need other glyphs of the same faces.
    let own = |path| made_of(&made, path, "公司");
    assert!(own(acme).1.is_disjoint(&common(acme).1), "it has fonts of its own");
}

#[test]
fn a_report_without_editions_has_each_font_once() {
    let made = Project::starter();
    made.run(&["render", "one.pdf"]).ok();
    let document = Document::load(made.join("one.pdf")).expect("a PDF");
    let names: Vec<Vec<u8>> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok().filter(|dict| dict.has_type(b"FontDescriptor")))
        .filter_map(|dict| dict.get(b"FontName").and_then(Object::as_name).ok())
        .map(|name| name.split(|byte| *byte == b'+').next_back().unwrap_or_default().to_vec())
        .collect();
    let once: BTreeSet<_> = names.iter().collect();
    assert_eq!(once.len(), names.len());
}

#[test]
fn press_files_are_what_render_makes_alone_though_their_pages_are_known() {
    let made = plain();
    editions(&made, &["--profile", "press", "--jobs", "1"]).ok();
    for (id, set) in [
        ("shan", &["partner=山, 海", "tier=silver", "sum=2000.5"][..]),
        ("qing", &["partner=青禾", "subtitle=别册"]),
    ] {
        let mut args = vec!["render", "alone.pdf", "--profile", "press"];
        args.extend(set.iter().flat_map(|set| ["--set", *set]));
        made.run(&args).ok();
        let same = fs::read(made.join("alone.pdf")).expect("a file")
            == fs::read(made.join(&format!("out/{id}.pdf"))).expect("a file");
        assert!(same, "{id} is not what `render` makes");
    }
}

#[test]
fn what_the_preflight_finds_is_told_of_each_edition_that_has_the_page() {
    let made = plain();
    // A picture of few pixels, on a page that all have.
    made.edit("content/chapters/1.md", "所有版本都有的正文。", "![图](figures/low.png)\n\n正文。");
    let pixels =
        image::RgbImage::from_fn(40, 40, |x, y| image::Rgb([(x * 6) as u8, (y * 6) as u8, 90]));
    pixels.save(made.join("content/figures/low.png")).expect("a picture");
    let run = editions(&made, &["--profile", "press", "--jobs", "1"]);
    let lines: Vec<serde_json::Value> = made
        .read("out/manifest.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 3, "{}", run.stderr);
    let told: Vec<String> = lines
        .iter()
        .map(|line| format!("{} {}", line["done"]["findings"], line["failed"].is_object()))
        .collect();
    assert!(told.iter().all(|one| *one == told[0]) && told[0] != "0 false", "{told:?}");
}
