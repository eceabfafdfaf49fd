//! Fuzzes the preflight with one of the built-in profiles: any bytes give an answer within bounds
//! of memory and time, never a panic.
//!
//! `preflight::check` catches panics of its thread; libFuzzer's hook ends the process before
//! that, so that each is seen.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use preflight::Profile;

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let names = preflight::profile::BUILT_IN.iter().map(|(name, _)| *name);
    names.map(|name| Profile::built_in(name).expect("a profile")).collect()
});

// The last byte chooses, so that any PDF is a seed.
fuzz_target!(|bytes: &[u8]| {
    let choice = usize::from(bytes.last().copied().unwrap_or(0));
    let report = preflight::check(bytes, &PROFILES[choice % PROFILES.len()]);
    assert!(!report.pages.is_empty() || !report.passes(), "neither pages nor an error");
    assert!(report.json("fuzz.pdf").is_object());
});
