//! Marks that CSL cannot place: those of another language, and a bracket that closes before a page.

use roxmltree::{Document, Node};

use crate::reading::model::{Inline, Inlines};
use crate::reading::text;

/// The marks of Chinese, and those of other languages with the space that belongs to them.
const MARKS: [(char, &str); 7] = [
    ('，', ", "),
    ('：', ": "),
    ('；', "; "),
    ('（', "("),
    ('）', ")"),
    ('．', ". "),
    ('、', ", "),
];

/// A style for entries that are not Chinese: its own marks are not either.
pub(super) fn western(csl: &str) -> String {
    let mut out = String::with_capacity(csl.len());
    for c in csl.chars() {
        match MARKS.iter().find(|(mark, _)| *mark == c) {
            Some((_, western)) => out.push_str(western),
            None if c == ' ' && out.ends_with(' ') => {}
            None => out.push(c),
        }
    }
    out
}

/// What closes the bracket around a style's numbers, if a page stands behind it: the style has
/// it before a page, and again behind the whole.
pub(super) fn behind(csl: &str) -> Option<String> {
    let tree = Document::parse(csl).ok()?;
    let named = |name: &'static str| move |node: &Node| node.has_tag_name((CSL, name));
    let citation = tree.descendants().find(named("citation"))?;
    let layout = citation.children().find(named("layout"))?;
    let close = layout.attribute("suffix").filter(|close| !close.is_empty())?;
    let place = layout.descendants().find(|node| node.attribute("variable") == Some("locator"))?;
    (place.attribute("prefix") == Some(close)).then(|| close.to_owned())
}

const CSL: &str = "http://purl.org/net/xbiblio/csl";

/// Takes the bracket away that closes a citation, which has closed before its page.
pub(super) fn without_last(body: &mut Inlines, close: &str) {
    let Some(last) = body.last_mut() else { return };
    match last {
        Inline::Text { v } => {
            if let Some(rest) = v.strip_suffix(close) {
                *v = rest.to_owned();
            }
            if v.is_empty() {
                body.pop();
            }
        }
        other => {
            let mut within = other.within_mut();
            if let Some(inner) = within.last_mut() {
                without_last(inner, close);
            }
            if within.iter().all(|inner| inner.is_empty()) {
                body.pop();
            }
        }
    }
}

/// Takes away the stop behind a title that ends with a mark of its own: `What is next?.`
pub(super) fn once(body: &mut Inlines) {
    for run in body {
        match run {
            Inline::Text { v } => *v = v.replace("?.", "?").replace("!.", "!").replace("？.", "？"),
            Inline::Link { .. } => {}
            other => other.within_mut().into_iter().for_each(once),
        }
    }
}

/// The longest citation whose numbers all stand in one line, in characters.
const SHORT: usize = 14;

/// Keeps a citation's numbers in one line: ranges always, and all of them where they are few.
pub(super) fn together(body: &mut Inlines) {
    let short = text::plain(body).chars().count() <= SHORT;
    joined_at(body, if short { &['–', '-', ','] } else { &['–', '-'] });
}

fn joined_at(body: &mut Inlines, marks: &[char]) {
    for run in body {
        match run {
            Inline::Text { v } => {
                let joined = |c: char| {
                    let joiner = marks.contains(&c).then_some(cjk::WORD_JOINER);
                    std::iter::once(c).chain(joiner)
                };
                *v = v.chars().flat_map(joined).collect();
            }
            Inline::Link { .. } => {}
            other => other.within_mut().into_iter().for_each(|body| joined_at(body, marks)),
        }
    }
}

/// Citations of several works that stand in brackets of their own, one behind the other.
pub(super) fn joined(pieces: impl Iterator<Item = Inlines>) -> Inlines {
    let mut out: Inlines = vec![];
    for piece in pieces {
        if !out.is_empty() {
            // No line ends within a citation. Words before a number are written as all words are.
            let first = text::plain(&piece).chars().next();
            let is_word = first.is_some_and(|c| c.is_alphabetic() && !cjk::is_ideograph(c));
            let gap = if is_word { " " } else { "" };
            let comma = Inline::text(format!(",{gap}{}", cjk::WORD_JOINER));
            out.push(match piece.first() {
                Some(Inline::Sup { .. }) => Inline::Sup { body: vec![comma] },
                _ => comma,
            });
        }
        out.extend(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(prefix: &str) -> String {
        format!(
            "<style xmlns=\"{CSL}\"><citation><layout prefix=\"[\" suffix=\"]\"><text \
             variable=\"citation-number\"/><text variable=\"locator\" prefix=\"{prefix}\"/>\
             </layout></citation></style>"
        )
    }

    #[test]
    fn a_page_stands_behind_the_bracket_where_the_style_closes_it_first() {
        assert_eq!(behind(&style("]")).as_deref(), Some("]"));
        assert_eq!(behind(&style(": ")), None);
        assert_eq!(behind("no style"), None);
    }

    #[test]
    fn the_last_bracket_is_taken_away() {
        let raised = |text: &str| Inline::Sup { body: vec![Inline::text(text)] };
        let mut body = vec![raised("["), raised("2]47"), raised("]")];
        without_last(&mut body, "]");
        assert_eq!(body, [raised("["), raised("2]47")]);
        let mut body = vec![Inline::text("[2]47]")];
        without_last(&mut body, "]");
        assert_eq!(body, [Inline::text("[2]47")]);
    }

    #[test]
    fn ranges_and_few_numbers_stay_in_one_line() {
        let set = |v: &str| {
            let mut body = vec![Inline::Sup { body: vec![Inline::text(v)] }];
            together(&mut body);
            body
        };
        let right = |v: &str| vec![Inline::Sup { body: vec![Inline::text(v)] }];
        assert_eq!(set("[1,7–9]"), right("[1,\u{2060}7–\u{2060}9]"));
        assert_eq!(set("[1,3,5,7,9,11–13,15]"), right("[1,3,5,7,9,11–\u{2060}13,15]"));
    }

    #[test]
    fn words_behind_a_citation_have_a_space_before_them() {
        let pieces = |second: &str| {
            let pieces = [Inline::text("[1]5"), Inline::text(second)];
            let out = joined(pieces.into_iter().map(|piece| vec![piece]));
            cjk::visible(&text::plain(&out)).collect::<String>()
        };
        assert_eq!(pieces("also [2]"), "[1]5, also [2]");
        assert_eq!(pieces("[2]"), "[1]5,[2]");
        assert_eq!(pieces("另见[2]"), "[1]5,另见[2]");
    }

    #[test]
    fn a_mark_of_the_title_ends_it() {
        let mut body = vec![
            Inline::text("“What is next?.” "),
            Inline::Emph { body: vec![Inline::text("Who?.")] },
            Inline::Link { url: "a".into(), body: vec![Inline::text("a.cn/?.x")] },
        ];
        once(&mut body);
        assert_eq!(text::plain(&body), "“What is next?” Who?a.cn/?.x");
    }

    #[test]
    fn marks_of_chinese_become_those_of_english() {
        assert_eq!(western("a=\"，\" b=\"： \" c=\"（\""), "a=\", \" b=\": \" c=\"(\"");
    }
}
