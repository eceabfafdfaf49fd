//! Whose doing it is where Typst cannot lay out: a picture that does not decode is its author's,
//! though Typst names the line of the template that draws it.

use std::sync::Arc;

use typst::visualize::{ExchangeFormat, RasterImage};

use super::origins;
use super::world::ReportWorld;
use crate::reading::model::{Block, Part, PartContent, Report};
use l10n::say;
use source::{Diagnostic, Place, Problems, SourceFile};

/// Reports the pictures that do not decode at their authors' lines, in place of what Typst said of
/// the template.
pub(super) fn pictures(world: &ReportWorld, report: &Report, problems: &mut Problems) {
    for (path, place) in report.parts.iter().flat_map(pictures_of) {
        let Some(why) = fault(world, path) else { continue };
        let of_template = |found: &Diagnostic| {
            let path = found.place.as_ref().map_or("", |place| place.file.path.as_str());
            path.starts_with("templates/") && found.message == why
        };
        problems.retain(|found| !of_template(found));
        let name = path.strip_prefix("/content/").unwrap_or(path);
        problems.push(
            Diagnostic::error(place, say!("`{name}` is broken: {why}", name, why))
                .hint(say!("export it again")),
        );
    }
}

/// Returns the pictures of a part, each with the line that names it.
fn pictures_of(part: &Part) -> Vec<(&str, Place)> {
    let file = &part.place.file;
    let mut out = vec![];
    if let PartContent::Trend { matter, .. } = &part.content
        && let Some(portrait) = matter.quote.as_ref().and_then(|quote| quote.portrait.as_ref())
    {
        let start = origins::key_start(&file.text, "quote").unwrap_or(0);
        out.push((portrait.as_str(), line_at(file, start)));
    }
    for block in part.content.illustrations() {
        if let Block::Figure(figure) = block {
            let start = origins::line_start(&file.text, figure.line);
            out.push((figure.path.as_str(), line_at(file, start)));
        }
    }
    out
}

fn line_at(file: &Arc<SourceFile>, start: usize) -> Place {
    let length = file.text[start..].lines().next().map_or(0, str::len);
    Place::new(file, start..start + length)
}

/// Returns why a photograph does not decode, in Typst's words; drawings name their own lines.
fn fault(world: &ReportWorld, path: &str) -> Option<String> {
    let bytes = world.bytes(path)?;
    let format = ExchangeFormat::detect(&bytes)?;
    RasterImage::plain(bytes, format).err().map(|why| why.to_string())
}
