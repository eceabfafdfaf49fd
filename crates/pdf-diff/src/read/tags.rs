//! The structure tree of a tagged PDF (ISO 32000-1, 14.7), which identifies paragraphs and
//! figures.

use std::collections::HashMap;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{
    Array, Dict, Name, Object, ObjectIdentifier, Rect as PdfRect, String as PdfString,
};
use kurbo::Rect;

use hayro::hayro_interpret::util::TransformExt;

use crate::version::At;
use preflight::decode;

/// Grouping elements: each child is a block of its own.
const GROUPS: [&str; 20] = [
    "Document",
    "DocumentFragment",
    "Part",
    "Art",
    "Sect",
    "Div",
    "Aside",
    "BlockQuote",
    "NonStruct",
    "Private",
    "L",
    "LI",
    "LBody",
    "Table",
    "THead",
    "TBody",
    "TFoot",
    "TR",
    "TOC",
    "Index",
];
/// Inline-level elements.
const INLINE: [&str; 13] = [
    "Span",
    "Quote",
    "Em",
    "Strong",
    "Code",
    "Link",
    "Reference",
    "Lbl",
    "Sub",
    "Annot",
    "Ruby",
    "Warichu",
    "BibEntry",
];
/// The maximum depth of the tree, to guard against trees that contain themselves.
const DEEPEST: usize = 100;

/// The elements that contain text or are figures.
#[derive(Default)]
pub(super) struct Elements {
    /// The elements in reading order.
    pub(super) list: Vec<Element>,
    /// The index of the element for a page's marked content.
    pub(super) of: HashMap<(usize, i32), usize>,
}

/// A paragraph, heading, cell or figure.
#[derive(Default)]
pub(super) struct Element {
    /// Whether it is a figure.
    pub(super) figure: bool,
    /// Its alternative text.
    pub(super) alt: String,
    /// Its location as declared.
    pub(super) frame: Option<At>,
}

/// Returns the elements of a PDF; none if it is not tagged.
pub(super) fn of(pdf: &Pdf, catalog: &Dict<'_>) -> Elements {
    let Some(root) = catalog.get::<Dict<'_>>("StructTreeRoot") else { return Elements::default() };
    let id = |(at, page): (usize, &hayro_syntax::page::Page<'_>)| Some((page.raw().obj_id()?, at));
    let pages = pdf.pages().iter().enumerate().filter_map(id).collect();
    let roles = root.get::<Dict<'_>>("RoleMap").unwrap_or_default();
    let mut walk = Walk { pdf, pages, roles, found: Elements::default() };
    walk.kids(&root, None, None, 0);
    walk.found
}

struct Walk<'a> {
    pdf: &'a Pdf,
    pages: HashMap<ObjectIdentifier, usize>,
    roles: Dict<'a>,
    found: Elements,
}

impl<'a> Walk<'a> {
    /// Walks the children of an element; `block` is the block they all belong to.
    fn kids(
        &mut self,
        element: &Dict<'a>,
        page: Option<usize>,
        block: Option<usize>,
        depth: usize,
    ) {
        if depth > DEEPEST {
            return;
        }
        let page =
            element.get_ref("Pg").and_then(|id| self.pages.get(&id.into()).copied()).or(page);
        let kids: Vec<Object<'a>> = match element.get::<Object<'a>>("K") {
            Some(Object::Array(list)) => list.iter::<Object<'a>>().collect(),
            Some(one) => vec![one],
            None => return,
        };
        // Text that stands in a group itself is a block, with what is in its lines.
        let mut row = block;
        let together = self.is_row(element, &kids);
        for kid in kids {
            match kid {
                Object::Number(id) => {
                    row = row.or_else(|| Some(self.open(Element::default())));
                    self.claim(page, id.as_i64() as i32, row);
                }
                Object::Dict(kid) if kid.contains_key("S") => {
                    let role = self.role(&kid);
                    if block.is_none()
                        && INLINE.contains(&role.as_str())
                        && (together || !is_block(&kid))
                    {
                        row = row.or_else(|| Some(self.open(Element::default())));
                        self.element(&kid, &role, page, row, depth);
                    } else {
                        row = block;
                        self.element(&kid, &role, page, block, depth);
                    }
                }
                Object::Dict(kid) => {
                    let page = kid
                        .get_ref("Pg")
                        .and_then(|id| self.pages.get(&id.into()).copied())
                        .or(page);
                    if let Some(id) = kid.get::<i32>("MCID") {
                        row = row.or_else(|| Some(self.open(Element::default())));
                        self.claim(page, id, row);
                    }
                }
                _ => {}
            }
        }
    }

    /// Returns whether a group contains only pieces of a row, which Typst declares to be blocks.
    fn is_row(&self, element: &Dict<'a>, kids: &[Object<'a>]) -> bool {
        let piece = |kid: &Object<'a>| match kid {
            Object::Dict(kid) if kid.contains_key("S") => INLINE.contains(&self.role(kid).as_str()),
            _ => true,
        };
        self.role(element) == "Div" && kids.iter().all(piece)
    }

    /// Returns an element's standard structure type.
    fn role(&self, element: &Dict<'a>) -> String {
        let own =
            element.get::<Name<'a>>("S").map(|name| name.as_str().to_owned()).unwrap_or_default();
        self.roles.get::<Name<'a>>(own.as_bytes()).map_or(own, |name| name.as_str().to_owned())
    }

    fn element(
        &mut self,
        element: &Dict<'a>,
        role: &str,
        page: Option<usize>,
        block: Option<usize>,
        depth: usize,
    ) {
        let group = GROUPS.contains(&role);
        let inline = INLINE.contains(&role);
        // A paragraph in a list's item, or in a cell, is not of the words around it.
        let block = match block {
            Some(block) if inline || self.found.list[block].figure => Some(block),
            _ if group => None,
            _ => {
                let figure = role == "Figure";
                let alt = element
                    .get::<PdfString<'_>>("Alt")
                    .map(|alt| decode(alt.as_bytes()))
                    .unwrap_or_default();
                let frame = figure.then(|| self.frame(element, page)).flatten();
                Some(self.open(Element { figure, alt, frame }))
            }
        };
        self.kids(element, page, block, depth + 1);
    }

    fn open(&mut self, element: Element) -> usize {
        self.found.list.push(element);
        self.found.list.len() - 1
    }

    fn claim(&mut self, page: Option<usize>, id: i32, block: Option<usize>) {
        if let (Some(page), Some(block)) = (page, block) {
            self.found.of.insert((page, id), block);
        }
    }

    /// Returns the rectangle of the layout attribute `BBox`.
    fn frame(&self, element: &Dict<'a>, page: Option<usize>) -> Option<At> {
        let page =
            element.get_ref("Pg").and_then(|id| self.pages.get(&id.into()).copied()).or(page)?;
        let found =
            attributes(element).iter().find_map(|attribute| attribute.get::<Array<'a>>("BBox"))?;
        let [x0, y0, x1, y1] =
            <[f32; 4]>::try_from(found.iter::<f32>().collect::<Vec<_>>()).ok()?.map(f64::from);
        let rect = PdfRect::new(x0, y0, x1, y1);
        let turn = self.pdf.pages().get(page)?.initial_transform(true).to_kurbo();
        Some(At {
            page,
            rect: turn.transform_rect_bbox(Rect::new(rect.x0, rect.y0, rect.x1, rect.y1)),
        })
    }
}

fn attributes<'a>(element: &Dict<'a>) -> Vec<Dict<'a>> {
    match element.get::<Object<'a>>("A") {
        Some(Object::Array(list)) => list.iter::<Dict<'a>>().collect(),
        Some(Object::Dict(one)) => vec![one],
        _ => vec![],
    }
}

/// Returns whether an element declares itself a block, whatever its type.
fn is_block(element: &Dict<'_>) -> bool {
    let placed = |attribute: &Dict<'_>| {
        attribute.get::<Name<'_>>("Placement").is_some_and(|name| name.as_str() == "Block")
    };
    attributes(element).iter().any(placed)
}
