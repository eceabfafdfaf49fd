//! The state shown at one moment: the last good pages, the current problems, and the changes.

use std::collections::BTreeSet;
use std::hash::Hasher;
use std::sync::Arc;

use serde::Serialize;
use typst::foundations::{Content, NativeElement, Selector, Value};
use typst::introspection::Introspector;
use typst::model::{Document, HeadingElem};
use typst_layout::{Page, PagedDocument};

use super::blocks::{self, BlockView, Changed};
use super::drawing;
use super::findings::{self, FindingView};
use crate::error::Error;
use crate::setting::notes::{self, Declared};
use crate::setting::{Edition, LayoutReport, Origins, fingerprint};
use source::Diagnostic;

/// The state shown at one moment. All positions are in points from the trim's upper left corner.
#[derive(Clone, Serialize)]
pub struct Snapshot {
    /// Incremented with each edition and each failure.
    pub version: u64,
    /// The report's title.
    pub title: String,
    /// Whether the current files make a report; otherwise the pages are the last good ones.
    pub good: bool,
    /// The extent of a page's drawing beyond the trim, in points.
    pub bleed: f64,
    /// The pages in order.
    pub pages: Vec<PageView>,
    /// The pages of each spread, from 1.
    pub spreads: Vec<Vec<usize>>,
    /// The headings in order.
    pub outline: Vec<Entry>,
    /// The findings, errors first.
    pub findings: Vec<FindingView>,
    /// The differences from the previous edition, in page order.
    pub changed: Vec<Changed>,
    /// Whether the findings come from a check: they stay until the next check, so that none
    /// disappears and returns at each edit.
    #[serde(skip)]
    checked: bool,
    /// The version in which the edition arrived: requests for its content are valid since then.
    #[serde(skip)]
    pub since: u64,
    /// The last good edition.
    #[serde(skip)]
    pub edition: Option<Arc<Shown>>,
    /// The content's files named by this snapshot.
    #[serde(skip)]
    pub files: BTreeSet<String>,
}

/// A page.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The name of its drawing: another name means another drawing.
    pub name: String,
    /// A hash of its blocks and their source lines.
    pub written: String,
    /// The trim's width.
    pub width: f64,
    /// The trim's height.
    pub height: f64,
    /// The part's name; empty on a blank page.
    pub part: String,
    /// The distances from the trim's edges to the text: left, upper, right, lower; `None` on a page
    /// without margins.
    pub margins: Option<[f64; 4]>,
    /// The baselines of its text; `None` on a page without a grid.
    pub grid: Option<Grid>,
}

/// A baseline grid.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Grid {
    /// The position of the first baseline.
    pub first: f64,
    /// The distance between baselines.
    pub step: f64,
    /// The number of baselines.
    pub count: usize,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Its text.
    pub title: String,
    /// The level: 1 for a part's title.
    pub level: u64,
    /// The page, from 1.
    pub page: usize,
    /// Its vertical position on the page.
    pub y: f64,
}

/// The last good edition, as far as it is shown: without its world, which the next one takes over.
pub struct Shown {
    /// The pages.
    pub document: PagedDocument,
    /// The layout of its parts.
    pub layout: LayoutReport,
    /// Where the things on its pages were written.
    pub origins: Origins,
    /// What the template declares of its pages.
    pub declared: Declared,
}

impl Snapshot {
    /// Creates an empty snapshot, for use before the first edition.
    pub fn empty() -> Self {
        Self {
            version: 0,
            title: String::new(),
            good: true,
            bleed: 0.0,
            pages: vec![],
            spreads: vec![],
            outline: vec![],
            findings: vec![],
            changed: vec![],
            checked: false,
            since: 0,
            edition: None,
            files: BTreeSet::new(),
        }
    }

    /// Returns the next snapshot: a new edition, or the error that prevents it beside the old one.
    pub fn next(&self, outcome: Result<Edition, Error>) -> Self {
        match outcome {
            Ok(Edition { document, layout, origins, declared, warnings, .. }) => {
                self.with(Arc::new(Shown { document, layout, origins, declared }), &warnings)
            }
            Err(error) => self.without(error),
        }
    }

    fn with(&self, edition: Arc<Shown>, warnings: &[Diagnostic]) -> Self {
        let document = &edition.document;
        let findings = if self.checked {
            self.findings.clone()
        } else {
            findings::of(warnings, &edition.origins)
        };
        let before = self.edition.as_ref().map(|edition| &edition.origins);
        Self {
            title: document.info().title.as_ref().map(ToString::to_string).unwrap_or_default(),
            good: true,
            bleed: edition.declared.bleed,
            pages: pages(&edition),
            spreads: spreads(document.pages().len()),
            outline: outline(document),
            changed: before
                .map(|before| blocks::changed(before, &edition.origins))
                .unwrap_or_default(),
            files: files(&findings, Some(&edition)),
            findings,
            checked: self.checked,
            version: self.version + 1,
            since: self.version + 1,
            edition: Some(edition),
        }
    }

    fn without(&self, error: Error) -> Self {
        let problems = match error {
            Error::Content(problems) => problems,
            other => {
                let message = other.to_string();
                vec![Diagnostic::general(message)]
            }
        };
        self.beside(&problems, false)
    }

    /// Returns the same pages with all findings of a check; `None` if nothing has changed.
    pub fn told(&self, problems: &[Diagnostic]) -> Option<Self> {
        let next = self.beside(problems, self.good);
        (!self.checked || next.findings != self.findings).then_some(Self { checked: true, ..next })
    }

    fn beside(&self, problems: &[Diagnostic], good: bool) -> Self {
        let nowhere = Origins::default();
        let origins = self.edition.as_ref().map_or(&nowhere, |edition| &edition.origins);
        let findings = findings::of(problems, origins);
        Self {
            version: self.version + 1,
            good,
            changed: vec![],
            files: files(&findings, self.edition.as_deref()),
            findings,
            checked: false,
            ..self.clone()
        }
    }

    /// Returns the SVG of the page whose drawing has this name.
    pub fn drawing(&self, name: &str) -> Option<String> {
        let index = self.pages.iter().position(|page| page.name == name)?;
        Some(drawing::svg(self.edition.as_ref()?.document.pages().get(index)?, self.bleed))
    }

    /// Returns the blocks that can be selected on a page, from 1.
    pub fn blocks(&self, page: usize) -> Vec<BlockView> {
        self.edition
            .as_ref()
            .map(|edition| blocks::of_page(&edition.origins, page))
            .unwrap_or_default()
    }
}

/// Returns the pages of each spread, from 1, where the first page is a right-hand one.
pub fn spreads(count: usize) -> Vec<Vec<usize>> {
    let pairs = (2..=count).step_by(2).map(|verso| (verso..=count.min(verso + 1)).collect());
    (count > 0).then(|| vec![1]).into_iter().chain(pairs).collect()
}

fn pages(edition: &Shown) -> Vec<PageView> {
    let parts = &edition.layout.parts;
    let written = blocks::written(&edition.origins);
    let bare: BTreeSet<usize> =
        notes::marks(&edition.document, "full-bleed").into_iter().map(|(_, page)| page).collect();
    let view = |(index, page): (usize, &Page)| {
        let number = index + 1;
        let part =
            parts.iter().find(|part| (part.first..part.first + part.pages).contains(&number));
        let margins = edition.declared.margins.filter(|_| !bare.contains(&number)).map(|margins| {
            // Even pages are left-hand ones, as the template counts them.
            let verso = page.number % 2 == 0;
            let (left, right) = if verso {
                (margins.outside, margins.inside)
            } else {
                (margins.inside, margins.outside)
            };
            [left, margins.top, right, margins.bottom]
        });
        let grid =
            part.and_then(|part| part.fit.as_ref()).zip(margins).map(|(fit, [_, top, ..])| Grid {
                first: top + edition.declared.ascent * fit.size,
                step: fit.leading,
                count: fit.lines,
            });
        PageView {
            name: format!("{:016x}", fingerprint::of_page(page)),
            written: written
                .get(&number)
                .map_or(String::new(), |hasher| format!("{:016x}", hasher.finish())),
            width: page.frame.width().to_pt(),
            height: page.frame.height().to_pt(),
            part: part.map_or(String::new(), |part| part.part.clone()),
            margins,
            grid,
        }
    };
    edition.document.pages().iter().enumerate().map(view).collect()
}

fn outline(document: &PagedDocument) -> Vec<Entry> {
    let introspector = document.introspector();
    let entry = |heading: &Content| {
        let location = heading.location()?;
        let position = introspector.position(location)?;
        let Ok(Value::Content(body)) = heading.get_by_name("body") else { return None };
        let level = match heading.get_by_name("level") {
            Ok(Value::Int(level)) => u64::try_from(level).ok()?,
            _ => 1,
        };
        let title = cjk::visible(&body.plain_text()).collect();
        Some(Entry { title, level, page: position.page.get(), y: position.point.y.to_pt() })
    };
    introspector.query(&Selector::Elem(HeadingElem::ELEM, None)).iter().filter_map(entry).collect()
}

fn files(findings: &[FindingView], edition: Option<&Shown>) -> BTreeSet<String> {
    let blocks = edition.into_iter().flat_map(|edition| edition.origins.blocks());
    blocks
        .map(|block| block.place.file.path.clone())
        .chain(findings.iter().filter_map(|f| f.file.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::spreads;

    #[test]
    fn spreads_begin_with_a_right_hand_page() {
        assert_eq!(spreads(0), Vec::<Vec<usize>>::new());
        assert_eq!(spreads(1), [vec![1]]);
        assert_eq!(spreads(4), [vec![1], vec![2, 3], vec![4]]);
        assert_eq!(spreads(5), [vec![1], vec![2, 3], vec![4, 5]]);
    }
}
