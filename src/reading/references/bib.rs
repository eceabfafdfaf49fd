//! References in BibTeX and BibLaTeX, as reference managers, databases and people write them.
//!
//! The crate `biblatex` reads the file; what its fields mean is ours: each entry becomes the value
//! that the same entry has in Hayagriva's YAML, and goes the same way from there.

mod dates;
mod entry;
mod kinds;
mod names;
mod numbers;
mod symbols;
mod tex;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use biblatex::{RawBibliography, RawChunk};
use l10n::say;
use source::{Diagnostic, Place, Problems, SourceFile};

use self::entry::Field;
use super::{Aside, Read};
use crate::reading::Printed;
use crate::rules;

/// An entry as it stands in the file.
struct Raw {
    key: String,
    at: Range<usize>,
    kind: String,
    kind_at: Range<usize>,
    fields: Vec<Field>,
}

/// The file's entries, and its words for texts.
#[derive(Default)]
struct Raws {
    entries: Vec<Raw>,
    words: BTreeMap<String, String>,
}

/// Reads a file.
pub(super) fn read(file: &Arc<SourceFile>, problems: &mut Problems) -> Vec<Read> {
    let raws = raws(file, problems);
    let mut out: Vec<Read> = vec![];
    for raw in raws.entries.iter().filter(|raw| !kinds::is_store(&raw.kind)) {
        let fault = if raw.key.is_empty() {
            Some((
                &raw.kind_at,
                say!("a reference has no key"),
                say!("write one behind the brace, as in `@{kind}{{li2024,`", kind = raw.kind),
            ))
        } else if out.iter().any(|read| read.key == raw.key) {
            Some((
                &raw.at,
                say!("the key `{key}` is used twice", key = raw.key),
                say!("give each reference a key of its own"),
            ))
        } else {
            None
        };
        match fault {
            Some((at, message, hint)) => {
                problems.push(Diagnostic::error(Place::new(file, at.clone()), message).hint(hint))
            }
            None => out.push(made(raw, &raws, file)),
        }
    }
    out
}

/// Reads an entry, with what is to be told of it.
fn made(raw: &Raw, raws: &Raws, file: &Arc<SourceFile>) -> Read {
    let place = |range: &Range<usize>| Place::new(file, range.clone());
    let kind = kinds::named(&raw.kind);
    let made = entry::make(kind, &inherited(raw, &raws.entries, 0));
    let mut told = vec![];
    if kind.is_none() {
        let message = say!("`@{kind}` is not known, so it is printed as `@misc`", kind = raw.kind);
        let hint = match source::nearest(&raw.kind.to_lowercase(), kinds::USUAL) {
            Some(meant) => say!("did you mean `{meant}`?", meant = format!("@{meant}")),
            None => say!("write a kind that BibLaTeX has, such as `@article` or `@online`"),
        };
        told.push(Diagnostic::of(&rules::READ_REFERENCE, place(&raw.kind_at), message).hint(hint));
    }
    told.extend(made.told.into_iter().map(|told| {
        Diagnostic::of(&rules::READ_REFERENCE, place(&told.range), told.message).hint(told.hint)
    }));
    told.extend(entry::unknown(&raw.fields).map(|(field, hint)| {
        let message = say!("the reference field `{field}` is not printed", field = field.name);
        Diagnostic::of(&rules::UNKNOWN_FIELD, place(&field.range), message).hint(hint)
    }));
    let printed = made.printed.into_iter();
    let printed = printed.map(|(text, range)| Printed { text, place: place(&range) }).collect();
    Read {
        key: raw.key.clone(),
        place: place(&raw.at),
        value: made.value,
        address: made.address,
        aside: Aside { printed, told },
    }
}

/// The fields of an entry, with those that it has from others.
fn inherited(raw: &Raw, all: &[Raw], depth: usize) -> Vec<Field> {
    let mut fields = raw.fields.clone();
    let sources = ["crossref", "xdata"].iter().filter_map(|name| {
        raw.fields.iter().find(|field| field.name == *name).map(|field| (*name, &field.value))
    });
    for (name, keys) in sources.filter(|_| depth < 4) {
        for key in keys.split(',').map(str::trim).take(8) {
            let Some(source) = all.iter().find(|other| other.key == key && other.at != raw.at)
            else {
                continue;
            };
            for mut field in inherited(source, all, depth + 1) {
                if name == "crossref" && field.name == "title" {
                    field.name = "booktitle".to_owned();
                }
                let own = matches!(&*field.name, "crossref" | "xdata" | "subtitle" | "doi" | "url")
                    && name == "crossref";
                if !own && !fields.iter().any(|known| known.name == field.name) {
                    fields.push(field);
                }
            }
        }
    }
    fields
}

/// Reads the file's syntax: as a whole, and if that fails entry by entry, so that every fault is
/// told and no sound entry lost with a broken one.
fn raws(file: &Arc<SourceFile>, problems: &mut Problems) -> Raws {
    let text = &file.text;
    let mut raws = Raws::default();
    if let Ok(whole) = RawBibliography::parse(text) {
        collect(&whole, 0, file, &mut raws, problems);
        return raws;
    }
    for range in pieces(text) {
        let piece = &text[range.clone()];
        match RawBibliography::parse(piece) {
            Ok(parsed) => collect(&parsed, range.start, file, &mut raws, problems),
            Err(error) => {
                let name = piece.trim_start_matches('@');
                let name = name.split(['{', '(']).next().unwrap_or_default().trim();
                if ["comment", "preamble"].iter().any(|x| name.eq_ignore_ascii_case(x)) {
                    continue;
                }
                let open = error.span.start >= piece.trim_end().len();
                let line = piece.find('\n').unwrap_or(piece.len());
                let at = if open { 0..line } else { error.span.start..error.span.end };
                let message = match open {
                    true => say!("the reference is not closed"),
                    false => say!("the references cannot be read: {message}", message = error.kind),
                };
                problems.push(
                    Diagnostic::error(
                        Place::new(file, range.start + at.start..range.start + at.end),
                        message,
                    )
                    .hint(say!("check the braces and commas of the entry")),
                );
            }
        }
    }
    raws
}

/// The pieces of a file that begin with `@` at the start of a line.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = text
        .match_indices('@')
        .map(|(at, _)| at)
        .filter(|&at| text[..at].rsplit('\n').next().is_none_or(|line| line.trim().is_empty()))
        .collect();
    starts.push(text.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

fn collect(
    parsed: &RawBibliography,
    offset: usize,
    file: &Arc<SourceFile>,
    raws: &mut Raws,
    problems: &mut Problems,
) {
    let moved = |range: &Range<usize>| offset + range.start..offset + range.end;
    for pair in &parsed.abbreviations {
        let value = joined(&pair.value.v, &raws.words).unwrap_or_default();
        raws.words.insert(pair.key.v.to_lowercase(), value);
    }
    for entry in &parsed.entries {
        let mut fields: Vec<Field> = vec![];
        for pair in &entry.v.fields {
            let range = moved(&pair.value.span);
            match joined(&pair.value.v, &raws.words) {
                Ok(value) => {
                    let name = pair.key.v.to_lowercase();
                    fields.push(Field { name, value, range });
                }
                Err(word) => problems.push(
                    Diagnostic::error(
                        Place::new(file, range),
                        say!("`{word}` is not defined", word),
                    )
                    .hint(say!("put the value in braces, or define it with `@string`")),
                ),
            }
        }
        raws.entries.push(Raw {
            key: entry.v.key.v.to_owned(),
            at: moved(&entry.v.key.span),
            kind: entry.v.kind.v.to_owned(),
            kind_at: moved(&entry.v.kind.span),
            fields,
        });
    }
}

/// Joins the pieces of a value; the error is a word that is not defined.
fn joined(
    value: &[biblatex::Spanned<RawChunk>],
    words: &BTreeMap<String, String>,
) -> Result<String, String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut out = String::new();
    for chunk in value {
        match chunk.v {
            RawChunk::Normal(text) => out.push_str(text),
            RawChunk::Abbreviation(word) => {
                let lower = word.to_lowercase();
                match words.get(&lower) {
                    Some(text) => out.push_str(text),
                    None if MONTHS.iter().any(|month| lower.starts_with(month)) => {
                        out.push_str(&lower)
                    }
                    None => return Err(word.to_owned()),
                }
            }
        }
    }
    Ok(out)
}
