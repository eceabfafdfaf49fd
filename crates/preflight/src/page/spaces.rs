//! Reading colour spaces (ISO 32000-1, 8.6): those that content names are read once for a page.

use std::rc::Rc;

use hayro_syntax::object::{
    Array, Dict, Name, Object, Stream, String as PdfString, dict_or_stream,
};
use hayro_syntax::page::Resources;

use super::Space;
use super::data;
use super::walk::{UNPACKED, Walk};

/// The maximum nesting depth of a colour space.
const DEPTH: usize = 6;
/// The maximum size of a function's samples, or of a table of colours, in bytes.
const SAMPLES: usize = 1 << 20;
/// The maximum number of colorants of a mixture (ISO 32000-2, table C.1).
const MIXED: usize = 32;

/// The maximum number of colour spaces that are kept.
const KEPT: usize = 64;

impl Space {
    /// Reads a colour space; names are looked up in `resources`, where device spaces may have a
    /// default.
    pub(crate) fn read(object: &Object<'_>, resources: &Resources<'_>) -> Self {
        Self::read_counted(object, resources, &mut 0)
    }

    /// Reads a colour space, and counts the bytes that are unpacked for it.
    pub(super) fn read_counted(
        object: &Object<'_>,
        resources: &Resources<'_>,
        unpacked: &mut usize,
    ) -> Self {
        let mut reading = Reading { resources, unpacked };
        reading.space(object, DEPTH).unwrap_or(Self::Unknown)
    }
}

impl<'a> Walk<'a, '_> {
    /// Returns the colour space that content names.
    pub(super) fn space_named(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Rc<Space> {
        let list = match defined(name, resources) {
            None => return Rc::new(Space::Unknown),
            Some(Defined::Plain(space)) => return Rc::new(space),
            Some(Defined::By(list, _)) => list,
        };
        // What an array refers to by a device's name depends on the resources.
        let place = |data: &[u8]| data.as_ptr() as usize;
        let key = (place(list.data()), place(resources.color_spaces.data()));
        if let Some(known) = self.spaces.get(&key) {
            return known.clone();
        }
        let space = self.space_of(&Object::Name(name.clone()), resources);
        if self.spaces.len() >= KEPT {
            self.spaces.clear();
        }
        self.spaces.insert(key, space.clone());
        space
    }

    /// Returns the colour space in a dictionary, if any.
    pub(super) fn space_in(
        &mut self,
        dict: &Dict<'_>,
        resources: &Resources<'a>,
    ) -> Option<Rc<Space>> {
        match dict.get::<Object<'_>>("ColorSpace").or_else(|| dict.get::<Object<'_>>("CS"))? {
            Object::Name(name) => Some(self.space_named(&name, resources)),
            object => Some(self.space_of(&object, resources)),
        }
    }

    /// Reads a colour space, at the cost of what is unpacked for it.
    fn space_of(&mut self, object: &Object<'_>, resources: &Resources<'a>) -> Rc<Space> {
        let mut unpacked = 0;
        let space = Space::read_counted(object, resources, &mut unpacked);
        self.spend(unpacked / UNPACKED);
        Rc::new(space)
    }
}

/// What defines a colour space that content names.
enum Defined<'a> {
    /// Its name alone.
    Plain(Space),
    /// An array of the resources; the space to take where that cannot be read.
    By(Array<'a>, Option<Space>),
}

/// Returns what defines the colour space of a name; `None` where the resources do not have it.
fn defined<'a>(name: &Name<'_>, resources: &Resources<'a>) -> Option<Defined<'a>> {
    let default = |key: &'static [u8], device: Space| match Name::new(key)
        .and_then(|name| resources.get_color_space(&name))
    {
        Some(Object::Array(list)) => Defined::By(list, Some(device)),
        _ => Defined::Plain(device),
    };
    let mut name = name.clone();
    for _ in 0..DEPTH {
        return Some(match name.as_ref() {
            b"DeviceGray" | b"G" => default(b"DefaultGray", Space::Gray),
            b"DeviceCMYK" | b"CMYK" => default(b"DefaultCMYK", Space::Cmyk),
            b"DeviceRGB" | b"RGB" => default(b"DefaultRGB", Space::Rgb),
            b"Pattern" => Defined::Plain(Space::Pattern(None)),
            _ => match resources.get_color_space(&name)? {
                Object::Array(list) => Defined::By(list, None),
                Object::Name(other) => {
                    name = other;
                    continue;
                }
                _ => return None,
            },
        });
    }
    None
}

/// The reading of a colour space.
struct Reading<'r, 'a> {
    resources: &'r Resources<'a>,
    /// The bytes that were unpacked for it.
    unpacked: &'r mut usize,
}

impl Reading<'_, '_> {
    fn space(&mut self, object: &Object<'_>, depth: usize) -> Option<Space> {
        let depth = depth.checked_sub(1)?;
        match object {
            Object::Name(name) => match defined(name, self.resources)? {
                Defined::Plain(space) => Some(space),
                Defined::By(list, otherwise) => self.family(&list, depth).or(otherwise),
            },
            Object::Array(array) => self.family(array, depth),
            _ => None,
        }
    }

    fn unpacked(&mut self, stream: &Stream<'_>) -> Vec<u8> {
        let bytes = data::unpacked(stream, SAMPLES).bytes;
        *self.unpacked += bytes.len();
        bytes
    }

    fn family(&mut self, array: &Array<'_>, depth: usize) -> Option<Space> {
        let items: Vec<Object> = array.iter::<Object<'_>>().collect();
        let Some(Object::Name(name)) = items.first() else { return None };
        let mut inner = |at: usize| self.space(items.get(at)?, depth).map(Rc::new);
        Some(match name.as_ref() {
            b"CalGray" => Space::Calibrated(1),
            b"CalRGB" => Space::Calibrated(3),
            b"Lab" => Space::Lab,
            b"ICCBased" => Space::Icc(dict_or_stream(items.get(1)?)?.0.get::<u8>("N")?),
            b"Separation" => {
                let Some(Object::Name(colorant)) = items.get(1) else { return None };
                let alternate = inner(2)?;
                let full = items.get(3).and_then(|function| self.full_tint(function, DEPTH));
                let name = colorant.as_str().to_owned();
                let told = |full| (name.clone(), format!("{} ({full})", alternate.name()));
                let full = full.map(told).into_iter().collect();
                Space::Colorants { names: vec![name], alternate, full }
            }
            b"DeviceN" => {
                let names = items.get(1)?.clone().into_array()?;
                let names: Vec<String> =
                    names.iter::<Name<'_>>().map(|n| n.as_str().to_owned()).collect();
                let alternate = inner(2)?;
                let full = items.get(4).map(|more| self.mixed(more, &names, depth));
                Space::Colorants { names, alternate, full: full.unwrap_or_default() }
            }
            b"Indexed" | b"I" => {
                let base = inner(1)?;
                let table = match items.get(3)? {
                    Object::String(text) => PdfString::as_bytes(text).to_vec(),
                    Object::Stream(stream) => self.unpacked(stream),
                    _ => return None,
                };
                let top = items.get(2)?.clone().into_i32().unwrap_or(0);
                let top = usize::try_from(top).unwrap_or(0);
                Space::Indexed { base, table: Rc::new(table), top }
            }
            b"Pattern" => Space::Pattern(items.get(1).and_then(|_| inner(1))),
            _ => return self.space(items.first()?, depth),
        })
    }

    /// Returns the alternate colours of single colorants, as a DeviceN space's dictionary tells
    /// them.
    fn mixed(
        &mut self,
        more: &Object<'_>,
        names: &[String],
        depth: usize,
    ) -> Vec<(String, String)> {
        let Some((more, _)) = dict_or_stream(more) else { return vec![] };
        let Some(known) = more.get::<Dict<'_>>("Colorants") else { return vec![] };
        // A single colorant's space and its alternate, which is mixed of no others.
        let depth = depth.min(2);
        let mut full = vec![];
        for name in names.iter().take(MIXED) {
            let space = known.get::<Object<'_>>(name.as_bytes());
            if let Some(Space::Colorants { names: one, full: told, .. }) =
                space.and_then(|space| self.space(&space, depth))
                && one[..] == [name.clone()]
            {
                full.extend(told);
            }
        }
        full
    }

    /// Returns what a tint transform makes of the full tint, as text: its numbers to a hundredth, or
    /// the program of a calculator.
    fn full_tint(&mut self, function: &Object<'_>, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let (dict, stream) = match function {
            Object::Stream(stream) => (stream.dict(), Some(stream)),
            Object::Dict(dict) => (dict, None),
            _ => return None,
        };
        let numbers = |key: &str| {
            dict.get::<Array<'_>>(key).map(|list| list.iter::<f32>().collect::<Vec<_>>())
        };
        let told = |values: Vec<f32>| {
            let rounded = |value: &f32| format!("{}", (value * 100.0).round() / 100.0 + 0.0);
            values.iter().map(rounded).collect::<Vec<_>>().join(" ")
        };
        match dict.get::<i32>("FunctionType")? {
            2 => Some(told(numbers("C1").unwrap_or_else(|| vec![1.0]))),
            3 => self.full_tint(
                &dict.get::<Array<'_>>("Functions")?.iter::<Object<'_>>().last()?,
                depth,
            ),
            0 => {
                let range = numbers("Range")?;
                let n = range.len() / 2;
                let bits = dict.get::<usize>("BitsPerSample")?;
                let data = self.unpacked(stream?);
                let count = dict.get::<Array<'_>>("Size")?.iter::<usize>().next()?;
                if !matches!(bits, 8 | 16) || n == 0 {
                    return None;
                }
                let decode = numbers("Decode").filter(|d| d.len() == range.len()).unwrap_or(range);
                let width = bits / 8;
                let from = count.checked_sub(1)?.checked_mul(n * width)?;
                let last = data.get(from..from.checked_add(n * width)?)?;
                let share = |at: usize| f32::from(last[at * width]) / 255.0;
                Some(told(
                    (0..n)
                        .map(|at| {
                            decode[2 * at] + share(at) * (decode[2 * at + 1] - decode[2 * at])
                        })
                        .collect(),
                ))
            }
            _ => Some(String::from_utf8_lossy(&self.unpacked(stream?)).trim().into()),
        }
    }
}
