//! Tests of a session kept open: the same bytes as a cold render, in a fraction of its time, in
//! the same memory.

use std::fs;

use trendpress::writing::Request;
use trendpress::session::Session;

use crate::project::Project;

const TREND: &str = "content/trends/01-ai4s.md";

fn warm(session: &mut Session, project: &Project) -> Vec<u8> {
    let path = project.join("warm.pdf");
    session.render(&Request::to(&path)).expect("a report");
    fs::read(path).expect("its bytes")
}

#[test]
fn after_any_edits_the_bytes_are_those_of_a_cold_render() {
    let project = Project::report();
    let mut session = Session::open(project.path(), false).expect("a project");
    let mut last = warm(&mut session, &project);
    let mut same_as_cold = |what: &str| {
        let bytes = warm(&mut session, &project);
        assert!(bytes != last, "{what}: nothing changed");
        project.run(&["render", "cold.pdf"]).ok();
        assert!(bytes == fs::read(project.join("cold.pdf")).expect("a report"), "{what}: warm and cold differ");
        last = bytes;
    };
    project.edit(TREND, "化学领域", "化学这一个领域");
    same_as_cold("a paragraph");
    project.edit(TREND, "化学这一个领域", &format!("化学领域{}", "，以及与它相邻的许多领域".repeat(6)));
    same_as_cold("a paragraph by some lines longer");
    project.edit(TREND, "title: 科学的未来", "title: 科学的新未来");
    same_as_cold("a title");
    project.edit("content/references.yaml", "Ignite 2024", "Ignite 2025");
    same_as_cold("the references");
    let trend = project.read("content/trends/09-super-app.md").replace("AI 应用热度渐起", "第十一个趋势");
    project.write("content/trends/11-more.md", trend);
    same_as_cold("a new part");
    fs::remove_file(project.join("content/trends/11-more.md")).expect("removed");
    same_as_cold("a part that is gone");
}

/// The bytes of memory that the process holds, where the system tells.
fn resident() -> Option<usize> {
    let text = fs::read_to_string("/proc/self/statm").ok()?;
    text.split(' ').nth(1)?.parse::<usize>().ok().map(|pages| pages * 4096)
}

/// Takes some minutes: `cargo test --test suite -- --ignored two_thousand`.
#[test]
#[ignore = "takes some minutes"]
fn two_thousand_edits_take_no_more_memory_than_two_hundred() {
    let project = Project::report();
    let text = project.read(TREND);
    let mut session = Session::open(project.path(), false).expect("a project");
    let mut early = None;
    for turn in 0..2_000u32 {
        let word: String = [turn / 50, turn % 50].iter().filter_map(|n| char::from_u32(0x4E00 + n * 7)).collect();
        project.write(TREND, text.replace("化学领域", &format!("化学{word}领域")));
        warm(&mut session, &project);
        let Some(now) = resident() else { return };
        if turn == 200 {
            early = Some(now);
        }
        if turn % 200 == 0 {
            eprintln!("{turn} edits: {} MB", now / 1_000_000);
        }
        if let Some(early) = early {
            assert!(now < early + early / 4, "after {turn} edits {now} bytes, after 200 it was {early}");
        }
    }
}
