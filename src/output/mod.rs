//! The one door for everything that is written: an output never replaces a source or another
//! output of its run, and the files of a run appear all together or not at all.
//!
//! What is not complete yet lies in a private folder beside its destination (a [`nest`]), locked
//! for as long as its process lives: so a later run knows what an ended one has left behind, and
//! takes it away, or finishes it where the moving had begun.

mod folder;
mod guard;
mod nest;
mod place;
mod scratch;
mod stage;

pub use folder::write_folder;
pub use guard::Outputs;
pub use nest::abandon;
pub use scratch::Scratch;

/// The folders of a project whose files make up the report.
pub const SOURCE_FOLDERS: [&str; 3] = ["content", "templates", "fonts"];

/// The file in `content/` by which a folder is known as a project.
const SETTINGS: &str = "content/report.yaml";
