//! Tests of the documentation: its links and paths exist, its commands are known to the program,
//! and the pages in Chinese have the structure of those in English.

use std::collections::BTreeMap;
use std::fs;

use crate::project::{Project, repository};

/// The pages in English that have a counterpart in Chinese, with it.
fn pairs() -> Vec<(String, String)> {
    let mut out = vec![("README.md".to_owned(), "README.zh-CN.md".to_owned())];
    for file in folder("docs") {
        out.push((format!("docs/{file}"), format!("docs/zh/{file}")));
    }
    out
}

/// All pages: those of `pairs`, and those for contributors.
fn pages() -> Vec<String> {
    let mut out: Vec<String> = pairs().into_iter().flat_map(|(one, other)| [one, other]).collect();
    out.extend(folder("docs/decisions").into_iter().map(|file| format!("docs/decisions/{file}")));
    let others = [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "benches/README.md",
        "tests/scripts/README.md",
    ];
    out.extend(others.map(str::to_owned));
    out
}

/// The names of the Markdown files in a folder.
fn folder(path: &str) -> Vec<String> {
    let entries = fs::read_dir(repository().join(path)).expect("a folder");
    let mut out: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .filter(|name| name.ends_with(".md"))
        .collect();
    out.sort();
    out
}

fn text(page: &str) -> String {
    fs::read_to_string(repository().join(page)).unwrap_or_else(|_| panic!("{page} is missing"))
}

#[test]
fn links_and_paths_lead_somewhere() {
    let mut broken = vec![];
    for page in pages() {
        let text = text(&page);
        let path = repository().join(&page);
        let beside = path.parent().expect("a folder");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            // A picture with its source, as in content, is an example.
            let example = link.contains([' ', ':']);
            if !example && !file.is_empty() && !beside.join(file).exists() {
                broken.push(format!("{page}: {link}"));
            }
        }
        // Paths in code, from the repository's root. This one is a reader's own.
        for word in text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)) {
            if is_path(word) && word != "templates/mine" && !repository().join(word).exists() {
                broken.push(format!("{page}: {word}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Whether these words in code are a path of the repository; `*` stands for many.
fn is_path(word: &str) -> bool {
    let roots = ["src/", "crates/", "templates/", "tests/", "benches/", "docs/", ".ci/"];
    roots.iter().any(|root| word.starts_with(root)) && !word.contains([' ', '*', '…', '{'])
}

/// The commands that a page shows, in lines of their own and in tables, without the program.
fn commands(page: &str) -> Vec<Vec<String>> {
    let mut out = vec![];
    for line in text(page).lines() {
        let whole = line.strip_prefix("    ").into_iter();
        for code in whole.chain(line.split('`').skip(1).step_by(2)) {
            let code = code.strip_prefix("$ ").unwrap_or(code);
            let words = code.strip_prefix("trendpress ").or(code.strip_prefix("cargo run -- "));
            let Some(words) = words else { continue };
            let words = words.split(" > ").next().unwrap_or_default();
            let words = words.split("  #").next().unwrap_or_default();
            out.push(words.split_whitespace().map(str::to_owned).collect());
        }
    }
    out
}

#[test]
fn commands_and_their_options_are_known() {
    let project = Project::empty();
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = 0;
    for (page, words) in
        pages().iter().flat_map(|page| commands(page).into_iter().map(move |words| (page, words)))
    {
        let Some(command) = words.first().filter(|word| !word.starts_with('-')) else { continue };
        let help = helps
            .entry(command.clone())
            .or_insert_with(|| project.run(&[command.as_str(), "--help"]).stdout);
        assert!(help.contains("Usage:"), "{page}: there is no command `{command}`");
        for option in words.iter().filter(|word| word.starts_with("--")) {
            let option = option.split('=').next().unwrap_or_default();
            assert!(help.contains(option), "{page}: `{command}` has no option `{option}`");
        }
        seen += 1;
    }
    assert!(seen > 100, "{seen} commands");
}

/// The levels of a page's headings, such as `##`.
fn headings(page: &str) -> Vec<usize> {
    let mut code = false;
    let mut out = vec![];
    for line in text(page).lines() {
        if line.starts_with("```") {
            code = !code;
        } else if !code && line.starts_with('#') {
            out.push(line.chars().take_while(|c| *c == '#').count());
        }
    }
    out
}

#[test]
fn pages_in_chinese_are_built_like_those_in_english() {
    for (english, chinese) in pairs() {
        assert_eq!(headings(&english), headings(&chinese), "{english} and {chinese}");
        let rows = |page: &str| text(page).lines().filter(|line| line.starts_with('|')).count();
        assert_eq!(rows(&english), rows(&chinese), "rows of tables in {english} and {chinese}");
        assert_eq!(commands(&english), commands(&chinese), "commands in {english} and {chinese}");
    }
    let english: Vec<String> = folder("docs");
    assert_eq!(folder("docs/zh"), english, "pages in both languages");
}
