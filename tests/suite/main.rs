//! All tests of the whole program, in one binary: linking Typst is slow.

#![expect(clippy::disallowed_methods, reason = "tests write their own fixtures")]

mod any_page;
mod apparatus;
mod bad;
mod blame;
mod boxes;
mod charts_data;
mod charts_kinds;
mod charts_refused;
mod check;
mod clear;
mod commands;
mod conservation;
mod counted;
mod diff;
mod docs;
mod drawings;
mod export;
mod fit;
mod fonts;
mod formulas;
mod gallery;
mod generator;
mod headings;
mod holds;
mod impose;
mod kinds;
mod labels;
mod language;
mod letters;
mod markdown;
mod nesting;
mod notes;
mod notes_told;
mod original;
mod palette;
mod paper;
mod parts;
mod pictures;
mod preflight;
mod press;
mod preview;
mod project;
mod references;
mod report;
mod specimen;
mod styles;
mod tables;
mod tables_set;
mod template;
#[path = "../typography/mod.rs"]
mod typography;
mod warm;
mod watch;
mod watcher;
