//! The commands beside `render FILE.pdf`, and its other formats.

use crate::pdf::File;
use crate::project::Project;

#[test]
fn a_new_report_renders_at_once_and_without_a_warning() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("mine");
    let path = target.to_str().expect("a path");
    let project = Project::report();
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
    let project = Project::report();
    project.run(&["render", "page.svg", "--pages", "1,3-4"]).ok();
    for (page, there) in [(1, true), (2, false), (3, true), (4, true), (5, false)] {
        assert_eq!(project.join(&format!("page-{page:02}.svg")).exists(), there, "page {page}");
    }
    assert!(project.read("page-03.svg").starts_with("<svg"));
    project.run(&["render", "page.png", "--pages", "24", "--ppi", "36"]).ok();
    let bytes = std::fs::read(project.join("page-24.png")).expect("a picture");
    let picture = image::load_from_memory(&bytes).expect("a PNG");
    assert_eq!((picture.width(), picture.height()), (298, 404));
}

#[test]
fn a_choice_of_pages_is_a_pdf_of_those() {
    let project = Project::report();
    project.run(&["render", "two.pdf", "--pages", "4-5"]).ok();
    let pages = File::open(std::fs::read(project.join("two.pdf")).expect("a file")).pages();
    assert_eq!(pages.len(), 2);
    assert!(pages[0].text().contains("范式变革"));
}

#[test]
fn schemas_are_json_and_name_the_keys() {
    let project = Project::report();
    for (name, key) in [("report", "publisher"), ("trend", "quote"), ("chart", "scale"), ("insert", "claim")] {
        let run = project.run(&["schema", name]).ok();
        let schema: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert!(schema["properties"][key].is_object(), "{name} has no `{key}`");
        assert_eq!(schema["additionalProperties"], false, "{name} takes any key");
    }
}

#[test]
fn fonts_are_ours_alone_unless_asked_for() {
    let run = Project::report().run(&["fonts"]).ok();
    assert!(run.stdout.lines().count() >= 15, "{}", run.stdout);
    assert!(
        run.stdout.lines().all(|line| line.starts_with("Report ") || line.starts_with("Source ")),
        "{}",
        run.stdout
    );
}

#[test]
fn an_edit_moves_no_other_part() {
    let project = Project::report();
    project.run(&["render", "before.pdf"]).ok();
    project.edit("content/trends/09-super-app.md", "过去一年", "刚刚过去的一年");
    project.run(&["render", "after.pdf"]).ok();
    let open = |name| File::open(std::fs::read(project.join(name)).expect("a file")).pages();
    let (before, after) = (open("before.pdf"), open("after.pdf"));
    assert_eq!(before.len(), after.len());
    for (index, (before, after)) in before.iter().zip(&after).enumerate() {
        assert_eq!(before.text() == after.text(), index != 17, "page {}", index + 1);
    }
}
