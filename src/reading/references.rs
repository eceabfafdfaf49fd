//! The list of references as written, in Hayagriva YAML or BibLaTeX: its keys and their
//! locations.

use std::collections::BTreeMap;
use std::sync::Arc;

use hayagriva::{Entry, Library};

use super::{Printed, Project, Texts, prose, suppressions};
use crate::rules;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems, SourceFile, nearest};

/// The references of a report.
pub struct References {
    /// The entries in order.
    pub library: Library,
    /// Their keys in the same order.
    pub keys: Vec<String>,
    places: BTreeMap<String, Place>,
    file: Arc<SourceFile>,
}

impl References {
    /// Reads the file of references; `asked` is the location of its name in `report.yaml`.
    pub fn read(
        project: &Project,
        name: &str,
        asked: &Place,
        problems: &mut Problems,
        texts: &mut Texts,
    ) -> Option<Arc<Self>> {
        let file = project.text(name, asked).map_err(|problem| problems.push(problem)).ok()?;
        let read = parse(&file);
        problems.extend(read.problems.iter().cloned());
        texts.extend(read.texts.clone());
        read.references.clone()
    }

    /// Returns the file they were read from.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// Returns the location of an entry's key.
    pub fn place(&self, key: &str) -> Option<&Place> {
        self.places.get(key)
    }

    /// Reports entries for the same work, by identifier, otherwise by title and year.
    fn report_duplicates(&self, problems: &mut Problems) {
        let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
        for entry in self.library.iter() {
            let known =
                identities(entry).into_iter().find_map(|identity| match seen.get(&identity) {
                    Some(first) => Some(*first),
                    None => {
                        seen.insert(identity, entry);
                        None
                    }
                });
            let (Some(first), Some(place)) = (known, self.places.get(entry.key())) else {
                continue;
            };
            let line = self.places.get(first.key()).map_or(0, |place| place.line_column().0);
            let number = |key| self.keys.iter().position(|k| k == key).map_or(0, |at| at + 1);
            problems.push(
                Diagnostic::of(
                    &rules::DUPLICATE,
                    place.clone(),
                    say!(
                        "`{first}` [{one}] and `{second}` [{two}] are the same work",
                        first = first.key(),
                        one = number(first.key()),
                        second = entry.key(),
                        two = number(entry.key())
                    ),
                )
                .hint(say!("keep the entry on line {line} and cite it by its key", line)),
            );
        }
    }
}

/// The result of parsing a file.
struct Parsed {
    references: Option<Arc<References>>,
    problems: Vec<Diagnostic>,
    texts: Texts,
}

/// Parses a list. Memoised until the file changes: a long list takes as long as all other
/// content.
#[comemo::memoize]
fn parse(file: &Arc<SourceFile>) -> Arc<Parsed> {
    let (mut problems, mut texts) = (Problems::default(), Texts::default());
    let references = if file.path.ends_with(".bib") {
        texts
            .printed
            .push(Printed { text: file.text.clone(), place: Place::new(file, 0..file.text.len()) });
        biblatex(file, &mut problems)
    } else {
        yaml(file, &mut problems, &mut texts)
    };
    if let Some(references) = &references {
        references.report_duplicates(&mut problems);
    }
    Arc::new(Parsed { references: references.map(Arc::new), problems: problems.sorted(), texts })
}

fn identities(entry: &Entry) -> Vec<String> {
    let plain = |text: &str| {
        text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let mut out = vec![];
    let serials = entry.serial_number().into_iter().flat_map(|serials| &serials.0);
    // An ISSN is the journal's, not the work's.
    out.extend(
        serials
            .filter(|(kind, _)| ["doi", "arxiv", "isbn"].contains(&kind.as_str()))
            .map(|(kind, value)| format!("{kind}:{}", value.to_lowercase())),
    );
    if let Some(title) = entry.title() {
        let year = entry.date_any().map_or(0, |date| date.year);
        out.push(format!("{}:{year}", plain(&title.to_string())));
    }
    out
}

fn yaml(file: &Arc<SourceFile>, problems: &mut Problems, texts: &mut Texts) -> Option<References> {
    let mut found = Problems::default();
    let document = Document::parse(file, 0..file.text.len(), &mut found);
    let clean = !found.has_errors();
    problems.extend(found.sorted());
    let document = document.filter(|_| clean)?;
    texts.print(&document);
    prose::of_references(&document, &mut texts.prose);
    suppressions::of_yaml(file, 0..file.text.len(), problems, &mut texts.suppressions);
    let Some(entries) = document.value.as_object() else {
        problems.push(
            Diagnostic::error(
                document.place(""),
                say!("the references are not a mapping of keys to entries"),
            )
            .hint(say!(
                "write `key:` at the start of a line, with the entry's fields indented below it"
            )),
        );
        return None;
    };
    for (key, entry) in entries {
        unknown_fields(&document, &source::yaml::child("", key), entry, problems);
    }
    let library = match hayagriva::io::from_yaml_str(&file.text) {
        Ok(library) => library,
        Err(error) => {
            let before = problems.len();
            // Entry by entry, so that every broken one is told, at its own place.
            for (key, value) in entries {
                let alone = serde_json::json!({ key: value }).to_string();
                if let Err(error) = hayagriva::io::from_yaml_str(&alone) {
                    problems.push(broken_entry(&document, key, &error.to_string()));
                }
            }
            if problems.len() == before {
                problems.push(Diagnostic::error(
                    document.place(""),
                    say!("the references cannot be read: {error}", error),
                ));
            }
            return None;
        }
    };
    let places = entries
        .keys()
        .map(|key| (key.clone(), document.key_place(&source::yaml::child("", key))))
        .collect();
    let keys = library.keys().map(str::to_owned).collect();
    Some(References { library, keys, places, file: file.clone() })
}

/// The fields of a Hayagriva entry (its file format, 0.10); any others would be silently ignored.
const FIELDS: [&str; 29] = [
    "abstract",
    "affiliated",
    "archive",
    "archive-location",
    "author",
    "call-number",
    "chapter",
    "date",
    "edition",
    "editor",
    "genre",
    "issue",
    "language",
    "location",
    "note",
    "organization",
    "page-range",
    "page-total",
    "parent",
    "publisher",
    "runtime",
    "serial",
    "serial-number",
    "time-range",
    "title",
    "type",
    "url",
    "volume",
    "volume-total",
];

fn unknown_fields(
    document: &Document,
    pointer: &str,
    entry: &serde_json::Value,
    problems: &mut Problems,
) {
    for (field, value) in entry.as_object().into_iter().flatten() {
        let at = source::yaml::child(pointer, field);
        if !FIELDS.contains(&field.as_str()) {
            let hint = match nearest(field, FIELDS) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None => say!("remove it, or move it to `note`"),
            };
            let message = say!("the reference field `{field}` is not printed", field);
            problems.push(
                Diagnostic::of(&rules::UNKNOWN_FIELD, document.key_place(&at), message).hint(hint),
            );
        }
        match value {
            serde_json::Value::Array(parents) if field == "parent" => {
                for (index, parent) in parents.iter().enumerate() {
                    unknown_fields(document, &format!("{at}/{index}"), parent, problems);
                }
            }
            parent if field == "parent" => unknown_fields(document, &at, parent, problems),
            _ => {}
        }
    }
}

fn broken_entry(document: &Document, key: &str, why: &str) -> Diagnostic {
    let why = why.split(" at line ").next().unwrap_or(why);
    let (why, known) = why.split_once(", expected one of ").unwrap_or((why, ""));
    // Of a long list of what could stand there, only what was probably meant is of use.
    let word = why.rsplit('`').nth(1).unwrap_or_default();
    let meant = nearest(
        word,
        known.split('`').filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())),
    );
    let hint = match meant {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None if why.contains("date: ") => say!("write it as `2024`, `2024-05` or `2024-05-17`"),
        None => say!(
            "the fields are those of a Hayagriva entry: `type`, `title`, `author`, `date`, `parent` …"
        ),
    };
    let why = why.strip_prefix(&format!("{key}.")).unwrap_or(why);
    let entry = source::yaml::child("", key);
    let field = why.split(": ").next().unwrap_or_default();
    let pointer = format!("{entry}/{}", field.replace('[', "/").replace(']', "").replace('.', "/"));
    let place = match document.value.pointer(&pointer) {
        Some(_) => document.place(&pointer),
        None => document.key_place(&entry),
    };
    Diagnostic::error(place, say!("the reference `{key}` cannot be read: {why}", key, why))
        .hint(hint)
}

fn biblatex(file: &Arc<SourceFile>, problems: &mut Problems) -> Option<References> {
    use hayagriva::io::BibLaTeXError;
    match hayagriva::io::from_biblatex_str(&file.text) {
        Ok(library) => {
            let keys: Vec<String> = library.keys().map(str::to_owned).collect();
            let places = keys
                .iter()
                .map(|key| {
                    let at = file.text.find(&format!("{{{key},")).map_or(0, |at| at + 1);
                    (key.clone(), Place::new(file, at..at + key.len()))
                })
                .collect();
            Some(References { library, keys, places, file: file.clone() })
        }
        Err(errors) => {
            for error in errors {
                let (range, message) = match &error {
                    BibLaTeXError::Parse(error) => (error.span.clone(), error.kind.to_string()),
                    BibLaTeXError::Type(error) => (error.span.clone(), error.kind.to_string()),
                };
                problems.push(
                    Diagnostic::error(
                        Place::new(file, range),
                        say!("the references cannot be read: {message}", message),
                    )
                    .hint(say!("check the braces and commas of the entry")),
                );
            }
            None
        }
    }
}
