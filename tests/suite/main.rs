//! All tests of the whole program, in one binary: linking Typst is slow.

mod architecture;
mod bad;
mod commands;
mod export;
mod fit;
mod original;
mod parts;
mod pdf;
mod preflight;
mod project;
mod report;
mod styles;
mod watch;
