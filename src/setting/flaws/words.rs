//! The words of a drawing, and how large they are printed.

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

/// The smallest words in black or grey, and those in any other colour or in white; a point of the drawing
/// is so many points of the page.
pub(super) fn smallest(group: &Group, scale: f64) -> [Option<SmallWords>; 2] {
    let mut out = [None, None];
    collect(group, scale, &mut out);
    out
}

fn collect(group: &Group, scale: f64, out: &mut [Option<SmallWords>; 2]) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, scale, out),
            Node::Text(text) => of_text(text, scale, out),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn of_text(text: &Text, scale: f64, out: &mut [Option<SmallWords>; 2]) {
    let (_, own) = text.abs_transform().get_scale();
    for chunk in text.chunks() {
        for span in chunk.spans().iter().filter(|span| span.is_visible()) {
            let words = chunk.text().get(span.start()..span.end()).unwrap_or_default().trim();
            if words.is_empty() {
                continue;
            }
            let size = f64::from(span.font_size().get() * own) * scale;
            let least = &mut out[usize::from(!is_black(span))];
            if least.as_ref().is_none_or(|least| size < least.size) {
                let text = words.chars().take(MOST).collect();
                *least = Some(SmallWords { text, size });
            }
        }
    }
}

/// Whether words are printed in black ink alone.
fn is_black(span: &TextSpan) -> bool {
    let Some(fill) = span.fill() else { return false };
    let grey = |paint: &Paint| match paint {
        Paint::Color(colour) => {
            colour.red == colour.green && colour.green == colour.blue && colour.red < 255
        }
        _ => false,
    };
    grey(fill.paint()) && span.stroke().is_none_or(|stroke| grey(stroke.paint()))
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
        let [black, other] = smallest(tree.root(), 0.5);
        let found = |words: Option<SmallWords>| words.map(|words| (words.text, words.size));
        assert_eq!(found(black), Some(("black".to_owned(), 6.0)));
        assert_eq!(found(other), Some(("small blue".to_owned(), 4.5)));
    }
}
