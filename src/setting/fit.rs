//! Page budgets: how parts were set to meet them, and the budgets that they miss, told at the
//! content's own line.

use serde::{Deserialize, Serialize};
use typst_layout::PagedDocument;

use super::notes;
use crate::reading::model::{Part, Report};
use crate::rules;
use l10n::{counts, say};
use source::{Diagnostic, Place};

/// The treatment of page budgets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Parts are fitted; missing a budget is an error.
    Strict,
    /// Parts are fitted; missing a budget is a warning.
    #[default]
    Loose,
    /// Parts keep the template's settings; budgets are only compared.
    Off,
}

/// The settings of a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartFit {
    /// The part's internal name.
    #[serde(skip_serializing)]
    pub id: String,
    /// Its name in messages: its label or its title.
    pub name: String,
    /// The number of pages it takes as composed.
    pub pages: usize,
    /// The filled share of its last page, from 0 to 1.
    pub fill: f64,
    /// The number of lines by which column ends differ on last pages.
    pub apart: usize,
    /// The number of lines of text that are too many (positive) or missing (negative); `None` if
    /// changing the text cannot fix it.
    pub excess: Option<i64>,
    /// The average number of characters per line of text.
    pub characters_per_line: f64,
    /// The number of lines per page.
    pub lines: usize,
    /// The leading, from baseline to baseline, in points.
    pub leading: f64,
    /// The text's size in points.
    pub size: f64,
    /// Tracking: the space added between characters, in ems.
    pub tracking: f64,
    /// The number of lines between text, figures and blocks.
    pub gap: usize,
    /// The scale of the figures' height, 1 being their own.
    pub figures: f64,
    /// The number of paragraphs tightened or loosened to level columns.
    pub tuned: usize,
    /// The limits of justification between two characters, in ems.
    pub limits: Limits,
}

/// The limits by which justification may tighten (below 0) or widen the space between two
/// characters, in ems.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// The tightest.
    pub low: f64,
    /// The widest.
    pub high: f64,
}

/// The pages of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPages {
    /// The part's name.
    pub id: String,
    /// Its first page, from 1.
    pub first: usize,
    /// Its number of pages.
    pub count: usize,
}

/// Returns the parts' pages in document order.
pub fn pages(document: &PagedDocument) -> Vec<PartPages> {
    let starts = notes::marks(document, "part");
    let ends = notes::marks(document, "part-end");
    let filling = filling(document).first().copied().unwrap_or(usize::MAX);
    let nexts = starts.iter().skip(1).map(|(_, page)| *page).chain([document.pages().len() + 1]);
    starts
        .iter()
        .zip(nexts)
        .map(|((id, first), next)| {
            // Pages that fill a signature are those of no part.
            let next = if *first < filling { next.min(filling) } else { next };
            // A blank page before the next part is no page of this one.
            let last = ends
                .iter()
                .rfind(|(end, _)| end == id)
                .map_or(next.saturating_sub(1), |(_, page)| *page);
            PartPages { id: id.clone(), first: *first, count: (last + 1).saturating_sub(*first) }
        })
        .collect()
}

/// The pages that fill the last signature, from 1.
pub(super) fn filling(document: &PagedDocument) -> Vec<usize> {
    notes::marks(document, "filling").into_iter().map(|(_, page)| page).collect()
}

/// Reports the parts that miss their budget, at the line that sets it.
pub(super) fn check(
    report: &Report,
    pages: &[PartPages],
    fits: &[PartFit],
    holds: &dyn Fn(&Part) -> Holds,
) -> Vec<Diagnostic> {
    report
        .parts
        .iter()
        .filter_map(|part| {
            let (budget, place) = part.budget.as_ref()?;
            let taken = pages.iter().find(|pages| pages.id == part.id)?.count;
            let fit = fits.iter().find(|fit| fit.id == part.id);
            missed(fit, &part.id, (taken, *budget as usize), &|| holds(part), place)
        })
        .collect()
}

/// Of how many lines one more is cut or added, to be sure, and how many are at most.
const MARGIN: usize = 8;
const MOST: usize = 6;

/// The share of a full line's characters below which lines are mostly short: items, verses, code.
const SHORT: f64 = 0.6;

/// What a part has that its author can make less of.
#[derive(Clone, Copy)]
pub(super) struct Holds {
    /// The characters of its text.
    pub(super) characters: usize,
    /// Whether it has figures, charts or boxes.
    pub(super) figures: bool,
}

fn missed(
    fit: Option<&PartFit>,
    id: &str,
    (taken, budget): (usize, usize),
    holds: &dyn Fn() -> Holds,
    place: &Place,
) -> Option<Diagnostic> {
    let name = fit.map_or(id, |fit| &fit.name);
    let pages = counts::pages(budget);
    let amount = fit.and_then(|fit| fit.excess).filter(|&lines| lines != 0);
    let measured = amount.map(|lines| {
        let lines = lines.unsigned_abs() as usize;
        // Words that go or come seldom make whole lines, and lines that belong together are not parted:
        // whoever follows the advice is to be done with it.
        let sure = lines + 1 + lines.div_ceil(MARGIN).min(MOST);
        let characters = fit.map_or(0.0, |fit| fit.characters_per_line) * sure as f64;
        let step = if characters < 1000.0 { 10.0 } else { 100.0 };
        (
            counts::lines(lines),
            say!("about {count} characters", count = ((characters / step).ceil() * step).max(10.0)),
        )
    });
    let other = say!("write `pages: {taken}`", taken);
    // What it holds is counted only where it is too much.
    let holds = match taken > budget {
        true => holds(),
        false => Holds { characters: 0, figures: false },
    };
    // Of short lines, characters would say more than there are.
    let short = fit.zip(amount).is_some_and(|(fit, lines)| {
        let all = (budget * fit.lines) as f64 + lines as f64;
        lines > 0 && (holds.characters as f64) < fit.characters_per_line * all * SHORT
    });
    if short && let Some((lines, _)) = &measured {
        let message = say!("`{name}` overflows its {pages} by {lines}", name, pages, lines);
        let hint = match holds.figures {
            true => say!("cut {lines}, make a figure smaller, or {other}", lines, other),
            false => say!("cut {lines}, or {other}", lines, other),
        };
        return Some(Diagnostic::of(&rules::OVER_BUDGET, place.clone(), message).hint(hint));
    }
    let (message, hint) = match (taken.cmp(&budget), measured) {
        (std::cmp::Ordering::Greater, Some((lines, characters))) => (
            say!(
                "`{name}` overflows its {pages} by {lines} ({characters})",
                name,
                pages,
                lines,
                characters
            ),
            match holds.figures {
                true => {
                    say!("cut {characters}, make a figure smaller, or {other}", characters, other)
                }
                false => say!("cut {characters}, or {other}", characters, other),
            },
        ),
        (std::cmp::Ordering::Greater, None) => (
            say!("`{name}` overflows its {pages}: it takes {taken}", name, pages, taken),
            say!("shorten it, or {other}", other),
        ),
        (std::cmp::Ordering::Less, Some((lines, characters))) => (
            say!(
                "`{name}` fills only {pages} of its {budget}: short by {lines} ({characters})",
                name,
                pages = counts::pages(taken),
                budget,
                lines,
                characters
            ),
            say!("add {characters} or a figure, or {other}", characters, other),
        ),
        (std::cmp::Ordering::Less, None) => (
            say!(
                "`{name}` fills only {pages} of its {budget}",
                name,
                pages = counts::pages(taken),
                budget
            ),
            say!("add content, or {other}", other),
        ),
        (std::cmp::Ordering::Equal, Some((lines, characters))) => (
            say!(
                "`{name}` leaves {empty} % of its last page empty: short by {lines} ({characters})",
                name,
                empty = format!("{:.0}", (1.0 - fit?.fill) * 100.0),
                lines,
                characters
            ),
            say!("add {characters}, or a figure", characters),
        ),
        (std::cmp::Ordering::Equal, None) => return None,
    };
    let rule = if taken > budget { &rules::OVER_BUDGET } else { &rules::UNDER_BUDGET };
    Some(Diagnostic::of(rule, place.clone(), message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(excess: Option<i64>, fill: f64) -> PartFit {
        PartFit {
            id: "04".into(),
            name: "趋势四".into(),
            pages: 2,
            fill,
            apart: 0,
            excess,
            characters_per_line: 20.4,
            lines: 40,
            leading: 17.0,
            size: 10.0,
            tracking: 0.0,
            gap: 1,
            figures: 1.0,
            tuned: 0,
            limits: Limits { low: -0.01, high: 0.05 },
        }
    }

    fn told(excess: Option<i64>, fill: f64, taken: usize) -> Option<String> {
        let place = Place::start_of("content/04.md");
        let holds = Holds { characters: 3_000, figures: true };
        missed(Some(&fit(excess, fill)), "04", (taken, 2), &|| holds, &place)
            .map(|diagnostic| diagnostic.message)
    }

    #[test]
    fn a_miss_is_told_with_its_amount() {
        assert_eq!(
            told(Some(7), 1.0, 3).as_deref(),
            Some("`趋势四` overflows its 2 pages by 7 lines (about 190 characters)")
        );
        assert_eq!(
            told(None, 1.0, 3).as_deref(),
            Some("`趋势四` overflows its 2 pages: it takes 3")
        );
        assert_eq!(
            told(Some(-30), 1.0, 1).as_deref(),
            Some("`趋势四` fills only 1 page of its 2: short by 30 lines (about 720 characters)")
        );
        assert_eq!(
            told(Some(-1), 0.8, 2).as_deref(),
            Some(
                "`趋势四` leaves 20 % of its last page empty: short by 1 line (about 70 characters)"
            )
        );
        assert_eq!(told(Some(0), 0.9, 2), None);
        let place = Place::start_of("content/04.md");
        let holds = Holds { characters: 370, figures: false };
        let found = missed(Some(&fit(Some(24), 1.0)), "04", (3, 2), &|| holds, &place);
        let found = found.expect("a miss");
        assert_eq!(found.message, "`趋势四` overflows its 2 pages by 24 lines");
        assert_eq!(found.hints, ["cut 24 lines, or write `pages: 3`"]);
    }
}
