//! How far a run is: on a terminal in one line that changes, elsewhere in a line now and then.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use l10n::say;
use trendpress::editions::Told;

/// The time between two lines in a log.
const PAUSE: Duration = Duration::from_secs(15);

/// The progress of a run, until it is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    state: Mutex<State>,
    in_log: bool,
}

struct State {
    done: u64,
    made: u64,
    failed: u64,
    last: Instant,
}

impl Progress {
    /// Starts the progress of so many editions.
    pub(super) fn start(all: usize) -> Self {
        let in_log = !std::io::stderr().is_terminal();
        let target = match in_log {
            true => ProgressDrawTarget::hidden(),
            false => ProgressDrawTarget::stderr(),
        };
        let bar = ProgressBar::with_draw_target(Some(all as u64), target);
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len}  {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let now = Instant::now();
        let state = Mutex::new(State { done: 0, made: 0, failed: 0, last: now });
        Self { bar, started: now, state, in_log }
    }

    /// Tells that an edition is done, or cannot be made.
    pub(super) fn tell(&self, told: &Told) {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        state.done += 1;
        match told {
            Told::Passed(_) => {}
            Told::Done(..) => state.made += 1,
            Told::Failed(_) => {
                state.made += 1;
                state.failed += 1;
            }
        }
        let all = self.bar.length().unwrap_or(0);
        let rate = state.made as f64 / self.started.elapsed().as_secs_f64().max(0.001);
        let left = all.saturating_sub(state.done) as f64 / rate.max(0.001);
        let (rate, left) = (format!("{rate:.1}"), time(left));
        let mut line = say!("{rate} a second, {left} left", rate, left);
        if state.failed > 0 {
            line = say!("{line}, {failed} failed", line, failed = state.failed);
        }
        if self.in_log && state.last.elapsed() >= PAUSE {
            state.last = Instant::now();
            eprintln!("{}/{all}  {line}", state.done);
        }
        self.bar.set_message(line);
        self.bar.set_position(state.done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A time as minutes and seconds, or as hours and minutes.
fn time(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match seconds {
        0..3600 => format!("{}:{:02}", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} min", seconds / 3600, seconds / 60 % 60),
    }
}
