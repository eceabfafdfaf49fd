//! Reads a revision's files through the installed `git`: objects are read, nothing is checked
//! out.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path};
use std::process::{Command, Stdio};

use super::error::CompareError;
use crate::error::Error;
use crate::session::SOURCE_FOLDERS;
use l10n::say;

/// Writes the source folders of a revision of the project in `project` to `target`.
pub(super) fn extract(revision: &str, project: &Path, target: &Path) -> Result<(), CompareError> {
    let listed = git(project)
        .args([
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &format!("{revision}^{{commit}}"),
        ])
        .output()
        .map_err(|_| CompareError::NoGit(revision.to_owned()))?;
    if !listed.status.success() {
        let why = String::from_utf8_lossy(&listed.stderr);
        let why = why.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
        return Err(CompareError::Nothing { name: revision.to_owned(), why });
    }
    let commit = String::from_utf8_lossy(&listed.stdout).trim().to_owned();
    let failed = || Error::machine(say!("cannot read the repository of"), project);
    let tree = git(project)
        .args(["ls-tree", "-r", "-z", &commit, "--"])
        .args(SOURCE_FOLDERS)
        .output()
        .map_err(failed())?;
    // `mode type object<TAB>path`; a symbolic link (120000) could lead anywhere.
    let entries: Vec<(String, String)> = String::from_utf8_lossy(&tree.stdout)
        .split('\0')
        .filter_map(|line| {
            let (head, path) = line.split_once('\t')?;
            let mut words = head.split(' ');
            let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
            let inside =
                Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
            (kind == "blob" && mode != "120000" && inside)
                .then(|| (object.to_owned(), path.to_owned()))
        })
        .collect();
    if entries.is_empty() {
        return Err(CompareError::NoContent(revision.to_owned()));
    }
    let mut reader = git(project)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed())?;
    let copied =
        reader.stdin.take().zip(reader.stdout.take()).map_or(Ok(()), |(mut ask, answer)| {
            let mut answer = BufReader::new(answer);
            entries.iter().try_for_each(|(object, path)| {
                writeln!(ask, "{object}")?;
                // `object type size`, and the bytes with a line's end.
                let mut head = String::new();
                answer.read_line(&mut head)?;
                let size = head.split(' ').nth(2).and_then(|size| size.trim().parse::<u64>().ok());
                let size = size
                    .ok_or_else(|| std::io::Error::other(say!("`{path}` does not exist", path)))?;
                let mut bytes = vec![];
                answer.by_ref().take(size).read_to_end(&mut bytes)?;
                answer.read_exact(&mut [0])?;
                let path = target.join(path);
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                #[expect(clippy::disallowed_methods, reason = "the folder is temporary and ours")]
                fs::write(path, bytes)
            })
        });
    _ = reader.wait();
    Ok(copied.map_err(failed())?)
}

/// Returns the git command for the project's folder, ignoring any repository that the environment
/// names.
fn git(project: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(project)
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env("GIT_OPTIONAL_LOCKS", "0");
    command
}
