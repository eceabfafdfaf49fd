//! Fuzzes the way from a part's file to its blocks: any text is read within bounds of memory and
//! time, never with a panic, and each Han character of it is printed, or something is told.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trendpress_fuzz::read;

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = behind.split_once("-->").map_or("", |(_, rest)| rest);
    }
    out + rest
}

fn without_addresses(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("](") {
        out.push_str(before);
        // Brackets may stand in an address: what follows the line's last one is text for sure.
        let line = behind.split('\n').next().unwrap_or_default();
        rest = &behind[line.rfind(')').map_or(0, |end| end + 1)..];
    }
    out + rest
}

fuzz_target!(|text: &str| {
    let come = read("", "a.md", format!("---\ntitle: 题\n---\n\n{text}\n").as_bytes());
    let Some(loaded) = come.loaded.filter(|_| come.problems.list().is_empty()) else { return };
    let printed: String = loaded.texts.printed.iter().map(|printed| &*printed.text).collect();
    // The address of a link leads somewhere, a comment is the author's own: neither is printed.
    let text = without_addresses(&without_comments(text));
    for c in text.chars().filter(|c| ('\u{4e00}'..='\u{9fa5}').contains(c)) {
        assert!(printed.contains(c), "{c} is neither printed nor told");
    }
});
