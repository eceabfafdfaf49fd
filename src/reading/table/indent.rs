//! How far the text of a cell is set in: by spaces before it, as account items are.

/// The blanks that are as wide as a character, or half as wide, as text and as HTML writes them.
const WHOLE: [&str; 7] =
    ["\u{3000}", "\u{2003}", "\t", "&emsp;", "&#12288;", "&#x3000;", "&#8195;"];
const HALF: [&str; 6] = ["\u{2002}", "\u{a0}", "&ensp;", "&nbsp;", "&#160;", "&#xa0;"];

/// The most that a cell is set in, in ems.
pub(in crate::reading) const MOST: f64 = 8.0;

/// Reads the blanks before a text, in ems. A space is narrower than a character: two are as wide, and one
/// alone is taken for a slip.
pub(in crate::reading) fn of(text: &str) -> f64 {
    let (mut ems, mut spaces, mut rest) = (0.0, 0_u32, text);
    loop {
        let after = |marks: &[&str]| marks.iter().find_map(|mark| rest.strip_prefix(mark));
        rest = if let Some(rest) = rest.strip_prefix(' ') {
            spaces += 1;
            rest
        } else if let Some(rest) = after(&WHOLE) {
            ems += 1.0;
            rest
        } else if let Some(rest) = after(&HALF) {
            ems += 0.5;
            rest
        } else {
            break;
        };
    }
    let ems: f64 = if rest.trim().is_empty() { 0.0 } else { ems + f64::from(spaces / 2) };
    ems.min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_before_a_text_set_it_in() {
        for (text, ems) in [
            ("其中", 0.0),
            (" 其中", 0.0),
            ("  其中", 1.0),
            ("    其中", 2.0),
            ("　其中", 1.0),
            (" 　　其中", 2.0),
            ("&emsp;&ensp;其中", 1.5),
            ("\t其中", 1.0),
            ("　　", 0.0),
            ("", 0.0),
        ] {
            assert_eq!(of(text), ems, "{text:?}");
        }
    }
}
