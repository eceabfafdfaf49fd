//! Checks whether a PDF is fit to print: bytes and a profile in, findings out.
//!
//! The checker takes any PDF, by whatever program, and shares no code with the one that writes
//! ours. What it checks is in [`rules`]; which of it holds, and the limits, in a [`Profile`].
//!
//! ```
//! use preflight::Profile;
//!
//! let profile = Profile::built_in("x4").expect("it is built in");
//! let report = preflight::check(b"no PDF", &profile);
//! assert_eq!(report.findings[0].code, "P1-readable");
//! assert!(!report.passes());
//! ```

mod actions;
mod boxes;
mod colour;
mod document;
mod excess;
mod facts;
mod file;
mod finding;
mod heat;
mod icc;
mod images;
mod ink;
mod inspect;
mod intent;
mod known;
mod layers;
mod margins;
mod metadata;
mod page;
mod pages;
pub mod profile;
mod report;
pub mod rules;
mod same;
mod sarif;
mod seen;
mod spots;
mod text;
mod typeset;

pub use facts::{Boxes, Facts, Font, Picture};
pub use finding::{Finding, Region};
pub use ink::{Ink, InkMap, Look, PageInk};
pub use known::Known;
pub use metadata::{Packet, packet};
pub use pages::page;
pub use profile::Profile;
pub use report::Preflight;
pub use text::decode;

use hayro_syntax::Pdf;

use finding::{At, Findings};
use l10n::say;

/// The stack size of the checking thread: damaged files can nest objects deeply.
const STACK: usize = 256 << 20;

/// Checks a PDF.
///
/// Never panics: the reader runs in a thread of its own, and what stops that is a finding too.
pub fn check(bytes: &[u8], profile: &Profile) -> Preflight {
    check_with(bytes, profile, 1)
}

/// Checks a PDF with limits on memory and work that are `effort` times as high.
pub fn check_with(bytes: &[u8], profile: &Profile, effort: u32) -> Preflight {
    run(bytes, profile, Means { effort, looks: false, known: None })
}

/// Like [`check_with`], and keeps what each page looks like in its inks.
pub fn check_and_look(bytes: &[u8], profile: &Profile, effort: u32) -> Preflight {
    run(bytes, profile, Means { effort, looks: true, known: None })
}

/// Checks a PDF; pages that are `known` are not inspected again. The result is that of [`check`].
///
/// For files that one program makes in one run: what only a reader that mends files can tell apart
/// is the same page here.
pub fn check_known(bytes: &[u8], profile: &Profile, known: &Known) -> Preflight {
    known.begin();
    run(bytes, profile, Means { effort: 1, looks: false, known: Some(known) })
}

/// How a file is checked.
#[derive(Clone, Copy)]
struct Means<'a> {
    /// How many times as high as usual the limits are.
    effort: u32,
    /// Whether it is kept what each page looks like in its inks.
    looks: bool,
    /// The pages that need not be inspected again.
    known: Option<&'a Known>,
}

fn run(bytes: &[u8], profile: &Profile, means: Means) -> Preflight {
    let outcome = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("preflight".into()).stack_size(STACK);
        thread.spawn_scoped(scope, || inspect(bytes, profile, means)).map(|handle| handle.join())
    });
    match outcome {
        Ok(Ok(report)) => report,
        _ => {
            let mut findings = Findings::new(profile);
            let message = say!("the file is too damaged to be read");
            findings.report(&rules::READABLE, At::FILE, message, say!("export it again"));
            Preflight::new(profile, findings.into_list(), vec![])
        }
    }
}

/// Opens a PDF of any origin; damaged, locked or malicious files are rejected with the reasons.
pub fn open(bytes: &[u8]) -> Result<Pdf, Vec<Finding>> {
    open_with(bytes, 1)
}

/// Opens a PDF with limits on memory and work that are `effort` times as high.
pub fn open_with(bytes: &[u8], effort: u32) -> Result<Pdf, Vec<Finding>> {
    let profile = Profile::default();
    let mut findings = Findings::new(&profile);
    opened(bytes, effort, &mut findings).ok_or_else(|| findings.into_list())
}

/// Opens the file, if it asks for nothing that no reader could build; reports a finding if not.
fn opened(bytes: &[u8], effort: u32, findings: &mut Findings) -> Option<Pdf> {
    let pdf = file::open(bytes, effort, findings)?;
    excess::check(&pdf, findings).then_some(pdf)
}

fn inspect(bytes: &[u8], profile: &Profile, means: Means) -> Preflight {
    let Means { effort, looks, known } = means;
    let mut findings = Findings::new(profile);
    let Some(pdf) = opened(bytes, effort, &mut findings) else {
        return Preflight::new(profile, findings.into_list(), vec![]);
    };
    let file = file::File::new(bytes, &pdf, &mut findings);
    document::check(&file, &mut findings);
    let packet = metadata::check(&file, &mut findings);
    let mut facts = Facts::of(&file, packet.as_ref());
    let intent = intent::check(&file, &mut findings);
    boxes::check(&file, &mut findings);
    layers::check(&file, &mut findings);
    // Reads every object, so that a damaged table is mended before pages are read side by side.
    actions::check(&file, &mut findings);
    let how = inspect::How { intent, effort, looks };
    let inks = inspect::check(&file, how, known, &mut facts, &mut findings);
    Preflight { facts, ..Preflight::new(profile, findings.into_list(), inks) }
}
