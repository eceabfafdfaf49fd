//! Tests of the one door to the disk: no output replaces a source or another output, files appear
//! all together, with their modes, and nothing is left behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::project::{Project, program};

/// All files of a folder with their bytes.
fn all(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut out = vec![];
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("one")) {
            let (path, kind) = (entry.path(), entry.file_type().expect("a type"));
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                out.push((path.display().to_string(), fs::read(&path).expect("a file")));
            }
        }
    }
    out.sort();
    out
}

/// What of a run that was ended is still in a folder.
fn left(folder: &Path) -> Vec<String> {
    let names =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("one").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.contains("trendpress-"))
        .collect()
}

#[test]
fn no_output_replaces_a_source() {
    let project = Project::starter();
    project.run(&["render", "a.pdf"]).ok();
    fs::copy(project.join("a.pdf"), project.join("a.png")).expect("a copy");
    project.write("notes/plan.md", "text");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("content", project.join("inside")).expect("a link");
        symlink("content/report.yaml", project.join("link.json")).expect("a link");
        symlink("content/new.json", project.join("dangling.json")).expect("a link");
        symlink("../content/colophon.md", project.join("notes/page-01.svg")).expect("a link");
        symlink("content/new.pdf", project.join("linked.pdf")).expect("a link");
    }
    let before = all(project.path());
    for args in [
        &["render", "content/q.pdf"][..],
        &["render", "templates/q.pdf"],
        &["render", "content/trends/../q.svg"],
        &["render", "b.pdf", "--report", "content/report.yaml"],
        &["render", "b.pdf", "--report", "content/layout.json"],
        &["render", "b.pdf", "--report", "b.pdf"],
        &["render", "b.pdf", "--report", "notes/plan.md"],
        &["check", "--heat-map", "x.png"],
        &["preflight", "a.pdf", "--heat-map", "content/x.png"],
        &["preflight", "a.png", "--heat-map", "a.png"],
        &["impose", "a.pdf", "content/b.pdf", "--scheme", "saddle"],
        &["impose", "a.pdf", "./a.pdf", "--scheme", "saddle"],
        &["diff", "a.pdf", "a.pdf", "--out", "content/x.html"],
        &["diff", ".", ".", "--out", "templates/x.html"],
        &["data", "content/data"],
        &["data", "content/a/b/c"],
        &["new", "content/mine"],
        &["new", "templates"],
        &["man", "content/man"],
        #[cfg(unix)]
        &["render", "inside/q.pdf"],
        #[cfg(unix)]
        &["render", "linked.pdf"],
        #[cfg(unix)]
        &["render", "b.pdf", "--report", "link.json"],
        #[cfg(unix)]
        &["render", "b.pdf", "--report", "dangling.json"],
        #[cfg(unix)]
        &["render", "notes/page.svg"],
    ] {
        fs::create_dir_all(project.join("templates")).expect("a folder");
        let run = project.run(args);
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stderr);
        assert_eq!(all(project.path()), before, "{args:?}");
        assert_eq!(left(project.path()), [""; 0], "{args:?}");
    }
    // From another folder, without a project: the sources are known all the same.
    let out = project.join("content/sheets.pdf");
    let elsewhere = Project::empty();
    fs::copy(project.join("a.pdf"), elsewhere.join("a.pdf")).expect("a copy");
    let out = out.to_str().expect("a path");
    let run = elsewhere.run(&["impose", "a.pdf", out, "--scheme", "saddle"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("is inside the report's own content"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn files_keep_their_modes_and_links_their_place() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let project = Project::starter();
    let mode =
        |path: &str| fs::metadata(project.join(path)).expect("a file").permissions().mode() & 0o777;
    project.write("real/out.pdf", "");
    project.write("layout.json", "");
    for (path, mode) in [("real/out.pdf", 0o600), ("layout.json", 0o640)] {
        let mode = fs::Permissions::from_mode(mode);
        fs::set_permissions(project.join(path), mode).expect("a mode");
    }
    symlink("real/out.pdf", project.join("out.pdf")).expect("a link");
    symlink("real/later.pdf", project.join("new.pdf")).expect("a link");
    project.run(&["render", "out.pdf", "--report", "layout.json"]).ok();
    project.run(&["render", "new.pdf"]).ok();
    assert_eq!((mode("real/out.pdf"), mode("layout.json")), (0o600, 0o640));
    for link in ["out.pdf", "new.pdf"] {
        assert!(project.join(link).is_symlink(), "{link}");
        assert!(fs::read(project.join(link)).expect("a file").starts_with(b"%PDF"), "{link}");
    }
    // A file that is fixed stays as private as it was.
    let text = "content/trends/01-first.md";
    project.edit(text, "正文", "正文...");
    fs::set_permissions(project.join(text), fs::Permissions::from_mode(0o600)).expect("a mode");
    let run = project.run(&["check", "--fix", "--yes", "--no-layout"]);
    assert!(run.stderr.contains("fixed `content/trends/01-first.md`"), "{}", run.stderr);
    assert_eq!(mode(text), 0o600);
    // What nobody may write is named, and the rest is done.
    let colophon = "content/colophon.md";
    project.edit(text, "正文", "正文...");
    let longer = project.read(colophon) + "\n正文...\n";
    project.write(colophon, longer);
    fs::set_permissions(project.join(text), fs::Permissions::from_mode(0o444)).expect("a mode");
    let run = project.run(&["check", "--fix", "--yes", "--no-layout"]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stderr.contains("fixed `content/colophon.md`"), "{}", run.stderr);
    assert!(run.stderr.contains("01-first.md`: it is read-only"), "{}", run.stderr);
    assert!(project.read(text).contains("正文..."));
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_at_once() {
    let project = Project::starter();
    for name in ["pipe.pdf", "pipe.json", "page-02.svg"] {
        let made = Command::new("mkfifo").arg(project.join(name)).status().expect("mkfifo");
        assert!(made.success());
    }
    std::os::unix::fs::symlink("/dev/full", project.join("full.json")).expect("a link");
    for args in [
        &["render", "pipe.pdf"][..],
        &["render", "a.pdf", "--report", "pipe.json"],
        &["render", "a.pdf", "--report", "full.json"],
        &["render", "page.svg"],
    ] {
        let run = project.run(args);
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains("is a device or a pipe, not a file"), "{}", run.stderr);
        assert!(!project.join("a.pdf").exists() && !project.join("page-01.svg").exists());
    }
}

#[test]
fn a_set_of_pages_is_all_new_or_all_old() {
    let project = Project::starter();
    project.run(&["render", "page.svg"]).ok();
    let names = |project: &Project| {
        let mut names: Vec<_> = fs::read_dir(project.path())
            .expect("a folder")
            .map(|entry| entry.expect("one").file_name().into_string().expect("a name"))
            .filter(|name| name.starts_with("page-"))
            .collect();
        names.sort();
        names
    };
    let set = names(&project);
    // Of a longer set, and of one with more digits; what only looks alike stays.
    for page in set.len() + 1..set.len() + 4 {
        fs::copy(project.join("page-01.svg"), project.join(&format!("page-{page:02}.svg")))
            .expect("a copy");
    }
    for page in 1..=101 {
        project.write(&format!("page-{page:03}.svg"), "<svg class=\"typst-doc\"/>");
    }
    project.write("page-2024.svg", "<svg class=\"of-mine\"/>");
    project.write("page-90.svg", "<svg class=\"of-mine\"/>");
    let run = project.run(&["render", "page.svg"]).ok();
    assert!(run.stderr.contains("of a longer set"), "{}", run.stderr);
    let mut kept = set.clone();
    kept.extend(["page-2024.svg".to_owned(), "page-90.svg".to_owned()]);
    kept.sort();
    assert_eq!(names(&project), kept);
    // One page cannot be written: then none is, and the layout report is not, either.
    fs::remove_file(project.join("page-04.svg")).expect("a file");
    fs::create_dir(project.join("page-04.svg")).expect("a folder");
    project.edit("content/trends/01-first.md", "正文", "新的文字");
    let before = all(project.path());
    let run = project.run(&["render", "page.svg", "--report", "layout.json"]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert_eq!(all(project.path()), before);
}

#[test]
fn what_an_ended_run_left_is_finished_or_taken_away() {
    let project = Project::starter();
    // One was moving its files, one had not come to that, one is not ours, one has no lock yet.
    project.write(".trendpress-aaaaaa/lock", "");
    project.write(".trendpress-aaaaaa/done/page-02.svg", "<svg second");
    project.write(".trendpress-aaaaaa/gone/page-03.svg", "");
    project.write("page-03.svg", "<svg third");
    project.write(".trendpress-bbbbbb/lock", "");
    project.write(".trendpress-bbbbbb/new/out.pdf", "%PDF half");
    project.write(".trendpress-notes/lock", "mine, of another length");
    project.write(".trendpress-cccccc/text.md", "mine");
    fs::create_dir(project.join(".trendpress-dddddd")).expect("a folder");
    project.run(&["render", "out.pdf"]).ok();
    let mut left = left(project.path());
    left.sort();
    assert_eq!(left, [".trendpress-cccccc", ".trendpress-notes"]);
    assert_eq!(project.read("page-02.svg"), "<svg second");
    assert!(!project.join("page-03.svg").exists());
    assert!(fs::read(project.join("out.pdf")).expect("a file").len() > 10_000);
}

#[cfg(unix)]
#[test]
fn signals_leave_nothing_behind() {
    let project = Project::starter();
    let temporary = Project::empty();
    let start = |args: &[&str]| {
        let mut command = program();
        command.args(args).current_dir(project.path()).env("TMPDIR", temporary.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program runs")
    };
    start(&["render", "page.png", "--ppi", "40"]).wait().expect("an end");
    let pages = all(project.path());
    for (round, signal) in ["TERM", "INT", "HUP", "TERM", "INT", "KILL"].iter().enumerate() {
        for args in [&["render", "page.png", "--ppi", "40"][..], &["diff", ".", "content"]] {
            let mut child = start(args);
            std::thread::sleep(Duration::from_millis(150 + 250 * round as u64));
            let pid = child.id().to_string();
            _ = Command::new("kill").args([&format!("-{signal}"), &pid]).status();
            child.wait().expect("an end");
            if *signal != "KILL" {
                assert_eq!(left(project.path()), [""; 0], "{args:?} after {signal}");
                assert_eq!(left(temporary.path()), [""; 0], "{args:?} after {signal}");
            }
        }
    }
    start(&["render", "page.png", "--ppi", "40"]).wait().expect("an end");
    start(&["diff", ".", "content"]).wait().expect("an end");
    assert_eq!(all(project.path()), pages);
    assert_eq!(left(temporary.path()), [""; 0]);
}

#[test]
fn render_says_that_the_last_good_file_stays() {
    let project = Project::starter();
    project.edit("content/report.yaml", "title:", "titel:");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.trim_end().ends_with(": nothing was written"), "{}", run.stderr);
    project.edit("content/report.yaml", "titel:", "title:");
    project.run(&["render", "o.pdf"]).ok();
    let good = fs::read(project.join("o.pdf")).expect("a report");
    project.edit("content/report.yaml", "title:", "titel:");
    let run = project.run(&["render", "o.pdf"]);
    assert!(
        run.stderr.contains("nothing was written; the last good o.pdf stays"),
        "{}",
        run.stderr
    );
    assert!(fs::read(project.join("o.pdf")).expect("a report") == good);
}
