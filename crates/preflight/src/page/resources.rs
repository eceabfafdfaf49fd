//! Named resources of content: graphics states, forms, images, patterns, shadings, fonts.

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream, dict_or_stream};
use hayro_syntax::page::Resources;
use kurbo::{Affine, BezPath, Shape};

use super::glyphs::{self, Piece};
use super::state::{Colour, State};
use super::walk::{FORM, Font, Group, MASK, TILE, Walk, intersection};
use super::{Blend, Gradient, Kind, Paint, Space, colour};
use l10n::say;

/// The maximum number of tiles painted per pattern fill.
const TILES: f64 = 40_000.0;
/// The maximum nesting depth of soft masks.
const MASKS: usize = 3;

fn matrix(dict: &Dict<'_>, key: &str) -> Affine {
    dict.get::<[f64; 6]>(key).map_or(Affine::IDENTITY, Affine::new)
}

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
                if self.masks >= MASKS || !self.budget.spend(MASK) {
                    return self.sink.exhausted();
                }
                let lightness =
                    mask.get::<Name<'_>>("S").is_some_and(|s| s.as_str() == "Luminosity");
                self.sink.begin_mask();
                self.masks += 1;
                let fresh = State { matrix: self.state.matrix, ..State::new(self.state.clip_box) };
                let (outer, group) = (std::mem::replace(&mut self.state, fresh), self.group);
                self.group = Group { alpha: 1.0, blend: Blend::Cover, mask: None };
                self.form(&content, resources);
                self.masks -= 1;
                (self.state, self.group) = (outer, group);
                self.state.mask = Some(self.sink.end_mask(lightness));
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
            Some(b"Form") => self.form(&stream, resources),
            _ => {}
        }
    }

    /// Paints a form; a group's transparency is passed on to its contents.
    fn form(&mut self, stream: &Stream<'a>, resources: &Resources<'a>) {
        let dict = stream.dict();
        let id = dict.obj_id().map_or((0, 0), |id| (id.obj_number, id.gen_number));
        if self.open.contains(&id) {
            // The form is within itself.
            return self.sink.exhausted();
        }
        let Ok(content) = stream.decoded() else {
            return self.sink.missing(say!("form content"), "Do");
        };
        let (outer, group, base, path) =
            (self.state.clone(), self.group, self.base, std::mem::take(&mut self.path));
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
        if let Some(transparency) = dict.get::<Dict<'_>>("Group") {
            let space = colour::of_dict(&transparency, &inner);
            self.sink.group(space.as_ref(), self.state.clip_box);
            let state = &mut self.state;
            self.group = Group {
                alpha: group.alpha * state.fill_alpha,
                blend: if state.blend == Blend::Cover { group.blend } else { state.blend },
                mask: state.mask.or(group.mask),
            };
            (state.fill_alpha, state.line_alpha, state.blend, state.mask) =
                (1.0, 1.0, Blend::Cover, None);
        }
        self.open.push(id);
        self.content(&content, &inner, FORM);
        self.open.pop();
        (self.state, self.group, self.base, self.path) = (outer, group, base, path);
    }

    /// Executes the operator sh: paints a shading over the whole clip.
    pub(super) fn shading_fill(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(object) = resources.get_shading(name) else {
            return self.sink.missing(say!("shading"), name.as_str());
        };
        let space = dict_or_stream(&object).and_then(|(dict, _)| colour::of_dict(dict, resources));
        let shading = glyphs::shading(false, name.as_ref(), resources, &mut self.glyphs);
        if let (Some(space), Some(shading)) = (space, shading) {
            let gradient = Gradient::new(space, shading.shading, self.state.matrix);
            let all = self.state.clip_box.to_path(0.1);
            self.mark(Kind::Fill, all, false, Paint::Gradient(Rc::new(gradient)), false);
        }
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
                self.tiles(&stream, colour, shape, even_odd, resources);
                None
            }
            Some(object) => {
                let (dict, _) = dict_or_stream(&object)?;
                let shading = dict.get::<Object<'_>>("Shading")?;
                let space = dict_or_stream(&shading)
                    .and_then(|(dict, _)| colour::of_dict(dict, resources))?;
                let found = glyphs::shading(true, name, resources, &mut self.glyphs)?;
                let to_page = self.base * matrix(dict, "Matrix");
                Some(Paint::Gradient(Rc::new(Gradient::new(space, found.shading, to_page))))
            }
        }
    }

    /// Paints a tiled pattern into a shape (ISO 32000-1, 8.7.3).
    fn tiles(
        &mut self,
        stream: &Stream<'a>,
        colour: &Colour,
        shape: &BezPath,
        even_odd: bool,
        resources: &Resources<'a>,
    ) {
        let dict = stream.dict();
        let (Ok(content), Some(cell)) =
            (stream.decoded(), dict.get::<hayro_syntax::object::Rect>("BBox"))
        else {
            return;
        };
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
            return self.sink.exhausted();
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
                (self.state.blend, self.state.mask) = (outer.blend, outer.mask);
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
        let descendant = font
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|list| list.iter::<Dict<'_>>().next());
        let holder = descendant.as_ref().unwrap_or(&font);
        let descriptor = holder.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let drawn = font.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Type3");
        let embedded = ["FontFile", "FontFile2", "FontFile3"]
            .iter()
            .any(|key| descriptor.get::<Stream<'_>>(key).is_some());
        let vertical = match font.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => name.as_str() == "V" || name.as_str().ends_with("-V"),
            Some(Object::Stream(map)) => map.dict().get::<i32>("WMode") == Some(1),
            _ => false,
        };
        let called = font
            .get::<Name<'_>>("BaseFont")
            .map_or(Font::default().name, |name| Rc::from(name.as_str()));
        self.font = Font { name: called, embedded: drawn || embedded, vertical };
    }

    /// Paints the glyphs of a Type 3 font, each a small content stream.
    pub(super) fn drawn_glyphs(
        &mut self,
        pieces: &[Piece<'_>],
        places: &[Affine],
        resources: &Resources<'a>,
    ) {
        let font_name = self.state.text.font.clone();
        let Some(font) = Name::new(&font_name).and_then(|name| resources.get_font(&name)) else {
            return;
        };
        let names = differences(&font);
        let programs = font.get::<Dict<'_>>("CharProcs").unwrap_or_default();
        let to_text = matrix(&font, "FontMatrix") * Affine::scale(1000.0);
        let inner = Resources::from_parent(
            font.get::<Dict<'_>>("Resources").unwrap_or_default(),
            resources.clone(),
        );
        let codes = pieces
            .iter()
            .flat_map(|piece| if let Piece::Text(bytes) = piece { *bytes } else { &[] });
        for (code, place) in codes.zip(places) {
            let program = names
                .get(usize::from(*code))
                .and_then(|name| programs.get::<Stream<'_>>(name.as_bytes()));
            let Some(content) =
                program.and_then(|stream| stream.decoded().ok().map(std::borrow::Cow::into_owned))
            else {
                continue;
            };
            let (outer, base, was, path) =
                (self.state.clone(), self.base, self.uncoloured, std::mem::take(&mut self.path));
            self.state.matrix *= *place * to_text;
            self.base = self.state.matrix;
            // The operator d1 says that the glyph has no colour of its own.
            self.uncoloured = was || content.windows(2).take(200).any(|pair| pair == b"d1");
            self.content(&content, &inner, TILE);
            (self.state, self.base, self.uncoloured, self.path) = (outer, base, was, path);
        }
    }
}

/// Returns the glyph names of a simple font's codes, from the differences of its encoding.
fn differences(font: &Dict<'_>) -> Vec<String> {
    let mut names = vec![String::new(); 256];
    let list = font
        .get::<Dict<'_>>("Encoding")
        .and_then(|encoding| encoding.get::<Array<'_>>("Differences"));
    let mut code = 0usize;
    for item in list.iter().flat_map(|list| list.iter::<Object<'_>>()) {
        match item {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(256),
            Object::Name(name) => {
                if let Some(slot) = names.get_mut(code) {
                    *slot = name.as_str().to_owned();
                }
                code += 1;
            }
            _ => {}
        }
    }
    names
}
