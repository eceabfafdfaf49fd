//! Which words are units of measurement, so that a number and its unit stay in one line (rule 18).

const PREFIXES: [&str; 14] = ["k", "K", "M", "G", "T", "P", "E", "m", "μ", "µ", "n", "p", "c", "d"];

/// SI, what is used beside it (GB 3100—1993), and computing's own.
const UNITS: [&str; 43] = [
    "m", "g", "s", "A", "K", "mol", "cd", "Hz", "N", "Pa", "J", "W", "Wh", "C", "V", "F", "Ω", "Wb", "T", "H", "lm",
    "lx", "eV", "L", "l", "t", "h", "min", "d", "dB", "B", "b", "bit", "bps", "FLOPS", "FLOP", "OPS", "px", "fps",
    "rpm", "M", "°C", "x",
];

/// Whether a word is a unit: `kg`, `km/h`, `W/m²`, `GB`, `%`.
pub fn is_unit(word: &str) -> bool {
    matches!(word, "%" | "‰" | "°" | "℃")
        || !word.is_empty()
            && word.split(['/', '·']).all(|factor| {
                let factor = factor.trim_end_matches(['²', '³', '2', '3']);
                let prefixed =
                    || PREFIXES.iter().any(|p| factor.strip_prefix(p).is_some_and(|rest| UNITS.contains(&rest)));
                UNITS.contains(&factor) || prefixed()
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_alone_prefixed_and_divided() {
        for unit in ["kg", "km/h", "W/m²", "GB", "TB/s", "nm", "GHz", "EFLOPS", "%", "℃", "min"] {
            assert!(is_unit(unit), "{unit}");
        }
    }

    #[test]
    fn words_are_no_units() {
        for word in ["", "and", "Turbo", "models", "km/", "of"] {
            assert!(!is_unit(word), "{word}");
        }
    }
}
