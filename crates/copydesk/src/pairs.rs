//! Paired marks: quotes, brackets, title marks (GB/T 15834—2011, 4.8, 4.9, 4.15).

use super::draft::Draft;
use super::formulas::{self, is_formula};
use crate::prose::OBJECT;
use crate::rules;
use cjk::{is_han, is_mark};
use l10n::say;

const OPENING: &str = "“‘（《〈「『【〖〔";
const CLOSING: &str = "”’）》〉」』】〗〕";

fn partner(c: char) -> Option<char> {
    let other = |from: &str, to: &str| {
        from.chars().position(|mark| mark == c).and_then(|at| to.chars().nth(at))
    };
    other(OPENING, CLOSING).or_else(|| other(CLOSING, OPENING))
}

/// Returns whether the mark at an index is an apostrophe; `first` is where single quotes first open.
fn is_apostrophe(chars: &[char], at: usize, first: Option<usize>) -> bool {
    chars[at] == '’'
        && at > 0
        && is_letter(chars[at - 1])
        && (chars.get(at + 1).is_some_and(|c| is_letter(*c))
            || first.is_none_or(|first| first > at))
        || is_decade(chars, at, first)
        || chars[at] == '’' && chars.get(at + 1) == Some(&'n') && chars.get(at + 2) == Some(&'’')
}

/// Whether a character is of a Latin word or a number, pinyin's too: `Xī’ān`.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Returns whether the mark at an index stands for a century, as in `’90年代`.
fn is_decade(chars: &[char], at: usize, first: Option<usize>) -> bool {
    let figures = chars[at + 1..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    chars[at] == '’' && figures == 2 && first.is_none_or(|first| first > at)
}

/// Returns the paired marks, in order.
fn marks(chars: &[char]) -> Vec<(usize, char)> {
    let is_pair = |c: char| OPENING.contains(c) || CLOSING.contains(c);
    let first = chars.iter().position(|c| *c == '‘');
    let primes = primes(chars);
    chars
        .iter()
        .copied()
        .enumerate()
        .filter(|&(at, c)| is_pair(c) && !is_apostrophe(chars, at, first) && !primes.contains(&at))
        .collect()
}

/// The closing double quotes that Word makes of the sign of inches and of seconds: `12”`. Behind a figure,
/// they close nothing.
fn primes(chars: &[char]) -> Vec<usize> {
    let (mut open, mut out) = (0usize, vec![]);
    for (at, c) in chars.iter().enumerate() {
        match c {
            '“' => open += 1,
            '”' if open > 0 => open -= 1,
            '”' if at > 0 && chars[at - 1].is_ascii_digit() => out.push(at),
            _ => {}
        }
    }
    out
}

/// Checks for half-width brackets in Chinese, and for pairs with one half-width bracket.
pub(crate) fn brackets(draft: &mut Draft) {
    let mut open: Vec<usize> = vec![];
    let mut pairs = vec![];
    let intervals = formulas::half_open(draft.chars());
    for (at, c) in draft.chars().iter().enumerate() {
        match c {
            '(' | ')' if intervals.contains(&at) => {}
            '(' | '（' => open.push(at),
            ')' | '）' => pairs.extend(open.pop().map(|start| (start, at))),
            _ => {}
        }
    }
    // Brackets take as many characters as before: indices stay.
    for (start, end) in pairs {
        let scripted = draft.is_scripted(end + 1);
        if is_call(draft.chars(), start, end) || is_formula(draft.chars(), start..end, scripted) {
            continue;
        }
        let chars = draft.chars();
        let (half_start, half_end) = (chars[start] == '(', chars[end] == ')');
        let near = |c: Option<&char>| c.is_some_and(|&c| is_han(c) || is_mark(c));
        let inside = &chars[start + 1..end];
        let chinese = inside.iter().any(|&c| is_han(c))
            || near(chars[..start].iter().rev().find(|c| **c != ' '))
            || near(chars[end + 1..].iter().find(|c| **c != ' '))
                && chars.get(end + 1) != Some(&'“');
        let mixed = half_start != half_end;
        if !(half_start || half_end) || !mixed && !chinese {
            continue;
        }
        // `[词] (https://…)` is a link that is none, and told as such.
        let behind = chars[..start].iter().rev().find(|c| **c != ' ');
        if matches!(behind, Some(']' | '】')) && inside.first() == Some(&OBJECT) {
            continue;
        }
        for (at, half, mark) in [(start, half_start, "（"), (end, half_end, "）")] {
            if half {
                let was = draft.chars()[at];
                let message = if mixed {
                    say!("only one bracket of a pair is half-width: `{was}`", was)
                } else {
                    say!("half-width bracket `{was}` in Chinese text", was)
                };
                draft.rewrite(&rules::HALF_BRACKET, at..at + 1, mark, message);
            }
        }
    }
}

/// Whether half-width brackets are those of a word that they touch: `f(x, y)`, `print("a")`,
/// `Eq. (2)`. An abbreviation and what it stands for, `LLM(Large Language Model)`, are none.
fn is_call(chars: &[char], start: usize, end: usize) -> bool {
    let inside = &chars[start + 1..end];
    if chars[start] != '(' || chars[end] != ')' || inside.iter().any(|&c| is_han(c)) {
        return false;
    }
    // Of a derivative, `f’(x)`, the letter stands before its primes.
    let primes = chars[..start].iter().rev().take_while(|c| "'’′″".contains(**c)).count();
    let start = start - primes;
    let name = chars[..start].iter().rev();
    let name = name.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.')).count();
    let Some(first) = chars[start - name..start].first() else {
        return primes == 0 && is_behind_label(&chars[..start]);
    };
    if primes > 0 && name > 1 {
        return false;
    }
    let simple = name == 1 || first.is_ascii_lowercase();
    inside.len() <= 3 && chars[start - 1] != '.' || simple && first.is_ascii_alphabetic()
}

/// Whether a word that stands for a numbered thing ends a text: `Eq. `, `Fig. `.
fn is_behind_label(before: &[char]) -> bool {
    const LABELS: [&str; 7] = ["Eq", "Eqs", "Fig", "Figs", "Sec", "Tab", "Ref"];
    let spaces = before.iter().rev().take_while(|c| **c == ' ').count();
    let [word @ .., '.'] = &before[..before.len() - spaces] else { return false };
    let letters = word.iter().rev().take_while(|c| c.is_ascii_alphabetic()).count();
    let word: String = word[word.len() - letters..].iter().collect();
    LABELS.contains(&&*word)
}

/// Checks for straight quotes in Chinese; in Taiwan, Hong Kong and Macau, quotes are `「」`.
pub(crate) fn straight(draft: &mut Draft, other_region: bool) {
    let [double, single] = if other_region {
        [['「', '」'], ['『', '』']]
    } else {
        [['“', '”'], ['‘', '’']]
    };
    let chars = draft.chars();
    let called = |at: usize| {
        let open = chars[..at].iter().rposition(|c| matches!(c, '(' | ')'));
        let close = chars[at..].iter().position(|c| matches!(c, '(' | ')'));
        let call =
            open.zip(close).filter(|(open, close)| chars[*open] == '(' && chars[at + close] == ')');
        call.is_some_and(|(open, close)| is_call(chars, open, at + close))
    };
    // Behind a figure it closes what a quote has opened before, or is the sign of inches.
    let inch = |draft: &Draft, at: usize| draft.before(at).is_some_and(|c| c.is_ascii_digit());
    let mut doubles: Vec<usize> = vec![];
    for at in (0..chars.len()).filter(|&at| chars[at] == '"' && !called(at)) {
        if !(inch(draft, at) && doubles.len().is_multiple_of(2)) {
            doubles.push(at);
        }
    }
    // Where that leaves one alone, inches stand within a quotation: `"12"的屏"`.
    let others: Vec<usize> = doubles.iter().copied().filter(|&at| !inch(draft, at)).collect();
    if doubles.len() % 2 == 1 && others.len().is_multiple_of(2) {
        doubles = others;
    }
    if doubles.len() % 2 == 1 {
        let at = doubles[doubles.len() - 1];
        let message = say!("unpaired straight quote in Chinese text");
        let [open, close] = double;
        let hint = say!("write `{open}` and `{close}`", open, close);
        draft.tell(&rules::STRAIGHT_QUOTE, at..at + 1, message, hint);
        return;
    }
    if let Some(&[open, inner, ..]) = speech_around_title(draft.chars(), &doubles) {
        let message = say!("a straight quote stands within an open quotation");
        let [open_mark, close_mark] = double;
        let [inner_open, inner_close] = single;
        let hint = say!(
            "write `{open}` and `{close}` around it, and `{inner_open}` and `{inner_close}` within",
            open = open_mark,
            close = close_mark,
            inner_open,
            inner_close
        );
        draft.tell(&rules::STRAIGHT_QUOTE, open..inner + 1, message, hint);
        return;
    }
    for pair in doubles.chunks_exact(2) {
        curl(draft, pair[0], pair[1], double);
    }
    let chars = draft.chars();
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    // `'''词'''` is another program's bold.
    let row = |at: usize| [draft.before(at), draft.at(at + 1)].contains(&Some('\''));
    let singles: Vec<usize> = (0..chars.len())
        .filter(|&at| chars[at] == '\'' && !row(at))
        .filter(|&at| !(word(draft.before(at)) && word(draft.at(at + 1))))
        .collect();
    // Behind figures they are primes, `5'端`, unless they close what one has opened.
    let opened: Vec<usize> = singles.iter().copied().filter(|&at| !inch(draft, at)).collect();
    let singles = if opened.len().is_multiple_of(2) { opened } else { singles };
    if singles.len().is_multiple_of(2) {
        for pair in singles.chunks_exact(2) {
            curl(draft, pair[0], pair[1], single);
        }
    }
}

/// Four quotes of which the outer two are those of a speech, and the inner ones those of a name in it:
/// `他问:"你读过"三体"吗?"`. One after another they would be two pairs.
fn speech_around_title<'d>(chars: &[char], doubles: &'d [usize]) -> Option<&'d [usize]> {
    let before = |at: usize| at.checked_sub(1).map(|at| chars[at]);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    doubles.windows(4).find(|quotes| {
        let [open, inner, end, close] = **quotes else { return false };
        before(open).is_some_and(|c| ":：，,".contains(c))
            && before(close).is_some_and(|c| "?!。.？！…".contains(c))
            && [inner, end].iter().all(|at| word(before(*at)) && word(chars.get(*at + 1).copied()))
            && before(inner).is_some_and(is_han)
            && chars.get(end + 1).is_some_and(|c| is_han(*c))
            && !chars[open..close - 1].iter().any(|c| "。？！".contains(*c))
    })
}

fn curl(draft: &mut Draft, start: usize, end: usize, [open, close]: [char; 2]) {
    let chars = draft.chars();
    let near = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_mark(c));
    let chinese = chars[start + 1..end].iter().any(|&c| is_han(c))
        || near(draft.before(start))
        || near(draft.at(end + 1));
    if !chinese {
        return;
    }
    for (at, mark) in [(start, open), (end, close)] {
        let message = say!("straight quote `{c}` in Chinese text", c = draft.chars()[at]);
        draft.rewrite(&rules::STRAIGHT_QUOTE, at..at + 1, &mark.to_string(), message);
    }
}

/// Checks for the mainland's quotes in a text of Taiwan, Hong Kong or Macau, where quotes are `「」`
/// and within these `『』`.
pub(crate) fn regional(draft: &mut Draft) {
    let near = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_mark(c));
    for (at, c) in marks(draft.chars()) {
        let right = match c {
            '“' => "「",
            '”' => "」",
            '‘' => "『",
            '’' => "』",
            _ => continue,
        };
        // Quotes of English words within English are English.
        if near(draft.before(at)) || near(draft.at(at + 1)) {
            let message = say!("the quote `{c}` is the mainland's", c);
            draft.rewrite(&rules::REGION_QUOTE, at..at + 1, right, message);
        }
    }
}

/// Checks for double quotes that face the wrong way: their number is even, but they do not
/// alternate.
///
/// Where a quotation goes on from the paragraph before, `open`, the first may close it; then nothing is
/// sure.
pub(crate) fn directions(draft: &mut Draft, open: bool) {
    let quotes: Vec<(usize, char)> =
        marks(draft.chars()).into_iter().filter(|(_, c)| "“”".contains(*c)).collect();
    if quotes.len() % 2 == 1 || open || is_balanced(&quotes) {
        return;
    }
    for (index, (at, c)) in quotes.into_iter().enumerate() {
        let right = if index % 2 == 0 { '“' } else { '”' };
        if c != right {
            let message = say!("the quote `{c}` faces the wrong way", c);
            draft.rewrite(&rules::QUOTE_DIRECTION, at..at + 1, &right.to_string(), message);
        }
    }
}

/// Whether a quotation is open at the end of a text, where one was `open` before it or not.
///
/// Quotes in pairs leave none open, also where they face the wrong way: `”词“`.
pub(crate) fn stays_open(text: &[char], open: bool) -> bool {
    let quotes: Vec<char> =
        marks(text).into_iter().map(|(_, c)| c).filter(|c| "“”".contains(*c)).collect();
    let paired = quotes.len().is_multiple_of(2) && !open;
    quotes.last().map_or(open, |last| *last == '“' && !paired)
}

fn is_balanced(quotes: &[(usize, char)]) -> bool {
    let mut depth = 0usize;
    for (_, c) in quotes {
        match c {
            '“' => depth += 1,
            _ if depth == 0 => return false,
            _ => depth -= 1,
        }
    }
    depth == 0
}

/// Checks for double quotes within double quotes, and double title marks within double title
/// marks.
pub(crate) fn nested(draft: &mut Draft) {
    let mut open: Vec<(usize, char)> = vec![];
    let mut pairs: Vec<(usize, usize, char)> = vec![];
    for (at, c) in marks(draft.chars()) {
        if OPENING.contains(c) {
            open.push((at, c));
            continue;
        }
        let Some(&(start, mark)) = open.last() else { continue };
        if partner(mark) != Some(c) {
            continue;
        }
        open.pop();
        pairs.push((start, at, mark));
    }
    // From the last one that closes: those around a pair come before it. A mark that is never closed has
    // nothing within.
    let mut around: Vec<(usize, char)> = vec![];
    for &(start, at, mark) in pairs.iter().rev() {
        while around.pop_if(|(from, _)| *from > at).is_some() {}
        let within = around.iter().filter(|(_, outer)| *outer == mark).count();
        // Within single quotes double ones stand again.
        let direct = around.iter().rev().find(|(_, outer)| "“‘《〈".contains(*outer));
        let direct = direct.is_some_and(|(_, outer)| *outer == mark);
        around.push((start, mark));
        let inner = match (mark, within) {
            ('“', 1) if direct => ['‘', '’'],
            ('《', 1) if direct => ['〈', '〉'],
            _ => continue,
        };
        let message = say!("`{mark}` is nested within `{mark}`", mark);
        let hint = say!(
            "write the inner pair as `{opening}` and `{closing}`",
            opening = inner[0],
            closing = inner[1]
        );
        if draft.mend(
            &rules::NESTING,
            start..start + 1,
            &inner[0].to_string(),
            message.clone(),
            hint.clone(),
        ) {
            draft.mend(&rules::NESTING, at..at + 1, &inner[1].to_string(), message, hint);
        }
    }
}

/// Whether the bracket at an index is that of an item's number, which is never opened: `1）甲；2）乙`.
fn is_numbering(chars: &[char], at: usize) -> bool {
    let digits = chars[..at].iter().rev().take(3).take_while(|c| c.is_ascii_digit()).count();
    let length = match digits {
        0 => usize::from(at > 0 && chars[at - 1].is_ascii_alphabetic()),
        digits => digits,
    };
    let before = (at - length).checked_sub(1).map(|at| chars[at]);
    (1..=2).contains(&length) && before.is_none_or(|c| c.is_whitespace() || is_mark(c))
}

/// Checks for unpaired marks and for overlapping pairs.
pub(crate) fn unpaired(draft: &mut Draft, goes_on: bool) {
    let mut open: Vec<(usize, char)> = vec![];
    let mut alone: Vec<(usize, char)> = vec![];
    let found = marks(draft.chars());
    for (at, c) in found {
        if OPENING.contains(c) {
            open.push((at, c));
            continue;
        }
        let wanted = partner(c);
        match open.iter().rposition(|(_, mark)| Some(*mark) == wanted) {
            Some(index) if index + 1 == open.len() => _ = open.pop(),
            Some(index) => {
                let (inner, mark) = open[index + 1];
                let closes_later =
                    partner(mark).is_some_and(|close| draft.chars()[at..].contains(&close));
                if closes_later {
                    let message = say!("`{c}` closes before the inner `{mark}` is closed", c, mark);
                    let hint = say!("close `{mark}` first", mark);
                    draft.tell(&rules::NESTING, inner..at + 1, message, hint);
                    open.remove(index);
                } else {
                    alone.extend(open.drain(index + 1..));
                    open.pop();
                }
            }
            None if c == '）' && is_numbering(draft.chars(), at) => {}
            None => alone.push((at, c)),
        }
    }
    // A quotation that goes on in the next paragraph is open here.
    if let (true, Some((0, '“'))) = (goes_on, open.first()) {
        open.remove(0);
    }
    alone.append(&mut open);
    for at in primes(draft.chars()) {
        let message = say!("`{c}` is never opened", c = '”');
        let hint = say!("for inches or seconds write `″`, for feet or minutes `′`");
        draft.tell(&rules::UNPAIRED, at..at + 1, message, hint);
    }
    alone.sort();
    for (at, c) in alone {
        let half = partner(c);
        let message = if OPENING.contains(c) {
            say!("`{c}` is never closed", c)
        } else {
            say!("`{c}` is never opened", c)
        };
        let hint = half.map_or(String::new(), |half| {
            say!("add `{half}` where it belongs, or remove `{c}`", half, c)
        });
        draft.tell(&rules::UNPAIRED, at..at + 1, message, hint);
    }
}
