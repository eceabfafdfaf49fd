//! Reads a PDF into a version. A tagged PDF identifies its paragraphs and figures; in others they
//! are found by their positions.

mod ink;
mod labels;
mod loose;
mod outline;
mod paper;
mod tags;
mod text;

pub(super) use text::SOFT;

use std::sync::Arc;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, String as PdfString};
use kurbo::Rect;

use super::sources::Sources;
use super::version::{At, Drawing, Page, Passage, Version};
use crate::error::Unreadable;
use ink::{Ink, Mark};
use l10n::say;
use tags::Element;

/// The stack size of the reading thread: damaged files can nest objects deeply.
const STACK: usize = 256 << 20;

/// How a PDF is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// Whether its tags are used, if it has any.
    pub(super) tags: bool,
    /// How many times as high as usual the limits are.
    pub(super) effort: u32,
}

/// Reads a PDF named `name`.
///
/// Never panics: the reader runs in a thread of its own, and what stops that is an error too.
pub(super) fn version(
    name: &str,
    bytes: Arc<Vec<u8>>,
    sources: Sources,
    how: How,
) -> Result<Version, Unreadable> {
    let outcome = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("diff".into()).stack_size(STACK);
        let read = || -> Result<Version, Option<Box<preflight::Finding>>> {
            let pdf = preflight::open_with(&bytes, how.effort)
                .map_err(|found| found.into_iter().next().map(Box::new))?;
            Ok(read(&pdf, how))
        };
        thread.spawn_scoped(scope, read).map(|handle| handle.join())
    });
    match outcome {
        Ok(Ok(Ok(mut version))) => {
            version.name = name.to_owned();
            version.bytes = bytes;
            version.sources = sources;
            version.effort = how.effort;
            Ok(version)
        }
        Ok(Ok(Err(Some(found)))) => {
            Err(Unreadable { name: name.to_owned(), why: found.message, hint: found.hint })
        }
        Ok(Ok(Err(None))) => Err(Unreadable::damaged(name, say!("it cannot be read"))),
        Ok(Err(end)) if end.is::<ink::Endless>() => Err(Unreadable {
            name: name.to_owned(),
            why: say!("a page exceeds the limit on work"),
            hint: say!("raise the limits with `--effort 4`, or simplify the page"),
        }),
        _ => Err(Unreadable::damaged(name, say!("it is too damaged to be read"))),
    }
}

fn read(pdf: &Pdf, how: How) -> Version {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let mut inks = ink::of(pdf, how.effort);
    let labels = labels::of(&catalog, inks.len());
    let mut pages: Vec<Page> = vec![];
    let mut turned = vec![];
    for ((ink, page), label) in inks.iter_mut().zip(pdf.pages().iter()).zip(labels) {
        // What follows reads pages as people do: with their text upright.
        let turns = paper::turns(ink);
        let upright = paper::upright(turns, ink.size);
        let trim = upright.transform_rect_bbox(paper::trim(page, ink.size));
        ink.turn(upright);
        turned.push(upright);
        pages.push(Page {
            label,
            width: ink.size.0,
            height: ink.size.1,
            trim,
            unit: paper::unit(page),
            turns,
            spots: paper::spots(page),
            drawable: !ink.endless,
        });
    }
    let lang = catalog
        .get::<PdfString<'_>>("Lang")
        .map(|lang| String::from_utf8_lossy(lang.as_bytes()).into_owned());
    let found = how.tags.then(|| {
        let mut elements = tags::of(pdf, &catalog);
        for at in elements.list.iter_mut().filter_map(|element| element.frame.as_mut()) {
            at.rect = turned[at.page].transform_rect_bbox(at.rect);
        }
        tagged(&inks, &elements)
    });
    let found = found.flatten();
    let tagged = found.is_some();
    let (blocks, mut running) =
        found.map_or_else(|| loose::blocks(&inks), |blocks| (blocks, vec![]));
    for (page, ink) in inks.iter().enumerate().filter(|_| tagged) {
        let artifacts = ink.glyphs.iter().filter(|glyph| glyph.mark == Mark::Artifact);
        running.extend(artifacts.map(|glyph| At { page, rect: glyph.rect }));
    }
    Version {
        name: String::new(),
        lang: lang.unwrap_or_default(),
        parts: outline::of(pdf, &catalog, pages.len()),
        pages,
        blocks: labelled(blocks),
        tagged,
        running,
        bytes: Arc::default(),
        effort: how.effort,
        sources: Sources::default(),
    }
}

/// Returns the blocks identified by tags; `None` if less than half of the text is tagged.
fn tagged(inks: &[Ink], elements: &tags::Elements) -> Option<Vec<Passage>> {
    let mut glyphs: Vec<Vec<(usize, &ink::Glyph)>> = vec![vec![]; elements.list.len()];
    let mut frames: Vec<Option<At>> =
        elements.list.iter().map(|element: &Element| element.frame).collect();
    let (mut all, mut named) = (0, 0);
    for (page, ink) in inks.iter().enumerate() {
        let of = |mark: Mark| match mark {
            Mark::Content(id) => elements.of.get(&(page, id)).copied(),
            Mark::Artifact | Mark::None => None,
        };
        for glyph in &ink.glyphs {
            all += usize::from(glyph.mark != Mark::Artifact);
            let Some(element) = of(glyph.mark) else { continue };
            named += 1;
            glyphs[element].push((page, glyph));
            grow(&mut frames[element], page, glyph.rect);
        }
        for shape in &ink.shapes {
            if let Some(element) = of(shape.mark) {
                grow(&mut frames[element], page, shape.shape.rect);
            }
        }
    }
    if elements.list.is_empty() || named * 2 < all {
        return None;
    }
    let blocks = elements.list.iter().zip(&glyphs).zip(frames).map(|((element, glyphs), frame)| {
        let mut block = text::block(glyphs);
        if let (true, Some(at)) = (element.figure, frame) {
            block.figure = Some(Drawing {
                alt: element.alt.clone(),
                at,
                shapes: inks[at.page].within(at.rect),
            });
        }
        block
    });
    Some(blocks.filter(|block| !block.text.is_empty() || block.figure.is_some()).collect())
}

/// Moves the number of a reference, which is in a column of its own, before its entry.
fn labelled(blocks: Vec<Passage>) -> Vec<Passage> {
    let mut out: Vec<Passage> = vec![];
    for block in blocks {
        let beside = |last: &&mut Passage| {
            let number = last.text.len() > 2
                && last.text[1..last.text.len() - 1].iter().all(char::is_ascii_digit);
            let (Some(label), Some(first)) = (last.places.last(), block.places.first()) else {
                return false;
            };
            let level = label.page == first.page
                && label.rect.y0 < first.rect.y1
                && first.rect.y0 < label.rect.y1;
            number
                && last.text.starts_with(&['['])
                && last.text.ends_with(&[']'])
                && level
                && block.figure.is_none()
        };
        match out.last_mut().filter(beside) {
            Some(last) => {
                last.text.push(' ');
                last.places.extend(block.places.first());
                last.text.extend(block.text);
                last.places.extend(block.places);
            }
            None => out.push(block),
        }
    }
    out
}

fn grow(frame: &mut Option<At>, page: usize, rect: Rect) {
    match frame {
        Some(at) if at.page == page => at.rect = at.rect.union(rect),
        Some(_) => {}
        None => *frame = Some(At { page, rect }),
    }
}
