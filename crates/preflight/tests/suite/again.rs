//! What content names again and again, and what is read for it: its work is counted, or done once.

use std::time::{Duration, Instant};

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{checked, codes};
use testkit::good::{Good, good, rect, stream};

/// The time that a page may take on a slow machine, not optimised.
const MOST: Duration = Duration::from_secs(60);

/// The codes of a file, in good time.
fn told(file: &mut Good) -> Vec<&'static str> {
    let from = Instant::now();
    let codes = codes(&checked(&file.bytes(), "gwg-sheetfed")).into_iter().collect();
    assert!(from.elapsed() < MOST, "{:?}", from.elapsed());
    codes
}

fn numbers(list: &[i64]) -> Object {
    list.iter().copied().map(Object::from).collect::<Vec<_>>().into()
}

/// A function of many samples, which unpacks to a megabyte.
fn large(outputs: usize) -> Stream {
    let samples = (1 << 20) / outputs;
    let dict = dictionary! {
        "FunctionType" => 0, "Domain" => numbers(&[0, 1]), "BitsPerSample" => 8,
        "Range" => numbers(&[0, 1].repeat(outputs)), "Size" => numbers(&[samples as i64]),
    };
    stream(dict, vec![40; 1 << 20], true)
}

#[test]
fn a_colour_space_is_read_once_however_often_it_is_chosen() {
    let mut file = good();
    let function = file.doc.add_object(large(4));
    let space: Vec<Object> =
        vec!["Separation".into(), "Black".into(), "DeviceCMYK".into(), function.into()];
    file.resource("ColorSpace", "Tint", space);
    let table = file.doc.add_object(stream(Dictionary::new(), vec![0; 1 << 20], true));
    let space: Vec<Object> = vec!["Indexed".into(), "DeviceCMYK".into(), 255.into(), table.into()];
    file.resource("ColorSpace", "DefaultRGB", space);
    file.paint(0, &"/Tint cs 0.5 scn /Tint CS 0 0 0 rg ".repeat(100_000));
    assert_eq!(told(&mut file), [""; 0]);
}

#[test]
fn colours_of_inline_images_are_read_at_their_cost() {
    let mut file = good();
    let table = file.doc.add_object(stream(Dictionary::new(), vec![0; 1 << 20], true));
    let space: Vec<Object> = vec!["Indexed".into(), "DeviceCMYK".into(), 255.into(), table.into()];
    file.resource("ColorSpace", "Table", space);
    let image = "q 20 0 0 20 200 200 cm BI /W 1 /H 1 /BPC 8 /CS /Table ID a EI Q ";
    file.paint(0, &image.repeat(100_000));
    let found = told(&mut file);
    assert!(!found.contains(&"P2-limit"), "{found:?}");
}

#[test]
fn shadings_that_are_turned_each_time_are_bounded() {
    let mut file = good();
    let function = file.doc.add_object(large(4));
    let shading = dictionary! {
        "ShadingType" => 2, "ColorSpace" => "DeviceCMYK", "Coords" => numbers(&[0, 0, 9, 9]),
        "Function" => function,
    };
    file.resource("Shading", "Sh9", shading);
    let turned = "1 0 0.001 1 0 0 cm /Sh9 sh ".repeat(100_000);
    file.paint(0, &format!("200 200 20 20 re W n {turned}"));
    assert_eq!(told(&mut file), ["P2-limit"]);
}

#[test]
fn patterns_that_paint_nothing_cost_what_is_unpacked() {
    let mut file = good();
    let dict = dictionary! {
        "Type" => "Pattern", "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "XStep" => 9, "YStep" => 9,
        "BBox" => numbers(&[0, 0, 9, 9]), "Resources" => Dictionary::new(),
    };
    let pattern = file.doc.add_object(stream(dict, vec![b' '; 8 << 20], true));
    file.resource("Pattern", "P1", pattern);
    let painted = rect("", 100.0, 100.0, 9.0, 9.0).repeat(9000);
    file.paint(0, &format!("0 0 1 1 re W n /Pattern cs /P1 scn {painted}"));
    assert_eq!(told(&mut file), ["P2-limit"]);
}

#[test]
fn functions_of_more_functions_than_are_of_use_are_refused() {
    let mut file = good();
    let part = dictionary! { "FunctionType" => 2, "Domain" => numbers(&[0, 1]), "N" => 1 };
    let mut last = file.doc.add_object(part);
    for _ in 0..6 {
        let count = 32;
        let functions: Vec<Object> = vec![last.into(); count];
        let bounds: Vec<Object> = (1..count).map(|at| Object::Real(at as f32 / 32.0)).collect();
        last = file.doc.add_object(dictionary! {
            "FunctionType" => 3, "Domain" => numbers(&[0, 1]), "Bounds" => bounds,
            "Functions" => functions, "Encode" => numbers(&[0, 1].repeat(count)),
        });
    }
    let space: Vec<Object> =
        vec!["Separation".into(), "Black".into(), "DeviceGray".into(), last.into()];
    file.resource("ColorSpace", "Tint", space);
    file.paint(0, "/Tint cs 0.5 scn 200 200 9 9 re f");
    assert_eq!(told(&mut file), ["P2-limit"]);
}

#[test]
fn functions_within_themselves_are_refused() {
    let mut file = good();
    let id = file.doc.new_object_id();
    let function = dictionary! {
        "FunctionType" => 3, "Domain" => numbers(&[0, 1]), "Bounds" => numbers(&[]),
        "Functions" => vec![id.into()], "Encode" => numbers(&[0, 1]),
    };
    file.doc.objects.insert(id, function.into());
    let space: Vec<Object> =
        vec!["Separation".into(), "Black".into(), "DeviceGray".into(), id.into()];
    file.resource("ColorSpace", "Tint", space);
    file.paint(0, "/Tint cs 0.5 scn 200 200 9 9 re f");
    assert_eq!(told(&mut file), ["P2-limit"]);
}

/// A shading over the whole page, by a program.
fn calculated(program: String) -> Vec<&'static str> {
    let mut file = good();
    let dict = dictionary! {
        "FunctionType" => 4, "Domain" => numbers(&[0, 1]), "Range" => numbers(&[0, 1, 0, 1, 0, 1, 0, 1]),
    };
    let function = file.doc.add_object(stream(dict, program.into_bytes(), true));
    let shading = dictionary! {
        "ShadingType" => 2, "ColorSpace" => "DeviceCMYK", "Coords" => numbers(&[0, 0, 9, 9]),
        "Extend" => vec![true.into(), true.into()], "Function" => function,
    };
    file.resource("Shading", "Sh9", shading);
    file.paint(0, "/Sh9 sh");
    told(&mut file)
}

#[test]
fn programs_are_run_at_their_cost_and_nest_as_far_as_is_of_use() {
    assert_eq!(calculated("{ 4 div dup dup dup }".to_owned()), [""; 0]);
    assert_eq!(
        calculated(format!("{{ 4 div dup dup dup {} }}", "dup pop ".repeat(40_000))),
        ["P2-limit"]
    );
    let nested = format!("{{ 4 div dup dup dup {}{} }}", "{".repeat(400_000), "}".repeat(400_000));
    assert_eq!(calculated(nested), ["P2-limit"]);
}

#[test]
fn widths_and_heights_of_more_glyphs_than_there_are_are_refused() {
    let with = |key: &str, more: &[i64]| {
        let mut file = good();
        let dicts = file.doc.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
        let font = dicts.into_iter().find(|dict| dict.has(b"CIDToGIDMap")).expect("a font");
        let mut list =
            font.get(key.as_bytes()).and_then(Object::as_array).cloned().unwrap_or_default();
        list.extend(more.iter().copied().map(Object::from));
        font.set(key, list);
        told(&mut file)
    };
    assert_eq!(with("W", &[100_000, 2_000_000_000, 500]), ["P2-limit"]);
    assert_eq!(with("W2", &[0, 2_000_000_000, -1000, 500, 880]), ["P2-limit"]);
    // What a font may have is no excess, and what stands behind is read in its place.
    assert_eq!(with("W", &[300, 65_535, 500, 70, 71, 400]), [""; 0]);
    assert_eq!(with("W2", &[0, 65_535, -1000, 500, 880, 7, 9, -900, 500, 880]), [""; 0]);
}

#[test]
fn glyphs_that_unpack_to_much_take_no_more_than_allowed() {
    let mut file = good();
    let mut content = b"600 0 d0 ".to_vec();
    content.resize(8 << 20, b' ');
    let glyph = file.doc.add_object(stream(Dictionary::new(), content, true));
    let mut names: Vec<Object> = vec![0.into()];
    let mut programs = Dictionary::new();
    for code in 0..=255 {
        let name = format!("g{code}");
        programs.set(name.clone(), glyph);
        names.push(Object::Name(name.into_bytes()));
    }
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontBBox" => numbers(&[0, 0, 600, 700]),
        "FontMatrix" => vec![0.001.into(), 0.into(), 0.into(), 0.001.into(), 0.into(), 0.into()],
        "FirstChar" => 0, "LastChar" => 255, "Widths" => vec![Object::Integer(600); 256],
        "Encoding" => dictionary! { "Type" => "Encoding", "Differences" => names },
        "CharProcs" => programs, "Resources" => Dictionary::new(),
    };
    file.resource("Font", "T3", font);
    let all: String = (0..=255).map(|code| format!("{code:02x}")).collect();
    file.paint(0, &format!("BT /T3 20 Tf 200 200 Td <{all}> Tj ET"));
    assert_eq!(told(&mut file), ["P2-limit"]);
}

#[test]
fn long_strings_are_shown_in_parts_and_clips_are_bounded() {
    let long = |letters: usize| {
        let mut file = good();
        file.paint(
            0,
            &format!("0 0 0 1 k BT /F1 9 Tf 99 99 Td <{}> Tj ET", "0001".repeat(letters)),
        );
        told(&mut file)
    };
    assert_eq!((long(33_000), long(66_000)), (vec![], vec!["P2-limit"]));
    let within = |clips: usize| {
        let mut file = good();
        file.paint(0, &format!("{} 200 200 9 9 re f", "0 0 600 800 re W n ".repeat(clips)));
        told(&mut file)
    };
    assert_eq!((within(4000), within(5000)), (vec![], vec!["P2-limit"]));
}

#[test]
fn a_page_that_stops_its_reader_is_told_and_others_are_checked() {
    let mut file = good();
    file.paint(1, "0 1 0 rg 200 200 9 9 re f");
    let dict = dictionary! {
        "FunctionType" => 4, "Domain" => numbers(&[0, 1]), "Range" => numbers(&[0, 1, 0, 1, 0, 1, 0, 1]),
    };
    let program = b"{ 0 idiv dup dup dup }".to_vec();
    let function = file.doc.add_object(stream(dict, program, true));
    let shading = dictionary! {
        "ShadingType" => 2, "ColorSpace" => "DeviceCMYK", "Coords" => numbers(&[0, 0, 9, 9]),
        "Extend" => vec![true.into(), true.into()], "Function" => function,
    };
    file.resource("Shading", "Sh9", shading);
    file.paint(0, "/Sh9 sh");
    let report = checked(&file.bytes(), "gwg-sheetfed");
    let found = report.findings.iter().map(|finding| (finding.code, finding.page));
    let wanted = [("P5-damaged", Some(1)), ("A8-device-colour", Some(2))];
    assert_eq!(found.collect::<Vec<_>>(), wanted);
    let complete = report.pages.iter().map(|page| page.complete).collect::<Vec<_>>();
    assert_eq!(complete[..2], [false, true]);
}

#[test]
fn parts_of_a_function_that_are_not_there_are_no_excess() {
    let mut file = good();
    let missing = file.doc.new_object_id();
    let part = dictionary! { "FunctionType" => 2, "Domain" => numbers(&[0, 1]), "N" => 1 };
    let function = file.doc.add_object(dictionary! {
        "FunctionType" => 3, "Domain" => numbers(&[0, 1]), "Bounds" => vec![Object::Real(0.3), Object::Real(0.6)],
        "Functions" => vec![missing.into(), missing.into(), part.into()], "Encode" => numbers(&[0, 1, 0, 1, 0, 1]),
    });
    let space: Vec<Object> =
        vec!["Separation".into(), "Black".into(), "DeviceGray".into(), function.into()];
    file.resource("ColorSpace", "Tint", space);
    file.paint(0, "/Tint cs 0.5 scn 200 200 9 9 re f");
    assert!(!told(&mut file).contains(&"P2-limit"));
}
