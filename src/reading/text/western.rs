//! English paragraphs: a typewriter's marks across their runs, footnotes behind stops, citations.

use western::{Language, OBJECT, Turned, is_stop};

use super::{flatten, merge};
use crate::reading::model::{Inline, Inlines};
use cjk::WORD_JOINER;
use cjk::stitch::{Cell, CellKind, stitch_western};

/// Tidies a text without markup.
pub(super) fn plain(text: &str, language: Language) -> String {
    let text = text.trim();
    let text = if language == Language::English { western::set(text) } else { text.to_owned() };
    let cells: Vec<_> = text.chars().map(|c| Cell { c, kind: CellKind::Text(0) }).collect();
    stitch_western(&cells, 1).concat()
}

/// Sets a typewriter's marks in all runs, whatever styles part them.
pub(in crate::reading) fn set(inlines: &mut Inlines) {
    let (mut cells, mut count) = (vec![], 0);
    flatten(inlines, false, CellKind::Hanging, &mut count, &mut cells);
    // What hangs on a word is nothing between it and what follows.
    let cells: Vec<&Cell> = cells.iter().filter(|cell| cell.kind != CellKind::Hanging).collect();
    let chars: Vec<char> = cells
        .iter()
        .map(|cell| match cell.kind {
            CellKind::Fixed { .. } => OBJECT,
            CellKind::Break => '\n',
            _ => cell.c,
        })
        .collect();
    if !chars.iter().copied().any(western::is_typed) {
        return;
    }
    let mut runs = vec![String::new(); count];
    let mut turned = western::marks(&chars).turned.into_iter().peekable();
    for (at, cell) in cells.iter().enumerate() {
        let (CellKind::Text(run) | CellKind::Raised(run)) = cell.kind else { continue };
        while turned.next_if(|mark| mark.range.end <= at).is_some() {}
        match turned.peek() {
            Some(Turned { range, text }) if range.contains(&at) => {
                if at == range.start {
                    runs[run].push_str(text);
                }
            }
            _ => runs[run].push(cell.c),
        }
    }
    super::write_back(inlines, &mut runs.into_iter());
}

/// The same of an entry in a list of references, whose style has put its title into quotes: those
/// within it are of the other kind.
pub(in crate::reading) fn set_entry(inlines: &mut Inlines) {
    within_quotes(inlines, &mut 0, &mut false);
    set(inlines);
}

fn within_quotes(inlines: &mut Inlines, depth: &mut usize, open: &mut bool) {
    for inline in inlines {
        if let Inline::Text { v } = inline {
            let turned = v.chars().map(|c| {
                match c {
                    '“' => *depth += 1,
                    '”' => *depth = depth.saturating_sub(1),
                    '"' if *depth > 0 => {
                        *open = !*open;
                        return if *open { '‘' } else { '’' };
                    }
                    _ => {}
                }
                c
            });
            *v = turned.collect();
        } else if let Some(body) = inline.body_mut() {
            within_quotes(body, depth, open);
        }
    }
}

/// The Chinese characters that are kept together: a name.
const NAME: usize = 6;

/// Gives Chinese words runs of their own: lines of western words are filled between these, and not
/// between characters.
pub(super) fn han(inlines: &mut Inlines) {
    let mut out: Inlines = Vec::with_capacity(inlines.len());
    for mut inline in std::mem::take(inlines) {
        match &mut inline {
            Inline::Text { v } if v.contains(cjk::is_han) => out.extend(parted(v)),
            // Dots stand under characters of plain text.
            Inline::Footnote { .. } | Inline::Cite { .. } | Inline::Dots { .. } => out.push(inline),
            other => {
                if let Some(body) = other.body_mut() {
                    han(body);
                }
                out.push(inline);
            }
        }
    }
    *inlines = out;
}

/// A text, its Chinese words apart; those of many characters can be parted.
fn parted(text: &str) -> Vec<Inline> {
    let wide = |c: char| cjk::is_han(c) || cjk::is_mark(c) && !cjk::is_shared(c);
    let (mut out, mut rest) = (vec![], text);
    while let Some(at) = rest.find(cjk::is_han) {
        let (before, from) = rest.split_at(at);
        let (word, behind) = from.split_at(from.find(|c| !wide(c)).unwrap_or(from.len()));
        out.push(Inline::text(before));
        if word.chars().count() <= NAME {
            out.push(Inline::Marks { v: word.to_owned() });
        } else {
            let mut pieces: Vec<String> = vec![];
            for c in word.chars() {
                match pieces.last_mut() {
                    Some(last) if cjk::is_closing(c) || last.ends_with(cjk::is_opening) => {
                        last.push(c)
                    }
                    _ => pieces.push(c.to_string()),
                }
            }
            out.extend(pieces.into_iter().map(|v| Inline::Marks { v }));
        }
        rest = behind;
    }
    out.push(Inline::text(rest));
    out
}

/// Moves footnotes' marks behind the stops that follow them.
pub(super) fn notes_behind_stops(inlines: &mut Inlines) {
    behind_stops(inlines, |inline| {
        matches!(inline, Inline::Footnote { .. } | Inline::NoteAgain { .. })
    });
}

fn behind_stops(inlines: &mut Inlines, raised: impl Fn(&Inline) -> bool + Copy) {
    for inline in inlines.iter_mut().filter(|inline| !matches!(inline, Inline::Footnote { .. })) {
        if let Some(body) = inline.body_mut() {
            behind_stops(body, raised);
        }
    }
    let mut at = 0;
    while at < inlines.len() {
        let notes = inlines[at..].iter().take_while(|inline| raised(inline)).count();
        let end = at + notes;
        // Behind a colon stands no other stop.
        let follows = matches!(inlines[..at].last(), Some(Inline::Text { v })
            if v.trim_end_matches([' ', WORD_JOINER]).ends_with([':', ';', ',']));
        if notes > 0
            && !follows
            && let Some(Inline::Text { v }) = inlines.get_mut(end)
        {
            let joiner = |c: char| c == WORD_JOINER;
            let rest = v.trim_start_matches(joiner);
            let length = rest.find(|c| !is_stop(c)).unwrap_or(rest.len());
            // A stop within a word is none: a file's ending, a decimal.
            let within = rest[length..].starts_with(char::is_alphanumeric);
            if length > 0 && !within {
                let stops = rest[..length].to_owned();
                *v = rest[length..].to_owned();
                let before = inlines[..at].iter_mut().next_back();
                match before {
                    Some(Inline::Text { v }) => {
                        let kept = v.trim_end_matches([' ', WORD_JOINER]).len();
                        v.truncate(kept);
                        v.push_str(&stops);
                    }
                    _ => {
                        inlines.insert(at, Inline::text(stops));
                        at += 1;
                    }
                }
            }
        }
        at += notes.max(1);
    }
}

/// Puts in order what stands around citations, once their style is known: a raised one stands
/// behind the stop, and has no space before it; before one in brackets is a space, and both stay on
/// one line.
pub(in crate::reading) fn around_citations(inlines: &mut Inlines) {
    // One with names or words has its place among those of the text.
    let raised = |inline: &Inline| {
        let Inline::Cite { cited } = inline else { return false };
        let mut shown = cited.body.iter().filter(|run| !super::plain(&[(*run).clone()]).is_empty());
        let alone = |run: &Inline| matches!(run, Inline::Sup { .. });
        shown.clone().next().is_some() && shown.all(alone)
    };
    behind_stops(inlines, raised);
    spaces_before(inlines, raised);
    merge(inlines);
}

fn spaces_before(inlines: &mut Inlines, raised: impl Fn(&Inline) -> bool + Copy) {
    for inline in inlines.iter_mut() {
        if !matches!(inline, Inline::Cite { .. })
            && let Some(body) = inline.body_mut()
        {
            spaces_before(body, raised);
        }
    }
    let mut at = 0;
    while at < inlines.len() {
        let bracketed = matches!(&inlines[at], Inline::Cite { cited }
            if !raised(&inlines[at]) && super::plain(&cited.body).starts_with(['[', '(']));
        if raised(&inlines[at]) || bracketed {
            let wanted = if bracketed { " \u{2060}" } else { "\u{2060}" };
            match inlines[..at].last_mut() {
                Some(Inline::Text { v }) => {
                    let kept = v.trim_end_matches([' ', WORD_JOINER]).len();
                    v.truncate(kept);
                    let opens =
                        v.is_empty() && at == 1 || v.ends_with(['(', '[', '“', '‘', '—', '–']);
                    v.push_str(if opens { "" } else { wanted });
                }
                Some(_) => {
                    inlines.insert(at, Inline::text(wanted));
                    at += 1;
                }
                None => {}
            }
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::model::{Cited, NoteMark};
    use crate::reading::text::{language, plain as letters, tidy};

    fn text(v: &str) -> Inline {
        Inline::text(v)
    }

    fn note() -> Inline {
        Inline::Footnote {
            note: None,
            mark: NoteMark::default(),
            line: 1,
            body: vec![text("n")],
            more: vec![],
        }
    }

    fn cite(body: Inlines) -> Inline {
        Inline::Cite { cited: Cited { keys: vec!["k".into()], body, ..Cited::default() } }
    }

    fn tidied(mut inlines: Inlines) -> Inlines {
        tidy(&mut inlines, "en");
        inlines
    }

    #[test]
    fn a_citation_with_names_stands_among_the_words() {
        let sup = || Inline::Sup { body: vec![text("[4]")] };
        let around = |mut inlines: Inlines| {
            around_citations(&mut inlines);
            let text = |inline: &Inline| match inline {
                Inline::Cite { cited } => letters(&cited.body),
                other => letters(std::slice::from_ref(other)),
            };
            inlines.iter().map(text).collect::<String>().replace(WORD_JOINER, "")
        };
        let named = || cite(vec![text("Doe et al."), sup()]);
        let raised = || cite(vec![sup()]);
        assert_eq!(around(vec![text("(See "), named(), text(".)")]), "(See Doe et al.[4].)");
        assert_eq!(
            around(vec![text("so "), named(), text(" says; see "), raised(), text(".")]),
            "so Doe et al.[4] says; see.[4]"
        );
        assert_eq!(around(vec![text("All: "), raised(), text(". Next")]), "All:[4]. Next");
    }

    #[test]
    fn marks_are_set_across_styles() {
        let emph = |v: &str| Inline::Emph { body: vec![text(v)] };
        let set = tidied(vec![text("so \""), emph("large"), text("\" it's -- well...")]);
        assert_eq!(letters(&set), "so “large” it’s – well…");
        let code = || Inline::Code { v: "a\"b".into() };
        let set = tidied(vec![text("the \""), code(), text("\"'s value")]);
        assert_eq!(letters(&set), "the “a\"b”’s value");
        let set = tidied(vec![text("first\nsecond  third")]);
        assert_eq!(letters(&set), "first second third");
    }

    #[test]
    fn a_footnote_stands_behind_the_stop_and_has_no_space() {
        for (before, after, set, rest) in [
            ("a word ", ", and", "a word,\u{2060}", " and"),
            ("a \"word\"", ". Then", "a “word”.\u{2060}", " Then"),
            ("a word ", " goes on", "a word\u{2060}", " goes on"),
            ("a word", "—and", "a word\u{2060}", "—and"),
        ] {
            assert_eq!(
                tidied(vec![text(before), note(), text(after)]),
                [text(set), note(), text(rest)]
            );
        }
    }

    #[test]
    fn spaces_around_citations_are_those_of_their_style() {
        let sup = || cite(vec![Inline::Sup { body: vec![text("1")] }]);
        let mut raised = tidied(vec![text("laws "), cite(vec![]), text(", which")]);
        raised[1] = sup();
        around_citations(&mut raised);
        assert_eq!(raised, [text("laws,\u{2060}"), sup(), text(" which")]);
        for typed in ["laws", "laws "] {
            let bracketed = || cite(vec![text("[1]")]);
            let mut runs = tidied(vec![text(typed), cite(vec![]), text(" relate. More")]);
            runs[1] = bracketed();
            around_citations(&mut runs);
            assert_eq!(runs, [text("laws \u{2060}"), bracketed(), text(" relate. More")]);
        }
    }

    #[test]
    fn chinese_words_are_runs() {
        let marks = |v: &str| Inline::Marks { v: v.into() };
        assert_eq!(
            tidied(vec![text("Wang Wei (王维) wrote, in short,  of 山水")]),
            [text("Wang Wei ("), marks("王维"), text(") wrote, in short, of "), marks("山水")]
        );
        let long = tidied(vec![text("the office (北京市，海淀区中关村) is large")]);
        assert_eq!(long[1..4], [marks("北"), marks("京"), marks("市，")]);
    }

    #[test]
    fn a_paragraph_in_another_language_keeps_that_ones_rules() {
        let chinese = tidied(vec![text("本文 AI 写成，\"引文\"不动。")]);
        assert_eq!(letters(&chinese), "本文AI写成，\"引文\"不动。");
        let mut english = vec![text("An abstract isn't in \"Chinese\" here.")];
        tidy(&mut english, "zh-CN");
        assert_eq!(letters(&english), "An abstract isn’t in “Chinese” here.");
        assert!(english.contains(&Inline::Latin { v: "“".into() }), "they are narrow");
        assert_eq!(language(&english, "zh-CN"), Language::English);
        let mut german = vec![text("Er sagte \"nein\" -- und ging fort.")];
        tidy(&mut german, "de");
        assert_eq!(letters(&german), "Er sagte \"nein\" -- und ging fort.");
    }
}
