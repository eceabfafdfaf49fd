//! What is told of a file, in words and places: the web page and the kit's page show the same.

use std::collections::BTreeMap;

use l10n::say;
use preflight::{Boxes, Finding, PageInk, Picture, Preflight, Profile, Region, rules};
use serde::Serialize;
use source::Severity;

use super::{Inspected, counts};

/// A file.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    pub(super) name: String,
    pub(super) passes: bool,
    pub(super) verdict: String,
    pub(super) counts: String,
    /// What the file says of itself: labels and values.
    pub(super) facts: Vec<(String, String)>,
    pub(super) mended: Vec<String>,
    pub(super) findings: Vec<ToldFinding>,
    pub(super) pages: Vec<ToldPage>,
    /// The limit on total ink, in per cent.
    pub(super) limit: f64,
    pub(super) fonts: Vec<ToldFont>,
    pub(super) pictures: Vec<(String, String)>,
    pub(super) boxes: Vec<(String, String)>,
}

/// The findings of a rule.
#[derive(Debug, Serialize)]
pub(super) struct ToldFinding {
    /// The number by which it is marked on pages.
    pub(super) number: usize,
    pub(super) error: bool,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) hint: String,
    /// Where it is, and how often.
    pub(super) places: String,
    /// Its other messages, each with its page.
    pub(super) others: Vec<String>,
}

/// A page.
#[derive(Debug, Serialize)]
pub(super) struct ToldPage {
    pub(super) page: usize,
    /// Its ink in words.
    pub(super) ink: String,
    /// Its total ink, in per cent; `None` where that is not known.
    pub(super) worst: Option<f64>,
    pub(super) marks: Vec<ToldMark>,
    /// Where it is cut, in shares of what is shown.
    pub(super) trim: [f64; 4],
    /// The findings that concern it as a whole.
    pub(super) numbers: Vec<usize>,
}

/// A place on a page, in shares of what is shown: from the left, from the top, width, height.
#[derive(Debug, Serialize)]
pub(super) struct ToldMark {
    pub(super) number: usize,
    pub(super) error: bool,
    pub(super) place: [f64; 4],
}

/// A font.
#[derive(Debug, Serialize)]
pub(super) struct ToldFont {
    pub(super) name: String,
    pub(super) embedded: bool,
    pub(super) about: String,
}

impl Told {
    /// Says what is known of a file.
    pub(super) fn of(file: &Inspected, profile: &Profile) -> Self {
        let limit = profile.limit(&rules::INK_PERCENT);
        let mut told = Self {
            name: file.name.clone(),
            passes: file.passes(),
            verdict: verdict(file.passes()),
            counts: String::new(),
            facts: vec![],
            mended: file.mended.clone(),
            findings: vec![],
            pages: vec![],
            limit,
            fonts: vec![],
            pictures: vec![],
            boxes: vec![],
        };
        match &file.outcome {
            Ok(report) => {
                told.counts = counts(report);
                told.facts = facts(report);
                let groups = groups(report);
                told.findings = groups.iter().map(|group| finding(group)).collect();
                told.pages = report.pages.iter().map(|page| shown(page, &groups)).collect();
                told.fonts = fonts(report);
                told.pictures = pictures(report);
                told.boxes = report.facts.boxes.iter().map(boxes).collect();
            }
            Err(why) => told.counts = say!("the file was not read: {why}", why),
        }
        told
    }
}

fn verdict(passes: bool) -> String {
    if passes { say!("fit to print") } else { say!("not fit to print") }
}

/// Labels and values of what a file says of itself.
fn facts(report: &Preflight) -> Vec<(String, String)> {
    let facts = &report.facts;
    let pages = report.pages.len();
    let entries = [
        (say!("Title"), facts.title.clone()),
        (say!("Pages"), (pages > 0).then(|| pages.to_string())),
        (say!("Made with"), facts.creator.clone()),
        (say!("Written by"), facts.producer.clone()),
        (say!("Version"), Some(format!("PDF {}", facts.version)).filter(|_| pages > 0)),
        (say!("Claims"), facts.standard.clone()),
        (say!("Condition"), facts.condition.clone()),
    ];
    entries.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}

/// The findings of one rule, with its number.
struct Group<'a> {
    number: usize,
    findings: Vec<&'a Finding>,
}

/// Puts the findings of each rule together: errors first, then by their pages.
fn groups(report: &Preflight) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = vec![];
    for severity in [Severity::Error, Severity::Warning] {
        for finding in report.findings.iter().filter(|finding| finding.severity == severity) {
            match groups.iter_mut().find(|group| group.findings[0].code == finding.code) {
                Some(group) => group.findings.push(finding),
                None => {
                    groups.push(Group { number: groups.len() + 1, findings: vec![finding] });
                }
            }
        }
    }
    groups
}

fn finding(group: &Group) -> ToldFinding {
    let first = group.findings[0];
    let on_page = |finding: &&Finding| match finding.page {
        Some(page) => say!("page {page}: {message}", page, message = finding.message),
        None => finding.message.clone(),
    };
    ToldFinding {
        number: group.number,
        error: first.severity == Severity::Error,
        code: first.code,
        message: first.message.clone(),
        hint: first.hint.clone(),
        places: places(&group.findings),
        // What is said of many pages in the same words was said.
        others: group
            .findings
            .iter()
            .filter(|finding| finding.message != first.message)
            .map(on_page)
            .collect(),
    }
}

/// Says on which pages findings are, and how many there are.
fn places(findings: &[&Finding]) -> String {
    let mut pages: Vec<usize> = findings.iter().filter_map(|finding| finding.page).collect();
    pages.dedup();
    let count: usize = findings.iter().map(|finding| 1 + finding.more).sum();
    if pages.is_empty() {
        return say!("the file as a whole");
    }
    let mut runs: Vec<(usize, usize)> = vec![];
    for page in pages {
        match runs.last_mut() {
            Some((_, last)) if page == *last + 1 => *last = page,
            _ => runs.push((page, page)),
        }
    }
    let run = |&(first, last): &(usize, usize)| match last - first {
        0 => first.to_string(),
        _ => format!("{first}–{last}"),
    };
    let pages = runs.iter().map(run).collect::<Vec<_>>().join(", ");
    if count == 1 {
        say!("page {pages}", pages)
    } else {
        say!("page {pages} ({count} times)", pages, count)
    }
}

fn shown(page: &PageInk, groups: &[Group]) -> ToldPage {
    let area = page.map.area;
    let share = |region: Region| {
        let low = |value: f64| value.clamp(0.0, 1.0);
        let (left, top) = (
            low((region.x - area.x) / area.width),
            low((area.y + area.height - region.y - region.height) / area.height),
        );
        let right = low((region.x + region.width - area.x) / area.width);
        let bottom = low((area.y + area.height - region.y) / area.height);
        [left, top, right - left, bottom - top]
    };
    let mut marks = vec![];
    let mut numbers = vec![];
    for group in groups {
        for finding in group.findings.iter().filter(|finding| finding.page == Some(page.page)) {
            let (number, error) = (group.number, finding.severity == Severity::Error);
            match finding.place {
                Some(place) => marks.push(ToldMark { number, error, place: share(place) }),
                None => numbers.push(number),
            }
        }
    }
    numbers.dedup();
    // The trim begins at the origin, and is as far from the other edges.
    let (width, height) = (area.width + 2.0 * area.x.min(0.0), area.height + 2.0 * area.y.min(0.0));
    let ink = if page.complete { format!("{:.0} %", page.worst) } else { say!("ink unknown") };
    ToldPage {
        page: page.page,
        ink,
        worst: page.complete.then_some(page.worst),
        marks,
        trim: share(Region { x: 0.0, y: 0.0, width, height }),
        numbers,
    }
}

fn fonts(report: &Preflight) -> Vec<ToldFont> {
    let told = |font: &preflight::Font| {
        let state = match (font.embedded, font.subset) {
            (false, _) => say!("not embedded"),
            (true, true) => say!("{kind}, a subset", kind = font.kind),
            (true, false) => font.kind.to_owned(),
        };
        let pages = counts::pages(font.pages);
        let about = say!("{state}; {pages}", state, pages);
        ToldFont { name: font.name.clone(), embedded: font.embedded, about }
    };
    report.facts.fonts.iter().map(told).collect()
}

/// Says what images there are, and which of them has the least resolution.
fn pictures(report: &Preflight) -> Vec<(String, String)> {
    let pictures = &report.facts.pictures;
    let mut out = vec![(say!("Images"), report.facts.picture_count.to_string())];
    let mut spaces: BTreeMap<&str, usize> = BTreeMap::new();
    for picture in pictures {
        *spaces.entry(picture.space).or_default() += 1;
    }
    let spaces: Vec<String> =
        spaces.iter().map(|(space, count)| format!("{space} {count}")).collect();
    if !spaces.is_empty() {
        out.push((say!("Colour"), spaces.join(&say!(", "))));
    }
    let least = |a: &&Picture, b: &&Picture| a.ppi.total_cmp(&b.ppi);
    if let Some(one) = pictures.iter().min_by(least) {
        let value = say!(
            "{ppi} ppi, page {page} ({width} × {height} pixels)",
            ppi = one.ppi,
            page = one.page,
            width = one.width,
            height = one.height
        );
        out.push((say!("Least resolution"), value));
    }
    out
}

/// Says the boxes of a run of pages.
fn boxes(boxes: &Boxes) -> (String, String) {
    let tenth = |length: f64| (length * 10.0).round() / 10.0;
    let size = |region: Region| format!("{} × {} mm", tenth(region.width), tenth(region.height));
    let mut parts = vec![];
    match boxes.trim {
        Some(trim) => parts.push(say!("trim {size}", size = size(trim))),
        None => parts.push(say!("no TrimBox")),
    }
    match (boxes.bleed, boxes.trim) {
        (Some(bleed), Some(trim)) => {
            let sides = [
                -bleed.x,
                -bleed.y,
                bleed.x + bleed.width - trim.width,
                bleed.y + bleed.height - trim.height,
            ];
            let sides = sides.map(|side| (side * 10.0).round() / 10.0 + 0.0);
            let least = sides.into_iter().fold(f64::MAX, f64::min);
            let most = sides.into_iter().fold(f64::MIN, f64::max);
            let width =
                if least == most { format!("{least}") } else { format!("{least}–{most}") };
            parts.push(say!("bleed {width} mm", width));
        }
        (Some(bleed), None) => parts.push(say!("bleed {size}", size = size(bleed))),
        (None, _) => parts.push(say!("no BleedBox")),
    }
    parts.push(say!("sheet {size}", size = size(boxes.media)));
    let pages = if boxes.first == boxes.last {
        say!("page {pages}", pages = boxes.first)
    } else {
        say!("page {pages}", pages = format!("{}–{}", boxes.first, boxes.last))
    };
    (pages, parts.join(&say!(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: Option<usize>, more: usize) -> Finding {
        Finding {
            code: "A7-trim-box",
            severity: Severity::Error,
            page,
            place: None,
            message: String::new(),
            hint: String::new(),
            more,
        }
    }

    #[test]
    fn pages_of_findings_are_told_in_runs() {
        let told = |pages: &[(usize, usize)]| {
            let list: Vec<Finding> =
                pages.iter().map(|&(page, more)| found(Some(page), more)).collect();
            places(&list.iter().collect::<Vec<_>>())
        };
        assert_eq!(told(&[(3, 0)]), "page 3");
        assert_eq!(told(&[(3, 0), (4, 0), (5, 2), (9, 0)]), "page 3–5, 9 (6 times)");
        assert_eq!(places(&[&found(None, 0)]), "the file as a whole");
    }

    #[test]
    fn a_place_is_told_in_shares_of_what_is_shown() {
        let bytes = testkit::good::good().bytes();
        let report = preflight::check(&bytes, &Profile::house());
        let page = shown(&report.pages[0], &[]);
        // 3 mm of 216 and of 291.
        let wanted = [3.0 / 216.0, 3.0 / 291.0, 210.0 / 216.0, 285.0 / 291.0];
        let near = |(a, b): (&f64, f64)| (a - b).abs() < 1e-3;
        assert!(page.trim.iter().zip(wanted).all(near), "{:?}", page.trim);
    }
}
