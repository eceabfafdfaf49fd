//! Chemistry, `\ce{H2O}` and `\pu{5 kJ/mol}`: from mhchem's notation to TeX that is read here.
//!
//! `ratex-parser` reads it. What it makes of it holds boxes of TeX that only place signs.

use super::names::commands;
use super::token::{Token, closing, tokens};
use l10n::say;

/// The maximum length, in bytes: the time that reading takes grows with its square.
const MAX_LENGTH: usize = 200;

/// A box without width, as high as a capital letter: what scripts stand at.
const STRUT: &str = r"\Space{0em}{0.66em}{0em}";

/// Arrows with words over and under them, and without.
const ARROWS: [(&str, &str); 4] = [
    ("xrightarrow", r"\longrightarrow"),
    ("xleftarrow", r"\longleftarrow"),
    ("xleftrightarrow", r"\longleftrightarrow"),
    ("xrightleftharpoons", "⇌"),
];

/// Returns the TeX of what stands in the braces of `\ce` or `\pu`, or why there is none.
pub(super) fn tex(written: &str, command: &str) -> Result<String, String> {
    if written.len() > MAX_LENGTH {
        return Err(say!("it is too long"));
    }
    let tex = ratex_parser::mhchem::chem_parse_str(written, command)
        .map_err(|_| say!("it is no chemical formula"))?;
    let mut out = String::with_capacity(tex.len());
    plainer(&tex, &mut out);
    let known = |name: &str| {
        name.chars().all(|c| !c.is_ascii_alphabetic()) || commands().any(|c| c == name)
    };
    let unknown = tokens(&out).into_iter().find(|t| t.command().is_some_and(|name| !known(name)));
    match unknown {
        None => Ok(out),
        Some(token) => Err(say!("it holds what cannot be set: `{sign}`", sign = token.text)),
    }
}

/// Writes TeX without boxes that hold no sign.
fn plainer(tex: &str, out: &mut String) {
    let tokens = tokens(tex);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let Some(command) = token.command() else {
            out.push_str(token.text);
            continue;
        };
        match command {
            "vphantom" => {
                group(tex, &tokens, &mut at);
                out.push_str(STRUT);
            }
            "hphantom" => {
                group(tex, &tokens, &mut at);
            }
            "smash" | "mathllap" | "mathrlap" => {
                bracket(tex, &tokens, &mut at);
                braced(group(tex, &tokens, &mut at), out);
            }
            "mathchoice" => {
                braced(group(tex, &tokens, &mut at), out);
                for _ in 0..3 {
                    group(tex, &tokens, &mut at);
                }
            }
            _ => match ARROWS.iter().find(|(name, _)| *name == command) {
                Some((_, bare)) => {
                    let below = bracket(tex, &tokens, &mut at).unwrap_or_default();
                    let above = group(tex, &tokens, &mut at);
                    for (name, words) in [("overset", above), ("underset", below)] {
                        if !words.trim().is_empty() {
                            out.push('\\');
                            out.push_str(name);
                            braced(words, out);
                        }
                    }
                    let sign = if above.is_empty() && below.is_empty() { bare } else { sign(bare) };
                    out.push_str(&format!("{{{sign}}}"));
                }
                None => out.push_str(token.text),
            },
        }
    }
}

/// The sign of an arrow that is as long as the words at it.
fn sign(bare: &str) -> &str {
    match bare {
        r"\longrightarrow" => "→",
        r"\longleftarrow" => "←",
        r"\longleftrightarrow" => "↔",
        other => other,
    }
}

fn braced(tex: &str, out: &mut String) {
    out.push('{');
    plainer(tex, out);
    out.push('}');
}

/// Takes what stands in the braces that follow.
fn group<'t>(tex: &'t str, tokens: &[Token], at: &mut usize) -> &'t str {
    inside(tex, tokens, at, "{", "}").unwrap_or_default()
}

/// Takes what stands in the brackets that follow, if any do.
fn bracket<'t>(tex: &'t str, tokens: &[Token], at: &mut usize) -> Option<&'t str> {
    inside(tex, tokens, at, "[", "]")
}

fn inside<'t>(
    tex: &'t str,
    tokens: &[Token],
    at: &mut usize,
    left: &str,
    right: &str,
) -> Option<&'t str> {
    tokens.get(*at).filter(|token| token.text == left)?;
    let end = closing(tokens, *at, left, right)?;
    let out = &tex[tokens[*at].at.end..tokens[end].at.start];
    *at = end + 1;
    Some(out)
}
