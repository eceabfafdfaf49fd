//! What the reader of style sheets asks of an element.

use roxmltree::Node;
use simplecss::{AttributeOperator, Element, PseudoClass};

/// An element as selectors see it.
pub(super) struct Seen<'a, 'input>(pub Node<'a, 'input>);

impl Element for Seen<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Seen)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Seen)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.prev_sibling_element().is_none()
    }
}

/// The text below an element, as a reader sees it.
pub(super) fn words(node: Node) -> String {
    let shown = |node: &Node| {
        !node.ancestors().any(|above| matches!(above.tag_name().name(), "style" | "script"))
    };
    let texts = node.descendants().filter(|node| node.is_text()).filter(shown);
    let text: String = texts.filter_map(|node| node.text()).collect();
    text.split_whitespace().collect()
}
