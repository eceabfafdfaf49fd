//! Tests of the preflight: a fully valid file, many with a single fault each, files of other
//! programs, and damaged ones.

#![expect(clippy::disallowed_methods, reason = "tests write their own fixtures")]

mod again;
mod faults;
mod heat;
mod inbox;
mod inline;
mod known;
mod makers;
mod robust;
mod seeds;

use std::collections::BTreeSet;

use lopdf::{Object, dictionary};
use preflight::{Preflight, Profile, profile, rules};
use source::Severity;
use testkit::{good, repository};

fn checked(bytes: &[u8], profile: &str) -> Preflight {
    preflight::check(bytes, &Profile::built_in(profile).expect("a profile"))
}

/// The codes that were found.
fn codes(report: &Preflight) -> BTreeSet<&'static str> {
    report.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn the_good_file_is_clean_under_every_profile() {
    let bytes = good::good().bytes();
    // For checkers that are not ours, by hand.
    let folder = repository().join("target/preflight");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("good.pdf"), &bytes).expect("a file");
    for (name, _) in profile::BUILT_IN {
        let report = checked(&bytes, name);
        if matches!(name, "x1a" | "x3") {
            // It claims another standard, and has what the old ones do not.
            let told = ["A1-header", "A2-info-version", "A14-transparency"];
            assert_eq!(codes(&report), told.into(), "{name}");
        } else if name != "gwg-newspaper" {
            assert_eq!(report.findings, [], "{name}");
        }
        assert_eq!(report.pages.len(), 4);
    }
}

/// Makes the good file one of an old standard: no transparency, an older version.
fn old(version: &str, edition: &str) -> good::Good {
    let mut file = good::good();
    file.doc.version = edition.into();
    let info = file.info;
    file.dict(info).set("GTS_PDFXVersion", Object::string_literal(version));
    let resources = file.resources;
    file.dict(resources).remove(b"XObject");
    let states = dictionary! { "Over" => dictionary! { "Type" => "ExtGState", "OP" => true, "op" => true, "OPM" => 1 } };
    file.dict(resources).set("ExtGState", states);
    for page in 0..4 {
        let id = file.contents[page];
        let content = file.doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("content");
        content.set_plain_content(vec![]);
        file.paint(page, &good::set("0 0 0 1 k", 10.0, 20.0, 200.0));
    }
    file.doc.prune_objects();
    file
}

#[test]
fn files_of_old_standards_are_judged_by_what_they_claim() {
    let told = |file: &mut good::Good, profile: &str| {
        // Saving raises the version, for the table's sake.
        let edition = file.doc.version.clone();
        let mut bytes = file.bytes();
        bytes[5..8].copy_from_slice(edition.as_bytes());
        file.doc.version = edition;
        codes(&checked(&bytes, profile)).into_iter().collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    for (version, edition, profile) in [
        ("PDF/X-1:2001", "1.3", "x1a"),
        ("PDF/X-1a:2003", "1.4", "x1a"),
        ("PDF/X-3:2002", "1.3", "x3"),
        ("PDF/X-3:2003", "1.4", "x3"),
    ] {
        assert_eq!(told(&mut old(version, edition), profile), none, "{version}");
    }
    assert_eq!(told(&mut old("PDF/X-3:2003", "1.4"), "x1a"), ["A2-info-version"]);
    assert_eq!(told(&mut old("PDF/X-1a:2003", "1.5"), "x1a"), ["A1-header"]);
    let state = |key: &str, value: Object| {
        let mut file = old("PDF/X-1a:2003", "1.4");
        let mut state = dictionary! { "Type" => "ExtGState" };
        state.set(key, value);
        file.resource("ExtGState", "New", state);
        told(&mut file, "x1a")
    };
    assert_eq!(state("ca", 0.5.into()), ["A14-transparency"]);
    let mut file = old("PDF/X-1a:2003", "1.4");
    file.resource("ExtGState", "New", dictionary! { "CA" => 0.5 });
    assert_eq!(told(&mut file, "x1a"), ["A14-transparency"]);
    assert_eq!(state("BM", "Multiply".into()), ["A14-transparency"]);
    assert_eq!(state("SMask", dictionary! { "S" => "Alpha" }.into()), ["A14-transparency"]);
    assert_eq!(state("BM", "Normal".into()), none);
    assert_eq!(state("SMask", "None".into()), none);
    // Colours of an ICC profile are for PDF/X-3 alone.
    let mut file = old("PDF/X-3:2003", "1.4");
    let profile = file.doc.add_object(good::stream(dictionary! { "N" => 3 }, vec![0; 200], true));
    file.resource("ColorSpace", "Cs1", vec!["ICCBased".into(), profile.into()]);
    file.paint(0, &good::rect("/Cs1 cs 1 0 0 sc", 50.0, 60.0, 30.0, 20.0));
    assert_eq!(told(&mut file, "x3"), none);
    assert_eq!(told(&mut file, "x1a"), ["A2-info-version", "B1-colour-space"]);
    let mut file = old("PDF/X-3:2003", "1.4");
    let layer =
        file.doc.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("a") });
    let layers = dictionary! { "OCGs" => vec![layer.into()], "D" => dictionary! {} };
    file.doc.catalog_mut().expect("a catalogue").set("OCProperties", layers);
    assert_eq!(told(&mut file, "x3"), ["A15-layers"]);
}

#[test]
fn every_fault_is_found_and_nothing_else() {
    let mut wrong = vec![];
    for fault in faults::all() {
        let mut file = good::good();
        let bytes = (fault.make)(&mut file);
        let profile = if fault.code.starts_with('H') { "house" } else { "gwg-sheetfed" };
        let mut found = codes(&checked(&bytes, profile));
        // What follows from a fault is told too: a spot colour is none of the process, inks are not
        // those of the intent, a font without its program has no widths.
        let follows: &[&str] = match fault.code {
            "B1-spot-names" | "B1-spot-stand-in" => &["B1-spot"],
            "B1-output-cmyk" => &["A8-device-colour"],
            "A9-font-program" => &["A9-glyph-width"],
            _ => &[],
        };
        found.retain(|code| !follows.contains(code));
        if found != BTreeSet::from([fault.code]) {
            wrong.push(format!("{}: `{}` expected, found {found:?}", fault.name, fault.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_its_fault() {
    let made: BTreeSet<_> = faults::all().iter().map(|fault| fault.code).collect();
    assert!(faults::all().len() >= 40);
    // A file that cannot be read, or not to its end, is in `robust`; those of old standards are here.
    let missing: Vec<_> =
        rules::ALL.iter().map(|rule| rule.code).filter(|code| !made.contains(code)).collect();
    assert_eq!(missing, ["P1-readable", "P2-limit", "A14-transparency", "A15-layers"]);
}

#[test]
fn the_ledger_has_every_code_and_no_other() {
    let ledger = std::fs::read_to_string(repository().join("crates/preflight/LEDGER.md"))
        .expect("the ledger");
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_code = |word: &&str| {
        let mut parts = word.splitn(2, '-');
        let head = parts.next().unwrap_or_default();
        let number = head.strip_prefix(['P', 'A', 'B', 'H']).unwrap_or_default();
        number.parse::<u8>().is_ok()
            && parts.next().is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let named: BTreeSet<&str> = ledger.split(|c| !word(c)).filter(is_code).collect();
    let known: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.code).collect();
    assert_eq!(named, known);
    for file in ledger.split('`').filter(|word| word.ends_with(".rs")) {
        assert!(
            repository().join("crates/preflight/src").join(file).is_file(),
            "the ledger names `{file}`, which is not there"
        );
    }
}

#[test]
fn a_place_is_in_millimetres_from_the_trim() {
    let mut file = good::good();
    file.paint(2, &good::rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    let report = checked(&file.bytes(), "x4");
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    let place = finding.place.expect("a place");
    assert_eq!(
        (finding.page, place.x, place.y, place.width, place.height),
        (Some(3), 50.0, 60.0, 30.0, 20.0)
    );
}

#[test]
fn inks_are_those_that_the_page_asks_for() {
    let mut file = good::good();
    // Four inks over 40 mm: black overprints, so that the others stay; then half of it under
    // white at half strength.
    file.paint(0, &good::rect("0.7 0.6 0.5 0 k", 150.0, 20.0, 40.0, 40.0));
    file.paint(0, &format!("/Over gs {}", good::rect("0 0 0 0.9 k", 150.0, 20.0, 40.0, 40.0)));
    file.paint(1, &good::rect("0.7 0.6 0.5 0.9 k", 150.0, 20.0, 40.0, 40.0));
    file.paint(1, &format!("/Half gs {}", good::rect("0 0 0 0 k", 150.0, 20.0, 40.0, 40.0)));
    let report = checked(&file.bytes(), "x4");
    let first = &report.pages[0];
    assert_eq!(first.worst, 270.0, "{first:?}");
    assert_eq!(
        (first.inks.cyan, first.inks.magenta, first.inks.yellow, first.inks.black),
        (70.0, 60.0, 50.0, 90.0)
    );
    assert!(first.place.x >= 149.5 && first.place.x + first.place.width <= 190.5, "{first:?}");
    // On page 2 the band of the design is the heaviest.
    let second = &report.pages[1];
    assert_eq!(second.worst, 180.0, "{second:?}");
    // The means follow from the areas: the band is 216 × 48 mm, the page 216 × 291.
    let band = 216.0 * 48.0 / (216.0 * 291.0) * 100.0;
    assert!((report.pages[2].mean.cyan - band).abs() < 3.0, "{:?}", report.pages[2]);
}

#[test]
fn what_ends_on_a_ground_that_bleeds_is_no_fault() {
    let mut file = good::good();
    // On the design's band, which bleeds: a part that ends at the trim, and a small one near it.
    file.paint(0, &good::rect("0 0.5 0.5 0 k", 0.0, 250.0, 10.0, 20.0));
    file.paint(0, &good::rect("0 0.5 0.5 0 k", 206.0, 250.0, 3.0, 3.0));
    assert_eq!(checked(&file.bytes(), "house").findings, []);
    // Text is lost all the same.
    file.paint(0, &good::set("0 0 0 0 k", 24.0, 1.0, 250.0));
    assert_eq!(codes(&checked(&file.bytes(), "house")), ["B11-safety-margin"].into());
}

#[test]
fn widths_may_be_rounded_to_a_thousandth() {
    let mut file = good::good();
    faults::widen(&mut file, 1);
    assert_eq!(checked(&file.bytes(), "x4").findings, []);
    faults::widen(&mut file, 1);
    let report = checked(&file.bytes(), "x4");
    assert_eq!((codes(&report), report.findings[0].page), (["A9-glyph-width"].into(), Some(1)));
}

#[test]
fn warnings_alone_pass() {
    let mut file = good::good();
    file.paint(0, &good::set("0 0 0 1 k", 10.0, 1.5, 100.0));
    let report = checked(&file.bytes(), "gwg-sheetfed");
    assert_eq!(
        (report.count(Severity::Warning), report.passes()),
        (1, true),
        "{:?}",
        report.findings
    );
}

#[test]
fn pages_have_the_sizes_that_a_profile_gives() {
    let bytes = good::good().bytes();
    let told = |sizes: Vec<[f64; 2]>| {
        let mut profile = Profile::built_in("house").expect("a profile");
        profile.sizes = sizes;
        let report = preflight::check(&bytes, &profile);
        report.findings.into_iter().find(|finding| finding.code == "H1-trim-size")
    };
    assert_eq!(told(vec![[210.0, 285.0]]), None);
    let hint = told(vec![[215.9, 279.4]]).expect("another size").hint;
    // What it says to write ends the finding.
    assert!(
        hint.contains("215.9 × 279.4 mm") && hint.contains("`sizes: [[210.0, 285.0]]`"),
        "{hint}"
    );
}
