//! Several keys and labels in one bracket; signs of comparison and of products.

use super::read;

#[test]
fn keys_parted_by_other_marks_are_all_cited() {
    for text in [
        "甲[@k1,@k2]。",
        "甲[@k1, @k2]。",
        "甲[@k1，@k2]。",
        "甲[@k1、@k2]。",
        "甲[@k1 @k2]。",
        "甲[@k1 and @k2]。",
        "甲[@k1 & @k2]。",
        "甲[@k1与@k2]。",
        "甲[@k1 、 @k2]。",
        "甲[@k1,\n@k2]。",
    ] {
        let found = read(text);
        assert_eq!(found.shape(), "甲[k1;k2]。\n", "{text}");
        assert_eq!(found.told(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn labels_parted_by_other_marks_are_all_referred_to() {
    for text in [
        "见[@fig-a、@fig-b]。",
        "见[@fig-a, @fig-b]。",
        "见[@fig-a @fig-b]。",
        "见[@fig-a和@fig-b]。",
        "见[-@fig-a，-@fig-b]。",
        "见[@fig-a,@fig-b]。",
    ] {
        let found = read(text);
        assert_eq!(found.shape(), "见[cross]。\n", "{text}");
        let blocks = format!("{:?}", found.blocks);
        assert!(blocks.contains("\"fig-a\"") && blocks.contains("\"fig-b\""), "{blocks}");
        assert_eq!(found.told(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn keys_with_words_between_them_are_told_and_the_hint_helps() {
    for (text, right) in [
        ("甲[@k1, p. 5, @k2]。", "[@k1, p. 5; @k2]"),
        ("甲[@k1，第5页，另见 @k2]。", "[@k1，第5页; 另见 @k2]"),
        ("甲[@k1 见 @k2]。", "[@k1; 见 @k2]"),
        ("甲[@k1、@k2, 第5页]。", "[@k1; @k2, 第5页]"),
        ("甲[@k1@k2]。", "[@k1; @k2]"),
        ("甲[@fig-a, 又见@fig-b]。", "[@fig-a; 又见@fig-b]"),
        ("甲[@fig-a, @k2]。", "`[@k2]` and `[@fig-a]`"),
    ] {
        let found = read(text);
        let [problem] = &found.problems[..] else { panic!("{text}: {:?}", found.problems) };
        assert!(problem.hints[0].contains(right), "{text}: {:?}", problem.hints);
        let followed = read(&format!("甲{}。", right.replace(" and ", "与").replace('`', "")));
        assert!(!followed.shape().contains('@'), "{}", followed.shape());
        assert_eq!(followed.told(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn signs_of_comparison_before_numbers_are_told_and_the_hint_helps() {
    for text in [
        ">5%的样本有效。",
        ">=50%的企业",
        "前文\n\n>100万元的合同",
        "- >30天的账期",
        ">= 3次的记录",
    ] {
        let found = read(text);
        assert_eq!(found.told().len(), 1, "{text}: {:?}", found.told());
        let followed = read(&text.replace('>', "\\>"));
        assert_eq!(followed.told(), Vec::<String>::new(), "{text}");
        assert!(followed.shape().contains('>'), "{}", followed.shape());
        assert_eq!(read(&text.replace('>', "> ")).told(), Vec::<String>::new(), "{text}");
    }
    for text in [">引文。", ">2024年，公司成立。", ">5个人\n>都来了"] {
        assert_eq!(read(text).told(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn products_in_a_sentence_print_as_written() {
    for text in [
        "尺寸20*30mm、40*50mm。",
        "分辨率1920*1080、2560*1440",
        "规格3*4m；5*6m。",
        "面积5*3，2*4。",
        "a*b、c*d",
        "乘方2**10、3**5。",
        "尺寸3*5*2毫米",
        "地块3米*4米、5米*6米",
        "圆2*π*r，球4*π*r",
        "x1*x2与y1*y2",
        "**板材**20*30、40*50，**型材**5*6、7*8",
    ] {
        let found = read(text);
        let right = text.replacen("**板材**", "{板材}", 1).replacen("**型材**", "{型材}", 1);
        assert_eq!(found.shape().trim_end(), right, "{text}");
        assert_eq!(found.told(), Vec::<String>::new(), "{text}");
    }
    let table = read("| 甲 |\n|---|\n| 20*30mm、40*50mm |");
    assert!(table.shape().contains("20*30mm、40*50mm"), "{}", table.shape());
    let note = read("甲[^1]。\n\n[^1]: 长3*4、5*6米。");
    assert!(note.shape().contains("长3*4、5*6米"), "{}", note.shape());
}

#[test]
fn emphasis_beside_numbers_stays_emphasis() {
    for (text, right) in [
        ("共**2024**3月", "共{2024}3月"),
        ("有5**3倍**的", "有5{3倍}的"),
        ("约**5%**2倍，**8%**3倍", "约{5%}2倍，{8%}3倍"),
        ("这是*5*3倍", "这是<5>3倍"),
    ] {
        assert_eq!(read(text).shape().trim_end(), right, "{text}");
    }
}
