//! Which texts are values of which kind.

use l10n::say;
use source::{Diagnostic, Place, Problems, nearest};

use super::Kind;

/// Checks a value of the variable `name`, which is written at `place`.
pub(crate) fn check(
    kind: Kind,
    values: &[String],
    value: &str,
    name: &str,
    place: &Place,
    problems: &mut Problems,
) -> bool {
    let hint = match kind {
        _ if !values.is_empty() => (!values.iter().any(|known| known == value)).then(|| {
            match nearest(value, values.iter().map(String::as_str)) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None => say!("it can be `{known}`", known = values.join("`, `")),
            }
        }),
        Kind::Number => {
            number(value).is_none().then(|| say!("write a number such as `1250` or `0.35`"))
        }
        Kind::Date => {
            date(value).is_none().then(|| say!("write a date as `2025-01` or `2025-01-31`"))
        }
        Kind::Boolean => {
            (!["true", "false"].contains(&value)).then(|| say!("write `true` or `false`"))
        }
        Kind::File => {
            value.trim().is_empty().then(|| say!("write the path of a file in `content/`"))
        }
        Kind::Text => None,
    };
    let sound = hint.is_none();
    if let Some(hint) = hint {
        let message = say!("`{name}` cannot be `{value}`", name, value);
        problems.push(Diagnostic::error(place.clone(), message).hint(hint));
    }
    sound
}

/// Whether two sound values of a kind are the same.
pub(crate) fn same(kind: Kind, one: &str, other: &str) -> bool {
    match kind {
        Kind::Number => number(one) == number(other),
        _ => one == other,
    }
}

/// A number as it is written in YAML.
pub(crate) fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit());
    text.parse::<f64>().ok().filter(|number| plain && number.is_finite())
}

/// Year, month and day of a date, as far as it has them.
pub(crate) fn date(text: &str) -> Option<(u32, Option<u32>, Option<u32>)> {
    let mut parts = text.split('-');
    let mut next = |digits: usize| match parts.next() {
        None => Some(None),
        Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
            Some(part.parse::<u32>().ok())
        }
        Some(_) => None,
    };
    let (year, month, day) = (next(4)??, next(2)?, next(2)?);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        Some(2) => 28 + u32::from(leap),
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    let exists = month.is_none_or(|month| (1..=12).contains(&month))
        && day.is_none_or(|day| (1..=days).contains(&day))
        && parts.next().is_none();
    exists.then_some((year, month, day))
}
