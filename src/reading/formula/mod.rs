//! Formulas in TeX: read into trees, which templates set.
//!
//! `pulldown-latex` reads them; its events become data. What it does not know, or reads by half, is
//! refused at its place.

mod alt;
mod build;
mod chem;
mod fault;
mod grid;
mod habits;
mod names;
mod plain;
mod rows;
mod scan;
mod script;
mod token;
mod told;

use pulldown_latex::event::Event;
use pulldown_latex::{Parser, Storage};

use super::model::{Formula, Math};
use l10n::say;

pub(super) use fault::Fault;
use fault::Why;

/// The maximum length of a formula, in bytes: it fits on a page, and bounds the work.
const MAX_LENGTH: usize = 4000;

/// Reads a formula; `lang` is the language, a BCP 47 tag, in which it is read out.
pub(super) fn parse(tex: &str, lang: &str) -> Result<Formula, Fault> {
    if tex.len() > MAX_LENGTH {
        return Err(Fault {
            at: 0..tex.len(),
            message: say!("it is too long"),
            hint: say!("split it, or draw it as a figure"),
        });
    }
    let math = tree(tex).map_err(|why| told::placed(tex, why, tree))?;
    if math.is_empty() {
        return Err(Fault {
            at: 0..tex.len(),
            message: say!("it is empty"),
            hint: say!("write a formula, or `\\$` for a dollar sign"),
        });
    }
    let (alt, plain) = (alt::read_out(&math, lang), plain::plain(&math));
    let tall = rows::is_tall(&math);
    Ok(Formula { math, alt, plain, tall })
}

fn tree(tex: &str) -> Result<Vec<Math>, Why> {
    let prepared = scan::prepared(tex).map_err(Why::Told)?;
    let storage = Storage::new();
    let mut events: Vec<Event> = vec![];
    for event in Parser::new(&prepared, &storage) {
        let said = |text: String| text.lines().next().unwrap_or_default().to_owned();
        events.push(event.map_err(|error| Why::Parser(said(error.to_string())))?);
    }
    build::build(&events)
}

#[cfg(test)]
mod tests;
