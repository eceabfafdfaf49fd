//! Inline images whose data look like content, and functions with too few samples.

use lopdf::{Object, Stream, dictionary};

use super::{checked, codes};
use testkit::good::{Good, good, image_dict, mm, stream};

fn told(file: &mut Good) -> Vec<&'static str> {
    codes(&checked(&file.bytes(), "gwg-sheetfed")).into_iter().collect()
}

/// A page with content of any bytes on it; returns its codes, and the worst ink of the page.
fn painted(content: &[u8]) -> (Vec<&'static str>, f64) {
    let mut file = good();
    let id = file.contents[2];
    let page = file.doc.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream");
    let mut all = b"q 1 0 0 1 28.35 28.35 cm ".to_vec();
    all.extend_from_slice(content);
    all.extend_from_slice(b" Q");
    page.set_plain_content(all);
    let report = checked(&file.bytes(), "gwg-sheetfed");
    (codes(&report).into_iter().collect(), report.pages[2].worst)
}

/// An image of a square of 30 mm.
fn image(head: &str, data: &[u8], close: &str) -> Vec<u8> {
    let side = mm(30.0);
    let head = format!("q {side} 0 0 {side} 200 200 cm BI {head} ID ");
    [head.as_bytes(), data, close.as_bytes(), b" Q "].concat()
}

#[test]
fn letters_in_the_data_of_an_inline_image_do_not_end_it() {
    let none: [&str; 0] = [];
    let pixels =
        |line: &[u8]| line.iter().copied().cycle().take(1200 * 1200 / 8).collect::<Vec<u8>>();
    let head = "/W 1200 /H 1200 /IM true";
    for line in [
        &b"\x0f EI \xf0"[..],
        b" EI Q\nQ q 0.5 0 0 rg\n",
        b"\nEI\nQ /No Do ",
        b" EI /Gone gs 1 0 0 rg 0 0 9 9 re f",
        b" EI [[[[((((<<<<",
    ] {
        for close in [" EI", "\nEI", "EI"] {
            let content = [b"0 0 0 1 k ", &image(head, &pixels(line), close)[..]].concat();
            let (found, _) = painted(&content);
            assert_eq!(found, none, "{:?}{close}", String::from_utf8_lossy(line));
        }
    }
    // What stands behind it is content still, also where it has the letters.
    let after = b"/EI0 gs 0 0 0 1 k 300 300 9 9 re f";
    let content = [&image(head, &pixels(b"\x0f EI \xf0"), " EI")[..], after].concat();
    assert_eq!(painted(&content).0, ["P3-content"]);
    // The samples are read: full ink in four colours, with blanks and letters in them.
    let dark = [255, b'E', b'I', b' '].repeat(100 * 100);
    let full = "/W 100 /H 100 /BPC 8 /CS /CMYK";
    let (_, worst) = painted(&image(full, &dark, " EI"));
    let wanted = f64::from(255 + 0x45 + 0x49 + 0x20) / 255.0 * 100.0;
    assert!((worst - wanted).abs() < 1.5, "{worst}, not {wanted}");
}

#[test]
fn functions_with_too_few_samples_are_told() {
    let function = |samples: usize, size: usize| {
        let dict = dictionary! {
            "FunctionType" => 0, "Domain" => vec![0.into(), 1.into()], "BitsPerSample" => 8,
            "Range" => [0, 1].repeat(4).into_iter().map(Object::from).collect::<Vec<_>>(),
            "Size" => vec![Object::Integer(size as i64)],
        };
        Stream::new(dict, vec![40; samples])
    };
    let spot = |samples: usize| {
        let mut file = good();
        let tint = file.doc.add_object(function(samples, 16));
        let space = |tint| vec!["Separation".into(), "Black".into(), "DeviceCMYK".into(), tint];
        file.resource("ColorSpace", "Tint", space(Object::from(tint)));
        file
    };
    let tinted = |samples: usize| {
        let mut file = spot(samples);
        file.paint(0, "/Tint cs 1 scn 200 200 90 90 re f");
        told(&mut file)
    };
    let none: [&str; 0] = [];
    assert_eq!((tinted(64), tinted(63)), (none.to_vec(), vec!["P5-damaged"]));
    // More than it asks for do no harm.
    assert_eq!(tinted(70), none);
    let pictured = |samples: usize| {
        let mut file = spot(samples);
        let tint = file.doc.add_object(function(samples, 16));
        let mut dict = image_dict(400, 400, "DeviceGray", 8);
        let space = vec!["Separation".into(), "Black".into(), "DeviceCMYK".into(), tint.into()];
        dict.set("ColorSpace", space);
        let id = file.doc.add_object(stream(dict, vec![9; 400 * 400], true));
        file.resource("XObject", "Im9", id);
        let side = mm(30.0);
        file.paint(0, &format!("{side} 0 0 {side} 200 200 cm /Im9 Do"));
        told(&mut file)
    };
    assert_eq!((pictured(64), pictured(63)), (none.to_vec(), vec!["P5-damaged"]));
    // Shadings, also with functions that are stitched together.
    let shaded = |samples: usize, stitched: bool| {
        let mut file = good();
        let mut own = Object::from(file.doc.add_object(function(samples, 2)));
        if stitched {
            let numbers = |list: [i64; 2]| list.map(Object::from).to_vec();
            own = dictionary! {
                "FunctionType" => 3, "Domain" => numbers([0, 1]), "Bounds" => vec![Object::Real(0.5)],
                "Functions" => vec![own.clone(), own], "Encode" => [numbers([0, 1]), numbers([0, 1])].concat(),
            }
            .into();
        }
        let line = [200, 200, 290, 290].map(Object::from).to_vec();
        let shading = dictionary! {
            "ShadingType" => 2, "ColorSpace" => "DeviceCMYK", "Coords" => line, "Function" => own,
        };
        file.resource("Shading", "Sh9", shading);
        file.paint(0, "200 200 90 90 re W n /Sh9 sh");
        told(&mut file)
    };
    for stitched in [false, true] {
        let both = (shaded(8, stitched), shaded(7, stitched));
        assert_eq!(both, (none.to_vec(), vec!["P5-damaged"]), "{stitched}");
    }
}
