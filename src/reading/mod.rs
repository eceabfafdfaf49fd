//! From an author's folder to a [`Report`](model::Report), with every problem found on the way.

mod apparatus;
pub mod bibliography;
pub mod bounded;
mod calendar;
mod chart;
mod codes;
mod context;
pub mod declaration;
mod drawing;
mod encoding;
mod formula;
mod given;
mod grid;
mod growth;
mod house;
mod image;
mod length;
mod lists;
mod markdown;
pub mod model;
mod numbering;
mod parts;
mod paths;
mod plain;
mod project;
mod prose;
mod raised;
mod referable;
mod references;
mod rows;
mod schemas;
pub mod starter;
mod styles;
mod suppressions;
mod table;
mod table_block;
pub mod template;
mod text;
pub(crate) mod title;
mod variables;
mod written;

pub use ::variables::Given;
pub use drawing::Families;
pub use house::{
    Art, ArtCover, ArtPicture, House, HouseFonts, brand_file, colours_of, house_file, house_files,
    house_fonts, house_name, spots,
};
pub use image::{Made, Pictures, Pixels, Purpose, Ready};
pub(crate) use project::matches;
pub use project::{CONTENT, Project, shown};
pub use references::References;
pub use rows::{Row, rows};
pub use schemas::{schema_names, schemas, schemas_of};
pub(crate) use table::file_of as table_file;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use copydesk::{Prose, WordList};
use l10n::say;
use serde_json::json;
use source::yaml::{Document, child};
use source::{Diagnostic, Place, Problems, SourceFile, schema};

use crate::progress;
use crate::rules;
use ::variables::Variables;
use apparatus::Glossary;
use context::Context;
use declaration::Declared;
use drawing::Faces;
use model::{PartKind, Report, ReportConfig, Suppression};
pub(crate) use numbering::number_on_page;
use template::Template;

/// The name of the settings file below `content/`.
pub const SETTINGS: &str = "report.yaml";

/// Text that will be printed, with its location.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The characters.
    pub text: String,
    /// The location of the text.
    pub place: Place,
}

impl Printed {
    /// Returns the location of the character at `offset` of the text.
    pub fn place_of(&self, offset: usize) -> Place {
        let range = &self.place.range;
        let written = self.place.file.text.get(range.clone());
        // Escapes and entities make text and manuscript differ; then the whole run is named.
        let shift = written.and_then(|written| {
            // To look for it begins with reading all of it, for each character anew.
            let begins = written.starts_with(&self.text);
            if begins { Some(0) } else { written.find(&self.text) }
        });
        match shift {
            Some(shift) => {
                let start = range.start + shift + offset;
                let len = self.text[offset..].chars().next().map_or(0, char::len_utf8);
                Place::new(&self.place.file, start..start + len)
            }
            None => self.place.clone(),
        }
    }
}

/// Texts and suppressions read alongside the report itself.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// All text that will be printed.
    pub printed: Vec<Printed>,
    /// The running text among it, piece by piece, in the order of files.
    pub prose: Vec<Prose>,
    /// The author's suppressions.
    pub suppressions: Vec<Suppression>,
    /// What is written for other editions alone.
    pub hidden: Vec<String>,
}

impl Texts {
    /// Appends other texts.
    fn extend(&mut self, other: Texts) {
        self.printed.extend(other.printed);
        self.prose.extend(other.prose);
        self.suppressions.extend(other.suppressions);
        self.hidden.extend(other.hidden);
    }

    /// Takes the texts of a YAML document that are printed.
    fn print(&mut self, document: &Document) {
        self.printed.extend(
            document.texts().map(|(_, text, place)| Printed { text: text.to_owned(), place }),
        );
    }

    /// Takes the words that a template gave to settings: they are printed, but they are not the
    /// author's prose.
    fn print_declared(&mut self, settings: &Document) {
        let own = settings.file();
        let declared = settings.texts().filter(|(.., place)| !Arc::ptr_eq(&place.file, own));
        self.printed
            .extend(declared.map(|(_, text, place)| Printed { text: text.to_owned(), place }));
    }

    /// Takes the texts and the suppressions of a YAML document.
    fn add_yaml(&mut self, document: &Document, range: Range<usize>, problems: &mut Problems) {
        self.print(document);
        prose::of_yaml(document, &mut self.prose);
        prose::comments(document, problems);
        prose::marks(document, problems);
        suppressions::of_yaml(document.file(), range, problems, &mut self.suppressions);
    }
}

/// The result of loading a project's content.
pub struct Loaded {
    /// The report, its citations not yet numbered.
    pub report: Report,
    /// Its references, if any.
    pub references: Option<Arc<References>>,
    /// All its text.
    pub texts: Texts,
    /// The house's lists of words.
    pub lists: Vec<WordList>,
    /// The location of the citation style: in the settings, or where the template declares it.
    pub style_place: Place,
    /// Its template; `None` if there is none with its name, or its declaration is wrong.
    pub template: Option<Template>,
    /// Its pictures.
    pub pictures: Pictures,
    /// The house's brand, if it has one.
    pub house: Option<House>,
    /// The pictures of the house, and that of the cover.
    pub art: Art,
    /// Its variables, with their values.
    pub variables: Variables,
}

/// Reads the running text of one content file anew, as after a change to it: its pieces in order.
pub fn prose_of(project: &Project, keys: Option<&[String]>, file: &Arc<SourceFile>) -> Vec<Prose> {
    let (mut problems, mut texts) = (Problems::default(), Texts::default());
    if file.path.ends_with(".md") {
        let mut pictures = Pictures::default();
        let settings = project.text(SETTINGS, &Place::start_of(shown(SETTINGS))).ok();
        let settings =
            settings.and_then(|file| variables::settings(&file, project, &mut Problems::default()));
        let variables = settings.map(|(_, variables)| variables).unwrap_or_default();
        let mut context = Context {
            project,
            variables: &variables,
            keys,
            motifs: None,
            kinds: None,
            problems: &mut problems,
            texts: &mut texts,
            lang: "",
            faces: &Faces::default(),
            pictures: &mut pictures,
            trim: (0.0, 0.0),
        };
        parts::reread(file, &mut context);
    } else if file.path == shown(SETTINGS) {
        let settings = variables::settings(file, project, &mut problems);
        settings.iter().for_each(|(document, _)| prose::of_yaml(document, &mut texts.prose));
    } else if let Some(document) = Document::parse(file, 0..file.text.len(), &mut problems) {
        references::titles(&document, &mut texts.prose);
    }
    texts.prose.retain(|prose| prose.file.path == file.path && !prose.letters.is_empty());
    texts.prose.sort_by_key(|prose| prose.letters[0].at.start);
    texts.prose
}

/// Reads the settings. Where some are wrong, the others still lead to the parts, so that a fault
/// here hides none there.
fn settings(
    document: &mut Document,
    declared: &Declared,
    problems: &mut Problems,
) -> Option<ReportConfig> {
    if let Some(config) = schema::read(document, problems) {
        return Some(config);
    }
    // The schema takes any other key of `check` for a rule's.
    for (key, value) in document.value["check"].as_object().into_iter().flatten() {
        let place = document.place(&child("/check", key));
        let meant = value.is_array() && rules::named(key).is_none();
        problems.retain(|found| {
            if meant && found.place.as_ref() == Some(&place) {
                found.hints = vec![say!("did you mean `{meant}`?", meant = "lists")];
            }
            true
        });
    }
    schema::prune::<ReportConfig>(document);
    declared.complete(document);
    // What is missing must be there to go on; nothing of it is printed.
    let needed =
        [("title", json!("-")), ("publisher", json!({ "name": "-" })), ("date", json!("2000"))];
    let keys = document.value.as_object_mut()?;
    for (key, value) in needed {
        keys.entry(key).or_insert(value);
    }
    schema::read(document, &mut Problems::default())
}

/// Completes settings by what their template declares; returns both.
fn completed(
    document: &mut Document,
    project: &Project,
    problems: &mut Problems,
) -> (Option<Template>, Declared) {
    let template = Template::named_in(document, project, problems);
    let declared = template.as_ref().map(|template| Declared::of(template, problems));
    let declared = declared.unwrap_or_default();
    declared.complete(document);
    (template, declared)
}

/// Checks the settings of an edition, whose values the project has, and the files that they name;
/// returns the values of its variables.
pub(crate) fn check_settings_of(
    project: &Project,
    problems: &mut Problems,
) -> BTreeMap<String, String> {
    let Ok(file) = project.text(SETTINGS, &Place::start_of(shown(SETTINGS))) else {
        return BTreeMap::new();
    };
    let Some((mut document, variables)) = variables::settings(&file, project, problems) else {
        return BTreeMap::new();
    };
    let (_, declared) = completed(&mut document, project, problems);
    if let Some(mut config) = settings(&mut document, &declared, problems) {
        parts::check_settings(&mut config, &document, problems);
        let mut look = |name: &str, place: &Place| {
            _ = project.locate(name, place).map_err(|problem| problems.push(problem));
        };
        if let Some(icc) = &config.press.icc {
            look(icc, &document.place("/press/icc"));
        }
        for (at, part) in config.parts.iter().enumerate() {
            let place = document.place(&format!("/parts/{at}"));
            // What the file of the settings names is told when it is read.
            if !Arc::ptr_eq(&place.file, &file) && part.ends_with(".md") && !part.contains('*') {
                look(part, &place);
            }
        }
    }
    for (name, value) in variables.files() {
        let given = project.given().iter().find(|given| given.key == name);
        if let Some(given) = given
            && let Err(problem) = project.locate(value, &given.place)
        {
            problems.push(problem);
        }
    }
    variables.values().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The names that can be set in a project: variables, and keys of the settings.
pub(crate) fn known_names(project: &Project) -> impl Fn(&str) -> bool + use<> {
    let file = project.text(SETTINGS, &Place::start_of(shown(SETTINGS))).ok();
    let read = file.and_then(|file| variables::settings(&file, project, &mut Problems::default()));
    let names = read.map(|(_, variables)| variables).unwrap_or_default();
    move |name| names.has(name) || given::is_key(name)
}

/// Reads a project's content; returns `None` if there is no usable report.
///
/// Files are read and checked to the end whatever is wrong with others, so that an author sees all
/// problems at once. A report may come back beside errors: whether to go on is the caller's to say.
pub fn load(project: &Project, families: &Families, problems: &mut Problems) -> Option<Loaded> {
    let start = Place::start_of(shown(SETTINGS));
    let file = match project.text(SETTINGS, &start) {
        Ok(file) => file,
        Err(_) if !project.root().join(CONTENT).join(SETTINGS).exists() => {
            problems.push(
                Diagnostic::error(start, say!("the file `{shown}` is missing", shown = shown(SETTINGS))).hint(say!(
                    "run in a project folder, specify one with `--project`, or create one with `trendpress new`"
                )),
            );
            return None;
        }
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let (mut document, variables) = variables::settings(&file, project, problems)?;
    let mut texts = Texts::default();
    texts.add_yaml(&document, 0..file.text.len(), problems);
    let (template, declared) = completed(&mut document, project, problems);
    texts.print_declared(&document);
    let mut config = settings(&mut document, &declared, problems)?;
    progress::limits(config.limits.time, config.limits.memory);
    parts::check_settings(&mut config, &document, problems);

    let house = house::read(project, &config, &document, problems);
    if let Some(house) = &house {
        config.press.spots.extend(house.brand.spots());
    }
    let lists = lists::read(project, &config, &document, problems);
    let references = config.references.as_ref().and_then(|settings| {
        let asked = document.place("/references/file");
        References::read(project, &settings.file, &asked, problems, &mut texts)
    });
    let keys = match (&config.references, &references) {
        (None, _) if !document.is_written("/references") => Some(&[][..]),
        (_, Some(references)) => Some(&references.keys[..]),
        // The file is there but cannot be read, or is named wrongly: that is told already.
        (_, None) => None,
    };
    let motifs = declared.motifs.as_deref();
    let kinds = declared.kinds();
    let mut pictures = Pictures::default();
    let faces = declared.faces(families);
    let art = house::read_art(project, house.as_ref(), (&config, &document), &faces, problems);
    let lang = config.lang.clone();
    let side = |side: &String| length::in_mm(side).unwrap_or_default();
    let trim = (side(&config.trim[0]), side(&config.trim[1]));
    let mut context = Context {
        project,
        variables: &variables,
        keys,
        motifs,
        kinds: kinds.as_deref(),
        problems,
        texts: &mut texts,
        lang: &lang,
        faces: &faces,
        pictures: &mut pictures,
        trim,
    };
    let mut parts = parts::read(&config, &document, &mut context);
    let rules =
        numbering::Rules { captions: config.captions, lang: &lang, keys: keys.unwrap_or_default() };
    let numbered = numbering::number(&mut parts, &rules, context.problems);
    let mut glossary = match &config.glossary {
        Some(name) => {
            let asked = document.place("/glossary");
            let given = (&*lang, &variables);
            Glossary::read(project, (name, asked), given, context.problems, context.texts)
        }
        None => Glossary::default(),
    };
    let (terms, index) = apparatus::collect(&mut parts, &mut glossary, &config, context.problems);
    for runs in parts.iter_mut().flat_map(|part| part.content.runs_mut()) {
        bibliography::cite_in_text(runs, keys.unwrap_or_default());
    }
    numbering::arrange(&mut parts, config.footnotes, &config.lang);
    if let Some(references) = &references {
        let uncited = config.references.as_ref().is_some_and(|settings| settings.uncited);
        let cited = bibliography::cited(&mut parts);
        let list = parts.iter().find(|part| part.content.kind() == PartKind::References);
        // A part that is named wrongly may be the list.
        if list.is_none() && !cited.is_empty() && !problems.has_errors() {
            let place = document.key_place("/references");
            let message =
                say!("the works that are cited are not listed: the report has no references");
            let hint = say!("name `references` in `parts`");
            problems.push(Diagnostic::of(&rules::UNLISTED, place, message).hint(hint));
        }
        if let Some(part) = list.filter(|_| !uncited && cited.is_empty() && !problems.has_errors())
        {
            let place = part.place.clone();
            let hint = say!("remove it from `parts`, or cite works in the text: `[@key]`");
            problems.push(
                Diagnostic::of(&rules::NO_TEXT, place, say!("this list has no entries")).hint(hint),
            );
        }
        for key in references.keys.iter().filter(|key| uncited || cited.contains(*key)) {
            references.print(key, &mut texts, problems);
        }
    }
    if !problems.has_errors() {
        for (name, place) in variables.unused() {
            let message = say!("nothing asks for the variable `{name}`", name);
            let hint = say!("write `{{{{{name}}}}}` where it belongs, or remove it", name);
            problems.push(Diagnostic::of(&rules::UNUSED_VARIABLE, place, message).hint(hint));
        }
    }
    let suppressions = std::mem::take(&mut texts.suppressions);
    let finished_cover = art.cover.as_ref().is_some_and(ArtCover::is_finished);
    Some(Loaded {
        report: Report {
            config,
            parts,
            place: document.key_place("/parts"),
            signature: document.place("/press/signature"),
            numbered,
            terms,
            index,
            references: vec![],
            suppressions,
            finished_cover,
        },
        references,
        texts,
        lists,
        style_place: document.place("/references/style"),
        template: template.filter(|_| declared.motifs.is_some()),
        pictures,
        house,
        art,
        variables,
    })
}
