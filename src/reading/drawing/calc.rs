//! `calc()` in the places and sizes of a drawing: the program that draws knows plain lengths alone.

use roxmltree::Node;
use svgtypes::{Length, LengthUnit, ViewBox};

use super::geometry::number;

/// How deep brackets may stand in each other.
const DEPTH: usize = 32;

/// The width and height of what per cent are of: of the whole drawing, unless an element makes a ground of
/// its own.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Ground(Option<(f64, f64)>);

impl Ground {
    /// The ground that a drawing's root makes, in its own units.
    pub(super) fn of_root(root: Node) -> Self {
        let of_box = root.attribute("viewBox").and_then(|value| value.parse::<ViewBox>().ok());
        let side = |name: &str| match root.attribute(name)?.trim().parse::<Length>().ok()? {
            Length { number, unit: LengthUnit::None | LengthUnit::Px } => Some(number),
            _ => None,
        };
        Self(of_box.map(|it| (it.w, it.h)).or_else(|| Some((side("width")?, side("height")?))))
    }

    /// The ground within an element.
    pub(super) fn within(self, element: &str) -> Self {
        let own = ["svg", "symbol", "marker", "pattern", "mask", "clipPath"].contains(&element);
        if own { Self(None) } else { self }
    }

    /// What per cent of a property are of.
    fn whole(self, property: &str) -> Option<f64> {
        let (width, height) = self.0?;
        Some(match property {
            "x" | "cx" | "rx" | "width" => width,
            "y" | "cy" | "ry" | "height" => height,
            _ => ((width * width + height * height) / 2.0).sqrt(),
        })
    }

    /// The length that a value with `calc()` comes to; `None` if it has none, or cannot be worked out.
    pub(super) fn length(self, property: &str, value: &str) -> Option<String> {
        let value = value.trim().to_ascii_lowercase();
        let inner = value.strip_prefix("calc(")?;
        let mut reader = Reader { rest: inner, whole: self.whole(property) };
        let sum = reader.sum(0)?;
        let ends = reader.take(')') && reader.rest.trim().is_empty();
        (ends && sum.is_length && sum.number.is_finite()).then(|| sum.number.to_string())
    }
}

/// A number, or a length in pixels.
#[derive(Clone, Copy)]
struct Amount {
    number: f64,
    is_length: bool,
}

/// Reads sums as CSS has them: blanks stand around `+` and `-`.
struct Reader<'a> {
    rest: &'a str,
    whole: Option<f64>,
}

impl Reader<'_> {
    fn take(&mut self, mark: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(mark);
        rest.inspect(|rest| self.rest = rest).is_some()
    }

    fn sum(&mut self, depth: usize) -> Option<Amount> {
        let mut sum = self.product(depth)?;
        while let Some(rest) = self.rest.strip_prefix(char::is_whitespace) {
            let Some(sign) = rest.trim_start().chars().next().filter(|c| "+-".contains(*c)) else {
                break;
            };
            self.rest = rest.trim_start()[1..].strip_prefix(char::is_whitespace)?;
            let next = self.product(depth)?;
            if next.is_length != sum.is_length {
                return None;
            }
            sum.number += if sign == '+' { next.number } else { -next.number };
        }
        Some(sum)
    }

    fn product(&mut self, depth: usize) -> Option<Amount> {
        let mut product = self.amount(depth)?;
        loop {
            let (number, is_length) = (product.number, product.is_length);
            if self.take('*') {
                let next = self.amount(depth)?;
                if is_length && next.is_length {
                    return None;
                }
                let is_length = is_length || next.is_length;
                product = Amount { number: number * next.number, is_length };
            } else if self.take('/') {
                let next = self.amount(depth)?;
                if next.is_length || next.number == 0.0 {
                    return None;
                }
                product.number /= next.number;
            } else {
                return Some(product);
            }
        }
    }

    fn amount(&mut self, depth: usize) -> Option<Amount> {
        self.rest = self.rest.trim_start();
        let bracket = ["calc(", "("].iter().find_map(|open| self.rest.strip_prefix(open));
        if let Some(inner) = bracket.filter(|_| depth < DEPTH) {
            self.rest = inner;
            let inner = self.sum(depth + 1)?;
            return self.take(')').then_some(inner);
        }
        let signed = self.rest.strip_prefix(['+', '-']).unwrap_or(self.rest);
        let digits =
            signed.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(signed.len());
        let unit = signed[digits..].find(|c: char| !(c.is_ascii_alphabetic() || c == '%'));
        let length = self.rest.len() - signed.len() + unit.map_or(signed.len(), |at| digits + at);
        let (written, rest) = self.rest.split_at(length);
        self.rest = rest;
        if let Some(share) = written.strip_suffix('%') {
            let number = share.parse::<f64>().ok()? / 100.0 * self.whole?;
            return Some(Amount { number, is_length: true });
        }
        // Angles are no lengths.
        let angle = ["deg", "rad", "grad", "turn"].iter().any(|unit| written.ends_with(unit));
        let is_length = written.ends_with(|c: char| c.is_ascii_alphabetic());
        number(written).filter(|_| !angle).map(|number| Amount { number, is_length })
    }
}

#[cfg(test)]
mod tests {
    use super::Ground;

    #[test]
    fn sums_of_lengths_and_shares_are_worked_out() {
        let ground = Ground(Some((200.0, 100.0)));
        for (property, value, right) in [
            ("width", "calc(100% - 40px)", Some("160")),
            ("height", "calc(50% + 10px)", Some("60")),
            ("x", "calc((100% - 20px) / 2)", Some("90")),
            ("y", "CALC(2 * calc(1in + -4px))", Some("184")),
            ("r", "calc(10px)", Some("10")),
            ("width", "calc(100%-40px)", None),
            ("width", "calc(100% - 4)", None),
            ("width", "calc(2em + 1px)", None),
            ("width", "calc(10px / 0)", None),
            ("width", "calc(10px * 2px)", None),
            ("width", "calc(3)", None),
            ("width", "calc(45deg)", None),
            ("width", "calc(10px", None),
            ("width", "calc(10px) 2px", None),
            ("width", "calc()", None),
            ("width", "min(1px, 2px)", None),
        ] {
            assert_eq!(ground.length(property, value).as_deref(), right, "{value}");
        }
        let symbol = ground.within("symbol");
        assert_eq!(symbol.length("width", "calc(10% + 1px)"), None);
        assert_eq!(symbol.length("width", "calc(9px + 1px)").as_deref(), Some("10"));
        assert_eq!(ground.within("g"), ground);
        let deep = format!("calc({}1px{})", "(".repeat(100), ")".repeat(100));
        assert_eq!(ground.length("width", &deep), None);
    }
}
