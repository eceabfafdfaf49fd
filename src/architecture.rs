//! Architecture tests: which module may import which, the maximum length of a file, and a doc
//! comment for each module.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut out = vec![];
    for entry in
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path())
    {
        if entry.is_dir() {
            out.extend(files(&entry, endings));
        } else if endings.iter().any(|ending| entry.extension().is_some_and(|e| e == *ending)) {
            out.push(entry);
        }
    }
    out.sort();
    out
}

/// The sources of every crate: the library, the binary, and those in `crates/`.
fn crates() -> Vec<PathBuf> {
    let mut out = vec![repository().join("src"), repository().join("src/bin/trendpress")];
    for entry in fs::read_dir(repository().join("crates")).expect("crates") {
        out.push(entry.expect("a crate").path().join("src"));
    }
    out.sort();
    out
}

/// The sources of a crate with their module paths, such as `["writing", "pdf"]`; those of the
/// binary are its own.
fn modules(root: &Path) -> Vec<(Vec<String>, String)> {
    let bin = repository().join("src/bin");
    let own = |file: &PathBuf| root.starts_with(&bin) || !file.starts_with(&bin);
    let sources = files(root, &["rs"])
        .into_iter()
        .filter(own)
        .filter(|file| !file.ends_with("architecture.rs"));
    sources
        .map(|file| {
            let relative = file.strip_prefix(root).expect("below the root").with_extension("");
            let mut path: Vec<String> =
                relative.iter().map(|part| part.to_str().expect("a name").to_owned()).collect();
            if matches!(path.last().map(String::as_str), Some("mod" | "lib" | "main")) {
                path.pop();
            }
            let text = fs::read_to_string(&file).expect("a source file");
            // Docs and tests may look anywhere.
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
            let code = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n");
            (path, code)
        })
        .collect()
}

/// The paths that follow `root` in code: `a::b` of `crate::a::b` and of `use crate::{a::b, c}`.
fn paths(code: &str, root: &str) -> Vec<Vec<String>> {
    let mut out = vec![];
    for (at, _) in code.match_indices(root) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        expand(&code[at + root.len()..], &[], &mut out);
    }
    out
}

/// Reads one path, or a list of paths in braces; returns the bytes that were read.
fn expand(text: &str, above: &[String], out: &mut Vec<Vec<String>>) -> usize {
    let mut path = above.to_vec();
    let mut at = 0;
    loop {
        if text[at..].starts_with('{') {
            at += 1;
            while !text[at..].starts_with('}') {
                at += text[at..].len() - text[at..].trim_start_matches([' ', ',', '\n']).len();
                if text[at..].starts_with('}') {
                    break;
                }
                let read = expand(&text[at..], &path, out);
                assert!(
                    read > 0,
                    "not a path: {}",
                    &text[at..].chars().take(60).collect::<String>()
                );
                at += read;
            }
            return at + 1;
        }
        let name: String =
            text[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        at += name.len();
        if !name.is_empty() {
            path.push(name);
        }
        match text[at..].strip_prefix("::") {
            Some(rest) if rest.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '{') => {
                at += 2
            }
            _ => break,
        }
    }
    // `… as name` and globs end a path as well.
    at += text[at..].find([',', '}', ';', '\n', '(', ')', ' ']).unwrap_or(0);
    if text[at..].starts_with(" as ") {
        at += text[at..].find([',', '}', ';', '\n']).unwrap_or(0);
    }
    out.push(path);
    at
}

/// Everything that a module names of its own crate, as paths from the root.
fn named(module: &[String], code: &str) -> Vec<Vec<String>> {
    let mut out = paths(code, "crate::");
    for up in 1..=module.len() {
        let above = &module[..module.len() - up];
        for path in paths(code, &"super::".repeat(up)).into_iter().filter(|path| path[0] != "super")
        {
            out.push(above.iter().cloned().chain(path).collect());
        }
    }
    out
}

/// The table in ARCHITECTURE.md's block `imports`: the rooms from the lowest floor up, and what
/// each may use.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let block = text
        .split("```imports\n")
        .nth(1)
        .expect("a block `imports`")
        .split("```")
        .next()
        .expect("its end");
    block
        .lines()
        .map(|line| {
            let (room, uses) = line.split_once(':').expect("`room: uses`");
            let uses =
                uses.split(',').map(|u| u.trim().to_owned()).filter(|u| !u.is_empty()).collect();
            (room.trim().to_owned(), uses)
        })
        .collect()
}

#[test]
fn rooms_import_what_the_table_allows_and_only_from_below() {
    let table = table();
    for (at, (room, uses)) in table.iter().enumerate() {
        let below: BTreeSet<_> = table[..at].iter().map(|(room, _)| room.clone()).collect();
        let above: Vec<_> = uses.difference(&below).collect();
        assert!(above.is_empty(), "`{room}` may use {above:?}, which is not on a floor below it");
    }
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, code) in
        modules(&repository().join("src")).into_iter().filter(|(path, _)| !path.is_empty())
    {
        let room = path[0].clone();
        let uses = named(&path, &code)
            .into_iter()
            .map(|path| room_of(&path[0]))
            .filter(|used| *used != room);
        found.entry(room.clone()).or_default().extend(uses);
    }
    for (_, code) in modules(&repository().join("src/bin/trendpress")) {
        let uses = paths(&code, "trendpress::").into_iter().map(|path| room_of(&path[0]));
        found.entry("bin".to_owned()).or_default().extend(uses);
    }
    for (room, uses) in &found {
        let (_, may) = table
            .iter()
            .find(|(known, _)| known == room)
            .unwrap_or_else(|| panic!("`{room}` is not in the table"));
        let extra: Vec<_> = uses.difference(may).collect();
        assert!(extra.is_empty(), "`{room}` uses {extra:?}, which the table does not allow");
        let idle: Vec<_> = may.difference(uses).collect();
        assert!(idle.is_empty(), "the table allows `{room}` to use {idle:?}, which it does not");
    }
    let gone: Vec<_> =
        table.iter().map(|(room, _)| room).filter(|room| !found.contains_key(*room)).collect();
    assert!(gone.is_empty(), "the table names {gone:?}, which are not in src");
}

/// The room of a name at the library's root; what is exported there from a room belongs to it.
fn room_of(name: &str) -> String {
    match name {
        "Error" | "RequestError" => "error",
        "Session" => "session",
        "Edition" | "Job" => "setting",
        "Request" | "Written" => "writing",
        room => room,
    }
    .to_owned()
}

/// In every folder, the modules in it import each other in one direction.
#[test]
fn no_modules_import_each_other_in_a_circle() {
    for root in crates() {
        let modules = modules(&root);
        let folders: BTreeSet<Vec<String>> = modules
            .iter()
            .filter(|(path, _)| !path.is_empty())
            .map(|(path, _)| path[..path.len() - 1].to_vec())
            .collect();
        for folder in folders {
            let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            let children: BTreeSet<String> = modules
                .iter()
                .filter(|(path, _)| path.len() > folder.len() && path.starts_with(&folder))
                .map(|(path, _)| path[folder.len()].clone())
                .collect();
            for (path, code) in &modules {
                if path.len() <= folder.len() || !path.starts_with(&folder) {
                    continue;
                }
                let own = &path[folder.len()];
                for target in named(path, code) {
                    if target.len() > folder.len()
                        && target.starts_with(&folder)
                        && target[folder.len()] != *own
                        && children.contains(&target[folder.len()])
                    {
                        arrows.entry(own.clone()).or_default().insert(target[folder.len()].clone());
                    }
                }
            }
            if let Some(circle) = circle(&arrows) {
                panic!("in {} {}: {}", root.display(), folder.join("::"), circle.join(" → "));
            }
        }
    }
}

/// A way that leads back to where it began.
fn circle(arrows: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn walk(
        at: &str,
        arrows: &BTreeMap<String, BTreeSet<String>>,
        way: &mut Vec<String>,
        done: &mut BTreeSet<String>,
    ) -> Option<Vec<String>> {
        if let Some(start) = way.iter().position(|step| step == at) {
            return Some(way[start..].iter().cloned().chain([at.to_owned()]).collect());
        }
        if !done.insert(at.to_owned()) {
            return None;
        }
        way.push(at.to_owned());
        let found =
            arrows.get(at).into_iter().flatten().find_map(|next| walk(next, arrows, way, done));
        way.pop();
        found
    }
    let mut done = BTreeSet::new();
    arrows.keys().find_map(|start| walk(start, arrows, &mut vec![], &mut done))
}

#[test]
fn a_circle_is_found_and_a_diamond_is_none() {
    let arrows = |list: &[(&str, &str)]| {
        let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in list {
            arrows.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        arrows
    };
    assert_eq!(circle(&arrows(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")])), None);
    assert_eq!(
        circle(&arrows(&[("a", "b"), ("b", "c"), ("c", "b")])).expect("one"),
        ["b", "c", "b"]
    );
    let code = "use crate::{a::{b, c as d}, e};\nuse super::f::g;\nlet x = crate::h(1);";
    let module = ["m".to_owned(), "n".to_owned()];
    let named: Vec<String> = named(&module, code).iter().map(|path| path.join("::")).collect();
    assert_eq!(named, ["a::b", "a::c", "e", "h", "m::f::g"]);
}

#[test]
fn the_library_prints_nothing() {
    for root in crates().iter().filter(|root| !root.ends_with("bin/trendpress")) {
        for (path, code) in modules(root) {
            for name in ["println!", "eprintln!", "print!(", "eprint!(", "dbg!"] {
                assert!(
                    !code.contains(name),
                    "{} in {} has `{name}`",
                    path.join("::"),
                    root.display()
                );
            }
        }
    }
}

#[test]
fn every_module_says_what_it_is_and_none_is_too_long() {
    let (mut lengths, mut lines, mut wide) = (vec![], 0, 0);
    for folder in ["src", "crates", "tests"] {
        for file in files(&repository().join(folder), &["rs"]) {
            if file.components().any(|part| part.as_os_str() == "target") {
                continue;
            }
            let text = fs::read_to_string(&file).expect("a source file");
            assert!(text.starts_with("//!"), "{} does not begin with `//!`", file.display());
            assert!(text.lines().count() <= 600, "{} is over 600 lines", file.display());
            if folder != "tests" {
                lengths.push(text.lines().count());
                lines += text.lines().count();
                wide += text.lines().filter(|line| line.chars().count() > 100).count();
            }
        }
    }
    lengths.sort();
    let median = lengths[lengths.len() / 2];
    assert!(median < 140, "half of all files are over {median} lines");
    assert!(wide * 100 < lines, "{wide} of {lines} lines are over 100 characters");
    for file in files(&repository().join("templates"), &["typ"]) {
        let text = fs::read_to_string(&file).expect("a template");
        assert!(text.starts_with("//"), "{} does not say what it is", file.display());
        assert!(text.lines().count() <= 600, "{} is over 600 lines", file.display());
    }
}

#[test]
fn colours_are_made_in_the_theme_only() {
    for file in files(&repository().join("templates"), &["typ"]) {
        if file.ends_with("theme.typ") || file.ends_with("kit/press.typ") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a template");
        for call in ["rgb(", "cmyk(", "luma("] {
            assert!(!text.contains(call), "{} makes a colour of its own: `{call}`", file.display());
        }
    }
}

#[test]
fn fonts_and_profiles_have_their_licence_beside_them() {
    for font in files(&repository().join("fonts"), &["otf", "ttf", "otc", "ttc"]) {
        let licence = font.parent().expect("a folder").join("OFL.txt");
        assert!(licence.is_file(), "{} has no licence beside it", font.display());
    }
    for profile in files(&repository().join("crates"), &["icc"]) {
        let licence = profile.parent().expect("a folder").join("LICENSE.txt");
        assert!(licence.is_file(), "{} has no licence beside it", profile.display());
    }
}
