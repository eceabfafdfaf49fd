//! The only access to an author's files: nothing outside the project is ever opened.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use super::paths::CONTENT;

use super::bounded::{self, MAX_FILE};
use super::paths;
use crate::progress;
use l10n::say;
use source::{Diagnostic, Place, SourceFile};
use variables::Given;

/// The maximum size of a text file, in bytes: more would take a minute to set.
const MAX_TEXT: u64 = 1_000_000;

/// A project's folder.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    /// The folder of the author's files.
    files: PathBuf,
    /// Values of variables and settings that are not the files'.
    given: Arc<[Given]>,
    /// Whether variables without a value have that of their example.
    examples: bool,
}

impl Project {
    /// Creates a project from `root`, the folder that holds `content/`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        Self { files: root.join(CONTENT), root, given: Arc::new([]), examples: false }
    }

    /// Returns the files of a folder that a report names as its house's: nothing outside of it is
    /// opened through them.
    pub(super) fn of_house(folder: impl Into<PathBuf>) -> Self {
        let files = folder.into();
        Self { root: files.clone(), files, given: Arc::new([]), examples: false }
    }

    /// Sets values of variables, and of keys of the settings by their dotted names.
    #[must_use]
    pub fn with(mut self, given: impl Into<Arc<[Given]>>) -> Self {
        self.given = given.into();
        self
    }

    /// Lets variables without a value have that of their example.
    #[must_use]
    pub fn with_examples(mut self) -> Self {
        self.examples = true;
        self
    }

    /// Returns the values that are set.
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// Returns whether variables without a value have that of their example.
    pub fn has_examples(&self) -> bool {
        self.examples
    }

    /// Returns the project's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Finds a file below `content/` by its name as it is written; `asked` is the location of that
    /// name in the content. Returns the file's path from `content/`.
    ///
    /// A path that leaves the project, in its text or through a symbolic link, is refused.
    pub fn locate(&self, name: &str, asked: &Place) -> Result<String, Diagnostic> {
        self.find(name, asked).map(|(name, _)| name)
    }

    fn find(&self, name: &str, asked: &Place) -> Result<(String, PathBuf), Diagnostic> {
        let outside = || {
            Diagnostic::error(asked.clone(), say!("`{name}` points outside the project", name))
                .hint(match paths::meant(name, asked, &self.files) {
                    Some(meant) => say!("did you mean `{meant}`?", meant),
                    None => say!("copy the file into `content/` and use its path from there"),
                })
        };
        if name.is_empty() {
            return Err(Diagnostic::error(asked.clone(), say!("no file is specified"))
                .hint(say!("specify one in `{content}/`", content = CONTENT)));
        }
        let folder = self.files.clone();
        let candidates = paths::candidates(name, asked);
        if candidates.is_empty() {
            return Err(outside());
        }
        let mut problem = None;
        let formed = || candidates.iter().find_map(|path| paths::in_any_form(path, &folder));
        let formed = std::iter::once_with(formed).flatten();
        for path in candidates.iter().cloned().chain(formed) {
            match folder.join(&path).canonicalize() {
                Ok(real) => {
                    let inside = folder.canonicalize().is_ok_and(|folder| real.starts_with(folder));
                    return if inside { Ok((path, real)) } else { Err(outside()) };
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    problem.get_or_insert(unreadable(name, &error, asked));
                }
            }
        }
        Err(problem.unwrap_or_else(|| {
            Diagnostic::error(asked.clone(), say!("the file `{name}` is missing", name))
                .hint(paths::hint(name, asked, &folder))
        }))
    }

    /// Reads the bytes of a file below `content/`.
    pub fn bytes(&self, name: &str, asked: &Place) -> Result<Vec<u8>, Diagnostic> {
        progress::at(|| asked.to_string());
        let (_, path) = self.find(name, asked)?;
        bounded::read(&path, MAX_FILE).map_err(|error| unreadable(name, &error, asked))
    }

    /// Reads the text of a file below `content/`; drops a byte order mark and turns line endings
    /// into `\n`.
    pub fn text(&self, name: &str, asked: &Place) -> Result<Arc<SourceFile>, Diagnostic> {
        let name = &*self.locate(name, asked)?;
        decode(shown(name), &self.data(name, asked)?)
    }

    /// Reads the bytes of a file of text below `content/`.
    pub(super) fn data(&self, name: &str, asked: &Place) -> Result<Vec<u8>, Diagnostic> {
        progress::at(|| format!("{}:1:1", shown(name)));
        let (_, path) = self.find(name, asked)?;
        let size =
            fs::metadata(&path).map_or(0, |found| if found.is_file() { found.len() } else { 0 });
        if size > MAX_TEXT {
            let size = size as f64 / 1e6;
            return Err(Diagnostic::error(
                asked.clone(),
                say!("`{name}` contains {size} MB of text", name, size = format!("{size:.1}")),
            )
            .hint(say!(
                "split it: a file may have at most {most} MB, the length of a long book",
                most = MAX_TEXT / 1_000_000
            )));
        }
        bounded::read(&path, MAX_TEXT).map_err(|error| unreadable(name, &error, asked))
    }

    /// Returns the Markdown files and the folders that match a pattern in `report.yaml`, sorted by
    /// name, relative to `content/`.
    ///
    /// `*` stands for any characters within a name, `**` for any number of folders. A pattern that
    /// ends with `/` matches folders alone, and one whose last name has an ending files alone.
    pub fn glob(&self, pattern: &str, asked: &Place) -> Result<Vec<String>, Diagnostic> {
        let names: Vec<&str> = pattern.split('/').collect();
        let fixed = names.iter().take_while(|name| !name.contains('*')).count();
        let (folder, names) = names.split_at(fixed.min(names.len().saturating_sub(1)));
        let folder = folder.join("/");
        let (_, path) = self.find(if folder.is_empty() { "." } else { &folder }, asked)?;
        // What cannot be read is told of the first folder alone: others need not match.
        fs::read_dir(&path).map_err(|error| unreadable(&folder, &error, asked))?;
        let mut found = vec![];
        matching(&path, &folder, names, &mut found);
        // A folder's own files stand before those of folders in it, which have names among them.
        found.sort_by(|a, b| a.split('/').cmp(b.split('/')));
        found.dedup();
        if found.is_empty() {
            let hint = if pattern.contains('\\') {
                say!(
                    "write `{meant}`: folders are parted by `/`",
                    meant = pattern.replace('\\', "/")
                )
            } else {
                say!(
                    "add a Markdown file to `{content}/{folder}`, or remove the line",
                    content = CONTENT,
                    folder
                )
            };
            let message = say!("`{pattern}` matches no file", pattern);
            return Err(Diagnostic::error(asked.clone(), message).hint(hint));
        }
        Ok(found)
    }
}

/// Collects what matches the names of a pattern in a folder, whose path in the content is `prefix`.
/// Links are not followed to folders, which may lead back.
fn matching(folder: &Path, prefix: &str, names: &[&str], out: &mut Vec<String>) {
    let Some((name, rest)) = names.split_first() else { return };
    if *name == "**" && rest.first().is_some_and(|name| !name.is_empty()) {
        matching(folder, prefix, rest, out);
    }
    let whole = rest.is_empty() || rest == [""];
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let Ok(file) = entry.file_name().into_string() else { continue };
        if file.starts_with('.') {
            continue;
        }
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let path = if prefix.is_empty() { file.clone() } else { format!("{prefix}/{file}") };
        let deep = *name == "**";
        if deep && is_folder {
            matching(&entry.path(), &path, names, out);
        }
        if !deep && !matches(name, &file) {
            continue;
        }
        match (whole, is_folder) {
            (false, true) if !deep => matching(&entry.path(), &path, rest, out),
            (true, true) if !deep && !name.contains('.') && has_texts(&entry.path()) => {
                out.push(path);
            }
            (true, false) if rest.is_empty() && is_text(name, &file) => out.push(path),
            _ => {}
        }
    }
}

/// Whether a folder holds Markdown files.
fn has_texts(folder: &Path) -> bool {
    let names = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    names.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().ends_with(".md"))
}

/// Whether a file is one that a pattern means: of any ending that is written, or else Markdown.
fn is_text(pattern: &str, file: &str) -> bool {
    pattern.contains('.') || file.ends_with(".md")
}

/// Decodes a text file; drops a byte order mark and turns line endings into `\n`.
pub(super) fn decode(path: String, bytes: &[u8]) -> Result<Arc<SourceFile>, Diagnostic> {
    let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(SourceFile { path, text: plain(text) })),
        Err(error) => {
            let good = plain(&String::from_utf8_lossy(&bytes[..error.valid_up_to()]));
            let end = good.len();
            let file = Arc::new(SourceFile { path, text: good });
            let byte = bytes[error.valid_up_to()];
            Err(Diagnostic::error(
                Place::new(&file, end..end),
                say!("byte `0x{byte}` is not valid UTF-8", byte = format!("{byte:02X}")),
            )
            .hint(say!(
                "save the file as UTF-8 in your editor; text in GBK or GB 18030 must be converted"
            )))
        }
    }
}

/// Returns a content file's path as shown in messages: from the project's folder.
pub fn shown(name: &str) -> String {
    format!("{CONTENT}/{name}")
}

/// Whether a name is as a pattern has it, in which `*` stands for any characters.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let mut rest = name;
    let mut pieces = pattern.split('*').peekable();
    let Some(first) = pieces.next() else { return false };
    let Some(after) = rest.strip_prefix(first) else { return false };
    rest = after;
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

/// Reports a file that the machine does not let us read.
pub(super) fn unreadable(name: &str, error: &io::Error, asked: &Place) -> Diagnostic {
    if error.kind() == io::ErrorKind::IsADirectory {
        return Diagnostic::error(asked.clone(), say!("`{name}` is a folder", name))
            .hint(say!("name a file in it"));
    }
    Diagnostic::error(asked.clone(), say!("cannot read `{name}`: {error}", name, error))
        .hint(say!("check that it is a file and that you have permission to read it"))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_characters() {
        assert!(matches("*.md", "01-a.md"));
        assert!(matches("0*-*.md", "01-a.md"));
        assert!(!matches("*.md", "a.md.bak"));
        assert!(matches("a.md", "a.md"));
        assert!(!matches("a.md", "aa.md"));
    }
}
