//! Tests of the command: formats, `--fix`, exit codes, `explain`.

use serde_json::Value;

use crate::project::{Project, repository};

/// The clean project with a fault that can be mended and one that cannot.
fn faulty() -> Project {
    let project = Project::of(&repository().join("tests/faults/_base"));
    project.edit("content/foreword.md", "全文没有", "全文,没有");
    project.edit("content/foreword.md", "说明范围", "说明「范围");
    project
}

#[test]
fn findings_are_told_with_code_line_and_hint() {
    let run = faulty().run(&["check"]).ok();
    assert!(run.stdout.is_empty(), "{}", run.stdout);
    for part in [
        "warning[TP0103]: half-width `,` in Chinese text",
        "content/foreword.md:5:17",
        "hint: write `，`",
        "warning[TP0108]: `「` is never closed",
        "0 errors, 2 warnings on 8 pages; `--fix` can fix 1",
    ] {
        assert!(run.stderr.contains(part), "`{part}` is not in:\n{}", run.stderr);
    }
}

#[test]
fn a_clean_report_says_so_in_a_line() {
    let run = Project::starter().run(&["check"]).ok();
    assert_eq!(run.stderr, "nothing found on 10 pages\n");
}

#[test]
fn json_has_codes_places_and_fixes() {
    let run = faulty().run(&["check", "--format", "json"]).ok();
    assert!(run.stderr.is_empty(), "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(
        (&report["errors"], &report["warnings"], &report["pages"]),
        (&0.into(), &2.into(), &8.into())
    );
    let finding = &report["findings"][0];
    assert_eq!(finding["code"], "TP0103");
    assert_eq!(finding["rule"], "half-width-mark");
    assert_eq!(finding["file"], "content/foreword.md");
    let place = |value: &Value| {
        ["line", "column", "end-line", "end-column"].map(|key| value[key].as_u64().expect(key))
    };
    assert_eq!(place(finding), [5, 17, 5, 18]);
    assert_eq!(place(&finding["fix"][0]), [5, 17, 5, 18]);
    assert_eq!(finding["fix"][0]["text"], "，");
    assert_eq!(report["findings"][1]["fix"], serde_json::json!([]));
}

#[test]
fn sarif_names_rules_regions_and_fixes() {
    let project = faulty();
    let outer = project.path().parent().expect("a folder");
    let name = project.path().file_name().expect("a name").to_str().expect("text");
    let run = crate::project::Run::of(
        crate::project::program()
            .args(["check", "--format", "sarif", "--project", name])
            .current_dir(outer),
    )
    .ok();
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let (driver, result) = (&log["runs"][0]["tool"]["driver"], &log["runs"][0]["results"][0]);
    let index = result["ruleIndex"].as_u64().expect("an index") as usize;
    assert_eq!(driver["rules"][index]["id"], result["ruleId"]);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], format!("{name}/content/foreword.md"));
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 5, "startColumn": 17, "endLine": 5, "endColumn": 18})
    );
    assert_eq!(
        result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "，"
    );
}

#[test]
fn github_gets_a_command_a_finding() {
    let run = faulty().run(&["check", "--format", "github"]).ok();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        lines[0],
        "::warning file=content/foreword.md,line=5,col=17,endLine=5,endColumn=18,title=TP0103 half-width-mark::\
         half-width `,` in Chinese text%0Ahint: write `，`"
    );
    assert_eq!(lines.len(), 2);
}

#[test]
fn fixes_are_shown_and_written_only_when_that_is_said() {
    let project = faulty();
    let before = project.read("content/foreword.md");
    let run = project.run(&["check", "--fix"]).ok();
    assert!(
        run.stdout.contains("--- a/content/foreword.md\n+++ b/content/foreword.md\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("\n-这是一份专供校对使用的报告，全文,没有一处"), "{}", run.stdout);
    assert!(run.stdout.contains("\n+这是一份专供校对使用的报告，全文，没有一处"), "{}", run.stdout);
    assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
    assert_eq!(project.read("content/foreword.md"), before);

    let run = project.run(&["check", "--fix", "--yes"]).ok();
    assert!(
        run.stderr.contains("1 file changed") && !run.stderr.contains("TP0103"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("warning[TP0108]"), "what is left is told: {}", run.stderr);
    assert_eq!(project.read("content/foreword.md"), before.replace("全文,没有", "全文，没有"));
    let run = project.run(&["check", "--fix", "--yes"]).ok();
    assert!(
        run.stdout.is_empty() && run.stderr.contains("there are no safe fixes"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_fix_touches_its_bytes_alone() {
    let project = faulty();
    let text = project.read("content/foreword.md").replace('\n', "\r\n");
    let text = format!("\u{feff}{text}");
    project.write("content/foreword.md", &text);
    project.run(&["check", "--fix", "--yes"]).ok();
    assert_eq!(project.read("content/foreword.md"), text.replace("全文,没有", "全文，没有"));
}

#[test]
fn exit_codes_tell_errors_from_warnings_and_usage() {
    let project = faulty();
    project.edit("content/report.yaml", "date:", "titel: x\ndate:");
    assert_eq!(project.run(&["check"]).code, Some(1));
    assert_eq!(project.run(&["check", "--yes"]).code, Some(2));
    assert_eq!(project.run(&["check", "--fix", "--format", "json"]).code, Some(2));
    let empty = Project::empty();
    let run = empty.run(&["check", "--format", "json"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stdout.contains("TP0001") && run.stdout.contains("is missing"), "{}", run.stdout);
}

#[test]
fn a_drawing_in_foreign_colours_is_told_where_it_is_written() {
    let project = Project::starter();
    assert!(project.run(&["check"]).ok().stderr.contains("nothing found"));
    project.edit("content/figures/flow.svg", "#00216B", "#00216C");
    let run = project.run(&["check"]).ok();
    let said =
        "warning[TP0407]: the picture uses the colour `#00216C`, which is not in the template\n";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(run.stderr.contains("content/trends/01-first.md:31:"), "{}", run.stderr);
    assert!(
        run.stderr.contains("hint: the nearest template colour is `#00216B`"),
        "{}",
        run.stderr
    );
}

#[test]
fn explain_prints_a_page_or_the_list() {
    let project = Project::empty();
    for word in ["TP0101", "tp0101", "han-latin-space"] {
        let run = project.run(&["explain", word]).ok();
        assert!(run.stdout.starts_with("# TP0101 han-latin-space\n"), "{}", run.stdout);
    }
    let list = project.run(&["explain"]).ok().stdout;
    assert_eq!(list.lines().count(), trendpress::rules::ALL.len());
    let run = project.run(&["explain", "han-latin-spaces"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("did you mean `han-latin-space`?"), "{}", run.stderr);
}
