//! What authors write as other programs have taught them: it is read as they mean it, or told at its
//! line with what to write.

use crate::project::{Project, Run};
use testkit::pdf::File;

const FIGURE: &str = "![流程](figures/a.svg \"来源：甲\"){#fig-a}";

const TABLE: &str = "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |";

fn project(settings: &str, body: &str) -> Project {
    let check = "check: {TP0506: off, TP0309: off, TP0101: off, TP0102: off}";
    Project::of_one_chapter(&format!("{check}\n{settings}"), body)
}

fn text(project: &Project) -> String {
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    let text: String = file.pages().iter().map(testkit::pdf::Page::text).collect();
    text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect()
}

fn render(settings: &str, body: &str) -> (Project, Run) {
    let project = project(settings, body);
    let run = project.run(&["render", "o.pdf"]);
    (project, run)
}

/// The words of a report that is printed without a word.
#[track_caller]
fn prints(settings: &str, body: &str, right: &str) {
    let (project, run) = render(settings, body);
    assert_eq!(run.code, Some(0), "{body}: {}", run.stderr);
    assert!(!run.stderr.contains("warning"), "{body}: {}", run.stderr);
    let text = text(&project);
    assert!(text.contains(right), "{body}: {text}");
}

#[track_caller]
fn tells(settings: &str, body: &str, told: &[&str]) {
    let (_, run) = render(settings, body);
    for part in told {
        assert!(run.stderr.contains(part), "`{part}`: {body}: {}", run.stderr);
    }
}

#[test]
fn numbers_typed_with_a_plain_space_before_titles_are_told() {
    let decimal = "numbering: decimal";
    for (heading, rest) in [
        ("1.2 方法", "方法"),
        ("3 方法", "方法"),
        ("第二节 方法", "方法"),
        ("二 方法", "方法"),
        ("2) 方法", "方法"),
        ("③ 方法", "方法"),
    ] {
        let hint = format!("write the heading without a number, `{rest}`");
        tells(decimal, &format!("## {heading}\n\n文。"), &["TP0035", "a.md:6:1", &hint]);
    }
    for heading in ["5 个方向", "三 大趋势", "2024 年度回顾", "第一性原理", "5G 应用"]
    {
        prints(decimal, &format!("## {heading}\n\n文。"), "文。");
    }
    let (project, _) = render("", "文。");
    project.write("content/a.md", "---\ntitle: \"3 总论\"\nlayout: chapter\n---\n\n文。\n");
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(run.stderr.contains("the title says `3`, and `第一章`"), "{}", run.stderr);
    for (body, told) in [
        (
            "::: {.box title=\"专栏五 算力\"}\n文。\n:::",
            "the title says `专栏五`, and this is `专栏1`",
        ),
        ("::: box\n## 专栏 3 算力\n\n文。\n:::", "the title says `专栏 3`, and this is `专栏1`"),
        ("![图二 走势](figures/a.svg \"来源：甲\")", "the title says `图二`, and this is `图1`"),
        ("![图 3 走势](figures/a.svg \"来源：甲\")", "the title says `图 3`, and this is `图1`"),
        ("![图表3走势](figures/a.svg \"来源：甲\")", "the title says `图表3`, and this is `图1`"),
        (
            "```chart\nkind: bar\ntitle: \"图 7 走势\"\nalt: 数\ndata: charts/a.csv\nx: 年\ny: 数\n```",
            "the title says `图 7`, and this is `图1`",
        ),
    ] {
        tells("", body, &["TP0035", told]);
    }
    prints("", "::: {.box title=\"专栏一 算力\"}\n文。\n:::", "专栏1算力");
    prints("", "::: {.box title=\"专栏一体化\"}\n文。\n:::", "专栏1专栏一体化");
}

#[test]
fn words_that_a_reference_prints_itself_are_told_and_fixed() {
    for (settings, sentence, fixed) in [
        ("", "如图@fig-a所示。", "如@fig-a所示。"),
        ("", "如图 @fig-a所示。", "如@fig-a所示。"),
        ("", "见表[@tbl-a]。", "见[@tbl-a]。"),
        ("", "[图@fig-a]。", "[@fig-a]。"),
        ("", "公式@eq-a，专栏 @box-a。", "@eq-a，@box-a。"),
        ("numbering: decimal", "见第@sec-a节。", "见@sec-a。"),
        ("numbering: decimal", "见第[@sec-a]节。", "见[@sec-a]。"),
        ("", "在第[@fig-a]{.page}页。", "在[@fig-a]{.page}。"),
        ("lang: en", "See Figure @fig-a here.", "See @fig-a here."),
        ("lang: en", "See fig. [@fig-a] here.", "See [@fig-a] here."),
    ] {
        let body = format!(
            "{sentence}\n\n## 方法 {{#sec-a}}\n\n$$x=1$$ {{#eq-a}}\n\n{FIGURE}\n\n{TABLE}\n\n: 表题 {{#tbl-a}}\n\n::: {{.box #box-a title=\"题\"}}\n文。\n:::"
        );
        let (project, run) = render(settings, &body);
        assert!(run.stderr.contains("TP0312") && run.stderr.contains("a.md:6:"), "{}", run.stderr);
        project.run(&["check", "--fix", "--yes"]);
        let text = project.read("content/a.md");
        assert!(text.contains(fixed), "{sentence}: {text}");
    }
    let body = format!("这张地图@fig-a，附图[-@fig-a]，图（@fig-a）。\n\n{FIGURE}");
    prints("", &body, "这张地图图1，附图1，图（图1）。");
}

#[test]
fn references_in_brackets_are_printed_in_sources_and_titles() {
    let body = format!(
        "{FIGURE}\n\n![乙](figures/a.svg \"来源：据[@fig-a; @tbl-a]\")\n\n{TABLE}\n\n: 表题 {{#tbl-a source=\"同[见 @fig-a]\"}}\n\n```table\ntitle: 数，接[@tbl-a]\nnotes: [\"口径同[@tbl-a]\", 又见@fig-a]\nsource: 某局\ndata: charts/a.csv\n```"
    );
    let (project, run) = render("", &body);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let text = text(&project);
    for said in ["来源：据图1、表1", "来源：同见图1", "数，接表1", "口径同表1", "又见图1"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn labels_of_other_programs_are_told_with_the_one_that_is_meant() {
    for (written, meant) in [
        ("@Fig-a", "@fig-a"),
        ("@fig:a", "@fig-a"),
        ("@figure-a", "@fig-a"),
        ("@Table-1", "@tbl-1"),
        ("@tab:a", "@tbl-a"),
        ("@eqn-x", "@eq-x"),
        ("@图1", "@fig-1"),
        ("[@tab:a]", "[@tbl-a]"),
    ] {
        let (_, run) = render("", &format!("甲，见{written}。"));
        let told = [format!("`{meant}`"), "a.md:6:".to_owned()];
        assert_eq!(run.code, Some(1), "{written}: {}", run.stderr);
        assert!(told.iter().all(|part| run.stderr.contains(part)), "{written}: {}", run.stderr);
    }
    tells("", "![图](figures/a.svg \"来源：甲\"){#fig:a}", &["such as `fig-a`"]);
    prints("", "邮箱a@fig-b.com，\\@Fig-a，@figma。", "邮箱a@fig-b.com，@Fig-a，@figma。");
}

#[test]
fn braces_behind_headings_and_titles_that_are_no_attributes_are_told() {
    for (body, told) in [
        ("## 方法 {方法}", "`{方法}` is printed as it stands"),
        ("## 方法 {sec-a}", "a label is written `{#sec-a}`"),
        ("## 方法 {# sec-a}", "a label is written `{#sec-a}`"),
        ("## 方法 ｛#sec-a｝", "write the braces in half width"),
    ] {
        tells("", &format!("{body}\n\n文。"), &["TP0009", "a.md:6:7", told]);
    }
    tells("", &format!("{TABLE}\n\n: 表题 {{tbl-a}}"), &["TP0009", "`{tbl-a}`"]);
    prints("", "## 集合 {1, 2}\n\n文。", "集合{1,2}");
    prints("", "## 集合 \\{甲乙}\n\n文。", "集合{甲乙}");
}

#[test]
fn amounts_and_variables_of_a_shell_are_no_formulas() {
    for body in [
        "单价5$/10$，约5$~10$，共3$、4$。",
        "路径$HOME/bin:$PATH，变量$A_B,$C_D。",
        "从1,000$-2,000$，售价5$和10$。",
    ] {
        prints("", body, body);
    }
    prints("", "共3$n_1$台，$2x$元。", "共3");
}

#[test]
fn lines_that_other_programs_set_apart_are_told_where_they_are_joined() {
    for (body, line, told) in [
        ("要点：\n1、甲\n2、乙", 7, "`1、` does not begin a line of its own"),
        ("（1）甲\n（2）乙", 7, "`（2）` does not begin a line"),
        ("① 甲\n② 乙", 7, "`②` does not begin a line"),
        ("a. 甲\nb. 乙", 7, "`b.` does not begin a line"),
        ("[1] 甲\n[2] 乙", 7, "write `[^1]` in the text"),
        ("• 甲", 6, "write `-` and a space"),
        ("地区\t产量\n北京\t10", 6, "this is not read as a table"),
        ("地区|产量\n北京|10", 6, "this is not read as a table"),
        ("甲    乙\n---   ---\n1     2", 7, "this is not read as a table"),
        ("术语\n: 释义", 7, "this is not read as a definition"),
        ("甲%%批注%%乙", 6, "make it a comment"),
        ("甲{>>批注<<}乙", 6, "make it a comment"),
        ("好:smile:的", 6, "`:smile:` is printed as it stands"),
        ("`\\newpage`{=latex}", 6, "`{=latex}` is printed as it stands"),
        ("甲乙，\n丙丁\n----", 6, "makes a heading of this paragraph"),
        ("```\ncode\n\n## 后面的标题\n\n后面的正文。", 6, "nothing closes this block"),
        ("> ~~~\n> code\n\n正文。", 6, "nothing closes this block"),
        ("````\ncode\n```\n\n正文。", 6, "nothing closes this block"),
        (
            "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n紧跟的正文。",
            9,
            "read as a row of the table above",
        ),
        ("-\u{a0}列表一", 6, "put a plain space"),
        ("1.\u{a0}编号一", 6, "put a plain space"),
        ("\u{200b}## 标题", 6, "delete the invisible character"),
        ("\u{200b}- 列表", 6, "delete the invisible character"),
        ("— 甲项\n— 乙项", 7, "`—` does not begin a line of its own"),
        ("－甲项\n－乙项", 7, "`－` does not begin a line of its own"),
        ("+甲项\n+乙项", 7, "`+` does not begin a line of its own"),
        ("*甲项\n*乙项", 7, "`*` does not begin a line of its own"),
        ("Ⅰ.甲项\nⅡ.乙项", 7, "`Ⅱ.` does not begin a line of its own"),
        ("一.甲项\n二.乙项", 7, "`二.` does not begin a line of its own"),
        ("1.1甲项\n1.2乙项", 7, "`1.2` does not begin a line of its own"),
        ("见[链接] (https://example.com)。", 6, "this is not read as a link"),
        ("见【链接】(https://example.com)。", 6, "write `[链接](…)`"),
        ("好:+1:的", 6, "`:+1:` is printed as it stands"),
        ("这是～～删～～的", 6, "words cannot be struck out"),
        ("这是｀code｀的", 6, "in half width"),
        ("这是＊重点＊的", 6, "in half width"),
        ("这是++下划线++的", 6, "remove the marks"),
        ("这是^^上标^^的", 6, "remove the marks"),
        ("这是||剧透||的", 6, "remove the marks"),
        ("!!! note \"提示\"\n    文字。", 6, "write `::: note` above the text"),
        ("{:toc}", 6, "the list of contents is a part"),
        ("+++", 6, "between lines of `---`"),
        ("文字［^1］。", 6, "write the brackets in half width: `[^1]`"),
        ("段落 ^block-id", 6, "remove it"),
        ("这是[b]粗[/b]体", 6, "only Markdown is read"),
        ("这是'''粗'''体", 6, "for bold, write `**…**`"),
    ] {
        tells("", body, &["TP0009", &format!("a.md:{line}:"), told]);
    }
    for body in [
        "1、第一条。\n\n2、第二条。",
        "结果见式\n（2）与下文。",
        "第一行  \n（2）第二行  \n（3）第三行",
        "比例3:1，时间12:30:05，见a:b:c。",
        "绝对值|x|与|y|，范数||x||与||y||。",
        "C++与D++，i++，++i。",
        "- 项\n\n  ```\n  code\n  ```\n\n> ```\n> a\n> ```",
        "1.5倍的\n1.6倍的",
        "他说\n——不对\n——也对",
        "【甲】（见附录）与[乙](https://example.com)。",
        "甲＊、乙＊。\n＊说明",
        "注：*p<0.05，**p<0.01，***p<0.001。",
        "x^2^与m^-1^，^注",
    ] {
        let (_, run) = render("", body);
        assert!(!run.stderr.contains("TP0009"), "{body}: {}", run.stderr);
    }
}

#[test]
fn blocks_of_code_that_are_to_be_more_are_told() {
    for (info, told) in [
        ("mermaid", "printed as code, and not drawn"),
        ("{dot}", "printed as code, and not drawn"),
        ("{python}", "is printed, and not run"),
        ("{r, echo=FALSE}", "is printed, and not run"),
        ("math", "write it between two `$$`"),
        ("{chart}", "write `chart` alone"),
        ("Table", "write `table` alone"),
    ] {
        tells("", &format!("```{info}\na = 1\n```"), &["a.md:6:1", told]);
    }
    for info in ["python", "{.python}", ""] {
        prints("", &format!("```{info}\na = 1\n```"), "a=1");
    }
}

#[test]
fn one_table_or_picture_may_stand_in_a_div_with_its_label_and_title() {
    let data = "```table\ndata: charts/a.csv\n```";
    for table in [TABLE, data] {
        for div in [
            format!("::: {{#tbl-x}}\n{table}\n\n表的题\n:::"),
            format!("::: {{#tbl-x tbl-cap=\"表的题\"}}\n{table}\n:::"),
        ] {
            prints("", &format!("见@tbl-x。\n\n{div}"), "表1表的题");
        }
    }
    prints("", &format!("见@tbl-x。\n\n::: {{#tbl-x}}\n{TABLE}\n\n: 表的题\n:::"), "表1表的题");
    for div in [
        "::: {#fig-x}\n![](figures/a.svg \"来源：甲\")\n\n图的题\n:::",
        "::: {#fig-x}\n![图的题](figures/a.svg \"来源：甲\")\n:::",
        "::: {#fig-x fig-cap=\"图的题\"}\n![](figures/a.svg \"来源：甲\"){fig-alt=\"替代\"}\n:::",
    ] {
        prints("", &format!("见@fig-x。\n\n{div}"), "图1图的题来源：甲");
    }
    for (div, told) in [
        ("::: {#fig-x}\n![甲](figures/a.svg)\n\n乙\n:::", "this has two titles"),
        ("::: {#fig-x}\n![](figures/a.svg)\n:::", "the figure has no caption"),
        (
            "::: {#fig-x}\n![](figures/a.svg)\n\n![乙](figures/a.svg)\n\n丙\n:::",
            "the figure has no caption",
        ),
        ("::: {#tbl-x}\n只有文字。\n:::", "stands around one table"),
    ] {
        let (_, run) = render("", div);
        assert_eq!(run.code, Some(1), "{div}");
        assert!(run.stderr.contains(told), "{div}: {}", run.stderr);
    }
}

#[test]
fn names_of_files_in_chinese_say_the_kind_of_part() {
    let (project, _) = render("", "");
    project.edit(
        "content/report.yaml",
        "parts: [a.md]",
        "parts: [前言.md, 第一章-总论.md, 正文/02.md, 附录A.md]",
    );
    for name in ["前言", "第一章-总论", "正文/02", "附录A"] {
        project.write(&format!("content/{name}.md"), "---\ntitle: 题目\n---\n\n文。\n");
    }
    project.run(&["render", "o.pdf"]).ok();
    let text = text(&project);
    for part in ["第一章", "第二章", "附录A"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("趋势"), "{text}");
}

#[test]
fn a_lost_character_is_told_where_it_stands() {
    tells("", "正文有\u{fffd}字。", &["TP0512", "a.md:6:4", "was lost"]);
    let project = project(
        "",
        "```chart\nkind: bar\ntitle: 题\nalt: 数\ndata: charts/b.csv\nx: 年\ny: 数\n```",
    );
    project.write("content/charts/b.csv", "年,数\n甲\u{fffd},1\n乙,2\n");
    let run = project.run(&["check"]);
    assert!((run.stdout + &run.stderr).contains("b.csv:2:"), "the cell");
}

#[test]
fn a_table_with_rows_higher_than_a_page_is_told_once() {
    let rows: String = (1..45).map(|at| format!("| ^ | 值{at} |\n")).collect();
    let (_, run) = render("", &format!("| 甲 | 乙 |\n|---|---|\n| 组 | 值0 |\n{rows}\n: 表题"));
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("rows of this table that stay together"), "{}", run.stderr);
    assert!(run.stderr.contains("1 error"), "{}", run.stderr);
}

#[test]
fn what_other_programs_add_to_links_and_words_is_told() {
    for (body, told) in [
        ("见[网页](https://example.org){target=\"_blank\"}。", "a link has no attributes"),
        ("*[HRI]: 人机交互", "the meaning of an abbreviation"),
        ("见[前文](#one)。", "`#sec-one`"),
    ] {
        tells("", body, &[told]);
    }
    prints("", "见[网页](https://example.org)。", "见网页。");
}

#[test]
fn a_number_in_a_link_is_told_with_where_it_leads() {
    let figures =
        "![一](figures/a.svg \"来源：甲\"){#fig-a}\n\n![二](figures/a.svg \"来源：甲\"){#fig-b}";
    for (typed, told) in [("图 1", "`图 1` leads to 图2"), ("图2", "`图2` is numbered by hand")]
    {
        let body = format!("见[{typed}](#fig-b)，又见@fig-a。\n\n{figures}");
        let run = project("", &body).run(&["check", "--no-layout"]);
        for part in [told, "write `@fig-b`"] {
            assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
        }
    }
}

#[test]
fn numbered_lists_may_be_set_in() {
    for body in [
        "- 甲\n    1. 乙\n    2. 丙\n",
        "1. 甲\n    1. 乙\n    2. 丙\n",
        " 1. 甲\n 2. 乙\n 3. 丙\n",
        "- 甲\n   1. 乙\n   2. 丙\n",
        "- 甲\n\n    续段。\n\n    1. 乙\n    2. 丙\n",
        ">  1. 甲\n>  2. 乙\n>  3. 丙\n",
        "- 甲\n\t1. 乙\n\t2. 丙\n",
        "文[^1]。\n\n[^1]: 甲：\n\n    1. 乙\n    2. 丙\n",
    ] {
        let (project, run) = render("", body);
        assert_eq!(run.code, Some(0), "{body}: {}", run.stderr);
        let text = text(&project);
        assert!(text.contains("2.丙") || text.contains("3.丙"), "{body}: {text}");
    }
    // A second definition still is one.
    tells("", "见[甲][a]。\n\n[a]: https://a.cn\n[a]: https://b.cn\n", &["it defines again"]);
}

#[test]
fn attributes_are_no_prose() {
    let body = "甲文 {.term key=\"预冷!乙,丙\"}在此，丁{.index see=\"戊,己\"}。";
    let (project, run) = render("", body);
    assert!(run.stderr.contains("nothing here takes attributes"), "{}", run.stderr);
    project.run(&["check", "--fix", "--yes"]);
    let text = project.read("content/a.md");
    for kept in ["{.term key=\"预冷!乙,丙\"}", "{.index see=\"戊,己\"}"] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}

#[test]
fn only_words_that_go_on_stand_behind_a_block_without_an_indent() {
    for (block, behind, goes_on) in [
        ("$$a=b$$", "另起一段。", false),
        ("$$a=b$$", "式中，甲为乙。", true),
        ("$$a=b$$", "其中甲为乙。", true),
        ("```\na=b\n```", "另起一段。", false),
        ("> 引文", "另起一段。", false),
        ("::: tip\n提示。\n:::", "另起一段。", false),
        ("- 甲\n- 乙", "另起一段。", false),
        ("- 甲，\n- 乙，", "都是如此。", true),
    ] {
        let (project, run) = render("", &format!("首段的话如下：\n\n{block}\n\n{behind}"));
        assert_eq!(run.code, Some(0), "{block}: {}", run.stderr);
        let pages = File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages();
        let x = |text: &str| {
            let found = pages
                .iter()
                .find_map(|page| crate::project::begins(page, text, |_| true).map(|glyph| glyph.x));
            found.unwrap_or_else(|| panic!("{text} is on no page"))
        };
        let indent = x(behind.trim_end_matches('。')) - x("首段的话");
        assert_eq!(indent < -5.0, goes_on, "{block}, {behind}: {indent}");
    }
}

#[test]
fn remarks_stand_below_pictures_and_tables() {
    let body = format!(
        "![甲](figures/a.svg \"注：截至六月。来源：本院\"){{#fig-a}}\n\n![乙](figures/a.svg \"来源：某局\"){{notes=\"口径不同，见@fig-a\"}}\n\n{TABLE}\n\n: 表题 {{#tbl-a notes=\"注：同@fig-a\" source=本院}}"
    );
    let (project, run) = render("", &body);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let text = text(&project);
    for said in
        ["注：截至六月。来源：本院", "注：口径不同，见图1", "来源：某局", "注：同图1", "来源：本院"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("来源：注") && !text.contains("注：注"), "{text}");
}

#[test]
fn what_is_copied_out_of_pages_has_no_joiners() {
    let body = format!(
        "文，5 GHz，GB/T 15834—2011，10-20。\n\n![2014-2025年的GB/T 15834](figures/a.svg \"来源：GB/T 15834—2011\")\n\n{TABLE}\n\n: 12 GHz的GB/T 1.1 {{#tbl-a notes=\"见GB/T 15834—2011\" unit=\"5 GHz\"}}"
    );
    let (project, run) = render("", &body);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for page in File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages() {
        assert!(!page.text().contains('\u{2060}'), "{:?}", page.text());
    }
}

#[test]
fn marks_of_significance_are_no_emphasis() {
    let (_, run) = render(
        "",
        "| 甲 | (1) | (2) |\n|---|---|---|\n| a | 0.412*** | 0.377** |\n| b | 12** | (0.2)** |",
    );
    assert!(!run.stderr.contains("TP0009"), "{}", run.stderr);
    tells("", "这是20**之一。", &["`**` is printed as it stands"]);
}

#[test]
fn fixes_leave_marks_alone_that_are_told_as_no_prose() {
    let body = "一.甲项\n二.乙项\n\n表情:smile: 与 :+1:；\n\n见[链接] (https://example.com)。\n\n这是'''粗'''体\n";
    let project = project("", body);
    project.run(&["check", "--fix", "--yes", "--no-layout"]);
    let text = project.read("content/a.md");
    for kept in
        ["一、甲项\n二、乙项", ":smile:", ":+1:", "[链接] (https://example.com)", "'''粗'''"]
    {
        assert!(text.contains(kept), "{kept} is not in {text}");
    }
}

#[test]
fn what_stands_where_nothing_is_resolved_is_told() {
    let (project, _) = render("", &format!("见@fig-a。\n\n{FIGURE}"));
    project.write(
        "content/a.md",
        format!("---\ntitle: 引用@fig-a\nlayout: chapter\n---\n\n见@fig-a。\n\n{FIGURE}\n"),
    );
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(run.stderr.contains("TP0009") && run.stderr.contains("`@fig-a`"), "{}", run.stderr);
    let noted = "文。\n\n![流程](figures/a.svg \"来源：某[^1]\")\n\n[^1]: 注。";
    tells("", noted, &["the footnote `1` has its mark in the picture's source", "a.md:8:1"]);
    for mark in ["\\newpage", "{{< pagebreak >}}"] {
        let body = format!("甲文。\n\n{mark}\n\n乙文。");
        tells("", &body, &["TP0009", "a file of its own in `parts`"]);
    }
}

#[test]
fn a_heading_that_says_the_number_printed_before_it_is_printed_and_told() {
    let pictures = format!("{FIGURE}\n\n").replace("{#fig-a}", "").repeat(3);
    let body = format!(
        "## 背景\n\n### 来由\n\n#### 细目\n\n##### （1）更细\n\n{pictures}{TABLE}\n\n{TABLE}\n"
    );
    let (project, run) = render("numbering: chinese\ntemplate: paper", &body);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("TP0035"), "{}", run.stderr);
    assert!(text(&project).contains("（1）（1）更细"));
}
