//! Opening a line of a file: the command of an editor, known by name or given in full.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::RequestError;
use l10n::say;

/// Editors with windows of their own, with the arguments that open a line.
const KNOWN: [(&[&str], &[&str]); 12] = [
    (
        &[
            "code",
            "code-insiders",
            "codium",
            "vscodium",
            "code-oss",
            "cursor",
            "windsurf",
            "positron",
            "trae",
        ],
        &["--goto", "{file}:{line}:{column}"],
    ),
    (&["zed", "zeditor", "subl", "sublime_text"], &["{file}:{line}:{column}"]),
    (
        &[
            "idea",
            "pycharm",
            "webstorm",
            "clion",
            "rustrover",
            "rubymine",
            "phpstorm",
            "goland",
            "fleet",
            "kate",
            "kwrite",
            "geany",
        ],
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
    (&["mate"], &["--line", "{line}:{column}", "{file}"]),
    (&["gvim", "mvim", "gvimdiff"], &["+call cursor({line},{column})", "{file}"]),
    (&["nvim-qt", "neovide"], &["{file}", "--", "+call cursor({line},{column})"]),
    (&["emacsclient"], &["--no-wait", "+{line}:{column}", "{file}"]),
    (&["emacs"], &["+{line}:{column}", "{file}"]),
    (&["gedit", "pluma", "xed", "gnome-text-editor"], &["+{line}:{column}", "{file}"]),
    (&["bbedit"], &["+{line}", "{file}"]),
    (&["notepad++"], &["-n{line}", "-c{column}", "{file}"]),
    (&["lapce"], &["{file}:{line}:{column}"]),
];

/// Editors that need a terminal, which a page in a browser does not have.
const IN_TERMINAL: [&str; 11] =
    ["vi", "vim", "nvim", "view", "hx", "helix", "nano", "micro", "kak", "joe", "ed"];

/// The editors to look for if none is given, in this order.
const SOUGHT: [&str; 5] = ["code", "codium", "cursor", "zed", "subl"];

/// The command that opens a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    program: PathBuf,
    /// The arguments, with `{file}`, `{line}` and `{column}` as placeholders.
    arguments: Vec<String>,
}

impl Editor {
    /// Creates an editor from a command: `code`, `"my editor" --at {line} {file}`. Words are
    /// split as by a shell; no shell ever runs them.
    pub fn named(command: &str) -> Result<Self, RequestError> {
        Self::of(command).map_err(|why| RequestError::Editor(command.to_owned(), why))
    }

    /// Returns the editor of this machine: that of `VISUAL` or `EDITOR` if it has a window,
    /// otherwise one found on `PATH`.
    pub fn of_machine() -> Option<Self> {
        let text = |name: &str| std::env::var(name).ok();
        Self::chosen(
            &[text("VISUAL"), text("EDITOR")],
            &std::env::var_os("PATH").unwrap_or_default(),
        )
    }

    fn chosen(named: &[Option<String>], path: &std::ffi::OsStr) -> Option<Self> {
        let known =
            |command: &String| Self::of(command).ok().filter(|_| !command.trim().is_empty());
        named.iter().flatten().find_map(known).or_else(|| {
            let folders: Vec<PathBuf> = std::env::split_paths(path).collect();
            SOUGHT.iter().find_map(|name| {
                let names = [(*name).to_owned(), format!("{name}.exe"), format!("{name}.cmd")];
                let files = folders
                    .iter()
                    .flat_map(|folder| names.iter().map(move |name| folder.join(name)));
                let program = files.into_iter().find(|file| file.is_file())?;
                Some(Self {
                    program,
                    arguments: pattern(name)?.iter().map(ToString::to_string).collect(),
                })
            })
        })
    }

    fn of(command: &str) -> Result<Self, String> {
        let mut words =
            shlex::split(command).ok_or_else(|| say!("a quote is not closed"))?.into_iter();
        let program = PathBuf::from(words.next().ok_or_else(|| say!("no program is specified"))?);
        let mut arguments: Vec<String> = words.collect();
        if arguments.iter().any(|word| word.contains("{file}")) {
            return Ok(Self { program, arguments });
        }
        let name = program.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        // `notepad++` and the like have no ending to lose.
        let whole = program.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if IN_TERMINAL.contains(&name.as_str())
            || arguments.iter().any(|word| word == "-nw" || word == "-t")
        {
            return Err(say!("it needs a terminal"));
        }
        let pattern = pattern(&name)
            .or_else(|| pattern(&whole))
            .ok_or(say!("its option for opening a line is unknown"))?;
        // The page does not wait for the editor to be closed.
        arguments
            .retain(|word| !["--wait", "-w", "--block", "-f", "--nofork"].contains(&word.as_str()));
        arguments.extend(pattern.iter().map(ToString::to_string));
        Ok(Self { program, arguments })
    }

    /// Returns the program and its arguments for a position; line and column from 1.
    pub fn command(&self, file: &Path, line: usize, column: usize) -> (PathBuf, Vec<OsString>) {
        let words = self.arguments.iter().map(|word| {
            let word =
                word.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
            let mut out = OsString::new();
            for (index, piece) in word.split("{file}").enumerate() {
                if index > 0 {
                    out.push(file);
                }
                out.push(piece);
            }
            out
        });
        (self.program.clone(), words.collect())
    }

    /// Opens a position without waiting.
    pub fn open(&self, file: &Path, line: usize, column: usize) -> io::Result<()> {
        let (program, words) = self.command(file, line, column);
        let mut command = Command::new(program);
        command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // What ends the preview does not end the editor.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

fn pattern(name: &str) -> Option<&'static [&'static str]> {
    KNOWN.iter().find(|(names, _)| names.contains(&name)).map(|(_, pattern)| *pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(editor: &Editor) -> Vec<String> {
        let (program, words) = editor.command(Path::new("/a b/c.md"), 3, 5);
        let words = words.into_iter().map(|word| word.into_string().expect("text"));
        std::iter::once(program.to_str().expect("text").to_owned()).chain(words).collect()
    }

    #[test]
    fn an_editor_is_known_by_its_name() {
        let of = |command: &str| words(&Editor::named(command).expect(command));
        assert_eq!(of("code --wait"), ["code", "--goto", "/a b/c.md:3:5"]);
        assert_eq!(of("/usr/bin/subl -w -n"), ["/usr/bin/subl", "-n", "/a b/c.md:3:5"]);
        assert_eq!(of("gvim -f"), ["gvim", "+call cursor(3,5)", "/a b/c.md"]);
        assert_eq!(of("kate"), ["kate", "--line", "3", "--column", "5", "/a b/c.md"]);
        assert_eq!(of("notepad++"), ["notepad++", "-n3", "-c5", "/a b/c.md"]);
    }

    #[test]
    fn a_command_is_words_and_never_a_shells() {
        let of = |command: &str| words(&Editor::named(command).expect(command));
        assert_eq!(
            of("xterm -e vim '+{line}' {file}; rm x"),
            ["xterm", "-e", "vim", "+3", "/a b/c.md;", "rm", "x"]
        );
        assert_eq!(of("\"my ed\" --at={line}:{column} {file}"), ["my ed", "--at=3:5", "/a b/c.md"]);
    }

    #[test]
    fn what_cannot_open_a_line_is_refused() {
        for command in ["", "vim", "emacs -nw", "unheard-of", "code 'x"] {
            assert!(Editor::named(command).is_err(), "{command}");
        }
    }

    #[test]
    fn the_machines_editor_is_the_first_with_a_window() {
        let folder = tempfile::tempdir().expect("a folder");
        tempfile::Builder::new()
            .prefix("codium")
            .rand_bytes(0)
            .tempfile_in(folder.path())
            .and_then(|file| Ok(file.keep()?))
            .expect("a file");
        let named = |visual: &str, editor: &str| {
            Editor::chosen(&[Some(visual.into()), Some(editor.into())], folder.path().as_os_str())
                .map(|e| words(&e)[0].clone())
        };
        assert_eq!(named("zed", "code").as_deref(), Some("zed"));
        assert_eq!(named("vim", "code").as_deref(), Some("code"));
        assert_eq!(named("vim", "nano").as_deref(), folder.path().join("codium").to_str());
        assert_eq!(Editor::chosen(&[None, None], std::ffi::OsStr::new("")), None);
    }
}
