//! Small reports to start from, which render at once, with settings and schemas for editors: one
//! for each template and language.

use std::path::Path;

use include_dir::{Dir, File, include_dir};

use crate::error::Error;
use crate::output::{Outputs, write_folder};
use crate::reading;

/// The folder of a project with the JSON Schemas, for editors that work offline.
pub const SCHEMAS: &str = "schemas";

/// The templates that there are reports for; the first is the default.
pub const TEMPLATES: [&str; 2] = ["report", "paper"];

/// The languages that they are written in, by their short codes; the first is the default.
pub const LANGUAGES: [&str; 2] = ["zh", "en"];

static STARTERS: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/reading/starter");

/// What all of them have.
const COMMON: &str = "common";

/// A report to start from.
#[derive(Debug, Clone)]
pub struct Starter {
    template: &'static str,
    folder: &'static Dir<'static>,
}

impl Starter {
    /// Returns the report for a template in a language; `None` if there is none.
    pub fn of(template: &str, language: &str) -> Option<Self> {
        let template = TEMPLATES.into_iter().find(|name| *name == template)?;
        let folder = STARTERS.get_dir(format!("{template}-{language}"))?;
        Some(Self { template, folder })
    }

    /// Returns the path of the text that an author changes first.
    pub fn text(&self) -> &'static str {
        match self.template {
            "report" => "content/trends/01-first.md",
            _ => "content/chapters/01-first.md",
        }
    }

    /// Writes it, settings for VS Code and the JSON Schemas into a new or empty folder, which no
    /// report's sources hold.
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        let mut out = vec![];
        for dir in STARTERS.get_dir(COMMON).into_iter().chain([self.folder]) {
            for file in files(dir) {
                let path = file.path().strip_prefix(dir.path()).unwrap_or(file.path());
                out.push((path.to_owned(), file.contents().to_vec()));
            }
        }
        for (name, schema) in reading::schemas() {
            let path = Path::new(SCHEMAS).join(format!("{name}.json"));
            out.push((path, format!("{schema:#}\n").into_bytes()));
        }
        write_folder(&Outputs::default(), folder, &out)
    }
}

/// Writes the report for the first template in the first language into a new or empty folder.
pub fn write(folder: &Path) -> Result<(), Error> {
    let [template, language] = [TEMPLATES[0], LANGUAGES[0]];
    Starter::of(template, language).expect("a test finds each").write(folder)
}

/// Returns the files of a folder and of those in it.
fn files(dir: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    dir.files().chain(dir.dirs().flat_map(files)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_template_has_a_report_in_each_language() {
        for template in TEMPLATES {
            for language in LANGUAGES {
                let found = Starter::of(template, language).expect("a starter");
                let text = found.folder.path().join(found.text());
                assert!(STARTERS.get_file(&text).is_some(), "{}", text.display());
            }
        }
        assert!(Starter::of("report", "fr").is_none() && Starter::of("common", "zh").is_none());
    }
}
