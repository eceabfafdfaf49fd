//! The press for structured Chinese reports: a folder of Markdown, CSV and references in, a
//! print-ready PDF out.
//!
//! A [`Session`] keeps a project open. It reads `content/`, fills the template, lays the pages
//! out with Typst in this very process, and writes them:
//!
//! ```
//! use trendpress::{Request, Session};
//!
//! let folder = tempfile::tempdir()?;
//! trendpress::reading::starter::write(folder.path())?;
//!
//! let mut session = Session::open(folder.path(), false)?;
//! let (edition, written) = session.render(&Request::to(folder.path().join("report.pdf")))?;
//! assert_eq!(written.pages, edition.document.pages().len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Each command has its counterpart. `render --profile press`, `preflight` and `impose`:
//!
//! ```
//! use trendpress::impose::{self, Options, Scheme};
//! use trendpress::reading::model::{Output, OutputProfile};
//! use trendpress::{Job, Request, Session, preflight};
//!
//! # let folder = tempfile::tempdir()?;
//! # trendpress::reading::starter::write(folder.path())?;
//! let mut session = Session::open(folder.path(), false)?;
//! session.set_job(Job { output: Output { profile: OutputProfile::Press, marks: false }, ..Job::default() });
//! let path = folder.path().join("press.pdf");
//! session.render(&Request::to(&path))?;
//!
//! let bytes = std::fs::read(path)?;
//! let house = preflight::Profile::house();
//! assert!(preflight::check(&bytes, &house).passes());
//!
//! let sheets = impose::impose(&bytes, &Options { scheme: Scheme::Saddle, sheet: None, creep: 0.0, marks: true })?;
//! assert_eq!(sheets.sides % 2, 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `new`, `data`, `fonts` and `schema`:
//!
//! ```
//! use trendpress::reading::{self, starter};
//! use trendpress::{Session, writing::bundle};
//!
//! # let scratch = tempfile::tempdir()?;
//! # let (folder, out) = (scratch.path().join("mine"), scratch.path().join("out"));
//! starter::write(&folder)?;
//! let session = Session::open(&folder, false)?;
//! let main = bundle::write(&session.prepare()?, session.fonts(), session.root(), &out)?;
//! assert!(main.is_file());
//! assert!(session.fonts().list().any(|(info, _)| info.family == "Report Serif SC"));
//! assert!(reading::schemas().iter().any(|(name, _)| *name == "report"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `watch`: the same session at each change, which does again only what it must.
//!
//! ```no_run
//! use trendpress::session::watch::Watcher;
//! use trendpress::setting::fingerprint;
//! use trendpress::{Request, Session};
//!
//! let mut watcher = Watcher::new("report")?;
//! let mut session = Session::open("report", false)?;
//! let mut last = vec![];
//! loop {
//!     if let Ok((edition, _)) = session.render(&Request::to("report.pdf")) {
//!         let now = fingerprint::of(&edition.document);
//!         let changed = fingerprint::changed(&last, &now);
//!         last = now;
//!         // … show the `changed` pages.
//!     }
//!     watcher.wait(None)?;
//! }
//! # #[allow(unreachable_code)]
//! # Ok::<(), trendpress::Error>(())
//! ```
//!
//! Nothing here prints: problems come back as [`Diagnostic`](source::Diagnostic)s, failures as
//! [`Error`]s.
//!
//! The modules are the floors of the house, each above the ones before it: [`reading`] →
//! [`setting`] → [`checking`] → [`writing`] → [`session`] → [`editions`], [`preview`]; beside them, on
//! [`writing`], [`inspection`]: the report of a preflight.

#[cfg(test)]
mod architecture;
pub mod checking;
pub mod editions;
mod error;
pub mod inspection;
pub mod output;
pub mod preview;
pub mod progress;
pub mod reading;
pub mod rules;
pub mod session;
pub mod setting;
pub mod writing;

pub use error::{Error, RequestError};
pub use session::Session;
pub use setting::{Edition, Job};
pub use writing::{Request, Written};

pub use {copydesk, impose, l10n, pdf_diff, pdfx, preflight, source};
