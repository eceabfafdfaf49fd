//! Pages that editions may differ in have fonts of their own.
//!
//! The exporter numbers the glyphs of a font as pages show them, the cover first: with a partner's
//! name on it, every page of the report would be written with other numbers, and no page be shared.
//! So such pages are set in copies of their fonts. Which they are follows from the report and from
//! what is set, whatever the values: an edition is the same alone and among others.

use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem};
use typst::text::{Font, FontInstance, FontVariant};

use super::fit::PartPages;
use crate::reading::Project;
use crate::reading::model::{PartFile, PartKind, Report};

/// What a text holds that prints values, or parts on conditions.
const MARKS: [&str; 5] = ["{{", ".when", ".unless", "when=", "when:"];

/// Which pages editions may differ in, from the first: all that are not within a part of text without
/// marks. None in a report that has no editions.
pub(super) fn pages(
    report: &Report,
    project: &Project,
    parts: &[PartPages],
    count: usize,
) -> Vec<bool> {
    let mut apart = vec![true; count];
    if report.config.variables.is_empty() && project.given().is_empty() {
        apart.fill(false);
        return apart;
    }
    for part in &report.parts {
        let marked = |file: &PartFile| MARKS.iter().any(|mark| file.file.text.contains(mark));
        let common = match part.content.kind() {
            PartKind::References | PartKind::Index => true,
            // The settings say which one it is, and what it prints.
            PartKind::Insert | PartKind::Imprint | PartKind::Colophon => false,
            _ => !part.files.is_empty() && !part.files.iter().any(marked),
        };
        if let Some(own) = parts.iter().find(|own| own.id == part.id).filter(|_| common) {
            let pages = apart.iter_mut().skip(own.first.saturating_sub(1));
            pages.take(own.count).for_each(|page| *page = false);
        }
    }
    apart
}

/// Sets a frame's text in copies of its fonts.
pub(super) fn set(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => set(&mut group.frame),
            FrameItem::Text(text) => text.font = copy(text.font.clone()),
            _ => {}
        }
        true
    });
}

/// A copy of a font, the same in all that is drawn. The exporter tells fonts by their length too.
#[comemo::memoize]
fn copy(font: FontInstance) -> FontInstance {
    let mut bytes = font.data().to_vec();
    bytes.extend([0; 4]);
    let made = Font::new(Bytes::new(bytes), font.index()).map(|made| {
        // The coordinates that it was set with win over those of any variant.
        made.instantiate(FontVariant::default(), Default::default(), font.variations())
    });
    made.filter(|made| made.variations() == font.variations()).unwrap_or(font)
}
