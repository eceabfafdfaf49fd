//! Marks that would be printed are told; sound prose is not.

use super::read;

#[test]
fn left_over_marks_are_told_at_their_place_and_their_hints_help() {
    for (text, fixed) in [
        ("** 重点 **在后", "**重点**在后"),
        ("这是==重点==。", "这是**重点**。"),
        ("这是~~旧的~~新的。", "这是\\~\\~旧的\\~\\~新的。"),
        ("##小标题", "## 小标题"),
        ("###　小标题", "\\###　小标题"),
        ("＃＃ 小标题", "## 小标题"),
        ("1.第一条\n2.第二条", "1. 第一条\n2. 第二条"),
        ("3)“第三”条", "3\\)“第三”条"),
        ("要点有：\n2. 第二条", "要点有：\n\n2. 第二条"),
        ("-第一条", "- 第一条"),
        ("- [ ] 待办", "- 待办"),
        ("* [x] 已办", "* \\[x] 已办"),
        ("[TOC]", "正文"),
        ("[[_TOC_]]", "正文"),
        ("后文^[行内的注]。", "后文[^1]。\n\n[^1]: 行内的注"),
        ("分页\\newpage继续", "分页\\\\newpage继续"),
        ("\\textbf{重点}", "**重点**"),
        ("标题 {#sec-a}", "标题"),
        ("一段话{.note}", "一段话\\{.note}"),
        ("填{{公司名称}}即可", "填\\{\\{公司名称}}即可"),
        ("见[[另一页]]", "见\\[\\[另一页]]"),
        ("代码`缺一半", "代码\\`缺一半"),
        ("＊＊重点＊＊", "**重点**"),
        ("说明[在此](https://a.cn/甲 乙)", "说明[在此](<https://a.cn/甲 乙>)"),
        ("说明[在此]（https://a.cn/）", "说明[在此](https://a.cn/)"),
        ("甲|乙\n丙|丁|戊\n---|---", "甲"),
        ("| 甲 | 乙 |\n| 1 | 2 |", "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"),
        ("中间__重点__文字", "中间**重点**文字"),
        ("喊![注]", "喊\\![注]"),
        ("> [!NOTE]\n> 引文。", "::: note\n引文。\n:::"),
        ("式\\(x^2\\)与\\[y=1\\]。", "式$x^2$与$y=1$。"),
        ("## 标题##", "## 标题"),
        ("这是一段话。\n---\n\n又一段", "这是一段话。\n\n又一段"),
    ] {
        let found = read(text);
        assert!(
            found.told().iter().any(|told| told.starts_with("TP0009")),
            "{text}: {:?}",
            found.told()
        );
        assert!(found.problems.iter().all(|found| !found.hints.is_empty()));
        assert_eq!(read(fixed).told(), Vec::<String>::new(), "{fixed}");
    }
}

#[test]
fn sound_prose_and_escaped_marks_are_not_told() {
    for text in [
        "C#与F#，{x}属于集合{1, 2}，#1号机，#话题#，a==b，c==d。",
        "版本1.0版，3.5倍，第1.2节，2024.12.31，No.1，1.5亿。",
        "1.5倍的增长\n2.0版发布",
        "姓名：__，性别：__；电话138****5678。",
        "路径D:\\data\\raw与/usr/bin，正则\\d。",
        "约~10%，3~5天，周一~周三；x^2+y^2，US$100，$5亿。",
        "数组[[1, 2], [3, 4]]与a[0]，[注1]，注[2]。",
        "\\*\\*原样\\*\\*，\\==也是\\==，\\[toc]，\\{#id}，\\^[a]，\\`，\\![b]。",
        "`**`与`[toc]`和`{{x}}`都是代码。",
        "    ",
        "1．第一条，（2）第二条，3、第三条，①第四条",
        "他说：“好！”——“行……”\n一个|竖线",
        "x^[1]^与H~2~O",
        "——完——",
        "\\(见表\\)，\\[a\\]，un*believ*able，这是*重*点",
        "## 关于C#与F#",
        "比例3:1，时间12:30:05，C++与A*算法，5 * 3=15",
        "C++与A*算法，5*3=15",
    ] {
        assert_eq!(read(text).told(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn asterisks_that_multiply_are_told() {
    for text in ["体积=长*宽*高", "共3*人数*天数"] {
        assert_eq!(read(text).told(), ["TP0009:1"], "{text}");
    }
}

#[test]
fn pictures_written_nearly_right_are_refused_with_what_to_write() {
    for (text, right) in [
        ("![图](figures/my chart.png)", "![图](<figures/my chart.png>)"),
        ("![图](a.svg “来源：甲”)", "![图](a.svg \"来源：甲\")"),
        ("![图]（a.svg）", "![图](a.svg)"),
        ("前文\n![[figures/a b.svg]]", "![caption](<figures/a b.svg>)"),
        ("！［图］（图 1.png）", "![图](<图 1.png>)"),
    ] {
        let found = read(text);
        let [problem] = &found.problems[..] else { panic!("{text}: {:?}", found.problems) };
        assert_eq!(problem.rule().code, "TP0001", "{text}");
        assert!(problem.hints[0].contains(right), "{text}: {:?}", problem.hints);
        // Followed, it is read as a picture, of a file that this project has not.
        let told = read(right);
        assert!(told.problems[0].message.ends_with("is missing"), "{:?}", told.problems);
    }
}

#[test]
fn notes_links_and_cells_that_vanish_are_told() {
    for (text, told) in [
        ("甲[^1]。", "TP0001:1"),
        ("甲[^1]。\n\n[^1]：注", "TP0001:1"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 | 三 |", "TP0001:3"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |", "TP0001:3"),
        ("[甲](https://a.cn/ \"标题\")", "TP0005:1"),
        ("正文。\n\n[甲]: https://a.cn/", "TP0005:3"),
        ("[甲]\n\n[甲]: https://a.cn/\n[甲]: https://b.cn/", "TP0001:4"),
        ("正文。\n\n[^1]: 没用到", "TP0007:3"),
    ] {
        assert!(read(text).told().contains(&told.to_owned()), "{text}: {:?}", read(text).told());
    }
    assert_eq!(read("[甲][B]与[乙]\n\n[b]: https://a.cn/\n[乙]: <https://b.cn/>").told().len(), 0);
    assert_eq!(read("<some.one@example.com>").told().len(), 0);
}

#[test]
fn what_stands_behind_a_fence_and_is_no_language_is_told() {
    for text in ["```这是代码\n甲\n```", "1. 项\n\n```  ba利\n```", "```two words\na\n```"] {
        assert_eq!(read(text).told().len(), 1, "{text}");
    }
    for text in ["```\na\n```", "```python\na\n```", "``` {.c++}\na\n```", "~~~objective-c\na\n~~~"]
    {
        assert_eq!(read(text).told(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn characters_that_stand_for_masked_ones_are_the_authors() {
    for c in ['\u{1a}', '\u{1c}', '\u{1d}'] {
        let boxed = format!("::: tip\n文。\n:::\n\n甲{c}乙$5与$6");
        for text in [format!("甲{c}乙"), format!("甲{c}乙$5与$6"), boxed] {
            let printed = read(&text).shape();
            assert!(printed.contains(c), "{printed:?}");
        }
    }
}
