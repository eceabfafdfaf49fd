//! The blocks on a page that can be selected, and those that changed.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash};

use serde::Serialize;

use crate::setting::{Area, Origins, Placed, PlacedKind};

/// The number of characters in a block's excerpt: enough to recognise it.
const EXCERPT: usize = 60;
/// The maximum number of changed blocks to report.
const CHANGES: usize = 40;

/// A selectable block on one page.
#[derive(Debug, Clone, Serialize)]
pub struct BlockView {
    /// Its kind.
    pub kind: PlacedKind,
    /// The content's file.
    pub file: String,
    /// The line it begins on, from 1.
    pub line: usize,
    /// Its first characters.
    pub text: String,
    /// Its areas on the page, one rectangle per column.
    pub areas: Vec<Area>,
    /// Its lines on the page.
    pub lines: Vec<LineView>,
}

/// A line of a block, which can be opened in an editor.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    /// Its position.
    pub area: Area,
    /// The content's line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// A block that differs from the previous edition.
#[derive(Debug, Clone, Serialize)]
pub struct Changed {
    /// The content's file.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The page, from 1.
    pub page: usize,
    /// Its areas on that page.
    pub areas: Vec<Area>,
}

/// Returns the blocks that can be selected on a page, from 1.
pub(super) fn of_page(origins: &Origins, page: usize) -> Vec<BlockView> {
    origins
        .blocks()
        .iter()
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

/// Returns a hash per page that shows whether the sources of its blocks have moved.
pub(super) fn written(origins: &Origins) -> BTreeMap<usize, DefaultHasher> {
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

/// Returns the blocks of an edition that the previous one did not have.
pub(super) fn changed(before: &Origins, now: &Origins) -> Vec<Changed> {
    let key = |block: &Placed| (block.place.file.path.clone(), block.kind, block.look);
    let mut known: HashMap<_, usize> = HashMap::new();
    for block in before.blocks() {
        *known.entry(key(block)).or_default() += 1;
    }
    let is_new = |block: &&Placed| match known.get_mut(&key(block)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let view = |block: &Placed| {
        let page = block.spots.first()?.page;
        let (file, line) = (block.place.file.path.clone(), block.place.line_column().0);
        Some(Changed { file, line, page, areas: areas(block, page) })
    };
    now.blocks().iter().filter(is_new).filter_map(view).take(CHANGES).collect()
}

/// Returns a block's rectangles on a page, one per column.
fn areas(block: &Placed, page: usize) -> Vec<Area> {
    let mut areas: Vec<Area> = vec![];
    for spot in block.spots.iter().filter(|spot| spot.page == page) {
        let area = spot.area;
        match areas.last_mut() {
            // The next line of the same column.
            Some(last)
                if area.y >= last.y
                    && area.x < last.x + last.width
                    && last.x < area.x + area.width =>
            {
                *last = last.with(&area);
            }
            _ => areas.push(area),
        }
    }
    areas
}
