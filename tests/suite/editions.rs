//! Tests of `editions`: tables of every kind, faults at their cells, shards, resumption.

use std::fs;
use std::process::Command;

use crate::kinds::{project, texts};
use crate::project::{Project, Run, program};
use testkit::pdf::File;

/// A report for partners, and a table of three of them.
pub(crate) fn partners() -> Project {
    let settings = "title: \"{{partner}}专版\"
parts: [cover, foreword.md, chapters/*.md, insert.md, back-cover]
variables:
  partner: {example: 样例}
  tier: {default: silver, values: [gold, silver]}
  logo: {type: file, default: figures/a.svg}
  sum: {type: number, default: 1000}
back-cover:
  codes:
    - {label: 主页, url: \"https://example.org/{{tier}}\"}";
    let files = [
        (
            "foreword.md",
            "前言\n---\n\n致{{partner}}，出资{{sum:,}}元。\n\n::: {.when tier=gold}\n\n金牌的话。\n\n:::\n\n![标志]({{logo}} \"来源：{{partner}}\")\n",
        ),
        ("chapters/1.md", "共同的一章\n---\n\n所有版本都有的正文。\n"),
        ("insert.md", "共同的插页"),
        ("partners/acme.md", "艾克米的插页\nlayout: insert\n---\n\n艾克米自己写的一页。\n"),
    ];
    let made = project(settings, &files);
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"40\" height=\"20\"/></svg>";
    made.write("content/figures/a.svg", logo);
    made.write("content/figures/b.svg", logo);
    made.write("partners.csv", TABLE);
    made
}

const TABLE: &str = "id,partner,tier,logo,sum,parts.insert,subtitle\n\
    acme,艾克米 **公司**,gold,figures/b.svg,1250000,partners/acme.md,\n\
    qing,青禾,,,,,别册\n\
    shan,\"山, 海\",silver,,2000.5,,\n";

pub(crate) fn editions(project: &Project, args: &[&str]) -> Run {
    let base = ["editions", "partners.csv", "--out", "out/{{id}}.pdf"];
    project.run(&[&base, args].concat())
}

pub(crate) fn pdf(project: &Project, path: &str) -> File {
    File::open(fs::read(project.join(path)).expect("a file"))
}

/// The names of the files in a folder, hidden ones too.
pub(crate) fn names(project: &Project, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(project.join(folder)).into_iter().flatten();
    let mut out: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    out.sort();
    out
}

#[test]
fn each_row_is_an_edition_and_the_same_as_it_alone() {
    let made = partners();
    let run = editions(&made, &["--cover", "out/{{id}}.png"]).ok();
    assert!(run.stderr.contains("3 editions"), "{}", run.stderr);
    assert_eq!(
        names(&made, "out"),
        ["acme.pdf", "acme.png", "manifest.jsonl", "qing.pdf", "qing.png", "shan.pdf", "shan.png"]
    );
    let acme = texts(&pdf(&made, "out/acme.pdf")).join("\n");
    for words in ["致艾克米**公司**，出资1,250,000元。", "金牌的话", "艾克米自己写的一页"]
    {
        assert!(acme.contains(words), "{words}: {acme}");
    }
    let qing = texts(&pdf(&made, "out/qing.pdf")).join("\n");
    assert!(qing.contains("出资1,000元") && qing.contains("共同的插页") && qing.contains("别册"));
    assert!(!qing.contains("金牌"));
    let alone: [&[&str]; 3] = [
        &[
            "partner=艾克米 **公司**",
            "tier=gold",
            "logo=figures/b.svg",
            "sum=1250000",
            "parts.insert=partners/acme.md",
        ],
        &["partner=青禾", "subtitle=别册"],
        &["partner=山, 海", "tier=silver", "sum=2000.5"],
    ];
    for (id, set) in ["acme", "qing", "shan"].into_iter().zip(alone) {
        let mut args = vec!["render", "alone.pdf"];
        args.extend(set.iter().flat_map(|set| ["--set", *set]));
        made.run(&args).ok();
        let same = fs::read(made.join("alone.pdf")).expect("a file")
            == fs::read(made.join(&format!("out/{id}.pdf"))).expect("a file");
        assert!(same, "{id} is not what `render` makes");
    }
    let run = made.run(&["editions", "verify", "out/manifest.jsonl"]).ok();
    assert!(run.stderr.contains("3 editions are as they were made"), "{}", run.stderr);
}

#[test]
fn tables_of_every_kind_make_the_same_editions() {
    let made = partners();
    editions(&made, &["--jobs", "1"]).ok();
    let acme = fs::read(made.join("out/acme.pdf")).expect("a file");
    made.write(
        "t.yaml",
        "- id: acme\n  partner: 艾克米 **公司**\n  tier: gold\n  logo: figures/b.svg\n  sum: 1250000\n  parts: {insert: partners/acme.md}\n- {id: qing, partner: 青禾, subtitle: 别册, keywords: [一, 二]}\n",
    );
    made.write(
        "t.jsonl",
        "{\"id\": \"acme\", \"partner\": \"艾克米 **公司**\", \"tier\": \"gold\", \"logo\": \"figures/b.svg\", \"sum\": 1250000, \"parts.insert\": \"partners/acme.md\"}\n\n{\"id\": \"qing\", \"partner\": \"青禾\", \"tier\": null}\n",
    );
    for table in ["t.yaml", "t.jsonl"] {
        let out = format!("{}-{{{{id}}}}.pdf", table.replace('.', "-"));
        let run = made.run(&["editions", table, "--out", &out]).ok();
        assert!(run.stderr.contains("2 editions"), "{}", run.stderr);
        let own = fs::read(made.join(&out.replace("{{id}}", "acme"))).expect("a file");
        assert!(own == acme, "{table}");
    }
}

#[test]
fn every_fault_is_told_at_its_cell_before_anything_is_written() {
    let made = partners();
    made.write(
        "partners.csv",
        "id,partner,tier,logo,sum,parts.insert,titel\n\
         acme,甲,golden,,,,\n\
         acme,乙,,figures/none.svg,,,\n\
         ../x,丙,,,many,,\n\
         d,,,,,partners/none.md,\n\
         e,戊,,,,,x\n",
    );
    let run = editions(&made, &[]);
    assert_eq!(run.code, Some(1));
    for line in [
        "`tier` cannot be `golden`\n  --> partners.csv:2:8",
        "there are two editions `acme`\n  --> partners.csv:3:1",
        "the first is at `partners.csv:2:1`",
        "the file `figures/none.svg` is missing\n  --> partners.csv:3:9",
        "`../x`, the `id` of this edition, cannot be part of a file's name\n  --> partners.csv:4:1",
        "`sum` cannot be `many`\n  --> partners.csv:4:10",
        "the variable `partner` has no value\n",
        "this is of the edition at `partners.csv:5:1`",
        "the file `partners/none.md` is missing\n  --> partners.csv:5:7",
        "there is neither a variable nor a key `titel`\n  --> partners.csv:6:9",
        "did you mean `title`?",
    ] {
        assert!(run.stderr.contains(line), "`{line}` is not in\n{}", run.stderr);
    }
    assert!(!made.join("out").exists(), "something is written");
    for (args, line) in [
        (&["--out", "content/{{partner}}.pdf"][..], "is inside the report's own content"),
        (&["--out", "out/a.pdf"], "names no column"),
        (&["--out", "out/{{id}}.docx"], "cannot be the file of an edition"),
        (&["--out", "out/{{tier}}.pdf"], "`out/silver.pdf` would be the file of two editions"),
        (&["--out", "out/{{id}}.pdf", "--only", "acem"], "there is no edition `acem`"),
        (&["--out", "out/{{id}}.pdf", "--shard", "4/3"], "there is no task 4 of 3"),
    ] {
        made.write("partners.csv", TABLE);
        let run = made.run(&[&["editions", "partners.csv"], args].concat());
        assert!(run.code == Some(1) || run.code == Some(2), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(line), "`{line}` is not in\n{}", run.stderr);
        assert!(!made.join("out").exists(), "{args:?}: something is written");
    }
}

#[test]
fn a_fault_in_one_edition_stops_no_other() {
    let made = partners();
    made.edit(
        "content/foreword.md",
        "金牌的话。",
        "金牌的话[@none]，![图](figures/{{partner}}.svg)",
    );
    let run = editions(&made, &[]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("the edition `acme` (row 1):"), "{}", run.stderr);
    assert!(run.stderr.contains("not made: `acme`"), "{}", run.stderr);
    assert_eq!(names(&made, "out"), ["manifest.jsonl", "qing.pdf", "shan.pdf"]);
    let run = made.run(&["editions", "verify", "out/manifest.jsonl"]);
    assert!(run.code == Some(1) && run.stderr.contains("the edition `acme` could not be made"));
}

#[test]
fn what_is_done_is_passed_over_and_what_changed_is_made_again() {
    let made = partners();
    editions(&made, &["--only", "a*"]).ok();
    assert_eq!(names(&made, "out"), ["acme.pdf", "manifest.jsonl"]);
    let run = editions(&made, &[]).ok();
    assert!(run.stderr.contains("passed over, as they were done: 1 edition"), "{}", run.stderr);
    let lines = |made: &Project| made.read("out/manifest.jsonl").lines().count();
    assert_eq!(lines(&made), 3);
    made.edit("partners.csv", "青禾", "青苗");
    fs::remove_file(made.join("out/shan.pdf")).expect("it is there");
    let run = editions(&made, &[]).ok();
    assert!(run.stderr.contains("2 editions"), "{}", run.stderr);
    assert_eq!(lines(&made), 5);
    assert!(texts(&pdf(&made, "out/qing.pdf")).join("").contains("青苗"));
    made.edit("content/chapters/1.md", "都有的正文", "都有的文字");
    let run = editions(&made, &[]).ok();
    assert!(run.stderr.contains("3 editions"), "{}", run.stderr);
}

#[test]
fn shards_make_each_edition_once() {
    let made = partners();
    let mut rows = String::from("id,partner\n");
    (0..7).for_each(|n| rows += &format!("p{n},伙伴{n}\n"));
    made.write("partners.csv", rows);
    for index in 0..3 {
        let run = Run::of(
            program()
                .args(["editions", "partners.csv", "--out", "out/{{id}}.pdf", "--jobs", "1"])
                .env("SLURM_ARRAY_TASK_ID", index.to_string())
                .env("SLURM_ARRAY_TASK_MIN", "0")
                .env("SLURM_ARRAY_TASK_MAX", "2")
                .env("SLURM_ARRAY_TASK_COUNT", "3")
                .current_dir(made.path()),
        );
        run.ok();
    }
    let manifests =
        ["out/manifest-1-of-3.jsonl", "out/manifest-2-of-3.jsonl", "out/manifest-3-of-3.jsonl"];
    let all = made.run(&[&["editions", "merge"], &manifests[..]].concat()).ok();
    let ids: Vec<String> = all
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["edition"]
                .as_str()
                .expect("a name")
                .to_owned()
        })
        .collect();
    assert_eq!(ids, ["p0", "p1", "p2", "p3", "p4", "p5", "p6"]);
    made.run(&[&["editions", "verify"], &manifests[..]].concat()).ok();
    // A task that is queued again does nothing.
    let again = editions(&made, &["--shard", "2/3"]).ok();
    assert!(
        again.stderr.contains("passed over, as they were done: 2 editions"),
        "{}",
        again.stderr
    );
}

#[cfg(unix)]
#[test]
fn recipes_are_sound_and_ask_for_what_there_is() {
    let folder = crate::project::repository().join("docs/recipes");
    let help = Project::empty().run(&["editions", "--help"]).ok().stdout;
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("recipes") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("text");
        if text.starts_with("#!/bin/bash") {
            let run = Run::of(Command::new("bash").arg("-n").arg(&path));
            assert_eq!(run.code, Some(0), "{}: {}", path.display(), run.stderr);
        }
        let ours = text.lines().filter(|line| {
            let line = line.trim_start();
            line.contains("trendpress editions") || line.starts_with("- --")
        });
        for word in ours.flat_map(str::split_whitespace).filter(|word| word.starts_with("--")) {
            let foreign = word == "--jobs" && !help.contains("--jobs");
            assert!(!foreign && help.contains(word), "{}: `{word}`", path.display());
            seen += 1;
        }
    }
    assert!(seen > 8, "{seen} options");
}
