//! Progress reporting. Nothing here prints.

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
