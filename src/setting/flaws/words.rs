//! The words of a drawing, and how large they are printed.

use std::collections::BTreeMap;

use usvg::{Group, Node, Paint, Text, TextSpan};

/// Words in a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallWords {
    /// The words.
    pub text: String,
    /// Their size as printed, in points.
    pub size: f64,
}

/// The most characters of words that are told.
const MOST: usize = 12;

/// The smallest words of each colour, `None` where that changes; a point of the drawing is so many points
/// of the page.
pub(super) fn smallest(group: &Group, scale: f64) -> Words {
    let mut out = Words::new();
    collect(group, scale, &mut out);
    out
}

/// Words by their colour: red, green, blue.
pub type Words = BTreeMap<Option<[u8; 3]>, SmallWords>;

fn collect(group: &Group, scale: f64, out: &mut Words) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, scale, out),
            Node::Text(text) => of_text(text, scale, out),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn of_text(text: &Text, scale: f64, out: &mut Words) {
    let (_, own) = text.abs_transform().get_scale();
    for chunk in text.chunks() {
        for span in chunk.spans().iter().filter(|span| span.is_visible()) {
            let words = chunk.text().get(span.start()..span.end()).unwrap_or_default().trim();
            if words.is_empty() {
                continue;
            }
            let size = f64::from(span.font_size().get() * own) * scale;
            let words = SmallWords { text: words.chars().take(MOST).collect(), size };
            let least = out.entry(colour_of(span)).or_insert_with(|| words.clone());
            if size < least.size {
                *least = words;
            }
        }
    }
}

fn colour_of(span: &TextSpan) -> Option<[u8; 3]> {
    match span.fill()?.paint() {
        Paint::Color(colour) => Some([colour.red, colour.green, colour.blue]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_words_are_found_by_their_printed_size() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100'>\
            <text x='10' y='20' font-size='12' fill='#000'>black</text>\
            <g transform='scale(0.5)'><text x='10' y='80' font-size='18' \
            fill='#1060a0'>small blue</text></g>\
            <text x='10' y='60' font-size='10' fill='#fff'>white</text></svg>";
        let mut options = usvg::Options::default();
        let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts");
        options.fontdb_mut().load_fonts_dir(fonts);
        let family = options.fontdb.faces().next().map(|face| face.families[0].0.clone());
        options.font_family = family.expect("a font");
        let tree = usvg::Tree::from_str(svg, &options).expect("a drawing");
        let words = smallest(tree.root(), 0.5);
        let found = |colour: [u8; 3]| words.get(&Some(colour)).map(|w| (&*w.text, w.size));
        assert_eq!(found([0; 3]), Some(("black", 6.0)));
        assert_eq!(found([16, 96, 160]), Some(("small blue", 4.5)));
        assert_eq!(found([255; 3]), Some(("white", 5.0)));
    }
}
