//! Fields that references of their kind need, and how each is written.

use hayagriva::Entry;
use hayagriva::types::EntryType;

use crate::reading::References;
use crate::rules;
use l10n::say;
use source::{Diagnostic, Problems};

/// What a reference may lack.
#[derive(Clone, Copy)]
enum Field {
    Title,
    Date,
    Author,
    Publisher,
    Parent,
    Address,
    Number,
}

impl Field {
    fn name(self) -> String {
        match self {
            Self::Title => say!("title"),
            Self::Date => say!("date"),
            Self::Author => say!("author or publisher"),
            Self::Publisher => say!("publisher"),
            Self::Parent => say!("containing publication"),
            Self::Address => say!("address"),
            Self::Number => say!("number"),
        }
    }

    /// How it is written in Hayagriva YAML.
    fn in_yaml(self) -> String {
        match self {
            Self::Title => say!("add `title:`"),
            Self::Date => say!("add `date:`, such as `2024` or `2024-05-17`"),
            Self::Author => say!("add `author:`, `organization:` or `publisher:`"),
            Self::Publisher => say!("add `publisher:` or `organization:`"),
            Self::Parent => {
                say!("add `parent:` with its title, or an `archive-location` or `url`")
            }
            Self::Address => say!("add `url:`"),
            Self::Number => say!("add `serial-number:`"),
        }
    }

    /// How it is written in BibTeX.
    fn in_bib(self) -> String {
        match self {
            Self::Title => say!("add `title = {{…}}`"),
            Self::Date => say!("add `date = {{2024-05-17}}` or `year = {{2024}}`"),
            Self::Author => {
                say!("add `author = {{…}}`, `organization = {{…}}` or `publisher = {{…}}`")
            }
            Self::Publisher => {
                say!("add `publisher = {{…}}`, `institution = {{…}}` or `school = {{…}}`")
            }
            Self::Parent => {
                say!("add `journal = {{…}}` or `booktitle = {{…}}`, or an `eprint` or `url`")
            }
            Self::Address => say!("add `url = {{…}}`"),
            Self::Number => say!("add `number = {{…}}`"),
        }
    }
}

/// Checks for fields that entries of their kind need, that the style prints, and that are
/// missing.
pub fn fields(references: &References, csl: &str, problems: &mut Problems) {
    for entry in references.library.iter() {
        let Some(place) = references.place(entry.key()) else { continue };
        for field in missing(entry, csl) {
            let message =
                say!("`{key}` has no {missing}", key = entry.key(), missing = field.name());
            let hint = if place.file.path.to_lowercase().ends_with(".bib") {
                field.in_bib()
            } else {
                field.in_yaml()
            };
            problems.push(Diagnostic::of(&rules::MISSING_FIELD, place.clone(), message).hint(hint));
        }
    }
}

/// Returns the fields that an entry lacks.
fn missing(entry: &Entry, csl: &str) -> Vec<Field> {
    let prints = |variable: &str| {
        let quoted = |mark: char| csl.contains(&format!("variable={mark}{variable}{mark}"));
        quoted('"')
            || quoted('\'')
            || csl.contains(&format!("variable=\"{variable} "))
            || csl.contains(&format!(" {variable}\""))
    };
    let parents = entry.parents();
    let parent_title = parents.iter().any(|parent| parent.title().is_some());
    let issued_by = entry.publisher().is_some()
        || entry.organization().is_some()
        || parents.iter().any(|parent| parent.publisher().is_some());
    let found_at = entry.url_any().is_some()
        || entry.serial_number().is_some_and(|serials| !serials.0.is_empty())
        || entry.archive_location().is_some();
    let mut out = vec![];
    let mut need = |there: bool, variable: &str, field| {
        if !there && prints(variable) {
            out.push(field);
        }
    };
    need(entry.title().is_some(), "title", Field::Title);
    need(entry.date_any().is_some(), "issued", Field::Date);
    let someone = entry.authors().is_some_and(|authors| !authors.is_empty())
        || entry.editors().is_some_and(|editors| !editors.is_empty());
    // A site may be its own author.
    let site = matches!(
        entry.entry_type(),
        EntryType::Web | EntryType::Blog | EntryType::Post | EntryType::Thread
    );
    need(someone || issued_by || parent_title || site, "author", Field::Author);
    match entry.entry_type() {
        EntryType::Book | EntryType::Thesis | EntryType::Report | EntryType::Proceedings => {
            // What an office writes it issues itself.
            let own = *entry.entry_type() == EntryType::Report && someone;
            need(issued_by || found_at || own, "publisher", Field::Publisher);
        }
        EntryType::Article | EntryType::Chapter | EntryType::Entry | EntryType::Anthos => {
            need(parent_title || found_at, "container-title", Field::Parent);
        }
        EntryType::Web | EntryType::Blog | EntryType::Post | EntryType::Thread => {
            need(entry.url_any().is_some(), "URL", Field::Address);
        }
        EntryType::Patent | EntryType::Legislation => {
            need(found_at, "number", Field::Number);
        }
        _ => {}
    }
    out
}
