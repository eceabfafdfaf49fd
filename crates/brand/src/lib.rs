//! The look of a house from one file, `brand.yaml`: its colours with their inks, tones for text and
//! for data that are made of them, its fonts and its logo.
//!
//! The file has the structure of `brand.yml`, as Quarto reads it, and what print needs besides.
//! This room knows no report, no template and no Typst: it gives tones by name, and a template draws
//! with them.
//!
//! ```
//! use std::sync::Arc;
//! use brand::{Brand, Press};
//! use source::{Problems, SourceFile};
//!
//! let text = "color: {primary: \"#00594C\"}\n";
//! let file = Arc::new(SourceFile { path: "brand.yaml".into(), text: text.into() });
//! let mut problems = Problems::default();
//! let brand = Brand::read(&file, &mut problems).expect("a brand");
//! let press = Press::new(pdfx::COATED, 300.0)?;
//! let look = brand.look(&press, &mut problems);
//! assert!(problems.is_empty(), "{problems:?}");
//! assert_eq!(look.tokens["accent"].screen, [0, 89, 76]);
//! # Ok::<(), pdfx::PressError>(())
//! ```

mod apart;
mod begin;
mod colours;
pub mod css;
mod design;
mod fonts;
mod logo;
pub mod model;
mod press;
pub mod rules;
mod series;
mod tokens;
pub mod tone;
mod unused;

use std::collections::BTreeMap;
use std::sync::Arc;

use source::yaml::Document;
use source::{Place, Problems, SourceFile, schema};

pub use apart::{Pair, too_near};
pub use begin::{begin, chosen};
pub use colours::{Colour, Resolved};
pub use fonts::NamedFont;
pub use logo::{LogoFile, LogoPair, Sizes};
pub use model::BrandFile;
pub use press::{Cmyk, Press};
pub use series::Series;
pub use tokens::{TOKENS, Tone};

/// A brand as its file gives it.
#[derive(Debug)]
pub struct Brand {
    /// What the file says.
    pub file: BrandFile,
    /// Whether other programs read the file too: then it says more than print has a use for.
    pub(crate) foreign: bool,
    document: Document,
}

/// What a template draws with.
#[derive(Debug, Default)]
pub struct Look {
    /// The tones by their names, such as `accent`.
    pub tokens: BTreeMap<String, Tone>,
    /// The series of charts, in order; none where the brand has no colours.
    pub data: Vec<Series>,
    /// The house's colours themselves.
    pub colours: Resolved,
}

impl Brand {
    /// Reads a brand file; `None`, with the reasons in `problems`, if it cannot be used.
    pub fn read(file: &Arc<SourceFile>, problems: &mut Problems) -> Option<Self> {
        let document = Document::parse(file, 0..file.text.len(), problems)?;
        let document =
            if design::is(&document) { design::brand(document, problems)? } else { document };
        unused::empty(&document, problems);
        let mut document = document;
        let foreign = file.path.rsplit('/').next().is_some_and(|name| name.starts_with('_'));
        if foreign {
            unused::foreign(&mut document, problems);
        }
        let brand: BrandFile = schema::read(&document, problems)?;
        unused::tell(&brand, &document, problems);
        let brand = Self { file: brand, foreign, document };
        unused::images(&brand, problems);
        Some(brand)
    }

    /// Makes the tones of a template and of charts from the brand's colours.
    pub fn look(&self, press: &Press, problems: &mut Problems) -> Look {
        let colours =
            colours::resolve(&self.file.color, self.foreign, &self.document, press, problems);
        let tokens = tokens::make(&colours, press, problems);
        let data = series::make(&colours, press, problems);
        Look { tokens, data, colours }
    }

    /// Returns the location of the value at a JSON pointer of the file.
    pub fn place(&self, pointer: &str) -> Place {
        self.document.place(pointer)
    }

    /// Returns the location of the key at a JSON pointer of the file.
    pub fn key_place(&self, pointer: &str) -> Place {
        self.document.key_place(pointer)
    }

    /// Returns the names of the spot colours that it prints with.
    pub fn spots(&self) -> Vec<String> {
        let colours = &self.file.color;
        let values = colours.palette.values().chain(&colours.data).chain(colours.tokens.values());
        let mut spots: Vec<String> = values
            .chain(colours.roles().map(|(_, value)| value))
            .filter_map(|value| match value {
                model::ColourValue::Mixed(swatch) => swatch.spot.clone(),
                model::ColourValue::Text(_) => None,
            })
            .collect();
        spots.sort();
        spots.dedup();
        spots
    }
}
