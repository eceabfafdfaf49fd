//! Symbols of units whose case is wrong (GB 3100—1993, GB 3101—1993): `KG`, `Ghz`, `MPA`.

use super::draft::Draft;
use crate::diagnostic::rules;
use crate::words::say;

/// Units that are written wrongly, each with the prefixes that it comes with. What stands for something else as often
/// (`AM`, `Min`, `FPS`) is not among them.
const UNITS: [(&str, &[&str]); 20] = [
    ("m", &["k", "c", "d", "m", "μ", "n"]),
    ("g", &["k", "m", "μ", "n"]),
    ("s", &["m", "μ", "n"]),
    ("A", &["m", "k"]),
    ("Ah", &["m"]),
    ("V", &["k", "m", "M"]),
    ("W", &["k", "m", "M", "G"]),
    ("Wh", &["", "k", "M", "G", "T"]),
    ("J", &["k", "M"]),
    ("eV", &["", "k", "M", "G"]),
    ("Pa", &["", "h", "k", "M", "m"]),
    ("Hz", &["", "k", "M", "G", "T"]),
    ("L", &["m"]),
    ("dB", &[""]),
    ("lx", &[""]),
    ("mol", &["", "m"]),
    ("B", &["k", "K", "M", "G", "T", "P", "E"]),
    ("b", &["k", "K", "M", "G", "T"]),
    ("bps", &["", "k", "K", "M", "G", "T"]),
    ("FLOPS", &["", "G", "T", "P", "E"]),
];

/// Units after a number whose letters are right and whose case is not.
pub fn symbols(draft: &mut Draft) {
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
        let right = candidates(&symbol);
        if right.is_empty() || right.contains(&symbol) {
            continue;
        }
        let message = say!("the unit `{symbol}` is in the wrong case", symbol);
        match &right[..] {
            [right] => {
                let hint = say!("write `{right}`", right);
                draft.mend(&rules::UNIT, start..end, right, message, hint);
            }
            _ => {
                let hint = say!("write one of `{right}`", right = right.join("`, `"));
                draft.tell(&rules::UNIT, start..end, message, hint);
            }
        }
    }
}

/// Whether a number ends at `end`: one that is no part of a name such as `GPT-4` or `v2.5`.
fn is_quantity(chars: &[char], end: usize) -> bool {
    let number = chars[..end].iter().rev().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
    let before = (end - number).checked_sub(1).map(|at| chars[at]);
    let starts = chars.get(end - number).is_some_and(char::is_ascii_digit);
    number > 0 && starts && !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '–'))
}

/// The symbols that have these letters, whatever their case; `K` and `k` of bytes are one.
fn candidates(symbol: &str) -> Vec<String> {
    let all = UNITS.iter().flat_map(|(unit, prefixes)| prefixes.iter().map(move |prefix| format!("{prefix}{unit}")));
    all.filter(|right| right.eq_ignore_ascii_case(symbol)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_choose_the_symbol() {
        for (wrong, right) in [("KG", "kg"), ("Km", "km"), ("ghz", "GHz"), ("KW", "kW"), ("KWH", "kWh"), ("db", "dB")] {
            assert_eq!(candidates(wrong), [right]);
        }
        assert_eq!(candidates("mw"), ["mW", "MW"]);
        assert!(candidates("FPS").is_empty() && candidates("am").is_empty());
    }

    #[test]
    fn names_with_numbers_are_no_quantities() {
        let quantity = |text: &str| is_quantity(&text.chars().collect::<Vec<_>>(), text.chars().count());
        assert!(quantity("重5") && quantity("约1,200.5") && quantity("3"));
        assert!(!quantity("GPT-4") && !quantity("A100") && !quantity("重") && !quantity("-5"));
    }
}
