//! Pages as pictures, a file each.

use std::io;
use std::path::{Path, PathBuf};

use l10n::say;
use rayon::prelude::*;
use typst::utils::Scalar;
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

use super::Request;
use crate::error::Error;
use crate::reading::model::OutputProfile;
use crate::setting::Edition;

/// The pages, from 1, as PNG at the request's resolution; a proof shows its bleed.
pub(super) fn png(
    edition: &Edition,
    request: &Request,
    pages: &[usize],
) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let render_bleed = edition.job.output.profile == OutputProfile::Proof;
    let options = RenderOptions { pixel_per_pt: Scalar::new(request.ppi / 72.0), render_bleed };
    named(edition, request, pages)
        .map(|(page, path)| {
            let pixels = typst_render::render(page, &options);
            let bytes = pixels.encode_png().map_err(|error| {
                Error::machine(say!("cannot encode"), path.clone())(io::Error::other(error))
            })?;
            Ok((path, bytes))
        })
        .collect()
}

/// The pages, from 1, as SVG.
pub(super) fn svg(
    edition: &Edition,
    request: &Request,
    pages: &[usize],
) -> Vec<(PathBuf, Vec<u8>)> {
    named(edition, request, pages)
        .map(|(page, path)| (path, typst_svg::svg(page, &SvgOptions::default()).into_bytes()))
        .collect()
}

/// Each page with the name of its file.
fn named<'a>(
    edition: &'a Edition,
    request: &'a Request,
    pages: &'a [usize],
) -> impl ParallelIterator<Item = (&'a typst_layout::Page, PathBuf)> {
    let all = edition.document.pages();
    let digits = digits(all.len());
    pages.par_iter().map(move |&number| (&all[number - 1], numbered(&request.path, number, digits)))
}

/// How many digits the number in each page's name has: as many as the last one's, and at least
/// two.
pub(super) fn digits(count: usize) -> usize {
    count.to_string().len().max(2)
}

/// The name of a page's file.
pub(super) fn numbered(path: &Path, number: usize, digits: usize) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number:0digits$}."));
    name.push(path.extension().unwrap_or_default());
    path.with_file_name(name)
}
