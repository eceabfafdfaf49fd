//! Seeds for the fuzzers in `crates/*/fuzz`: the good file and every fault, made small.

use std::fs;

use lopdf::Object;

use super::{checked, codes, faults};
use testkit::good::{Good, good, stream};
use testkit::repository;

/// Pages of a tenth of their size, content that is not packed (so that a changed byte is an
/// operator), and a profile that is its header alone.
fn small(mut file: Good) -> Vec<u8> {
    for page in file.pages.clone() {
        // Some faults leave pages out.
        let Ok(dict) = file.doc.get_dictionary_mut(page) else { continue };
        for name in ["MediaBox", "BleedBox", "TrimBox", "CropBox", "ArtBox"] {
            if let Ok(area) = dict.get_mut(name.as_bytes()).and_then(Object::as_array_mut) {
                area.iter_mut()
                    .for_each(|side| *side = (side.as_float().expect("a number") / 10.0).into());
            }
        }
    }
    for id in file.contents.clone() {
        if let Ok(content) = file.doc.get_object_mut(id).and_then(Object::as_stream_mut) {
            let plain = content.get_plain_content().unwrap_or_default();
            content.set_plain_content([&b"0.1 0 0 0.1 0 0 cm "[..], &plain].concat());
        }
    }
    for object in [file.profile, file.image] {
        let Ok(large) = file.doc.get_object_mut(object).and_then(Object::as_stream_mut) else {
            continue;
        };
        let data = large.get_plain_content().unwrap_or_default();
        if object == file.profile {
            *large = stream(large.dict.clone(), data[..data.len().min(200)].to_vec(), false);
            large.dict.remove(b"Filter");
        } else if large.dict.get(b"Width").and_then(Object::as_i64).is_ok_and(|width| width > 16) {
            large.dict.set("Width", 16);
            large.dict.set("Height", 16);
            large.set_plain_content(data[..data.len().min(16 * 16 * 4)].to_vec());
        }
    }
    file.bytes()
}

#[test]
#[ignore = "writes the fuzzers' seeds to crates/*/fuzz/corpus"]
fn seeds() {
    let mut files = vec![("good".to_owned(), small(good()))];
    for (number, fault) in faults::all().into_iter().enumerate() {
        let mut file = good();
        (fault.make)(&mut file);
        files.push((format!("{}-{number}", fault.code), small(file)));
    }
    for target in ["preflight", "impose"] {
        let folder = repository().join("crates").join(target).join("fuzz/corpus").join(target);
        fs::create_dir_all(&folder).expect("a folder");
        for (name, bytes) in &files {
            fs::write(folder.join(format!("{name}.pdf")), bytes).expect("a file");
        }
    }
    // A mutation of what is large, or cannot be read, hardly ever reaches a rule.
    assert!(files.iter().all(|(_, bytes)| bytes.len() < 40_000));
    assert!(!codes(&checked(&files[0].1, "x4")).contains("P1-readable"));
}
