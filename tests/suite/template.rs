//! Tests of what a template declares in its `template.yaml`, with templates of the tests' own.

use crate::project::{Project, copy, repository};
use testkit::pdf::File;

/// A template that prints what it is given: on the first page labels, the title above the
/// references, motifs; on the next one all words, for nothing may be lost.
const MAIN: &str = r#"
#let data = json("/data/report.json")
#let mm(side) = side.first() * 1mm
#set page(width: mm(data.trim.at(0)), height: mm(data.trim.at(1)))
#set document(title: data.title, date: datetime(year: data.date.at(0), month: 1, day: 1))
#set text(font: "Report Serif SC", lang: data.lang)
#for path in data.parts {
  let part = json(path)
  if part.layout == "trend" [#data.label / #data.running-label / #part.motif #parbreak()]
  if part.layout == "references" [#part.title / #part.entries.first().number]
}
#pagebreak()
#let said(value) = if type(value) == str { value } else if type(value) == array {
  value.map(said).join()
} else if type(value) == dictionary {
  for key in ("title", "caption", "source", "labels", "v", "body", "items", "blocks", "entries") {
    said(value.at(key, default: none))
  }
}
#for path in data.parts { said(json(path)) }
"#;

const DECLARATION: &str = r#"
defaults:
  trim: [170mm, 240mm]
  label: {zh: "第{一}章", en: "Chapter {1}"}
  running-label: Part {1}
  references: {style: mine, title: 书目}
motifs:
  wave: A wave.
  knot: A knot.
"#;

/// A report of one trend, which names a motif, set by a template of its own.
fn project(settings: &str, declaration: Option<&str>) -> Project {
    let project = Project::of(&repository().join("tests/bad/_base"));
    project.write(
        "content/report.yaml",
        format!(
            "title: 试验\npublisher: {{name: 试验出版社}}\ndate: 2025-01\ntemplate: mine\n\
             parts: [trends/*.md, references]\n{settings}\n"
        ),
    );
    if declaration.is_some() {
        project.edit(
            "content/trends/01-a.md",
            "title: 第一个趋势",
            "title: 第一个趋势\nmotif: knot",
        );
    }
    project.write("templates/mine/main.typ", MAIN);
    let style =
        std::fs::read(repository().join("templates/report/styles/report.csl")).expect("a style");
    for name in ["mine", "report"] {
        project.write(&format!("templates/mine/styles/{name}.csl"), &style);
    }
    if let Some(declaration) = declaration {
        project.write("templates/mine/template.yaml", declaration);
    }
    project
}

const REFERENCES: &str = "references: {file: references.yaml}";

/// The text of the first page, and its size in whole millimetres.
fn page(project: &Project) -> (String, [i64; 2]) {
    project.run(&["render", "out.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("out.pdf")).expect("a file"));
    let page = &file.pages()[0];
    let text = page.text().replace([' ', '\n'], "");
    let (width, height) = page.size;
    (text, [width, height].map(|side| (side * 25.4 / 72.0).round() as i64))
}

#[test]
fn what_a_template_declares_stands_where_the_author_says_nothing() {
    let (text, size) = page(&project(REFERENCES, Some(DECLARATION)));
    assert_eq!(text, "第{一}章/Part{1}/knot书目/[1]");
    assert_eq!(size, [170, 240]);
    // Words go by the report's language.
    let (text, _) = page(&project(&format!("{REFERENCES}\nlang: en"), Some(DECLARATION)));
    assert!(text.starts_with("Chapter{1}/Part{1}/"), "{text}");
}

#[test]
fn what_the_author_says_comes_before_what_the_template_declares() {
    let settings = "trim: [200mm, 240mm]\nlabel: 之{1}\n\
                    references: {file: references.yaml, title: 文献, style: report}";
    let project = project(settings, Some(DECLARATION));
    // No default is looked at that is not needed.
    std::fs::remove_file(project.join("templates/mine/styles/mine.csl")).expect("a style");
    let (text, size) = page(&project);
    assert_eq!(text, "之{1}/Part{1}/knot文献/[1]");
    assert_eq!(size, [200, 240]);
}

#[test]
fn a_template_that_declares_nothing_has_neutral_defaults() {
    for declaration in [None, Some("motifs: {knot: A knot.}")] {
        for (lang, title) in [("zh-CN", "参考文献"), ("zh-TW", "參考文獻"), ("de", "References")]
        {
            let project = project(&format!("{REFERENCES}\nlang: {lang}"), declaration);
            let (text, size) = page(&project);
            let motif = if declaration.is_some() { "knot" } else { "" };
            assert_eq!(text, format!("{{1}}/{{1}}/{motif}{title}/[1]"));
            assert_eq!(size, [210, 297]);
        }
    }
}

#[test]
fn a_declared_character_that_no_font_has_is_told_where_it_is_declared() {
    let declaration = DECLARATION.replace("Part {1}", "\u{10A60}{1}");
    let project = project(REFERENCES, Some(&declaration));
    let run = project.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("templates/mine/template.yaml:5:18"), "{}", run.stderr);
}

#[test]
fn an_editor_is_offered_what_the_projects_template_declares() {
    let project = project(REFERENCES, Some(DECLARATION));
    let schema = |name: &str| -> serde_json::Value {
        serde_json::from_str(&project.run(&["schema", name]).ok().stdout).expect("JSON")
    };
    let (report, trend) = (schema("report"), schema("trend"));
    assert_eq!(report["properties"]["trim"]["default"], serde_json::json!(["170mm", "240mm"]));
    assert_eq!(report["properties"]["label"]["default"], "第{一}章");
    assert_eq!(report["$defs"]["ReferencesConfig"]["properties"]["title"]["default"], "书目");
    let motifs = serde_json::json!([
        { "const": "wave", "type": "string", "description": "A wave." },
        { "const": "knot", "type": "string", "description": "A knot." },
    ]);
    assert_eq!(trend["$defs"]["Motif"]["oneOf"], motifs);
    assert_eq!(trend["properties"]["motif"]["anyOf"][0]["$ref"], "#/$defs/Motif");
    // A template's fault is told, rather than a schema without its motifs.
    project.edit("templates/mine/template.yaml", "motifs:", "motives:");
    let run = project.run(&["schema", "trend"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("templates/mine/template.yaml:7:1"), "{}", run.stderr);
    // So is the project, wherever the program runs.
    let elsewhere = Project::empty();
    let path = project.path().to_str().expect("a path");
    assert_eq!(elsewhere.run(&["schema", "trend", "--project", path]).code, Some(1));
    assert!(elsewhere.run(&["schema", "trend"]).ok().stdout.contains("\"orbit\""));
}

#[test]
fn a_bundle_has_the_declaration_and_the_stock_compiler_does_not_mind() {
    let project = Project::starter();
    copy(&repository().join("templates"), &project.join("templates"));
    project.edit("templates/report/template.yaml", "趋势{一}", "第{一}势");
    project.edit("content/report.yaml", "label: 趋势{一} ", "# ");
    project.run(&["data", "out"]).ok();
    assert!(project.read("out/templates/report/template.yaml").contains("第{一}势"));
    assert!(project.read("out/data/report.json").contains("第{一}势"));
}
