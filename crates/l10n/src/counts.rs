//! Counted nouns, which have a separate singular in English.

use crate::say;

/// Formats a number of editions: `1 edition`, `50 editions`.
pub fn editions(n: usize) -> String {
    if n == 1 { say!("1 edition") } else { say!("{n} editions", n) }
}

/// Formats a number of pages: `1 page`, `24 pages`.
pub fn pages(n: usize) -> String {
    if n == 1 { say!("1 page") } else { say!("{n} pages", n) }
}

/// Formats a number of lines: `1 line`, `3 lines`.
pub fn lines(n: usize) -> String {
    if n == 1 { say!("1 line") } else { say!("{n} lines", n) }
}

/// Formats a number of cells: `1 cell`, `3 cells`.
pub fn cells(n: usize) -> String {
    if n == 1 { say!("1 cell") } else { say!("{n} cells", n) }
}

/// Formats a number of rows: `1 row`, `3 rows`.
pub fn rows(n: usize) -> String {
    if n == 1 { say!("1 row") } else { say!("{n} rows", n) }
}

/// Formats a number of columns: `1 column`, `3 columns`.
pub fn columns(n: usize) -> String {
    if n == 1 { say!("1 column") } else { say!("{n} columns", n) }
}

/// Formats a number of files: `1 file`, `3 files`.
pub fn files(n: usize) -> String {
    if n == 1 { say!("1 file") } else { say!("{n} files", n) }
}

/// Formats a number of errors: `1 error`, `3 errors`.
pub fn errors(n: usize) -> String {
    if n == 1 { say!("1 error") } else { say!("{n} errors", n) }
}

/// Formats a number of warnings: `1 warning`, `3 warnings`.
pub fn warnings(n: usize) -> String {
    if n == 1 { say!("1 warning") } else { say!("{n} warnings", n) }
}
