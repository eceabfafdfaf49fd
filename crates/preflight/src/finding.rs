//! What a check found: the rule, its weight, the page, the place, and what to do.

use kurbo::Rect;
use serde::Serialize;
use std::collections::BTreeMap;

use super::profile::Profile;
use super::rules::Rule;
use source::Severity;

/// Points in a millimetre.
pub(super) const MM: f64 = 72.0 / 25.4;

/// How many findings of one rule are kept a page; the others are counted.
const KEPT: usize = 3;

/// A rectangle on a page, in millimetres from the lower left corner of the page's TrimBox.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Place {
    /// From the trim's left edge to the rectangle's.
    pub x: f64,
    /// From the trim's lower edge to the rectangle's.
    pub y: f64,
    /// The rectangle's width.
    pub width: f64,
    /// The rectangle's height.
    pub height: f64,
}

impl Place {
    /// The place of `rect` on a page trimmed to `trim`, both in points; hundredths of a millimetre are kept.
    pub(super) fn of(rect: Rect, trim: Rect) -> Self {
        let mm = |points: f64| (points / MM * 100.0).round() / 100.0 + 0.0;
        Self { x: mm(rect.x0 - trim.x0), y: mm(rect.y0 - trim.y0), width: mm(rect.width()), height: mm(rect.height()) }
    }
}

/// One thing that a rule forbids or advises against.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The rule's code, such as `A7-trim-box`.
    pub code: &'static str,
    /// How much it weighs under the profile.
    pub severity: Severity,
    /// The page, from 1; none where it concerns the whole file.
    pub page: Option<usize>,
    /// Where on the page.
    pub place: Option<Place>,
    /// One sentence: lower case, no full stop, values in backticks.
    pub message: String,
    /// What would help.
    pub hint: String,
    /// How many more of the same rule are on the same page.
    pub more: usize,
}

/// Where a finding belongs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct At {
    page: Option<usize>,
    place: Option<Place>,
}

impl At {
    /// The whole file.
    pub(super) const FILE: Self = Self { page: None, place: None };

    /// A page, from 1.
    pub(super) fn page(page: usize) -> Self {
        Self { page: Some(page), place: None }
    }

    /// A place on a page, from 1.
    pub(super) fn place(page: usize, place: Place) -> Self {
        Self { page: Some(page), place: Some(place) }
    }
}

/// Collects what the checks report, weighed by a profile.
pub(super) struct Findings<'p> {
    pub(super) profile: &'p Profile,
    found: BTreeMap<(Option<usize>, &'static str), Vec<Finding>>,
}

impl<'p> Findings<'p> {
    /// Nothing found yet.
    pub(super) fn new(profile: &'p Profile) -> Self {
        Self { profile, found: BTreeMap::new() }
    }

    /// Reports a breach of `rule`; nothing happens where the profile has the rule off.
    pub(super) fn report(&mut self, rule: &'static Rule, at: At, message: impl Into<String>, hint: impl Into<String>) {
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

    /// Takes over what was found of other pages.
    pub(super) fn absorb(&mut self, other: Self) {
        for (key, list) in other.found {
            self.found.entry(key).or_default().extend(list);
        }
    }

    /// All findings: those of the file, then page by page, by code.
    pub(super) fn into_list(self) -> Vec<Finding> {
        self.found.into_values().flatten().collect()
    }
}
