//! Reference lines, bands, and words at single values: where they are along the axes.

use super::keys;
use super::labels::known;
use crate::reading::model::{ChartKind, ChartSpec, Ends, Label, Ruled, Scale, Series, XType};
use crate::reading::table::read_time;
use crate::reading::text;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems, nearest};

/// What they are placed by.
pub(super) struct Places<'a> {
    pub(super) spec: &'a ChartSpec,
    pub(super) document: &'a Document,
    pub(super) axis: XType,
    pub(super) labels: &'a [String],
    pub(super) positions: &'a [f64],
    pub(super) series: &'a [Series],
    /// The report's language, a BCP 47 tag.
    pub(super) lang: &'a str,
}

impl Places<'_> {
    fn error(&self, key: &str, message: String, hint: String, problems: &mut Problems) {
        problems.push(Diagnostic::error(self.document.place(key), message).hint(hint));
    }

    /// The reference lines and bands.
    pub(super) fn rules(&self, problems: &mut Problems) -> Vec<Ruled> {
        if !keys::uses(self.spec, "rule") {
            return vec![];
        }
        let mut out = vec![];
        for (at, rule) in self.spec.rule.iter().enumerate() {
            let key = format!("/rule/{at}");
            let (axis, ends) = match (&rule.x, &rule.y) {
                (Some(ends), None) => ('x', ends),
                (None, Some(ends)) => ('y', ends),
                _ => {
                    let message = say!("a reference line needs either `x` or `y`");
                    let hint =
                        say!("write `y` with a value, or `x` with a label: `{{y: 60, text: …}}`");
                    self.error(&key, message, hint, problems);
                    continue;
                }
            };
            let places = self.ends(axis, ends, &key, problems);
            let Some(&from) = places.first() else { continue };
            let to = places.get(1).copied();
            let (from, to) = match to {
                Some(to) if to < from => (to, Some(from)),
                to => (from, to),
            };
            out.push(Ruled { axis, from, to, text: text::tidy_plain(&rule.text, self.lang) });
        }
        out
    }

    /// The places of a line or of a band's ends; none if one of them is none.
    fn ends(&self, axis: char, ends: &Ends, key: &str, problems: &mut Problems) -> Vec<f64> {
        let before = problems.len();
        let list = ends.list();
        let place = |(at, end): (usize, &Label)| {
            let key = match list {
                [_] => format!("{key}/{axis}"),
                _ => format!("{key}/{axis}/{at}"),
            };
            if axis == 'x' {
                self.along(end, &key, problems)
            } else {
                self.value(end, &key, problems)
            }
        };
        let places: Vec<f64> = list.iter().enumerate().filter_map(place).collect();
        if problems.len() == before { places } else { vec![] }
    }

    fn value(&self, end: &Label, key: &str, problems: &mut Problems) -> Option<f64> {
        let value = match end {
            Label::Number(value) => Some(*value),
            Label::Text(_) => None,
        };
        let fits = |value: &f64| self.spec.scale != Scale::Log || *value > 0.0;
        if value.is_none() {
            let message = say!("`{text}` is not a number", text = end);
            self.error(key, message, say!("write a plain number, such as `60` or `1.5`"), problems);
        } else if !value.is_some_and(|value| fits(&value)) {
            let message = say!("`{text}` cannot be shown on a log scale", text = end);
            self.error(key, message, say!("use positive numbers, or `scale: linear`"), problems);
        }
        value.filter(fits)
    }

    fn along(&self, end: &Label, key: &str, problems: &mut Problems) -> Option<f64> {
        let written = text::tidy_plain(&end.to_string(), self.lang);
        if !self.spec.kind.has_axis()
            && !self.spec.is_upright()
            && self.spec.kind != ChartKind::Waterfall
        {
            let message = say!("a line at a label needs upright bars");
            self.error(
                key,
                message,
                say!("add the line `orient: vertical`, or write `y` with a value"),
                problems,
            );
            return None;
        }
        if !self.spec.kind.has_axis() || self.axis == XType::Ordinal {
            return known(&written, self.labels, &self.document.place(key), problems)
                .map(|at| at as f64);
        }
        let named = self.labels.iter().position(|label| *label == written);
        let place = named.and_then(|at| self.positions.get(at).copied()).or(match end {
            Label::Number(number) => Some(*number),
            Label::Text(text) => text.parse().ok().or_else(|| read_time(text)),
        });
        let low = self.positions.iter().copied().fold(f64::INFINITY, f64::min);
        let high = self.positions.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // The axes of points are as long as their lines want.
        let anywhere = self.spec.kind == ChartKind::Point && self.axis == XType::Quantitative;
        let found = place.filter(|place| anywhere || (low..=high).contains(place));
        if found.is_none() {
            let at = |place: f64| self.positions.iter().position(|known| *known == place);
            let name = |place| at(place).and_then(|at| self.labels.get(at)).map_or("", |name| name);
            let message = say!("`{text}` is not on the axis", text = written);
            let hint =
                say!("it goes from `{first}` to `{last}`", first = name(low), last = name(high));
            self.error(key, message, hint, problems);
        }
        found
    }

    /// Words at single values: row, column and text.
    pub(super) fn annotations(&self, problems: &mut Problems) -> Vec<(usize, usize, String)> {
        if !keys::uses(self.spec, "annotation") {
            return vec![];
        }
        let mut out = vec![];
        for (at, asked) in self.spec.annotation.iter().enumerate() {
            let key = format!("/annotation/{at}");
            let written = text::tidy_plain(&asked.x.to_string(), self.lang);
            let place = self.document.place(&format!("{key}/x"));
            let row = known(&written, self.labels, &place, problems);
            let column = self.column(asked.y.as_deref(), &key, problems);
            let (Some(row), Some(column)) = (row, column) else { continue };
            let value = self.series[column].values.get(row).copied().flatten();
            if value.is_none() {
                let message = say!("`{text}` has no value there", text = written);
                self.error(
                    &key,
                    message,
                    say!("fill in the cell, or remove the annotation"),
                    problems,
                );
                continue;
            }
            out.push((row, column, text::tidy_plain(&asked.text, self.lang)));
        }
        out
    }

    fn column(&self, name: Option<&str>, key: &str, problems: &mut Problems) -> Option<usize> {
        let Some(name) = name else { return Some(0) };
        let names = self.spec.y.names();
        let found = names.iter().position(|known| known == name);
        if found.is_none() {
            let hint = match nearest(name, names.iter().map(String::as_str)) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None => say!("its columns are `{names}`", names = names.join("`, `")),
            };
            let message = say!("`y` of the chart has no column `{name}`", name);
            self.error(&format!("{key}/y"), message, hint, problems);
        }
        found
    }
}
