//! Progress reporting. Nothing here prints.

use std::sync::OnceLock;

/// The steps of making a report, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Reading and checking the content.
    Reading,
    /// Laying out the pages.
    LayingOut,
    /// Writing the files.
    Writing,
    /// Checking a press file with the preflight.
    Checking,
}

/// A listener that is notified of each step as it begins.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use trendpress::progress::Step;
/// use trendpress::Session;
///
/// # let folder = tempfile::tempdir()?;
/// # trendpress::reading::starter::write(folder.path())?;
/// let steps = Arc::new(Mutex::new(vec![]));
/// let told = steps.clone();
/// let mut session = Session::open(folder.path(), false)?;
/// session.set_progress(move |step| told.lock().unwrap().push(step));
/// session.compile()?;
/// assert_eq!(*steps.lock().unwrap(), [Step::Reading, Step::LayingOut]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Progress: Send + Sync {
    /// Called when a step begins.
    fn begins(&self, step: Step);
}

impl<F: Fn(Step) + Send + Sync> Progress for F {
    fn begins(&self, step: Step) {
        self(step);
    }
}

/// A listener of the whole process, for one that looks after it.
pub trait Listener: Send + Sync {
    /// Called with the place, as `file:line:column`, of what is read next.
    fn is_at(&self, place: String);
    /// Called when the work on a report begins anew.
    fn begins(&self);
    /// Called when an edition begins, with its position in the table.
    fn makes(&self, row: usize);
    /// Called when an edition is made, or cannot be.
    fn made(&self, row: usize);
    /// Called when the process waits for a change.
    fn waits(&self);
    /// Called with the limits that a report sets: seconds of the processor, and MB of memory.
    fn limits(&self, time: Option<u64>, memory: Option<u64>);
}

static LISTENER: OnceLock<Box<dyn Listener>> = OnceLock::new();

/// Sets the listener of the process; the first one stays.
pub fn listen(listener: impl Listener + 'static) {
    _ = LISTENER.set(Box::new(listener));
}

/// Says where the work is.
pub(crate) fn at(place: impl FnOnce() -> String) {
    if let Some(listener) = LISTENER.get() {
        listener.is_at(place());
    }
}

/// Says that the work on a report begins.
pub(crate) fn begins() {
    if let Some(listener) = LISTENER.get() {
        listener.begins();
    }
}

/// Says that the edition of a row begins.
pub(crate) fn makes(row: usize) {
    if let Some(listener) = LISTENER.get() {
        listener.makes(row);
    }
}

/// Says that the edition of a row is made, or cannot be.
pub(crate) fn made(row: usize) {
    if let Some(listener) = LISTENER.get() {
        listener.made(row);
    }
}

/// Says that nothing is done until something changes.
pub(crate) fn waits() {
    if let Some(listener) = LISTENER.get() {
        listener.waits();
    }
}

/// Says which limits a report sets.
pub(crate) fn limits(time: Option<u64>, memory: Option<u64>) {
    if let Some(listener) = LISTENER.get() {
        listener.limits(time, memory);
    }
}
