//! The rules of `templates/kit/TYPOGRAPHY.md`, each as a function over typeset lines.

mod breaks;
mod marks;
mod spacing;

pub(super) use spacing::{LEAST_MEASURE, largest_han_gap};

use super::controls::Control;
use super::lines::{Block, Line};

/// What a checker found.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// How many places the rule speaks of.
    pub tried: usize,
    /// What is wrong, and where.
    pub faults: Vec<String>,
}

impl Tally {
    /// Counts a place.
    pub(super) fn note(&mut self, holds: bool, what: impl Into<String>) {
        self.tried += 1;
        if !holds {
            self.faults.push(what.into());
        }
    }

    /// Counts a place in a block.
    pub(super) fn count(&mut self, holds: bool, block: &Block, what: impl Into<String>) {
        self.note(holds, format!("{} em: {}", block.measure, what.into()));
    }
}

/// A rule that is judged on the swept texts.
pub(super) struct Rule {
    /// Its number in the list.
    pub number: u8,
    /// Its text.
    pub title: &'static str,
    /// Its checker.
    pub check: fn(&[Block]) -> Tally,
    /// What is taken out for the control, which must show faults.
    pub control: Control,
}

/// Every rule of running text.
pub(super) const RULES: [Rule; 32] = {
    use Control::*;
    const fn rule(
        number: u8,
        title: &'static str,
        check: fn(&[Block]) -> Tally,
        control: Control,
    ) -> Rule {
        Rule { number, title, check, control }
    }
    [
        rule(1, "no closing mark opens a line", marks::no_closing_mark_opens_a_line, Broken),
        rule(2, "no opening mark closes a line", marks::no_opening_mark_closes_a_line, Broken),
        rule(3, "`——` is one piece of 2 em", marks::double_dash, Broken),
        rule(4, "`……` is one piece of 2 em", marks::ellipsis, Broken),
        rule(5, "adjacent marks share their space", marks::adjacent_marks, Untidied),
        rule(6, "a mark at a line's end takes half its width", marks::mark_at_line_end, Taiwan),
        rule(7, "a bracket at a line's start is trimmed", marks::bracket_at_line_start, Untidied),
        rule(8, "Chinese quotes are 1 em", marks::chinese_quotes, Narrow),
        rule(9, "the apostrophe in Latin is Latin", marks::apostrophe, Untidied),
        rule(10, "gap between Han and Latin", spacing::han_latin_gap, Unset),
        rule(11, "the same beside code and formulas", spacing::gap_beside_code, Untidied),
        rule(12, "no typed space between Han and Latin", spacing::no_typed_space, Spaced),
        rule(13, "no gap beside a Chinese mark", spacing::no_gap_beside_marks, Spaced),
        rule(14, "a citation stays with its word", breaks::citation, Untidied),
        rule(15, "a mark stays with the code before it", breaks::mark_behind_code, Broken),
        rule(16, "`·` opens no line", breaks::middle_dot, Untidied),
        rule(17, "a number is one piece", breaks::number, Broken),
        rule(18, "number and unit, name and number, range", breaks::number_and_unit, Untidied),
        rule(19, "no last line of one character", breaks::runt, Unset),
        rule(20, "nothing hangs over the edge", spacing::right_edge, Unset),
        rule(21, "justified at both sides", spacing::justified, Ragged),
        rule(22, "gaps between Han at most 0.5 em", spacing::han_gaps, Glued),
        rule(23, "points and quotations on whole ems", spacing::whole_ems, Ragged),
        rule(24, "first line indented by 2 em", spacing::indent, Unset),
        rule(
            25,
            "no indent where a paragraph goes on",
            spacing::no_indent_where_it_goes_on,
            Untidied,
        ),
        rule(30, "`？！` in 1 em", marks::cry, Untidied),
        rule(31, "emphasis dots under Han", marks::dots, Unset),
        rule(32, "Chinese emphasis is Kai", marks::emphasis, Unset),
        rule(33, "line pitch 1.7 of the size", spacing::pitch, Ragged),
        rule(34, "`一、` with no gap after", marks::numeral, Spaced),
        rule(36, "lists hang and share the baseline", spacing::hanging, Unset),
        rule(40, "Chinese marks in Chinese", marks::marks_of_the_language, Ascii),
    ]
};

/// The lines of a block and those after them.
fn breaks(block: &Block) -> impl Iterator<Item = (&Line, &Line)> {
    block.lines.windows(2).map(|pair| (&pair[0], &pair[1]))
}
