//! Tests of variables as a whole: what is printed, what is told, which conditions hold.

use std::sync::Arc;

use crate::{Given, Piece, Variables, mask, mask_yaml, masked_pieces, restore};
use source::yaml::Document;
use source::{Diagnostic, Place, Problems, SourceFile};

const DECLARED: &str = "variables:
  partner.name: 示例伙伴
  partner.tier: {default: silver, values: [gold, silver, bronze]}
  share: {type: number, example: 0.125}
  since: {type: date, default: 2024-03}
  featured: true
  logo: {type: file, default: figures/logo.svg}
";

fn read(text: &str, given: &[&str], examples: bool) -> (Variables, Vec<Diagnostic>) {
    let file = Arc::new(SourceFile { path: "report.yaml".into(), text: text.into() });
    let mut problems = Problems::default();
    let settings = Document::parse(&file, 0..text.len(), &mut problems).expect("YAML");
    let given: Vec<Given> =
        given.iter().map(|text| Given::parse(text).expect("a key and its value")).collect();
    let variables = Variables::read(&settings, &given, examples, &mut problems);
    (variables, problems.sorted())
}

/// What a text prints, and the messages about it.
fn filled(text: &str) -> (String, Vec<String>) {
    let (variables, problems) = read(DECLARED, &[], true);
    assert!(problems.is_empty(), "{problems:?}");
    let file = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
    let mut problems = Problems::default();
    let out = variables.fill(text, &Place::new(&file, 0..text.len()), &mut problems);
    let told = |found: Diagnostic| {
        let place = found.place.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{place} {}; {}", found.message, found.hints.join("; "))
    };
    (out, problems.sorted().into_iter().map(told).collect())
}

#[test]
fn marks_print_values_and_a_backslash_keeps_them() {
    for (text, printed) in [
        ("致{{partner.name}}：{{ share:.1% }}", "致示例伙伴：12.5%"),
        ("{{since:YYYY年M月}}起", "2024年3月起"),
        ("\\{{partner.name}}与{{featured}}", "{{partner.name}}与true"),
        ("{{{share}}}", "{0.125}"),
        ("{{ }} {{1}} {{a b}} }} {{", "{{ }} {{1}} {{a b}} }} {{"),
    ] {
        let (out, told) = filled(text);
        assert_eq!((out.as_str(), told.len()), (printed, 0), "{told:?}");
    }
}

#[test]
fn what_cannot_be_printed_is_told_at_its_mark() {
    for (text, told) in [
        (
            "甲{{partner.nmae}}",
            "a.md:1:2 there is no variable `partner.nmae`; did you mean `partner.name`?",
        ),
        (
            "{{since:D日}}",
            "a.md:1:1 the date `2024-03` has nothing for `D`; write the date in full, or leave `D` out",
        ),
        (
            "{{partner.name:,}}",
            "a.md:1:1 the variable `partner.name` is neither a number nor a date, and has no formats; write `{{partner.name}}`, or declare its `type`",
        ),
    ] {
        assert_eq!(filled(text).1, [told]);
    }
}

#[test]
fn masks_keep_every_byte_where_it_was() {
    for text in ["前{{partner.name}}后", "\\\\{{a}}", "- {{a}}\n- {{b:,.1}}", "{{伙伴}}"] {
        let masked = mask(text).expect("a mark");
        assert_eq!(masked.len(), text.len());
        assert_eq!(restore(&masked), text);
    }
    assert_eq!(mask("\\{{a}}"), None);
    assert_eq!(mask("$\\frac{{1}}{{2}}$"), None);
    for text in ["t: \\{{a}} {{b}}", "t: \"\\\\{{a}}\""] {
        let masked = mask_yaml(text).expect("a mark");
        assert_eq!((masked.len(), restore(&masked)), (text.len(), text.to_owned()));
        assert!(masked_pieces(&masked).contains(&Piece::Text("{{")));
    }
}

#[test]
fn values_are_checked_where_they_are_given() {
    for (given, place, message) in [
        ("share=half", "--set share:1:1", "`share` cannot be `half`"),
        ("partner.tier=golden", "--set partner.tier:1:1", "`partner.tier` cannot be `golden`"),
        ("since=2024-13", "--set since:1:1", "`since` cannot be `2024-13`"),
        ("featured=yes", "--set featured:1:1", "`featured` cannot be `yes`"),
        ("logo=", "--set logo:1:1", "`logo` cannot be ``"),
    ] {
        let (_, problems) = read(DECLARED, &[given], true);
        assert_eq!(problems.len(), 1, "{given}: {problems:?}");
        assert_eq!(problems[0].message, message);
        assert_eq!(problems[0].place.as_ref().map(ToString::to_string).as_deref(), Some(place));
    }
    let (_, problems) = read(DECLARED, &[], false);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].message, "the variable `share` has no value");
    assert!(read(DECLARED, &["share=1"], false).1.is_empty());
}

#[test]
fn conditions_are_held_against_the_values_that_can_be() {
    let holds = |text: &str| {
        let (variables, _) = read(DECLARED, &["partner.tier=gold"], true);
        let mut problems = Problems::default();
        let holds = variables.hold(text, &Place::start_of("a.md"), &mut problems);
        (holds, problems.sorted().into_iter().map(|found| found.message).collect::<Vec<_>>())
    };
    for (text, expected) in [
        ("partner.tier=gold", true),
        ("partner.tier = gold|silver", true),
        ("partner.tier!=gold", false),
        ("partner.tier=gold, featured=true", true),
        ("partner.tier=gold，featured=false", false),
        ("share=0.1250", true),
    ] {
        assert_eq!(holds(text), (expected, vec![]), "{text}");
    }
    assert_eq!(
        holds("partner.tier=glod"),
        (false, vec!["`partner.tier` cannot be `glod`".to_owned()])
    );
    assert_eq!(holds("tier=gold"), (false, vec!["there is no variable `tier`".to_owned()]));
    assert_eq!(holds("gold"), (false, vec!["`gold` is no condition".to_owned()]));
}

#[test]
fn what_nothing_asks_for_is_known() {
    let (variables, _) = read(DECLARED, &[], true);
    variables.touch_all("{{share}} {{since:YYYY}}");
    let mut problems = Problems::default();
    variables.hold("featured=true", &Place::start_of("a.md"), &mut problems);
    let unused: Vec<String> = variables.unused().into_iter().map(|(name, _)| name).collect();
    assert_eq!(unused, ["logo", "partner.name", "partner.tier"]);
}
