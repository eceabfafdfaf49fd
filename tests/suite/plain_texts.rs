//! Texts that are printed without Markdown, near misses of marks, and words of Taiwan and Hong Kong.

use testkit::pdf::File;

use crate::kinds::texts;
use crate::project::Project;

/// What is printed of a chapter, without spaces, and what is told.
fn printed(project: &Project) -> (String, String) {
    let run = project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a file"));
    (texts(&file).concat(), run.stderr)
}

fn chapter(settings: &str, body: &str) -> (String, String) {
    printed(&Project::of_one_chapter(settings, body))
}

const CHART: &str = "kind: bar\nx: 年\ny: 数\ndata: charts/a.csv\nsource: 来源：甲\nalt: 图";

#[test]
fn what_is_raised_or_lowered_is_set_without_markdown_too() {
    let body = format!(
        "```chart\ntitle: 每公顷的CO~2~\nunit: g·m^-2^\n{CHART}\n```\n\n::: {{.box title=\"Fe^3+^与水H~2~O\"}}\n一。\n:::\n\n| 甲 |\n|---|\n| 一 |\n\n: 题 {{unit=\"km^2^\"}}"
    );
    let project = Project::of_one_chapter("", &body);
    project.edit("content/a.md", "title: 题目", "title: SO~2~的题目");
    let (text, told) = printed(&project);
    for part in ["CO₂", "g·m⁻²", "km²", "SO₂的题目"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains(['~', '^']), "{text}");
    assert!(!told.contains("TP0009"), "{told}");
}

#[test]
fn marks_in_plain_texts_are_told_each_once() {
    let body = format!(
        "```chart\ntitle: \"**粗**与w~max~\"\nrule: [{{y: 1, text: \"`线`\"}}]\n{CHART}\n```\n\n![图](figures/a.svg \"来源：*某局*，[网](https://e.org)\")\n\n::: {{.box title=\"甲`n`与**乙**\"}}\n一。\n:::\n\n![图|300](figures/a.svg \"来源：甲\")"
    );
    let project = Project::of_one_chapter("", &body);
    project.edit("content/a.md", "title: 题目", "title: 题*目*与$x^2$");
    let told = project.run(&["check", "--no-layout"]).stderr;
    for mark in [
        "**粗**",
        "~max~",
        "`线`",
        "*某局*",
        "[网](https://e.org)",
        "`n`",
        "**乙**",
        "|300",
        "$x^2$",
    ] {
        let said = format!("`{mark}` is printed as it stands");
        assert_eq!(told.matches(&said).count(), 1, "{mark}: {told}");
    }
    let sound =
        Project::of_one_chapter("", "![图甲*和乙*](figures/a.svg \"来源：[3]，2^10与3~5年\")");
    let told = sound.run(&["check", "--no-layout"]).stderr;
    assert!(!told.contains("printed as it stands"), "{told}");
}

#[test]
fn values_are_raised_with_what_is_around_them() {
    let (text, told) =
        chapter("variables: {n: 3, m: 27}", "H~{{n}}~O与10^-{{m}}^，约{{n}}~{{m}}%。");
    assert!(text.contains("H3O") && text.contains("10-27"), "{text}");
    assert!(text.contains("3~27%"), "{text}");
    assert!(!told.contains("TP0009"), "{told}");
}

#[test]
fn near_misses_of_variables_are_told() {
    let settings = "variables: {org: 某院}";
    let project = Project::of_one_chapter(
        settings,
        "一{{org}}，二{{org，三{{org}，四｛｛org｝｝，五{org}，六{a}。",
    );
    let told = project.run(&["check", "--no-layout"]).stderr;
    for mark in ["{{org", "{{org}", "｛｛org｝｝", "{org}"] {
        assert!(told.contains(&format!("`{mark}` is printed as it stands")), "{mark}: {told}");
    }
    assert!(!told.contains("`{a}`"), "{told}");
}

#[test]
fn a_block_may_depend_on_what_a_variable_is_not() {
    let settings = "variables: {tier: gold}";
    let body = "::: {.when tier!=gold}\n甲甲\n:::\n\n::: {.when tier!=silver}\n乙乙\n:::\n\n::: {.unless tier!=gold}\n丙丙\n:::";
    let (text, _) = chapter(settings, body);
    assert!(!text.contains("甲甲") && text.contains("乙乙") && text.contains("丙丙"), "{text}");
}

#[test]
fn provinces_and_words_are_those_of_the_report_s_region() {
    let chart = "```chart\nkind: tiles\ntitle: 題\nx: 省\ny: 值\ndata: charts/p.csv\nsource: 來源：甲\nalt: 圖\n```\n\n```chart\nkind: range\ntitle: 題\nx: 年\ny: [低, 中, 高]\ndata: charts/r.csv\nsource: 來源：甲\nalt: 圖\n```\n\n共{{n:.1萬}}，[臺灣]{.index}。";
    let settings = "lang: zh-TW\nword-order: strokes\nvariables: {n: 12345}";
    let project = Project::of_one_chapter(settings, chart);
    project.edit("content/report.yaml", "parts: [a.md]", "parts: [a.md, index]");
    project.write("content/charts/p.csv", "省,值\n廣東省,1\n內蒙古,無\n新疆維吾爾自治區,5\n");
    project.write("content/charts/r.csv", "年,低,中,高\n甲,1,2,3\n乙,2,3,4\n");
    let (text, _) = printed(&project);
    for part in ["廣東", "內蒙古", "黑龍江", "陝西", "點為中", "1.2萬", "14畫"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains(['龙', '东', '陕', '为', '画']), "{text}");
    let project = Project::of_one_chapter("lang: zh-TW", "他說\"好\"。");
    let told = project.run(&["check", "--no-layout"]).stderr;
    assert!(told.contains("write `「`") && !told.contains("TP0117"), "{told}");
}

#[test]
fn what_stands_behind_the_text_has_no_number_and_empty_lists_are_told() {
    let project = Project::of_one_chapter("", "甲。");
    project.edit(
        "content/report.yaml",
        "parts: [a.md]",
        "parts: [contents, a.md, 后记.md, b.md, index]",
    );
    project.write("content/后记.md", "---\ntitle: 写在后面\nlayout: chapter\n---\n\n乙。\n");
    project.write("content/b.md", "---\ntitle: 又一章\nlayout: chapter\n---\n\n丙。\n");
    let (text, told) = printed(&project);
    assert!(text.contains("第二章又一章") || text.contains("第2章又一章"), "{text}");
    assert!(told.contains("TP0003") && told.contains("this list has no entries"), "{told}");
}

#[test]
fn words_of_the_index_stand_by_their_first_letter_and_terms_begin_sentences() {
    let project = Project::of_one_chapter("", "[《算法》]{.index}与[“引号”]{.index}。");
    project.edit("content/report.yaml", "parts: [a.md]", "parts: [a.md, index]");
    let (text, _) = printed(&project);
    assert!(text.contains("S《算法》") && text.contains("Y“引号”"), "{text}");
    let body = "[Graph search]{.term} helps. The [key indicators]{.term term=KPI} rose.";
    let project = Project::of_one_chapter("lang: en\nglossary: g.yaml", body);
    project.edit("content/report.yaml", "parts: [a.md]", "parts: [a.md, glossary.md]");
    project.write("content/glossary.md", "---\ntitle: Terms\n---\n");
    project.write(
        "content/g.yaml",
        "- {term: graph search, definition: A.}\n- {term: key indicator, abbr: KPI, definition: B.}\n",
    );
    let (text, _) = printed(&project);
    assert!(text.contains("keyindicators(KPI)rose"), "{text}");
}

#[test]
fn ranges_of_labels_in_a_bracket_are_told_with_what_prints_them() {
    let body = "见[@fig-a～@fig-b]与[@fig-a-@fig-b]。\n\n![甲](figures/a.svg \"来源：甲\"){#fig-a}\n\n![乙](figures/a.svg \"来源：甲\"){#fig-b}";
    let told = Project::of_one_chapter("", body).run(&["check", "--no-layout"]).stderr;
    assert_eq!(told.matches("each with its own mark: `@fig-a～@fig-b`").count(), 2, "{told}");
    let body = body.replace("[@fig-a～@fig-b]与[@fig-a-@fig-b]", "@fig-a～@fig-b");
    assert!(chapter("", &body).0.contains("见图1～图2。"));
}

#[test]
fn styles_of_the_csl_project_are_known_by_their_names() {
    for (style, cited, listed) in [
        ("apa", "(Moss & Reed, 2021)", "Moss, T., & Reed, A. (2021)."),
        ("chicago", "(Moss and Reed 2021)", "Moss, Tom, and Anna Reed. 2021."),
    ] {
        let settings = format!("lang: en-US\nreferences: {{file: r.yaml, style: {style}}}");
        let project = Project::of_one_chapter(&settings, "Growth is slow [@moss].");
        project.edit("content/report.yaml", "parts: [a.md]", "parts: [a.md, references]");
        project.write(
            "content/r.yaml",
            "moss:\n  type: article\n  title: On growth\n  author: [\"Moss, Tom\", \"Reed, Anna\"]\n  date: 2021\n  parent: {type: periodical, title: Plants, volume: 3}\n",
        );
        let (text, told) = printed(&project);
        let bare = |text: &str| text.replace(' ', "");
        assert!(text.contains(&bare(cited)) && text.contains(&bare(listed)), "{text}\n{told}");
    }
    let settings = "references: {file: r.yaml, style: chicago-notes}";
    let project = Project::of_one_chapter(settings, "甲[@moss]。");
    project.write("content/r.yaml", "moss: {type: book, title: 甲, date: 2021}\n");
    let told = project.run(&["check", "--no-layout"]).stderr;
    assert!(told.contains("`chicago-notes` sets its citations as notes"), "{told}");
}

#[test]
fn a_label_without_words_and_one_that_ends_with_a_mark_are_referred_to() {
    for (label, said) in [("", "见“题目”。"), ("{一}、", "见一。")] {
        let settings = format!("labels: {{chapter: \"{label}\"}}");
        let project = Project::of_one_chapter(&settings, "见@sec-one。");
        project.edit("content/a.md", "layout: chapter", "layout: chapter\nlabel: sec-one");
        let (text, _) = printed(&project);
        assert!(text.contains(said), "{label}: {text}");
    }
}

#[test]
fn raised_marks_stand_beside_entities() {
    let (text, told) = chapter("", "甲&copy;乙^\\[1\\]^丙&Hat;丁&Hat;^\\[2\\]^&amp;戊");
    assert!(text.contains("甲©乙[1]丙^丁^[2]&戊"), "{text} {told}");
}

#[test]
fn what_converters_escape_within_raised_marks_is_raised() {
    let body = "第xᵢ项，NH~4~^+^；甲^\\[1\\]^与乙^\\[2,3\\]^，丙^\\*\\*\\*^丁^†^，V~实~与戊^注2^，H~\\[2\\]~。\n\n它是a\\^b\\^c\\*d，2\\*3\\*4。";
    let (text, told) = chapter("", body);
    for part in
        ["第xi", "，NH4+", "甲[1]与乙[2,3]", "丙***丁†", "V实与戊注2", "H[2]", "a^b^c*d", "2*3*4"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!told.contains("TP0009"), "{told}");
}
