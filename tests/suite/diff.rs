//! Tests of `diff`: folders, PDFs and revisions compared by words, figures and pages.

use std::process::Command;

use serde_json::Value;

use crate::project::{Project, Run};

/// A folder with a report twice: `before` and `after`.
fn twice() -> Project {
    let project = Project::empty();
    for name in ["before", "after"] {
        trendpress::reading::starter::write(&project.join(name)).expect("a report");
    }
    project
}

/// The trend of one page, on page 6, and an edit of its second paragraph.
const TREND: &str = "content/trends/02-second.md";
const EDIT: (&str, &str) = ("写完之后，不妨", "全部写完了之后，不妨");
const EDITED: &str = "{+全部+}写完{+了+}之后，";

fn told(run: &Run) -> Value {
    serde_json::from_str(&run.stdout)
        .unwrap_or_else(|_| panic!("no JSON: {}{}", run.stdout, run.stderr))
}

/// What `diff` says of two versions that differ.
fn differ(project: &Project, a: &str, b: &str) -> Value {
    let run = project.run(&["diff", a, b, "--format", "json"]);
    assert_eq!(run.code, Some(1), "{}{}", run.stdout, run.stderr);
    let told = told(&run);
    assert_eq!(told["same"], false);
    told
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().expect(key)
}

/// The text of a change, with `[-gone-]` and `{+new+}`.
fn words(change: &Value) -> String {
    let piece = |piece: &Value| match piece["op"].as_str().expect("an op") {
        "removed" => format!("[-{}-]", piece["text"].as_str().expect("text")),
        "added" => format!("{{+{}+}}", piece["text"].as_str().expect("text")),
        _ => piece["text"].as_str().expect("text").to_owned(),
    };
    list(change, "words").iter().map(piece).collect()
}

/// The pages that changed, as `from>to`.
fn changed(told: &Value) -> Vec<String> {
    let label = |row: &Value, key: &str| row[key].as_str().unwrap_or("none").to_owned();
    let rows = list(told, "pages").iter().filter(|row| row["changed"] == true);
    rows.map(|row| format!("{}>{}", label(row, "from"), label(row, "to"))).collect()
}

#[test]
fn the_same_content_has_no_difference() {
    let project = twice();
    let run = project.run(&["diff", "before", "after", "--out", "diff.html"]).ok();
    assert_eq!(run.stdout, "no differences\n");
    assert!(project.read("diff.html").contains("No differences."));
    let run = project.run(&["diff", "before/content", "after", "--format", "json"]).ok();
    assert_eq!(told(&run)["same"], true);
}

#[test]
fn an_edited_paragraph_is_all_that_differs() {
    let project = twice();
    // Without a budget, for which a figure would give the edit its line.
    for side in ["before", "after"] {
        project.edit(&format!("{side}/{TREND}"), "pages: 1\n", "");
    }
    project.edit(&format!("after/{TREND}"), EDIT.0, EDIT.1);
    let told = differ(&project, "before", "after");
    let [change] = list(&told, "changes") else { panic!("{told:#}") };
    assert_eq!((&change["kind"], &change["figure"]), (&"changed".into(), &false.into()));
    let line =
        project.read(&format!("after/{TREND}")).lines().position(|line| line.contains(EDIT.1));
    assert_eq!(change["file"], TREND);
    assert_eq!(change["line"].as_u64(), line.map(|line| line as u64 + 1));
    assert!(change["part"].as_str().expect("a part").starts_with("趋势二"), "{change}");
    assert!(words(change).starts_with(EDITED), "{}", words(change));
    assert_eq!(changed(&told), ["p06>p06"]);
    assert!(list(&told, "parts").is_empty() && list(&told, "references").is_empty());

    // The web page shows that page large, with boxes on it alone.
    let run = project.run(&["diff", "before", "after", "--out", "diff.html"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains(&format!("changed, p06, {TREND}:")), "{}", run.stdout);
    assert!(run.stdout.contains("1 changed, 1 of 11 pages differ"), "{}", run.stdout);
    let page = project.read("diff.html");
    assert_eq!(page.matches("<article class=\"row\"").count(), 1);
    let row = page
        .split("<article class=\"row\"")
        .nth(1)
        .and_then(|row| row.split("</article>").next())
        .expect("a row");
    assert_eq!(
        page.matches("<a class=\"box").count(),
        row.matches("<a class=\"box changed\"").count()
    );
    // A bar where the words are missing, and a box around them.
    assert_eq!(row.matches("<a class=\"box changed\"").count(), 4);
    assert!(page.contains("<ins>全部</ins>写完<ins>了</ins>之后"));
    for word in ["http://", "https://", "<script"] {
        assert!(
            !page.replace("default-src 'none'", "").contains(word),
            "the page is not by itself: {word}"
        );
    }
}

#[test]
fn two_pdfs_say_the_same_as_the_folders_they_are_made_from() {
    let project = twice();
    project.edit(&format!("after/{TREND}"), EDIT.0, EDIT.1);
    project.edit("after/content/charts/hours.csv", "排版,3", "排版,8");
    project.edit("after/content/report.yaml", "foreword.md, contents, trends", "trends");
    for name in ["before", "after"] {
        project.run(&["render", &format!("{name}.pdf"), "--project", name]).ok();
    }
    let mut folders = differ(&project, "before", "after");
    let mut files = differ(&project, "before.pdf", "after.pdf");
    for told in [&mut folders, &mut files] {
        told["a"].take();
        told["b"].take();
        for change in told["changes"].as_array_mut().expect("changes") {
            change["file"].take();
            change["line"].take();
        }
    }
    assert_eq!(folders, files);
    // Two pages are gone; the others are no longer where they were, and the same all the same.
    let gone: Vec<_> = list(&files, "pages").iter().filter(|row| row["to"].is_null()).collect();
    assert_eq!(
        gone.iter().map(|row| row["from"].as_str().expect("a label")).collect::<Vec<_>>(),
        ["p02", "p03"]
    );
}

#[test]
fn a_part_that_is_put_in_shifts_the_pages_behind_it() {
    let project = twice();
    project.write(
        "after/content/trends/01b-new.md",
        "---\ntitle: 新增的一章\n---\n\n这一章原来没有，它让后面的页都往后推。\n\n第二段也是新的，说的还是同一件事。\n",
    );
    let told = differ(&project, "before", "after");
    let parts = list(&told, "parts");
    let added: Vec<_> = parts.iter().filter(|part| part["from"].is_null()).collect();
    assert_eq!(added.len(), 1, "{parts:#?}");
    assert_eq!(
        (&added[0]["title"], &added[0]["to"]),
        (&"趋势二　新增的一章".into(), &"p06".into())
    );
    let moved = parts
        .iter()
        .find(|part| part["was"].as_str().is_some_and(|was| was.starts_with("趋势二")))
        .expect("it");
    assert_eq!((&moved["from"], &moved["to"]), (&"p06".into(), &"p07".into()));
    let rows = list(&told, "pages");
    let row = |to: &str| rows.iter().find(|row| row["to"] == to).expect(to);
    assert_eq!((&row("p06")["from"], &row("p07")["from"]), (&Value::Null, &"p06".into()));
    // The list of references has not changed, whatever page it is on.
    assert_eq!(
        (&row("p09")["from"], &row("p09")["changed"]),
        (&"p08".into(), &false.into()),
        "{told:#}"
    );
    let new = |change: &&Value| {
        change["kind"] == "added" && change["file"] == "content/trends/01b-new.md"
    };
    assert_eq!(list(&told, "changes").iter().filter(new).count(), 2);
}

#[test]
fn a_page_and_a_paragraph_at_another_place_have_moved() {
    let project = twice();
    project.edit("after/content/report.yaml", "foreword.md, contents", "contents, foreword.md");
    let told = differ(&project, "before", "after");
    let moved: Vec<_> = list(&told, "pages").iter().filter(|row| row["moved"] == true).collect();
    let [row] = moved[..] else { panic!("{moved:?}") };
    let pair = (row["from"].as_str(), row["to"].as_str());
    assert!([(Some("p02"), Some("p03")), (Some("p03"), Some("p02"))].contains(&pair), "{row}");

    let project = twice();
    let text = project.read(&format!("before/{TREND}"));
    let paragraph = text.split("\n\n").find(|text| text.starts_with(EDIT.0)).expect("a paragraph");
    project.edit(&format!("after/{TREND}"), &format!("\n\n{}", paragraph.trim_end()), "");
    let foreword = project.read("after/content/foreword.md");
    let foreword = foreword.replacen("\n\n", &format!("\n\n{}\n\n", paragraph.trim_end()), 1);
    project.write("after/content/foreword.md", foreword);
    let told = differ(&project, "before", "after");
    let change =
        list(&told, "changes").iter().find(|change| change["kind"] == "moved").expect("a move");
    assert_eq!((&change["from"], &change["to"]), (&"p06".into(), &"p02".into()));
    assert_eq!(change["file"], "content/foreword.md");
}

#[test]
fn citations_follow_their_entries() {
    let project = twice();
    // The number of a group of citations is told as a change of the text.
    for name in ["before", "after"] {
        project.edit(
            &format!("{name}/content/trends/01-first.md"),
            "[@knuth1986; @gbt7714]",
            "[@gbt7714]",
        );
    }
    let entry = "newbook:\n  type: book\n  title: 新的一本书放在最前面\n  author: [王一, 李二]\n  date: 2025\n  language: zh\n  publisher: {name: 示例出版社, location: 北京}\n\nknuth1986:\n";
    project.edit("after/content/references.yaml", "knuth1986:\n", entry);
    let told = differ(&project, "before", "after");
    let numbers = list(&told, "references");
    assert_eq!(numbers.len(), 3);
    assert!(
        numbers.iter().all(|one| one["from"].as_u64().map(|from| from + 1) == one["to"].as_u64()),
        "{numbers:?}"
    );
    let others: Vec<_> =
        list(&told, "changes").iter().filter(|change| change["kind"] != "renumbered").collect();
    let [added] = others[..] else { panic!("{others:#?}") };
    assert_eq!(added["kind"], "added");
    assert!(words(added).starts_with("{+[1] 王一"), "{}", words(added));
    assert_eq!(added["file"], "content/references.yaml");

    // Another entry cited is a change, not a new number.
    project.edit(&format!("after/{TREND}"), "[@gbt7714]", "[@newbook]");
    let told = differ(&project, "before", "after");
    let changed: Vec<_> =
        list(&told, "changes").iter().filter(|change| change["kind"] == "changed").collect();
    let [changed] = changed[..] else { panic!("{changed:#?}") };
    assert!(words(changed).contains("+}"), "{changed}");
}

#[test]
fn figures_change_by_their_data_and_pages_by_their_looks() {
    let project = twice();
    project.edit("after/content/charts/hours.csv", "排版,3", "排版,8");
    let told = differ(&project, "before", "after");
    let [change] = list(&told, "changes") else { panic!("{told:#}") };
    assert_eq!((&change["kind"], &change["figure"]), (&"changed".into(), &true.into()));
    assert!(words(change).contains("[-3-]{+8+}"), "{}", words(change));
    assert_eq!(changed(&told), ["p04>p04"]);

    let project = twice();
    let head = project.read(&format!("before/{TREND}"));
    let head =
        head.lines().find(|line| line.starts_with("motif:")).unwrap_or("pages: 1").to_owned();
    let new = if head.starts_with("motif") {
        "motif: globe".to_owned()
    } else {
        format!("{head}\nmotif: globe")
    };
    project.edit(&format!("after/{TREND}"), &head, &new);
    let told = differ(&project, "before", "after");
    let [change] = list(&told, "changes") else { panic!("{told:#}") };
    assert_eq!((&change["kind"], &change["to"]), (&"look".into(), &"p06".into()));
    assert_eq!(changed(&told), ["p06>p06"]);
}

#[test]
fn a_pdf_without_tags_is_read_by_where_its_words_stand() {
    let project = twice();
    project.edit(&format!("after/{TREND}"), EDIT.0, EDIT.1);
    project.run(&["render", "screen.pdf", "--project", "before"]).ok();
    for name in ["before", "after"] {
        project
            .run(&["render", &format!("{name}.pdf"), "--project", name, "--profile", "press"])
            .ok();
    }
    let told = differ(&project, "before.pdf", "after.pdf");
    let [change] = list(&told, "changes") else { panic!("{told:#}") };
    assert!(words(change).starts_with(EDITED), "{}", words(change));
    assert_eq!(changed(&told), ["p06>p06"]);
    // The screen's PDF has the same words in other colours, on pages without bleed.
    let told = differ(&project, "screen.pdf", "before.pdf");
    for change in list(&told, "changes") {
        let said = list(change, "words").iter().any(|piece| piece["op"] != "same");
        assert!(!said, "{change:#}");
    }
}

#[test]
fn a_revision_is_compared_with_what_is_there_now() {
    let project = Project::starter();
    let git = |args: &[&str]| {
        let identity =
            ["-c", "user.name=e", "-c", "user.email=e@example.com", "-c", "commit.gpgsign=false"];
        Command::new("git").args(identity).args(args).current_dir(project.path()).output()
    };
    if git(&["init", "--quiet"]).is_err() {
        return;
    }
    for args in [&["add", "."][..], &["commit", "--quiet", "-m", "first"]] {
        assert!(git(args).is_ok_and(|done| done.status.success()), "git {args:?}");
    }
    assert_eq!(project.run(&["diff", "HEAD"]).ok().stdout, "no differences\n");
    project.edit(TREND, EDIT.0, EDIT.1);
    let run = project.run(&["diff", "HEAD"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stdout.contains(EDITED), "{}", run.stdout);
    // A file of that name is no revision, unless a colon says so.
    project.write("HEAD", "no PDF");
    assert_eq!(project.run(&["diff", "HEAD"]).code, Some(2));
    assert_eq!(project.run(&["diff", "HEAD:", "."]).code, Some(1));
    let run = project.run(&["diff", "no-such-revision"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("`no-such-revision` is not a file, a folder or a revision"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("hint: "), "{}", run.stderr);
}

#[test]
fn what_cannot_be_compared_is_told_and_leaves_the_last_report() {
    let project = twice();
    project.write("text.pdf", "no PDF");
    project.write("diff.html", "the last one");
    project.edit("after/content/foreword.md", "title:", "titel:");
    for (args, said) in [
        (&["text.pdf", "before"][..], "error: `text.pdf` cannot be read: not a PDF"),
        (&["before", "after"], "error: unknown key `titel`"),
        (&["before/content/trends", "before"], "contains no report"),
        (&["before", "before", "--out", "diff.pdf"], "use the extension `.html`"),
        (
            &["before", "before", "--out", "nowhere/diff.html"],
            "the folder `nowhere` does not exist",
        ),
        (
            &["before", "before", "--out", "before/content/diff.html"],
            "is inside the report's own content",
        ),
    ] {
        let out: &[&str] = if args.contains(&"--out") { &[] } else { &["--out", "diff.html"] };
        let run = project.run(&[&["diff"], args, out].concat());
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{args:?}: {}", run.stderr);
        assert!(run.stdout.is_empty(), "{args:?}: {}", run.stdout);
        assert_eq!(project.read("diff.html"), "the last one");
    }
    let run = project.run(&["diff", "before", "after"]);
    assert!(run.stderr.contains("in `after`:\n"), "{}", run.stderr);
}
