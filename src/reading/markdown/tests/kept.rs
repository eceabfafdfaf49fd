//! Text in is text out, or it is told.

use super::{Chance, read, rounds};

const PIECES: [&str; 66] = [
    "甲",
    "乙丙",
    "alpha",
    "7",
    "。",
    "，",
    "“",
    "”",
    "（",
    "）",
    " ",
    " ",
    "\n",
    "\n\n",
    "**",
    "*",
    "_",
    "`",
    "$",
    "$x$",
    "^",
    "^2^",
    "~",
    "~2~",
    "[^1]",
    "[^2]",
    "\n\n[^1]: 注文\n\n",
    "[@k1]",
    "[@k1; @k2]",
    "[链](https://a.cn/)",
    "<https://b.cn/>",
    "<m@c.cn>",
    "- ",
    "\n- ",
    "\n1. ",
    "\n> ",
    "\n## ",
    "|",
    "\n| 戊 | 己 |\n|---|---|\n| 庚 | 辛 | 壬 |\n",
    "\n```\n码\n```\n",
    "\\",
    "\\*",
    "\\$",
    "&amp;",
    "<b>",
    "<!-- 话 -->",
    "![图](a.svg)",
    "![",
    "](",
    "]",
    "[",
    "{.dots}",
    "[点]{.dots}",
    "{",
    "}",
    "==",
    "~~",
    "\n[定]: https://d.cn/\n",
    "[定]",
    "\t",
    "    ",
    "\n***\n",
    "\n::: note\n",
    "\n::: {.box title=\"甲7\"}\n",
    "\n::::: {.kpi}\n- 7 | 乙\n:::\n",
    "\n:::\n",
];

/// Every letter of a text is printed, or stands where something is told.
///
/// Letters that are syntax are left out of the count: addresses, labels, commands.
#[test]
fn every_letter_is_printed_or_told() {
    let mut chance = Chance(7_714);
    let mut printed = 0;
    for _ in 0..rounds() {
        let text = chance.text(&PIECES, 12);
        // What stands behind a fence names a language.
        if ["```", "~~~"]
            .iter()
            .any(|fence| text.replace(&format!("{fence}\n"), "").contains(fence))
        {
            continue;
        }
        let found = read(&text);
        let shape = found.shape();
        if found.problems.iter().any(|told| told.rule().is_fixed() || told.rule().code == "TP0007")
        {
            continue;
        }
        printed += 1;
        for c in "甲乙丙戊己庚辛壬码注图点7".chars() {
            let count = |text: &str| text.matches(c).count();
            let (written, found) = (count(&text), count(&shape));
            // A note that is defined and not used is told, and one that is used is printed once.
            assert!(found >= written || "注".contains(c), "{c}: {text:?}\n{shape}");
        }
        let masked = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!shape.contains(masked), "{text:?}");
    }
    assert!(printed > rounds() / 10, "{printed}");
}
