//! Characters that are no text, and look-alikes that no search finds.

use std::collections::BTreeSet;

use copydesk::Prose;
use icu_properties::props::{EnumeratedProperty, GeneralCategory};
use l10n::say;
use source::{Diagnostic, Edit, Place, Problems};

use crate::reading::Printed;
use crate::reading::bounded::MAX_PARAGRAPH;
use crate::rules;

/// Tells stray characters and look-alikes in the text that is printed.
pub fn letters(printed: &[Printed], problems: &mut Problems) {
    for run in printed {
        strays(run, problems);
        lost(run, problems);
        look_alikes(run, problems);
        marks(run, problems);
    }
}

/// Refuses what is too long to be a paragraph, or a title, and takes it away from the copy desk.
pub fn lengths(prose: &mut Vec<Prose>, problems: &mut Problems) {
    prose.retain(|piece| {
        let is_short = piece.letters.len() <= MAX_PARAGRAPH;
        if !is_short {
            let message = say!("a paragraph has more than {most} characters", most = MAX_PARAGRAPH);
            let found = Diagnostic::error(piece.place(0..1), message);
            problems.push(found.hint(source::limit("paragraph", MAX_PARAGRAPH)));
        }
        is_short
    });
}

/// The most marks on one letter: a font stacks them, and each costs as much as all before it.
const MAX_MARKS: usize = 32;

/// Refuses letters with more marks than any language has.
fn marks(run: &Printed, problems: &mut Problems) {
    if run.text.len() <= MAX_MARKS {
        return;
    }
    let mut count = 0;
    for (at, c) in run.text.char_indices() {
        if !is_mark(c) {
            count = 0;
            continue;
        }
        count += 1;
        if count == MAX_MARKS + 1 {
            let message = say!("a letter has more than {most} marks", most = MAX_MARKS);
            let found = Diagnostic::error(run.place_of(at), message);
            problems.push(found.hint(source::limit("marks", MAX_MARKS)));
            // One is enough to say so.
            return;
        }
    }
}

/// Whether a character stands on the letter before it, or is joined to it.
fn is_mark(c: char) -> bool {
    use GeneralCategory as Of;
    c >= '\u{300}'
        && !cjk::is_ideograph(c)
        && matches!(
            Of::for_char(c),
            Of::NonspacingMark | Of::EnclosingMark | Of::SpacingMark | Of::Format
        )
}

/// Tells the characters that stand for others which a program could not read.
fn lost(run: &Printed, problems: &mut Problems) {
    let Some(at) = run.text.find(char::REPLACEMENT_CHARACTER) else { return };
    let message = say!("the text contains U+FFFD, which stands for a character that was lost");
    let hint = say!("it was lost where the text came from: write the character");
    problems.push(found(&rules::STRAY_CHARACTER, run.place_of(at), message, hint));
}

fn strays(run: &Printed, problems: &mut Problems) {
    for (at, c) in run.text.char_indices().filter(|(_, c)| cjk::is_stray(*c)) {
        let place = run.place_of(at);
        let before = run.text[..at].chars().next_back();
        let after = run.text[at + c.len_utf8()..].chars().next();
        let instead = cjk::instead_of(c, before, after);
        let fix = edit(&place, c, instead);
        let message = say!(
            "the text contains {name}, which is no text and is not printed",
            name = format!("U+{:04X}", u32::from(c))
        );
        let hint = say!("it came from another program: delete it");
        problems.push(Diagnostic { fix, ..found(&rules::STRAY_CHARACTER, place, message, hint) });
    }
}

fn look_alikes(run: &Printed, problems: &mut Problems) {
    let all: Vec<(usize, char, String)> =
        run.text.char_indices().filter_map(|(at, c)| Some((at, c, cjk::meant(c)?))).collect();
    let Some((first, ..)) = all.first() else { return };
    // A paragraph that was copied from a PDF is full of them: they are one finding.
    let fix = all.iter().flat_map(|(at, c, plain)| edit(&run.place_of(*at), *c, plain)).collect();
    let mut seen = BTreeSet::new();
    let shown: Vec<_> = all.iter().filter(|(_, c, _)| seen.insert(*c)).take(SHOWN).collect();
    let written: Vec<String> =
        shown.iter().map(|(_, c, _)| format!("U+{:04X}", u32::from(*c))).collect();
    let plain: String = shown.iter().map(|(.., plain)| plain.as_str()).collect();
    let message = say!(
        "{written} only looks like `{plain}`: no search finds it",
        written = written.join(", "),
        plain
    );
    let hint = say!("write `{plain}`", plain);
    let place = run.place_of(*first);
    problems.push(Diagnostic { fix, ..found(&rules::LOOK_ALIKE, place, message, hint) });
}

/// The most characters that a message shows.
const SHOWN: usize = 8;

fn found(rule: &'static source::Rule, place: Place, message: String, hint: String) -> Diagnostic {
    Diagnostic::of(rule, place, message).hint(hint)
}

/// Replaces a character where it is written as such; nothing where it is an entity.
fn edit(place: &Place, c: char, text: &str) -> Vec<Edit> {
    let written = place.file.text.get(place.range.clone());
    if written.is_some_and(|written| written.chars().eq([c])) {
        vec![Edit { range: place.range.clone(), text: text.to_owned() }]
    } else {
        vec![]
    }
}
