//! Letters of many languages, and characters that come in by accident.

use crate::conservation::TREND;
use crate::project::Project;
use testkit::pdf::{File, Glyph};

fn trend(body: &str) -> Project {
    let project = Project::starter();
    project.write(TREND, format!("---\ntitle: 第二章\n---\n\n{body}\n"));
    project
}

fn glyphs(project: &Project) -> Vec<Glyph> {
    project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    file.pages().into_iter().flat_map(|page| page.glyphs).collect()
}

/// The faces of the glyphs of each place where a word is printed.
fn faces<'a>(glyphs: &'a [Glyph], word: &str) -> Vec<Vec<&'a str>> {
    let all: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
    let found = all.match_indices(word).map(|(start, _)| {
        let mut at = 0;
        let mut out = vec![];
        for glyph in glyphs {
            if (start..start + word.len()).contains(&at) {
                let name = glyph.font.rsplit('+').next().unwrap_or_default();
                out.push(name.trim_end_matches("-Identity-H"));
            }
            at += glyph.text.len();
        }
        out.dedup();
        out
    });
    found.collect()
}

#[test]
fn a_word_is_set_in_one_face() {
    let words = [
        "Škoda",
        "Łódź",
        "Dvořák",
        "Čapek",
        "İnönü",
        "Erdoğan",
        "Erdős",
        "Hưng",
        "Timișoara",
        "Kraków",
        "Straße",
        "Nguyễn",
        "Ĭsĭ",
        "έργο",
        "Київ",
        "Ærøskøbing",
        "Ǫlvir",
    ];
    let list = words.join("、");
    let project = trend(&format!(
        "正文：{list}。\n\n**{list}。**\n\n> 引文：{list}。\n\n- 列表：{list}。\n\n脚注[^1]。\n\n[^1]: {list}。"
    ));
    let glyphs = glyphs(&project);
    for word in words {
        let all = faces(&glyphs, word);
        assert!(all.len() >= 5, "{word} is printed {} times", all.len());
        for faces in all {
            assert_eq!(faces.len(), 1, "{word}: {faces:?}");
        }
    }
    // What the Chinese faces have stays in them.
    assert!(faces(&glyphs, "Straße").contains(&vec!["ReportSerifSC-Regular"]));
    assert!(faces(&glyphs, "Straße").contains(&vec!["ReportSerifSC-Bold"]));
    assert!(faces(&glyphs, "Škoda").contains(&vec!["SourceSerif4-Regular"]));
    assert!(faces(&glyphs, "Škoda").contains(&vec!["SourceSerif4-Bold"]));
    assert!(faces(&glyphs, "Škoda").contains(&vec!["ReportKaiSC-Regular"]));
}

#[test]
fn words_of_references_and_titles_are_of_one_face() {
    let project = trend("正文[@kd]。");
    let references = project.read("content/references.yaml");
    project.write(
        "content/references.yaml",
        format!(
            "{references}\nkd:\n  type: book\n  title: Dějiny Łodzi a Plzeň\n  author: [\"Škvorecký, Jiří\"]\n  date: 2001\n  publisher: {{name: Příroda, location: Praha}}\n"
        ),
    );
    project.edit(TREND, "title: 第二章", "title: 第二章 Škoda 与 Erdős");
    let glyphs = glyphs(&project);
    for word in ["Dějiny", "Łodzi", "Příroda", "Plzeň", "Škoda", "Erdős"] {
        let all = faces(&glyphs, word);
        assert!(!all.is_empty(), "{word} is lost");
        assert!(all.iter().all(|faces| faces.len() == 1), "{word}: {all:?}");
    }
}

#[test]
fn characters_that_are_no_text_are_dropped_told_and_mended() {
    let body =
        "甲\u{FEFF}乙在此，one\u{2028}two，丙\u{2028}丁，戊\u{0B}己，庚\u{FFFC}辛，`a\u{FEFF}b`。";
    let project = trend(body);
    let run = project.run(&["render", "o.pdf"]).ok();
    assert_eq!(run.stderr.matches("warning[TP0512]").count(), 6, "{}", run.stderr);
    assert!(run.stderr.contains(&format!("{TREND}:5:2")), "{}", run.stderr);
    let text: String = glyphs(&project).iter().map(|glyph| glyph.text.clone()).collect();
    for part in ["甲乙在此", "丙丁", "戊己", "庚辛"] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("onetwo"));
    project.run(&["check", "--fix", "--yes"]);
    let mended = project.read(TREND);
    assert!(mended.contains("甲乙在此，one two，丙丁，戊己，庚辛，`ab`。"), "{mended}");
    assert!(!project.run(&["check"]).stderr.contains("TP0512"));
    for profile in ["screen", "press"] {
        let project = trend(body);
        let run = project.run(&["render", "o.pdf", "--profile", profile]);
        assert!(!run.stderr.contains("the template"), "{}", run.stderr);
    }
}

#[test]
fn look_alikes_are_told_and_mended_wherever_they_stand() {
    let project = trend("⼀个⼈的⽂章，⻓期⽅法，豈有此理，︵注︶，eﬃcient ﬁle，㎡与①照旧。");
    project.edit(TREND, "title: 第二章", "title: 第⼆章");
    let run = project.run(&["check"]);
    assert_eq!(run.stderr.matches("[TP0513]").count(), 2, "{}", run.stderr);
    assert!(run.stderr.contains("looks like `一人文长方豈（）`"), "{}", run.stderr);
    assert!(run.stderr.contains(&format!("{TREND}:5:1")), "{}", run.stderr);
    assert!(run.stderr.contains(&format!("{TREND}:2:9")), "{}", run.stderr);
    project.run(&["check", "--fix", "--yes"]);
    let mended = project.read(TREND);
    assert!(mended.contains("title: 第二章"), "{mended}");
    assert!(
        mended.contains("一个人的文章，长期方法，豈有此理，（注），efficient file，㎡与①照旧。"),
        "{mended}"
    );
    assert!(!project.run(&["check"]).stderr.contains("TP0513"));
    // The same one twice is one.
    project.edit(TREND, "一个人的", "ofﬁce与ﬁle");
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("U+FB01 only looks like `fi`:"), "{}", run.stderr);
}

#[test]
fn a_bullet_of_word_is_told_with_what_to_write() {
    let project = trend("\u{F0B7}\t第一条\n");
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("U+F0B7") && run.stderr.contains("write `- `"), "{}", run.stderr);
    assert!(run.stderr.contains(&format!("{TREND}:5:1")), "{}", run.stderr);
    project.edit(TREND, "\u{F0B7}\t", "- ");
    project.run(&["render", "o.pdf"]).ok();
}

#[test]
fn bullets_of_word_become_a_list_by_the_fix() {
    for (body, mended) in [
        ("前文：\n\n\u{F0B7} 一点\n\u{F0B7}\t二点\n", "\n- 一点\n- 二点\n"),
        ("\u{F0A7}  甲\n\n\u{F0D8}乙\n", "\n- 甲\n\n- 乙\n"),
        ("> \u{F0FC} 引文里的\n", "\n> - 引文里的\n"),
    ] {
        let project = trend(body);
        let run = project.run(&["check"]);
        assert!(
            run.stderr.contains("U+F0") && run.stderr.contains("check --fix"),
            "{}",
            run.stderr
        );
        project.run(&["check", "--fix", "--yes"]);
        assert!(project.read(TREND).contains(mended), "{}", project.read(TREND));
        project.run(&["render", "o.pdf"]).ok();
    }
    // In the midst of a line it is no bullet.
    let project = trend("甲\u{F0B7}乙。");
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("the sign itself"), "{}", run.stderr);
}
