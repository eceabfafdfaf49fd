//! Where the output of a row goes: `out/{{id}}.pdf`.

use std::fmt;
use std::path::PathBuf;

use l10n::say;

/// A path with marks of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Name(String),
}

/// Why a row has no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetError {
    /// The braces of the template do not fit together.
    Syntax(String),
    /// No name in it: all rows would have one path.
    NoName(String),
    /// The row has no value for a name.
    Missing(String),
    /// The value of a name is no part of a file's name: name and value.
    Unfit(String, String),
}

/// What no file's name has on one of the machines that may open it.
const UNFIT: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

/// The longest name of a file, in bytes, that all file systems take, with room for an ending.
const LONGEST: usize = 200;

impl Target {
    /// Reads a template.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let (mut pieces, mut rest) = (vec![], text);
        while let Some((before, behind)) = rest.split_once("{{") {
            let (name, after) =
                behind.split_once("}}").ok_or_else(|| TargetError::Syntax(text.to_owned()))?;
            if name.trim().is_empty() || name.contains('{') {
                return Err(TargetError::Syntax(text.to_owned()));
            }
            pieces.extend((!before.is_empty()).then(|| Piece::Text(before.to_owned())));
            pieces.push(Piece::Name(name.trim().to_owned()));
            rest = after;
        }
        if rest.contains("}}") {
            return Err(TargetError::Syntax(text.to_owned()));
        }
        pieces.extend((!rest.is_empty()).then(|| Piece::Text(rest.to_owned())));
        if !pieces.iter().any(|piece| matches!(piece, Piece::Name(_))) {
            return Err(TargetError::NoName(text.to_owned()));
        }
        Ok(Self { pieces })
    }

    /// The names in it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Name(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Returns the path of a row, by the values of its names. A value is part of a file's name, and
    /// never leads to another folder.
    pub fn path<'v>(
        &self,
        value: impl Fn(&str) -> Option<&'v str>,
    ) -> Result<PathBuf, TargetError> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Name(name) => {
                    let value = value(name).ok_or_else(|| TargetError::Missing(name.clone()))?;
                    if !is_fit(value) {
                        return Err(TargetError::Unfit(name.clone(), value.to_owned()));
                    }
                    out.push_str(value);
                }
            }
        }
        let path = PathBuf::from(out);
        Ok(path)
    }

    /// The folder that all paths are in or below: what stands before the first name.
    pub fn folder(&self) -> PathBuf {
        let fixed = match self.pieces.first() {
            Some(Piece::Text(text)) => text.as_str(),
            _ => "",
        };
        PathBuf::from(fixed.rsplit_once('/').map_or("", |(folder, _)| folder))
    }
}

fn is_fit(value: &str) -> bool {
    let bare = value.trim();
    !bare.is_empty()
        && bare.len() == value.len()
        && !bare.starts_with('.')
        && !bare.ends_with('.')
        && bare.len() <= LONGEST
        && !bare.contains(|c: char| c.is_control() || UNFIT.contains(&c))
}

impl TargetError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Syntax(_) | Self::NoName(_) => {
                say!("write a column's name in double braces: `out/{{{{id}}}}.pdf`")
            }
            Self::Missing(_) => say!("write it into the row, or use another column in `--out`"),
            Self::Unfit(..) => {
                say!(
                    "a file's name has no `/`, `\\`, `:` or other signs of paths, and begins with no dot"
                )
            }
        }
    }
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Syntax(text) => say!("the braces of `{text}` do not fit together", text),
            Self::NoName(text) => {
                say!("`{text}` names no column, so that all editions would be one file", text)
            }
            Self::Missing(name) => say!("the edition has no `{name}`, which `--out` names", name),
            Self::Unfit(name, value) => {
                say!(
                    "`{value}`, the `{name}` of this edition, cannot be part of a file's name",
                    value,
                    name
                )
            }
        })
    }
}

impl std::error::Error for TargetError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_in_and_lead_nowhere_else() {
        let target = Target::parse("out/{{ region }}/{{id}}-{{year}}.pdf").expect("a template");
        assert_eq!(target.names().collect::<Vec<_>>(), ["region", "id", "year"]);
        assert_eq!(target.folder().to_str(), Some("out"));
        let path = |id: &'static str| {
            target.path(|name| {
                Some(match name {
                    "id" => id,
                    "region" => "华东",
                    _ => "2025",
                })
            })
        };
        assert_eq!(path("甲 一").expect("a path").to_str(), Some("out/华东/甲 一-2025.pdf"));
        for id in ["", " ", "..", "a/b", "a\\b", "../x", "/etc/x", ".x", "a\n", "C:x", " a", "x."] {
            assert_eq!(path(id), Err(TargetError::Unfit("id".into(), id.into())), "{id}");
        }
        assert!(path(Box::leak("长".repeat(80).into_boxed_str())).is_err());
        assert_eq!(target.path(|_| None), Err(TargetError::Missing("region".into())));
    }

    #[test]
    fn templates_that_are_none_are_told() {
        for text in ["out/{{id.pdf", "out/id}}.pdf", "{{}}.pdf", "{{a{{b}}.pdf"] {
            assert_eq!(Target::parse(text), Err(TargetError::Syntax(text.into())), "{text}");
        }
        assert_eq!(Target::parse("a.pdf"), Err(TargetError::NoName("a.pdf".into())));
    }
}
