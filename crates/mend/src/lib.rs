//! Mends in a PDF what can be mended without doubt: boxes of a trim and a bleed that are given,
//! metadata that are said in one place and missing in another, white that overprints, annotations
//! and actions.
//!
//! The file that is mended stays; a new one is made, with a list of [what was done](Done) and of
//! [what was left](Left), for only a person knows what is right. Nothing that is drawn changes,
//! except that white covers: what annotations draw becomes part of their pages.
//!
//! ```
//! use mend::{Done, Options, mend};
//!
//! # use lopdf::{Document, Object, Stream, dictionary};
//! # let mut document = Document::with_version("1.6");
//! # let parent = document.new_object_id();
//! # let contents = document.add_object(Stream::new(dictionary! {}, b"0 0 9 9 re f".to_vec()));
//! # let page = document.add_object(dictionary! {
//! #     "Type" => "Page", "Parent" => parent, "Contents" => contents,
//! #     "MediaBox" => [0, 0, 612, 825].map(Object::from).to_vec(),
//! # });
//! # let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
//! # document.objects.insert(parent, tree.into());
//! # let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
//! # document.trailer.set("Root", catalog);
//! # let mut bytes = vec![];
//! # document.save_to(&mut bytes).expect("a PDF");
//! let options = Options { trim: Some((595.0, 808.0)), bleed: Some(8.5), claim: false, effort: 1 };
//! let mended = mend(&bytes, &options)?;
//! assert!(matches!(mended.done[0], Done::Trim { pages: 1, .. }));
//! # Ok::<(), mend::MendError>(())
//! ```

mod actions;
mod annotations;
mod boxes;
mod content;
mod done;
mod metadata;
mod overprint;
mod packet;

use std::fmt;

use l10n::say;
use lopdf::Document;
use lopdf::xref::{XrefRecovery, XrefType};

pub use done::{Done, Left};

/// What to mend a file with.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Options {
    /// The width and height of the trimmed page, in points, for pages without a TrimBox.
    pub trim: Option<(f64, f64)>,
    /// How far a page is printed beyond its trim, in points, for pages without a BleedBox.
    pub bleed: Option<f64>,
    /// Whether the file is to be declared as PDF/X-4: for whoever has checked that it is.
    pub claim: bool,
    /// How many times as high as usual the limits on memory and work are; 0 counts as 1.
    pub effort: u32,
}

/// A mended file.
#[derive(Debug)]
pub struct Mended {
    /// The new file.
    pub bytes: Vec<u8>,
    /// What was done.
    pub done: Vec<Done>,
    /// What was left as it is.
    pub left: Vec<Left>,
}

/// The reason why a file was not mended.
#[derive(Debug)]
pub enum MendError {
    /// The PDF could not be read or written.
    Pdf(lopdf::Error),
    /// The PDF is damaged: parts of it could be lost.
    Damaged,
    /// The PDF would take too much memory.
    Limit(door::Refusal),
    /// The PDF is encrypted: who may change it was said by whoever did that.
    Encrypted,
}

impl fmt::Display for MendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pdf(error) => f.write_str(&say!("the PDF cannot be mended: {error}", error)),
            Self::Damaged => {
                f.write_str(&say!("the PDF is damaged: its cross-reference table is invalid"))
            }
            Self::Limit(refusal) => f.write_str(&refusal.message()),
            Self::Encrypted => f.write_str(&say!("the PDF is encrypted")),
        }
    }
}

impl std::error::Error for MendError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Pdf(error) => Some(error),
            _ => None,
        }
    }
}

impl From<lopdf::Error> for MendError {
    fn from(error: lopdf::Error) -> Self {
        match error {
            lopdf::Error::InvalidPassword
            | lopdf::Error::Decryption(_)
            | lopdf::Error::UnsupportedSecurityHandler(_) => Self::Encrypted,
            error => Self::Pdf(error),
        }
    }
}

/// What was done so far.
#[derive(Default)]
struct Outcome {
    done: Vec<Done>,
    left: Vec<Left>,
}

/// The stack size of the mending thread: damaged files can nest objects deeply.
const STACK: usize = 256 << 20;

/// Mends a file: same input, same bytes.
///
/// Never panics: the reader runs in a thread of its own.
pub fn mend(bytes: &[u8], options: &Options) -> Result<Mended, MendError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("mend".into()).stack_size(STACK);
        let running = thread.spawn_scoped(scope, || run(bytes, options));
        running.ok().and_then(|running| running.join().ok()).unwrap_or(Err(MendError::Damaged))
    })
}

fn run(bytes: &[u8], options: &Options) -> Result<Mended, MendError> {
    door::inspect(bytes, &door::Limits::default().times(options.effort))
        .map_err(MendError::Limit)?;
    let mut document = Document::load_mem(bytes)?;
    if document.trailer.has(b"Encrypt") || document.was_encrypted() {
        return Err(MendError::Encrypted);
    }
    if document.xref_recovery == Some(XrefRecovery::Reconstructed) {
        return Err(MendError::Damaged);
    }
    impose::pages(&mut document)?;
    let mut out = Outcome::default();
    boxes::set(&mut document, options, &mut out)?;
    annotations::take_out(&mut document, &mut out)?;
    actions::take_out(&mut document, &mut out)?;
    overprint::knock_out(&mut document, &mut out)?;
    metadata::complete(&mut document, bytes, options.claim, &mut out)?;
    document.prune_objects();
    // A table that every reader finds, and no version that is newer for its sake.
    document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    let mut bytes = vec![];
    document.save_to(&mut bytes).map_err(lopdf::Error::from)?;
    Ok(Mended { bytes, done: out.done, left: out.left })
}

#[cfg(test)]
mod tests;
