//! `preflight`: checks whether PDFs are fit to print.

mod fix;
mod inbox;
mod written;

use clap::ValueEnum;
use std::fmt::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::ExitCode;

use l10n::{counts, say};
use preflight::{Finding, Preflight, Profile, profile};
use source::sarif::uri;
use source::{Severity, nearest};
use trendpress::inspection::Inspected;
use trendpress::output::Outputs;
use trendpress::reading::bounded::{self, MAX_PDF};
use trendpress::reading::{Project, spots};

use crate::failure::Failure;
use crate::impose::length;
use crate::stdout;
use crate::terminal::{Terminal, printable};

/// Arguments of `preflight`.
#[derive(Debug, clap::Args)]
pub(crate) struct PreflightArgs {
    /// The PDFs to check, and folders with PDFs
    #[arg(value_name = "FILE.pdf", required = true)]
    pub files: Vec<PathBuf>,
    /// Profile to check against: `x4` (PDF/X-4), `x1a`, `x3`, `gwg-sheetfed`, `gwg-web`,
    /// `gwg-newspaper`, `gwg-digital`, `house` (norms of Chinese printing houses), or a `.yaml` file
    #[arg(long, value_name = "PROFILE", default_value = "house")]
    pub profile: String,
    /// A spot colour that is meant, by its name in the file; may be given several times
    #[arg(long = "spot", value_name = "NAME")]
    pub spots: Vec<String>,
    /// Take the spot colours of this project's report and brand as meant
    #[arg(long, value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// Output format of the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Draw the ink coverage of all pages as one picture
    #[arg(long, value_name = "OUT.png", value_parser = png)]
    pub heat_map: Option<PathBuf>,
    /// Write what was found as a report to send on: `.html`, or `.pdf` with a page for each file
    #[arg(long, value_name = "OUT", value_parser = written::report)]
    pub report: Option<PathBuf>,
    /// Mend what can be mended without doubt, in a new file, and check that one
    #[arg(long, value_name = "OUT.pdf", value_parser = fix::pdf)]
    pub fix: Option<PathBuf>,
    /// With `--fix`: the trimmed size of pages without a TrimBox, such as `210x285mm`
    #[arg(long, value_name = "SIZE", requires = "fix", value_parser = fix::trim)]
    pub trim: Option<(f64, f64)>,
    /// With `--fix`: the bleed of pages without a BleedBox, such as `3mm`
    #[arg(long, value_name = "LENGTH", requires = "fix", value_parser = length)]
    pub bleed: Option<f64>,
    /// Raise the limits on memory and work so many times, for files that exceed them
    #[arg(long, value_name = "TIMES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub effort: u32,
    /// Files to check at the same time
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub jobs: u32,
}

fn png(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let known = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
    if known { Ok(path) } else { Err(say!("the picture is a PNG: use the extension `.png`")) }
}

/// Output formats of `preflight`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// Human-readable
    Human,
    /// JSON, with the ink coverage of each page
    Json,
    /// SARIF 2.1.0
    Sarif,
}

/// Checks the files; the exit code is 1 if one has errors, 2 if the profile has, 3 if a file cannot
/// be read.
pub(crate) fn run(args: &PreflightArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let mut profile = choose(&args.profile)?;
    profile.spots.extend(args.spots.iter().cloned());
    if let Some(folder) = &args.project {
        let meant = spots(&Project::new(folder)).map_err(|fault| Failure::Settings(vec![fault]))?;
        profile.spots.extend(meant);
    }
    if let [file] = &args.files[..]
        && !file.is_dir()
    {
        if let Some(out) = &args.fix {
            return fix::run(args, file, out, &profile, terminal);
        }
        let report = check(args, file, &profile, terminal)?;
        return tell(args, &report, &name(file));
    }
    if args.heat_map.is_some() {
        return Err(Failure::Unknown(
            say!("a heat map is of one file"),
            say!("draw it for each file by itself"),
        ));
    }
    if args.fix.is_some() {
        return Err(Failure::Unknown(
            say!("one file is mended at a time"),
            say!("name a new file for each"),
        ));
    }
    inbox::run(args, &profile, terminal)
}

/// Prints the report on a file; the exit code says whether it passes.
fn tell(args: &PreflightArgs, report: &Preflight, name: &str) -> Result<ExitCode, Failure> {
    match args.format {
        Format::Human => stdout::print(&human(report, name))?,
        Format::Json => stdout::line(&format!("{:#}", report.json(name)))?,
        Format::Sarif => {
            stdout::line(&format!("{:#}", report.sarif(&uri(&name.replace('\\', "/")))))?;
        }
    }
    Ok(ExitCode::from(if report.passes() { 0 } else { 1 }))
}

/// Checks the file and, if requested, draws its ink heat map.
fn check(
    args: &PreflightArgs,
    file: &PathBuf,
    profile: &Profile,
    terminal: &Terminal,
) -> Result<Preflight, Failure> {
    let outputs = outputs(args, std::slice::from_ref(file))?;
    let bytes = read(file)?;
    // What stops the reader is a finding; Rust's own message about it would only be in the way.
    std::panic::set_hook(Box::new(|_| {}));
    let report = terminal.busy(say!("checking"), || one(args, &bytes, profile));
    _ = std::panic::take_hook();
    if let Some(out) = &args.report {
        let inspected = Inspected { name: name(file), outcome: Ok(report.clone()), mended: vec![] };
        written::write(out, &[inspected], profile, &outputs)?;
    }
    if let Some(picture) = &args.heat_map {
        match report.heat_map(profile) {
            Some(png) => outputs.write(&[(picture.clone(), png)], &[])?,
            None => terminal.line(&say!(
                "no page could be read: `{picture}` was not written",
                picture = picture.display()
            )),
        }
    }
    Ok(report)
}

/// Checks bytes; keeps what pages look like where a report shows them.
fn one(args: &PreflightArgs, bytes: &[u8], profile: &Profile) -> Preflight {
    match args.report {
        Some(_) => ::preflight::check_and_look(bytes, profile, args.effort),
        None => ::preflight::check_with(bytes, profile, args.effort),
    }
}

/// The outputs that are asked for, none of which may be a file that is read.
fn outputs(args: &PreflightArgs, files: &[PathBuf]) -> Result<Outputs, Failure> {
    let mut outputs = Outputs::default().keeping(Path::new(&args.profile));
    for file in files {
        outputs = outputs.keeping(file);
    }
    for out in [&args.heat_map, &args.report, &args.fix].into_iter().flatten() {
        outputs.ask(out)?;
    }
    Ok(outputs)
}

fn name(file: &Path) -> String {
    file.display().to_string()
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    bounded::read(path, MAX_PDF).map_err(Failure::machine(say!("cannot read"), path))
}

/// Returns the built-in profile with this name, or reads one from a file.
fn choose(name: &str) -> Result<Profile, Failure> {
    if let Some(profile) = Profile::built_in(name) {
        return Ok(profile);
    }
    let path = Path::new(name);
    if path.extension().is_none_or(|end| end != "yaml" && end != "yml") {
        let names = profile::BUILT_IN.map(|(name, _)| name);
        let hint = match nearest(name, names) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None => {
                say!("choose one of `{names}`, or give a `.yaml` file", names = names.join("`, `"))
            }
        };
        return Err(Failure::Unknown(say!("there is no profile `{name}`", name), hint));
    }
    Profile::parse(name, &String::from_utf8_lossy(&read(path)?)).map_err(Failure::Settings)
}

/// Formats the verdict on a file, with its counts.
fn verdict(report: &Preflight, file: &str) -> String {
    let errors = counts::errors(report.count(Severity::Error));
    let warnings = counts::warnings(report.count(Severity::Warning));
    let counts = say!("{errors}, {warnings}", errors, warnings);
    let (file, profile) = (printable(file), printable(&report.profile));
    if report.passes() {
        say!("{file}: fit to print according to `{profile}`: {counts}", file, profile, counts)
    } else {
        say!("{file}: not fit to print according to `{profile}`: {counts}", file, profile, counts)
    }
}

/// Formats the report for people: by severity, then page, then code, with a final line of counts.
fn human(report: &Preflight, file: &str) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning] {
        for finding in report.findings.iter().filter(|finding| finding.severity == severity) {
            let (code, message) = (finding.code, printable(&finding.message));
            out += &match severity {
                Severity::Error => say!("error[{code}]: {message}", code, message),
                Severity::Warning => say!("warning[{code}]: {message}", code, message),
            };
            _ = writeln!(out, "\n  {}", say!("at: {place}", place = place(finding, file)));
            let more = finding.more;
            match finding.page {
                _ if more == 0 => {}
                Some(_) => _ = writeln!(out, "  {}", say!("and {more} more on this page", more)),
                None => _ = writeln!(out, "  {}", say!("and {more} more", more)),
            }
            _ = writeln!(out, "  {}\n", say!("hint: {hint}", hint = finding.hint));
        }
    }
    if let Some(most) = report.heaviest() {
        let worst = format!("{:.0}", most.worst);
        _ = writeln!(
            out,
            "{}",
            say!("highest total ink: {worst} % on page {page}", worst, page = most.page)
        );
    }
    let unknown: Vec<String> = report
        .pages
        .iter()
        .filter(|page| !page.complete)
        .map(|page| page.page.to_string())
        .collect();
    if !unknown.is_empty() {
        let pages = unknown.join(", ");
        _ = writeln!(
            out,
            "{}",
            say!("ink unknown, as not all of it was read: page {pages}", pages)
        );
    }
    out + &verdict(report, file) + "\n"
}

fn place(finding: &Finding, file: &str) -> String {
    match (finding.page, finding.place) {
        (Some(page), Some(p)) => {
            say!(
                "page {page}, {x} mm from the left, {y} mm from the bottom, {width} × {height} mm",
                page,
                x = p.x,
                y = p.y,
                width = p.width,
                height = p.height
            )
        }
        (Some(page), None) => say!("page {page}", page),
        (None, _) => printable(file),
    }
}
