//! A problem as people read it: its severity and message, the line it is on, and its hints.

use std::borrow::Cow;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use l10n::say;
use source::{Diagnostic, Severity};
use unicode_width::UnicodeWidthChar;

/// The width of a tab in columns.
const TAB: usize = 4;

const FRAME: Style = AnsiColor::Cyan.on_default();
const MESSAGE: Style = Style::new().bold();

/// Formats a problem with colours, as lines that end with an empty one.
pub(crate) fn of(problem: &Diagnostic) -> String {
    let (word, bright, colour) = match problem.severity {
        Severity::Error => (say!("error"), AnsiColor::BrightRed, AnsiColor::Red),
        Severity::Warning => (say!("warning"), AnsiColor::BrightYellow, AnsiColor::Yellow),
    };
    let head = bright.on_default().bold();
    let code = problem.rule.map(|rule| format!("[{}]", rule.code)).unwrap_or_default();
    let message = harmless(&short(&problem.message));
    let mut out = format!("{head}{word}{code}{head:#}{MESSAGE}: {message}{MESSAGE:#}\n");

    let hints = problem.hints.iter().map(|hint| harmless(&short(&say!("hint: {hint}", hint))));
    let mut notes: Vec<_> = hints.collect();
    let mut gutter = 0;
    match &problem.place {
        Some(place) if !place.file.text.is_empty() => {
            let (line, _) = place.line_column();
            gutter = line.to_string().len();
            let shown = Shown::of(&place.file.text, place.range.start, place.range.end);
            let place = harmless(&place.to_string());
            let label = colour.on_default();
            let frame = format!("{:gutter$} {FRAME}|{FRAME:#}", "");
            let mark = |text: &str| match text {
                "" => String::new(),
                text => format!("{label}{text}{label:#}"),
            };
            let Shown { before, within, after, indent, carets } = shown;
            let within = mark(&within);
            let carets = mark(&"^".repeat(carets));
            out += &format!("{:gutter$} {FRAME}-->{FRAME:#} {place}\n{frame}\n", "");
            out += &format!("{FRAME}{line}{FRAME:#} {FRAME}|{FRAME:#} {before}{within}{after}\n");
            out += &format!("{frame} {}{carets}\n", " ".repeat(indent));
            if !notes.is_empty() {
                out += &format!("{frame}\n");
            }
        }
        // A file that is missing or is not text has no line to show.
        Some(place) => notes.insert(0, harmless(&place.to_string())),
        None => {}
    }
    for note in notes {
        for (at, line) in note.lines().enumerate() {
            let bullet = if at == 0 { format!("{FRAME}={FRAME:#}") } else { " ".to_owned() };
            _ = writeln!(out, "{:gutter$} {bullet} {line}", "");
        }
    }
    out + "\n"
}

/// A line of a file: what is pointed at, what stands on both sides, and the carets below.
struct Shown {
    before: String,
    within: String,
    after: String,
    /// The columns before the first caret.
    indent: usize,
    /// The number of carets.
    carets: usize,
}

impl Shown {
    /// Shows the first line of a span of `text`.
    fn of(text: &str, start: usize, end: usize) -> Self {
        let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = &text[first..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        let (cut, line) = excerpt(line, start - first);
        let first = first + cut;
        let line = harmless(&line);
        let until = line.len().max(start - first);
        // An empty span is shown by one caret, before the character that follows it.
        let (start, end) = (start - first, (end.min(first + until) - first).max(start - first + 1));
        let mut shown = Self {
            before: String::new(),
            within: String::new(),
            after: String::new(),
            indent: 0,
            carets: 0,
        };
        let mut column = 0;
        for (at, c) in line.char_indices() {
            let width = if c == '\t' { TAB - column % TAB } else { c.width().unwrap_or(0) };
            column += width;
            let part = if at + c.len_utf8() <= start {
                shown.indent += width;
                &mut shown.before
            } else if at < end {
                shown.carets += width;
                &mut shown.within
            } else {
                &mut shown.after
            };
            match c {
                '\t' => part.extend(std::iter::repeat_n(' ', width)),
                c => part.push(c),
            }
        }
        // At the end of the line, there is no character to stand below.
        if shown.within.is_empty() {
            shown.carets = 1;
        }
        shown
    }
}

/// The most characters of a line that are shown.
const EXCERPT: usize = 200;
/// How many of them stand before what is pointed at.
const BEFORE: usize = 80;
/// The most characters of a message.
const MESSAGE_LENGTH: usize = 600;

/// Cuts a message that quotes what is very long.
fn short(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MESSAGE_LENGTH) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Cuts a long line around a byte of it; returns how many bytes are cut at its start, and the
/// rest, with `…` where more is cut.
fn excerpt(line: &str, at: usize) -> (usize, Cow<'_, str>) {
    if line.chars().nth(EXCERPT).is_none() {
        return (0, Cow::Borrowed(line));
    }
    let at = line.floor_char_boundary(at);
    let start = line[..at].char_indices().rev().nth(BEFORE - 1).map_or(0, |(start, _)| start);
    let end = line[start..].char_indices().nth(EXCERPT);
    let end = end.map_or(line.len(), |(end, _)| start + end);
    let mut shown = line[start..end].to_owned();
    if start > 0 {
        // As wide as what it stands for, in bytes as well: places do not change.
        let first = shown.chars().next().map_or(0, char::len_utf8);
        if first == '…'.len_utf8() {
            shown.replace_range(..first, "…");
        } else {
            shown.replace_range(..first, &".".repeat(first));
        }
    }
    if end < line.len() {
        shown.push('…');
    }
    (start, Cow::Owned(shown))
}

/// Makes text harmless to a terminal: replaces control and bidirectional characters, each by one
/// of as many bytes, so that positions do not change.
fn harmless(text: &str) -> String {
    let replace = |c: char| match c {
        '\n' | '\t' => c,
        c if !cjk::acts_on_terminal(c) => c,
        c if c.len_utf8() == 3 => '\u{FFFD}',
        c if c.len_utf8() == 2 => '·',
        _ => '?',
    };
    text.chars().map(replace).collect()
}

#[cfg(test)]
mod tests {
    use super::Shown;

    /// The line and, below it, the carets.
    fn drawn(text: &str, start: usize, end: usize) -> (String, String) {
        let Shown { before, within, after, indent, carets } = Shown::of(text, start, end);
        (format!("{before}{within}{after}"), " ".repeat(indent) + &"^".repeat(carets))
    }

    fn is(text: &str, range: std::ops::Range<usize>, line: &str, carets: &str) {
        assert_eq!(drawn(text, range.start, range.end), (line.into(), carets.into()), "{text:?}");
    }

    #[test]
    fn carets_stand_below_what_they_mean() {
        is("ab\ncd ef\n", 6..8, "cd ef", "   ^^");
        // A Chinese character is two columns wide, a tab ends at every fourth.
        is("汉字ab", 3..7, "汉字ab", "  ^^^");
        is("a\tb\tc", 2..5, "a   b   c", "    ^^^^^");
        is("\tx", 0..1, "    x", "^^^^");
    }

    #[test]
    fn a_span_is_shown_to_the_end_of_its_first_line() {
        is("ab\ncd", 1..5, "ab", " ^");
        is("ab\x07\ncd", 0..6, "ab?", "^^^");
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_meant() {
        let text = format!("{}错{}\nnext", "长".repeat(5000), "x".repeat(5000));
        let start = 5000 * '长'.len_utf8();
        let (line, carets) = drawn(&text, start, start + 3);
        assert!(line.starts_with('…') && line.ends_with('…'), "{line}");
        assert!(line.chars().count() <= 201 && line.contains("长错x"), "{line}");
        // 80 characters of two columns, the first of them cut.
        assert_eq!(carets, " ".repeat(79 * 2 + 1) + "^^");
        let (line, carets) = drawn(&"y".repeat(900_000), 0, 900_000);
        assert_eq!((line.chars().count(), carets.len()), (201, 201));
        // At the end of a long line.
        let text = "z".repeat(1000);
        assert_eq!(drawn(&text, 1000, 1000).1, " ".repeat(80) + "^");
    }

    #[test]
    fn an_empty_span_has_one_caret() {
        is("ab", 0..0, "ab", "^");
        is("ab\n", 2..2, "ab", "  ^");
        is("ab\n", 3..3, "", "^");
        is("汉", 0..0, "汉", "^^");
    }
}
