//! Options that several commands share.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use l10n::say;
use trendpress::reading::Given;
use trendpress::reading::model::{Output, OutputProfile};
use trendpress::setting::fit::Mode;
use trendpress::{Error, Job, RequestError, Session};

use crate::failure::Failure;

/// A language, named by its short code.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// Simplified Chinese
    Zh,
}

/// Options that choose the project.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ProjectArgs {
    /// The project folder, which contains `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
    /// Also use system fonts: pages may then differ between machines
    #[arg(long)]
    pub system_fonts: bool,
}

/// Options that set values.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct SetArgs {
    /// Set a variable, or a key of `report.yaml` by its dotted name
    #[arg(long, value_name = "KEY=VALUE", value_parser = given)]
    pub set: Vec<Given>,
}

fn given(text: &str) -> Result<Given, String> {
    Given::parse(text).ok_or_else(|| say!("write it as `KEY=VALUE`"))
}

/// Options that control how the report is made.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct JobArgs {
    /// How parts are fitted to their page budgets: a missed budget is an error (`strict`) or a
    /// warning (`loose`); `off` disables fitting
    #[arg(long, value_name = "MODE", default_value = "loose", value_parser = fit_mode())]
    pub fit: Mode,
    /// Purpose of the output: reading, printing (CMYK, bleed, PDF/X-4), or proofing what will be
    /// printed
    #[arg(long, value_name = "PROFILE", default_value = "screen", value_parser = profile())]
    pub profile: OutputProfile,
    /// ICC profile of the press
    #[arg(long, value_name = "FILE")]
    pub icc: Option<PathBuf>,
    /// Name of the ICC profile's printing condition, such as `FOGRA51`
    #[arg(long, value_name = "NAME")]
    pub output_condition: Option<String>,
    /// Draw crop marks, registration marks and a colour bar around press pages
    #[arg(long)]
    pub marks: bool,
    /// Write the press file regardless of preflight findings
    #[arg(long)]
    pub no_preflight: bool,
}

impl ProjectArgs {
    /// Opens the project; a folder that does not exist is a slip on the command line.
    pub(crate) fn open(&self) -> Result<Session, Error> {
        if !self.project.is_dir() {
            return Err(RequestError::NoFolder(self.project.clone()).into());
        }
        Session::open(&self.project, self.system_fonts)
    }
}

impl JobArgs {
    /// Opens a project with these settings for its report.
    pub(crate) fn open(&self, project: &ProjectArgs) -> Result<Session, Failure> {
        let mut session = project.open()?;
        session.set_job(self.job());
        Ok(session)
    }

    /// How pages are made.
    pub(crate) fn job(&self) -> Job {
        Job {
            fit: self.fit,
            output: Output { profile: self.profile, marks: self.marks },
            icc: self.icc.clone(),
            condition: self.output_condition.clone(),
            unchecked: self.no_preflight,
        }
    }
}

pub(crate) fn fit_mode() -> impl TypedValueParser<Value = Mode> {
    one_of(&[("strict", Mode::Strict), ("loose", Mode::Loose), ("off", Mode::Off)])
}

fn profile() -> impl TypedValueParser<Value = OutputProfile> {
    one_of(&[
        ("screen", OutputProfile::Screen),
        ("press", OutputProfile::Press),
        ("proof", OutputProfile::Proof),
    ])
}

/// Takes one of some words, each for a value.
pub(crate) fn one_of<T: Copy + Send + Sync>(
    words: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words.iter().map(|(word, _)| *word)).map(|word| {
        let known = words.iter().find(|(known, _)| *known == word);
        known.map(|(_, value)| *value).expect("the parser lets no other word pass")
    })
}
