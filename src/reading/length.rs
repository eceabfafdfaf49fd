//! Lengths as authors write them.

/// Converts a length such as `210mm`, already checked against the pattern, to millimetres.
pub(super) fn in_mm(text: &str) -> Option<f64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let unit = match unit {
        "mm" => 1.0,
        "cm" => 10.0,
        "in" => 25.4,
        "pt" => 25.4 / 72.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * unit)
}
