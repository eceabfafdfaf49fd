//! Links by name, whose places are put in when the pages are done.
//!
//! A link to a label has Typst set its paragraph anew whenever the label's page changes, for it tells
//! readers who hear the pages that number. A link by name (`flow.link-to`, in `templates/flow.typ`)
//! leaves the paragraph as it is. For the stock compiler the places are a file.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use typst::foundations;
use typst::introspection::{MetadataElem, PagedPosition};
use typst::layout::{Frame, FrameItem};
use typst::model::Destination;
use typst_layout::PagedDocument;

use super::notes;

/// The label of what links by name lead to; the name is its value.
const TARGET: &str = "target";

/// Where each name stands; the first place counts.
pub(super) fn targets(document: &PagedDocument) -> BTreeMap<String, PagedPosition> {
    let introspector = document.introspector();
    let mut out = BTreeMap::new();
    for content in notes::elements(document, TARGET) {
        let name = content.to_packed::<MetadataElem>().map(|note| note.value.clone());
        let place = content.location().and_then(|location| introspector.position(location));
        if let (Some(foundations::Value::Str(name)), Some(place)) = (name, place) {
            out.entry(name.to_string()).or_insert(place);
        }
    }
    out
}

/// Where links by name lead: `{"NAME": {"page": 22, "x": 60.5, "y": 120.25}}`, in points from the
/// page's upper left corner.
pub(super) fn places(document: &PagedDocument) -> Value {
    let place = |(name, at): (String, PagedPosition)| {
        let [x, y] = [at.point.x, at.point.y].map(|side| (side.to_pt() * 1000.0).round() / 1000.0);
        (name, json!({ "page": at.page.get(), "x": x, "y": y }))
    };
    Value::Object(targets(document).into_iter().map(place).collect())
}

/// Whether a link in a frame leads somewhere by name; notes those that lead nowhere. An address has
/// a scheme, and with it a colon.
pub(super) fn leads(
    frame: &Frame,
    targets: &BTreeMap<String, PagedPosition>,
    astray: &mut BTreeSet<String>,
) -> bool {
    let mut any = false;
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => any |= leads(&group.frame, targets, astray),
            FrameItem::Link(Destination::Url(name), _) => {
                let found = targets.contains_key(name.as_str());
                if !found && !name.contains(':') {
                    astray.insert(name.to_string());
                }
                any |= found;
            }
            _ => {}
        }
    }
    any
}

/// Has the links in a frame lead to their places. Frames without any stay shared with Typst's own.
pub(super) fn lead(frame: &mut Frame, targets: &BTreeMap<String, PagedPosition>) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) if leads(&group.frame, targets, &mut BTreeSet::new()) => {
                lead(&mut group.frame, targets);
            }
            FrameItem::Link(to, _) => {
                let place = match to {
                    Destination::Url(name) => targets.get(name.as_str()).copied(),
                    _ => None,
                };
                if let Some(place) = place {
                    *to = Destination::Position(place);
                }
            }
            _ => {}
        }
        true
    });
}
