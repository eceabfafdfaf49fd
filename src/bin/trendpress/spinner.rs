//! A spinner that appears on a terminal once work takes more than a second.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget};
use l10n::say;
use trendpress::progress::{Progress, Step};

/// A spinner that turns until it is dropped.
pub(crate) struct Spinner {
    bar: ProgressBar,
    done: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Spinner {
    /// Starts a spinner with a message.
    pub(crate) fn start(what: String) -> Self {
        let bar =
            ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(what);
        let shown = bar.clone();
        let (done, wait) = mpsc::channel::<()>();
        let thread = std::thread::spawn(move || {
            if wait.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(80));
                _ = wait.recv();
                shown.finish_and_clear();
            }
        });
        Self { bar, done: Some(done), thread: Some(thread) }
    }

    /// Returns a progress listener that shows each step of a session.
    pub(crate) fn steps(&self) -> impl Progress + use<> {
        let bar = self.bar.clone();
        move |step| {
            bar.set_message(match step {
                Step::Reading => say!("reading"),
                Step::LayingOut => say!("laying out"),
                Step::Writing => say!("writing"),
                Step::Checking => say!("checking"),
            });
        }
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        drop(self.done.take());
        _ = self.thread.take().map(JoinHandle::join);
    }
}
