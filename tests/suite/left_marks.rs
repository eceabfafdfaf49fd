//! Marks and lines that other programs, and hands, leave in a text: told at their line with what to
//! write instead.

use crate::project::{Project, Run};

fn run(body: &str) -> Run {
    let check = "check: {TP0506: off, TP0309: off, TP0101: off, TP0102: off, TP0006: off}";
    Project::of_one_chapter(check, body).run(&["render", "o.pdf"])
}

/// Each body is told so, with this code of its run.
#[track_caller]
fn told(code: i32, cases: &[(&str, &str)]) {
    for (body, part) in cases {
        let run = run(body);
        assert!(run.stderr.contains(part), "`{part}`: {body}: {}", run.stderr);
        assert!(run.stderr.contains("a.md:"), "{body}: {}", run.stderr);
        assert_eq!(run.code, Some(code), "{body}: {}", run.stderr);
    }
}

#[track_caller]
fn silent(bodies: &[&str]) {
    for body in bodies {
        let run = run(body);
        assert!(!run.stderr.contains("TP0009"), "{body}: {}", run.stderr);
        assert_eq!(run.code, Some(0), "{body}: {}", run.stderr);
    }
}

#[test]
fn lines_that_are_typed_as_a_list_are_told() {
    let joined = "does not begin a line of its own";
    for body in [
        "☐ 甲项\n☑ 乙项",
        "→ 甲\n→ 乙",
        "★ 甲\n★ 乙",
        "一、甲\n（一）乙",
        "1．甲\n（1）乙",
        "第一条 甲方负责。\n第二条 乙方负责。",
        "第1章：甲\n第2章：乙",
        "1：甲\n2：乙",
        "Q: what\nA: that",
        "问：是什么？\n答：是这个。",
        "联系人：张三\n电话：12345",
    ] {
        told(0, &[(body, joined)]);
    }
    silent(&[
        "他指出：这是第一句。\n这是第二句。",
        "→ 一行。",
        "※ 注文一行。",
        "第一条 只有一条。\n这一行接着说。",
        "时间是12:30，\n地点是甲：一层。",
    ]);
}

#[test]
fn formulas_as_other_programs_write_them_are_told() {
    told(
        0,
        &[
            ("\\[\nE=mc^2\n\\]", "this is not read as a formula"),
            ("如下：\n\\[\n\\frac{a}{b}=c\n\\]\n其中。", "between two signs each: `$$…$$`"),
            ("$$E=mc^2$$ (1)", "write `{#eq-name}` in its place"),
            ("$$E=mc^2$$ （3-1）", "`（3-1）` is printed on the line below"),
            ("与$$a=b$$。", "`。` is printed on the line below the formula"),
            ("与$$a=b$$同理。", "write a formula in the sentence as `$…$`"),
        ],
    );
    silent(&[
        "如下：\n$$a=b$$\n其中$a$是数。",
        "如下：$$a=b$$",
        "$$a=b$$ {#eq-a}\n\n见@eq-a。",
        "数组\\[1\\]与\\[2\\]。",
    ]);
}

#[test]
fn marks_of_other_programs_are_told_with_what_helps() {
    told(
        0,
        &[
            ("!!! 注意\n\n    文字", "for a box, write `::: note`"),
            ("=== \"选项一\"\n\n    文字", "for a box, write `::: note`"),
            (".. note:: 提示", "for a box, write `::: note`"),
            ("据报道【4†source】，增长。", "cite the source: `[@key]`"),
            ("据报道【4:0†年报.pdf】，增长。", "cite the source"),
            ("#标签 #标签/子 正文", "there are no tags: remove them"),
            ("｜甲｜乙｜\n｜---｜---｜\n｜1｜2｜", "this is not read as a table"),
            ("带*的项目为必填，标*者为选填。", "its asterisks are not printed"),
            ("Please edit __init__.py now and then run it.", "its underscores are not printed"),
            ("张三    教授    北京大学\n李四    研究员  清华大学", "this is not read as a table"),
            ("| 甲 |\n|---|\n| $\\|x\\|_2$ |", "`\\|` is a single bar in a table"),
            ("在C:\\dir\\*.txt中", "the backslash of `\\*` is not printed"),
            ("在\\\\server\\share中", "the backslash of `\\\\` is not printed"),
            ("络合物[Cu(NH~3~)~4~](OH)~2~。", "is no link: its brackets are printed"),
            ("[Co(NH₃)₆](NO~3~)~3~与a[i](x)", "is no link: its brackets are printed"),
        ],
    );
    told(
        1,
        &[
            ("[]{#_Toc1 .anchor}文字", "remove the brackets and the braces"),
            ("[文字]{.underline}", "for bold, write `**…**`"),
            ("[文字]{.insertion author=\"甲\"}", "accept or reject the change"),
            ("<html><body><table><tr><td>甲</td></tr></table></body></html>", "a Markdown table"),
            ("<u>甲</u>", "words cannot be underlined: remove the tags"),
            ("@[TOC](目录)", "the list of contents is a part"),
            ("甲[](https://e.org)乙", "this link has no words"),
            ("见[说明](链接)。", "to print the brackets, write `\\[`"),
            ("2024. 年份开头", "write `2024\\.`"),
        ],
    );
    silent(&["哇！！！ 真好", "【甲†】", "- 甲\n\n[链接](HTTPS://E.ORG/a)"]);
}

#[test]
fn what_goes_on_without_a_mark_is_told() {
    told(
        0,
        &[
            ("- 项\n后面的正文。", "a part of the item above it"),
            ("1. 项\n后面的正文。", "put a blank line before it; if it belongs to the item"),
            ("> 引文\n后面的正文。", "a part of the quotation above it"),
        ],
    );
    silent(&[
        "- 项\n  接着说。\n- 项",
        "> 引文\n> 接着引。",
        "- 甲\n\n后面的正文。\n接着说。",
        "- 甲\n\n  > 引文\n  > 接着引。",
    ]);
}

#[test]
fn attributes_of_a_picture_go_on_over_lines_and_hints_are_markdown() {
    let sized = "![图](figures/a.svg){width=\"50%\"\nalt=\"甲\n乙\"}";
    silent(&[sized]);
    for (body, hint) in [
        ("![题](figures/a.svg \"来源：\"院\"\")", "write `![题](figures/a.svg \"来源：“院”\")`"),
        ("![题](figures/a.svg \"来源：院\" =50%x)", "write `![题](figures/a.svg \"来源：院\")`"),
        ("![题](figures/a.svg\"来源：院\")", "write `![题](figures/a.svg \"来源：院\")`"),
        ("![题](figures/a.svg\u{3000}“来源：院”)", "write `![题](figures/a.svg \"来源：院\")`"),
    ] {
        told(1, &[(body, hint)]);
        let right = hint.trim_start_matches("write `").trim_end_matches('`');
        silent(&[right]);
    }
}

#[test]
fn numbers_with_a_bracket_print_as_they_are_written() {
    for body in ["1) 交付；\n2) 验收。", "- 甲[^1]\n\n  1) 交付；\n  2) 验收。\n\n[^1]: 注。"]
    {
        let project = Project::of_one_chapter("", body);
        project.run(&["render", "o.pdf"]).ok();
        let file = testkit::pdf::File::open(std::fs::read(project.join("o.pdf")).expect("a file"));
        let text: String = file.pages().iter().map(testkit::pdf::Page::text).collect();
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.contains("1)交付") && text.contains("2)验收"), "{body}: {text}");
    }
}

/// What is refused parts the marks beside it, so that `check --fix` takes neither away.
#[test]
fn marks_beside_a_refused_tag_are_not_repeated() {
    for body in ["甲；<http>；乙。", "甲，<b>，乙。"] {
        let project = Project::of_one_chapter("", body);
        let before = project.read("content/a.md");
        let run = project.run(&["check", "--no-layout", "--fix", "--yes"]);
        assert!(run.stderr.contains("raw HTML"), "{}", run.stderr);
        assert!(!run.stderr.contains("TP0111"), "{}", run.stderr);
        assert_eq!(project.read("content/a.md"), before);
    }
    // A comment parts nothing: it isn't printed.
    let run = Project::of_one_chapter("", "甲，<!-- 存 -->，乙。").run(&["check", "--no-layout"]);
    assert!(run.stderr.contains("TP0111"), "{}", run.stderr);
}

#[test]
fn signs_of_programs_are_no_underlining() {
    silent(&["运算符++与--；i++在后。"]);
    told(0, &[("甲++乙丙++丁。", "`++乙丙++` is printed as it stands")]);
}
