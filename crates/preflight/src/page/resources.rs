//! Named resources of content: graphics states, forms, images, patterns, shadings, fonts.

use std::rc::Rc;

use door::End;
use hayro_syntax::object::{Array, Dict, Name, Null, Object, Stream, dict_or_stream};
use hayro_syntax::page::Resources;
use kurbo::{Affine, BezPath, Shape};

use super::data::{self, matrix};
use super::drawn::Drawn;
use super::heights::Heights;
use super::state::{Colour, State};
use super::walk::{FORM, Font, Group, MASK, TILE, UNPACKED, Walk, intersection};
use super::{Blend, Bound, Gradient, Kind, Paint, Space, glyphs, samples};
use l10n::say;

/// The maximum number of tiles painted per pattern fill.
const TILES: f64 = 40_000.0;
/// The maximum nesting depth of soft masks.
const MASKS: usize = 3;
/// The number of shadings that are kept, and of their triangles and samples.
const GRADIENTS: usize = 64;
const TRIANGLES: usize = 200_000;
/// The cost of a shading, not counting its data.
const SHADING: usize = 100;
/// The number of soft masks that are kept, in case they are set again.
const KNOWN: usize = 32;

impl<'a> Walk<'a, '_> {
    /// Executes the operator gs.
    pub(super) fn graphics_state(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(dict) = resources.get_ext_g_state(name) else {
            return self.sink.missing(say!("graphics state"), name.as_str());
        };
        self.state.apply(&dict);
        match dict.get::<Object<'_>>("SMask") {
            Some(Object::Name(_)) => self.state.mask = None,
            Some(Object::Dict(mask)) => {
                let Some(content) = mask.get::<Stream<'_>>("G") else { return };
                let lightness =
                    mask.get::<Name<'_>>("S").is_some_and(|s| s.as_str() == "Luminosity");
                // Many pages set one mask again and again.
                let id = content.dict().data().as_ptr() as usize;
                let key = (id, lightness, bits(self.state.matrix), bits_of(self.state.clip_box));
                if self.masks == 0
                    && let Some((_, known)) = self.known_masks.iter().find(|(k, _)| *k == key)
                {
                    self.state.mask = Some(known.clone());
                    return;
                }
                if self.masks >= MASKS {
                    return self.sink.bounded(Bound::Masks);
                }
                if !self.spend(MASK) {
                    return;
                }
                // Outside its box a mask is empty.
                let area = content.dict().get::<hayro_syntax::object::Rect>("BBox");
                let area = area.map_or(self.state.clip_box, |area| {
                    let own = matrix(content.dict(), "Matrix");
                    (self.state.matrix * own).transform_rect_bbox(crate::file::rect(area))
                });
                self.sink.begin_mask(intersection(area, self.state.clip_box));
                self.masks += 1;
                let fresh = State { matrix: self.state.matrix, ..State::new(self.state.clip_box) };
                let (outer, group) =
                    (std::mem::replace(&mut self.state, fresh), self.group.clone());
                self.group = Group { alpha: 1.0, blend: Blend::Cover, mask: None };
                self.form(&content, "SMask", resources);
                self.masks -= 1;
                (self.state, self.group) = (outer, group);
                let made = self.sink.end_mask(lightness);
                if self.masks == 0 {
                    self.known_masks.truncate(KNOWN - 1);
                    self.known_masks.push_front((key, made.clone()));
                }
                self.state.mask = Some(made);
            }
            _ => {}
        }
    }

    /// Executes the operator Do.
    pub(super) fn x_object(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(stream) = resources.get_x_object(name) else {
            return self.sink.missing(say!("object"), name.as_str());
        };
        match stream.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => {
                let image = self.read_image(&stream, resources);
                self.image(&image, name.as_str(), resources);
            }
            Some(b"Form") => self.form(&stream, name.as_str(), resources),
            _ => {}
        }
    }

    /// Paints a form; a group's transparency is passed on to its contents.
    fn form(&mut self, stream: &Stream<'a>, name: &str, resources: &Resources<'a>) {
        let dict = stream.dict();
        let id = dict.obj_id().map_or((0, 0), |id| (id.obj_number, id.gen_number));
        if self.open.contains(&id) {
            return self.sink.ring();
        }
        let content = self.stream(stream, say!("form content"), name);
        let (outer, group, base, path) =
            (self.state.clone(), self.group.clone(), self.base, std::mem::take(&mut self.path));
        self.state.matrix *= matrix(dict, "Matrix");
        self.base = self.state.matrix;
        if let Some(area) = dict.get::<hayro_syntax::object::Rect>("BBox") {
            let area = super::super::file::rect(area).to_path(0.1);
            self.clip(self.state.matrix * area, false);
        }
        let inner = Resources::from_parent(
            dict.get::<Dict<'_>>("Resources").unwrap_or_default(),
            resources.clone(),
        );
        let mut knockout = false;
        if let Some(transparency) = dict.get::<Dict<'_>>("Group") {
            let space = self.space_in(&transparency, &inner);
            self.sink.group(space.as_deref(), self.state.clip_box);
            knockout = transparency.get::<bool>("K") == Some(true);
            let state = &mut self.state;
            self.group = Group {
                alpha: group.alpha * state.fill_alpha,
                blend: if state.blend == Blend::Cover { group.blend } else { state.blend },
                mask: state.mask.clone().or_else(|| group.mask.clone()),
            };
            (state.fill_alpha, state.line_alpha, state.blend, state.mask) =
                (1.0, 1.0, Blend::Cover, None);
        }
        self.open.push(id);
        if knockout {
            self.sink.begin_knockout();
        }
        let kept = std::mem::replace(&mut self.kept, false);
        self.content(&content, &inner, FORM);
        self.kept = kept;
        if knockout {
            self.sink.end_knockout();
        }
        self.open.pop();
        (self.state, self.group, self.base, self.path) = (outer, group, base, path);
    }

    /// Executes the operator sh: paints a shading over the whole clip.
    pub(super) fn shading_fill(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(object) = resources.get_shading(name) else {
            return self.sink.missing(say!("shading"), name.as_str());
        };
        let Some((dict, _)) = dict_or_stream(&object) else { return };
        let gradient = self.gradient(dict, self.state.matrix, |walk| {
            let space = walk.space_in(dict, resources)?;
            let functions = walk.whole(&object, name.as_str())?;
            let found = glyphs::shading(false, name.as_ref(), resources, &mut walk.glyphs)?;
            Some(Gradient::new(space, found.shading, walk.state.matrix, functions))
        });
        if let Some(gradient) = gradient {
            let all = self.state.clip_box.to_path(0.1);
            self.mark(Kind::Fill, all, false, Paint::Gradient(gradient), false);
        }
    }

    /// Returns a shading placed on the page, made once for each place.
    fn gradient(
        &mut self,
        dict: &Dict<'_>,
        to_page: Affine,
        make: impl FnOnce(&mut Self) -> Option<Gradient>,
    ) -> Option<Rc<Gradient>> {
        let key = (dict.data().as_ptr() as usize, bits(to_page));
        if let Some(known) = self.gradients.get(&key) {
            return known.clone();
        }
        let made = make(self).map(Rc::new);
        let size = |gradient: &Option<Rc<Gradient>>| gradient.as_ref().map_or(0, |g| g.size());
        let kept: usize = self.gradients.values().map(size).sum();
        if self.gradients.len() >= GRADIENTS || kept + size(&made) > TRIANGLES {
            self.gradients.clear();
        }
        self.gradients.insert(key, made.clone());
        made
    }

    /// Tells where the data of a shading, or of its functions, are damaged; returns what is known of
    /// the functions.
    fn whole(&mut self, shading: &Object<'_>, name: &str) -> Option<samples::Found> {
        let (dict, stream) = dict_or_stream(shading)?;
        let limit = self.means.stream;
        let (bytes, end) = match stream.map(|stream| data::unpacked(stream, limit)) {
            Some(mesh) => (mesh.bytes.len(), mesh.end),
            None => (0, End::Whole),
        };
        let function = dict.get::<Object<'_>>("Function").unwrap_or(Object::Null(Null));
        let found = samples::look(&function, limit);
        let end = if end == End::Whole { found.end } else { end };
        // What is unpacked here is read once more where the shading is made: samples one by one.
        self.spend(SHADING + bytes / (UNPACKED / 16) + 2 * found.samples + found.programs / 2);
        match end {
            End::Limit => self.sink.bounded(Bound::Bytes),
            End::Damaged => self.sink.damaged(say!("shading"), name, None),
            End::Whole if found.is_short => {
                let how = say!("its function has fewer samples than it says");
                self.sink.damaged(say!("shading"), name, Some(how));
            }
            End::Whole => {}
        }
        Some(found)
    }

    /// Unpacks the content of a form, a pattern or the like; tells where that is damaged.
    fn stream(&mut self, stream: &Stream<'_>, kind: String, name: &str) -> Vec<u8> {
        let content = data::unpacked(stream, self.means.stream);
        match content.end {
            End::Whole => {}
            End::Damaged => self.sink.damaged(kind, name, None),
            End::Limit => self.sink.bounded(Bound::Bytes),
        }
        self.spend(content.bytes.len() / UNPACKED);
        content.bytes
    }

    /// Returns the paint of a colour; a tiled pattern paints itself into `shape` and returns
    /// `None`.
    pub(super) fn paint_of(
        &mut self,
        colour: &Colour,
        shape: &BezPath,
        even_odd: bool,
        resources: &Resources<'a>,
    ) -> Option<Paint> {
        let Some(name) = &colour.pattern else {
            return Some(Paint::Flat { space: colour.space.clone(), inks: colour.inks });
        };
        let pattern = Name::new(name).and_then(|name| resources.get_pattern(&name));
        match pattern {
            None => {
                self.sink.missing(say!("pattern"), &String::from_utf8_lossy(name));
                None
            }
            Some(Object::Stream(stream)) => {
                let name = String::from_utf8_lossy(name).into_owned();
                self.tiles(&stream, &name, colour, shape, even_odd, resources);
                None
            }
            Some(object) => {
                let (dict, _) = dict_or_stream(&object)?;
                let shading = dict.get::<Object<'_>>("Shading")?;
                let (own, _) = dict_or_stream(&shading)?;
                let to_page = self.base * matrix(dict, "Matrix");
                let gradient = self.gradient(dict, to_page, |walk| {
                    let space = walk.space_in(own, resources)?;
                    let functions = walk.whole(&shading, &String::from_utf8_lossy(name))?;
                    let found = glyphs::shading(true, name, resources, &mut walk.glyphs)?;
                    Some(Gradient::new(space, found.shading, to_page, functions))
                });
                Some(Paint::Gradient(gradient?))
            }
        }
    }

    /// Paints a tiled pattern into a shape (ISO 32000-1, 8.7.3).
    fn tiles(
        &mut self,
        stream: &Stream<'a>,
        name: &str,
        colour: &Colour,
        shape: &BezPath,
        even_odd: bool,
        resources: &Resources<'a>,
    ) {
        let dict = stream.dict();
        let content = self.stream(stream, say!("pattern"), name);
        let Some(cell) = dict.get::<hayro_syntax::object::Rect>("BBox") else { return };
        let cell = super::super::file::rect(cell);
        let step = |key: &str| dict.get::<f32>(key).map_or(0.0, |step| f64::from(step.abs()));
        let (dx, dy) = (step("XStep"), step("YStep"));
        let to_page = self.base * matrix(dict, "Matrix");
        let seen = intersection(shape.bounding_box(), self.state.clip_box);
        if to_page.determinant().abs() < 1e-9 || dx <= 0.0 || dy <= 0.0 || seen.area() <= 0.0 {
            return;
        }
        let within = to_page.inverse().transform_rect_bbox(seen);
        let range = |from: f64, to: f64, low: f64, high: f64, step: f64| {
            (((from - high) / step).floor(), ((to - low) / step).ceil())
        };
        let (x0, x1) = range(within.x0, within.x1, cell.x0, cell.x1, dx);
        let (y0, y1) = range(within.y0, within.y1, cell.y0, cell.y1, dy);
        if (x1 - x0 + 1.0) * (y1 - y0 + 1.0) > TILES {
            return self.sink.bounded(Bound::Tiles);
        }
        if self.masks == 0 {
            self.sink.tiled(seen);
        }
        let uncoloured = dict.get::<i32>("PaintType") == Some(2);
        let inner = Resources::from_parent(
            dict.get::<Dict<'_>>("Resources").unwrap_or_default(),
            resources.clone(),
        );
        let (outer, base, was, path) =
            (self.state.clone(), self.base, self.uncoloured, std::mem::take(&mut self.path));
        self.clip(shape.clone(), even_odd);
        let clipped = self.state.clone();
        self.uncoloured = was || uncoloured;
        let in_pattern = std::mem::replace(&mut self.in_pattern, true);
        for row in y0 as i64..=y1 as i64 {
            for column in x0 as i64..=x1 as i64 {
                self.state = State {
                    clip: clipped.clip.clone(),
                    clip_box: clipped.clip_box,
                    ..State::new(clipped.clip_box)
                };
                (self.state.fill_alpha, self.state.line_alpha) =
                    (outer.fill_alpha, outer.fill_alpha);
                (self.state.blend, self.state.mask) = (outer.blend, outer.mask.clone());
                if uncoloured {
                    let space = match &*colour.space {
                        Space::Pattern(Some(space)) => space.clone(),
                        _ => colour.space.clone(),
                    };
                    let plain = Colour { space, inks: colour.inks, pattern: None };
                    (self.state.fill, self.state.line) = (plain.clone(), plain);
                }
                self.state.matrix =
                    to_page * Affine::translate((column as f64 * dx, row as f64 * dy));
                self.base = self.state.matrix;
                self.clip(self.state.matrix * cell.to_path(0.1), false);
                if self.state.clip_box.area() > 0.0 {
                    self.content(&content, &inner, TILE);
                }
            }
        }
        (self.state, self.base, self.uncoloured, self.path) = (outer, base, was, path);
        self.in_pattern = in_pattern;
    }

    /// Executes the operator Tf: finds whether the font exists, is embedded (ISO 32000-1, 9.9), and
    /// is vertical.
    pub(super) fn choose_font(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(font) = resources.get_font(name) else {
            self.font = Font::default();
            return self.sink.missing(say!("font"), name.as_str());
        };
        let id = font.data().as_ptr() as usize;
        if let Some(known) = self.fonts.get(&id) {
            self.font = known.clone();
            return;
        }
        let descendant = font
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|list| list.iter::<Dict<'_>>().next());
        let holder = descendant.as_ref().unwrap_or(&font);
        let descriptor = holder.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let drawn = font.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Type3");
        let sound = self.means.fonts.sound(&descriptor);
        let vertical = match font.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => name.as_str() == "V" || name.as_str().ends_with("-V"),
            Some(Object::Stream(map)) => map.dict().get::<i32>("WMode") == Some(1),
            _ => false,
        };
        let called = font
            .get::<Name<'_>>("BaseFont")
            .map_or(Font::default().name, |name| Rc::from(name.as_str()));
        self.font = Font {
            name: called,
            embedded: drawn || sound.is_some(),
            kind: if drawn { "Type 3" } else { program(&descriptor) },
            broken: sound == Some(false),
            heights: vertical.then(|| Rc::new(Heights::new(holder))),
            drawn: drawn.then(|| Rc::new(Drawn::new(&font, resources))),
        };
        self.sink.font(&self.font.name, self.font.kind, self.font.embedded);
        self.fonts.insert(id, self.font.clone());
    }
}

/// Returns the kind of the program that a font descriptor embeds.
fn program(descriptor: &Dict<'_>) -> &'static str {
    let has = |key: &str| descriptor.contains_key(key);
    if has("FontFile") {
        "Type 1"
    } else if has("FontFile2") {
        "TrueType"
    } else if has("FontFile3") {
        let file = descriptor.get::<Stream<'_>>("FontFile3");
        let kind = file.and_then(|file| file.dict().get::<Name<'_>>("Subtype"));
        if kind.is_some_and(|kind| kind.as_str() == "OpenType") { "OpenType" } else { "CFF" }
    } else {
        ""
    }
}

/// Returns the bits of a matrix, to tell places apart.
fn bits(matrix: Affine) -> [u64; 6] {
    matrix.as_coeffs().map(f64::to_bits)
}

fn bits_of(rect: kurbo::Rect) -> [u64; 4] {
    [rect.x0, rect.y0, rect.x1, rect.y1].map(f64::to_bits)
}
