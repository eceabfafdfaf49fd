//! Tests of the commands other than `render FILE.pdf`, and of its other formats.

use crate::project::Project;
use testkit::pdf::File;

#[test]
fn a_new_report_renders_at_once_and_without_a_warning() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("mine");
    let path = target.to_str().expect("a path");
    let project = Project::empty();
    let run = project.run(&["new", path]).ok();
    assert!(run.stdout.is_empty(), "{}", run.stdout);
    assert!(run.stderr.contains("hint: `trendpress render report.pdf --project"), "{}", run.stderr);
    let run = project.run(&["render", "mine.pdf", "--project", path]).ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    assert!(run.stderr.contains("mine.pdf: "), "{}", run.stderr);
    // A second time, the folder is not empty.
    assert_eq!(project.run(&["new", path]).code, Some(2));
}

#[test]
fn pages_are_files_with_their_numbers() {
    let project = Project::starter();
    project.run(&["render", "page.svg", "--pages", "1,3-4"]).ok();
    for (page, there) in [(1, true), (2, false), (3, true), (4, true), (5, false)] {
        assert_eq!(project.join(&format!("page-{page:02}.svg")).exists(), there, "page {page}");
    }
    assert!(project.read("page-03.svg").starts_with("<svg"));
    project.run(&["render", "page.png", "--pages", "10", "--ppi", "36"]).ok();
    let bytes = std::fs::read(project.join("page-10.png")).expect("a picture");
    let picture = image::load_from_memory(&bytes).expect("a PNG");
    assert_eq!((picture.width(), picture.height()), (298, 404));
}

#[test]
fn a_choice_of_pages_is_a_pdf_of_those() {
    let project = Project::starter();
    project.run(&["render", "two.pdf", "--pages", "4-5"]).ok();
    let pages = File::open(std::fs::read(project.join("two.pdf")).expect("a file")).pages();
    assert_eq!(pages.len(), 2);
    assert!(pages[0].text().contains("普通文本"));
}

#[test]
fn schemas_are_json_and_name_the_keys() {
    let project = Project::empty();
    for (name, key) in
        [("report", "publisher"), ("trend", "quote"), ("chart", "scale"), ("insert", "claim")]
    {
        let run = project.run(&["schema", name]).ok();
        let schema: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert!(schema["properties"][key].is_object(), "{name} has no `{key}`");
        assert_eq!(schema["additionalProperties"], false, "{name} takes any key");
    }
}

#[test]
fn a_new_report_brings_its_editors_settings() {
    let project = Project::empty();
    project.run(&["new", "mine"]).ok();
    for name in ["report", "trend", "foreword", "insert", "colophon", "chart", "template"] {
        let printed = project.run(&["schema", name]).ok().stdout;
        assert_eq!(project.read(&format!("mine/schemas/{name}.json")), printed, "{name}");
    }
    let json = |path: &str| -> serde_json::Value {
        serde_json::from_str(&project.read(path)).expect(path)
    };
    let settings = json("mine/.vscode/settings.json");
    for (schema, file) in settings["yaml.schemas"].as_object().expect("schemas") {
        // A template of one's own comes later, if at all, and so does a brand.
        let later = ["templates/*/template.yaml", "content/brand.yaml"];
        let file = file.as_str().filter(|file| !later.contains(file));
        for path in [Some(schema.as_str()), file].into_iter().flatten() {
            assert!(project.join("mine").join(path).is_file(), "{path} is not there");
        }
    }
    // The problems of a run, as the editor's task finds them.
    let tasks = json("mine/.vscode/tasks.json");
    project.edit("mine/content/foreword.md", "title:", "titel:");
    let args: Vec<&str> = tasks["tasks"][0]["args"]
        .as_array()
        .expect("args")
        .iter()
        .filter_map(|arg| arg.as_str())
        .collect();
    let run = project.run(&[&args[..], &["--project", "mine"]].concat());
    let place = run
        .stderr
        .lines()
        .skip_while(|line| !line.starts_with("error: unknown key `titel`"))
        .nth(1);
    assert_eq!(place.map(str::trim), Some("--> content/foreword.md:2:1"), "{}", run.stderr);
}

#[test]
fn snippets_begin_parts_that_are_sound() {
    let project = Project::empty();
    project.run(&["new", "."]).ok();
    let snippets: serde_json::Value =
        serde_json::from_str(&project.read(".vscode/trendpress.code-snippets")).expect("JSON");
    let text = |name: &str| -> String {
        let body: Vec<_> = snippets[name]["body"]
            .as_array()
            .expect(name)
            .iter()
            .filter_map(|l| l.as_str())
            .collect();
        filled(&body.join("\n"))
    };
    for (name, file) in
        [("foreword", "foreword.md"), ("insert", "insert.md"), ("colophon", "colophon.md")]
    {
        project.write(&format!("content/{file}"), format!("{}正文。\n", text(name)));
    }
    project.write("content/trends/01-first.md", format!("{}正文。\n", text("trend")));
    project.run(&["render", "report.pdf"]).ok();
    // A chart's snippet has all keys that must be there: what is missing is its file.
    project
        .write("content/trends/02-second.md", format!("---\ntitle: 图\n---\n\n{}", text("chart")));
    let run = project.run(&["render", "report.pdf"]);
    assert!(run.stderr.contains("the file `charts/numbers.csv` is missing"), "{}", run.stderr);
    assert!(run.stderr.contains("1 error: "), "{}", run.stderr);
}

/// A snippet with its places filled in as proposed: `${1:word}`, `${1|one,two|}`, `$0`.
fn filled(snippet: &str) -> String {
    let mut out = String::new();
    let mut rest = snippet.replace("$0", "");
    while let Some(at) = rest.find("${") {
        let end = at + rest[at..].find('}').expect("an end");
        let word = rest[at + 2..end].trim_start_matches(|c: char| c.is_ascii_digit());
        out += &rest[..at];
        out += word[1..].trim_end_matches('|').split(',').next().unwrap_or_default();
        rest = rest.split_off(end + 1);
    }
    out + &rest
}

#[test]
fn shells_and_man_know_every_command() {
    let project = Project::empty();
    let help = project.run(&["help"]).ok().stdout;
    let commands = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty());
    // What is indented further goes on with the line before.
    let commands = commands.filter(|line| !line.starts_with("   "));
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"render") && commands.len() > 8, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = project.run(&["completions", shell]).ok().stdout;
        for word in commands.iter().chain([&"profile"]) {
            assert!(script.contains(word), "{shell} does not know `{word}`");
        }
    }
    assert!(project.run(&["man"]).ok().stdout.contains(".TH trendpress 1"));
    project.run(&["man", "man/man1"]).ok();
    for command in commands.iter().filter(|command| **command != "help") {
        assert!(project.read(&format!("man/man1/trendpress-{command}.1")).contains(command));
    }
}

#[test]
fn fonts_are_ours_alone_unless_asked_for() {
    let run = Project::empty().run(&["fonts"]).ok();
    assert!(run.stdout.lines().count() >= 15, "{}", run.stdout);
    assert!(
        run.stdout.lines().all(|line| ["Report ", "Source ", "STIX Two Math"]
            .iter()
            .any(|own| line.starts_with(own))),
        "{}",
        run.stdout
    );
}

#[test]
fn an_edit_moves_no_other_part() {
    let project = Project::starter();
    project.run(&["render", "before.pdf"]).ok();
    project.edit("content/trends/02-second.md", "写完之后，", "全部写完之后，");
    project.run(&["render", "after.pdf"]).ok();
    let open = |name| File::open(std::fs::read(project.join(name)).expect("a file")).pages();
    let (before, after) = (open("before.pdf"), open("after.pdf"));
    assert_eq!(before.len(), after.len());
    for (index, (before, after)) in before.iter().zip(&after).enumerate() {
        assert_eq!(before.text() == after.text(), index != 5, "page {}", index + 1);
    }
}

/// `trendpress explain | head` is a reader that has seen enough: that is not an error.
#[test]
fn a_reader_that_stops_early_is_no_error() {
    use std::process::{Command, Stdio};
    for command in ["explain", "man", "schema"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_trendpress"))
            .arg(command)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        drop(child.stdout.take());
        let out = child.wait_with_output().expect("its end");
        let said = String::from_utf8_lossy(&out.stderr);
        assert_eq!((out.status.code(), &*said), (Some(0), ""), "{command}");
    }
}
