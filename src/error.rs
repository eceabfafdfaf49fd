//! Why a run stopped. The kind alone chooses the exit code.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::diff::DiffError;
use crate::impose::ImposeError;
use crate::press::PressError;
use crate::words::say;

/// Why no output was written.
#[derive(Debug)]
pub enum Error {
    /// The content, or a template, has faults; they are all here.
    Content(Vec<Diagnostic>),
    /// What was asked for makes no sense.
    Usage(UsageError),
    /// No press file could be made.
    Press(PressError),
    /// No sheets could be made.
    Impose(ImposeError),
    /// Two versions could not be compared.
    Diff(DiffError),
    /// The machine could not read or write.
    Machine {
        /// What was being done, such as `cannot write`.
        action: String,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A request that makes no sense.
#[derive(Debug, PartialEq, Eq)]
pub enum UsageError {
    /// The output's name ends in nothing that we can make.
    UnknownFormat(PathBuf),
    /// The folder that the output should go to is not there.
    NoFolder(PathBuf),
    /// A page range that is not one, or holds no page of the report.
    Pages(String),
    /// The folder for a new report holds something already.
    NotEmpty(PathBuf),
    /// A press's own profile without the name of its printing condition.
    NoCondition,
    /// The press output is asked for in a format that is none of a press.
    NotPrintable(PathBuf),
    /// The output would be inside of what it is made from.
    InsideContent(PathBuf),
    /// The output would replace what it is made from.
    SameFile(PathBuf),
    /// A command that opens no line of a file, and why.
    Editor(String, String),
    /// An option that says nothing to the scheme of imposition.
    Scheme {
        /// The option, such as `--rows`.
        option: &'static str,
        /// The scheme that has it.
        of: &'static str,
    },
}

impl Error {
    /// The process's exit code: 1 for content, 2 for usage, 3 for the machine.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Impose(error) if error.is_usage() => 2,
            Self::Content(_) | Self::Press(_) | Self::Impose(_) => 1,
            Self::Usage(_) | Self::Diff(_) => 2,
            Self::Machine { .. } => 3,
        }
    }

    pub(crate) fn machine(action: String, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Machine { action, path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(problems) => {
                f.write_str(&say!("{problems} problems in the report", problems = problems.len()))
            }
            Self::Usage(error) => error.fmt(f),
            Self::Press(error) => error.fmt(f),
            Self::Impose(error) => error.fmt(f),
            Self::Diff(error) => error.fmt(f),
            Self::Machine { action, path, source } => write!(f, "{action} `{}`: {source}", path.display()),
        }
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFormat(path) => {
                f.write_str(&say!("cannot tell the format of `{path}`", path = path.display()))
            }
            Self::NoFolder(path) => f.write_str(&say!("the folder `{path}` does not exist", path = path.display())),
            Self::Pages(pages) => f.write_str(&say!("`{pages}` names no page of the report", pages)),
            Self::NotEmpty(path) => f.write_str(&say!("the folder `{path}` is not empty", path = path.display())),
            Self::NoCondition => f.write_str(&say!("the output profile's printing condition is not named")),
            Self::NotPrintable(path) => f.write_str(&say!("`{path}` is no file for a press", path = path.display())),
            Self::InsideContent(path) => {
                f.write_str(&say!("`{path}` lies in the report's own content", path = path.display()))
            }
            Self::SameFile(path) => f.write_str(&say!("`{path}` is both input and output", path = path.display())),
            Self::Editor(command, why) => {
                f.write_str(&say!("`{command}` cannot open a line of a file: {why}", command, why))
            }
            Self::Scheme { option, of } => {
                f.write_str(&say!("`{option}` is an option of `--scheme {of}` alone", option, of))
            }
        }
    }
}

impl UsageError {
    /// What to do instead.
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownFormat(_) => say!("end the name in `.pdf`, `.png` or `.svg`"),
            Self::NoFolder(_) => say!("make the folder first, or name another"),
            Self::Pages(_) => say!("write pages as `1-3,7,20-`"),
            Self::NotEmpty(_) => say!("name a folder that does not exist yet"),
            Self::NoCondition => {
                say!(
                    "name it as the press does: `--output-condition FOGRA51`, or `press.output-condition` in report.yaml"
                )
            }
            Self::NotPrintable(_) => say!("end the name in `.pdf`, or leave out `--profile`"),
            Self::InsideContent(_) => say!("write the output beside the project's folders, not into them"),
            Self::SameFile(_) => say!("name another output: sheets do not turn back into pages"),
            Self::Editor(..) => {
                say!(
                    "name an editor with windows, such as `code`, or write a command with `{{file}}`, `{{line}}` and `{{column}}`"
                )
            }
            Self::Scheme { .. } => say!("leave it out, or choose that scheme"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Machine { source, .. } => Some(source),
            Self::Press(error) => Some(error),
            Self::Impose(error) => Some(error),
            Self::Diff(error) => Some(error),
            Self::Content(_) | Self::Usage(_) => None,
        }
    }
}

impl From<UsageError> for Error {
    fn from(error: UsageError) -> Self {
        Self::Usage(error)
    }
}

impl From<ImposeError> for Error {
    fn from(error: ImposeError) -> Self {
        Self::Impose(error)
    }
}

impl From<DiffError> for Error {
    fn from(error: DiffError) -> Self {
        Self::Diff(error)
    }
}

impl From<Diagnostic> for Error {
    fn from(problem: Diagnostic) -> Self {
        Self::Content(vec![problem])
    }
}
