//! The faults: each breaks one thing in the good file.
//!
//! Those of PDF/X-4 that are marked † an independent checker passed over (or mended in silence)
//! when asked.

use lopdf::encryption::{EncryptionState, EncryptionVersion};
use lopdf::{Dictionary, Object, Permissions, Stream, dictionary};

use testkit::good::{Good, image_dict, mm, page_box, rect, set, stream, text};

/// A fault, and the code of the rule that must find it.
pub(crate) struct Fault {
    pub code: &'static str,
    pub name: &'static str,
    pub make: fn(&mut Good) -> Vec<u8>,
}

macro_rules! faults {
    ($($code:literal, $name:literal: $make:expr;)*) => {
        /// All faults.
        pub(crate) fn all() -> Vec<Fault> {
            vec![$(Fault { code: $code, name: $name, make: |good| { let make: fn(&mut Good) = $make; make(good); good.bytes() } }),*, wrong_xref()]
        }
    };
}

fn catalog(good: &mut Good) -> &mut Dictionary {
    good.doc.catalog_mut().expect("a catalogue")
}

fn page(good: &mut Good, number: usize) -> &mut Dictionary {
    let id = good.pages[number];
    good.dict(id)
}

fn info(good: &mut Good) -> &mut Dictionary {
    let id = good.info;
    good.dict(id)
}

fn intent(good: &mut Good) -> &mut Dictionary {
    let id = good.intent;
    good.dict(id)
}

/// Changes bytes of the output intent's profile.
fn icc(good: &mut Good, change: fn(&mut Vec<u8>)) {
    let profile =
        good.doc.get_object_mut(good.profile).and_then(Object::as_stream_mut).expect("a stream");
    let mut data = profile.decompressed_content().expect("a profile");
    change(&mut data);
    *profile = stream(dictionary! { "N" => 4 }, data, true);
}

/// Makes the output intent one for printing in other colours.
fn printer(good: &mut Good, space: &'static [u8; 4], components: i64) {
    let stream =
        good.doc.get_object_mut(good.profile).and_then(Object::as_stream_mut).expect("a stream");
    let mut data = stream.decompressed_content().expect("a profile");
    data[16..20].copy_from_slice(space);
    *stream = testkit::good::stream(dictionary! { "N" => components }, data, true);
}

/// Changes the embedded font.
fn font_program(good: &mut Good, change: fn(&mut Vec<u8>)) {
    let id = good.dict(good.descriptor).get(b"FontFile2").and_then(Object::as_reference);
    let file = good.doc.get_object_mut(id.expect("a file")).and_then(Object::as_stream_mut);
    let file = file.expect("a stream");
    let mut data = file.decompressed_content().expect("a font");
    change(&mut data);
    *file = stream(Dictionary::new(), data, true);
}

/// Paints text that runs downwards, in a font that says so of its glyphs' heights.
fn downwards(good: &mut Good, text: &str, heights: &[(&str, Object)]) {
    font_program(good, |data| *data = testkit::font::with_heights(data, 1000));
    let mut dicts = good.doc.objects.values().filter_map(|object| object.as_dict().ok());
    let mut font = dicts.find(|dict| dict.has(b"DescendantFonts")).expect("a font").clone();
    font.set("Encoding", "Identity-V");
    let mut cid = cid_font(good).clone();
    for (key, value) in heights {
        cid.set(*key, value.clone());
    }
    let cid = good.doc.add_object(cid);
    font.set("DescendantFonts", vec![cid.into()]);
    good.resource("Font", "F9", font);
    good.paint(0, &format!("0 0 0 1 k BT /F9 14 Tf 200 400 Td <{text}> Tj ET"));
}

/// Text that runs downwards, as it should be.
pub(crate) fn sound_downwards(good: &mut Good) {
    let own = vec![2.into(), vec![(-1000).into(), 250.into(), 880.into()].into()];
    downwards(
        good,
        "00010002",
        &[("DW2", vec![880.into(), (-1000).into()].into()), ("W2", own.into())],
    );
}

/// Two spot colours, each painted once.
fn spots(good: &mut Good, names: [&str; 2], full: [[f32; 4]; 2]) {
    for (at, (name, full)) in names.into_iter().zip(full).enumerate() {
        let tint = tint(&[0.0; 4], &full);
        let space: Object =
            vec!["Separation".into(), name.into(), "DeviceCMYK".into(), tint].into();
        good.resource("ColorSpace", &format!("Cs{at}"), space);
        good.paint(at, &rect(&format!("/Cs{at} cs 1 sc"), 50.0, 60.0, 30.0, 20.0));
    }
}

/// A spot colour of its own, and one in a mixture that tells how it looks in full.
pub(crate) fn mixed(good: &mut Good, full: &[f32]) {
    let separation = |full: &[f32]| -> Object {
        vec!["Separation".into(), "Gold".into(), "DeviceCMYK".into(), tint(&[0.0; 4], full)].into()
    };
    good.resource("ColorSpace", "Cs0", separation(&[0.0, 0.2, 0.6, 0.1]));
    good.paint(0, &rect("/Cs0 cs 1 sc", 50.0, 60.0, 30.0, 20.0));
    let numbers = |list: &[i64]| list.iter().copied().map(Object::from).collect::<Vec<_>>();
    let domain = numbers(&[0, 1, 0, 1]);
    let dict = dictionary! { "FunctionType" => 4, "Domain" => domain, "Range" => numbers(&[0, 1, 0, 1, 0, 1, 0, 1]) };
    let function =
        good.doc.add_object(stream(dict, b"{ 0 exch dup 0.6 mul exch 0 exch }".to_vec(), false));
    let names: Object = vec!["Gold".into(), "Black".into()].into();
    let more = dictionary! { "Colorants" => dictionary! { "Gold" => separation(full) } };
    let mixture: Vec<Object> =
        vec!["DeviceN".into(), names, "DeviceCMYK".into(), function.into(), more.into()];
    good.resource("ColorSpace", "Cs1", mixture);
    good.paint(1, &rect("/Cs1 cs 1 0 sc", 50.0, 60.0, 30.0, 20.0));
}

fn halftone(lines: f32) -> Dictionary {
    dictionary! { "Type" => "Halftone", "HalftoneType" => 1, "Frequency" => lines, "Angle" => 45, "SpotFunction" => "Round" }
}

/// A layer of the file.
fn layer(good: &mut Good) -> lopdf::ObjectId {
    good.doc
        .add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("old text") })
}

fn layers(good: &mut Good, layer: lopdf::ObjectId, shown: Dictionary) {
    catalog(good).set("OCProperties", dictionary! { "OCGs" => vec![layer.into()], "D" => shown });
}

fn cid_font(good: &mut Good) -> &mut Dictionary {
    let dicts = good.doc.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
    dicts.into_iter().find(|dict| dict.has(b"CIDToGIDMap")).expect("a font")
}

/// Makes one glyph that is shown so many thousandths wider than it is.
pub(crate) fn widen(good: &mut Good, by: i64) {
    let widths = cid_font(good).get_mut(b"W").and_then(Object::as_array_mut).expect("widths");
    let widths = widths[1].as_array_mut().expect("a list");
    widths[1] = (widths[1].as_i64().expect("a width") + by).into();
}

fn uri() -> Dictionary {
    dictionary! { "Type" => "Action", "S" => "URI", "URI" => Object::string_literal("https://example.org") }
}

fn annotate(good: &mut Good, x: f32, entry: &str, value: Object) {
    let rect = vec![x.into(), 100.into(), (x + 5.0).into(), 120.into()];
    let mut link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect };
    link.set(entry, value);
    let link = good.doc.add_object(link);
    page(good, 0).set("Annots", vec![link.into()]);
}

/// An image, painted so many millimetres wide and high.
fn image(good: &mut Good, dict: Dictionary, bytes: usize, x: f32, y: f32, width: f32, height: f32) {
    let id = good.doc.add_object(stream(dict, vec![40; bytes], true));
    good.resource("XObject", "Im2", id);
    let (x, y, width, height) = (mm(x), mm(y), mm(width), mm(height));
    good.paint(0, &format!("{width} 0 0 {height} {x} {y} cm /Im2 Do"));
}

/// A colour space of which one rectangle is painted.
fn space(good: &mut Good, space: Object, colour: &str) {
    good.resource("ColorSpace", "Cs1", space);
    good.paint(0, &rect(&format!("/Cs1 cs {colour} sc"), 50.0, 60.0, 30.0, 20.0));
}

fn tint(from: &[f32], to: &[f32]) -> Object {
    let numbers = |list: &[f32]| Object::Array(list.iter().map(|&n| n.into()).collect());
    let domain = vec![0.into(), 1.into()];
    dictionary! { "FunctionType" => 2, "Domain" => domain, "N" => 1, "C0" => numbers(from), "C1" => numbers(to) }.into()
}

fn group_space(good: &mut Good, name: &str) {
    let id = good.group;
    let group = good.dict(id).get_mut(b"Group").and_then(Object::as_dict_mut).expect("a group");
    group.set("CS", name);
}

fn state(good: &mut Good, key: &str, value: Object) {
    let mut dict = dictionary! { "Type" => "ExtGState" };
    dict.set(key, value);
    good.resource("ExtGState", "New", dict);
}

faults! {
    "P3-content", "a font that is missing": |good| good.paint(0, "/F9 12 Tf");
    "P3-content", "an image that is missing": |good| good.paint(1, "/Im9 Do");

    "P5-damaged", "an image with more colours than its table": |good| {
        let table = Object::String(vec![40; 4 * 9], lopdf::StringFormat::Hexadecimal);
        let space: Object = vec!["Indexed".into(), "DeviceCMYK".into(), 255.into(), table].into();
        let mut dict = image_dict(360, 360, "DeviceGray", 8);
        dict.set("ColorSpace", space);
        image(good, dict, 360 * 360, 50.0, 60.0, 30.0, 30.0);
    };
    "P5-damaged", "an image that is cut off": |good| image(good, image_dict(500, 500, "DeviceGray", 8), 9000, 50.0, 60.0, 30.0, 30.0);

    "A1-header", "PDF 1.7 †": |good| good.doc.version = "1.7".into();
    "A1-header", "the catalogue says PDF 2.0": |good| catalog(good).set("Version", "2.0");
    "A2-xmp-stream", "no XMP †": |good| { catalog(good).remove(b"Metadata"); };
    "A2-xmp-stream", "packed XMP †": |good| {
        let packet = good.doc.get_object_mut(good.metadata).and_then(Object::as_stream_mut).expect("a stream");
        packet.compress().expect("it can be packed");
    };
    "A2-xmp-stream", "broken XMP †": |good| good.xmp("</rdf:Alt>", "");
    "A2-xmp-version", "XMP does not say PDF/X, though Info does †": |good| good.xmp("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", "");
    "A2-xmp-version", "XMP says PDF/X-3 †": |good| good.xmp("PDF/X-4", "PDF/X-3:2002");
    "A2-info-version", "Info says PDF/X-3": |good| info(good).set("GTS_PDFXVersion", Object::string_literal("PDF/X-3:2002"));
    "A3-trapped", "no Trapped in Info †": |good| { info(good).remove(b"Trapped"); };
    "A3-trapped", "Trapped unknown †": |good| info(good).set("Trapped", "Unknown");
    "A3-trapped", "Trapped as text †": |good| info(good).set("Trapped", Object::string_literal("False"));
    "A3-trapped", "Trapped differs in XMP †": |good| good.xmp("<pdf:Trapped>False", "<pdf:Trapped>True");
    "A4-title", "the titles differ †": |good| info(good).set("Title", text("五大趋势 2026"));
    "A4-title", "no title in Info": |good| { info(good).remove(b"Title"); };
    "A4-title", "no title in XMP †": |good| good.xmp("dc:title>", "dc:subject>");
    "A4-dates", "the dates differ by a second †": |good| good.xmp("<xmp:CreateDate>2026-01-02T03:04:05", "<xmp:CreateDate>2026-01-02T03:04:06");
    "A4-dates", "the dates differ in their zone †": |good| info(good).set("ModDate", Object::string_literal("D:20260102030405Z"));
    "A4-dates", "no ModDate": |good| { info(good).remove(b"ModDate"); };
    "A4-xmp-ids", "no DocumentID †": |good| good.xmp("xmpMM:DocumentID>", "xmpMM:InstanceID>");
    "A4-xmp-ids", "no VersionID †": |good| good.xmp("xmpMM:VersionID>", "xmpMM:InstanceID>");
    "A4-xmp-ids", "no RenditionClass †": |good| good.xmp("xmpMM:RenditionClass>", "xmpMM:InstanceID>");
    "A4-xmp-ids", "no MetadataDate †": |good| good.xmp("xmp:MetadataDate>", "xmp:Label>");
    "A5-file-id", "no ID †": |good| { good.doc.trailer.remove(b"ID"); };
    "A5-encrypted", "encrypted without a password": |good| {
        let version = EncryptionVersion::V2 {
            document: &good.doc, owner_password: "owner", user_password: "", key_length: 128, permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).expect("a state");
        good.doc.encrypt(&state).expect("it can be encrypted");
    };
    "A6-output-intent", "no output intent": |good| { catalog(good).remove(b"OutputIntents"); };
    "A6-output-intent", "an output intent for PDF/A alone": |good| intent(good).set("S", "GTS_PDFA1");
    "A6-output-intent", "two output intents": |good| {
        let id = good.intent;
        catalog(good).set("OutputIntents", vec![id.into(), id.into()]);
    };
    "A6-output-condition", "no condition": |good| { intent(good).remove(b"OutputConditionIdentifier"); };
    "A6-output-condition", "no info †": |good| { intent(good).remove(b"Info"); };
    "A6-output-profile", "no profile": |good| { intent(good).remove(b"DestOutputProfile"); };
    "B1-output-cmyk", "a profile for RGB †": |good| printer(good, b"RGB ", 3);
    "B1-output-cmyk", "a profile for grey": |good| printer(good, b"GRAY", 1);
    "A6-output-profile", "a profile for Lab": |good| icc(good, |data| data[16..20].copy_from_slice(b"Lab "));
    "A6-output-profile", "a profile whose stream has other components": |good| {
        let id = good.profile;
        good.dict(id).set("N", 3);
    };
    "A6-output-profile", "a monitor's profile †": |good| icc(good, |data| data[12..16].copy_from_slice(b"mntr"));
    "A6-output-profile", "a profile that is cut off †": |good| icc(good, |data| data.truncate(200_000));
    "A6-output-profile", "no profile at all": |good| icc(good, |data| data.fill(0));
    "A6-condition-match", "the profile of another condition": |good| intent(good).set("OutputConditionIdentifier", Object::string_literal("FOGRA51"));
    "A6-condition-match", "coated paper's profile for uncoated paper": |good| intent(good).set("OutputConditionIdentifier", Object::string_literal("PSO Uncoated v3 (FOGRA52)"));
    "A7-trim-box", "no TrimBox": |good| { page(good, 1).remove(b"TrimBox"); };
    "A7-art-box", "an ArtBox": |good| page(good, 1).set("ArtBox", page_box(0.0));
    "A7-bleed-box", "no BleedBox": |good| { page(good, 3).remove(b"BleedBox"); };
    "A7-box-nesting", "the bleed is wider than the paper": |good| page(good, 0).set("MediaBox", page_box(1.0));
    "A8-device-colour", "a fill in RGB": |good| good.paint(0, &rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    "A8-device-colour", "text in RGB": |good| good.paint(0, &set("0 0 1 rg", 10.0, 50.0, 60.0));
    "A8-device-colour", "a line in RGB": |good| good.paint(0, "1 0 0 RG 2 w 200 200 m 300 200 l S");
    "A8-device-colour", "an image in RGB": |good| image(good, image_dict(500, 500, "DeviceRGB", 8), 750_000, 50.0, 60.0, 30.0, 30.0);
    "A8-device-colour", "an inline image in RGB": |good| {
        let data = "FF0000".repeat(400);
        good.paint(0, &format!("3 0 0 3 200 200 cm BI /W 20 /H 20 /CS /RGB /BPC 8 /F /AHx ID {data}> EI"));
    };
    "A8-device-colour", "RGB in a form": |good| {
        let group = good.doc.get_object_mut(good.group).and_then(Object::as_stream_mut).expect("a stream");
        group.set_plain_content(rect("1 0 0 rg", 0.0, 0.0, 20.0, 20.0).into_bytes());
    };
    "A8-device-colour", "RGB in a tiled pattern": |good| {
        let dict = dictionary! {
            "Type" => "Pattern", "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "XStep" => 20, "YStep" => 20,
            "BBox" => vec![0.into(), 0.into(), 20.into(), 20.into()], "Resources" => Dictionary::new(),
        };
        let pattern = good.doc.add_object(stream(dict, b"0 1 0 rg 0 0 10 10 re f".to_vec(), false));
        good.resource("Pattern", "P1", pattern);
        good.paint(0, &rect("/Pattern cs /P1 scn", 50.0, 60.0, 30.0, 20.0));
    };
    "A8-device-colour", "RGB in a glyph": |good| {
        let glyph = good.doc.add_object(stream(Dictionary::new(), b"600 0 d0 1 0 0 rg 0 0 500 700 re f".to_vec(), false));
        let encoding = dictionary! { "Type" => "Encoding", "Differences" => vec![97.into(), "square".into()] };
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type3", "FontBBox" => vec![0.into(), 0.into(), 600.into(), 700.into()],
            "FontMatrix" => vec![0.001.into(), 0.into(), 0.into(), 0.001.into(), 0.into(), 0.into()], "FirstChar" => 97, "LastChar" => 97,
            "Widths" => vec![600.into()], "Encoding" => encoding, "CharProcs" => dictionary! { "square" => glyph }, "Resources" => Dictionary::new(),
        };
        good.resource("Font", "T3", font);
        good.paint(0, "BT /T3 20 Tf 200 200 Td (aa) Tj ET");
    };
    "A9-font-embedded", "a font without its file": |good| {
        let id = good.descriptor;
        good.dict(id).remove(b"FontFile2");
    };
    "A9-font-program", "a font program that is cut off": |good| font_program(good, |data| data.truncate(data.len() / 2));
    "A9-font-program", "a font program that is none": |good| font_program(good, |data| data.fill(7));
    "A9-glyph-missing", "a glyph that the font does not have": |good| good.paint(0, "0 0 0 1 k BT /F1 14 Tf 200 200 Td <03E80001> Tj ET");
    "A9-notdef", "a character without a glyph": |good| good.paint(0, "0 0 0 1 k BT /F1 14 Tf 200 200 Td <00010000> Tj ET");
    "A9-glyph-width", "a glyph is wider in the file than in its font †": |good| widen(good, 20);
    "A9-glyph-width", "widths left to a default that is none †": |good| {
        let font = cid_font(good);
        font.remove(b"W");
        font.set("DW", 333);
    };
    "A9-glyph-width", "a glyph of vertical text is higher in the file than in its font": |good| {
        let own = vec![2.into(), 2.into(), (-1100).into(), 250.into(), 880.into()];
        downwards(good, "00010002", &[("W2", own.into())]);
    };
    "A9-glyph-width", "heights of vertical text left to a default that is none": |good| {
        downwards(good, "00010002", &[("DW2", vec![880.into(), (-700).into()].into())]);
    };
    "A9-glyph-missing", "a glyph of vertical text that the font does not have": |good| downwards(good, "000103E8", &[]);
    "A9-notdef", "a character of vertical text without a glyph": |good| downwards(good, "00010000", &[]);
    "A10-annotation", "a link on the page": |good| {
        let page = good.pages[1];
        annotate(good, 100.0, "Dest", vec![page.into(), "Fit".into()].into());
    };
    "A11-action", "a link beside the page": |good| annotate(good, 2.0, "A", uri().into());
    "A11-action", "an action on opening": |good| catalog(good).set("OpenAction", dictionary! { "S" => "Named", "N" => "Print" });
    "A11-action", "actions of a page": |good| page(good, 0).set("AA", Dictionary::new());
    "A11-javascript", "a script": |good| {
        let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.beep()") };
        let names = dictionary! { "Names" => vec![Object::string_literal("a"), script.into()] };
        catalog(good).set("Names", dictionary! { "JavaScript" => names });
    };
    "A11-embedded-file", "an attachment": |good| {
        let file = good.doc.add_object(stream(dictionary! { "Type" => "EmbeddedFile" }, b"hello".to_vec(), false));
        let spec = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("a.txt"), "EF" => dictionary! { "F" => file } };
        let names = dictionary! { "Names" => vec![Object::string_literal("a.txt"), spec.into()] };
        catalog(good).set("Names", dictionary! { "EmbeddedFiles" => names });
    };
    "A11-opi", "an OPI comment": |good| {
        let id = good.image;
        good.dict(id).set("OPI", dictionary! { "2.0" => dictionary! { "Type" => "OPI", "Version" => 2 } });
    };
    "A11-postscript", "a PostScript object": |good| {
        let id = good.doc.add_object(stream(dictionary! { "Type" => "XObject", "Subtype" => "PS" }, b"showpage".to_vec(), false));
        good.resource("XObject", "Ps1", id);
    };
    "A11-alternate-image", "an image with alternates": |good| {
        let id = good.image;
        let other = dictionary! { "Image" => id, "DefaultForPrinting" => true };
        good.dict(id).set("Alternates", vec![other.into()]);
    };
    "A11-reference", "a form that refers to a file": |good| {
        let id = good.group;
        good.dict(id).set("Ref", dictionary! { "F" => Object::string_literal("other.pdf"), "Page" => 0 });
    };
    "A11-transfer-function", "a transfer function": |good| state(good, "TR", tint(&[0.0], &[0.9]));
    "A11-transfer-function", "a transfer function by its second key": |good| state(good, "TR2", tint(&[0.0], &[0.9]));
    "A11-halftone-transfer", "a halftone with a transfer function": |good| {
        let mut halftone = halftone(133.0);
        halftone.set("TransferFunction", tint(&[0.0], &[0.9]));
        state(good, "HT", halftone.into());
    };
    "A11-halftone-transfer", "one of several halftones has a transfer function": |good| {
        let mut own = halftone(150.0);
        own.set("TransferFunction", tint(&[0.1], &[1.0]));
        let own = good.doc.add_object(own);
        state(good, "HT", dictionary! { "Type" => "Halftone", "HalftoneType" => 5, "Default" => halftone(133.0), "Cyan" => own }.into());
    };
    "A11-black-generation", "black generation": |good| state(good, "BG", tint(&[0.0], &[0.9]));
    "A11-black-generation", "undercolour removal in a state that does not say its type": |good| {
        good.resource("ExtGState", "New", dictionary! { "UCR" => tint(&[0.0], &[0.5]) });
        good.paint(0, "/New gs");
    };
    "A11-black-generation", "undercolour removal by its second key": |good| state(good, "UCR2", tint(&[0.0], &[0.5]));
    "A11-xfa", "a form in XFA": |good| {
        let form = good.doc.add_object(stream(Dictionary::new(), b"<xdp/>".to_vec(), true));
        catalog(good).set("AcroForm", dictionary! { "Fields" => Object::Array(vec![]), "XFA" => form });
    };
    "A12-outline-action", "an outline with an action": |good| {
        let id = good.outline;
        good.dict(id).remove(b"Dest");
        good.dict(id).set("A", uri());
    };

    "A13-layer-automatic", "layers that are switched by use": |good| {
        let layer = layer(good);
        let used = dictionary! { "Event" => "Print", "Category" => vec!["Print".into()], "OCGs" => vec![layer.into()] };
        layers(good, layer, dictionary! { "AS" => vec![used.into()] });
    };
    "A13-layer-automatic", "another view of the layers is switched by use": |good| {
        let layer = layer(good);
        let used = dictionary! { "Event" => "View", "Category" => vec!["View".into()], "OCGs" => vec![layer.into()] };
        layers(good, layer, Dictionary::new());
        let all = catalog(good).get_mut(b"OCProperties").and_then(Object::as_dict_mut).expect("layers");
        all.set("Configs", vec![dictionary! { "Name" => Object::string_literal("b"), "AS" => vec![used.into()] }.into()]);
    };
    "B13-hidden-layer", "a layer that is off": |good| {
        let layer = layer(good);
        layers(good, layer, dictionary! { "OFF" => vec![layer.into()] });
    };
    "B13-hidden-layer", "all layers are off": |good| {
        let layer = layer(good);
        layers(good, layer, dictionary! { "BaseState" => "OFF" });
    };
    "B12-halftone-frequency", "a halftone of 20 lpi": |good| state(good, "HT", halftone(20.0).into());
    "B1-colour-space", "a fill in an ICC-based RGB": |good| {
        let id = good.doc.add_object(stream(dictionary! { "N" => 3 }, vec![0; 200], true));
        space(good, vec!["ICCBased".into(), id.into()].into(), "1 0 0");
    };
    "B1-colour-space", "a fill in Lab": |good| {
        let white = vec![0.9642.into(), 1.into(), 0.8249.into()];
        space(good, vec!["Lab".into(), dictionary! { "WhitePoint" => white }.into()].into(), "50 20 20");
    };
    "B1-colour-space", "a fill in a calibrated grey": |good| {
        let white = vec![0.9642.into(), 1.into(), 0.8249.into()];
        space(good, vec!["CalGray".into(), dictionary! { "WhitePoint" => white }.into()].into(), "0.5");
    };
    "B1-colour-space", "a table of calibrated colours": |good| {
        let white = vec![0.9642.into(), 1.into(), 0.8249.into()];
        let base: Object = vec!["CalRGB".into(), dictionary! { "WhitePoint" => white }.into()].into();
        space(good, vec!["Indexed".into(), base, 1.into(), Object::string_literal("abcdef")].into(), "1");
    };
    "B1-spot", "a spot colour": |good| {
        let tint = tint(&[0.0; 4], &[0.0, 0.2, 0.6, 0.1]);
        space(good, vec!["Separation".into(), "Gold".into(), "DeviceCMYK".into(), tint].into(), "1");
    };
    "B1-registration", "a line in All": |good| {
        let tint = tint(&[0.0; 4], &[1.0; 4]);
        good.resource("ColorSpace", "Cs1", vec!["Separation".into(), "All".into(), "DeviceCMYK".into(), tint]);
        good.paint(0, "/Cs1 CS 1 SC 1 w 200 200 m 300 200 l S");
    };
    "B1-spot-names", "one spot under two names": |good| spots(good, ["PANTONE 186 C", "Pantone 186 CVC"], [[0.0, 1.0, 0.8, 0.05], [0.0, 0.95, 0.75, 0.1]]);
    "B1-spot-names", "two names for one mixture": |good| spots(good, ["House red", "Rot"], [[0.0, 0.9, 0.8, 0.1]; 2]);
    "B1-spot-stand-in", "one spot with two stand-ins, once within a mixture": |good| mixed(good, &[0.1, 0.2, 0.7, 0.0]);
    "B1-spot-stand-in", "one spot with two stand-ins": |good| spots(good, ["Gold"; 2], [[0.0, 0.2, 0.6, 0.1], [0.1, 0.2, 0.7, 0.0]]);
    "B2-group-colour-space", "a group in RGB": |good| group_space(good, "DeviceRGB");
    "B2-group-colour-space", "a group in grey": |good| group_space(good, "DeviceGray");
    "B2-group-colour-space", "a page's group in RGB": |good| {
        page(good, 0).set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" });
    };
    "B3-crop-box", "a CropBox": |good| page(good, 0).set("CropBox", page_box(3.0));
    "B3-user-unit", "a UserUnit †": |good| page(good, 0).set("UserUnit", 2);
    "B4-image-resolution", "an image of 100 ppi": |good| image(good, image_dict(118, 118, "DeviceGray", 8), 13_924, 50.0, 60.0, 30.0, 30.0);
    "B4-image-resolution", "an image that is stretched": |good| image(good, image_dict(400, 400, "DeviceGray", 8), 160_000, 30.0, 60.0, 30.0, 80.0);
    "B4-image-resolution", "a bitmap of 300 ppi": |good| image(good, image_dict(354, 354, "DeviceGray", 1), 15_930, 50.0, 60.0, 30.0, 30.0);
    "B4-image-resolution-advice", "an image of 200 ppi": |good| image(good, image_dict(236, 236, "DeviceGray", 8), 55_696, 50.0, 60.0, 30.0, 30.0);
    "B4-image-resolution-advice", "a bitmap of 600 ppi": |good| image(good, image_dict(709, 709, "DeviceGray", 1), 63_101, 50.0, 60.0, 30.0, 30.0);
    "B4-mask-resolution", "a soft mask of 40 ppi": |good| {
        let mask = good.doc.add_object(stream(image_dict(47, 47, "DeviceGray", 8), vec![90; 2209], true));
        let mut dict = image_dict(400, 400, "DeviceGray", 8);
        dict.set("SMask", mask);
        image(good, dict, 160_000, 50.0, 60.0, 30.0, 30.0);
    };
    "B5-ink-coverage", "a solid of 340 %": |good| good.paint(0, &rect("0.9 0.8 0.8 0.9 k", 50.0, 40.0, 30.0, 30.0));
    "B5-ink-coverage", "an image of 360 %": |good| {
        let id = good.doc.add_object(stream(image_dict(300, 300, "DeviceCMYK", 8), vec![230; 360_000], true));
        good.resource("XObject", "Im3", id);
        good.paint(0, &format!("{0} 0 0 {0} 200 150 cm /Im3 Do", mm(25.0)));
    };
    "B5-ink-coverage", "overprint that adds up": |good| {
        good.paint(0, &rect("0.9 0.8 0.8 0 k", 50.0, 40.0, 30.0, 30.0));
        good.paint(0, &format!("/Over gs {}", rect("0 0 0 0.9 k", 50.0, 40.0, 30.0, 30.0)));
    };
    "B6-text-overprint", "black text knocks out": |good| good.paint(0, &set("0 0 0 1 k", 9.0, 22.0, 183.0));
    "B6-text-overprint", "black text overprints in mode 0": |good| {
        state(good, "op", true.into());
        good.paint(0, &format!("/New gs {}", set("0 0 0 1 k", 9.0, 22.0, 183.0)));
    };
    "B6-text-overprint", "black text as grey": |good| good.paint(0, &format!("/Over gs {}", set("0 g", 9.0, 22.0, 183.0)));
    "B6-line-overprint", "a black line knocks out": |good| {
        good.paint(0, &format!("0 0 0 1 K 1 w {} {} m {} {} l S", mm(25.0), mm(185.0), mm(90.0), mm(185.0)));
    };
    "B7-small-text", "small text in two inks": |good| good.paint(0, &set("0.6 0.4 0 0 k", 7.0, 50.0, 60.0));
    "B7-small-text", "small white text": |good| good.paint(0, &set("0 0 0 0 k", 7.0, 50.0, 250.0));
    "B7-small-text", "text made small by the matrix": |good| {
        good.paint(0, &format!("0.5 0 0 0.5 0 0 cm {}", set("0.6 0.4 0 0 k", 14.0, 100.0, 120.0)));
    };
    "B7-small-text", "small text in a gradient": |good| {
        let id = good.resources;
        let shading = good.dict(id).get(b"Shading").and_then(Object::as_dict).and_then(|s| s.get(b"S1")).expect("a shading").clone();
        good.resource("Pattern", "P2", dictionary! { "Type" => "Pattern", "PatternType" => 2, "Shading" => shading });
        good.paint(0, &set("/Pattern cs /P2 scn", 6.0, 50.0, 60.0));
    };
    "B8-hairline", "a line without a width": |good| good.paint(0, "0 0 0 1 K 0 w 200 200 m 300 200 l S");
    "B8-hairline", "a line of 0.05 pt": |good| good.paint(0, "0 0 0 1 K 0.05 w 200 200 m 300 220 l S");
    "B8-hairline", "a line made thin by its matrix": |good| good.paint(0, "q 8 0 0 0.05 0 0 cm 0 0 0 1 K 1 w 25 4000 m 35 4000 l S Q");
    "B8-hairline", "a rectangle that is hardly there": |good| good.paint(0, "0 0 0 1 k 200 200 0.04 50 re f");
    "B8-line-inks", "bars in four inks": |good| good.paint(0, "0.6 0.5 0.5 0.7 k 200 200 80 0.6 re f");
    "B8-line-inks", "a line in four inks": |good| good.paint(0, "0.6 0.5 0.5 0.7 K 0.8 w 200 200 m 280 240 l S");
    "B8-thin-line", "a thin line in two inks": |good| good.paint(0, "0.6 0.4 0 0 K 0.2 w 200 200 m 300 200 l S");
    "B8-thin-line", "a thin rectangle in two inks": |good| good.paint(0, "0.6 0.4 0 0 k 200 200 100 0.2 re f");
    "B9-rich-black-text", "text in 300 %": |good| good.paint(0, &set("0.7 0.7 0.7 0.9 k", 16.0, 50.0, 60.0));
    "B10-page-size", "a page of another size": |good| {
        let id = good.contents[2];
        let content = good.doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream");
        content.set_plain_content(b"0 0 0 1 k 200 200 300 100 re f".to_vec());
        page(good, 2).set("TrimBox", page_box(-2.0));
    };
    "B10-rotate", "a page that is turned": |good| page(good, 2).set("Rotate", 90);
    "B10-empty-page", "an empty page": |good| {
        let id = good.doc.add_object(Stream::new(Dictionary::new(), vec![]));
        page(good, 3).set("Contents", id);
    };
    "B10-empty-page", "a page with white alone": |good| {
        let id = good.doc.add_object(stream(Dictionary::new(), rect("0 0 0 0 k", 0.0, 0.0, 300.0, 300.0).into_bytes(), false));
        page(good, 3).set("Contents", id);
    };
    "B10-white-overprint", "white text overprints": |good| good.paint(0, &format!("/Over gs {}", set("0 0 0 0 k", 24.0, 20.0, 250.0)));
    "B11-bleed", "a fill ends at the trim": |good| good.paint(0, &rect("0.2 0 0 0 k", 0.0, 100.0, 10.0, 30.0));
    "B11-bleed", "a pattern ends at the trim": |good| {
        let dict = dictionary! {
            "Type" => "Pattern", "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "XStep" => 10, "YStep" => 10,
            "BBox" => vec![0.into(), 0.into(), 10.into(), 10.into()], "Resources" => Dictionary::new(),
        };
        let pattern = good.doc.add_object(stream(dict, b"0.2 0.1 0 0 k 1 1 8 8 re f".to_vec(), false));
        good.resource("Pattern", "P1", pattern);
        good.paint(0, &rect("/Pattern cs /P1 scn", 0.0, 100.0, 60.0, 30.0));
    };
    "B11-bleed", "a fill ends within the bleed": |good| good.paint(0, &rect("0.2 0 0 0 k", 190.0, 100.0, 22.0, 30.0));
    "B11-bleed", "a clip ends at the trim": |good| {
        good.paint(0, &format!("0 0 {} {} re W n {}", mm(210.0), mm(50.0), rect("0.2 0 0 0 k", -3.0, -3.0, 100.0, 30.0)));
    };
    "B11-safety-margin", "text at the edge": |good| good.paint(0, &set("0 0 0 1 k", 10.0, 1.5, 100.0));
    "B11-safety-margin", "a small element at the edge": |good| good.paint(0, &rect("0.2 0 0 0 k", 205.0, 100.0, 4.0, 4.0));

    "H1-trim-size", "a size of no sheet": |good| {
        for number in 0..4 {
            page(good, number).set("TrimBox", page_box(-1.0));
            page(good, number).set("BleedBox", page_box(2.0));
        }
    };
    "H2-bleed-width", "2 mm of bleed": |good| page(good, 1).set("BleedBox", page_box(2.0));
    "H3-page-count", "three pages": |good| {
        let outline = good.outline;
        good.dict(outline).remove(b"Dest");
        good.doc.delete_pages(&[4]);
    };
    "H4-body-black", "text in a black of four inks": |good| good.paint(0, &set("0.5 0.5 0.5 0.9 k", 10.0, 50.0, 60.0));
}

/// The end of the file points a little beside the table.
fn wrong_xref() -> Fault {
    let make = |good: &mut Good| {
        let bytes = good.bytes();
        let at = bytes.windows(9).rposition(|w| w == b"startxref").expect("startxref") + 10;
        let end = bytes[at..].iter().position(|b| !b.is_ascii_digit()).expect("an end") + at;
        let number: usize =
            std::str::from_utf8(&bytes[at..end]).expect("digits").parse().expect("a number");
        [&bytes[..at], format!("{}", number - 300).as_bytes(), &bytes[end..]].concat()
    };
    Fault { code: "P4-xref", name: "the end points beside the table †", make }
}
