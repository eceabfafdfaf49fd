//! Tests of the copy desk on a text of mixed width, line by line as received and as a careful
//! editor would write it.

use std::fs;

use trendpress::Session;
use trendpress::checking::changes;

use crate::project::{Project, repository};

/// A project with one part that holds the lines, a paragraph each.
fn project(lines: &[&str]) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        "title: 试验\npublisher: {name: 试验}\ndate: 2026-01\nparts: [text.md]\nterms: {智能体: [智能代理], OpenAI: [Open AI, openai]}\n",
    );
    project.write("content/text.md", format!("---\ntitle: 试验\n---\n\n{}\n", lines.join("\n\n")));
    project
}

/// Mends a project's content, and gives its lines.
fn mend(project: &Project) -> Vec<String> {
    let findings = Session::open(project.path(), false).expect("a project").check_content();
    let changes = changes(project.path(), &findings.list).expect("files that can be read");
    for change in changes {
        fs::write(change.path, change.after).expect("a file");
    }
    let text = project.read("content/text.md");
    text.split("---\n\n")
        .nth(1)
        .expect("text")
        .trim_end()
        .split("\n\n")
        .map(str::to_owned)
        .collect()
}

#[test]
fn fixes_are_what_an_editor_would_write_and_change_nothing_twice() {
    let read = |name: &str| {
        fs::read_to_string(repository().join("tests/copydesk").join(name)).expect("a text")
    };
    let (before, after) = (read("before.txt"), read("after.txt"));
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    assert_eq!(before.len(), after.len());
    assert!(before.len() >= 500, "{} lines", before.len());
    let project = project(&before);
    let mended = mend(&project);
    let differ: Vec<String> = (0..after.len())
        .filter(|&at| mended[at] != after[at])
        .map(|at| {
            format!(
                "{}: {}\n  mended   {}\n  expected {}",
                at + 1,
                before[at],
                mended[at],
                after[at]
            )
        })
        .collect();
    assert!(
        differ.is_empty(),
        "{} of {} lines differ:\n{}",
        differ.len(),
        after.len(),
        differ.join("\n")
    );
    assert_eq!(mend(&project), mended, "a second time changes something");
}
