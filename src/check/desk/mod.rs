//! The copy desk: one piece of text at a time, mark by mark.
//!
//! Each pass mends a draft of the text and says what it mended, so that the next one sees what a reader would;
//! they go round until none finds anything, so that mending twice changes nothing.

mod draft;
mod marks;
mod numbers;
mod pairs;
mod spaces;
mod units;
mod width;
mod words;

use crate::content::{Kind, Prose};
use crate::diagnostic::Problems;
use crate::model::ReportConfig;
use draft::Draft;

/// More rounds than any text needs.
const ROUNDS: usize = 4;

/// Reads all pieces of text.
pub fn read(prose: &[Prose], config: &ReportConfig, problems: &mut Problems) {
    width::set_up();
    for (at, piece) in prose.iter().enumerate() {
        let next = prose.get(at + 1);
        let mut draft = Draft::new(piece, config);
        for _ in 0..ROUNDS {
            let before = draft.changes();
            if draft.has_han() {
                chinese(&mut draft, piece.kind);
                // A title's lines end as it does.
                let last_line = piece.kind == Kind::Line && next.is_none_or(|next| next.kind != Kind::Line);
                if last_line || matches!(piece.kind, Kind::Title | Kind::Caption | Kind::Source) {
                    marks::title_stop(&mut draft);
                }
            } else {
                width::autocorrect(&mut draft);
                width::latin(&mut draft);
            }
            words::doubled(&mut draft);
            if draft.changes() == before {
                break;
            }
        }
        if piece.kind != Kind::Reference {
            words::terms(&mut draft, config);
        }
        // A quotation over several paragraphs opens each of them and closes the last.
        let goes_on = next.is_some_and(|next| {
            next.file.path == piece.file.path && next.letters.first().is_some_and(|letter| letter.c == '“')
        });
        if piece.kind != Kind::Line {
            pairs::unpaired(&mut draft, goes_on);
        }
        problems.extend(draft.finish());
    }
    numbers::grouping(prose, problems);
}

fn chinese(draft: &mut Draft, kind: Kind) {
    width::autocorrect(draft);
    width::marks(draft);
    width::symbols(draft);
    pairs::brackets(draft);
    pairs::straight(draft);
    marks::dots(draft);
    marks::dashes(draft);
    marks::repeated(draft);
    pairs::directions(draft);
    pairs::nested(draft);
    marks::listed(draft);
    numbers::ranges(draft);
    numbers::numerals(draft);
    units::symbols(draft);
    // A reference's title is quoted as it was published.
    if kind != Kind::Reference {
        spaces::idle(draft);
    }
}
