//! How much work a drawing is: elements that stand for others, each of which may stand for more,
//! and filters that never come to an end.

use std::collections::BTreeMap;

use l10n::say;
use roxmltree::{Document, Node};

use super::Why;
use crate::reading::growth;

/// The most elements within each other, those that they stand for counted in.
const MAX_DEPTH: usize = 200;
/// The most elements that are drawn, one that is used twice counted twice.
const MAX_DRAWN: usize = 1_000_000;
/// The most masks and filters that are drawn.
const MAX_EFFECTS: usize = 1_000;
/// The most octaves of a filter's noise, more of which nobody sees.
const MAX_OCTAVES: usize = 10;
/// The most steps of a filter.
const MAX_STEPS: usize = 64;
/// The largest radius or matrix of a filter's step.
const MAX_REACH: usize = 100;

/// Refuses a drawing that would take without end to draw.
pub(super) fn check(tree: &Document) -> Result<(), Why> {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for node in tree.descendants() {
        if let Some(id) = node.attribute("id") {
            named.entry(id).or_insert(node.id().get_usize());
        }
        filter(node)?;
    }
    let count = tree.descendants().map(|node| node.id().get_usize() + 1).max().unwrap_or(0);
    let node = |at: usize| tree.get_node(roxmltree::NodeId::new(at as u32));
    let below = |at: usize| {
        let Some(node) = node(at) else { return vec![] };
        let uses = uses(node).into_iter().filter_map(|id| named.get(id).copied());
        node.children()
            .filter(Node::is_element)
            .map(|node| node.id().get_usize())
            .chain(uses)
            .collect()
    };
    let root = tree.root_element().id().get_usize();
    let drawn = growth::whole(root, count, |_| 1.0, below);
    let met = |message: String, name: &str, most: usize| {
        Err(Why { refused: true, message, hint: source::limit(name, most) })
    };
    if drawn.depth > MAX_DEPTH {
        let message = say!("its elements stand {depth} deep in each other", depth = drawn.depth);
        return met(message, "depth", MAX_DEPTH);
    }
    if drawn.weight > MAX_DRAWN as f64 {
        let message =
            say!("what its elements stand for comes to more than {most}", most = MAX_DRAWN);
        return met(message, "growth", MAX_DRAWN);
    }
    let effects = growth::whole(root, count, |at| node(at).map_or(0.0, effects), below);
    if effects.weight > MAX_EFFECTS as f64 {
        let message = say!("it has more than {most} masks and filters", most = MAX_EFFECTS);
        return met(message, "effects", MAX_EFFECTS);
    }
    Ok(())
}

/// The names of the elements that an element has drawn.
fn uses<'a>(node: Node<'a, '_>) -> Vec<&'a str> {
    let mut out = vec![];
    for attribute in node.attributes() {
        let value = attribute.value();
        if attribute.name() == "href" {
            out.extend(value.trim().strip_prefix('#'));
        }
        for part in value.split("url(").skip(1) {
            let name = part.split(')').next().unwrap_or_default();
            out.extend(name.trim().trim_matches(['"', '\'']).trim().strip_prefix('#'));
        }
    }
    out
}

/// How many masks and filters an element asks for.
fn effects(node: Node) -> f64 {
    let asks = |name: &str| {
        let style = node.attribute("style").unwrap_or_default();
        node.attribute(name).is_some_and(|value| value.contains("url("))
            || style.split(';').any(|one| {
                one.split_once(':')
                    .is_some_and(|(key, value)| key.trim() == name && value.contains("url("))
            })
    };
    f64::from(u8::from(asks("mask")) + u8::from(asks("filter")))
}

/// The most times that a filter's region may be as large as what it is for.
const MAX_REGION: usize = 100;

/// Refuses a filter that has too much to do.
fn filter(node: Node) -> Result<(), Why> {
    let most_of = |name: &str| {
        let value = node.attribute(name).unwrap_or_default();
        let numbers = value.split([' ', ',']).filter_map(|number| number.parse::<f64>().ok());
        numbers.fold(0.0, f64::max)
    };
    let in_boxes = node.attribute("filterUnits") != Some("userSpaceOnUse");
    let (asked, most) = match node.tag_name().name() {
        "filter" if in_boxes && most_of("width").max(most_of("height")) > MAX_REGION as f64 => {
            (most_of("width").max(most_of("height")), MAX_REGION)
        }
        "feTurbulence" => (most_of("numOctaves"), MAX_OCTAVES),
        "feMorphology" => (most_of("radius"), MAX_REACH),
        "feConvolveMatrix" => (most_of("order"), MAX_REACH),
        "filter" => (node.children().filter(Node::is_element).count() as f64, MAX_STEPS),
        _ => return Ok(()),
    };
    if asked <= most as f64 {
        return Ok(());
    }
    let name = node.tag_name().name();
    let message =
        say!("its `<{name}>` asks for {asked}, where {most} is plenty", name, asked, most);
    Err(Why { refused: true, message, hint: source::limit("filter", most) })
}
