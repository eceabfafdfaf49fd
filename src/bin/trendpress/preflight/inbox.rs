//! Several files and folders at once: a line for each, and the exit code of the worst.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use l10n::say;
use preflight::{Preflight, Profile};
use serde_json::Value;

use super::{Format, PreflightArgs, human, name, one, outputs, verdict, written};
use crate::failure::Failure;
use crate::stdout;
use crate::terminal::{Terminal, printable};
use source::sarif::uri;
use trendpress::inspection::Inspected;
use trendpress::reading::bounded::{self, MAX_PDF};

/// The maximum depth of folders below the one that is given.
const DEPTH: usize = 32;

/// Checks all files; those that cannot be read are told, and the rest is checked all the same.
pub(super) fn run(
    args: &PreflightArgs,
    profile: &Profile,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let mut files = vec![];
    for path in &args.files {
        if path.is_dir() {
            collect(path, DEPTH, &mut files);
        } else {
            files.push(path.clone());
        }
    }
    if files.is_empty() {
        return Err(Failure::Unknown(
            say!("there are no PDFs"),
            say!("give PDFs, or folders with files that end with `.pdf`"),
        ));
    }
    let outputs = outputs(args, &files)?;
    std::panic::set_hook(Box::new(|_| {}));
    let checked = terminal.busy(say!("checking"), || check(&files, args, profile));
    _ = std::panic::take_hook();
    let (mut worst, mut passed) = (0, 0);
    let mut values = vec![];
    for (file, outcome) in files.iter().zip(&checked) {
        let name = name(file);
        match outcome {
            Ok(report) => {
                worst = worst.max(u8::from(!report.passes()));
                passed += usize::from(report.passes());
                match args.format {
                    Format::Human => stdout::line(&verdict(report, &name))?,
                    Format::Json => values.push(report.json(&name)),
                    Format::Sarif => values.push(report.sarif(&uri(&name.replace('\\', "/")))),
                }
            }
            Err(error) => {
                worst = 3;
                let file = printable(&name);
                terminal.line(&say!("cannot read `{file}`: {error}", file, error));
            }
        }
    }
    if let Some(out) = &args.report {
        let inspected = files.iter().zip(&checked).map(|(file, outcome)| Inspected {
            name: name(file),
            outcome: outcome.as_ref().cloned().map_err(ToString::to_string),
            mended: vec![],
        });
        written::write(out, &inspected.collect::<Vec<_>>(), profile, &outputs)?;
    }
    match args.format {
        Format::Human => {
            // One file among others says no more than its line; alone in its folder it says all.
            if let ([file], [Ok(report)]) = (&files[..], &checked[..]) {
                stdout::print(&human(report, &name(file)))?;
            }
            let all = files.len();
            stdout::line(&say!("{passed} of {all} files are fit to print", passed, all))?;
        }
        Format::Json => stdout::line(&format!("{:#}", Value::Array(values)))?,
        Format::Sarif => stdout::line(&format!("{:#}", together(values)))?,
    }
    Ok(ExitCode::from(worst))
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, depth, files);
        } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
            files.push(path);
        }
    }
}

/// Checks files, several at a time, in their order.
fn check(
    files: &[PathBuf],
    args: &PreflightArgs,
    profile: &Profile,
) -> Vec<Result<Preflight, std::io::Error>> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(vec![]));
    let work = || {
        while let Some((index, file)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            files.get(index).map(|file| (index, file))
        } {
            let bytes = bounded::read(file, MAX_PDF);
            let report = bytes.map(|bytes| one(args, &bytes, profile));
            if let Ok(mut done) = done.lock() {
                done.push((index, report));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..args.jobs.min(files.len() as u32) {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, report)| report).collect()
}

/// Returns logs as one, with a run for each.
fn together(logs: Vec<Value>) -> Value {
    let mut logs = logs.into_iter();
    let Some(mut all) = logs.next() else { return Value::Null };
    for mut log in logs {
        if let (Some(runs), Some(more)) = (all["runs"].as_array_mut(), log["runs"].as_array_mut()) {
            runs.append(more);
        }
    }
    all
}
