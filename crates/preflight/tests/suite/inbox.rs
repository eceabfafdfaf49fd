//! What a printing house's inbox holds: files of strangers that look sound, and are not; and sound
//! ones that look strange.

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use preflight::{Preflight, Profile};

use super::{checked, codes};
use testkit::good::{Good, good, image_dict, mm, rect, set, stream};

/// The codes that a file has, and the number of pages whose ink is not known.
fn told(file: &mut Good) -> (Vec<&'static str>, usize) {
    let report = checked(&file.bytes(), "gwg-sheetfed");
    (codes(&report).into_iter().collect(), unknown(&report))
}

fn unknown(report: &Preflight) -> usize {
    report.pages.iter().filter(|page| !page.complete).count()
}

fn stream_of(file: &mut Good, id: ObjectId) -> &mut Stream {
    file.doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream")
}

/// Paints an image of 30 mm.
fn image(file: &mut Good, image: Stream) {
    let id = file.doc.add_object(image);
    file.resource("XObject", "Im9", id);
    let side = mm(30.0);
    file.paint(0, &format!("{side} 0 0 {side} 200 200 cm /Im9 Do"));
}

#[test]
fn a_font_without_an_outline_is_not_embedded_either() {
    let system = |ordering: &str| {
        dictionary! { "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal(ordering), "Supplement" => 2 }
    };
    let text = "<00410042004300440045>".repeat(6);
    for (name, encoding, ordering) in [
        ("SimSun", "Identity-H", "Identity"),
        ("SimHei", "GBK-EUC-H", "GB1"),
        ("STSong-Light", "UniGB-UCS2-H", "GB1"),
        ("MS-Mincho", "90ms-RKSJ-V", "Japan1"),
        ("FZSSK", "NoSuchMap-H", "GB1"),
    ] {
        let mut file = good();
        let descriptor = file.doc.add_object(
            dictionary! { "Type" => "FontDescriptor", "FontName" => name, "Flags" => 4 },
        );
        let cid = file.doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => name, "DW" => 1000,
            "CIDSystemInfo" => system(ordering), "FontDescriptor" => descriptor,
        });
        let font = file.doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => name, "Encoding" => encoding, "DescendantFonts" => vec![cid.into()],
        });
        file.resource("Font", "F9", font);
        file.paint(1, &format!("0 0 0 1 k BT /F9 12 Tf 200 300 Td {text} Tj ET"));
        assert_eq!(told(&mut file).0, ["A9-font-embedded"], "{name} {encoding}");
        // Alone on a page, it makes no empty page; and what cannot be seen needs no font.
        let only = |mode: &str| {
            let content = format!("{mode} BT /F9 12 Tf 200 300 Td {text} Tj ET");
            Stream::new(Dictionary::new(), content.into_bytes())
        };
        let id = file.contents[1];
        *stream_of(&mut file, id) = only("0 0 0 1 k");
        assert_eq!(told(&mut file).0, ["A9-font-embedded"], "{name}");
        *stream_of(&mut file, id) = only("3 Tr");
        assert_eq!(told(&mut file).0, ["B10-empty-page"], "{name}");
    }
}

#[test]
fn simple_fonts_without_a_program_are_told_too() {
    for kind in ["Type1", "TrueType", "MMType1"] {
        let mut file = good();
        let font = file.doc.add_object(dictionary! { "Type" => "Font", "Subtype" => kind, "BaseFont" => "NoSuchFont", "Encoding" => "WinAnsiEncoding" });
        file.resource("Font", "F9", font);
        file.paint(0, "0 0 0 1 k BT /F9 12 Tf 200 300 Td (abc) Tj ET");
        assert_eq!(told(&mut file).0, ["A9-font-embedded"], "{kind}");
    }
}

#[test]
fn strokes_of_the_smallest_curves_come_to_an_end() {
    let mut file = good();
    for content in [
        "1 w 499.02 696.24 m 499.02 696.3 499.02 696.3 y S",
        "0.5 w 100 100 m 100 100.06 100 100.06 100 100.06 c S",
        "2 w [3 1] 0 d 200 200 m 200.03 200 200 200.03 200.03 200.03 c 200 200 l S",
        "9 w 1 J 1 j 300 300 m 300 300.05 v 300.01 300.02 300.01 300.02 y s",
        "0.1 0 0 40 0 0 cm 1 w 1000 5 m 1000 5.001 1000.001 5.001 y S",
    ] {
        file.paint(0, &format!("0 0 0 1 K {content}"));
    }
    assert_eq!(told(&mut file), (vec![], 0));
}

#[test]
fn data_that_are_cut_off_or_garbage_are_told() {
    let packed = |text: &str| {
        let mut packed = stream(Dictionary::new(), text.repeat(200).into_bytes(), true);
        packed.allows_compression = false;
        packed
    };
    let mut number = 0;
    let mut content = || {
        number += 1;
        (0..40)
            .map(|n| {
                format!("0.{} 0.1 0 0 k {} {} 9 9 re f\n", n * number % 9, 200 + n * 3, 210 + n)
            })
            .collect::<String>()
    };
    for part in [1, 4, 7] {
        // Page content, a part of it, a form, a pattern.
        let cut = |mut whole: Stream| {
            whole.content.truncate(whole.content.len() * part / 8);
            whole
        };
        let mut file = good();
        let id = file.doc.add_object(cut(packed(&content())));
        let page = file.pages[0];
        file.dict(page).set("Contents", id);
        assert_eq!(told(&mut file).0, ["P5-damaged"], "{part}");

        let mut file = good();
        let (page, own) = (file.pages[0], file.contents[0]);
        let id = file.doc.add_object(cut(packed(&content())));
        file.dict(page).set("Contents", vec![own.into(), id.into()]);
        assert_eq!(told(&mut file).0, ["P5-damaged"], "{part}");

        let mut file = good();
        let mut form = cut(packed(&content()));
        form.dict.extend(&dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 500.into(), 500.into()] });
        let form = file.doc.add_object(form);
        file.resource("XObject", "G9", form);
        file.paint(0, "/G9 Do");
        assert_eq!(told(&mut file).0, ["P5-damaged"], "{part}");
    }
    let mut file = good();
    let mut garbage = packed("q Q");
    garbage.content = b"\x78\x9cthis is no data of any kind".to_vec();
    let id = file.doc.add_object(garbage);
    let page = file.pages[0];
    file.dict(page).set("Contents", id);
    assert_eq!(told(&mut file).0, ["P5-damaged"]);
    // Content that is not there at all.
    let mut file = good();
    file.dict(page).set("Contents", Object::Reference((9999, 0)));
    assert!(told(&mut file).0.contains(&"P5-damaged"));
}

#[test]
fn a_stream_that_no_reader_finds_is_told() {
    let mut file = good();
    file.paint(0, "% here");
    let mut bytes = file.bytes();
    let at = bytes.windows(6).position(|w| w == b"% here").expect("the content");
    let word = bytes[..at].windows(6).rposition(|w| w == b"stream").expect("its beginning");
    // `stream`, a blank, a line's end.
    assert_eq!(bytes[word + 6], b'\n');
    bytes.splice(word + 6..word + 7, *b" \n");
    let report = checked(&bytes, "x4");
    assert!(codes(&report).contains("P5-damaged"), "{:?}", report.findings);
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = vec![];
    let picture = image::GrayImage::from_fn(width, height, |x, y| image::Luma([(x * y) as u8]));
    let encoder = image::codecs::jpeg::JpegEncoder::new(&mut out);
    picture.write_with_encoder(encoder).expect("a JPEG");
    out
}

fn coded(width: i64, height: i64, filter: &str, data: Vec<u8>) -> Stream {
    let mut dict = image_dict(width, height, "DeviceGray", 8);
    dict.set("Filter", filter);
    let mut stream = Stream::new(dict, data);
    stream.allows_compression = false;
    stream
}

#[test]
fn a_jpeg_must_be_whole_and_what_its_dictionary_says() {
    let data = jpeg(400, 400);
    let found = |stream: Stream| {
        let mut file = good();
        image(&mut file, stream);
        told(&mut file).0
    };
    assert_eq!(found(coded(400, 400, "DCTDecode", data.clone())), [""; 0]);
    for part in [3, 5, 7] {
        let half = data[..data.len() * part / 8].to_vec();
        assert_eq!(found(coded(400, 400, "DCTDecode", half)), ["P5-damaged"], "{part}");
    }
    for (width, height) in [(400, 420), (380, 400), (800, 800)] {
        assert_eq!(found(coded(width, height, "DCTDecode", data.clone())), ["P5-damaged"]);
    }
    let mut wrong = coded(400, 400, "DCTDecode", data);
    wrong.dict.set("ColorSpace", "DeviceCMYK");
    assert_eq!(found(wrong), ["P5-damaged"]);
}

#[test]
fn sound_files_are_not_given_up() {
    // Brackets in the data of a picture.
    for byte in [0x3C, 0x5B] {
        let mut file = good();
        let data = vec![byte; 400 * 400];
        image(&mut file, Stream::new(image_dict(400, 400, "DeviceGray", 8), data));
        assert_eq!(told(&mut file), (vec![], 0), "{byte:02X}");
    }
    // Inline bitmaps, by the hundred, of brackets too.
    let mut file = good();
    for (at, byte) in [0x5Bu8, 0x3C, 0x28, 0x55].into_iter().enumerate() {
        let id = file.contents[0];
        let mut content = stream_of(&mut file, id).content.clone();
        for n in 0..80 {
            let (x, y) = (150.0 + 5.0 * n as f32, 300.0 + 20.0 * at as f32);
            content.extend(
                format!("q 0 0 0 1 k 4 0 0 4 {x} {y} cm BI /IM true /W 64 /H 64 /BPC 1 ID ")
                    .bytes(),
            );
            content.extend([byte; 512]);
            content.extend(b" EI Q\n");
        }
        stream_of(&mut file, id).set_plain_content(content);
    }
    assert_eq!(told(&mut file), (vec![], 0));
    // Soft masks by the hundred, each at a place of its own.
    let mut file = good();
    for n in 0..130 {
        let (x, y) = (100 + n % 20 * 15, 200 + n / 20 * 15);
        file.paint(0, &format!("1 0 0 1 {x} {y} cm /Soft gs 0 0.3 0.3 0 k 0 0 10 10 re f"));
    }
    assert_eq!(told(&mut file), (vec![], 0));
    // Packed twice.
    let mut file = good();
    let mut twice = stream(image_dict(400, 400, "DeviceGray", 8), vec![90; 160_000], true);
    let again = stream(Dictionary::new(), twice.content.clone(), true);
    if again.dict.has(b"Filter") {
        twice.content = again.content;
        twice.dict.set("Filter", vec!["FlateDecode".into(), "FlateDecode".into()]);
        image(&mut file, twice);
    }
    assert_eq!(told(&mut file), (vec![], 0));
    // A bitmap of 70 million pixels.
    let mut file = good();
    let data = vec![0x55; 8400 / 8 * 8400];
    image(&mut file, stream(image_dict(8400, 8400, "DeviceGray", 1), data, true));
    assert_eq!(told(&mut file), (vec![], 0));
}

#[test]
fn meshes_are_painted_whole() {
    // Sixteen patches over half a page, of 190 % at their darkest corner.
    let mut data: Vec<u8> = vec![];
    for patch in 0..16u32 {
        let (x, y) = (patch % 4 * 60, patch / 4 * 60);
        data.push(0);
        let side = [
            (0, 0),
            (0, 20),
            (0, 40),
            (0, 60),
            (20, 60),
            (40, 60),
            (60, 60),
            (60, 40),
            (60, 20),
            (60, 0),
            (40, 0),
            (20, 0),
        ];
        for (dx, dy) in side {
            data.extend([(x + dx) as u8, (y + dy) as u8]);
        }
        for corner in 0..4u8 {
            data.extend([220, 200, 60, corner * 10]);
        }
    }
    let dict = dictionary! {
        "ShadingType" => 6, "ColorSpace" => "DeviceCMYK", "BitsPerCoordinate" => 8, "BitsPerComponent" => 8, "BitsPerFlag" => 8,
        "Decode" => [0, 255, 0, 255, 0, 1, 0, 1, 0, 1, 0, 1].map(Object::from).to_vec(),
    };
    let mut file = good();
    let mesh = file.doc.add_object(stream(dict, data, true));
    file.resource("Shading", "Mesh", mesh);
    file.paint(
        0,
        &format!(
            "{} {} {} {} re W n 1.5 0 0 1.5 40 60 cm /Mesh sh",
            mm(14.0),
            mm(20.0),
            mm(140.0),
            mm(130.0)
        ),
    );
    let report = checked(&file.bytes(), "gwg-sheetfed");
    assert_eq!((codes(&report).len(), unknown(&report)), (0, 0), "{:?}", report.findings);
    let page = &report.pages[0];
    assert!((180.0..=200.0).contains(&page.worst) && page.inks.cyan > 80.0, "{page:?}");
    assert!(page.mean.cyan > report.pages[1].mean.cyan + 15.0);
}

#[test]
fn a_shading_whose_data_are_cut_off_is_told() {
    let bytes = |count: u32| (0..count).map(|n| (n * n % 251) as u8).collect::<Vec<u8>>();
    let found = |data: Vec<u8>, samples: Vec<u8>, part: usize| {
        let cut = |mut stream: Stream| {
            stream.content.truncate(stream.content.len() * part / 8);
            stream.allows_compression = false;
            stream
        };
        let mut file = good();
        let function = dictionary! {
            "FunctionType" => 0, "Domain" => vec![0.into(), 1.into()], "Range" => vec![0.into(), 1.into()],
            "Size" => vec![(samples.len() as i64).into()], "BitsPerSample" => 8,
        };
        let function = file.doc.add_object(cut(stream(function, samples, true)));
        let decode = [0, 255, 0, 255, 0, 1].map(Object::from).to_vec();
        let dict = dictionary! {
            "ShadingType" => 4, "ColorSpace" => "DeviceGray", "BitsPerCoordinate" => 8,
            "BitsPerComponent" => 8, "BitsPerFlag" => 8, "Decode" => decode, "Function" => function,
        };
        let mesh = file.doc.add_object(cut(stream(dict, data, true)));
        file.resource("Shading", "Mesh", mesh);
        file.paint(0, "100 200 100 100 re W n 1 0 0 1 50 150 cm /Mesh sh");
        told(&mut file).0
    };
    assert_eq!(found(bytes(4_000), bytes(250), 8), [""; 0]);
    assert_eq!(found(bytes(4_000), bytes(250), 4), ["P5-damaged"]);
    // The function alone: four bytes do not become fewer by packing, and are no triangle.
    assert_eq!(found(vec![0; 4], bytes(250).repeat(4), 6), ["P5-damaged"]);
}

#[test]
fn a_bound_that_is_reached_names_itself_and_can_be_raised() {
    let mut file = good();
    file.paint(0, &"1 0 0 1 0.001 0 cm /Soft gs ".repeat(8_000));
    file.paint(0, &rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    file.paint(1, &rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    let bytes = file.bytes();
    let report = checked(&bytes, "x4");
    let limit = report.findings.iter().find(|one| one.code == "P2-limit").expect("a limit");
    assert!(limit.page == Some(1) && limit.message.contains("steps"), "{limit:?}");
    // The rest of the file is checked, and nothing is told of ink that is not known.
    let rgb = |page| {
        report.findings.iter().any(|one| one.code == "A8-device-colour" && one.page == Some(page))
    };
    assert!(rgb(2), "{:?}", report.findings);
    let pages = report.json("a.pdf")["pages"].clone();
    assert!(
        pages[0]["worst"].is_null() && pages[0]["mean"].is_null() && pages[1]["worst"].is_number()
    );
    assert_ne!(report.heaviest().map(|page| page.page), Some(1));
    let profile = Profile::built_in("x4").expect("a profile");
    let raised = preflight::check_with(&bytes, &profile, 2);
    assert_eq!(
        (codes(&raised).into_iter().collect::<Vec<_>>(), unknown(&raised)),
        (vec!["A8-device-colour"], 0)
    );
}

/// Codestreams of 8 × 8 pixels of one colour.
const RED: &str = "ff4fff51002f000000000008000000080000000000000000000000080000000800000000000000000003070101070101070101ff52000c00000001000004040001ff5c00044040ff90000a0000000000480001ff93cfb44814005ca3655db000030908d50a18484bff7fcfb448115054affda1880000001848459840c2425fcfb434115054a2835628000000309097ffd9";
const GREY: &str = "ff4fff510029000000000008000000080000000000000000000000080000000800000000000000000001070101ff52000c00000001000004040001ff5c00044040ff90000a0000000000230001ff93c7d424115054a3655db0000309097802d000061211ffd9";

#[test]
fn jpeg_2000_says_its_colours_itself() {
    let bytes = |hex: &str| -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex"))
            .collect()
    };
    let found = |hex: &str, profile: &str| {
        let mut file = good();
        let mut picture = coded(8, 8, "JPXDecode", bytes(hex));
        picture.dict.remove(b"ColorSpace");
        picture.dict.remove(b"BitsPerComponent");
        let id = file.doc.add_object(picture);
        file.resource("XObject", "Im9", id);
        file.paint(0, "1.5 0 0 1.5 200 200 cm /Im9 Do");
        let report = checked(&file.bytes(), profile);
        codes(&report).into_iter().collect::<Vec<_>>()
    };
    assert_eq!(found(RED, "x4"), ["A8-device-colour"]);
    assert_eq!(found(GREY, "x4"), [""; 0]);
    assert_eq!(found(GREY, "gwg-sheetfed"), [""; 0]);
    assert_eq!(found(&RED[..RED.len() / 3], "x4"), ["P5-damaged"]);
}

#[test]
fn what_the_standard_allows_is_no_fault() {
    let sound = |change: fn(&mut Good)| {
        let mut file = good();
        change(&mut file);
        codes(&checked(&file.bytes(), "x4")).into_iter().collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    // An ArtBox in place of the TrimBox.
    let art = |good: &mut Good| {
        for page in good.pages.clone() {
            let trim = good.dict(page).remove(b"TrimBox").expect("a box");
            good.dict(page).set("ArtBox", trim);
        }
    };
    assert_eq!(sound(art), none);
    // A printing condition without a registry: its profile is embedded.
    assert_eq!(
        sound(|good| {
            let id = good.intent;
            good.dict(id).remove(b"RegistryName");
        }),
        none
    );
    // One instant in two time zones.
    assert_eq!(
        sound(|good| {
            let id = good.info;
            good.dict(id).set("ModDate", Object::string_literal("D:20260101190405Z"));
        }),
        none
    );
    // A field of a signature, without an area.
    let field = |good: &mut Good| {
        let field = dictionary! { "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "Rect" => [0, 0, 0, 0].map(Object::from).to_vec() };
        let field = good.doc.add_object(field);
        let page = good.pages[0];
        good.dict(page).set("Annots", vec![field.into()]);
    };
    assert_eq!(sound(field), none);
    // A note that begins where the bleed ends.
    let beside = |good: &mut Good| {
        let edge = 223.0 * testkit::good::MM;
        let area = [edge, 100.0, edge + 50.0, 150.0].map(Object::from).to_vec();
        let note = dictionary! { "Type" => "Annot", "Subtype" => "Popup", "Rect" => area };
        let note = good.doc.add_object(note);
        let page = good.pages[0];
        good.dict(page).set("Annots", vec![note.into()]);
    };
    assert_eq!(sound(beside), none);
    // A title in the encoding of PDFs.
    let title = |good: &mut Good| {
        let id = good.info;
        good.dict(id).set(
            "Title",
            Object::String(b"\x8DTrends\x8E 2025 \x85 2026".to_vec(), lopdf::StringFormat::Literal),
        );
        good.xmp("五大趋势 2025", "“Trends” 2025 – 2026");
    };
    assert_eq!(sound(title), none);
    // White in grey, with overprint on in mode 0: grey is no colour of a plate, and covers.
    let mut file = good();
    file.resource("ExtGState", "Zero", dictionary! { "OP" => true, "op" => true, "OPM" => 0 });
    file.paint(0, &format!("/Zero gs {}", set("1 g", 24.0, 20.0, 250.0)));
    file.paint(1, &format!("/Zero gs {}", set("0 0 0 0 k", 24.0, 20.0, 250.0)));
    assert_eq!(told(&mut file).0, none);
}

#[test]
fn an_rgb_printer_prints_rgb_and_nothing_else() {
    let mut file = good();
    let id = file.profile;
    let profile = stream_of(&mut file, id);
    let mut data = profile.decompressed_content().expect("a profile");
    data[16..20].copy_from_slice(b"RGB ");
    *profile = stream(dictionary! { "N" => 3 }, data, true);
    for page in 0..4 {
        let id = file.contents[page];
        let content = rect("0.2 0.5 0.9 rg", 50.0, 60.0, 30.0, 20.0)
            + &rect(" 0.4 g", 90.0, 60.0, 30.0, 20.0);
        stream_of(&mut file, id)
            .set_plain_content(format!("1 0 0 1 28.35 28.35 cm {content}").into_bytes());
    }
    assert_eq!(codes(&checked(&file.bytes(), "x4")).len(), 0);
    file.paint(0, &rect("1 0 0 0 k", 50.0, 90.0, 30.0, 20.0));
    assert_eq!(codes(&checked(&file.bytes(), "x4")), ["A8-device-colour"].into());
}

#[test]
fn a_knock_out_group_prints_each_place_once() {
    let worst = |knockout: bool| {
        let mut file = good();
        let group = dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK", "K" => knockout, "I" => false };
        let content = format!(
            "/Over gs {} {}",
            rect("0.9 0.9 0 0 k", 0.0, 0.0, 30.0, 30.0),
            rect("0 0 0.9 0.9 k", 0.0, 0.0, 30.0, 30.0)
        );
        let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 100.into(), 100.into()], "Group" => group };
        let form = file.doc.add_object(stream(form, content.into_bytes(), false));
        file.resource("XObject", "G9", form);
        file.paint(0, "1 0 0 1 200 100 cm /G9 Do");
        checked(&file.bytes(), "gwg-sheetfed").pages[0].worst
    };
    assert_eq!((worst(false), worst(true)), (360.0, 180.0));
}

#[test]
fn messages_and_facts_are_those_of_the_trade() {
    // Text that is cut is no negative distance from the cut.
    let mut file = good();
    file.paint(0, &set("0 0 0 1 k", 10.0, -1.0, 100.0));
    let report = checked(&file.bytes(), "gwg-sheetfed");
    let told: Vec<&str> = report.findings.iter().map(|one| &*one.message).collect();
    let cut = told.iter().find(|told| told.contains("mm beyond the left trim edge"));
    assert!(cut.is_some_and(|told| told.starts_with("text is cut: it reaches ")), "{told:?}");
    // A font's name is without the mark of a subset and without its encoding.
    let mut file = good();
    let composite = |object: &Object| {
        let kind = object.as_dict().and_then(|dict| dict.get(b"Subtype")?.as_name());
        kind.is_ok_and(|kind| kind == b"Type0")
    };
    let fonts = file.doc.objects.values_mut().filter(|object| composite(object));
    for font in fonts.filter_map(|object| object.as_dict_mut().ok()) {
        font.set("BaseFont", "ABCDEF+Kai-Identity-H");
    }
    let report = checked(&file.bytes(), "gwg-sheetfed");
    let names: Vec<_> = report.facts.fonts.iter().map(|font| (&*font.name, font.subset)).collect();
    assert!(names.contains(&("Kai", true)), "{names:?}");
}

#[test]
fn vertical_text_and_mixtures_that_agree_are_sound() {
    let mut file = good();
    super::faults::sound_downwards(&mut file);
    assert_eq!(told(&mut file).0, [""; 0]);
    let mut file = good();
    super::faults::mixed(&mut file, &[0.0, 0.2, 0.6, 0.1]);
    assert_eq!(told(&mut file).0, ["B1-spot"]);
}
