//! Writes a drawing anew: with one child of each switch, its styles put in, each text in its face.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;
use std::rc::Rc;

use l10n::say;
use roxmltree::{Document, Node};
use svgtypes::{FontShorthand, Length, LengthUnit};

use super::calc::Ground;
use super::faces::Faces;
use super::node::words;
use super::sheet::{Declaration, Sheet, texts};
use super::value::{Custom, is_open, put_in};
use super::{SVG, Why, colour, embedded, geometry, refuse};

const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// How deep elements may stand in each other.
const DEPTH: usize = 400;

type Written = (Option<String>, Vec<(String, Range<usize>)>);

struct Writer<'a> {
    sheet: Sheet<'a>,
    faces: &'a Faces,
    langs: [&'a str; 2],
    /// How many drawings it stands in.
    within: usize,
    /// The height of the root's letters, in pixels.
    root: f64,
    /// The names of its elements.
    names: BTreeSet<&'a str>,
    out: String,
    printed: Vec<(String, Range<usize>)>,
    /// Whether the drawing differs from its file in what is drawn.
    changed: bool,
}

/// What an element hands down.
#[derive(Clone, Default)]
struct Above {
    custom: Rc<Custom>,
    /// What per cent are of.
    ground: Ground,
    families: Rc<str>,
    /// Whether it is text.
    text: bool,
    /// Whether its characters are placed one by one.
    placed: bool,
    /// The case of its letters.
    case: Case,
    /// Whether the height of its letters is said.
    sized: bool,
    /// How long its text is to be, as attributes.
    length: Rc<str>,
}

/// How letters are written otherwise than they stand in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Case {
    #[default]
    AsIs,
    Upper,
    Lower,
    /// The first of each word is large.
    Capitals,
}

impl Case {
    fn of(value: &str) -> Self {
        match value.trim().to_ascii_lowercase().as_str() {
            "uppercase" => Self::Upper,
            "lowercase" => Self::Lower,
            "capitalize" => Self::Capitals,
            _ => Self::AsIs,
        }
    }

    fn write(self, text: &str) -> String {
        match self {
            Self::AsIs => text.to_owned(),
            Self::Upper => text.to_uppercase(),
            Self::Lower => text.to_lowercase(),
            Self::Capitals => {
                let (mut out, mut begins) = (String::new(), true);
                for c in text.chars() {
                    if begins {
                        out.extend(c.to_uppercase())
                    } else {
                        out.push(c)
                    }
                    begins = !(c.is_alphanumeric() || matches!(c, '\'' | '’'));
                }
                out
            }
        }
    }
}

/// A character that no font has, and that is not shown.
///
/// The program that draws sets a whole line in the first font that has all of it as soon as one
/// face lacks a character; this one keeps any from having all.
const APART: &str =
    "<tspan style=\"visibility:hidden;font-size:0.001px;letter-spacing:0\">\u{10FFFD}</tspan>";

/// Returns the drawing written anew, unless its file can be drawn as it is, and its texts.
pub(super) fn write(
    tree: &Document,
    faces: &Faces,
    (lang, within): (&str, usize),
    changed: bool,
) -> Result<Written, Why> {
    let texts = texts(tree);
    let sheet = Sheet::of(&texts);
    for address in &sheet.imports {
        refuse::import(address)?;
    }
    for node in tree.root().children() {
        if let Some(sheet) = node.pi().filter(|pi| pi.target == "xml-stylesheet") {
            refuse::import(sheet.value.unwrap_or_default())?;
        }
    }
    // A document type is nothing that the program that draws would read.
    let changed = changed || tree.input_text().contains("<!DOCTYPE") || sheet.differs;
    let main = lang.split('-').next().unwrap_or(lang);
    let langs = [lang, main];
    let (out, printed) = (String::new(), vec![]);
    if let Some(selector) = sheet.unread(tree) {
        return Err(refuse::selector(selector));
    }
    let root = geometry::LETTER;
    let names = tree.descendants().filter_map(|node| node.attribute("id")).collect();
    let mut writer = Writer { sheet, faces, langs, within, root, names, out, printed, changed };
    writer.element(tree.root_element(), &Above::default(), 0)?;
    Ok((writer.changed.then_some(writer.out), writer.printed))
}

impl Writer<'_> {
    fn element(&mut self, node: Node, above: &Above, depth: usize) -> Result<(), Why> {
        let drawn = node.tag_name().namespace() == Some(SVG);
        let name = node.tag_name().name();
        let unseen = matches!(name, "style" | "title" | "desc" | "metadata");
        if !drawn || unseen || refuse::is_motion(name) {
            return Ok(());
        }
        if depth > DEPTH {
            return Err(Why::broken(say!("its elements are nested too deeply")));
        }
        if !self.meets_conditions(node) {
            self.changed = true;
            return Ok(());
        }
        if refuse::is_html(node) {
            if refuse::shows(node) {
                return Err(refuse::html(node));
            }
            self.changed = true;
            return Ok(());
        }
        refuse::element(node)?;
        refuse::lost(node, &self.names)?;
        let mut declarations = self.sheet.of_element(node);
        let mut here = above.clone();
        self.put_custom(&declarations, &mut here);
        self.put_families(node, &declarations, &mut here);
        if let Some(case) = declarations.iter().find(|one| one.name == "text-transform") {
            here.case = if case.value == "inherit" { here.case } else { Case::of(&case.value) };
        }
        here.text |= name == "text";
        here.placed |= ["x", "y", "dx", "dy", "rotate"]
            .iter()
            .any(|name| node.attribute(*name).is_some_and(|list| list.trim().contains([' ', ','])));
        here.sized |= is_sized(node, &declarations);
        let tag = if name == "switch" { "g" } else { name };
        _ = write!(self.out, "<{tag}");
        if depth == 0 {
            _ = write!(self.out, " xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\"");
            if !here.sized && !node.has_attribute("font-size") {
                // The program that draws takes twelve.
                _ = write!(self.out, " font-size=\"{}\"", geometry::LETTER);
            }
        }
        if depth == 0 {
            self.measure_letters(node, &declarations, &here);
            // The size of a whole drawing is the report's to say.
            declarations.retain(|one| !matches!(&*one.name, "width" | "height"));
        }
        refuse::box_of_transform(node, &declarations)?;
        let placed = self.geometry(name, &declarations, &here)?;
        let shift = match name {
            "text" => take_shift(node, &mut declarations),
            _ => None,
        };
        if matches!(name, "text" | "tspan") {
            here.length = length_of(node).into();
        }
        self.attributes(node, &placed, &here)?;
        self.style(node, &declarations, &here)?;
        here.ground = if depth == 0 { Ground::of_root(node) } else { here.ground.within(name) };
        self.out.push('>');
        if let Some(shift) = &shift {
            // Of a whole text the program that draws passes it over.
            self.changed = true;
            _ = write!(self.out, "<tspan baseline-shift=\"{}\">", escaped(shift));
        }
        if name == "switch" {
            self.changed = true;
            if let Some(child) = self.chosen(node)? {
                self.element(child, &here, depth + 1)?;
            }
        } else {
            for child in node.children() {
                if child.is_element() {
                    self.element(child, &here, depth + 1)?;
                } else if child.is_text() && here.text {
                    self.text(child, &here);
                }
            }
        }
        if shift.is_some() {
            self.out.push_str("</tspan>");
        }
        _ = write!(self.out, "</{tag}>");
        Ok(())
    }

    /// Whether an element is drawn at all (SVG 2, section 5.7): features are what every program
    /// has, extensions what none has, and languages are the report's.
    fn meets_conditions(&self, node: Node) -> bool {
        let speaks = |tag: &str| {
            let tag = tag.trim();
            let begins = |lang: &str| {
                tag.get(..lang.len()).is_some_and(|start| start.eq_ignore_ascii_case(lang))
                    && matches!(tag.as_bytes().get(lang.len()), None | Some(b'-'))
            };
            self.langs.iter().any(|lang| begins(lang))
        };
        node.attribute("requiredExtensions").is_none_or(|list| list.trim().is_empty())
            && node.attribute("systemLanguage").is_none_or(|list| list.split(',').any(speaks))
    }

    /// Returns the child of a switch that is drawn.
    fn chosen<'a, 'i>(&self, node: Node<'a, 'i>) -> Result<Option<Node<'a, 'i>>, Why> {
        let mut skipped = None;
        for child in node.children().filter(Node::is_element) {
            if child.tag_name().namespace() != Some(SVG) || !self.meets_conditions(child) {
                continue;
            }
            if refuse::is_html(child) {
                skipped = skipped.or(refuse::shows(child).then_some(child));
                continue;
            }
            // What stands in for HTML says the same, or is a picture of it.
            if let Some(html) = skipped {
                let instead = words(child);
                let picture = child.descendants().any(|below| below.tag_name().name() == "image");
                if !picture && instead != words(html) {
                    return Err(refuse::shortened(html, &instead));
                }
            }
            return Ok(Some(child));
        }
        skipped.map_or(Ok(None), |html| Err(refuse::html(html)))
    }

    fn put_custom(&self, declarations: &[Declaration], here: &mut Above) {
        let own = declarations.iter().filter(|one| one.name.starts_with("--"));
        for one in own {
            Rc::make_mut(&mut here.custom).insert(one.name.clone(), one.value.clone());
        }
    }

    fn put_families(&self, node: Node, declarations: &[Declaration], here: &mut Above) {
        let attribute = node.attribute("font-family").map(|value| ("font-family", value));
        let declared = declarations.iter().map(|one| (one.name.as_str(), one.value.as_str()));
        for (name, value) in attribute.into_iter().chain(declared) {
            let Some(value) = matches!(name, "font" | "font-family")
                .then(|| put_in(value, &here.custom))
                .flatten()
            else {
                continue;
            };
            if name == "font-family" && !matches!(value.as_str(), "inherit" | "unset") {
                here.families = value.as_str().into();
            } else if let Ok(font) = FontShorthand::from_str(&value) {
                here.families = font.font_family.into();
            }
        }
    }

    /// Takes the height of the root's letters.
    fn measure_letters(&mut self, node: Node, declarations: &[Declaration], here: &Above) {
        let declared = declarations.iter().find(|one| one.name == "font-size");
        let size = declared.map(|one| one.value.as_str()).or(node.attribute("font-size"));
        let size = size.and_then(|size| put_in(size, &here.custom));
        let size: Option<Length> = size.and_then(|size| size.trim().parse().ok());
        if let Some(Length { number, unit: LengthUnit::Px | LengthUnit::None }) = size {
            self.root = number;
        }
    }

    /// What styles say of places, sizes and transformations, as attributes.
    fn geometry(
        &mut self,
        element: &str,
        declarations: &[Declaration],
        here: &Above,
    ) -> Result<Vec<(String, String)>, Why> {
        let mut out = vec![];
        for one in declarations.iter().filter(|one| geometry::is_attribute(element, &one.name)) {
            let Some(value) = self.value(&one.value, here) else { continue };
            if geometry::is_usual(&value) {
                continue;
            }
            let value = here
                .ground
                .length(&one.name, &value)
                .or_else(|| geometry::value(&one.name, &value))
                .ok_or_else(|| refuse::style(&one.name, &one.value))?;
            self.changed = true;
            out.push((one.name.clone(), value));
        }
        Ok(out)
    }

    fn attributes(
        &mut self,
        node: Node,
        placed: &[(String, String)],
        here: &Above,
    ) -> Result<(), Why> {
        for (name, value) in placed {
            _ = write!(self.out, " {name}=\"{}\"", escaped(value));
        }
        for attribute in node.attributes() {
            let name = attribute.name();
            let prefix = match attribute.namespace() {
                None | Some(SVG) => "",
                Some(XLINK) => "xlink:",
                Some(XML) => "xml:",
                Some(_) => continue,
            };
            if prefix.is_empty() && placed.iter().any(|(own, _)| own == name) {
                continue;
            }
            let own = matches!(
                name,
                "style" | "class" | "requiredFeatures" | "requiredExtensions" | "systemLanguage"
            );
            if own || (prefix.is_empty() && name.starts_with("on")) {
                self.changed |= name == "requiredFeatures";
                continue;
            }
            // Names, and the bytes of pictures, are no values of styles.
            let verbatim = matches!(name, "href" | "id");
            let value = match verbatim {
                true => Some(attribute.value().to_owned()),
                false => self.value(attribute.value(), here),
            };
            let Some(mut value) = value else { continue };
            refuse::colour(name, &value)?;
            refuse::measures(node, name, &value)?;
            if matches!(name, "clip-path" | "text-orientation") {
                refuse::unknown(node, name, &value)?;
            }
            let measure = name != "transform"
                && name != "d"
                && geometry::is_attribute(node.tag_name().name(), name);
            if measure && value.contains('(') {
                return Err(refuse::style(name, &value));
            }
            let picture = matches!(node.tag_name().name(), "image" | "feImage");
            if picture && name == "href" && value.trim().starts_with("data:") {
                value = self.picture(value)?;
            }
            _ = write!(self.out, " {prefix}{name}=\"{}\"", escaped(&value));
        }
        Ok(())
    }

    /// Returns the address of a picture that an address holds.
    fn picture(&mut self, address: String) -> Result<String, Why> {
        let read = embedded::read(address.trim(), self.faces, self.langs[0], self.within)?;
        self.changed |= read.is_some();
        Ok(read.unwrap_or(address))
    }

    fn style(&mut self, node: Node, declarations: &[Declaration], here: &Above) -> Result<(), Why> {
        let mut style = String::new();
        let element = node.tag_name().name();
        for one in declarations.iter().filter(|one| !one.name.starts_with("--")) {
            if geometry::is_attribute(element, &one.name) {
                continue;
            }
            let Some(value) = self.value(&one.value, here) else { continue };
            let mut name = one.name.as_str();
            if name == "background" && element == "svg" {
                name = "background-color";
                self.changed = true;
            }
            refuse::colour(name, &value)?;
            refuse::unknown(node, name, &value)?;
            let important = if one.important { " !important" } else { "" };
            _ = write!(style, "{name}:{value}{important};");
        }
        if !style.is_empty() {
            _ = write!(self.out, " style=\"{}\"", escaped(&style));
        }
        Ok(())
    }

    fn value(&mut self, value: &str, here: &Above) -> Option<String> {
        let colour = colour::plain(value);
        self.changed |= colour.is_some();
        let value = colour.as_deref().unwrap_or(value);
        let value = match is_open(value) {
            true => {
                self.changed = true;
                put_in(value, &here.custom)?
            }
            false => value.to_owned(),
        };
        let in_pixels = geometry::in_pixels(&value, self.root);
        self.changed |= in_pixels.is_some();
        Some(in_pixels.unwrap_or(value))
    }

    fn text(&mut self, node: Node, here: &Above) {
        let text = node.text().unwrap_or_default();
        if text.trim().is_empty() {
            self.out.push_str(&escaped(text));
            return;
        }
        let cased = here.case.write(text);
        self.changed |= cased != text;
        let text = &*cased;
        self.changed |= !here.sized;
        self.printed.push((text.to_owned(), node.range()));
        let runs = self.faces.runs(text, &here.families);
        let faces = runs.iter().any(|(face, _)| face.is_some());
        // Each run would be made as long as the whole.
        let length = if runs.len() == 1 { &*here.length } else { "" };
        for (face, run) in runs {
            match face {
                Some(face) => {
                    self.changed = true;
                    _ = write!(
                        self.out,
                        "<tspan{length} style=\"font-family:'{}'\">{}</tspan>",
                        escaped(&face),
                        escaped(run)
                    );
                }
                None => self.out.push_str(&escaped(run)),
            }
        }
        if faces && !here.placed {
            self.out.push_str(APART);
        }
    }
}

/// Whether the height of an element's letters is said by itself, and not as a part of another's.
fn is_sized(node: Node, declarations: &[Declaration]) -> bool {
    let declared = declarations.iter().find(|one| one.name == "font-size");
    let size = declared.map(|one| one.value.as_str()).or(node.attribute("font-size"));
    let size: Option<Length> = size.and_then(|size| size.trim().parse().ok());
    size.is_some_and(|size| {
        !matches!(size.unit, LengthUnit::Em | LengthUnit::Ex | LengthUnit::Percent)
    })
}

/// Takes how far a whole text is raised or lowered.
fn take_shift(node: Node, declarations: &mut Vec<Declaration>) -> Option<String> {
    let declared = declarations.iter().position(|one| one.name == "baseline-shift");
    let declared = declared.map(|at| declarations.remove(at).value);
    let shift = declared.or_else(|| node.attribute("baseline-shift").map(str::to_owned))?;
    let shift = shift.trim();
    (!matches!(shift, "" | "baseline" | "0" | "inherit" | "initial")).then(|| shift.to_owned())
}

/// The attributes that say how long a text is to be.
fn length_of(node: Node) -> String {
    let mut out = String::new();
    for name in ["textLength", "lengthAdjust"] {
        if let Some(value) = node.attribute(name) {
            _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            _ => out.push(c),
        }
    }
    out
}
