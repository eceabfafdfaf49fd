//! White that overprints: it would not be seen, so it is made to knock out. Only the graphics
//! states around what paints white change, in pages, forms and patterns; the content around them
//! stays byte for byte.

use std::collections::BTreeSet;

use door::{Operation, operations};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::content::{LIMIT, free, kind, replace, resources, whole};
use super::{Done, Left, MendError, Outcome};

/// The amount of an ink below which nothing prints: half a percent.
const NOTHING: f32 = 0.005;

/// Has white knock out wherever a page, a form or a pattern itself sets it to overprint.
pub(crate) fn knock_out(document: &mut Document, out: &mut Outcome) -> Result<(), MendError> {
    let mut count = 0;
    for (id, number) in document.page_iter().collect::<Vec<ObjectId>>().into_iter().zip(1..) {
        let page = document.get_dictionary(id)?;
        let mut resources = resources(document, page);
        // Nearly no file has any state that overprints.
        if !overprints(document, &resources) {
            continue;
        }
        let Some(content) = whole(document, page) else {
            out.left.push(Left::Content(number));
            continue;
        };
        let start = State { fill_over: Some(false), line_over: Some(false), ..State::default() };
        let Some(made) = rewritten(document, &content, &mut resources, start) else {
            out.left.push(Left::Content(number));
            continue;
        };
        if made.places > 0 {
            count += made.places;
            replace(document, id, made.content, resources)?;
        }
    }
    count += streams(document)?;
    if count > 0 {
        out.done.push(Done::White(count));
    }
    Ok(())
}

/// Rewrites forms and patterns; returns the number of places.
fn streams(document: &mut Document) -> Result<usize, MendError> {
    let holds = |dict: &Dictionary| {
        let is_form =
            dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
        let tiled = dict.get(b"PatternType").and_then(Object::as_i64).is_ok_and(|kind| kind == 1);
        is_form || tiled
    };
    let ids: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| object.as_stream().is_ok_and(|stream| holds(&stream.dict)))
        .map(|(id, _)| *id)
        .collect();
    let mut count = 0;
    for id in ids {
        let stream = document.get_object(id)?.as_stream()?;
        let own = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).cloned();
        let Ok(mut resources) = own else { continue };
        if !overprints(document, &resources) {
            continue;
        }
        let Ok(content) = stream.get_plain_content_with_limit(LIMIT) else { continue };
        // What is around it may have set anything.
        let Some(made) = rewritten(document, &content, &mut resources, State::default()) else {
            continue;
        };
        if made.places > 0 {
            count += made.places;
            let stream = document.get_object_mut(id)?.as_stream_mut()?;
            stream.dict.set("Resources", resources);
            stream.set_plain_content(made.content);
            stream.compress()?;
        }
    }
    Ok(count)
}

/// Returns whether any graphics state of the resources turns overprinting on.
fn overprints(document: &Document, resources: &Dictionary) -> bool {
    let states = kind(document, resources, b"ExtGState");
    states.iter().any(|(_, state)| {
        let state = document.dereference(state).ok().and_then(|(_, state)| state.as_dict().ok());
        let on = |key: &[u8]| {
            let value = state.and_then(|state| state.get_deref(key, document).ok());
            value.is_some_and(|value| value.as_bool().unwrap_or(false))
        };
        on(b"OP") || on(b"op")
    })
}

/// How the inks of a colour behave.
#[derive(Clone, Copy, PartialEq)]
enum Space {
    /// DeviceCMYK: only mode 1 leaves what is beneath where an ink is zero.
    Cmyk,
    /// Inks by name.
    Colorants,
    /// Any other: it covers, or is none of ours to judge.
    Other,
}

#[derive(Clone, Copy)]
struct Colour {
    space: Space,
    white: bool,
}

#[derive(Clone, Copy)]
struct State {
    fill: Colour,
    line: Colour,
    /// Whether fills and lines overprint, where that is known.
    fill_over: Option<bool>,
    line_over: Option<bool>,
    mode_one: bool,
    text_mode: f32,
}

impl Default for State {
    fn default() -> Self {
        let other = Colour { space: Space::Other, white: false };
        Self {
            fill: other,
            line: other,
            fill_over: None,
            line_over: None,
            mode_one: false,
            text_mode: 0.0,
        }
    }
}

impl State {
    fn hides(&self, colour: Colour, over: Option<bool>) -> bool {
        let leaves = match colour.space {
            Space::Cmyk => self.mode_one,
            Space::Colorants => true,
            Space::Other => false,
        };
        colour.white && leaves && over == Some(true)
    }

    /// Returns the switches before and after a mark that fills, draws lines, or both: of OP and of
    /// op, where they are to be set.
    fn switches(&self, fill: bool, line: bool) -> Option<[Switch; 2]> {
        let fill = fill && self.hides(self.fill, self.fill_over);
        // OP alone would set both.
        let line = line && self.hides(self.line, self.line_over) && self.fill_over.is_some();
        if !fill && !line {
            return None;
        }
        let own = |on: bool| Switch {
            line: line.then_some(on),
            fill: if fill { Some(on) } else { self.fill_over.filter(|_| line) },
        };
        Some([own(false), own(true)])
    }
}

/// A graphics state that sets overprinting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Switch {
    line: Option<bool>,
    fill: Option<bool>,
}

impl Switch {
    fn stem(self) -> String {
        let sign = |on: Option<bool>| match on {
            None => "",
            Some(true) => "On",
            Some(false) => "Off",
        };
        format!("Overprint{}{}", sign(self.line), sign(self.fill))
    }

    fn dict(self) -> Dictionary {
        let mut dict = dictionary! { "Type" => "ExtGState" };
        if let Some(on) = self.line {
            dict.set("OP", on);
        }
        if let Some(on) = self.fill {
            dict.set("op", on);
        }
        dict
    }
}

struct Rewritten {
    content: Vec<u8>,
    places: usize,
}

/// Rewrites content, and adds the states that it then uses to its resources; `None` if it cannot be
/// read.
fn rewritten(
    document: &Document,
    content: &[u8],
    resources: &mut Dictionary,
    start: State,
) -> Option<Rewritten> {
    let reader = Reader {
        document,
        states: kind(document, resources, b"ExtGState"),
        spaces: kind(document, resources, b"ColorSpace"),
        objects: kind(document, resources, b"XObject"),
    };
    let (mut state, mut saved) = (start, vec![]);
    // Where the path under construction begins: nothing may stand between it and its painting.
    let mut path = None;
    let mut inserts: Vec<(usize, Switch)> = vec![];
    for operation in operations(content)? {
        let switches = match operation.operator {
            b"q" => {
                saved.push(state);
                None
            }
            b"Q" => {
                state = saved.pop().unwrap_or(state);
                None
            }
            b"m" | b"re" => {
                path.get_or_insert(operation.start);
                None
            }
            b"f" | b"F" | b"f*" => state.switches(true, false),
            b"S" | b"s" => state.switches(false, true),
            b"B" | b"B*" | b"b" | b"b*" => state.switches(true, true),
            b"Tj" | b"TJ" | b"'" | b"\"" => state.switches(
                matches!(state.text_mode, 0.0 | 2.0 | 4.0 | 6.0),
                matches!(state.text_mode, 1.0 | 2.0 | 5.0 | 6.0),
            ),
            b"Do" if reader.is_stencil(&operation) => state.switches(true, false),
            b"BI" if is_inline_stencil(&operation) => state.switches(true, false),
            _ => {
                reader.set(&mut state, &operation);
                None
            }
        };
        let paints = matches!(
            operation.operator,
            b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" | b"n"
        );
        let begins = if paints { path.take() } else { Some(operation.start) };
        if let (Some([before, after]), Some(begins)) = (switches, begins) {
            inserts.extend([(begins, before), (operation.end, after)]);
        }
    }
    let used: BTreeSet<Switch> = inserts.iter().map(|(_, switch)| *switch).collect();
    let mut states = reader.states;
    let mut names = vec![];
    for switch in used {
        let name = free(&states, &switch.stem());
        states.set(name.clone(), switch.dict());
        names.push((switch, name));
    }
    let places = inserts.len() / 2;
    let mut out = Vec::with_capacity(content.len() + inserts.len() * 24);
    let mut at = 0;
    for (to, switch) in inserts {
        out.extend(&content[at..to]);
        at = to;
        if let Some((_, name)) = names.iter().find(|(known, _)| *known == switch) {
            out.extend(format!(" /{name} gs ").bytes());
        }
    }
    out.extend(&content[at..]);
    if places > 0 {
        resources.set("ExtGState", states);
    }
    Some(Rewritten { content: out, places })
}

/// Reads what sets colours and overprinting.
struct Reader<'a> {
    document: &'a Document,
    states: Dictionary,
    spaces: Dictionary,
    objects: Dictionary,
}

impl Reader<'_> {
    fn set(&self, state: &mut State, operation: &Operation<'_>) {
        let numbers = operation.numbers();
        let white = || !numbers.is_empty() && numbers.iter().all(|&ink| ink <= NOTHING);
        let other = Colour { space: Space::Other, white: false };
        let name = || operation.name().unwrap_or_default();
        match operation.operator {
            b"k" => state.fill = Colour { space: Space::Cmyk, white: white() },
            b"K" => state.line = Colour { space: Space::Cmyk, white: white() },
            b"g" | b"rg" => state.fill = other,
            b"G" | b"RG" => state.line = other,
            // Every space begins with its black, or with all of its ink.
            b"cs" => state.fill = Colour { space: self.space(&name()), white: false },
            b"CS" => state.line = Colour { space: self.space(&name()), white: false },
            b"sc" | b"scn" => state.fill.white = operation.name().is_none() && white(),
            b"SC" | b"SCN" => state.line.white = operation.name().is_none() && white(),
            b"Tr" => state.text_mode = numbers.first().copied().unwrap_or(0.0),
            b"gs" => self.apply(state, &name()),
            _ => {}
        }
    }

    fn apply(&self, state: &mut State, name: &[u8]) {
        let dict = self.states.get_deref(name, self.document).and_then(Object::as_dict);
        let Ok(dict) = dict else { return };
        let value = |key: &[u8]| dict.get_deref(key, self.document).ok();
        let switch = |key: &[u8]| value(key).and_then(|value| value.as_bool().ok());
        if let Some(on) = switch(b"OP") {
            (state.line_over, state.fill_over) = (Some(on), Some(on));
        }
        state.fill_over = switch(b"op").or(state.fill_over);
        if let Some(mode) = value(b"OPM").and_then(|mode| mode.as_i64().ok()) {
            state.mode_one = mode == 1;
        }
    }

    fn space(&self, name: &[u8]) -> Space {
        // A default takes the place of the device's own space.
        if matches!(name, b"DeviceCMYK") {
            return if self.spaces.has(b"DefaultCMYK") { Space::Other } else { Space::Cmyk };
        }
        let Ok(object) = self.spaces.get_deref(name, self.document) else { return Space::Other };
        let family = match object {
            Object::Array(parts) => parts.first(),
            object => Some(object),
        };
        let family = family.and_then(|name| self.document.dereference(name).ok()?.1.as_name().ok());
        match family {
            Some(b"DeviceCMYK") => Space::Cmyk,
            Some(b"Separation" | b"DeviceN") => Space::Colorants,
            _ => Space::Other,
        }
    }

    /// Returns whether `Do` paints an image in the current colour.
    fn is_stencil(&self, operation: &Operation<'_>) -> bool {
        let name = operation.name().unwrap_or_default();
        let stream = self.objects.get_deref(&name, self.document).and_then(Object::as_stream);
        stream.is_ok_and(|stream| {
            let mask = stream.dict.get_deref(b"ImageMask", self.document);
            mask.is_ok_and(|mask| mask.as_bool().unwrap_or(false))
        })
    }
}

fn is_inline_stencil(operation: &Operation<'_>) -> bool {
    let text = String::from_utf8_lossy(operation.operands);
    let head = text.split(" ID").next().unwrap_or_default();
    let words: Vec<&str> =
        head.split(['/', ' ', '\n', '\r', '\t']).filter(|w| !w.is_empty()).collect();
    words.windows(2).any(|pair| matches!(pair, ["IM" | "ImageMask", "true"]))
}
