//! Unit symbols in the wrong case (GB 3100—1993, GB 3101—1993): `KG`, `Ghz`, `MPA`.

use super::draft::Draft;
use crate::rules;
use cjk::units::of_letters;
use l10n::say;

/// Checks for units after a number whose letters are right but whose case is wrong.
pub(crate) fn symbols(draft: &mut Draft) {
    let mut at = draft.chars().len();
    while at > 0 {
        let word = |c: &char| c.is_ascii_alphanumeric();
        let end = at;
        at -= draft.chars()[..end].iter().rev().take_while(|c| word(c)).count().max(1);
        let chars = &draft.chars()[at..end];
        let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
        let start = at + digits;
        let symbol: String = chars[digits..].iter().collect();
        let apart = digits == 0 && draft.before(at) == Some(' ');
        if !is_quantity(draft.chars(), if apart { at - 1 } else { start })
            || !symbol.bytes().all(|b| b.is_ascii_alphabetic())
        {
            continue;
        }
        let right = of_letters(&symbol);
        if right.is_empty() || right.contains(&symbol) {
            continue;
        }
        let message = say!("the unit `{symbol}` is in the wrong case", symbol);
        match &right[..] {
            [right] => {
                draft.rewrite(&rules::UNIT, start..end, right, message);
            }
            _ => {
                let hint = say!("write one of `{right}`", right = right.join("`, `"));
                draft.tell(&rules::UNIT, start..end, message, hint);
            }
        }
    }
}

/// Returns whether a number ends at `end` that is not part of a name such as `GPT-4` or `v2.5`.
fn is_quantity(chars: &[char], end: usize) -> bool {
    let number = chars[..end]
        .iter()
        .rev()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .count();
    let before = (end - number).checked_sub(1).map(|at| chars[at]);
    let starts = chars.get(end - number).is_some_and(char::is_ascii_digit);
    number > 0
        && starts
        && !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '–'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_numbers_are_no_quantities() {
        let quantity =
            |text: &str| is_quantity(&text.chars().collect::<Vec<_>>(), text.chars().count());
        assert!(quantity("重5") && quantity("约1,200.5") && quantity("3"));
        assert!(!quantity("GPT-4") && !quantity("A100") && !quantity("重") && !quantity("-5"));
    }
}
