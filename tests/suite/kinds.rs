//! Tests of the kinds of parts: what stands over each and in the contents, names of files, several
//! files as one part, what a template can hold.

use crate::project::Project;
use testkit::pdf::File;

/// A project with these settings and files; a file without front matter gets a title of its name.
pub(crate) fn project(settings: &str, files: &[(&str, &str)]) -> Project {
    let project = Project::empty();
    let base = "publisher: {name: 试验出版社}\ndate: 2025-03\n";
    let title = if settings.contains("title:") { "" } else { "title: 试验报告\n" };
    project.write("content/report.yaml", format!("{title}{base}{settings}\n"));
    for (path, text) in files {
        let body = "正文写在这里，说明一件事情。";
        let text = match text.split_once('\n') {
            _ if text.starts_with("---") || text.starts_with('#') => (*text).to_owned(),
            Some((title, rest)) => format!("---\ntitle: {title}\n{rest}"),
            None => format!("---\ntitle: {text}\n---\n\n{body}\n"),
        };
        project.write(&format!("content/{path}"), text);
    }
    project
}

pub(crate) fn render(project: &Project) -> File {
    let run = project.run(&["render", "out.pdf"]).ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    File::open(std::fs::read(project.join("out.pdf")).expect("a file"))
}

/// The text of each page, without spaces.
pub(crate) fn texts(file: &File) -> Vec<String> {
    let bare =
        |text: String| text.replace([' ', '　', '\u{2002}', '\u{2060}', '\u{200b}', '\n'], "");
    file.pages().iter().map(|page| bare(page.text())).collect()
}

/// Where each of these words stands in a text, which must have all of them in this order.
pub(crate) fn in_order(text: &str, words: &[&str]) {
    let mut at = 0;
    for word in words {
        let found = text[at..].find(word);
        assert!(found.is_some(), "`{word}` is not behind `{}`: {text}", &text[..at]);
        at += found.unwrap_or(0) + word.len();
    }
}

/// A white paper with every kind that has text.
const WHOLE: [(&str, &str); 10] = [
    (
        "imprint.md",
        "版权声明\nentries:\n  - {label: 编号, value: SY-2025-11}\n---\n\n转载须注明来源。\n",
    ),
    ("foreword.md", "写在前面"),
    ("summary.md", "内容提要"),
    ("divider-1.md", "现状\n---\n"),
    ("chapters/01-a.md", "水从哪里来"),
    ("chapters/02-b.md", "水到哪里去"),
    ("divider-2.md", "展望"),
    ("chapters/03-c.md", "明天的水"),
    ("glossary.md", "名词解释"),
    ("appendix-a.md", "调查方法"),
];

const PARTS: &str = "parts: [cover, imprint.md, foreword.md, summary.md, contents, divider-1.md, \
                     chapters/01-a.md, chapters/02-b.md, divider-2.md, chapters/03-c.md, \
                     glossary.md, appendix-a.md, back-cover]";

#[test]
fn each_kind_has_what_belongs_over_it_and_its_place_in_the_contents() {
    let file = render(&project(PARTS, &WHOLE));
    let pages = texts(&file);
    in_order(
        &pages[4],
        &[
            "目录",
            "内容提要",
            "p04",
            "第一篇",
            "现状",
            "p06",
            "第一章",
            "水从哪里来",
            "p07",
            "第二章",
            "水到哪里去",
            "p08",
            "第二篇",
            "展望",
            "p09",
            "第三章",
            "明天的水",
            "p10",
            "名词解释",
            "p11",
            "附录A",
            "调查方法",
            "p12",
        ],
    );
    assert!(!pages[4].contains("版权声明") && !pages[4].contains("写在前面"), "{}", pages[4]);
    for (page, text) in [
        (2, "版权声明转载须注明来源。编号SY-2025-11"),
        (6, "第一篇现状"),
        (7, "第一章水从哪里来"),
        (10, "第三章明天的水"),
        (12, "附录A调查方法"),
    ] {
        in_order(&pages[page - 1], &[text]);
    }
    for (page, title) in [(4, "内容提要"), (11, "名词解释")] {
        assert!(pages[page - 1].starts_with(title), "{}", pages[page - 1]);
    }
    let foreword: Vec<_> = pages.iter().filter(|text| text.contains("Foreword")).collect();
    assert_eq!(foreword.len(), 1, "only a preface is one");
    let bookmarks: Vec<_> = file.bookmarks().into_iter().map(|mark| mark.title).collect();
    assert_eq!(
        bookmarks,
        [
            "版权声明",
            "写在前面",
            "内容提要",
            "目录",
            "第一篇　现状",
            "第一章　水从哪里来",
            "第二章　水到哪里去",
            "第二篇　展望",
            "第三章　明天的水",
            "名词解释",
            "附录A　调查方法",
        ]
    );
    assert_eq!(file.labels()[6], "p07");
}

#[test]
fn labels_follow_the_language_the_numbering_and_the_author() {
    for (settings, labels) in [
        ("lang: zh-TW", ["第一篇", "第一章", "附錄A"]),
        ("lang: en", ["Part1", "Chapter1", "AppendixA"]),
        ("numbering: decimal", ["第1篇", "第1章", "附录A"]),
        ("numbering: decimal\nlabels: {chapter: \"第{一}章\"}", ["第1篇", "第一章", "附录A"]),
        (
            "labels: {chapter: \"{1}\", divider: \"卷{A}\", appendix: \"附录{一}\"}",
            ["卷A现状", "1水从哪里来", "附录一"],
        ),
    ] {
        let pages = texts(&render(&project(&format!("{PARTS}\n{settings}"), &WHOLE)));
        for (page, label) in [6, 7, 12].into_iter().zip(labels) {
            assert!(pages[page - 1].starts_with(label), "{settings}: {}", pages[page - 1]);
        }
    }
    let run = project(&format!("{PARTS}\nlabels: {{appendix: 附录}}"), &WHOLE).run(&["check"]);
    assert!(run.stderr.contains("warning[TP0004]"), "{}", run.stderr);
    assert!(run.stderr.contains("content/report.yaml:5:20"), "{}", run.stderr);
}

#[test]
fn a_part_may_go_without_number_and_be_in_the_contents_or_not() {
    let files = [
        ("chapters/00-start.md", "引子\nnumbered: false\n---\n\n正文。\n"),
        ("chapters/01-first.md", "头一章"),
        ("chapters/02-hidden.md", "不列的一章\ncontents: false\n---\n\n正文。\n"),
        ("chapters/03-last.md", "末一章"),
        ("foreword.md", "要列的前言\ncontents: true\n---\n\n正文。\n"),
        ("trends/x.md", "没有编号的趋势\nnumbered: false\n---\n\n正文。\n"),
    ];
    let settings = "parts: [foreword.md, contents, chapters/*.md, trends/*.md]";
    let file = render(&project(settings, &files));
    let pages = texts(&file);
    in_order(
        &pages[1],
        &["要列的前言", "引子", "第一章", "头一章", "第三章", "末一章", "没有编号的趋势"],
    );
    assert!(!pages[1].contains("不列") && !pages[1].contains("第二章"), "{}", pages[1]);
    assert!(pages[2].starts_with("引子") && pages[4].starts_with("第二章不列的一章"), "{pages:?}");
    assert!(pages[6].starts_with("没有编号的趋势"), "{}", pages[6]);

    let wrong = ("summary.md", "提要\nnumbered: true\n---\n\n正文。\n");
    let project = project("parts: [summary.md]", &[wrong]);
    let run = project.run(&["render", "out.pdf"]);
    assert!(run.stderr.contains("content/summary.md:3:11"), "{}", run.stderr);
    project.edit("content/summary.md", "numbered: true", "layout: chapter");
    in_order(&texts(&render(&project))[0], &["第一章提要"]);
}

#[test]
fn names_of_files_say_the_kind_unless_the_front_matter_does() {
    let files = [
        ("01-executive-summary.md", "摘要一则"),
        ("methods.md", "方法\nlayout: appendix\n---\n\n正文。\n"),
        ("appendices/data.md", "数据"),
        ("appendices/preface.md", "后来的序"),
        ("2025-review.md", "回顾"),
    ];
    let settings = "parts: [01-executive-summary.md, methods.md, appendices/*.md, 2025-review.md]";
    let pages = texts(&render(&project(settings, &files)));
    assert!(pages[0].starts_with("摘要一则"), "{pages:?}");
    assert!(pages[1].starts_with("附录A方法"), "{pages:?}");
    assert!(pages[2].starts_with("附录B数据"), "{pages:?}");
    in_order(&pages[3], &["Foreword"]);
    in_order(&pages[4], &["趋势一"]);
}

#[test]
fn a_long_part_says_in_its_heads_what_it_is() {
    let body = "这一段讲到水的来历与去向，也讲到人们怎样用它。".repeat(120);
    let text = format!("很长很长的一章的标题\nshort-title: 短标题\n---\n\n{body}\n");
    let files = [("chapters/a.md", &*text), ("appendix-a.md", &*text)];
    let pages = texts(&render(&project("parts: [chapters/a.md, appendix-a.md]", &files)));
    assert!(pages.len() > 3, "{}", pages.len());
    in_order(&pages[1], &["第一章", "短标题"]);
    let last = pages.last().expect("a page");
    assert!(last.contains("附录A") && last.contains("短标题"), "{last}");
}

#[test]
fn a_folder_is_one_part_of_several_files() {
    let long = "第二份文件里的一段话，写得AI长些，好让它占满Transformer一行又一行。".repeat(6);
    let second = format!("## 后文\n\n{long}\n\n### 更细\n\n见[^no]。\n");
    let files = [
        ("chapters/01-funding/index.md", "资金\n---\n\n开头。\n\n## 前文\n\n一段。\n"),
        ("chapters/01-funding/b-second.md", &*second),
        ("chapters/01-funding/a/index.md", "## 夹在中间\n\n又一段[^1]。\n\n[^1]: 注。\n"),
        ("chapters/02-next.md", "下一章"),
    ];
    let settings = "numbering: decimal\nparts: [contents, chapters/*]\ncontents: {depth: 3}";
    let project = project(settings, &files);
    // A fault is told at its own file's line.
    let run = project.run(&["render", "out.pdf"]);
    assert!(run.stderr.contains("content/chapters/01-funding/b-second.md:7:2"), "{}", run.stderr);
    project.edit("content/chapters/01-funding/b-second.md", "见[^no]。", "见下。");
    project.run(&["render", "out.pdf", "--report", "layout.json"]).ok();
    let file = File::open(std::fs::read(project.join("out.pdf")).expect("a file"));
    let pages = texts(&file);
    in_order(
        &pages[0],
        &["第1章", "资金", "1.1前文", "1.2夹在中间", "1.3后文", "1.3.1更细", "第2章", "下一章"],
    );
    let marks = file.bookmarks();
    let depth =
        |title: &str| marks.iter().find(|mark| mark.title.contains(title)).map(|mark| mark.depth);
    assert_eq!((depth("前文"), depth("后文"), depth("更细")), (Some(1), Some(1), Some(2)));
    // So are lines of the pages.
    let layout: serde_json::Value =
        serde_json::from_str(&project.read("layout.json")).expect("JSON");
    let worst = layout["worst"].as_array().expect("lines");
    assert!(!worst.is_empty());
    for line in worst {
        assert_eq!(line["file"], "content/chapters/01-funding/b-second.md", "{line}");
        assert_eq!(line["line"], 3, "{line}");
    }
    let run = project.run(&["check"]);
    assert!(!run.stderr.contains("does not use"), "{}", run.stderr);
}

#[test]
fn lost_text_is_told_in_the_file_that_has_it() {
    let files = [
        ("story/index.md", "两份\n---\n\n印出来的话。\n"),
        ("story/more.md", "## 没有印的标题\n\n没有印的话。\n"),
    ];
    let project = project("template: mine\nparts: [story]", &files);
    project.write(
        "templates/mine/main.typ",
        "#let data = json(\"/data/report.json\")\n#set document(title: data.title, date: datetime(year: 2025, month: 1, day: 1))\n\
         #set text(font: \"Report Serif SC\")\n#for path in data.parts { let part = json(path)\n\
         [#part.title\n\n#part.blocks.first().body.first().v] }\n",
    );
    let run = project.run(&["render", "out.pdf"]);
    for place in ["content/story/more.md:1:1", "content/story/more.md:3:1"] {
        assert!(run.stderr.contains(place), "{}", run.stderr);
    }
    assert!(!run.stderr.contains("index.md"), "{}", run.stderr);
}

#[test]
fn folders_nest_and_files_of_one_name_are_told_apart() {
    let files = [
        ("book/1/intro.md", "甲篇引言"),
        ("book/1/main.md", "甲篇正文"),
        ("book/2/intro.md", "乙篇引言"),
        ("book/2/deep/er/intro.md", "丙篇引言"),
        ("book/.hidden/x.md", "看不见"),
    ];
    for (pattern, titles) in [
        ("book/*/*.md", &["甲篇引言", "甲篇正文", "乙篇引言"][..]),
        ("book/**/*.md", &["甲篇引言", "甲篇正文", "丙篇引言", "乙篇引言"]),
        ("book/**/intro.md", &["甲篇引言", "丙篇引言", "乙篇引言"]),
        ("book/2/*.md", &["乙篇引言"]),
        ("book/2/**", &["丙篇引言", "乙篇引言"]),
    ] {
        let pages = texts(&render(&project(&format!("parts: [{pattern}]"), &files)));
        assert_eq!(pages.len(), titles.len(), "{pattern}: {pages:?}");
        for (page, title) in pages.iter().zip(titles) {
            assert!(page.contains(title), "{pattern}: {page}");
        }
    }
    let run = project("parts: [book/*/none.md]", &files).run(&["render", "out.pdf"]);
    assert!(run.stderr.contains("matches no file"), "{}", run.stderr);
}

#[test]
fn a_folder_without_its_first_file_is_refused_and_both_ways_out_work() {
    let project = project("parts: [notes]", &[("notes/a.md", "甲"), ("notes/b.md", "乙")]);
    let run = project.run(&["render", "out.pdf"]);
    for part in ["content/report.yaml:4:9", "has no `index.md`", "list `notes/*.md`"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    project.edit("content/report.yaml", "[notes]", "[notes/*.md]");
    assert_eq!(render(&project).pages().len(), 2);
    // The other one: front matter once.
    project.edit("content/report.yaml", "[notes/*.md]", "[notes/]");
    project.write("content/notes/index.md", "---\ntitle: 合为一章\n---\n\n开头。\n");
    let run = project.run(&["render", "out.pdf"]);
    for file in ["a", "b"] {
        assert!(run.stderr.contains(&format!("content/notes/{file}.md:1:1")), "{}", run.stderr);
    }
    project.write("content/notes/a.md", "甲的正文。\n");
    project.write("content/notes/b.md", "乙的正文。\n");
    let pages = texts(&render(&project));
    assert_eq!(pages.len(), 1);
    in_order(&pages[0], &["合为一章", "开头。", "甲的正文。", "乙的正文。"]);
}

const HOLDER: &str = r#"
#let data = json("/data/report.json")
#set document(title: data.title, date: datetime(year: 2025, month: 1, day: 1))
#set text(font: "Report Serif SC")
#let said(value) = if type(value) == str { value } else if type(value) == array {
  value.map(said).join()
} else if type(value) == dictionary {
  for key in ("label", "title", "v", "body", "items", "blocks") { said(value.at(key, default: none)) }
}
#for path in data.parts { let part = json(path)
  page(if part.layout == "cover" { data.title } else { said(part) }) }
"#;

#[test]
fn what_a_template_cannot_hold_is_told_where_it_is_listed() {
    let files = [("a.md", "甲\nlayout: appendix\n---\n\n正文。\n"), ("glossary.md", "词")];
    let project = project("template: mine\nparts:\n  - a.md\n  - glossary.md\n  - cover", &files);
    project.write("templates/mine/main.typ", HOLDER);
    let run = project.run(&["check"]);
    for part in [
        "content/report.yaml:6:5",
        "content/report.yaml:7:5",
        "cannot hold `a.md`, a part of the kind `appendix`",
        "one of `trend`, `foreword`, `insert`, `colophon`",
    ] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    assert!(!run.stderr.contains("report.yaml:8"), "a cover was always there: {}", run.stderr);
    // The author's way out, and the designer's.
    project.edit("content/a.md", "layout: appendix", "layout: foreword");
    project.write("templates/mine/template.yaml", "parts: [foreword, glossary]\n");
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("cannot hold the part `cover`"), "{}", run.stderr);
    assert!(!run.stderr.contains("a.md"), "{}", run.stderr);
    project.write("templates/mine/template.yaml", "parts: [foreword, glossary, cover]\n");
    project.run(&["render", "out.pdf"]).ok();
    // A template whose middle is of chapters needs no `layout` for them.
    project.edit("content/a.md", "layout: foreword\n", "");
    project.write("templates/mine/template.yaml", "parts: [chapter, glossary, cover]\n");
    in_order(&texts(&render(&project))[0], &["第一章甲"]);
    // Nor can a template name a kind that there is not.
    project.write("templates/mine/template.yaml", "parts: [chaptre]\n");
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("did you mean `chapter`?"), "{}", run.stderr);
}

#[test]
fn a_kind_that_is_written_is_no_part_by_its_name() {
    let project = project("parts: [summary]", &[("summary.md", "提要")]);
    let run = project.run(&["render", "out.pdf"]);
    assert!(run.stderr.contains("list a Markdown file such as `summary.md`"), "{}", run.stderr);
    project.edit("content/report.yaml", "[summary]", "[summary.md]");
    render(&project);
    project.edit("content/summary.md", "title: 提要", "title: 提要\nlayout: contents");
    let run = project.run(&["render", "out.pdf"]);
    assert!(run.stderr.contains("`layout` cannot be `contents`"), "{}", run.stderr);
}

#[test]
fn the_cover_shows_the_year_of_the_title_or_none() {
    for (title, year) in [
        ("示例能源2024年报告", Some("2024")),
        ("2026 水资源十问", Some("2026")),
        ("Water Review 2019", Some("2019")),
        ("水资源白皮书", None),
        ("规划纲要（2021—2030年）", None),
        ("2000家企业的选择", None),
    ] {
        let project = project(&format!("title: {title}\nparts: [cover, a.md]"), &[("a.md", "甲")]);
        let cover = &render(&project).pages()[0];
        let large: String =
            cover.glyphs.iter().filter(|g| g.size > 100.0).map(|g| g.text.as_str()).collect();
        assert_eq!(large, year.unwrap_or_default(), "{title}");
        let text = cover.text().replace([' ', '\u{2060}'], "");
        assert!(text.contains(&title.replace(' ', "")), "{title}: {text}");
        assert!(text.contains("2025.03"), "the date stays: {text}");
    }
}
