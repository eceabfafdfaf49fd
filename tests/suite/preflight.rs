//! Tests of the command `preflight`.

use testkit::good;

use crate::project::Project;

#[test]
fn the_command_prints_three_formats_and_says_by_its_exit_code() {
    let project = Project::empty();
    let mut file = good::good();
    project.write("good.pdf", file.bytes());
    file.paint(0, &good::rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    project.write("bad.pdf", file.bytes());

    let run = project.run(&["preflight", "good.pdf"]).ok();
    assert!(
        run.stdout.ends_with("good.pdf: fit to print according to `house`: 0 errors, 0 warnings\n"),
        "{}",
        run.stdout
    );
    let run = project.run(&["preflight", "bad.pdf"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.starts_with("error[A8-device-colour]: "), "{}", run.stdout);
    assert!(
        run.stdout.contains(
            "\n  at: page 1, 50 mm from the left, 60 mm from the bottom, 30 × 20 mm\n  hint: "
        ),
        "{}",
        run.stdout
    );

    let run = project.run(&["preflight", "bad.pdf", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(
        (&json["errors"], &json["findings"][0]["code"]),
        (&1.into(), &"A8-device-colour".into())
    );
    assert_eq!(json["pages"].as_array().map(Vec::len), Some(4));
    let run = project.run(&["preflight", "bad.pdf", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(
        (&sarif["version"], &result["ruleId"]),
        (&"2.1.0".into(), &"A8-device-colour".into())
    );
    let index = result["ruleIndex"].as_u64().expect("an index") as usize;
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][index]["id"], "A8-device-colour");

    let run = project.run(&["preflight", "good.pdf", "--profile", "huose"]);
    assert_eq!(
        (run.code, run.stderr.contains("hint: did you mean `house`?")),
        (Some(2), true),
        "{}",
        run.stderr
    );
    project.write("mine.yaml", "title: mine\nrules:\n  A7-trim-bx: error\n");
    let run = project.run(&["preflight", "good.pdf", "--profile", "mine.yaml"]);
    assert_eq!(
        (run.code, run.stderr.contains("did you mean `A7-trim-box`?")),
        (Some(2), true),
        "{}",
        run.stderr
    );
    project.write("mine.yaml", "title: mine\nrules:\n  A7-trim-box: error\n");
    project.run(&["preflight", "bad.pdf", "--profile", "mine.yaml"]).ok();
    assert_eq!(project.run(&["preflight", "none.pdf"]).code, Some(3));
}

#[test]
fn the_command_writes_the_picture_or_leaves_the_last_one() {
    let project = Project::empty();
    project.write("good.pdf", good::good().bytes());
    project.write("bad.pdf", "no PDF");
    project.run(&["preflight", "good.pdf", "--heat-map", "inks.png"]).ok();
    let png = std::fs::read(project.join("inks.png")).expect("a picture");
    assert!(png.starts_with(b"\x89PNG"));
    let run = project.run(&["preflight", "bad.pdf", "--heat-map", "inks.png"]);
    assert_eq!(
        (run.code, run.stderr.contains("`inks.png` was not written")),
        (Some(1), true),
        "{}",
        run.stderr
    );
    assert_eq!(std::fs::read(project.join("inks.png")).expect("a picture"), png);
    assert_eq!(project.run(&["preflight", "good.pdf", "--heat-map", "inks.jpg"]).code, Some(2));
    assert_eq!(
        project.run(&["preflight", "good.pdf", "--heat-map", "none/inks.png"]).code,
        Some(2)
    );
}

#[test]
fn folders_and_several_files_are_told_in_a_line_each() {
    let project = Project::empty();
    let mut file = good::good();
    project.write("inbox/a.pdf", file.bytes());
    project.write("inbox/deep/c.PDF", file.bytes());
    project.write("inbox/notes.txt", "no PDF");
    file.paint(0, &good::rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    project.write("inbox/b.pdf", file.bytes());
    project.write("sound/a.pdf", good::good().bytes());

    let run = project.run(&["preflight", "inbox", "--jobs", "2"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!((run.code, lines.len()), (Some(1), 4), "{}", run.stdout);
    assert!(lines[0].contains("a.pdf: fit to print"), "{}", run.stdout);
    assert!(lines[1].contains("b.pdf: not fit to print"), "{}", run.stdout);
    assert_eq!(lines[3], "2 of 3 files are fit to print");
    project.run(&["preflight", "sound", "inbox/a.pdf"]).ok();

    let run = project.run(&["preflight", "inbox/a.pdf", "inbox/b.pdf", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((json[0]["errors"].as_u64(), json[1]["errors"].as_u64()), (Some(0), Some(1)));
    let run = project.run(&["preflight", "inbox", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(sarif["runs"].as_array().map(Vec::len), Some(3));

    // What cannot be read is told, and the others are checked.
    let run = project.run(&["preflight", "none.pdf", "inbox/a.pdf"]);
    assert_eq!((run.code, run.stdout.contains("1 of 2 files")), (Some(3), true), "{}", run.stdout);
    project.write("empty/notes.txt", "no PDF");
    assert_eq!(project.run(&["preflight", "empty"]).code, Some(2));
    let several = ["preflight", "inbox", "--heat-map", "inks.png"];
    assert_eq!(project.run(&several).code, Some(2));
}

#[test]
fn a_report_is_a_web_page_or_a_page_of_a_pdf_for_each_file() {
    let project = Project::empty();
    let mut file = good::good();
    project.write("inbox/a.pdf", file.bytes());
    file.paint(1, &good::rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    project.write("inbox/b <1>.pdf", file.bytes());
    project.write("inbox/none.pdf", "no PDF");

    let run = project.run(&["preflight", "inbox", "--report", "out.html"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let page = project.read("out.html");
    for told in [
        "<h1>1 of 3 files are fit to print</h1>",
        "b &lt;1&gt;.pdf",
        "A8-device-colour",
        "Fonts",
        "data:image/png;base64,",
        // 50 + 3 of 216 mm; 285 + 3 - 80 of 291 mm.
        "class=\"box error\" href=\"#finding-1-1\" style=\"left:24.5",
    ] {
        assert!(page.contains(told), "{told}");
    }
    let elsewhere = ["<script", "http:", "https:", "<link"];
    assert!(!elsewhere.iter().any(|word| page.contains(word)), "nothing from elsewhere");

    project.run(&["preflight", "inbox", "--report", "out.pdf"]);
    let bytes = std::fs::read(project.join("out.pdf")).expect("a report");
    let report = lopdf::Document::load_mem(&bytes).expect("a PDF");
    assert_eq!(report.get_pages().len(), 3);
    project.run(&["preflight", "inbox", "--report", "again.pdf", "--jobs", "3"]);
    assert!(std::fs::read(project.join("again.pdf")).expect("a report") == bytes);
    // The report itself is one of the files then.
    let alone = project.run(&["preflight", "inbox/a.pdf", "--report", "a.pdf"]);
    alone.ok();
    for (wrong, code) in [("out.txt", 2), ("inbox/a.pdf", 2), ("none/out.pdf", 2)] {
        let run = project.run(&["preflight", "inbox/a.pdf", "--report", wrong]);
        assert_eq!(run.code, Some(code), "{wrong}: {}", run.stderr);
    }
}

#[test]
fn the_report_is_read_in_chinese_too() {
    let project = Project::empty();
    let mut file = good::good();
    file.paint(1, &good::rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    project.write("坏.pdf", file.bytes());
    let run = project.run(&["--lang", "zh", "preflight", "坏.pdf", "--report", "out.html"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let page = project.read("out.html");
    assert!(page.contains("不可付印") && page.contains("lang=\"zh"), "{}", &page[..400]);
    assert!(page.contains("<h3>有问题的页面</h3>") && page.contains("<code>house</code>"));
    // Marks of code are for terminals.
    assert!(!page.contains('`'));
    let run = project.run(&["--lang", "zh", "preflight", "坏.pdf", "--report", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let report =
        testkit::pdf::File::open(std::fs::read(project.join("out.pdf")).expect("a report"));
    let pages: String = report.pages().iter().map(testkit::pdf::Page::text).collect();
    for told in ["不可付印", "各页总墨量", "按规则集house检查", "RGB"] {
        assert!(pages.replace(char::is_whitespace, "").contains(told), "{told}: {pages}");
    }
    assert!(!pages.contains('`'), "{pages}");
}

#[test]
fn what_is_mended_is_told_and_checked_again() {
    let project = Project::empty();
    let mut file = good::good();
    for id in file.pages.clone() {
        let page = file.dict(id);
        page.remove(b"TrimBox");
        page.remove(b"BleedBox");
    }
    file.xmp("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", "");
    file.paint(0, &format!("/Over gs {}", good::set("0 0 0 0 k", 24.0, 20.0, 250.0)));
    project.write("a.pdf", file.bytes());
    let run = project.run(&[
        "preflight",
        "a.pdf",
        "--fix",
        "b.pdf",
        "--trim",
        "210x285mm",
        "--bleed",
        "3mm",
        "--report",
        "b.html",
    ]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    for told in [
        "mended: the TrimBox is set to 210 × 285 mm",
        "mended: white knocks out",
        "mended: the file is declared as PDF/X-4",
        "b.pdf: fit to print according to `house`: 0 errors, 0 warnings",
    ] {
        assert!(run.stdout.contains(told), "{told}: {}", run.stdout);
    }
    assert!(project.read("b.html").contains("white knocks out"));
    project.run(&["preflight", "b.pdf"]).ok();
    // A file that lacks more is not declared to be what it is not.
    file.paint(0, &good::rect("1 0 0 rg", 50.0, 60.0, 30.0, 20.0));
    project.write("c.pdf", file.bytes());
    let run = project.run(&["preflight", "c.pdf", "--fix", "d.pdf", "--trim", "210x285mm"]);
    assert_eq!((run.code, run.stdout.contains("declared as")), (Some(1), false), "{}", run.stdout);

    project.write("e.pdf", "no PDF");
    assert_eq!(project.run(&["preflight", "e.pdf", "--fix", "f.pdf"]).code, Some(1));
    assert!(!project.join("f.pdf").exists());
    for wrong in [
        &["preflight", "a.pdf", "--fix", "a.pdf"][..],
        &["preflight", "a.pdf", "--trim", "210x285mm"],
        &["preflight", "a.pdf", "--fix", "g.pdf", "--trim", "0x285mm"],
        &["preflight", "a.pdf", "c.pdf", "--fix", "g.pdf"],
    ] {
        assert_eq!(project.run(wrong).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn whoever_knows_a_file_raises_its_limits_in_every_command() {
    let project = Project::empty();
    let mut file = good::good();
    // No page needs that much, but no page shows it either.
    let zeros = vec![0; 200 << 20];
    file.doc.add_object(good::stream(lopdf::Dictionary::new(), zeros, true));
    project.write("large.pdf", file.bytes());
    for args in [
        &["preflight", "large.pdf", "--profile", "x4"][..],
        &["preflight", "large.pdf", "--fix", "mended.pdf"],
        &["impose", "large.pdf", "sheets.pdf", "--scheme", "saddle"],
        &["diff", "large.pdf", "large.pdf"],
    ] {
        let run = project.run(args);
        assert_ne!(run.code, Some(0), "{args:?}");
        let said = format!("{}{}", run.stdout, run.stderr);
        // The limit is named, its place, and the way beyond it.
        assert!(said.contains("the stream at byte "), "{args:?}: {said}");
        assert!(said.contains("`--effort 4` raises the limit"), "{args:?}: {said}");
        let run = project.run(&[args, &["--effort", "2"]].concat());
        assert_eq!(run.code, Some(0), "{args:?}: {}{}", run.stdout, run.stderr);
    }
    let run = project.run(&["impose", "large.pdf", "o.pdf", "--scheme", "saddle", "--effort", "0"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
}
