//! Projects in temporary folders, and a way to run the program on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use testkit::pdf::{Glyph, Page};

pub(crate) use testkit::repository;

/// A project in a temporary folder, gone when dropped.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// The report that `new` writes: ten pages, two trends; templates and fonts are the built-in
    /// ones.
    pub(crate) fn starter() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        trendpress::reading::starter::write(folder.path()).expect("a report");
        Self { folder }
    }

    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A report of one chapter in one column, with a picture and a table of numbers at hand; `settings` are
    /// further ones of `report.yaml`.
    pub(crate) fn of_one_chapter(settings: &str, body: &str) -> Self {
        let project = Self::empty();
        project.write(
            "content/report.yaml",
            format!(
                "title: 试验报告\npublisher: {{name: 试验出版社}}\ndate: 2025-01\ncolumns: 1\nparts: [a.md]\n{settings}\n"
            ),
        );
        let picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'/>";
        project.write("content/figures/a.svg", picture);
        project.write("content/charts/a.csv", "年,数\n甲,1\n乙,2\n");
        project
            .write("content/a.md", format!("---\ntitle: 题目\nlayout: chapter\n---\n\n{body}\n"));
        project
    }

    /// A copy of a folder.
    pub(crate) fn of(source: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(source, folder.path());
        Self { folder }
    }

    /// The project's folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the project.
    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file of the project, with the folders above it.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }

    /// Reads a file of the project as text.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.join(path)).expect("a text file")
    }

    /// Replaces text in a file of the project; it must be there.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "`{from}` is not in {path}");
        self.write(path, text.replace(from, to));
    }

    /// Runs `trendpress` in the project's folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(program().args(args).current_dir(self.path()))
    }
}

/// The program, in English whatever the machine's locale.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trendpress"));
    command.env_remove("LANGUAGE").env("LC_ALL", "C");
    command
}

/// What a run of the program said.
pub(crate) struct Run {
    /// The exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// What it printed on stdout.
    pub stdout: String,
    /// What it printed on stderr.
    pub stderr: String,
}

impl Run {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } =
            command.env("NO_COLOR", "1").output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }

    /// The run, if it went well.
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        self
    }
}

/// Copies a folder and all below it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// The first glyph of a page, of those that `counts`, at which a text begins; blanks and what cannot
/// be seen are passed over.
pub(crate) fn begins<'a>(
    page: &'a Page,
    text: &str,
    counts: impl Fn(&Glyph) -> bool,
) -> Option<&'a Glyph> {
    let inked = |glyph: &&Glyph| {
        counts(glyph) && glyph.text.chars().any(|c| !c.is_whitespace() && !cjk::is_invisible(c))
    };
    let glyphs: Vec<&Glyph> = page.glyphs.iter().filter(inked).collect();
    let begins = |from: &usize| {
        let mut rest = text;
        for glyph in &glyphs[*from..] {
            match rest.strip_prefix(glyph.text.as_str()) {
                Some("") => return true,
                Some(next) => rest = next,
                None => return false,
            }
        }
        false
    };
    (0..glyphs.len()).find(begins).map(|at| glyphs[at])
}
