//! Files that hold what is expected: read, compared, and with `BLESS=1` written anew.

use std::fs;

use similar::TextDiff;

use crate::repository;

/// Whether what is found is from now on what is expected: `BLESS=1`.
fn blessing() -> bool {
    std::env::var_os("BLESS").is_some_and(|said| said == "1")
}

/// Holds what was found against a file of the repository, of any line ends; an error says where
/// they differ. With `BLESS=1` the file is written anew instead.
pub fn expect(path: &str, found: &str) -> Result<(), String> {
    let file = repository().join(path);
    let expected = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    if found == expected {
        return Ok(());
    }
    if blessing() {
        fs::write(&file, found).expect("a file");
        return Ok(());
    }
    let diff = TextDiff::from_lines(expected.as_str(), found);
    let diff = diff.unified_diff().context_radius(1).header(path, "found").to_string();
    Err(format!(
        "{diff}(if that is right: `BLESS=1 cargo test --test suite NAME`, and look at `git diff`)\n"
    ))
}
