//! `font`, in which several properties are written as one: the program that draws knows it without
//! the height of a line alone.

const SIZES: [&str; 10] = [
    "xx-small",
    "x-small",
    "small",
    "medium",
    "large",
    "x-large",
    "xx-large",
    "smaller",
    "larger",
    "xxx-large",
];

/// Returns what `font` says, property by property; `None` where it is no such list.
pub(super) fn properties(value: &str) -> Option<Vec<(&'static str, String)>> {
    let (mut style, mut variant, mut weight, mut stretch) =
        ("normal", "normal", "normal", "normal");
    let mut rest = value.trim();
    let size = loop {
        let end = rest.find(char::is_whitespace)?;
        let word = &rest[..end];
        let behind = rest[end..].trim_start();
        let lower = word.to_ascii_lowercase();
        match &*lower {
            "normal" => {}
            "italic" | "oblique" => style = word,
            "small-caps" => variant = word,
            "bold" | "bolder" | "lighter" => weight = word,
            _ if word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 4 => weight = word,
            _ if lower.ends_with("condensed") || lower.ends_with("expanded") => stretch = word,
            _ => {
                let size = word.split('/').next().unwrap_or(word);
                let lower = size.to_ascii_lowercase();
                let length = lower.starts_with(|c: char| c.is_ascii_digit() || c == '.');
                if !(length || SIZES.contains(&&*lower)) {
                    return None;
                }
                rest = behind;
                // The height of a line: `12px/1.5`, `12px / 1.5`, `12px /1.5`.
                let height = match (word.ends_with('/'), rest.strip_prefix('/')) {
                    (true, _) => Some(rest),
                    (false, Some(height)) => Some(height.trim_start()),
                    (false, None) => None,
                };
                if let Some(height) = height {
                    rest = height.split_once(char::is_whitespace)?.1.trim_start();
                }
                break size;
            }
        }
        rest = behind;
    };
    (!rest.is_empty()).then(|| {
        vec![
            ("font-style", style.to_owned()),
            ("font-variant", variant.to_owned()),
            ("font-weight", weight.to_owned()),
            ("font-stretch", stretch.to_owned()),
            ("font-size", size.to_owned()),
            ("font-family", rest.to_owned()),
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_is_said_property_by_property() {
        for (value, right) in [
            ("10px Arial", Some(["normal", "normal", "10px", "Arial"])),
            ("bold 10px/1.5 Arial", Some(["normal", "bold", "10px", "Arial"])),
            (
                "italic 700 8pt / 12pt \"Times New Roman\", serif",
                Some(["italic", "700", "8pt", "\"Times New Roman\", serif"]),
            ),
            ("normal medium/ 1 a b", Some(["normal", "normal", "medium", "a b"])),
            ("inherit", None),
            ("caption", None),
            ("12px", None),
            ("bold Arial", None),
            ("", None),
        ] {
            let said = properties(value);
            let of = |name: &str| {
                let found = said.iter().flatten().find(|(own, _)| *own == name);
                found.map(|(_, value)| value.clone()).unwrap_or_default()
            };
            let own = ["font-style", "font-weight", "font-size", "font-family"].map(of);
            assert_eq!(said.is_some().then_some(own), right.map(|said| said.map(str::to_owned)));
        }
    }
}
