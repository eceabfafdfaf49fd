//! The colours of a logo, by how much of it they cover.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use brand::tone::Rgb;
use image::GenericImageView;
use usvg::{Group, Node, Options, Paint, Tree};

/// The side of the picture that is counted, in pixels: areas need no more.
const SIDE: u32 = 96;

/// Reads the colours of a logo in SVG, PNG, JPEG or another format of pixels.
pub fn colours_of(path: &Path) -> io::Result<BTreeMap<Rgb, f32>> {
    let bytes = fs::read(path)?;
    let mut out = BTreeMap::new();
    match Tree::from_data(&bytes, &Options::default()) {
        Ok(tree) => of_group(tree.root(), &mut out),
        Err(_) => of_pixels(&bytes, &mut out)?,
    }
    Ok(out)
}

fn of_group(group: &Group, out: &mut BTreeMap<Rgb, f32>) {
    for node in group.children() {
        match node {
            Node::Group(group) => of_group(group, out),
            Node::Path(path) => {
                let area = path.abs_bounding_box();
                let fill = path.fill().map(|fill| (fill.paint(), area.width() * area.height()));
                let around = 2.0 * (area.width() + area.height());
                let stroke =
                    path.stroke().map(|stroke| (stroke.paint(), around * stroke.width().get()));
                for (paint, area) in [fill, stroke].into_iter().flatten() {
                    match paint {
                        Paint::Color(c) => add(out, [c.red, c.green, c.blue], area),
                        Paint::LinearGradient(gradient) => {
                            stops(out, gradient.stops(), area);
                        }
                        Paint::RadialGradient(gradient) => {
                            stops(out, gradient.stops(), area);
                        }
                        Paint::Pattern(_) => {}
                    }
                }
            }
            Node::Text(text) => of_group(text.flattened(), out),
            Node::Image(_) => {}
        }
    }
}

fn stops(out: &mut BTreeMap<Rgb, f32>, stops: &[usvg::Stop], area: f32) {
    let share = area / stops.len().max(1) as f32;
    for stop in stops {
        let colour = stop.color();
        add(out, [colour.red, colour.green, colour.blue], share);
    }
}

fn add(out: &mut BTreeMap<Rgb, f32>, colour: Rgb, area: f32) {
    *out.entry(colour).or_default() += area;
}

/// Counts pixels; colours that differ little are counted as one.
fn of_pixels(bytes: &[u8], out: &mut BTreeMap<Rgb, f32>) -> io::Result<()> {
    let picture = image::load_from_memory(bytes).map_err(io::Error::other)?;
    let mut near: BTreeMap<[u8; 3], BTreeMap<Rgb, f32>> = BTreeMap::new();
    for (_, _, pixel) in picture.thumbnail(SIDE, SIDE).pixels() {
        let [r, g, b, alpha] = pixel.0;
        if alpha > 127 {
            let kind = [r, g, b].map(|part| part / 24);
            add(near.entry(kind).or_default(), [r, g, b], 1.0);
        }
    }
    for colours in near.values() {
        let most = colours.iter().max_by(|a, b| a.1.total_cmp(b.1));
        if let Some((colour, _)) = most {
            add(out, *colour, colours.values().sum());
        }
    }
    Ok(())
}
