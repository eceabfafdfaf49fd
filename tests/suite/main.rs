//! All tests of the whole program, in one binary: linking Typst is slow.

mod pdf;
mod project;
mod report;
