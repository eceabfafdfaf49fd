//! YAML with the location of every key and value.
//!
//! The events come from `saphyr-parser`; here they become a JSON value, so that a schema can judge
//! it and serde can read it, and a table from JSON pointer (RFC 6901) to bytes of the file.

mod edit;
mod slips;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, SpannedEventReceiver};
use serde_json::{Map, Number, Value};

use crate::{Diagnostic, Place, Problems, SourceFile};
use l10n::say;

/// The most levels of lists and mappings within each other: what is made of them is read by
/// functions that call themselves.
const MAX_DEPTH: usize = 64;

/// A YAML document with the locations of its parts.
#[derive(Debug)]
pub struct Document {
    /// The document's value.
    pub value: Value,
    file: Arc<SourceFile>,
    start: usize,
    places: BTreeMap<String, Node>,
}

#[derive(Debug, Clone)]
struct Node {
    /// The file of a value that was taken from another document; `None` for the document's own.
    from: Option<Arc<SourceFile>>,
    key: Option<Range<usize>>,
    value: Range<usize>,
    /// What its author wrote of a text that values were put in; `None` if that is the text.
    written: Option<String>,
}

impl Document {
    /// Parses the YAML in `range` of `file`; returns `None` if it cannot be read at all.
    pub fn parse(
        file: &Arc<SourceFile>,
        range: Range<usize>,
        problems: &mut Problems,
    ) -> Option<Self> {
        Self::parse_shown(file, range.clone(), &file.text[range], str::to_owned, problems)
    }

    /// Parses the YAML in `range` of `file`, of which the parser is shown another `text` of as many
    /// bytes; `restore` returns what a piece of that says in the file.
    pub fn parse_shown(
        file: &Arc<SourceFile>,
        range: Range<usize>,
        text: &str,
        restore: fn(&str) -> String,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut builder = Builder {
            file,
            offsets: text.char_indices().map(|(i, _)| range.start + i).chain([range.end]).collect(),
            places: BTreeMap::new(),
            open: vec![],
            root: None,
            restore,
            problems,
        };
        // Event by event: the parser's own way to read a whole document calls itself for each level.
        let mut read = Ok(());
        for event in Parser::new_from_str(text) {
            match event {
                Ok((event, span)) => builder.on_event(event, span),
                Err(error) => {
                    read = Err(error);
                    break;
                }
            }
            if builder.open.len() > MAX_DEPTH {
                let start = builder.open.last().map_or(range.start, |open| open.start);
                builder.error(
                    start..start,
                    say!("this is nested more than {most} levels deep", most = MAX_DEPTH),
                    crate::limit("depth", MAX_DEPTH),
                );
                return None;
            }
        }
        if wide_colon(text).is_some()
            && (read.is_err() || !matches!(builder.root, Some(Value::Object(_))))
        {
            builder.refuse_wide_colon(text, range.start);
            return None;
        }
        if read.is_err() || !matches!(builder.root, Some(Value::Object(_) | Value::Array(_)) | None)
        {
            let fault = read.as_ref().err().map(|error| error.marker().index());
            // Only where a space there moves the fault: `- mailto:a@b.cn` is right.
            let moves = |at: usize| {
                let mended = format!("{} {}", &text[..at], &text[at..]);
                let now = Parser::new_from_str(&mended).find_map(Result::err);
                let now = now.map(|error| error.marker().index());
                fault.is_none_or(|fault| now.is_none_or(|now| now > fault + 1))
            };
            let slip = slips::tight_colon(text).filter(|(at, _)| moves(*at));
            if let Some((at, key)) = slip {
                let at = range.start + at;
                builder.error(
                    at..at + 1,
                    say!("no space stands behind the colon of `{key}`", key),
                    say!("write `{key}: …`", key),
                );
                return None;
            }
        }
        if let Err(error) = read {
            let at = builder.byte(error.marker().index());
            let message = say!("not valid YAML: {error}", error = error.info());
            let shown = at.checked_sub(range.start).and_then(|at| slips::hint(text, at));
            let hint = shown.unwrap_or_else(|| {
                say!("check the indentation, and put values with `: ` or `#` in quotes")
            });
            problems.push(Diagnostic::error(Place::new(file, at..at), message).hint(hint));
            return None;
        }
        let places = builder.places;
        let value = builder.root.unwrap_or(Value::Object(Map::new()));
        Some(Self { value, file: file.clone(), start: range.start, places })
    }

    /// Returns the file that contains the document.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// Returns the strings among the values, each with its JSON pointer and location.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str, Place)> {
        self.places.iter().filter_map(|(pointer, node)| {
            let text = self.value.pointer(pointer)?.as_str()?;
            Some((pointer.as_str(), text, self.place_in(node, node.value.clone())))
        })
    }

    /// The same, as their authors wrote them: a placeholder stands for what was put in.
    pub fn written(&self) -> impl Iterator<Item = (&str, &str, Place)> {
        self.texts().map(|(pointer, text, place)| {
            let written = self.places.get(pointer).and_then(|node| node.written.as_deref());
            (pointer, written.unwrap_or(text), place)
        })
    }

    /// Whether there is a value at a JSON pointer in the file, whatever became of it.
    pub fn is_written(&self, pointer: &str) -> bool {
        self.places.contains_key(pointer)
    }

    /// Puts a value at a JSON pointer, unless the document has one there or has no mapping to put
    /// it in.
    ///
    /// The value has no location of its own: that of its nearest parent stands for it. Returns
    /// whether the value was put in.
    pub fn fill(&mut self, pointer: &str, value: Value) -> bool {
        let Some((parent, key)) = pointer.rsplit_once('/') else { return false };
        let key = key.replace("~1", "/").replace("~0", "~");
        match self.value.pointer_mut(parent) {
            Some(Value::Object(map)) if !map.contains_key(&key) => {
                map.insert(key, value);
                true
            }
            _ => false,
        }
    }

    /// Fills in the value at `at` of another document, with its locations there.
    pub fn fill_from(&mut self, pointer: &str, other: &Document, at: &str) {
        let Some(value) = other.value.pointer(at) else { return };
        if !self.fill(pointer, value.clone()) {
            return;
        }
        for (path, node) in &other.places {
            let below = path.strip_prefix(at);
            if let Some(rest) = below.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                let from = Some(node.from.as_ref().unwrap_or(&other.file).clone());
                self.places.insert(format!("{pointer}{rest}"), Node { from, ..node.clone() });
            }
        }
    }

    /// Returns the location of the value at a JSON pointer, or of its nearest parent if it is
    /// absent.
    pub fn place(&self, pointer: &str) -> Place {
        self.node(pointer, |node| node.value.clone())
    }

    /// Returns the location of the key at a JSON pointer, or of its nearest parent if it is absent.
    pub fn key_place(&self, pointer: &str) -> Place {
        self.node(pointer, |node| node.key.clone().unwrap_or(node.value.clone()))
    }

    fn node(&self, pointer: &str, range: impl Fn(&Node) -> Range<usize>) -> Place {
        let mut pointer = pointer;
        loop {
            if let Some(node) = self.places.get(pointer) {
                return self.place_in(node, range(node));
            }
            match pointer.rsplit_once('/') {
                Some((parent, _)) => pointer = parent,
                None => return Place::new(&self.file, self.start..self.start),
            }
        }
    }

    fn place_in(&self, node: &Node, range: Range<usize>) -> Place {
        Place::new(node.from.as_ref().unwrap_or(&self.file), range)
    }
}

struct Builder<'a> {
    file: &'a Arc<SourceFile>,
    /// The byte offset of each character: the parser counts characters.
    offsets: Vec<usize>,
    places: BTreeMap<String, Node>,
    open: Vec<Open>,
    root: Option<Value>,
    /// What a key says in the file.
    restore: fn(&str) -> String,
    problems: &'a mut Problems,
}

struct Open {
    pointer: String,
    start: usize,
    key: Option<Range<usize>>,
    value: Value,
    /// In a mapping, the key waiting for its value.
    pending: Option<(String, Range<usize>)>,
}

impl Builder<'_> {
    fn byte(&self, index: usize) -> usize {
        self.offsets[index.min(self.offsets.len() - 1)]
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    fn error(&mut self, range: Range<usize>, message: String, hint: String) {
        self.problems.push(Diagnostic::error(Place::new(self.file, range), message).hint(hint));
    }

    /// Returns the pointer and the key of the next value.
    fn next_pointer(&mut self) -> (String, Option<Range<usize>>) {
        let Some(parent) = self.open.last_mut() else { return (String::new(), None) };
        match &parent.value {
            Value::Array(items) => (format!("{}/{}", parent.pointer, items.len()), None),
            _ => match &parent.pending {
                Some((key, range)) => (child(&parent.pointer, key), Some(range.clone())),
                None => (parent.pointer.clone(), None),
            },
        }
    }

    /// Reports the first key of a text that is followed by a full-width colon.
    fn refuse_wide_colon(&mut self, text: &str, start: usize) {
        let Some((key, at)) = wide_colon(text) else { return };
        let colon = start + at + key.len();
        self.error(
            colon..colon + '：'.len_utf8(),
            say!("the colon behind `{key}` is full-width", key),
            say!("write `{key}: `, with a half-width colon and a space", key),
        );
    }

    /// Reports a mapping's key that is itself a list or a mapping, and so has no name.
    fn refuse_as_key(&mut self, span: Span) {
        if let Some(Open { value: Value::Object(_), pending: None, .. }) = self.open.last() {
            let range = self.range(span);
            self.error(
                range,
                say!("this key is not a string"),
                say!("write it as `key: value`, without `?`"),
            );
        }
    }

    fn begin(&mut self, value: Value, span: Span) {
        self.refuse_as_key(span);
        let start = self.range(span).start;
        let (pointer, key) = self.next_pointer();
        self.open.push(Open { pointer, start, key, value, pending: None });
    }

    fn end(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        let end = self.range(span).end.max(open.start);
        let end = open.start + self.file.text[open.start..end].trim_end().len();
        self.places.insert(
            open.pointer,
            Node { from: None, key: open.key, value: open.start..end, written: None },
        );
        self.add(open.value);
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) {
        let range = self.range(span);
        if let Some(Open { pointer, value: Value::Object(map), pending: pending @ None, .. }) =
            self.open.last_mut()
        {
            let key = (self.restore)(text);
            if map.contains_key(&key) {
                let pointer = child(pointer, &key);
                *pending = Some((key.clone(), range.clone()));
                let first = self.places.get(&pointer).and_then(|node| node.key.clone());
                let line = first.map_or(0, |first| self.file.line_column(first.start).0);
                self.error(
                    range,
                    say!("the key `{key}` is duplicated", key),
                    say!("it is first defined on line {line}: keep one of the two", line),
                );
            } else {
                *pending = Some((key, range));
            }
            return;
        }
        let start = self.file.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let alone = self.file.text[start..range.start].trim_start_matches(' ').is_empty();
        if style == ScalarStyle::Plain && alone && !self.open.is_empty() {
            let file = self.file;
            self.refuse_wide_colon(&file.text[range.clone()], range.start);
        }
        let (pointer, key) = self.next_pointer();
        self.places.insert(pointer, Node { from: None, key, value: range, written: None });
        let value = if style == ScalarStyle::Plain {
            resolve(text)
        } else {
            Value::String(text.to_owned())
        };
        self.add(value);
    }

    fn add(&mut self, value: Value) {
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(Open { value: Value::Array(items), .. }) => items.push(value),
            Some(Open { value: Value::Object(map), pending, .. }) => {
                if let Some((key, _)) = pending.take() {
                    map.insert(key, value);
                }
            }
            Some(_) => {}
        }
    }
}

impl<'input> SpannedEventReceiver<'input> for Builder<'_> {
    fn on_event(&mut self, event: Event<'input>, span: Span) {
        match event {
            Event::Scalar(text, style, _, tag) => {
                // `!重要` is a tag to YAML, and leaves nothing of itself.
                if let Some(tag) = tag.filter(|tag| !tag.suffix.is_ascii()) {
                    let range = self.range(span);
                    self.error(
                        range.start..range.start,
                        say!("`!{tag}` is read as a tag of YAML", tag = tag.suffix),
                        say!(
                            "a value that begins with `{mark}` goes in quotes: `'{mark}…'`",
                            mark = '!'
                        ),
                    );
                }
                self.scalar(&text, style, span);
            }
            Event::SequenceStart(..) => self.begin(Value::Array(vec![]), span),
            Event::MappingStart(..) => self.begin(Value::Object(Map::new()), span),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(_) => {
                // Nested aliases grow without bound; no report needs one.
                let range = self.range(span);
                self.error(
                    range,
                    say!("YAML aliases are not allowed"),
                    say!("write out the value; a text that begins with `*` goes in quotes, `'*…'`"),
                );
                let (pointer, key) = self.next_pointer();
                let value = self.range(span);
                self.places.insert(pointer, Node { from: None, key, value, written: None });
                self.add(Value::Null);
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                let range = self.range(span);
                self.error(
                    range,
                    say!("a second document begins here"),
                    say!("remove the line `---`"),
                );
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }
}

/// Returns the first key at the start of a line that a full-width colon follows, and where.
fn wide_colon(text: &str) -> Option<(&str, usize)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start_matches([' ', '-']).len();
        at += line.len();
        let named = |(key, _): &(&str, &str)| {
            let part = |c: char| c.is_ascii_lowercase() || c == '-';
            !key.is_empty() && key.chars().all(part)
        };
        if let Some((key, _)) = text[start..at].split_once('：').filter(named) {
            return Some((key, start));
        }
    }
    None
}

/// Returns the pointer of a mapping's value, with its key escaped as in RFC 6901, section 3.
pub fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Resolves a plain scalar by YAML 1.2's core schema (10.3.2), except octal numbers and
/// infinities.
fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => text
            .parse::<i64>()
            .map(Number::from)
            .ok()
            .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
            .map_or_else(|| Value::String(text.to_owned()), Value::Number),
        _ => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Document, Vec<Diagnostic>) {
        let file = Arc::new(SourceFile { path: "a.yaml".into(), text: text.into() });
        let mut problems = Problems::default();
        let document = Document::parse(&file, 0..text.len(), &mut problems).expect("readable");
        (document, problems.sorted())
    }

    #[test]
    fn places_are_those_of_the_file() {
        let (document, _) = parse("标题: 甲\nlist:\n  - a: 1\n    乙: [x, y]\n");
        assert_eq!(document.value["list"][0]["乙"][1], "y");
        assert_eq!(document.place("/标题").to_string(), "a.yaml:1:5");
        assert_eq!(document.place("/list/0/乙/1").to_string(), "a.yaml:4:12");
        assert_eq!(document.key_place("/list/0/乙").to_string(), "a.yaml:4:5");
        assert_eq!(document.place("/list/0/none").to_string(), "a.yaml:3:5");
    }

    #[test]
    fn a_key_twice_and_an_alias_are_errors() {
        let (_, problems) = parse("a: &x 1\nb: 2\na: 3\nc: *x\n");
        let told: Vec<_> =
            problems.iter().map(|d| d.place.as_ref().expect("placed").to_string()).collect();
        assert_eq!(told, ["a.yaml:3:1", "a.yaml:4:4"]);
    }

    #[test]
    fn what_yaml_takes_for_something_else_is_told_with_what_to_write() {
        for (text, hint) in [
            ("title: \"甲\"乙\n", "`title: '\"甲\"乙'`"),
            ("title: [重磅] 甲乙\n", "`title: '[重磅] 甲乙'`"),
            ("title: @甲 的\n", "`title: '@甲 的'`"),
            ("title: {甲}乙\n", "`title: '{甲}乙'`"),
            ("quote: {name: 乙，kind: paraphrase，text: 丙}\n", "the mark `，` is full-width"),
        ] {
            let file = Arc::new(SourceFile { path: "a.yaml".into(), text: text.into() });
            let mut problems = Problems::default();
            assert!(Document::parse(&file, 0..text.len(), &mut problems).is_none(), "{text}");
            let told = problems.sorted();
            assert!(
                told.iter().any(|one| one.hints.iter().any(|own| own.contains(hint))),
                "{told:?}"
            );
        }
    }

    #[test]
    fn a_full_width_colon_is_named() {
        for (text, place) in [
            ("title：甲\n", "a.yaml:1:6"),
            ("date: 2025\ntitle：甲\nb: 1\n", "a.yaml:2:6"),
            ("quote:\n  name：甲\n", "a.yaml:2:7"),
            ("quote:\n  kind: x\n  name：甲\n", "a.yaml:3:7"),
            ("- title：甲\n  b: 1\n", "a.yaml:1:8"),
        ] {
            let file = Arc::new(SourceFile { path: "a.yaml".into(), text: text.into() });
            let mut problems = Problems::default();
            _ = Document::parse(&file, 0..text.len(), &mut problems);
            let told = problems.sorted();
            let found = told[0].place.as_ref().expect("placed").to_string();
            assert_eq!((found.as_str(), told.len()), (place, 1), "{text}");
        }
        assert!(parse("text: a：b\ntitle: 说明：甲\nc: |\n  note：x\n").1.is_empty());
    }

    #[test]
    fn a_value_that_is_filled_in_keeps_its_place_and_replaces_none() {
        let (mut document, _) = parse("a: 1\nmap: {}\n");
        let text = "x: [2, 3]\na: 4\n";
        let file = Arc::new(SourceFile { path: "b.yaml".into(), text: text.into() });
        let other =
            Document::parse(&file, 0..text.len(), &mut Problems::default()).expect("readable");
        document.fill_from("/map/x", &other, "/x");
        document.fill_from("/a", &other, "/a");
        document.fill_from("/none/x", &other, "/x");
        document.fill_from("/b", &other, "/none");
        assert!(document.fill("/map/c", 5.into()) && !document.fill("/a", 5.into()));
        let expected = serde_json::json!({ "a": 1, "map": { "x": [2, 3], "c": 5 } });
        assert_eq!(document.value, expected);
        assert_eq!(document.place("/map/x/1").to_string(), "b.yaml:1:8");
        assert_eq!(document.key_place("/map/x").to_string(), "b.yaml:1:1");
        assert_eq!(document.place("/map/c").to_string(), "a.yaml:2:6");
        assert_eq!(document.place("/a").to_string(), "a.yaml:1:4");
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let (document, _) = parse("[1, 1e29, -0.5, 2025-01, true, ~, '1', 036]");
        let expected = serde_json::json!([1, 1e29, -0.5, "2025-01", true, null, "1", 36]);
        assert_eq!(document.value, expected);
    }
}
