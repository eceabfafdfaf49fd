//! The copy desk: Chinese and English prose read mark by mark, sentence by sentence, name by name.
//!
//! Rules, with their codes and pages, are in [`rules`]. Text comes as [`Prose`], which knows the
//! bytes that each character was written with, so that a finding names its place and its fix
//! changes nothing else.
//!
//! Each pass over a piece of text fixes a draft of it and says what it fixed, so that the next
//! one sees what a reader would; they go round until none finds anything, so that fixing twice
//! changes nothing.
//!
//! ```
//! use std::sync::Arc;
//! use copydesk::{ProseKind, Prose, Settings};
//! use source::{Problems, SourceFile, fix};
//!
//! let text = "模型,数据";
//! let file = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
//! let mut prose = Prose::markdown(&file, ProseKind::Body);
//! prose.push(text, &(0..text.len()));
//!
//! let mut problems = Problems::default();
//! copydesk::read(&[prose], &Settings::default(), &mut problems);
//! let finding = &problems.sorted()[0];
//! assert_eq!(finding.rule().code, "TP0103");
//! assert_eq!(fix::apply(text, finding.fix.clone()), "模型，数据");
//! ```

mod addresses;
mod code;
mod doubled;
mod draft;
mod english;
mod formulas;
mod lists;
mod marks;
mod names;
mod numbers;
mod pairs;
mod prose;
pub mod rules;
mod sentences;
mod spaces;
#[cfg(test)]
mod unharmed;
mod units;
mod width;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use source::Problems;
use western::Language;

use draft::Draft;
pub use english::{Dashes, House, Percent, SerialComma};
use lists::Lists;
pub use lists::{ListedWord, WordList};
pub use prose::{Letter, OBJECT, Prose, ProseKind, REFERENCE};

/// A house's settings for the copy desk.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// How the house writes its terms: each with the variants that are not to be used.
    pub terms: BTreeMap<String, Vec<String>>,
    /// The rules that are switched off, by code or name: a rule that is off fixes nothing either.
    pub off: BTreeSet<String>,
    /// The house's own lists of words. They, and the terms, win over the built-in lists.
    pub lists: Vec<WordList>,
    /// Whether the text is written by the standard of another region, such as `zh-TW`: the
    /// built-in lists of words are the mainland's and are left aside.
    pub other_region: bool,
    /// The report's language, a BCP 47 tag; one that is empty is Chinese.
    pub lang: String,
    /// How the house writes English.
    pub english: House,
}

/// The maximum number of rounds: more than any text needs.
const ROUNDS: usize = 4;

/// Reads all pieces of text of a report, in the order of its files, and reports what breaks a rule.
pub fn read(prose: &[Prose], settings: &Settings, problems: &mut Problems) {
    by_mark(prose, settings, problems);
    sentences::repeated(prose, problems);
    names::spellings(prose, settings, problems);
    names::near(prose, problems);
}

fn by_mark(prose: &[Prose], settings: &Settings, problems: &mut Problems) {
    width::set_up();
    let lists = Lists::of(settings);
    // The file in which the paragraph before leaves a quotation open.
    let mut open: Option<String> = None;
    for (at, piece) in prose.iter().enumerate() {
        let next = prose.get(at + 1);
        let goes_on = open.take().is_some_and(|path| path == piece.file.path);
        if piece.kind == ProseKind::Body {
            let chars: Vec<char> = piece.letters.iter().map(|letter| letter.c).collect();
            open = pairs::stays_open(&chars, goes_on).then(|| piece.file.path.clone());
        }
        let said = piece.letters.iter().map(|letter| letter.c).filter(|c| *c != REFERENCE);
        let language = Language::of(&said.collect::<String>(), &settings.lang);
        let foreign = (language != Language::Chinese).then(|| piece.without_references());
        let piece = foreign.as_ref().unwrap_or(piece);
        let mut draft = Draft::new(piece, settings);
        for _ in 0..ROUNDS {
            let before = draft.changes();
            if width::is_catalogued(draft.chars()) {
                // It is written as the library has it.
            } else if language == Language::Chinese && draft.has_han() {
                chinese(&mut draft, piece.kind, goes_on, settings.other_region);
                if settings.other_region {
                    pairs::regional(&mut draft);
                }
                // A title's lines end as it does.
                let last_line = piece.kind == ProseKind::Line
                    && next.is_none_or(|next| next.kind != ProseKind::Line);
                if last_line
                    || matches!(
                        piece.kind,
                        ProseKind::Title | ProseKind::Caption | ProseKind::Source
                    )
                {
                    marks::title_stop(&mut draft);
                }
            } else {
                // Names in a Chinese table or list are parted by Chinese marks: `GB 5.1；CLREQ 3.1.4`,
                // and so are those beside Chinese text, and where only Chinese has the mark.
                let beside = || {
                    let near = [at.checked_sub(1).and_then(|at| prose.get(at)), next];
                    let near = near.into_iter().flatten();
                    near.filter(|near| near.file.path == piece.file.path)
                        .any(|near| near.letters.iter().any(|letter| cjk::is_han(letter.c)))
                };
                let label = Language::of_tag(&settings.lang) == Language::Chinese
                    && language == Language::Chinese
                    && (piece.kind == ProseKind::Label && parts_names(draft.chars())
                        || draft.chars().contains(&'、')
                        || width::are_statistics(draft.chars())
                        || width::are_names(draft.chars()) && beside());
                if !draft.has_han() {
                    width::autocorrect(&mut draft, label);
                }
                if !label {
                    width::latin(&mut draft);
                }
                if language == Language::English {
                    let report = Language::of_tag(&settings.lang);
                    english::read(&mut draft, piece.kind, &settings.english, report);
                }
            }
            doubled::doubled(&mut draft);
            if draft.changes() == before {
                break;
            }
        }
        if language == Language::English {
            english::quotes(&mut draft);
        }
        if piece.kind != ProseKind::Reference {
            words::terms(&mut draft, settings);
            lists.apply(&mut draft, piece.quoted);
        }
        // A quotation over several paragraphs opens each of them and closes the last.
        let continued = next.is_some_and(|next| {
            next.file.path == piece.file.path
                && next.letters.first().is_some_and(|letter| letter.c == '“')
        });
        if piece.kind != ProseKind::Line {
            pairs::unpaired(&mut draft, continued);
        }
        problems.extend(draft.finish());
    }
    numbers::grouping(prose, problems);
}

/// Whether marks part names rather than the words of a sentence: none stands before a small letter.
fn parts_names(chars: &[char]) -> bool {
    let pairs = chars.windows(2);
    pairs.into_iter().all(|pair| !("，、；：".contains(pair[0]) && pair[1].is_ascii_lowercase()))
}

fn chinese(draft: &mut Draft, kind: ProseKind, goes_on: bool, other_region: bool) {
    width::wholes(draft);
    width::autocorrect(draft, false);
    width::marks(draft);
    width::symbols(draft);
    pairs::brackets(draft);
    pairs::straight(draft, other_region);
    marks::dots(draft);
    marks::dashes(draft);
    marks::repeated(draft);
    pairs::directions(draft, goes_on);
    pairs::nested(draft);
    marks::listed(draft);
    numbers::ranges(draft);
    numbers::numerals(draft);
    units::symbols(draft);
    // A reference's title is quoted as it was published.
    if kind != ProseKind::Reference {
        spaces::idle(draft);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use source::{SourceFile, fix};

    /// The codes found in a text of a Chinese report.
    fn codes(text: &str, kind: ProseKind) -> Vec<&'static str> {
        let file = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
        let mut prose = Prose::markdown(&file, kind);
        prose.push(text, &(0..text.len()));
        let mut problems = Problems::default();
        read(&[prose], &Settings::default(), &mut problems);
        problems.sorted().iter().map(|finding| finding.rule().code).collect()
    }

    #[test]
    fn names_in_a_cell_are_parted_as_in_chinese() {
        for text in ["GB 5.1；CLREQ 3.1.4", "5 GHz、16 GB/s", "210 mm × 297 mm，A4", "Rust，Typst"]
        {
            assert_eq!(codes(text, ProseKind::Label), Vec::<&str>::new(), "{text}");
        }
        assert_eq!(codes("Ａ1", ProseKind::Label), ["TP0105"]);
        assert_eq!(codes("Rust，Typst", ProseKind::Body), ["TP0106"]);
        for text in ["CPU、GPU、NPU。", "iOS（iPhone、iPad）。", "Python、Java、C++；"] {
            assert!(codes(text, ProseKind::Body).is_empty(), "{text}");
        }
        for text in [
            "三、四年级的学生",
            "五、六月的天气",
            "初一、二年级",
            "买了12\"显示器和15.6\"笔记本。",
            "调用f(x, y)与print(\"hello\")，计算max(a, b)。",
            "见Eq. (2)。",
        ] {
            let found = codes(text, ProseKind::Body);
            assert!(
                !found.iter().any(|code| ["TP0104", "TP0107", "TP0124"].contains(code)),
                "{text}"
            );
        }
        for text in ["人工智能AI(Artificial Intelligence)发展", "参见Smith et al. (2020)的综述。"]
        {
            let found = codes(text, ProseKind::Body);
            assert_eq!(found.iter().filter(|code| **code == "TP0104").count(), 2, "{text}");
        }
        for text in ["他说：“Yes, we can.”", "书名是“Attention Is All You Need.”"] {
            assert!(codes(text, ProseKind::Body).is_empty(), "{text}");
        }
        assert_eq!(codes("They work hard，always", ProseKind::Label), ["TP0106"]);
    }

    #[test]
    fn numbers_of_standards_are_no_amounts() {
        for text in ["GB指GB/T 15834—2011，共190,557处。", "按ISO 15930印190,557册。"] {
            assert_eq!(codes(text, ProseKind::Body), Vec::<&str>::new(), "{text}");
        }
        assert_eq!(codes("印15834册，共190,557处。", ProseKind::Body), ["TP0122"]);
    }

    #[test]
    fn addresses_and_citations_with_words_are_left_alone() {
        for text in [
            "见https://example.com/搜索?q=中文&p=1。",
            "见https://a.cn/item/大模型(人工智能):定义,甲",
            "见https://例子.中国/a(b)，又见www.政务.cn/甲,乙。",
            "见[@k1]、[参见 @k2]、[@k3]。",
            "甲，[另见 @k1, 第5页]，乙；[^注]；丙。",
        ] {
            let file = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
            let mut prose = Prose::markdown(&file, ProseKind::Body);
            // Citations and the marks of notes leave no characters.
            let mut at = 0;
            while at < text.len() {
                let open = text[at..].find('[').map_or(text.len(), |open| at + open);
                prose.push(&text[at..open], &(at..open));
                at = text[open..].find(']').map_or(text.len(), |close| open + close + 1);
            }
            let mut problems = Problems::default();
            read(&[prose], &Settings::default(), &mut problems);
            let found = problems.sorted();
            assert!(found.is_empty(), "{text}: {found:?}");
        }
        assert_eq!(codes("甲、、乙", ProseKind::Body), ["TP0111"]);
    }

    #[test]
    fn quotes_are_those_of_the_region() {
        let fixed = |text: &str, other_region| {
            let file = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
            let mut prose = Prose::markdown(&file, ProseKind::Body);
            prose.push(text, &(0..text.len()));
            let settings = Settings { other_region, ..Settings::default() };
            let mut problems = Problems::default();
            read(&[prose], &settings, &mut problems);
            fix::apply(text, problems.sorted().into_iter().flat_map(|found| found.fix).collect())
        };
        let text = "他說“這是‘好’的”，又說\"對\"，it’s fine。";
        assert_eq!(fixed(text, true), "他說「這是『好』的」，又說「對」，it’s fine。");
        assert_eq!(fixed(text, false), "他說“這是‘好’的”，又說“對”，it’s fine。");
    }
}
