//! Tests that a fix leaves no text worse: what is not sure is told, and what is right stays.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Prose, ProseKind, Settings, read};
use source::{Problems, SourceFile, fix};

/// Paragraphs of a Chinese report after the fixes, until nothing more is fixed.
fn mended_with(text: &str, settings: &Settings) -> String {
    let file = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
    let mut at = 0;
    let piece = |part: &str| {
        let mut prose = Prose::markdown(&file, ProseKind::Body);
        let start = at;
        at += part.len() + 2;
        prose.push(part, &(start..start + part.len()));
        prose
    };
    let prose: Vec<Prose> = text.split("\n\n").map(piece).collect();
    let mut problems = Problems::default();
    read(&prose, settings, &mut problems);
    fix::apply(text, problems.sorted().into_iter().flat_map(|found| found.fix).collect())
}

fn mended(text: &str) -> String {
    mended_with(text, &Settings::default())
}

#[test]
fn what_is_right_or_not_sure_stays() {
    for text in [
        // A character that ends one word and begins the next.
        "为了了解读者，编辑部发了问卷",
        "这批标的的底价",
        "大家在在线会议上见面",
        "会场的的的确确很大",
        // Marks of Latin quotations.
        "她答：“No, not yet.”",
        "书名是“What Is Life?”",
        "他写道：“It works; we ship it.”",
        // Inches, calls, formulas with signs.
        "一台13\"平板和27\"显示屏",
        "先写open(\"a.txt\", \"r\")，再写min(a, b)",
        "按P(A, B)与O(n log n)计算，参见Eq. (12)与Fig. (3)",
        "云 + 制造，AI + 教育，5G + 矿山",
        // Numbers that are each meant.
        "三、四年级的教室",
        "七、八月的雨水",
        "四、五月份交稿",
        "初二、三年级",
        "二、三十年代的旧报",
        // Codes, addresses, and links that are none.
        "好:tada:与:rocket:，再见:wave:",
        "甲&amp;乙&nbsp;丙",
        "'''重'''点",
        "见docs.example.com与example.org/a,b",
        "[说明] (https://example.com/a)",
        "｜项｜值｜\n｜---｜---｜\n｜一｜1｜",
        // Names in Chinese marks.
        "Rust、Go、Zig。",
        "macOS（Intel、ARM）。",
        "甲项；\n\nRust，Typst；\n\n乙项。",
        // A quotation that goes on in the next paragraph.
        "她说：“这一段没有完\n\n这里才完”，又说：“这一段也没有完\n\n到此为止”。",
        // Codes and names with a hyphen.
        "拨打010-12345678咨询，电话021-87654321转801",
        "飞机型号为737-800和737-900，去7-11便利店，住3-501室",
        // Code with Chinese in it.
        "输入print(\"你好，世界\")，再写=IF(A1>0,\"是\",\"否\")",
        "条件是name='甲'，返回{\"name\": \"张三\", \"age\": 18}",
        // Units, substances, numbers in brackets.
        "按2.5L/(户·h)计，含2-(4-氯苯基)乙醇与(R)-2-丁醇",
        "(NH₄)₂SO₄溶液与铁(III)离子",
        "区间(0, 1)内，坐标(3, 4)，为12.5(8.0,19.3)分",
        // Terms that go on.
        "第1、2、…、n项与x₁，x₂，…，xₙ，即0.333…，",
        "他答：“Well...”",
        "于是(a+b)(a-b)=a²-b²，log₂(x+1)的值，加入(1+1)盐酸",
        "含聚(3-己基噻吩)，(±)-薄荷醇，见(100)、(110)晶面",
        "测得NMR (400 MHz, CDCl3) δ 7.26 (s, 1H), 1.25 (m, 4H)。",
        "区间(0,1]、[0,+∞)与x∈(0,1]，y∈[2,3)，落在[4.0,4.5)的有(a,b]",
        "拨打(02)2345-6789，去Xī’ān与nǚ’ér家听rock ’n’ roll",
        "他说：“他答：‘她问：“去吗？”我答：“去。”’”",
        "A. 慰藉（jiè）　B. 氛围（fēn）",
        "系统频繁锁定账户，从严竣工验收，下沉缅甸市场，协调济南、青岛，返回朔州市",
        "部分岐山县，贪污陷入窘境，金融恰逢其时，上报歉收面积，致敬仰幕后英雄，三尊照片",
        // Primes, dots, blanks that are meant.
        "上游5'-ATGCGT-3'，下游5'-CGTAAC-3'，切去5'端和3'端",
        "“—”表示不详，“…”表示不足，前几项为1，1，2，3，…。",
        "版本号是“主版本.次版本.修订号”，写库名.表名.字段名",
        "衍文以“（　）”标出，答案是（　　）或（ ）。",
        "住1-101号楼，含双(2-乙基己基)酯",
        "判决是（2021）京0105民初12345号，金额是1,234,567元",
        "What it is is clear. The boat sailed on on Friday, and vitamin A a person needs.",
        "He gave her her book, and came in in time. Go go go!",
        // Marks of Word behind figures, derivatives, signs before brackets, verses.
        "北纬30°15’20”，用12”晶圆和8”晶圆，函数f’(x)与g’(t)连续",
        "得e^(−x)、10^(-3)与χ²(n)，对∀(x,y)有命题(p→q)，点(x₀,y₀)与角Δ(G)",
        "见《路加福音》2：11—14，配比为3：1",
        // A name within a speech: told.
        "她问：\"你看过\"茶馆\"没有？\"",
        // Numbers that commas part otherwise.
        "共1,234人，取F(5%,10%)与{3m,4m}的值",
        "English for the most part is right: the word for ink is 墨, and 活字 means type (活字).",
        // Numbers of items.
        "分为：1）甲；2）乙",
        "p<0.05，n=128，t(127)=2.13",
        // Entries of references, in Chinese and in English.
        "[1] 王五, 赵六. 排版综述[J]. 某某学报, 2021, 5(1): 3-9.",
        "Li H. Setting type[M]. Beijing: Some Press, 2019: 12-15.",
        // Columns that are not read as a table, and marks of others.
        "项目      数值      备注\n甲 b      1,234     见注",
        ": 各项数值",
        "\u{200B}## 标题",
        // One quote is missing, the other pairs are sound.
        "少了一个“在前面，“后面”是对的，“末尾”也对。",
    ] {
        assert_eq!(mended(text), text);
    }
}

#[test]
fn what_is_mended_is_mended_whole() {
    for (text, right) in [
        ("一.甲项\n二.乙项", "一、甲项\n二、乙项"),
        ("全年１２，３４５．６万元", "全年12,345.6万元"),
        ("共３，０００，０００人", "共3,000,000人"),
        ("１＋２＝３是对的", "1+2=3是对的"),
        (
            "地址是ｈｔｔｐｓ：／／ａ．ｃｏｍ／ｂ，邮箱ｘ＠ｙ．ｃｎ。",
            "地址是https://a.com/b，邮箱x@y.cn。",
        ),
        ("10磅;B5纸,8K;VR头盔,4G;12/31", "10磅；B5纸，8K；VR头盔，4G；12/31"),
        ("第2-4章、6-8章", "第2—4章、6—8章"),
        ("大约七、八个人", "大约七八个人"),
        ("用时3-5天，占10%-20%，2021-2022学年", "用时3～5天，占10%～20%，2021—2022学年"),
        ("CEO(首席执行官)说(好)", "CEO（首席执行官）说（好）"),
        ("数字...还有", "数字……还有"),
        ("好,,好;;好", "好，好；好"),
        ("约3%,7℃,2kg上下", "约3%，7℃，2kg上下"),
        ("他问:\"好\",又问:\"坏?\"", "他问：“好”，又问：“坏？”"),
        ("他说\"版本2.0\"好", "他说“版本2.0”好"),
        ("\"版本2.0\"与\"版本3.0\"", "“版本2.0”与“版本3.0”"),
        ("用27\"屏看\"版本2.0\"", "用27\"屏看“版本2.0”"),
        ("他说\"12\"的屏太小\"", "他说“12\"的屏太小”"),
        ("LLM(Large Language Model)是", "LLM（Large Language Model）是"),
        ("他说'好'，又说'3'", "他说‘好’，又说‘3’"),
        ("到此结束.然后开始", "到此结束。然后开始"),
        ("See the the press and a a book of of it.", "See the press and a book of it."),
        ("太好了!!真的吗??什么?!", "太好了！！真的吗？？什么？！"),
        ("手续繁锁，人才汇粹", "手续繁琐，人才荟萃"),
        ("我们我们走吧", "我们走吧"),
        ("说明”范围“", "说明“范围”"),
        ("说明”范围“\n\n说明“对象“", "说明“范围”\n\n说明“对象”"),
        ("他说：“他答“好”字。”", "他说：“他答‘好’字。”"),
    ] {
        assert_eq!(mended(text), right);
        assert_eq!(mended(right), right);
    }
}

#[test]
fn a_word_within_a_longer_one_is_told_and_stays() {
    let terms = BTreeMap::from([
        ("智能体".to_owned(), vec!["代理".to_owned()]),
        ("Example".to_owned(), vec!["example".to_owned()]),
    ]);
    let settings = Settings { terms, ..Settings::default() };
    let text = "代理商与代理人，见example.com，写信到hi@example.com";
    assert_eq!(mended_with(text, &settings), text);
    for text in ["api.example.com/v1的文档", "example@x.cn是信箱", "见hi@example.com。"] {
        assert_eq!(mended_with(text, &settings), text);
    }
    assert_eq!(mended_with("这个代理用example写成", &settings), "这个智能体用Example写成");
    for (text, right) in [("先用example/再说", "先用Example/再说"), ("见example。", "见Example。")]
    {
        assert_eq!(mended_with(text, &settings), right);
    }
}

#[test]
fn an_apostrophe_before_figures_is_no_quote() {
    let settings = Settings { other_region: true, lang: "zh-TW".into(), ..Settings::default() };
    let text = "與O’Neill，’80年代的事";
    assert_eq!(mended_with(text, &settings), text);
}

#[test]
fn what_is_not_mended_is_told() {
    let told = |text: &str| {
        let file = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
        let mut prose = Prose::markdown(&file, ProseKind::Body);
        prose.push(text, &(0..text.len()));
        let mut problems = Problems::default();
        read(&[prose], &Settings::default(), &mut problems);
        problems.sorted().iter().map(|found| found.rule().code).collect::<Vec<_>>()
    };
    assert_eq!(told("她问：\"你看过\"茶馆\"没有？\""), ["TP0107"]);
    assert_eq!(told("答案是（   ），选自（ ）或（　　）"), ["TP0102"]);
    assert_eq!(told("用12”晶圆和8”晶圆"), ["TP0108", "TP0108"]);
    assert_eq!(told("名为“12”的晶圆"), Vec::<&str>::new());
    assert_eq!(told("患AIDS的人与hearing aids的人"), Vec::<&str>::new());
    assert_eq!(told("用GraphQL写，再用graphql写"), ["TP0203"]);
    assert_eq!(told("用GraphQL写，再用the graphql code写"), ["TP0203"]);
}
