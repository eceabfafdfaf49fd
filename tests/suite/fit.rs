//! Tests of page budgets: parts meet them by small changes, and a miss is reported with its
//! amount.

use serde_json::Value;

use crate::project::{Project, Run};
use crate::specimen::{TRENDS, specimen};
use testkit::pdf::File;

/// Renders, and reads the layout report.
fn layout(project: &Project, args: &[&str]) -> (Run, Value) {
    let args = [&["render", "report.pdf", "--report", "layout.json"], args].concat();
    let run = project.run(&args).ok();
    let value = serde_json::from_str(&project.read("layout.json")).expect("JSON");
    (run, value)
}

/// A part of the layout report.
fn part<'a>(layout: &'a Value, name: &str) -> &'a Value {
    let parts = layout["parts"].as_array().expect("parts");
    parts.iter().find(|part| part["part"] == name).unwrap_or_else(|| panic!("no part `{name}`"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// A trend's path, and its text as front matter and body.
fn trend(project: &Project, name: &str) -> (String, String, String) {
    let path = format!("content/trends/{name}.md");
    let text = project.read(&path);
    let (matter, body) = text[4..].split_once("\n---\n").expect("front matter");
    (path, format!("---\n{matter}\n---\n"), body.to_owned())
}

/// The trends with sentences repeated or left out until each is `share` longer or shorter.
fn resize(project: &Project, trends: &[&str], share: f64) {
    for name in trends {
        let (path, matter, body) = trend(project, name);
        let mut blocks: Vec<String> = body.split("\n\n").map(str::to_owned).collect();
        let texts: Vec<usize> = (0..blocks.len())
            .filter(|&at| {
                let block = blocks[at].trim();
                !block.is_empty()
                    && !["-", "```", "![", "#"].iter().any(|mark| block.starts_with(mark))
            })
            .collect();
        let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() as f64;
        let mut left = share.abs() * texts.iter().map(|&at| count(&blocks[at])).sum::<f64>();
        'all: for round in 0.. {
            let before = left;
            for &at in &texts {
                let sentences: Vec<String> =
                    blocks[at].split_inclusive('。').map(str::to_owned).collect();
                if sentences.len() < 2 || left <= 0.0 {
                    continue;
                }
                let sentence = sentences[(round + 1).min(sentences.len() - 1)].trim().to_owned();
                left -= count(&sentence);
                blocks[at] = if share > 0.0 {
                    format!("{}{sentence}", blocks[at].trim_end())
                } else {
                    sentences[..sentences.len() - 1].concat()
                };
            }
            if left <= 0.0 || before == left {
                break 'all;
            }
        }
        project.write(&path, format!("{matter}{}\n", blocks.join("\n\n")));
    }
}

#[test]
fn the_report_meets_every_budget_within_the_limits() {
    let Some(project) = specimen() else { return };
    let (run, layout) = layout(&project, &["--fit", "strict"]);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    for name in TRENDS.iter().chain(&["foreword"]) {
        let part = part(&layout, name);
        assert_eq!(part["pages"], part["budget"], "{name}");
        let fit = &part["fit"];
        assert!(number(&fit["fill"]) >= 0.85, "{name}: {fit}");
        assert!((number(&fit["leading"]) / 17.0 - 1.0).abs() <= 0.04, "{name}: {fit}");
        assert!((number(&fit["size"]) / 10.0 - 1.0).abs() <= 0.031, "{name}: {fit}");
        assert!(number(&fit["tracking"]).abs() <= 0.021, "{name}: {fit}");
        assert!((0.6..=1.15).contains(&number(&fit["figures"])), "{name}: {fit}");
        assert_eq!(part["single"], 0, "{name} has a paragraph that ends on one character");
        assert_eq!(number(&fit["apart"]), 0.0, "{name}'s last columns do not end level: {fit}");
    }
}

#[test]
fn texts_a_tenth_longer_or_shorter_fit_or_say_by_how_much_not() {
    for share in [0.1, -0.1] {
        let Some(project) = specimen() else { return };
        resize(&project, &TRENDS, share);
        let (run, layout) = layout(&project, &[]);
        let mut met = 0;
        for name in TRENDS {
            let part = part(&layout, name);
            let fit = &part["fit"];
            if part["pages"] == part["budget"] && number(&fit["fill"]) >= 0.85 {
                met += 1;
                continue;
            }
            let lines =
                fit["excess"].as_i64().unwrap_or_else(|| panic!("{name} at {share}: {fit}"));
            assert!(lines != 0, "{name} at {share}: {fit}");
            let amount = format!("{} line", lines.abs());
            let label = fit["name"].as_str().expect("a name");
            let told = run
                .stderr
                .lines()
                .any(|l| l.contains(&format!("`{label}`")) && l.contains(&amount));
            assert!(told, "{name} at {share}: {amount} of `{label}` are not told:\n{}", run.stderr);
        }
        assert!(met >= 9, "only {met} trends of ten fit at {share}:\n{}", run.stderr);
    }
}

#[test]
fn an_overflow_is_named_to_a_line() {
    // A paragraph of so many lines at the tightest setting, which has 24 characters a line and
    // indents by two.
    let excess = |lines: usize| {
        let project = Project::starter();
        let (path, matter, body) = trend(&project, "02-second");
        project.write(&path, format!("{matter}{body}\n{}\n", "字".repeat(24 * lines - 3)));
        let (run, layout) = layout(&project, &[]);
        let part = part(&layout, "02-second");
        (part["pages"].as_i64() > Some(1))
            .then(|| (part["fit"]["excess"].as_i64().expect("an amount"), run.stderr))
    };
    let (mut fits, mut first) = (1_usize, 60);
    while first - fits > 1 {
        let lines = fits.midpoint(first);
        *(if excess(lines).is_some() { &mut first } else { &mut fits }) = lines;
    }
    for more in [0, 1, 5, 12] {
        let (lines, stderr) = excess(first + more).expect("an overflow");
        assert!(
            (lines - 1 - more as i64).abs() <= 1,
            "{} lines too many, {lines} told:\n{stderr}",
            more + 1
        );
        assert!(
            stderr.contains(&format!("`趋势二` overflows its 1 page by {lines} line")),
            "{stderr}"
        );
        assert!(stderr.contains("content/trends/02-second.md:3:1"), "{stderr}");
    }
}

#[test]
fn a_part_that_is_too_short_is_told() {
    let project = Project::starter();
    let (path, matter, _) = trend(&project, "01-first");
    project.write(&path, format!("{matter}\n只有一段。\n"));
    let (run, _) = layout(&project, &[]);
    assert!(run.stderr.contains("`趋势一` fills only 1 page of its 2: "), "{}", run.stderr);
    assert!(run.stderr.contains("short by "), "{}", run.stderr);
}

#[test]
fn a_list_of_references_that_misses_its_budget_is_told() {
    for (pages, message) in [
        (1, "`参考文献` overflows its 1 page by "),
        (5, "`参考文献` fills only 3 pages of its 5: "),
    ] {
        let project = Project::starter();
        let entries = (1..=60)
            .map(|n| format!("work{n}:\n  type: book\n  title: 第{n}种书\n  date: 2024\n\n"));
        let entries = entries.collect::<String>() + &project.read("content/references.yaml");
        project.write("content/references.yaml", entries);
        project.edit(
            "content/report.yaml",
            "uncited: true",
            &format!("uncited: true, pages: {pages}"),
        );
        let (run, _) = layout(&project, &[]);
        assert!(run.stderr.contains(message) && run.stderr.contains(" lines"), "{}", run.stderr);
        assert!(run.stderr.contains("content/report.yaml:10:"), "{}", run.stderr);
    }
}

#[test]
fn a_strict_fit_refuses_a_miss_and_leaves_the_last_good_file() {
    let project = Project::starter();
    project.write("report.pdf", "the last good output");
    project.edit("content/trends/01-first.md", "pages: 2", "pages: 1");
    let run = project.run(&["render", "report.pdf", "--fit", "strict", "--report", "layout.json"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("error[TP0501]: `趋势一` overflows its 1 page by "),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("report.pdf"), "the last good output");
    assert!(!project.join("layout.json").exists());
}

#[test]
fn without_a_fit_every_part_is_as_the_template_has_it() {
    let project = Project::starter();
    let trends = ["01-first", "02-second"];
    resize(&project, &trends, 0.1);
    let (_, fitted) = layout(&project, &[]);
    let (_, plain) = layout(&project, &["--fit", "off"]);
    for name in trends {
        let fit = &part(&plain, name)["fit"];
        let own = ("leading", 17.0, "size", 10.0, "tracking", 0.0);
        for (key, value) in
            [(own.0, own.1), (own.2, own.3), (own.4, own.5), ("figures", 1.0), ("gap", 1.0)]
        {
            assert_eq!(number(&fit[key]), value, "{name}: {key}");
        }
    }
    assert!(trends.iter().any(|name| part(&plain, name)["fit"] != part(&fitted, name)["fit"]));
}

#[test]
fn facing_pages_share_their_leading_and_size() {
    // The recto needs tighter leading; the verso beside it takes it too, and no other part does.
    let project = Project::starter();
    project.write("content/trends/03-third.md", project.read("content/trends/02-second.md"));
    let (path, matter, body) = trend(&project, "03-third");
    // Nothing at its foot: lines alone fill it.
    let matter = format!("{}---\n", matter.split("quote:").next().expect("a matter"));
    let tight = (8..40).find_map(|lines| {
        project.write(&path, format!("{matter}{body}\n{}。\n", "多出的文字".repeat(4 * lines)));
        let (_, layout) = layout(&project, &[]);
        (number(&part(&layout, "03-third")["fit"]["leading"]) != 17.0).then_some(layout)
    });
    let layout = tight.expect("a text that needs another leading");
    let (verso, recto) = (part(&layout, "02-second"), part(&layout, "03-third"));
    assert_eq!((verso["first"].as_i64(), recto["first"].as_i64()), (Some(6), Some(7)));
    for key in ["leading", "size", "tracking"] {
        assert_eq!(verso["fit"][key], recto["fit"][key], "{key}");
    }
    assert_eq!(number(&part(&layout, "01-first")["fit"]["leading"]), 17.0);
}

#[test]
fn a_footnote_takes_its_lines_from_the_page() {
    let project = Project::starter();
    let (path, matter, body) = trend(&project, "02-second");
    let noted = body.replacen("。\n", "[^n]。\n", 1);
    project.write(
        &path,
        format!("{matter}{noted}\n\n[^n]: {}\n", "一条脚注，说明它自己占去的行数。".repeat(20)),
    );
    let (run, layout) = layout(&project, &[]);
    assert_eq!(part(&layout, "02-second")["pages"], 1, "{}", run.stderr);
    let pages = File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages();
    let at = |text: &str| {
        let glyph = pages[5]
            .glyphs
            .iter()
            .filter(|glyph| text.contains(&glyph.text) && !glyph.text.trim().is_empty());
        glyph.map(|glyph| glyph.y).fold(0.0, f64::max)
    };
    // The note stands below the voice and above the folio.
    assert!(pages[5].text().contains("一条脚注"), "{}", pages[5].text());
    assert!(at("脚") < pages[5].size.1 - 40.0, "{}", at("脚"));
}

#[test]
fn the_worst_lines_are_told_with_their_places() {
    let Some(project) = specimen() else { return };
    let (run, layout) = layout(&project, &["--verbose"]);
    let worst = layout["worst"].as_array().expect("lines");
    assert_eq!(worst.len(), 10);
    for pair in worst.windows(2) {
        assert!(number(&pair[0]["gap"]) >= number(&pair[1]["gap"]));
    }
    for line in worst {
        let file = project.read(line["file"].as_str().expect("a file"));
        let at = line["line"].as_u64().expect("a line") as usize;
        let text = file.lines().nth(at - 1).expect("a line of the file");
        let first: String = line["text"].as_str().expect("text").chars().take(4).collect();
        assert!(text.contains(&first), "{line} is not in `{text}`");
        assert!(
            run.stderr
                .contains(&format!("{}:{at}: page ", line["file"].as_str().unwrap_or_default()))
        );
    }
    assert!(run.stderr.contains("04-scaling-law"), "{}", run.stderr);
}
