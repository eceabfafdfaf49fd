//! The source of a formula as commands and characters.

use std::ops::Range;

/// A command, or a character.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    /// Its text, with the backslash of a command.
    pub(super) text: &'t str,
    /// Where it stands.
    pub(super) at: Range<usize>,
}

impl<'t> Token<'t> {
    /// The name of a command.
    pub(super) fn command(&self) -> Option<&'t str> {
        self.text.strip_prefix('\\')
    }

    /// Whether it is white space.
    pub(super) fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// Takes a formula apart.
pub(super) fn tokens(tex: &str) -> Vec<Token<'_>> {
    let mut out = vec![];
    let mut at = 0;
    while let Some(c) = tex[at..].chars().next() {
        let rest = &tex[at + c.len_utf8()..];
        let name = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let name = if name == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { name };
        let end = at + c.len_utf8() + if c == '\\' { name } else { 0 };
        out.push(Token { text: &tex[at..end], at: at..end });
        at = end;
    }
    out
}

/// The token that closes the one at `open`.
pub(super) fn closing(tokens: &[Token], open: usize, left: &str, right: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if token.text == left {
            depth += 1;
        } else if token.text == right {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Words as they are read: `\%` is a sign, `~` a space that no line breaks at.
pub(super) fn unescaped(words: &str) -> String {
    tokens(words)
        .iter()
        .map(|token| match token.text {
            "~" | "\\ " => "\u{a0}",
            "\\," => "\u{2009}",
            "\\-" => "",
            text => text.strip_prefix('\\').unwrap_or(text),
        })
        .collect()
}
