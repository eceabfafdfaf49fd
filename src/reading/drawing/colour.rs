//! Colours as browsers write them today, with spaces and a slash: the program that draws knows commas
//! alone.

/// The functions of colours that are known with commas.
const NAMES: [&str; 4] = ["rgba(", "rgb(", "hsla(", "hsl("];

/// A value whose colours have commas, if any of them has spaces: `rgb(255 0 0 / 50%)` is
/// `rgba(255,0,0,0.5)`.
pub(super) fn plain(value: &str) -> Option<String> {
    let (mut out, mut rest, mut found) = (String::new(), value, false);
    while let Some((at, name)) = next(rest) {
        let inside = &rest[at + name.len()..];
        let Some((inner, behind)) = inside.split_once(')') else { break };
        let written = parted(&name[..3], inner);
        found |= written.is_some();
        out += &rest[..at];
        out += &written.unwrap_or_else(|| rest[at..at + name.len() + inner.len() + 1].to_owned());
        rest = behind;
    }
    out += rest;
    found.then_some(out)
}

/// The next function of a colour: its place, and its name.
fn next(text: &str) -> Option<(usize, &'static str)> {
    let lower = text.to_ascii_lowercase();
    let found = NAMES.iter().filter_map(|name| {
        let at = lower.find(name)?;
        let bare = !lower[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
        bare.then_some((at, *name))
    });
    found.min_by_key(|(at, name)| (*at, usize::MAX - name.len()))
}

fn parted(name: &str, inner: &str) -> Option<String> {
    if inner.contains([',', '(']) {
        return None;
    }
    let (colour, alpha) = match inner.split_once('/') {
        Some((colour, alpha)) => (colour, Some(alpha.trim())),
        None => (inner, None),
    };
    let parts: Vec<&str> = colour.split_whitespace().collect();
    let [first, second, third] = parts[..] else { return None };
    // Whole numbers are all that the older form has.
    let number = |part: &str| match part.parse::<f64>() {
        Ok(number) if name == "rgb" => number.round().to_string(),
        _ => part.to_owned(),
    };
    let parts = [first, second, third].map(number).join(",");
    let Some(alpha) = alpha else { return Some(format!("{name}({parts})")) };
    let alpha = match alpha.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => alpha.parse().ok()?,
    };
    Some(format!("{name}a({parts},{alpha})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_with_spaces_have_commas() {
        for (value, right) in [
            ("rgb(255 0 0 / 50%)", Some("rgba(255,0,0,0.5)")),
            ("RGB(255 127.6 0)", Some("rgb(255,128,0)")),
            ("hsl(120deg 50% 50% / .3)", Some("hsla(120deg,50%,50%,0.3)")),
            ("1px solid rgba(1 2 3 / 1) x", Some("1px solid rgba(1,2,3,1) x")),
            ("rgb(1, 2, 3)", None),
            ("rgb(from red r g b)", None),
            ("my-rgb(1 2 3)", None),
            ("rgb(1 2", None),
        ] {
            assert_eq!(plain(value).as_deref(), right, "{value}");
        }
    }
}
