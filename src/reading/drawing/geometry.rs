//! Places, sizes and transformations that a style sheet says: the program that draws knows them as
//! attributes alone.

use std::f64::consts::PI;
use std::str::FromStr;

use svgtypes::{Length, Transform};

/// The height of letters where a drawing says nothing, in pixels.
pub(super) const LETTER: f64 = 16.0;

/// Whether a property is an attribute of an element.
pub(super) fn is_attribute(element: &str, property: &str) -> bool {
    match property {
        "transform" => true,
        "d" => element == "path",
        "x" | "y" | "width" | "height" => {
            matches!(element, "rect" | "image" | "use" | "svg")
        }
        "rx" | "ry" => matches!(element, "rect" | "ellipse"),
        "cx" | "cy" => matches!(element, "circle" | "ellipse"),
        "r" => element == "circle",
        _ => false,
    }
}

/// Whether a value says no more than what an element has by itself.
pub(super) fn is_usual(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    ["auto", "none", "inherit", "initial", "unset", "revert", ""].contains(&value.as_str())
}

/// The value of a property as its attribute has it; `None` if it cannot be said so.
pub(super) fn value(property: &str, value: &str) -> Option<String> {
    let value = value.trim();
    match property {
        "transform" => transform(value),
        "d" => {
            let inner = value.strip_prefix("path(")?.trim().strip_suffix(')')?.trim();
            let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            Some(inner.strip_prefix(quote)?.strip_suffix(quote)?.to_owned())
        }
        _ => Length::from_str(value).is_ok().then(|| value.to_owned()),
    }
}

/// Transformations without units, which attributes do not have.
fn transform(value: &str) -> Option<String> {
    let (mut out, mut rest) = (String::new(), value);
    while let Some((name, after)) = rest.split_once('(') {
        let (inner, behind) = after.split_once(')')?;
        let name = name.trim_matches([' ', ',', '\n', '\t', '\r']);
        let arguments = inner.split([',', ' ', '\n', '\t', '\r']).filter(|one| !one.is_empty());
        let numbers: Vec<f64> = arguments.map(number).collect::<Option<_>>()?;
        let (name, numbers) = match (name.to_ascii_lowercase().as_str(), &numbers[..]) {
            ("translatex", [x]) => ("translate", vec![*x, 0.0]),
            ("translatey", [y]) => ("translate", vec![0.0, *y]),
            ("translate", [x]) => ("translate", vec![*x, 0.0]),
            ("translate", [_, _]) => ("translate", numbers),
            ("scalex", [x]) => ("scale", vec![*x, 1.0]),
            ("scaley", [y]) => ("scale", vec![1.0, *y]),
            ("scale", [_] | [_, _]) => ("scale", numbers),
            ("rotate" | "rotatez", [_]) => ("rotate", numbers),
            ("rotate", [_, _, _]) => ("rotate", numbers),
            ("skewx" | "skew", [_]) => ("skewX", numbers),
            ("skewy", [_]) => ("skewY", numbers),
            ("matrix", [_, _, _, _, _, _]) => ("matrix", numbers),
            _ => return None,
        };
        let numbers: Vec<String> = numbers.iter().map(f64::to_string).collect();
        out += &format!("{name}({}) ", numbers.join(" "));
        rest = behind;
    }
    let out = out.trim_end();
    (rest.trim().is_empty() && Transform::from_str(out).is_ok()).then(|| out.to_owned())
}

/// A length in pixels, an angle in degrees, or a bare number.
pub(super) fn number(text: &str) -> Option<f64> {
    let end = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let number: f64 = text[..end].parse().ok()?;
    let unit = match text[end..].to_ascii_lowercase().as_str() {
        "" | "px" | "deg" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "q" => 96.0 / 101.6,
        "rad" => 180.0 / PI,
        "grad" => 0.9,
        "turn" => 360.0,
        _ => return None,
    };
    Some(number * unit)
}

/// A value in which `rem` is put in: so many times the height of the root's letters.
pub(super) fn in_pixels(value: &str, root: f64) -> Option<String> {
    let (mut out, mut rest, mut found) = (String::new(), value, false);
    while let Some(at) = rest.find("rem") {
        let (before, behind) = (&rest[..at], &rest[at + "rem".len()..]);
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let start = before.trim_end_matches(digits).len();
        let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        // `url(#a2rem)` and `f3rem` are names.
        let bare = !before[..start]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '_' | '/'));
        match before[start..].parse::<f64>().ok().filter(|_| ends && bare) {
            Some(number) => {
                out += &before[..start];
                out += &format!("{}px", number * root);
                found = true;
            }
            None => out += &rest[..at + "rem".len()],
        }
        rest = behind;
    }
    out += rest;
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_measures() {
        assert_eq!(in_pixels("2rem 1.5rem", 16.0).as_deref(), Some("32px 24px"));
        for name in ["url(#a2rem)", "Ak4rem+/", "#2rem"] {
            assert_eq!(in_pixels(name, 16.0), None, "{name}");
        }
    }

    #[test]
    fn values_of_styles_are_said_as_attributes_have_them() {
        for (property, of_style, right) in [
            ("width", "80px", Some("80px")),
            ("width", "2.5em", Some("2.5em")),
            ("width", "50%", Some("50%")),
            ("width", "calc(50% + 10px)", None),
            ("d", "path(\"M 0 0 L 1 1\")", Some("M 0 0 L 1 1")),
            ("d", "M 0 0", None),
            (
                "transform",
                "translate(100px, 20px) rotate(45deg)",
                Some("translate(100 20) rotate(45)"),
            ),
            ("transform", "translateX(1in)", Some("translate(96 0)")),
            ("transform", "rotate(0.25turn),scaleY(2)", Some("rotate(90) scale(1 2)")),
            ("transform", "translate(50%, 0)", None),
            ("transform", "rotate3d(1,0,0,45deg)", None),
            ("transform", "translate(1", None),
            ("transform", "translate(1) x", None),
        ] {
            assert_eq!(value(property, of_style).as_deref(), right, "{of_style}");
        }
        assert_eq!(in_pixels("1.5rem", LETTER).as_deref(), Some("24px"));
        assert_eq!(in_pixels("bold 2rem premium", 10.0).as_deref(), Some("bold 20px premium"));
        assert_eq!(in_pixels("premium 3remx", LETTER), None);
        assert!(is_attribute("rect", "rx") && !is_attribute("g", "width"));
    }
}
