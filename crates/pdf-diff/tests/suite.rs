//! Tests of comparisons: pages that are added, turned, cut to another size or printed in other
//! inks, and those that have no words.

use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use pdf_diff::{Change, ChangeKind, Comparison, Sources, compare, html, read};

/// A page: its content, and what is changed of its dictionary.
type Page<'a> = (&'a str, &'a dyn Fn(&mut Dictionary));

const PLAIN: &dyn Fn(&mut Dictionary) = &|_| {};
const TEXTS: [&str; 3] = [
    "Growers planted rows along the river and sold early fruit",
    "Wells were dug deeper in nine counties of the north",
    "Exports went by rail in forty wagons of which six were cooled",
];

fn text(words: &str) -> String {
    format!("BT /F 12 Tf 30 300 Td ({words}.) Tj ET")
}

fn file(pages: &[Page]) -> Arc<Vec<u8>> {
    let mut document = Document::with_version("1.6");
    let parent = document.new_object_id();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let numbers = |list: [i64; 4]| list.map(Object::from).to_vec();
    let tint = dictionary! {
        "FunctionType" => 2, "Domain" => [0, 1].map(Object::from).to_vec(), "N" => 1,
        "C0" => numbers([0, 0, 0, 0]), "C1" => numbers([1, 0, 0, 0]),
    };
    let spot = |name: &str| -> Object {
        vec!["Separation".into(), name.into(), "DeviceCMYK".into(), tint.clone().into()].into()
    };
    let kids: Vec<Object> = pages
        .iter()
        .map(|(content, change)| {
            let contents = Stream::new(dictionary! {}, content.as_bytes().to_vec());
            let mut spaces = Dictionary::new();
            for name in ["Gold", "Reflex"] {
                if content.contains(name) {
                    spaces.set(name, spot(name));
                }
            }
            let mut page = dictionary! {
                "Type" => "Page", "Parent" => parent, "Contents" => document.add_object(contents),
                "MediaBox" => numbers([0, 0, 400, 360]),
                "Resources" => dictionary! {
                    "Font" => dictionary! { "F" => font.clone() }, "ColorSpace" => spaces,
                },
            };
            change(&mut page);
            document.add_object(page).into()
        })
        .collect();
    let count = kids.len() as i64;
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(parent, tree.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    document.trailer.set("Root", catalog);
    let mut bytes = vec![];
    document.save_to(&mut bytes).expect("a PDF");
    bytes.into()
}

fn compared(a: &[Page], b: &[Page]) -> Comparison {
    let version = |name: &str, pages| read(name, file(pages), Sources::default()).expect("a PDF");
    let (a, b) = (version("a", a), version("b", b));
    let comparison = compare(&a, &b).expect("a comparison");
    html(&comparison, &a, &b).expect("a page");
    comparison
}

fn told(change: &Change) -> (ChangeKind, &str) {
    (change.kind, change.told.as_deref().unwrap_or_default())
}

/// The changes of a page with a text, of which a copy is changed.
fn changed(content: &str, change: &dyn Fn(&mut Dictionary)) -> Vec<(ChangeKind, String)> {
    let own = text(TEXTS[0]);
    let comparison = compared(&[(&own, PLAIN)], &[(&(own.clone() + content), change)]);
    comparison.changes.iter().map(told).map(|(kind, told)| (kind, told.to_owned())).collect()
}

fn sides(list: [f32; 4]) -> Object {
    list.map(Object::from).to_vec().into()
}

#[test]
fn a_turned_page_has_the_same_words() {
    assert_eq!(changed("", PLAIN), []);
    for (turn, degrees) in [(180, 180), (90, 90), (270, 270)] {
        let found = changed("", &|page| page.set("Rotate", turn));
        let wanted = format!("turned by {degrees}° clockwise");
        assert_eq!(found, [(ChangeKind::Look, wanted)], "{turn}");
    }
    // Where the words stand upright again, nothing is turned.
    let own = format!("0 1 -1 0 360 0 cm {}", text(TEXTS[0]));
    let upright = |page: &mut Dictionary| {
        page.set("MediaBox", sides([0.0, 0.0, 360.0, 400.0]));
        page.set("Rotate", 90);
    };
    let comparison = compared(&[(&text(TEXTS[0]), PLAIN)], &[(&own, &upright)]);
    assert!(comparison.same(), "{comparison}");
}

#[test]
fn the_size_is_that_of_the_cut_page() {
    let look = |told: &str| [(ChangeKind::Look, told.to_owned())];
    // A file for the press has more around the trim than one for a screen.
    let press = |page: &mut Dictionary| {
        page.set("MediaBox", sides([-30.0, -30.0, 430.0, 390.0]));
        page.set("TrimBox", sides([0.0, 0.0, 400.0, 360.0]));
    };
    assert_eq!(changed("", &press), []);
    // What differs within the trim is found in its place.
    let comparison = compared(
        &[(&text(TEXTS[0]), PLAIN)],
        &[(&(text(TEXTS[0]) + " 380 100 10 10 re f"), &press)],
    );
    let [change] = &comparison.changes[..] else { panic!("{comparison}") };
    let (old, new) = (change.marks_a[0].rect, change.marks_b[0].rect);
    assert_eq!((new.x0 - old.x0, new.y0 - old.y0), (30.0, 30.0));
    assert!(old.x0 <= 380.0 && old.x1 >= 390.0 && old.y0 <= 250.0 && old.y1 >= 260.0, "{old:?}");
    let cut = |page: &mut Dictionary| page.set("TrimBox", sides([0.0, 0.0, 390.0, 360.0]));
    assert_eq!(changed("", &cut), look("137.6 × 127.0 mm, was 141.1 × 127.0 mm"));
    let doubled = |page: &mut Dictionary| page.set("UserUnit", 2);
    assert_eq!(changed("", &doubled), look("282.2 × 254.0 mm, was 141.1 × 127.0 mm"));
    let larger = |page: &mut Dictionary| page.set("MediaBox", sides([0.0, 0.0, 400.0, 400.0]));
    assert_eq!(changed("", &larger), look("141.1 × 141.1 mm, was 141.1 × 127.0 mm"));
}

#[test]
fn spot_colours_are_compared_by_name() {
    let inks = |a: &str, b: &str| -> Vec<String> {
        let painted = |names: &str| {
            let paint = |name| format!(" /{name} cs 1 scn 380 30 10 10 re f");
            text(TEXTS[1]) + &names.split_whitespace().map(paint).collect::<String>()
        };
        let comparison = compared(&[(&painted(a), PLAIN)], &[(&painted(b), PLAIN)]);
        comparison.changes.iter().map(|change| told(change).1.to_owned()).collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(inks("Gold", "Gold"), none);
    assert_eq!(inks("Gold", "Reflex"), ["spot colours: `Reflex`, was: `Gold`"]);
    // On a screen, cyan looks as its spot colour does.
    let spot = text(TEXTS[1]) + " /Gold cs 1 scn 380 30 10 10 re f";
    let process = text(TEXTS[1]) + " 1 0 0 0 k 380 30 10 10 re f";
    let comparison = compared(&[(&spot, PLAIN)], &[(&process, PLAIN)]);
    let told: Vec<_> = comparison.changes.iter().map(told).collect();
    assert_eq!(told, [(ChangeKind::Look, "spot colours: none, was: `Gold`")]);
    let summary = comparison.to_string();
    assert!(summary.contains("page looks different, 1: spot colours: none"), "{summary}");
}

#[test]
fn pages_without_words_meet_by_their_looks_and_are_told() {
    let scans: Vec<String> = (0..4)
        .map(|page| {
            let line = |row: usize| {
                let width = 60 + (page * 97 + row * 53) % 280;
                format!("0.{} g 30 {} {width} 18 re f ", (page + row) % 3, 40 + row * 28)
            };
            (0..10).map(line).collect()
        })
        .collect();
    let page = |at: usize| -> Page<'_> { (&scans[at], PLAIN) };
    let comparison = compared(&[page(0), page(1), page(2)], &[page(0), page(3), page(1), page(2)]);
    let summary = comparison.to_string();
    assert!(summary.contains("pages added: 2\n"), "{summary}");
    let comparison = compared(&[page(0), page(1), page(2)], &[page(0), page(2)]);
    assert!(comparison.to_string().contains("pages removed: 2\n"), "{comparison}");
    // A page with words that has moved has no other line either.
    let texts = TEXTS.map(text);
    let page = |at: usize| -> Page<'_> { (&texts[at], PLAIN) };
    let comparison = compared(&[page(0), page(1), page(2)], &[page(1), page(2), page(0)]);
    assert!(comparison.to_string().contains("pages moved: 1 → 3\n"), "{comparison}");
    // A blank page is one of those that have no words.
    let comparison = compared(&[page(0), page(1)], &[page(0), ("", PLAIN), page(1)]);
    let summary = comparison.to_string();
    assert!(summary.contains("pages added: 2\n"), "{summary}");
    assert!(summary.contains("1 page differs, of 2 before and 3 now"), "{summary}");
}

#[test]
fn a_tint_and_a_figure_without_words_are_told() {
    let found = changed(" 0.95 g 200 40 150 150 re f", PLAIN);
    assert_eq!(found, [(ChangeKind::Look, String::new())]);
    let figure = " 1 0 0 rg 40 40 60 60 re f 0 0 1 rg 60 60 60 60 re f";
    let own = text(TEXTS[2]);
    let comparison = compared(&[(&(own.clone() + figure), PLAIN)], &[(&own, PLAIN)]);
    let summary = comparison.to_string();
    assert!(summary.contains("figure removed, 1\n"), "{summary}");
    assert!(!summary.contains("[--]"), "{summary}");
}
