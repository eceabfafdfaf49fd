//! The report as a PDF: a page for each file, set by the kit.

use std::path::Path;
use std::sync::Arc;

use l10n::{Language, say};
use preflight::Profile;
use serde_json::{Value, json};
use source::Problems;
use typst::foundations::Bytes;

use super::look::Screen;
use super::told::Told;
use super::{Inspected, standard, title};
use crate::error::Error;
use crate::reading::template::{KIT, TEMPLATES, built_in_kit};
use crate::setting::compile;
use crate::setting::world::{Files, Fonts, ReportWorld};
use crate::writing::alone;

/// The file that draws it.
const MAIN: &str = "/templates/kit/preflight-sheet.typ";
/// The most pages of a file that are shown: those with findings first.
const SHOWN: usize = 32;

/// Sets the report on files: same findings, same bytes.
pub fn pdf(files: &[Inspected], profile: &Profile) -> Result<Vec<u8>, Error> {
    let screen = Screen::new();
    let mut kept = Files::new();
    for (path, bytes) in built_in_kit() {
        kept.keep(format!("/{TEMPLATES}/{path}"), Bytes::new(bytes));
    }
    let mut values = vec![];
    for (at, file) in files.iter().enumerate() {
        values.push(value(at, file, profile, &screen, &mut kept));
    }
    let title = title(files);
    let lang = match Language::now() {
        Language::Chinese => "zh",
        Language::English => "en",
    };
    let sheet = json!({
        "title": title,
        "standard": standard(profile),
        "files": values,
        "words": words(),
    });
    let theme = format!("/{TEMPLATES}/{KIT}/none.typ");
    for (path, value) in [
        ("/data/sheet.json", sheet),
        (
            "/data/template.json",
            json!({ "name": KIT, "theme": theme, "lang": lang, "region": null }),
        ),
        ("/data/brand.json", json!({})),
        ("/data/output.json", json!({ "press": false, "marks": false, "slug": false })),
    ] {
        kept.keep(path, Bytes::from_string(value.to_string()));
    }
    let world = ReportWorld::new(Arc::new(Fonts::of_program()), kept, MAIN);
    let mut problems = Problems::default();
    match compile::compile(&world, &mut problems) {
        Some(pass) => alone(&pass.document, &title),
        None => Err(Error::Content(problems.sorted())),
    }
}

/// The template's own words.
fn words() -> Value {
    json!({
        "file": say!("The file"),
        "findings": say!("Findings"),
        "mended": say!("Mended"),
        "ink": say!("Total ink by page"),
        "unknown": say!("hatched: ink unknown, as not all of the page was read"),
        "fonts": say!("Fonts"),
        "images": say!("Images"),
        "boxes": say!("Boxes"),
        "pages": say!("Pages"),
        "none": say!("nothing was found"),
        "page": say!("page"),
        "hint": say!("hint"),
        "more": say!("more, in the web page of this report"),
        "rest": say!("more pages, in the web page of this report"),
        "limit": say!("limit"),
    })
}

/// What the kit is told of a file; the pages that it shows are kept beside.
fn value(
    at: usize,
    file: &Inspected,
    profile: &Profile,
    screen: &Screen,
    kept: &mut Files,
) -> Value {
    let told = Told::of(file, profile);
    let mut order: Vec<usize> = (0..told.pages.len()).collect();
    order.sort_by_key(|&page| {
        let page = &told.pages[page];
        (page.marks.is_empty(), page.numbers.is_empty(), page.page)
    });
    order.truncate(SHOWN);
    let mut shown = vec![];
    let inks = file.outcome.iter().flat_map(|report| &report.pages).collect::<Vec<_>>();
    for page in order {
        let Some(look) = inks.get(page).and_then(|ink| ink.look.as_ref()) else { continue };
        let Some(png) = screen.png(look) else { continue };
        let path = format!("/sheet/{at}-{page}.png");
        kept.keep(&*path, Bytes::new(png));
        shown.push(json!({
            "path": path,
            "ratio": look.area.width / look.area.height,
            "page": told.pages[page],
        }));
    }
    let mut value = json!(told);
    value["shown"] = shown.into();
    let name = Path::new(&told.name).file_name().map(|name| name.to_string_lossy());
    value["short"] = name.unwrap_or_default().into();
    value
}
