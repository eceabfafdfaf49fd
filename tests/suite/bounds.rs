//! Tests that no content recurses, grows or runs without end: each is told at its place, with the
//! name of the limit.

use std::time::{Duration, Instant};

use crate::project::{Project, Run};

const TEXT: &str = "content/trends/01-first.md";

fn text(body: &str) -> String {
    format!("---\ntitle: 题目\n---\n\n{body}\n")
}

/// Runs a command on the starter with some files, which must end with exit code 1, soon, and with
/// these words.
fn refused(files: &[(&str, String)], args: &[&str], words: &[&str]) {
    let project = Project::starter();
    for (path, content) in files {
        project.write(path, content);
    }
    let started = Instant::now();
    let run: Run = project.run(args);
    let shown: String = run.stderr.chars().take(3000).collect();
    assert_eq!(run.code, Some(1), "{args:?}: {shown}");
    for word in words {
        assert!(run.stderr.contains(word), "{word} is not in: {shown}");
    }
    assert!(run.stderr.len() < 100_000, "{} bytes", run.stderr.len());
    // Far from a hang, however busy the machine is.
    assert!(started.elapsed() < Duration::from_secs(100), "{:?}", started.elapsed());
    assert!(!project.join("out.pdf").exists());
}

#[test]
fn yaml_is_nested_only_so_deep() {
    for (path, yaml) in [
        ("content/report.yaml", "? ".repeat(20_000)),
        ("content/report.yaml", format!("title: {}x", "- ".repeat(5_000))),
        ("content/references.yaml", "- ".repeat(20_000) + "x"),
        ("content/references.yaml", "{a: ".repeat(3_000) + "1" + &"}".repeat(3_000)),
        (TEXT, format!("---\ntitle: 题\nquote:\n  {}x\n---\n文。\n", "- ".repeat(300))),
        (TEXT, text(&format!("```chart\nkind: bar\n{}\n```", "? ".repeat(20_000)))),
        (TEXT, text(&format!("```table\ndata: {}\n```", "[".repeat(9_000)))),
    ] {
        let place = format!("--> {path}:");
        refused(&[(path, yaml)], &["check", "--no-layout"], &[&place]);
    }
}

#[test]
fn words_of_a_bibliography_grow_only_so_long() {
    let settings = "title: 报告\npublisher: {name: 某社}\ndate: 2026-01\nreferences: {file: r.bib, uncited: true}\nparts: [trends/*.md, references]\n";
    let with = |bib: String| {
        [
            ("content/report.yaml", settings.to_owned()),
            ("content/r.bib", bib),
            (TEXT, text("引用[@a]。")),
            ("content/trends/02-second.md", text("文。")),
        ]
    };
    let tenfold: String = (1..12)
        .map(|n| format!("@string{{w{n} = {}w{}}}\n", format!("w{} # ", n - 1).repeat(9), n - 1))
        .collect();
    let twofold: String =
        (1..60).map(|n| format!("@string{{w{n} = w{} # w{}}}\n", n - 1, n - 1)).collect();
    for (words, last) in [(tenfold, 11), (twofold, 59)] {
        let bib = format!("@string{{w0 = \"0123456789\"}}\n{words}@book{{a, title = w{last}}}\n");
        refused(&with(bib), &["render", "out.pdf"], &["--> content/r.bib:", "`growth`"]);
    }
    // What refers to itself is read as if it did not.
    for bib in [
        "@book{a, title={甲}, crossref={a}}",
        "@book{a, title={甲}, xdata={a, a}}",
        "@book{a, title={甲}, crossref={b}}\n@book{b, title={乙}, crossref={a}, xdata={a}}",
        "@string{x = {甲} }\n@string{x = x # x}\n@book{a, title=x}",
    ] {
        let project = Project::starter();
        for (path, content) in with(bib.to_owned()) {
            project.write(path, content);
        }
        let run = project.run(&["check", "--no-layout"]);
        assert!(matches!(run.code, Some(0 | 1)), "{bib}: {}", run.stderr);
    }
}

#[test]
fn drawings_are_only_so_much_work() {
    let svg = |head: &str, body: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\"><defs>{head}</defs>{body}</svg>"
        )
    };
    let chain =
        |one: &dyn Fn(usize) -> String, count: usize| -> String { (0..count).map(one).collect() };
    let rect = "<rect width=\"9\" height=\"9\"";
    for (head, body, limit) in [
        (String::new(), format!("{}{rect}/>{}", "<g>".repeat(4_000), "</g>".repeat(4_000)), ""),
        (
            chain(
                &|n| {
                    format!(
                        "<clipPath id=\"c{n}\" clip-path=\"url(#c{})\">{rect}/></clipPath>",
                        n + 1
                    )
                },
                3_000,
            ),
            format!("{rect} clip-path=\"url(#c0)\"/>"),
            "`depth`",
        ),
        (
            chain(
                &|n| {
                    format!(
                        "<mask id=\"m{n}\">{}</mask>",
                        format!("{rect} mask=\"url(#m{})\"/>", n + 1).repeat(2)
                    )
                },
                40,
            ),
            format!("{rect} mask=\"url( '#m0' )\"/>"),
            "`growth`",
        ),
        (
            chain(
                &|n| {
                    format!(
                        "<g id=\"u{n}\">{}</g>",
                        format!("<use xlink:href=\"#u{}\"/>", n + 1).repeat(10)
                    )
                },
                12,
            ) + &format!("<g id=\"u12\">{rect}/></g>"),
            "<use href=\"#u0\"/>".to_owned(),
            "`growth`",
        ),
        (
            chain(
                &|n| {
                    format!(
                        "<pattern id=\"p{n}\" width=\"1\" height=\"1\">{}</pattern>",
                        format!("{rect} style=\"fill:url(#p{})\"/>", n + 1).repeat(9)
                    )
                },
                12,
            ),
            format!("{rect} fill=\"url(#p0)\"/>"),
            "`growth`",
        ),
        (
            "<mask id=\"m\"><rect width=\"1\" height=\"1\" fill=\"#fff\"/></mask>".to_owned(),
            format!("{rect} mask=\"url(#m)\"/>").repeat(1_500),
            "`effects`",
        ),
        (
            "<filter id=\"f\"><feTurbulence baseFrequency=\"0.1\" numOctaves=\"1000\"/></filter>"
                .to_owned(),
            format!("{rect} filter=\"url(#f)\"/>"),
            "`filter`",
        ),
        (
            format!(
                "<filter id=\"f\">{}</filter>",
                "<feGaussianBlur stdDeviation=\"2\"/>".repeat(500)
            ),
            format!("{rect} filter=\"url(#f)\"/>"),
            "`filter`",
        ),
    ] {
        refused(
            &[
                ("content/figures/x.svg", svg(&head, &body)),
                (TEXT, text("文。\n\n![图](figures/x.svg)")),
            ],
            &["render", "out.pdf"],
            &["--> content/trends/01-first.md:7:", "x.svg", limit],
        );
    }
}

#[test]
fn styles_come_to_an_end() {
    let style = |macros: &str, layout: &str| {
        format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"in-text\"><info><title>x</title><id>x</id><updated>2020-01-01T00:00:00Z</updated></info>{macros}<citation><layout>{layout}</layout></citation><bibliography><layout>{layout}</layout></bibliography></style>"
        )
    };
    let call = |name: &str| format!("<text macro=\"{name}\"/>");
    let defined = |name: &str, body: &str| format!("<macro name=\"{name}\">{body}</macro>");
    let growth: String = (0..30)
        .map(|n| defined(&format!("m{n}"), &call(&format!("m{}", n + 1)).repeat(2)))
        .collect::<String>()
        + &defined("m30", "<text variable=\"title\"/>");
    for (csl, words) in [
        (style(&defined("m", &call("m")), &call("m")), "calls itself"),
        (
            style(&(defined("m", &call("n")) + &defined("n", &call("m"))), &call("m")),
            "calls itself",
        ),
        (style(&growth, &call("m0")), "`growth`"),
        (style("", &("<group>".repeat(900) + &call("m") + &"</group>".repeat(900))), "`depth`"),
    ] {
        let project = Project::starter();
        project.write("templates/mine/styles/x.csl", csl);
        project.write("templates/mine/main.typ", "");
        project.edit("content/report.yaml", "template: report", "template: mine");
        project.edit("content/report.yaml", "style: report", "style: x");
        let run = project.run(&["check", "--no-layout"]);
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert_eq!(run.code, Some(1));
    }
}

#[test]
fn letters_and_tables_are_bounded() {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(1_000));
    let wide = row("a") + &row("-") + &row("b");
    let columns: Vec<String> = (0..500).map(|n| format!("c{n}")).collect();
    let data = columns.join(",") + "\n" + &vec!["1"; 500].join(",") + "\n";
    for (files, limit) in [
        (vec![(TEXT, text(&format!("字a{}字。", "\u{301}".repeat(12_000))))], "`marks`"),
        (vec![(TEXT, format!("---\ntitle: 字a{}\n---\n文。\n", "\u{323}".repeat(400)))], "`marks`"),
        (
            vec![(
                TEXT,
                text(&format!("| a | b |\n|---|---|\n| x{} | y |", "\u{20dd}".repeat(99))),
            )],
            "`marks`",
        ),
        (vec![(TEXT, text(&wide))], "`columns`"),
        (vec![(TEXT, text(&"文".repeat(20_001)))], "`paragraph`"),
        (vec![(TEXT, text(&"## 题\n\n文。\n\n".repeat(5_001)))], "`blocks`"),
        (vec![(TEXT, text(&format!("- 文\n- {}", "a*".repeat(200_000))))], "`paragraph`"),
        (vec![(TEXT, format!("---\ntitle: {}\n---\n文。\n", "题".repeat(20_001)))], "`paragraph`"),
        (
            vec![
                (TEXT, text("```table\ntitle: 表\ndata: charts/w.csv\n```")),
                ("content/charts/w.csv", data),
            ],
            "`columns`",
        ),
    ] {
        refused(&files, &["render", "out.pdf"], &["--> content/", limit]);
    }
}

#[test]
fn the_points_of_a_line_are_counted() {
    let chart =
        "```chart\nkind: line\ntitle: 图\ndata: charts/w.csv\nx: a\ny: b\nsource: 源\nalt: 图\n```";
    let data =
        |rows: usize| (0..rows).map(|n| format!("{n},1\n")).fold("a,b\n".to_owned(), |a, b| a + &b);
    let files = [(TEXT, text(chart)), ("content/charts/w.csv", data(5_001))];
    let told = ["--> content/", "holds 5000 rows at most, not 5001"];
    refused(&files, &["render", "out.pdf"], &told);
}

#[test]
fn numbers_whose_figures_would_be_lost_are_refused() {
    let chart =
        "```chart\nkind: bar\ntitle: 图\ndata: charts/w.csv\nx: a\ny: b\nsource: 源\nalt: 图\n```";
    for number in ["1e-320", "0.1e-400", "－１e-999", "-4e-301"] {
        let files = [
            (TEXT, text(chart)),
            ("content/charts/w.csv", format!("a,b\n甲,0\n乙,{number}\n丙,0e-999\n")),
        ];
        let told = ["--> content/charts/w.csv:3:3", "is too small", "write `0`"];
        refused(&files, &["render", "out.pdf"], &told);
    }
}

#[cfg(unix)]
#[test]
fn what_never_ends_is_ended() {
    let mine = |source: &str| {
        let project = Project::starter();
        project.write("templates/mine/main.typ", source);
        project.edit("content/report.yaml", "template: report", "template: mine");
        project
    };
    for (source, flag, most, name) in [
        (
            "#for a in range(99999) { for b in range(99999) { for c in range(99999) {} } }",
            "--limit-time",
            "1",
            "`--limit-time 60`",
        ),
        (
            "#let x = 0\n#for a in range(9999999) { for b in range(99999) { x += a } }",
            "--limit-time",
            "1",
            "`limits: {time: 60}`",
        ),
        (
            "#let a = (1,)\n#for _ in range(60) { a = a + a }",
            "--limit-memory",
            "400",
            "`limits: {memory: 4000}`",
        ),
    ] {
        for command in [&["render", "out.pdf"][..], &["check"]] {
            let project = mine(source);
            let run = project.run(&[command, &[flag, most]].concat());
            assert_eq!(run.code, Some(1), "{source}: {}", run.stderr);
            assert!(run.stderr.contains("--> templates/mine/main.typ:1:1"), "{}", run.stderr);
            assert!(run.stderr.contains(name), "{}", run.stderr);
            assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
        }
    }
    // The report can allow itself more, or less.
    let project = mine("#for a in range(99999) { for b in range(99999) { for c in range(9) {} } }");
    let settings = project.read("content/report.yaml") + "limits: {time: 1}\n";
    project.write("content/report.yaml", settings);
    let run = project.run(&["render", "out.pdf"]);
    assert!(run.stderr.contains("more than 1 seconds of the processor"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn large_files_and_pipes_are_not_read() {
    let figure = text("文。\n\n![图](figures/x.png)");
    for path in [
        "content/figures/x.png",
        TEXT,
        "content/references.yaml",
        "content/charts/hours.csv",
        "fonts/x.otf",
        "templates/mine/main.typ",
        "templates/mine/parts/x.typ",
    ] {
        for is_pipe in [false, true] {
            let project = Project::starter();
            if path.starts_with("templates") {
                project.edit("content/report.yaml", "template: report", "template: mine");
            }
            if path.ends_with("x.png") {
                project.write(TEXT, &figure);
            }
            project.write(path, "");
            if is_pipe {
                std::fs::remove_file(project.join(path)).expect("a file");
                let made = std::process::Command::new("mkfifo").arg(project.join(path)).status();
                assert!(made.expect("mkfifo").success());
            } else {
                let file = std::fs::OpenOptions::new().write(true).open(project.join(path));
                file.expect("a file").set_len(5_000_000_000).expect("a hole");
            }
            let run = project.run(&["check", "--no-layout"]);
            assert_eq!(run.code, Some(1), "{path}: {}", run.stderr);
            let name = path.rsplit('/').next().unwrap_or(path);
            assert!(run.stderr.contains(name), "{path}: {}", run.stderr);
        }
    }
}

#[test]
fn messages_are_counted_and_cut() {
    let project = Project::starter();
    project.write(TEXT, text(&"“文字".repeat(4_001)));
    let run = project.run(&["check", "--no-layout"]);
    assert_eq!(run.stderr.matches("is never closed").count(), 20, "{}", run.stderr.len());
    assert!(run.stderr.contains("and 3981 more of TP"), "{}", run.stderr);
    assert!(run.stderr.len() < 60_000, "{}", run.stderr.len());
    let longest = run.stderr.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    assert!(longest < 230, "{longest}");
}
