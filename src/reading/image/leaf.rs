//! Pages of PDFs that stand on the report's pages: a partner's advertisement, a finished cover.

use std::sync::Arc;

use l10n::say;
use placed::{Area, Refusal, Single, Unfit};
use source::{Diagnostic, Place};

use crate::rules;

/// A page of a PDF that was read.
pub(in crate::reading) struct Leaf {
    /// The path by which a template names it.
    pub path: String,
    /// The page by itself.
    pub single: Arc<Single>,
    /// What is told of it.
    pub told: Option<Diagnostic>,
}

/// Reads a page, counted from 1, of a PDF whose bytes these are.
pub(in crate::reading) fn read(
    bytes: &[u8],
    name: &str,
    (page, area): (usize, Area),
    asked: &Place,
) -> Result<Leaf, Diagnostic> {
    let single = taken(bytes, page, area).map_err(|why| refused(&why, name, page, asked))?;
    let told = single.unfit.as_ref().map(|why| {
        let why = match why {
            Unfit::NoUnicode(font) => {
                say!("its font `{font}` does not say which characters it shows", font)
            }
            Unfit::Packed => say!("its data are packed by LZW, which archives forbid"),
        };
        Diagnostic::of(
            &rules::PLACED_PICTURE,
            asked.clone(),
            say!("screens show page {page} of `{name}` as a picture: {why}", page, name, why),
        )
        .hint(say!("ask for a file that is PDF/A, too; the press file keeps the page as it is"))
    });
    let ending = match area {
        Area::Trim => format!("{page}.pdf"),
        Area::Bleed => format!("{page}.bleed.pdf"),
    };
    Ok(Leaf { path: super::made(name, &ending), single, told })
}

/// Returns how many pages a PDF has.
pub(in crate::reading) fn count(
    bytes: &[u8],
    name: &str,
    asked: &Place,
) -> Result<usize, Diagnostic> {
    match placed::count(bytes) {
        Ok(0) => Err(refused(&Refusal::NoPage(0), name, 1, asked)),
        Ok(count) => Ok(count),
        Err(why) => Err(refused(&why, name, 1, asked)),
    }
}

fn refused(why: &Refusal, name: &str, page: usize, asked: &Place) -> Diagnostic {
    let (message, hint) = why.told(name, page);
    Diagnostic::error(asked.clone(), message).hint(hint)
}

#[comemo::memoize]
fn taken(bytes: &[u8], page: usize, area: Area) -> Result<Arc<Single>, Refusal> {
    placed::take(bytes, page, area).map(Arc::new)
}
