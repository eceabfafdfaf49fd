//! What is being done, told to who asks. Nothing here prints.

/// The steps of a report's making, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The content is read and checked.
    Reading,
    /// The pages are laid out.
    LayingOut,
    /// The files are made.
    Writing,
    /// What goes to a press is held to its preflight.
    Checking,
}

/// Is told each step as it begins.
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
    /// A step begins.
    fn begins(&self, step: Step);
}

impl<F: Fn(Step) + Send + Sync> Progress for F {
    fn begins(&self, step: Step) {
        self(step);
    }
}
