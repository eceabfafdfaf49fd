//! Options that several commands share.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use trendpress::reading::model::{Output, OutputProfile};
use trendpress::setting::fit::Mode;
use trendpress::{Job, Session};

use crate::failure::Failure;

/// A language by its short name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// Simplified Chinese
    Zh,
}

/// Which project.
#[derive(Debug, Clone, clap::Args)]
pub struct ProjectArgs {
    /// The project's folder: the one that holds `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
    /// Allow the machine's own fonts too: pages may then differ from machine to machine
    #[arg(long)]
    pub system_fonts: bool,
}

/// How the report is to be made.
#[derive(Debug, Clone, clap::Args)]
pub struct JobArgs {
    /// How parts are brought to their page budgets: a miss is an error (`strict`) or a warning (`loose`); `off` fits nothing
    #[arg(long, value_name = "MODE", default_value = "loose", value_parser = fit_mode())]
    pub fit: Mode,
    /// What it is made for: reading, printing (CMYK, bleed, PDF/X-4), or looking at what will be printed
    #[arg(long, value_name = "PROFILE", default_value = "screen", value_parser = profile())]
    pub profile: OutputProfile,
    /// The press's own ICC profile
    #[arg(long, value_name = "FILE")]
    pub icc: Option<PathBuf>,
    /// The name of the profile's printing condition, such as `FOGRA51`
    #[arg(long, value_name = "NAME")]
    pub output_condition: Option<String>,
    /// Put crop marks, registration targets and a colour bar around press pages
    #[arg(long)]
    pub marks: bool,
    /// Write the press file whatever the preflight finds
    #[arg(long)]
    pub no_preflight: bool,
}

impl JobArgs {
    /// A project, open, its report to be made so.
    pub fn open(&self, project: &ProjectArgs) -> Result<Session, Failure> {
        let mut session = Session::open(&project.project, project.system_fonts)?;
        session.set_job(Job {
            fit: self.fit,
            output: Output { profile: self.profile, marks: self.marks },
            icc: self.icc.clone(),
            condition: self.output_condition.clone(),
            unchecked: self.no_preflight,
        });
        Ok(session)
    }
}

pub fn fit_mode() -> impl TypedValueParser<Value = Mode> {
    one_of(&[("strict", Mode::Strict), ("loose", Mode::Loose), ("off", Mode::Off)])
}

fn profile() -> impl TypedValueParser<Value = OutputProfile> {
    one_of(&[("screen", OutputProfile::Screen), ("press", OutputProfile::Press), ("proof", OutputProfile::Proof)])
}

/// Takes one of some words, each for a value.
pub fn one_of<T: Copy + Send + Sync>(words: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words.iter().map(|(word, _)| *word)).map(|word| {
        let known = words.iter().find(|(known, _)| *known == word);
        known.map(|(_, value)| *value).expect("the parser lets no other word pass")
    })
}
