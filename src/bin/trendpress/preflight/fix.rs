//! `--fix`: mends what can be mended without doubt, in a new file, and checks that one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use l10n::say;
use mend::{Done, Left, Mended, Options};
use preflight::{Preflight, Profile};
use source::Severity;
use trendpress::inspection::Inspected;

use super::{PreflightArgs, name, one, outputs, read, tell, written};
use crate::failure::Failure;
use crate::impose::length;
use crate::stdout;
use crate::terminal::{Terminal, printable};

/// Takes the name of a PDF.
pub(super) fn pdf(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let known = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    if known { Ok(path) } else { Err(say!("the mended file is a PDF: use the extension `.pdf`")) }
}

/// Takes the size of a trimmed page.
pub(super) fn trim(text: &str) -> Result<(f64, f64), String> {
    let wrong = || say!("write the trimmed width and height in millimetres, such as `210x285mm`");
    let (width, height) = text.split_once('x').ok_or_else(wrong)?;
    let side = |text: &str| length(&format!("{}mm", text.trim_end_matches("mm")));
    let size = side(width).and_then(|width| Ok((width, side(height)?))).map_err(|_| wrong())?;
    if size.0 > 0.0 && size.1 > 0.0 { Ok(size) } else { Err(wrong()) }
}

/// Mends a file, tells what was done, and checks the new one.
pub(super) fn run(
    args: &PreflightArgs,
    file: &PathBuf,
    out: &Path,
    profile: &Profile,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let outputs = outputs(args, std::slice::from_ref(file))?;
    let bytes = read(file)?;
    // What stops a reader is told in our words.
    std::panic::set_hook(Box::new(|_| {}));
    let made = terminal.busy(say!("mending"), || mended(&bytes, args));
    let made = match made {
        Ok(made) => made,
        Err(error) => {
            _ = std::panic::take_hook();
            return Err(Failure::Mend(error));
        }
    };
    let report = terminal.busy(say!("checking"), || one(args, &made.bytes, profile));
    _ = std::panic::take_hook();
    let done: Vec<String> = made.done.iter().map(Done::to_string).collect();
    let mut files = vec![(out.to_owned(), made.bytes)];
    if let Some(path) = &args.report {
        let inspected =
            Inspected { name: name(out), outcome: Ok(report.clone()), mended: done.clone() };
        files.push((path.clone(), written::bytes(path, &[inspected], profile)?));
    }
    if let (Some(path), Some(png)) = (&args.heat_map, report.heat_map(profile)) {
        files.push((path.clone(), png));
    }
    outputs.write(&files, &[])?;
    let left: Vec<String> = made.left.iter().map(Left::to_string).collect();
    list(args, &name(file), &done, &left, terminal)?;
    tell(args, &report, &name(out))
}

/// Mends a file, and declares it as PDF/X-4 where nothing but that is missing.
fn mended(bytes: &[u8], args: &PreflightArgs) -> Result<Mended, mend::MendError> {
    let options = Options { trim: args.trim, bleed: args.bleed, claim: false, effort: args.effort };
    let made = mend::mend(bytes, &options)?;
    let standard = Profile::built_in("x4").unwrap_or_default();
    let found = ::preflight::check_with(&made.bytes, &standard, args.effort);
    if lacks_claim(&found) {
        return mend::mend(bytes, &Options { claim: true, ..options });
    }
    Ok(made)
}

fn lacks_claim(found: &Preflight) -> bool {
    let mut errors = found.findings.iter().filter(|one| one.severity == Severity::Error).peekable();
    errors.peek().is_some() && errors.all(|one| one.code == "A2-xmp-version")
}

/// Tells what was done and what was left: with the findings for people, beside them for programs.
fn list(
    args: &PreflightArgs,
    file: &str,
    done: &[String],
    left: &[String],
    terminal: &Terminal,
) -> Result<(), Failure> {
    let mut lines = vec![];
    if done.is_empty() {
        lines.push(say!("nothing in `{file}` can be mended without doubt", file = printable(file)));
    }
    lines.extend(done.iter().map(|one| say!("mended: {what}", what = printable(one))));
    lines.extend(left.iter().map(|one| say!("left: {what}", what = printable(one))));
    for line in lines {
        match args.format {
            super::Format::Human => stdout::line(&line)?,
            _ => terminal.line(&line),
        }
    }
    Ok(())
}
