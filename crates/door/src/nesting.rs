//! Nesting of brackets: readers follow it by recursion.

use crate::inline::inline_image;
use crate::lex::string_end;

/// Returns whether arrays and dictionaries are nested deeper than `limit`, taking every bracket
/// for one: strings and packed data have as many of either kind.
pub fn nested(bytes: &[u8], limit: usize) -> bool {
    let mut depth = 0usize;
    bytes.iter().any(|byte| step(&mut depth, *byte) > limit)
}

fn step(depth: &mut usize, byte: u8) -> usize {
    match byte {
        b'[' | b'<' => *depth += 1,
        b']' | b'>' => *depth = depth.saturating_sub(1),
        _ => {}
    }
    *depth
}

/// Returns whether a content stream nests deeper than `limit`: brackets in strings and in the data
/// of inline images do not count, as they are none.
pub fn content(bytes: &[u8], limit: usize) -> bool {
    // Nearly all content is cleared by the quick look.
    if !nested(bytes, limit) {
        return false;
    }
    let (mut depth, mut at) = (0, 0);
    // Whether inline images can be told from what follows them.
    let mut images = true;
    while let Some(&byte) = bytes.get(at) {
        let word = |word: &[u8]| {
            bytes[at..].starts_with(word)
                && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
                && bytes.get(at + 2).is_none_or(|next| !next.is_ascii_alphanumeric())
        };
        match byte {
            // A string without its end is none, and what follows it is looked at.
            b'(' => {
                if let Some(end) = string_end(bytes, at) {
                    at = end;
                    continue;
                }
            }
            b'B' if images && word(b"BI") => {
                if let Some(end) = inline_image(bytes, at + 2) {
                    at = end;
                    continue;
                }
                // Looking for the end of each that has none would take as long as the square.
                images = false;
            }
            _ => {}
        }
        if step(&mut depth, byte) > limit {
            return true;
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_and_images_are_none() {
        let deep = "[".repeat(50);
        assert!(content(deep.as_bytes(), 20) && nested(deep.as_bytes(), 20));
        let told = |text: String| content(text.as_bytes(), 20);
        assert!(!told(format!("({deep}) Tj")));
        assert!(!told(format!("BI /W 9 /H 9 ID {deep} EI Q")));
        // What only looks like a string or an image hides nothing.
        assert!(told(format!("( {deep}")));
        assert!(told(format!("ID {deep} EI")));
        assert!(told(format!("BI /W 1 ID x EI {deep}")));
        assert!(told(format!("BI /W 1 ID {deep}")));
        assert!(!told("[ ] ".repeat(50)));
    }
}
