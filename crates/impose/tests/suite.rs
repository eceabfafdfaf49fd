//! Tests of imposition: the position of each page, to a hundredth of a point; the parts of the
//! file that are kept.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use impose::{Imposed, Options, Scheme, impose};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use testkit::numbered::{BLEED, PAGE, document, numbered, rect, saved};
use testkit::pdf::{File, Shape};

const MM: f64 = 72.0 / 25.4;
const SADDLE: Options = Options { scheme: Scheme::Saddle, sheet: None, creep: 0.0, marks: false };

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
    for (count, signature) in [
        (16, 4),
        (24, 8),
        (32, 16),
        (64, 32),
        (22, 8),
        (40, 16),
        (24, 16),
        (18, 16),
        (36, 32),
        (3, 16),
    ] {
        let folded = NonZeroUsize::new(signature / 4).expect("sheets");
        let (_, file) = sheets(
            &numbered(count),
            &Options { scheme: Scheme::Perfect { sheets: folded }, ..SADDLE },
        );
        let read: Vec<_> = halves(&file).chunks(signature / 2).flat_map(leafed).collect();
        // The last signature is as small as it can be.
        assert_eq!(read, reading_order(count, count.div_ceil(4) * 4), "{count} by {signature}");
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
fn the_last_signature_saves_blank_pages() {
    let perfect = |count: usize, signature: usize| {
        let sheets = NonZeroUsize::new(signature / 4).expect("sheets");
        let options = Options { scheme: Scheme::Perfect { sheets }, ..SADDLE };
        let imposed = impose(&numbered(count), &options).expect("sheets");
        (imposed.blanks, imposed.signatures)
    };
    assert_eq!(perfect(24, 16), (0, vec![16, 8]));
    assert_eq!(perfect(41, 16), (3, vec![16, 16, 12]));
    assert_eq!(perfect(64, 32), (0, vec![32, 32]));
    assert_eq!(impose(&numbered(9), &SADDLE).expect("sheets").signatures, [0; 0]);
}

/// A page with an annotation whose appearance is a bar 9 wide and 7 high.
fn annotated(kind: &str, change: impl Fn(&mut Document, &mut Dictionary)) -> Vec<u8> {
    let mut document = document(1, |_, _| {});
    let look =
        Stream::new(dictionary! { "BBox" => rect([0.0, 0.0, 9.0, 7.0]) }, b"0 0 9 7 re f".to_vec());
    let look = document.add_object(look);
    let mut annotation = dictionary! {
        "Type" => "Annot", "Subtype" => kind, "F" => 4, "Rect" => rect([110.0, 60.0, 119.0, 67.0]),
        "AP" => dictionary! { "N" => look },
    };
    change(&mut document, &mut annotation);
    let annotation = document.add_object(annotation);
    let page = *document.get_pages().values().next().expect("a page");
    document.get_dictionary_mut(page).expect("a page").set("Annots", vec![annotation.into()]);
    saved(document)
}

#[test]
fn what_annotations_draw_is_drawn_on_the_sheet() {
    let shapes = |bytes: &[u8]| {
        let (imposed, file) = sheets(bytes, &SADDLE);
        let shapes: Vec<_> = file.pages()[0]
            .shapes
            .iter()
            .map(|shape| (shape.width.round() as i64, shape.x.round() as i64))
            .collect();
        (shapes, imposed.lost)
    };
    // The page stands right of the fold; the bar of the page itself is 1 wide.
    for kind in ["Stamp", "Ink", "Square", "FreeText", "Widget", "Highlight"] {
        let (found, lost) = shapes(&annotated(kind, |_, _| {}));
        assert_eq!((found, lost.len()), (vec![(1, 228), (9, 308)], 0), "{kind}");
    }
    // Twice as wide as its appearance; and with a matrix of its own.
    let wide = annotated("Stamp", |_, one| one.set("Rect", rect([110.0, 60.0, 128.0, 67.0])));
    assert_eq!(shapes(&wide).0[1], (18, 308));
    let moved = annotated("Stamp", |document, one| {
        let look = one.get(b"AP").and_then(Object::as_dict).and_then(|looks| looks.get(b"N"));
        let look = look.and_then(Object::as_reference).expect("an appearance");
        let look = document.get_object_mut(look).and_then(Object::as_stream_mut).expect("a stream");
        look.dict.set("Matrix", [2, 0, 0, 2, 50, 50].map(Object::from).to_vec());
    });
    assert_eq!(shapes(&moved).0[1], (9, 308));
    // A box that is ticked shows the state that is on.
    let ticked = |state: &'static str| {
        annotated("Widget", move |_, one| {
            let look = one.get(b"AP").and_then(Object::as_dict).and_then(|looks| looks.get(b"N"));
            let look = look.expect("an appearance").clone();
            one.set("AP", dictionary! { "N" => dictionary! { "On" => look } });
            one.set("AS", state);
        })
    };
    assert_eq!(
        (shapes(&ticked("On")).0.len(), shapes(&ticked("Off"))),
        (2, (vec![(1, 228)], vec![]))
    );
    // Hidden ones, notes for the screen, and links draw nothing.
    for (kind, flags) in [("Stamp", 2), ("Stamp", 6), ("Text", 0), ("Popup", 4), ("Stamp", 32)] {
        let hidden = annotated(kind, |_, one| one.set("F", flags));
        assert_eq!(shapes(&hidden), (vec![(1, 228)], vec![]), "{kind} {flags}");
    }
    // What has no appearance is told.
    let bare = |kind: &str, value: Option<&'static str>| {
        annotated(kind, |_, one| {
            one.remove(b"AP");
            if let Some(value) = value {
                one.set("V", Object::string_literal(value));
            }
        })
    };
    assert_eq!(shapes(&bare("FreeText", None)).1, [(1, "FreeText".to_owned())]);
    assert_eq!(shapes(&bare("Widget", Some("filled"))).1, [(1, "Widget".to_owned())]);
    for (kind, value) in [("Link", None), ("Widget", None), ("Widget", Some(""))] {
        assert_eq!(shapes(&bare(kind, value)).1, [], "{kind} {value:?}");
    }
}

#[test]
fn a_file_that_opens_without_a_password_is_imposed() {
    use lopdf::encryption::{EncryptionState, EncryptionVersion};
    let locked = |user: &str| {
        let mut document = document(4, |_, _| {});
        let id = Object::string_literal("0123456789abcdef");
        document.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V2 {
            document: &document,
            owner_password: "owner",
            user_password: user,
            key_length: 128,
            permissions: lopdf::Permissions::all(),
        };
        let state = EncryptionState::try_from(version).expect("a state");
        document.encrypt(&state).expect("it can be encrypted");
        saved(document)
    };
    let (imposed, file) = sheets(&locked(""), &SADDLE);
    assert_eq!(bars(&file)[0].iter().map(|bar| bar.0).collect::<Vec<_>>(), [4, 1]);
    let again = Document::load_mem(&imposed.bytes).expect("a PDF");
    assert!(!again.was_encrypted() && !again.trailer.has(b"Encrypt"));
    assert!(matches!(impose(&locked("secret"), &SADDLE), Err(impose::ImposeError::Encrypted)));
}

#[test]
fn what_would_take_all_memory_is_refused() {
    use std::io::Write;

    let mut packed = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..200 {
        packed.write_all(&zeros).expect("memory");
    }
    let mut document = document(2, |_, _| {});
    let mut bomb = Stream::new(dictionary! {}, packed.finish().expect("memory"));
    bomb.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    bomb.allows_compression = false;
    document.add_object(bomb);
    let mut bytes = saved(document);
    let refused = |bytes: &[u8]| {
        let error = impose(bytes, &SADDLE).expect_err("a refusal");
        assert!(matches!(error, impose::ImposeError::Limit(door::Refusal::Stream(_))), "{error}");
        // The limit is named, and so is its place.
        assert!(error.to_string().contains("the stream at byte"), "{error}");
    };
    refused(&bytes);
    // Whoever knows the file raises the limit.
    assert_eq!(impose::impose_with(&bytes, &SADDLE, 2).expect("sheets").pages, 2);
    // The same filter, spelled with an escape.
    let at = bytes.windows(12).position(|word| word == b"/FlateDecode").expect("a filter");
    bytes.splice(at..at + 12, *b"/Fl#61teDecode");
    refused(&bytes);
}
