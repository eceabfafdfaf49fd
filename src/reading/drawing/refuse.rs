//! What would be drawn wrong or not at all, and what to change in the program that made it.

use std::collections::BTreeSet;

use roxmltree::Node;
use svgtypes::{Color, Length, Paint};

use l10n::say;

use super::geometry::is_usual;
use super::node::words;
use super::sheet::Declaration;
use super::{SVG, Why};

/// The programs whose drawings need a word of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Maker {
    Mermaid,
    Drawio,
    Inkscape,
    Other,
}

fn refused(message: String, hint: String) -> Why {
    Why { refused: true, message, hint }
}

fn maker(node: Node) -> Maker {
    let root = node.document().root_element();
    let says = |name: &str, part: &str| {
        root.attributes().any(|attribute| {
            attribute.name() == name && attribute.value().to_lowercase().contains(part)
        })
    };
    let mermaid = says("id", "mermaid")
        || says("aria-roledescription", "")
        || says("class", "mermaid")
        || root.descendants().any(|node| {
            let class = node.attribute("class").unwrap_or_default();
            class.split(' ').any(|word| matches!(word, "nodeLabel" | "edgeLabel" | "node"))
        });
    let drawio = says("content", "mxfile")
        || says("host", "drawio")
        || root.descendants().any(|node| {
            node.attribute("requiredFeatures").is_some_and(|list| list.contains("Extensibility"))
        });
    let inkscape = root.namespaces().any(|space| space.uri().contains("inkscape"));
    if drawio {
        Maker::Drawio
    } else if mermaid {
        Maker::Mermaid
    } else if inkscape {
        Maker::Inkscape
    } else {
        Maker::Other
    }
}

/// HTML in the drawing, with what it shows.
pub(super) fn html(node: Node) -> Why {
    let text = words(node);
    let text: String = text.chars().take(12).collect();
    let message = if text.is_empty() {
        say!("it holds HTML, which only a browser draws")
    } else {
        say!("the text `{text}` in it is HTML, which only a browser draws", text)
    };
    refused(message, without_html(node))
}

/// A text that is written in full as HTML alone.
pub(super) fn shortened(node: Node, instead: &str) -> Why {
    let full: String = words(node).chars().take(24).collect();
    refused(
        say!(
            "the text `{full}` in it is HTML, and outside of a browser it is `{instead}`",
            full,
            instead
        ),
        without_html(node),
    )
}

fn without_html(node: Node) -> String {
    match maker(node) {
        Maker::Mermaid => say!(
            "in Mermaid, set `htmlLabels: false`, at the top and for `flowchart`, and export again"
        ),
        Maker::Drawio => say!(
            "in draw.io, turn off `Formatted Text` and `Word Wrap` of the texts, and export again"
        ),
        Maker::Inkscape | Maker::Other => say!(
            "in the program that made it, turn text into SVG text or into paths, and export again"
        ),
    }
}

/// Refuses an element that is drawn by nobody but a browser or its own program.
pub(super) fn element(node: Node) -> Result<(), Why> {
    let name = node.tag_name().name();
    match name {
        "script" if !words_of_script(node).is_empty() || node.attributes().len() > 0 => {
            Err(refused(
                say!("it holds a script, and nothing is run"),
                say!("export it again as plain SVG, as it looks after the script has run"),
            ))
        }
        "flowRoot" if !words(node).is_empty() => Err(refused(
            say!("the text `{text}` in it flows, which is not SVG", text = excerpt(node)),
            say!("in Inkscape, use Text > Convert to Text, and save again"),
        )),
        "meshgradient" | "mesh" | "hatch" if is_used(node) => Err(refused(
            say!("it is filled with `<{name}>`, which few programs can draw", name),
            say!("in Inkscape, save it as `Plain SVG` with plain gradients, or export it as PNG"),
        )),
        "linearGradient" | "radialGradient" if repeats(node) => Err(refused(
            say!("it has a gradient that is repeated, which no archive can hold"),
            say!(
                "draw its stripes as shapes, or write all its stops out and leave `spreadMethod` out"
            ),
        )),
        "video" | "audio" | "iframe" | "canvas" => Err(refused(
            say!("it holds `<{name}>`, which paper does not show", name),
            say!("export it again as plain SVG"),
        )),
        "image" | "feImage" | "use" | "tref" | "textPath" | "linearGradient" | "radialGradient"
        | "pattern" => link(node),
        _ => filter_input(node),
    }
}

fn words_of_script(node: Node) -> String {
    node.children().filter_map(|child| child.text()).collect::<String>().trim().to_owned()
}

fn excerpt(node: Node) -> String {
    words(node).chars().take(12).collect()
}

/// Whether a gradient is repeated, and drawn.
fn repeats(node: Node) -> bool {
    let spread = node.attribute("spreadMethod").map(str::trim);
    let lent = |id: &str| {
        let address = format!("#{id}");
        let mut all = node.document().descendants().flat_map(|node| node.attributes());
        all.any(|own| own.name() == "href" && own.value().trim() == address)
    };
    matches!(spread, Some("reflect" | "repeat"))
        && (is_used(node) || node.attribute("id").is_some_and(lent))
}

/// Whether something is painted with an element.
fn is_used(node: Node) -> bool {
    let Some(id) = node.attribute("id") else { return false };
    let wanted = format!("url(#{id})");
    node.document().descendants().any(|other| {
        other
            .attributes()
            .any(|attribute| attribute.value().replace(['"', '\''], "").contains(&wanted))
    })
}

/// Refuses what lies in other files.
fn link(node: Node) -> Result<(), Why> {
    let Some(address) = node.attributes().find(|attribute| attribute.name() == "href") else {
        return Ok(());
    };
    let address = address.value().trim();
    let picture = matches!(node.tag_name().name(), "image" | "feImage");
    let kinds = ["png", "jpeg", "jpg", "gif", "webp", "svg+xml"];
    if address.is_empty() || address.starts_with('#') {
        return Ok(());
    }
    if let Some(data) = address.strip_prefix("data:") {
        let kind = data.split([';', ',']).next().unwrap_or_default();
        let known = kind.strip_prefix("image/").is_none_or(|kind| kinds.contains(&kind));
        if !picture || known {
            return Ok(());
        }
        return Err(refused(
            say!("a picture in it is of the kind `{kind}`, which cannot be drawn", kind),
            say!("put it in as PNG or JPEG, and export again"),
        ));
    }
    let address: String = address.chars().take(80).collect();
    Err(refused(
        say!("it shows `{address}`, which lies outside of it", address),
        if maker(node) == Maker::Inkscape {
            say!("in Inkscape, use Extensions > Images > Embed Images, and save again")
        } else {
            say!("embed pictures when exporting, so that all is in the one file")
        },
    ))
}

/// Refuses filters that ask for what lies behind the picture.
fn filter_input(node: Node) -> Result<(), Why> {
    let behind = ["BackgroundImage", "BackgroundAlpha", "FillPaint", "StrokePaint"];
    for name in ["in", "in2"] {
        if let Some(input) = node.attribute(name).filter(|input| behind.contains(input)) {
            return Err(refused(
                say!("a filter in it reads `{input}`, which cannot be drawn", input),
                say!("remove the effect, or export the drawing as PNG"),
            ));
        }
    }
    Ok(())
}

/// Refuses sheets that lie in other files, but for those of fonts: text has the report's own.
pub(super) fn import(address: &str) -> Result<(), Why> {
    if address.to_lowercase().contains("font") {
        return Ok(());
    }
    let address: String = address.chars().take(80).collect();
    Err(refused(
        say!("its style sheet {address} lies outside of it", address),
        say!("export it again with its styles inside"),
    ))
}

/// A style that the program that draws would pass over.
pub(super) fn style(name: &str, value: &str) -> Why {
    let value: String = value.chars().take(80).collect();
    refused(
        say!("its style `{name}: {value}` cannot be read", name, value),
        say!("write the size or the place as a number in an attribute, or export it as plain SVG"),
    )
}

/// A selector that is not read, and that may hold for what is drawn.
pub(super) fn selector(selector: &str) -> Why {
    let selector: String = selector.chars().take(80).collect();
    refused(
        say!("its style sheet has the selector `{selector}`, which cannot be read", selector),
        say!("name what it means by a class or an `id`, or export it as plain SVG"),
    )
}

/// Refuses styles that move, part or size what is drawn, and that nothing but a browser knows.
pub(super) fn unknown(node: Node, name: &str, value: &str) -> Result<(), Why> {
    let trimmed = value.trim().to_ascii_lowercase();
    if is_usual(&trimmed) || trimmed == "normal" {
        return Ok(());
    }
    let element = node.tag_name().name();
    let known = match name {
        "translate" | "rotate" | "scale" | "offset-path" => {
            matches!(&*trimmed, "0" | "0px" | "0deg" | "1" | "1 1")
        }
        "clip-path" => trimmed.starts_with("url("),
        // Han characters stand upright by themselves.
        "text-orientation" => {
            matches!(&*trimmed, "mixed" | "sideways") || words(node).chars().all(cjk::is_wide)
        }
        // Inkscape writes beside it where each line begins.
        "inline-size" => {
            let lines = |below: Node| below.has_attribute("x") || below.has_attribute("y");
            element != "text" || trimmed == "0" || node.children().any(lines)
        }
        "font-size" => {
            let word = trimmed.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
            word || trimmed.parse::<Length>().is_ok()
        }
        "background-color" if element == "svg" => trimmed.parse::<Color>().is_ok(),
        _ => true,
    };
    if known { Ok(()) } else { Err(style(name, value)) }
}

/// Whether an element moves another one: on paper it stands as it is written.
pub(super) fn is_motion(name: &str) -> bool {
    matches!(
        name,
        "animate"
            | "animateColor"
            | "animateMotion"
            | "animateTransform"
            | "discard"
            | "mpath"
            | "set"
    )
}

/// Refuses an element that stands for one that the drawing does not have.
pub(super) fn lost(node: Node, names: &BTreeSet<&str>) -> Result<(), Why> {
    let kept = |above: Node| matches!(above.tag_name().name(), "defs" | "symbol");
    if !node.has_tag_name((SVG, "use")) || node.ancestors().any(kept) {
        return Ok(());
    }
    let address = node.attributes().find(|attribute| attribute.name() == "href");
    let name = address.and_then(|address| address.value().trim().strip_prefix('#'));
    let Some(name) = name.filter(|name| !name.is_empty() && !names.contains(name)) else {
        return Ok(());
    };
    let hint = match name.starts_with("MJX-") {
        true => say!("in MathJax, set `fontCache: \"local\"`, and export again"),
        false => say!("export it again with all that it uses inside"),
    };
    Err(refused(say!("it shows `#{name}`, which it does not hold", name), hint))
}

/// Refuses a transformation that is told from the shape's own box.
pub(super) fn box_of_transform(node: Node, declarations: &[Declaration]) -> Result<(), Why> {
    let value_of = |name: &str| {
        let declared = declarations.iter().find(|one| one.name == name);
        declared.map(|one| one.value.as_str()).or(node.attribute(name))
    };
    let own = value_of("transform-box").filter(|own| !own.contains("view-box") && !is_usual(own));
    let moved = value_of("transform").is_some_and(|value| !is_usual(value));
    // From the corner of its box it is the same only where that is the drawing's.
    match own {
        Some(own) if moved && value_of("transform-origin").is_some() => {
            Err(style("transform-box", own))
        }
        _ => Ok(()),
    }
}

/// Refuses places and sizes in units that the program that draws takes for nothing.
pub(super) fn measures(node: Node, name: &str, value: &str) -> Result<(), Why> {
    const MEASURES: [&str; 20] = [
        "x",
        "y",
        "width",
        "height",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "x1",
        "y1",
        "x2",
        "y2",
        "dx",
        "dy",
        "fx",
        "fy",
        "font-size",
        "stroke-width",
        "textLength",
    ];
    // The size of a whole drawing is the report's to say.
    let whole = node.parent_element().is_none() && matches!(name, "width" | "height");
    if whole || !MEASURES.contains(&name) {
        return Ok(());
    }
    let odd = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))
            && word.parse::<Length>().is_err()
    };
    match value.split([' ', ',', '\n', '\t']).filter(|word| !word.is_empty()).find(odd) {
        Some(_) => Err(style(name, value)),
        None => Ok(()),
    }
}

/// Refuses a colour that would be drawn as black or not at all.
pub(super) fn colour(property: &str, value: &str) -> Result<(), Why> {
    let value = value.trim();
    let everywhere =
        ["", "inherit", "initial", "unset", "revert", "transparent", "currentcolor", "none"];
    if everywhere.contains(&value.to_lowercase().as_str()) {
        return Ok(());
    }
    let read = match property {
        "fill" | "stroke" => Paint::from_str(value).is_ok(),
        "color" | "stop-color" | "flood-color" | "lighting-color" => value.parse::<Color>().is_ok(),
        _ => return Ok(()),
    };
    if read {
        return Ok(());
    }
    Err(refused(say!("its colour `{value}` cannot be read", value), say!("write it as `#rrggbb`")))
}

/// Whether an element of SVG draws nothing by itself outside of a browser.
pub(super) fn is_html(node: Node) -> bool {
    node.has_tag_name((SVG, "foreignObject"))
}

/// Whether HTML shows anything.
pub(super) fn shows(node: Node) -> bool {
    let drawn = ["img", "svg", "canvas", "table", "input", "video", "hr"];
    !words(node).is_empty()
        || node.descendants().any(|below| drawn.contains(&below.tag_name().name()))
}
