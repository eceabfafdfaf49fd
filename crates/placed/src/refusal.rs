//! Why a page cannot be placed, and what helps.

use impose::ImposeError;
use l10n::say;

/// Why a page cannot be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is no PDF, or a damaged one.
    Damaged,
    /// It opens with a password alone.
    Encrypted,
    /// It would take too much memory, or its forms draw themselves.
    Limit,
    /// It has fewer pages: this many.
    NoPage(usize),
    /// The page has no area.
    NoArea,
    /// A font that is not embedded, by its name.
    Font(String),
    /// Layers that are hidden, by their names.
    Layers(String),
    /// An annotation that should draw something and has no appearance, by its kind.
    Annotation(String),
}

impl Refusal {
    /// Returns what is wrong with a file of this name, and what to do.
    pub fn told(&self, name: &str, page: usize) -> (String, String) {
        match self {
            Self::Damaged => {
                (say!("`{name}` is no PDF that can be read whole", name), say!("export it again"))
            }
            Self::Encrypted => {
                (say!("`{name}` is encrypted", name), say!("ask for a file without a password"))
            }
            Self::Limit => (
                say!("`{name}` would take more memory than any page needs", name),
                say!("export it again as PDF/X-4, from the program that it was made in"),
            ),
            Self::NoPage(0) => (say!("`{name}` has no pages", name), say!("export it again")),
            Self::NoPage(1) => (
                say!("`{name}` has no page {page}: it has one page", name, page),
                say!("leave `page` out"),
            ),
            Self::NoPage(count) => (
                say!("`{name}` has no page {page}: it has {count} pages", name, page, count),
                say!("name a page from 1 to {count}", count),
            ),
            Self::NoArea => {
                (say!("page {page} of `{name}` has no area", page, name), say!("export it again"))
            }
            Self::Font(font) => (
                say!("the font `{font}` is not embedded in `{name}`", font, name),
                say!("export it again with all fonts embedded, as PDF/X-4 has them"),
            ),
            Self::Layers(layers) => (
                say!("page {page} of `{name}` has hidden layers: `{layers}`", page, name, layers),
                say!("delete hidden layers, or show them, and export it again"),
            ),
            Self::Annotation(kind) => (
                say!(
                    "page {page} of `{name}` has a comment that no page can show: `{kind}`",
                    page,
                    name,
                    kind
                ),
                say!("delete the comment, or flatten it, and export the file again"),
            ),
        }
    }
}

impl From<lopdf::Error> for Refusal {
    fn from(error: lopdf::Error) -> Self {
        ImposeError::from(error).into()
    }
}

impl From<ImposeError> for Refusal {
    fn from(error: ImposeError) -> Self {
        match error {
            ImposeError::Encrypted => Self::Encrypted,
            ImposeError::Limit(_) | ImposeError::Content(_) => Self::Limit,
            ImposeError::NoArea(_) => Self::NoArea,
            _ => Self::Damaged,
        }
    }
}
