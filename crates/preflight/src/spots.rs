//! B1: spot colours across a file: one name for each, and one stand-in (GWG 2022, spot colours).

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{At, Findings};
use super::page::Space;
use super::rules;
use super::seen::Seen;
use l10n::say;

/// The spot colours that were met: their names, and the stand-ins for each.
#[derive(Debug, Clone, Default)]
pub(super) struct Spots(BTreeMap<String, BTreeSet<String>>);

impl Spots {
    /// Notes a mark's spot colours.
    pub(super) fn mark(&mut self, seen: &Seen) {
        let Space::Colorants { full, .. } = seen.mark.paint.space().base() else { return };
        for name in seen.mark.paint.space().spots() {
            let known = self.0.entry(name.to_owned()).or_default();
            let ways = full.iter().filter(|(of, _)| of == name).map(|(_, way)| way);
            for way in ways {
                if !known.contains(way) {
                    known.insert(way.clone());
                }
            }
        }
    }

    /// Adds those of another page.
    pub(super) fn add(&mut self, other: Self) {
        for (name, known) in other.0 {
            self.0.entry(name).or_default().extend(known);
        }
    }

    /// Checks the names and stand-ins of the whole file.
    pub(super) fn check(&self, findings: &mut Findings) {
        let mut before: Vec<(&String, &BTreeSet<String>)> = vec![];
        for (name, known) in &self.0 {
            if known.len() > 1 {
                let message = say!(
                    "the spot colour `{name}` is shown in {count} ways: {ways}",
                    name,
                    count = known.len(),
                    ways = known.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
                );
                let hint = say!("define the spot colour once, and use it everywhere");
                findings.report(&rules::SPOT_STAND_IN, At::FILE, message, hint);
            }
            let same = |(other, ways): &&(&String, &BTreeSet<String>)| {
                let mixed = |way: &&String| is_mixed(way);
                plain(other) == plain(name) || ways.intersection(known).any(|way| mixed(&way))
            };
            if let Some((other, _)) = before.iter().find(same) {
                let message =
                    say!("`{other}` and `{name}` seem to be one spot colour", other, name);
                let hint = say!("use one name: each name makes a plate of its own");
                findings.report(&rules::SPOT_NAMES, At::FILE, message, hint);
            }
            before.push((name, known));
        }
    }
}

/// Returns a name without what programs add to it or spell differently.
fn plain(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '.'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    // The paper that a colour is shown on: coated, uncoated, matt, simulated.
    let papers =
        ["c", "u", "m", "cv", "cvc", "cvu", "cvp", "cp", "up", "pc", "ec", "coated", "uncoated"];
    let count = words.len();
    let kept = words
        .iter()
        .enumerate()
        .filter(|(at, word)| *at + 1 < count || count == 1 || !papers.contains(&word.as_str()));
    let joined: String = kept.map(|(_, word)| word.as_str()).collect();
    // `186C` is `186 C`.
    let number = joined.strip_suffix(['c', 'u', 'm']);
    match number.filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())) {
        Some(rest) => rest.to_owned(),
        None => joined,
    }
}

/// Returns whether a stand-in is a mixture that no two colours share by chance.
fn is_mixed(way: &str) -> bool {
    let numbers = way.split([' ', '(', ')']).filter_map(|word| word.parse::<f32>().ok());
    numbers.filter(|number| *number > 0.0 && *number < 1.0).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_colour_meet() {
        for (a, b) in [
            ("PANTONE 186 C", "Pantone 186 C"),
            ("PANTONE 186 C", "PANTONE 186 CVC"),
            ("PANTONE 186 C", "PANTONE 186 U"),
            ("PANTONE 186C", "pantone_186"),
            ("Gold", "gold"),
        ] {
            assert_eq!(plain(a), plain(b), "{a}, {b}");
        }
        for (a, b) in [("PANTONE 186 C", "PANTONE 187 C"), ("Gold", "Silver"), ("C", "M")] {
            assert_ne!(plain(a), plain(b), "{a}, {b}");
        }
        assert!(is_mixed("DeviceCMYK (0 0.2 0.6 0)") && !is_mixed("DeviceCMYK (0 1 0 0)"));
    }
}
