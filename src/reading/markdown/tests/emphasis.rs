//! Emphasis beside Chinese marks, and beside Latin as it was.

use super::super::{emphasis, parse};
use super::{Chance, read, rounds};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

#[test]
fn what_the_marks_enclose_is_emphasised() {
    for (text, right) in [
        ("第一段，**结论先行。**下文说明理由。", "第一段，{结论先行。}下文说明理由。"),
        (
            "他把**“智能”**两个字圈了出来，又读了**《算法导论》**的第三章。",
            "他把{“智能”}两个字圈了出来，又读了{《算法导论》}的第三章。",
        ),
        ("**单价（元）**为含税价；**50%**的样本。", "{单价（元）}为含税价；{50%}的样本。"),
        ("- **速度快：**比上一代快三倍。", "-{速度快：}比上一代快三倍。"),
        ("用***“双重”***强调，*（轻声）*地说", "用<{“双重”}>强调，<（轻声）>地说"),
        ("**外层*“内层”*还在**后面", "{外层<“内层”>还在}后面"),
        (
            "运行**`make all`**之后，看**[说明](https://a.cn/)**的第2页",
            "运行{`make all`}之后，看{[说明]}的第2页",
        ),
        ("采用**“云—边”**API，共**3项：**甲", "采用{“云—边”}API，共{3项：}甲"),
        ("**甲，\n乙。**丙", "{甲，乙。}丙"),
        ("> **引文。**他说**“好”**了", ">{引文。}他说{“好”}了"),
        ("## **概述：**背景", "#{概述：}背景"),
        ("| **甲（元）**的 |\n|---|\n| 约**5%**左右 |", "|{甲（元）}的|约{5%}左右"),
        ("GPT**(测试)**v2版，**5%**2倍，a*(b+c)*d", "GPT{(测试)}v2版，{5%}2倍，a*(b+c)*d"),
        ("**“甲”****（乙）**丙", "{“甲”****（乙）}丙"),
        ("注：*p<0.05，**p<0.01，***p<0.001。", "注：*p<0.05，**p<0.01，***p<0.001。"),
        ("0.52***（0.13），0.31**（0.10）", "0.52***（0.13），0.31**（0.10）"),
        ("0.52*（0.13），0.31*（0.10）", "0.52*（0.13），0.31*（0.10）"),
        ("手机138****1234和139****5678", "手机138****1234和139****5678"),
        ("号1101**********1234，138****1234", "号1101**********1234，138****1234"),
        ("计算5*（3+2）*4的值", "计算5*（3+2）*4的值"),
        ("（1+2）*3*（4+5），单价*（1+税率）*数量", "（1+2）*3*（4+5），单价*（1+税率）*数量"),
        ("通配符*.txt和*.csv，COUNT(*)和SUM(*)", "通配符*.txt和*.csv，COUNT(*)和SUM(*)"),
        ("A*算法与D*算法，A*搜索，A*", "A*算法与D*算法，A*搜索，A*"),
        ("甲、*乙、*丙", "甲、*乙、*丙"),
        ("__init__与__main__", "__init__与__main__"),
        ("共3**5项**指标，另4**6项**指标", "共3{5项}指标，另4{6项}指标"),
        (
            "变量*x*与*y*，增长**0.52**（见表），数5*重点*后",
            "变量<x>与<y>，增长{0.52}（见表），数5<重点>后",
        ),
        (
            "ハードウェア**「性能」**です。한국어**(강조)**를",
            "ハードウェア{「性能」}です。한국어{(강조)}를",
        ),
    ] {
        // Marks of one row share their space, whatever is bold: their place is not looked at here.
        let plain = |text: &str| {
            text.replace(['“', '”', '（', '）', '《', '》', '「', '」', '。', '，', '：'], "")
        };
        let found = read(text);
        assert_eq!(plain(found.shape().trim_end()), plain(right), "{text}");
    }
}

/// Chinese text in which some words are marked: exactly those are bold.
#[test]
fn whatever_marks_stand_beside_the_asterisks_the_words_are_bold() {
    const OUTER: [&str; 11] =
        ["中文", "，", "。", "“", "”", "（", "）", "文AI", "5个", "——", "《书》"];
    const FIRST: [&str; 9] = ["重", "“", "《", "（", "50", "AI", "￥", "【", "——"];
    const LAST: [&str; 10] = ["点", "”", "》", "）", "。", "：", "5%", "AI", "……", "】"];
    let mut chance = Chance(618);
    for _ in 0..rounds() {
        let (mut text, mut right) = (String::from("始"), String::from("始"));
        for _ in 0..=chance.below(3) {
            let words = format!("{}中{}", FIRST[chance.below(9)], LAST[chance.below(10)]);
            let outer = OUTER[chance.below(11)];
            text.push_str(&format!("**{words}**{outer}"));
            right.push_str(&format!("{{{words}}}{outer}"));
        }
        let events = parse::parse(&text, &[]).events;
        let found: String = events
            .iter()
            .map(|(event, _)| match event {
                Event::Text(text) => &**text,
                Event::Start(Tag::Strong) => "{",
                Event::End(TagEnd::Strong) => "}",
                _ => "",
            })
            .collect();
        assert_eq!(found, right, "{text}");
    }
}

#[test]
fn underscores_within_words_and_escaped_asterisks_print_as_written() {
    for text in
        ["文件_名_称", "变量max_len与min_len", "\\*不是强调。\\*后", "5 * 3 * 2", "甲_“乙”_丙"]
    {
        assert_eq!(read(text).shape().trim_end().replace(' ', ""), text.replace(['\\', ' '], ""));
    }
    assert_eq!(read("说：__注意__：事项").shape(), "说：{注意}：事项\n");
}

#[test]
fn where_nothing_is_chinese_the_parser_is_right() {
    let pieces = [
        "*", "*", "**", "_", "_", "__", "a", "b", " ", "(", ")", ".", "\\", "\\\n", "\n", "`",
        "[x](u)", "[", "]", "\"", "1", "&amp;", "é", "“", "—", "> ", "- ", "|", "$",
    ];
    let mut chance = Chance(20_250_101);
    for _ in 0..rounds() {
        let text = chance.text(&pieces, 14);
        let parsed =
            || Parser::new_ext(&text, parse::OPTIONS).into_offset_iter().collect::<Vec<_>>();
        let amended = emphasis::amend(&text, parsed());
        assert_eq!(joined(amended), joined(parsed()), "{text:?}");
    }
}

/// The events with texts that touch in one.
fn joined(events: Vec<super::super::Spanned>) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    let mut text = String::new();
    for (event, range) in events {
        if let Event::Text(more) = event {
            text.push_str(&more);
            continue;
        }
        if !text.is_empty() {
            out.push(std::mem::take(&mut text));
        }
        out.push(format!("{event:?} {range:?}"));
    }
    out.push(text);
    out
}

#[test]
fn long_rows_of_marks_take_no_time() {
    let started = std::time::Instant::now();
    for piece in ["**甲。", "*“", "_。*", "$5，", "![", "[^1]", "`", "***“甲”"] {
        read(&piece.repeat(20_000));
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
