//! What an ICC profile calls itself (ICC.1:2022, 9.2), and the printing conditions that such names
//! stand for.

/// Printing conditions, and what profiles made for them are called: letters and digits alone.
const CONDITIONS: &[(&str, &[&str])] = &[
    ("FOGRA27", &["fogra27"]),
    ("FOGRA29", &["fogra29", "isouncoated"]),
    ("FOGRA39", &["fogra39", "isocoatedv2"]),
    ("FOGRA43", &["fogra43"]),
    ("FOGRA45", &["fogra45", "psolwcimproved"]),
    ("FOGRA46", &["fogra46", "psolwcstandard"]),
    ("FOGRA47", &["fogra47", "psouncoatediso12647"]),
    ("FOGRA51", &["fogra51", "psocoatedv3"]),
    ("FOGRA52", &["fogra52", "psouncoatedv3"]),
    ("FOGRA53", &["fogra53", "ecicmyk"]),
    ("FOGRA54", &["fogra54", "pso_sc_b_paper", "psoscbpaperv3"]),
    ("IFRA26", &["ifra26", "isonewspaper26"]),
    ("CGATS TR 001", &["cgatstr001", "tr001", "uswebcoatedswop"]),
    ("CGATS TR 003", &["cgatstr003", "tr003", "swop2006coated3"]),
    ("CGATS TR 005", &["cgatstr005", "tr005", "swop2006coated5"]),
    ("CGATS TR 006", &["cgatstr006", "tr006", "gracol2006"]),
    ("CGATS21-2-CRPC1", &["crpc1"]),
    ("CGATS21-2-CRPC2", &["crpc2"]),
    ("CGATS21-2-CRPC3", &["crpc3"]),
    ("CGATS21-2-CRPC4", &["crpc4"]),
    ("CGATS21-2-CRPC5", &["crpc5", "swop2013"]),
    ("CGATS21-2-CRPC6", &["crpc6", "gracol2013"]),
    ("CGATS21-2-CRPC7", &["crpc7"]),
    ("JC200103", &["jc200103", "japancolor2001coated"]),
    ("JC200104", &["jc200104", "japancolor2001uncoated"]),
    ("JCN2002", &["jcn2002", "japancolor2002newspaper"]),
    ("JCW2003", &["jcw2003", "japanwebcoated"]),
    ("JC201103", &["jc201103", "japancolor2011coated"]),
];

/// Returns the printing condition that a text names: the longest name that is in it.
pub(super) fn condition(text: &str) -> Option<&'static str> {
    let plain: String =
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let named = CONDITIONS
        .iter()
        .flat_map(|(condition, names)| names.iter().map(move |name| (*name, *condition)));
    named
        .filter(|(name, _)| plain.contains(name))
        .max_by_key(|(name, _)| name.len())
        .map(|(_, c)| c)
}

/// Returns a profile's description.
pub(super) fn description(icc: &[u8]) -> Option<String> {
    tag(icc, b"desc").map(text)
}

/// Returns the characterisation that a profile was made from, as far as it names it.
pub(super) fn target(icc: &[u8]) -> Option<String> {
    // The data of a whole chart may stand here; its head says what it is.
    tag(icc, b"targ").map(|data| text(&data[..data.len().min(2000)]))
}

fn word(data: &[u8], at: usize) -> Option<usize> {
    data.get(at..at + 4)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes) as usize)
}

fn tag<'a>(icc: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let count = word(icc, 128)?.min(200);
    let entry = (0..count).map(|n| 132 + n * 12).find(|at| icc.get(*at..at + 4) == Some(name))?;
    let (from, length) = (word(icc, entry + 4)?, word(icc, entry + 8)?);
    icc.get(from..from.checked_add(length)?)
}

/// The text of a tag: UTF-16 of `mluc`, or the bytes of `desc` and `text`.
fn text(data: &[u8]) -> String {
    if data.starts_with(b"mluc") {
        let (length, from) = (word(data, 20).unwrap_or(0), word(data, 24).unwrap_or(0));
        let text = from.checked_add(length).and_then(|end| data.get(from..end)).unwrap_or_default();
        let units: Vec<u16> =
            text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    let from = if data.starts_with(b"desc") { 12 } else { 8 };
    let text = data.get(from..).unwrap_or_default();
    let end = text.iter().position(|byte| *byte == 0).unwrap_or(text.len());
    String::from_utf8_lossy(&text[..end]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_known_by_many_names() {
        for (text, known) in [
            ("ISO Coated v2 300% (basICColor)", Some("FOGRA39")),
            ("Coated FOGRA39 (ISO 12647-2:2004)", Some("FOGRA39")),
            ("PSO Uncoated ISO12647 (ECI)", Some("FOGRA47")),
            ("PSO Coated v3", Some("FOGRA51")),
            ("PSOuncoated_v3_FOGRA52", Some("FOGRA52")),
            ("U.S. Web Coated (SWOP) v2", Some("CGATS TR 001")),
            ("Japan Color 2001 Uncoated", Some("JC200104")),
            ("our press", None),
        ] {
            assert_eq!(condition(text), known, "{text}");
        }
    }

    #[test]
    fn descriptions_are_found_in_both_kinds() {
        let profile = |data: &[u8]| {
            let mut icc = vec![0; 128];
            icc.extend(1u32.to_be_bytes());
            icc.extend(b"desc");
            icc.extend(144u32.to_be_bytes());
            icc.extend((data.len() as u32).to_be_bytes());
            icc.extend(data);
            icc
        };
        let old = [&b"desc\0\0\0\0\0\0\0\x04"[..], b"abc\0rest"].concat();
        assert_eq!(description(&profile(&old)).as_deref(), Some("abc"));
        let new =
            [&b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS\0\0\0\x04\0\0\0\x1C"[..], b"\0a\0b"].concat();
        assert_eq!(description(&profile(&new)).as_deref(), Some("ab"));
        assert_eq!(description(b"short"), None);
    }
}
