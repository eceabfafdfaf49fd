//! Pictures that are written nearly right.

use super::{Found, Reader};
use copydesk::{Letter, ProseKind};
use l10n::say;

/// The marks that begin and end a title: those that Markdown has, and those that are typed for them.
const QUOTES: &[char] = &['"', '\'', '“', '”', '＂', '‘', '’', '「', '」'];

impl Reader<'_> {
    /// Reads `![` where it begins no picture.
    pub(super) fn picture(&self, at: usize) -> Option<Found> {
        let wide = self.starts(at, "！［") || self.starts(at, "!［");
        if !self.starts(at, "![") && !wide {
            return None;
        }
        let written = self.written(at);
        let Some((length, right)) = mended(written) else {
            let hint = say!("a picture is `![…](figures/name.svg)`; to print it, write `\\!`");
            return Found::mark(at..at + 2, hint);
        };
        let shown = &written[..length];
        let start = self.prose.letters[at].at.start;
        let within = |letter: &&Letter| letter.at.start < start + length;
        let letters = self.prose.letters[at..].iter().take_while(within).count();
        Some(Found {
            range: at..at + letters,
            message: Some(say!("`{shown}` is not read as a picture", shown)),
            hint: say!("write `{right}` in a paragraph of its own", right),
            error: true,
        })
    }
}

impl Reader<'_> {
    /// `|300` and `|300x200` at the end of a caption: the size of a picture in Obsidian.
    pub(super) fn size_of_picture(&self, at: usize) -> Option<Found> {
        let end = self.chars.len();
        if self.prose.kind != ProseKind::Caption || end - at > 12 {
            return None;
        }
        let size = self.text(at + 1..end);
        let sides: Vec<&str> = size.split(['x', '×']).collect();
        let number =
            |side: &&str| (2..5).contains(&side.len()) && side.bytes().all(|b| b.is_ascii_digit());
        if sides.len() > 2 || !sides.iter().all(number) {
            return None;
        }
        let hint = say!(
            "write its width as a share of the text's, behind the picture: `![…](…){{width=50%}}`"
        );
        Found::mark(at..end, hint)
    }
}

/// Whether a file is a picture by its name.
pub(in super::super) fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| {
        ["svg", "png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "bmp"].contains(&&*ending)
    })
}

/// Returns how much of a line was to be a picture, and the picture as it is to be written; `None` if
/// no file is named.
pub(in super::super) fn mended(line: &str) -> Option<(usize, String)> {
    let inner = line.trim_start_matches(['!', '！']).strip_prefix(['[', '［'])?;
    if let Some(name) = inner.strip_prefix('[') {
        let end = name.find("]]")?;
        let path = name[..end].split('|').next().unwrap_or_default();
        let length = line.len() - name.len() + end + "]]".len();
        return Some((length, picture(&say!("caption"), path, "")));
    }
    let close = closing(inner, ['[', '［'], [']', '］'])?;
    let rest = inner[close..].trim_start_matches([']', '］']).trim_start_matches(' ');
    let address = rest.strip_prefix(['(', '（'])?;
    let end = closing(address, ['(', '（'], [')', '）'])?;
    let bracket = address[end..].chars().next().map_or(1, char::len_utf8);
    let length = line.len() - address.len() + end + bracket;
    let whole = address[..end].trim();
    let (path, title) = match whole.find(QUOTES) {
        Some(at) => (whole[..at].trim(), title(&whole[at..])),
        None => (whole, String::new()),
    };
    // `=300x` and the like is a width elsewhere.
    let path = path.split(" =").next().unwrap_or(path);
    let path = path.trim_start_matches('<').trim_end_matches('>');
    (!path.is_empty()).then(|| (length, picture(&inner[..close], path, &title)))
}

/// What stands between the first mark of a title and its last one; quotes within are Chinese ones.
fn title(written: &str) -> String {
    let mark = written.chars().next().map_or(0, char::len_utf8);
    let end = written.rfind(QUOTES).filter(|end| *end > 0).unwrap_or(written.len());
    let mut is_open = false;
    let quote = |c| {
        if c != '"' {
            return c;
        }
        is_open = !is_open;
        if is_open { '“' } else { '”' }
    };
    written[mark.min(end)..end].chars().map(quote).collect()
}

/// Returns where the bracket closes that stands before a text.
fn closing(text: &str, opening: [char; 2], closing: [char; 2]) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        depth += i32::from(opening.contains(&c)) - i32::from(closing.contains(&c));
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Writes a picture; an address with spaces or brackets stands between `<` and `>`.
fn picture(caption: &str, path: &str, title: &str) -> String {
    let path = path.replace('\\', "/");
    let odd = path.contains([' ', '\u{3000}', '(', ')', '（', '）']);
    let path = if odd { format!("<{path}>") } else { path };
    let title = if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
    format!("![{caption}]({path}{title})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_written_as_it_was_meant() {
        for (line, right) in [
            ("![图](figures/my chart.png)。（见下）", "![图](<figures/my chart.png>)"),
            ("![图](a.svg “来源：某”)", "![图](a.svg \"来源：某\")"),
            ("![图]（a.svg）后", "![图](a.svg)"),
            ("![[a.svg|300]]", "![caption](a.svg)"),
            ("！［图］（图 1.png \"源\"）", "![图](<图 1.png> \"源\")"),
            ("![图](a.svg =300x)", "![图](a.svg)"),
            ("![甲[1]] (a.svg)", "![甲[1]](a.svg)"),
            ("![甲](a.svg \"来源：\"院\"\")", "![甲](a.svg \"来源：“院”\")"),
            ("![甲](a.svg \"来源：院\" =50%x)", "![甲](a.svg \"来源：院\")"),
            ("![甲](a.svg\"来源：院\")", "![甲](a.svg \"来源：院\")"),
            ("![甲](a.svg　“来源：院”)", "![甲](a.svg \"来源：院\")"),
        ] {
            let (_, mended) = mended(line).expect("a picture");
            assert_eq!(mended, right);
        }
        assert_eq!(mended("![注]后"), None);
    }
}
