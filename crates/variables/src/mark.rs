//! `{{name}}` and `{{name:format}}` in a text, and the text that a parser is shown instead.

/// What takes the place of `{{` and `}}`: characters of as many bytes that no script has.
const OPEN: char = '\u{378}';
const CLOSE: char = '\u{379}';

/// What takes the place of `\{{`, and of `\\{{` in a quoted value of YAML.
const KEPT: [(&str, char); 2] = [("\\\\{{", '\u{10FFF}'), ("\\{{", '\u{2FE0}')];

/// A mark of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark<'t> {
    /// The variable's name.
    pub name: &'t str,
    /// How its value is printed, if that is said.
    pub format: Option<&'t str>,
    /// What stands between the braces.
    inner: &'t str,
}

impl Mark<'_> {
    /// The mark as its author wrote it.
    pub fn written(&self) -> String {
        format!("{{{{{}}}}}", self.inner)
    }
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text that is printed as it is.
    Text(&'t str),
    /// A mark.
    Mark(Mark<'t>),
}

/// Whether a text can be a variable's name.
pub(crate) fn is_name(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(char::is_alphabetic)
            && part.ends_with(char::is_alphanumeric)
            && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    !text.is_empty() && text.split('.').all(part)
}

/// Reads what stands between braces.
fn read(inner: &str) -> Option<Mark<'_>> {
    let trimmed = inner.trim_matches(' ');
    let (name, format) = match trimmed.split_once(':') {
        Some((name, format)) => (name.trim_end_matches(' '), Some(format.trim_matches(' '))),
        None => (trimmed, None),
    };
    let plain = |format: &str| !format.is_empty() && !format.contains(['{', '}', '\n']);
    (is_name(name) && format.is_none_or(plain)).then_some(Mark { name, format, inner })
}

/// The first mark at or behind `from`, and its bytes.
fn next<'t>(text: &'t str, from: usize, braces: [&str; 2]) -> Option<(Mark<'t>, usize, usize)> {
    let [open, close] = braces;
    let mut at = from;
    loop {
        let start = at + text[at..].find(open)?;
        let inner = &text[start + open.len()..];
        let end = inner.find(close)?;
        match read(&inner[..end]) {
            Some(mark) => return Some((mark, start, start + open.len() + end + close.len())),
            // In `{{{name}}}` the mark begins at the second brace.
            None => at = start + open.chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// The braces of a plain text.
const PLAIN: [&str; 2] = ["{{", "}}"];

/// Returns the pieces of a text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    parted(text, PLAIN)
}

/// Returns the pieces of a text that is masked.
pub fn masked_pieces(text: &str) -> Vec<Piece<'_>> {
    let braces = [OPEN, CLOSE].map(String::from);
    parted(text, [&braces[0], &braces[1]])
}

/// Whether a masked text breaks off within a mark.
pub fn is_open(text: &str) -> bool {
    text.rfind(OPEN).is_some_and(|at| !text[at..].contains(CLOSE))
}

fn parted<'t>(text: &'t str, braces: [&str; 2]) -> Vec<Piece<'t>> {
    let mut out = vec![];
    let (mut from, mut at) = (0, 0);
    while let Some((mark, start, end)) = next(text, at, braces) {
        at = end;
        // In a plain text a backslash keeps the braces.
        if text[from..start].ends_with('\\') && braces == PLAIN {
            keep(&text[from..start - 1], &mut out);
            from = start;
            continue;
        }
        keep(&text[from..start], &mut out);
        out.push(Piece::Mark(mark));
        from = end;
    }
    keep(&text[from..], &mut out);
    out
}

/// Adds text, with the braces that a mask kept.
fn keep<'t>(text: &'t str, out: &mut Vec<Piece<'t>>) {
    let mut from = 0;
    for (at, c) in text.match_indices(KEPT.map(|(_, mask)| mask)) {
        out.extend((from < at).then(|| Piece::Text(&text[from..at])));
        out.push(Piece::Text("{{"));
        from = at + c.len();
    }
    out.extend((from < text.len()).then(|| Piece::Text(&text[from..])));
}

/// Returns a Markdown text with a word in the place of each mark, every other byte where it was;
/// `None` if it has none. A backslash keeps the braces, as it keeps any character.
pub fn mask(text: &str) -> Option<String> {
    masked(text, false)
}

/// The same for YAML, to whose plain values a backslash is a character.
pub fn mask_yaml(text: &str) -> Option<String> {
    masked(text, true)
}

fn masked(text: &str, yaml: bool) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while let Some((mark, start, end)) = next(text, at, PLAIN) {
        at = end;
        let before = &text[from..start];
        let slashes = before.len() - before.trim_end_matches('\\').len();
        if yaml && slashes > 0 {
            let (written, mask) = KEPT[usize::from(slashes == 1)];
            out.push_str(&text[from..start + 2 - written.len()]);
            out.push(mask);
            from = start + 2;
            continue;
        }
        if slashes % 2 == 1 {
            continue;
        }
        out.push_str(before);
        out.push(OPEN);
        out.push_str(mark.inner);
        out.push(CLOSE);
        from = end;
    }
    (from > 0).then(|| out + &text[from..])
}

/// Returns a masked text as its author wrote it.
pub fn restore(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            OPEN => out.push_str("{{"),
            CLOSE => out.push_str("}}"),
            c => match KEPT.iter().find(|(_, mask)| *mask == c) {
                Some((written, _)) => out.push_str(written),
                None => out.push(c),
            },
        }
    }
    out
}
