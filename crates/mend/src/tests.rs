//! Tests with the good file of the preflight: what is taken from it, or put in its way, is mended,
//! and the preflight finds nothing then.

use lopdf::{Dictionary, Document, Object, dictionary};
use preflight::Profile;
use testkit::good::{Good, good, mm, page_box, rect, set, stream};

use super::{Done, Left, MendError, Mended, Options, mend};

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    let profile = Profile::built_in("house").expect("a profile");
    let mut codes: Vec<_> =
        preflight::check(bytes, &profile).findings.iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes
}

/// Mends a file, and holds that it was not sound before and is now.
fn mended(file: &mut Good, options: Options) -> Mended {
    let bytes = file.bytes();
    assert_ne!(codes(&bytes), [""; 0]);
    let made = mend(&bytes, &options).expect("a file");
    assert_eq!(codes(&made.bytes), [""; 0], "{:?}", made.done);
    assert_eq!(mend(&bytes, &options).expect("a file").bytes, made.bytes);
    made
}

const GIVEN: Options = Options {
    trim: Some((210.0 * 72.0 / 25.4, 285.0 * 72.0 / 25.4)),
    bleed: Some(3.0 * 72.0 / 25.4),
    claim: false,
    effort: 1,
};

#[test]
fn a_sound_file_is_left_as_it_is() {
    let made = mend(&good().bytes(), &GIVEN).expect("a file");
    assert_eq!((made.done, made.left), (vec![], vec![]));
    assert_eq!(codes(&made.bytes), [""; 0]);
}

#[test]
fn boxes_come_from_the_trim_and_bleed_that_are_given() {
    let mut file = good();
    for id in file.pages.clone() {
        let page = file.dict(id);
        page.remove(b"TrimBox");
        page.remove(b"BleedBox");
    }
    let first = file.pages[0];
    file.dict(first).set("CropBox", page_box(5.0));
    let made = mended(&mut file, GIVEN);
    let names: Vec<String> = made.done.iter().map(ToString::to_string).collect();
    assert_eq!(
        names,
        [
            "the TrimBox is set to 210 × 285 mm in the middle of the sheet (pages: 4)",
            "the BleedBox is set 3 mm around the trim (pages: 4)",
            "the CropBox is taken off (pages: 1)"
        ]
    );
    // Where nobody gave them, they cannot be known.
    let bytes = file.bytes();
    let made = mend(&bytes, &Options::default()).expect("a file");
    assert!(codes(&made.bytes).contains(&"A7-trim-box"));
    // A sheet that is too small for them stays.
    file.dict(first).set("MediaBox", page_box(-20.0));
    file.dict(first).remove(b"CropBox");
    let made = mend(&file.bytes(), &GIVEN).expect("a file");
    assert_eq!(made.left, [Left::SmallSheet(1)]);
    // One that ends before the bleed has as much of it as there is.
    file.dict(first).set("MediaBox", page_box(1.0));
    let made = mend(&file.bytes(), &GIVEN).expect("a file");
    assert_eq!(made.left, [Left::Bleed(1)]);
    // A page that is turned is upright as it is seen.
    file.dict(first).set("MediaBox", [0, 0, 850, 850].map(Object::from).to_vec());
    file.dict(first).set("Rotate", 90);
    let made = mend(&file.bytes(), &GIVEN).expect("a file");
    let document = Document::load_mem(&made.bytes).expect("a PDF");
    let page = document.get_dictionary(document.page_iter().next().expect("a page"));
    let trim = page.and_then(|page| page.get(b"TrimBox")).expect("a box");
    let trim = impose::Rect::of(trim, &document).expect("a rectangle");
    assert!(trim.width() > trim.height());
}

#[test]
fn metadata_that_one_place_has_are_written_into_the_other() {
    let info: [fn(&mut Dictionary); 4] = [
        |info| _ = info.remove(b"Title"),
        |info| _ = info.remove(b"ModDate"),
        |info| _ = info.remove(b"Trapped"),
        |info| info.set("Trapped", "Unknown"),
    ];
    for change in info {
        let mut file = good();
        let id = file.info;
        change(file.dict(id));
        assert_eq!(mended(&mut file, Options::default()).done.len(), 1);
    }
    for name in ["dc:title", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:VersionID", "pdf:Trapped"]
    {
        let mut file = good();
        file.xmp(&format!("{name}>"), "xmp:Label>");
        let made = mended(&mut file, Options::default());
        assert!(
            matches!(&made.done[..], [Done::Xmp { name: found, .. }] if *found == name),
            "{name}"
        );
    }
    let mut file = good();
    file.doc.trailer.remove(b"ID");
    assert_eq!(mended(&mut file, Options::default()).done, [Done::FileId]);
    let mut file = good();
    let id = file.metadata;
    file.doc
        .get_object_mut(id)
        .and_then(Object::as_stream_mut)
        .expect("a stream")
        .compress()
        .expect("less");
    assert_eq!(mended(&mut file, Options::default()).done, [Done::Unpacked]);
    // Without a packet, all that Info says stands in a new one; the claim is for who has checked.
    let mut file = good();
    file.doc.catalog_mut().expect("a catalogue").remove(b"Metadata");
    let made = mend(&file.bytes(), &Options::default()).expect("a file");
    assert_eq!(codes(&made.bytes), ["A2-xmp-version"]);
    let made = mended(&mut file, Options { claim: true, ..Options::default() });
    assert!(made.done.contains(&Done::Packet) && made.done.contains(&Done::Claim));
}

#[test]
fn what_only_a_person_knows_is_left() {
    let mut file = good();
    let id = file.info;
    file.dict(id).set("Title", testkit::good::text("五大趋势 2026"));
    let made = mend(&file.bytes(), &Options::default()).expect("a file");
    assert_eq!(made.left, [Left::Differs("Title")]);
    assert_eq!(codes(&made.bytes), ["A4-title"]);
    file.dict(id).remove(b"Title");
    file.xmp("dc:title>", "dc:subject>");
    let made = mend(&file.bytes(), &Options::default()).expect("a file");
    assert_eq!(made.left, [Left::NoTitle]);
    let mut file = good();
    file.xmp("</rdf:Alt>", "");
    let made = mend(&file.bytes(), &Options::default()).expect("a file");
    assert_eq!(made.left, [Left::BrokenPacket]);
    assert!(matches!(mend(b"%PDF-1.4 nothing", &Options::default()), Err(MendError::Pdf(_))));
}

fn annotation(file: &mut Good, entries: Dictionary) {
    let mut dict = dictionary! { "Type" => "Annot", "Rect" => [200, 200, 260, 230].map(Object::from).to_vec() };
    dict.extend(&entries);
    let id = file.doc.add_object(dict);
    let page = file.pages[0];
    file.dict(page).set("Annots", vec![id.into()]);
}

#[test]
fn annotations_go_and_what_they_draw_stays() {
    let mut file = good();
    let action =
        dictionary! { "S" => "URI", "URI" => Object::string_literal("https://example.org") };
    annotation(&mut file, dictionary! { "Subtype" => "Link", "A" => action });
    assert_eq!(mended(&mut file, Options::default()).done, [Done::Annotations(1)]);

    let mut file = good();
    let form = dictionary! { "BBox" => [0, 0, 60, 30].map(Object::from).to_vec() };
    let form = file.doc.add_object(stream(form, b"0.9 0 0 0 k 0 0 60 30 re f".to_vec(), true));
    annotation(
        &mut file,
        dictionary! { "Subtype" => "Stamp", "F" => 4, "AP" => dictionary! { "N" => form } },
    );
    let cyan = |bytes: &[u8]| preflight::check(bytes, &Profile::house()).pages[0].mean.cyan;
    let before = cyan(&file.bytes());
    let made = mended(&mut file, Options::default());
    assert_eq!(made.done, [Done::Drawn(1)]);
    assert!(cyan(&made.bytes) > before + 0.1, "{before}");

    let mut file = good();
    annotation(&mut file, dictionary! { "Subtype" => "Square", "F" => 4 });
    let made = mend(&file.bytes(), &Options::default()).expect("a file");
    assert_eq!(made.left, [Left::Annotation(1, "Square".into())]);
    assert_eq!(codes(&made.bytes), ["A10-annotation"]);
}

#[test]
fn actions_go_and_the_outline_leads_where_it_led() {
    let mut file = good();
    let catalog = file.doc.catalog_mut().expect("a catalogue");
    catalog.set("OpenAction", dictionary! { "S" => "Named", "N" => "Print" });
    let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.beep()") };
    let names = dictionary! { "Names" => vec![Object::string_literal("a"), script.into()] };
    catalog.set("Names", dictionary! { "JavaScript" => names });
    let outline = file.outline;
    let place = file.dict(outline).remove(b"Dest").expect("a place");
    file.dict(outline).set("A", dictionary! { "S" => "GoTo", "D" => place.clone() });
    let made = mended(&mut file, Options::default());
    assert_eq!(made.done, [Done::Actions(2), Done::Destinations(1)]);
    let document = Document::load_mem(&made.bytes).expect("a PDF");
    let led = document.objects.values().filter_map(|object| object.as_dict().ok());
    assert_eq!(led.filter(|dict| dict.get(b"Dest").is_ok_and(|found| *found == place)).count(), 1);
}

#[test]
fn white_covers_and_black_overprints_as_before() {
    let white = "0 0 0 0 k";
    let tint = dictionary! { "FunctionType" => 2, "Domain" => [0, 1].map(Object::from).to_vec(), "N" => 1, "C0" => vec![0.into(); 4], "C1" => vec![0.into(), 1.into(), 1.into(), 0.into()] };
    for (content, places) in [
        (set("/Over gs 0 0 0 0 k", 24.0, 20.0, 250.0), 1),
        (format!("/Over gs {}", rect(white, 20.0, 250.0, 20.0, 20.0)), 1),
        (format!("/Over gs 0 0 0 0 K 4 w {0} {0} m 300 {0} l S", mm(250.0)), 1),
        ("/Over gs 0 0 0 0 k 0 0 0 1 K 3 w 100 710 40 20 re B".into(), 1),
        ("/Over gs /DeviceCMYK cs 0 0 0 0 scn 100 710 m 140 710 l 140 730 l h W* f*".into(), 1),
        ("q /Over gs 0 0 0 0 k 100 710 9 9 re f Q 0 0 0 0 k 120 710 9 9 re f".into(), 1),
        (
            "/Over gs 0 0 0 0 k 0.6 0 0 0.6 100 700 cm BI /IM true /W 8 /H 8 /BPC 1 ID 12345678 EI"
                .into(),
            1,
        ),
    ] {
        let mut file = good();
        file.paint(0, &content);
        let made = mended(&mut file, Options::default());
        assert_eq!(made.done, [Done::White(places)], "{content}");
    }
    // In a form, and in a spot colour.
    let mut file = good();
    let group = file.group;
    let state = dictionary! { "OP" => true, "OPM" => 1 };
    let inner = dictionary! { "ExtGState" => dictionary! { "Over" => state } };
    let form = dictionary! { "Subtype" => "Form", "BBox" => [0, 0, 90, 90].map(Object::from).to_vec(), "Resources" => inner };
    _ = group;
    let form =
        file.doc.add_object(stream(form, b"/Over gs 0 0 0 0 k 0 0 50 50 re f".to_vec(), true));
    file.resource("XObject", "White", form);
    file.paint(0, "1 0 0 1 100 700 cm /White Do");
    assert_eq!(mended(&mut file, Options::default()).done, [Done::White(1)]);
    let mut file = good();
    let space: Object =
        vec!["Separation".into(), "Black".into(), "DeviceCMYK".into(), tint.into()].into();
    file.resource("ColorSpace", "Ink", space);
    file.paint(0, "/Over gs /Ink cs 0 scn 100 710 40 20 re f");
    let made = mend(&file.bytes(), &Options::default()).expect("a file");
    assert!(
        made.done.contains(&Done::White(1)) && !codes(&made.bytes).contains(&"B10-white-overprint")
    );
}
