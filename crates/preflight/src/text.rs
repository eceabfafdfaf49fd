//! Strings and dates in PDF dictionaries (ISO 32000-1, 7.9.2 and 7.9.4) and in XMP.

/// A text string of a PDF (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 behind their marks, else
/// PDFDocEncoding (taken as Latin-1, from which it differs in some marks alone).
pub fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// Normalises a date of a PDF (`D:20260101120000+08'00'`) or of XMP (`2026-01-01T12:00:00+08:00`)
/// to one spelling; returns `None` if it is neither. Omitted fields have their first value.
pub(super) fn date(text: &str) -> Option<String> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let zone = text.find(['Z', '+']).or_else(|| {
        text.rfind('-').filter(|&at| text[..at].contains('T') || !text[..at].contains('-'))
    });
    let zone = zone.filter(|&at| at >= 8);
    let (time, zone) = text.split_at(zone.unwrap_or(text.len()));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    // XMP may give fractions of a second, which a PDF cannot.
    let time = time.split('.').next().unwrap_or_default();
    if !time.chars().all(|c| c.is_ascii_digit() || "-:T".contains(c)) {
        return None;
    }
    let mut time = digits(time);
    if time.len() < 4 || time.len() > 14 || !time.len().is_multiple_of(2) {
        return None;
    }
    time.push_str(&"00000101000000"[time.len()..]);
    let mut offset = digits(zone);
    offset.push_str("0000"[offset.len().min(4)..].as_ref());
    let sign = if offset == "0000" { "+" } else { zone.get(..1).unwrap_or("+") };
    Some(format!("{time}{sign}{offset}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_both_kinds_meet() {
        assert_eq!(date("D:20260102030405+08'00'"), date("2026-01-02T03:04:05+08:00"));
        assert_eq!(date("D:20260102030405Z"), date("2026-01-02T03:04:05+00:00"));
        assert_eq!(date("D:20260102030405-05'30"), date("2026-01-02T03:04:05-05:30"));
        assert_eq!(date("D:2026"), date("2026-01-01"));
        assert_ne!(date("D:20260102030405Z"), date("2026-01-02T03:04:06Z"));
        assert_ne!(date("D:20260102030405+08'00'"), date("2026-01-02T03:04:05Z"));
        assert_eq!(date("today"), None);
    }

    #[test]
    fn text_has_three_encodings() {
        assert_eq!(decode(b"\xFE\xFF\x4E\x2D"), "中");
        assert_eq!(decode(b"\xEF\xBB\xBF\xE4\xB8\xAD"), "中");
        assert_eq!(decode(b"caf\xE9"), "café");
    }
}
