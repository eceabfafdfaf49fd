//! Tests of imposition on what a printing house's inbox holds: annotations on layers and on turned
//! pages, fields that share what they have, boxes and page trees of odd shapes.

use impose::{Imposed, Options, Scheme, impose};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use testkit::numbered::{document, rect, saved};
use testkit::pdf::File;

const BOOKLET: Options = Options { scheme: Scheme::Saddle, sheet: None, creep: 0.0, marks: false };

fn sheets(bytes: &[u8]) -> (Imposed, File) {
    let imposed = impose(bytes, &BOOKLET).expect("sheets");
    let file = File::open(imposed.bytes.clone());
    (imposed, file)
}

/// What is drawn of an annotation: left, bottom, width and height from the page's trim, to a point.
fn drawn(bytes: &[u8]) -> Option<[i64; 4]> {
    let (_, file) = sheets(bytes);
    let page = &file.pages()[0];
    // The page is the first of four: right of the fold. Its own bar is drawn first.
    let [_, shape] = page.shapes[..] else { return None };
    let bottom = page.size.1 - shape.y - shape.height;
    let place = [shape.x - 208.0, bottom - 8.0, shape.width, shape.height];
    Some(place.map(|number| number.round() as i64))
}

/// A page with an annotation whose appearance is a bar 9 wide and 3 high, at 100, 50 of its trim.
fn annotated(change: impl Fn(&mut Document, &mut Dictionary)) -> Document {
    let mut document = document(1, |_, _| {});
    let bar = dictionary! { "BBox" => rect([0.0, 0.0, 9.0, 3.0]) };
    let look = document.add_object(Stream::new(bar, b"0 0 9 3 re f".to_vec()));
    let mut annotation = dictionary! {
        "Type" => "Annot", "Subtype" => "Stamp", "F" => 4, "Rect" => rect([110.0, 60.0, 119.0, 63.0]),
        "AP" => dictionary! { "N" => look },
    };
    change(&mut document, &mut annotation);
    let annotation = document.add_object(annotation);
    let page = page(&document);
    document.get_dictionary_mut(page).expect("a page").set("Annots", vec![annotation.into()]);
    document
}

fn page(document: &Document) -> ObjectId {
    document.page_iter().next().expect("a page")
}

fn look(document: &Document, annotation: &Dictionary) -> ObjectId {
    let looks = annotation.get_deref(b"AP", document).and_then(Object::as_dict);
    looks.and_then(|looks| looks.get(b"N")?.as_reference()).expect("an appearance")
}

#[test]
fn an_appearance_is_brought_into_its_rectangle_however_it_is_turned() {
    assert_eq!(drawn(&saved(annotated(|_, _| {}))), Some([100, 50, 9, 3]));
    let turned = |matrix: [f32; 6], to: [f64; 4]| {
        let document = annotated(|document, annotation| {
            let look = look(document, annotation);
            let look = document.get_object_mut(look).and_then(Object::as_stream_mut);
            let matrix = matrix.map(Object::from).to_vec();
            look.expect("a stream").dict.set("Matrix", matrix);
            annotation.set("Rect", rect(to));
        });
        drawn(&saved(document))
    };
    // A quarter turn, and an eighth: the bar reaches all four sides.
    let quarter = turned([0.0, 1.0, -1.0, 0.0, 0.0, 0.0], [110.0, 60.0, 113.0, 69.0]);
    assert_eq!(quarter, Some([100, 50, 3, 9]));
    let half = std::f32::consts::FRAC_1_SQRT_2;
    let eighth = turned([half, half, -half, half, 0.0, 0.0], [110.0, 60.0, 150.0, 100.0]);
    // Measured from the bar's first corner to the opposite one: left of it is a third of the width.
    assert_eq!(eighth, Some([110, 50, 20, 40]));
}

#[test]
fn a_note_that_does_not_turn_with_its_page_stays_upright() {
    for (turn, free, wanted) in [
        (180, false, [91, 247, 9, 3]),
        // Its upper left corner stays where it is; from there it goes right and down.
        (180, true, [100, 244, 9, 3]),
        (90, true, [53, 97, 9, 3]),
        (0, true, [100, 50, 9, 3]),
    ] {
        let mut document = annotated(|_, annotation| {
            annotation.set("F", if free { 4 + 16 } else { 4 });
        });
        let page = page(&document);
        document.get_dictionary_mut(page).expect("a page").set("Rotate", turn);
        let (_, file) = sheets(&saved(document));
        let sheet = &file.pages()[0];
        let (shape, width) = (sheet.shapes[1], if turn == 90 { 300.0 } else { 200.0 });
        let place = [
            shape.x - width - 8.0,
            sheet.size.1 - shape.y - shape.height - 8.0,
            shape.width,
            shape.height,
        ];
        assert_eq!(place.map(|number| number.round() as i64), wanted, "{turn} {free}");
    }
}

#[test]
fn an_annotation_belongs_to_its_layer() {
    let mut document = annotated(|document, annotation| {
        let layer = dictionary! { "Type" => "OCG", "Name" => Object::string_literal("Notes") };
        annotation.set("OC", document.add_object(layer));
    });
    let layer = document.objects.iter().find_map(|(id, object)| {
        object.as_dict().is_ok_and(|dict| dict.has_type(b"OCG")).then_some(*id)
    });
    let layer = Object::from(layer.expect("a layer"));
    let state = dictionary! { "OFF" => vec![layer.clone()] };
    let layers = dictionary! { "OCGs" => vec![layer.clone()], "D" => state };
    document.catalog_mut().expect("a catalogue").set("OCProperties", layers);
    let sheet = Document::load_mem(&sheets(&saved(document)).0.bytes).expect("a PDF");
    // The form around the appearance is on the layer that the sheets' file hides.
    let hidden = sheet.catalog().and_then(|catalog| catalog.get_deref(b"OCProperties", &sheet));
    let hidden = hidden.and_then(|layers| layers.as_dict()?.get(b"D")?.as_dict()?.get(b"OFF"));
    let hidden = hidden.and_then(|list| list.as_array()).expect("a list").clone();
    let forms: Vec<&Object> = sheet
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok()?.dict.get(b"OC").ok())
        .collect();
    assert_eq!((hidden.len(), forms), (1, hidden.iter().collect()));
    let around = |object: &&Object| object.as_stream().is_ok_and(|form| form.dict.has(b"OC"));
    let around = sheet.objects.values().find(around).and_then(|object| object.as_stream().ok());
    assert_eq!(around.map(|form| form.content.clone()), Some(b"/Form Do".to_vec()));
}

#[test]
fn fields_have_what_their_parents_have() {
    let field = |parent: Dictionary, change: &dyn Fn(&mut Document, &mut Dictionary)| {
        let document = annotated(|document, annotation| {
            annotation.set("Subtype", "Widget");
            annotation.set("Parent", document.add_object(parent.clone()));
            change(document, annotation);
        });
        let (imposed, file) = sheets(&saved(document));
        (file.pages()[0].shapes.len() - 1, imposed.lost.len())
    };
    let value = |value: Object| dictionary! { "V" => value };
    let bare = |_: &mut Document, annotation: &mut Dictionary| _ = annotation.remove(b"AP");
    // Without an appearance, what should be seen is told.
    assert_eq!(field(value(Object::string_literal("filled")), &bare), (0, 1));
    assert_eq!(field(value(Object::string_literal("")), &bare), (0, 0));
    assert_eq!(field(value(vec!["a".into(), "b".into()].into()), &bare), (0, 1));
    assert_eq!(field(value("On".into()), &bare), (0, 1));
    assert_eq!(field(value("Off".into()), &bare), (0, 0));
    // A box without a state of its own shows the value.
    let states = |document: &mut Document, annotation: &mut Dictionary| {
        let on = look(document, annotation);
        annotation.set("AP", dictionary! { "N" => dictionary! { "On" => on } });
    };
    assert_eq!(field(value("On".into()), &states), (1, 0));
    assert_eq!(field(value("Off".into()), &states), (0, 0));
}

#[test]
fn appearances_without_resources_have_those_of_the_form() {
    let mut document = annotated(|_, annotation| annotation.set("Subtype", "Widget"));
    let shared =
        dictionary! { "Font" => dictionary! { "Helv" => dictionary! { "Type" => "Font" } } };
    let fields = dictionary! { "Fields" => Object::Array(vec![]), "DR" => shared };
    document.catalog_mut().expect("a catalogue").set("AcroForm", fields);
    let again = Document::load_mem(&sheets(&saved(document)).0.bytes).expect("a PDF");
    let has_font = |object: &Object| {
        let resources = object.as_stream().ok()?.dict.get(b"Resources").ok()?.as_dict().ok()?;
        resources.get(b"Font").ok()?.as_dict().ok()?.get(b"Helv").ok().cloned()
    };
    assert!(again.objects.values().any(|object| has_font(object).is_some()));
}

#[test]
fn an_art_box_stands_for_a_trim_box() {
    let bytes = saved(document(4, |_, page| {
        let trim = page.remove(b"TrimBox").expect("a box");
        page.set("ArtBox", trim);
    }));
    assert_eq!(sheets(&bytes).0.sheet, (416.0, 316.0));
    // Beside a TrimBox, it says nothing of the cut.
    let bytes = saved(document(4, |_, page| page.set("ArtBox", rect([50.0, 50.0, 90.0, 90.0]))));
    assert_eq!(sheets(&bytes).0.sheet, (416.0, 316.0));
}

#[test]
fn a_page_is_turned_by_any_number() {
    for turn in [Object::Real(180.0), Object::Integer(-180), Object::Integer(540)] {
        let bytes = saved(document(1, |_, page| page.set("Rotate", turn.clone())));
        let (_, file) = sheets(&bytes);
        let bar = file.pages()[0].shapes[0];
        // The bar, 20 right of the trim's corner, is 20 left of the other one.
        assert_eq!((bar.x - 208.0).round() as i64, 200 - 20 - 1, "{turn:?}");
    }
}

#[test]
fn pages_in_the_tree_itself_are_pages() {
    let mut odd = document(3, |_, _| {});
    let root = odd.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference());
    let root = root.expect("a tree");
    let pages: Vec<ObjectId> = odd.page_iter().collect();
    let own: Vec<Object> =
        pages.iter().map(|id| odd.get_object(*id).expect("a page").clone()).collect();
    // One direct, one direct within a direct node, and something that is no page.
    let node = dictionary! {
        "Type" => "Pages", "Parent" => root, "Count" => 1, "Kids" => vec![own[1].clone()],
    };
    let kids = vec![own[0].clone(), Object::Null, node.into(), pages[2].into()];
    odd.get_dictionary_mut(root).expect("a tree").set("Kids", kids);
    let (imposed, file) = sheets(&saved(odd));
    assert_eq!((imposed.pages, imposed.blanks), (3, 1));
    let widths: Vec<Vec<i64>> = file
        .pages()
        .iter()
        .map(|page| page.shapes.iter().map(|shape| shape.width.round() as i64).collect())
        .collect();
    assert_eq!(widths, [vec![1], vec![2, 3]]);
    // A tree that leads back to itself ends.
    let mut circle = document(2, |_, _| {});
    let mut kids: Vec<Object> = circle.page_iter().map(Object::from).collect();
    let root = circle.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference());
    let root = root.expect("a tree");
    kids.push(root.into());
    circle.get_dictionary_mut(root).expect("a tree").set("Kids", kids);
    assert_eq!(impose::pages(&mut circle).expect("pages").len(), 2);
}
