//! Many editions of one report, by the rows of a table: all are checked before the first is made, a
//! fault in one stops no other, and what is done is not done again.

mod check;
mod make;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use editions::{Shard, Target};
use source::{Diagnostic, Place};
use variables::Given;

use crate::output::Outputs;
use crate::setting::Job;

pub use check::plan;
pub use make::{Failure, Summary, Told, make};
pub use sources::hash;

/// What is made of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The report by the job's own profile.
    Report,
    /// The press file.
    Press,
    /// A picture of the first page.
    Cover,
}

/// What is asked for.
pub struct Order {
    /// The project's folder.
    pub project: PathBuf,
    /// The table, with a sheet's name behind `#` perhaps.
    pub table: PathBuf,
    /// What is made of each edition, and where it goes.
    pub outputs: Vec<(Kind, Target)>,
    /// Values that all editions have, unless their rows say otherwise.
    pub given: Vec<Given>,
    /// How pages are made.
    pub job: Job,
    /// Which of the rows are made here.
    pub shard: Shard,
    /// The names of those that are made, with `*` for any characters; all if empty.
    pub only: Vec<String>,
    /// What became of rows in a process that had to be ended.
    pub ended: Ended,
}

/// What became of rows in a process that had to be ended, so that the others are made all the same.
#[derive(Debug, Clone, Default)]
pub struct Ended {
    /// The positions of rows that were being made, one of which ended it: they are made last, and
    /// each by itself.
    pub alone: BTreeSet<usize>,
    /// Those that ended it, with the message and the hint.
    pub refused: BTreeMap<usize, (String, String)>,
}

impl Ended {
    /// Why an edition cannot be made, if it ended a process.
    fn why(&self, edition: &Planned) -> Option<Diagnostic> {
        let (message, hint) = self.refused.get(&edition.row)?;
        Some(Diagnostic::error(edition.place.clone(), message.clone()).hint(hint.clone()))
    }
}

/// An edition that can be made.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its position in the table, from 1.
    pub row: usize,
    /// Its name: the `id` of its row, or its number.
    pub name: String,
    /// The values of variables and settings.
    pub given: Vec<Given>,
    /// The location of its row.
    pub place: Place,
    /// What is made of it, and where it goes.
    pub outputs: Vec<(Kind, PathBuf)>,
}

/// What a run may write: nothing among the sources, nothing that it reads.
fn doors(order: &Order) -> Outputs {
    let outputs = Outputs::of_project(&order.project).keeping(&order.table);
    match &order.job.icc {
        Some(icc) => outputs.keeping(icc),
        None => outputs,
    }
}

/// The folder of a file.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
