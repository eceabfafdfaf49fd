//! Tests of variables: what is printed where they stand, what is there on conditions, what is told.

use crate::kinds::{in_order, project, texts};
use crate::project::{Project, Run};
use testkit::pdf::File;

/// A report with a partner: marks wherever a text is printed.
fn partners() -> Project {
    let settings = "title: \"{{year}}年{{partner.name}}版报告\"
parts: [cover, foreword.md, chapters/*.md, partner.md, back-cover]
variables:
  partner.name: 青禾机构
  partner.tier: {default: silver, values: [gold, silver]}
  partner.since: {type: date, default: 2019-04-05}
  partner.page: \"https://example.org/qinghe\"
  partner_logo: {type: file, default: figures/qinghe.svg}
  year: 2031
  sum: {type: number, default: 1234567.5}
  share: {type: number, default: 0.125}
  region: north
back-cover:
  codes:
    - {label: \"{{partner.name}}主页\", url: \"{{partner.page}}?from=back\"}
    - {label: 金牌会员, url: \"https://example.org/gold\", when: partner.tier=gold}";
    let foreword = "前言\n---\n\n致{{partner.name}}的各位读者，**{{partner.name}}**自{{partner.since:YYYY年M月}}起同行，出资{{sum:,.1}}元，占{{share:%}}。\n\n\
        代码`{{partner.name}}`与公式$\\frac{{a}}{{b}}$照写，\\{{year}}也照写。\n\n\
        [主页]({{partner.page}})\n\n\
        ::: {.when partner.tier=gold}\n\n## 金牌专享\n\n只有金牌伙伴读到这里[^g]。\n\n::: {.box title=\"致{{partner.name}}\"}\n\n盒子里的话。\n\n:::\n\n:::\n\n\
        ::: {.unless partner.tier=gold}\n\n银牌伙伴读到这里。\n\n:::\n\n[^g]: 金牌的注。\n";
    let chapter = "{{partner.name}}的数据\n---\n\n## 概况{{year}}\n\n- {{partner.name}}\n- 第二项\n\n![{{partner.name}}的标志]({{partner_logo}} \"来源：{{partner.name}}\")\n\n\
        ```chart\nkind: bar\ntitle: {{partner.name}}逐年增长\ndata: charts/{{region}}.csv\nx: 年份\ny: 产量\nsource: 来自{{partner.name}}\nalt: 图示{{partner.name}}的产量\n```\n\n\
        | 项目 | 值 |\n|---|---|\n| {{partner.name}} | {{share:.1%}} |\n\n: {{partner.name}}的表\n";
    let partner = "伙伴页\nwhen: partner.tier=gold\n---\n\n伙伴自己的一页。\n";
    let made = project(
        settings,
        &[("foreword.md", foreword), ("chapters/1.md", chapter), ("partner.md", partner)],
    );
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"40\" height=\"20\" fill=\"#000\"/></svg>";
    made.write("content/figures/qinghe.svg", logo);
    made.write("content/figures/other.svg", logo);
    made.write(
        "content/charts/north.csv",
        "年份,产量,when\n2029,{{sum}},\n2030,{{year}},\n2031,7,partner.tier=gold\n",
    );
    made.write("content/charts/south.csv", "年份,产量\n2029,5\n2030,6\n");
    made
}

fn render(project: &Project, set: &[&str]) -> File {
    let mut args = vec!["render", "out.pdf"];
    args.extend(set.iter().flat_map(|set| ["--set", *set]));
    let run = project.run(&args).ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    File::open(std::fs::read(project.join("out.pdf")).expect("a file"))
}

#[test]
fn values_stand_wherever_text_is_printed() {
    let file = render(&partners(), &[]);
    let pages = texts(&file);
    let all = pages.join("\n");
    assert!(pages[0].contains("青禾机构版报告"), "{}", pages[0]);
    in_order(
        &pages[1],
        &[
            "致青禾机构的各位读者，青禾机构自2019年4月起同行，出资1,234,567.5元，占12.5%。",
            "代码",
            "{{partner.name}}",
            "与公式",
            "照写，{{year}}也照写。",
            "主页",
            "银牌伙伴读到这里。",
        ],
    );
    for words in [
        "青禾机构的数据",
        "概况2031",
        "青禾机构的标志",
        "来源：青禾机构",
        "青禾机构逐年增长",
        "来自青禾机构",
        "青禾机构的表",
        "青禾机构主页",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
    for words in ["金牌", "伙伴自己的一页", "͸"] {
        assert!(!all.contains(words), "{words}: {all}");
    }
    assert!(all.contains("12.5%"));
}

#[test]
fn what_is_set_is_printed_and_nothing_of_it_is_markup() {
    let project = partners();
    let name = "partner.name=**甲**[乙](c) ^d^ {{year}} `e` | <f>";
    let file = render(&project, &[name, "partner.tier=gold", "subtitle=2031", "keywords=[一, 二]"]);
    let pages = texts(&file);
    let all = pages.join("\n");
    in_order(
        &all,
        &[
            "致**甲**[乙](c)^d^{{year}}`e`|<f>的各位",
            "金牌专享",
            "只有金牌伙伴读到这里",
            "盒子里的话",
        ],
    );
    for words in ["伙伴自己的一页", "金牌的注", "金牌会员", "2031"] {
        assert!(all.contains(words), "{words}: {all}");
    }
    assert!(!all.contains("银牌伙伴"));
    let south = render(&project, &["region=south", "partner_logo=figures/other.svg"]);
    assert!(texts(&south).join("").contains("青禾机构逐年增长"));
    project.write("content/other.md", "---\ntitle: 另一页\n---\n\n换上的一页。\n");
    let other = texts(&render(&project, &["parts.partner=other.md", "title=另一本书"]));
    assert!(other[0].contains("另一本书") && other.join("").contains("换上的一页"), "{other:?}");
}

#[test]
fn pages_are_the_same_with_values_and_with_the_words_themselves() {
    let body = |name: &str, year: &str| {
        format!(
            "题目\n---\n\n**{name}**说：“{name}”在{year}年、{name}（{year}）。据*{name}*，[{name}](https://example.org)。\n\n> {name}\n\n1. {name}\n2. {year}\n"
        )
    };
    let declared = "parts: [chapters/*.md]\nvariables: {伙伴: 青禾 AI机构, year: 2031}";
    let with = project(declared, &[("chapters/1.md", &body("{{伙伴}}", "{{year}}"))]);
    let plain =
        project("parts: [chapters/*.md]", &[("chapters/1.md", &body("青禾 AI机构", "2031"))]);
    let bytes = |project: &Project| {
        project.run(&["render", "out.pdf"]).ok();
        std::fs::read(project.join("out.pdf")).expect("a file")
    };
    assert!(bytes(&with) == bytes(&plain), "the pages differ");
}

#[test]
fn braces_are_braces_where_nothing_is_declared() {
    let made = project(
        "parts: [chapters/*.md]",
        &[("chapters/1.md", "题目\n---\n\n模板里写{{name}}，也写{{a b}}。\n")],
    );
    let run = made.run(&["render", "out.pdf"]).ok();
    tells(
        &run,
        &["[TP0009]: `{{name}}` is printed as it stands", "`{{a b}}` is printed as it stands"],
    );
    let file = File::open(std::fs::read(made.join("out.pdf")).expect("a file"));
    assert!(texts(&file).join("").contains("模板里写{{name}}，也写{{ab}}。"));
}

/// What is told of the partners' report with a change and with values.
fn told(change: impl Fn(&Project), set: &[&str]) -> Run {
    let project = partners();
    change(&project);
    let mut args = vec!["check", "--no-layout"];
    args.extend(set.iter().flat_map(|set| ["--set", *set]));
    project.run(&args)
}

fn tells(run: &Run, lines: &[&str]) {
    for line in lines {
        assert!(run.stderr.contains(line), "`{line}` is not in\n{}", run.stderr);
    }
}

#[test]
fn faults_are_told_where_they_are_written() {
    let foreword = |to: &'static str| {
        move |project: &Project| project.edit("content/foreword.md", "致{{partner.name}}的", to)
    };
    let run = told(foreword("致{{partner.nmae}}的"), &[]);
    tells(
        &run,
        &[
            "there is no variable `partner.nmae`",
            "content/foreword.md:5:2",
            "did you mean `partner.name`?",
        ],
    );
    assert_eq!(run.code, Some(1));
    let run = told(foreword("致{{partner.name:,}}{{sum:元}}{{partner.since:H}}的"), &[]);
    tells(
        &run,
        &[
            "is neither a number nor a date",
            "`元` is no format of a number",
            "`H` is no format of a date",
        ],
    );
    let run = told(foreword("致{{partner name}}的"), &[]);
    tells(&run, &["`{{partner name}}` is printed as it stands", "TP0009"]);
    let run = told(
        |project| {
            project.edit(
                "content/foreword.md",
                "{.when partner.tier=gold}",
                "{.when partner.tier=glod}",
            )
        },
        &[],
    );
    tells(
        &run,
        &["`partner.tier` cannot be `glod`", "content/foreword.md:11:12", "did you mean `gold`?"],
    );
    let run = told(
        |project| project.edit("content/foreword.md", "{.when partner.tier=gold}", "{.when}"),
        &[],
    );
    tells(&run, &["no condition says when this is printed", "content/foreword.md:11:5"]);
    let run = told(
        |project| project.edit("content/partner.md", "when: partner.tier=gold", "when: gold"),
        &[],
    );
    tells(&run, &["`gold` is no condition", "content/partner.md:3:7"]);
    let run = told(|project| project.edit("content/charts/north.csv", "{{year}}", "{{yaer}}"), &[]);
    tells(&run, &["there is no variable `yaer`", "content/charts/north.csv:3:6"]);
    let run = told(
        |project| {
            project.edit(
                "content/report.yaml",
                "  region: north",
                "  region: north\n  spare: 1\n  9lives: x",
            )
        },
        &[],
    );
    tells(&run, &["`9lives` cannot be the name of a variable", "content/report.yaml:16:3"]);
    let run = told(
        |project| {
            project.edit("content/report.yaml", "  region: north", "  region: north\n  spare: 1")
        },
        &[],
    );
    tells(&run, &["nothing asks for the variable `spare`", "[TP0701]", "content/report.yaml:15:3"]);
}

#[test]
fn values_that_cannot_be_are_told_as_they_are_set() {
    let none = |_: &Project| {};
    for (set, lines) in [
        ("partner.tier=golden", ["`partner.tier` cannot be `golden`", "did you mean `gold`?"]),
        (
            "parnter.name=x",
            [
                "there is neither a variable nor a key `parnter.name`",
                "did you mean `partner.name`?",
            ],
        ),
        ("titel=x", ["there is neither a variable nor a key `titel`", "did you mean `title`?"]),
        (
            "columns=five",
            ["`columns` is a string, but must be a whole number", "--> --set columns:1:1"],
        ),
        ("back-cover.coeds=[]", ["unknown key `coeds`", "did you mean `codes`?"]),
        ("keywords=[x", ["the value of `keywords` is not valid YAML", "--> --set keywords:1:1"]),
        ("title.x=1", ["`title.x` is within what has no keys", "--> --set title.x:1:1"]),
        (
            "parts.insert=a.md",
            ["`parts` has no entry `insert`", "its entries are `cover`, `foreword.md`"],
        ),
        (
            "partner_logo=figures/none.svg",
            ["the file `figures/none.svg` is missing", "content/chapters/1.md:10"],
        ),
        ("region=west", ["the file `charts/west.csv` is missing", "content/chapters/1.md:15"]),
    ] {
        let run = told(none, &[set]);
        assert_eq!(run.code, Some(1), "{set}: {}", run.stderr);
        tells(&run, &lines);
    }
    let run = told(none, &["year=1", "year=2"]);
    tells(&run, &["`year` is set twice"]);
    let run = partners().run(&["render", "out.pdf", "--set", "year"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
}

#[test]
fn an_example_is_for_drafts_alone() {
    let made = project(
        "parts: [chapters/*.md]\nvariables:\n  name: {example: 样例}",
        &[("chapters/1.md", "题目\n---\n\n致{{name}}。\n")],
    );
    assert_eq!(made.run(&["check"]).code, Some(0));
    let run = made.run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1));
    tells(&run, &["the variable `name` has no value", "content/report.yaml:6:3", "`--set name=…`"]);
    made.run(&["render", "out.pdf", "--set", "name=甲"]).ok();
}

#[test]
fn values_stand_in_attributes_and_beside_keys_and_are_data_there() {
    let settings = "parts: [chapters/*.md, references, index]
references: {file: references.yaml}
variables:
  org: 青禾机构
  n: {type: number, default: 5}
  wide: {type: number, default: 50}
  odd: \"甲{{乙}}丙|丁 @wang\"";
    let body = "题目\n---\n\n见{{odd}}。据[@wang, 第{{n}}页]。\n\n\
        | 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n: {{org}}的表 {source=\"来源：{{org}}\" unit={{org}} notes=\"注：{{org}}\"}\n\n\
        [词]{.index key=\"{{org}}!细目\"}。\n\n\
        ![图](figures/a.svg \"来源：甲\"){width={{wide}}%}\n\n\
        ::: kpi\n- 3家 | {{odd}}\n- 4家 | 丙\n:::\n";
    let made = project(settings, &[("chapters/1.md", body)]);
    made.write(
        "content/references.yaml",
        "wang:\n  type: book\n  title: 一本书\n  author: 王一\n  publisher: 某社\n  date: 2023\n",
    );
    made.write(
        "content/figures/a.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"40\" height=\"20\" fill=\"#000\"/></svg>",
    );
    made.run(&["render", "out.pdf"]).ok();
    let file = File::open(std::fs::read(made.join("out.pdf")).expect("a file"));
    let all = texts(&file).join("\n");
    for words in [
        "见甲{{乙}}丙|丁@wang。",
        "来源：青禾机构",
        "单位：青禾机构",
        "注：青禾机构",
        "青禾机构的表",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
    assert_eq!(all.matches("甲{{乙}}丙|丁@wang").count(), 2, "{all}");
    assert_eq!(all.matches("{{").count(), 2, "{all}");
    assert!(all.contains("词。"), "{all}");
    assert!(all.matches("王一").count() == 1, "{all}");
}
