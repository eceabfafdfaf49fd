//! The final PDF, read by an independent library: glyphs and their positions, filled shapes,
//! fonts, boxes, page labels, bookmarks.

use std::collections::BTreeMap;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::Resources;

/// A glyph on a page, in points from the page's upper left corner.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// What it stands for; empty where the file does not say.
    pub text: String,
    /// The glyph's number in its font; 0 is `.notdef`.
    pub id: u16,
    /// The font's name, without the subset's tag.
    pub font: String,
    /// The size in points.
    pub size: f64,
    /// Where its origin lies.
    pub x: f64,
    /// Where its baseline lies.
    pub y: f64,
    /// How far the next glyph's origin lies.
    pub advance: f64,
    /// The inks that it is filled with, where they are said as such.
    pub inks: Option<[f64; 4]>,
    /// Whether it overprints.
    pub overprint: bool,
}

/// The box around a filled path, in points from the page's upper left corner.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A number below fifty in Roman numerals.
fn roman(mut number: usize) -> String {
    let mut out = String::new();
    for (value, letters) in [(40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    out
}

/// A page of the file.
#[derive(Clone)]
pub struct Page {
    /// Width and height of the media box, in points.
    pub size: (f64, f64),
    /// The filled paths in the order of the content stream.
    pub shapes: Vec<Shape>,
    /// The glyphs in the order of the content stream.
    pub glyphs: Vec<Glyph>,
}

impl Page {
    /// The page's text in the order of the content stream.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }
}

/// A bookmark.
#[derive(Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// Its title.
    pub title: String,
    /// How deep it lies, from 0.
    pub depth: usize,
}

/// A PDF file.
pub struct File {
    pub pdf: Pdf,
}

impl File {
    /// Opens a file's bytes.
    pub fn open(bytes: Vec<u8>) -> Self {
        Self { pdf: Pdf::new(bytes).expect("a readable PDF") }
    }

    pub fn catalog(&self) -> Dict<'_> {
        self.pdf.xref().get(self.pdf.xref().root_id()).expect("a catalog")
    }

    /// The pages in order.
    pub fn pages(&self) -> Vec<Page> {
        let pages = self.pdf.pages();
        let mut fonts = BTreeMap::new();
        pages
            .iter()
            .map(|page| {
                let media = page.media_box();
                let size = (media.x1 - media.x0, media.y1 - media.y0);
                let mut reader =
                    Reader { glyphs: vec![], shapes: vec![], path: vec![], fonts: &mut fonts };
                let data = page.page_stream().unwrap_or_default();
                reader.run(data, page.resources(), Matrix([1.0, 0.0, 0.0, -1.0, 0.0, size.1]));
                Page { size, shapes: reader.shapes, glyphs: reader.glyphs }
            })
            .collect()
    }

    /// The label of each page.
    pub fn labels(&self) -> Vec<String> {
        let count = self.pdf.pages().len();
        let labels: Dict = self.catalog().get("PageLabels").expect("page labels");
        let numbers: Array = labels.get("Nums").expect("a flat number tree");
        let items: Vec<Object> = numbers.iter::<Object>().collect();
        let mut ranges: Vec<(usize, Dict)> = vec![];
        for pair in items.chunks(2) {
            let [first, range] = pair else { continue };
            let first = first.clone().into_i32().expect("a page index") as usize;
            ranges.push((first, range.clone().into_dict().expect("a label range")));
        }
        (0..count)
            .map(|index| {
                let Some((first, range)) = ranges.iter().rev().find(|(first, _)| *first <= index)
                else {
                    return String::new();
                };
                let prefix = range
                    .get::<PdfString>("P")
                    .map(|text| decode(text.as_bytes()))
                    .unwrap_or_default();
                let start = range.get::<i32>("St").unwrap_or(1) as usize;
                let number = start + index - first;
                match range.get::<Name>("S").as_deref() {
                    Some(b"r") => format!("{prefix}{}", roman(number)),
                    Some(b"R") => format!("{prefix}{}", roman(number).to_uppercase()),
                    Some(_) => format!("{prefix}{number}"),
                    None => prefix,
                }
            })
            .collect()
    }

    /// The bookmarks, depth first.
    pub fn bookmarks(&self) -> Vec<Bookmark> {
        fn walk(item: Option<Dict>, depth: usize, out: &mut Vec<Bookmark>) {
            let mut next = item;
            while let Some(item) = next {
                let title = item
                    .get::<PdfString>("Title")
                    .map(|text| decode(text.as_bytes()))
                    .unwrap_or_default();
                out.push(Bookmark { title, depth });
                walk(item.get("First"), depth + 1, out);
                next = item.get("Next");
            }
        }
        let mut out = vec![];
        if let Some(outlines) = self.catalog().get::<Dict>("Outlines") {
            walk(outlines.get("First"), 0, &mut out);
        }
        out
    }

    /// A text of the catalog, such as `Lang`.
    pub fn catalog_text(&self, key: &str) -> Option<String> {
        self.catalog().get::<PdfString>(key).map(|text| decode(text.as_bytes()))
    }

    /// The XMP metadata.
    pub fn metadata(&self) -> String {
        let stream: Stream = self.catalog().get("Metadata").expect("metadata");
        String::from_utf8(stream.decoded().expect("readable metadata").to_vec())
            .expect("XMP is UTF-8")
    }

    /// Every font: its name as written, and whether its file is in the PDF.
    pub fn fonts(&self) -> BTreeMap<String, bool> {
        let mut out = BTreeMap::new();
        for object in self.pdf.objects() {
            let Object::Dict(dict) = object else { continue };
            if dict.get::<Name>("Type").is_none_or(|name| &*name != b"FontDescriptor") {
                continue;
            }
            let name = dict.get::<Name>("FontName").map(|name| text_of(&name)).unwrap_or_default();
            let embedded =
                ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| dict.contains_key(key));
            out.insert(name, embedded);
        }
        out
    }

    /// How many structure elements of each type the file has.
    pub fn structure(&self) -> BTreeMap<String, usize> {
        let mut out = BTreeMap::new();
        for object in self.pdf.objects() {
            let Object::Dict(dict) = object else { continue };
            if dict.get::<Name>("Type").is_some_and(|name| &*name == b"StructElem")
                && let Some(kind) = dict.get::<Name>("S")
            {
                *out.entry(text_of(&kind)).or_default() += 1;
            }
        }
        out
    }

    /// The alternative texts of structure elements of a type; empty where one has none.
    pub fn alternatives(&self, kind: &str) -> Vec<String> {
        self.pdf
            .objects()
            .into_iter()
            .filter_map(Object::into_dict)
            .filter(|dict| dict.get::<Name>("S").is_some_and(|name| &*name == kind.as_bytes()))
            .filter(|dict| dict.get::<Name>("Type").is_some_and(|name| &*name == b"StructElem"))
            .map(|dict| {
                dict.get::<PdfString>("Alt").map(|text| decode(text.as_bytes())).unwrap_or_default()
            })
            .collect()
    }

    /// The columns and the rows that each cell of a kind (`TH`, `TD`) reaches over.
    pub fn spans(&self, kind: &str) -> Vec<(i32, i32)> {
        let attribute = |dict: &Dict, key: &str| {
            let own = dict.get::<Dict>("A").and_then(|attributes| attributes.get::<i32>(key));
            own.or_else(|| {
                let list = dict.get::<Array>("A")?;
                list.iter::<Dict>().find_map(|attributes| attributes.get::<i32>(key))
            })
        };
        self.pdf
            .objects()
            .into_iter()
            .filter_map(Object::into_dict)
            .filter(|dict| dict.get::<Name>("S").is_some_and(|name| &*name == kind.as_bytes()))
            .map(|dict| {
                let span = |key| attribute(&dict, key).unwrap_or(1);
                (span("ColSpan"), span("RowSpan"))
            })
            .collect()
    }

    /// How many links lead to a place within the file, and how many to the web.
    pub fn links(&self) -> (usize, usize) {
        let (mut inner, mut web) = (0, 0);
        for dict in self.pdf.objects().into_iter().filter_map(Object::into_dict) {
            if dict.get::<Name>("Subtype").is_none_or(|name| &*name != b"Link") {
                continue;
            }
            match dict.get::<Dict>("A") {
                Some(action) if action.contains_key("URI") => web += 1,
                _ => inner += 1,
            }
        }
        (inner, web)
    }
}

pub(crate) fn text_of(name: &Name) -> String {
    String::from_utf8_lossy(name).into_owned()
}

/// A text string: UTF-16BE with its mark, else PDFDocEncoding, read as Latin-1 (ISO 32000-1,
/// 7.9.2.2).
pub(crate) fn decode(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(rest) => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Where a point comes to lie.
    fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// This matrix first, then `next`.
    fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [m, n, o, p, q, r]) = (self.0, next.0);
        Self([
            a * m + b * o,
            a * n + b * p,
            c * m + d * o,
            c * n + d * p,
            e * m + f * o + q,
            e * n + f * p + r,
        ])
    }
}

struct Font {
    name: String,
    unicode: Option<CMap>,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
}

struct Reader<'f> {
    glyphs: Vec<Glyph>,
    shapes: Vec<Shape>,
    /// The points of the path under construction.
    path: Vec<(f64, f64)>,
    /// By their name with the subset's tag, which no two have in common.
    fonts: &'f mut BTreeMap<String, std::rc::Rc<Font>>,
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<std::rc::Rc<Font>>,
    size: f64,
    spacing: f64,
    scale: f64,
    rise: f64,
    inks: Option<[f64; 4]>,
    overprint: bool,
}

impl Reader<'_> {
    /// Interprets a content stream's operators for text (ISO 32000-1, 9.4) and for paths (8.5).
    fn run(&mut self, data: &[u8], resources: &Resources, ctm: Matrix) {
        let mut state = State {
            ctm,
            font: None,
            size: 0.0,
            spacing: 0.0,
            scale: 1.0,
            rise: 0.0,
            inks: None,
            overprint: false,
        };
        let mut stack = vec![];
        let (mut text, mut line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        let mut operations = UntypedIter::new(data);
        while let Some(operation) = operations.next() {
            let operands: Vec<Object> = operation.operands().cloned().collect();
            let number = |at: usize| {
                operands.get(at).and_then(|o| o.clone().into_f32()).map_or(0.0, f64::from)
            };
            let matrix = || Matrix(std::array::from_fn(number));
            match &**operation.operator {
                b"q" => stack.push(state.clone()),
                b"Q" => state = stack.pop().unwrap_or(state),
                b"cm" => state.ctm = matrix().then(state.ctm),
                b"m" | b"l" | b"c" | b"v" | b"y" => {
                    let pairs = operands.len() / 2;
                    self.path.extend(
                        (0..pairs).map(|at| state.ctm.apply(number(2 * at), number(2 * at + 1))),
                    );
                }
                b"re" => {
                    let (x, y, width, height) = (number(0), number(1), number(2), number(3));
                    self.path
                        .extend([state.ctm.apply(x, y), state.ctm.apply(x + width, y + height)]);
                }
                b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => self.fill(),
                b"n" | b"S" | b"s" => self.path.clear(),
                b"k" => state.inks = Some(std::array::from_fn(number)),
                b"g" | b"rg" | b"cs" | b"sc" | b"scn" => state.inks = None,
                b"gs" => {
                    let name = operands.first().and_then(|o| o.clone().into_name());
                    let dict = name.and_then(|name| resources.get_ext_g_state(&name));
                    state.overprint =
                        dict.and_then(|dict| dict.get::<bool>("op")).unwrap_or(state.overprint);
                }
                b"BT" => (text, line) = (Matrix::IDENTITY, Matrix::IDENTITY),
                b"Tf" => {
                    if let Some(name) = operands.first().and_then(|o| o.clone().into_name()) {
                        state.font = self.font(&name, resources);
                    }
                    state.size = number(1);
                }
                b"Tc" => state.spacing = number(0),
                b"Tz" => state.scale = number(0) / 100.0,
                b"Ts" => state.rise = number(0),
                b"Tm" => (text, line) = (matrix(), matrix()),
                b"Td" => {
                    line = Matrix([1.0, 0.0, 0.0, 1.0, number(0), number(1)]).then(line);
                    text = line;
                }
                b"Tj" => {
                    if let Some(string) = operands.first().and_then(|o| o.clone().into_string()) {
                        self.show(&string, &state, &mut text);
                    }
                }
                b"TJ" => {
                    let Some(array) = operands.first().and_then(|o| o.clone().into_array()) else {
                        continue;
                    };
                    for item in array.iter::<Object>() {
                        match item {
                            Object::String(string) => self.show(&string, &state, &mut text),
                            other => {
                                let back = other.into_f32().map_or(0.0, f64::from);
                                let shift = -back / 1000.0 * state.size * state.scale;
                                text = Matrix([1.0, 0.0, 0.0, 1.0, shift, 0.0]).then(text);
                            }
                        }
                    }
                }
                b"Do" => {
                    let Some(name) = operands.first().and_then(|o| o.clone().into_name()) else {
                        continue;
                    };
                    let Some(form) = resources.get_x_object(&name) else { continue };
                    if form.dict().get::<Name>("Subtype").is_none_or(|kind| &*kind != b"Form") {
                        continue;
                    }
                    let matrix =
                        form.dict().get::<Array>("Matrix").map_or(Matrix::IDENTITY, |array| {
                            let mut numbers = array.iter::<f32>().map(f64::from);
                            Matrix(std::array::from_fn(|_| numbers.next().unwrap_or_default()))
                        });
                    let inner: Dict = form.dict().get("Resources").unwrap_or_else(Dict::empty);
                    let inner = Resources::from_parent(inner, resources.clone());
                    self.run(
                        &form.decoded().expect("a readable form"),
                        &inner,
                        matrix.then(state.ctm),
                    );
                }
                _ => {}
            }
        }
    }

    fn fill(&mut self) {
        let points = std::mem::take(&mut self.path);
        let bounds = |of: fn(&(f64, f64)) -> f64| {
            points
                .iter()
                .map(of)
                .fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at), high.max(at)))
        };
        let ((left, right), (top, bottom)) = (bounds(|at| at.0), bounds(|at| at.1));
        if left <= right {
            self.shapes.push(Shape { x: left, y: top, width: right - left, height: bottom - top });
        }
    }

    fn font(&mut self, name: &Name, resources: &Resources) -> Option<std::rc::Rc<Font>> {
        let dict = resources.get_font(name)?;
        let base = text_of(&dict.get::<Name>("BaseFont")?);
        if let Some(font) = self.fonts.get(&base) {
            return Some(font.clone());
        }
        let unicode = dict.get::<Stream>("ToUnicode").and_then(|stream| {
            let data = stream.decoded().ok()?;
            CMap::parse(&data, |_| None)
        });
        let descendant: Dict = dict.get::<Array>("DescendantFonts")?.iter::<Dict>().next()?;
        let default_width = descendant.get::<f32>("DW").map_or(1000.0, f64::from);
        let mut widths = BTreeMap::new();
        let items: Vec<Object> = descendant
            .get::<Array>("W")
            .map(|array| array.iter::<Object>().collect())
            .unwrap_or_default();
        let mut items = items.into_iter();
        // `first [w w …]` or `first last w` (ISO 32000-1, 9.7.4.3).
        while let Some(first) = items.next().and_then(Object::into_i32) {
            match items.next() {
                Some(Object::Array(list)) => {
                    widths.extend(
                        list.iter::<f32>()
                            .enumerate()
                            .map(|(i, w)| (first as u32 + i as u32, f64::from(w))),
                    );
                }
                Some(last) => {
                    let width = items.next().and_then(Object::into_f32).map_or(0.0, f64::from);
                    widths.extend(
                        (first..=last.into_i32().unwrap_or(first)).map(|id| (id as u32, width)),
                    );
                }
                None => break,
            }
        }
        let name_only = base.split_once('+').map_or(base.clone(), |(_, name)| name.to_owned());
        let font = std::rc::Rc::new(Font { name: name_only, unicode, widths, default_width });
        self.fonts.insert(base, font.clone());
        Some(font)
    }

    fn show(&mut self, string: &PdfString, state: &State, text: &mut Matrix) {
        let Some(font) = &state.font else { return };
        for pair in string.as_bytes().chunks_exact(2) {
            let id = u16::from_be_bytes([pair[0], pair[1]]);
            let width = font.widths.get(&u32::from(id)).copied().unwrap_or(font.default_width);
            let place = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, state.rise]).then(*text).then(state.ctm);
            let advance = (width / 1000.0 * state.size + state.spacing) * state.scale;
            let unicode =
                match font.unicode.as_ref().and_then(|map| map.lookup_bf_string(u32::from(id))) {
                    Some(BfString::Char(c)) => c.to_string(),
                    Some(BfString::String(text)) => text.to_string(),
                    None => String::new(),
                };
            let scale = (place.0[0].powi(2) + place.0[1].powi(2)).sqrt();
            self.glyphs.push(Glyph {
                text: unicode,
                id,
                font: font.name.clone(),
                size: state.size * scale,
                x: place.0[4],
                y: place.0[5],
                advance: advance * scale,
                inks: state.inks,
                overprint: state.overprint,
            });
            *text = Matrix([1.0, 0.0, 0.0, 1.0, advance, 0.0]).then(*text);
        }
    }
}
