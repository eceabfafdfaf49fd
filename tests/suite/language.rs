//! Tests of messages, help and the preview in the requested language.

use l10n::in_chinese;

use crate::project::{Project, Run, program};

/// A small report with a misspelt key.
fn faulty() -> Project {
    let project = Project::empty();
    trendpress::reading::starter::write(&project.join("")).expect("a report");
    project.edit("content/report.yaml", "publisher:", "publishr:");
    project
}

fn chinese(text: &str) -> bool {
    text.contains(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

#[test]
fn faults_are_told_in_chinese_at_the_same_place() {
    let project = faulty();
    let run = |language: &str| project.run(&["render", "out.pdf", "--lang", language]);
    let (english, other) = (run("en"), run("zh"));
    assert_eq!((english.code, other.code), (Some(1), Some(1)));
    let told = |run: &Run| {
        run.stderr
            .lines()
            .find(|line| line.contains("-->") || line.contains("┌"))
            .map(str::to_owned)
    };
    assert_eq!(told(&english), told(&other));
    assert!(english.stderr.contains("hint: did you mean `publisher`?"), "{}", english.stderr);
    for part in ["error", "hint: {hint}", "did you mean `{meant}`?"] {
        let words = in_chinese(part).expect("a translation");
        let words = words.replace("{hint}", "").replace("{meant}", "publisher");
        assert!(other.stderr.contains(&words), "{words}: {}", other.stderr);
    }
    assert!(!other.stderr.contains("error") && !other.stderr.contains("hint"), "{}", other.stderr);
}

#[test]
fn the_locale_chooses_where_nobody_does() {
    let project = Project::empty();
    let told = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = program();
        command
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env_remove("LANG")
            .envs(variables.iter().copied());
        Run::of(command.args(args).current_dir(project.path())).stderr
    };
    let render = ["render", "out.pdf"];
    assert!(chinese(&told(&[("LANG", "zh_CN.UTF-8")], &render)));
    assert!(chinese(&told(&[("LC_ALL", "zh_CN.UTF-8"), ("LANG", "en_GB.UTF-8")], &render)));
    assert!(!chinese(&told(&[("LANG", "de_DE.UTF-8")], &render)));
    assert!(!chinese(&told(&[("LANG", "zh_CN.UTF-8")], &["render", "out.pdf", "--lang", "en"])));
    assert!(chinese(&told(&[], &["--lang=zh", "render", "out.pdf"])));
    let wrong = told(&[], &["render", "out.pdf", "--lang", "fr"]);
    assert!(wrong.contains("hint: choose one of `en`, `zh`"), "{wrong}");
}

#[test]
fn help_usage_and_rules_are_chinese_too() {
    let project = Project::empty();
    let run = |args: &[&str]| project.run(&[args, &["--lang", "zh"]].concat());
    for command in ["render", "check", "preflight", "impose", "diff", "preview"] {
        let help = run(&[command, "--help"]).ok().stdout;
        let (head, helps) =
            (help.lines().take(1), help.lines().filter(|line| line.starts_with("          ")));
        for line in head.chain(helps) {
            assert!(chinese(line) || line.trim().is_empty(), "{command}: {line}");
        }
        assert!(!help.contains("Options") && !help.contains("sage:"), "{help}");
    }
    let usage = run(&["rendr"]);
    assert_eq!(usage.code, Some(2));
    assert!(usage.stderr.contains("`render`") && chinese(&usage.stderr), "{}", usage.stderr);
    assert!(run(&["explain"]).ok().stdout.lines().all(chinese));
    let page = run(&["explain", "TP0101"]).ok().stdout;
    assert!(page.starts_with("# TP0101 han-latin-space") && page.contains("**改法。**"), "{page}");
    let schema = run(&["schema"]).ok().stdout;
    let descriptions = schema.lines().filter(|line| line.contains("\"description\": \""));
    assert!(descriptions.clone().count() > 30 && descriptions.clone().all(chinese));
}
