//! Slips in YAML and in paths: each is told with what to write, and what is written so is right.

use std::fs;

use crate::project::Project;

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><rect width='40' height='20' fill='#1B2A3A'/></svg>";

/// What is told of a report with these lines in its part's front matter.
fn told(matter: &str) -> String {
    let project = Project::of_one_chapter("", "甲。");
    project.edit("content/a.md", "title: 题目\nlayout: chapter", matter);
    project.run(&["check", "--no-layout"]).stderr
}

#[test]
fn values_of_yaml_that_mean_something_else_are_named() {
    for (matter, part) in [
        ("title: 7.20", "`\"7.20\"`"),
        ("title: 0.50", "`\"0.50\"`"),
        ("title:茶", "no space stands behind the colon of `title`"),
        ("title: @茶 的", "begins with `@`"),
        ("title: [新] 茶", "begins with `[`"),
        ("title: [新] 茶\nkeywords:\n  - mailto:a@b.cn", "begins with `[`"),
        ("title: %50 茶", "begins with `%`"),
        ("title: \"茶\"话", "begins with a quote"),
        ("title: *茶*话", "begins with `*`"),
        ("title: !茶", "begins with `!`"),
        ("title: 茶\nquote: {name: 乙，kind: paraphrase，text: 丙}", "the mark `，` is full-width"),
        ("title: 茶，水\ntitle-lines: [茶，水，话]", "half-width comma and a space"),
        ("title: 茶 &amp; 水", "`&amp;` is printed as it stands"),
        ("title: 茶<b>水</b>", "`<b>` is printed as it stands"),
        ("title: 茶$x^2$水", "`$x^2$` is printed as it stands"),
    ] {
        let said = told(matter);
        assert!(said.contains(part), "`{part}` is not in\n{said}");
    }
}

#[test]
fn settings_with_full_width_marks_are_told() {
    for (settings, part) in [
        ("keywords: [茶，水、话]", "is one keyword"),
        ("lang: cn", "did you mean `zh-CN`"),
        ("publisher: {name：某院}", "write `name: `"),
        ("publisher: 某院", "write `publisher: {name: 某院}`"),
        ("parts: [a.md，b.md]", "`，` is part of the name here"),
    ] {
        let project = Project::of_one_chapter("", "甲。");
        let path = project.join("content/report.yaml");
        let key = settings.split(':').next().expect("a key");
        let text = fs::read_to_string(&path).expect("settings");
        let kept = text.lines().filter(|line| !line.starts_with(key));
        let kept: Vec<&str> = kept.chain([settings]).collect();
        fs::write(&path, kept.join("\n") + "\n").expect("a file");
        let said = project.run(&["check", "--no-layout"]).stderr;
        assert!(said.contains(part), "`{part}` is not in\n{said}");
    }
}

#[test]
fn a_picture_is_found_in_any_normal_form() {
    for (written, stored) in [
        ("caf\u{e9}.svg", "cafe\u{301}.svg"),
        ("u\u{308}ber.svg", "\u{fc}ber.svg"),
        ("\u{ac00}.svg", "\u{1100}\u{1161}.svg"),
        ("\u{30ac}.svg", "\u{30ab}\u{3099}.svg"),
    ] {
        let project =
            Project::of_one_chapter("", &format!("甲。\n\n![图](figures/{written} \"来源：甲\")"));
        project.write(&format!("content/figures/{stored}"), SVG);
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(0), "{written}: {}", run.stderr);
    }
}

#[test]
fn paths_that_lead_nowhere_name_the_file() {
    for path in [
        "/figures/tea.svg",
        "/content/figures/tea.svg",
        "figures/tea",
        "figures/tea.svg?raw=true",
        "figures／tea.svg",
        "figures/tea。svg",
        "“figures/tea.svg”",
        "figures\\tea.svg",
        "FIGURES/Tea.SVG",
    ] {
        let project = Project::of_one_chapter("", &format!("甲。\n\n![图](<{path}> \"来源：甲\")"));
        project.write("content/figures/tea.svg", SVG);
        let said = project.run(&["check", "--no-layout"]).stderr;
        assert!(said.contains("`figures/tea.svg`"), "{path}:\n{said}");
    }
    for (path, part) in [
        ("data:image/png;base64,AAAA", "save what it holds as a file"),
        ("C:/tea/x.svg", "a path of one machine"),
    ] {
        let body = format!("甲。\n\n![图]({path} \"来源：甲\")");
        let said = Project::of_one_chapter("", &body).run(&["check", "--no-layout"]).stderr;
        assert!(said.contains(part), "{path}:\n{said}");
    }
}

#[test]
fn tables_that_are_named_nearly_right_are_told() {
    for path in [
        "/charts/a.csv",
        "charts/a",
        "charts/A.CSV",
        "charts／a.csv",
        "charts/a.csv#Sheet1",
        "charts/a.csv!A1:B2",
    ] {
        let body = format!(
            "甲。\n\n```chart\nkind: bar\ntitle: 题\ndata: {path}\nx: 年\ny: 数\nsource: 甲\nalt: 乙\n```"
        );
        let said = Project::of_one_chapter("", &body).run(&["check", "--no-layout"]).stderr;
        assert!(said.contains("`charts/a.csv`"), "{path}:\n{said}");
    }
    let body = "甲。\n\n```chart\nkind: bar\ntitle: 题\ndata: charts\nx: 年\ny: 数\nsource: 甲\nalt: 乙\n```";
    let said = Project::of_one_chapter("", body).run(&["check", "--no-layout"]).stderr;
    assert!(said.contains("`charts` is a folder"), "{said}");
}

#[test]
fn a_link_whose_brackets_stand_apart_is_told_and_not_mended() {
    for text in ["见[甲] (https://example.com/a)", "见【甲】(https://example.com/a)"] {
        let project = Project::of_one_chapter("", text);
        let said = project.run(&["check", "--no-layout"]).stderr;
        assert!(said.contains("this is not read as a link"), "{said}");
        assert!(!said.contains("TP0104") && !said.contains("TP0102"), "{said}");
    }
}
