//! What is shown at one moment: the last good pages, what is wrong now, and what changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use typst::foundations::{Content, NativeElement, Selector, Value};
use typst::introspection::Introspector;
use typst::model::{Document, HeadingElem};
use typst_layout::{Page, PagedDocument};

use super::look;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::layout::{Area, Block, Kind, Origins};
use crate::pdf;
use crate::pipeline::Edition;

/// How many characters of a block are told: enough to know it by.
const EXCERPT: usize = 60;
/// How many changed blocks are told at most.
const CHANGES: usize = 40;

/// What is shown at one moment. All places are points from the trim's upper left corner.
#[derive(Serialize)]
pub struct Snapshot {
    /// Counts up with each edition and each failure.
    pub version: u64,
    /// The report's title.
    pub title: String,
    /// Whether the files as they are now make a report; the pages are the last good ones otherwise.
    pub good: bool,
    /// How far beyond the trim a page is drawn, in points.
    pub bleed: f64,
    /// The pages in their order.
    pub pages: Vec<PageView>,
    /// The pages that lie side by side, from 1.
    pub spreads: Vec<Vec<usize>>,
    /// The headings in their order.
    pub outline: Vec<Entry>,
    /// What is wrong, errors first.
    pub findings: Vec<Finding>,
    /// What differs from the edition before, in the order of the pages.
    pub changed: Vec<Changed>,
    /// The last good edition.
    #[serde(skip)]
    pub edition: Option<Arc<Edition>>,
    /// The content's files that this snapshot names.
    #[serde(skip)]
    pub files: BTreeSet<String>,
}

/// A page.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// Names its drawing: another name, another drawing.
    pub name: String,
    /// Differs where its blocks or their lines do.
    pub written: String,
    /// The trim's width.
    pub width: f64,
    /// The trim's height.
    pub height: f64,
    /// The part's name; empty on a blank page.
    pub part: String,
    /// From the trim's edges to the text: left, upper, right, lower; none on a page without margins.
    pub margins: Option<[f64; 4]>,
    /// The baselines of its text; none on a page that has no grid.
    pub grid: Option<Grid>,
}

/// Baselines.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Grid {
    /// The first one's height.
    pub first: f64,
    /// From one to the next.
    pub step: f64,
    /// How many there are.
    pub count: usize,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Its text.
    pub title: String,
    /// 1 for a part's title.
    pub level: u64,
    /// The page, from 1.
    pub page: usize,
    /// Its height on the page.
    pub y: f64,
}

/// Something that is wrong.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// What would help.
    pub hints: Vec<String>,
    /// The content's file.
    pub file: Option<String>,
    /// Its line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The line's text.
    pub excerpt: String,
    /// How many characters of it are meant.
    pub length: usize,
    /// Where that stands on the pages.
    pub on: Option<On>,
}

/// A place on the pages.
#[derive(Debug, Clone, Serialize)]
pub struct On {
    /// The page, from 1.
    pub page: usize,
    /// Where on it; none for the page as a whole.
    pub area: Option<Area>,
}

/// A block that differs from the edition before.
#[derive(Debug, Clone, Serialize)]
pub struct Changed {
    /// The content's file.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The page, from 1.
    pub page: usize,
    /// Where it stands on that page.
    pub areas: Vec<Area>,
}

/// A block of one page, to be pointed at.
#[derive(Debug, Clone, Serialize)]
pub struct BlockView {
    /// What it is.
    pub kind: Kind,
    /// The content's file.
    pub file: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Its first characters.
    pub text: String,
    /// Where it stands on the page: a rectangle a column.
    pub areas: Vec<Area>,
    /// Its lines on the page.
    pub lines: Vec<LineView>,
}

/// A line of a block, to be opened.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    /// Where it is.
    pub area: Area,
    /// The content's line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// What a template says of its pages: the note `<output>`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Declared {
    bleed: f64,
    margins: Option<Margins>,
    ascent: f64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct Margins {
    inside: f64,
    outside: f64,
    top: f64,
    bottom: f64,
}

impl Snapshot {
    /// Nothing, before the first edition.
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
            edition: None,
            files: BTreeSet::new(),
        }
    }

    /// What is shown after this one: a new edition, or what stands in its way beside the old one.
    pub fn next(&self, outcome: Result<Edition, Error>) -> Self {
        let next = match outcome {
            Ok(edition) => self.with(Arc::new(edition)),
            Err(error) => self.without(error),
        };
        Self { version: self.version + 1, ..next }
    }

    fn with(&self, edition: Arc<Edition>) -> Self {
        let document = &edition.document;
        let declared: Declared = pdf::values(document, "output")
            .into_iter()
            .find_map(|value| serde_json::from_value(value).ok())
            .unwrap_or_default();
        let findings = findings(&edition.warnings, &edition.origins);
        let before = self.edition.as_ref().map(|edition| &edition.origins);
        Self {
            version: 0,
            title: document.info().title.as_ref().map(ToString::to_string).unwrap_or_default(),
            good: true,
            bleed: declared.bleed,
            pages: pages(&edition, &declared),
            spreads: spreads(document.pages().len()),
            outline: outline(document),
            changed: before.map(|before| changed(before, &edition.origins)).unwrap_or_default(),
            files: files(&findings, Some(&edition)),
            findings,
            edition: Some(edition),
        }
    }

    fn without(&self, error: Error) -> Self {
        let problems = match error {
            Error::Content(problems) => problems,
            other => {
                let message = other.to_string();
                vec![Diagnostic { severity: Severity::Error, message, place: None, hints: vec![] }]
            }
        };
        let nowhere = Origins::default();
        let origins = self.edition.as_ref().map_or(&nowhere, |edition| &edition.origins);
        let findings = findings(&problems, origins);
        Self {
            version: 0,
            title: self.title.clone(),
            good: false,
            bleed: self.bleed,
            pages: self.pages.clone(),
            spreads: self.spreads.clone(),
            outline: self.outline.clone(),
            changed: vec![],
            files: files(&findings, self.edition.as_deref()),
            findings,
            edition: self.edition.clone(),
        }
    }

    /// The SVG of the page whose drawing has this name.
    pub fn drawing(&self, name: &str) -> Option<String> {
        let index = self.pages.iter().position(|page| page.name == name)?;
        Some(look::svg(self.edition.as_ref()?.document.pages().get(index)?, self.bleed))
    }

    /// What can be pointed at on a page, from 1.
    pub fn blocks(&self, page: usize) -> Vec<BlockView> {
        let blocks = self.edition.iter().flat_map(|edition| edition.origins.blocks());
        blocks
            .filter(|block| block.spots.iter().any(|spot| spot.page == page))
            .map(|block| {
                let file = &block.place.file;
                let lines = block.spots.iter().filter(|spot| spot.page == page).map(|spot| {
                    let (line, column) = file.line_column(spot.offset);
                    LineView { area: spot.area, line, column }
                });
                BlockView {
                    kind: block.kind,
                    file: file.path.clone(),
                    line: block.place.line_column().0,
                    text: block.text.chars().take(EXCERPT).collect(),
                    areas: areas(block, page),
                    lines: lines.collect(),
                }
            })
            .collect()
    }
}

/// The pages that lie side by side, from 1, where the first one is a right-hand page.
pub fn spreads(count: usize) -> Vec<Vec<usize>> {
    let pairs = (2..=count).step_by(2).map(|verso| (verso..=count.min(verso + 1)).collect());
    (count > 0).then(|| vec![1]).into_iter().chain(pairs).collect()
}

fn pages(edition: &Edition, declared: &Declared) -> Vec<PageView> {
    let parts = &edition.layout.parts;
    let written = written(&edition.origins);
    let bare: BTreeSet<usize> = pdf::marks(&edition.document, "full-bleed").into_iter().map(|(_, page)| page).collect();
    let view = |(index, page): (usize, &Page)| {
        let number = index + 1;
        let part = parts.iter().find(|part| (part.first..part.first + part.pages).contains(&number));
        let margins = declared.margins.filter(|_| !bare.contains(&number)).map(|margins| {
            // Even pages are left-hand ones, as the template counts them.
            let verso = page.number % 2 == 0;
            let (left, right) =
                if verso { (margins.outside, margins.inside) } else { (margins.inside, margins.outside) };
            [left, margins.top, right, margins.bottom]
        });
        let grid = part.and_then(|part| part.fit.as_ref()).zip(margins).map(|(fit, [_, top, ..])| Grid {
            first: top + declared.ascent * fit.size,
            step: fit.leading,
            count: fit.lines,
        });
        PageView {
            name: look::name(page),
            written: written.get(&number).map_or(String::new(), |hasher| format!("{:016x}", hasher.finish())),
            width: page.frame.width().to_pt(),
            height: page.frame.height().to_pt(),
            part: part.map_or(String::new(), |part| part.part.clone()),
            margins,
            grid,
        }
    };
    edition.document.pages().iter().enumerate().map(view).collect()
}

/// Of each page, what tells whether its blocks are written where they were.
fn written(origins: &Origins) -> BTreeMap<usize, DefaultHasher> {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    let mut out: BTreeMap<usize, DefaultHasher> = BTreeMap::new();
    for block in origins.blocks() {
        let file = &block.place.file;
        // Bytes tell lines, as long as there are as many.
        let count = *lines.entry(&file.path).or_insert_with(|| file.text.matches('\n').count());
        for spot in &block.spots {
            let Area { x, y, width, height } = spot.area;
            let hasher = out.entry(spot.page).or_default();
            (block.kind, &file.path, count, block.place.range.start, spot.offset).hash(hasher);
            [x, y, width, height].map(f64::to_bits).hash(hasher);
        }
    }
    out
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
        let title = body.plain_text().chars().filter(|c| !matches!(c, '\u{2060}' | '\u{200b}')).collect();
        Some(Entry { title, level, page: position.page.get(), y: position.point.y.to_pt() })
    };
    introspector.query(&Selector::Elem(HeadingElem::ELEM, None)).iter().filter_map(entry).collect()
}

fn findings(problems: &[Diagnostic], origins: &Origins) -> Vec<Finding> {
    let mut findings: Vec<Finding> = problems.iter().map(|problem| finding(problem, origins)).collect();
    findings.sort_by_key(|finding| finding.severity != Severity::Error);
    findings
}

fn finding(problem: &Diagnostic, origins: &Origins) -> Finding {
    let place = problem.place.as_ref();
    let (line, column) = place.map_or((1, 1), |place| place.line_column());
    let text = place.map_or("", |place| &place.file.text);
    let excerpt = text.lines().nth(line - 1).unwrap_or_default().to_owned();
    let meant = place.and_then(|place| text.get(place.range.clone())).unwrap_or_default();
    let length = meant.lines().next().map_or(0, |meant| meant.chars().count());
    let on = place.and_then(|place| {
        let file = &place.file.path;
        let block = origins.of(file, line).and_then(|block| {
            let spot =
                block.spots.iter().rev().find(|spot| spot.offset <= place.range.start).or(block.spots.first())?;
            Some(On { page: spot.page, area: Some(spot.area) })
        });
        block.or_else(|| Some(On { page: origins.first_page(file)?, area: None }))
    });
    Finding {
        severity: problem.severity,
        message: problem.message.clone(),
        hints: problem.hints.clone(),
        file: place.map(|place| place.file.path.clone()),
        line,
        column,
        excerpt,
        length,
        on,
    }
}

fn files(findings: &[Finding], edition: Option<&Edition>) -> BTreeSet<String> {
    let blocks = edition.into_iter().flat_map(|edition| edition.origins.blocks());
    blocks.map(|block| block.place.file.path.clone()).chain(findings.iter().filter_map(|f| f.file.clone())).collect()
}

/// The blocks of an edition that the one before did not have.
fn changed(before: &Origins, now: &Origins) -> Vec<Changed> {
    let key = |block: &Block| (block.place.file.path.clone(), block.kind, block.look);
    let mut known: HashMap<_, usize> = HashMap::new();
    for block in before.blocks() {
        *known.entry(key(block)).or_default() += 1;
    }
    let is_new = |block: &&Block| match known.get_mut(&key(block)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let view = |block: &Block| {
        let page = block.spots.first()?.page;
        let (file, line) = (block.place.file.path.clone(), block.place.line_column().0);
        Some(Changed { file, line, page, areas: areas(block, page) })
    };
    now.blocks().iter().filter(is_new).filter_map(view).take(CHANGES).collect()
}

/// A block's rectangles on a page, one a column.
fn areas(block: &Block, page: usize) -> Vec<Area> {
    let mut areas: Vec<Area> = vec![];
    for spot in block.spots.iter().filter(|spot| spot.page == page) {
        let area = spot.area;
        match areas.last_mut() {
            // The next line of the same column.
            Some(last) if area.y >= last.y && area.x < last.x + last.width && last.x < area.x + area.width => {
                *last = last.with(&area);
            }
            _ => areas.push(area),
        }
    }
    areas
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
