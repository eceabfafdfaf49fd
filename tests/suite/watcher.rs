//! Tests of the watcher: the ways in which editors save, and the changes reported.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::process::Command;
use std::time::Duration;

use trendpress::session::watch::{Changes, Watcher};

use crate::project::{Project, copy, repository};

const TREND: &str = "content/trends/01-editing.md";

/// Long enough for any event to come on a machine that is busy.
const LONG: Option<Duration> = Some(Duration::from_secs(20));

/// Long enough for an event that must not come.
const SHORT: Option<Duration> = Some(Duration::from_millis(400));

/// A small report: what it says is of no concern here.
fn report() -> Project {
    Project::of(&repository().join("tests/faults/_base"))
}

fn watched() -> (Project, Watcher) {
    let project = report();
    let watcher = Watcher::new(project.path()).expect("a watcher");
    (project, watcher)
}

fn pause(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}

fn paths(changes: &Changes) -> Vec<&str> {
    changes.paths.iter().map(String::as_str).collect()
}

/// One change is told, of these paths, and no more follows.
fn told_once(watcher: &mut Watcher, expected: &[&str]) {
    let changes = watcher.wait(LONG).expect("changes");
    assert_eq!(paths(&changes), expected);
    let more = watcher.wait(SHORT).expect("nothing");
    assert!(more.is_empty(), "told twice: {more:?}");
}

/// One change is told of a save that takes its time, of this path. Where the machine is so busy that
/// a step of the save outlasts the watcher's patience, two are right: so it may take three saves.
fn told_once_of_a_slow_save(save: impl Fn(&Project) + Copy + Send + 'static) {
    let mut last = vec![];
    for _ in 0..3 {
        let (project, mut watcher) = watched();
        let writer = std::thread::spawn(move || {
            save(&project);
            project
        });
        let first = watcher.wait(LONG).expect("changes");
        let more = watcher.wait(SHORT).expect("nothing");
        let _project = writer.join().expect("written");
        if paths(&first) == [TREND] && more.is_empty() {
            return;
        }
        last = vec![first, more];
    }
    panic!("told otherwise three times: {last:?}");
}

/// What is told until all `expected` paths are.
fn told_in_all(watcher: &mut Watcher, expected: &BTreeSet<String>) {
    let mut told = BTreeSet::new();
    while !told.is_superset(expected) {
        let changes = watcher.wait(LONG).expect("changes");
        assert!(!changes.is_empty(), "not told: {:?}", expected.difference(&told));
        told.extend(changes.paths);
    }
    assert_eq!(&told, expected);
}

#[test]
fn a_file_that_is_emptied_and_then_written_is_told_whole() {
    let (project, mut watcher) = watched();
    let text = project.read(TREND);
    // As VS Code does it, on a disk that takes its time.
    let (path, whole) = (project.join(TREND), text.clone());
    let writer = std::thread::spawn(move || {
        let mut file = File::create(path).expect("a file");
        pause(40);
        let (head, tail) = text.split_at(text.find('\n').expect("a line"));
        file.write_all(head.as_bytes()).expect("the head");
        pause(40);
        file.write_all(tail.as_bytes()).expect("the tail");
    });
    let changes = watcher.wait(LONG).expect("changes");
    assert!(project.read(TREND) == whole, "told before it was written");
    assert_eq!(paths(&changes), [TREND]);
    assert!(watcher.wait(SHORT).expect("nothing").is_empty());
    writer.join().expect("written");
}

#[test]
fn emptied_and_closed_before_it_is_written_is_one_change() {
    told_once_of_a_slow_save(|project| {
        let (path, text) = (project.join(TREND), project.read(TREND));
        drop(File::create(&path).expect("an empty file"));
        pause(40);
        fs::write(path, text).expect("the text");
    });
}

#[test]
fn a_backup_by_renaming_is_one_change() {
    // As Vim does it with `backupcopy=no`.
    told_once_of_a_slow_save(|project| {
        let (path, backup) = (project.join(TREND), project.join(&format!("{TREND}~")));
        let (probe, text) = (project.join("content/trends/4913"), project.read(TREND));
        File::create(&probe).expect("a probe");
        fs::remove_file(&probe).expect("no probe");
        fs::rename(&path, &backup).expect("a backup");
        pause(30);
        let mut file = File::create(&path).expect("a file");
        file.write_all(text.as_bytes()).expect("the text");
        file.sync_all().expect("on the disk");
        drop(file);
        fs::remove_file(&backup).expect("no backup");
    });
}

#[test]
fn a_file_renamed_into_place_is_one_change_and_quick() {
    let (project, mut watcher) = watched();
    let text = project.read(TREND);
    project.write("content/trends/new.tmp", &text);
    fs::rename(project.join("content/trends/new.tmp"), project.join(TREND)).expect("a rename");
    told_once(&mut watcher, &[TREND]);
}

#[test]
fn the_stream_editor_makes_one_change() {
    let (project, mut watcher) = watched();
    let edited = Command::new("sed").args(["-i", "s/AI/ai/"]).arg(project.join(TREND)).status();
    if edited.is_ok_and(|status| status.success()) {
        told_once(&mut watcher, &[TREND]);
    }
}

#[test]
fn a_checkout_of_many_files_is_told_whole() {
    let project = report();
    for number in 3..20 {
        project.write(&format!("content/trends/{number:02}-more.md"), format!("第{number}章"));
    }
    let mut watcher = Watcher::new(project.path()).expect("a watcher");
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(args);
        command.current_dir(project.path()).output().is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "--quiet"]) {
        return;
    }
    assert!(git(&["add", "."]) && git(&["commit", "--quiet", "--message", "one"]));
    let mut files = BTreeSet::new();
    for folder in ["content/trends", "content/charts"] {
        for entry in fs::read_dir(project.join(folder)).expect("a folder") {
            let name =
                format!("{folder}/{}", entry.expect("an entry").file_name().to_string_lossy());
            project.write(&name, project.read(&name) + "\n");
            files.insert(name);
        }
    }
    assert!(files.len() > 10);
    assert!(git(&["commit", "--quiet", "--all", "--message", "two"]));
    told_in_all(&mut watcher, &files);
    assert!(git(&["checkout", "--quiet", "HEAD~1"]));
    told_in_all(&mut watcher, &files);
}

#[test]
fn files_and_folders_that_come_and_go_are_told() {
    let (project, mut watcher) = watched();
    project.write("content/more/deep/a.md", "a");
    told_once(&mut watcher, &["content/more/deep/a.md"]);
    project.write("content/more/deep/b.md", "b");
    told_once(&mut watcher, &["content/more/deep/b.md"]);
    fs::rename(project.join("content/more"), project.join("content/other")).expect("a rename");
    told_once(
        &mut watcher,
        &[
            "content/more/deep/a.md",
            "content/more/deep/b.md",
            "content/other/deep/a.md",
            "content/other/deep/b.md",
        ],
    );
    project.write("content/other/deep/b.md", "bb");
    told_once(&mut watcher, &["content/other/deep/b.md"]);
    fs::remove_file(project.join("content/other/deep/b.md")).expect("removed");
    told_once(&mut watcher, &["content/other/deep/b.md"]);
    fs::remove_dir_all(project.join("content/other")).expect("removed");
    told_once(&mut watcher, &["content/other/deep/a.md"]);
}

#[test]
fn folders_that_were_not_there_are_followed() {
    let (project, mut watcher) = watched();
    project.write("templates/mine/main.typ", "a");
    let changes = watcher.wait(LONG).expect("changes");
    assert_eq!(paths(&changes), ["templates/mine/main.typ"]);
    assert!(changes.touch("templates") && !changes.touch("content") && !changes.touch("fonts"));
    project.write("fonts/a.otf", "a");
    told_once(&mut watcher, &["fonts/a.otf"]);
    project.write("templates/mine/main.typ", "b");
    told_once(&mut watcher, &["templates/mine/main.typ"]);
}

#[test]
fn a_folder_that_is_replaced_is_followed_in_its_new_place() {
    let (project, mut watcher) = watched();
    copy(&project.join("content"), &project.join("next"));
    project.write("next/foreword.md", "another");
    fs::rename(project.join("content"), project.join("last")).expect("a rename");
    fs::rename(project.join("next"), project.join("content")).expect("a rename");
    let changes = watcher.wait(LONG).expect("changes");
    assert!(changes.paths.contains("content/foreword.md"), "{changes:?}");
    while !watcher.wait(SHORT).expect("changes").is_empty() {}
    // The old folder is no longer the content, the new one is.
    project.write("last/foreword.md", "nobody reads it");
    assert!(watcher.wait(SHORT).expect("nothing").is_empty());
    project.write("content/foreword.md", "a third");
    told_once(&mut watcher, &["content/foreword.md"]);
}

#[test]
fn what_is_no_source_is_not_told() {
    let (project, mut watcher) = watched();
    project.write("report.pdf", "the output");
    project.write("content/.foreword.md.swp", "an editor's own");
    project.write("content/foreword.md~", "a backup");
    project.write("content/.git/index", "hidden");
    project.read(TREND);
    assert!(watcher.wait(SHORT).expect("nothing").is_empty());
    // Reading all of it is no change either.
    trendpress::Session::open(project.path(), false)
        .expect("a project")
        .prepare()
        .expect("content");
    assert!(watcher.wait(SHORT).expect("nothing").is_empty());
}

#[test]
fn what_changes_between_two_waits_is_told_by_the_second() {
    let (project, mut watcher) = watched();
    project.write(TREND, "one");
    told_once(&mut watcher, &[TREND]);
    // Of the same size, within a tick of the disk's clock.
    project.write(TREND, "two");
    project.write("content/foreword.md", "two");
    told_once(&mut watcher, &["content/foreword.md", TREND]);
}

#[test]
fn a_brand_outside_of_the_project_is_watched() {
    let both = Project::empty();
    copy(&repository().join("tests/faults/_base"), &both.join("mine"));
    both.write("house/brand.yaml", "color: {primary: \"#9E1B22\"}\nlogo: sign.svg\n");
    both.write("house/sign.svg", "<svg/>");
    let settings = both.read("mine/content/report.yaml");
    both.write("mine/content/report.yaml", format!("brand: ../../house/brand.yaml\n{settings}"));
    let mut watcher = Watcher::new(both.join("mine")).expect("a watcher");
    let house = both.join("house").canonicalize().expect("a folder");
    let name = |file: &str| house.join(file).to_string_lossy().into_owned();
    both.write("house/brand.yaml", "color: {primary: \"#00594C\"}\nlogo: sign.svg\n");
    told_once(&mut watcher, &[&name("brand.yaml")]);
    both.write("house/sign.svg", "<svg><g/></svg>");
    told_once(&mut watcher, &[&name("sign.svg")]);
    // What the brand does not name is none of its concern: the output may lie there.
    both.write("house/report.pdf", "%PDF");
    assert!(watcher.wait(SHORT).expect("nothing").is_empty());
    // A picture that it names later is watched from then on.
    both.write("house/brand.yaml", "color: {primary: \"#00594C\"}\nlogo: wide.svg\n");
    told_once(&mut watcher, &[&name("brand.yaml")]);
    both.write("house/wide.svg", "<svg/>");
    told_once(&mut watcher, &[&name("wide.svg")]);
    // Another brand may have other fonts: a session opens again.
    both.write("house/fonts/New.ttf", "no font");
    both.write("house/brand.yaml", "color: {primary: \"#00594C\"}\n");
    let changes = watcher.wait(LONG).expect("changes");
    assert!(changes.touch("fonts"), "{changes:?}");
    // A brand beside `content/` is found without a name, and the output there is not watched.
    both.write("mine/content/report.yaml", settings);
    both.write("mine/brand.yaml", "color: {primary: \"#00594C\"}\n");
    let _ = watcher.wait(LONG).expect("changes");
    while !watcher.wait(SHORT).expect("changes").is_empty() {}
    both.write("mine/brand.yaml", "color: {primary: \"#11594C\"}\n");
    let mine = both.join("mine").canonicalize().expect("a folder").join("brand.yaml");
    told_once(&mut watcher, &[&mine.to_string_lossy()]);
    both.write("mine/report.pdf", "%PDF");
    assert!(watcher.wait(SHORT).expect("nothing").is_empty());
}
