//! Lists whose marks are typed: the lines of one paragraph are joined, and so would their items be.

use super::{Found, Reader};
use l10n::say;

/// The marks that programs for offices put before the items of a list.
const BULLETS: &str = "•●○◦▪▫■□◆◇‣➢➤►▶✓✔·→⇒★☆※▲△☐☑☒✅❌";
/// Those that stand before a paragraph as well.
const BEFORE_ONE: &str = "●○■□◆◇→⇒★☆※▲△☐☑☒✅❌";
/// Those that are marks of other things as well, but at the start of several lines.
const DASHES: &str = "—–－+*＋＊";

/// How an item is marked: two of a kind make a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `•`.
    Bullet(char),
    /// `①`.
    Circled,
    /// `（1）`.
    Bracketed,
    /// `1、`.
    Counted,
    /// `一、`.
    Numeral,
    /// `a)`.
    Lettered,
    /// `1.1`.
    Decimal,
    /// `[1]`, as notes are typed.
    Note,
    /// `#.`, `(@)`.
    Pandoc,
    /// `第一条`.
    Article,
    /// `问：`, `Q：`, `1：`, before what is said of it.
    Label,
}

impl Mark {
    /// Whether two marks are of one list: its levels are marked by numbers of several kinds.
    fn is_beside(self, other: Self) -> bool {
        let counts = |mark| {
            matches!(
                mark,
                Self::Circled
                    | Self::Bracketed
                    | Self::Counted
                    | Self::Numeral
                    | Self::Lettered
                    | Self::Decimal
            )
        };
        let boxes = |mark| matches!(mark, Self::Bullet('☐' | '☑' | '☒' | '✅' | '❌' | '□' | '■'));
        self == other || counts(self) && counts(other) || boxes(self) && boxes(other)
    }
}

/// What articles are counted in.
const ARTICLES: &str = "条款章节项步期阶篇点";

impl Reader<'_> {
    /// `2、第二条` at the start of a line that goes on the one before it.
    pub(super) fn joined_item(&self, at: usize) -> Option<Found> {
        let (kind, length) = self.item(at)?;
        let shown = self.text(at..at + length);
        let bullet =
            matches!(kind, Mark::Bullet(c) if !BEFORE_ONE.contains(c) && !DASHES.contains(c));
        if at == 0 && bullet {
            let hint = say!("for a list, write `-` and a space before each item");
            return Found::mark(0..length, hint);
        }
        let others = || self.items().iter().filter(|own| own.is_beside(kind)).take(2).count();
        if !self.is_joined(at) || others() < 2 {
            return None;
        }
        let message = Some(say!(
            "`{shown}` does not begin a line of its own: the lines of a paragraph are joined",
            shown
        ));
        let hint = match kind {
            Mark::Bullet(_) => say!("for a list, write `-` and a space before each item"),
            Mark::Note => say!(
                "for a footnote, write `[^1]` in the text, and `[^1]: …` in a paragraph of its own; to keep these marks, put a blank line between the lines"
            ),
            Mark::Label | Mark::Article => say!(
                "put a blank line between the lines, or end each but the last with `\\`; for a list, write `-` and a space before each"
            ),
            _ => say!(
                "for a list, write `1.` and a space before each item; to keep these marks, put a blank line between the lines"
            ),
        };
        Some(Found { range: at..at + length, message, hint, error: false })
    }

    /// What stands in rows without being a table: lines with tabs, or with bars between words; and
    /// `: …` below a word, which explains it in Pandoc.
    pub(super) fn joined_row(&self, at: usize) -> Option<Found> {
        if !self.is_joined(at) {
            return None;
        }
        let line = self.text(at..self.line_end(at));
        if line.starts_with(": ") || line.starts_with(":\t") {
            let hint = match line.contains(cjk::is_han) {
                true => say!(
                    "write the word and what it means as one paragraph, `**…**：…`, or as a list"
                ),
                false => say!(
                    "write the word and what it means as one paragraph, `**…**: …`, or as a list"
                ),
            };
            let message = Some(say!("this is not read as a definition"));
            return Some(Found { range: at..at + 1, message, hint, error: false });
        }
        let start = self.chars[..at - 1].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
        let before = self.text(start..at - 1);
        let count = |line: &str, mark: char| line.trim().matches(mark).count();
        let rows = |mark| count(&line, mark) > 0 && count(&line, mark) == count(&before, mark);
        // Columns that spaces part: `张三    教授    北京大学`.
        let gaps = |line: &str| {
            let mut blanks = line.trim().split(|c: char| !matches!(c, ' ' | '\u{3000}'));
            blanks.by_ref().filter(|blank| blank.chars().count() > 1).count()
        };
        let spaced = gaps(&line) > 1 && gaps(&line) == gaps(&before);
        if !(spaced || rows('\t') || rows('|') || rows('｜') && line.trim().starts_with('｜')) {
            return None;
        }
        let message = Some(say!("this is not read as a table"));
        let hint = say!(
            "a table has a head, and below it a line such as `|---|---|` with as many cells; to print a bar, write `\\|`"
        );
        Some(Found { range: start..self.line_end(at), message, hint, error: false })
    }

    /// Where the lines begin.
    fn starts_of_lines(&self) -> impl Iterator<Item = usize> {
        (0..self.chars.len()).filter(|&at| at == 0 || self.chars[at - 1] == '\n')
    }

    /// The marks of all items that begin a line.
    fn items(&self) -> &[Mark] {
        self.items.get_or_init(|| {
            self.starts_of_lines().filter_map(|at| Some(self.item(at)?.0)).collect()
        })
    }

    /// The mark of an item that begins at an index, and how long it is.
    fn item(&self, at: usize) -> Option<(Mark, usize)> {
        let first = self.at(at);
        if BULLETS.contains(first) {
            return Some((Mark::Bullet(first), 1));
        }
        if DASHES.contains(first) && self.run(at) == 1 {
            let space = usize::from(matches!(self.at(at + 1), ' ' | '\u{3000}'));
            return cjk::is_han(self.at(at + 1 + space)).then_some((Mark::Bullet(first), 1));
        }
        if ('Ⅰ'..='Ⅻ').contains(&first) && matches!(self.at(at + 1), '.' | '、' | '．') {
            return Some((Mark::Numeral, 2));
        }
        if let Some(length) = self.article(at) {
            return Some((Mark::Article, length));
        }
        if let Some(length) = self.label_of_line(at) {
            return Some((Mark::Label, length));
        }
        if let Some(length) = self.decimal(at) {
            return Some((Mark::Decimal, length));
        }
        if ('①'..='⒛').contains(&first) || ('❶'..='➓').contains(&first) {
            return Some((Mark::Circled, 1));
        }
        if first == '[' {
            let end = self.find(at, "]").filter(|end| (at + 2..at + 5).contains(end))?;
            let figures = self.chars[at + 1..end].iter().all(char::is_ascii_digit);
            return (figures && self.at(end + 1) != '(').then_some((Mark::Note, end + 1 - at));
        }
        if let Some(mark) = ["#. ", "(@) "].into_iter().find(|mark| self.starts(at, mark)) {
            return Some((Mark::Pandoc, mark.len() - 1));
        }
        let open = matches!(first, '（' | '(');
        let from = at + usize::from(open);
        let count = |test: &dyn Fn(char) -> bool| {
            self.chars[from..].iter().take(4).take_while(|c| test(**c)).count()
        };
        let digits = count(&|c| c.is_ascii_digit());
        let numerals = count(&|c| "一二三四五六七八九十".contains(c));
        let letters = count(&|c| c.is_ascii_alphabetic());
        let roman = letters > 0 && count(&|c| "ivxIVX".contains(c)) == letters;
        let (mark, length) = match (digits, numerals) {
            (1..=3, _) => (Mark::Counted, digits),
            (_, 1..=3) => (Mark::Numeral, numerals),
            _ if letters == 1 || roman => (Mark::Lettered, letters),
            _ => return None,
        };
        let close = self.at(from + length);
        let end = from + length + 1 - at;
        match (open, close, mark) {
            (true, '）' | ')', _) => Some((Mark::Bracketed, end)),
            (false, '、' | '）' | ')' | '．', Mark::Counted | Mark::Lettered) => {
                Some((mark, end))
            }
            (false, '、' | '．', Mark::Numeral) => Some((mark, end)),
            (false, '.', Mark::Numeral) if !self.at(at + end).is_ascii_digit() => Some((mark, end)),
            (false, '.', Mark::Lettered) if self.at(at + end) == ' ' => Some((mark, end)),
            _ => None,
        }
    }

    /// The length of `第一条` before words.
    fn article(&self, at: usize) -> Option<usize> {
        let number = |c: &&char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(**c);
        let digits = self.chars[at..].iter().skip(1).take(5).take_while(number).count();
        let end = at + digits + 2;
        let fits = self.at(at) == '第' && digits > 0 && ARTICLES.contains(self.at(end - 1));
        (fits && matches!(self.at(end), ' ' | '\u{3000}' | '：' | ':' | '、')).then_some(end - at)
    }

    /// The length of a word or two with a colon, at the start of a line.
    fn label_of_line(&self, at: usize) -> Option<usize> {
        let word = |c: &&char| c.is_alphanumeric();
        let length = self.chars[at..].iter().take(9).take_while(word).count();
        let end = at + length + 1;
        let narrow = self.at(end - 1) == ':' && self.at(end) == ' ';
        let fits = (1..=8).contains(&length) && (self.at(end - 1) == '：' || narrow);
        (fits && self.at(end) != '\n' && end < self.chars.len()).then_some(length + 1)
    }

    /// The length of `1.2` before words, where a line of `1.1` or `1.3` is near; of amounts, units follow.
    fn decimal(&self, at: usize) -> Option<usize> {
        let (whole, part, length) = self.read_decimal(at)?;
        let all = self.decimals.get_or_init(|| {
            let read = |at| self.read_decimal(at).map(|(whole, part, _)| (whole, part));
            self.starts_of_lines().filter_map(read).collect()
        });
        let before = part.checked_sub(1).is_some_and(|part| all.contains(&(whole, part)));
        (before || all.contains(&(whole, part + 1))).then_some(length)
    }

    /// The numbers of `1.2` before words, and its length.
    fn read_decimal(&self, at: usize) -> Option<(u32, u32, usize)> {
        let digits = |from: usize| {
            self.chars[from..].iter().take(3).take_while(|c| c.is_ascii_digit()).count()
        };
        let whole = digits(at);
        let behind = at + whole + 1;
        let part = self.chars.get(behind).map_or(0, |_| digits(behind));
        let end = behind + part;
        let space = usize::from(self.at(end) == ' ');
        let word = self.at(end + space);
        let counted = "万亿千百倍个元年月日天人次台家吨米项种成度".contains(word) && space == 0;
        let fits = (1..3).contains(&whole) && (1..3).contains(&part) && self.at(behind - 1) == '.';
        let number = |from: usize, to: usize| self.text(from..to).parse::<u32>().ok();
        if !fits || counted || !cjk::is_han(word) {
            return None;
        }
        Some((number(at, at + whole)?, number(behind, end)?, end - at))
    }

    /// Whether the line that begins at an index is printed behind the one before it.
    fn is_joined(&self, at: usize) -> bool {
        let ended = at.checked_sub(1).and_then(|at| self.prose.letters.get(at));
        ended.is_some_and(|letter| {
            letter.c == '\n' && matches!(&self.prose.file.text[letter.at.clone()], "\n" | "\r\n")
        })
    }
}
