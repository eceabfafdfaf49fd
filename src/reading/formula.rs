//! Inline formulas: those that can be set as text with superscripts and subscripts.
//!
//! `pulldown-latex` reads them; whatever needs a second line (a fraction, a root, a matrix) is
//! refused with a message, for a column of 22 characters has no place for it.

use std::iter::Peekable;

use pulldown_latex::event::{
    Content, Event, Grouping, RelationContent, ScriptType, StateChange, Visual,
};
use pulldown_latex::{Parser, Storage};

use crate::reading::model::{Inline, Inlines};
use l10n::say;

/// The maximum length of a formula, in bytes: any that fits on a line is shorter, and the limit
/// bounds nesting too.
const MAX_LENGTH: usize = 300;

/// Parses a TeX formula into runs, or returns the reason it cannot be set.
pub(super) fn parse(tex: &str) -> Result<Inlines, String> {
    if tex.len() > MAX_LENGTH {
        return Err(say!("it is too long to be set inline"));
    }
    let storage = Storage::new();
    let mut events = vec![];
    for event in Parser::new(tex, &storage) {
        events.push(event.map_err(|error| {
            let text = error.to_string();
            text.lines().next().map_or_else(|| say!("it is not a formula"), str::to_lowercase)
        })?);
    }
    let mut events = events.into_iter().peekable();
    let mut out = vec![];
    while events.peek().is_some() {
        element(&mut events, &mut out)?;
    }
    Ok(out)
}

fn element<'a>(
    events: &mut Peekable<impl Iterator<Item = Event<'a>>>,
    out: &mut Inlines,
) -> Result<(), String> {
    match events.next() {
        None => return Err(say!("it is incomplete")),
        Some(Event::Content(content)) => push(content, out),
        Some(Event::Begin(Grouping::Normal | Grouping::LeftRight(..))) => {
            while !matches!(events.peek(), None | Some(Event::End)) {
                element(events, out)?;
            }
            events.next();
        }
        Some(Event::Script { ty, .. }) => {
            element(events, out)?;
            let mut script = || -> Result<Inlines, String> {
                let mut body = vec![];
                element(events, &mut body)?;
                Ok(body)
            };
            match ty {
                ScriptType::Superscript => out.push(Inline::Sup { body: script()? }),
                ScriptType::Subscript => out.push(Inline::Sub { body: script()? }),
                ScriptType::SubSuperscript => {
                    out.push(Inline::Sub { body: script()? });
                    out.push(Inline::Sup { body: script()? });
                }
            }
        }
        Some(Event::Space { .. }) => out.push(Inline::text("\u{2009}")),
        Some(Event::StateChange(StateChange::Font(_))) => {}
        Some(Event::Visual(Visual::Fraction(_))) => return Err(say!("a fraction needs two lines")),
        Some(Event::Visual(Visual::SquareRoot | Visual::Root)) => {
            return Err(say!("a root cannot be set inline"));
        }
        Some(_) => return Err(say!("it needs more than superscripts and subscripts")),
    }
    Ok(())
}

fn push(content: Content, out: &mut Inlines) {
    // A binary operator or a relation has a thin space on both sides; a sign has none.
    let spaced = |sign: String| Inline::text(format!("\u{2009}{sign}\u{2009}"));
    match content {
        Content::Text(text) | Content::Number(text) | Content::Function(text) => {
            out.push(Inline::text(text))
        }
        Content::Ordinary { content, .. } if content.is_alphabetic() => {
            out.push(Inline::Var { v: content.to_string() })
        }
        Content::Ordinary { content, .. }
        | Content::LargeOp { content, .. }
        | Content::Delimiter { content, .. }
        | Content::Punctuation(content) => out.push(Inline::text(content)),
        Content::BinaryOp { content, .. } if out.is_empty() => out.push(Inline::text(content)),
        Content::BinaryOp { content, .. } => out.push(spaced(content.to_string())),
        Content::Relation { content, .. } => out.push(spaced(relation(content))),
    }
}

fn relation(content: RelationContent) -> String {
    let mut buffer = [0; 8];
    String::from_utf8_lossy(content.encode_utf8_to_buf(&mut buffer)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_and_indices_are_raised_and_lowered() {
        let text = |v: &str| Inline::text(v);
        assert_eq!(parse("10^{29}"), Ok(vec![text("10"), Inline::Sup { body: vec![text("29")] }]));
        let x_i = vec![
            Inline::Var { v: "x".into() },
            Inline::Sub { body: vec![Inline::Var { v: "i".into() }] },
        ];
        assert_eq!(parse("x_i"), Ok(x_i));
    }

    #[test]
    fn what_needs_two_lines_is_refused() {
        assert_eq!(parse(r"\frac{1}{2}"), Err("a fraction needs two lines".into()));
        assert!(parse(r"\sqrt{2}").is_err());
        assert!(parse(r"\nosuchcommand").is_err());
        assert!(parse("{").is_err());
    }
}
