//! Tests of a session kept open: the same bytes as a cold render, in a fraction of its time, in
//! the same memory.

use std::fs;

use trendpress::Session;
use trendpress::writing::Request;

use crate::project::Project;
use crate::specimen::specimen;

fn warm(session: &mut Session, project: &Project) -> Vec<u8> {
    let path = project.join("warm.pdf");
    session.render(&Request::to(&path)).expect("a report");
    fs::read(path).expect("its bytes")
}

/// Edits a report in many ways; `word` stands in the text of `trend`, `date` in an entry of the
/// references.
fn after_any_edits(project: &Project, [trend, word, date]: [&str; 3]) {
    let mut session = Session::open(project.path(), false).expect("a project");
    let mut last = warm(&mut session, project);
    let mut same_as_cold = |what: &str| {
        let bytes = warm(&mut session, project);
        assert!(bytes != last, "{what}: nothing changed");
        project.run(&["render", "cold.pdf"]).ok();
        assert!(
            bytes == fs::read(project.join("cold.pdf")).expect("a report"),
            "{what}: warm and cold differ"
        );
        last = bytes;
    };
    let longer = format!("另一种{word}");
    project.edit(trend, word, &longer);
    same_as_cold("a paragraph");
    project.edit(trend, &longer, &format!("{word}{}", "，以及与它相邻的许多领域".repeat(6)));
    same_as_cold("a paragraph by some lines longer");
    project.edit(trend, "title: ", "title: 新的");
    same_as_cold("a title");
    project.edit("content/references.yaml", date, "date: 2022");
    same_as_cold("the references");
    let more = format!("{}-more.md", trend.trim_end_matches(".md"));
    project.write(&more, project.read(trend));
    same_as_cold("a new part");
    fs::remove_file(project.join(&more)).expect("removed");
    same_as_cold("a part that is gone");
}

#[test]
fn after_any_edits_the_bytes_are_those_of_a_cold_render() {
    after_any_edits(&Project::starter(), ["content/trends/01-first.md", "补充说明", "date: 1986"]);
}

#[test]
fn after_any_edits_of_the_specimen_too() {
    let Some(project) = specimen() else { return };
    after_any_edits(&project, ["content/trends/01-ai4s.md", "化学领域", "date: 2024-05-08"]);
}

#[test]
fn a_part_whose_lines_hang_on_pages_is_planned_by_what_they_answer() {
    let project = Project::starter();
    let trend = "content/trends/01-first.md";
    project.edit(trend, "\"来源：编者绘制\")", "\"来源：编者绘制\"){#fig-flow}");
    let mut session = Session::open(project.path(), false).expect("a project");
    warm(&mut session, &project);
    // The first pass of a cold render knows no page yet, and has fewer lines for it.
    let pages = "见[@fig-flow]{.page}，".repeat(20);
    project.edit(trend, "补充说明可以", &format!("{pages}补充说明可以"));
    let last = warm(&mut session, &project);
    project.run(&["render", "cold.pdf"]).ok();
    assert!(last == fs::read(project.join("cold.pdf")).expect("a report"), "warm and cold differ");
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
    let trend = "content/trends/01-ai4s.md";
    let Some(project) = specimen() else { return };
    let text = project.read(trend);
    let mut session = Session::open(project.path(), false).expect("a project");
    let mut early = None;
    for turn in 0..2_000u32 {
        let word: String =
            [turn / 50, turn % 50].iter().filter_map(|n| char::from_u32(0x4E00 + n * 7)).collect();
        project.write(trend, text.replace("化学领域", &format!("化学{word}领域")));
        warm(&mut session, &project);
        let Some(now) = resident() else { return };
        if turn == 200 {
            early = Some(now);
        }
        if turn % 200 == 0 {
            eprintln!("{turn} edits: {} MB", now / 1_000_000);
        }
        if let Some(early) = early {
            assert!(
                now < early + early / 4,
                "after {turn} edits {now} bytes, after 200 it was {early}"
            );
        }
    }
}
