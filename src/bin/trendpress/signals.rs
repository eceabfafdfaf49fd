//! Signals that end the process: what is not complete is taken away first.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::{flag, low_level};

/// Listens from now on. A signal that our parent has us ignore stays ignored; a second one ends
/// the process at once.
pub(crate) fn listen() {
    let heard = Arc::new(AtomicBool::new(false));
    let wanted: Vec<i32> =
        [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal)).collect();
    for &signal in &wanted {
        _ = flag::register_conditional_default(signal, heard.clone());
        _ = flag::register(signal, heard.clone());
    }
    let Ok(mut signals) = Signals::new(&wanted) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            trendpress::output::abandon(|| _ = low_level::emulate_default_handler(signal));
        }
    });
}

/// Whether a signal is ignored, as `nohup` has it. Where the system does not say, only `nohup` is
/// reckoned with.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    match mask {
        Some(mask) => mask >> (signal - 1) & 1 == 1,
        None => signal == SIGHUP,
    }
}
