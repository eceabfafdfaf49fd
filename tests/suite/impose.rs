//! Tests of imposition on the report's press file, and of the command.

use std::sync::LazyLock;

use impose::{Imposed, Options, Scheme, impose};
use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object};
use testkit::numbered::{document, numbered, rect, saved};
use testkit::pdf::File;

use crate::project::{Project, Run};

const MM: f64 = 72.0 / 25.4;
const SADDLE: Options = Options { scheme: Scheme::Saddle, sheet: None, creep: 0.0, marks: false };

static PRESS: LazyLock<Vec<u8>> = LazyLock::new(|| rendered(&[]));

fn rendered(args: &[&str]) -> Vec<u8> {
    let project = Project::starter();
    project.run(&[&["render", "in.pdf", "--profile", "press"], args].concat()).ok();
    std::fs::read(project.join("in.pdf")).expect("a report")
}

fn sheets(bytes: &[u8], options: &Options) -> (Imposed, File) {
    let imposed = impose(bytes, options).expect("sheets");
    let file = File::open(imposed.bytes.clone());
    (imposed, file)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.01
}

#[test]
fn the_reports_pages_stand_on_their_sheets() {
    let pages = File::open(PRESS.clone()).pages();
    let options = Options { sheet: Some((450.0 * MM, 320.0 * MM)), marks: true, ..SADDLE };
    let (_, file) = sheets(&PRESS, &options);
    let bleed = 3.0 * MM;
    let trim = [15.0 * MM, 17.5 * MM, 435.0 * MM, 302.5 * MM];
    let sides = file.pages();
    // Ten pages, and two blank ones behind them.
    assert_eq!((pages.len(), sides.len()), (10, 6));
    for (index, (side, boxes)) in sides.iter().zip(file.page_boxes()).enumerate() {
        let bleeds = [trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed];
        for (name, wanted) in [
            ("MediaBox", [0.0, 0.0, 450.0 * MM, 320.0 * MM]),
            ("BleedBox", bleeds),
            ("TrimBox", trim),
        ] {
            let found = boxes[name];
            assert!(
                found.iter().zip(wanted).all(|(a, b)| near(*a, b)),
                "{name} is {found:?}, not {wanted:?}"
            );
        }
        let (left, right) =
            if index % 2 == 0 { (12 - index, index + 1) } else { (index + 1, 12 - index) };
        let halves = [(left, 0.0), (right, 210.0 * MM)]
            .map(|(number, across)| (pages.get(number - 1), across));
        let halves: Vec<_> =
            halves.into_iter().filter_map(|(page, across)| Some((page?, across))).collect();
        assert_eq!(
            side.text(),
            halves.iter().map(|(page, _)| page.text()).collect::<String>(),
            "side {index}"
        );
        let placed = halves.iter().flat_map(|&(page, across)| {
            page.glyphs.iter().map(move |glyph| (glyph, glyph.x - bleed + 15.0 * MM + across))
        });
        for (glyph, (source, x)) in side.glyphs.iter().zip(placed) {
            let y = source.y - bleed + 17.5 * MM;
            assert!(
                near(glyph.x, x) && near(glyph.y, y) && near(glyph.size, source.size),
                "{glyph:?} {source:?}"
            );
            assert_eq!(
                (&glyph.font, glyph.inks, glyph.overprint),
                (&source.font, source.inks, source.overprint)
            );
        }
    }
}

#[test]
fn what_is_said_of_the_file_stays_and_what_leads_through_it_goes() {
    let (before, after) = (File::open(PRESS.clone()), sheets(&PRESS, &SADDLE).1);
    assert_eq!(before.fonts(), after.fonts());
    assert!(
        after.fonts().iter().all(|(name, embedded)| *embedded && name.contains('+')),
        "{:?}",
        after.fonts()
    );
    assert_eq!(before.metadata(), after.metadata());
    assert!(after.metadata().contains("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"));
    assert_eq!(after.output_condition().as_deref(), Some("FOGRA39"));
    for key in ["Title", "CreationDate", "GTS_PDFXVersion"] {
        assert!(after.info(key).is_some() && after.info(key) == before.info(key), "{key}");
    }
    assert!(!before.bookmarks().is_empty() && after.bookmarks().is_empty());
    let ids = |bytes: &[u8]| {
        Document::load_mem(bytes).expect("a PDF").trailer.get(b"ID").expect("an ID").clone()
    };
    let (old, new) = (ids(&PRESS), ids(&sheets(&PRESS, &SADDLE).0.bytes));
    let (old, new) = (old.as_array().expect("two"), new.as_array().expect("two"));
    assert!(
        old[0].as_str().ok() == new[0].as_str().ok()
            && old[1].as_str().ok() != new[1].as_str().ok()
    );
    // The screen's file promises tags, links and an archive: sheets keep none of that.
    let project = Project::starter();
    project.run(&["render", "in.pdf"]).ok();
    let screen = std::fs::read(project.join("in.pdf")).expect("a report");
    assert!(File::open(screen.clone()).links().0 > 0);
    let file = sheets(&screen, &SADDLE).1;
    assert_eq!(file.links(), (0, 0));
    assert!(file.structure().is_empty());
    for key in ["Metadata", "PageLabels", "Outlines", "StructTreeRoot", "MarkInfo"] {
        assert!(!file.catalog().contains_key(key), "{key}");
    }
}

#[test]
fn an_ink_is_described_but_once() {
    // Marks of the pages are in every ink too.
    let marked = rendered(&["--marks"]);
    let sheets = Document::load_mem(&sheets(&marked, &Options { marks: true, ..SADDLE }).0.bytes)
        .expect("a PDF");
    let all = |object: &&Object| {
        object.as_array().is_ok_and(|parts| {
            parts.get(1).is_some_and(|ink| *ink == "All".into()) && parts.len() == 4
        })
    };
    let descriptions: Vec<_> = sheets.objects.values().filter(all).collect();
    assert_eq!(descriptions.len(), 2, "that of the pages' marks and that of the sheets'");
    assert_eq!(descriptions[0], descriptions[1]);
}

#[test]
fn the_command_pads_says_so_and_makes_the_same_bytes_twice() {
    let project = Project::empty();
    project.write("in.pdf", &*PRESS);
    let args = ["--scheme", "saddle", "--marks", "--creep", "--paper", "0.09mm"];
    for out in ["a.pdf", "b.pdf"] {
        let run = project.run(&[&["impose", "in.pdf", out][..], &args].concat()).ok();
        assert!(
            run.stderr.starts_with("padded 10 pages to 12 with 2 blank pages at the end\n"),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains(": 6 sides of 438.0 x 303.0 mm, "), "{}", run.stderr);
    }
    let read = |name| std::fs::read(project.join(name)).expect("sheets");
    assert!(read("a.pdf") == read("b.pdf"), "two runs differ");
    // The innermost of three sheets has moved by twice the thickness.
    let sides = File::open(read("a.pdf")).pages();
    let pages = File::open(read("in.pdf")).pages();
    let (placed, source) = (sides[5].glyphs[0].x, pages[5].glyphs[0].x);
    assert!(near(placed - source, (6.0 + 2.0 * 0.09) * MM), "{placed} {source}");
    let thick = ["impose", "in.pdf", "e.pdf", "--scheme", "saddle", "--creep", "--paper", "0.75mm"];
    assert!(
        project
            .run(&thick)
            .ok()
            .stderr
            .contains("creep: the innermost pages move 1.5 mm towards the fold")
    );
    let run = project
        .run(&["impose", "in.pdf", "c.pdf", "--scheme", "nup", "--rows", "1", "--columns", "2"])
        .ok();
    assert!(!run.stderr.contains("padded"), "{}", run.stderr);
    project.run(&["impose", "in.pdf", "d.pdf", "--scheme", "perfect"]).ok();
    assert_eq!(File::open(read("d.pdf")).pages().len(), 6);
}

fn refused(run: &Run, code: i32, message: &str) {
    assert_eq!(run.code, Some(code), "{}", run.stderr);
    assert!(run.stderr.contains(message), "`{message}` is not in {}", run.stderr);
}

#[test]
fn bad_input_is_told_and_the_last_good_file_stays() {
    let project = Project::empty();
    project.write("out.pdf", "the last good output");
    let mut locked = document(4, |_, _| {});
    locked.trailer.set("ID", vec![Object::string_literal("a"), Object::string_literal("b")]);
    let mut open = locked.clone();
    for (document, user_password) in [(&mut locked, "secret"), (&mut open, "")] {
        let permissions = Permissions::PRINTABLE;
        let version = EncryptionVersion::V2 {
            document,
            owner_password: "owner",
            user_password,
            key_length: 128,
            permissions,
        };
        let state = EncryptionState::try_from(version).expect("a state");
        document.encrypt(&state).expect("an encrypted document");
    }
    let whole = numbered(4);
    let table =
        whole.windows(9).rposition(|word| word == b"startxref").expect("the way to the objects");
    let odd = saved(document(4, |number, page| {
        if number == 3 {
            page.set("TrimBox", rect([10.0, 10.0, 190.0, 310.0]));
        }
    }));
    let flat = saved(document(2, |number, page| {
        if number == 2 {
            page.set("TrimBox", rect([500.0, 10.0, 600.0, 310.0]));
        }
    }));
    let lost = saved(document(2, |_, page| page.set("Contents", Object::Reference((900, 0)))));
    let cases: [(&[u8], &str); 9] = [
        (b"", "error: the input is not a PDF"),
        (b"no PDF at all", "error: the input is not a PDF"),
        (
            &whole[..table / 2],
            "error: the PDF cannot be imposed: failed parsing cross reference table",
        ),
        (&whole[..table], "error: the PDF is damaged"),
        (&saved(locked), "error: the PDF is encrypted"),
        (&numbered(0), "error: the PDF has no pages"),
        (&odd, "error: page 3 is `63.5x105.9mm`, but page 1 is `70.6x105.9mm`"),
        (&flat, "error: page 2 has no area to print"),
        (&lost, "error: the PDF cannot be imposed: object ID 900 0 not found"),
    ];
    // What opens without a password may be printed.
    project.write("in.pdf", saved(open));
    project.run(&["impose", "in.pdf", "open.pdf", "--scheme", "saddle"]).ok();
    for (bytes, message) in cases {
        project.write("in.pdf", bytes);
        let run = project.run(&["impose", "in.pdf", "out.pdf", "--scheme", "saddle"]);
        refused(&run, 1, message);
        assert!(run.stderr.contains("\nhint: "), "{}", run.stderr);
        assert_eq!(project.read("out.pdf"), "the last good output", "{message}");
    }
    refused(
        &project.run(&["impose", "gone.pdf", "out.pdf", "--scheme", "saddle"]),
        3,
        "cannot read `gone.pdf`",
    );
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let project = Project::empty();
    project.write("in.pdf", numbered(4));
    let saddle = |rest: &[&str]| {
        project.run(&[&["impose", "in.pdf", "out.pdf", "--scheme", "saddle"], rest].concat())
    };
    refused(
        &saddle(&["--sheet", "140x110mm"]),
        2,
        "error: the sheet size `140x110mm` is too small: `146.8x111.5mm` is needed\nhint: choose a larger sheet",
    );
    saddle(&["--sheet", "146.8x111.5mm"]).ok();
    refused(
        &saddle(&["--rows", "2"]),
        2,
        "error: `--rows` is valid only with `--scheme nup`\nhint: omit it",
    );
    refused(
        &saddle(&["--signature", "8"]),
        2,
        "error: `--signature` is valid only with `--scheme perfect`",
    );
    refused(&saddle(&["--paper", "0.1mm"]), 2, "--creep");
    refused(&saddle(&["--creep", "--paper", "thin"]), 2, "write a length in millimetres");
    refused(&saddle(&["--sheet", "A3"]), 2, "write a sheet's width and height in millimetres");
    let impose = |rest: &[&str]| project.run(&[&["impose", "in.pdf"], rest].concat());
    refused(&impose(&["out.pdf", "--scheme", "nup", "--rows", "2"]), 2, "--columns");
    refused(&impose(&["out.pdf", "--scheme", "perfect", "--signature", "12"]), 2, "--signature");
    refused(&impose(&["out.png", "--scheme", "saddle"]), 2, "use the extension `.pdf`");
    refused(
        &impose(&["no/out.pdf", "--scheme", "saddle"]),
        2,
        "the folder `no` does not exist\nhint: create the folder",
    );
    refused(
        &impose(&["./in.pdf", "--scheme", "saddle"]),
        2,
        "is both input and output\nhint: choose another output",
    );
    let wide =
        ["out.pdf", "--scheme", "nup", "--rows", "1", "--columns", "32", "--gutter", "100mm"];
    refused(
        &impose(&wide),
        2,
        "error: the sheet size `5363.5x111.5mm` is too large for a PDF\nhint: a sheet measures",
    );
    assert_eq!(std::fs::read(project.join("in.pdf")).expect("a file"), numbered(4));
}
