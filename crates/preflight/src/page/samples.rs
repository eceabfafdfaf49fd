//! Functions of samples (ISO 32000-1, 7.10.2) that have fewer than they say: readers make up the
//! rest, each in its own way.

use door::End;
use hayro_syntax::object::{Array, Dict, Name, Object, dict_or_stream};
use hayro_syntax::page::Resources;

use super::data;
use super::walk::Walk;

/// The nesting of functions and colour spaces that is followed.
const DEPTH: usize = 6;
/// The functions of an array that are looked at: one for each component.
const FUNCTIONS: usize = 32;
/// The functions that are looked at in all, as each of an array may be stitched of many.
const ALL: usize = 1000;

/// Returns whether a function, one of several, or one that it is stitched of, has too few samples;
/// `limit` bounds what is unpacked.
pub(super) fn is_short(function: &Object<'_>, limit: usize) -> bool {
    fn within(function: &Object<'_>, limit: usize, depth: usize, left: &mut usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        *left = left.saturating_sub(1);
        if *left == 0 {
            return false;
        }
        let mut any = |list: &Array<'_>| {
            crate::file::is_sound(list)
                && list.iter::<Object<'_>>().take(FUNCTIONS).any(|o| within(&o, limit, depth, left))
        };
        match function {
            Object::Array(list) => any(list),
            Object::Dict(dict) => dict.get::<Array<'_>>("Functions").is_some_and(|own| any(&own)),
            Object::Stream(stream) => needed(stream.dict()).is_some_and(|needed| {
                // Where not even that many could be held, nothing is known.
                let data = data::unpacked(stream, needed.min(limit));
                data.end != End::Limit && data.bytes.len() < needed
            }),
            _ => false,
        }
    }
    within(function, limit, DEPTH, &mut { ALL })
}

/// What reading a function and running it takes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weight {
    /// The bytes of its samples.
    pub(super) samples: usize,
    /// The bytes of its programs, which are run for each colour.
    pub(super) programs: usize,
}

/// Returns what a function weighs, or several; `limit` bounds what is unpacked.
pub(super) fn weight(function: &Object<'_>, limit: usize) -> Weight {
    fn add(function: &Object<'_>, limit: usize, depth: usize, left: &mut usize, to: &mut Weight) {
        let Some(depth) = depth.checked_sub(1) else { return };
        *left = left.saturating_sub(1);
        if *left == 0 {
            return;
        }
        let mut all = |list: &Array<'_>| {
            if crate::file::is_sound(list) {
                list.iter::<Object<'_>>().for_each(|part| add(&part, limit, depth, left, to));
            }
        };
        match function {
            Object::Array(list) => all(list),
            Object::Dict(dict) => _ = dict.get::<Array<'_>>("Functions").map(|own| all(&own)),
            Object::Stream(stream) => {
                let bytes = data::unpacked(stream, limit).bytes.len();
                match stream.dict().get::<i32>("FunctionType") {
                    Some(4) => to.programs += bytes,
                    _ => to.samples += bytes,
                }
            }
            _ => {}
        }
    }
    let mut weight = Weight::default();
    add(function, limit, DEPTH, &mut { ALL }, &mut weight);
    weight
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
        let short = is_short(function, self.means.stream);
        self.tints.insert(key, short);
        short
    }
}
