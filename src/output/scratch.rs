//! Temporary folders, which only their owner may read.

use std::io;
use std::path::PathBuf;

use super::nest::{self, Nest};

const PREFIX: &str = "trendpress-scratch-";

/// A temporary folder that goes with its process, or with the next one that makes another.
#[derive(Debug)]
pub struct Scratch(Nest);

impl Scratch {
    /// Makes one in the system's temporary folder.
    pub fn new() -> io::Result<Self> {
        let nest = Nest::new(&std::env::temp_dir(), PREFIX)?;
        for (folder, lock) in nest.left_behind(PREFIX) {
            nest::remove(&folder, lock);
        }
        std::fs::create_dir(nest.path().join(INSIDE))?;
        Ok(Self(nest))
    }

    /// Returns its path.
    pub fn path(&self) -> PathBuf {
        self.0.path().join(INSIDE)
    }
}

/// Beside the lock.
const INSIDE: &str = "files";
