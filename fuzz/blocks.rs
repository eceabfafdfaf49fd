//! Fuzzes the way from a part's file to its blocks: any text is read within bounds of memory and
//! time, never with a panic, and each Han character of it is printed, or something is told.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trendpress_fuzz::read;

fuzz_target!(|text: &str| {
    let come = read("", "a.md", format!("---\ntitle: 题\n---\n\n{text}\n").as_bytes());
    let Some(loaded) = come.loaded.filter(|_| come.problems.list().is_empty()) else { return };
    let printed: String = loaded.texts.printed.iter().map(|printed| &*printed.text).collect();
    for c in text.chars().filter(|c| ('\u{4e00}'..='\u{9fa5}').contains(c)) {
        assert!(printed.contains(c), "{c} is neither printed nor told");
    }
});
