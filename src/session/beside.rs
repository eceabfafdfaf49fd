//! The files of a report's brand that lie outside of the project's folders: several reports may
//! share them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::SOURCE_FOLDERS;
use crate::reading::{Project, house_file, house_files};
use crate::setting::world::{FONTS, is_font};

/// Files by their paths, with the names by which changes are told: those of fonts begin with their
/// folder's name, as those of the project do.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside(Arc<Mutex<BTreeMap<PathBuf, String>>>);

impl Beside {
    /// Reads which files there are; returns their folders, and the names of fonts that came or went.
    pub(super) fn read(&self, root: &Path) -> (BTreeSet<PathBuf>, Vec<String>) {
        let project = Project::new(root);
        let mut now: BTreeMap<PathBuf, String> = house_files(&project)
            .iter()
            .filter_map(|path| {
                let path = path.parent()?.canonicalize().ok()?.join(path.file_name()?);
                let own = path.strip_prefix(root).ok().and_then(|path| path.iter().next());
                let watched = own.is_some_and(|own| SOURCE_FOLDERS.iter().any(|name| own == *name));
                // A font beside a brand in `content/` is read as those of `fonts/` are.
                let watched = watched && (!is_font(&path) || own.is_some_and(|own| own == FONTS));
                let name = name(&path);
                (!watched).then_some((path, name))
            })
            .collect();
        let mut before = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A brand file that is being replaced is not gone.
        if house_file(&project).is_none() {
            now.extend(before.iter().map(|(path, name)| (path.clone(), name.clone())));
        }
        let is_font = |name: &&String| name.starts_with(FONTS);
        let fonts = |files: &BTreeMap<PathBuf, String>| -> BTreeSet<String> {
            files.values().filter(is_font).cloned().collect()
        };
        let changed = fonts(&before).symmetric_difference(&fonts(&now)).cloned().collect();
        let folders = now.keys().filter_map(|path| Some(path.parent()?.to_owned())).collect();
        *before = now;
        (folders, changed)
    }

    /// Returns the name of a file, if it is one of them.
    pub(super) fn name(&self, path: &Path) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    /// Returns the files with their names.
    pub(super) fn files(&self) -> Vec<(PathBuf, String)> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.iter().map(|(path, name)| (path.clone(), name.clone())).collect()
    }
}

fn name(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    let in_fonts = path.iter().any(|part| part == FONTS);
    if in_fonts || is_font(path) {
        format!("{FONTS}/{}", shown.trim_start_matches('/'))
    } else {
        shown
    }
}
