//! Tests of `preview`: what the server sends, to whom, and what a reader sees in a real browser.

mod browser;
mod chromium;
#[cfg(unix)]
mod resumed;
mod site;

use std::io::Read;
use std::time::{Duration, Instant};

use serde_json::Value;
use trendpress::Error;
use trendpress::preview::editor::Editor;

use site::Site;

const TREND: &str = "content/trends/01-first.md";

fn names(snapshot: &Value) -> Vec<String> {
    let pages = snapshot["pages"].as_array().expect("pages");
    pages.iter().map(|page| page["name"].as_str().expect("a name").to_owned()).collect()
}

/// The line, from 1, on which words of a file stand.
fn line_of(text: &str, words: &str) -> usize {
    text.lines().position(|line| line.contains(words)).expect(words) + 1
}

#[test]
fn who_does_not_know_the_address_is_refused() {
    let site = Site::new(|_| ());
    let (root, host) = (site.root(), site.host().to_owned());
    let port = host.rsplit(':').next().expect("a port");
    let ask = |line: &str, headers: &str| {
        site.send(&format!("{line} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")).status
    };
    let own = format!("Host: {host}\r\n");
    let get = format!("GET {root}");
    assert_eq!(ask(&get, &own), 200);
    assert_eq!(ask(&get, &format!("Host: localhost:{port}\r\n")), 200);
    assert_eq!(ask(&get, &format!("{own}Origin: http://{host}\r\n")), 200);
    for path in [
        "/",
        "/style.css",
        "/events",
        "/0123456789abcdef0123456789abcdef/",
        "//",
        &root[..root.len() - 2],
    ] {
        assert_eq!(ask(&format!("GET {path}"), &own), 403, "{path}");
    }
    let foreign = [
        "Host: evil.example\r\n".into(),
        format!("Host: evil.example:{port}\r\n"),
        "Host: 127.0.0.1\r\n".into(),
    ];
    for headers in foreign.iter().map(String::as_str).chain(["", &format!("{own}{own}")]) {
        let status = ask(&get, headers);
        assert!([400, 403].contains(&status), "{headers}: {status}");
    }
    for origin in [
        "http://evil.example",
        "null",
        "https://127.0.0.1",
        &format!("http://evil.example:{port}"),
        &format!("https://{host}"),
    ] {
        assert_eq!(ask(&get, &format!("{own}Origin: {origin}\r\n")), 403, "{origin}");
        assert_eq!(
            ask(&format!("POST {root}open"), &format!("{own}Origin: {origin}\r\n")),
            403,
            "{origin}"
        );
    }
}

#[test]
fn two_previews_have_two_tokens() {
    let (a, b) = (Site::new(|_| ()), Site::new(|_| ()));
    assert_eq!(a.root().len(), 34);
    assert_ne!(a.root(), b.root());
}

#[test]
fn no_path_of_the_disk_is_served() {
    let site = Site::new(|_| ());
    for path in [
        "content/report.yaml",
        "../content/report.yaml",
        "page/../../content/report.yaml",
        "page/..%2f..%2fcontent%2freport.yaml",
        "page/%2fetc%2fpasswd",
        "page/",
        "blocks/1/..%2f",
        "mod.rs",
    ] {
        let answer = site.get(path);
        assert!([400, 403, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.body.contains("publisher"), "{path}");
    }
}

#[test]
fn what_is_answered_may_do_little_and_is_kept_nowhere() {
    let site = Site::new(|_| ());
    let drawing = format!("page/{}.svg", names(&site.snapshot())[0]);
    for path in ["", "app.js", "style.css", &drawing, "unknown"] {
        let head = site.get(path).head;
        for header in [
            "default-src 'none'",
            "cache-control: no-store",
            "nosniff",
            "no-referrer",
            "resource-policy: same-origin",
        ] {
            assert!(head.contains(header), "{path}: no `{header}` in {head}");
        }
        assert!(!head.contains("access-control"), "{path}");
    }
    assert!(!site.get("").head.contains("unsafe"));
}

#[test]
fn only_changed_pages_have_new_names() {
    let mut site = Site::new(|_| ());
    let before = site.snapshot();
    let text = site.project.read(TREND);
    // A line that is no part of the pages: what was written below moves, and no page changes.
    site.project.write(TREND, text.replacen("---\n\n", "---\n\n<!-- 说明 -->\n\n", 1));
    site.show();
    let moved = site.snapshot();
    assert_eq!(names(&before), names(&moved));
    assert_eq!(moved["changed"], serde_json::json!([]));
    // A word in one trend: pages of other parts keep their names.
    site.project.write(TREND, text.replacen("title: ", "title: 新的", 1));
    site.show();
    let after = site.snapshot();
    assert_eq!(after["version"], 3);
    let changed: Vec<_> =
        names(&before).into_iter().zip(names(&after)).map(|(a, b)| a != b).collect();
    assert!(changed.contains(&true) && changed.contains(&false), "{changed:?}");
    // Pages are there under their new names, and under those alone.
    for (name, other) in names(&after).iter().zip(names(&before)) {
        assert!(site.get(&format!("page/{name}.svg")).body.starts_with("<svg"));
        if *name != other {
            assert_eq!(site.get(&format!("page/{other}.svg")).status, 404);
        }
    }
}

#[test]
fn a_block_tells_its_line_and_a_changed_one_its_place() {
    let mut site = Site::new(|_| ());
    let snapshot = site.snapshot();
    let text = site.project.read(TREND);
    let version = &snapshot["version"];
    let count = snapshot["pages"].as_array().expect("pages").len();
    let pages: Vec<Value> =
        (1..=count).map(|page| site.get(&format!("blocks/{version}/{page}")).json()).collect();
    let blocks: Vec<&Value> =
        pages.iter().flat_map(|page| page.as_array().expect("blocks")).collect();
    // Every paragraph of the trend is there, at its own line and column.
    let mut lines = 0;
    for block in blocks.iter().filter(|block| block["file"] == TREND && block["kind"] == "text") {
        for line in block["lines"].as_array().expect("lines") {
            let at = |key: &str| line[key].as_u64().expect("a number") as usize;
            let written: String = text
                .lines()
                .nth(at("line") - 1)
                .expect("a line")
                .chars()
                .skip(at("column") - 1)
                .collect();
            assert!(!written.trim().is_empty(), "{line}");
            lines += 1;
        }
        let start: String = block["text"].as_str().expect("text").chars().take(3).collect();
        let line =
            text.lines().nth(block["line"].as_u64().expect("a line") as usize - 1).expect("a line");
        assert!(line.contains(&start), "`{start}` is not in `{line}`");
    }
    assert!(lines > 5, "{lines}");
    for kind in ["text", "figure", "reference", "field"] {
        assert!(blocks.iter().any(|block| block["kind"] == kind), "no {kind}");
    }
    let entry = blocks.iter().find(|block| block["kind"] == "reference").expect("a reference");
    assert_eq!(entry["file"], "content/references.yaml");
    // An old version has no blocks: what it would name has moved.
    site.project.write(
        "content/foreword.md",
        site.project.read("content/foreword.md").trim_end().to_owned() + "新的一句。\n",
    );
    site.show();
    assert_eq!(site.get(&format!("blocks/{version}/1")).status, 410);
    let changed = site.snapshot()["changed"].clone();
    let foreword = site.project.read("content/foreword.md");
    assert_eq!(changed.as_array().expect("changes").len(), 1, "{changed}");
    assert_eq!(changed[0]["file"], "content/foreword.md");
    assert_eq!(changed[0]["line"], line_of(&foreword, "新的一句"));
    assert!(changed[0]["areas"][0]["width"].as_f64().expect("a width") > 10.0);
}

#[test]
fn a_fault_is_told_beside_the_last_good_pages() {
    let mut site = Site::new(|_| ());
    let good = site.snapshot();
    assert_eq!(
        (good["good"].clone(), good["spreads"][0].clone()),
        (true.into(), serde_json::json!([1]))
    );
    let text = site.project.read(TREND);
    site.project.write(TREND, text.replacen("title:", "titel:", 1));
    site.show();
    let bad = site.snapshot();
    assert_eq!(bad["good"], false);
    assert_eq!(names(&bad), names(&good));
    assert!(site.get(&format!("page/{}.svg", names(&good)[0])).body.starts_with("<svg"));
    let finding = &bad["findings"][0];
    assert_eq!(
        (finding["severity"].as_str(), finding["file"].as_str()),
        (Some("error"), Some(TREND))
    );
    assert_eq!(finding["line"], line_of(&text, "title:"));
    assert!(finding["excerpt"].as_str().expect("the line").starts_with("titel:"));
    assert!(finding["on"]["page"].as_u64().expect("a page") > 0);
    site.project.write(TREND, text);
    site.show();
    let mended = site.snapshot();
    assert_eq!(
        (mended["good"].clone(), mended["findings"].clone()),
        (true.into(), serde_json::json!([]))
    );
    assert_eq!(names(&mended), names(&good));
}

#[test]
fn words_are_found_across_lines() {
    let site = Site::new(|_| ());
    let text = site.project.read("content/foreword.md");
    let paragraph = text
        .rsplit("---")
        .next()
        .expect("text")
        .trim()
        .lines()
        .next()
        .expect("a paragraph")
        .to_owned();
    let words: String = paragraph.chars().filter(|c| !c.is_whitespace()).take(40).collect();
    let encoded: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let hits = site.get(&format!("find?words={encoded}")).json();
    let areas = hits[0]["areas"].as_array().expect("areas");
    assert_eq!(hits.as_array().expect("hits").len(), 1, "{words}");
    assert!(areas.len() >= 2, "forty characters take two lines: {areas:?}");
    assert_eq!(site.get("find?words=%20").json(), serde_json::json!([]));
    assert_eq!(site.get("find?words=qqqq").json(), serde_json::json!([]));
}

#[cfg(unix)]
#[test]
fn a_line_is_opened_by_the_editor_if_the_page_shows_its_file() {
    let site = Site::new(|options| {
        options.editor = Some(Editor::named("touch {file}.{line}.{column}").expect("a command"))
    });
    assert_eq!(site.open(TREND, 7, 3).json()["opened"], true);
    let opened = site.project.join(&format!("{TREND}.7.3"));
    let waited = Instant::now();
    while !opened.is_file() {
        assert!(waited.elapsed() < Duration::from_secs(10), "the editor was not run");
        std::thread::sleep(Duration::from_millis(10));
    }
    site.project.write("secret.md", "x");
    for file in [
        "secret.md",
        "/etc/passwd",
        "../secret.md",
        "content/../secret.md",
        "content/trends/../../secret.md",
        "",
    ] {
        assert_eq!(site.open(file, 1, 1).status, 404, "{file}");
    }
    assert!(!site.project.join("secret.md.1.1").exists());
    let silent = Site::new(|_| ());
    assert_eq!(silent.open(TREND, 7, 3).json()["opened"], false);
}

#[test]
fn what_a_check_finds_stays_until_it_is_mended() {
    let mut site = Site::new(|_| ());
    let tell = |site: &mut Site| {
        let found = site.session.check().list;
        site.server.tell(&found);
    };
    tell(&mut site);
    assert_eq!(site.snapshot()["findings"], serde_json::json!([]));
    let clean = site.project.read(TREND);
    site.project.write(TREND, format!("{clean}\n这一句的,是半角的逗号，放错了地方。\n"));
    site.show();
    tell(&mut site);
    let found = site.snapshot()["findings"].clone();
    assert_eq!(
        (&found[0]["code"], found.as_array().map(Vec::len)),
        (&"TP0103".into(), Some(1)),
        "{found}"
    );
    assert_eq!(found[0]["line"], clean.lines().count() + 2);
    // Another edit is shown at once, and does not take away what is not mended.
    site.project.write(TREND, format!("{clean}\n这一句的,还是半角的逗号，放错了地方。\n"));
    site.show();
    assert_eq!(site.snapshot()["findings"], found);
    site.project.write(TREND, &clean);
    site.show();
    tell(&mut site);
    assert_eq!(site.snapshot()["findings"], serde_json::json!([]));
}

#[test]
fn a_thousand_reloads_are_survived() {
    let site = Site::new(|_| ());
    let name = names(&site.snapshot())[1].clone();
    for round in 0..1000 {
        assert_eq!(site.get("").status, 200, "{round}");
        if round % 10 == 0 {
            assert_eq!(site.get(&format!("page/{name}.svg")).status, 200, "{round}");
            drop(site.listen());
        }
    }
    assert_eq!(site.snapshot()["version"], 1);
}

#[test]
fn readers_that_do_not_read_hold_up_nobody() {
    let site = Site::new(|_| ());
    let asleep: Vec<_> = (0..20).map(|_| site.listen()).collect();
    let problem = |text: String| source::Diagnostic::general(text);
    let started = Instant::now();
    // So much is told that no buffer of a connection could hold it.
    for round in 0..400 {
        site.server
            .show(Err(Error::Content(vec![problem(format!("{round} {}", "x".repeat(200_000)))])));
    }
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    let now = site.snapshot();
    assert_eq!(now["version"], 401);
    // One that wakes up skips to what is shown now.
    let mut woken = asleep.into_iter().next().expect("a reader");
    let (mut seen, mut piece) = (0, [0; 65536]);
    let mut tail = String::new();
    while !tail.contains("399 x") {
        let count = woken.read(&mut piece).expect("events");
        assert!(count > 0, "the stream ended");
        seen += count;
        // A word may lie across two pieces.
        let kept: String =
            tail.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
        tail = kept + &String::from_utf8_lossy(&piece[..count]);
    }
    assert!(seen < 60 * 200_000, "{seen} bytes were kept for a reader that slept");
}
