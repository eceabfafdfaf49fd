//! A10–A12: annotations, actions, and other content that a printed page cannot have (ISO 15930-7,
//! 6.10–6.14).

use std::collections::BTreeSet;

use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, ObjRef, Object, Rect as PdfRect, dict_or_stream,
};

use super::file::{File, is_sound, rect};
use super::finding::{At, Findings};
use super::rules::{self, Rule};
use l10n::say;

/// The maximum nesting depth of objects; anything deeper is skipped.
const DEPTH: usize = 32;
/// The maximum number of outline items to follow: a ring would have no end.
const ITEMS: usize = 100_000;

/// The kinds of action (ISO 32000-1, table 198), except JavaScript.
const ACTIONS: [&str; 18] = [
    "GoTo",
    "GoToR",
    "GoToE",
    "GoTo3DView",
    "Launch",
    "Thread",
    "URI",
    "Sound",
    "Movie",
    "Hide",
    "Named",
    "SubmitForm",
    "ResetForm",
    "ImportData",
    "SetOCGState",
    "Rendition",
    "Trans",
    "RichMediaExecute",
];

/// Checks annotations, the outline, and every object of the file.
pub(super) fn check(file: &File, findings: &mut Findings) {
    for page in &file.pages {
        let Some(list) = page.page.raw().get::<Array<'_>>("Annots") else { continue };
        for annotation in list.iter::<Dict<'_>>() {
            let kind = annotation
                .get::<Name<'_>>("Subtype")
                .map(|n| n.as_str().to_owned())
                .unwrap_or_default();
            let area = annotation.get::<PdfRect>("Rect").map(rect).unwrap_or(page.media);
            // A field without an area, such as that of a signature, touches nothing.
            if area.width() <= 0.0 || area.height() <= 0.0 {
                continue;
            }
            // One that begins where the bleed ends touches nothing of it.
            let on_page = page.bled().intersect(area).area() > 0.0;
            if !matches!(&*kind, "TrapNet" | "PrinterMark") && on_page {
                let message = say!("there is an annotation `{kind}` on the page", kind);
                findings.report(
                    &rules::ANNOTATION,
                    page.at(area),
                    message,
                    say!("remove links, notes and form fields for print"),
                );
            }
        }
    }
    let told = outline(file, findings);
    let mut scan = Scan { findings, seen: BTreeSet::new() };
    for object in file.pdf.objects() {
        // What the outline's items do was told as A12.
        let id = dict_or_stream(&object)
            .and_then(|(dict, _)| dict.obj_id())
            .map(|id| (id.obj_number, id.gen_number));
        if !id.is_some_and(|id| told.contains(&id)) {
            scan.visit(&object, DEPTH);
        }
    }
    let names = file.catalog.get::<Dict<'_>>("Names").unwrap_or_default();
    if names.contains_key("JavaScript") {
        scan.say(
            &rules::JAVASCRIPT,
            say!("the document catalogue lists scripts"),
            say!("export without JavaScript"),
        );
    }
    if names.contains_key("EmbeddedFiles") {
        scan.say(
            &rules::EMBEDDED_FILE,
            say!("the document catalogue lists embedded files"),
            say!("export without attachments"),
        );
    }
}

/// Follows the outline; returns the objects that are its items and their actions.
fn outline(file: &File, findings: &mut Findings) -> BTreeSet<(i32, i32)> {
    let mut told = BTreeSet::new();
    let mut waiting: Vec<ObjRef> = vec![];
    let root = file.catalog.get::<Dict<'_>>("Outlines").unwrap_or_default();
    waiting.extend(root.get_ref("First"));
    while let Some(id) = waiting.pop() {
        if told.len() > ITEMS || !told.insert((id.obj_number, id.gen_number)) {
            continue;
        }
        let Some(item) = file.follow(id).and_then(Object::into_dict) else { continue };
        waiting.extend(item.get_ref("First"));
        waiting.extend(item.get_ref("Next"));
        if item.contains_key("A") {
            told.extend(item.get_ref("A").map(|id| (id.obj_number, id.gen_number)));
            findings.report(
                &rules::OUTLINE,
                At::FILE,
                say!("an outline entry has an action"),
                say!("give outline entries destinations instead"),
            );
        }
    }
    told
}

struct Scan<'f, 'p> {
    findings: &'f mut Findings<'p>,
    seen: BTreeSet<(&'static str, String)>,
}

impl Scan<'_, '_> {
    /// Reports a finding once.
    fn say(&mut self, rule: &'static Rule, message: String, hint: String) {
        if self.seen.insert((rule.code, message.clone())) {
            self.findings.report(rule, At::FILE, message, hint);
        }
    }

    fn visit(&mut self, object: &Object, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        if let Object::Array(array) = object {
            if !is_sound(array) {
                return;
            }
            // What is referred to comes by itself.
            for item in array.raw_iter() {
                if let MaybeRef::NotRef(item) = item {
                    self.visit(&item, depth);
                }
            }
        } else if let Some((dict, _)) = dict_or_stream(object) {
            self.dict(dict);
            // Not by `entries`, which has no answer for a damaged value.
            let mut keys: Vec<Name> = dict.keys().collect();
            keys.sort_by(|a, b| a.as_ref().cmp(b.as_ref()));
            for key in keys {
                if let Some(MaybeRef::NotRef(value)) = dict.get_raw::<Object>(key.as_ref()) {
                    self.visit(&value, depth);
                }
            }
        }
    }

    fn dict(&mut self, dict: &Dict) {
        let name = |key: &str| {
            dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned()).unwrap_or_default()
        };
        let (kind, subtype, action) = (name("Type"), name("Subtype"), name("S"));
        if action == "JavaScript" {
            self.say(
                &rules::JAVASCRIPT,
                say!("there is a script"),
                say!("export without JavaScript"),
            );
        } else if kind == "Action" || (kind.is_empty() && ACTIONS.contains(&&*action)) {
            self.say(
                &rules::ACTION,
                say!("there is an action `{action}`", action),
                say!("export without links and buttons"),
            );
        }
        if dict.contains_key("AA") {
            self.say(
                &rules::ACTION,
                say!("there are actions triggered by events"),
                say!("export without links and buttons"),
            );
        }
        if kind == "EmbeddedFile" || dict.contains_key("EF") {
            self.say(
                &rules::EMBEDDED_FILE,
                say!("there is an embedded file"),
                say!("export without attachments"),
            );
        }
        if dict.contains_key("OPI") {
            self.say(
                &rules::OPI,
                say!("there is an OPI comment"),
                say!("embed the pictures themselves"),
            );
        }
        if subtype == "PS" || name("Subtype2") == "PS" {
            self.say(
                &rules::POSTSCRIPT,
                say!("there is a PostScript object"),
                say!("export the page's content as PDF"),
            );
        }
        if subtype == "Image" && dict.contains_key("Alternates") {
            self.say(
                &rules::ALTERNATE_IMAGE,
                say!("an image has alternates"),
                say!("keep only the image to be printed"),
            );
        }
        if subtype == "Form" && dict.contains_key("Ref") {
            self.say(
                &rules::REFERENCE,
                say!("a form refers to another file"),
                say!("embed the other file's page"),
            );
        }
        if dict.contains_key("XFA") {
            self.say(
                &rules::XFA,
                say!("there is an XFA form"),
                say!("export the form's pages as a PDF for print"),
            );
        }
        let see_through = |key: &str| dict.get::<f32>(key).is_some_and(|alpha| alpha < 1.0);
        let masked = dict.contains_key("SMask") && name("SMask") != "None";
        let blends = dict.contains_key("BM") && !matches!(&*name("BM"), "Normal" | "Compatible");
        // A graphics state need not say its type. An annotation, which has a place, is told as such.
        let state = kind == "ExtGState" || (kind.is_empty() && !dict.contains_key("Rect"));
        let transparent = masked
            || (state && (see_through("ca") || see_through("CA") || blends))
            || (action == "Transparency" && subtype.is_empty());
        if transparent {
            self.say(
                &rules::TRANSPARENCY,
                say!("there is transparency"),
                say!("export with transparency flattened"),
            );
        }
        if kind == "OCG" || kind == "OCMD" {
            self.say(&rules::LAYERS, say!("there are layers"), say!("export with layers merged"));
        }
        if dict.contains_key("HalftoneType") {
            self.halftone(dict);
        }
        // A soft mask (`S` is Luminosity or Alpha) may have a function called TR; a graphics
        // state may not.
        let state = kind == "ExtGState" || (kind.is_empty() && action.is_empty());
        let function = dict.contains_key("TR")
            || (dict.contains_key("TR2") && name("TR2") != "Default")
            || dict.contains_key("HTP");
        let set = |key: &str, other: &str| {
            dict.contains_key(key) || (dict.contains_key(other) && name(other) != "Default")
        };
        // `BG` is a button's background too: a colour, in a dictionary that need not say its type.
        let colour = kind.is_empty() && dict.get::<Array<'_>>("BG").is_some();
        let black = set("BG", "BG2") && !colour;
        if state && !dict.contains_key("Rect") && (black || set("UCR", "UCR2")) {
            self.say(
                &rules::BLACK_GENERATION,
                say!("a graphics state has functions for black generation or undercolour removal"),
                say!("export without them: the profile separates colours"),
            );
        }
        if state && function && !dict.contains_key("Rect") {
            self.say(
                &rules::TRANSFER,
                say!("a graphics state has a transfer function"),
                say!("export without transfer functions"),
            );
        }
    }

    /// Checks a halftone (ISO 32000-1, 10.5.5).
    fn halftone(&mut self, dict: &Dict) {
        let identity = |name: Name<'_>| name.as_str() == "Identity";
        let function = dict.contains_key("TransferFunction")
            && !dict.get::<Name<'_>>("TransferFunction").is_some_and(identity);
        if function {
            self.say(
                &rules::HALFTONE_TRANSFER,
                say!("a halftone has a transfer function"),
                say!("export without transfer functions"),
            );
        }
        let least = self.findings.profile.limit(&rules::HALFTONE_FREQUENCY_LEAST);
        if let Some(lines) = dict.get::<f32>("Frequency").filter(|lines| f64::from(*lines) < least)
        {
            self.say(
                &rules::HALFTONE_FREQUENCY,
                say!("a halftone has {lines} lpi, below {least}", lines, least),
                say!("export without halftones: the press sets its own"),
            );
        }
    }
}
