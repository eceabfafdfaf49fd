//! Footnotes: their numbers, where they stand, what they hold; read from the final PDF.

use trendpress::Session;
use trendpress::writing::Request;

use crate::project::{Project, Run};
use testkit::pdf::{File, Page};

const SENTENCE: &str = "研究者把实验数据和计算结果放在一起，寻找规律并提出新的假设";

/// A report of chapters with these texts.
fn project(settings: &str, chapters: &[&str]) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!(
            "title: 试验报告\npublisher: {{name: 试验出版社}}\ndate: 2025-01\nparts: [chapters/*.md]\ncheck: {{TP0506: off}}\n{settings}\n"
        ),
    );
    for (at, body) in chapters.iter().enumerate() {
        let text = format!("---\ntitle: 第{at}个题目\nlayout: chapter\n---\n\n{body}\n");
        project.write(&format!("content/chapters/{at}.md"), text);
    }
    project
}

fn file(project: &Project) -> File {
    project.run(&["render", "o.pdf"]).ok();
    File::open(std::fs::read(project.join("o.pdf")).expect("a report"))
}

fn plain(page: &Page) -> String {
    page.text().chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect()
}

fn texts(file: &File) -> Vec<String> {
    file.pages().iter().map(plain).collect()
}

fn fails(run: &Run, told: &str) {
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
}

/// Paragraphs with a footnote each, which say their own number.
fn noted(count: usize, words: usize) -> String {
    let marks = (1..=count).map(|n| format!("{}[^{n}]。\n\n", SENTENCE.repeat(words)));
    let notes = (1..=count).map(|n| format!("[^{n}]: 注文第{n}条。\n\n"));
    marks.chain(notes).collect()
}

/// The small glyphs of a page that number notes, those of marks and of notes alike.
fn numbers(page: &Page, is_number: fn(char) -> bool) -> Vec<String> {
    let raised = page.glyphs.iter().filter(|glyph| glyph.size < 8.0);
    let found = raised.filter(|glyph| glyph.text.chars().any(is_number));
    found.map(|glyph| glyph.text.clone()).collect()
}

fn circled(c: char) -> bool {
    ('①'..='⑳').contains(&c)
}

#[test]
fn numbers_begin_anew_on_each_page() {
    for columns in [1, 2] {
        let body = noted(30, 5);
        let settings = format!("columns: {columns}\nfootnotes: {{number: page}}");
        let file = file(&project(&settings, &[&body, &noted(2, 1)]));
        let pages = file.pages();
        assert!(pages.len() > 3, "{columns}");
        let mut seen = 0;
        for page in &pages {
            let text = plain(page);
            let notes: Vec<usize> =
                (1..=30).filter(|n| text.contains(&format!("注文第{n}条"))).collect();
            let mut numbers = numbers(page, circled);
            numbers.sort();
            let right: Vec<String> = (0..notes.len() as u32)
                .flat_map(|n| vec![char::from_u32(0x2460 + n).expect("a mark").to_string(); 2])
                .collect();
            assert_eq!(numbers, right, "{columns}: {text}");
            // Each note stands behind its own number.
            for (at, n) in notes.iter().enumerate() {
                let mark = char::from_u32(0x2460 + at as u32).expect("a mark");
                assert!(text.contains(&format!("{mark}注文第{n}条")), "{columns}: {text}");
            }
            seen += notes.len();
        }
        assert_eq!(seen, 32);
    }
}

#[test]
fn notes_of_a_short_part_stand_on_its_page() {
    let chinese = "研究者把实验数据放在一起[^1]，寻找规律并提出新的假设[^2]。\n\n[^1]: 第一条。\n[^2]: 第二条。";
    let english = "Data are collected, and results are compared[^1]. And again[^2].\n\n[^1]: First.\n[^2]: Second.";
    for number in ["report", "part", "page"] {
        for body in [chinese, english] {
            for chapters in [&[body][..], &[body, body]] {
                let settings = format!("footnotes: {{number: {number}}}");
                let file = file(&project(&settings, chapters));
                assert_eq!(file.pages().len(), chapters.len(), "{number}: {body}");
            }
        }
    }
}

#[test]
fn numbers_on_a_page_are_plain_in_english() {
    let body = "Data are collected, and results are compared[^1]. And again[^2].\n\n[^1]: First note.\n[^2]: Second note.";
    let file = file(&project("lang: en\nfootnotes: {number: page}", &[body, body]));
    for text in texts(&file) {
        assert!(text.contains("1Firstnote") && text.contains("2Secondnote"), "{text}");
    }
}

#[test]
fn a_warm_layout_gives_the_numbers_of_a_cold_one() {
    let project = project("footnotes: {number: page}", &[&noted(30, 5), &noted(3, 1)]);
    let mut session = Session::open(project.path(), false).expect("a project");
    let mut warm = || {
        let path = project.join("warm.pdf");
        session.render(&Request::to(&path)).expect("a report");
        std::fs::read(path).expect("its bytes")
    };
    let first = warm();
    for (from, to) in [
        ("注文第2条。", "注文第2条，说得长一些。"),
        ("[^4]。", "[^4]，又说一句[^new]。"),
        ("[^9]: ", "[^new]: 新的注文。\n\n[^9]: "),
    ] {
        project.edit("content/chapters/0.md", from, to);
        if from == "[^4]。" {
            continue;
        }
        let bytes = warm();
        assert!(bytes != first);
        project.run(&["render", "cold.pdf"]).ok();
        assert!(bytes == std::fs::read(project.join("cold.pdf")).expect("a report"), "{to}");
    }
}

#[test]
fn numbers_begin_anew_in_each_part_or_run_through_the_report() {
    let chapters = ["甲[^a]，乙[^b]。\n\n[^a]: 其一。\n[^b]: 其二。", "丙[^c]。\n\n[^c]: 其三。"];
    let part = texts(&file(&project("footnotes: {number: part}", &chapters)));
    assert!(part[0].contains("2其二") && part[1].contains("1其三"), "{part:?}");
    let report = texts(&file(&project("", &chapters)));
    assert!(report[0].contains("2其二") && report[1].contains("3其三"), "{report:?}");
}

#[test]
fn notes_of_things_have_letters_where_numbers_begin_anew() {
    let body = "正文[^z]。\n\n| 头[^h] | 尾 |\n|---|---|\n| 甲[^a] | 乙[^h] |\n\n: 表题[^t] {#tbl-a}\n\n见@tbl-a，再说[^y]。\n\n\
                ::: {.box title=\"口径\"}\n专栏的话[^b]。\n:::\n\n\
                [^z]: 正文的注。\n[^h]: 表头的注。\n[^a]: 格里的注。\n[^t]: 表题的注。\n[^y]: 又一条。\n[^b]: 专栏的注。";
    for (settings, marks) in [
        ("footnotes: {number: page}", ["①正文的注", "②又一条"]),
        ("footnotes: {place: part-end}", ["1正文的注", "2又一条"]),
    ] {
        let text = texts(&file(&project(settings, &[body]))).concat();
        for note in marks.iter().chain(&["a表题的注", "b表头的注", "c格里的注", "a专栏的注"])
        {
            assert_eq!(text.matches(note).count(), 1, "{settings}: {note}: {text}");
        }
        assert!(text.contains("乙b"), "{text}");
    }
}

#[test]
fn notes_stand_at_the_end_of_their_part_and_lead_both_ways() {
    let first = "## 小节[^h]\n\n甲[^a]，乙[^b]，又见[^a]。\n\n- 一点[^l]\n\n> 引文[^q]。\n\n最后一段。\n\n\
                 [^h]: 小节的注。\n[^a]: 甲的注。\n[^b]: 乙的注。\n\n    第二段。\n[^l]: 一点的注。\n[^q]: 引文的注。";
    let file =
        file(&project("footnotes: {place: part-end}", &[first, "丙[^c]。\n\n[^c]: 丙的注。"]));
    let pages = texts(&file);
    let right = "最后一段。注释1小节的注。2甲的注。3乙的注。第二段。4一点的注。5引文的注。";
    assert!(pages[0].contains(right), "{}", pages[0]);
    assert!(pages[0].contains("甲2，乙3，又见2。"), "{}", pages[0]);
    assert!(pages[1].contains("丙1。注释1丙的注。"), "{}", pages[1]);
    // Each mark leads to its note, each note back.
    assert_eq!(file.links().0, 6 + 5 + 2, "{:?}", file.links());
    let titles: Vec<String> =
        file.bookmarks().into_iter().map(|mark| mark.title.replace('\u{2060}', "")).collect();
    assert!(titles.contains(&"小节".to_owned()), "{titles:?}");
    assert!(titles.iter().filter(|title| *title == "注释").count() == 2, "{titles:?}");
}

#[test]
fn notes_hold_paragraphs_lists_and_code() {
    let note = "[^1]: 第一段，`code`。\n\n    第二段*强调*[@none]。\n\n    - 一点\n    - 二点\n\n    1. 甲\n    2. 乙\n\n    ```\n    let x = 1;\n    ```\n\n    > 引文一句。\n\n正文末段。";
    let note = note.replace("[@none]", "");
    for settings in ["", "footnotes: {number: page}", "footnotes: {place: part-end}"] {
        let body = format!(
            "正文[^1]。\n\n| 甲[^2] |\n|---|\n| 乙 |\n\n{note}\n\n[^2]: 表注。\n\n    表注第二段。\n"
        );
        let text = texts(&file(&project(settings, &[&body]))).concat();
        for words in [
            "第一段，code。",
            "第二段强调。",
            "letx=1;",
            "引文一句。",
            "表注第二段。",
            "正文末段。",
        ] {
            assert_eq!(text.matches(words).count(), 1, "{settings}: {words}: {text}");
        }
        for words in ["一点", "二点", "1.甲", "2.乙"] {
            assert!(text.contains(words), "{settings}: {words}: {text}");
        }
        let at = |words: &str| text.find(words).expect("words of a note");
        assert!(at("第一段") < at("第二段强调") && at("第二段强调") < at("一点"), "{text}");
        assert!(at("2.乙") < at("letx") && at("letx") < at("引文一句"), "{text}");
    }
}

#[test]
fn any_typst_makes_the_pages_of_notes() {
    for settings in ["footnotes: {number: page}", "footnotes: {place: part-end}"] {
        let project = project(settings, &[&noted(30, 5), &noted(3, 1)]);
        crate::export::makes_the_same_pages(&project);
    }
}

#[test]
fn what_is_read_of_notes_is_told() {
    let run = project("footnotes: {number: page, place: part-end}", &["正文。"])
        .run(&["render", "o.pdf"]);
    fails(&run, "notes at the end of a part cannot be numbered by page");
    let run = project("", &["正文[^1]。\n\n[^1]: # 题\n"]).run(&["render", "o.pdf"]);
    fails(&run, "the footnote `1` contains a heading");
    // Two spaces are too few for a paragraph of the note, and too many for one of the text.
    let two = "正文[^1]。\n\n[^1]: 注文。\n\n  第二段。\n";
    let told = project("", &[two]).run(&["render", "o.pdf"]).stderr;
    assert!(told.contains("no part of the footnote above it"), "{told}");
    let mended =
        project("", &[&two.replace("  第二段", "    第二段")]).run(&["render", "o.pdf"]).stderr;
    assert!(!mended.contains("warning"), "{mended}");
    // Another mark on another page would have the number of another note.
    let body = noted(30, 5).replacen("[^30]。", "[^30]，又见[^1]。", 1);
    let page = project("footnotes: {number: page}", &[&body]);
    let run = page.run(&["render", "o.pdf"]);
    fails(&run, "numbers begin anew on each page");
    assert!(run.stderr.contains("TP0511"), "{}", run.stderr);
    let mended = body.replacen("又见[^1]", "又见[^own]", 1) + "\n\n[^own]: 注文另一条。\n";
    file(&project("footnotes: {number: page}", &[&mended]));
    // Where numbers run through the report, it says which note is meant.
    file(&project("", &[&body]));
}

#[test]
fn long_notes_of_a_point_at_a_pages_foot_go_to_the_next_with_their_marks() {
    let item = "- 项目里先说一句话，再补一句[^a]，然后再说一句话[^b]。接着的文字也不短，它说到另外几件事，最后以注结束[^c]。\n- 下一项。\n\n";
    let note = |name: &str, times: usize| {
        format!(
            "[^{name}]: 注{name}在这里，{}\n\n",
            "它写得很长，要占好几行，因为出处和说明都在这里。".repeat(times)
        )
    };
    let notes = note("a", 2) + &note("b", 9) + &note("c", 6);
    // Where a few lines decide, the second note began before its mark.
    for lines in 15..=21 {
        let before: String = (0..lines).map(|i| format!("第{i}段写在前面。\n\n")).collect();
        let settings = "template: paper\ntrim: [170mm, 240mm]";
        let pages = texts(&file(&project(settings, &[&format!("{before}{item}{notes}")])));
        let page = |words: &str| pages.iter().position(|page| page.contains(words));
        for (mark, note) in [("再补一句", "注a在"), ("再说一句话", "注b在"), ("以注结束", "注c在")]
        {
            assert!(page(mark).is_some() && page(mark) == page(note), "{lines}: {note}");
        }
    }
}

#[test]
fn a_note_of_a_paragraph_longer_than_a_page_stands_on_the_page_of_its_mark() {
    // A character of each chapter's own stands before the mark.
    let own = |k: usize| char::from_u32(0x4f00 + k as u32).expect("a character");
    // Somewhere on the way, the mark's line is the last but one of its paragraph and of its page, and
    // takes the last along.
    let bodies: Vec<String> = (0..48)
        .map(|k| {
            let (before, own) = ("文".repeat(520 + 6 * k), own(k));
            format!("{before}。其次是{own}[^a]，其后还有一句话写在这里，再有一句。\n\n下一段。\n\n[^a]: 注文第{k}条。\n")
        })
        .collect();
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let pages = texts(&file(&project("template: paper\ntrim: [170mm, 240mm]", &bodies)));
    let page = |words: &str| pages.iter().position(|page| page.contains(words));
    for k in 0..bodies.len() {
        let note = page(&format!("注文第{k}条"));
        assert!(note.is_some() && note == page(&own(k).to_string()), "{k}");
    }
}

#[test]
fn notes_at_the_end_of_a_part_stand_behind_what_floats() {
    let figures: String =
        (0..3).map(|k| format!("![图题{k}](figures/a.svg){{#fig-{k}}}\n\n")).collect();
    let body = format!("见@fig-0、@fig-1、@fig-2。[^a]\n\n{figures}[^a]: 注文甲。\n");
    for columns in 1..=2 {
        let settings =
            format!("template: paper\ncolumns: {columns}\nfootnotes: {{place: part-end}}");
        let project = project(&settings, &[&body]);
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 9'/>";
        project.write("content/figures/a.svg", drawing);
        let text = texts(&file(&project)).concat();
        let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words}: {text}"));
        assert!(at("注文甲") > at("图题2"), "{columns}: {text}");
    }
}
