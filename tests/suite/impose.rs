//! Tests of imposition: the position of each page, to a hundredth of a point; the parts of the
//! file that are kept; the inputs that are rejected.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use impose::{Imposed, Options, Scheme, impose};
use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::pdf::{File, Shape};
use crate::project::{Project, Run};

const MM: f64 = 72.0 / 25.4;
/// Trim, bleed and media of the numbered pages, in points.
const PAGE: (f64, f64) = (200.0, 300.0);
const BLEED: f64 = 8.0;
const SADDLE: Options = Options { scheme: Scheme::Saddle, sheet: None, creep: 0.0, marks: false };

static PRESS: LazyLock<Vec<u8>> = LazyLock::new(|| rendered(&[]));

fn rendered(args: &[&str]) -> Vec<u8> {
    let project = Project::starter();
    project.run(&[&["render", "in.pdf", "--profile", "press"], args].concat()).ok();
    std::fs::read(project.join("in.pdf")).expect("a report")
}

/// A document of which page `n`, from 1, is marked by a bar `n` wide and 7 high, 20 right of and
/// 30 above the lower left corner of its trim. Boxes and resources are the page tree's where they
/// can be inherited.
fn document(count: usize, change: impl Fn(usize, &mut Dictionary)) -> Document {
    let mut document = Document::with_version("1.6");
    let tree = document.new_object_id();
    let kids: Vec<Object> = (1..=count)
        .map(|number| {
            let bar = Stream::new(Dictionary::new(), format!("30 40 {number} 7 re f").into_bytes());
            let mut page = dictionary! {
                "Type" => "Page",
                "Parent" => tree,
                "BleedBox" => rect([10.0 - BLEED, 10.0 - BLEED, 210.0 + BLEED, 310.0 + BLEED]),
                "TrimBox" => rect([10.0, 10.0, 210.0, 310.0]),
                "Contents" => document.add_object(bar),
            };
            change(number, &mut page);
            document.add_object(page).into()
        })
        .collect();
    let pages = dictionary! {
        "Type" => "Pages",
        "Kids" => kids,
        "Count" => count as i64,
        "MediaBox" => rect([0.0, 0.0, 220.0, 320.0]),
        "Resources" => dictionary! { "ExtGState" => dictionary! { "Inherited" => dictionary! { "OP" => true } } },
    };
    document.set_object(tree, pages);
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
}

fn rect(parts: [f64; 4]) -> Object {
    Object::Array(parts.map(|part| Object::Real(part as f32)).to_vec())
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = vec![];
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}

fn numbered(count: usize) -> Vec<u8> {
    saved(document(count, |_, _| {}))
}

fn sheets(bytes: &[u8], options: &Options) -> (Imposed, File) {
    let imposed = impose(bytes, options).expect("sheets");
    let file = File::open(imposed.bytes.clone());
    (imposed, file)
}

/// The bars of each side: whose they are, and where the trim of their page begins from the
/// sheet's left and lower edge.
fn bars(file: &File) -> Vec<Vec<(usize, f64, f64)>> {
    let bar = |shape: &Shape, height: f64| {
        assert!((shape.height - 7.0).abs() < 0.01, "{shape:?}");
        (shape.width.round() as usize, shape.x - 20.0, height - shape.y - shape.height - 30.0)
    };
    file.pages()
        .iter()
        .map(|page| page.shapes.iter().map(|shape| bar(shape, page.size.1)).collect())
        .collect()
}

/// The operands of every drawn operator `name` in the content of a side, by lines as they are
/// written.
fn operands(file: &File, side: usize, name: &str) -> Vec<Vec<f64>> {
    let pages = file.pdf.pages();
    let text = String::from_utf8_lossy(pages[side].page_stream().expect("content")).into_owned();
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &&str| word.parse::<f64>().ok();
    let before = |at: usize| words[..at].iter().rev().map_while(number).collect::<Vec<_>>();
    let found = words.iter().enumerate().filter(|(_, word)| **word == name);
    found.map(|(at, _)| before(at).into_iter().rev().collect()).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.01
}

/// The pages of a stack of folded sheets in the order in which a reader comes to them: through
/// the right half of each front and the left half of its back to the middle, and out again
/// through the other halves. Sides are as they are printed: left and right.
fn leafed(sides: &[[Option<usize>; 2]]) -> Vec<Option<usize>> {
    let fronts_and_backs: Vec<_> = sides.chunks(2).collect();
    let inward = fronts_and_backs.iter().flat_map(|sheet| [sheet[0][1], sheet[1][0]]);
    let outward = fronts_and_backs.iter().rev().flat_map(|sheet| [sheet[1][1], sheet[0][0]]);
    inward.chain(outward).collect()
}

/// What stands left and right of the fold of each side.
fn halves(file: &File) -> Vec<[Option<usize>; 2]> {
    let half = |bars: &[(usize, f64, f64)], right: bool| {
        bars.iter().find(|(_, left, _)| (*left > PAGE.0) == right).map(|(number, ..)| *number)
    };
    bars(file).iter().map(|bars| [half(bars, false), half(bars, true)]).collect()
}

fn reading_order(count: usize, padded: usize) -> Vec<Option<usize>> {
    (1..=padded).map(|number| (number <= count).then_some(number)).collect()
}

#[test]
fn a_stitched_booklet_reads_in_order_from_8_to_64_pages() {
    for count in 8..=64 {
        let (imposed, file) = sheets(&numbered(count), &SADDLE);
        let padded = count.div_ceil(4) * 4;
        assert_eq!(
            (imposed.pages, imposed.blanks, imposed.sides),
            (count, padded - count, padded / 2)
        );
        assert_eq!(leafed(&halves(&file)), reading_order(count, padded), "{count} pages");
    }
    let (_, file) = sheets(&numbered(24), &SADDLE);
    let first = [[Some(24), Some(1)], [Some(2), Some(23)], [Some(22), Some(3)]];
    assert_eq!(halves(&file)[..3], first);
}

#[test]
fn signatures_read_in_order_one_after_the_other() {
    for (count, signature) in [(16, 4), (24, 8), (32, 16), (64, 32), (22, 8), (40, 16)] {
        let folded = NonZeroUsize::new(signature / 4).expect("sheets");
        let (_, file) = sheets(
            &numbered(count),
            &Options { scheme: Scheme::Perfect { sheets: folded }, ..SADDLE },
        );
        let read: Vec<_> = halves(&file).chunks(signature / 2).flat_map(leafed).collect();
        assert_eq!(
            read,
            reading_order(count, count.div_ceil(signature) * signature),
            "{count} by {signature}"
        );
    }
}

#[test]
fn rows_and_columns_stand_where_they_should() {
    let [rows, columns] = [2, 3].map(|number| NonZeroUsize::new(number).expect("a number"));
    let gutter = 12.0;
    let (imposed, file) =
        sheets(&numbered(7), &Options { scheme: Scheme::Nup { rows, columns, gutter }, ..SADDLE });
    assert_eq!((imposed.sides, imposed.blanks), (2, 5));
    let sides = bars(&file);
    assert_eq!(sides.iter().map(Vec::len).collect::<Vec<_>>(), [6, 1]);
    for (index, &(number, left, bottom)) in sides.iter().flatten().enumerate() {
        assert_eq!(number, index + 1);
        let (row, column) = (index % 6 / 3, index % 3);
        let wanted = BLEED + column as f64 * (PAGE.0 + gutter);
        assert!(near(left, wanted), "page {number} begins at {left}, not at {wanted}");
        let wanted = BLEED + (1 - row) as f64 * (PAGE.1 + gutter);
        assert!(near(bottom, wanted), "page {number} begins {bottom} up, not {wanted}");
    }
    // Bleed is whole on the outside and half of the gutter within.
    let [x, y, width, height] = operands(&file, 0, "re")[1][..] else { panic!("no clip") };
    let inner = gutter / 2.0;
    assert!(
        near(x, BLEED + PAGE.0 + gutter - inner) && near(width, PAGE.0 + 2.0 * inner),
        "{x} {width}"
    );
    assert!(
        near(y, BLEED + PAGE.1 + gutter - inner) && near(height, PAGE.1 + inner + BLEED),
        "{y} {height}"
    );
}

#[test]
fn inner_pages_move_to_the_fold_by_the_papers_thickness_a_sheet() {
    let paper = 0.12 * MM;
    let (_, file) = sheets(&numbered(32), &Options { creep: paper, ..SADDLE });
    for (side, bars) in bars(&file).iter().enumerate() {
        let shift = (side / 2) as f64 * paper;
        assert!(near(bars[0].1, BLEED + shift), "side {side}: {bars:?}");
        assert!(near(bars[1].1, BLEED + PAGE.0 - shift), "side {side}: {bars:?}");
        // Nothing is drawn beyond the fold, however far a page has moved.
        let clips = operands(&file, side, "re");
        assert!(near(clips[0][0] + clips[0][2], BLEED + PAGE.0), "{clips:?}");
        assert!(near(clips[1][0], BLEED + PAGE.0), "{clips:?}");
        assert!(near(clips[0][0], shift), "the outer bleed moves along: {clips:?}");
    }
    // Each signature begins anew.
    let scheme = Scheme::Perfect { sheets: NonZeroUsize::new(2).expect("sheets") };
    let (_, file) = sheets(&numbered(32), &Options { scheme, creep: paper, ..SADDLE });
    let shifts: Vec<f64> = bars(&file).iter().map(|bars| bars[0].1 - BLEED).collect();
    let wanted = [0.0, 0.0, paper, paper].repeat(4);
    assert!(shifts.iter().zip(&wanted).all(|(a, b)| near(*a, *b)), "{shifts:?}");
}

#[test]
fn turned_and_scaled_pages_stand_upright() {
    for turn in [0, 90, 180, 270, -90, 450] {
        let bytes = saved(document(1, |_, page| {
            page.set("Rotate", turn);
            page.set("UserUnit", 2);
        }));
        let (imposed, file) = sheets(&bytes, &SADDLE);
        let quarter = (turn + 720) % 360 / 90;
        let (width, height) = if quarter % 2 == 0 { (400.0, 600.0) } else { (600.0, 400.0) };
        assert!(
            near(imposed.sheet.0, 2.0 * width + 32.0) && near(imposed.sheet.1, height + 32.0),
            "{imposed:?}"
        );
        // The bar of 1 by 7 at (20, 30) of a page of 200 by 300, twice as large, turned clockwise.
        let wanted = match quarter {
            0 => [40.0, 60.0, 2.0, 14.0],
            1 => [60.0, 400.0 - 42.0, 14.0, 2.0],
            2 => [400.0 - 42.0, 600.0 - 74.0, 2.0, 14.0],
            _ => [600.0 - 74.0, 40.0, 14.0, 2.0],
        };
        let page = &file.pages()[0];
        let bar = page.shapes[0];
        let bottom = page.size.1 - bar.y - bar.height;
        let found = [bar.x - 16.0 - width, bottom - 16.0, bar.width, bar.height];
        assert!(
            found.iter().zip(wanted).all(|(a, b)| near(*a, b)),
            "{turn}: {found:?}, not {wanted:?}"
        );
    }
}

#[test]
fn inherited_resources_and_parted_content_come_along() {
    let mut parted = document(1, |_, _| {});
    let id = parted.page_iter().next().expect("a page");
    let parts: Vec<Object> = ["/Inherited gs 30 40", "1 7 re f"]
        .map(|text| {
            Object::Reference(
                parted.add_object(Stream::new(Dictionary::new(), text.as_bytes().to_vec())),
            )
        })
        .to_vec();
    parted.get_dictionary_mut(id).expect("a page").set("Contents", parts);
    let (imposed, file) = sheets(&saved(parted), &SADDLE);
    assert_eq!(bars(&file)[0].len(), 1);
    let document = Document::load_mem(&imposed.bytes).expect("a PDF");
    let form = document.objects.values().find_map(|object| {
        object
            .as_stream()
            .ok()
            .filter(|stream| stream.dict.get(b"Subtype").is_ok_and(|kind| *kind == "Form".into()))
    });
    let resources =
        form.expect("a form").dict.get(b"Resources").and_then(Object::as_dict).expect("resources");
    assert!(resources.has(b"ExtGState"), "{resources:?}");
}

#[test]
fn without_a_trim_the_crop_is_the_page() {
    let bytes = saved(document(4, |_, page| {
        page.remove(b"TrimBox");
        page.remove(b"BleedBox");
        page.set("CropBox", rect([10.0, 10.0, 210.0, 310.0]));
    }));
    let (imposed, file) = sheets(&bytes, &SADDLE);
    assert_eq!(imposed.sheet, (400.0, 300.0));
    assert!(
        near(bars(&file)[0][0].1, 0.0) && near(bars(&file)[0][1].1, 200.0),
        "{:?}",
        bars(&file)
    );
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
fn groups_of_pages_stay_isolated() {
    let bytes = saved(document(4, |_, page| {
        page.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK" });
    }));
    let document = Document::load_mem(&sheets(&bytes, &SADDLE).0.bytes).expect("a PDF");
    let groups = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok()?.dict.get(b"Group").ok());
    let groups: Vec<_> = groups.map(|group| group.as_dict().expect("a group")).collect();
    assert_eq!(groups.len(), 4);
    for group in groups {
        assert!(group.get(b"I").is_ok_and(|value| *value == true.into()), "{group:?}");
        assert!(group.get(b"CS").is_ok_and(|value| *value == "DeviceCMYK".into()), "{group:?}");
    }
}

#[test]
fn marks_stand_outside_of_the_bleed_in_every_ink() {
    let (imposed, file) = sheets(&numbered(4), &Options { marks: true, ..SADDLE });
    assert_eq!(file.separations(), BTreeSet::from(["All".to_owned()]));
    assert!(sheets(&numbered(4), &SADDLE).1.separations().is_empty());
    let reach = 6.0 * MM + BLEED;
    assert!(
        near(imposed.sheet.0, 400.0 + 2.0 * reach) && near(imposed.sheet.1, 300.0 + 2.0 * reach)
    );
    let (from, to) = (operands(&file, 0, "m"), operands(&file, 0, "l"));
    let bleed = file.page_boxes()[0]["BleedBox"];
    let mut found = BTreeSet::new();
    for point in from.iter().chain(&to) {
        let outside = point[0] < bleed[0]
            || point[0] > bleed[2]
            || point[1] < bleed[1]
            || point[1] > bleed[3];
        assert!(outside, "{point:?} lies within the bleed {bleed:?}");
        assert!((-0.01..imposed.sheet.0 + 0.01).contains(&point[0]), "{point:?}");
        assert!((-0.01..imposed.sheet.1 + 0.01).contains(&point[1]), "{point:?}");
    }
    for (from, to) in from.iter().zip(&to) {
        let upright = near(from[0], to[0]);
        let at = if upright { from[0] } else { from[1] } - reach;
        found.insert((upright, at.round() as i64));
    }
    // Four sides are cut; in the middle it is folded.
    let wanted = [(true, 0), (true, 200), (true, 400), (false, 0), (false, 300)];
    assert_eq!(found, BTreeSet::from(wanted));
    assert_eq!((from.len(), operands(&file, 0, "w")), (10, vec![vec![0.25]]));
}

#[test]
fn folded_sheets_are_labelled_and_signatures_have_collation_marks() {
    let scheme = Scheme::Perfect { sheets: NonZeroUsize::new(2).expect("sheets") };
    let (_, file) = sheets(&numbered(24), &Options { scheme, marks: true, ..SADDLE });
    let trim = file.page_boxes()[0]["TrimBox"];
    let fold = (trim[0] + trim[2]) / 2.0;
    let mut steps = vec![];
    // Three signatures of two sheets, of two sides each.
    for side in 0..12 {
        let drawn = operands(&file, side, "re");
        let (labels, marks): (Vec<_>, Vec<_>) =
            drawn[2..].iter().partition(|area| area[1] + area[3] < trim[1] - BLEED);
        // `1-1-1`: three ones of two strokes, and two dashes. A two has five strokes, a three as
        // many.
        let strokes = |digit: usize| if digit == 1 { 2 } else { 5 };
        let (signature, sheet, back) = (side / 4 + 1, side / 2 % 2 + 1, side % 2 + 1);
        assert_eq!(
            labels.len(),
            strokes(signature) + strokes(sheet) + strokes(back) + 2,
            "side {side}"
        );
        assert!(
            labels.iter().all(|area| area[0] > trim[0] + MM && area[0] + area[2] < fold - MM),
            "{labels:?}"
        );
        if side % 4 == 0 {
            assert!(marks.len() == 1 && near(marks[0][0] + marks[0][2] / 2.0, fold), "{marks:?}");
            steps.push(marks[0][1] + marks[0][3]);
        } else {
            assert!(marks.is_empty(), "{marks:?}");
        }
    }
    // Steps without a gap, from the head down.
    assert!(
        near(steps[0] - steps[1], 6.0 * MM) && near(steps[1] - steps[2], 6.0 * MM),
        "{steps:?}"
    );
    // A booklet is one signature: sheet and side. What is cut apart has none.
    let (_, file) = sheets(&numbered(8), &Options { marks: true, ..SADDLE });
    assert_eq!(operands(&file, 2, "re").len(), 2 + 5 + 1 + 2);
    let one = NonZeroUsize::MIN;
    let scheme = Scheme::Nup { rows: one, columns: one, gutter: 0.0 };
    assert_eq!(
        operands(&sheets(&numbered(8), &Options { scheme, marks: true, ..SADDLE }).1, 0, "re")
            .len(),
        1
    );
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
    assert_eq!(File::open(read("d.pdf")).pages().len(), 8);
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
    let cases: [(&[u8], &str); 10] = [
        (b"", "error: the input is not a PDF"),
        (b"no PDF at all", "error: the input is not a PDF"),
        (
            &whole[..table / 2],
            "error: the PDF cannot be imposed: failed parsing cross reference table",
        ),
        (&whole[..table], "error: the PDF is damaged"),
        (&saved(locked), "error: the PDF is encrypted"),
        (&saved(open), "error: the PDF is encrypted"),
        (&numbered(0), "error: the PDF has no pages"),
        (&odd, "error: page 3 is `63.5x105.9mm`, but page 1 is `70.6x105.9mm`"),
        (&flat, "error: page 2 has no area to print"),
        (&lost, "error: the PDF cannot be imposed: object ID 900 0 not found"),
    ];
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
