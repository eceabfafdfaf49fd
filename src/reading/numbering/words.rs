//! The words of references to numbered blocks, by language.

use super::Kind;
use crate::reading::model::Inline;
use crate::reading::text;
use cjk::WORD_JOINER;

/// The languages that have words of their own here; all others have the English ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Chinese,
    Traditional,
    English,
    /// English in a report in Chinese: numbers are as captions have them.
    Within,
}

/// What a label names.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Named {
    /// The block of its kind with this number, in the chapter with that one.
    Counted(Kind, Option<String>, usize),
    /// A picture by its letter, in the group that is so counted.
    Piece(Kind, Option<String>, usize, String),
    /// The section with this number.
    Section(String),
    /// The part with this label, such as 第三章.
    Part(String),
    /// The section with this title.
    Titled(String),
}

impl Named {
    /// The kind whose word stands before its number; a title has none.
    pub(super) fn kind(&self) -> Option<Kind> {
        match self {
            Self::Counted(kind, ..) | Self::Piece(kind, ..) => Some(*kind),
            Self::Section(_) => Some(Kind::Section),
            Self::Part(_) | Self::Titled(_) => None,
        }
    }

    /// What is counted in one way: numbers that follow each other are collapsed.
    pub(super) fn counted(&self) -> Option<Counted<'_>> {
        match self {
            Self::Counted(kind, chapter, number) => {
                Some(Counted { kind: *kind, chapter: chapter.as_deref(), number: *number })
            }
            _ => None,
        }
    }
}

/// A block that is counted with others of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted<'a> {
    pub(super) kind: Kind,
    pub(super) chapter: Option<&'a str>,
    pub(super) number: usize,
}

impl Counted<'_> {
    /// Whether `other` is the next of the same kind in the same chapter.
    pub(super) fn leads_to(&self, other: &Self) -> bool {
        (self.kind, self.chapter, self.number + 1) == (other.kind, other.chapter, other.number)
    }
}

impl Language {
    pub(super) fn of(tag: &str) -> Self {
        match tag {
            "zh-TW" | "zh-HK" | "zh-MO" => Self::Traditional,
            _ if tag.starts_with("zh") => Self::Chinese,
            _ => Self::English,
        }
    }

    /// That of a text in a report of this one: English in Chinese says its references in English.
    pub(super) fn of_runs(self, runs: &[Inline]) -> Self {
        let tag = if self == Self::Traditional { "zh-TW" } else { "zh-CN" };
        let is_chinese = || text::language(runs, tag) == western::Language::Chinese;
        if self.is_chinese() && !is_chinese() { Self::Within } else { self }
    }

    pub(super) fn is_chinese(self) -> bool {
        matches!(self, Self::Chinese | Self::Traditional)
    }

    /// A number as captions print it: `3`; in a chapter `1-3`, in English `1.3`.
    pub(super) fn number(self, chapter: Option<&str>, number: usize) -> String {
        let mark = if self == Self::English { '.' } else { '-' };
        match chapter {
            Some(chapter) => format!("{chapter}{mark}{number}"),
            None => number.to_string(),
        }
    }

    /// The word before the number of a kind, in the plural where a language has one.
    pub(super) fn word(self, kind: Kind, many: bool) -> &'static str {
        match (self, kind, many) {
            (Self::Chinese, Kind::Figure, _) => "图",
            (Self::Traditional, Kind::Figure, _) => "圖",
            (Self::Chinese | Self::Traditional, Kind::Table, _) => "表",
            (Self::Chinese, Kind::Box, _) => "专栏",
            (Self::Traditional, Kind::Box, _) => "專欄",
            (Self::Chinese | Self::Traditional, Kind::Equation, _) => "式",
            (Self::Chinese, Kind::Section, _) => "节",
            (Self::Traditional, Kind::Section, _) => "節",
            (Self::English | Self::Within, Kind::Figure, false) => "Figure",
            (Self::English | Self::Within, Kind::Figure, true) => "Figures",
            (Self::English | Self::Within, Kind::Table, false) => "Table",
            (Self::English | Self::Within, Kind::Table, true) => "Tables",
            (Self::English | Self::Within, Kind::Box, false) => "Box",
            (Self::English | Self::Within, Kind::Box, true) => "Boxes",
            (Self::English | Self::Within, Kind::Equation, false) => "Eq.",
            (Self::English | Self::Within, Kind::Equation, true) => "Eqs.",
            (Self::English | Self::Within, Kind::Section, false) => "Section",
            (Self::English | Self::Within, Kind::Section, true) => "Sections",
        }
    }

    /// What a reference says in whole: 图1-2, 第1.2节, “标题”; joined, so that no line breaks in it.
    pub(super) fn whole(self, named: &Named) -> String {
        let word = |kind| self.word(kind, false);
        match named {
            Named::Counted(kind, ..) | Named::Piece(kind, ..) => {
                self.worded(word(*kind), &self.bare(named))
            }
            Named::Section(number) if self.is_chinese() => {
                format!("第{WORD_JOINER}{}{WORD_JOINER}{}", joined(number), word(Kind::Section))
            }
            Named::Section(number) => self.worded(word(Kind::Section), number),
            Named::Part(label) => whole(label),
            Named::Titled(title) => self.quoted(title),
        }
    }

    /// The number alone; a title, where there is none.
    pub(super) fn bare(self, named: &Named) -> String {
        match named {
            Named::Counted(kind, chapter, number) => {
                let number = joined(&self.number(chapter.as_deref(), *number));
                match (kind, self.is_chinese()) {
                    (Kind::Equation, true) => format!("（{WORD_JOINER}{number}{WORD_JOINER}）"),
                    (Kind::Equation, false) => format!("({number})"),
                    _ => number,
                }
            }
            Named::Piece(_, chapter, number, letter) => {
                let number = joined(&self.number(chapter.as_deref(), *number));
                format!("{number}{WORD_JOINER}({letter})")
            }
            Named::Section(number) => joined(number),
            Named::Part(label) => whole(label),
            Named::Titled(title) => self.quoted(title),
        }
    }

    fn quoted(self, title: &str) -> String {
        match self {
            Self::Traditional => format!("「{title}」"),
            _ => format!("“{title}”"),
        }
    }

    /// A word and its number, with what parts them.
    pub(super) fn worded(self, word: &str, number: &str) -> String {
        // No line ends between them; who searches the PDF types a plain space.
        let gap = if self.is_chinese() { "" } else { " " };
        format!("{word}{gap}{WORD_JOINER}{number}")
    }

    /// The mark between the first and the last of a run.
    pub(super) fn to(self) -> &'static str {
        if self.is_chinese() { "～" } else { "–" }
    }

    /// What parts the things of a list of `count`, before the one at `at`.
    pub(super) fn between(self, at: usize, count: usize) -> &'static str {
        match (self.is_chinese(), at + 1 == count, count) {
            (true, ..) => "、",
            (false, true, 2) => " and ",
            (false, true, _) => ", and ",
            (false, false, _) => ", ",
        }
    }

    /// What links to a note at the end of a part are called, and those from there to its mark.
    pub(super) fn note_and_mark(self, number: &str, title: &str) -> (String, String) {
        match self {
            Self::Chinese => (format!("《{title}》注{number}"), format!("《{title}》注码{number}")),
            Self::Traditional => {
                (format!("《{title}》註{number}"), format!("《{title}》註碼{number}"))
            }
            Self::English | Self::Within => {
                (format!("Note {number} in {title}"), format!("Mark of note {number} in {title}"))
            }
        }
    }

    /// What stands around the number of a page.
    pub(super) fn page(self) -> (&'static str, &'static str) {
        match self {
            Self::Chinese => ("第\u{2060}", "\u{2060}页"),
            Self::Traditional => ("第\u{2060}", "\u{2060}頁"),
            Self::English | Self::Within => ("page \u{2060}", ""),
        }
    }
}

/// A label that no line's end divides: 第三章, Chapter 3.
fn whole(label: &str) -> String {
    let mut out = String::with_capacity(label.len() * 2);
    for c in label.chars() {
        if !out.is_empty() {
            out.push(WORD_JOINER);
        }
        out.push(c);
    }
    out
}

/// A number that no line's end divides.
fn joined(number: &str) -> String {
    number.replace('-', &format!("-{WORD_JOINER}"))
}

/// A text without its joiners.
pub(super) fn plain(text: &str) -> String {
    text.replace(WORD_JOINER, "")
}
