//! Marks within a line: those around words, brackets, commands.

use super::tex::page_hint;
use super::{Found, OBJECT, REACH, Reader};
use crate::reading::markdown::attributes::Attributes;
use crate::reading::referable::label;
use l10n::say;

impl Reader<'_> {
    /// Reads what stands at an index within a line.
    pub(super) fn inline_mark(&self, at: usize) -> Option<Found> {
        match self.at(at) {
            '*' => self.asterisks(at),
            '_' | '=' | '~' | '+' | '^' | '|' | '～' if self.run(at) == 2 => {
                self.around(at).or_else(|| self.inline_note(at).filter(|_| self.at(at) == '^'))
            }
            '|' => self.size_of_picture(at),
            '＊' if self.starts(at, "＊＊") => {
                Found::mark(at..at + self.run(at), say!("write `**` in half width"))
            }
            '＊' if self.run(at) == 1 && self.before(at) != '＊' => self.wide_pair(at, '＊', "*"),
            '｀' => self.wide_pair(at, '｀', "`"),
            '\'' if self.starts(at, "'''") => self.wiki_bold(at),
            '［' if self.at(at + 1) == '^' || self.at(at + 1) == '＾' => self.wide_note(at),
            '【' => self.apart(at, '】').or_else(|| self.chat_source(at)),
            '`' => Found::mark(
                at..at + self.run(at),
                say!("put one on each side of code; to print it, put a backslash before it"),
            ),
            '[' => self.brackets(at),
            ']' => self.address(at),
            '^' => self.inline_note(at).or_else(|| self.block_name(at)),
            '{' => self.braces(at),
            '｛' => self.wide_braces(at),
            '@' => self.foreign_label(at),
            '\\' => self.command(at),
            '$' => self.dollars(at),
            '%' if self.starts(at, "%%") => self.remark(at, "%%", "%%"),
            ':' => self.shortcode(at),
            OBJECT => self.formula(at).or_else(|| self.path(at)),
            _ => None,
        }
    }

    fn asterisks(&self, at: usize) -> Option<Found> {
        if self.before(at) == '*' {
            return None;
        }
        let row = self.run(at);
        // Digits that are not to be read: `138****5678`.
        let hidden = row > 2 && self.before(at).is_ascii_alphanumeric();
        // `0.412***`, `(0.03)**` in a table of coefficients.
        let next = self.at(at + row);
        let significant = row < 4
            && matches!(self.before(at), '0'..='9' | ')' | '）' | '%')
            && !next.is_alphanumeric()
            && self.before_figure(at);
        // `2**10` is a power.
        let power = row == 2
            && self.before(at).is_ascii_alphanumeric()
            && self.at(at + row).is_ascii_digit();
        // `**p<0.01`, below a table of coefficients.
        let end = (at + row + 8).min(self.chars.len());
        let test = self.text(at + row..end);
        let test = test
            .trim_start()
            .strip_prefix(['p', 'P'])
            .is_some_and(|rest| rest.trim_start().starts_with(['<', '＜', '≤']));
        if row < 2 || hidden || power || significant || test {
            return None;
        }
        let hint = say!(
            "for bold, put `**` right before and right behind the words; to print them, write `\\*\\*`"
        );
        Found::mark(at..at + row, hint)
    }

    /// Whether a number ends before an index that has nothing but white space, or an opening bracket, before
    /// it.
    fn before_figure(&self, at: usize) -> bool {
        let figure = |c: &&char| c.is_ascii_digit() || ".,%−-–+()（）".contains(**c);
        let length = self.chars[..at].iter().rev().take(REACH).take_while(figure).count();
        let before = self.before(at - length);
        before.is_whitespace() || before == OBJECT || self.chars[at - length..at].contains(&'.')
    }

    /// `__重点__`, `==重点==`, `~~删~~`.
    fn around(&self, at: usize) -> Option<Found> {
        let mark = self.at(at);
        let pair: String = [mark; 2].iter().collect();
        let rare = matches!(mark, '+' | '^' | '|' | '～');
        if self.before(at) == mark || self.run(at) != 2 {
            return None;
        }
        let close = self.find(at + 2, &pair)?;
        let inner = &self.chars[at + 2..close];
        let word = |c: Option<&char>| c.is_some_and(|&c| c.is_alphanumeric() || cjk::is_opening(c));
        let ends =
            |c: Option<&char>| c.is_some_and(|&c| !c.is_whitespace() && !"，、；：".contains(c));
        let latin = |c: char| c.is_ascii_alphanumeric();
        // `a==b，c==d` compares.
        let compares = latin(self.before(at)) && latin(self.at(close + 2));
        if !word(inner.first()) || !ends(inner.last()) || compares || self.run(close) != 2 {
            return None;
        }
        let beside = latin(self.before(at)) || latin(self.at(close + 2));
        // `++与--；i++` are signs of programs.
        let signs = inner.windows(2).any(|pair| *pair == ['-', '-']);
        if rare && (beside || signs || !inner.iter().any(|c| cjk::is_han(*c))) {
            return None;
        }
        let hint = match mark {
            '～' => say!("words cannot be struck out: remove the marks"),
            '+' | '^' | '|' => {
                say!("remove the marks; to print them, put a backslash before each")
            }
            '~' => {
                say!("words cannot be struck out: remove the marks; to print them, write `\\~\\~`")
            }
            '=' => say!("for bold, write `**…**`; to print the marks, write `\\==`"),
            _ => say!("for bold, write `**…**`; to print the marks, write `\\_\\_`"),
        };
        Found::mark(at..close + 2, hint)
    }

    /// `＊重点＊`, `｀代码｀`: marks in full width around words.
    fn wide_pair(&self, at: usize, mark: char, meant: &str) -> Option<Found> {
        let close = self.find(at + 1, mark.encode_utf8(&mut [0; 4]))?;
        let inner = &self.chars[at + 1..close];
        let word = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
        // Marks of remarks stand behind a word, and never before one.
        let is_pair = word(inner.first()) && word(inner.last()) && inner.len() < 40;
        let hint = say!("write `{mark}` in half width", mark = meant);
        is_pair.then(|| Found::mark(at..close + 1, hint)).flatten()
    }

    /// `［^1］`.
    fn wide_note(&self, at: usize) -> Option<Found> {
        let close = self.find(at, "］").or_else(|| self.find(at, "]"))?;
        let label = self.text(at + 2..close);
        let fits = (1..20).contains(&label.chars().count()) && !label.contains(OBJECT);
        let hint = say!("write the brackets in half width: `[^{label}]`", label);
        fits.then(|| Found::mark(at..close + 1, hint)).flatten()
    }

    /// `[words] (address)` and `【words】(address)`: a link has nothing between its brackets.
    fn apart(&self, at: usize, closing: char) -> Option<Found> {
        let close = self.find(at, closing.encode_utf8(&mut [0; 4]))?;
        let words = self.text(at + 1..close);
        let spaces = usize::from(matches!(self.at(close + 1), ' ' | '\u{3000}'));
        let open = close + 1 + spaces;
        let tight = closing == ']' && spaces == 0;
        if words.is_empty() || tight || !matches!(self.at(open), '(' | '（') {
            return None;
        }
        let end = self.find(open, ")").or_else(|| self.find(open, "）"))?;
        let written = self.prose.place(open + 1..end).range;
        let inner = self.prose.file.text.get(written).unwrap_or_default();
        let is_address = ["https://", "http://", "www.", "mailto:"]
            .iter()
            .any(|start| inner.trim_start_matches([' ', '<']).starts_with(start));
        let hint = say!("write `[{words}](…)`, with the address in the brackets", words);
        let message = Some(say!("this is not read as a link"));
        is_address.then(|| Found { range: at..end + 1, message, hint, error: false })
    }

    fn brackets(&self, at: usize) -> Option<Found> {
        if self.at(at + 1) == '^' {
            return self.undefined_note(at);
        }
        let close = self.find(at, "]")?;
        let inner = self.text(at + 1..close);
        if let Some(found) = self.apart(at, ']').or_else(|| self.board_tag(at, &inner)) {
            return Some(found);
        }
        let named = |name: &str| name.len() > 2 && name.chars().all(|c| c.is_ascii_alphabetic());
        if inner.strip_prefix('!').is_some_and(named) {
            let hint = say!(
                "for a box, write `::: note` above the text and `:::` below it; to print it, write `\\[`"
            );
            return Found::mark(at..close + 1, hint);
        }
        let toc = |text: &str| text.trim_matches(['_', '[']).eq_ignore_ascii_case("toc");
        if toc(&inner) {
            let end = close + self.run(close);
            let hint =
                say!("remove it: the list of contents is a part, `contents`, in report.yaml");
            return Found::mark(at..end, hint);
        }
        let page = inner.strip_prefix('[').filter(|page| page.contains(char::is_alphabetic))?;
        if page.contains('[') || !self.starts(close, "]]") {
            return None;
        }
        let hint = say!("write `[…](https://…)`; to print brackets, write `\\[\\[`");
        Found::mark(at..close + 2, hint)
    }

    /// `[^1]` without a note; the parser takes it for plain text.
    fn undefined_note(&self, at: usize) -> Option<Found> {
        let close = self.find(at, "]")?;
        let label = self.text(at + 2..close);
        if label.is_empty() || label.contains(OBJECT) {
            return None;
        }
        let mark = format!("[^{label}]");
        let text = &self.prose.file.text;
        let wide = text.starts_with(&format!("{mark}：")) || text.contains(&format!("\n{mark}："));
        let hint = if wide {
            say!("write its text behind a half-width colon: `{mark}: …`", mark)
        } else {
            say!("write `{mark}: …` below", mark)
        };
        let message = Some(say!("the footnote `{label}` has no text", label));
        Some(Found { range: at..close + 1, message, hint, error: true })
    }

    /// What is left of a link whose address could not be read.
    fn address(&self, at: usize) -> Option<Found> {
        if !matches!(self.at(at + 1), '(' | '（') {
            return None;
        }
        let mut near = self.chars[..at].iter().rev().take(REACH);
        if near.find(|c| matches!(c, '[' | '\n')) != Some(&'[') {
            return None;
        }
        let wide = self.starts(at, "]（") && {
            let end = self.find(at, "）").unwrap_or((at + 2 + REACH).min(self.line_end(at)));
            let inner = self.text(at + 2..end.max(at + 2));
            inner.contains("://") || inner.starts_with("www.")
        };
        let hint = if self.starts(at, "](") {
            say!(
                "write the address without spaces, or between `<` and `>`: `[…](<…>)`; to print a bracket, write `\\]`"
            )
        } else if wide {
            say!("write the brackets around the address in half width: `[…](…)`")
        } else {
            return None;
        };
        let close = self.find(at, ")").or_else(|| self.find(at, "）"));
        Found::mark(at..close.unwrap_or(at + 1) + 1, hint)
    }

    /// `^[…]`, which is Pandoc's note within a line; `x^[1]^` is raised.
    fn inline_note(&self, at: usize) -> Option<Found> {
        if self.at(at + 1) != '[' {
            return None;
        }
        let close = self.find(at, "]")?;
        if self.at(close + 1) == '^' {
            return None;
        }
        let hint = say!(
            "write `[^1]` here, and `[^1]: …` with the note's text in a paragraph of its own; to print it, write `\\^`"
        );
        Found::mark(at..close + 1, hint)
    }

    fn braces(&self, at: usize) -> Option<Found> {
        // Of a row of braces the inner ones are read.
        if self.starts(at, "{{{") {
            return None;
        }
        for (open, close) in [("{{", "}}"), ("{%", "%}")] {
            if self.starts(at, open)
                && let Some(end) = self.find(at, close)
            {
                // Quarto's own.
                let inner = self.text(at + open.len()..end);
                if inner.trim_matches(['<', '>', ' ']) == "pagebreak" {
                    return Found::mark(at..end + 2, page_hint());
                }
                let hint = say!(
                    "write the words themselves, or `{{{{name}}}}` of a variable in report.yaml; to print a brace, write `\\{{`"
                );
                return Found::mark(at..end + 2, hint);
            }
        }
        if let Some(found) = self.nearly_variable(at) {
            return Some(found);
        }
        for (open, close) in
            [("{>>", "<<}"), ("{++", "++}"), ("{--", "--}"), ("{~~", "~~}"), ("{==", "==}")]
        {
            if let Some(found) = self.remark(at, open, close) {
                return Some(found);
            }
        }
        if self.is_of_fence(at) {
            return None;
        }
        let hint =
            || say!("remove it: nothing here takes attributes; to print a brace, write `\\{{`");
        if let Some(end) = self.attributes(at) {
            return Found::mark(at..end, hint());
        }
        let Some(end) = self.find(at, "}") else { return self.unclosed(at) };
        let inner = self.text(at + 1..end);
        if matches!(&*inner, ":toc" | "{:toc}" | "::toc") {
            let hint =
                say!("remove it: the list of contents is a part, `contents`, in report.yaml");
            return Found::mark(at..end + 1, hint);
        }
        let raw = inner.strip_prefix('=');
        if raw.is_some_and(|raw| raw.len() > 1 && raw.chars().all(|c| c.is_ascii_lowercase())) {
            let hint = say!(
                "remove it, and the code before it: only Markdown is read; to print a brace, write `\\{{`"
            );
            return Found::mark(at..end + 1, hint);
        }
        if !is_attributes(&inner) {
            return self.nearly_label(at, end, &inner);
        }
        Found::mark(at..end + 1, hint())
    }

    /// What was to be a variable's mark: `{{name`, `{{name}`, and `{name}` of one that there is.
    fn nearly_variable(&self, at: usize) -> Option<Found> {
        let row = self.run(at);
        let inner = |c: &&char| c.is_alphanumeric() || matches!(**c, '-' | '_' | '.');
        let start = at + row;
        // In Chinese the words go on behind a name.
        let letters = self.chars[start..].iter().take(REACH).take_while(inner);
        let latin = letters.clone().take_while(|c| !cjk::is_wide(**c)).count();
        let length = if latin > 0 { latin } else { letters.count() };
        let name = self.text(start..start + length);
        let closed = self.at(start + length) == '}';
        let declared = self.variables.has(&name);
        // Behind an escaped brace it goes on: `\{{name}}`.
        let start_of = self.prose.letters[at].at.start;
        let escaped = self.prose.file.text[..start_of].ends_with('{');
        if escaped || length == 0 || row > 2 || row == 1 && !(closed && declared) {
            return None;
        }
        let hint =
            say!("a variable's mark is `{{{{{name}}}}}`; to print a brace, write `\\{{`", name);
        Found::mark(at..start + length + usize::from(closed), hint)
    }

    /// Whether a fence of colons stands before these attributes on their line: they are told with it.
    fn is_of_fence(&self, at: usize) -> bool {
        let mut line = self.chars[..at].iter().rev().take_while(|c| **c != '\n');
        let mut colons = 0;
        line.all(|c| {
            colons += usize::from(*c == ':');
            matches!(c, ':' | ' ')
        }) && colons >= 3
    }

    /// Where the attributes end that begin at an index, if each of their words is one that some element
    /// takes: quotes within them are no prose.
    fn attributes(&self, at: usize) -> Option<usize> {
        let written = self.written(at);
        let read = Attributes::read(written, 0).filter(Attributes::is_meant)?;
        let written = &written[read.range.clone()];
        let end = at + written.chars().count();
        let name = |name: &str| name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let known = read.others().next().is_none()
            && read.classes().all(|(class, _)| name(class))
            && read.label().is_none_or(name)
            && read.pairs().all(|(key, ..)| KEYS.contains(&key));
        let whole = end <= self.chars.len() && self.text(at..end) == written;
        (known && whole).then_some(end)
    }

    /// What was noted while writing: `%%批注%%`, `{>>批注<<}`, `{++加++}`.
    fn remark(&self, at: usize, open: &str, close: &str) -> Option<Found> {
        if !self.starts(at, open) {
            return None;
        }
        let length = open.chars().count();
        let end = self.find(at + length, close).filter(|end| *end > at + length)?;
        let hint = say!("remove it, or make it a comment, `<!-- … -->`, on a line of its own");
        Found::mark(at..end + close.chars().count(), hint)
    }

    /// Attributes that no brace closes: `题 {#tbl-a`.
    fn unclosed(&self, at: usize) -> Option<Found> {
        let first = self.at(at + 1);
        if !(matches!(first, '#' | '.') || first.is_ascii_alphabetic()) {
            return None;
        }
        let end = self.line_end(at);
        let inner = self.text(at + 1..end.min(at + 64));
        let word = inner.split_whitespace().next()?;
        let label = word.strip_prefix('#').is_some_and(|id| label(id).is_some());
        let class = word.strip_prefix('.').is_some_and(|class| {
            class.len() > 1 && class.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        });
        let pair = word.split_once('=').is_some_and(|(key, _)| PAIRS.contains(&key));
        if !(label || class || pair) {
            return None;
        }
        let hint = say!("put `}}` behind them; to print a brace, write `\\{{`");
        let message = Some(say!("nothing closes these attributes"));
        Some(Found { range: at..end, message, hint, error: true })
    }
}

/// Keys with which attributes begin.
const PAIRS: [&str; 5] = ["unit", "source", "width", "widths", "head"];

/// Keys that some element takes, here or in Pandoc.
const KEYS: [&str; 33] = [
    "width",
    "height",
    "scale",
    "align",
    "class",
    "id",
    "style",
    "lang",
    "label",
    "caption",
    "float",
    "key",
    "sort",
    "range",
    "see",
    "see-also",
    "term",
    "title",
    "unit",
    "source",
    "notes",
    "en",
    "alt",
    "page",
    "widths",
    "head",
    "total",
    "groups",
    "landscape",
    "fig-alt",
    "fig-pos",
    "tbl-pos",
    "tbl-colwidths",
];

/// Whether the text between braces is an identifier, classes or settings, as in Pandoc.
fn is_attributes(inner: &str) -> bool {
    let mut words = inner.trim_start_matches(':').split_whitespace().peekable();
    let name = |word: &str| word.starts_with(|c: char| c.is_alphabetic() || c == '_');
    words.peek().is_some()
        && words.all(|word| {
            word.strip_prefix(['#', '.']).is_some_and(name)
                || word.split_once('=').is_some_and(|(key, _)| KEYS.contains(&key))
        })
}
