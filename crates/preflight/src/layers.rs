//! A13, B13: layers, which is optional content (ISO 15930-7, 6.11; ISO 32000-1, 8.11.4).

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, String as PdfString};

use super::file::{File, is_sound};
use super::finding::{At, Findings};
use super::{rules, text};
use l10n::say;

/// The maximum number of layers whose names are told.
const NAMED: usize = 5;

/// Checks how layers are shown.
pub(super) fn check(file: &File, findings: &mut Findings) {
    let Some(layers) = file.catalog.get::<Dict<'_>>("OCProperties") else { return };
    let shown = layers.get::<Dict<'_>>("D").unwrap_or_default();
    let others = layers.get::<Array<'_>>("Configs").filter(is_sound);
    let others = others.iter().flat_map(|list| list.iter::<Dict<'_>>());
    let automatic = |config: &Dict<'_>| {
        config.get::<Array<'_>>("AS").is_some_and(|list| list.raw_iter().next().is_some())
    };
    if [shown.clone()].into_iter().chain(others).any(|config| automatic(&config)) {
        findings.report(
            &rules::LAYER_AUTOMATIC,
            At::FILE,
            say!("layers are switched automatically (`AS`): the print may show others than the screen"),
            say!("export with layers merged, or without `AS`"),
        );
    }
    let all = list(file, &layers, "OCGs");
    let on = list(file, &shown, "ON");
    let off = shown.get::<Name<'_>>("BaseState").is_some_and(|state| state.as_str() == "OFF");
    let mut hidden: Vec<String> =
        if off { all.into_iter().filter(|name| !on.contains(name)).collect() } else { vec![] };
    hidden.extend(list(file, &shown, "OFF"));
    if hidden.is_empty() {
        return;
    }
    hidden.truncate(NAMED);
    let names = hidden.join("`, `");
    findings.report(
        &rules::LAYER_HIDDEN,
        At::FILE,
        say!("layers are hidden: `{names}`", names),
        say!("delete hidden layers, or show them: it is not sure whether they will print"),
    );
}

/// Returns the names of the layers in a list.
fn list(file: &File, dict: &Dict<'_>, key: &str) -> Vec<String> {
    let Some(list) = dict.get::<Array<'_>>(key).filter(is_sound) else { return vec![] };
    let layer = |item: MaybeRef<Object<'_>>| match item {
        MaybeRef::Ref(id) => file.follow(id).and_then(Object::into_dict).map(|layer| {
            let name = layer.get::<PdfString<'_>>("Name");
            name.map_or_else(|| id.obj_number.to_string(), |name| text::decode(name.as_bytes()))
        }),
        MaybeRef::NotRef(_) => None,
    };
    list.raw_iter().filter_map(layer).collect()
}
