//! What a few numbers ask a reader to build: tables of widths, functions of functions, programs in
//! programs. Readers make them whole before anything is painted; so what is beyond all use is
//! refused before they do.

use std::collections::HashMap;

use door::End;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, MaybeRef, ObjRef, Object, Stream, dict_or_stream};
use hayro_syntax::xref::XRef;

use super::file::is_sound;
use super::finding::{At, Findings};
use super::page::{Run, runs, unpacked};
use super::rules;
use l10n::say;

/// The nesting of objects within each other that is followed.
const DEPTH: usize = 100;
/// The glyphs that the widths of one font may be for: a font has 65,536 CIDs at most (ISO 32000-2,
/// table C.1), and both a width and a height for each.
const GLYPHS: u64 = 4 << 16;
/// The same for all fonts of a file.
const ALL_GLYPHS: u64 = 64 << 20;
/// The nesting of functions that are stitched of others, and their number.
const STITCHED: usize = 16;
const PARTS: usize = 1 << 14;
/// The numbers that a function of samples takes, the samples of each of its outputs, and the bytes
/// of all of them.
const INPUTS: usize = 12;
const SAMPLES: u64 = 1 << 18;
const BYTES: usize = 16 << 20;
/// The bytes of all functions of a file.
const ALL_BYTES: usize = 1 << 30;
/// The bytes of a calculator's program, and the nesting within it.
const PROGRAM: usize = 1 << 20;
const BRACES: usize = 100;

/// Checks a file; returns whether it asks for no more than a reader can build.
pub(super) fn check(pdf: &Pdf, findings: &mut Findings) -> bool {
    let Some(what) = excess(pdf) else { return true };
    let hint = say!("export the file again: it is damaged or malicious");
    findings.report(&rules::WORK, At::FILE, what, hint);
    false
}

/// Returns what is too much in a file, in words.
fn excess(pdf: &Pdf) -> Option<String> {
    let mut look = Look { functions: vec![], glyphs: 0 };
    if pdf.objects().into_iter().any(|object| look.object(&object, DEPTH)) {
        return Some(say!("the widths of a font are for more glyphs than fonts have"));
    }
    let mut sizes = Sizes { xref: pdf.xref(), known: HashMap::new(), left: ALL_BYTES };
    let mut fits = |function| sizes.is_sound(function) && sizes.of(function, STITCHED).is_some();
    let sound = look.functions.iter().all(&mut fits);
    (!sound).then(|| say!("a function of colours is of no size that a reader can build"))
}

struct Look<'a> {
    /// The functions that were met.
    functions: Vec<Object<'a>>,
    /// The glyphs that widths are for.
    glyphs: u64,
}

impl<'a> Look<'a> {
    /// Looks at an object and what stands in it; returns whether its widths are too many.
    fn object(&mut self, object: &Object<'a>, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        // What is referred to comes by itself.
        let direct = |item: MaybeRef<Object<'a>>| match item {
            MaybeRef::Ref(_) => false,
            MaybeRef::NotRef(item) => self.object(&item, depth),
        };
        let dict = match object {
            Object::Array(list) => return is_sound(list) && list.raw_iter().any(direct),
            Object::Dict(dict) => dict,
            Object::Stream(stream) => stream.dict(),
            _ => return false,
        };
        // Not by `entries`, which has no answer for a damaged value.
        if dict.keys().filter_map(|key| dict.get_raw::<Object<'_>>(key.as_ref())).any(direct) {
            return true;
        }
        if dict.contains_key("FunctionType") {
            self.functions.push(object.clone());
        }
        let list = |key: &str, numbers: usize| {
            dict.get::<Array<'_>>(key).map_or(0, |list| ranges(&list, numbers))
        };
        let own = list("W", 1).saturating_add(list("W2", 3));
        self.glyphs = self.glyphs.saturating_add(own);
        own > GLYPHS || self.glyphs > ALL_GLYPHS
    }
}

/// The size of a function.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    /// How far functions are stitched of others.
    height: usize,
    /// The number of all its parts.
    parts: usize,
}

/// The sizes of functions.
struct Sizes<'a> {
    xref: &'a XRef,
    /// Those that are referred to; one that is being looked at has none.
    known: HashMap<ObjRef, Option<Size>>,
    /// The bytes that may still be unpacked to find them out.
    left: usize,
}

impl<'a> Sizes<'a> {
    /// Returns whether the data of a function have a size that is of use.
    fn is_sound(&mut self, function: &Object<'a>) -> bool {
        let Object::Stream(stream) = function else { return true };
        match stream.dict().get::<i32>("FunctionType") {
            Some(0) => self.is_table(stream),
            Some(4) => self.is_program(stream),
            _ => true,
        }
    }

    /// Returns the size of a function, without its data; `None` if it is of no use. What is no
    /// function is nothing to a reader.
    fn of(&mut self, function: &Object<'a>, depth: usize) -> Option<Size> {
        let depth = depth.checked_sub(1)?;
        let Some((dict, _)) = dict_or_stream(function) else { return Some(Size::default()) };
        let mut all = Size { height: 1, parts: 1 };
        if dict.get::<i32>("FunctionType") != Some(3) {
            return Some(all);
        }
        let list = dict.get::<Array<'_>>("Functions").filter(is_sound);
        for item in list.iter().flat_map(|list| list.raw_iter()) {
            let part = match item {
                MaybeRef::Ref(id) => self.referred(id, depth)?,
                MaybeRef::NotRef(item) => self.of(&item, depth)?,
            };
            all.height = all.height.max(part.height + 1);
            all.parts = all.parts.saturating_add(part.parts);
        }
        (all.height <= STITCHED && all.parts <= PARTS).then_some(all)
    }

    /// Returns the size of a function that is referred to.
    fn referred(&mut self, id: ObjRef, depth: usize) -> Option<Size> {
        if let Some(size) = self.known.get(&id) {
            return *size;
        }
        self.known.insert(id, None);
        let size = match self.xref.get::<Object<'_>>(id.into()) {
            Some(object) => self.of(&object, depth)?,
            None => Size::default(),
        };
        self.known.insert(id, Some(size));
        Some(size)
    }

    fn is_table(&mut self, stream: &Stream<'_>) -> bool {
        let Some(sizes) = stream.dict().get::<Array<'_>>("Size").filter(is_sound) else {
            return true;
        };
        let sizes: Vec<u32> = sizes.iter::<u32>().take(INPUTS + 1).collect();
        let samples = sizes.iter().try_fold(1u64, |all, size| all.checked_mul((*size).into()));
        sizes.len() <= INPUTS
            && samples.is_some_and(|samples| (1..=SAMPLES).contains(&samples))
            && self.unpacked(stream, BYTES).is_some()
    }

    fn is_program(&mut self, stream: &Stream<'_>) -> bool {
        let Some(program) = self.unpacked(stream, PROGRAM) else { return false };
        let mut depth = 0usize;
        let nested = |byte: &u8| {
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > BRACES
        };
        !program.iter().any(nested)
    }

    /// Unpacks a stream; `None` if it is larger than it may be, or those of the file are.
    fn unpacked(&mut self, stream: &Stream<'_>, limit: usize) -> Option<Vec<u8>> {
        let data = unpacked(stream, limit.min(self.left));
        self.left = self.left.saturating_sub(data.bytes.len());
        (data.end != End::Limit).then_some(data.bytes)
    }
}

/// Returns the number of glyphs that a list of widths, or of heights, names by ranges. Those that it
/// lists are bounded by the file.
fn ranges(list: &Array<'_>, numbers: usize) -> u64 {
    let count = |run| match run {
        Run::Listed(..) => 0,
        Run::Range(first, last, _) => u64::from(u32::saturating_sub(last, first)),
    };
    runs(list, numbers).map(count).fold(0, u64::saturating_add)
}
