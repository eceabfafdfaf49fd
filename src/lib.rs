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
//! let edition = session.compile()?;
//! let path = folder.path().join("report.pdf");
//! let written = session.write(&edition, &Request { path, pages: None, ppi: 144.0 })?;
//! assert_eq!(written.pages, edition.document.pages().len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
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
pub mod error;
pub mod export;
pub mod fit;
pub mod impose;
pub mod layout;
pub mod model;
pub mod output;
pub mod pages;
pub mod pdf;
pub mod pipeline;
pub mod preflight;
pub mod press;
pub mod session;
pub mod starter;
pub mod template;
pub mod world;
