//! Content streams (ISO 32000-1, 7.8.2): converts colours to inks, and makes small black text and
//! lines overprint.

use std::collections::BTreeSet;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::PressError;
use super::inks::{Cmyk, Inks, of_gray};
use super::known::{Desk, Key};
use super::resources::{self, KNOCKS_OUT, OVERPRINTS, Space};

/// The size below which black text overprints (GWG 2022: text under 12 pt).
const SMALL_TEXT: f64 = 12.0;
/// The width below which black lines overprint (GWG 2022: lines under 2 pt).
const THIN_LINE: f64 = 2.0;
/// What a width of just that may lose where a file scales it.
const ROUNDING: f64 = 0.01;

/// Converts the content of all pages, forms and patterns to inks.
pub(crate) fn convert(document: &mut Document, desk: &mut Desk) -> Result<(), PressError> {
    let masks = resources::masks(document);
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for page in pages {
        let mut resources = resources::of_page(document, page);
        let target = Target { mask: false, page: true };
        let own: Vec<&Stream> = document
            .get_page_contents(page)
            .into_iter()
            .filter_map(|id| document.get_object(id).and_then(Object::as_stream).ok())
            .collect();
        let key = key(desk, target, &resources, document, &own);
        let mut stream = Stream::new(Dictionary::new(), vec![]);
        let known = desk.made(&key);
        let is_new = known.is_none();
        let overprint = match known {
            Some(made) => made.put(&mut stream),
            None => {
                let data = document.get_page_content(page);
                let made = rewrite(&data, &resources, document, &desk.inks, target)?;
                stream.set_content(made.data);
                made.overprint
            }
        };
        let stream = document.add_object(stream);
        if is_new {
            desk.keep(stream, key, overprint);
        }
        resources::strip(&mut resources, document);
        if overprint {
            resources::add_states(&mut resources, document);
        }
        let page = document.get_dictionary_mut(page)?;
        page.set("Contents", stream);
        page.set("Resources", resources);
    }
    let streams: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| object.as_stream().is_ok_and(|stream| holds_content(&stream.dict)))
        .map(|(id, _)| *id)
        .collect();
    for id in streams {
        let stream = document.get_object(id)?.as_stream()?;
        let mut resources = resources::of_stream(document, &stream.dict);
        let target = Target { mask: masks.contains(&id), page: false };
        let key = key(desk, target, &resources, document, &[stream]);
        let known = desk.made(&key);
        let made = match &known {
            Some(made) => Rewritten { data: vec![], overprint: made.overprint },
            None => {
                let data = stream.get_plain_content()?;
                rewrite(&data, &resources, document, &desk.inks, target)?
            }
        };
        let overprint = made.overprint;
        resources::strip(&mut resources, document);
        if overprint {
            resources::add_states(&mut resources, document);
        }
        let stream = document.get_object_mut(id)?.as_stream_mut()?;
        stream.dict.remove(b"Filter");
        stream.dict.remove(b"DecodeParms");
        stream.dict.set("Resources", resources);
        match known {
            Some(made) => _ = made.put(stream),
            None => {
                stream.set_content(made.data);
                desk.keep(id, key, overprint);
            }
        }
    }
    Ok(())
}

/// What a stream of drawing operators is made of, with all that its conversion hangs on: what it is
/// for, and which spaces its resources name.
fn key(
    desk: &Desk,
    target: Target,
    resources: &Dictionary,
    document: &Document,
    streams: &[&Stream],
) -> Key {
    let spaces = resources.get_deref(b"ColorSpace", document).and_then(Object::as_dict);
    let spaces = spaces.map(|spaces| {
        let space = |(name, object): (&Vec<u8>, &Object)| {
            format!("{name:?} {:?}", resources::space_of(document, object))
        };
        spaces.iter().map(space).collect::<Vec<_>>()
    });
    let filters: Vec<_> = streams.iter().map(|stream| stream.filters().ok()).collect();
    let how = format!("content {target:?} {spaces:?} {filters:?}");
    let content = streams.iter().map(|stream| &stream.content[..]);
    desk.key(&std::iter::once(how.as_bytes()).chain(content).collect::<Vec<_>>())
}

/// Returns whether a stream contains drawing operators: a form or a tiling pattern.
fn holds_content(dict: &Dictionary) -> bool {
    let is_form = dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
    is_form || dict.get(b"PatternType").and_then(Object::as_i64).is_ok_and(|kind| kind == 1)
}

/// The purpose of a stream.
#[derive(Debug, Clone, Copy)]
struct Target {
    /// Whether it is a soft mask, whose colours are shades, not inks.
    mask: bool,
    /// Whether it is a page, which begins in DeviceGray, a space not allowed in the file.
    page: bool,
}

struct Rewritten {
    data: Vec<u8>,
    overprint: bool,
}

#[derive(Clone)]
struct State {
    fill: Paint,
    stroke: Paint,
    width: f64,
    /// The scale of the current transformation.
    scale: f64,
    size: f64,
    overprints: bool,
}

#[derive(Clone)]
struct Paint {
    space: Space,
    /// The inks; `None` for a pattern or a spot colour.
    inks: Option<Cmyk>,
    /// Whether the inks have yet to be written: a newly selected space begins with its black, but
    /// mostly another colour follows at once.
    pending: bool,
}

impl Paint {
    fn is_black(&self) -> bool {
        self.inks.is_some_and(|[c, m, y, k]| c + m + y < 0.001 && k > 0.999)
    }
}

fn rewrite(
    data: &[u8],
    resources: &Dictionary,
    document: &Document,
    inks: &Inks,
    target: Target,
) -> Result<Rewritten, PressError> {
    let black = Paint { space: Space::Gray, inks: Some([0.0, 0.0, 0.0, 1.0]), pending: false };
    let mut writer = Writer {
        resources,
        document,
        inks,
        target,
        out: vec![],
        used: BTreeSet::new(),
        text_scale: 1.0,
        state: State {
            fill: black.clone(),
            stroke: black,
            width: 1.0,
            scale: 1.0,
            size: 0.0,
            overprints: false,
        },
        stack: vec![],
    };
    if target.page {
        writer.set(true);
        writer.set(false);
    }
    for operation in Content::decode(data)?.operations {
        writer.operation(operation);
    }
    let overprint = !writer.used.is_empty();
    Ok(Rewritten { data: Content { operations: writer.out }.encode()?, overprint })
}

struct Writer<'a> {
    resources: &'a Dictionary,
    document: &'a Document,
    inks: &'a Inks,
    target: Target,
    out: Vec<Operation>,
    used: BTreeSet<&'static str>,
    /// The scale of the text matrix.
    text_scale: f64,
    state: State,
    stack: Vec<State>,
}

impl Writer<'_> {
    fn operation(&mut self, operation: Operation) {
        let numbers: Vec<f32> =
            operation.operands.iter().filter_map(|operand| operand.as_float().ok()).collect();
        let number = |at: usize| f64::from(numbers.get(at).copied().unwrap_or_default());
        let scale = || ((number(0) * number(3) - number(1) * number(2)).abs()).sqrt();
        match operation.operator.as_str() {
            "q" => self.stack.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            "cm" => self.state.scale *= scale(),
            "w" => self.state.width = number(0),
            "BT" => self.text_scale = 1.0,
            "Tf" => self.state.size = number(0),
            "Tm" => self.text_scale = scale(),
            operator @ ("g" | "rg" | "k" | "G" | "RG" | "K") => {
                let fill = operator.starts_with(char::is_lowercase);
                self.colour(fill, device(operator), &numbers);
                return self.set(fill);
            }
            operator @ ("cs" | "CS") => {
                let fill = operator == "cs";
                let name = operation
                    .operands
                    .first()
                    .and_then(|name| name.as_name().ok())
                    .unwrap_or_default();
                let space = resources::space(self.document, self.resources, name);
                if matches!(space, Space::Gray | Space::Rgb | Space::Cmyk) {
                    // Every space begins with its black.
                    let black: &[f32] = match space {
                        Space::Cmyk => &[0.0, 0.0, 0.0, 1.0],
                        Space::Rgb => &[0.0; 3],
                        _ => &[0.0],
                    };
                    self.colour(fill, space, black);
                    self.paint(fill).pending = true;
                    return;
                }
                *self.paint(fill) = Paint { space, inks: None, pending: false };
            }
            operator @ ("sc" | "scn" | "SC" | "SCN") => {
                let fill = operator.starts_with('s');
                let space = self.paint(fill).space;
                if matches!(space, Space::Gray | Space::Rgb | Space::Cmyk) {
                    self.colour(fill, space, &numbers);
                    return self.set(fill);
                }
            }
            "Tj" | "TJ" | "'" | "\"" => {
                self.catch_up();
                let size = self.state.size.abs() * self.text_scale * self.state.scale;
                self.overprint(self.state.fill.is_black() && size < SMALL_TEXT);
            }
            "S" | "s" => {
                self.catch_up();
                let width = self.state.width * self.state.scale;
                self.overprint(self.state.stroke.is_black() && width < THIN_LINE + ROUNDING);
            }
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "sh" | "Do" => {
                self.catch_up();
                self.overprint(false);
            }
            _ => {}
        }
        self.out.push(operation);
    }

    fn paint(&mut self, fill: bool) -> &mut Paint {
        if fill { &mut self.state.fill } else { &mut self.state.stroke }
    }

    /// Sets a colour, converted to inks.
    fn colour(&mut self, fill: bool, space: Space, parts: &[f32]) {
        let inks = match (space, parts) {
            (Space::Cmyk, &[c, m, y, k, ..]) => [c, m, y, k],
            (Space::Rgb, &[r, g, b, ..]) => self.inks.drawn([r, g, b]),
            (_, &[gray, ..]) => of_gray(gray),
            _ => of_gray(0.0),
        };
        *self.paint(fill) = Paint { space, inks: Some(inks), pending: false };
    }

    /// Writes the pending colours before something is drawn in them.
    fn catch_up(&mut self) {
        for fill in [true, false] {
            if std::mem::take(&mut self.paint(fill).pending) {
                self.set(fill);
            }
        }
    }

    /// Writes the current colour.
    fn set(&mut self, fill: bool) {
        let Some(inks) = self.paint(fill).inks else { return };
        let real = |value: f32| Object::Real((value * 10_000.0).round() / 10_000.0);
        self.out.push(if self.target.mask {
            let [c, m, y, k] = inks;
            let gray = (1.0 - (0.3 * c + 0.59 * m + 0.11 * y).min(1.0)) * (1.0 - k);
            Operation::new(if fill { "g" } else { "G" }, vec![real(gray)])
        } else {
            Operation::new(if fill { "k" } else { "K" }, inks.map(real).to_vec())
        });
    }

    /// Switches overprinting on or off, if that is a change.
    fn overprint(&mut self, wanted: bool) {
        if self.target.mask || wanted == self.state.overprints {
            return;
        }
        let name = if wanted { OVERPRINTS } else { KNOCKS_OUT };
        self.used.insert(name);
        self.state.overprints = wanted;
        self.out.push(Operation::new("gs", vec![Object::Name(name.into())]));
    }
}

/// Returns the space of an operator that sets a device colour.
fn device(operator: &str) -> Space {
    match operator {
        "rg" | "RG" => Space::Rgb,
        "k" | "K" => Space::Cmyk,
        _ => Space::Gray,
    }
}
