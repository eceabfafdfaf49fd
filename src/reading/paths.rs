//! Paths as authors and their programs write them, and the files that they mean.

use std::fs;
use std::path::{Component, Path};

use l10n::say;
use source::{Place, nearest};
use unicode_normalization::UnicodeNormalization;

/// The folder, below the project's, that holds the author's files.
pub const CONTENT: &str = "content";

/// The most files among which one of the same name is looked for.
const MOST: usize = 10_000;

/// Returns the paths below `content/` that a name may mean, the likeliest first.
///
/// A name counts from `content/`, or from the folder of the file that has it; what it has of
/// per cent signs is the file's own, or a character of an address. A path that leaves `content/` is
/// none.
pub(super) fn candidates(name: &str, asked: &Place) -> Vec<String> {
    let own = asked.file.path.strip_prefix(CONTENT).and_then(|path| path.strip_prefix('/'));
    let folder = own.and_then(|path| path.rsplit_once('/')).map_or("", |(folder, _)| folder);
    let decoded = decoded(name);
    let names = [Some(name), decoded.as_deref()];
    let mut out: Vec<String> = vec![];
    for base in ["", folder] {
        for name in names.into_iter().flatten() {
            let path = plain(&format!("{base}/{name}"), name);
            out.extend(path.filter(|path| !out.contains(path)));
        }
    }
    out
}

/// Returns a path without `.` and `..`; `None` if it is absolute or leaves its root.
fn plain(path: &str, name: &str) -> Option<String> {
    let absolute = |component| matches!(component, Component::RootDir | Component::Prefix(_));
    if Path::new(name).components().any(absolute) {
        return None;
    }
    let mut names: Vec<&str> = vec![];
    for component in path.split('/') {
        match component {
            "" | "." => {}
            ".." => _ = names.pop()?,
            name => names.push(name),
        }
    }
    Some(if names.is_empty() { ".".to_owned() } else { names.join("/") })
}

/// Returns a name with the characters that per cent signs stand for; `None` if there are none.
fn decoded(name: &str) -> Option<String> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match pair.and_then(|pair| Some(digit(pair[0])? * 16 + digit(pair[1])?)) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok().filter(|out| out != name)
}

/// Returns the path of the file whose name is the same in another normal form of Unicode, as archives of
/// macOS have it: `é` as a letter and an accent.
pub(super) fn in_any_form(name: &str, folder: &Path) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    let mut found: Vec<String> = vec![];
    for wanted in name.split('/') {
        let here = folder.join(found.join("/"));
        let same = |name: &String| name.nfc().eq(wanted.nfc());
        found.push(names_in(&here).into_iter().find(same)?);
    }
    Some(found.join("/"))
}

/// Returns the file that a name means which is more than a path, or less: in quotes, with full-width
/// marks, from another root, with what an address has behind it, or without its ending.
pub(super) fn meant(name: &str, asked: &Place, folder: &Path) -> Option<String> {
    let narrow = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let bare = name.trim_matches(|c: char| "“”‘’\"'「」 \u{200b}\u{feff}\u{202a}".contains(c));
    let plain: String = bare.chars().map(narrow).collect::<String>().replace('\\', "/");
    let path = plain.split(['?', '#', '!']).next().unwrap_or_default();
    let rooted = path.trim_start_matches('/');
    let below = rooted.strip_prefix("content/").unwrap_or(rooted);
    for path in [&*plain, path, rooted, below] {
        for candidate in candidates(path, asked) {
            let real = folder.join(&candidate);
            if candidate != "." && real.is_file() {
                return Some(candidate);
            }
            let any = in_any_form(&candidate, folder).or_else(|| in_any_case(&candidate, folder));
            if let Some(found) = any.filter(|found| folder.join(found).is_file()) {
                return Some(found);
            }
            if let Some(found) = with_ending(&candidate, folder) {
                return Some(found);
            }
        }
    }
    None
}

/// Returns the only file that has a name and an ending behind it.
fn with_ending(name: &str, folder: &Path) -> Option<String> {
    let (above, wanted) = name.rsplit_once('/').unwrap_or(("", name));
    let names = names_in(&folder.join(above));
    let ends = |name: &&String| {
        let rest = name.strip_prefix(wanted).and_then(|rest| rest.strip_prefix('.'));
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains('.'))
    };
    let mut found = names.iter().filter(ends);
    let one = found.next().filter(|_| found.next().is_none() && !wanted.is_empty())?;
    let path = if above.is_empty() { one.clone() } else { format!("{above}/{one}") };
    folder.join(&path).is_file().then_some(path)
}

/// Returns the hint for a name that no file has; `folder` is `content/`.
pub(super) fn hint(name: &str, asked: &Place, folder: &Path) -> String {
    if name.starts_with("data:") {
        return say!(
            "save what it holds as a file in `{content}/`, and write its path",
            content = CONTENT
        );
    }
    if name.contains("://") {
        return say!(
            "nothing is fetched from the web: copy the file into `{content}/`",
            content = CONTENT
        );
    }
    let is_absolute =
        name.starts_with('/') || name.get(1..3).is_some_and(|at| [":\\", ":/"].contains(&at));
    let slashed = name.replace('\\', "/");
    let names = candidates(&slashed, asked);
    if let Some(meant) = names.iter().find_map(|name| in_any_case(name, folder)) {
        return if name.contains('\\') {
            say!("write `{meant}`: folders are parted by `/`", meant)
        } else {
            say!("did you mean `{meant}`? large and small letters differ", meant)
        };
    }
    if let Some(meant) = names.iter().find_map(|name| near(name, folder)) {
        return say!("did you mean `{meant}`?", meant);
    }
    if let Some(meant) = meant(name, asked, folder) {
        return say!("did you mean `{meant}`?", meant);
    }
    if name.contains('，') {
        return say!("`{mark}` is part of the name here: between names write `, `", mark = '，');
    }
    let mut found = vec![];
    let wanted: Vec<String> = names
        .iter()
        .map(|name| name.rsplit('/').next().unwrap_or_default().to_lowercase())
        .collect();
    let has = |name: &str| wanted.contains(&name.to_lowercase());
    elsewhere(&has, folder, "", &mut 0, &mut found);
    if found.is_empty() && wanted.iter().all(|name| !name.contains('.')) {
        // A name without its ending.
        let has = |name: &str| {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            wanted.contains(&stem.to_lowercase())
        };
        elsewhere(&has, folder, "", &mut 0, &mut found);
    }
    match &found[..] {
        [meant, ..] => say!("did you mean `{meant}`?", meant),
        [] if is_absolute => say!(
            "this is a path of one machine: copy the file into `{content}/` and use its path from there",
            content = CONTENT
        ),
        [] => say!("paths are relative to `{content}/`", content = CONTENT),
    }
}

/// Returns the names in a folder, sorted.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// Returns the path of the file whose name differs from a wanted one only in its letters' case.
fn in_any_case(name: &str, folder: &Path) -> Option<String> {
    let mut found: Vec<String> = vec![];
    for wanted in name.split('/') {
        let here = folder.join(found.join("/"));
        let same = |name: &String| name.to_lowercase() == wanted.to_lowercase();
        found.push(names_in(&here).into_iter().find(same)?);
    }
    Some(found.join("/"))
}

/// Returns the path of a file in the same folder with nearly the same name.
fn near(name: &str, folder: &Path) -> Option<String> {
    let (above, wanted) = name.rsplit_once('/').unwrap_or(("", name));
    let names = names_in(&folder.join(above));
    let near = nearest(wanted, names.iter().map(String::as_str))?;
    Some(if above.is_empty() { near.to_owned() } else { format!("{above}/{near}") })
}

/// Collects the paths of files that have one of some names in any folder, in any case.
fn elsewhere(
    wanted: &dyn Fn(&str) -> bool,
    folder: &Path,
    below: &str,
    seen: &mut usize,
    out: &mut Vec<String>,
) {
    for name in names_in(folder) {
        *seen += 1;
        if *seen > MOST || name.starts_with('.') {
            continue;
        }
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let entry = folder.join(&name);
        let is_folder = fs::symlink_metadata(&entry).is_ok_and(|entry| entry.is_dir());
        if is_folder {
            elsewhere(wanted, &entry, &path, seen, out);
        } else if wanted(&name) {
            out.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use source::SourceFile;
    use std::sync::Arc;

    #[test]
    fn a_name_counts_from_the_content_and_from_its_file() {
        let file = Arc::new(SourceFile { path: "content/trends/a.md".into(), text: String::new() });
        let found = |name: &str| candidates(name, &Place::new(&file, 0..0));
        assert_eq!(found("figures/a.svg"), ["figures/a.svg", "trends/figures/a.svg"]);
        assert_eq!(found("../figures/a.svg"), ["figures/a.svg"]);
        assert_eq!(found("./b/../a.svg"), ["a.svg", "trends/a.svg"]);
        assert_eq!(found("a%20b.svg")[..2], ["a%20b.svg", "a b.svg"]);
        assert_eq!(found("%E5%9B%BE1.png")[1], "图1.png");
        for outside in ["../../a.svg", "/etc/passwd", "%2e%2e/%2e%2e/a.svg"] {
            assert!(found(outside).iter().all(|path| !path.contains("..")), "{outside}");
        }
        assert_eq!(found("100%.svg"), ["100%.svg", "trends/100%.svg"]);
    }

    #[test]
    fn a_hint_names_the_file_that_is_meant() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("figures")).expect("a folder");
        #[expect(clippy::disallowed_methods, reason = "the folder is the test's own")]
        fs::write(folder.path().join("figures/flow.svg"), "").expect("a file");
        let place = Place::start_of("content/a.md");
        for name in ["figures／flow.svg", "figures/flow.svg?raw=true", "figures\\flow.svg"] {
            let told = hint(name, &place, folder.path());
            assert!(told.contains("`figures/flow.svg`"), "{name}: {told}");
        }
        let told = hint("figures/flow", &place, folder.path());
        assert!(told.contains("`figures/flow.svg`"), "{told}");
        assert!(hint("data:image/png;base64,AA", &place, folder.path()).contains("as a file"));
        for name in ["/figures/flow.svg", "/content/figures/flow.svg"] {
            assert_eq!(meant(name, &place, folder.path()).as_deref(), Some("figures/flow.svg"));
        }
        assert_eq!(meant("/etc/passwd", &place, folder.path()), None);
    }
}
