//! Tests with damaged or malicious files: a message in good time, never a panic.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Object, dictionary};

use super::{checked, codes};
use testkit::good::{good, stream};

/// The message about a file that cannot be read.
fn refusal(bytes: &[u8]) -> String {
    let report = checked(bytes, "x4");
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!((finding.code, report.passes()), ("P1-readable", false));
    finding.message.clone()
}

#[test]
fn what_is_no_pdf_is_refused_with_a_reason() {
    assert_eq!(refusal(b""), "the file is empty");
    assert_eq!(
        refusal(b"PK\x03\x04 a zip"),
        "not a PDF: `%PDF-` is not among the first 1024 bytes"
    );
    assert_eq!(refusal(b"%PDF-1.6\n%%EOF"), "the file cannot be read as a PDF");
}

#[test]
fn a_file_that_is_cut_off_is_told_wherever_the_cut_is() {
    let bytes = good().bytes();
    for part in 1..40 {
        let report = checked(&bytes[..bytes.len() * part / 40], "x4");
        let found = codes(&report);
        assert!(found.contains("P1-readable") || found.contains("P4-xref"), "{part}/40: {found:?}");
    }
}

#[test]
fn damaged_bytes_never_stop_the_check() {
    let bytes = good().bytes();
    // The profile's stream is most of the file, and of no interest here.
    let profile =
        bytes.windows(6).position(|w| w == b"/N 4/L" || w == b"/N 4 /").unwrap_or(bytes.len() / 2);
    let mut seed = 12345u64;
    let mut next = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % limit
    };
    for _ in 0..60 {
        let mut damaged = bytes.clone();
        for _ in 0..20 {
            let at = next(profile);
            damaged[at] = next(256) as u8;
        }
        // Whatever is found, the check comes to its end, and gives a page's inks or an error.
        let report = checked(&damaged, "house");
        assert!(!report.pages.is_empty() || !report.passes());
    }
}

#[test]
fn a_ring_of_pages_and_a_form_within_itself_come_to_an_end() {
    let mut file = good();
    let parent =
        file.dict(file.pages[0]).get(b"Parent").and_then(Object::as_reference).expect("a parent");
    let kids = file.dict(parent).get_mut(b"Kids").and_then(Object::as_array_mut).expect("kids");
    kids.push(parent.into());
    assert_eq!(codes(&checked(&file.bytes(), "x4")).len(), 0);

    let mut file = good();
    let form = file.group;
    file.dict(form).set("Resources", dictionary! { "XObject" => dictionary! { "G1" => form } });
    let stream = file.doc.get_object_mut(form).and_then(Object::as_stream_mut).expect("a stream");
    stream.set_plain_content(b"/G1 Do /G1 Do /G1 Do".to_vec());
    assert!(codes(&checked(&file.bytes(), "x4")).contains("P2-limit"));
}

#[test]
fn work_without_end_is_left() {
    // Forms that paint the next three times over, twenty deep; and soft masks by the thousand.
    let mut file = good();
    let mut inner = file.group;
    for _ in 0..20 {
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 200.into(), 200.into()],
            "Resources" => dictionary! { "XObject" => dictionary! { "G2" => inner } },
        };
        inner = file.doc.add_object(stream(dict, b"/G2 Do /G2 Do /G2 Do".to_vec(), false));
    }
    file.resource("XObject", "G2", inner);
    file.paint(0, "/G2 Do");
    file.paint(1, &"1 0 0 1 0.001 0 cm /Soft gs ".repeat(50_000));
    let report = checked(&file.bytes(), "x4");
    let pages: Vec<_> =
        report.findings.iter().map(|finding| (finding.code, finding.page)).collect();
    assert_eq!(pages, [("P2-limit", Some(1)), ("P2-limit", Some(2))]);
}

#[test]
fn numbers_out_of_range_are_no_trouble() {
    for bits in [0, 3, 17, 255, -1] {
        let mut file = good();
        let image = file.image;
        file.dict(image).set("BitsPerComponent", bits);
        assert!(codes(&checked(&file.bytes(), "x4")).is_subset(&["P5-damaged"].into()), "{bits}");
    }
    for size in [(1e9, 0.001), (1e30, 1e30), (0.0, 0.0), (-5.0, 1e-30)] {
        let mut file = good();
        let page = file.pages[0];
        let area: Vec<Object> =
            vec![0.into(), 0.into(), Object::Real(size.0), Object::Real(size.1)];
        for name in ["MediaBox", "BleedBox", "TrimBox"] {
            file.dict(page).set(name, area.clone());
        }
        assert_eq!(checked(&file.bytes(), "x4").pages.len(), 4, "{size:?}");
    }
    let mut file = good();
    file.paint(
        0,
        "1e30 0 0 1e-30 1e30 0 cm 1e38 w [1e-30 0] 0 d 0 0 m 1e38 1e38 l S 0 0 1e38 1e38 re f /S1 sh /Im1 Do",
    );
    file.paint(1, "BT /F1 1e30 Tf 1e-30 Tz 99999999 Tc <0001> Tj ET BT /F1 0 Tf 0 0 0 0 0 0 Tm <00010002> Tj ET");
    assert_eq!(checked(&file.bytes(), "x4").pages.len(), 4);
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let mut packed = ZlibEncoder::new(vec![], Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..1100 {
        packed.write_all(&zeros).expect("memory");
    }
    let packed = packed.finish().expect("memory");
    let mut file = good();
    let mut bomb = stream(dictionary! { "Filter" => "FlateDecode" }, packed, false);
    bomb.allows_compression = false;
    let bomb = file.doc.add_object(bomb);
    file.dict(file.pages[0]).set("Contents", bomb);
    assert_eq!(codes(&checked(&file.bytes(), "x4")), ["P2-limit"].into());

    let mut file = good();
    let twice = stream(
        dictionary! { "Filter" => vec!["FlateDecode".into(), "FlateDecode".into()] },
        vec![0; 100],
        false,
    );
    let twice = file.doc.add_object(twice);
    file.dict(file.pages[0]).set("Contents", twice);
    assert_eq!(codes(&checked(&file.bytes(), "x4")), ["P5-damaged"].into());
}

#[test]
fn nesting_without_end_is_left() {
    // Packed, so that only the content shows it.
    for (content, told) in [("[", true), ("<<", true), ("q ", false)] {
        let mut file = good();
        file.paint(0, &content.repeat(1_000_000));
        let stream = file
            .doc
            .get_object_mut(file.contents[0])
            .and_then(Object::as_stream_mut)
            .expect("a stream");
        stream.compress().expect("it can be packed");
        let report = checked(&file.bytes(), "x4");
        assert_eq!(
            (report.pages.len(), codes(&report).contains("P2-limit")),
            (4, told),
            "{content}: {:?}",
            report.findings
        );
    }
}

#[test]
fn values_that_cannot_be_read_are_passed_over() {
    // The reader takes a name for sound until it is asked for it.
    for value in
        ["/A#", "/A#G0", "[1 /A#G0 2]", "<</B /A#G0>>", "99999999999 0 R", "[<</F 1>>stream]"]
    {
        let mut bytes = good().bytes();
        let end = bytes.windows(9).rposition(|w| w == b"startxref").expect("startxref");
        bytes.splice(
            end..end,
            format!("99 0 obj <</Type /Action /S /URI /V {value}>> endobj ").into_bytes(),
        );
        // The table does not name it: it is found when the table is made anew.
        let report = checked(&bytes[..bytes.len() - 30], "x4");
        assert!(
            codes(&report).contains("A11-action") && !codes(&report).contains("P1-readable"),
            "{value}: {:?}",
            codes(&report)
        );
    }
}

#[test]
fn a_damaged_list_of_layers_is_refused() {
    let mut file = good();
    let list = |name: &str| -> Object { vec![Object::Name(name.into())].into() };
    let mut layers = |off: &str| {
        let shown = dictionary! { "OFF" => list(off) };
        let layers = dictionary! { "OCGs" => list("A"), "D" => shown };
        file.doc.catalog_mut().expect("a catalogue").set("OCProperties", layers);
        file.bytes()
    };
    assert_eq!(codes(&checked(&layers("OK"), "x4")).len(), 0);
    let mut damaged = layers("OKAY");
    let at = damaged.windows(5).position(|w| w == b"/OKAY").expect("the name");
    damaged[at + 1..at + 5].copy_from_slice(b"A#G0");
    assert_eq!(refusal(&damaged), "the list of the file's layers is damaged");
}

#[test]
fn objects_nested_without_end_are_refused() {
    let mut bytes = good().bytes();
    let end = bytes.windows(9).rposition(|w| w == b"startxref").expect("startxref");
    bytes.splice(end..end, "99 0 obj ".bytes().chain("<</A ".repeat(1_000_000).bytes()));
    assert_eq!(codes(&checked(&bytes, "x4")), ["P2-limit"].into());
}

#[test]
fn the_same_file_gives_the_same_report() {
    let mut file = good();
    file.paint(1, &testkit::good::rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    let bytes = file.bytes();
    let text = || checked(&bytes, "house").json("a.pdf").to_string();
    assert_eq!(text(), text());
}
