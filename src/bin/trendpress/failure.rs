//! The one table from errors to messages, hints and exit codes.

use std::fmt;
use std::io;
use std::path::PathBuf;

use impose::ImposeError;
use l10n::say;
use mend::MendError;
use pdf_diff::Unreadable;
use source::Diagnostic;
use trendpress::session::compare::CompareError;
use trendpress::{Error, RequestError};

/// The reason why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The report could not be made.
    Report(Error),
    /// Two versions could not be compared.
    Compare(CompareError),
    /// The sheets could not be made.
    Impose(ImposeError),
    /// A file could not be mended.
    Mend(MendError),
    /// An option that does not apply to the imposition scheme.
    Scheme {
        /// The option, such as `--rows`.
        option: &'static str,
        /// The scheme it belongs to.
        of: &'static str,
    },
    /// The words name something that does not exist, with a hint.
    Unknown(String, String),
    /// A file that the command line names, not the content, has faults.
    Settings(Vec<Diagnostic>),
}

impl Failure {
    /// The machine could not do `action` with a file.
    pub(crate) fn machine(
        action: String,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Report(Error::Machine { action, path, source })
    }

    /// Returns the process's exit code: 1 for content, 2 for usage, 3 for the machine.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Report(error) | Self::Compare(CompareError::Report(error)) => match error {
                Error::Content(_) | Error::Press(_) => 1,
                Error::Request(_) => 2,
                Error::Machine { .. } => 3,
            },
            Self::Impose(ImposeError::SmallSheet { .. } | ImposeError::LargeSheet(_)) => 2,
            Self::Impose(_) | Self::Mend(_) => 1,
            Self::Compare(_) | Self::Scheme { .. } | Self::Unknown(..) | Self::Settings(_) => 2,
        }
    }

    /// The faults of files, each at its place; none where the failure is of another kind.
    pub(crate) fn problems(&self) -> Option<&[Diagnostic]> {
        match self {
            Self::Report(Error::Content(problems))
            | Self::Compare(CompareError::Report(Error::Content(problems)))
            | Self::Settings(problems) => Some(problems),
            _ => None,
        }
    }

    /// What to do instead, where there is something.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Report(error) | Self::Compare(CompareError::Report(error)) => match error {
                Error::Request(request) => Some(of_request(request)),
                Error::Content(_) | Error::Press(_) | Error::Machine { .. } => None,
            },
            Self::Compare(error) => Some(of_comparison(error)),
            Self::Impose(error) => Some(of_imposition(error)),
            Self::Mend(error) => Some(of_mending(error)),
            Self::Scheme { .. } => Some(say!("omit it, or use that scheme")),
            Self::Unknown(_, hint) => Some(hint.clone()),
            Self::Settings(_) => None,
        }
    }
}

fn of_request(error: &RequestError) -> String {
    match error {
        RequestError::UnknownFormat(_) => say!("use the extension `.pdf`, `.png` or `.svg`"),
        RequestError::NoFolder(_) => say!("create the folder first, or choose another"),
        RequestError::Pages(_) | RequestError::NoSuchPage(..) => say!("write pages as `1-3,7,20-`"),
        RequestError::NotEmpty(_) => say!("choose a folder that does not exist yet"),
        RequestError::NoCondition => {
            say!(
                "use the printing house's name for it: `--output-condition FOGRA51`, or `press.output-condition` in report.yaml"
            )
        }
        RequestError::NotPrintable(_) => say!("use the extension `.pdf`, or omit `--profile`"),
        RequestError::InsideContent(_) => {
            say!("write the output next to the project's folders, not into them")
        }
        RequestError::TwoOutputs(_) => say!("choose another file for `--report`"),
        RequestError::IsInput(_) => {
            say!("choose another output file, so that the input is not overwritten")
        }
        RequestError::NotAFile(_) => {
            say!("write to a file; `cat` can then send it where it should go")
        }
        RequestError::NotAFont(_) => {
            say!(
                "specify an OpenType font: `.otf`, `.ttf`, `.ttc`; a web font (`.woff2`) is not one"
            )
        }
        RequestError::NotEmbeddable(..) => {
            say!("use a font under a free licence, such as one of the Noto family")
        }
        RequestError::NoLicence(_) => {
            say!("specify the file of its licence: `--licence OFL.txt`")
        }
        RequestError::NotAColour(_) => say!("write it as `#00594C`, in quotes"),
        RequestError::BrandIsThere(_) => {
            say!("edit that file, or move it away to begin another")
        }
        RequestError::FontIsThere(_) => {
            say!("remove that file first, or rename the one to be added")
        }
        RequestError::Editor(..) => {
            say!(
                "specify an editor with its own window, such as `code`, or a command with `{{file}}`, `{{line}}` and `{{column}}`"
            )
        }
    }
}

fn of_comparison(error: &CompareError) -> String {
    match error {
        CompareError::Unreadable(error) => error.hint.clone(),
        CompareError::NoReport(_) => {
            say!(
                "specify a project folder, which contains `content/report.yaml`, or its content folder"
            )
        }
        CompareError::Nothing { .. } => {
            say!(
                "specify a PDF, a folder, or a revision of the project's repository such as `HEAD~1`"
            )
        }
        CompareError::NoGit(_) => say!("install git, or specify a PDF or a folder"),
        CompareError::NoContent(_) => {
            say!("specify the folder that contains `content/` with `--project`")
        }
        CompareError::Report(_) => String::new(),
    }
}

fn of_imposition(error: &ImposeError) -> String {
    match error {
        ImposeError::Pdf(_) | ImposeError::Damaged => {
            say!("create the file again, or inspect it with `qpdf --check`")
        }
        ImposeError::NotPdf => say!("specify a PDF, such as one written by `trendpress render`"),
        ImposeError::Encrypted => say!(
            "ask the author for a file without a password, or decrypt it with `qpdf --decrypt`"
        ),
        ImposeError::Limit(refusal) => refusal.hint(),
        ImposeError::Content(_) => say!(
            "export the file again: no page needs that much data; `--effort 4` raises the limit"
        ),
        ImposeError::NoPages => say!("specify a PDF with at least one page"),
        ImposeError::NoArea(_) => {
            say!("a page needs a MediaBox, and its TrimBox must lie within it")
        }
        ImposeError::Sizes { .. } => {
            say!("pages bound together must have the same trim size: impose the others separately")
        }
        ImposeError::LargeSheet(_) => {
            say!("a sheet measures at most 5080 mm per side: choose fewer rows or columns")
        }
        ImposeError::SmallSheet { .. } => {
            say!("choose a larger sheet, or `--sheet auto`; pages, bleed and marks must fit on it")
        }
    }
}

fn of_mending(error: &MendError) -> String {
    of_imposition(&match error {
        MendError::Encrypted => ImposeError::Encrypted,
        MendError::Limit(refusal) => ImposeError::Limit(*refusal),
        MendError::Pdf(_) | MendError::Damaged => ImposeError::Damaged,
    })
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(error) => error.fmt(f),
            Self::Compare(error) => error.fmt(f),
            Self::Impose(error) => error.fmt(f),
            Self::Mend(error) => error.fmt(f),
            Self::Scheme { option, of } => {
                f.write_str(&say!("`{option}` is valid only with `--scheme {of}`", option, of))
            }
            Self::Unknown(message, _) => f.write_str(message),
            Self::Settings(problems) => Error::Content(problems.clone()).fmt(f),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Report(error)
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::Report(error.into())
    }
}

impl From<CompareError> for Failure {
    fn from(error: CompareError) -> Self {
        Self::Compare(error)
    }
}

impl From<Unreadable> for Failure {
    fn from(error: Unreadable) -> Self {
        Self::Compare(error.into())
    }
}

impl From<ImposeError> for Failure {
    fn from(error: ImposeError) -> Self {
        Self::Impose(error)
    }
}
