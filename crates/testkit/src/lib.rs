//! What the tests of several crates share: a reader of final PDFs that did not write them, sound
//! files to break, and the files that hold what is expected.
//!
//! ```
//! let pages = testkit::pdf::File::open(testkit::numbered::numbered(3)).pages();
//! assert_eq!(pages.len(), 3);
//! assert_eq!(pages[1].shapes[0].width, 2.0);
//! ```

#![expect(missing_docs, reason = "used by tests only, where names say enough")]
#![expect(clippy::disallowed_methods, reason = "tests write their own fixtures")]

pub mod bless;
pub mod font;
pub mod good;
pub mod numbered;
pub mod pdf;
pub mod raster;
mod sheet;

use std::path::Path;

/// The repository's folder.
pub fn repository() -> &'static Path {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    crates.and_then(Path::parent).expect("this crate lies in `crates/` of the repository")
}
