//! Fenced divs: what they hold, where they begin and end, what is told.

use super::read;

/// The text is read so, and nothing is told.
#[track_caller]
fn shape(text: &str, expected: &str) {
    let found = read(text);
    assert_eq!(found.told(), Vec::<String>::new(), "{text}: {:?}", found.problems);
    assert_eq!(found.shape(), expected, "{text}");
}

/// The message that is told of a text, with its line, and its hint.
#[track_caller]
fn told(text: &str) -> (String, String) {
    let found = read(text);
    let [problem] = found.problems.as_slice() else { panic!("{text}: {:?}", found.problems) };
    let line = problem.place.as_ref().map_or(0, |place| place.line_column().0);
    (format!("{line}: {}", problem.message), problem.hints.join("; "))
}

#[test]
fn divs_hold_blocks_whatever_their_fences_look_like() {
    for text in [
        "::: note\n甲。\n:::",
        "::: {.note}\n\n甲。\n\n:::\n",
        ":::{.callout-note}\n甲。\n::::::",
        "  ::::: note :::::\n甲。\n   :::",
        ":::Note\n甲。\n::: ",
    ] {
        shape(text, "[Note \n甲。\n]\n");
    }
    shape("前。\n::: tip\n甲。\n\n- 乙\n- 丙\n:::\n后。", "前。\n[Tip \n甲。\n-乙\n-丙\n]\n后。\n");
    shape("- 项\n::: aside\n甲。\n:::\n", "-项\n[Aside \n甲。\n]\n");
    shape(
        "::: {.box title=“甲 $5 [乙]”}\n> 丙\n\n| 丁 |\n|---|\n| 戊 |\n:::",
        "[Box 甲$5 [乙]\n>丙\n|丁|戊\n]\n",
    );
    shape("::: {.callout-tip}\n## 甲题\n乙。\n:::", "[Tip 甲题\n乙。\n]\n");
    shape(
        "::: {.quote name=\"甲\" titles=\"院长；委员\"}\n乙。\n:::",
        "[Quote \n乙。\n甲 院长/委员\n]\n",
    );
    shape("::: wide\n甲。\n:::", "[Plain \n甲。\n]\n");
}

#[test]
fn numbers_are_fields_of_a_list() {
    let text = "::: {.kpi title=\"一年\"}\n- 12.5亿元 | 同比+8.3% | 收入\n- 约51家｜机构\n:::";
    shape(text, "一年[/12.5/亿元|同比+8.3%|收入]\n[约/51/家||机构]\n");
    let wrong = "::: kpi\n- 12.5亿元 | 收入\n- 12.5亿元\n- 1 | 2 | 3 | 4\n:::";
    assert_eq!(read(wrong).told().len(), 2, "{:?}", read(wrong).problems);
    assert!(told("::: kpi\n收入12亿元\n:::").1.contains("- 12.5 | +8.3% | …"));
}

#[test]
fn notes_and_links_are_those_of_the_whole_part() {
    let text = "甲[^a]与[链][l]。\n\n::: note\n乙[^b]，[又][l]。\n\n[^a]: 注一。\n:::\n\n[^b]: 注二。\n\n[l]: https://a.cn/\n";
    shape(text, "甲[note 注一。]与[链]。\n[Note \n乙[note 注二。]，[又]。\n]\n");
}

#[test]
fn colons_in_code_and_comments_are_no_fences() {
    shape("```\n::: note\n```", "::: note```\n");
    shape("甲\n\n<!--\n:::\n-->\n\n乙", "甲\n乙\n");
    shape("\\:::甲", ":::甲\n");
    shape("甲：：：乙", "甲：：：乙\n");
}

#[test]
fn headings_of_a_part_are_ranked_without_those_of_boxes() {
    let found = read("### 甲\n\n::: note\n## 题\n乙。\n:::\n\n#### 丙\n\n### 丁\n");
    assert!(found.told().is_empty());
    assert_eq!(found.shape(), "#甲\n[Note 题\n乙。\n]\n##丙\n#丁\n");
}

#[test]
fn what_is_no_div_is_told_at_its_line_with_what_to_write() {
    for (text, message, hint) in [
        ("甲。\n\n::: note\n乙。", "3: this box is not closed", "`:::`"),
        ("甲。\n\n:::\n\n乙。", "3: this ends a box that does not begin", "\\:::"),
        ("- 甲\n\n  ::: note\n  乙\n  :::", "3: a box is within a list", "left edge"),
        ("::: box\n\n::: note\n甲\n:::\n\n乙\n:::", "3: a box is within another", "`:::`"),
        ("：：： note\n甲。\n:::", "1: the colons of a box are full width", "half width"),
        ("::: note\n甲。\n：：：", "3: the colons of a box are full width", "half width"),
        ("::: tip 标题\n甲。\n:::", "1: `tip 标题` is no kind", "`::: {.tip title=\"标题\"}`"),
        ("::: warnin\n甲。\n:::", "1: a box takes no attribute `.warnin`", "`.warning`"),
        ("::: {.note titel=\"甲\"}\n乙。\n:::", "1: a box takes no attribute `titel`", "`title`"),
        ("::: {#box-}\n乙。\n:::", "1: nothing says what kind", "`.box`"),
        ("::: {.note .tip}\n乙。\n:::", "1: a box is of one kind", "`.wide`"),
        ("::: {.note #box-a}\n乙。\n:::", "1: `box-a` cannot be the label", "`.box`"),
        ("::: note\n:::", "1: this box is empty", "between"),
        ("::: note\n甲。\n\n## 题\n:::", "4: a heading is within a box", "`**…**`"),
        ("::: bleed\n甲。\n:::", "1: `.bleed` is for one picture", "caption"),
        ("::: figures\n甲。\n\n乙。\n:::", "1: pictures side by side hold", "`:::`"),
        ("::: {.quote titles=\"院长\"}\n甲。\n:::", "1: the quotation has titles", "name="),
        ("[^1]: 注\n\n    ::: note\n\n甲[^1]", "3: a box is within a list", "left edge"),
        ("> ::: note\n> 甲。\n> :::", "1: a box is within a list", "left edge"),
        ("- ::: {.box title=\"甲\"}\n  乙\n  :::", "1: a box is within a list", "left edge"),
        ("- 甲\n  - 乙\n\n    ::: tip\n    丙\n    :::", "4: a box is within a list", "left edge"),
        ("甲\n    ::: tip\n乙", "2: a box is within a list", "left edge"),
    ] {
        let found = read(text);
        assert_eq!(found.problems.len(), 1, "{text}: {:?}", found.problems);
        let (line, problem) = found
            .problems
            .iter()
            .map(|problem| (problem.place.as_ref().map_or(0, |p| p.line_column().0), problem))
            .find(|(line, problem)| format!("{line}: {}", problem.message).starts_with(message))
            .unwrap_or_else(|| panic!("{text}: {:?}", found.problems));
        assert!(
            problem.hints.iter().any(|told| told.contains(hint)),
            "{line}: {:?}",
            problem.hints
        );
    }
}

#[test]
fn many_fences_take_no_time_of_their_square() {
    let text = "::: note\n甲。\n:::\n\n".repeat(5_000) + &"::: box\n".repeat(5_000);
    let started = std::time::Instant::now();
    assert!(read(&text).told().len() >= 5_000);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
