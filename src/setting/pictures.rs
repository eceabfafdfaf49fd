//! The author's pictures as the pages show them: decoded once here, so that a broken one is told
//! at its line.

use rayon::prelude::*;
use source::Problems;
use typst::foundations::{Bytes, Smart};
use typst::visualize::{ExchangeFormat, RasterImage};

use super::world::Files;
use crate::reading::{Pictures, Project, Purpose};

/// Gives the template what its pictures need beside the author's files.
pub fn supply(
    pictures: &Pictures,
    project: &Project,
    purpose: Purpose,
    files: &mut Files,
    problems: &mut Problems,
) {
    for (path, text) in &pictures.drawings {
        files.keep(path, Bytes::from_string(text.to_string()));
    }
    let ready: Vec<_> = pictures
        .pixels
        .par_iter()
        .map(|picture| {
            let ready = picture.make(project, purpose)?;
            let bytes = Bytes::new(ready.bytes);
            let format = if ready.jpeg { ExchangeFormat::Jpg } else { ExchangeFormat::Png };
            // The layout finds what is decoded here in its memory.
            RasterImage::new(bytes.clone(), format, Smart::Auto)
                .map_err(|why| picture.broken(&why))?;
            Ok((picture.path.clone(), ready.made.then_some(bytes)))
        })
        .collect();
    for done in ready {
        match done {
            Ok((path, Some(bytes))) => files.keep(path, bytes),
            Ok((_, None)) => {}
            Err(problem) => problems.push(problem),
        }
    }
}
