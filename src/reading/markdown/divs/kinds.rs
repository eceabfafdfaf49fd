//! The classes of divs: which there are, and which of them one is of.

use std::ops::Range;

use super::super::attributes::Attributes;
use super::super::{Converter, here};
use crate::reading::model::BoxKind;
use crate::reading::referable::Referable;
use l10n::say;

/// What a div becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A box of blocks.
    Box(BoxKind),
    /// Large numbers.
    Kpi,
    /// Pictures side by side.
    Figures,
    /// A picture to the trim and beyond.
    Bleed,
    /// A table, with its label and title around it.
    Table,
}

/// All classes, those first that are the names of kinds; the last of a kind are other programs'.
const CLASSES: [(&str, Kind); 18] = [
    ("box", Kind::Box(BoxKind::Box)),
    ("note", Kind::Box(BoxKind::Note)),
    ("tip", Kind::Box(BoxKind::Tip)),
    ("warning", Kind::Box(BoxKind::Warning)),
    ("aside", Kind::Box(BoxKind::Aside)),
    ("summary", Kind::Box(BoxKind::Summary)),
    ("quote", Kind::Box(BoxKind::Quote)),
    ("signed", Kind::Box(BoxKind::Signed)),
    ("kpi", Kind::Kpi),
    ("figures", Kind::Figures),
    ("bleed", Kind::Bleed),
    ("landscape", Kind::Box(BoxKind::Landscape)),
    ("callout-note", Kind::Box(BoxKind::Note)),
    ("callout-tip", Kind::Box(BoxKind::Tip)),
    ("callout-warning", Kind::Box(BoxKind::Warning)),
    ("callout-important", Kind::Box(BoxKind::Warning)),
    ("callout-caution", Kind::Box(BoxKind::Warning)),
    ("abstract", Kind::Box(BoxKind::Summary)),
];

/// How many of them are the names of kinds.
const OWN: usize = 12;

/// The classes that can stand beside that of a kind, or alone.
const OTHERS: [&str; 3] = ["wide", "unnumbered", here::CLASS];

/// The kind of a class, whatever its case.
pub(super) fn of(class: &str) -> Option<Kind> {
    CLASSES.iter().find(|(name, _)| name.eq_ignore_ascii_case(class)).map(|(_, kind)| *kind)
}

impl Kind {
    /// The keys that its attributes can have.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Box(BoxKind::Quote) => &["name", "titles", "portrait"],
            Self::Box(BoxKind::Signed) => &["name", "titles", "portrait", "signature"],
            Self::Box(BoxKind::Plain | BoxKind::Landscape) | Self::Bleed => &[],
            Self::Box(_) => &["title"],
            Self::Kpi => &["title", "source"],
            Self::Figures => &["title", "fig-cap", "en", "layout-ncol"],
            Self::Table => &["title", "tbl-cap"],
        }
    }

    /// What its label names; `None` if it can have none.
    fn labelled(self) -> Option<Referable> {
        match self {
            Self::Box(BoxKind::Box) => Some(Referable::Box),
            Self::Figures => Some(Referable::Figure),
            Self::Table => Some(Referable::Table),
            _ => None,
        }
    }
}

impl Converter<'_, '_> {
    /// Returns the kind of a div with these attributes, which are checked; `None` if it has none.
    pub(super) fn div_kind(&mut self, attributes: &Attributes) -> Option<Kind> {
        let mut kinds = attributes.classes().filter_map(|(class, at)| Some((of(class)?, at)));
        let (first, second) = (kinds.next(), kinds.next());
        if let Some((_, at)) = second {
            let at = at.clone();
            self.error(
                &at,
                say!("a box is of one kind"),
                say!("remove one of the classes; `.wide` can stand beside any"),
            );
        }
        let kind = first.map(|(kind, _)| kind).or_else(|| implied(attributes));
        let known: Vec<&str> = CLASSES.iter().map(|(name, _)| *name).chain(OTHERS).collect();
        let lower = |class: &str| known.iter().any(|name| name.eq_ignore_ascii_case(class));
        if kind.is_none() && attributes.classes().all(|(class, _)| lower(class)) {
            let range = attributes.range.clone();
            let classes = CLASSES[..OWN].iter().map(|(name, _)| format!(".{name}"));
            let classes = classes.collect::<Vec<_>>().join("`, `");
            self.error(
                &range,
                say!("nothing says what kind of box this is"),
                say!("give it one of the classes `{classes}`", classes),
            );
            return None;
        }
        let shown: Vec<&str> = attributes
            .classes()
            .filter(|(class, _)| lower(class))
            .map(|(class, _)| class)
            .chain(CLASSES[..OWN].iter().map(|(name, _)| *name))
            .chain(OTHERS)
            .collect();
        let keys = kind.map_or(&[][..], Kind::keys).iter().copied().chain(here::KEYS);
        let keys: Vec<&str> = keys.collect();
        self.check_attributes(attributes, &say!("a box"), &shown, &keys);
        let kind = kind?;
        if let (Some((id, at)), None) = (attributes.id(), kind.labelled()) {
            let (id, at) = (id.to_owned(), at.clone());
            self.label_without_number(&id, &at);
        }
        Some(kind)
    }

    fn label_without_number(&mut self, id: &str, at: &Range<usize>) {
        self.error(
            at,
            say!("`{id}` cannot be the label of this", id),
            say!("of boxes only `.box` and `.figures` have numbers: remove the label"),
        );
    }
}

/// The kind that a label, a key or another class says.
fn implied(attributes: &Attributes) -> Option<Kind> {
    let of_label = attributes.id().and_then(|(id, _)| match Referable::of(id)? {
        Referable::Box => Some(Kind::Box(BoxKind::Box)),
        Referable::Figure => Some(Kind::Figures),
        Referable::Table => Some(Kind::Table),
        _ => None,
    });
    let grid = attributes.value("layout-ncol").map(|_| Kind::Figures);
    let plain = ["wide", here::CLASS];
    let wide = attributes
        .classes()
        .any(|(class, _)| plain.iter().any(|own| class.eq_ignore_ascii_case(own)));
    of_label.or(grid).or(wide.then_some(Kind::Box(BoxKind::Plain)))
}
