//! The door that all files of a project come in by, with one file changed from run to run.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use source::Problems;
use tempfile::TempDir;
use trendpress::reading::{Families, Loaded, Project, load};
use trendpress::setting::world::Fonts;

/// The settings of a report with one trend.
const SETTINGS: &str = "\
title: 题
publisher: {name: 社}
date: 2025-01
parts: [a.md, references]
references: {file: references.bib, uncited: true}
";

/// The part, for doors of files that it names.
const PART: &str = "---\ntitle: 题\n---\n\n字。\n\n";

/// A project whose files are all sound but the one that is fuzzed.
pub struct Door {
    folder: TempDir,
    project: Project,
    families: Arc<Families>,
}

/// What came of a project.
pub struct Come {
    /// What was read.
    pub loaded: Option<Loaded>,
    /// What was told.
    pub problems: Problems,
}

impl Door {
    /// Makes a project whose part goes on with `text`.
    pub fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let door = Self {
            project: Project::new(folder.path()),
            families: Arc::new(
                Fonts::of(folder.path(), None, false).expect("fonts").families().clone(),
            ),
            folder,
        };
        door.put("report.yaml", SETTINGS.as_bytes());
        door.put("references.bib", b"@book{key, title={T}, year={2001}}");
        door.put("a.md", format!("{PART}{text}\n").as_bytes());
        door
    }

    /// Writes a file of the content.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let path: PathBuf = self.folder.path().join("content").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// Reads the project.
    pub fn read(&self) -> Come {
        let mut problems = Problems::default();
        let loaded = load(&self.project, &self.families, &mut problems);
        // What is kept of one input does not help with the next.
        comemo::evict(0);
        for problem in problems.list() {
            let Some(place) = &problem.place else { continue };
            assert!(place.file.text.get(place.range.clone()).is_some(), "{problem:?}");
        }
        Come { loaded, problems }
    }
}

thread_local! {
    static DOOR: RefCell<Option<Door>> = const { RefCell::new(None) };
}

/// Changes one file of a project whose part goes on with `text`, and reads the project.
pub fn read(text: &str, name: &str, bytes: &[u8]) -> Come {
    DOOR.with_borrow_mut(|door| {
        let door = door.get_or_insert_with(|| Door::new(text));
        door.put(name, bytes);
        door.read()
    })
}

/// Makes panics that are caught, and told, no fault: the fuzzer's own hook ends the process before
/// they can be.
pub fn let_panics_be_caught() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| std::panic::set_hook(Box::new(|info| eprintln!("{info}"))));
}
