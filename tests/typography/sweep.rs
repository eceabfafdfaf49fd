//! Texts typeset in many measures: content, through the library, to the glyphs of a PDF.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use serde_json::{Value, json};
use trendpress::Session;
use trendpress::setting::compile::compile;
use trendpress::setting::inputs::Prepared;
use trendpress::setting::world::{Files, Fonts, ReportWorld};
use trendpress::source::Problems;
use typst::foundations::Bytes;
use typst_pdf::PdfOptions;

use super::lines::{self, Block};
use crate::project::{Project, repository};
use crate::specimen::specimen;
use testkit::pdf::{File, Page};

/// The space around the text on a sheet's page, in ems: a trimmed bracket's glyph begins left of
/// its ink.
pub(super) const MARGIN: f64 = 3.0;

/// The text's size in points.
pub(super) const SIZE: f64 = 10.0;

/// A change to what is compiled: the control takes a remedy out.
#[derive(Clone, Copy, Default)]
pub(super) struct Change {
    /// An edit of a block's JSON.
    pub data: Option<fn(&mut Value)>,
    /// Replacements in the kit's files of type and in the sheet; each must be there.
    pub template: &'static [(&'static str, &'static str)],
    /// Tracking, in per cent of an em.
    pub tracking: i32,
    /// Another region than the report's.
    pub region: Option<&'static str>,
}

/// A text that can be set.
pub(super) struct Text {
    prepared: Prepared,
    fonts: Arc<Fonts>,
    blocks: Vec<Value>,
}

impl Text {
    /// The running text of the 2025 report, where the specimen is at hand.
    pub(super) fn report() -> Option<Self> {
        specimen().as_ref().map(Self::of)
    }

    /// A file of `texts/`.
    pub(super) fn named(name: &str) -> Self {
        Self::in_language(name, "zh-CN")
    }

    /// A file of `texts/` in a report of a language.
    pub(super) fn in_language(name: &str, lang: &str) -> Self {
        let texts = repository().join("tests/typography/texts");
        let project = Project::empty();
        let settings = format!(
            "title: 试排\nlang: {lang}\npublisher: {{name: 试排}}\ndate: 2025-01\nreferences: {{file: references.yaml}}\nparts: [text.md]\n"
        );
        project.write("content/report.yaml", settings);
        let reference =
            |key: &str| format!("{key}:\n  type: article\n  title: {key}\n  date: 2024\n");
        project.write("content/references.yaml", ["alpha", "beta"].map(reference).concat());
        project
            .write("content/text.md", fs::read(texts.join(format!("{name}.md"))).expect("a text"));
        Self::of(&project)
    }

    fn of(project: &Project) -> Self {
        let session =
            Session::open(project.path(), false).unwrap_or_else(|error| panic!("{error:?}"));
        let prepared = session.prepare().unwrap_or_else(|error| panic!("{error:?}"));
        let fonts = Arc::new(Fonts::of(session.root(), None, false).expect("fonts"));
        let mut blocks = vec![];
        for (path, bytes) in
            prepared.files.kept().filter(|(path, _)| path.starts_with("/data/parts/"))
        {
            let part: Value =
                serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
            let written = part["blocks"].as_array().into_iter().flatten();
            let in_column = |block: &&Value| {
                ["paragraph", "list", "quote"].iter().any(|kind| block["block"] == *kind)
            };
            blocks.extend(written.filter(in_column).cloned());
        }
        Self { prepared, fonts, blocks }
    }

    /// Sets each block of the text in each measure (in ems), and reads the PDF.
    pub(super) fn set(
        &self,
        measures: &[u32],
        change: Change,
        keep_as: Option<&str>,
    ) -> Vec<Block> {
        let (blocks, pages) = self.pages("sheet", measures, change, keep_as);
        assert_eq!(pages.len(), measures.len() * blocks.len(), "a block a page");
        let of_page =
            measures.iter().flat_map(|measure| blocks.iter().map(move |block| (*measure, block)));
        pages
            .iter()
            .zip(of_page)
            .map(|(page, (measure, block))| lines::block(page, measure, block))
            .collect()
    }

    /// Sets the text in columns of the given numbers of lines.
    pub(super) fn columns(
        &self,
        heights: &[u32],
        change: Change,
        keep_as: Option<&str>,
    ) -> Vec<Page> {
        self.pages("columns", heights, change, keep_as).1
    }

    /// Compiles a file beside this one, without its ending, that needs none of the text.
    pub(super) fn file(&self, name: &str, change: Change) -> Vec<Page> {
        self.pages(name, &[], change, None).1
    }

    /// Compiles one of the sheets beside this file; also gives the blocks that went into it.
    fn pages(
        &self,
        sheet: &str,
        measures: &[u32],
        change: Change,
        keep_as: Option<&str>,
    ) -> (Vec<Value>, Vec<Page>) {
        let mut blocks = self.blocks.clone();
        if let Some(edit) = change.data {
            blocks.iter_mut().for_each(edit);
        }
        let mut kept: BTreeMap<String, Vec<u8>> = self
            .prepared
            .files
            .kept()
            .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
            .collect();
        let main = format!("/{sheet}.typ");
        kept.insert(
            main.clone(),
            fs::read(repository().join(format!("tests/typography{main}"))).expect("the sheet"),
        );
        let data = json!({ "measures": measures, "blocks": blocks, "margin": MARGIN, "tracking": change.tracking });
        kept.insert("/data/sheet.json".into(), data.to_string().into_bytes());
        change.apply(&mut kept, &main);
        let mut files = Files::new();
        for (path, bytes) in kept {
            files.keep(path, Bytes::new(bytes));
        }
        let world = ReportWorld::new(self.fonts.clone(), files, &main);
        let mut problems = Problems::default();
        let document = compile(&world, &mut problems)
            .map(|pass| pass.document)
            .unwrap_or_else(|| panic!("{problems:?}"));
        // Without tags: that is quicker, and glyphs lie where they lie.
        let options = PdfOptions { tagged: false, ..PdfOptions::default() };
        let bytes =
            typst_pdf::pdf(&document, &options).unwrap_or_else(|errors| panic!("{errors:?}"));
        if let Some(name) = keep_as {
            let path = repository().join(format!("target/typography/{name}.pdf"));
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, &bytes).expect("the sheets");
        }
        (blocks, File::open(bytes).pages())
    }
}

impl Change {
    fn apply(self, files: &mut BTreeMap<String, Vec<u8>>, sheet: &str) {
        for (from, to) in self.template {
            let mut found = false;
            let kit = ["blocks", "theme", "faces", "language"];
            let kit = kit.map(|name| format!("/templates/kit/{name}.typ"));
            for path in kit.iter().map(String::as_str).chain([sheet]) {
                let bytes = files.get_mut(path).expect("a file of the template");
                let text = String::from_utf8(std::mem::take(bytes)).expect("UTF-8");
                found |= text.contains(from);
                *bytes = text.replace(from, to).into_bytes();
            }
            assert!(found, "`{from}` is not in the template");
        }
        if let Some(region) = self.region {
            let bytes = files.get_mut("/data/report.json").expect("the report's data");
            let mut report: Value = serde_json::from_slice(bytes).expect("JSON");
            report["region"] = region.into();
            *bytes = report.to_string().into_bytes();
        }
    }
}
