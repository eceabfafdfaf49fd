//! Nothing that an author wrote is lost without a word: it is printed, or refused at its line.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use crate::project::{Project, Run};
use testkit::pdf::File;

/// The file of the trend that is under test; its body begins on line 5.
pub(crate) const TREND: &str = "content/trends/02-second.md";

/// The starter with this body in its second trend, which has no budget.
fn trend(body: &str) -> Project {
    let project = Project::starter();
    project.write(TREND, format!("---\ntitle: 第二章\n---\n\n{body}\n"));
    project
}

/// The characters of a rendered report that stand within the trim, without white space.
fn readable(project: &Project) -> String {
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    // No input here is longer than a few pages: more of them would be blank.
    assert!(file.pages().len() < 30, "{} pages", file.pages().len());
    let mut out = String::new();
    for page in &file.pages() {
        let (width, height) = page.size;
        let inside = page.glyphs.iter().filter(|glyph| {
            glyph.x > -1.0 && glyph.x < width && glyph.y > 0.0 && glyph.y < height + 1.0
        });
        out.extend(inside.flat_map(|glyph| glyph.text.chars()).filter(|c| !cjk::is_invisible(*c)));
    }
    out
}

/// What the pages are compared for.
const RULES: [&str; 5] = ["TP0507", "TP0508", "TP0509", "TP0510", "TP0511"];

/// The lines of a file at which anything is told that a reader could not read.
fn told(run: &Run, file: &str) -> Vec<usize> {
    let mut lines = run.stderr.lines();
    let mut out = vec![];
    while let Some(line) = lines.next() {
        if RULES.iter().any(|rule| line.starts_with(&format!("error[{rule}]"))) {
            let place = lines.next().and_then(|line| line.trim().strip_prefix("--> "));
            let (path, place) = place.and_then(|it| it.split_once(':')).expect("a place");
            let line = place.split(':').next().and_then(|it| it.parse::<usize>().ok());
            out.extend(line.filter(|_| path == file));
        }
    }
    out
}

/// Renders: all of `texts` can be read, or an error stands on one of the `lines` and nothing is
/// written.
fn printed_or_refused(project: &Project, texts: &[String], lines: RangeInclusive<usize>) -> Run {
    let run = project.run(&["render", "o.pdf"]);
    if run.code == Some(0) {
        let readable = readable(project);
        for text in texts {
            assert!(readable.contains(text.as_str()), "`{text}` is lost:\n{}", run.stderr);
        }
    } else {
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(!project.join("o.pdf").exists(), "something is written:\n{}", run.stderr);
        let told = told(&run, TREND);
        assert!(told.iter().any(|line| lines.contains(line)), "{lines:?}:\n{}", run.stderr);
        assert!(run.stderr.contains("= hint: "), "{}", run.stderr);
    }
    run
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> (String, Vec<String>) {
    let lines: Vec<String> = (1..=count).map(line).collect();
    (lines.join("\n"), lines)
}

/// A list of short items; the texts are their ends, which the bullets do not touch.
fn list(count: usize) -> (String, Vec<String>) {
    let (body, items) = numbered(count, |i| format!("- 第{i}项"));
    (body, items.iter().map(|item| item[2..].to_owned()).collect())
}

fn chart(project: &Project, kind: &str, rows: usize, row: impl Fn(usize) -> String) {
    let (data, _) = numbered(rows, row);
    project.write("content/charts/long.csv", format!("省份,增速\n{data}\n"));
    let chart = format!(
        "正文一段。\n\n```chart\nkind: {kind}\ntitle: 图题\nalt: 替代文字\nsource: 来源机构\ndata: charts/long.csv\nx: 省份\ny: 增速\n```\n"
    );
    project.write(TREND, format!("---\ntitle: 第二章\n---\n\n{chart}"));
}

#[test]
fn a_list_longer_than_a_column_is_printed_or_refused() {
    let (body, items) = list(30);
    let project = trend(&format!("正文一段。\n\n{body}"));
    printed_or_refused(&project, &items, 7..=36);
    // The checks say the same, and the hint can be followed.
    let check = project.run(&["check"]);
    assert_eq!(told(&check, TREND).is_empty(), project.join("o.pdf").exists(), "{}", check.stderr);
    let lines: Vec<&str> = body.lines().collect();
    let halves = [&lines[..15], &lines[15..]].map(|half| half.join("\n"));
    let project = trend(&format!("正文一段。\n\n{}\n\n过渡一段。\n\n{}", halves[0], halves[1]));
    project.run(&["render", "o.pdf"]).ok();
    printed_or_refused(&project, &items, 0..=0);
}

#[test]
fn code_longer_than_a_column_is_printed_or_refused() {
    let (body, lines) = numbered(60, |i| format!("line {i}"));
    let project = trend(&format!("正文一段。\n\n```\n{body}\n```"));
    let lines: Vec<String> = lines.iter().map(|line| line.replace(' ', "")).collect();
    printed_or_refused(&project, &lines, 8..=67);
}

#[test]
fn a_long_quotation_and_a_long_item_are_printed_or_refused() {
    for mark in ["> ", "- "] {
        let (_, sentences) = numbered(90, |i| format!("第{i}句引文写得很长。"));
        let project = trend(&format!("正文一段。\n\n{mark}{}", sentences.concat()));
        printed_or_refused(&project, &[sentences.concat()], 7..=7);
    }
}

#[test]
fn what_cannot_break_is_named_where_pages_are_blank() {
    let quotation = "引文写得很长。".repeat(90);
    let project = trend(&format!("正文一段。\n\n> {quotation}\n\n后一段。"));
    printed_or_refused(&project, &[quotation], 7..=7);
}

#[test]
fn text_that_repeats_itself_is_no_fault() {
    let mut body = String::new();
    for i in 0..24 {
        _ = write!(body, "{}[^{i}]\n\n", "正文".repeat(45));
    }
    (0..24).for_each(|i| _ = writeln!(body, "[^{i}]: 脚注的文字。\n"));
    trend(&body).run(&["render", "o.pdf"]).ok();
}

#[test]
fn a_list_in_a_list_is_printed_or_refused() {
    let (body, items) = list(60);
    let project = trend(&format!("正文一段。\n\n- 外层\n\n{}", body.replace("- 第", "  - 第")));
    printed_or_refused(&project, &items, 7..=68);
}

#[test]
fn a_long_table_is_printed_or_refused() {
    let (rows, _) = numbered(80, |i| format!("| 行{i} | 值{i} |"));
    let texts: Vec<String> = (1..=80).map(|i| format!("行{i}值{i}")).collect();
    let project = trend(&format!("正文一段。\n\n| 列甲 | 列乙 |\n|---|---|\n{rows}"));
    let run = printed_or_refused(&project, &texts, 9..=88);
    // The row that is lost first is named, not the table alone.
    if run.code == Some(1) {
        assert!(told(&run, TREND).iter().all(|line| *line > 20), "{}", run.stderr);
    }
    let table = |rows: RangeInclusive<usize>| {
        let mut out = "| 列甲 | 列乙 |\n|---|---|\n".to_owned();
        rows.for_each(|i| _ = writeln!(out, "| 行{i} | 值{i} |"));
        out
    };
    let halves = [table(1..=27), table(28..=54), table(55..=80)].join("\n");
    let project = trend(&format!("正文一段。\n\n{halves}"));
    project.run(&["render", "o.pdf"]).ok();
    printed_or_refused(&project, &texts, 0..=0);
}

#[test]
fn a_word_that_runs_off_the_page_is_printed_or_refused() {
    let word = "a1b2".repeat(60);
    for (body, line) in
        [(format!("正文一段`{word}`。"), 5), (format!("| 甲 |\n|---|\n| `{word}` |"), 7)]
    {
        printed_or_refused(&trend(&body), std::slice::from_ref(&word), line..=line);
    }
}

#[test]
fn key_points_without_end_are_printed_or_refused() {
    let (body, items) = list(60);
    let project = trend(&format!("{body}\n\n正文一段。"));
    printed_or_refused(&project, &items, 5..=64);
}

#[test]
fn charts_of_many_rows_are_printed_or_refused() {
    for (kind, rows, row) in [
        ("bar", 31, (|i| format!("省份{i},{i}")) as fn(usize) -> String),
        ("bar", 60, |i| format!("省份{i},{i}")),
        ("matrix", 45, |i| format!("省份{i},词{i}")),
        ("matrix", 60, |i| format!("省份{i},词{i}")),
    ] {
        let project = trend("");
        chart(&project, kind, rows, row);
        let names: Vec<String> = (1..=rows).map(|i| format!("省份{i}")).collect();
        printed_or_refused(&project, &names, 7..=9);
    }
}

#[test]
fn a_trim_that_cuts_the_foot_off_is_refused() {
    for trim in ["185mm, 260mm", "170mm, 240mm", "297mm, 210mm", "148mm, 210mm"] {
        let project = Project::starter();
        project.run(&["render", "whole.pdf"]).ok();
        let settings = project.read("content/report.yaml");
        let settings: Vec<&str> =
            settings.lines().filter(|line| !line.starts_with("trim:")).collect();
        project.write("content/report.yaml", format!("{}\ntrim: [{trim}]\n", settings.join("\n")));
        let run = project.run(&["render", "o.pdf"]);
        if run.code == Some(0) {
            let readable = readable(&project);
            for text in ["印出来会变成方括号里的编号", "这就是一条脚注", "可以自由修改和使用"]
            {
                assert!(readable.contains(text), "{trim}: `{text}` is cut off");
            }
        } else {
            assert_eq!(run.code, Some(1), "{trim}:\n{}", run.stderr);
            assert!(!project.join("o.pdf").exists(), "{trim}");
            let told = told(&run, "content/trends/01-first.md");
            assert!(told.contains(&27) || told.contains(&29), "{trim}:\n{}", run.stderr);
            assert!(run.stderr.contains("`trim` in `report.yaml`"), "{trim}:\n{}", run.stderr);
        }
    }
}

#[test]
fn long_captions_and_titles_are_printed_or_refused() {
    let caption = "很长的图题".repeat(600);
    let project = trend(&format!("正文一段。\n\n![{caption}](figures/long.svg)"));
    project.write(
        "content/figures/long.svg",
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>"#,
    );
    printed_or_refused(&project, &[caption], 7..=7);
    let project = trend("正文一段。");
    let title = "没有标点的标题".repeat(400);
    project.edit(TREND, "title: 第二章", &format!("title: {title}"));
    printed_or_refused(&project, &[title], 2..=2);
}

/// A template of others: it knows paragraphs, headings and lists, and has none of our marks.
pub(crate) const PLAIN: &str = r#"#let data = json("/data/report.json")
#set document(title: data.title, date: datetime(year: data.date.first(), month: 1, day: 1))
#set page(width: 210mm, height: 285mm)
#let runs(body) = for run in body {
  if run.t == "footnote" { footnote(runs(run.body)) } else if "v" in run { run.v } else if "body" in run { runs(run.body) }
}
#let show-block(it) = {
  if it.block == "paragraph" { par(runs(it.body)) }
  if it.block == "heading" { heading(runs(it.body)) }
  if it.block == "list" { list(..it.items.map(item => item.map(show-block).join())) }
}
#for path in data.parts {
  let part = json(path)
  if "title" in part [= #part.title]
  for it in part.at("blocks", default: ()) { show-block(it) }
}
"#;

pub(crate) fn plain(template: &str, body: &str) -> Project {
    let project = Project::empty();
    project.write("templates/plain/main.typ", template);
    project.write(
        "content/report.yaml",
        "title: 题目\npublisher: {name: 机构}\ndate: 2025-01\ntemplate: plain\nparts: [trends/02-second.md]\n",
    );
    project.write(TREND, format!("---\ntitle: 第二章\n---\n\n{body}\n"));
    project
}

#[test]
fn a_word_wider_than_a_line_of_titles_is_smaller_or_parted() {
    for (word, template) in [
        ("Pneumonoultramicroscopicsilicovolcanoconiosis", "report"),
        ("Pneumonoultramicroscopicsilicovolcanoconiosis", "paper"),
        (&"Hochgeschwindigkeitszugverbindungen".repeat(3), "report"),
        (&"Hochgeschwindigkeitszugverbindungen".repeat(3), "paper"),
    ] {
        let project = Project::empty();
        project.write(
            "content/report.yaml",
            format!("title: {word}\npublisher: {{name: 院}}\ndate: 2026-01\ntemplate: {template}\nparts: [cover, contents, a.md]\n"),
        );
        project
            .write("content/a.md", format!("---\ntitle: {word}\nlayout: chapter\n---\n\n正文。\n"));
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(0), "{template}, {word}:\n{}", run.stderr);
        // In the list of contents, no title runs into a folio.
        let pages = File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages();
        let mut line: Vec<_> =
            pages[1].glyphs.iter().filter(|g| !g.text.trim().is_empty()).collect();
        line.sort_by(|a, b| (a.y.round(), a.x).partial_cmp(&(b.y.round(), b.x)).expect("numbers"));
        for pair in line.windows(2).filter(|pair| pair[0].y.round() == pair[1].y.round()) {
            let apart = pair[1].x - pair[0].x;
            assert!(apart > 0.15 * pair[0].size, "{template}: {} {}", pair[0].text, pair[1].text);
        }
    }
}

#[test]
fn a_template_that_forgets_lists_is_told_at_the_lists_line() {
    let body = "正文一段。\n\n- 甲项\n- 乙项\n\n正文二段[^1]。\n\n[^1]: 脚注。";
    let sound = plain(PLAIN, body);
    sound.run(&["render", "o.pdf"]).ok();
    let forgetful: Vec<&str> = PLAIN.lines().filter(|line| !line.contains("\"list\"")).collect();
    let project = plain(&forgetful.join("\n"), body);
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!((run.code, told(&run, TREND)), (Some(1), vec![7]), "{}", run.stderr);
    assert!(run.stderr.contains("the template does not print it"), "{}", run.stderr);
    assert!(!project.join("o.pdf").exists());
    // The last good output stays, and the checks say the same.
    let good = std::fs::read(sound.join("o.pdf")).expect("a report");
    sound.write("templates/plain/main.typ", forgetful.join("\n"));
    assert_eq!(sound.run(&["render", "o.pdf"]).code, Some(1));
    assert!(std::fs::read(sound.join("o.pdf")).expect("a report") == good, "it is replaced");
    assert_eq!(told(&sound.run(&["check"]), TREND), [7]);
    // Which is so for a single character, too.
    let project = plain(PLAIN, body);
    project.edit("templates/plain/main.typ", "{ run.v }", "{ run.v.replace(\"乙\", \"\") }");
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!((run.code, told(&run, TREND)), (Some(1), vec![8]), "{}", run.stderr);
}

#[test]
fn a_clip_and_a_text_that_is_printed_but_once_are_told() {
    let body = "正文一段。\n\n同一句话。\n\n同一句话。";
    let clipped = PLAIN.replace(
        "{ par(runs(it.body)) }",
        "{ block(width: 30pt, height: 12pt, clip: true, par(runs(it.body))) }",
    );
    let run = plain(&clipped, body).run(&["render", "o.pdf"]);
    assert_eq!((run.code, told(&run, TREND)), (Some(1), vec![5, 7, 9]), "{}", run.stderr);
    let once =
        PLAIN.replace("{ par(runs(it.body)) }", "{ if it.line != 9 { par(runs(it.body)) } }");
    let run = plain(&once, body).run(&["render", "o.pdf"]);
    assert_eq!((run.code, told(&run, TREND)), (Some(1), vec![9]), "{}", run.stderr);
    // What covers nothing of the text cuts nothing off.
    let roomy =
        PLAIN.replace("{ par(runs(it.body)) }", "{ block(clip: true, par(runs(it.body))) }");
    plain(&roomy, body).run(&["render", "o.pdf"]).ok();
}

#[test]
fn blank_pages_of_a_plain_template_are_told_but_where_a_side_may_ask_for_one() {
    let body = "正文一段。\n\n- 甲项\n\n正文二段。";
    let breaks = |count: usize| {
        let list = "{ pagebreak() * N; list(..it.items";
        PLAIN
            .replace("{ list(..it.items", list)
            .replace("pagebreak() * N", &vec!["pagebreak()"; count].join("; "))
    };
    plain(&breaks(1), body).run(&["render", "o.pdf"]).ok();
    plain(&breaks(2), body).run(&["render", "o.pdf"]).ok();
    let run = plain(&breaks(3), body).run(&["render", "o.pdf"]);
    assert_eq!((run.code, told(&run, TREND)), (Some(1), vec![7]), "{}", run.stderr);
    assert!(run.stderr.contains("pages 2 to 3 are blank: 2 pages"), "{}", run.stderr);
}

#[test]
fn sound_content_of_every_kind_passes() {
    let body = "开头一段，有**着重**、*强调*、`code`、H~2~O、10^29^、$x_i^2$、[文字]{.dots}、[链接](https://example.org/a/b)和“引号”，It’s so，还有脚注[^n]。\n\n## 小标题一\n\n1. 有序甲\n2. 有序乙\n\n- 无序丙\n\n  丙的第二段\n- 无序丁\n  - 里层\n\n> 引文一句。\n>\n> 引文又一句。\n\n### 小标题二\n\n| 列甲 | 列乙 |\n|---|--:|\n| 1 | 1 |\n| 1 | 12 |\n\n行末换行\\\n下一行。\n\n```\nfn main() {\n    a();\n}\n}\n```\n\nInternationalization and standardization of extraordinarily uncharacteristic incomprehensibilities, counterrevolutionaries notwithstanding, are straightforwardly hyphenated.\n\n[^n]: 脚注的文字。";
    let long = "这一段很长，会从一栏排到另一栏，从一页排到下一页，中间隔着页码和脚注。".repeat(60);
    let note = body.split("\n\n").last().expect("a note");
    for body in [body.to_owned(), format!("{long}另见[^n]。\n\n{long}\n\n{note}")] {
        let project = trend(&body);
        project.run(&["render", "o.pdf"]).ok();
        let check = project.run(&["check"]);
        assert!(RULES.iter().all(|rule| !check.stderr.contains(rule)), "{}", check.stderr);
    }
    let project = trend("");
    chart(&project, "bar", 12, |i| format!("省份{i},{i}"));
    project.run(&["render", "o.pdf"]).ok();
    chart(&project, "matrix", 12, |i| format!("省份{i},词{i}"));
    project.run(&["render", "o.pdf"]).ok();
}

#[test]
fn what_is_lost_cannot_be_switched_off() {
    let (body, items) = list(30);
    let project = trend(&format!("<!-- check off TP0501: 不相干 -->\n\n正文一段。\n\n{body}"));
    let settings = project.read("content/report.yaml");
    project.write("content/report.yaml", format!("{settings}\ncheck: {{TP0507: off}}\n"));
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("`TP0507` is always an error"), "{}", run.stderr);
    assert_eq!(items.len(), 30);
}

#[test]
fn a_picture_that_no_page_shows_is_told_at_its_line() {
    const SHOWN: &str = "image(it.path, width: 50%, alt: \"图\")";
    let heading = "  if it.block == \"heading\"";
    let figure = format!(
        "  if it.block == \"figure\" {{ {SHOWN}; par(runs(it.caption)); par(it.source) }}\n"
    );
    let template = PLAIN.replacen(heading, &format!("{figure}{heading}"), 1);
    let body = "正文一段。\n\n![题](figures/a.svg \"来源：源\")\n\n正文二段。";
    let with = |template: String| {
        let project = plain(&template, body);
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><rect width='40' height='20' fill='#123'/></svg>";
        project.write("content/figures/a.svg", drawing);
        project.run(&["render", "o.pdf"])
    };
    assert!(template.contains(SHOWN), "{template}");
    with(template.clone()).ok();
    for (instead, told) in [
        ("v(1cm)", "this picture is on no page"),
        ("image(it.path, height: 0.1pt, alt: \"图\")", "this picture cannot be seen on page"),
        (
            "place(dx: 900pt, image(it.path, width: 50%, alt: \"图\"))",
            "this picture cannot be seen on page",
        ),
        (
            "box(width: 6pt, height: 30pt, clip: true, image(it.path, width: 200pt, alt: \"图\"))",
            "this picture cannot be seen on page",
        ),
    ] {
        let run = with(template.replace(SHOWN, instead));
        assert_eq!(run.code, Some(1), "{instead}: {}", run.stderr);
        for part in ["TP0507", "02-second.md:7:", told] {
            assert!(run.stderr.contains(part), "{instead}: `{part}`: {}", run.stderr);
        }
    }
}

#[test]
fn a_text_that_others_have_parts_of_is_found() {
    let picture =
        |caption: &str, source: &str| format!("![{caption}](figures/mark.svg \"{source}\")\n\n");
    let table = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n";
    let bodies = [
        // A source of one character, and one that ends with it.
        picture("图题", "数据来源：院") + &picture("图题二", "来源 院"),
        picture("图题", "院") + &picture("图题二", "来源 院") + &picture("院", "图题"),
        // Numbers in cells, and in a heading that has its number typed.
        format!(
            "## 背景\n\n### 来由\n\n#### 细目\n\n##### （1）更细\n\n{}{}",
            picture("流程", "来源：甲").repeat(3),
            table.repeat(2)
        ),
        format!("{}正文1、2。\n\n- 1\n- 甲1\n- 1 2\n\n{}", table.repeat(3), picture("1 2", "甲 1")),
    ];
    for body in bodies {
        for settings in ["", "numbering: chinese\n"] {
            let project = trend(&format!("开头一段。\n\n{body}"));
            project.write("content/figures/mark.svg", MARK);
            let report = project.read("content/report.yaml") + settings;
            project.write("content/report.yaml", report);
            let run = project.run(&["render", "o.pdf"]);
            assert_eq!(run.code, Some(0), "{body}{settings}:\n{}", run.stderr);
        }
    }
}

#[test]
fn a_sentence_that_a_column_parts_leaves_a_cell_its_words() {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        "title: 测试\npublisher: {name: 院}\ndate: 2026-01\ntemplate: paper\ncolumns: 2\nparts: [chapters/*.md]\n",
    );
    // Somewhere on the way, the column ends within the first letters of the sentence, behind a note.
    for n in 0..66 {
        let (before, behind) = ("文".repeat(220 + n % 22), "末".repeat(40 + n / 22 * 22));
        let sentence = "就业形势较好，新增岗位逐月回升，与上年持平，各行业之间差别不大，服务业增长较快，制造业略有回落，建筑业与上季度相同，其余行业变化很小";
        let table = "| 项目 | 说明 |\n|---|---|\n| 一 | 就业形势较好， |";
        let body = format!(
            "先有一条注。[^b]\n\n{before}。[^a]{sentence}{behind}。\n\n{table}\n\n[^a]: 注一。\n[^b]: 注二。\n"
        );
        project.write(
            &format!("content/chapters/{n:02}.md"),
            format!("---\ntitle: 章\n---\n\n{body}"),
        );
    }
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

/// A picture.
const MARK: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#555"/></svg>"##;
