//! The text of a field, written for TeX, as it is printed.

use unicode_normalization::UnicodeNormalization;

use super::super::guard::{self, EMPH, Pair, STRONG, SUB, SUP};
use super::super::html;
use super::super::marked::{KEPT, around, put, script};
use super::symbols;

/// How deep braces are read; what is deeper is printed without them.
const DEEPEST: usize = 40;

/// A field's text, and the commands in it that are not known.
#[derive(Debug, Default)]
pub(super) struct Text {
    marked: String,
    /// The commands that are not known, each with its backslash.
    pub(super) unknown: Vec<String>,
}

impl Text {
    /// Reads a field.
    pub(super) fn read(field: &str) -> Self {
        let mut reader = Reader { rest: field, depth: 0, unknown: vec![] };
        let marked = reader.until(None);
        Self { marked: marked.nfc().collect::<String>().trim().to_owned(), unknown: reader.unknown }
    }

    /// Returns the characters.
    pub(super) fn plain(&self) -> String {
        guard::plain(&self.marked.replace(KEPT, ""))
    }

    /// Returns the text as hayagriva reads titles: with its braces and backslashes.
    pub(super) fn formatted(&self) -> String {
        let mut out = String::new();
        for c in self.marked.chars() {
            match c {
                '\\' | '{' | '}' | '$' => out.extend(['\\', c]),
                _ if c == KEPT[0] => out.push('{'),
                _ if c == KEPT[1] => out.push('}'),
                _ => out.push(c),
            }
        }
        out
    }
}

/// Reads an address: as it stands, with what TeX needs taken off once.
pub(super) fn address(field: &str) -> String {
    let mut out = String::new();
    let mut rest = field.trim();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '{' | '}' => {}
            '\\' => {
                let name: &str = &rest[..letters(rest)];
                rest = &rest[name.len()..];
                match name {
                    "" => {
                        let Some(next) = rest.chars().next() else { continue };
                        rest = &rest[next.len_utf8()..];
                        if !matches!(next, '-' | '/' | ' ') {
                            out.push(next);
                        } else if next == '/' {
                            out.push('/');
                        }
                    }
                    "url" | "path" | "nolinkurl" | "texttt" | "href" => {
                        // Of a link with words only the address is one.
                        if name == "href"
                            && let Some(end) = rest.find('}')
                        {
                            rest = &rest[..end];
                        }
                    }
                    _ => match symbols::text(name) {
                        Some(symbol) => out.push_str(symbol),
                        None => {
                            out.push('\\');
                            out.push_str(name);
                        }
                    },
                }
            }
            '$' if rest.starts_with("\\sim$") => {
                out.push('~');
                rest = &rest["\\sim$".len()..];
            }
            _ if c.is_whitespace() => {}
            _ => out.push(c),
        }
    }
    out.trim_matches(['<', '>']).to_owned()
}

/// The length of the letters at the start of a text: the name of a command.
fn letters(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len())
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
    unknown: Vec<String>,
}

impl Reader<'_> {
    fn eat(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn eat_if(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Reads text up to a mark that ends it, which is taken, or to the end.
    fn until(&mut self, end: Option<char>) -> String {
        let mut out = String::new();
        while let Some(c) = self.eat() {
            match c {
                _ if Some(c) == end => return out,
                '\\' => self.command(false, &mut out),
                '{' => {
                    // Braces around an accent hold it together, those around words keep its case.
                    let accent = self.rest.starts_with('\\');
                    let inner = self.group();
                    match accent {
                        true => out.push_str(&inner),
                        false => around(KEPT, &inner, &mut out),
                    }
                }
                '}' => {}
                '$' if self.is_price() => out.push('$'),
                '$' => {
                    let inner = self.math('$');
                    out.push_str(&inner);
                }
                '<' if self.element(&mut out) => {}
                '&' => out.push(self.entity()),
                '~' if ranges(&out, self.rest) => out.push('~'),
                '~' => out.push(' '),
                '`' => out.push(if self.eat_if("`") { '“' } else { '‘' }),
                '\'' if self.eat_if("'") => out.push('”'),
                '-' => {
                    let more = self.rest.bytes().take_while(|&b| b == b'-').count();
                    self.rest = &self.rest[more..];
                    out.push_str(match more {
                        0 => "-",
                        1 => "–",
                        _ => "—",
                    });
                }
                _ if c.is_whitespace() => self.space(c, &mut out),
                _ => out.push(c),
            }
        }
        out
    }

    /// Reads an element of HTML, as programs leave them in titles; `<` is taken. Nothing is read if
    /// it begins none.
    fn element(&mut self, out: &mut String) -> bool {
        let Some(found) = html::element(self.rest).filter(|_| self.depth < DEEPEST) else {
            return false;
        };
        self.rest = found.inner;
        self.depth += 1;
        let inner = self.until(None);
        self.depth -= 1;
        self.rest = found.rest;
        put(found.meaning, &inner, out);
        true
    }

    /// Reads an entity of HTML whose `&` is taken, or that sign.
    fn entity(&mut self) -> char {
        let Some((c, rest)) = html::entity(self.rest) else { return '&' };
        self.rest = rest;
        c
    }

    /// Reads white space: one space, and none where a line ends between two ideographs.
    fn space(&mut self, first: char, out: &mut String) {
        let rest = self.rest.trim_start();
        let ends = first == '\n' || self.rest[..self.rest.len() - rest.len()].contains('\n');
        self.rest = rest;
        let before = out.chars().next_back().is_some_and(cjk::is_ideograph);
        if !(ends && before && rest.starts_with(cjk::is_ideograph)) {
            out.push(' ');
        }
    }

    /// Reads the text of a group whose brace is taken.
    fn group(&mut self) -> String {
        if self.depth >= DEEPEST {
            return String::new();
        }
        self.depth += 1;
        let inner = self.until(Some('}'));
        self.depth -= 1;
        inner
    }

    /// Reads what a command applies to: a group, a command, or a character.
    fn argument(&mut self, math: bool) -> String {
        self.rest = self.rest.trim_start();
        let mut out = String::new();
        if self.depth >= DEEPEST {
            return out;
        }
        self.depth += 1;
        match self.eat() {
            Some('{') if math => out = self.math('}'),
            Some('{') => out = self.group(),
            Some('\\') => self.command(math, &mut out),
            Some(c) => out.push(c),
            None => {}
        }
        self.depth -= 1;
        out
    }

    fn command(&mut self, math: bool, out: &mut String) {
        let length = letters(self.rest);
        let name = match length {
            0 => self.rest.chars().next().map_or("", |c| &self.rest[..c.len_utf8()]),
            _ => &self.rest[..length],
        };
        let name = name.to_owned();
        self.rest = &self.rest[name.len()..];
        let accent = symbols::accent(&name).filter(|_| !math);
        if length > 0 && accent.is_none() && self.rest.starts_with(char::is_whitespace) {
            // The space behind a command ends its name.
            self.rest = self.rest.trim_start();
        }
        if let Some(mark) = accent {
            let base = self.argument(false);
            symbols::combine(&base, mark, out);
            return;
        }
        match &*name {
            // Of an entity, the sign alone is escaped: `\&amp;`.
            "&" => out.push(self.entity()),
            "%" | "$" | "#" | "_" | "{" | "}" => out.push_str(&name),
            " " | "\n" | "\t" | "," | ";" | ":" | "\\" | ">" | "quad" | "qquad" => out.push(' '),
            "(" => {
                let inner = self.math(')');
                out.push_str(&inner);
            }
            "" | "-" | "/" | "!" | "@" | ")" | "relax" | "left" | "right" | "protect"
            | "noopsort" | "displaystyle" | "rm" | "sc" | "sf" | "tt" | "normalfont" => {}
            "emph" | "textit" | "textsl" | "mathit" if !math => self.wrapped(EMPH, math, out),
            "textbf" | "mathbf" if !math => self.wrapped(STRONG, math, out),
            "em" | "it" | "itshape" | "sl" | "slshape" => self.declared(EMPH, out),
            "bf" | "bfseries" => self.declared(STRONG, out),
            "textsubscript" => {
                let inner = self.argument(math);
                script(SUB, &inner, out);
            }
            "textsuperscript" => {
                let inner = self.argument(math);
                script(SUP, &inner, out);
            }
            "enquote" | "mkbibquote" => {
                let inner = self.argument(math);
                out.extend(["“", &inner, "”"]);
            }
            "url" => {
                let inner = self.argument(math);
                out.push_str(&inner);
            }
            "href" => {
                self.argument(math);
                let inner = self.argument(math);
                out.push_str(&inner);
            }
            "ensuremath" => {
                let inner = self.argument(true);
                out.push_str(&inner);
            }
            "frac" | "dfrac" | "tfrac" | "nicefrac" => {
                let (above, below) = (self.argument(true), self.argument(true));
                let one = |part: String| match part.chars().count() {
                    1 => part,
                    _ if part.chars().all(char::is_alphanumeric) => part,
                    _ => format!("({part})"),
                };
                out.extend([one(above), "/".to_owned(), one(below)]);
            }
            _ if symbols::is_face(&name) => {
                let inner = self.argument(math);
                out.push_str(&inner);
            }
            _ => self.symbol(&name, math, out),
        }
    }

    fn symbol(&mut self, name: &str, math: bool, out: &mut String) {
        let known = if math {
            symbols::math(name).or_else(|| symbols::text(name))
        } else {
            symbols::text(name).or_else(|| symbols::math(name))
        };
        match known {
            Some(symbol) => {
                self.eat_if("{}");
                // The name of a function stands apart: `n \\log n`.
                let named =
                    math && symbol.len() > 1 && symbol.bytes().all(|b| b.is_ascii_lowercase());
                if named && out.ends_with(char::is_alphanumeric) {
                    out.push(' ');
                }
                out.push_str(symbol);
                let argument = |c: char| c.is_alphanumeric() || c == '\\';
                if named && self.rest.trim_start().starts_with(argument) {
                    out.push(' ');
                }
            }
            None => {
                self.unknown.push(format!("\\{name}"));
                if self.rest.starts_with('{') {
                    let inner = self.argument(math);
                    out.push_str(&inner);
                }
            }
        }
    }

    fn wrapped(&mut self, pair: Pair, math: bool, out: &mut String) {
        let inner = self.argument(math);
        around(pair, &inner, out);
    }

    /// Reads the rest of a group, to which a command such as `\em` applies.
    fn declared(&mut self, pair: Pair, out: &mut String) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        let end = closing(self.rest);
        let (inner, rest) = self.rest.split_at(end);
        self.rest = inner;
        let inner = self.until(None);
        self.rest = rest;
        self.depth -= 1;
        around(pair, &inner, out);
    }

    /// Whether a dollar sign that is taken is one of a price: none closes it, or a figure stands behind both.
    fn is_price(&self) -> bool {
        let mut escaped = false;
        let close = self.rest.char_indices().find(|(_, c)| {
            let closes = *c == '$' && !escaped;
            escaped = *c == '\\' && !escaped;
            closes
        });
        let figure = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        close.is_none_or(|(at, _)| figure(self.rest) && figure(&self.rest[at + 1..]))
    }

    /// Reads a formula up to the character that ends it.
    fn math(&mut self, end: char) -> String {
        let mut out = String::new();
        if self.depth >= DEEPEST {
            return out;
        }
        self.depth += 1;
        while let Some(c) = self.eat() {
            match c {
                _ if c == end => break,
                '\\' if end == ')' && self.eat_if(")") => break,
                '\\' => self.command(true, &mut out),
                '_' | '^' => {
                    let inner = self.argument(true);
                    let degree = inner == "∘" || inner == "°";
                    match (c, degree) {
                        ('^', true) => out.push('°'),
                        ('^', false) => script(SUP, &inner, &mut out),
                        _ => script(SUB, &inner, &mut out),
                    }
                }
                '{' => {
                    let inner = self.math('}');
                    out.push_str(&inner);
                }
                '}' => {}
                '-' => out.push('−'),
                '\'' => out.push('′'),
                '~' => out.push(' '),
                _ if c.is_whitespace() => self.space(c, &mut out),
                _ => out.push(c),
            }
        }
        self.depth -= 1;
        out
    }
}

/// Whether a tie between these is none, but the sign of a range or of an estimate: `3~5`, `第1卷~第2卷`.
fn ranges(before: &str, behind: &str) -> bool {
    let mut last = before.chars().rev();
    let (before, counted, behind) = (last.next(), last.next(), behind.chars().next());
    let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let han = |c: Option<char>| c.is_some_and(cjk::is_ideograph);
    figure(behind) && (figure(before) || before.is_none_or(char::is_whitespace))
        // `1978年~2018年`, and not `图~1`.
        || han(before) && (han(behind) || figure(counted) && figure(behind))
        || (figure(before) || matches!(before, Some('%' | '％'))) && figure(behind)
}

/// The offset of the brace that closes a group which is open, or the end.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' if depth == 0 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(field: &str) -> String {
        Text::read(field).plain()
    }

    #[test]
    fn accents_symbols_and_dashes_are_characters() {
        for (field, right) in [
            (r#"Erd{\H o}s, G{\"o}del und {\'E}variste"#, "Erdős, Gödel und Évariste"),
            (r"Dvo\v{r}\'ak, \L{}\'od\'z, \c{C}elik, H\u{a}", "Dvořák, Łódź, Çelik, Hă"),
            (r"\'{\i} \^{\j} {\ss} {\aa} \o re", "í ĵ ß å øre"),
            ("a---b, 1--2, c-d", "a—b, 1–2, c-d"),
            (r"``Quote'' `one' it's R\&D 5\% \#1 a\_b", "“Quote” ‘one' it's R&D 5% #1 a_b"),
            (r"Th{\^\i}le\ de~Paris \LaTeX{} x", "Thîle de Paris LaTeX x"),
            ("中文\n    标题 two\n words", "中文标题 two words"),
        ] {
            assert_eq!(plain(field), right, "{field}");
        }
    }

    #[test]
    fn scripts_and_formulas_are_characters_or_runs() {
        for (field, right) in [
            (r"CO$_2$ and H\textsubscript{2}O", "CO₂ and H₂O"),
            (r"10$^{-5}$, $m^2$, \(x^{10}\), $\mathrm{NO}_{3}^{-}$", "10⁻⁵, m², x¹⁰, NO₃⁻"),
            (r"$\alpha$-helix, 20$^\circ$C, $\beta \times 2$", "α-helix, 20°C, β×2"),
            (r"\ensuremath{\sim}5", "∼5"),
            (r"Price \$5 and $6", "Price $5 and $6"),
            (r"$\frac{1}{2}$ of $\frac{a+b}{c}$", "1/2 of (a+b)/c"),
            (r"$O(n \log n)$, $\log_2 x$", "O(n log n), log₂ x"),
            ("第1卷~第2卷，3~5岁", "第1卷~第2卷，3~5岁"),
            ("Table~5, a~b", "Table 5, a b"),
        ] {
            assert_eq!(plain(field), right, "{field}");
        }
        let runs = guard::runs(&Text::read(r"a \emph{Review}, {\it B} $x_{max}$").marked);
        assert_eq!(runs.iter().filter(|run| matches!(run, guard_run!(Emph))).count(), 2);
        assert_eq!(runs.iter().filter(|run| matches!(run, guard_run!(Sub))).count(), 1);
    }

    macro_rules! guard_run {
        ($kind:ident) => {
            crate::reading::model::Inline::$kind { .. }
        };
    }
    use guard_run;

    #[test]
    fn elements_of_html_are_what_they_mean() {
        for (field, right) in [
            ("On <i>E. coli</i> and CO<sub>2</sub>", "On E. coli and CO₂"),
            ("A &amp; B \\&lt; C", "A & B < C"),
            ("论<span class=\"nocase\">AI</span>与<scp>DNA</scp>", "论AI与DNA"),
            ("If a < b and c > d", "If a < b and c > d"),
            ("x<br/>y<SUP>2</SUP>", "x y²"),
            ("<i>open", "<i>open"),
            ("R&D and AT&T;", "R&D and AT&T;"),
        ] {
            assert_eq!(plain(field), right, "{field}");
        }
        let runs = guard::runs(&Text::read("<i>a <b>b</b></i> <em>c</em>").marked);
        assert_eq!(runs.iter().filter(|run| matches!(run, guard_run!(Emph))).count(), 2);
        plain(&"<i>".repeat(50_000));
        plain(&format!("{}{}", "<i>".repeat(2_000), "</i>".repeat(2_000)));
    }

    #[test]
    fn unknown_commands_are_told_and_their_text_is_kept() {
        let text = Text::read(r"A \foo{bar} \baz qux");
        assert_eq!(text.plain(), "A bar qux");
        assert_eq!(text.unknown, ["\\foo", "\\baz"]);
    }

    #[test]
    fn braces_keep_case_and_marks_are_escaped_for_titles() {
        assert_eq!(Text::read("The {DNA} of \\$5").formatted(), "The {DNA} of \\$5");
        assert_eq!(Text::read("{B{\\'e}b{\\'e}}").formatted(), "{Bébé}");
    }

    #[test]
    fn prices_ranges_and_fractions_are_not_lost() {
        for (field, right) in [
            ("上册~下册, 7~9, ~3", "上册~下册, 7~9, ~3"),
            ("1978年~2018年", "1978年~2018年"),
            ("Mr.~Smith, 5~km, 图~1", "Mr. Smith, 5 km, 图 1"),
            (r"From \$4 to $9", "From $4 to $9"),
            (r"From $4 to $9", "From $4 to $9"),
            (r"$\frac{1}{2}$ and $\frac{a+b}{2}$", "1/2 and (a+b)/2"),
            (r"$O(k \log k)$", "O(k log k)"),
        ] {
            assert_eq!(plain(field), right, "{field}");
        }
    }

    #[test]
    fn addresses_are_taken_as_they_stand() {
        for (field, right) in [
            ("https://example.com/a_b-c%20d--e", "https://example.com/a_b-c%20d--e"),
            (r"https://example.com/a\_b\%20c\&d~e\#f", "https://example.com/a_b%20c&d~e#f"),
            (r"10.1000/xyz{\_}124", "10.1000/xyz_124"),
            (r"\url{http://a.cn/s?\_\_biz=M\&mid=2\#rd}", "http://a.cn/s?__biz=M&mid=2#rd"),
            (r"https://a.cn/{\textasciitilde}li/$\sim$x/\~{}y", "https://a.cn/~li/~x/~y"),
            (r"\href{https://a.cn/b}{words}", "https://a.cn/b"),
            ("https://a.cn/very/\n  long", "https://a.cn/very/long"),
        ] {
            assert_eq!(address(field), right, "{field}");
        }
    }

    #[test]
    fn what_is_broken_ends() {
        for field in
            ["{", "\\", "$", "{{{", "}}", "\\emph", "\\'", "$_", "\\(", "\\em {", "\\href{"]
        {
            plain(field);
            address(field);
        }
        plain(&"{".repeat(100_000));
        plain(&"$_{".repeat(50_000));
        plain(&"\\emph".repeat(50_000));
        plain(&"{\\em ".repeat(50_000));
    }
}
