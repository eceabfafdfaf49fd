//! Strings and dates in PDF dictionaries (ISO 32000-1, 7.9.2 and 7.9.4) and in XMP.

/// The characters of PDFDocEncoding that are not those of Latin-1, from 0x18 and from 0x80 (ISO
/// 32000-1, D.3).
const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
const MARKS: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
];

/// A text string of a PDF (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 behind their marks, else
/// PDFDocEncoding.
pub fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| character(byte)).collect(),
    }
}

fn character(byte: u8) -> char {
    match byte {
        0x18..=0x1F => ACCENTS[usize::from(byte - 0x18)],
        0x80..=0xA0 => MARKS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Normalises a date of a PDF (`D:20260101120000+08'00'`) or of XMP (`2026-01-01T12:00:00+08:00`)
/// to seconds of one clock; returns `None` if it is neither. Omitted fields have their first value.
/// The same instant may be told in two time zones.
pub(super) fn date(text: &str) -> Option<i64> {
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
    let number = |text: &str| text.parse::<i64>().ok();
    let [year, month, day] = [number(&time[..4])?, number(&time[4..6])?, number(&time[6..8])?];
    let [hour, minute, second] = [8, 10, 12].map(|at| number(&time[at..at + 2]).unwrap_or(0));
    // Days since a year that begins in March, so that leap days come last.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = 365 * year + leaps + (153 * month + 2) / 5 + day;
    let east = number(&offset[..2])? * 60 + number(&offset[2..4])?;
    let east = if zone.starts_with('-') { -east } else { east };
    Some(((days * 24 + hour) * 60 + minute - east) * 60 + second)
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
        // One instant, told in two places; over the end of a month, a year, a leap day.
        assert_eq!(date("D:20260102030405+08'00'"), date("2026-01-01T19:04:05Z"));
        assert_eq!(date("D:20240301003000+0100"), date("2024-02-29T23:30:00Z"));
        assert_eq!(date("D:20251231200000-05'00'"), date("2026-01-01T09:00:00+08:00"));
        assert_ne!(date("D:20250301003000+0100"), date("2025-02-27T23:30:00Z"));
    }

    #[test]
    fn text_has_three_encodings() {
        assert_eq!(decode(b"\xFE\xFF\x4E\x2D"), "中");
        assert_eq!(decode(b"\xEF\xBB\xBF\xE4\xB8\xAD"), "中");
        assert_eq!(decode(b"caf\xE9"), "café");
        assert_eq!(decode(b"\x8D1 \x85 2\x8E \xA0"), "“1 – 2” €");
    }
}
