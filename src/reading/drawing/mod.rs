//! Drawings (SVG) of other programs: read as a browser reads them, and written anew where the
//! program that sets them would draw something else.

mod alternatives;
mod calc;
mod colour;
mod decode;
mod embedded;
mod faces;
mod geometry;
mod node;
mod refuse;
mod sheet;
mod shorthand;
mod value;
mod work;
mod write;

use std::ops::Range;
use std::sync::Arc;

use l10n::say;
use roxmltree::{Document, ParsingOptions};
use svgtypes::{Length, LengthUnit};

pub(super) use faces::Faces;
pub use faces::Families;

/// The namespace of SVG's elements.
const SVG: &str = "http://www.w3.org/2000/svg";
/// The most elements and texts of a drawing: more would take minutes to draw.
const MAX_NODES: u32 = 1_000_000;

/// A drawing that can be set.
#[derive(Debug)]
pub(super) struct Drawing {
    /// The ratio of its width to its height.
    pub ratio: f64,
    /// The characters of its text, each run with its place in `text`.
    pub printed: Vec<(String, Range<usize>)>,
    /// The file's text.
    pub text: String,
    /// The drawing written anew; `None` if the file can be drawn as it is.
    pub written: Option<Arc<str>>,
}

/// Why a drawing cannot be set.
#[derive(Debug, Clone)]
pub(super) struct Why {
    /// Whether it is a drawing, but one that would be drawn wrong.
    pub refused: bool,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Why {
    fn broken(message: String) -> Self {
        Self { refused: false, message, hint: say!("export it again as plain SVG") }
    }
}

/// Reads a drawing for a report in a language.
#[comemo::memoize]
pub(super) fn read(bytes: &[u8], faces: &Faces, lang: &str) -> Result<Arc<Drawing>, Why> {
    within(bytes, faces, lang, 0)
}

/// Reads a drawing that stands in `depth` others.
fn within(bytes: &[u8], faces: &Faces, lang: &str, depth: usize) -> Result<Arc<Drawing>, Why> {
    let (text, plain) = decode::text(bytes)?;
    decode::bound_entities(&text)?;
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..Default::default() };
    let tree = Document::parse_with_options(&text, options)
        .map_err(|error| Why::broken(error.to_string()))?;
    check_root(&tree)?;
    let (written, printed) = write::write(&tree, faces, (lang, depth), !plain)?;
    match &written {
        Some(written) => {
            let again = ParsingOptions { nodes_limit: MAX_NODES, ..Default::default() };
            let written = Document::parse_with_options(written, again)
                .map_err(|error| Why::broken(error.to_string()))?;
            work::check(&written)?;
        }
        None => work::check(&tree)?,
    }
    let drawn = written.as_deref().unwrap_or(&text);
    let ratio = ratio(&tree, drawn)?;
    drop(tree);
    Ok(Arc::new(Drawing { ratio, printed, text, written: written.map(Arc::from) }))
}

fn check_root(tree: &Document) -> Result<(), Why> {
    let root = tree.root_element();
    let name = root.tag_name().name();
    if name != "svg" {
        return Err(Why::broken(say!("its root is `<{name}>`", name)));
    }
    if root.tag_name().namespace() != Some(SVG) {
        return Err(Why::broken(say!("its root has no `xmlns=\"{space}\"`", space = SVG)));
    }
    let length = |name: &str| {
        let length: Length = root.attribute(name)?.parse().ok()?;
        (length.unit != LengthUnit::Percent && length.number > 0.0).then_some(())
    };
    if view_box(tree).is_none() && length("width").and(length("height")).is_none() {
        return Err(Why::broken(say!("it has no size: add a `viewBox`")));
    }
    Ok(())
}

/// Returns the sides of the box that a drawing shows, where it names one.
fn view_box(tree: &Document) -> Option<(f64, f64)> {
    let sides: svgtypes::ViewBox = tree.root_element().attribute("viewBox")?.parse().ok()?;
    Some((sides.w, sides.h))
}

/// Returns the ratio in which a drawing is drawn.
fn ratio(tree: &Document, drawn: &str) -> Result<f64, Why> {
    let options = usvg::Options {
        font_family: String::new(),
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let read =
        usvg::Tree::from_str(drawn, &options).map_err(|error| Why::broken(error.to_string()))?;
    let drawn = f64::from(read.size().width()) / f64::from(read.size().height());
    // The same number, but for the rounding.
    Ok(match view_box(tree).map(|(width, height)| width / height) {
        Some(boxed) if (boxed - drawn).abs() <= drawn * 1e-4 => boxed,
        _ => drawn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWING: &str = r##"<?xml version="1.0" encoding="GBK"?>
<!DOCTYPE svg [<!ENTITY a "b&#38;c;"><!ENTITY c 'd'>]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="4in" height="2in" style="--x:var(--y,1);fill:light-dark(#fff,#000)">
<style>@media print{.a>b,#c:hover,*{font:bold 10px/1.2 'A B',serif;--k:var(--x)}} :root{stroke:var(--k,red)!important} a[b="c"]{}</style>
<switch><foreignObject requiredFeatures="x"><p xmlns="x">t</p></foreignObject><text systemLanguage="en,zh-Hans" x="1 2">t &a; é</text></switch>
<image xlink:href="data:image/png;base64,AA=="/><linearGradient id="g"><stop stop-color="hsl(1,2%,3%)"/></linearGradient></svg>"##;

    /// Numbers that are the same each time, and look like no order (Knuth's MMIX).
    fn numbers(mut seed: u64) -> impl FnMut(usize) -> usize {
        move |below| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        }
    }

    #[test]
    fn torn_and_tangled_drawings_are_read_or_refused_and_nothing_else() {
        let faces = Faces::default();
        let sound = DRAWING.as_bytes();
        for end in 0..sound.len() {
            _ = read(&sound[..end], &faces, "zh-CN");
        }
        let mut number = numbers(1);
        for _ in 0..3000 {
            let mut bytes = sound.to_vec();
            for _ in 0..1 + number(6) {
                let at = number(bytes.len());
                match number(4) {
                    0 => bytes[at] = b"(){}<>;:,'\"&#*@/! "[number(18)],
                    1 => _ = bytes.remove(at),
                    2 => bytes.insert(at, b"(){}<>;:,'\"&#*@/! "[number(18)]),
                    _ => {
                        let end = (at + number(40)).min(bytes.len());
                        let piece = bytes[at..end].to_vec();
                        let to = number(bytes.len());
                        bytes.splice(to..to, piece);
                    }
                }
            }
            _ = read(&bytes, &faces, "en");
        }
    }
}
