//! The colours of a final PDF's pages, as a reader of PDFs draws them.

use std::fmt;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{RenderCache, RenderSettings, render};

/// A page as pixels.
pub struct Raster {
    /// Its width in pixels.
    pub width: usize,
    /// Its height in pixels.
    pub height: usize,
    /// Red, green and blue, line by line.
    pixels: Vec<[u8; 3]>,
}

impl fmt::Debug for Raster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} pixels", self.width, self.height)
    }
}

/// The pixels of one colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Patch {
    /// How many there are.
    pub count: usize,
    /// The mean of their positions, from the upper left corner.
    pub centre: (f64, f64),
    /// Left, upper, right and lower edge of the box around them.
    pub edges: [usize; 4],
}

impl Raster {
    /// Takes pixels that are drawn already.
    pub fn of(picture: &image::RgbImage) -> Self {
        let pixels = picture.pixels().map(|pixel| pixel.0).collect();
        Self { width: picture.width() as usize, height: picture.height() as usize, pixels }
    }

    /// Draws every page of a PDF, at 72 pixels per inch.
    pub fn pages(pdf: Vec<u8>) -> Vec<Self> {
        let pdf = Pdf::new(pdf).expect("a readable PDF");
        let cache = RenderCache::new();
        let settings = RenderSettings {
            bg_color: hayro::vello_cpu::color::palette::css::WHITE,
            ..RenderSettings::default()
        };
        pdf.pages()
            .iter()
            .map(|page| {
                let drawn = render(page, &cache, &InterpreterSettings::default(), &settings);
                let pixels = drawn.data_as_u8_slice().chunks_exact(4);
                Self {
                    width: usize::from(drawn.width()),
                    height: usize::from(drawn.height()),
                    pixels: pixels.map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
                }
            })
            .collect()
    }

    /// Returns the colour at a position from the upper left corner.
    pub fn at(&self, x: f64, y: f64) -> [u8; 3] {
        self.pixels[y as usize * self.width + x as usize]
    }

    /// Returns where pixels are near a colour; `None` if there are fewer than twenty.
    pub fn patch(&self, colour: [u8; 3], tolerance: u8) -> Option<Patch> {
        let near = |pixel: &[u8; 3]| {
            pixel.iter().zip(colour).all(|(part, wanted)| part.abs_diff(wanted) <= tolerance)
        };
        let found: Vec<(usize, usize)> = (0..self.pixels.len())
            .filter(|at| near(&self.pixels[*at]))
            .map(|at| (at % self.width, at / self.width))
            .collect();
        if found.len() < 20 {
            return None;
        }
        let mean = |axis: fn(&(usize, usize)) -> usize| {
            found.iter().map(axis).sum::<usize>() as f64 / found.len() as f64
        };
        let reach = |axis: fn(&(usize, usize)) -> usize| {
            let all = || found.iter().map(axis);
            (all().min().unwrap_or_default(), all().max().unwrap_or_default())
        };
        let ((left, right), (top, bottom)) = (reach(|at| at.0), reach(|at| at.1));
        Some(Patch {
            count: found.len(),
            centre: (mean(|at| at.0), mean(|at| at.1)),
            edges: [left, top, right, bottom],
        })
    }
}
