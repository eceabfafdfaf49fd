//! Tests with bad input: one folder per case in `tests/bad/`, with the files that differ from
//! `_base` and the expected output.
//!
//! A case's `files/` lie over the base; an empty file `x.delete` takes `x` away. `expected.txt`
//! holds the exit code and stderr; `BLESS=1` writes it anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::project::{Project, Run, copy, repository};
use testkit::bless::expect;

const GOOD: &str = "the last good output";

fn cases() -> Vec<PathBuf> {
    let folder = repository().join("tests/bad");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .expect("cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| !path.ends_with("_base"))
        .collect();
    cases.sort();
    cases
}

/// The base project with the last good output in it.
fn base() -> Project {
    let project = Project::of(&repository().join("tests/bad/_base"));
    project.write("out.pdf", GOOD);
    project
}

fn lay_over(project: &Project, files: &Path) {
    if files.is_dir() {
        copy(files, project.path());
    }
    fn delete(folder: &Path) {
        for path in
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path())
        {
            if path.is_dir() {
                delete(&path);
            } else if path.extension().is_some_and(|ending| ending == "delete") {
                fs::remove_file(path.with_extension("")).expect("a file to take away");
                fs::remove_file(&path).expect("its mark");
            }
        }
    }
    delete(project.path());
}

fn told(run: &Run) -> String {
    // The last line of a good run tells the time it took.
    let text: Vec<_> = run
        .stderr
        .lines()
        .filter(|line| !line.starts_with("out.pdf: "))
        .map(str::trim_end)
        .collect();
    format!("exit {}\n\n{}\n", run.code.expect("an exit code"), text.join("\n").trim_end())
}

fn assert_untouched(project: &Project) {
    assert_eq!(project.read("out.pdf"), GOOD, "the last good output was touched");
    let left = fs::read_dir(project.path()).expect("a folder").filter(|entry| {
        entry
            .as_ref()
            .is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with(".trendpress-"))
    });
    assert_eq!(left.count(), 0, "a half-written file was left behind");
}

#[test]
fn each_case_is_told_as_expected() {
    let wrong = Mutex::new(vec![]);
    let cases = cases();
    assert!(cases.len() >= 110, "{} cases", cases.len());
    rayon::scope(|scope| {
        for case in &cases {
            let wrong = &wrong;
            scope.spawn(move |_| {
                let name = case.file_name().expect("a name").to_string_lossy().into_owned();
                let project = base();
                lay_over(&project, &case.join("files"));
                let run = project.run(&["render", "out.pdf"]);
                let actual = told(&run);
                if run.code != Some(0) {
                    assert_untouched(&project);
                }
                if let Err(differs) = expect(&format!("tests/bad/{name}/expected.txt"), &actual) {
                    wrong.lock().expect("a lock").push(differs);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("a lock");
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_base_itself_is_good() {
    let run = base().run(&["render", "out.pdf"]).ok();
    assert_eq!(told(&run), "exit 0\n\n\n");
}

/// Runs the base with bytes in one file; the run must fail with `code` and say all of `parts`.
fn fails(path: &str, bytes: &[u8], code: i32, parts: &[&str]) {
    let project = base();
    project.write(path, bytes);
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(code), "{}", run.stderr);
    for part in parts {
        assert!(run.stderr.contains(part), "`{part}` is not in:\n{}", run.stderr);
    }
    assert_untouched(&project);
}

#[test]
fn text_that_is_not_utf8_is_told_at_its_byte() {
    let mut bytes = "---\ntitle: 卷首语\n---\n\n第一段".as_bytes().to_vec();
    bytes.extend([0xC4, 0xE3]);
    fails(
        "content/foreword.md",
        &bytes,
        1,
        &["byte `0xC4` is not valid UTF-8", "content/foreword.md:5:4", "GBK"],
    );
}

#[test]
fn a_byte_order_mark_and_other_line_ends_are_fine() {
    let project = base();
    for path in [
        "content/report.yaml",
        "content/foreword.md",
        "content/trends/01-a.md",
        "content/charts/a.csv",
    ] {
        let text = format!("\u{feff}{}", project.read(path).replace('\n', "\r\n"));
        project.write(path, text);
    }
    let run = project.run(&["render", "out.pdf"]).ok();
    assert_eq!(told(&run), "exit 0\n\n\n");
}

#[test]
fn what_is_no_picture_or_a_torn_one_is_told() {
    let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F', b'I', b'F', 0];
    let figure =
        |name: &str| format!("---\ntitle: 图\n---\n\n正文。\n\n![图题](figures/{name} \"来源\")\n");
    for (name, bytes, message) in [
        ("a.png", &jpeg[..], "`figures/a.png` is broken"),
        ("b.png", b"hello", "`figures/b.png` is not a picture"),
        ("c.svg", b"<html></html>", "`figures/c.svg` is not an SVG picture: its root is `<html>`"),
        ("d.svg", &jpeg[..], "`figures/d.svg` is broken"),
    ] {
        let project = base();
        project.write(&format!("content/figures/{name}"), bytes);
        project.write("content/trends/01-a.md", figure(name));
        let run = project.run(&["render", "out.pdf"]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(
            run.stderr.contains(message) && run.stderr.contains("01-a.md:7:7"),
            "{}",
            run.stderr
        );
        assert_untouched(&project);
    }
}

#[test]
fn a_picture_of_absurd_size_is_never_decoded() {
    // A PNG's head that claims 100,000 × 100,000 pixels (40 GB decoded), its checksum right.
    let mut png = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13];
    let mut head = b"IHDR".to_vec();
    head.extend(100_000u32.to_be_bytes());
    head.extend(100_000u32.to_be_bytes());
    head.extend([8, 6, 0, 0, 0]);
    let crc = head.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    });
    png.extend(head);
    png.extend((!crc).to_be_bytes());
    png.extend([0, 0, 0, 0, b'I', b'D', b'A', b'T', 0x35, 0xAF, 0x06, 0x1E]);
    let project = base();
    project.write("content/figures/huge.png", png);
    project.write("content/trends/01-a.md", "---\ntitle: 图\n---\n\n![图题](figures/huge.png)\n");
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("measures 100000 × 100000 pixels"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_does_not_leave_the_project() {
    let project = base();
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(
        outside.path().join("secret.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>",
    )
    .expect("a file");
    std::os::unix::fs::symlink(
        outside.path().join("secret.svg"),
        project.join("content/figures/link.svg"),
    )
    .expect("a link");
    project.write("content/trends/01-a.md", "---\ntitle: 图\n---\n\n![图题](figures/link.svg)\n");
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("`figures/link.svg` points outside the project"), "{}", run.stderr);
    assert_untouched(&project);
}

#[test]
fn typst_code_in_the_text_prints_as_written() {
    let codes = [
        "#import \"x.typ\"",
        "#read(\"/etc/passwd\")",
        "#set page(width: 1pt)",
        "@name",
        "价格$5",
        "a\\b",
        "<label>",
        "= 不是标题",
        "/* 不是注释 */",
        "//也不是",
    ];
    let body: String = codes
        .iter()
        .map(|code| {
            format!(
                "原样印出：{}。\n\n",
                code.replace('\\', "\\\\").replace('<', "\\<").replace('#', "\\#")
            )
        })
        .collect();
    let project = base();
    project.write(
        "content/trends/01-a.md",
        format!(
            "---\ntitle: \"#panic(1) 与 $x$ 与 @y\"\n---\n\n{body}\n代码`#eval(\"1\")`也是。\n"
        ),
    );
    project.run(&["render", "out.pdf"]).ok();
    let pages =
        testkit::pdf::File::open(fs::read(project.join("out.pdf")).expect("a report")).pages();
    let squeeze = |text: &str| text.replace([' ', '\u{a0}', '\u{2005}', '\u{2060}'], "");
    let text = squeeze(&pages.iter().map(|page| page.text()).collect::<String>());
    for code in codes.iter().copied().chain(["#eval(\"1\")", "#panic(1)与$x$与@y"]) {
        assert!(text.contains(&squeeze(code)), "`{code}` is not printed as written: {text}");
    }
}

#[test]
fn an_output_that_cannot_be_made_is_refused() {
    for (args, code, message) in [
        (&["render", "none/out.pdf"][..], 2, "the folder `none` does not exist"),
        (&["render", "out.docx"], 2, "cannot determine the format of `out.docx`"),
        (&["render", "content/out.pdf"], 2, "is inside the report's own content"),
        (
            &["render", "out.pdf", "--report", "content/report.yaml"],
            2,
            "is inside the report's own content",
        ),
        (&["render", "out.pdf", "--report", "./out.pdf"], 2, "would be two outputs"),
        (&["render", "out.pdf", "--project", "nowhere"], 2, "the folder `nowhere` does not exist"),
        (&["render", "out.pdf", "--pages", "9-3"], 2, "`9-3` is not a page range"),
        (&["render", "out.pdf", "--pages", "900"], 2, "`900` selects no page: the report has"),
        (&["render"], 2, "<OUT>"),
        (&["rendre", "out.pdf"], 2, "render"),
    ] {
        let project = base();
        let run = project.run(args);
        assert_eq!(run.code, Some(code), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
        assert_untouched(&project);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_machine_refuses_is_the_machines_fault() {
    let project = base();
    let run = project.run(&["render", "/proc/out.pdf"]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stderr.contains("error: cannot write `/proc/out.pdf`: "), "{}", run.stderr);

    // A full disk, as near as a test without rights can come: no file may grow beyond 4 kB.
    let run = Run::of(
        std::process::Command::new("sh")
            .env_remove("LANGUAGE")
            .env("LC_ALL", "C")
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"",
                env!("CARGO_BIN_EXE_trendpress"),
                "render",
                "out.pdf",
            ])
            .current_dir(project.path()),
    );
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stderr.contains("error: cannot write `out.pdf`: "), "{}", run.stderr);
    assert_untouched(&project);
}

#[test]
fn depth_and_length_are_bounded() {
    let started = std::time::Instant::now();
    let deep = format!("---\ntitle: 深\n---\n\n{}底。\n", "> ".repeat(5_000));
    let project = base();
    project.write("content/trends/01-a.md", deep);
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("nested"), "{}", run.stderr);
    let deep = format!("---\ntitle: 深\nquote: {}\n---\n\n文。\n", "[".repeat(50_000));
    project.write("content/trends/01-a.md", deep);
    assert_eq!(project.run(&["render", "out.pdf"]).code, Some(1));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    assert_untouched(&project);
}

#[test]
fn characters_that_act_on_a_terminal_are_told_and_not_shown() {
    for (c, name) in
        [('\0', "U+0000"), ('\u{1b}', "U+001B"), ('\u{9b}', "U+009B"), ('\u{202e}', "U+202E")]
    {
        let project = base();
        project.write("content/trends/01-a.md", format!("---\ntitle: 符\n---\n\n文{c}字。\n"));
        let run = project.run(&["render", "out.pdf"]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(run.stderr.contains(name) && run.stderr.contains("01-a.md:5:2"), "{}", run.stderr);
        assert!(!run.stderr.contains(c), "{}", run.stderr);
        assert_untouched(&project);
    }
}

#[test]
fn whatever_is_too_deep_or_too_long_is_refused_in_time() {
    let items = |depth: usize| {
        (0..depth).map(|at| format!("{}- 项\n", "  ".repeat(at))).collect::<String>()
    };
    for (body, message) in [
        (format!("{}底。", "> ".repeat(10_000)), "nested more than"),
        (format!("{}底。", "- ".repeat(10_000)), "nested more than"),
        (items(900), "nested more than"),
        (format!("{}底{}", "*字 ".repeat(10_000), "*".repeat(10_000)), "nested more than"),
        (format!("式${}x{}$。", "{".repeat(50_000), "}".repeat(50_000)), "it is too long"),
        (format!("式${}x{}$。", "x^{".repeat(50_000), "}".repeat(50_000)), "it is too long"),
        ("这是没有尽头的一行，".repeat(170_000), "`trends/01-a.md` contains 5.1 MB of text"),
    ] {
        let started = std::time::Instant::now();
        let project = base();
        project.write("content/trends/01-a.md", format!("---\ntitle: 深\n---\n\n{body}\n"));
        let run = project.run(&["render", "out.pdf"]);
        assert_eq!(run.code, Some(1), "{message}");
        assert!(run.stderr.contains(message), "`{message}` is not in what was said");
        assert!(started.elapsed().as_secs() < 30, "{message}: {:?}", started.elapsed());
        assert_untouched(&project);
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_count_for_a_bad_bytes_place() {
    let text = |end: &str| format!("---{end}title: 卷首语{end}---{end}{end}第一段");
    for (head, end) in
        [(&b""[..], "\r"), (b"", "\r\n"), (b"\xef\xbb\xbf", "\n"), (b"\xef\xbb\xbf", "\r\n")]
    {
        let bytes = [head, text(end).as_bytes(), b"\xff"].concat();
        fails(
            "content/foreword.md",
            &bytes,
            1,
            &["byte `0xFF` is not valid UTF-8", "content/foreword.md:5:4"],
        );
    }
    fails(
        "content/charts/a.csv",
        "名称,数值\n甲,1\n\u{4e59}".as_bytes().split_last().expect("bytes").1,
        1,
        &["byte `0xE4` is not valid UTF-8", "content/charts/a.csv:3:1"],
    );
}

#[test]
fn a_folder_is_no_output() {
    let project = base();
    fs::create_dir(project.join("folder.pdf")).expect("a folder");
    let run = project.run(&["render", "folder.pdf"]);
    assert!(matches!(run.code, Some(2 | 3)), "{:?}: {}", run.code, run.stderr);
    assert!(run.stderr.contains("`folder.pdf`"), "{}", run.stderr);
    assert_untouched(&project);
}

#[cfg(unix)]
#[test]
fn a_linked_part_or_folder_does_not_leave_the_project() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("02-b.md"), "---\ntitle: 外\n---\n\n文。\n").expect("a file");
    let project = base();
    let link =
        |to: &Path, from: &str| std::os::unix::fs::symlink(to, project.join(from)).expect("a link");
    link(&outside.path().join("02-b.md"), "content/trends/02-b.md");
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("`trends/02-b.md` points outside the project"), "{}", run.stderr);
    fs::remove_file(project.join("content/trends/02-b.md")).expect("a link");
    link(outside.path(), "content/more");
    project.edit("content/report.yaml", "trends/*.md", "more/*.md");
    let run = project.run(&["render", "out.pdf"]);
    assert!(
        run.code == Some(1) && run.stderr.contains("`more` points outside the project"),
        "{}",
        run.stderr
    );
    assert_untouched(&project);
}

#[test]
fn an_address_beyond_a_qr_code_is_told_at_its_place() {
    let settings = base().read("content/report.yaml");
    let url = format!("https://example.org/{}", "x".repeat(3_000));
    let settings =
        format!("{settings}back-cover:\n  codes:\n    - label: 官网\n      url: {url}\n");
    fails(
        "content/report.yaml",
        settings.as_bytes(),
        1,
        &["does not fit into a QR code", "content/report.yaml:9:12"],
    );
}

#[test]
fn a_broken_picture_is_told_where_it_is_named() {
    let mut png = std::io::Cursor::new(vec![]);
    let noise = image::RgbImage::from_fn(64, 64, |x, y| {
        image::Rgb([(x * y * 37) as u8, (x * 91) as u8, (y * 53) as u8])
    });
    noise.write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    let whole = png.into_inner();
    let project = base();
    project.write("content/figures/half.png", &whole[..whole.len() / 2]);
    project.write("content/trends/01-a.md", "---\ntitle: 图\n---\n\n![图题](figures/half.png)\n");
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("`figures/half.png` is truncated")
            && run.stderr.contains("01-a.md:5:7"),
        "{}",
        run.stderr
    );
    assert_untouched(&project);
}
