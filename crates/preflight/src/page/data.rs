//! The data of streams, unpacked within bounds and told apart from damaged ones.

use door::{End, Filter, Unpacked, Value};
use hayro_syntax::object::{Dict, MaybeRef, Name, Object, Stream};
use hayro_syntax::page::Page;
use kurbo::Affine;

/// Returns a stream's filters in order.
pub(crate) fn filters(stream: &Stream<'_>) -> Vec<Filter> {
    let dict = stream.dict();
    let either = |long: &str, short: &str| {
        dict.get::<Object<'_>>(long).or_else(|| dict.get::<Object<'_>>(short))
    };
    let names: Vec<Name<'_>> = match either("Filter", "F") {
        Some(Object::Name(name)) => vec![name],
        Some(Object::Array(list)) => list.iter::<Name<'_>>().collect(),
        _ => vec![],
    };
    let parameters: Vec<Object<'_>> = match either("DecodeParms", "DP") {
        Some(Object::Array(list)) => list.iter::<Object<'_>>().collect(),
        Some(one) => vec![one],
        None => vec![],
    };
    let number = |dict: &Dict<'_>, key: &str| {
        dict.get::<i32>(key).map(|n| (key.as_bytes().to_vec(), Value::Number(n.into())))
    };
    let keys = ["Predictor", "Colors", "BitsPerComponent", "Columns", "EarlyChange"];
    let own = |at: usize| match parameters.get(at) {
        Some(Object::Dict(dict)) => keys.iter().filter_map(|key| number(dict, key)).collect(),
        _ => vec![],
    };
    names.iter().enumerate().map(|(at, name)| Filter::named(name, &own(at))).collect()
}

/// Unpacks a stream to `limit` bytes at most.
pub(crate) fn unpacked(stream: &Stream<'_>, limit: usize) -> Unpacked {
    door::unpack(&stream.raw_data(), &filters(stream), limit)
}

/// Returns a page's content: its streams joined, as words do not run over their ends; and how the
/// worst of them ended. A stream that is not there is damaged too.
pub(super) fn contents(page: &Page<'_>, limit: usize) -> Unpacked {
    let dict = page.raw();
    let mut whole = Unpacked { bytes: vec![], end: End::Whole };
    let mut add = |stream: Option<Stream<'_>>| {
        let Some(stream) = stream else {
            whole.end = End::Damaged;
            return;
        };
        let part = unpacked(&stream, limit.saturating_sub(whole.bytes.len()));
        whole.bytes.extend(part.bytes);
        whole.bytes.push(b'\n');
        if part.end != End::Whole && whole.end != End::Limit {
            whole.end = part.end;
        }
    };
    match dict.get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => add(Some(stream)),
        Some(Object::Array(list)) if crate::file::is_sound(&list) => {
            for item in list.raw_iter() {
                let item = match item {
                    MaybeRef::Ref(id) => page.xref().get::<Object<'_>>(id.into()),
                    MaybeRef::NotRef(item) => Some(item),
                };
                match item {
                    Some(Object::Stream(stream)) => add(Some(stream)),
                    Some(Object::Null(_)) => {}
                    _ => add(None),
                }
            }
        }
        Some(Object::Null(_)) => {}
        Some(_) => add(None),
        None if dict.contains_key("Contents") => add(None),
        None => {}
    }
    whole
}

/// Returns the matrix in a dictionary; none changes nothing.
pub(super) fn matrix(dict: &Dict<'_>, key: &str) -> Affine {
    dict.get::<[f64; 6]>(key).map_or(Affine::IDENTITY, Affine::new)
}
