//! Half and full width: the changes `autocorrect` makes, and those that depend on context.

use std::sync::Once;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::draft::Draft;
use crate::prose::OBJECT;
use crate::rules;
use cjk::{is_han, is_mark};
use l10n::say;
use source::Rule;

/// autocorrect's rules as we use them. Its spaces between Chinese and Latin are off, since our
/// typesetter makes that gap, and `cjk` knows which typed spaces print: what is left is the
/// width of marks, letters and digits.
const RULES: &str = "rules:
  space-word: off
  space-punctuation: off
  space-bracket: off
  space-dash: off
  space-backticks: off
  space-dollar: off
  no-space-fullwidth: off
  no-space-fullwidth-quote: off
  spellcheck: off
  fullwidth: error
  halfwidth-word: error
  halfwidth-punctuation: error
";

/// Gives autocorrect its rules, which are global to the process.
pub(crate) fn set_up() {
    static ONCE: Once = Once::new();
    // It fails on what is not YAML alone.
    ONCE.call_once(|| _ = autocorrect::config::load(RULES));
}

/// Applies the changes that autocorrect makes; where `marks_stay`, none to full-width marks.
pub(crate) fn autocorrect(draft: &mut Draft, marks_stay: bool) {
    let old = draft.chars().to_vec();
    let text: String = old.iter().collect();
    let new: Vec<char> = autocorrect::format(&text).chars().collect();
    if old == new {
        return;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    // From the end, so that indices before it stay.
    for op in ops.into_iter().rev() {
        let (range, text) = match op {
            DiffOp::Equal { .. } => continue,
            DiffOp::Delete { old_index, old_len, .. } => (old_index..old_index + old_len, vec![]),
            DiffOp::Insert { old_index, new_index, new_len } => {
                // A space behind a mark goes with the mark.
                let at = old_index.max(1);
                let mut text = vec![old[at - 1]];
                text.extend(&new[new_index..new_index + new_len]);
                (at - 1..at, text)
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                (old_index..old_index + old_len, new[new_index..new_index + new_len].to_vec())
            }
        };
        // A full-width space is for the pass over spaces, a heading's number for the one over
        // marks.
        let heading = old[range.start] == '.' && is_numeral(&old, range.start);
        let dotted = range.len() == 1 && old[range.start] == '.' && is_dotted(&old, range.start);
        if heading || dotted || old[range.clone()].iter().all(|c| c.is_whitespace()) {
            continue;
        }
        if old[range.clone()] == ['：'][..] && draft.has_han() && is_verse(&old, range.start) {
            continue;
        }
        // A semicolon is one in Latin too.
        let text: String = text
            .into_iter()
            .zip(old[range.clone()].iter().map(Some).chain(std::iter::repeat(None)))
            .map(|(new, was)| if was == Some(&'；') { ';' } else { new })
            .collect();
        let was: String = old[range.clone()].iter().collect();
        let rule = rule_of(&was);
        if marks_stay && rule == &rules::FULL_MARK {
            continue;
        }
        let message = message(rule, &was);
        draft.rewrite(rule, range, &text, message);
    }
}

/// Checks for numbers with their commas, and for addresses, that are full-width as a whole: a mark that
/// stayed would make neither the one nor the other.
pub(crate) fn wholes(draft: &mut Draft) {
    let narrow = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let digit = |c: Option<char>| c.is_some_and(|c| ('０'..='９').contains(&c));
    for at in 1..draft.chars().len() {
        let triple = (1..4).all(|next| digit(draft.at(at + next))) && !digit(draft.at(at + 4));
        if draft.at(at) == Some('，') && digit(draft.before(at)) && triple {
            let message = message(&rules::FULL_LETTER, "，");
            draft.rewrite(&rules::FULL_LETTER, at..at + 1, ",", message);
        }
    }
    let letter = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let part = |c: char| letter(c) || "．：／＠－＿？＝％＆＃～".contains(c);
    let mut end = draft.chars().len();
    while end > 0 {
        let length = draft.chars()[..end].iter().rev().take_while(|c| part(**c)).count();
        let start = end - length;
        let run: String = draft.chars()[start..end].iter().collect();
        let text = run.trim_matches(|c: char| "．：？～＆，".contains(c));
        let is_address = text.contains("：／／")
            || text.split_once('＠').is_some_and(|(name, host)| {
                !name.is_empty() && host.contains('．') && !host.contains('＠')
            });
        if is_address && text.contains(letter) {
            let before = run.find(text).map_or(0, |at| run[..at].chars().count());
            let range = start + before..start + before + text.chars().count();
            let new: String = text.chars().map(narrow).collect();
            let message = message(&rules::FULL_LETTER, text);
            draft.rewrite(&rules::FULL_LETTER, range, &new, message);
        }
        end = start.min(end - 1);
    }
}

/// Returns the rule behind a change, judging by the text it replaces.
fn rule_of(was: &str) -> &'static Rule {
    let full_letter = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    if was.contains(full_letter) {
        &rules::FULL_LETTER
    } else if was.contains(|c: char| c.is_ascii_punctuation()) {
        &rules::HALF_MARK
    } else {
        &rules::FULL_MARK
    }
}

fn message(rule: &Rule, was: &str) -> String {
    let was = was.trim();
    if rule == &rules::FULL_LETTER {
        say!("`{was}` is full-width", was)
    } else if rule == &rules::HALF_MARK {
        say!("half-width `{was}` in Chinese text", was)
    } else {
        say!("full-width `{was}` in Latin text", was)
    }
}

/// Returns the Chinese mark for a half-width one.
fn full(mark: char) -> Option<char> {
    Some(match mark {
        ',' => '，',
        '.' => '。',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        _ => return None,
    })
}

/// How far back the beginning of a sentence, or of what is quoted, is looked for, in characters.
const REACH: usize = 1_000;

/// Words that end in a full stop of their own.
const ABBREVIATIONS: [&str; 16] = [
    "al", "etc", "vs", "No", "Inc", "Ltd", "Co", "Corp", "Dr", "Mr", "Ms", "Jr", "St", "Vol", "pp",
    "cf",
];

/// Checks for half-width marks that only context identifies: after or before Chinese, or at the
/// end of a Chinese sentence.
pub(crate) fn marks(draft: &mut Draft) {
    let mut at = 1;
    while let Some(c) = draft.at(at) {
        if full(c).is_none() {
            at += 1;
            continue;
        }
        let start = at - draft.chars()[..at].iter().rev().take_while(|c| **c == ' ').count();
        // A heading's number in Chinese has `、` (GB/T 15834—2011, 4.5.3.3).
        let mark = match c {
            '.' if is_numeral(draft.chars(), start)
                && !draft.at(at + 1).is_some_and(|c| c.is_ascii_alphanumeric()) =>
            {
                Some('、')
            }
            _ => full(c).filter(|_| is_chinese(draft, start, at, c)),
        };
        at += 1;
        if let Some(mark) = mark {
            let end = at + draft.chars()[at..].iter().take_while(|c| **c == ' ').count();
            let message = message(&rules::HALF_MARK, &c.to_string());
            draft.rewrite(&rules::HALF_MARK, start..end, &mark.to_string(), message);
            at = start + 1;
        }
    }
}

/// Whether a colon between figures is that of a verse or a ratio, `《路加福音》2：11`, and not of a time
/// of day.
fn is_verse(chars: &[char], at: usize) -> bool {
    let figures = |range: &mut dyn Iterator<Item = usize>| -> Vec<u32> {
        range.map_while(|at| chars.get(at)?.to_digit(10)).collect()
    };
    let mut first = figures(&mut (0..at).rev());
    let second = figures(&mut (at + 1..chars.len()));
    if first.is_empty() || second.is_empty() {
        return false;
    }
    first.reverse();
    let number = |figures: &[u32]| figures.iter().fold(0, |all, figure| all * 10 + figure);
    let is_time =
        first.len() < 3 && number(&first) <= 24 && second.len() == 2 && number(&second) < 60;
    let before = (at - first.len()).checked_sub(1).map(|at| chars[at]);
    !is_time || before == Some('》')
}

/// Returns whether a half-width mark, preceded by spaces from `start`, belongs to a Chinese
/// sentence.
fn is_chinese(draft: &Draft, start: usize, at: usize, mark: char) -> bool {
    let chars = draft.chars();
    let (Some(before), next) = (draft.before(start), draft.at(at + 1)) else { return false };
    // Dots in a row are an ellipsis.
    if mark == '.' && (before == '.' || next == Some('.')) {
        return false;
    }
    let beyond = chars[at + 1..].iter().copied().find(|&c| c != ' ');
    let closes = |c: char| "”’）》〉』」】".contains(c);
    // The mark of a Latin quotation is its own: `“Yes, we can.”`.
    if next.is_some_and(closes) && is_within_latin(chars, start) {
        return false;
    }
    // Of `!!` and `?!` the second follows the first.
    if start == at && "！？".contains(before) && "!?".contains(mark) {
        return true;
    }
    // The second of `,,` follows the first too; together they are told as repeated.
    if start == at && ",;".contains(mark) && full(mark) == Some(before) {
        return true;
    }
    if is_han(before) || closes(before) && !is_latin_quote(chars, start) {
        return match mark {
            ':' => next != Some('/'),
            // A file's name or a share's: `阿里巴巴.US`.
            '.' => !next.is_some_and(|c| c.is_ascii_alphanumeric()) && !is_dotted(chars, at),
            _ => next != Some('='),
        };
    }
    if !(before.is_alphanumeric() || before == OBJECT || "%)\"'％‰℃℉°".contains(before)) {
        return false;
    }
    let chinese_next = beyond.is_some_and(is_han);
    let ends = beyond.is_none() || next.is_some_and(closes) && at + 2 >= chars.len();
    let within = |c: &&char| !"。！？\n".contains(**c);
    // `12磅;A4纸;24/7`: between words of a sentence nothing else is meant.
    if mark == ';'
        && next.is_some_and(|c| c.is_ascii_alphanumeric())
        && !(before.is_ascii_lowercase() && next.is_some_and(|c| c.is_ascii_lowercase()))
    {
        return chars[at + 1..].iter().take(REACH).take_while(within).any(|&c| is_han(c))
            || chars[..start].iter().rev().take(REACH).take_while(within).any(|&c| is_han(c));
    }
    if mark == ',' && start == at && ends_quantity(chars, at) {
        let after = chars[at + 1..].iter().take(REACH).take_while(within).any(|&c| is_han(c));
        let earlier = chars[..start].iter().rev().take(REACH).take_while(within);
        return after && earlier.clone().any(|&c| is_han(c)) && !is_bracketed(chars, at);
    }
    let sentence =
        || chars[..start].iter().rev().take(REACH).take_while(within).any(|&c| is_han(c));
    if mark != '.' {
        return chinese_next || ends && "!?".contains(mark) && sentence();
    }
    let word: String = chars[..start]
        .iter()
        .rev()
        .take(REACH)
        .take_while(|c| c.is_ascii_alphanumeric() || **c == '.')
        .collect();
    let word: String = word.chars().rev().collect();
    let initial = word.chars().count() == 1 && before.is_alphabetic();
    let abbreviated = ABBREVIATIONS.contains(&&*word) || word.contains('.') || initial;
    if ends {
        return !(abbreviated && word.contains(char::is_alphabetic)) && sentence();
    }
    chinese_next && before.is_alphabetic() && !abbreviated && sentence()
}

/// Whether a comma parts two quantities, of which the first has its unit: `5%,10℃`. Of `1,234` and `x=3m,y`
/// it does not.
fn ends_quantity(chars: &[char], at: usize) -> bool {
    let signs = chars[..at].iter().rev().take_while(|c| "%％‰℃℉°".contains(**c)).count();
    let letters = chars[..at - signs].iter().rev().take_while(|c| c.is_ascii_alphabetic()).count();
    let number = at - signs - letters;
    signs + letters > 0
        && letters <= 4
        && number > 0
        && chars[number - 1].is_ascii_digit()
        && chars.get(at + 1).is_some_and(char::is_ascii_digit)
}

/// Whether a half-width bracket is open before an index: what it holds may be a call's or a set's.
fn is_bracketed(chars: &[char], at: usize) -> bool {
    let before = chars[..at].iter().rev().take(REACH).take_while(|c| **c != '\n');
    let bracket = before.into_iter().find(|c| "()[]{}".contains(**c));
    bracket.is_some_and(|c| "([{".contains(*c))
}

/// Whether what the marks of a text without Chinese part are names, such as `Python、iOS（iPhone）`: each
/// of their words has a capital or a figure.
pub(crate) fn are_names(chars: &[char]) -> bool {
    let words = chars.split(|c| !c.is_alphanumeric() && !"+#.-_/".contains(*c));
    let mut words = words.filter(|word| word.iter().any(|c| c.is_alphabetic())).peekable();
    words.peek().is_some()
        && words.all(|word| word.iter().any(|c| c.is_uppercase() || c.is_ascii_digit()))
}

/// Whether a text without Chinese is a line of statistics, `p<0.05，n=128`: whoever types Chinese marks
/// between these writes Chinese.
pub(crate) fn are_statistics(chars: &[char]) -> bool {
    let is_sign = |c: &char| "=<>≤≥±≈*".contains(*c);
    let mut words = chars.split(|c| !c.is_alphabetic());
    chars.iter().any(is_sign) && !words.any(|word| word.len() > 3)
}

/// Checks for Chinese marks between Latin words with no Chinese nearby: autocorrect needs two
/// words to be sure.
pub(crate) fn latin(draft: &mut Draft) {
    for at in (1..draft.chars().len()).rev() {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let half = match draft.at(at) {
            Some('，' | '、') => ", ",
            Some('；') => "; ",
            Some('：') => ": ",
            _ => continue,
        };
        if letter(draft.before(at)) && letter(draft.at(at + 1)) {
            let message = message(&rules::FULL_MARK, &draft.chars()[at].to_string());
            draft.rewrite(&rules::FULL_MARK, at..at + 1, half, message);
        }
    }
}

/// Returns whether what is quoted or bracketed at an index has words, and no Chinese in them.
pub(crate) fn is_within_latin(chars: &[char], at: usize) -> bool {
    let inner = chars[..at].iter().rev().take(REACH);
    let inner = inner.take_while(|c| !"“‘（《〈『「【".contains(**c) && **c != '\n');
    let length = inner.clone().count();
    length < at.min(REACH)
        && chars[at - length - 1] != '\n'
        && inner.clone().any(|c| c.is_alphabetic())
        && !inner.into_iter().any(|&c| is_han(c))
}

/// Whether a dot parts the words of a name, which is quoted or has several dots: `“表名.字段名”`,
/// `主版本.次版本.修订号`.
fn is_dotted(chars: &[char], at: usize) -> bool {
    let part = |c: &&char| is_han(**c) || c.is_ascii_alphanumeric() || matches!(**c, '.' | '_');
    let before = chars[..at].iter().rev().take(REACH).take_while(part).count();
    let after = chars[at + 1..].iter().take(REACH).take_while(part).count();
    let name = &chars[at - before..at + 1 + after];
    let quoted = (at - before).checked_sub(1).is_some_and(|at| "“‘「『".contains(chars[at]))
        && chars.get(at + 1 + after).is_some_and(|c| "”’」』".contains(*c));
    let mut words = name.split(|c| *c == '.');
    let short = words.clone().all(|word| (1..=6).contains(&word.len()));
    short && (quoted && words.clone().count() > 1 || words.by_ref().count() > 2)
}

/// Returns whether a closing quote before `at` closes Latin words, so that the mark after it may
/// be Latin too.
fn is_latin_quote(chars: &[char], at: usize) -> bool {
    if !matches!(chars[at - 1], '”' | '’') {
        return false;
    }
    let words = chars[..at - 1].iter().rev().take(REACH).take_while(|c| !matches!(c, '“' | '‘'));
    let next = chars[at + 1..].iter().find(|c| **c != ' ');
    !words.clone().any(|&c| is_han(c)) && !next.is_some_and(|&c| is_han(c)) && next.is_some()
}

/// Returns whether only Chinese numerals precede a dot on its line, as in a heading's number.
fn is_numeral(chars: &[char], at: usize) -> bool {
    let own = chars[..at].iter().rev().take(4).take_while(|c| **c != '\n');
    let length = own.clone().count();
    (1..=3).contains(&length) && own.into_iter().all(|c| "一二三四五六七八九十".contains(*c))
}

/// Whether a text is an entry of a library's catalogue, whose marks are not those of sentences: it parts its
/// areas by `．—`, and has a dot before the number of a volume and behind that of a subject:
/// 书名．2026／作者编著．—北京：出版社，2026.5, Ⅰ．①书… Ⅱ．①作….
///
/// So are entries of a list of references (GB/T 7714—2015), which name their kind: `题名[J]. 刊名, 2023`.
pub(crate) fn is_catalogued(chars: &[char]) -> bool {
    if names_kind(chars) {
        return true;
    }
    let is_number = |chars: &[char]| {
        let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
        digits > 0 && matches!(chars.get(digits), Some('／' | '/'))
    };
    let mut dots = chars.iter().enumerate().filter(|(_, c)| **c == '．');
    dots.any(|(at, _)| {
        let rest = &chars[at + 1..];
        let subject = at > 0 && ('Ⅰ'..='Ⅻ').contains(&chars[at - 1]);
        subject || matches!(rest, ['—' | '－' | '–', ..] | [' ', '—', ..]) || is_number(rest)
    })
}

/// Whether a text names the kind of a document behind a title, and goes on as an entry does: `[M].`,
/// `[EB/OL]. (2024-`.
pub(crate) fn names_kind(chars: &[char]) -> bool {
    /// The letters of GB/T 7714—2015, tables A.1 and A.2.
    const KINDS: [&str; 15] =
        ["M", "C", "G", "N", "J", "D", "R", "S", "P", "DB", "CP", "EB", "A", "CM", "DS"];
    const CARRIERS: [&str; 4] = ["MT", "DK", "CD", "OL"];
    let opens = chars.iter().enumerate().filter(|(_, c)| matches!(c, '[' | '［'));
    opens.into_iter().any(|(at, _)| {
        let rest = &chars[at + 1..];
        let Some(length) = rest.iter().take(7).position(|c| matches!(c, ']' | '］')) else {
            return false;
        };
        let inner: String = rest[..length].iter().collect();
        let (kind, carrier) = inner.split_once('/').unwrap_or((&inner, "OL"));
        let goes_on = rest[length + 1..].iter().find(|c| **c != ' ');
        at > 0
            && KINDS.contains(&kind)
            && CARRIERS.contains(&carrier)
            && goes_on.is_none_or(|c| matches!(c, '.' | '．' | '。' | '/' | ',' | ':' | '，'))
            && chars.iter().filter(|c| c.is_ascii_digit()).count() > 3
    })
}

/// Checks for full-width signs within Latin or after digits: `５０％`, `Ａ／Ｂ`, `3．5`.
pub(crate) fn symbols(draft: &mut Draft) {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    for at in 0..draft.chars().len() {
        let Some(c) = draft.at(at) else { break };
        let (before, after) = (draft.before(at), draft.at(at + 1));
        let half = match c {
            '％' if before.is_some_and(|c| c.is_ascii_digit()) => "%",
            '．' if before.is_some_and(|c| c.is_ascii_digit())
                && after.is_some_and(|c| c.is_ascii_digit()) =>
            {
                "."
            }
            '／' if latin(before) && latin(after) => "/",
            '－' if latin(before) && latin(after) => "-",
            '＝' if latin(before) && latin(after) => "=",
            '＋' if latin(before) => "+",
            '＆' if latin(before) && latin(after) => "&",
            '．' | '｡' if before.is_some_and(|c| is_han(c) || is_mark(c)) => {
                let message = say!("`{c}` ends a Chinese sentence", c);
                draft.rewrite(&rules::OTHER_STOP, at..at + 1, "。", message);
                continue;
            }
            _ => continue,
        };
        let message = message(&rules::FULL_MARK, &c.to_string());
        draft.rewrite(&rules::FULL_MARK, at..at + 1, half, message);
    }
}
