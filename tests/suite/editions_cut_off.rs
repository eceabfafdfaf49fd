//! Tests of `editions` that are cut off: killed at any moment, the worker alone too, or on a disk that
//! is full. Nothing half done is left, and a run goes on where the last one ended.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::conservation::{PLAIN, plain};
use crate::editions::{editions, names, partners};
use crate::project::{Project, program};

const ROWS: usize = 12;

fn many() -> Project {
    let made = partners();
    let mut rows = String::from("id,partner\n");
    (0..ROWS).for_each(|n| rows += &format!("p{n},伙伴{n}\n"));
    made.write("partners.csv", rows);
    made
}

/// Whether every file of a folder that has the name of an edition is whole.
fn are_whole(made: &Project, folder: &str) {
    for name in names(made, folder).iter().filter(|name| name.starts_with('p')) {
        let bytes = fs::read(made.join(&format!("{folder}/{name}"))).expect("a file");
        assert!(bytes.ends_with(b"%%EOF"), "{name}");
    }
}

/// Each edition has its line once, and the files are those of the lines.
fn is_true(made: &Project) {
    made.run(&["editions", "verify", "out/manifest.jsonl"]).ok();
    let text = made.read("out/manifest.jsonl");
    let mut ids: Vec<String> = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|line| line.get("done").is_some())
        .map(|line| line["edition"].as_str().expect("a name").to_owned())
        .collect();
    ids.sort();
    let once = ids.len();
    ids.dedup();
    assert_eq!((ids.len(), once), (ROWS, ROWS), "made twice, or not at all: {text}");
    assert_eq!(names(made, "out").len(), ROWS + 1, "{:?}", names(made, "out"));
}

/// The process that does the work of another.
fn worker(of: &Child) -> Option<String> {
    let (id, path) = (of.id(), format!("/proc/{0}/task/{0}/children", of.id()));
    let children = fs::read_to_string(path).ok()?;
    let first = children.split_whitespace().next()?;
    assert_ne!(first, id.to_string());
    Some(first.to_owned())
}

/// `TRENDPRESS_KILLS=200` for a long run.
#[test]
fn a_run_that_is_killed_goes_on_and_leaves_nothing_half_done() {
    let kills: u64 = std::env::var("TRENDPRESS_KILLS")
        .map_or(6, |number| number.parse().expect("a number of kills"));
    let mut made = many();
    let mut moment: u64 = 0x5DEE_CE66;
    for kill in 0..kills {
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut command = program();
        command.args(["editions", "partners.csv", "--out", "out/{{id}}.pdf"]);
        let mut child =
            command.current_dir(made.path()).stderr(Stdio::null()).spawn().expect("it runs");
        std::thread::sleep(Duration::from_millis(100 + (moment >> 33) % 1900));
        match worker(&child).filter(|_| kill % 2 == 1) {
            Some(worker) => {
                _ = Command::new("kill").args(["-KILL", &worker]).stderr(Stdio::null()).status();
            }
            None => _ = child.kill(),
        }
        _ = child.wait();
        are_whole(&made, "out");
        let done = names(&made, "out").iter().filter(|name| name.starts_with('p')).count();
        if done == ROWS && kill + 1 < kills {
            editions(&made, &[]).ok();
            is_true(&made);
            made = many();
        }
    }
    editions(&made, &[]).ok();
    is_true(&made);
}

/// What a shell does in a namespace of its own: the program, on a disk of so many kilobytes, and again
/// on a larger one.
const ON_A_SMALL_DISK: &str = r#"
mount -t tmpfs -o size="$1"k tmpfs out || exit 99
shift
"$@" 2>first.txt
echo $? >first.code
cp -a out kept
mount -o remount,size=256m out || exit 99
"$@" || exit 98
cp -a out/. whole
"#;

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_stops_a_run_which_goes_on_when_there_is_room() {
    let made = many();
    editions(&made, &["--only", "p0"]).ok();
    let size = fs::metadata(made.join("out/p0.pdf")).expect("a file").len();
    fs::remove_dir_all(made.join("out")).expect("a folder");
    for folder in ["out", "whole"] {
        fs::create_dir(made.join(folder)).expect("a folder");
    }
    let mut shell = Command::new("unshare");
    shell.args(["--user", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh"]);
    shell.arg((size * 9 / 2 / 1024).to_string()).arg(Path::new(env!("CARGO_BIN_EXE_trendpress")));
    shell.args(["editions", "partners.csv", "--out", "out/{{id}}.pdf", "--jobs", "2"]);
    shell.env_remove("LANGUAGE").env("LC_ALL", "C").current_dir(made.path());
    let ended = shell.output().ok();
    if ended
        .as_ref()
        .is_none_or(|ended| !made.join("first.code").exists() || ended.status.code() == Some(99))
    {
        eprintln!("skipped: this machine lets nobody mount a small disk: {ended:?}");
        return;
    }
    let (code, told) = (made.read("first.code"), made.read("first.txt"));
    assert_eq!(code.trim(), "1", "{told}");
    assert!(told.to_lowercase().contains("no space left"), "{told}");
    are_whole(&made, "kept");
    let kept = names(&made, "kept");
    let full = kept.iter().filter(|name| name.starts_with('p')).count();
    assert!((1..ROWS).contains(&full), "{kept:?}");
    assert!(kept.iter().all(|name| name.starts_with('p') || name == "manifest.jsonl"), "{kept:?}");
    assert_eq!(ended.and_then(|ended| ended.status.code()), Some(0), "the run did not go on");
    fs::remove_dir_all(made.join("out")).expect("a folder");
    fs::rename(made.join("whole"), made.join("out")).expect("a folder");
    is_true(&made);
}

#[test]
fn an_edition_without_end_stops_no_other() {
    let traps = r#"#let title = json("/data/report.json").title
#if title == "无尽" { for a in range(99999) { for b in range(99999) { for c in range(99999) {} } } }
#if title == "倍增" { let a = (1,); for _ in range(60) { a = a + a } }
"#;
    let project = plain(&(traps.to_owned() + PLAIN), "正文一段。");
    let rows = "id,title\na,甲\nb,无尽\nc,丙\nd,倍增\ne,戊\nf,己\n";
    project.write("partners.csv", rows);
    let bounds = ["--jobs", "2", "--limit-time", "3", "--limit-memory", "500"];
    let run = editions(&project, &bounds);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    for told in [
        "partners.csv:3:1",
        "more than 3 seconds of the processor",
        "partners.csv:5:1",
        "more than 500 MB of memory",
        "not made: `b`, `d`",
    ] {
        assert!(run.stderr.contains(told), "{told} is not in: {}", run.stderr);
    }
    for id in ["a", "c", "e", "f"] {
        let bytes = fs::read(project.join(&format!("out/{id}.pdf"))).expect("a file");
        assert!(bytes.ends_with(b"%%EOF"), "{id}");
    }
    let told = project.run(&["editions", "verify", "out/manifest.jsonl"]).stderr;
    assert!(told.contains("2 errors in 6 editions"), "{told}");
    assert_eq!(names(&project, "out").len(), 5);
    // What is done stays so.
    let run = editions(&project, &["--only", "a", "--limit-time", "1"]).ok();
    assert!(run.stderr.contains("passed over"), "{}", run.stderr);
}
