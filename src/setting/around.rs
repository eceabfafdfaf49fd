//! What stands around an item of a page: the marks and elements that are open where it is drawn.

use typst::foundations::{Content, Label};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::model::FootnoteEntry;
use typst::pdf::ArtifactElem;
use typst::utils::PicoStr;

/// What is open at a place in the order in which pages are drawn.
pub(super) struct Around {
    labels: [Option<Label>; 4],
    /// Whether it is a head or a folio, which the template marks.
    pub(super) aside: bool,
    /// Whether it is a thing that spans the columns.
    pub(super) thing: bool,
    /// What is drawn for the eye alone, such as large numerals behind a title.
    ornaments: Vec<Location>,
    /// The footnotes: each with its mark.
    notes: Vec<(Location, Location)>,
}

impl Around {
    pub(super) fn new() -> Self {
        let names = ["aside-from", "aside-to", "thing", "thing-end"];
        Self {
            labels: names.map(|name| Label::new(PicoStr::intern(name))),
            aside: false,
            thing: false,
            ornaments: vec![],
            notes: vec![],
        }
    }

    /// Whether it is no content.
    pub(super) fn is_ornament(&self) -> bool {
        !self.ornaments.is_empty()
    }

    /// The footnote: where its mark stands.
    pub(super) fn note(&self) -> Option<Location> {
        self.notes.last().map(|(_, mark)| *mark)
    }

    /// Passes the beginning or the end of an element.
    pub(super) fn pass(&mut self, tag: &Tag) {
        match tag {
            Tag::Start(content, _) => self.begin(content),
            Tag::End(location, ..) => {
                self.ornaments.retain(|open| open != location);
                self.notes.retain(|(open, _)| open != location);
            }
        }
    }

    fn begin(&mut self, content: &Content) {
        if content.is::<MetadataElem>() {
            let [aside, back, thing, end] = self.labels;
            match content.label() {
                None => {}
                label if label == aside => self.aside = true,
                label if label == back => self.aside = false,
                label if label == thing => self.thing = true,
                label if label == end => self.thing = false,
                _ => {}
            }
        } else if content.is::<ArtifactElem>() {
            self.ornaments.extend(content.location());
        } else if let Some(entry) = content.to_packed::<FootnoteEntry>() {
            self.notes.extend(content.location().zip(entry.note.location()));
        }
    }
}
