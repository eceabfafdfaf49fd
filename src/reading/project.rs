//! The only access to an author's files: nothing outside the project is ever opened.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use l10n::say;
use source::{Diagnostic, Place, SourceFile, nearest};

/// The folder, below the project's, that holds the author's files.
pub const CONTENT: &str = "content";

/// The maximum size of a text file, in bytes: more would take a minute to set.
const MAX_TEXT: usize = 1_000_000;

/// A project's folder.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Creates a project from `root`, the folder that holds `content/`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Returns the project's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Resolves and checks the path of a file below `content/`; `asked` is the location of its name
    /// in the content.
    ///
    /// A path that leaves the project, in its text or through a symbolic link, is refused.
    pub fn resolve(&self, name: &str, asked: &Place) -> Result<PathBuf, Diagnostic> {
        let outside = || {
            Diagnostic::error(asked.clone(), say!("`{name}` points outside the project", name))
                .hint(say!("copy the file into `content/` and use its path from there"))
        };
        if name.is_empty() {
            return Err(Diagnostic::error(asked.clone(), say!("no file is specified"))
                .hint(say!("specify one in `{content}/`", content = CONTENT)));
        }
        let relative = Path::new(name);
        let mut depth = 0usize;
        for component in relative.components() {
            match component {
                Component::Normal(_) => depth += 1,
                Component::ParentDir => depth = depth.checked_sub(1).ok_or_else(outside)?,
                Component::CurDir => {}
                Component::RootDir | Component::Prefix(_) => return Err(outside()),
            }
        }
        let folder = self.root.join(CONTENT);
        let path = folder.join(relative);
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(missing(name, &path, asked));
            }
            Err(error) => return Err(unreadable(name, &error, asked)),
        };
        let inside = folder.canonicalize().is_ok_and(|folder| real.starts_with(folder));
        if inside { Ok(real) } else { Err(outside()) }
    }

    /// Reads the bytes of a file below `content/`.
    pub fn bytes(&self, name: &str, asked: &Place) -> Result<Vec<u8>, Diagnostic> {
        let path = self.resolve(name, asked)?;
        fs::read(&path).map_err(|error| unreadable(name, &error, asked))
    }

    /// Reads the text of a file below `content/`; drops a byte order mark and turns line endings
    /// into `\n`.
    pub fn text(&self, name: &str, asked: &Place) -> Result<Arc<SourceFile>, Diagnostic> {
        decode(shown(name), &self.data(name, asked)?)
    }

    /// Reads the bytes of a file of text below `content/`.
    pub(super) fn data(&self, name: &str, asked: &Place) -> Result<Vec<u8>, Diagnostic> {
        let bytes = self.bytes(name, asked)?;
        if bytes.len() > MAX_TEXT {
            let size = bytes.len() as f64 / 1e6;
            return Err(Diagnostic::error(
                asked.clone(),
                say!("`{name}` contains {size} MB of text", name, size = format!("{size:.1}")),
            )
            .hint(say!(
                "split it: a file may have at most {most} MB, the length of a long book",
                most = MAX_TEXT / 1_000_000
            )));
        }
        Ok(bytes)
    }

    /// Returns the Markdown files that match a pattern in `report.yaml`, sorted by name, relative
    /// to `content/`.
    ///
    /// `*` stands for any characters within a file's name.
    pub fn glob(&self, pattern: &str, asked: &Place) -> Result<Vec<String>, Diagnostic> {
        let (folder, name) = pattern.rsplit_once('/').unwrap_or(("", pattern));
        let path = self.resolve(if folder.is_empty() { "." } else { folder }, asked)?;
        let entries = fs::read_dir(&path).map_err(|error| unreadable(folder, &error, asked))?;
        let mut found: Vec<String> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|file| !file.starts_with('.') && matches(name, file))
            .map(|file| if folder.is_empty() { file } else { format!("{folder}/{file}") })
            .collect();
        found.sort();
        if found.is_empty() {
            return Err(Diagnostic::error(
                asked.clone(),
                say!("`{pattern}` matches no file", pattern),
            )
            .hint(say!(
                "add a Markdown file to `{content}/{folder}`, or remove the line",
                content = CONTENT,
                folder
            )));
        }
        Ok(found)
    }
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

fn matches(pattern: &str, name: &str) -> bool {
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

fn missing(name: &str, path: &Path, asked: &Place) -> Diagnostic {
    let near = path.parent().and_then(|folder| {
        let wanted = path.file_name()?.to_str()?;
        let mut names: Vec<String> = fs::read_dir(folder)
            .ok()?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        let near = nearest(wanted, names.iter().map(String::as_str))?;
        Some(match name.rsplit_once('/') {
            Some((folder, _)) => say!("did you mean `{folder}/{meant}`?", folder, meant = near),
            None => say!("did you mean `{meant}`?", meant = near),
        })
    });
    let hint = near.unwrap_or_else(|| {
        if name.contains("://") {
            say!(
                "nothing is fetched from the web: copy the file into `{content}/`",
                content = CONTENT
            )
        } else {
            say!("paths are relative to `{content}/`", content = CONTENT)
        }
    });
    Diagnostic::error(asked.clone(), say!("the file `{name}` is missing", name)).hint(hint)
}

/// Reports a file that the machine does not let us read.
pub(super) fn unreadable(name: &str, error: &io::Error, asked: &Place) -> Diagnostic {
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
