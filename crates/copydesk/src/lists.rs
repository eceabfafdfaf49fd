//! Lists of words that are not to be written: the two built in, and a house's own.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::Settings;
use crate::draft::Draft;
use crate::{rules, words};
use l10n::say;
use source::Rule;

/// A house's list of words that are not to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordList {
    /// Its name, as in findings.
    pub name: String,
    /// Its words.
    pub words: Vec<ListedWord>,
}

/// A word that is not to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedWord {
    /// The word.
    pub wrong: String,
    /// What is written instead; empty if that is for the author to find.
    pub right: String,
    /// Why, or when.
    pub note: String,
    /// Where the same characters are something else.
    unless: Vec<Context>,
}

impl ListedWord {
    /// Creates a word of a house's list.
    pub fn new(wrong: &str, right: &str, note: &str) -> Self {
        let [wrong, right, note] = [wrong, right, note].map(str::to_owned);
        Self { wrong, right, note, unless: vec![] }
    }
}

/// A context in which the characters of a wrong form are none: parts of other words.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Context {
    /// Within these characters; the number of bytes before the form, and all of them.
    Within(usize, String),
    /// Behind a numeral: 三月|芽茶.
    Numeral,
    /// Before these characters in the same sentence: 既|使…又.
    Before(String),
}

impl Context {
    fn parse(text: &str, wrong: &str) -> Self {
        if let Some((_, rest)) = text.split_once('…') {
            Self::Before(rest.to_owned())
        } else if text.starts_with('#') {
            Self::Numeral
        } else {
            Self::Within(text.find(wrong).unwrap_or(0), text.to_owned())
        }
    }

    /// Returns whether this is the context of the form in `range` of `text`.
    fn holds(&self, text: &str, range: &Range<usize>) -> bool {
        match self {
            Self::Within(before, whole) => range
                .start
                .checked_sub(*before)
                .and_then(|start| text.get(start..))
                .is_some_and(|rest| rest.starts_with(whole.as_str())),
            Self::Numeral => text[..range.start].chars().next_back().is_some_and(|c| {
                c.is_ascii_digit()
                    || "０１２３４５６７８９〇零一二三四五六七八九十百千万亿两几数半".contains(c)
            }),
            Self::Before(words) => text[range.end..]
                .split(['。', '！', '？', '；', '\n'])
                .next()
                .is_some_and(|rest| rest.contains(words.as_str())),
        }
    }
}

/// A built-in list in CSV: wrong form, right form, and the contexts in which it is something else.
fn built_in(csv: &str) -> Vec<ListedWord> {
    let word = |line: &str| {
        let mut cells = line.split(',');
        let [wrong, right, unless] = [(); 3].map(|()| cells.next().unwrap_or_default());
        let unless = unless.split_whitespace().map(|context| Context::parse(context, wrong));
        ListedWord { unless: unless.collect(), ..ListedWord::new(wrong, right, "") }
    };
    csv.lines().skip(1).map(word).collect()
}

/// The words of the built-in lists, each with its rule.
static BUILT_IN: LazyLock<Vec<(&Rule, ListedWord)>> = LazyLock::new(|| {
    let lists = [
        (&rules::VARIANT, include_str!("../lists/variants.csv")),
        (&rules::MISSPELLING, include_str!("../lists/misspellings.csv")),
    ];
    let words = lists
        .into_iter()
        .flat_map(|(rule, csv)| built_in(csv).into_iter().map(move |word| (rule, word)));
    words.collect()
});

/// The automaton that finds them.
static SEARCH: LazyLock<Search> =
    LazyLock::new(|| Search::of(BUILT_IN.iter().map(|(_, word)| word.wrong.as_str())));

/// A search for many words at once: of two that begin at one place, the longer.
struct Search(AhoCorasick);

impl Search {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let builder = &mut AhoCorasick::builder();
        let built = builder.match_kind(MatchKind::LeftmostLongest).build(words.map(str::as_bytes));
        Self(built.expect("words are far fewer than an automaton can hold"))
    }

    /// Returns the words that are found and pass a test, each by its number.
    fn all(
        &self,
        text: &str,
        mut passes: impl FnMut(usize, &Range<usize>) -> bool,
    ) -> Vec<(usize, Range<usize>)> {
        let (mut out, mut at) = (vec![], 0);
        while let Some(hit) = self.0.find(Input::new(text).range(at..)) {
            let (word, range) = (hit.pattern().as_usize(), hit.range());
            if passes(word, &range) {
                at = range.end;
                out.push((word, range));
            } else {
                // Another word may begin within this one.
                at = range.start + text[range.start..].chars().next().map_or(1, char::len_utf8);
            }
        }
        out
    }
}

/// The lists that hold for a report.
pub(crate) struct Lists<'a> {
    /// The words of the house, each with its list's name.
    house: Vec<(&'a str, &'a ListedWord)>,
    search: Search,
    /// What the house writes: no list has a say within it.
    kept: Search,
    built_in: bool,
}

impl<'a> Lists<'a> {
    pub(crate) fn of(settings: &'a Settings) -> Self {
        let words =
            |list: &'a WordList| list.words.iter().map(move |word| (list.name.as_str(), word));
        let house: Vec<_> = settings.lists.iter().flat_map(words).collect();
        let search = Search::of(house.iter().map(|(_, word)| word.wrong.as_str()));
        let rights = house.iter().map(|(_, word)| word.right.as_str());
        let kept = rights.chain(settings.terms.keys().map(String::as_str));
        let kept = Search::of(kept.filter(|word| !word.is_empty()));
        Self { house, search, kept, built_in: !settings.other_region }
    }

    /// Checks a piece of text; where it is `quoted`, its words are told and stay.
    pub(crate) fn apply(&self, draft: &mut Draft, quoted: bool) {
        self.each(
            draft,
            &self.search,
            &mut |draft, number, found| {
                let (list, ListedWord { wrong, right, note, .. }) = self.house[number];
                if right.is_empty() {
                    let message = say!("`{wrong}` is ruled out by `{list}`", wrong, list);
                    let hint =
                        if note.is_empty() { say!("use another word") } else { note.clone() };
                    return draft.tell(&rules::LISTED, found.range, message, hint);
                }
                let message = say!("`{wrong}` is `{right}` in `{list}`", wrong, right, list);
                let hint = if note.is_empty() {
                    say!("write `{new}`", new = right)
                } else {
                    say!("write `{right}`: {note}", right, note)
                };
                if words::is_part(draft.chars(), &found.range) {
                    let hint = say!("{hint}, unless it is part of a longer word", hint);
                    return draft.tell(&rules::LISTED, found.range, message, hint);
                }
                found.mend(draft, &rules::LISTED, right, message, hint, quoted);
            },
            |_, _, _| true,
        );
        if !self.built_in || !draft.has_han() {
            return;
        }
        self.each(
            draft,
            &SEARCH,
            &mut |draft, number, found| {
                let (rule, ListedWord { wrong, right, .. }) = &BUILT_IN[number];
                let message = if *rule == &rules::VARIANT {
                    say!("`{wrong}` is a variant form of `{right}`", wrong, right)
                } else {
                    say!("`{wrong}` is a misspelling of `{right}`", wrong, right)
                };
                let hint = say!("write `{new}`", new = right);
                found.mend(draft, rule, right, message, hint, quoted);
            },
            |number, text, range| {
                !BUILT_IN[number].1.unless.iter().any(|context| context.holds(text, range))
                    && !words::crosses(text, range)
            },
        );
    }

    /// Calls `tell` for each word that a search finds, from the last to the first; what the house
    /// writes and what stands in a title is left alone.
    fn each(
        &self,
        draft: &mut Draft,
        search: &Search,
        tell: &mut dyn FnMut(&mut Draft, usize, Found),
        holds: impl Fn(usize, &str, &Range<usize>) -> bool,
    ) {
        let text: String = draft.chars().iter().collect();
        let mut hits = search.all(&text, |number, range| holds(number, &text, range));
        if hits.is_empty() {
            return;
        }
        let kept = self.kept.all(&text, |_, _| true);
        hits.retain(|(_, hit)| {
            !kept.iter().any(|(_, kept)| kept.start <= hit.start && hit.end <= kept.end)
        });
        for (number, hit) in hits.into_iter().rev() {
            let start = text[..hit.start].chars().count();
            let range = start..start + text[hit].chars().count();
            let within = Within::of(&draft.chars()[..start]);
            if within != Within::Title && !words::cuts(draft, &range) {
                tell(draft, number, Found { range, quoted: within == Within::Quotes });
            }
        }
    }
}

/// A word that was found.
struct Found {
    range: Range<usize>,
    /// Whether it stands in quotes.
    quoted: bool,
}

impl Found {
    /// Mends the word; where it is quoted, only tells of it.
    fn mend(
        self,
        draft: &mut Draft,
        rule: &'static Rule,
        right: &str,
        message: String,
        hint: String,
        quoted: bool,
    ) {
        if self.quoted || quoted {
            let hint = say!("{hint}, unless the text that is quoted has it so", hint);
            draft.tell(rule, self.range, message, hint);
        } else {
            draft.mend(rule, self.range, right, message, hint);
        }
    }
}

/// What a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    Quotes,
    Title,
}

impl Within {
    /// Returns what goes on behind these characters.
    fn of(before: &[char]) -> Self {
        let mut open = vec![];
        for c in before {
            match c {
                '《' | '〈' | '“' | '「' | '『' | '‘' => open.push(*c),
                '》' | '〉' | '”' | '」' | '』' | '’' => _ = open.pop(),
                _ => {}
            }
        }
        if open.iter().any(|c| "《〈".contains(*c)) {
            Self::Title
        } else if open.is_empty() {
            Self::Text
        } else {
            Self::Quotes
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use crate::{Prose, ProseKind, read};
    use source::{Problems, SourceFile, fix};

    /// The codes that are found in a text, and the text after the fixes.
    fn found_with(text: &str, settings: &Settings, quoted: bool) -> (Vec<String>, String) {
        let file = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
        let mut prose = Prose::markdown(&file, ProseKind::Body);
        prose.push(text, &(0..text.len()));
        prose.quoted = quoted;
        let mut problems = Problems::default();
        read(&[prose], settings, &mut problems);
        let found = problems.sorted();
        let codes = found.iter().map(|finding| finding.rule().code.to_owned()).collect();
        let edits = found.into_iter().flat_map(|finding| finding.fix).collect();
        (codes, fix::apply(text, edits))
    }

    fn found(text: &str) -> (Vec<String>, String) {
        found_with(text, &Settings::default(), false)
    }

    fn house(rows: &[(&str, &str, &str)]) -> Settings {
        let words = rows.iter().map(|(wrong, right, note)| ListedWord::new(wrong, right, note));
        let list = WordList { name: "house.csv".into(), words: words.collect() };
        Settings { lists: vec![list], ..Settings::default() }
    }

    #[test]
    fn the_built_in_lists_agree_with_themselves() {
        let mut faults = vec![];
        for (at, (rule, word)) in BUILT_IN.iter().enumerate() {
            let ListedWord { wrong, right, unless, .. } = word;
            if BUILT_IN[..at].iter().any(|(_, other)| other.wrong == *wrong) {
                faults.push(format!("{wrong} stands twice"));
            }
            if found(right) != (vec![], right.clone()) {
                faults.push(format!("{right} is told itself"));
            }
            if found(wrong) != (vec![rule.code.to_owned()], right.clone()) {
                faults.push(format!("{wrong} became {:?}", found(wrong)));
            }
            for context in unless {
                if let Context::Within(_, whole) = context
                    && (!whole.contains(wrong.as_str()) || found(whole).1.contains(right.as_str()))
                {
                    faults.push(format!("{whole} became {:?}", found(whole)));
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(BUILT_IN.len() > 1000);
    }

    #[test]
    fn variants_and_misspellings_are_mended() {
        let (codes, text) = found("他按捺不住，在雰围热烈的会场上喝采，再接再励。");
        assert_eq!(codes, ["TP0206", "TP0206", "TP0207"]);
        assert_eq!(text, "他按捺不住，在氛围热烈的会场上喝彩，再接再厉。");
        // The longer form first.
        assert_eq!(found("屋里热呼呼的").1, "屋里热乎乎的");
    }

    #[test]
    fn words_that_meet_are_left_alone() {
        for text in [
            "山脉博物馆与家俱乐部相邻",
            "酒精采购由专人负责，味精采样也是",
            "既使企业受益，又使居民受益",
            "班驳船靠了岸，这班驳回了申请",
            "三月芽茶已经上市，5月芽头更肥",
            "按装机容量计算，按装配顺序摆放",
            "编者案头堆满了稿件",
            "究竟争什么，毕竟争过了",
            "开发韧性更好的材料",
            "普拉夫希奇总统",
        ] {
            assert_eq!(found(text), (vec![], text.to_owned()));
        }
    }

    #[test]
    fn titles_stay_and_quotations_are_told() {
        assert_eq!(found("《飘泊的歌》与〈混水摸鱼〉").0, Vec::<String>::new());
        let quoted = "他说：“不要混水摸鱼。”";
        assert_eq!(found(quoted), (vec!["TP0206".into()], quoted.into()));
        let text = "不要混水摸鱼。";
        assert_eq!(
            found_with(text, &Settings::default(), true),
            (vec!["TP0206".into()], text.into())
        );
    }

    #[test]
    fn a_house_has_its_own_words_and_wins() {
        let settings =
            house(&[("身份", "身分", "社内用字"), ("赋能", "", "空话"), ("精彩", "精采", "")]);
        let (codes, text) = found_with("他的身份很精采，也精彩，能赋能。", &settings, false);
        assert_eq!(codes, ["TP0208", "TP0208", "TP0208"]);
        assert_eq!(text, "他的身分很精采，也精采，能赋能。");
        let terms = BTreeMap::from([("好象".to_owned(), vec![])]);
        let settings = Settings { terms, ..Settings::default() };
        assert_eq!(found_with("品牌好象上市了。", &settings, false).0, Vec::<String>::new());
        // A Latin word is whole.
        let settings = house(&[("Open AI", "OpenAI", "")]);
        assert_eq!(found_with("Open AIs与Open AI", &settings, false).1, "Open AIs与OpenAI");
    }

    #[test]
    fn another_region_has_another_standard() {
        let settings = Settings { other_region: true, ..Settings::default() };
        assert_eq!(found_with("雰围热烈", &settings, false).0, Vec::<String>::new());
    }
}
