//! Tests of severities in report.yaml, and of suppressions with their reasons.

use super::{check, places};
use crate::project::{Project, repository};

fn base() -> Project {
    Project::of(&repository().join("tests/faults/_base"))
}

const FOREWORD: &str = "content/foreword.md";

#[test]
fn report_yaml_weighs_a_rule_by_code_or_name() {
    for (weight, errors, warnings) in [("error", 1, 0), ("warning", 0, 1), ("off", 0, 0)] {
        for name in ["TP0103", "half-width-mark"] {
            let project = base();
            project.edit(FOREWORD, "全文没有", "全文,没有");
            project.edit(
                "content/report.yaml",
                "date:",
                &format!("check: {{{name}: {weight}}}\ndate:"),
            );
            let run = project.run(&["check"]);
            assert_eq!(run.code, Some(errors), "{}", run.stderr);
            assert_eq!(
                run.stderr.matches("error[TP0103]").count(),
                errors as usize,
                "{}",
                run.stderr
            );
            assert_eq!(run.stderr.matches("warning[TP0103]").count(), warnings, "{}", run.stderr);
        }
    }
}

#[test]
fn a_weight_holds_for_render_too() {
    let project = base();
    project.edit("content/report.yaml", "date:", "check: {not-printed: error}\ndate:");
    project.edit(FOREWORD, "第二段", "***\n\n第二段");
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("error[TP0005]") && !project.join("out.pdf").exists(),
        "{}",
        run.stderr
    );
    project.edit("content/report.yaml", "not-printed: error", "not-printed: off");
    let run = project.run(&["render", "out.pdf"]).ok();
    assert!(!run.stderr.contains("TP0005"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_weighed_is_refused() {
    for (check, message) in [
        ("{TP0130: off}", "there is no rule `TP0130`"),
        ("{half-width-marks: off}", "did you mean `half-width-mark`?"),
        ("{TP0505: off}", "`TP0505` is always an error"),
        ("{TP0103: quiet}", "`TP0103` cannot be `quiet`"),
    ] {
        let project = base();
        project.edit("content/report.yaml", "date:", &format!("check: {check}\ndate:"));
        let run = project.run(&["check"]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn a_silencing_covers_the_next_block_and_no_more() {
    let project = base();
    project.edit(FOREWORD, "这是一份", "<!-- check off TP0103, TP0102: 照录原文 -->\n\n这是一份");
    project.edit(FOREWORD, "全文没有", "全文,没有 ，");
    project.edit(FOREWORD, "说明范围：", "说明范围:");
    assert_eq!(places(&check(&project)), ["TP0103 content/foreword.md:9:8"]);
}

#[test]
fn a_silencing_in_yaml_covers_its_entry() {
    let project = base();
    project.edit(
        "content/trends/01-editing.md",
        "quote:\n",
        "# check off TP0103: 照录原话\nquote:\n",
    );
    project.edit("content/trends/01-editing.md", "她认为，", "她认为,");
    assert_eq!(places(&check(&project)), Vec::<String>::new());
    project.edit(
        "content/trends/01-editing.md",
        "title: 编辑与校对并重，",
        "title: 编辑与校对并重,",
    );
    assert_eq!(places(&check(&project)), ["TP0103 content/trends/01-editing.md:2:15"]);
}

#[test]
fn a_table_is_silenced_with_the_chart_that_draws_it() {
    let project = base();
    project.edit("content/charts/errors.csv", "机器检查,", "AI 检查,");
    assert_eq!(places(&check(&project)), ["TP0101 content/charts/errors.csv:2:3"]);
    project.edit(
        "content/trends/01-editing.md",
        "```chart",
        "<!-- check off TP0101: 名称如此 -->\n\n```chart",
    );
    assert_eq!(places(&check(&project)), Vec::<String>::new());
}

#[test]
fn a_silencing_says_why_and_names_rules() {
    for (comment, message) in [
        ("check off TP0103", "a suppression without a reason"),
        ("check off TP0103: ", "a suppression without a reason"),
        ("check off : 理由", "a suppression without a rule"),
        ("check off TP0109x: 理由", "there is no rule `TP0109x`"),
        ("check off TP0505: 理由", "`TP0505` cannot be suppressed"),
    ] {
        let project = base();
        project.edit(FOREWORD, "第二段", &format!("<!-- {comment} -->\n\n第二段"));
        let run = project.run(&["check"]);
        assert_eq!(run.code, Some(1), "{comment}: {}", run.stderr);
        assert!(
            run.stderr.contains(message) && run.stderr.contains("foreword.md:7:5"),
            "{comment}: {}",
            run.stderr
        );
    }
}
