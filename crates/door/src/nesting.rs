//! Nesting of brackets: readers follow it by recursion.

use memchr::memmem;

use crate::lex::{is_space, string_end};

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
    // Whether an inline image has begun: only then does `ID` begin its data.
    let mut image = false;
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
            b'B' if word(b"BI") => image = true,
            b'I' if image && word(b"ID") => {
                image = false;
                at = end_of_image(bytes, at + 2);
                continue;
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

/// Returns where the data of an inline image end: at the first `EI` that stands alone.
pub(crate) fn end_of_image(bytes: &[u8], from: usize) -> usize {
    let alone = |at: &usize| bytes.get(at + 2).is_none_or(|next| is_space(*next));
    memmem::find_iter(&bytes[from..], b"EI").map(|at| from + at).find(alone).unwrap_or(from)
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
