//! Findings: the rule, its severity, the page, the location, and a hint.

use kurbo::Rect;
use serde::Serialize;
use std::collections::BTreeMap;

use super::profile::Profile;
use super::rules::Rule;
use source::Severity;

/// The number of points in a millimetre.
pub(super) const MM: f64 = 72.0 / 25.4;

/// Findings by page and code.
pub(super) type Kept = BTreeMap<(Option<usize>, &'static str), Vec<Finding>>;

/// The maximum number of findings kept per rule and page; the rest are only counted.
const KEPT: usize = 3;

/// A rectangle on a page, in millimetres from the lower left corner of the page's TrimBox.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Region {
    /// The distance from the trim's left edge to the rectangle's.
    pub x: f64,
    /// The distance from the trim's lower edge to the rectangle's.
    pub y: f64,
    /// The rectangle's width.
    pub width: f64,
    /// The rectangle's height.
    pub height: f64,
}

impl Region {
    /// Converts `rect` on a page trimmed to `trim`, both in points, to millimetres, rounded to
    /// hundredths.
    pub(super) fn of(rect: Rect, trim: Rect) -> Self {
        let mm = |points: f64| (points / MM * 100.0).round() / 100.0 + 0.0;
        Self {
            x: mm(rect.x0 - trim.x0),
            y: mm(rect.y0 - trim.y0),
            width: mm(rect.width()),
            height: mm(rect.height()),
        }
    }
}

/// A single violation of a rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The rule's code, such as `A7-trim-box`.
    pub code: &'static str,
    /// Its severity under the profile.
    pub severity: Severity,
    /// The page, from 1; `None` if it concerns the whole file.
    pub page: Option<usize>,
    /// The location on the page.
    pub place: Option<Region>,
    /// The message: one sentence, lower case, no full stop, values in backticks.
    pub message: String,
    /// A hint.
    pub hint: String,
    /// The number of further findings of the same rule on the same page.
    pub more: usize,
}

/// The scope of a finding.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct At {
    page: Option<usize>,
    place: Option<Region>,
}

impl At {
    /// The whole file.
    pub(super) const FILE: Self = Self { page: None, place: None };

    /// Creates the scope of a page, from 1.
    pub(super) fn page(page: usize) -> Self {
        Self { page: Some(page), place: None }
    }

    /// Creates the scope of a location on a page, from 1.
    pub(super) fn place(page: usize, place: Region) -> Self {
        Self { page: Some(page), place: Some(place) }
    }
}

/// Collects the findings of the checks, with severities from a profile.
pub(super) struct Findings<'p> {
    pub(super) profile: &'p Profile,
    found: Kept,
}

impl<'p> Findings<'p> {
    /// Creates an empty collection.
    pub(super) fn new(profile: &'p Profile) -> Self {
        Self { profile, found: BTreeMap::new() }
    }

    /// Reports a violation of `rule`; does nothing if the profile has the rule off.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        at: At,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let Some(severity) = self.profile.severity(rule) else { return };
        let list = self.found.entry((at.page, rule.code)).or_default();
        let (code, page, place) = (rule.code, at.page, at.place);
        let (message, hint) = (message.into(), hint.into());
        let full = list.len() >= KEPT;
        match list.last_mut() {
            Some(last) if full => last.more += 1,
            _ => list.push(Finding { code, severity, page, place, message, hint, more: 0 }),
        }
    }

    /// The findings of a page, to be kept.
    pub(super) fn kept(&self) -> Kept {
        self.found.clone()
    }

    /// Creates the collection of a page that was found before, which has this number now.
    pub(super) fn again(profile: &'p Profile, kept: Kept, number: usize) -> Self {
        let moved = kept.into_iter().map(|((page, code), mut list)| {
            list.iter_mut().for_each(|found| found.page = found.page.map(|_| number));
            ((page.map(|_| number), code), list)
        });
        Self { profile, found: moved.collect() }
    }

    /// Adds the findings of other pages.
    pub(super) fn absorb(&mut self, other: Self) {
        for (key, list) in other.found {
            self.found.entry(key).or_default().extend(list);
        }
    }

    /// Returns all findings: those of the file, then page by page, in order of code.
    pub(super) fn into_list(self) -> Vec<Finding> {
        self.found.into_values().flatten().collect()
    }
}
