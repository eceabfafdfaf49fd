//! The finished pages: where each word of the content stands on them.

use std::collections::{BTreeMap, BTreeSet};

use testkit::pdf::{File, Glyph, Page};

use super::judge::{Breach, Kind};
use super::text::{Manuscript, Must};

/// A word where it is printed.
struct Printed {
    number: u32,
    /// Left, top, right and bottom in points; none where a line ends within it.
    area: Option<[f64; 4]>,
    /// Whether its last letter stands on the same page: what follows it does too, such as its note's
    /// mark.
    ended: bool,
}

/// The height of the page's head, where running heads stand, in points.
const HEAD: f64 = 24.0 / 285.0;

/// Compares the pages with what was written. Where a mark's word goes on on the next page, its mark
/// may stand on either: then its note does too, unless the judgement is `strict`.
pub(super) fn judge(bytes: Vec<u8>, manuscript: &Manuscript, strict: bool) -> Vec<Breach> {
    let file = File::open(bytes);
    let (pages, labels) = (file.pages(), file.labels());
    let printed: Vec<Vec<Printed>> = pages.iter().map(|page| words(&page.glyphs)).collect();
    let mut out = vec![];
    let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut parted: BTreeSet<u32> = BTreeSet::new();
    for (at, ((page, label), words)) in pages.iter().zip(&labels).zip(&printed).enumerate() {
        let number = at + 1;
        let folio = folio(page, label);
        for word in words {
            let Some(must) = manuscript.words.get(&word.number) else { continue };
            places.entry(word.number).or_default().push(number);
            if !word.ended {
                parted.insert(word.number);
            }
            let inside = word.area.is_none_or(|[left, top, right, bottom]| {
                left > -1.0 && top > -1.0 && right < page.size.0 + 1.0 && bottom < page.size.1 + 1.0
            });
            if !inside {
                out.push(Breach::new(Kind::OffPage, format!("{} on page {number}", word.number)));
            }
            if *must != Must::Cover && folio.is_none() {
                out.push(Breach::new(Kind::NoFolio, format!("page {number}")));
            }
        }
        overprints(words, number, &mut out);
    }
    for (word, must) in &manuscript.words {
        let on = places.get(word).map_or(&[][..], Vec::as_slice);
        match on.len() {
            0 if is_parted(*word, &pages) => {}
            0 => out.push(Breach::new(Kind::Lost, format!("{word}"))),
            2.. if *must == Must::Once => {
                out.push(Breach::new(Kind::Repeated, format!("{word} on pages {on:?}")));
            }
            _ => {}
        }
    }
    for (mark, note) in &manuscript.notes {
        let page = |word| places.get(word).and_then(|pages| pages.first());
        if let (Some(mark_page), Some(note_page)) = (page(mark), page(note))
            && match parted.contains(mark) {
                true => strict || ![*mark_page, mark_page + 1].contains(note_page),
                false => mark_page != note_page,
            }
        {
            let told = format!("{mark} on page {mark_page}, its note {note} on page {note_page}");
            out.push(Breach::new(Kind::NoteElsewhere, told));
        }
    }
    // One page may be blank before each part that opens on a left-hand page, so before an even one.
    let bare: Vec<usize> =
        (1..=pages.len()).filter(|at| is_bare(&pages[at - 1], &labels[at - 1])).collect();
    let asked = |page: &usize| page % 2 == 1 && *page < pages.len();
    let blank: Vec<_> = bare.iter().filter(|page| !asked(page)).collect();
    if !blank.is_empty() || bare.len() > manuscript.spreads {
        out.push(Breach::new(Kind::Blank, format!("pages {bare:?} of {}", pages.len())));
    }
    out.dedup_by(|a, b| a.kind == b.kind && a.told == b.told);
    out
}

/// Whether a word stands on the pages in two pieces: an endless one may break anywhere, and where it
/// does so at a column's end, notes stand between its pieces.
fn is_parted(word: u32, pages: &[Page]) -> bool {
    let number = format!("{word:05}");
    let glyphs = pages.iter().flat_map(|page| &page.glyphs);
    let glyphs: Vec<&Glyph> =
        glyphs.filter(|glyph| glyph.text.chars().any(|c| !cjk::is_invisible(c))).collect();
    // The digits beside a letter, as far as they are of its size: those of notes are not.
    let beside = |at: usize, others: &mut dyn Iterator<Item = &&Glyph>| -> String {
        let size = glyphs[at].size;
        let digit = |g: &&&Glyph| g.size == size && g.text.chars().all(|c| c.is_ascii_digit());
        others.take_while(digit).map(|glyph| glyph.text.as_str()).collect()
    };
    let at = |letter: &str| {
        (0..glyphs.len()).filter(|at| glyphs[*at].text == letter).collect::<Vec<_>>()
    };
    let reversed = |digits: String| digits.chars().rev().collect::<String>();
    let heads: BTreeSet<_> =
        at("w").into_iter().map(|at| beside(at, &mut glyphs[at + 1..].iter())).collect();
    let tails: BTreeSet<_> = at("x")
        .into_iter()
        .map(|at| reversed(beside(at, &mut glyphs[..at].iter().rev())))
        .collect();
    (1..number.len())
        .map(|at| number.split_at(at))
        .any(|(head, tail)| heads.contains(head) && tails.contains(tail))
}

/// The words of a page: runs of five digits, as they follow each other or as they stand.
fn words(glyphs: &[Glyph]) -> Vec<Printed> {
    let glyphs: Vec<&Glyph> =
        glyphs.iter().filter(|glyph| glyph.text.chars().any(|c| !cjk::is_invisible(c))).collect();
    let digit = |glyph: &&Glyph| glyph.text.chars().all(|c| c.is_ascii_digit());
    let is = |at: usize, text: [&str; 2]| glyphs.get(at).is_some_and(|g| text.contains(&&*g.text));
    let mut out = vec![];
    let mut at = 0;
    while at < glyphs.len() {
        // A note's number behind a column's last line is of another size.
        let size = glyphs[at].size;
        let length = glyphs[at..].iter().take_while(|g| digit(g) && g.size == size).count();
        // Where a column ends behind a word's number, that of a note may follow in the same size.
        let behind = length > 5 && is(at.wrapping_sub(1), ["w", "第"]);
        let length = if behind { 5 } else { length };
        let end = at + length;
        let framed = is(at.wrapping_sub(1), ["w", "第"]) || is(end, ["x", "句"]);
        if length == 5 && framed {
            let number =
                glyphs[at..end].iter().map(|glyph| glyph.text.as_str()).collect::<String>();
            let whole = &glyphs[at.saturating_sub(1)..(end + 1).min(glyphs.len())];
            let (number, area) = (number.parse().unwrap_or(0), area(whole));
            out.push(Printed { number, area, ended: is(end, ["x", "句"]) });
        }
        at = end.max(at + 1);
    }
    out
}

/// The box around glyphs of one line.
fn area(glyphs: &[&Glyph]) -> Option<[f64; 4]> {
    // The neighbours of a number may stand on other lines.
    let y = glyphs[glyphs.len() / 2].y;
    let line: Vec<_> = glyphs.iter().filter(|glyph| (glyph.y - y).abs() < 0.5).collect();
    let (first, last) = (line.first()?, line.last()?);
    let (left, right) = (first.x, last.x + last.advance);
    let apart = line.windows(2).any(|pair| pair[1].x < pair[0].x);
    (line.len() >= 5 && !apart).then_some([
        left,
        y - 0.75 * first.size,
        right,
        y + 0.1 * first.size,
    ])
}

fn overprints(words: &[Printed], page: usize, out: &mut Vec<Breach>) {
    for (at, one) in words.iter().enumerate() {
        for other in &words[at + 1..] {
            let (Some(a), Some(b)) = (one.area, other.area) else { continue };
            let overlap = |low: usize, high: usize| {
                let least = (a[high] - a[low]).min(b[high] - b[low]);
                (a[high].min(b[high]) - a[low].max(b[low])) / least
            };
            if overlap(0, 2) > 0.25 && overlap(1, 3) > 0.25 {
                let told = format!("{} and {} on page {page}", one.number, other.number);
                out.push(Breach::new(Kind::Overprint, told));
            }
        }
    }
}

/// The baseline of a page's folio, if it can be seen.
fn folio(page: &Page, label: &str) -> Option<f64> {
    let starts = page.glyphs.iter().enumerate().filter(|(_, glyph)| label.starts_with(&glyph.text));
    let at = starts.map(|(at, _)| &page.glyphs[at..]).find(|rest| {
        let text: String = rest.iter().take(label.len()).map(|glyph| glyph.text.as_str()).collect();
        text == label && rest[0].y > 0.0 && rest[0].y < page.size.1
    })?;
    Some(at[0].y)
}

/// Whether a page has a running head and a folio at most.
fn is_bare(page: &Page, label: &str) -> bool {
    let folio = folio(page, label);
    page.glyphs.iter().all(|glyph| glyph.y < HEAD * page.size.1 || folio == Some(glyph.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs of 10 points, side by side.
    fn glyphs(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let glyph = |(at, c): (usize, char)| Glyph {
            text: c.to_string(),
            id: 1,
            font: String::new(),
            size: 10.0,
            x: x + 5.0 * at as f64,
            y,
            advance: 5.0,
            inks: None,
            overprint: false,
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn page(lines: &[(&str, f64, f64)]) -> Page {
        let glyphs = lines.iter().flat_map(|(text, x, y)| glyphs(text, *x, *y)).collect();
        Page { size: (300.0, 400.0), shapes: vec![], glyphs }
    }

    #[test]
    fn words_are_found_wherever_lines_end() {
        let page = page(&[
            ("第", 90.0, 80.0),
            ("00001句w000", 0.0, 95.0),
            ("02x", 0.0, 110.0),
            ("10", 0.0, 130.0),
            ("100", 50.0, 130.0),
        ]);
        let found: Vec<_> =
            words(&page.glyphs).iter().map(|w| (w.number, w.area.is_some())).collect();
        assert_eq!(found, [(1, true), (2, false)]);
    }

    #[test]
    fn words_over_each_other_are_told_and_neighbours_are_not() {
        let told = |x, y| {
            let page = page(&[("w00001x", 10.0, 80.0), ("w00002x", x, y)]);
            let mut out = vec![];
            overprints(&words(&page.glyphs), 1, &mut out);
            out.len()
        };
        assert_eq!((told(12.0, 82.0), told(46.0, 80.0), told(10.0, 92.0)), (1, 0, 0));
    }

    #[test]
    fn a_head_and_a_folio_make_no_page() {
        let bare = |lines: &[(&str, f64, f64)]| is_bare(&page(lines), "p04");
        assert!(bare(&[("Trend 1", 10.0, 30.0), ("p04", 10.0, 390.0)]));
        assert!(!bare(&[("w00001x", 10.0, 90.0), ("p04", 10.0, 390.0)]));
        assert_eq!(folio(&page(&[("p04", 10.0, 410.0)]), "p04"), None, "it is cut off");
    }
}
