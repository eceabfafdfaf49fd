//! A brand on one sheet: its colours with their inks and contrast, its faces, its logo, and pages
//! of the report in it.

use brand::tone::{WHITE, contrast};
use l10n::say;
use serde_json::{Value, json};
use source::{Diagnostic, Problems};
use typst::foundations::Bytes;
use typst::utils::Scalar;
use typst_render::RenderOptions;

use crate::error::Error;
use crate::setting::notes::rgb;
use crate::setting::world::Files;
use crate::setting::{Edition, compile};

/// The file that draws the sheet.
const MAIN: &str = "/templates/kit/brand-sheet.typ";
/// What it is told beside the look itself.
const SHEET: &str = "/data/sheet.json";
/// The look of the house.
const BRAND: &str = "/data/brand.json";
/// The resolution of the report's pages on the sheet.
const PPI: f64 = 110.0;

/// Makes the sheet of a report's brand.
pub fn of(edition: Edition, name: &str) -> Result<Edition, Error> {
    let mut files: Files = edition.world.files().clone();
    let look = files.kept().find(|(path, _)| *path == BRAND).map(|(_, bytes)| bytes.to_vec());
    let look: Value =
        look.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    if look["tokens"].as_object().is_none_or(serde_json::Map::is_empty) && look["logo"].is_null() {
        return Err(Error::Content(vec![
            Diagnostic::general(say!("the report has no brand"))
                .hint(say!("`trendpress brand init` begins one")),
        ]));
    }
    let pages = pages(&edition, &mut files)?;
    let contrasts: serde_json::Map<String, Value> = look["tokens"]
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(name, tone)| {
            let colour = rgb(tone[0].as_str()?)?;
            Some((name.clone(), json!((contrast(colour, WHITE) * 10.0).round() / 10.0)))
        })
        .collect();
    let value = json!({ "name": name, "pages": pages, "contrasts": contrasts });
    files.keep(SHEET, Bytes::from_string(value.to_string()));
    let world = edition.world.like(files, MAIN);
    let mut problems = Problems::default();
    match compile::compile(&world, &mut problems) {
        Some(pass) => Ok(Edition { document: pass.document, world: world.into(), ..edition }),
        None => Err(Error::Content(problems.sorted())),
    }
}

/// Draws the cover and a spread of the report.
fn pages(edition: &Edition, files: &mut Files) -> Result<Vec<Value>, Error> {
    let all = edition.document.pages();
    let spread = if all.len() > 5 { 4 } else { 2 };
    let options = RenderOptions { pixel_per_pt: Scalar::new(PPI / 72.0), render_bleed: false };
    let mut out = vec![];
    for number in [1, spread, spread + 1] {
        let Some(page) = all.get(number - 1) else { continue };
        let path = format!("/sheet/{number}.png");
        let pixels = typst_render::render(page, &options);
        let bytes = pixels.encode_png().map_err(|error| {
            Error::machine(say!("cannot encode"), &*path)(std::io::Error::other(error))
        })?;
        files.keep(&*path, Bytes::new(bytes));
        let ratio = page.frame.width() / page.frame.height();
        out.push(json!({ "path": path, "ratio": ratio, "number": number }));
    }
    Ok(out)
}
