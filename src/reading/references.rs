//! The list of references as written, in Hayagriva YAML or BibLaTeX: its keys and their
//! locations.
//!
//! Both come to the same values, which are guarded against what hayagriva would change.

mod bib;
pub(super) mod guard;
pub(super) mod html;
mod marked;
mod unprinted;
mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

use hayagriva::{Entry, Library};
use serde_json::{Value, json};

pub(super) use yaml::titles;

use super::{Printed, Project, Texts, encoding, suppressions};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Problems, SourceFile};

/// The references of a report.
pub struct References {
    /// The entries in order.
    pub library: Library,
    /// Their keys in the same order.
    pub keys: Vec<String>,
    /// Addresses as they stand, by the form in which hayagriva prints them.
    pub addresses: BTreeMap<String, String>,
    places: BTreeMap<String, Place>,
    asides: BTreeMap<String, Aside>,
    file: Arc<SourceFile>,
}

/// An entry as written.
struct Read {
    key: String,
    place: Place,
    /// What hayagriva has read, where that is the value.
    entry: Option<Entry>,
    value: Value,
    address: Option<String>,
    aside: Aside,
}

/// What matters of an entry only where it is printed: a library may hold hundreds that are not.
#[derive(Default)]
struct Aside {
    printed: Vec<Printed>,
    told: Vec<Diagnostic>,
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
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let format = match &*ending {
            "ris" => Some("RIS"),
            "enw" => Some("EndNote"),
            "json" => Some("CSL JSON"),
            "nbib" => Some("PubMed"),
            "xml" | "enl" | "docx" | "doc" | "txt" | "rdf" => Some("…"),
            _ => None,
        };
        if let Some(format) = format {
            let message = match format {
                "…" => say!("`{name}` is no file of references", name),
                _ => say!("`{name}` is a file of references in {format}", name, format),
            };
            problems.push(Diagnostic::error(asked.clone(), message).hint(say!(
                "export the references as BibTeX (`.bib`), or convert them in Zotero or JabRef"
            )));
            return None;
        }
        let file = match ending == "bib" {
            true => encoding::text(project, name, asked, problems),
            false => project.text(name, asked).map_err(|problem| problems.push(problem)).ok(),
        }?;
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

    /// Takes the texts of an entry that is printed, and tells what of it will not be.
    pub(super) fn print(&self, key: &str, texts: &mut Texts, problems: &mut Problems) {
        let Some(aside) = self.asides.get(key) else { return };
        texts.printed.extend(aside.printed.iter().cloned());
        problems.extend(aside.told.iter().cloned());
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
    let references = if file.path.to_lowercase().ends_with(".bib") {
        let read = bib::read(file, &mut problems);
        suppressions::of_bib(file, &mut problems, &mut texts.suppressions);
        let references = assembled(file, read, &mut problems);
        // Where entries are broken, a key that is not found may be theirs: no citation is judged,
        // and what is to be told of the others is told now.
        let broken = problems.has_errors();
        let asides = references.asides.values().filter(|_| broken);
        problems.extend(asides.flat_map(|aside| aside.told.iter().cloned()));
        (!broken).then_some(references)
    } else {
        yaml::read(file, &mut problems, &mut texts).map(|read| assembled(file, read, &mut problems))
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

/// Makes the library: of entries that hayagriva has read, those that it would change are read
/// again, guarded.
fn assembled(file: &Arc<SourceFile>, read: Vec<Read>, problems: &mut Problems) -> References {
    let (mut library, mut addresses) = (Library::new(), BTreeMap::new());
    let (mut places, mut asides) = (BTreeMap::new(), BTreeMap::new());
    for Read { key, place, entry, mut value, address, aside } in read {
        let changed = guard::entry(&mut value);
        let known = entry.filter(|_| !changed);
        // JSON is YAML too.
        let entry = known.map_or_else(
            || {
                let alone = json!({ &key: value }).to_string();
                hayagriva::io::from_yaml_str(&alone).map(|library| library.nth(0).cloned())
            },
            |entry| Ok(Some(entry)),
        );
        match entry {
            Ok(Some(entry)) => {
                if let (Some(url), Some(address)) = (entry.url_any(), address) {
                    let url = url.value.to_string();
                    if url != address {
                        addresses.insert(url, address);
                    }
                }
                library.push(&entry);
            }
            Ok(None) => {}
            Err(error) => {
                let why = error.to_string();
                let why = why.split(" at line ").next().unwrap_or(&why);
                let message = say!(
                    "the reference `{key}` cannot be read: {why}",
                    key,
                    why = guard::plain(why)
                );
                problems.push(Diagnostic::error(place.clone(), message));
            }
        }
        places.insert(key.clone(), place);
        asides.insert(key, aside);
    }
    let keys = library.keys().map(str::to_owned).collect();
    References { library, keys, addresses, places, asides, file: file.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"@string{p = "Press"}
@article{a, title = {On {H}$_2$O --- a \emph{Review} of G{\"o}del}, author = {Li, A and {Some Body} and 张 三 and others},
  journal = "J" # p, year = 2020, month = may, pages = {1--5, 7}, url = {https://a.cn/x\_y}, crossref = {b}}
@standard{b, title={规则}, number={GB/T 1---2015}, author={甲；乙、丙}, date={2023年5月}, howpublished={\url{http://a.cn/}}}
"#;

    fn file(text: String) -> Arc<SourceFile> {
        Arc::new(SourceFile { path: "r.bib".into(), text })
    }

    /// A sound file with some characters dropped, doubled or changed is read to its end, whatever
    /// is wrong with it, and each place that is told lies within it.
    #[test]
    fn broken_files_are_read_to_their_end() {
        let mut seed: u64 = 7;
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        let marks = ['{', '}', '\\', '$', ',', '=', '"', '@', '#', '\n', '，', '9', '-', '_', '^'];
        for _ in 0..3000 {
            let mut chars: Vec<char> = SOUND.chars().collect();
            for _ in 0..1 + random(6) {
                let at = random(chars.len());
                match random(3) {
                    0 => _ = chars.remove(at),
                    1 => chars.insert(at, marks[random(marks.len())]),
                    _ => chars[at] = marks[random(marks.len())],
                }
            }
            let file = file(chars.into_iter().collect());
            let mut problems = Problems::default();
            let read = bib::read(&file, &mut problems);
            let references = assembled(&file, read, &mut problems);
            for problem in problems.sorted() {
                let place = problem.place.unwrap_or_else(|| Place::new(&file, 0..0));
                assert!(file.text.get(place.range.clone()).is_some(), "{place}\n{}", file.text);
            }
            assert_eq!(references.keys.len(), references.library.len());
        }
    }

    #[test]
    fn a_sound_file_has_no_problems() {
        let file = file(SOUND.to_owned());
        let mut problems = Problems::default();
        let read = bib::read(&file, &mut problems);
        assert!(read.iter().all(|read| read.aside.told.is_empty()));
        let references = assembled(&file, read, &mut problems);
        assert_eq!((references.keys.len(), problems.len()), (2, 0));
    }
}
