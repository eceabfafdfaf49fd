//! Tests that the catalogue holds every message of the program and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clap::{Arg, Command, CommandFactory};
use l10n::CATALOGUE;
use polib::catalog::Catalog;
use serde_json::Value;

use crate::args::Args;

/// A message with its context, which is empty for the program's own messages.
type Key = (String, String);

#[test]
fn every_message_has_its_translation() {
    let (said, known) = (said(), known());
    let missing: Vec<_> = said.iter().filter(|key| !known.contains_key(key)).map(entry).collect();
    assert!(
        missing.is_empty(),
        "add to zh-Hans.po, with their translations:\n\n{}",
        missing.concat()
    );
    let idle: Vec<_> = known.keys().filter(|key| !said.contains(key)).collect();
    assert!(idle.is_empty(), "nothing says these any more: take them out of zh-Hans.po: {idle:#?}");
}

#[test]
fn a_translation_has_the_values_of_its_message_and_is_chinese() {
    for ((_, english), chinese) in known() {
        assert_eq!(places(&english), places(&chinese), "{english}: {chinese}");
        let letters = english
            .split('`')
            .step_by(2)
            .any(|words| words.contains(|c: char| c.is_ascii_alphabetic()));
        let han = chinese.contains(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        assert!(
            han || !letters || places(&english).len() > 1,
            "not translated: {english}: {chinese}"
        );
        let (first, last) = (chinese.chars().next(), chinese.chars().last());
        let ends = english.chars().last();
        assert!(last != Some('。') || ends == Some('.'), "messages end without a stop: {chinese}");
        assert_eq!(first == Some(' '), english.starts_with(' '), "{english}: {chinese}");
    }
}

#[test]
fn what_is_in_backticks_is_the_same_in_both() {
    let quoted = |text: &str| -> BTreeSet<String> {
        text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    for ((_, english), chinese) in known() {
        // Examples of Chinese content may be others.
        let differs: Vec<_> =
            quoted(&english).symmetric_difference(&quoted(&chinese)).cloned().collect();
        assert!(differs.is_empty(), "{english}: {chinese}: {differs:?}");
    }
}

fn known() -> BTreeMap<Key, String> {
    let catalogue: Catalog =
        polib::po_file::parse_from_reader(CATALOGUE.as_bytes()).expect("a catalogue");
    let key = |message: &dyn polib::message::MessageView| {
        (message.msgctxt().unwrap_or_default().to_owned(), message.msgid().to_owned())
    };
    catalogue
        .messages()
        .map(|message| (key(message), message.msgstr().expect("one form").to_owned()))
        .collect()
}

/// Collects every message: from the sources, the tables of rules, the command line's help and the
/// preview's page.
fn said() -> BTreeSet<Key> {
    let mut said = BTreeSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "crates"] {
        each_source(&root.join(folder), &mut |text| {
            for call in ["say!(", "said("] {
                said.extend(literals(text, call).map(|message| (String::new(), message)));
            }
        });
    }
    let checks = trendpress::rules::ALL.iter().map(|rule| rule.summary);
    let demands = preflight::rules::ALL.iter().map(|rule| rule.demand);
    said.extend(checks.chain(demands).map(|message| (String::new(), message.to_owned())));
    let mut command = Args::command();
    command.build();
    help(&command, &mut |message| _ = said.insert((String::new(), message)));
    let profile = ("profile", preflight::profile::json_schema());
    for (_, schema) in trendpress::reading::schemas().into_iter().chain([profile]) {
        descriptions(&schema, &mut |message| _ = said.insert(("schema".to_owned(), message)));
    }
    let page =
        fs::read_to_string(root.join("src/preview/page/words.js")).expect("the page's words");
    said.extend(literals(&page, ": ").map(|message| ("preview".to_owned(), message)));
    said
}

fn help(command: &Command, note: &mut dyn FnMut(String)) {
    command.get_about().into_iter().for_each(|text| note(text.to_string()));
    command.get_arguments().filter_map(Arg::get_help).for_each(|text| note(text.to_string()));
    command.get_subcommands().for_each(|command| help(command, note));
}

fn descriptions(schema: &Value, note: &mut dyn FnMut(String)) {
    match schema {
        Value::Object(keys) => keys.iter().for_each(|(key, value)| match (&**key, value) {
            ("description", Value::String(text)) => note(text.clone()),
            _ => descriptions(value, note),
        }),
        Value::Array(items) => items.iter().for_each(|item| descriptions(item, note)),
        _ => {}
    }
}

fn each_source(folder: &Path, read: &mut dyn FnMut(&str)) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            each_source(&path, read);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("catalogue.rs")
        {
            let text = fs::read_to_string(&path).expect("a source");
            // Tests and docs say what they like.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code: String = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .fold(String::new(), |all, line| all + line + "\n");
            read(&code);
        }
    }
}

/// Returns the string literals that follow `before` with only whitespace in between.
fn literals<'t>(text: &'t str, before: &str) -> impl Iterator<Item = String> + use<'t> {
    let parts: Vec<_> = text.split(before).skip(1).map(str::trim_start).collect();
    parts.into_iter().filter_map(|part| {
        let rest = part.strip_prefix('"')?;
        let mut escaped = false;
        let end = rest.find(|c| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        })?;
        Some(unescaped(&rest[..end]))
    })
}

/// Resolves the escapes that messages use in a literal.
fn unescaped(literal: &str) -> String {
    let mut text = String::new();
    let mut chars = literal.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('\n')) => {
                while chars.next_if(|c| c.is_whitespace()).is_some() {}
                continue;
            }
            ('\\', Some(&next)) => text.push(next),
            _ => {
                text.push(c);
                continue;
            }
        }
        chars.next();
    }
    text
}

/// Returns the names of a message's placeholders.
fn places(message: &str) -> BTreeSet<String> {
    let plain = message.replace("{{", "").replace("}}", "");
    plain.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

/// Formats a message as a catalogue entry without a translation.
fn entry((context, message): &Key) -> String {
    let quoted = |text: &str| {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
    };
    let context =
        if context.is_empty() { String::new() } else { format!("msgctxt {}\n", quoted(context)) };
    format!("{context}msgid {}\nmsgstr \"\"\n\n", quoted(message))
}
