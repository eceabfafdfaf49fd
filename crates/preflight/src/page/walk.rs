//! The walk through a page's content: state, painting, clipping. `operators` maps operators to
//! these actions.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_interpret::InterpreterCache;
use hayro_syntax::content::TypedIter;
use hayro_syntax::page::{Page, Resources};
use hayro_syntax::xref::XRef;
use kurbo::{Affine, BezPath, Rect, Shape, StrokeOpts};

use super::super::file::nested;
use super::glyphs::{Glyphs, Piece};
use super::picture::{self, Image};
use super::state::{Colour, State};
use super::{Blend, Clip, Kind, Mark, Paint, Sink};
use l10n::say;

/// The maximum nesting depth of forms, patterns, glyphs and masks.
const DEPTH: usize = 24;
/// The maximum depth of saved graphics states.
const STATES: usize = 4096;
/// The maximum nesting depth of arrays and dictionaries in a content stream.
const BRACKETS: usize = 2000;
/// The maximum number of dashes in a line; beyond it, the line is taken to be solid.
const DASHES: f64 = 20_000.0;

/// The cost of a form, a tile or a drawn glyph, a soft mask and a string, not counting their
/// contents.
pub(super) const FORM: usize = 5000;
pub(super) const TILE: usize = 500;
pub(super) const MASK: usize = 500_000;
const STRING: usize = 500;

/// The work allowed for a file, in units: an operator, a point of a path and a pixel of a plate
/// are one each.
///
/// A clock would bound the time too, but the same file must give the same findings everywhere.
#[derive(Debug)]
pub(crate) struct Budget(pub(crate) usize);

impl Budget {
    /// Spends some of what is left; returns whether that was enough.
    pub(crate) fn spend(&mut self, units: usize) -> bool {
        let enough = self.0 >= units;
        self.0 = self.0.saturating_sub(units);
        enough
    }
}

/// Walks through a page's content; `area` is the paper, in points.
pub(crate) fn walk<'a>(
    page: &'a Page<'a>,
    area: Rect,
    xref: &'a XRef,
    cache: &InterpreterCache<'a>,
    sink: &mut dyn Sink,
    budget: &mut Budget,
) {
    let glyphs = Glyphs::new(xref, cache);
    let state = State::new(area);
    let mut walk = Walk {
        sink,
        budget,
        glyphs,
        state,
        saved: vec![],
        path: BezPath::new(),
        clipping: None,
        text_clip: BezPath::new(),
        base: Affine::IDENTITY,
        depth: 0,
        group: Group { alpha: 1.0, blend: Blend::Cover, mask: None },
        images: BTreeMap::new(),
        masks: 0,
        open: vec![],
        font: Font::default(),
        uncoloured: false,
        in_pattern: false,
    };
    if let Some(content) = page.page_stream() {
        walk.content(content, page.resources(), 0);
    }
}

/// The composition of the groups around a mark, which is applied to the mark itself.
///
/// That is exact for one mark in a group and near where several overlap.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub(super) alpha: f32,
    pub(super) blend: Blend,
    pub(super) mask: Option<usize>,
}

/// The current font.
pub(super) struct Font {
    pub(super) name: Rc<str>,
    pub(super) embedded: bool,
    /// Whether lines run downwards: then the widths given in the file are not the relevant ones.
    pub(super) vertical: bool,
}

impl Default for Font {
    fn default() -> Self {
        Self { name: "without a name".into(), embedded: true, vertical: false }
    }
}

/// The state of the walk.
pub(super) struct Walk<'a, 's> {
    pub(super) sink: &'s mut dyn Sink,
    pub(super) budget: &'s mut Budget,
    pub(super) glyphs: Glyphs<'a>,
    pub(super) state: State,
    pub(super) saved: Vec<State>,
    /// The path under construction, before the matrix is applied.
    pub(super) path: BezPath,
    /// A pending clip, completed by the next painting operator: with the even-odd rule or not.
    pub(super) clipping: Option<bool>,
    pub(super) text_clip: BezPath,
    /// The matrix at the start of the content stream, which patterns are relative to.
    pub(super) base: Affine,
    pub(super) depth: usize,
    pub(super) group: Group,
    images: BTreeMap<(i32, i32), Rc<Image>>,
    /// The nesting depth of soft masks around the content.
    pub(super) masks: usize,
    /// The forms being painted, outermost first.
    pub(super) open: Vec<(i32, i32)>,
    pub(super) font: Font,
    /// Whether colours are fixed from outside: in glyphs and patterns without colours of their own.
    pub(super) uncoloured: bool,
    /// Whether a tile of a pattern is being painted.
    pub(super) in_pattern: bool,
}

impl<'a> Walk<'a, '_> {
    /// Walks through a content stream; `cost` is the cost of entering it.
    pub(super) fn content(&mut self, bytes: &[u8], resources: &Resources<'a>, cost: usize) {
        if self.depth >= DEPTH || nested(bytes, BRACKETS) || !self.budget.spend(cost) {
            self.sink.exhausted();
            return;
        }
        self.depth += 1;
        let floor = self.saved.len();
        let mut operators = TypedIter::new(bytes);
        while let Some(operator) = operators.next() {
            if !self.budget.spend(1 + self.path.elements().len() / 64) {
                self.sink.exhausted();
                break;
            }
            self.operator(operator, resources, floor);
        }
        // What the stream saved and did not restore ends with it.
        if self.saved.len() > floor {
            self.saved.truncate(floor + 1);
            self.restore(floor);
        }
        self.depth -= 1;
    }

    pub(super) fn save(&mut self) {
        if self.saved.len() < STATES {
            self.saved.push(self.state.clone());
        }
    }

    pub(super) fn restore(&mut self, floor: usize) {
        if self.saved.len() > floor
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
        }
    }

    /// Ends the path: paints it, then clips to it.
    pub(super) fn paint_path(
        &mut self,
        fill: Option<bool>,
        stroke: bool,
        resources: &Resources<'a>,
    ) {
        let path = std::mem::take(&mut self.path);
        if let Some(even_odd) = fill {
            let colour = self.state.fill.clone();
            self.paint(
                Kind::Fill,
                self.state.matrix * path.clone(),
                even_odd,
                &colour,
                false,
                resources,
            );
        }
        if stroke {
            let width = self.state.stroke.width * self.state.matrix.determinant().abs().sqrt();
            let colour = self.state.line.clone();
            let shape = self.outline(&path);
            self.paint(Kind::Line { width }, shape, false, &colour, true, resources);
        }
        if let Some(even_odd) = self.clipping.take() {
            self.clip(self.state.matrix * path, even_odd);
        }
    }

    /// Returns the area that a stroke along `path` covers, in page coordinates.
    fn outline(&mut self, path: &BezPath) -> BezPath {
        let scale = self.state.matrix.determinant().abs().sqrt().max(1e-6);
        let mut stroke = self.state.stroke.clone();
        stroke.width = stroke.width.max(0.1 / scale);
        let extent = path.bounding_box();
        let dash = stroke.dash_pattern.iter().sum::<f64>();
        let pieces =
            (extent.width() + extent.height()) * path.elements().len() as f64 / dash.max(1e-9);
        if dash > 0.0 && pieces > DASHES {
            stroke.dash_pattern.clear();
        }
        if !extent.is_finite() || !self.budget.spend(path.elements().len() * 8) {
            return BezPath::new();
        }
        self.state.matrix * kurbo::stroke(path, &stroke, &StrokeOpts::default(), 0.05 / scale)
    }

    /// Clips to a path, given in page coordinates.
    pub(super) fn clip(&mut self, path: BezPath, even_odd: bool) {
        let bounds = path.bounding_box();
        self.state.clip_box = intersection(self.state.clip_box, bounds);
        let outer = self.state.clip.take();
        self.state.clip = Some(Rc::new(Clip { path, even_odd, outer }));
    }

    /// Paints a shape, given in page coordinates, with a colour or pattern.
    pub(super) fn paint(
        &mut self,
        kind: Kind,
        shape: BezPath,
        even_odd: bool,
        colour: &Colour,
        stroke: bool,
        resources: &Resources<'a>,
    ) {
        // A tiled pattern paints itself, and leaves nothing to do.
        if let Some(paint) = self.paint_of(colour, &shape, even_odd, resources) {
            self.mark(kind, shape, even_odd, paint, stroke);
        }
    }

    /// Passes a mark to the sink, if any of it is visible.
    pub(super) fn mark(
        &mut self,
        kind: Kind,
        shape: BezPath,
        even_odd: bool,
        paint: Paint,
        stroke: bool,
    ) {
        let bounds = intersection(shape.bounding_box(), self.state.clip_box);
        if !bounds.is_finite() || bounds.width() <= 0.0 || bounds.height() <= 0.0 {
            return;
        }
        let state = &self.state;
        let alpha = if stroke { state.line_alpha } else { state.fill_alpha } * self.group.alpha;
        if alpha <= 0.0 || !self.budget.spend(shape.elements().len()) {
            return;
        }
        let mark = Mark {
            kind,
            paint,
            shape,
            even_odd,
            bounds,
            clip: state.clip.clone(),
            alpha,
            blend: if state.blend == Blend::Cover { self.group.blend } else { state.blend },
            mask: state.mask.or(self.group.mask),
            overprint: if stroke { state.line_overprint } else { state.fill_overprint },
            keep_zero: state.keep_zero,
            in_pattern: self.in_pattern,
        };
        self.sink.mark(&mark);
    }

    /// Shows text.
    pub(super) fn show(&mut self, pieces: &[Piece<'_>], resources: &Resources<'a>) {
        let bytes: usize = pieces
            .iter()
            .map(|piece| if let Piece::Text(bytes) = piece { bytes.len() } else { 1 })
            .sum();
        if !self.budget.spend(STRING + bytes * 16) {
            self.sink.exhausted();
            return;
        }
        let text = self.state.text.clone();
        let measure = self.font.embedded && !self.font.vertical && text.mode != 3;
        let shown = self.glyphs.show(pieces, &text, resources, measure);
        let upright = self.state.matrix * text.matrix;
        let [_, _, c, d, ..] = upright.as_coeffs();
        let size = text.size.abs() * (c * c + d * d).sqrt();
        let Font { name: font, embedded, .. } = &self.font;
        let kind =
            Kind::Text { size, font: font.clone(), embedded: *embedded, wrong: shown.wrong.into() };
        let on_page = self.state.matrix * shown.outlines.clone();
        if matches!(text.mode, 0 | 2 | 4 | 6) {
            let colour = self.state.fill.clone();
            self.paint(kind.clone(), on_page.clone(), false, &colour, false, resources);
        }
        if matches!(text.mode, 1 | 2 | 5 | 6) {
            let colour = self.state.line.clone();
            let shape = self.outline(&shown.outlines);
            self.paint(kind, shape, false, &colour, true, resources);
        }
        if text.mode >= 4 {
            self.text_clip.extend(on_page);
        }
        if !shown.drawn.is_empty() && text.mode != 3 {
            self.drawn_glyphs(pieces, &shown.drawn, resources);
        }
        self.state.text.matrix = shown.end.unwrap_or(text.matrix);
    }

    /// Paints an image into the unit square.
    pub(super) fn image(&mut self, image: &Image, name: &str, resources: &Resources<'a>) {
        if image.damaged {
            self.sink.missing(say!("image"), name);
        }
        let matrix = self.state.matrix;
        let square = matrix * Rect::new(0.0, 0.0, 1.0, 1.0).to_path(0.1);
        let kind = Kind::Image {
            matrix,
            width: image.width,
            height: image.height,
            bitmap: image.bitmap,
            alpha: image.alpha.clone(),
        };
        match &image.picture {
            Some(picture) => self.mark(kind, square, false, Paint::Picture(picture.clone()), false),
            None => {
                let colour = self.state.fill.clone();
                self.paint(kind, square, false, &colour, false, resources);
            }
        }
    }

    /// Reads an image object, once only.
    pub(super) fn read_image(
        &mut self,
        stream: &hayro_syntax::object::Stream<'_>,
        resources: &Resources<'a>,
    ) -> Rc<Image> {
        let id = stream.dict().obj_id().map(|id| (id.obj_number, id.gen_number));
        if let Some(known) = id.and_then(|id| self.images.get(&id)) {
            return known.clone();
        }
        let image = Rc::new(picture::read(stream, resources));
        if let Some(id) = id {
            self.images.insert(id, image.clone());
        }
        image
    }
}

/// Returns the intersection of two rectangles; its area is 0 if there is none.
pub(super) fn intersection(a: Rect, b: Rect) -> Rect {
    let (x0, y0) = (a.x0.max(b.x0), a.y0.max(b.y0));
    Rect::new(x0, y0, a.x1.min(b.x1).max(x0), a.y1.min(b.y1).max(y0))
}
