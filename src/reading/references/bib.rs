//! References in BibTeX and BibLaTeX, as reference managers, databases and people write them.
//!
//! The crate `biblatex` reads the file; what its fields mean is ours: each entry becomes the value
//! that the same entry has in Hayagriva's YAML, and goes the same way from there.

mod dates;
mod dropped;
mod entry;
mod kinds;
mod linked;
mod names;
mod numbers;
mod quoted;
mod symbols;
mod tex;

use std::collections::{BTreeMap, BTreeSet};
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
    unread(file, &raws, problems);
    let mut out: Vec<Read> = vec![];
    let mut keys = BTreeSet::new();
    let by_key = by_key(&raws.entries);
    for raw in raws.entries.iter().filter(|raw| !kinds::is_store(&raw.kind)) {
        let fault = if raw.key.is_empty() {
            Some((
                &raw.kind_at,
                say!("a reference has no key"),
                say!("write one behind the brace, as in `@{kind}{{li2024,`", kind = raw.kind),
            ))
        } else if !keys.insert(&raw.key) {
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
            None => out.push(made(raw, &by_key, file)),
        }
    }
    // A list that was pasted.
    let is_words =
        |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with(['%', '@']);
    if out.is_empty() && raws.words.is_empty() && problems.is_empty() {
        let start = file.text.lines().position(is_words);
        problems.extend(start.map(|line| {
            let message = say!("no reference is read from this file");
            let hint =
                say!("export it as BibTeX: an entry is written `@article{{key, title = {{…}}}}`");
            Diagnostic::error(Place::of_line(file, line + 1), message).hint(hint)
        }));
    }
    out
}

/// Reads an entry, with what is to be told of it.
fn made(raw: &Raw, all: &BTreeMap<&str, Vec<&Raw>>, file: &Arc<SourceFile>) -> Read {
    let place = |range: &Range<usize>| Place::new(file, range.clone());
    let kind = kinds::named(&raw.kind);
    let made = entry::make(kind, &inherited(raw, all, 0));
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
    told.extend(raw.fields.iter().filter_map(|field| {
        let hint = dropped::unknown(&field.name)?;
        let message = say!("the reference field `{field}` is not printed", field = field.name);
        Some(Diagnostic::of(&rules::UNKNOWN_FIELD, place(&field.range), message).hint(hint))
    }));
    let printed = made.printed.into_iter();
    let printed = printed.map(|(text, range)| Printed { text, place: place(&range) }).collect();
    Read {
        key: raw.key.clone(),
        place: place(&raw.at),
        entry: None,
        value: made.value,
        address: made.address,
        aside: Aside { printed, told },
    }
}

/// The entries by their keys, those of one key in order.
fn by_key(entries: &[Raw]) -> BTreeMap<&str, Vec<&Raw>> {
    let mut out: BTreeMap<&str, Vec<&Raw>> = BTreeMap::new();
    for raw in entries {
        out.entry(&raw.key).or_default().push(raw);
    }
    out
}

/// The fields of an entry, with those that it has from others.
fn inherited(raw: &Raw, all: &BTreeMap<&str, Vec<&Raw>>, depth: usize) -> Vec<Field> {
    let mut fields = raw.fields.clone();
    let sources = ["crossref", "xdata"].iter().filter_map(|name| {
        raw.fields.iter().find(|field| field.name == *name).map(|field| (*name, &field.value))
    });
    for (name, keys) in sources.filter(|_| depth < 4) {
        for key in keys.split(',').map(str::trim).take(8) {
            let named = all.get(key).into_iter().flatten();
            let Some(source) = named.into_iter().find(|other| other.at != raw.at) else { continue };
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
    let braced = quoted::braced(&file.text);
    let text = braced.as_deref().unwrap_or(&file.text);
    let masked = quoted::masked(text);
    let text = masked.as_deref().unwrap_or(text);
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
                if let Some((at, c)) = full_width(piece) {
                    let at = range.start + at;
                    let message = say!("the mark `{c}` is full-width", c);
                    let half = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
                    let hint = say!("write `{half}` in half width", half);
                    let place = Place::new(file, at..at + c.len_utf8());
                    problems.push(Diagnostic::error(place, message).hint(hint));
                    continue;
                }
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

/// The first full-width mark that stands where BibTeX has its own, outside the values.
fn full_width(piece: &str) -> Option<(usize, char)> {
    let (mut depth, mut seen) = (0usize, false);
    piece.char_indices().find(|(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        seen |= *c == '{';
        (depth == 1 || !seen) && matches!(c, '，' | '＝' | '｛' | '｝' | '＂')
    })
}

/// Reports what stands in a file of references and is read by nobody: another program's format, an
/// entry without its sign.
fn unread(file: &Arc<SourceFile>, raws: &Raws, problems: &mut Problems) {
    let text = &file.text;
    let is_ris = text.lines().any(|line| line.starts_with("TY  -"));
    if is_ris && raws.entries.is_empty() {
        let message = say!("this is a file of RIS, not of BibTeX");
        let hint = say!("export the references as BibTeX, or convert them in Zotero or JabRef");
        problems.push(Diagnostic::error(Place::rest_of_line(file, 0), message).hint(hint));
        return;
    }
    // What stands outside all entries is a comment; one that looks like an entry is none.
    let (mut depth, mut at) = (0usize, 0);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        if depth == 0 && !bare.starts_with(['@', '%']) {
            let name = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
            let is_entry = name > 2
                && kinds::named(&bare[..name]).is_some()
                && bare[name..].trim_start().starts_with('{');
            if is_entry {
                let start = at + line.len() - bare.len();
                let message = say!("this entry has no `@`, so it is not read");
                let hint = say!("write `@{kind}{{…`", kind = &bare[..name]);
                let place = Place::new(file, start..start + name);
                problems.push(Diagnostic::error(place, message).hint(hint));
            }
        }
        let escaped = |at: usize| at > 0 && line.as_bytes()[at - 1] == b'\\';
        for (at, c) in line.char_indices() {
            match c {
                '{' if !escaped(at) => depth += 1,
                '}' if !escaped(at) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        at += line.len();
    }
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
        let value = joined(&pair.value.v, &raws.words);
        if let Err(Unjoined::TooLong) = &value {
            problems.push(too_long(Place::new(file, moved(&pair.value.span))));
        }
        raws.words.insert(pair.key.v.to_lowercase(), value.unwrap_or_default());
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
                Err(Unjoined::TooLong) => problems.push(too_long(Place::new(file, range))),
                Err(Unjoined::Unknown(word)) => problems.push(
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

/// The most characters of a value: words that are joined of words grow without bound.
const MAX_VALUE: usize = 100_000;

/// Why the pieces of a value cannot be joined.
enum Unjoined {
    /// A word that is not defined.
    Unknown(String),
    /// They come to too many characters.
    TooLong,
}

fn too_long(place: Place) -> Diagnostic {
    let message = say!("what stands here comes to more than {most} characters", most = MAX_VALUE);
    Diagnostic::error(place, message).hint(source::limit("growth", MAX_VALUE))
}

/// Joins the pieces of a value.
fn joined(
    value: &[biblatex::Spanned<RawChunk>],
    words: &BTreeMap<String, String>,
) -> Result<String, Unjoined> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut out = String::new();
    for chunk in value {
        match chunk.v {
            RawChunk::Normal(text) => out.push_str(&quoted::unmasked(text)),
            RawChunk::Abbreviation(word) => {
                let lower = word.to_lowercase();
                match words.get(&lower) {
                    Some(text) => out.push_str(text),
                    None if MONTHS.iter().any(|month| lower.starts_with(month)) => {
                        out.push_str(&lower)
                    }
                    None => return Err(Unjoined::Unknown(word.to_owned())),
                }
            }
        }
        if out.len() > MAX_VALUE {
            return Err(Unjoined::TooLong);
        }
    }
    Ok(out)
}
