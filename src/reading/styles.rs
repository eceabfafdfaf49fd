//! Citation styles: those of the CSL project by their names, and how much work a style is: macros that
//! call macros, or themselves.

use std::collections::BTreeMap;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{Style, StyleClass};
use l10n::say;
use roxmltree::{Document, Node};

use super::growth;

/// The most elements within each other, those of macros counted in.
const MAX_DEPTH: usize = 100;
/// The most elements that an entry is made by, those of a macro counted each time it is called.
const MAX_ELEMENTS: usize = 20_000;

/// The name that authors know a style by, and its own.
const KNOWN_AS: [(&str, &str); 2] =
    [("chicago", "chicago-author-date"), ("acs", "american-chemical-society")];

/// Returns a style of the CSL project as CSL; `None` if it has none with this name. The error is that
/// its citations are notes.
pub(super) fn archived(name: &str) -> Option<Result<String, String>> {
    let own = KNOWN_AS.iter().find(|(known, _)| *known == name).map_or(name, |(_, own)| own);
    let Style::Independent(style) = ArchivedStyle::by_name(own)?.get() else { return None };
    if style.settings.class == StyleClass::Note {
        return Some(Err(say!("`{name}` sets its citations as notes", name)));
    }
    Style::Independent(style).to_xml().ok().map(Ok)
}

/// Says why a style would never come to an end; what is no style is for its reader to tell.
pub(super) fn check(csl: &str) -> Result<(), String> {
    let Ok(tree) = Document::parse(csl) else { return Ok(()) };
    let macros: BTreeMap<&str, usize> = tree
        .descendants()
        .filter(|node| node.tag_name().name() == "macro")
        .filter_map(|node| Some((node.attribute("name")?, node.id().get_usize())))
        .collect();
    let count = tree.descendants().count();
    let node = |at: usize| tree.get_node(roxmltree::NodeId::new(at as u32));
    let below = |at: usize| {
        let Some(node) = node(at) else { return vec![] };
        let called = node.attribute("macro").and_then(|name| macros.get(name)).copied();
        node.children()
            .filter(Node::is_element)
            .map(|node| node.id().get_usize())
            .chain(called)
            .collect()
    };
    let found = growth::whole(tree.root_element().id().get_usize(), count, |_| 1.0, below);
    let named = |at: usize| node(at)?.ancestors().find_map(|node| node.attribute("name"));
    if let Some(at) = found.circle {
        let name = named(at).unwrap_or_default();
        return Err(say!("its macro `{name}` calls itself", name));
    }
    if found.depth > MAX_DEPTH {
        return Err(say!(
            "its elements stand {depth} deep in each other (the limit `depth` is {most})",
            depth = found.depth,
            most = MAX_DEPTH
        ));
    }
    // Those of the CSL project are known to end.
    let id = tree.descendants().find(|node| node.tag_name().name() == "id");
    let name = id.and_then(|id| id.text()).and_then(|id| id.rsplit('/').next());
    let is_own = || name.and_then(archived).is_some_and(|own| own.as_deref() == Ok(csl));
    if found.weight > MAX_ELEMENTS as f64 && !is_own() {
        return Err(say!(
            "its macros come to more than {most} elements (the limit `growth`)",
            most = MAX_ELEMENTS
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    fn style(macros: &str, layout: &str) -> Result<(), String> {
        check(&format!("<style>{macros}<citation><layout>{layout}</layout></citation></style>"))
    }

    #[test]
    fn macros_that_never_end_are_told() {
        let call = |name: &str| format!("<text macro=\"{name}\"/>");
        let defined = |name: &str, body: &str| format!("<macro name=\"{name}\">{body}</macro>");
        assert!(style(&defined("a", &call("b")), &call("a")).is_ok());
        assert!(style(&defined("a", &call("a")), &call("a")).is_err());
        let ring =
            defined("a", &format!("<group>{}</group>", call("b"))) + &defined("b", &call("a"));
        assert!(style(&ring, "").expect_err("a ring").contains("calls itself"));
        let growth: String = (0..20)
            .map(|n| defined(&format!("m{n}"), &call(&format!("m{}", n + 1)).repeat(3)))
            .collect();
        assert!(style(&growth, &call("m0")).expect_err("growth").contains("`growth`"));
        let deep = "<group>".repeat(500) + &"</group>".repeat(500);
        assert!(style("", &deep).expect_err("depth").contains("`depth`"));
    }

    #[test]
    fn the_kits_styles_are_within_bounds() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/kit/styles");
        for entry in std::fs::read_dir(folder).expect("styles") {
            let csl = std::fs::read_to_string(entry.expect("a file").path()).expect("a style");
            assert_eq!(check(&csl), Ok(()));
        }
    }
}
