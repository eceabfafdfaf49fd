//! A page's inks: the page is painted into plates, which are searched for the worst square.
//!
//! Exact for colours in DeviceCMYK, DeviceGray and colorants, with knock-out, overprint, alpha,
//! Multiply and Darken, at a resolution of a pixel a point (less for large pages). Colours that
//! are not of inks are estimated; other blend modes are taken to cover; a group's transparency is
//! applied to each of its marks.

mod look;
mod map;
mod plates;
mod raster;
mod squares;

pub use look::Look;
pub use map::InkMap;
pub(super) use plates::Plates;
pub use squares::{Ink, PageInk};
