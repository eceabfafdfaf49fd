//! What a page is on paper: its trim, its spot colours, and which way its text stands.

use std::collections::BTreeSet;

use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};
use hayro::hayro_syntax::page::Page;
use kurbo::{Affine, Rect};

use super::ink::Ink;

/// The maximum depth at which colour spaces are looked for: forms, patterns, tables.
const DEEPEST: usize = 12;
/// The share of glyphs that must stand one way for the page to stand that way.
const MOST: f64 = 0.6;

/// Returns the trim, in points from the upper left corner of the visible page: what is cut, or the
/// whole page where no box says so.
pub(super) fn trim(page: &Page<'_>, size: (f64, f64)) -> Rect {
    let whole = Rect::new(0.0, 0.0, size.0, size.1);
    let own = |key: &str| {
        let sides: Vec<f32> = page.raw().get::<Array<'_>>(key)?.iter::<f32>().collect();
        let [x0, y0, x1, y1] = <[f32; 4]>::try_from(sides).ok()?.map(f64::from);
        let turn = page.initial_transform(true).to_kurbo();
        let rect = turn.transform_rect_bbox(Rect::new(x0, y0, x1, y1).abs()).intersect(whole);
        (rect.width() > 0.0 && rect.height() > 0.0).then_some(rect)
    };
    own("TrimBox").or_else(|| own("ArtBox")).unwrap_or(whole)
}

/// Returns the length of a unit of the page, in points (`UserUnit`).
pub(super) fn unit(page: &Page<'_>) -> f64 {
    let unit = page.raw().get::<f32>("UserUnit").map(f64::from);
    unit.filter(|unit| unit.is_finite() && *unit > 0.0).unwrap_or(1.0)
}

/// Returns by how many quarter turns clockwise the text of a page stands turned, from 0 to 3.
pub(super) fn turns(ink: &Ink) -> usize {
    let mut counts = [0usize; 4];
    for glyph in &ink.glyphs {
        counts[glyph.turns] += 1;
    }
    let all: usize = counts.iter().sum();
    let most = (1..4).find(|turns| counts[*turns] as f64 > MOST * all as f64);
    most.unwrap_or(0)
}

/// Returns the matrix that brings a page of a size upright whose text stands turned.
pub(super) fn upright(turns: usize, (width, height): (f64, f64)) -> Affine {
    match turns {
        0 => Affine::IDENTITY,
        1 => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
        2 => Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]),
        _ => Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
    }
}

/// Returns the names of the spot colours that a page can use: of its colour spaces, images,
/// shadings, patterns and forms.
pub(super) fn spots(page: &Page<'_>) -> Vec<String> {
    let mut found = Spots::default();
    let own = page.resources();
    for dict in [&own.color_spaces, &own.x_objects, &own.patterns, &own.shadings] {
        found.all(dict, 0);
    }
    found.names.into_iter().collect()
}

#[derive(Default)]
struct Spots {
    names: BTreeSet<String>,
    seen: BTreeSet<ObjectIdentifier>,
}

impl Spots {
    fn all(&mut self, dict: &Dict<'_>, depth: usize) {
        if depth > DEEPEST || dict.obj_id().is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        for key in dict.keys() {
            if let Some(object) = dict.get::<Object<'_>>(&key) {
                self.object(&object, depth + 1);
            }
        }
    }

    /// Looks at a colour space, or at what may have one: a form, an image, a pattern, a shading.
    fn object(&mut self, object: &Object<'_>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let dict = match object {
            Object::Array(space) => return self.space(space, depth),
            Object::Dict(dict) => dict,
            Object::Stream(stream) => stream.dict(),
            _ => return,
        };
        for key in ["ColorSpace", "Shading", "SMask"] {
            if let Some(inner) = dict.get::<Object<'_>>(key) {
                self.object(&inner, depth + 1);
            }
        }
        if let Some(own) = dict.get::<Dict<'_>>("Resources") {
            for key in ["ColorSpace", "XObject", "Pattern", "Shading"] {
                if let Some(list) = own.get::<Dict<'_>>(key) {
                    self.all(&list, depth + 1);
                }
            }
        }
    }

    fn space(&mut self, space: &Array<'_>, depth: usize) {
        let items: Vec<Object<'_>> = space.iter::<Object<'_>>().take(4).collect();
        let Some(Object::Name(family)) = items.first() else { return };
        match (family.as_ref(), items.get(1)) {
            (b"Separation", Some(Object::Name(name))) => self.name(name),
            (b"DeviceN", Some(Object::Array(names))) => {
                names.iter::<Name<'_>>().for_each(|name| self.name(&name));
            }
            (b"Indexed" | b"I" | b"Pattern", Some(base)) => self.object(base, depth + 1),
            _ => {}
        }
    }

    fn name(&mut self, name: &Name<'_>) {
        if !["Cyan", "Magenta", "Yellow", "Black", "All", "None"].contains(&name.as_str()) {
            self.names.insert(name.as_str().to_owned());
        }
    }
}
