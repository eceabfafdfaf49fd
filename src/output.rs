//! Files that appear whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::NamedTempFile;
use typst::layout::PageRanges;
use typst::utils::Scalar;
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

use crate::diagnostic::Diagnostic;
use crate::error::{Error, UsageError};
use crate::model::Profile;
use crate::pages::Pages;
use crate::pipeline::Edition;
use crate::words::say;

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Request {
    /// The file; its ending tells the format. A page's number goes before the ending where each page is a file.
    pub path: PathBuf,
    /// Which pages; all, where none are named.
    pub pages: Option<Pages>,
    /// The resolution of PNG files, in pixels an inch.
    pub ppi: f64,
}

impl Request {
    /// All pages to a file, PNG at 144 pixels an inch.
    pub fn to(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), pages: None, ppi: 144.0 }
    }
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// The files, in the order of pages.
    pub files: Vec<PathBuf>,
    /// Their size together, in bytes.
    pub bytes: usize,
    /// How many pages they show.
    pub pages: usize,
    /// What a preflight advises against.
    pub warnings: Vec<Diagnostic>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Pdf,
    Png,
    Svg,
}

impl Format {
    fn of(path: &Path) -> Result<Self, UsageError> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        match ending.as_str() {
            "pdf" => Ok(Self::Pdf),
            "png" => Ok(Self::Png),
            "svg" => Ok(Self::Svg),
            _ => Err(UsageError::UnknownFormat(path.to_owned())),
        }
    }
}

/// Whether a request can be met at all: its format is known and its folder is there.
pub fn check(path: &Path) -> Result<(), Error> {
    Format::of(path)?;
    check_folder(path)
}

/// Whether the folder that a file should go to is there.
pub fn check_folder(path: &Path) -> Result<(), Error> {
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(UsageError::NoFolder(folder.to_owned()).into());
    }
    Ok(())
}

/// Refuses an output that would lie among a report's own files.
pub fn refuse_inside(path: &Path, folders: &[PathBuf]) -> Result<(), UsageError> {
    let Ok(target) = folder_of(path).canonicalize() else { return Ok(()) };
    let inside = |folder: &PathBuf| folder.canonicalize().is_ok_and(|folder| target.starts_with(folder));
    if folders.iter().any(inside) { Err(UsageError::InsideContent(path.to_owned())) } else { Ok(()) }
}

/// Writes an edition; `pdf` makes the bytes of the chosen pages' PDF, and says what is worth a look.
pub(crate) fn write(
    edition: &Edition,
    request: &Request,
    profile: Profile,
    pdf: impl Fn(Option<PageRanges>) -> Result<(Vec<u8>, Vec<Diagnostic>), Error>,
) -> Result<Written, Error> {
    check(&request.path)?;
    let format = Format::of(&request.path)?;
    // A proof may be looked at as pictures; what goes to a press is a PDF.
    if profile == Profile::Press && format != Format::Pdf {
        return Err(UsageError::NotPrintable(request.path.clone()).into());
    }
    let document = &edition.document;
    let count = document.pages().len();
    let ranges = request.pages.as_ref().map(|pages| pages.of(count)).transpose()?;
    let chosen: Vec<usize> =
        (1..=count).filter(|&page| request.pages.as_ref().is_none_or(|pages| pages.contains(page))).collect();
    let mut warnings = vec![];
    let outputs: Vec<(PathBuf, Vec<u8>)> = if format == Format::Pdf {
        let (bytes, found) = pdf(ranges)?;
        warnings = found;
        vec![(request.path.clone(), bytes)]
    } else {
        // Every page's name has as many digits as the last one's, and at least two.
        let digits = count.to_string().len().max(2);
        chosen
            .par_iter()
            .map(|&number| {
                let page = &document.pages()[number - 1];
                let path = numbered(&request.path, number, digits);
                let bytes = match format {
                    Format::Svg => typst_svg::svg(page, &SvgOptions::default()).into_bytes(),
                    _ => {
                        let pixel_per_pt = Scalar::new(request.ppi / 72.0);
                        let pixels = typst_render::render(
                            page,
                            &RenderOptions { pixel_per_pt, render_bleed: profile == Profile::Proof },
                        );
                        pixels.encode_png().map_err(|error| {
                            Error::machine(say!("cannot encode"), path.clone())(io::Error::other(error))
                        })?
                    }
                };
                Ok((path, bytes))
            })
            .collect::<Result<_, Error>>()?
    };
    replace(&outputs)?;
    let bytes = outputs.iter().map(|(_, bytes)| bytes.len()).sum();
    Ok(Written { files: outputs.into_iter().map(|(path, _)| path).collect(), bytes, pages: chosen.len(), warnings })
}

/// Writes every file beside its place, and moves them there once all are whole.
pub fn replace(outputs: &[(PathBuf, Vec<u8>)]) -> Result<(), Error> {
    let mut whole = vec![];
    for (path, bytes) in outputs {
        let failed = || Error::machine(say!("cannot write"), path);
        let mut file = beside(path).map_err(failed())?;
        file.write_all(bytes).map_err(failed())?;
        file.as_file().sync_data().map_err(failed())?;
        whole.push((file, path));
    }
    for (file, path) in whole {
        file.persist(path).map_err(|error| Error::machine(say!("cannot write"), path)(error.error))?;
    }
    Ok(())
}

fn beside(path: &Path) -> io::Result<NamedTempFile> {
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, say!("it is a folder")));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".trendpress-");
    #[cfg(unix)]
    {
        // As any new file's: the user's mask takes from it what it should.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(path))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn numbered(path: &Path, number: usize, digits: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{number:0digits$}.{ending}"))
}
