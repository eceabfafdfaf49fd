//! What is told of a formula that cannot be read, and where.

use super::fault::{Fault, Why};
use super::habits;
use super::names::{ENVIRONMENTS, commands};
use super::token::{Token, tokens};
use crate::reading::model::Math;
use l10n::say;
use source::nearest;

/// Finds the place of a fault: the parser does not tell it.
///
/// From the token at fault on, the formula cannot be read however it is cut off behind it.
pub(super) fn placed(tex: &str, why: Why, tree: impl Fn(&str) -> Result<Vec<Math>, Why>) -> Fault {
    if let Why::Told(fault) = why {
        return fault;
    }
    let tokens = tokens(tex);
    let same = |count: usize| {
        let end = tokens.get(count).map_or(tex.len(), |token| token.at.start);
        tree(&tex[..end]).is_err_and(|other| other == why)
    };
    let sound = (0..tokens.len()).rev().find(|&count| !same(count));
    let at = sound.unwrap_or(0);
    let token = tokens.get(at).cloned();
    let token = token.unwrap_or(Token { text: tex, at: 0..tex.len() });
    match why {
        Why::Told(fault) => fault,
        Why::Event { message, hint } => Fault { at: token.at, message, hint },
        Why::Parser(said) => {
            // A group is faulty at its end: what is told is where it begins.
            let unknown = said.contains("environment found");
            let opener = match said.rsplit_once("closed with `").map(|(_, closing)| closing) {
                Some(closing) if closing.starts_with("\\right") => Some("\\left"),
                Some(closing) if closing.starts_with("\\end{") => Some("\\begin"),
                _ => unknown.then_some("\\begin"),
            };
            let begin = tokens[..=at.min(tokens.len().saturating_sub(1))]
                .iter()
                .rposition(|token| Some(token.text) == opener);
            let token = begin.map_or(token, |at| tokens[at].clone());
            let name = begin.map_or(&[][..], |at| &tokens[at + 1..]);
            let name = name.iter().map(|token| token.text).skip_while(|text| *text != "{").skip(1);
            let group: String = name.take_while(|text| *text != "}").collect();
            told(&said, token, &group)
        }
    }
}

/// What is told of what the parser says.
fn told(said: &str, token: Token, group: &str) -> Fault {
    let at = token.at.clone();
    let written = token.text;
    let (message, hint) = match said.strip_prefix("parsing error: ").unwrap_or(said) {
        "unknown primitive command found" => {
            let name = token.command().unwrap_or(written);
            (say!("`{written}` is not known", written), unknown(name))
        }
        said if said.starts_with("unkown mathematical environment") => (
            say!("the environment `{name}` is not known", name = group),
            match nearest(group, ENVIRONMENTS) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None => say!("write `aligned`, `cases`, `matrix` or `array`"),
            },
        ),
        said if said.contains("unexpected group closing") => (
            say!("nothing opens what `{written}` closes", written),
            say!("remove it, or open it before: `{{`, `\\left`, `\\begin`"),
        ),
        said if said.starts_with("unbalanced group") => {
            let closing = said.rsplit_once("with `").map_or("}", |(_, rest)| rest);
            let closing = closing.trim_end_matches('`');
            (
                say!("`{written}` is not closed", written),
                say!("write `{closing}` where it ends", closing),
            )
        }
        "trying to add a subscript twice to the same element"
        | "trying to add a superscript twice to the same element" => (
            say!("two scripts stand in one place: `{written}`", written),
            say!("put braces around what belongs together: `x^{{a^b}}` or `{{x^a}}^b`"),
        ),
        "alignment not allowed in current environment" => (
            say!("`&` stands where there is nothing to align, or too often in a line"),
            say!(
                "write `\\&` for the sign, or put lines into `\\begin{{aligned}}…\\end{{aligned}}`"
            ),
        ),
        "new line command not allowed in current environment" => (
            say!("`\\\\` stands where a formula has one line"),
            say!("put lines into `\\begin{{aligned}}…\\end{{aligned}}`"),
        ),
        "expected a token" | "expected an argument" => (
            say!("something is missing behind `{written}`", written),
            say!("write it, in braces where it is more than one character"),
        ),
        "expected a delimiter token" => (
            say!("`{written}` has no delimiter", written),
            say!("write one behind it, such as `(` or `\\{{`, or `.` for none"),
        ),
        _ => (
            say!("it cannot be read at `{written}`", written),
            say!("write it in another way, or draw it as a figure"),
        ),
    };
    Fault { at, message, hint }
}

/// A hint for a command that is not known.
fn unknown(name: &str) -> String {
    if let Some(hint) = habits::instead(name) {
        return hint;
    }
    let known = commands().filter(|known| known.len() > 1);
    match nearest(name, known) {
        // Of so few letters, what is near means something else.
        Some(meant) if name.len() > 3 => say!("did you mean `\\{meant}`?", meant),
        _ => say!(
            "write `\\operatorname{{…}}` for a function's name, `\\text{{…}}` for words, or draw the formula as a figure"
        ),
    }
}
