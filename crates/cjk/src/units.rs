//! Units of measurement: which words are units, and which letters are units in the wrong case.
//!
//! The symbols are those of the SI, those used beside it (GB 3100—1993, GB 3101—1993), and
//! computing's own.

/// A unit, and the prefixes with which letters in the wrong case are taken for it.
///
/// A symbol whose other case is as often something else (`AM`, `Min`, `FPS`) has none: `[""]` is
/// the bare unit.
struct Unit {
    symbol: &'static str,
    prefixes: &'static [&'static str],
}

macro_rules! units {
    ($($symbol:literal [$($prefix:literal),*])*) => {
        &[$(Unit { symbol: $symbol, prefixes: &[$($prefix),*] }),*]
    };
}

const UNITS: &[Unit] = units! {
    "m" ["k", "c", "d", "m", "μ", "n"]
    "g" ["k", "m", "μ", "n"]
    "s" ["m", "μ", "n"]
    "A" ["m", "k"]
    "Ah" ["m"]
    "V" ["k", "m", "M"]
    "W" ["k", "m", "M", "G"]
    "Wh" ["", "k", "M", "G", "T"]
    "J" ["k", "M"]
    "eV" ["", "k", "M", "G"]
    "Pa" ["", "h", "k", "M", "m"]
    "Hz" ["", "k", "M", "G", "T"]
    "L" ["m"]
    "dB" [""]
    "lx" [""]
    "mol" ["", "m"]
    "B" ["k", "K", "M", "G", "T", "P", "E"]
    "b" ["k", "K", "M", "G", "T"]
    "bps" ["", "k", "K", "M", "G", "T"]
    "FLOPS" ["", "G", "T", "P", "E"]
    "K" [] "cd" [] "N" [] "C" [] "F" [] "Ω" [] "Wb" [] "T" [] "H" [] "lm" [] "l" [] "t" [] "h" [] "min" [] "d" []
    "bit" [] "FLOP" [] "OPS" [] "px" [] "fps" [] "rpm" [] "M" [] "°C" [] "x" []
};

/// Prefixes that any unit may have.
const PREFIXES: [&str; 15] =
    ["k", "K", "M", "G", "T", "P", "E", "m", "μ", "µ", "n", "p", "c", "d", "h"];

/// Returns whether a word is a unit: `kg`, `km/h`, `W/m²`, `GB`, `%`.
///
/// ```
/// use cjk::units::is_unit;
///
/// assert!(is_unit("km/h") && is_unit("W/m²") && is_unit("℃"));
/// assert!(!is_unit("models"));
/// ```
pub fn is_unit(word: &str) -> bool {
    let known = |symbol: &str| UNITS.iter().any(|unit| unit.symbol == symbol);
    matches!(word, "%" | "‰" | "°" | "℃")
        || !word.is_empty()
            && word.split(['/', '·']).all(|factor| {
                let factor = factor.trim_end_matches(['²', '³', '2', '3']);
                known(factor)
                    || PREFIXES.iter().any(|prefix| factor.strip_prefix(prefix).is_some_and(known))
            })
}

/// The symbols that have the letters of `word`, whatever their case; empty where there are none.
///
/// ```
/// use cjk::units::of_letters;
///
/// assert_eq!(of_letters("KG"), ["kg"]);
/// assert_eq!(of_letters("mw"), ["mW", "MW"]);
/// assert!(of_letters("FPS").is_empty());
/// ```
pub fn of_letters(word: &str) -> Vec<String> {
    let all = UNITS
        .iter()
        .flat_map(|unit| unit.prefixes.iter().map(|prefix| format!("{prefix}{}", unit.symbol)));
    all.filter(|right| right.eq_ignore_ascii_case(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_alone_prefixed_and_divided() {
        for unit in [
            "kg", "km/h", "W/m²", "GB", "TB/s", "nm", "GHz", "EFLOPS", "%", "℃", "min", "mAh",
            "hPa",
        ] {
            assert!(is_unit(unit), "{unit}");
        }
    }

    #[test]
    fn words_are_no_units() {
        for word in ["", "and", "Turbo", "models", "km/", "of"] {
            assert!(!is_unit(word), "{word}");
        }
    }

    #[test]
    fn every_unit_with_its_prefixes_is_one() {
        for unit in UNITS {
            for prefix in unit.prefixes {
                assert!(is_unit(&format!("{prefix}{}", unit.symbol)), "{prefix}{}", unit.symbol);
            }
        }
    }

    #[test]
    fn letters_choose_the_symbol() {
        for (wrong, right) in
            [("KG", "kg"), ("Km", "km"), ("ghz", "GHz"), ("KW", "kW"), ("KWH", "kWh"), ("db", "dB")]
        {
            assert_eq!(of_letters(wrong), [right]);
        }
        assert_eq!(of_letters("mw"), ["mW", "MW"]);
        assert!(of_letters("FPS").is_empty() && of_letters("am").is_empty());
    }
}
