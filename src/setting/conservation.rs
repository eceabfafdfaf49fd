//! The proof that nothing is lost: every character of the content stands on a page, within its trim
//! and not cut off, and no page within a part is blank. What the characters are found to be, three
//! further proofs use: `overprint`, `covered`, `bounds` and `astray`.
//!
//! It reads the frames alone, so it holds for every template. A part whose pages the template marks
//! must stand on them; what does not is sought on all others, but for titles, which lists of
//! contents repeat.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use typst::foundations::Label;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::FrameItem;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::expected::{self, Expected, Kind};
use super::fit::{self, PartPages};
use super::notes::{self, Declared};
use super::owned::Owned;
use super::printed::{Found, Piece, Printed, fold};
use super::world::ReportWorld;
use super::{astray, bounds, covered, depicted, frames, overprint, too_wide};
use crate::reading::model::Report;
use crate::rules;
use l10n::{counts, say};
use source::Diagnostic;

/// The number of characters of lost text that a message shows.
const SHOWN: usize = 8;

/// Reports the texts and pictures that pages have lost, and the pages that nobody asked for.
pub(super) fn of(
    document: &PagedDocument,
    report: &Report,
    world: &ReportWorld,
) -> Vec<Diagnostic> {
    let (texts, pictures) = expected::of(report);
    let mut out = check(document, report, texts, &fit::pages(document), &Declared::of(document));
    out.extend(depicted::check(document, pictures, world));
    out
}

/// Reports what the pages have lost of these texts, and the pages that nobody asked for.
fn check(
    document: &PagedDocument,
    report: &Report,
    expected: Vec<Expected>,
    pages: &[PartPages],
    declared: &Declared,
) -> Vec<Diagnostic> {
    let all = 1..document.pages().len() + 1;
    let own: Vec<Option<Range<usize>>> = report
        .parts
        .iter()
        .map(|part| {
            let place = pages.iter().find(|place| place.id == part.id)?;
            Some(place.first..place.first + place.count)
        })
        .collect();
    let (printed, found) = compared(document, &expected, &own, &all);
    // A table with rows that no page holds is told as such: what it loses, and the page that it
    // leaves blank, are the same fault.
    let tall = too_wide::parts_too_high(document, report);
    let is_tall = |run: &Expected| run.kind == Kind::Table && tall.contains(&run.part);
    // So is one that is wider than the page: its words stand over each other.
    let wide = too_wide_blocks(document, report, &expected);
    let is_told = |run: &Expected| is_tall(run) || wide.contains(&run.whole());
    let (mut lost, mut out) = losses(&expected, &printed, &found, is_told);
    lost.extend(wide);
    let owners = printed.owners(&found);
    let text = Owned { items: &printed.items, owners, runs: &expected, lost };
    out.extend(overprint::check(&text));
    out.extend(covered::check(&text, &printed.pictures));
    out.extend(bounds::check(document, &text, report, declared));
    out.extend(astray::check(document, &text));
    out.extend(astray::check_marks(document, report));
    let ends: Vec<String> =
        notes::marks(document, "part-end").into_iter().map(|(id, _)| id).collect();
    let marked: Vec<_> = own
        .iter()
        .enumerate()
        .filter_map(|(part, pages)| Some((Some(part), pages.clone()?)))
        .collect();
    let spans = if marked.is_empty() { vec![(None, all)] } else { marked };
    let furniture = std::cell::OnceCell::new();
    let mut outside = vec![true; document.pages().len() + 1];
    for (_, span) in &spans {
        span.clone().for_each(|page| outside[page] = false);
    }
    fit::filling(document).into_iter().for_each(|page| outside[page] = false);
    for (part, span) in spans {
        let exact = part.is_some_and(|part| ends.contains(&report.parts[part].id));
        let bare = |page: usize| !printed.has_content(page);
        // What is drawn on pages is read only where it must be.
        if blanks(span.clone(), exact, bare).is_empty() {
            continue;
        }
        let furniture = furniture.get_or_init(|| drawn(document));
        let blank = |page: usize| bare(page) && is_furniture(furniture, page);
        for pages in blanks(span, exact, blank) {
            let of_part = |run: &&Expected| part.is_none_or(|part| run.part == part);
            let own: Vec<_> = expected.iter().zip(&found).filter(|(run, _)| of_part(run)).collect();
            let culprit = culprit(&own, &printed, &pages);
            if culprit.is_some_and(is_tall) {
                continue;
            }
            out.push(blank_pages(culprit, &pages, report));
        }
    }
    let blank = |page: usize| {
        outside[page]
            && !printed.has_content(page)
            && is_furniture(furniture.get_or_init(|| drawn(document)), page)
    };
    let between = blanks(1..outside.len(), true, blank);
    out.extend(
        between
            .iter()
            .filter(|pages| !is_asked(pages, outside.len() - 1))
            .map(|pages| blank_pages(None, pages, report)),
    );
    out
}

/// Whether blank pages of no part are there for a reason: one brings the next part to its side, and a
/// few at the end fill a sheet of four.
fn is_asked(pages: &Range<usize>, total: usize) -> bool {
    pages.len() < 2 || pages.end > total && pages.len() < 4 && total.is_multiple_of(4)
}

/// The blocks of the tables that are told to be wider than their page, and their notes.
fn too_wide_blocks(
    document: &PagedDocument,
    report: &Report,
    expected: &[Expected],
) -> BTreeSet<(usize, bool)> {
    let tables: Vec<(usize, String, usize)> = too_wide::wide_tables(document, report)
        .into_iter()
        .map(|(part, place)| (part, place.file.path.clone(), place.line_column().0))
        .collect();
    let is_of = |run: &&Expected| {
        let starts = |(part, path, line): &(usize, String, usize)| {
            *part == run.part && *path == run.place.file.path && *line == run.place.line_column().0
        };
        run.kind == Kind::Table && tables.iter().any(starts)
    };
    let blocks = expected.iter().filter(is_of).map(|run| run.block);
    blocks.flat_map(|block| [(block, false), (block, true)]).collect()
}

/// Lets each run of the content take its characters from the pages.
fn compared<'a>(
    document: &'a PagedDocument,
    expected: &[Expected],
    own: &[Option<Range<usize>>],
    all: &Range<usize>,
) -> (Printed<'a>, Vec<Found>) {
    let mut printed = Printed::of(document);
    let texts: Vec<Vec<char>> = expected.iter().map(|run| fold(&run.text)).collect();
    let mut found = vec![Found::default(); expected.len()];
    let mut elsewhere = vec![];
    let whole = |run: usize| Piece { run, range: 0..texts[run].len() };
    for (part, pages) in own.iter().enumerate() {
        let runs = (0..expected.len()).filter(|&run| expected[run].part == part).map(whole);
        match pages {
            Some(pages) => {
                let missing = printed.take(pages.clone(), &texts, runs.collect(), &mut found);
                elsewhere
                    .extend(missing.into_iter().filter(|p| expected[p.run].kind != Kind::Title));
            }
            None => elsewhere.extend(runs),
        }
    }
    if !elsewhere.is_empty() {
        printed.take(all.clone(), &texts, elsewhere, &mut found);
    }
    (printed, found)
}

/// What did not fit where blank pages stand: what comes next; or what stands right before them, if
/// that alone cannot break.
fn culprit<'a>(
    own: &[(&'a Expected, &Found)],
    printed: &Printed,
    pages: &Range<usize>,
) -> Option<&'a Expected> {
    let on = |found: &Found, test: &dyn Fn(usize) -> bool| {
        found.places.iter().any(|(_, at)| test(printed.page(*at)))
    };
    let before = own.iter().rposition(|(_, found)| on(found, &|page| page < pages.start));
    let next = own.get(before.map_or(0, |at| at + 1));
    let last = own.iter().rev().filter(|(_, found)| on(found, &|page| page + 1 == pages.start));
    let suspects: Vec<_> = next.into_iter().chain(last).map(|(run, _)| *run).collect();
    suspects.iter().find(|run| run.kind.is_block()).or(suspects.first()).copied()
}

/// A block of which something is lost.
struct Loss<'a> {
    /// The run that is lost first, and the first of its characters.
    first: (&'a Expected, usize),
    /// The page beyond whose edge that one is drawn; `None` if it is drawn nowhere.
    page: Option<usize>,
    lost: usize,
}

/// The blocks of which something is lost, and what is told of them.
fn losses(
    expected: &[Expected],
    printed: &Printed,
    found: &[Found],
    is_told: impl Fn(&Expected) -> bool,
) -> (BTreeSet<(usize, bool)>, Vec<Diagnostic>) {
    let mut blocks: BTreeMap<(usize, bool), Loss> = BTreeMap::new();
    let mut totals: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    for (run, found) in expected.iter().zip(found) {
        let block = run.whole();
        *totals.entry(block).or_default() += run.text.len();
        let mut at = vec![None; run.text.len()];
        for (range, place) in &found.places {
            range.clone().zip(*place..).for_each(|(letter, place)| at[letter] = Some(place));
        }
        let is_lost = |place: &Option<usize>| place.is_none_or(|at| !printed.is_seen(at));
        let Some(first) = at.iter().position(is_lost) else { continue };
        let lost = at.iter().filter(|place| is_lost(place)).count();
        let page = at[first].map(|at| printed.page(at));
        blocks.entry(block).and_modify(|loss| loss.lost += lost).or_insert(Loss {
            first: (run, first),
            page,
            lost,
        });
    }
    let untold = blocks.iter().filter(|(_, loss)| !is_told(loss.first.0));
    let out = untold.map(|(block, loss)| told(loss, totals[block])).collect();
    (blocks.into_keys().collect(), out)
}

fn told(loss: &Loss, total: usize) -> Diagnostic {
    let (run, first) = loss.first;
    let text: String = run.text[first..].iter().take(SHOWN).collect();
    let (what, lost) = (run.kind.name(), loss.lost);
    let message = match loss.page {
        Some(page) => say!(
            "{what} loses {lost} of its {total} characters: it runs off page {page} at `{text}`",
            what,
            lost,
            total,
            text,
            page
        ),
        None => say!(
            "{what} loses {lost} of its {total} characters: `{text}` is not on any page",
            what,
            lost,
            total,
            text
        ),
    };
    Diagnostic::of(&rules::LOST_CONTENT, run.place.clone(), message)
        .hint(hint(run.kind, loss.page.is_some()))
}

fn hint(kind: Kind, drawn: bool) -> String {
    let split = match kind {
        Kind::List => say!("split it into shorter lists with a paragraph between them"),
        Kind::Quotation => say!("split it into shorter quotations with a paragraph between them"),
        Kind::Code => say!("split it into shorter pieces with a paragraph between them"),
        Kind::Table => say!("split it into tables of fewer rows, or of fewer columns"),
        Kind::Chart => say!("split its data into charts of fewer rows"),
        _ if drawn => say!("shorten it"),
        _ => say!("change it or remove it"),
    };
    match drawn {
        true => say!("{split}, or give the pages more room: `trim` in `report.yaml`", split),
        false => say!("{split}; where that does not help, the template does not print it", split),
    }
}

fn blank_pages(culprit: Option<&Expected>, pages: &Range<usize>, report: &Report) -> Diagnostic {
    let place = culprit.map_or(&report.place, |run| &run.place);
    let message = match pages.len() {
        1 => say!("page {page} is blank", page = pages.start),
        count => say!(
            "pages {first} to {last} are blank: {pages} without content",
            first = pages.start,
            last = pages.end - 1,
            pages = counts::pages(count)
        ),
    };
    let hint = hint(culprit.map_or(Kind::Field, |run| run.kind), true);
    Diagnostic::of(&rules::BLANK_PAGE, place.clone(), message).hint(hint)
}

/// The stretches of blank pages that nobody asked for. A part whose end is marked has none; behind
/// any other, blank pages may fill a sheet, and one page alone may bring the next to a right-hand
/// side.
fn blanks(span: Range<usize>, exact: bool, blank: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    for page in span.clone().filter(|&page| blank(page)) {
        match out.last_mut().filter(|last| last.end == page) {
            Some(last) => last.end += 1,
            None => out.push(page..page + 1),
        }
    }
    out.retain(|pages| exact || (pages.len() > 1 && pages.end < span.end));
    out
}

/// What is drawn on each page apart from its heads and folios: a hash of each item, whatever its
/// digits.
fn drawn(document: &PagedDocument) -> Vec<Vec<u64>> {
    let label = |name| Label::new(PicoStr::intern(name));
    let (aside, back) = (label("aside-from"), label("aside-to"));
    let mut away = false;
    let page = |page: &typst_layout::Page| {
        let mut out = vec![];
        frames::visit(&page.frame, &mut |item, stance| {
            let mut hasher = DefaultHasher::new();
            (stance.at().y.to_pt().round() as i64).hash(&mut hasher);
            match item {
                FrameItem::Text(text) => {
                    text.text.chars().filter(|c| !c.is_numeric()).for_each(|c| c.hash(&mut hasher));
                }
                FrameItem::Shape(shape, _) => shape.hash(&mut hasher),
                FrameItem::Image(image, size, _) => (image, size).hash(&mut hasher),
                FrameItem::Tag(Tag::Start(content, _)) if content.is::<MetadataElem>() => {
                    away = content.label().is_some() && content.label() == aside
                        || (away && content.label() != back);
                    return;
                }
                _ => return,
            }
            if !away {
                out.push(hasher.finish());
            }
        });
        out.sort_unstable();
        out.dedup();
        out
    };
    document.pages().iter().map(page).collect()
}

/// Whether all that is drawn on a page, from 1, is drawn at the same height on another one too.
fn is_furniture(drawn: &[Vec<u64>], page: usize) -> bool {
    drawn[page - 1].iter().all(|item| {
        let others = drawn.iter().enumerate().filter(|(at, _)| at + 1 != page);
        others.into_iter().any(|(_, other)| other.binary_search(item).is_ok())
    })
}

#[cfg(test)]
mod tests {
    use super::blanks;

    #[test]
    fn blank_pages_are_told_where_nobody_can_have_asked_for_them() {
        let blank = |page: usize| matches!(page, 3 | 5..=7 | 9);
        assert_eq!(blanks(1..10, true, blank), [3..4, 5..8, 9..10]);
        assert_eq!(blanks(1..10, false, blank), vec![5..8]);
        assert!(blanks(1..8, false, blank).is_empty(), "they may fill a sheet");
        assert!(blanks(1..3, true, blank).is_empty());
    }
}
