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
  if value.at("block", default: none) == "figure" { image(value.path, alt: "图", height: 20mm) }
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
        std::fs::read(repository().join("templates/kit/styles/report.csl")).expect("a style");
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

/// A file of a template that the README of templates shows, by the words before it.
fn shown(before: &str) -> String {
    let text = std::fs::read_to_string(repository().join("templates/README.md")).expect("a README");
    let rest = text.split_once(before).unwrap_or_else(|| panic!("{before}")).1;
    let code = rest.split("```").nth(1).and_then(|code| code.split_once('\n'));
    code.expect("a file").1.to_owned()
}

/// A trend of so many paragraphs and pages, with key points and a heading.
fn trend(title: &str, pages: usize, paragraphs: usize, figure: &str) -> String {
    let said = [
        "段落之间空一行就是新的一段，行首不用空格，程序会自动缩进两个字。",
        "想强调一个词可以加粗，想补充一句可以写脚注，排版时它会回到该在的那一页。",
        "正文分成几栏由报告决定，各栏末尾排齐，图的高矮也随之调整。",
        "编辑可以一直改到付印前的最后一小时，而不必担心版面会乱。",
    ];
    let mut out = format!(
        "---\ntitle: {title}\npages: {pages}\n---\n\n- 要点一说一件事。\n- 要点二说得完整。\n\n"
    );
    for at in 0..paragraphs {
        if at == paragraphs / 3 {
            out.push_str(figure);
        }
        if at == paragraphs / 2 {
            out.push_str("## 小标题\n\n");
        }
        let text: String = (0..3 + at % 4).map(|next| said[(at + next) % 4]).collect();
        out.push_str(&format!("第{}段。{text}\n\n", at + 1));
    }
    out
}

#[test]
fn the_template_of_the_readme_has_its_parts_fitted() {
    let project = Project::of(&repository().join("tests/bad/_base"));
    std::fs::remove_dir_all(project.join("content")).expect("a folder");
    project.write(
        "content/report.yaml",
        "title: 试验\npublisher: {name: 试验出版社}\ndate: 2025-01\ntemplate: mine\n\
         parts: [trends/*.md]\n",
    );
    let drawing = repository().join("src/reading/starter/report-zh/content/figures/flow.svg");
    project.write("content/figures/flow.svg", std::fs::read(drawing).expect("a drawing"));
    let figure = "![图题说出结论](figures/flow.svg \"来源：编者绘制\")\n\n";
    project.write("content/trends/01-a.md", trend("紧的一章", 2, 24, figure));
    project.write("content/trends/02-b.md", trend("松的一章", 1, 10, ""));
    project.write("templates/mine/main.typ", shown("whatever else an author writes"));

    // Set as the template has it, the first part takes a page too many.
    project.run(&["render", "own.pdf", "--fit", "off"]).ok();
    let own = File::open(std::fs::read(project.join("own.pdf")).expect("a file"));
    assert_eq!(own.pages().len(), 4);
    // Nothing is lost, and both meet their budgets, or this would fail.
    let run = project.run(&["render", "out.pdf", "--fit", "strict"]).ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let file = File::open(std::fs::read(project.join("out.pdf")).expect("a file"));
    assert_eq!(file.pages().len(), 3);
    // Columns end level where a part ends, a line apart at most.
    for page in &file.pages()[1..] {
        let middle = page.size.0 / 2.0;
        let end = |right: bool| {
            let column = page.glyphs.iter().filter(|glyph| (glyph.x > middle) == right);
            column.map(|glyph| glyph.y).fold(0.0, f64::max)
        };
        let apart = (end(false) - end(true)).abs();
        assert!(apart < 17.0, "{apart} pt apart");
    }
    // The stock compiler is given the plans.
    project.run(&["data", "stock"]).ok();
    let plan = |id: &str| -> serde_json::Value {
        serde_json::from_str(&project.read(&format!("stock/data/plans/{id}.json"))).expect("JSON")
    };
    let (tight, loose) = (plan("01-a"), plan("02-b"));
    assert!(tight["lines"].as_u64() > loose["lines"].as_u64(), "{tight} {loose}");
    assert_eq!(loose["gap"], 2);
    assert!(loose["things"]["foot"]["above"].as_f64() > Some(16.0), "{loose}");
    let flow = std::fs::read(repository().join("templates/flow.typ")).expect("a file");
    assert_eq!(std::fs::read(project.join("stock/templates/flow.typ")).expect("a file"), flow);
}

#[test]
fn the_template_of_the_readme_that_stands_on_the_kit_has_all_of_it() {
    let project = Project::empty();
    trendpress::reading::starter::Starter::of("paper", "zh")
        .expect("a starter")
        .write(project.path())
        .expect("a report");
    project.edit("content/report.yaml", "template: paper", "template: mine");
    project.edit(
        "content/report.yaml",
        "parts: [cover,",
        "parts: [cover, list-of-figures, list-of-tables, insert.md,",
    );
    let insert = repository().join("src/reading/starter/report-zh/content/insert.md");
    project.write("content/insert.md", std::fs::read(insert).expect("a part"));
    let files = [("theme.typ", "**The theme**"), ("main.typ", "**The composition**")];
    for (file, before) in files {
        let text = shown(before);
        assert!(text.lines().count() <= 60, "{file}");
        project.write(&format!("templates/mine/{file}"), text);
    }
    project.write("templates/mine/template.yaml", shown("**What it declares**"));
    // Nothing is lost, on the screen and in print.
    for profile in ["screen", "press"] {
        project.run(&["render", "out.pdf", "--profile", profile]).ok();
    }
    let pages = File::open(std::fs::read(project.join("out.pdf")).expect("a file")).pages();
    let text: String = pages.iter().map(|page| page.text()).collect();
    for word in ["表1-1", "图1-1", "专栏1-1", "1.1", "附录A", "[1]", "索引", "图目录"] {
        assert!(text.replace(' ', "").contains(word), "{word}");
    }
    // What the theme leaves out is the kit's; what is made of its tokens follows them.
    project.edit(
        "templates/mine/theme.typ",
        "accent: (\"#A3263F\", (20, 95, 65, 15))",
        "accent: (\"#123456\", (1, 2, 3, 4))",
    );
    project.run(&["render", "other.pdf", "--profile", "press"]).ok();
    // The number before a chart's title has it, and so have its bars, which are in the kit.
    let inked = |name: &str| {
        let pages = File::open(std::fs::read(project.join(name)).expect("a file")).pages();
        let same = |inks: [f64; 4]| {
            inks.iter().zip([0.01, 0.02, 0.03, 0.04]).all(|(a, b)| (a - b).abs() < 0.004)
        };
        pages.iter().flat_map(|page| &page.glyphs).any(|glyph| glyph.inks.is_some_and(same))
    };
    assert!(!inked("out.pdf") && inked("other.pdf"));
    // Without a theme, all of it is the kit's.
    std::fs::remove_file(project.join("templates/mine/theme.typ")).expect("the theme");
    project.run(&["render", "other.pdf", "--profile", "press"]).ok();
    assert!(!inked("other.pdf"));
}

#[test]
fn a_project_may_have_a_file_of_its_own_in_the_place_of_the_kits() {
    let project = Project::starter();
    let words =
        std::fs::read_to_string(repository().join("templates/kit/words.typ")).expect("words");
    project.write("templates/kit/words.typ", words.replace("figure: \"图\"", "figure: \"插图\""));
    project.run(&["render", "out.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("out.pdf")).expect("a file")).pages();
    assert!(pages.iter().any(|page| page.text().replace(' ', "").contains("插图1")));
    // It goes to the stock compiler, and it is no template.
    project.run(&["data", "stock"]).ok();
    assert!(project.read("stock/templates/kit/words.typ").contains("插图"));
    assert!(project.join("stock/templates/kit/figures.typ").is_file());
    project.edit("content/report.yaml", "template: report", "template: kit");
    let run = project.run(&["render", "out.pdf"]);
    assert!(run.stderr.contains("there is no template `kit`"), "{}", run.stderr);
}

/// The links within a file: what each is called, the page it leads to, and the height on it, in
/// points from its lower edge.
fn leads(bytes: &[u8]) -> Vec<(String, u32, f32)> {
    let file = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages = file.get_pages();
    let link = |object: &lopdf::Object| {
        let dict = object.as_dict().ok()?;
        let place = file.dereference(dict.get(b"Dest").ok()?).ok()?.1.as_array().ok()?;
        let page = pages.iter().find(|(_, id)| Some(**id) == place[0].as_reference().ok())?.0;
        let called = lopdf::decode_text_string(dict.get(b"Contents").ok()?).expect("text");
        Some((called, *page, place[3].as_float().expect("a height")))
    };
    file.objects.values().filter_map(link).collect()
}

#[test]
fn links_by_name_lead_to_their_places_in_ours_and_in_the_stock_compilers() {
    let project = project(REFERENCES, None);
    project.write(
        "templates/mine/main.typ",
        format!(
            "#import \"/templates/flow.typ\": link-to, target\n{MAIN}\n\
             #link-to(\"第一处\")[往前] #pagebreak() 页首 #v(100pt) #block[#target(\"第一处\")目的地]"
        ),
    );
    project.run(&["render", "out.pdf"]).ok();
    let ours = leads(&std::fs::read(project.join("out.pdf")).expect("a file"));
    assert_eq!(ours.len(), 1, "{ours:?}");
    let (called, page, height) = &ours[0];
    assert_eq!((called.as_str(), *page), ("第一处", 3));
    // On A4, below 100 pt of space and a line; links lead a little above their place.
    let from_head = 841.9 - f64::from(*height);
    assert!((150.0..220.0).contains(&from_head), "{from_head}");
    project.run(&["data", "data"]).ok();
    let places = std::fs::read_to_string(project.join("data/data/places.json")).expect("places");
    let places: serde_json::Value = serde_json::from_str(&places).expect("JSON");
    assert_eq!(places["第一处"]["page"], 3);
    let down = places["第一处"]["y"].as_f64().expect("a length");
    assert!((from_head - down).abs() < 11.0, "{from_head} {down}");
}

#[test]
fn a_link_whose_name_has_no_place_is_told() {
    let project = project(REFERENCES, None);
    project.write(
        "templates/mine/main.typ",
        format!("#import \"/templates/flow.typ\": link-to\n{MAIN}\n#link-to(\"某处\")[往前]"),
    );
    let run = project.run(&["render", "out.pdf"]).ok();
    assert!(run.stderr.contains("the link `某处` leads nowhere"), "{}", run.stderr);
    // What the hint says mends it.
    project.edit(
        "templates/mine/main.typ",
        "#link-to(\"某处\")[往前]",
        "#link-to(\"某处\")[往前]#import \"/templates/flow.typ\": target\n#target(\"某处\")",
    );
    let run = project.run(&["render", "out.pdf"]).ok();
    assert!(!run.stderr.contains("leads nowhere"), "{}", run.stderr);
}
