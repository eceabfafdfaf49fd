//! Fuzzes the way from a `.bib` file to entries: any text is read within bounds of memory and
//! time, never with a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trendpress_fuzz::read;

fuzz_target!(|text: &[u8]| {
    let come = read("", "references.bib", text);
    if let Some(references) = come.loaded.and_then(|loaded| loaded.references) {
        assert_eq!(references.keys.len(), references.library.len());
        for key in &references.keys {
            assert!(references.place(key).is_some(), "{key} has no place");
        }
    }
});
