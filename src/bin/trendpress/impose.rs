//! `impose`: places the pages of a PDF on sheets.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use impose::{Imposed, Options, Scheme};
use l10n::say;
use trendpress::output::Outputs;
use trendpress::reading::bounded::{self, MAX_PDF};

use crate::failure::Failure;
use crate::options::one_of;
use crate::terminal::{Terminal, size};

const POINTS: f64 = 72.0 / 25.4;

/// Arguments of `impose`.
#[derive(Debug, clap::Args)]
pub(crate) struct ImposeArgs {
    /// The PDF with the pages, such as one written by `render --profile press`
    #[arg(value_name = "IN.pdf")]
    pub input: PathBuf,
    /// The PDF to write: one page per side of a sheet
    #[arg(value_name = "OUT.pdf", value_parser = pdf)]
    pub out: PathBuf,
    /// Imposition scheme: a saddle-stitched booklet, signatures for perfect binding, or rows and
    /// columns to cut apart
    #[arg(long, value_parser = one_of(&SCHEMES), requires_ifs = [("nup", "rows"), ("nup", "columns")])]
    pub scheme: Way,
    /// Pages per signature (`perfect`); defaults to 16, the last has as many as it needs
    #[arg(long, value_name = "PAGES", value_parser = signature())]
    pub signature: Option<NonZeroUsize>,
    /// Rows per side (`nup`)
    #[arg(long, value_name = "N", value_parser = count)]
    pub rows: Option<NonZeroUsize>,
    /// Columns per side (`nup`)
    #[arg(long, value_name = "N", value_parser = count)]
    pub columns: Option<NonZeroUsize>,
    /// Gap between pages (`nup`), such as `6mm`
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    pub gutter: Option<f64>,
    /// Sheet size, such as `450x320mm`; `auto` is as large as pages, bleed and marks require
    #[arg(long, value_name = "SIZE", default_value = "auto", value_parser = sheet)]
    pub sheet: Sheet,
    /// Compensate for creep: shift inner pages towards the fold, each sheet by one paper
    /// thickness more than the sheet around it
    #[arg(long)]
    pub creep: bool,
    /// Paper thickness
    #[arg(long, value_name = "LENGTH", default_value = "0.1mm", value_parser = length, requires = "creep")]
    pub paper: f64,
    /// Draw crop and fold marks around the pages, outside the bleed; folded sheets also get
    /// labels and collation marks
    #[arg(long)]
    pub marks: bool,
    /// Raise the limits on memory and work so many times, for files that exceed them
    #[arg(long, value_name = "TIMES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub effort: u32,
}

/// A way to put pages on sheets, by its name on the command line.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    /// One stitched booklet.
    Saddle,
    /// Signatures for a glued back.
    Perfect,
    /// Rows and columns to be cut.
    Nup,
}

const SCHEMES: [(&str, Way); 3] =
    [("saddle", Way::Saddle), ("perfect", Way::Perfect), ("nup", Way::Nup)];

/// Width and height in points, if given.
pub(crate) type Sheet = Option<(f64, f64)>;

impl ImposeArgs {
    /// Builds the imposition options; rejects options that belong to another scheme.
    pub(crate) fn options(&self) -> Result<Options, Failure> {
        let refuse = |given: bool, option, of| {
            if given { Err(Failure::Scheme { option, of }) } else { Ok(()) }
        };
        let scheme = match self.scheme {
            Way::Saddle => Scheme::Saddle,
            Way::Perfect => Scheme::Perfect { sheets: self.signature.unwrap_or(SHEETS) },
            // The parser has asked for both numbers.
            Way::Nup => Scheme::Nup {
                rows: self.rows.unwrap_or(NonZeroUsize::MIN),
                columns: self.columns.unwrap_or(NonZeroUsize::MIN),
                gutter: self.gutter.unwrap_or_default(),
            },
        };
        refuse(
            self.signature.is_some() && !matches!(scheme, Scheme::Perfect { .. }),
            "--signature",
            "perfect",
        )?;
        if !matches!(scheme, Scheme::Nup { .. }) {
            refuse(self.rows.is_some(), "--rows", "nup")?;
            refuse(self.columns.is_some(), "--columns", "nup")?;
            refuse(self.gutter.is_some(), "--gutter", "nup")?;
        }
        refuse(self.creep && matches!(scheme, Scheme::Nup { .. }), "--creep", "saddle")?;
        let creep = if self.creep { self.paper } else { 0.0 };
        Ok(Options { scheme, sheet: self.sheet, creep, marks: self.marks })
    }
}

/// The number of sheets in a signature of 16 pages.
const SHEETS: NonZeroUsize = NonZeroUsize::new(4).expect("4 is not 0");

fn signature() -> impl TypedValueParser<Value = NonZeroUsize> {
    PossibleValuesParser::new(["4", "8", "16", "32"]).try_map(|pages| {
        Ok::<_, std::num::ParseIntError>({
            let pages: NonZeroUsize = pages.parse()?;
            NonZeroUsize::new(pages.get() / 4).unwrap_or(NonZeroUsize::MIN)
        })
    })
}

fn count(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse::<NonZeroUsize>().ok().filter(|number| number.get() <= 32);
    number.ok_or_else(|| say!("a side has 1 to 32 rows and 1 to 32 columns"))
}

fn pdf(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let known = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    if known {
        Ok(path)
    } else {
        Err(say!("sheets are written as a PDF: use the extension `.pdf`"))
    }
}

/// Parses a length in millimetres and converts it to points.
pub(crate) fn length(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix("mm").and_then(|number| number.trim().parse::<f64>().ok());
    let number = number.filter(|number| (0.0..=5000.0).contains(number));
    number
        .map(|number| number * POINTS)
        .ok_or_else(|| say!("write a length in millimetres, such as `6mm`"))
}

fn sheet(text: &str) -> Result<Sheet, String> {
    if text == "auto" {
        return Ok(None);
    }
    let wrong =
        || say!("write a sheet's width and height in millimetres, such as `450x320mm`, or `auto`");
    let (width, height) = text.split_once('x').ok_or_else(wrong)?;
    let width = length(&format!("{}mm", width.trim_end_matches("mm"))).map_err(|_| wrong())?;
    Ok(Some((width, length(height).map_err(|_| wrong())?)))
}

pub(crate) fn run(args: &ImposeArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let options = args.options()?;
    let mut outputs = Outputs::default().keeping(&args.input);
    outputs.ask(&args.out)?;
    let bytes = bounded::read(&args.input, MAX_PDF)
        .map_err(Failure::machine(say!("cannot read"), &args.input))?;
    let Imposed { bytes, pages, blanks, sides, sheet, creep, signatures, lost } =
        terminal.busy(say!("imposing"), || ::impose::impose_with(&bytes, &options, args.effort))?;
    let written = bytes.len();
    outputs.write(&[(args.out.clone(), bytes)], &[])?;
    if blanks > 0 {
        let all = pages + blanks;
        terminal.line(&match blanks {
            1 => say!("padded {pages} pages to {all} with 1 blank page at the end", pages, all),
            _ => say!(
                "padded {pages} pages to {all} with {blanks} blank pages at the end",
                pages,
                all,
                blanks
            ),
        });
    }
    // Where all are as large as they were asked for, there is nothing to tell.
    if let ([first, .., last], true) =
        (&signatures[..], signatures.windows(2).any(|w| w[0] != w[1]))
    {
        let count = signatures.len() - 1;
        terminal.line(&say!(
            "signatures: {count} of {first} pages, and a last one of {last}",
            count,
            first,
            last
        ));
    }
    for (page, kind) in lost {
        terminal.line(&say!(
            "page {page}: an annotation `{kind}` has no appearance and was left out; flatten it in the program that made it",
            page,
            kind
        ));
    }
    // As much as a designer sees.
    if creep > POINTS {
        terminal.line(&say!(
            "creep: the innermost pages move {creep} mm towards the fold; make sure that their inner margins are wider than that",
            creep = format!("{:.1}", creep / POINTS)
        ));
    }
    let (out, size) = (args.out.display(), size(written));
    let [width, height] = [sheet.0, sheet.1].map(|side| format!("{:.1}", side / POINTS));
    let elapsed = format!("{:.2}", started.elapsed().as_secs_f64());
    terminal.line(&match sides {
        1 => say!(
            "{out}: 1 side of {width} x {height} mm, {size}, {elapsed} s",
            out,
            width,
            height,
            size,
            elapsed
        ),
        _ => say!(
            "{out}: {sides} sides of {width} x {height} mm, {size}, {elapsed} s",
            out,
            sides,
            width,
            height,
            size,
            elapsed
        ),
    });
    Ok(ExitCode::SUCCESS)
}
