//! The shape of the code: who may import whom, how long a file may be, that each module says what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::project::repository;

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut out = vec![];
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            out.extend(files(&entry, endings));
        } else if endings.iter().any(|ending| entry.extension().is_some_and(|e| e == *ending)) {
            out.push(entry);
        }
    }
    out.sort();
    out
}

/// The table in ARCHITECTURE.md's block `imports`: a module, and what it may use of the others.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let block = text.split("```imports\n").nth(1).expect("a block `imports`").split("```").next().expect("its end");
    block
        .lines()
        .map(|line| {
            let (module, uses) = line.split_once(':').expect("`module: uses`");
            let uses = uses.split(',').map(|u| u.trim().to_owned()).filter(|u| !u.is_empty()).collect();
            (module.trim().to_owned(), uses)
        })
        .collect()
}

#[test]
fn modules_import_what_the_table_allows() {
    let allowed = allowed();
    let src = repository().join("src");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(&src, &["rs"]) {
        let relative = file.strip_prefix(&src).expect("below src").to_str().expect("a path").replace('\\', "/");
        let module = relative.split('/').next().expect("a name").trim_end_matches(".rs").to_owned();
        if module == "lib" || module == "starter.rs" {
            continue;
        }
        let uses = found.entry(module.clone()).or_default();
        let text = fs::read_to_string(&file).expect("a source file");
        // `crate::a::…` and `use crate::{a, b::…}`, comments aside.
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let root = if module == "bin" { "trendpress::" } else { "crate::" };
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or_default().split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            for name in names {
                let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                // The binary's own modules are `crate::` to it and no concern of the library.
                if name != module && !name.is_empty() {
                    uses.insert(name);
                }
            }
        }
    }
    for (module, uses) in &found {
        let may = allowed.get(module).unwrap_or_else(|| panic!("`{module}` is not in ARCHITECTURE.md's table"));
        let extra: Vec<_> = uses.difference(may).collect();
        assert!(extra.is_empty(), "`{module}` uses {extra:?}, which the table does not allow");
        let idle: Vec<_> = may.difference(uses).collect();
        assert!(idle.is_empty(), "the table allows `{module}` to use {idle:?}, which it does not");
    }
    let gone: Vec<_> = allowed.keys().filter(|module| !found.contains_key(*module)).collect();
    assert!(gone.is_empty(), "the table names {gone:?}, which are not in src");
}

#[test]
fn the_library_prints_nothing() {
    let src = repository().join("src");
    for file in files(&src, &["rs"]).iter().filter(|file| !file.starts_with(src.join("bin"))) {
        let text = fs::read_to_string(file).expect("a source file");
        for macro_name in ["println!", "eprintln!", "print!(", "eprint!(", "dbg!"] {
            assert!(!text.contains(macro_name), "{} has `{macro_name}`", file.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is_and_none_is_too_long() {
    for folder in ["src", "tests/suite"] {
        for file in files(&repository().join(folder), &["rs"]) {
            let text = fs::read_to_string(&file).expect("a source file");
            assert!(text.starts_with("//!"), "{} does not begin with `//!`", file.display());
            assert!(text.lines().count() <= 600, "{} is over 600 lines", file.display());
        }
    }
    for file in files(&repository().join("templates"), &["typ"]) {
        let text = fs::read_to_string(&file).expect("a template");
        assert!(text.starts_with("//"), "{} does not say what it is", file.display());
        assert!(text.lines().count() <= 600, "{} is over 600 lines", file.display());
    }
}

#[test]
fn colours_and_sizes_stand_in_one_file() {
    for file in files(&repository().join("templates/report"), &["typ"]) {
        if file.ends_with("theme.typ") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a template");
        for call in ["rgb(", "cmyk(", "luma("] {
            assert!(!text.contains(call), "{} makes a colour of its own: `{call}`", file.display());
        }
    }
}

#[test]
fn fonts_have_their_licence_beside_them() {
    for font in files(&repository().join("fonts"), &["otf", "ttf", "otc", "ttc"]) {
        let licence = font.parent().expect("a folder").join("OFL.txt");
        assert!(licence.is_file(), "{} has no licence beside it", font.display());
    }
}

/// The fuzz targets are no part of the build: rooms that move would leave them behind.
#[test]
fn fuzz_targets_name_rooms_that_are_there() {
    let folder = repository().join("tests/fuzz");
    for target in ["preflight.rs", "impose.rs"] {
        let text = fs::read_to_string(folder.join(target)).expect("a target");
        let named: Vec<&str> = text.split("#[path = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!named.is_empty(), "{target} names no room");
        for path in &named {
            assert!(folder.join(path).is_file(), "{target}: `{path}` is not there");
        }
    }
}
