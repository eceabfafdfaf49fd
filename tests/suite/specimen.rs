//! The specimen: the 2025 report in `content/`, which README tells its readers to edit.
//!
//! Tests hold the program to this report of 24 pages where it is at hand as it was;
//! `tests/specimen.txt` says how it was, a hash a file. Where `content/` has been edited, those
//! tests say so and pass, for a reader's own text is no fault of the program's. With
//! `TRENDPRESS_SPECIMEN=required`, as in `.ci/run`, they fail; so they do where `CI` is set, but
//! for a `TRENDPRESS_SPECIMEN=optional`.
//!
//! No other test reads `content/`: what needs some report takes [`Project::starter`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use crate::project::{Project, repository};
use testkit::bless;

/// The files of the specimen's trends, without their ending.
pub(crate) const TRENDS: [&str; 10] = [
    "01-ai4s",
    "02-embodied",
    "03-multimodal",
    "04-scaling-law",
    "05-world-models",
    "06-synthetic-data",
    "07-inference",
    "08-agentic",
    "09-super-app",
    "10-safety",
];

/// Where each trend begins (the original's page map).
pub(crate) const MAP: [usize; 10] = [4, 6, 8, 10, 12, 14, 16, 17, 18, 19];

/// Where it is written how the specimen was.
const LIST: &str = "tests/specimen.txt";

/// The files of `content/` by their paths, their line ends as in the repository.
type Files = BTreeMap<String, Vec<u8>>;

/// The specimen's files, or what of `content/` is not the specimen's.
static SPECIMEN: LazyLock<Result<Files, String>> = LazyLock::new(|| {
    let mut files = Files::new();
    read(&repository().join("content"), "content", &mut files);
    let now = list(&files);
    if bless::expect(LIST, &now).is_ok() {
        return Ok(files);
    }
    let then = fs::read_to_string(repository().join(LIST)).unwrap_or_default();
    let said = format!("`content/` has been edited ({})", edited(&then, &now).join(", "));
    if !required() {
        // Once, past the test runner, which keeps what tests print to itself.
        _ = writeln!(std::io::stderr(), "{said}: the tests of the 24-page report are passed over");
    }
    Err(said)
});

/// Whether the specimen is at hand; says so where it is not, and fails where it must be.
pub(crate) fn at_hand() -> bool {
    if let Err(said) = &*SPECIMEN {
        assert!(
            !required(),
            "{said}; if that is right: `BLESS=1 cargo test --test suite specimen`"
        );
        eprintln!("skipped: {said}");
    }
    SPECIMEN.is_ok()
}

/// A copy of the specimen, where it is at hand; templates and fonts are the built-in ones.
pub(crate) fn specimen() -> Option<Project> {
    let files = at_hand().then(|| SPECIMEN.as_ref().ok())??;
    let project = Project::empty();
    files.iter().for_each(|(path, bytes)| project.write(path, bytes));
    Some(project)
}

/// Some reports: the one that `new` writes, and the specimen where it is at hand.
pub(crate) fn reports() -> impl Iterator<Item = Project> {
    std::iter::once_with(Project::starter).chain(std::iter::once_with(specimen).flatten())
}

/// Whether an edited specimen is a fault.
fn required() -> bool {
    match std::env::var_os("TRENDPRESS_SPECIMEN") {
        Some(said) => said == "required",
        None => std::env::var_os("CI").is_some_and(|ci| !ci.is_empty()),
    }
}

/// Reads a folder and all below it; what is hidden is no part of a report.
fn read(folder: &Path, name: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let own = entry.file_name().to_string_lossy().into_owned();
        let (path, name) = (entry.path(), format!("{name}/{own}"));
        if own.starts_with('.') {
            continue;
        } else if path.is_dir() {
            read(&path, &name, files);
        } else {
            files.insert(name, unix(&fs::read(&path).unwrap_or_default()));
        }
    }
}

/// Line ends as in the repository, whatever a checkout makes of them.
fn unix(bytes: &[u8]) -> Vec<u8> {
    let end = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
    (0..bytes.len()).filter(|&at| !end(at)).map(|at| bytes[at]).collect()
}

/// A line a file: its hash and its path.
fn list(files: &Files) -> String {
    files.iter().fold(String::new(), |mut list, (path, bytes)| {
        _ = writeln!(list, "{:016x} {path}", hash(bytes));
        list
    })
}

/// FNV-1a, which is the same on every machine and in every version.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// The paths on which two lists differ.
fn edited(then: &str, now: &str) -> Vec<String> {
    let lines = |list: &str| list.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (then, now) = (lines(then), lines(now));
    let path =
        |line: &String| line.split_once(' ').map_or(line.as_str(), |(_, path)| path).to_owned();
    // A file that is another has a line in each, and is told once.
    then.symmetric_difference(&now).map(path).collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn the_specimen_is_at_hand_or_said_to_be_edited() {
    let Some(project) = specimen() else { return };
    for trend in TRENDS {
        assert!(project.join(&format!("content/trends/{trend}.md")).is_file(), "{trend}");
    }
}

#[test]
fn no_other_test_reads_what_is_the_readers() {
    let mut files = Files::new();
    for folder in ["tests/suite", "tests/typography"] {
        read(&repository().join(folder), folder, &mut files);
    }
    files.remove("tests/suite/specimen.rs");
    for (path, bytes) in &files {
        let code: String = String::from_utf8_lossy(bytes).split_whitespace().collect();
        assert!(
            !code.contains("repository().join(\"content"),
            "{path} reads `content/`, which readers edit"
        );
    }
}

#[test]
fn edited_new_and_missing_files_are_told_and_line_ends_are_not() {
    let files = |texts: &[(&str, &str)]| -> Files {
        texts.iter().map(|(path, text)| ((*path).to_owned(), unix(text.as_bytes()))).collect()
    };
    let then = list(&files(&[("a", "one\ntwo\n"), ("b", "two"), ("c", "three")]));
    assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8, "another hash than FNV-1a");
    assert_eq!(then, list(&files(&[("a", "one\r\ntwo\r\n"), ("b", "two"), ("c", "three")])));
    let now = list(&files(&[("a", "one\ntwo\n\n"), ("c", "three"), ("d", "four")]));
    assert_eq!(edited(&then, &now), ["a", "b", "d"]);
    assert_eq!(edited(&then, &then), Vec::<String>::new());
}
