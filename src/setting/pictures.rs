//! The author's pictures as the pages show them: decoded once here, so that a broken one is told
//! at its line.

use rayon::prelude::*;
use source::Problems;
use typst::foundations::{Bytes, Smart};
use typst::visualize::{ExchangeFormat, RasterImage};

use super::world::Files;
use crate::reading::{Pictures, Project, Purpose};

/// Returns how many pixels across and down a page of a trim size can show, with its bleed.
pub fn most(trim: &[String; 2], ppi: u16) -> (u32, u32) {
    /// What the page may reach beyond its trim on both sides, in inches.
    const BLEED: f64 = 0.25;
    let side = |inches: f64| ((inches + BLEED) * f64::from(ppi)).ceil() as u32;
    (side(inches(&trim[0])), side(inches(&trim[1])))
}

/// Returns the width and the height of a trim size, in points.
pub fn points(trim: &[String; 2]) -> (f64, f64) {
    (inches(&trim[0]) * 72.0, inches(&trim[1]) * 72.0)
}

fn inches(text: &str) -> f64 {
    let at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let inch = match unit {
        "in" => 1.0,
        "cm" => 2.54,
        "pt" => 72.0,
        _ => 25.4,
    };
    number.parse::<f64>().unwrap_or_default() / inch
}

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
    for (path, leaf) in &pictures.leaves {
        files.keep(path, Bytes::new(leaf.bytes.clone()));
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

#[cfg(test)]
mod tests {
    use super::most;

    #[test]
    fn a_page_shows_what_its_trim_and_bleed_hold() {
        let trim = |width: &str, height: &str| [width.to_owned(), height.to_owned()];
        assert_eq!(most(&trim("254mm", "25.4cm"), 100), (1025, 1025));
        assert_eq!(most(&trim("8.5in", "792pt"), 300), (2625, 3375));
    }
}
