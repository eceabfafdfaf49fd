//! Columns that end level: where their lines cannot be shared out evenly, one paragraph gains or
//! loses a line by as little tracking as will do; or else all text is set a little otherwise.

use std::ops::RangeInclusive;

use super::choice::Text;
use super::part::rounded;
use super::seen::{Paragraph, Seen};

/// The width in ems by which a line that is gained or lost exceeds what it must.
const SURELY: f64 = 0.2;
/// The least width in ems of a paragraph's last line.
const RUNT: f64 = 2.0;
/// By how much the tracking that a line seems to need may exceed the limit.
const PERHAPS: f64 = 1.6;
/// How many single paragraphs are tried.
const PARAGRAPHS: usize = 4;
/// Columns that end further apart than this, in lines, do so for what does not break: a line more or
/// less in a paragraph is no help.
const PARTED: usize = 2;
/// On how many pages text stands at most that is set otherwise as a whole: what is further back seldom
/// moves the end, and all of it would be broken into lines anew.
const WHOLE: usize = 2;
/// The fewest lines of a paragraph that is tracked: in fewer it would be seen.
const LINES: usize = 3;
/// By how much a line gives way when all of its paragraph is broken anew, in ems: what a mark can lose.
const GIVES: f64 = 0.5;
/// By how much the last line does.
const LAST: f64 = 1.0;

/// A way to bring a part's last columns level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// The paragraph that begins on this line of the content is tracked, in ems.
    Paragraph(usize, f64),
    /// All text is set so.
    All(Text),
}

/// The ways to bring a part's last columns level, the smallest change first; its text is set by
/// `own`.
pub(super) fn ways(seen: &Seen, own: Text) -> Vec<Way> {
    let Some((last, _)) = seen.last_text().filter(|_| seen.apart() <= PARTED) else {
        return vec![];
    };
    let measure = seen.setting.column / seen.setting.size;
    let vary = &seen.setting.vary;
    let mut single: Vec<(usize, f64)> = seen
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.lines >= LINES && paragraph.page >= last)
        .flat_map(|paragraph| {
            let of = |width: f64| (paragraph.line, width / paragraph.width);
            [of(-(paragraph.last + SURELY)), of(measure - paragraph.last + RUNT + SURELY)]
        })
        // Lines break otherwise too, and marks give way: a little beyond the limit may do within it.
        .filter(|(_, tracking)| tracking.abs() <= vary.tracking * PERHAPS)
        .map(|(line, tracking)| {
            let (low, high) = (-vary.tracking - own.tracking, vary.tracking - own.tracking);
            (line, rounded(tracking.clamp(low, high)))
        })
        .collect();
    single.sort_by(|a, b| a.1.abs().total_cmp(&b.1.abs()).then(a.0.cmp(&b.0)));
    single.truncate(PARAGRAPHS);
    let pages = seen.columns.iter().filter(|page| page.iter().any(|lines| *lines > 0)).count();
    let shares: &[f64] = if pages <= WHOLE { &[-0.5, 0.5, -1.0, 1.0] } else { &[] };
    let whole = shares.iter().map(|share| Text { tracking: vary.tracking * share, ..own });
    let lines: usize = seen.columns[last].iter().sum();
    let whole = whole.filter(|text| {
        let tracking = text.tracking - own.tracking;
        let range = lines_of(&seen.paragraphs, measure, lines, tracking);
        *text != own && range.into_iter().any(|lines| lines.is_multiple_of(seen.setting.columns))
    });
    let single = single.into_iter().map(|(line, tracking)| Way::Paragraph(line, tracking));
    single.chain(whole.map(Way::All)).collect()
}

/// How many of the `lines` of a last page there may be once all text is tracked by so much, in ems. A
/// short text seldom gains or loses one, and that takes no layout to see.
fn lines_of(
    paragraphs: &[Paragraph],
    measure: f64,
    lines: usize,
    tracking: f64,
) -> RangeInclusive<usize> {
    let (mut fewer, mut more) = (0, 0);
    for paragraph in paragraphs {
        let end = paragraph.last + paragraph.characters as f64 * tracking;
        let gives = LAST + GIVES * paragraph.lines.saturating_sub(1) as f64;
        fewer += usize::from(paragraph.lines > 1 && end < gives);
        more += usize::from(end + gives > measure);
    }
    lines.saturating_sub(fewer)..=lines + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_gains_no_line_that_it_is_far_from() {
        let lines = |characters: usize, last: f64, lines: usize| {
            let width = (lines - 1) as f64 * 22.0 + last;
            let paragraph = Paragraph { line: 1, characters, width, last, lines, page: 0 };
            [-0.02, 0.02].map(|tracking| lines_of(&[paragraph], 22.0, lines, tracking))
        };
        assert_eq!(lines(12, 12.0, 1), [1..=1, 1..=1]);
        // Its one line is nearly full.
        assert_eq!(lines(21, 21.2, 1), [1..=1, 1..=2]);
        // Its last of three is nearly empty.
        assert_eq!(lines(46, 1.5, 3), [2..=3, 3..=3]);
        assert_eq!(lines(55, 11.0, 3), [3..=3, 3..=3]);
        // A long one has marks enough to give way.
        assert_eq!(lines(600, 11.0, 28), [27..=28, 28..=29]);
    }
}
