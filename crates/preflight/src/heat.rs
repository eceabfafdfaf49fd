//! The ink heat map: the inks of all pages in one image, like a contact sheet.

use hayro_interpret::font::{FontData, StandardFont};
use kurbo::Rect;
use skrifa::outline::OutlinePen;
use skrifa::raw::ps::cff::CffFontRef;
use tiny_skia::{
    Color, FillRule, Paint, Path, PathBuilder, Pixmap, PremultipliedColorU8, Stroke, Transform,
};

use super::{InkMap, PageInk};

/// The longer side of the largest page, in pixels, and its minimum when there are many pages.
const PAGE: [f64; 2] = [280.0, 24.0];
/// The approximate number of pixels of all pages together.
const PIXELS: f64 = 24e6;
/// The space between pages and around them.
const GAP: f64 = 16.0;
/// The size of the lettering.
const LETTERS: f64 = 12.0;
/// The width of the legend's scale, and the space for the whole legend.
const SCALE: f64 = 200.0;
const LEGEND: [f64; 2] = [660.0, 44.0];

/// The colours for no ink, half the limit and the limit; then for anything beyond.
const COLOURS: [[f64; 3]; 3] = [[255.0, 255.0, 255.0], [107.0, 174.0, 214.0], [8.0, 48.0, 107.0]];
const BEYOND: [u8; 3] = [214, 39, 24];
const BLACK: [u8; 3] = [0, 0, 0];
const GREY: [u8; 3] = [120, 120, 120];
const WHITE: [u8; 3] = [255, 255, 255];

/// Draws the pages, given the total ink limit in percent and the side of the square (mm) over
/// which it applies.
pub(super) fn draw(pages: &[PageInk], limit: f64, side: f64) -> Option<Vec<u8>> {
    let count = pages.len();
    let extent =
        |of: fn(&InkMap) -> f64| pages.iter().map(|page| of(&page.map)).fold(1.0, f64::max);
    let (width, height) = (extent(|map| map.area.width), extent(|map| map.area.height));
    let longer = (PIXELS / count.max(1) as f64).sqrt().clamp(PAGE[1], PAGE[0]);
    // Pixels a millimetre.
    let scale = longer / width.max(height);
    let letters = LETTERS.min(width * scale / 7.0);
    let columns = ((count as f64 * 1.5).sqrt().round() as usize).clamp(1, count.max(1));
    let rows = count.div_ceil(columns);
    let (across, down) = (width * scale + GAP, height * scale + letters + GAP * 1.5);
    let sheet =
        ((across * columns as f64).max(LEGEND[0]) + GAP, down * rows as f64 + GAP + LEGEND[1]);
    if count == 0 {
        return None;
    }
    let mut picture = Picture::new(sheet.0.ceil() as u32, sheet.1.ceil() as u32)?;
    let worst = heaviest(pages).map(|page| page.page);
    for (index, page) in pages.iter().enumerate() {
        let (x, y) =
            (GAP + across * (index % columns) as f64, GAP + down * (index / columns) as f64);
        let area = &page.map.area;
        let frame = Rect::new(x, y, x + area.width * scale, y + area.height * scale);
        picture.cells(&page.map, frame, limit);
        picture.outline(frame, 1.0, GREY);
        let left = x + (page.place.x - area.x) * scale;
        let below = frame.y1 - (page.place.y - area.y) * scale;
        let square = Rect::new(
            left,
            below - page.place.height * scale,
            left + page.place.width * scale,
            below,
        );
        if !page.complete {
            picture.hatch(frame);
        }
        if page.worst > 0.0 && page.complete {
            let line = if worst == Some(page.page) { 2.5 } else { 1.2 };
            picture.outline(square, line + 1.6, WHITE);
            picture.outline(square, line, BLACK);
        }
        let base = frame.y1 + letters + 3.0;
        picture.text(&page.page.to_string(), frame.x0, base, letters, BLACK);
        // What was not painted is not known.
        let sum = if page.complete { format!("{:.0} %", page.worst) } else { "? %".to_owned() };
        let start = frame.x1 - picture.text_width(&sum, letters);
        picture.text(&sum, start, base, letters, if page.worst > limit { BEYOND } else { GREY });
    }
    picture.legend(GAP, sheet.1 - LEGEND[1], limit, side);
    picture.pixels.encode_png().ok()
}

impl PageInk {
    /// Draws the page's inks as an image (PNG) of its [map](Self::map)'s area, one pixel per cell:
    /// from white through blue at the total ink limit (percent), and red beyond.
    pub fn picture(&self, limit: f64) -> Option<Vec<u8>> {
        let mut pixels = Pixmap::new(self.map.width as u32, self.map.height as u32)?;
        for (pixel, &sum) in pixels.pixels_mut().iter_mut().zip(&self.map.sums) {
            *pixel = opaque(colour(sum.into(), limit));
        }
        pixels.encode_png().ok()
    }
}

/// Returns the page with the highest ink coverage in one place, the first if several are equal;
/// pages whose inks are not known do not count.
pub(super) fn heaviest(pages: &[PageInk]) -> Option<&PageInk> {
    let known = pages.iter().filter(|page| page.complete);
    known.reduce(|most, page| if page.worst > most.worst { page } else { most })
}

/// Returns the colour for a total ink coverage, in percent.
fn colour(sum: f64, limit: f64) -> [u8; 3] {
    if sum > limit {
        return BEYOND;
    }
    let place = (sum / limit.max(1.0)).clamp(0.0, 1.0) * 2.0;
    let (from, to) = if place < 1.0 { (COLOURS[0], COLOURS[1]) } else { (COLOURS[1], COLOURS[2]) };
    let share = place - place.floor().min(1.0);
    std::array::from_fn(|i| (from[i] + (to[i] - from[i]) * share).round() as u8)
}

fn opaque([r, g, b]: [u8; 3]) -> PremultipliedColorU8 {
    PremultipliedColorU8::from_rgba(r, g, b, 255).unwrap_or(PremultipliedColorU8::TRANSPARENT)
}

/// The image under construction.
struct Picture {
    pixels: Pixmap,
    font: FontData,
}

impl Picture {
    fn new(width: u32, height: u32) -> Option<Self> {
        let mut pixels = Pixmap::new(width, height)?;
        pixels.fill(Color::WHITE);
        // Of the fonts that the reader has for files without their own.
        Some(Self { pixels, font: StandardFont::Helvetica.get_font_data().0 })
    }

    /// Draws a page's map.
    fn cells(&mut self, map: &InkMap, frame: Rect, limit: f64) {
        let (width, height) = (self.pixels.width() as usize, self.pixels.height() as usize);
        let cell = |place: f64, from: f64, extent: f64, count: usize| {
            (((place - from) / extent * count as f64).max(0.0) as usize)
                .min(count.saturating_sub(1))
        };
        let pixels = self.pixels.pixels_mut();
        for y in frame.y0 as usize..(frame.y1.ceil() as usize).min(height) {
            for x in frame.x0 as usize..(frame.x1.ceil() as usize).min(width) {
                let column = cell(x as f64 + 0.5, frame.x0, frame.width(), map.width);
                let row = cell(y as f64 + 0.5, frame.y0, frame.height(), map.height);
                let sum = map.sums.get(row * map.width + column).copied().unwrap_or(0);
                pixels[y * width + x] = opaque(colour(f64::from(sum), limit));
            }
        }
    }

    /// Draws slanting lines over a page whose inks are not known.
    fn hatch(&mut self, frame: Rect) {
        let (width, height) = (self.pixels.width() as usize, self.pixels.height() as usize);
        let pixels = self.pixels.pixels_mut();
        for y in frame.y0 as usize..(frame.y1.ceil() as usize).min(height) {
            for x in frame.x0 as usize..(frame.x1.ceil() as usize).min(width) {
                if (x + y) % 8 < 2 {
                    pixels[y * width + x] = opaque(GREY);
                }
            }
        }
    }

    fn legend(&mut self, x: f64, y: f64, limit: f64, side: f64) {
        for step in 0..SCALE as usize {
            let from = x + step as f64;
            let colour = colour(step as f64 / SCALE * limit, limit);
            self.fill(Rect::new(from, y, from + 1.0, y + 12.0), colour);
        }
        self.outline(Rect::new(x, y, x + SCALE, y + 12.0), 1.0, GREY);
        let base = y + 12.0 + LETTERS + 5.0;
        // Whole hundreds, as far as they leave room for the limit.
        let hundreds =
            (0..).map(|n| f64::from(n) * 100.0).take_while(|percent| *percent < limit - 60.0);
        for percent in hundreds.chain([limit]) {
            let (label, at) = (format!("{percent:.0} %"), x + percent / limit * SCALE);
            self.fill(Rect::new(at - 0.5, y + 12.0, at + 0.5, y + 16.0), GREY);
            let left = (at - self.text_width(&label, LETTERS) / 2.0).max(x);
            self.text(&label, left, base, LETTERS, BLACK);
        }
        let beyond = x + SCALE + 48.0;
        self.fill(Rect::new(beyond, y, beyond + 24.0, y + 12.0), BEYOND);
        self.text("more", beyond, base, LETTERS, BLACK);
        let words = beyond + 64.0;
        self.text("all inks together", words, y + 11.0, LETTERS, BLACK);
        self.text(
            &format!("outlined: the worst square of {side} mm; bold: of all pages"),
            words,
            base,
            LETTERS,
            BLACK,
        );
    }

    fn fill(&mut self, rect: Rect, colour: [u8; 3]) {
        let rect = tiny_skia::Rect::from_ltrb(
            rect.x0 as f32,
            rect.y0 as f32,
            rect.x1 as f32,
            rect.y1 as f32,
        );
        if let Some(rect) = rect {
            self.pixels.fill_rect(rect, &paint(colour), Transform::identity(), None);
        }
    }

    fn outline(&mut self, rect: Rect, width: f64, colour: [u8; 3]) {
        let rect = tiny_skia::Rect::from_ltrb(
            rect.x0 as f32,
            rect.y0 as f32,
            rect.x1 as f32,
            rect.y1 as f32,
        );
        if let Some(rect) = rect {
            let stroke = Stroke { width: width as f32, ..Stroke::default() };
            let path = PathBuilder::from_rect(rect);
            self.pixels.stroke_path(&path, &paint(colour), &stroke, Transform::identity(), None);
        }
    }

    /// Draws text from a point on its baseline.
    fn text(&mut self, text: &str, x: f64, y: f64, size: f64, colour: [u8; 3]) {
        let (outlines, _) = set(&self.font, text, size);
        if let Some(path) = outlines {
            let place = Transform::from_translate(x as f32, y as f32);
            self.pixels.fill_path(&path, &paint(colour), FillRule::Winding, place, None);
        }
    }

    fn text_width(&self, text: &str, size: f64) -> f64 {
        set(&self.font, text, size).1
    }
}

fn paint(colour: [u8; 3]) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(colour[0], colour[1], colour[2], 255);
    paint
}

/// Returns the outlines of a text that begins at the origin, and its width.
fn set(font: &FontData, text: &str, size: f64) -> (Option<Path>, f64) {
    let mut pen = Pen { path: PathBuilder::new(), x: 0.0 };
    let Ok(font) = CffFontRef::new((**font).as_ref(), 0, None) else { return (None, 0.0) };
    let (Some(encoding), Ok(part)) = (font.encoding(), font.subfont(0, &[])) else {
        return (None, 0.0);
    };
    for glyph in text.bytes().filter_map(|byte| encoding.map(byte)) {
        let width = font.draw(&part, glyph, &[], Some(size as f32), &mut pen).ok().flatten();
        pen.x += width.unwrap_or(0.0);
    }
    let width = f64::from(pen.x);
    (pen.path.finish(), width)
}

/// Converts outlines, whose y axis points up, to the image, whose y axis points down.
struct Pen {
    path: PathBuilder,
    x: f32,
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, -y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, -y);
    }
    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + a, -b, self.x + x, -y);
    }
    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x + a, -b, self.x + c, -d, self.x + x, -y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_goes_from_white_to_the_limit_and_warns_beyond() {
        assert_eq!(colour(0.0, 300.0), [255, 255, 255]);
        assert_eq!(colour(150.0, 300.0), [107, 174, 214]);
        assert_eq!(colour(300.0, 300.0), [8, 48, 107]);
        assert_eq!(colour(301.0, 300.0), BEYOND);
    }

    #[test]
    fn text_has_outlines_and_a_width() {
        let font = StandardFont::Helvetica.get_font_data().0;
        let (path, width) = set(&font, "12 %", 100.0);
        // Two digits, a space, a percent sign, in the widths of Helvetica.
        assert!((width - (55.6 * 2.0 + 27.8 + 88.9)).abs() < 0.5, "{width}");
        assert!(path.is_some_and(|path| path.bounds().height() > 60.0));
    }
}
