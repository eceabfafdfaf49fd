//! A part that is pages of a finished PDF: a partner's advertisement.

use l10n::say;
use placed::Area;
use source::yaml::Document;
use source::{Diagnostic, Place};

use crate::reading::context::Context;
use crate::reading::image::{Asked, leaf};
use crate::reading::model::{PlacedMatter, PlacedPage};
use crate::reading::text;

/// How far a page may differ from the report's, in millimetres: programs round in their own ways.
const TOLERANCE: f64 = 0.8;

/// The most pages of a part: more are a report of their own.
const MOST: usize = 64;

/// Reads the pages that a part places, in order.
pub(super) fn read(
    matter: &mut PlacedMatter,
    document: &Document,
    context: &mut Context,
) -> Vec<PlacedPage> {
    text::set_plain(&mut matter.alt, context.lang);
    if matter.contents == Some(true) {
        let message = say!("a placed page has no title that the list of contents could lead to");
        let place = document.place("/contents");
        context.problems.push(Diagnostic::error(place, message).hint(say!("remove the line")));
    }
    let asked = document.place("/file");
    let found = context.project.locate(&matter.file, &asked).and_then(|name| {
        let bytes = context.project.bytes(&name, &asked)?;
        leaf::count(&bytes, &name, &asked)
    });
    let count = match found {
        Ok(count) => count,
        Err(problem) => {
            context.problems.push(problem);
            return vec![];
        }
    };
    let chosen: Vec<(usize, Place)> = match &matter.only {
        Some(only) => {
            let place = |at| document.place(&format!("/only/{at}"));
            only.iter().enumerate().map(|(at, page)| (*page as usize, place(at))).collect()
        }
        None => (1..=count).map(|page| (page, asked.clone())).collect(),
    };
    if chosen.len() > MOST {
        let message = say!("`{file}` has {count} pages", file = matter.file, count);
        context.problems.push(
            Diagnostic::error(asked, message)
                .hint(say!("choose up to {most} of them: `only: [1, 2]`", most = MOST)),
        );
        return vec![];
    }
    let mut out = vec![];
    for (page, place) in chosen {
        let wanted = Asked { name: &matter.file, page: Some(page), area: Area::Bleed };
        match context.picture_of(wanted, &place) {
            Ok(picture) => out.extend(fitting(&picture, page, &matter.file, &place, context)),
            Err(problem) => context.problems.push(problem),
        }
    }
    out
}

/// Returns where a page stands if it has the size of the report's pages.
fn fitting(
    picture: &crate::reading::image::Picture,
    page: usize,
    name: &str,
    place: &Place,
    context: &mut Context,
) -> Option<PlacedPage> {
    let Some(single) = picture.leaf() else {
        let message = say!("`{name}` is no PDF", name);
        context.problems.push(
            Diagnostic::error(place.clone(), message)
                .hint(say!("place a picture as a figure: `![caption]({name})`", name)),
        );
        return None;
    };
    let mm = |points: f64| points / 72.0 * 25.4;
    let (width, height) = (mm(single.trim.0), mm(single.trim.1));
    let (wide, high) = context.trim;
    if (width - wide).abs() > TOLERANCE || (height - high).abs() > TOLERANCE {
        let size = |width: f64, height: f64| format!("{width:.0} × {height:.0} mm");
        let message = say!(
            "page {page} of `{name}` measures {own}, and a page of the report {ours}",
            page,
            name,
            own = size(width, height),
            ours = size(wide, high)
        );
        context.problems.push(Diagnostic::error(place.clone(), message).hint(say!(
            "ask for a file of {ours} with 3 mm of bleed, or place the page in a part as a figure: `![caption]({name}){{page={page}}}`",
            ours = size(wide, high),
            name,
            page
        )));
        return None;
    }
    Some(PlacedPage {
        path: picture.path.clone(),
        width: single.shown.0,
        height: single.shown.1,
        left: single.beyond.0,
        top: single.beyond.1,
    })
}
