//! Fixes that change what is printed as they say, and nothing else.
//!
//! A character that a fix puts in may meet marks of Markdown or YAML and become one itself, or make
//! one of them: `$x$` before a digit is a price. So every file is read again with its fixes, and
//! those that change more than their own characters are told without one.

use std::ops::Range;
use std::sync::Arc;

use copydesk::Prose;

use crate::reading::{Loaded, Project, prose_of};
use source::{Edit, Problems, SourceFile, fix};

/// The number of times that a file is read again at most.
const ROUNDS: usize = 8;

/// The most fixes that are tried one by one.
const MOST_ALONE: usize = 64;

/// Takes away the fixes that change more than they say.
pub(super) fn settle(project: &Project, loaded: &Loaded, problems: &mut Problems) {
    let keys = loaded.references.as_ref().map(|references| &references.keys[..]);
    settle_with(problems, |file| prose_of(project, keys, file));
}

fn settle_with(problems: &mut Problems, read: impl Fn(&Arc<SourceFile>) -> Vec<Prose>) {
    let edited = fix::edits(problems.list());
    for (path, (file, edits)) in edited {
        let mut wrong = wrong(&file, edits, &read);
        for _ in 0..ROUNDS {
            if wrong.is_empty() {
                break;
            }
            drop_fixes(problems, &file, &wrong, &read);
            let edits = fix::edits(problems.list()).remove(&path);
            wrong = edits.map_or(vec![], |(file, edits)| self::wrong(&file, edits, &read));
        }
        if !wrong.is_empty() {
            clear(problems, &path, |_| true);
        }
    }
}

/// Takes away the fixes in some ranges of a file that do harm on their own; all of them, if none
/// does.
fn drop_fixes(
    problems: &mut Problems,
    file: &Arc<SourceFile>,
    ranges: &[Range<usize>],
    read: impl Fn(&Arc<SourceFile>) -> Vec<Prose>,
) {
    let within = |fix: &[Edit]| {
        fix.iter().any(|edit| {
            let meets = |range: &Range<usize>| {
                range.start <= edit.range.end && edit.range.start <= range.end
            };
            ranges.iter().any(meets)
        })
    };
    let mut harmful: Vec<Vec<Edit>> = problems
        .list()
        .iter()
        .filter(|told| told.place.as_ref().is_some_and(|place| place.file.path == file.path))
        .map(|told| told.fix.clone())
        .filter(|fix| within(fix))
        .take(MOST_ALONE + 1)
        .collect();
    // Each is tried alone, which reads the file each time: where there are too many, none is kept.
    if harmful.len() > MOST_ALONE {
        harmful.clear();
    }
    harmful.retain(|fix| !wrong(file, fix.clone(), &read).is_empty());
    clear(problems, &file.path, |fix| {
        if harmful.is_empty() { within(fix) } else { harmful.iter().any(|other| other == fix) }
    });
}

/// Takes away the fixes of a file that pass a test.
fn clear(problems: &mut Problems, path: &str, test: impl Fn(&[Edit]) -> bool) {
    problems.retain(|told| {
        let here = told.place.as_ref().is_some_and(|place| place.file.path == path);
        if here && test(&told.fix) {
            told.fix.clear();
        }
        true
    });
}

/// Returns where a file with its fixes reads otherwise than it was fixed to.
fn wrong(
    file: &Arc<SourceFile>,
    edits: Vec<Edit>,
    read: impl Fn(&Arc<SourceFile>) -> Vec<Prose>,
) -> Vec<Range<usize>> {
    let before = read(file);
    let mut edits = edits;
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let right: Vec<String> = before.iter().map(|prose| mended(prose, &edits)).collect();
    let text = fix::apply(&file.text, edits);
    let after = read(&Arc::new(SourceFile { path: file.path.clone(), text }));
    // Pieces that are fixed away are not read again.
    let whole = |at: usize| {
        let letters = &before[at].letters;
        letters[0].at.start..letters[letters.len() - 1].at.end
    };
    let mut now = after.iter().map(Prose::text);
    let mut out = vec![];
    for (at, right) in right.iter().enumerate().filter(|(_, right)| !right.is_empty()) {
        match now.next() {
            Some(now) if now == *right => {}
            Some(_) if after.len() == before.len() => out.push(whole(at)),
            // From here on all is out of step.
            _ => {
                out.push(whole(at));
                return out;
            }
        }
    }
    if now.next().is_some() {
        out.extend(before.len().checked_sub(1).map(whole));
    }
    out
}

/// Returns the characters of a piece of text after edits, which are in order and do not overlap.
fn mended(prose: &Prose, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut last = None;
    for letter in &prose.letters {
        let within =
            |edit: &&Edit| edit.range.start <= letter.at.start && letter.at.end <= edit.range.end;
        let until = edits.partition_point(|edit| edit.range.start <= letter.at.start);
        let near = edits[..until].iter().rev().take_while(|edit| edit.range.end >= letter.at.start);
        match near.into_iter().find(|edit| !edit.range.is_empty() && within(edit)) {
            Some(edit) if last == Some(&edit.range) => {}
            Some(edit) => {
                last = Some(&edit.range);
                out.push_str(&edit.text);
            }
            None => out.push(letter.c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use copydesk::Settings;

    const PIECES: [&str; 63] = [
        "数字化",
        "模型",
        "的",
        "alpha",
        "GPT",
        "5",
        "GHz",
        "2024",
        ",",
        ".",
        ":",
        ";",
        "!",
        "?",
        "，",
        "。",
        "、",
        "：",
        "(",
        ")",
        "（",
        "）",
        "\"",
        "'",
        "“",
        "”",
        "\\\"",
        "\\(",
        "\\)",
        "\\.",
        "\\*",
        "\\#",
        "\\-",
        " ",
        " ",
        "\n",
        "**",
        "*",
        "`a,b`",
        "$x,y$",
        "[@k1]",
        "[^1]",
        "<https://a.cn/b,c>",
        "https://a.cn/x",
        "[文,字](https://a.cn/,)",
        "...",
        "--",
        "-",
        "％",
        "１",
        "Ａ",
        "\n- ",
        "\n\n",
        "&quot;",
        "![图](a b,c)",
        "{{",
        "}}",
        "~",
        "^2^",
        "《",
        "》",
        "|",
        "\n1. ",
    ];

    fn read(file: &Arc<SourceFile>) -> Vec<Prose> {
        prose_of(&Project::new("/nowhere"), Some(&["k1".to_owned()]), file)
    }

    fn file(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile { path: "content/a.md".into(), text: text.into() })
    }

    fn edits(text: &str) -> Vec<Edit> {
        let mut problems = Problems::default();
        copydesk::read(&read(&file(text)), &Settings::default(), &mut problems);
        settle_with(&mut problems, read);
        fix::edits(problems.list()).into_values().flat_map(|(_, edits)| edits).collect()
    }

    fn fixed(body: &str) -> String {
        let text = format!("---\ntitle: 题\n---\n\n{body}\n");
        let fixed = fix::apply(&text, edits(&text));
        fixed.split_once("---\n\n").map_or("", |(_, body)| body).trim_end().to_owned()
    }

    #[test]
    fn what_is_printed_changes_only_where_a_rule_says_so() {
        let mut seed = 15_834u64;
        let mut below = |count: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed % count as u64) as usize
        };
        let mut fixed = 0;
        for _ in 0..6_000 {
            let mut some = |most: usize| -> String {
                (0..=below(most)).map(|_| PIECES[below(PIECES.len())]).collect()
            };
            let title = some(3).replace('\n', " ");
            let text = format!("---\ntitle: 题{title}\n---\n\n{}\n\n[^1]: 注\n", some(14));
            let edits = edits(&text);
            fixed += usize::from(!edits.is_empty());
            let said = |prose: Vec<Prose>, edits: &[Edit]| -> Vec<String> {
                let mut edits = edits.to_vec();
                edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
                let texts = prose.iter().map(|prose| mended(prose, &edits));
                texts.filter(|text| !text.is_empty()).collect()
            };
            let right = said(read(&file(&text)), &edits);
            let now = fix::apply(&text, edits);
            assert_eq!(said(read(&file(&now)), &[]), right, "{text:?}\n{now:?}");
        }
        assert!(fixed > 3_000, "{fixed}");
    }

    #[test]
    fn escaped_marks_are_mended_with_their_backslash() {
        assert_eq!(fixed("其中\\\"数字化\\\"是动力\\(见表\\)。"), "其中“数字化”是动力（见表）。");
        assert_eq!(fixed("结论\\,如下"), "结论，如下");
    }

    #[test]
    fn what_would_become_markdown_is_left() {
        for kept in [
            "代码`甲,乙`不动，<https://a.cn/甲,乙>也不动。",
            "甲\\*乙\\*丙",
            "式$f(x,y)$不动。",
            "图![图](figures/a b.svg “甲,乙”)不动",
            "文[说明](https://a.cn/甲 乙,丙)",
            "填{{名称,编号}}",
            "见[[甲,乙]]",
            "共$x$１台",
        ] {
            assert_eq!(fixed(kept), kept);
        }
        // Only what does harm is left.
        assert_eq!(fixed("其中,共$x$１台"), "其中，共$x$１台");
        assert_eq!(fixed("式$x$,共１台"), "式$x$，共1台");
    }

    #[test]
    fn marks_apart_by_citations_are_not_in_a_row() {
        for text in
            ["多篇[@k1]、[@k1]、[@k1]，[@k1]。", "甲[^1]，[^1]。\n\n[^1]: 注", "“甲”[@k1]、“乙”"]
        {
            assert_eq!(fixed(text), text);
        }
        assert_eq!(fixed("甲，，乙"), "甲，乙");
    }
}
