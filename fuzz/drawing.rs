//! Fuzzes the way from a drawing's file to what is set: any bytes are read or refused within bounds
//! of memory and time, never with a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trendpress_fuzz::read;

fuzz_target!(|bytes: &[u8]| {
    let come = read("![题](a.svg \"源\")", "a.svg", bytes);
    let refused = come.problems.has_errors();
    if let Some(loaded) = come.loaded.filter(|_| !refused) {
        for (_, drawing) in &loaded.pictures.drawings {
            assert!(drawing.contains("<svg"), "{drawing}");
        }
    }
});
