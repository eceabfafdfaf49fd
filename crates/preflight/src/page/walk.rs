//! The walk through a page's content: state, painting, clipping. `operators` maps operators to
//! these actions.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::rc::Rc;

use door::End;
use hayro_interpret::InterpreterCache;
use hayro_syntax::content::TypedIter;
use hayro_syntax::page::{Page, Resources};
use hayro_syntax::xref::XRef;
use kurbo::{Affine, BezPath, Rect, Shape};

use super::drawn::Drawn;
use super::glyphs::{Glyphs, Measure, Piece};
use super::heights::Heights;
use super::picture::Image;
use super::state::{Colour, State};
use super::{
    Blend, Bound, Clip, Fonts, Gradient, Kind, Mark, Paint, Shown, Sink, SoftMask, Space, data,
    stroke,
};
use l10n::say;

/// The maximum nesting depth of forms, patterns, glyphs and masks.
const DEPTH: usize = 24;
/// The maximum depth of saved graphics states.
const STATES: usize = 4096;
/// The maximum nesting depth of arrays and dictionaries in a content stream.
const BRACKETS: usize = 2000;

/// The cost of a form, a tile or a drawn glyph, a soft mask and a string, not counting their
/// contents.
pub(super) const FORM: usize = 5000;
pub(super) const TILE: usize = 500;
pub(super) const MASK: usize = 5000;
const STRING: usize = 500;
/// The bytes of content that are passed over at the price of one step.
const BLANKS: usize = 4;

/// The bytes of a string that is shown, four times as many as one may have (ISO 32000-1, table C.1),
/// and of strings that are shown together.
const LONGEST: usize = 1 << 17;
const LETTERS: usize = 1 << 15;
/// The points of a clip of letters.
const CLIP: usize = 1 << 20;
/// The number of clips within each other.
const CLIPS: usize = 4096;
/// The bytes of an image that are unpacked at the price of one step.
pub(super) const UNPACKED: usize = 256;

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

/// What a walk reads with.
pub(crate) struct Means<'a, 'c> {
    /// The file's objects.
    pub(crate) xref: &'a XRef,
    /// Fonts as the reader knows them.
    pub(crate) cache: &'c InterpreterCache<'a>,
    /// Fonts as they were checked.
    pub(crate) fonts: &'c Fonts,
    /// The bytes that a stream may unpack to.
    pub(crate) stream: usize,
}

/// Walks through a page's content; `area` is the paper, in points.
pub(crate) fn walk<'a>(
    page: &'a Page<'a>,
    area: Rect,
    means: &Means<'a, '_>,
    sink: &mut dyn Sink,
    budget: &mut Budget,
) {
    let glyphs = Glyphs::new(means.xref, means.cache);
    let state = State::new(area);
    let content = data::contents(page, means.stream);
    match content.end {
        End::Whole => {}
        End::Damaged => sink.damaged(say!("page content"), "Contents", None),
        End::Limit => sink.bounded(Bound::Bytes),
    }
    let mut walk = Walk {
        means,
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
        small: HashMap::new(),
        pictured: 0,
        programs: 0,
        gradients: HashMap::new(),
        spaces: HashMap::new(),
        tints: HashMap::new(),
        fonts: HashMap::new(),
        known_masks: VecDeque::new(),
        kept: false,
        masks: 0,
        open: vec![],
        font: Font::default(),
        uncoloured: false,
        in_pattern: false,
    };
    walk.content(&content.bytes, page.resources(), 0);
}

/// The composition of the groups around a mark, which is applied to the mark itself.
///
/// That is exact for one mark in a group and near where several overlap.
#[derive(Clone)]
pub(super) struct Group {
    pub(super) alpha: f32,
    pub(super) blend: Blend,
    pub(super) mask: Option<SoftMask>,
}

/// The current font.
#[derive(Clone)]
pub(super) struct Font<'a> {
    pub(super) name: Rc<str>,
    pub(super) embedded: bool,
    /// The kind of its program.
    pub(super) kind: &'static str,
    /// Whether the program that is embedded cannot be read.
    pub(super) broken: bool,
    /// The glyphs of a Type 3 font.
    pub(super) drawn: Option<Rc<Drawn<'a>>>,
    /// The heights of its glyphs, where lines run downwards.
    pub(super) heights: Option<Rc<Heights>>,
}

impl Default for Font<'_> {
    fn default() -> Self {
        let name = "without a name".into();
        Self { name, embedded: true, kind: "", broken: false, drawn: None, heights: None }
    }
}

/// A soft mask where it was set: its form, what is taken of it, the matrix and the clip.
pub(super) type MaskKey = (usize, bool, [u64; 6], [u64; 4]);

/// The state of the walk.
pub(super) struct Walk<'a, 's> {
    pub(super) means: &'s Means<'a, 's>,
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
    pub(super) images: BTreeMap<(i32, i32), Rc<Image>>,
    /// The inline images of glyphs, by the place of their data.
    pub(super) small: HashMap<(usize, usize), Rc<Image>>,
    /// The bytes of both.
    pub(super) pictured: usize,
    /// The bytes of the programs of glyphs that were read.
    pub(super) programs: usize,
    /// The shadings of the page, by the place of their dictionary, and where they are painted.
    pub(super) gradients: HashMap<(usize, [u64; 6]), Option<Rc<Gradient>>>,
    /// The colour spaces of the page, by the places of their array and of the names around it.
    pub(super) spaces: HashMap<(usize, usize), Rc<Space>>,
    /// Whether functions that make tints have too few samples, by the place of their dictionary.
    pub(super) tints: HashMap<usize, bool>,
    /// The fonts of the page, by the place of their dictionary.
    pub(super) fonts: HashMap<usize, Font<'a>>,
    pub(super) known_masks: VecDeque<(MaskKey, SoftMask)>,
    /// Whether the content is kept until the page is done, so that places in it stay what they are.
    pub(super) kept: bool,
    /// The nesting depth of soft masks around the content.
    pub(super) masks: usize,
    /// The forms being painted, outermost first.
    pub(super) open: Vec<(i32, i32)>,
    pub(super) font: Font<'a>,
    /// Whether colours are fixed from outside: in glyphs and patterns without colours of their own.
    pub(super) uncoloured: bool,
    /// Whether a tile of a pattern is being painted.
    pub(super) in_pattern: bool,
}

impl<'a> Walk<'a, '_> {
    /// Walks through a content stream; `cost` is the cost of entering it.
    pub(super) fn content(&mut self, bytes: &[u8], resources: &Resources<'a>, cost: usize) {
        if self.depth >= DEPTH {
            return self.sink.bounded(Bound::Depth);
        }
        // Blanks are passed over too.
        if !self.spend(cost.saturating_add(bytes.len() / BLANKS)) {
            return;
        }
        if door::content(bytes, BRACKETS) {
            return self.sink.bounded(Bound::Brackets);
        }
        self.depth += 1;
        let floor = self.saved.len();
        'content: for piece in door::pieces(bytes) {
            // What was written anew here is not there when the page is done.
            let kept = self.kept;
            self.kept &= matches!(piece, Cow::Borrowed(_));
            let mut operators = TypedIter::new(&piece);
            while let Some(operator) = operators.next() {
                if !self.spend(1 + self.path.elements().len() / 64) {
                    self.kept = kept;
                    break 'content;
                }
                self.operator(operator, resources, floor);
            }
            self.kept = kept;
        }
        // What the stream saved and did not restore ends with it.
        if self.saved.len() > floor {
            self.saved.truncate(floor + 1);
            self.restore(floor);
        }
        self.depth -= 1;
    }

    /// Spends steps; tells where there are none left.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        let enough = self.budget.spend(steps);
        if !enough {
            self.sink.bounded(Bound::Steps);
        }
        enough
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
            let colour = self.state.line.clone();
            let lines = stroke::straight(&path, self.state.matrix);
            let width = stroke::thinnest(&lines, self.state.stroke.width, self.state.matrix);
            let shape = self.outline(&lines);
            self.paint(Kind::Line { width }, shape, false, &colour, true, resources);
        }
        if let Some(even_odd) = self.clipping.take() {
            self.clip(self.state.matrix * path, even_odd);
        }
    }

    /// Returns the area that a stroke along straight pieces covers, in page coordinates.
    fn outline(&mut self, lines: &BezPath) -> BezPath {
        if !self.spend(lines.elements().len() * 4) {
            return BezPath::new();
        }
        stroke::area(lines, &self.state.stroke, self.state.matrix)
    }

    /// Clips to a path, given in page coordinates.
    pub(super) fn clip(&mut self, path: BezPath, even_odd: bool) {
        let bounds = path.bounding_box();
        self.state.clip_box = intersection(self.state.clip_box, bounds);
        let depth = self.state.clip.as_ref().map_or(0, |clip| clip.depth + 1);
        if depth >= CLIPS {
            return self.sink.bounded(Bound::Depth);
        }
        let outer = self.state.clip.take();
        self.state.clip = Some(Rc::new(Clip { path, even_odd, outer, depth }));
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
        let points = shape.elements().len();
        // Of a gradient in text or in a line, the strongest inks are looked for.
        let looks = match (&paint, &kind) {
            (_, Kind::Fill | Kind::Image { .. }) => 0,
            (Paint::Gradient(gradient), _) => gradient.looks(),
            _ => 0,
        };
        // Each clip around it is looked at.
        let clips = state.clip.as_ref().map_or(0, |clip| clip.depth / 4);
        if alpha <= 0.0 || !self.spend(points + looks + clips) {
            return;
        }
        let state = &self.state;
        let mark = Mark {
            kind,
            paint,
            shape,
            even_odd,
            bounds,
            clip: state.clip.clone(),
            alpha,
            blend: if state.blend == Blend::Cover { self.group.blend } else { state.blend },
            mask: state.mask.clone().or_else(|| self.group.mask.clone()),
            overprint: if stroke { state.line_overprint } else { state.fill_overprint },
            keep_zero: state.keep_zero,
            in_pattern: self.in_pattern,
        };
        self.sink.mark(&mark);
    }

    /// Shows text: what is long in parts, as the outlines of all its letters are held together.
    pub(super) fn show(&mut self, pieces: &[Piece<'_>], resources: &Resources<'a>) {
        if pieces.iter().any(|piece| piece.length() > LONGEST) {
            return self.sink.bounded(Bound::Bytes);
        }
        let mut rest = pieces;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |piece: &&Piece<'_>| {
                bytes += piece.length();
                bytes <= LETTERS
            };
            // A string by itself has no place where it could be parted.
            let count = rest.iter().take_while(fits).count().max(1);
            let (part, after) = rest.split_at(count);
            self.show_part(part, resources);
            rest = after;
        }
    }

    fn show_part(&mut self, pieces: &[Piece<'_>], resources: &Resources<'a>) {
        let bytes: usize = pieces.iter().map(Piece::length).sum();
        if !self.spend(STRING + bytes * 16) {
            return;
        }
        if let Some(drawn) = self.font.drawn.clone() {
            return self.show_drawn(pieces, &drawn);
        }
        let text = self.state.text.clone();
        let measure = match &self.font.heights {
            _ if !self.font.embedded || text.mode == 3 => Measure::Not,
            Some(heights) => Measure::Down(heights),
            None => Measure::Across,
        };
        let mut shown = self.glyphs.show(pieces, &text, resources, measure, self.means.fonts);
        let upright = self.state.matrix * text.matrix;
        let [_, _, c, d, ..] = upright.as_coeffs();
        let size = text.size.abs() * (c * c + d * d).sqrt();
        let kind = Kind::Text { size };
        // A string may have many thousand glyphs: no outline is copied without need.
        let outlines = std::mem::take(&mut shown.outlines);
        let lines = matches!(text.mode, 1 | 2 | 5 | 6)
            .then(|| stroke::straight(&outlines, self.state.matrix));
        let on_page = self.state.matrix * outlines;
        if text.mode != 3 && bytes > 0 {
            self.tell_text(&shown, on_page.bounding_box(), upright, size);
        }
        if text.mode >= 4 {
            if self.text_clip.elements().len() > CLIP {
                self.sink.bounded(Bound::Steps);
            } else {
                self.text_clip.extend(on_page.iter());
            }
        }
        if matches!(text.mode, 0 | 2 | 4 | 6) {
            let colour = self.state.fill.clone();
            self.paint(kind.clone(), on_page, false, &colour, false, resources);
        }
        if let Some(lines) = lines {
            let colour = self.state.line.clone();
            let shape = self.outline(&lines);
            self.paint(kind, shape, false, &colour, true, resources);
        }
        self.state.text.matrix = shown.end.unwrap_or(text.matrix);
    }

    /// Tells the sink of a string that can be seen. One without an outline is seen too: another
    /// program may have the font that is missing here.
    fn tell_text(
        &mut self,
        shown: &super::glyphs::Shown,
        outlines: Rect,
        upright: Affine,
        size: f64,
    ) {
        let without = outlines.width() <= 0.0 || outlines.height() <= 0.0;
        let Font { name: font, embedded, broken, .. } = &self.font;
        let wrong = !embedded || *broken || shown.missing;
        if without && !wrong {
            return;
        }
        let at = upright.translation().to_point();
        let area = if without { Rect::from_origin_size(at, (size, size)) } else { outlines };
        let place = intersection(area, self.state.clip_box);
        if !place.is_finite() || place.width() <= 0.0 || place.height() <= 0.0 {
            return;
        }
        self.sink.text(&Shown {
            font,
            embedded: *embedded,
            broken: *broken,
            missing: shown.missing,
            undefined: shown.undefined,
            wrong: &shown.wrong,
            place,
        });
    }
}

/// Returns the intersection of two rectangles; its area is 0 if there is none.
pub(super) fn intersection(a: Rect, b: Rect) -> Rect {
    let (x0, y0) = (a.x0.max(b.x0), a.y0.max(b.y0));
    Rect::new(x0, y0, a.x1.min(b.x1).max(x0), a.y1.min(b.y1).max(y0))
}
