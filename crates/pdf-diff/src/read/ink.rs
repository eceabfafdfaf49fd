//! The content that each page draws: glyphs with their characters, paths and images, each with
//! its marked content.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use hayro::hayro_interpret::font::Glyph as PdfGlyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, GlyphDrawMode, Image, ImageData,
    InterpreterCache, InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use kurbo::{Affine, BezPath, PathEl, PathSeg, Point, Rect, Shape as _};

use crate::version::{Paint as Painted, Shape};

/// The content drawn on a page.
#[derive(Default)]
pub(super) struct Ink {
    /// The page's width and height in points.
    pub(super) size: (f64, f64),
    /// The glyphs in drawing order.
    pub(super) glyphs: Vec<Glyph>,
    /// Paths and images in drawing order.
    pub(super) shapes: Vec<Marked>,
    /// Whether there is a stroke that no program can be trusted to draw in good time.
    pub(super) endless: bool,
    marks: Vec<Mark>,
    /// The work that is left.
    left: usize,
    /// The widths of glyphs that are drawn, in thousandths of the size.
    widths: HashMap<u128, f32>,
}

/// A page takes more work than is allowed. The reader cannot be stopped from within, so its thread
/// ends with this.
pub(super) struct Endless;

/// The maximum work on a page, in steps: a path's point or a glyph is one.
const WORK: usize = 30_000_000;
/// The length below which a curve that is stroked with a wider pen is no curve that can be seen,
/// in points.
const SPECK: f64 = 0.25;

/// The marked content that an object belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// None.
    None,
    /// Running heads, folios, ornaments.
    Artifact,
    /// Content of the structure tree, by its identifier.
    Content(i32),
}

/// A glyph.
pub(super) struct Glyph {
    /// The characters it represents.
    pub(super) text: String,
    /// Its box from descender to ascender, as wide as its advance.
    pub(super) rect: Rect,
    /// Its origin on the baseline.
    pub(super) origin: Point,
    /// The font's size in points.
    pub(super) size: f64,
    /// By how many quarter turns clockwise it stands turned, from 0 to 3.
    pub(super) turns: usize,
    /// Its marked content.
    pub(super) mark: Mark,
}

/// A path or an image with its marked content.
pub(super) struct Marked {
    pub(super) shape: Shape,
    pub(super) mark: Mark,
}

impl Ink {
    /// Returns the shapes whose centre is in a rectangle; page backgrounds do not count.
    pub(super) fn within(&self, frame: Rect) -> Vec<Shape> {
        let inside = frame.inflate(1.0, 1.0);
        let own = |shape: &&Marked| {
            inside.contains(shape.shape.rect.center()) && !self.is_ground(shape.shape.rect)
        };
        self.shapes.iter().filter(own).map(|marked| marked.shape.clone()).collect()
    }

    /// Returns whether a rectangle covers most of the page.
    pub(super) fn is_ground(&self, rect: Rect) -> bool {
        rect.area() > 0.6 * self.size.0 * self.size.1
    }

    /// Moves all that is drawn by a matrix of quarter turns.
    pub(super) fn turn(&mut self, by: Affine) {
        if by == Affine::IDENTITY {
            return;
        }
        for glyph in &mut self.glyphs {
            glyph.rect = by.transform_rect_bbox(glyph.rect);
            glyph.origin = by * glyph.origin;
        }
        for Marked { shape, .. } in &mut self.shapes {
            shape.rect = by.transform_rect_bbox(shape.rect);
            for point in &mut shape.points {
                let moved = by * Point::from(*point);
                *point = (moved.x, moved.y);
            }
        }
        let page = by.transform_rect_bbox(Rect::new(0.0, 0.0, self.size.0, self.size.1));
        self.size = (page.width(), page.height());
    }

    /// Counts work; ends the thread where it is too much.
    fn spend(&mut self, steps: usize) {
        match self.left.checked_sub(steps) {
            Some(left) => self.left = left,
            None => std::panic::resume_unwind(Box::new(Endless)),
        }
    }

    fn mark(&self) -> Mark {
        let artifact = self.marks.contains(&Mark::Artifact);
        let inner = || self.marks.iter().rev().find(|mark| **mark != Mark::None).copied();
        if artifact { Mark::Artifact } else { inner().unwrap_or(Mark::None) }
    }

    fn draw(
        &mut self,
        rect: Rect,
        paint: Painted,
        colour: [u8; 4],
        points: Vec<(f64, f64)>,
        pixels: u64,
    ) {
        let shape = Shape { rect, paint, colour, points, pixels };
        self.shapes.push(Marked { shape, mark: self.mark() });
    }
}

/// Returns the content drawn on each page of a PDF, within limits that are `effort` times as high
/// as usual.
pub(super) fn of(pdf: &Pdf, effort: u32) -> Vec<Ink> {
    let cache = InterpreterCache::new();
    pdf.pages()
        .iter()
        .map(|page| {
            let (width, height) = page.render_dimensions();
            let size = (f64::from(width), f64::from(height));
            let settings =
                InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
            let shown = Rect::new(0.0, 0.0, size.0, size.1);
            let turn = page.initial_transform(true).to_kurbo();
            let mut context = Context::new(turn, shown, &cache, page.xref(), settings);
            let left = WORK.saturating_mul(effort.max(1) as usize);
            let mut ink = Ink { size, left, ..Ink::default() };
            interpret_page(page, &mut context, &mut ink);
            ink
        })
        .collect()
}

impl<'a> Device<'a> for Ink {
    fn draw_glyph(
        &mut self,
        glyph: &PdfGlyph<'a>,
        transform: Affine,
        own: Affine,
        paint: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        self.spend(1);
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        let advance = match glyph {
            PdfGlyph::Outline(outline) => outline.advance_width(),
            PdfGlyph::Type3(drawn) => {
                let known = self.widths.get(&drawn.cache_key()).copied();
                let width = known.unwrap_or_else(|| {
                    let mut extent = Extent::default();
                    drawn.interpret(&mut extent, Affine::IDENTITY, Affine::IDENTITY, paint);
                    extent.0.map_or(0.0, |rect| rect.x1 as f32)
                });
                self.widths.insert(drawn.cache_key(), width);
                self.spend(16);
                Some(width)
            }
        };
        let matrix = transform * own;
        let rect = matrix.transform_rect_bbox(Rect::new(
            0.0,
            -160.0,
            f64::from(advance.unwrap_or(600.0)),
            880.0,
        ));
        let size = 1000.0 * matrix.determinant().abs().sqrt();
        let mark = self.mark();
        let [along, down, ..] = matrix.as_coeffs();
        let turns = match along.abs() >= down.abs() {
            true if along >= 0.0 => 0,
            true => 2,
            false if down > 0.0 => 1,
            false => 3,
        };
        let origin = matrix * Point::ORIGIN;
        self.glyphs.push(Glyph { text, rect, origin, size, turns, mark });
    }

    fn draw_path(
        &mut self,
        path: &BezPath,
        transform: Affine,
        paint: &Paint<'a>,
        mode: &PathDrawMode,
    ) {
        self.spend(1 + path.elements().len());
        let path = transform * path.clone();
        if let PathDrawMode::Stroke(stroke) = mode {
            let pen = f64::from(stroke.line_width) * transform.determinant().abs().sqrt();
            self.endless |= path.segments().any(|segment| {
                !matches!(segment, PathSeg::Line(_)) && {
                    let extent = segment.bounding_box();
                    let length = extent.width() + extent.height();
                    length < SPECK && length < pen
                }
            });
        }
        let end = |element: PathEl| match element {
            PathEl::MoveTo(p)
            | PathEl::LineTo(p)
            | PathEl::QuadTo(_, p)
            | PathEl::CurveTo(_, _, p) => Some((p.x, p.y)),
            PathEl::ClosePath => None,
        };
        let points: Vec<_> = path.elements().iter().copied().filter_map(end).collect();
        if points.is_empty() {
            return;
        }
        let painted = match mode {
            PathDrawMode::Fill(_) => Painted::Fill,
            PathDrawMode::Stroke(_) => Painted::Stroke,
        };
        self.draw(path.bounding_box(), painted, colour(paint), points, 0);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        self.spend(1 + image.width() as usize * image.height() as usize / 64);
        let rect = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let mut sum = DefaultHasher::new();
        let mut own = [0; 4];
        match &image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |luma, with| {
                    luma.data.hash(&mut sum);
                    own = colour(with);
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    match &data {
                        ImageData::Rgb(rgb) => rgb.data.hash(&mut sum),
                        ImageData::Luma(luma) => luma.data.hash(&mut sum),
                    }
                    alpha.map(|alpha| alpha.data).hash(&mut sum);
                },
                None,
            ),
        }
        self.draw(transform.transform_rect_bbox(rect), Painted::Image, own, vec![], sum.finish());
    }

    fn begin_marked_content(&mut self, tag: &[u8], id: Option<i32>) {
        let artifact = if tag == b"Artifact" { Mark::Artifact } else { Mark::None };
        self.spend(1);
        self.marks.push(id.map_or(artifact, Mark::Content));
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.spend(1 + clip.path.elements().len());
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.spend(1);
    }
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The extent of what a glyph draws, in thousandths of the size.
#[derive(Default)]
struct Extent(Option<Rect>);

impl Extent {
    fn add(&mut self, rect: Rect) {
        self.0 = Some(self.0.map_or(rect, |own| own.union(rect)));
    }
}

impl<'a> Device<'a> for Extent {
    fn draw_path(&mut self, path: &BezPath, at: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.add(at.transform_rect_bbox(path.bounding_box()));
    }
    fn draw_image(&mut self, image: Image<'a, '_>, at: Affine) {
        let size = (f64::from(image.width()), f64::from(image.height()));
        self.add(at.transform_rect_bbox(Rect::from_origin_size(Point::ORIGIN, size)));
    }
    fn draw_glyph(
        &mut self,
        _: &PdfGlyph<'a>,
        _: Affine,
        _: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
    }
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Returns a colour as on screen; patterns and shadings have none of their own.
fn colour(paint: &Paint<'_>) -> [u8; 4] {
    match paint {
        Paint::Color(colour) => colour.to_rgba().to_rgba8(),
        Paint::Pattern(_) => [0; 4],
    }
}
