//! Fuzzes the reading of a part's file: any text gives pieces of prose within bounds of memory and
//! time, never a panic, and each piece says which bytes of the file its characters are.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use source::SourceFile;
use trendpress::reading::{Project, prose_of};

fuzz_target!(|text: &str| {
    // As a file is read: line ends are one character.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = format!("---\ntitle: 题\n---\n\n{text}\n");
    let file = Arc::new(SourceFile { path: "content/a.md".into(), text });
    let project = Project::new("/nowhere");
    for prose in prose_of(&project, Some(&["key".to_owned()]), &file) {
        for letter in &prose.letters {
            let written = file.text.get(letter.at.clone()).expect("bytes that are characters");
            let plain = written.trim_start_matches('\\');
            assert!(
                written.starts_with(letter.c)
                    || plain.starts_with(letter.c)
                    || letter.c == copydesk::OBJECT
                    || (letter.c, written) == ('\u{FFFD}', "\0")
                    // A text that goes on in another line.
                    || (letter.c, written) == ('\n', "")
                    || letter.at.len() > 1,
                "{:?} is not {written:?}",
                letter.c
            );
        }
    }
});
