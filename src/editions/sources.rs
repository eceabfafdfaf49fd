//! The hash of all that editions are made of, but for their rows.

use std::fs;
use std::path::Path;

use editions::Hasher;

use super::{Order, Planned};
use crate::output::SOURCE_FOLDERS;

/// Hashes the files of a project, this program, and how pages are made.
pub fn hash(order: &Order) -> Hasher {
    let mut hasher = Hasher::default();
    hasher.add(env!("CARGO_PKG_VERSION").as_bytes());
    let job = &order.job;
    hasher.add(
        format!("{:?} {:?} {:?} {}", job.fit, job.output, job.condition, job.unchecked).as_bytes(),
    );
    let icc = job.icc.as_ref().and_then(|path| fs::read(path).ok());
    hasher.add(&icc.unwrap_or_default());
    for folder in SOURCE_FOLDERS {
        add(&order.project.join(folder), folder, &mut hasher);
    }
    hasher
}

/// Adds the files of a folder in the order of their names.
fn add(folder: &Path, name: &str, hasher: &mut Hasher) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            add(&path, &name, hasher);
        } else if let Ok(bytes) = fs::read(&path) {
            hasher.add(name.as_bytes()).add(&bytes);
        }
    }
}

/// Adds what an edition has of its own.
pub(super) fn of(edition: &Planned, mut hasher: Hasher) -> editions::Hash {
    let mut given: Vec<_> = edition.given.iter().collect();
    given.sort_by_key(|given| &given.key);
    for given in given {
        hasher.add(given.key.as_bytes()).add(given.value.as_bytes());
    }
    for (kind, path) in &edition.outputs {
        hasher.add(format!("{kind:?} {}", path.display()).as_bytes());
    }
    hasher.finish()
}
