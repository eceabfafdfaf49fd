//! Fuzzes imposition: any bytes give an error or a PDF that can be read again, never a panic.
#![no_main]

use std::num::NonZeroUsize;

use impose::{Options, Scheme};
use libfuzzer_sys::fuzz_target;

// The last byte chooses, so that any PDF is a seed.
fuzz_target!(|bytes: &[u8]| {
    let choice = usize::from(bytes.last().copied().unwrap_or(0));
    let few = |n: usize| NonZeroUsize::MIN.saturating_add(n % 4);
    let scheme = match choice % 3 {
        0 => Scheme::Saddle,
        1 => Scheme::Perfect { sheets: few(choice / 4) },
        _ => Scheme::Nup { rows: few(choice / 4), columns: few(choice / 16), gutter: 10.0 },
    };
    let sheet = (choice & 64 != 0).then_some((1275.0, 907.0));
    let options = Options { scheme, sheet, creep: 0.3, marks: choice & 128 != 0 };
    if let Ok(imposed) = impose::impose(bytes, &options) {
        let again = lopdf::Document::load_mem(&imposed.bytes).expect("sheets that can be read");
        assert_eq!(again.page_iter().count(), imposed.sides);
    }
});
