//! Pages of finished PDFs on the pages of another: a partner's advertisement, a cover.
//!
//! [`take`] makes a file of one page of a PDF: what it draws, upright, and nothing else. What
//! could not be placed whole is refused there. A program that sets pages draws a picture of the
//! page's size with [`sign`] as its pixels; [`put`] then sets the page itself in the picture's
//! place, as a form XObject (ISO 32000-1, 8.10): its fonts, vectors and inks stay what they are.
//! This room knows no Typst.
//!
//! ```
//! use placed::{Area, take};
//!
//! let refused = take(b"no PDF", 1, Area::Trim);
//! assert!(refused.is_err());
//! ```

mod archive;
mod archived;
mod fonts;
mod layers;
mod put;
mod refusal;
mod scan;
mod take;
mod walk;

pub use archive::Unfit;
pub use put::{Ground, put, sign};
pub use refusal::Refusal;
pub use take::{Area, Single, count, take};
