//! PDFs of other programs (`crates/preflight/tests/makers`, made by `tests/scripts/makers.py`): the codes that
//! each profile finds.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use lopdf::{Document, Object};

use super::{checked, codes};
use testkit::bless::expect;
use testkit::repository;

/// The makers' files, by name.
fn files() -> Vec<(String, Vec<u8>)> {
    let folder = repository().join("crates/preflight/tests/makers");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .map(|path| {
            (
                path.file_stem().expect("a name").to_string_lossy().into_owned(),
                fs::read(&path).expect("a file"),
            )
        })
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_found_in_files_of_other_makers() {
    let mut found = String::new();
    for (name, bytes) in files() {
        _ = writeln!(found, "{name}.pdf");
        let mut known = BTreeSet::new();
        for profile in ["x4", "gwg-sheetfed", "house"] {
            // Each profile asks for what the one before it does, and more.
            let all = codes(&checked(&bytes, profile));
            assert!(all.is_superset(&known), "{name}, {profile}");
            all.difference(&known).for_each(|code| _ = writeln!(found, "  {profile}: {code}"));
            known = all;
        }
    }
    expect("crates/preflight/tests/makers/expected.txt", &found)
        .unwrap_or_else(|differs| panic!("{differs}"));
}

#[test]
fn widths_of_simple_fonts_are_measured_too() {
    // LibreOffice embeds Type 1 fonts, XeLaTeX those of its formulas as Type 1 outlines alone.
    for name in ["libreoffice", "xelatex"] {
        let bytes =
            fs::read(repository().join(format!("crates/preflight/tests/makers/{name}.pdf")))
                .expect("a file");
        let mut document = Document::load_mem(&bytes).expect("a PDF");
        let widths = |font: &lopdf::Dictionary| {
            Some(font.get_deref(b"Widths", &document).ok()?.as_array().ok()?.clone())
        };
        let fonts = document
            .objects
            .iter()
            .filter_map(|(id, object)| Some((*id, widths(object.as_dict().ok()?)?)));
        let lists: Vec<_> = fonts.collect();
        assert!(!lists.is_empty(), "{name}");
        for (font, widths) in lists {
            let wider = widths
                .iter()
                .map(|width| (width.as_float().expect("a number") + 30.0).into())
                .collect();
            document.get_dictionary_mut(font).expect("a font").set("Widths", Object::Array(wider));
        }
        let mut wider = vec![];
        document.save_to(&mut wider).expect("a PDF");
        assert!(codes(&checked(&wider, "x4")).contains("A9-glyph-width"), "{name}");
    }
}
