//! Visible flaws on the finished pages, with their source locations.

mod words;

use std::collections::BTreeSet;

use typst::layout::{FrameItem, Point};
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;
use usvg::{Fill, Group, Node, Paint, Stroke};

use super::area::Area;
use super::frames::{self, Stance};
use super::lines::{Line, lone};
use super::origins::Origins;
use source::Place;
use words::smallest;
pub use words::{SmallWords, Words};

/// Visible flaws on the finished pages.
#[derive(Debug, Clone, Default)]
pub struct Flaws {
    /// The number of pages.
    pub pages: usize,
    /// Paragraphs whose last line is a single character, each with the page.
    pub runts: Vec<(Place, usize)>,
    /// Paragraphs whose first or last line is alone in its column, each with the page.
    pub strays: Vec<(Place, usize)>,
    /// Raster images as printed.
    pub pictures: Vec<PlacedPicture>,
    /// Drawings as printed.
    pub drawings: Vec<PlacedDrawing>,
    /// The pictures of the house, and of the cover and partners, as printed.
    pub house: Vec<HousePicture>,
}

/// A picture of the house, of the cover or of a partner, as printed.
#[derive(Debug, Clone)]
pub struct HousePicture {
    /// Where it is named.
    pub place: Place,
    /// The page, from 1.
    pub page: usize,
    /// Where it stands.
    pub area: Area,
}

/// A drawing (SVG) as printed.
#[derive(Debug, Clone)]
pub struct PlacedDrawing {
    /// Its source location.
    pub place: Place,
    /// The page, from 1.
    pub page: usize,
    /// Its colours: red, green, blue.
    pub colours: BTreeSet<[u8; 3]>,
    /// Its smallest words of each colour.
    pub words: Words,
}

/// A raster image as printed.
#[derive(Debug, Clone)]
pub struct PlacedPicture {
    /// Its source location.
    pub place: Place,
    /// The page, from 1.
    pub page: usize,
    /// Its width in millimetres.
    pub width: f64,
    /// Its resolution in pixels per inch.
    pub ppi: f64,
}

impl Flaws {
    /// Inspects all pages.
    ///
    /// `house` are the pictures of the house, each with where it is named.
    pub(super) fn of(
        document: &PagedDocument,
        lines: &[Line],
        origins: &Origins,
        house: &[(&[u8], &Place)],
    ) -> Self {
        let mut out = Self { pages: document.pages().len(), ..Self::default() };
        let place = |line: &Line| {
            origins.at(line.page, Some((line.x, line.y))).map(|place| (place, line.page))
        };
        let (runts, strays) = lone(lines);
        out.runts.extend(runts.into_iter().filter_map(place));
        out.strays.extend(strays.into_iter().filter_map(place));
        for (index, page) in document.pages().iter().enumerate() {
            frames::visit(&page.frame, &mut |item, stance| {
                out.picture(item, stance, index + 1, (origins, house))
            });
        }
        out
    }

    fn picture(
        &mut self,
        item: &FrameItem,
        stance: Stance,
        page: usize,
        (origins, house): (&Origins, &[(&[u8], &Place)]),
    ) {
        let FrameItem::Image(image, size, _) = item else { return };
        let at = stance.at();
        // A house's picture is named in its brand file, whatever stands around it.
        let named = |data: &[u8]| house.iter().find(|(bytes, _)| *bytes == data);
        let data: &[u8] = match image.kind() {
            ImageKind::Raster(raster) => raster.data(),
            ImageKind::Svg(svg) => svg.data(),
            ImageKind::Pdf(leaf) => leaf.document().pdf().data().as_ref(),
        };
        if let Some((_, place)) = named(data) {
            let area = stance.area(Point::zero(), *size);
            self.house.push(HousePicture { place: (*place).clone(), page, area });
        }
        let own = match image.kind() {
            ImageKind::Raster(raster) => named(raster.data()).map(|(_, place)| (*place).clone()),
            // Its drawings have the colours that they have.
            ImageKind::Svg(svg) if named(svg.data()).is_some() => return,
            _ => None,
        };
        let around = || origins.at(page, Some((at.x.to_pt(), at.y.to_pt())));
        let Some(place) = own.or_else(around) else { return };
        match image.kind() {
            ImageKind::Svg(svg) => {
                let mut colours = BTreeSet::new();
                colours_of(svg.tree().root(), &mut colours);
                let (_, high) = stance.scale();
                let scale = size.y.to_pt() * high / f64::from(svg.tree().size().height());
                let words = smallest(svg.tree().root(), scale);
                self.drawings.push(PlacedDrawing { place, page, colours, words });
            }
            ImageKind::Raster(raster) => {
                let (wide, high) = stance.scale();
                let (across, down) = (size.x.to_inches() * wide, size.y.to_inches() * high);
                let ppi =
                    (f64::from(raster.width()) / across).min(f64::from(raster.height()) / down);
                self.pictures.push(PlacedPicture { place, page, width: across * 25.4, ppi });
            }
            ImageKind::Pdf(_) => {}
        }
    }
}

fn colours_of(group: &Group, out: &mut BTreeSet<[u8; 3]>) {
    for node in group.children() {
        match node {
            Node::Group(group) => colours_of(group, out),
            Node::Path(path) => {
                let paints = [path.fill().map(Fill::paint), path.stroke().map(Stroke::paint)];
                paints.into_iter().flatten().for_each(|paint| colours_of_paint(paint, out));
            }
            Node::Text(text) => colours_of(text.flattened(), out),
            // A picture of pixels within a drawing has no colours that could be named.
            Node::Image(_) => {}
        }
    }
}

fn colours_of_paint(paint: &Paint, out: &mut BTreeSet<[u8; 3]>) {
    let bytes = |colour: usvg::Color| [colour.red, colour.green, colour.blue];
    match paint {
        Paint::Color(colour) => _ = out.insert(bytes(*colour)),
        Paint::LinearGradient(gradient) => {
            out.extend(gradient.stops().iter().map(|stop| bytes(stop.color())))
        }
        Paint::RadialGradient(gradient) => {
            out.extend(gradient.stops().iter().map(|stop| bytes(stop.color())))
        }
        Paint::Pattern(pattern) => colours_of(pattern.root(), out),
    }
}
