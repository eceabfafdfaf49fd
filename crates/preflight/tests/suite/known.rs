//! Pages that are known from another file are found to be what they are found to be without.

use lopdf::Object;
use preflight::{Known, Profile, check, check_known};
use testkit::good::{self, Good};

/// The good file, with a mark on each page that no other one has.
fn good() -> Good {
    let mut file = good::good();
    for page in 0..file.pages.len() {
        file.paint(page, &format!("0 0 0 0.5 k {} 200 4 4 re f", 90 + 10 * page));
    }
    file
}

fn house() -> Profile {
    Profile::built_in("house").expect("a profile")
}

/// Checks a file with pages that are known and without; returns how many of its pages were known.
fn met(known: &Known, bytes: &[u8], profile: &Profile) -> usize {
    let before = known.met();
    assert_eq!(check_known(bytes, profile, known), check(bytes, profile));
    known.met() - before
}

/// A file of which the second page has a fault.
fn faulty() -> Good {
    let mut file = good();
    file.paint(1, "1 0 0 rg 20 20 30 30 re f");
    file
}

/// Has the pages stand in another order.
fn turn(file: &mut Good) {
    let tree = file.doc.catalog().and_then(|catalog| catalog.get(b"Pages")).expect("a tree");
    let tree = tree.as_reference().expect("a reference");
    let kids = file.dict(tree).get_mut(b"Kids").and_then(Object::as_array_mut).expect("pages");
    kids.reverse();
}

#[test]
fn a_page_is_known_wherever_it_stands() {
    let (known, house) = (Known::new(), house());
    assert_eq!(met(&known, &faulty().bytes(), &house), 0);
    assert_eq!(met(&known, &faulty().bytes(), &house), 4);
    let mut turned = faulty();
    turn(&mut turned);
    let report = check(&turned.bytes(), &house);
    let place = |report: &preflight::Preflight| report.findings.iter().find_map(|one| one.page);
    assert_eq!((place(&check(&faulty().bytes(), &house)), place(&report)), (Some(2), Some(3)));
    assert_eq!(met(&known, &turned.bytes(), &house), 4);
}

#[test]
fn a_page_that_differs_in_anything_is_another() {
    let (known, house) = (Known::new(), house());
    met(&known, &good().bytes(), &house);
    let mut one = good();
    one.paint(2, "0 0 0 1 k 90 90 4 4 re f");
    assert_eq!(met(&known, &one.bytes(), &house), 3, "what it paints");
    // What all pages lead to.
    let mut fonts = good();
    let descriptor = fonts.descriptor;
    fonts.dict(descriptor).set("Ascent", 901);
    assert_eq!(met(&known, &fonts.bytes(), &house), 0, "its fonts");
    let mut boxes = good();
    let page = boxes.pages[0];
    boxes.dict(page).set("Rotate", 90);
    assert_eq!(met(&known, &boxes.bytes(), &house), 3, "how it lies");
    let other = Profile::built_in("gwg-newspaper").expect("a profile");
    assert_eq!(met(&known, &good().bytes(), &other), 0, "what it is held to");
    let mut spots = house;
    spots.spots.push("PANTONE 186 C".to_owned());
    assert_eq!(met(&known, &good().bytes(), &spots), 0, "its spot colours");
}

#[test]
fn what_the_whole_file_decides_is_not_known_of_a_page() {
    let (known, house) = (Known::new(), house());
    let mut layered = good();
    let root = layered.doc.trailer.get(b"Root").and_then(Object::as_reference).expect("a root");
    layered.dict(root).set("OCProperties", lopdf::dictionary! { "OCGs" => Vec::<Object>::new() });
    assert_eq!(met(&known, &layered.bytes(), &house), 0);
    assert_eq!(met(&known, &layered.bytes(), &house), 0, "layers are the file's");
    let mut ring = good();
    let (page, resources) = (ring.pages[0], ring.resources);
    ring.dict(resources).set("Back", Object::Reference(page));
    assert_eq!(met(&known, &ring.bytes(), &house), 0);
    assert_eq!(met(&known, &ring.bytes(), &house), 0, "it leads back to itself");
}
