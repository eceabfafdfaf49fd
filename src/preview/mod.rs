//! The report in a browser: its spreads as in the printed copy, updated at each change.
//!
//! A [`Server`] shows what it is given. It answers on this machine alone, to who knows its address:
//!
//! ```
//! use trendpress::{preview::{PreviewOptions, Server}, session::Session};
//!
//! let folder = tempfile::tempdir()?;
//! trendpress::reading::starter::write(folder.path())?;
//!
//! let mut session = Session::open(folder.path(), false)?;
//! let server = Server::start(PreviewOptions::of(folder.path()))?;
//! server.show(session.compile());
//! assert!(server.address().starts_with("http://127.0.0.1:"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Snapshot`] is what is shown at one moment, as data; [`find`] seeks text on the pages,
//! [`ink`] measures what a press would lay on them, [`editor`] knows how a line is opened.

mod blocks;
mod drawing;
pub mod editor;
pub mod find;
mod findings;
pub mod ink;
mod runs;
mod server;
mod snapshot;

pub use blocks::{BlockView, Changed, LineView};
pub use findings::{FindingView, On};
pub use server::{PreviewOptions, Server};
pub use snapshot::{Entry, Grid, PageView, Snapshot, spreads};
