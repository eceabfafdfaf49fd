//! Tests of `trendpress data`: a folder from which any Typst makes the same pages.

use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

use crate::project::{Project, repository};
use crate::specimen::reports;
use testkit::pdf::File;

/// The plainest world there is: a folder and some fonts, as the stock `typst compile` has them.
struct Plain {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    root: PathBuf,
    main: FileId,
}

impl Plain {
    fn new(root: PathBuf, main: &str) -> Self {
        let mut fonts = vec![];
        for family in ["report-sc", "source-sans-3", "source-serif-4", "stix-two-math"] {
            let folder = repository().join("fonts").join(family);
            let mut files: Vec<_> = std::fs::read_dir(folder)
                .expect("fonts")
                .map(|e| e.expect("a file").path())
                .collect();
            files.sort();
            fonts.extend(
                files
                    .iter()
                    .flat_map(|file| Font::iter(Bytes::new(std::fs::read(file).expect("a file")))),
            );
        }
        let main =
            RootedPath::new(VirtualRoot::Project, VirtualPath::new(main).expect("a path")).intern();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { library: LazyHash::new(Library::default()), book, fonts, root, main }
    }
}

impl World for Plain {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text =
            String::from_utf8(self.file(id)?.to_vec()).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = self.root.join(id.get().vpath().get_without_slash());
        std::fs::read(&path).map(Bytes::new).map_err(|error| FileError::from_io(error, &path))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[test]
fn the_stock_compiler_sets_the_same_text_on_the_same_pages() {
    for project in reports() {
        makes_the_same_pages(&project);
    }
}

/// Holds that the stock compiler makes a report's pages of what `data` writes.
pub(crate) fn makes_the_same_pages(project: &Project) {
    project.run(&["render", "report.pdf"]).ok();
    let run = project.run(&["data", "out"]).ok();
    assert!(run.stdout.starts_with("typst compile --root out "), "{}", run.stdout);
    assert!(run.stdout.contains(" --font-path out/fonts "), "{}", run.stdout);
    assert!(project.join("out/fonts/report-sc/ReportSerifSC-Regular.otf").is_file());
    let world = Plain::new(project.join("out"), "/templates/report/main.typ");
    let document =
        typst::compile::<PagedDocument>(&world).output.expect("the stock compiler is content");
    let stock = typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).expect("a PDF");
    let ours = File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages();
    let stock = File::open(stock).pages();
    assert_eq!(ours.len(), stock.len());
    for (index, (ours, stock)) in ours.iter().zip(&stock).enumerate() {
        assert_eq!(ours.text(), stock.text(), "page {}", index + 1);
        for (a, b) in ours.glyphs.iter().zip(&stock.glyphs) {
            assert!(
                (a.x - b.x).abs() < 0.01 && (a.y - b.y).abs() < 0.01,
                "page {}: {a:?} {b:?}",
                index + 1
            );
        }
    }
}

#[test]
fn a_folder_with_files_in_it_is_refused() {
    let project = Project::starter();
    project.write("out/keep.txt", "mine");
    let run = project.run(&["data", "out"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(project.read("out/keep.txt"), "mine");
}
