//! Functions of samples (ISO 32000-1, 7.10.2) that have fewer than they say: readers make up the
//! rest, each in its own way.

use door::End;
use hayro_syntax::object::{Array, Dict, Name, Object, dict_or_stream};
use hayro_syntax::page::Resources;

use super::data;
use super::walk::Walk;

/// The nesting of functions and colour spaces that is followed.
const DEPTH: usize = 6;
/// The functions that are looked at in all: one for each component, each stitched of many.
const ALL: usize = 1000;

/// What is found out of a function, or of several, with those that they are stitched of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// The bytes of its samples.
    pub(super) samples: usize,
    /// The bytes of its programs, which are run for each colour.
    pub(super) programs: usize,
    /// Whether there are fewer samples than it says.
    pub(super) is_short: bool,
    /// How the first of its data ended that are not whole.
    pub(super) end: End,
}

/// Looks at a function, or at several; `limit` bounds what is unpacked.
pub(super) fn look(function: &Object<'_>, limit: usize) -> Found {
    let mut found = Found { samples: 0, programs: 0, is_short: false, end: End::Whole };
    add(function, limit, DEPTH, &mut { ALL }, &mut found);
    found
}

fn add(function: &Object<'_>, limit: usize, depth: usize, left: &mut usize, to: &mut Found) {
    let Some(depth) = depth.checked_sub(1).filter(|_| *left > 0) else { return };
    *left -= 1;
    let mut all = |list: Array<'_>| {
        if crate::file::is_sound(&list) {
            list.iter::<Object<'_>>().for_each(|part| add(&part, limit, depth, left, to));
        }
    };
    match function {
        Object::Array(list) => all(list.clone()),
        Object::Dict(dict) => _ = dict.get::<Array<'_>>("Functions").map(all),
        Object::Stream(stream) => {
            let data = data::unpacked(stream, limit);
            match stream.dict().get::<i32>("FunctionType") {
                Some(4) => to.programs += data.bytes.len(),
                _ => to.samples += data.bytes.len(),
            }
            if to.end == End::Whole {
                to.end = data.end;
            }
            // Where not even that many could be held, nothing is known.
            let is_short = needed(stream.dict()).is_some_and(|needed| data.bytes.len() < needed);
            to.is_short |= is_short && data.end != End::Limit;
        }
        _ => {}
    }
}

/// Returns how many bytes the samples of a function take.
fn needed(dict: &Dict<'_>) -> Option<usize> {
    if dict.get::<i32>("FunctionType") != Some(0) {
        return None;
    }
    let outputs = dict.get::<Array<'_>>("Range")?.iter::<f32>().count() / 2;
    let bits = dict.get::<usize>("BitsPerSample")?;
    let sizes = dict.get::<Array<'_>>("Size")?;
    let samples = sizes.iter::<usize>().try_fold(outputs, usize::checked_mul)?;
    Some(samples.checked_mul(bits)?.div_ceil(8))
}

impl Walk<'_, '_> {
    /// Returns whether the tints of a colour space are made by a function with too few samples.
    pub(super) fn is_cut_off(&mut self, space: &Object<'_>, resources: &Resources<'_>) -> bool {
        let mut space = space.clone();
        for _ in 0..DEPTH {
            let list = match &space {
                Object::Name(name) => match resources.get_color_space(name) {
                    Some(Object::Array(list)) => list,
                    _ => return false,
                },
                Object::Array(list) => list.clone(),
                _ => return false,
            };
            let items: Vec<Object<'_>> = list.iter::<Object<'_>>().take(4).collect();
            let family = match items.first() {
                Some(Object::Name(name)) => Name::as_ref(name).to_vec(),
                _ => return false,
            };
            match (family.as_slice(), items.get(1), items.get(3)) {
                (b"Separation" | b"DeviceN", _, Some(function)) => {
                    return self.known_short(function);
                }
                (b"Indexed" | b"I" | b"Pattern", Some(base), _) => space = base.clone(),
                _ => return false,
            }
        }
        false
    }

    /// Looks at a function once only.
    fn known_short(&mut self, function: &Object<'_>) -> bool {
        let Some((dict, _)) = dict_or_stream(function) else { return false };
        let key = dict.data().as_ptr() as usize;
        if let Some(known) = self.tints.get(&key) {
            return *known;
        }
        let short = look(function, self.means.stream).is_short;
        self.tints.insert(key, short);
        short
    }
}
