//! `preflight`: is a PDF fit to print?

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use trendpress::diagnostic::{Severity, nearest};
use trendpress::error::Error;
use trendpress::output;
use trendpress::preflight::{self, Finding, Preflight, Profile, profile};
use trendpress::words::{counts, say};

use crate::args::{Format, PreflightArgs};
use crate::terminal::Terminal;

/// Checks the file; the exit code is 1 where it has errors, 2 where the profile has.
pub fn run(args: &PreflightArgs, terminal: &Terminal) -> ExitCode {
    let profile = match choose(&args.profile, terminal) {
        Ok(profile) => profile,
        Err(code) => return code,
    };
    let report = match check(args, &profile, terminal) {
        Ok(report) => report,
        Err(error) => {
            terminal.failure(&error);
            return ExitCode::from(error.exit_code());
        }
    };
    let name = args.file.display().to_string();
    match args.format {
        Format::Human => print!("{}", human(&report, &name)),
        Format::Json => println!("{:#}", report.json(&name)),
        Format::Sarif => println!("{:#}", report.sarif(&name.replace('\\', "/"))),
    }
    ExitCode::from(if report.passes() { 0 } else { 1 })
}

/// Checks the file, and draws its inks where that is asked for.
fn check(args: &PreflightArgs, profile: &Profile, terminal: &Terminal) -> Result<Preflight, Error> {
    if let Some(picture) = &args.heat_map {
        output::check_folder(picture)?;
    }
    let bytes = read(&args.file)?;
    // What stops the reader is a finding; Rust's own message about it would only be in the way.
    std::panic::set_hook(Box::new(|_| {}));
    let report = terminal.busy(say!("checking"), || preflight::check(&bytes, profile));
    _ = std::panic::take_hook();
    if let Some(picture) = &args.heat_map {
        match report.heat_map(profile) {
            Some(png) => output::replace(&[(picture.clone(), png)])?,
            None => {
                terminal.line(&say!("no page could be read: `{picture}` was not written", picture = picture.display()))
            }
        }
    }
    Ok(report)
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Machine { action: say!("cannot read"), path: path.to_owned(), source })
}

/// The profile of a name, or of a file.
fn choose(name: &str, terminal: &Terminal) -> Result<Profile, ExitCode> {
    if let Some(profile) = Profile::built_in(name) {
        return Ok(profile);
    }
    let path = Path::new(name);
    if path.extension().is_none_or(|end| end != "yaml" && end != "yml") {
        let names = profile::BUILT_IN.map(|(name, _)| name);
        let hint = match nearest(name, names) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None => say!("choose `{names}`, or name a `.yaml` file", names = names.join("`, `")),
        };
        terminal.error(&say!("there is no profile `{name}`", name), Some(&hint));
        return Err(ExitCode::from(2));
    }
    let bytes = read(path).map_err(|error| {
        terminal.failure(&error);
        ExitCode::from(error.exit_code())
    })?;
    Profile::parse(name, &String::from_utf8_lossy(&bytes)).map_err(|problems| {
        terminal.problems(&problems);
        ExitCode::from(2)
    })
}

/// The report for people: by severity, then page, then code; a line of counts ends it.
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
        _ = writeln!(out, "{}", say!("most ink: {worst} % on page {page}", worst, page = most.page));
    }
    let errors = counts::errors(report.count(Severity::Error));
    let warnings = counts::warnings(report.count(Severity::Warning));
    let counts = say!("{errors}, {warnings}", errors, warnings);
    let (file, profile) = (printable(file), printable(&report.profile));
    let verdict = match report.passes() {
        true => say!("{file}: fit to print by `{profile}`: {counts}", file, profile, counts),
        false => say!("{file}: not fit to print by `{profile}`: {counts}", file, profile, counts),
    };
    out + &verdict + "\n"
}

fn place(finding: &Finding, file: &str) -> String {
    match (finding.page, finding.place) {
        (Some(page), Some(p)) => {
            say!(
                "page {page}, {x} mm from the left, {y} mm from below, {width} × {height} mm",
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

/// Text of a file, without what would act on a terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || ('\u{202A}'..='\u{202E}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c) {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}
