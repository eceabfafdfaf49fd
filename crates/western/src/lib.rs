//! English text as a typesetter sees it.
//!
//! Which language a piece of text is set in, and what a typewriter's marks stand for: straight
//! quotes, apostrophes, feet and inches, `--`, `---`, `...`. It knows no document format: what is
//! not read, such as code or an address, is one [`OBJECT`].
//!
//! ```
//! use western::{Language, set};
//!
//! assert_eq!(set("\"It's\" -- the '90s..."), "“It’s” – the ’90s…");
//! assert_eq!(set("a 6' 2\" door"), "a 6′ 2″ door");
//! assert_eq!(Language::of("Scaling laws hold for 张伟, too.", "en"), Language::English);
//! ```

mod addresses;
mod dashes;
mod language;
mod quotes;

use std::ops::Range;

pub use language::Language;

/// A placeholder for code, a formula or an address, which are not read.
pub const OBJECT: char = '\u{FFFC}';

/// A mark of a typewriter, and what is set for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// Its characters.
    pub range: Range<usize>,
    /// What is set.
    pub text: String,
}

/// What is found of a typewriter's marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Those that are sure, in order.
    pub turned: Vec<Turned>,
    /// The straight quotes that may face either way: they stay as they are.
    pub unsure: Vec<usize>,
}

/// Reads the typewriter's marks of a text, which is one paragraph.
pub fn marks(text: &[char]) -> Marks {
    let masked = addresses::masked(text);
    let text = masked.as_deref().unwrap_or(text);
    let (mut turned, unsure) = quotes::read(text);
    turned.extend(dashes::read(text));
    turned.sort_by_key(|mark| mark.range.start);
    Marks { turned, unsure }
}

/// Returns a text with its marks set.
pub fn set(text: &str) -> String {
    if !text.contains(is_typed) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for Turned { range, text } in marks(&chars).turned {
        out.extend(&chars[at..range.start]);
        out.push_str(&text);
        at = range.end;
    }
    out.extend(&chars[at..]);
    out
}

/// Whether a character may be part of a typewriter's mark.
pub fn is_typed(c: char) -> bool {
    matches!(c, '"' | '\'' | '-' | '.')
}

/// Whether a mark of punctuation ends what stands before it: a footnote's mark follows it.
///
/// ```
/// assert!(western::is_stop(',') && western::is_stop('”') && !western::is_stop('—'));
/// ```
pub fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '”' | '’' | '"')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || cjk::is_invisible(c)
}
