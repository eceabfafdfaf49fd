//! Values put into a document, taken out of it, or put in the place of others.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Document, Node, child};
use crate::Place;

impl Document {
    /// Puts other values in the place of strings: for each, `replace` is given its text and its
    /// location, and returns the value with what its author wrote of it. Those at `except` and below
    /// stay.
    pub fn replace_texts(
        &mut self,
        except: &str,
        mut replace: impl FnMut(&str, Place) -> Option<(Value, String)>,
    ) {
        let kept = |pointer: &str| {
            !except.is_empty()
                && pointer
                    .strip_prefix(except)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let texts: Vec<(String, String, Place)> = self
            .texts()
            .filter(|(pointer, ..)| !kept(pointer))
            .map(|(pointer, text, place)| (pointer.to_owned(), text.to_owned(), place))
            .collect();
        for (pointer, text, place) in texts {
            if let Some((value, written)) = replace(&text, place)
                && let (Some(slot), Some(node)) =
                    (self.value.pointer_mut(&pointer), self.places.get_mut(&pointer))
            {
                *slot = value;
                node.written = Some(written);
            }
        }
    }

    /// Puts a value at a JSON pointer, whatever is there; the mappings above it are made where they
    /// are missing. `place` is the location of the value and of all that is in it. Returns whether
    /// there is room: above it are mappings alone.
    pub fn put(&mut self, pointer: &str, value: Value, place: &Place) -> bool {
        let Some((parent, key)) = pointer.rsplit_once('/') else { return false };
        let above = parent.split('/').skip(1);
        let mut slot = &mut self.value;
        for name in above {
            if slot.is_null() {
                *slot = Value::Object(Map::new());
            }
            let Value::Object(map) = slot else { return false };
            slot = map.entry(unescaped(name)).or_insert(Value::Null);
        }
        if slot.is_null() {
            *slot = Value::Object(Map::new());
        }
        let Value::Object(map) = slot else { return false };
        self.places.retain(|path, _| !is_within(path, pointer));
        note(pointer, &value, place, &mut self.places);
        map.insert(unescaped(key), value);
        true
    }

    /// Takes the value at a JSON pointer out of its mapping, with its location.
    pub fn take(&mut self, pointer: &str) -> Option<(Value, Place)> {
        let (parent, key) = pointer.rsplit_once('/')?;
        let place = self.place(pointer);
        let value = self.value.pointer_mut(parent)?.as_object_mut()?.remove(&unescaped(key))?;
        self.places.retain(|path, _| !is_within(path, pointer));
        Some((value, place))
    }

    /// Returns the JSON pointers of the items of all lists, innermost and last ones first.
    pub fn items(&self) -> Vec<String> {
        let mut out = vec![];
        items(&self.value, "", &mut out);
        out.reverse();
        out
    }

    /// Puts another value in the place of a list's item.
    pub fn set_item(&mut self, pointer: &str, value: Value, place: &Place) {
        if let Some(slot) = self.value.pointer_mut(pointer) {
            *slot = value;
            self.places.retain(|path, _| !is_within(path, pointer));
            let from = Some(place.file.clone());
            let node = Node { from, key: None, value: place.range.clone(), written: None };
            self.places.insert(pointer.to_owned(), node);
        }
    }

    /// Takes an item out of its list; those behind it move up, with their locations.
    pub fn drop_item(&mut self, pointer: &str) {
        let Some((list, index)) = pointer.rsplit_once('/') else { return };
        let (Ok(index), Some(Value::Array(items))) =
            (index.parse::<usize>(), self.value.pointer_mut(list))
        else {
            return;
        };
        if index >= items.len() {
            return;
        }
        items.remove(index);
        let mut moved = BTreeMap::new();
        for (path, node) in std::mem::take(&mut self.places) {
            let below = path.strip_prefix(list).and_then(|rest| rest.strip_prefix('/'));
            let item = below.map(|rest| rest.split_once('/').unwrap_or((rest, "")));
            match item.and_then(|(at, rest)| Some((at.parse::<usize>().ok()?, rest))) {
                Some((at, _)) if at == index => {}
                Some((at, rest)) if at > index => {
                    let rest = if rest.is_empty() { String::new() } else { format!("/{rest}") };
                    moved.insert(format!("{list}/{}{rest}", at - 1), node);
                }
                _ => _ = moved.insert(path, node),
            }
        }
        self.places = moved;
    }
}

fn unescaped(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}

/// Whether a JSON pointer is another one, or leads to something below it.
fn is_within(path: &str, pointer: &str) -> bool {
    path.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Notes one location for a value and all that is in it.
fn note(pointer: &str, value: &Value, place: &Place, places: &mut BTreeMap<String, Node>) {
    let range = place.range.clone();
    // Nobody reads for its language what comes from elsewhere.
    let written = Some('\u{FFFC}'.to_string());
    let from = Some(place.file.clone());
    let node = Node { from, key: Some(range.clone()), value: range, written };
    places.insert(pointer.to_owned(), node);
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                note(&format!("{pointer}/{at}"), item, place, places);
            }
        }
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| note(&child(pointer, key), value, place, places));
        }
        _ => {}
    }
}

fn items(value: &Value, pointer: &str, out: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (at, item) in list.iter().enumerate() {
                let pointer = format!("{pointer}/{at}");
                out.push(pointer.clone());
                items(item, &pointer, out);
            }
        }
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| items(value, &child(pointer, key), out));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Problems, SourceFile};

    fn parse(text: &str) -> Document {
        let file = Arc::new(SourceFile { path: "a.yaml".into(), text: text.into() });
        Document::parse(&file, 0..text.len(), &mut Problems::default()).expect("YAML")
    }

    #[test]
    fn a_value_is_put_with_its_place_and_replaces_what_is_there() {
        let mut document = parse("a: {b: [1, 2]}\nc: 甲\n");
        let file = Arc::new(SourceFile { path: "t.csv".into(), text: "x,y".into() });
        let place = Place::new(&file, 2..3);
        assert!(document.put("/a/b", serde_json::json!([{ "d": 3 }]), &place));
        assert!(document.put("/e/f", "新".into(), &place));
        assert!(!document.put("/c/g", "x".into(), &place));
        let value =
            serde_json::json!({ "a": { "b": [{ "d": 3 }] }, "c": "甲", "e": { "f": "新" } });
        assert_eq!(document.value, value);
        assert_eq!(document.place("/a/b/0/d").to_string(), "t.csv:1:3");
        assert_eq!(document.key_place("/e/f").to_string(), "t.csv:1:3");
        assert_eq!(document.place("/c").to_string(), "a.yaml:2:4");
    }

    #[test]
    fn items_that_go_leave_the_places_of_others() {
        let mut document = parse("l:\n- {a: 1}\n- {a: 2}\n- {a: 3, b: [x, y]}\nwhen: z\n");
        assert_eq!(document.items()[0], "/l/2/b/1");
        document.drop_item("/l/0");
        assert_eq!(document.value["l"][1]["a"], 3);
        assert_eq!(document.place("/l/1/b/1").to_string(), "a.yaml:4:17");
        let (value, place) = document.take("/when").expect("it is there");
        assert_eq!((value, place.to_string()), ("z".into(), "a.yaml:5:7".into()));
        assert!(document.value.get("when").is_none());
    }

    #[test]
    fn texts_are_replaced_but_those_that_are_kept() {
        let mut document = parse("a: x\nb: {c: x}\nbc: [x]\n");
        document.replace_texts("/b", |text, _| (text == "x").then(|| (7.into(), "?".into())));
        assert_eq!(document.value, serde_json::json!({ "a": 7, "b": { "c": "x" }, "bc": [7] }));
    }
}
