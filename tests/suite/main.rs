//! All tests of the whole program, in one binary: linking Typst is slow.

mod bad;
mod check;
mod commands;
mod diff;
mod export;
mod fit;
mod impose;
mod language;
mod nesting;
mod original;
mod parts;
mod pdf;
mod preflight;
mod press;
mod preview;
mod project;
mod report;
mod sheet;
mod styles;
#[path = "../typography/mod.rs"]
mod typography;
mod warm;
mod watch;
mod watcher;
