//! The press for structured Chinese reports: a folder of Markdown, CSV and references in, a
//! print-ready PDF out.
//!
//! A [`Session`](session::Session) keeps a project open. It reads `content/`, fills the template,
//! lays the pages out with Typst in this very process, and writes them:
//!
//! ```
//! use trendpress::{output::Request, session::Session};
//!
//! let folder = tempfile::tempdir()?;
//! trendpress::starter::write(folder.path())?;
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
//! use trendpress::model::{Output, Profile};
//! use trendpress::{output::Request, pipeline::Job, preflight, session::Session};
//!
//! # let folder = tempfile::tempdir()?;
//! # trendpress::starter::write(folder.path())?;
//! let mut session = Session::open(folder.path(), false)?;
//! session.set_job(Job { output: Output { profile: Profile::Press, marks: false }, ..Job::default() });
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
//! use trendpress::{content, export, session::Session, starter};
//!
//! # let scratch = tempfile::tempdir()?;
//! # let (folder, out) = (scratch.path().join("mine"), scratch.path().join("out"));
//! starter::write(&folder)?;
//! let session = Session::open(&folder, false)?;
//! let main = export::write(&session.prepare()?, session.fonts(), session.root(), &out)?;
//! assert!(main.is_file());
//! assert!(session.fonts().list().any(|(info, _)| info.family == "Report Serif SC"));
//! assert!(content::schemas().iter().any(|(name, _)| *name == "report"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `watch`: the same session at each change, which does again only what it must.
//!
//! ```no_run
//! use trendpress::{look, output::Request, session::Session, watch::Watcher};
//!
//! let mut watcher = Watcher::new("report")?;
//! let mut session = Session::open("report", false)?;
//! let mut last = vec![];
//! loop {
//!     if let Ok((edition, _)) = session.render(&Request::to("report.pdf")) {
//!         let now = look::of(&edition.document);
//!         let changed = look::changed(&last, &now);
//!         last = now;
//!         // … tell of the `changed` pages.
//!     }
//!     watcher.wait(None)?;
//! }
//! # #[allow(unreachable_code)]
//! # Ok::<(), trendpress::error::Error>(())
//! ```
//!
//! Nothing here prints: problems come back as [`Diagnostic`](diagnostic::Diagnostic)s, failures as
//! [`Error`](error::Error)s.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod bibliography;
pub mod check;
pub mod compile;
pub mod content;
pub mod data;
pub mod diagnostic;
pub mod diff;
pub mod error;
pub mod export;
pub mod fit;
pub mod impose;
pub mod layout;
pub mod look;
pub mod model;
pub mod output;
pub mod pages;
pub mod pdf;
pub mod pipeline;
pub mod preflight;
pub mod press;
pub mod preview;
pub mod progress;
pub mod session;
pub mod starter;
pub mod template;
pub mod watch;
pub mod words;
pub mod world;
