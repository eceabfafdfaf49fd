//! What a typesetter does to a manuscript's characters before it is set.
//!
//! Pure and over whole paragraphs: a run's neighbours decide, whatever marks stand between them.
//! The rules' numbers are those of `templates/report/TYPOGRAPHY.md`.

use crate::model::{Inline, Inlines};

/// U+2060, which forbids a line break and has no width.
const WORD_JOINER: char = '\u{2060}';

/// Puts a paragraph's text in order.
///
/// - A line end of the manuscript between two Chinese characters disappears; elsewhere it is a space.
/// - A typed space between Chinese and Latin goes (rule 12): the gap there is the typesetter's.
/// - `·` stays with the character before it (rule 16).
/// - A citation or a footnote mark stays with its word (rule 14): no space before it, and a joiner.
pub fn tidy(inlines: &mut Inlines) {
    let mut marks = vec![];
    flatten(inlines, &mut marks);
    let edited: Vec<String> = (0..marks.len()).map(|at| edit(&marks, at)).collect();
    let mut edited = edited.into_iter();
    write_back(inlines, &mut edited);
    merge(inlines);
}

/// [`tidy`] for text without marks, such as a title.
pub fn tidy_plain(text: &str) -> String {
    edit(&[Mark::Text(text.trim().to_owned())], 0)
}

/// The characters of runs, without their marks.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { v } | Inline::Code { v } | Inline::Var { v } => out.push_str(v),
            Inline::Break => out.push(' '),
            Inline::Footnote { .. } | Inline::Cite { .. } => {}
            other => out.push_str(&plain(other.body())),
        }
    }
    out.replace(WORD_JOINER, "")
}

enum Mark {
    Text(String),
    /// Code or a formula: it counts as Latin.
    Opaque,
    /// A citation or a note: it hangs on what is before it.
    Hanging,
    Break,
}

fn flatten(inlines: &[Inline], out: &mut Vec<Mark>) {
    for inline in inlines {
        match inline {
            Inline::Text { v } => out.push(Mark::Text(v.clone())),
            Inline::Code { .. } | Inline::Var { .. } => out.push(Mark::Opaque),
            Inline::Cite { .. } | Inline::Footnote { .. } => out.push(Mark::Hanging),
            Inline::Break => out.push(Mark::Break),
            other => flatten(other.body(), out),
        }
    }
}

fn write_back(inlines: &mut Inlines, edited: &mut impl Iterator<Item = String>) {
    for inline in inlines {
        match inline {
            Inline::Text { v } => *v = edited.next().unwrap_or_default(),
            Inline::Code { .. }
            | Inline::Var { .. }
            | Inline::Cite { .. }
            | Inline::Footnote { .. }
            | Inline::Break => {
                edited.next();
            }
            Inline::Emph { body }
            | Inline::Strong { body }
            | Inline::Sup { body }
            | Inline::Sub { body }
            | Inline::Link { body, .. }
            | Inline::Ref { body, .. } => write_back(body, edited),
        }
    }
}

fn edit(marks: &[Mark], at: usize) -> String {
    let Mark::Text(text) = &marks[at] else { return String::new() };
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        match c {
            ' ' | '\n' | '\t' => {
                let mut line_end = c == '\n';
                while let Some((_, next)) = chars.next_if(|(_, next)| matches!(next, ' ' | '\n' | '\t')) {
                    line_end |= next == '\n';
                }
                let before = text[..index].chars().next_back().or_else(|| last_before(marks, at));
                let after = chars.peek().map(|&(_, c)| c).or_else(|| first_after(marks, at));
                if keeps_space(before, after, line_end) {
                    out.push(' ');
                }
            }
            '·' if index > 0 || at > 0 => out.extend([WORD_JOINER, '·']),
            _ => out.push(c),
        }
    }
    out
}

fn last_before(marks: &[Mark], at: usize) -> Option<char> {
    for mark in marks[..at].iter().rev() {
        match mark {
            Mark::Text(text) => match text.chars().next_back() {
                Some(c) => return Some(c),
                None => continue,
            },
            Mark::Opaque => return Some('x'),
            Mark::Hanging => continue,
            Mark::Break => return None,
        }
    }
    None
}

fn first_after(marks: &[Mark], at: usize) -> Option<char> {
    for mark in &marks[at + 1..] {
        match mark {
            Mark::Text(text) => match text.chars().next() {
                Some(c) => return Some(c),
                None => continue,
            },
            Mark::Opaque => return Some('x'),
            // A mark that hangs on the word before it takes no space.
            Mark::Hanging | Mark::Break => return None,
        }
    }
    None
}

fn keeps_space(before: Option<char>, after: Option<char>, line_end: bool) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    if before == ' ' || before == '\n' {
        return false;
    }
    // Quotes and dashes that Latin shares are Chinese beside Chinese.
    if is_shared(before) && !is_cjk(after) || is_shared(after) && !is_cjk(before) {
        return true;
    }
    match (is_cjk(before), is_cjk(after)) {
        (false, false) => true,
        // A typed space between two Chinese words, as in a list of names, is meant.
        (true, true) => !line_end && !is_mark(before) && !is_mark(after),
        _ => false,
    }
}

/// A Han character, kana, or a full-width mark.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '\u{3001}'..='\u{30FF}' | '\u{3100}'..='\u{312F}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFF}')
        || is_mark(c)
}

/// A Chinese punctuation mark (GB/T 15834—2011), the quotes and dashes that Latin shares included.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF60}')
        || is_shared(c)
}

/// A mark that Chinese and Latin write alike.
fn is_shared(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Joins neighbouring runs of plain text, so that the typesetter sees each line of marks whole.
fn merge(inlines: &mut Inlines) {
    let mut merged: Inlines = Vec::with_capacity(inlines.len());
    for mut inline in inlines.drain(..) {
        match (&mut inline, merged.last_mut()) {
            (Inline::Text { v }, _) if v.is_empty() => continue,
            (Inline::Text { v }, Some(Inline::Text { v: last })) => {
                last.push_str(v);
                continue;
            }
            (
                Inline::Emph { body }
                | Inline::Strong { body }
                | Inline::Sup { body }
                | Inline::Sub { body }
                | Inline::Link { body, .. },
                _,
            ) => merge(body),
            (Inline::Cite { .. } | Inline::Footnote { .. }, Some(Inline::Text { v: last })) => last.push(WORD_JOINER),
            _ => {}
        }
        merged.push(inline);
    }
    *inlines = merged;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(v: &str) -> Inline {
        Inline::text(v)
    }

    #[test]
    fn typed_spaces_go_between_chinese_and_latin_only() {
        assert_eq!(tidy_plain("2025 十大 AI 技术趋势"), "2025十大AI技术趋势");
        assert_eq!(tidy_plain("Scaling Law 扩展：RL + LLMs， 模型"), "Scaling Law扩展：RL + LLMs，模型");
        assert_eq!(tidy_plain("黄铁军 王仲远"), "黄铁军 王仲远");
        assert_eq!(tidy_plain("发布 “Operator” 系统"), "发布“Operator”系统");
        assert_eq!(tidy_plain("et al. “Title.” ArXiv"), "et al. “Title.” ArXiv");
    }

    #[test]
    fn a_line_end_between_chinese_characters_disappears() {
        assert_eq!(tidy_plain("第一\n行"), "第一行");
        assert_eq!(tidy_plain("first\nline"), "first line");
    }

    #[test]
    fn the_neighbour_across_a_mark_decides() {
        let mut inlines = vec![text("采用 "), Inline::Strong { body: vec![text("Emu3")] }, text(" 模型")];
        tidy(&mut inlines);
        assert_eq!(plain(&inlines), "采用Emu3模型");
    }

    #[test]
    fn a_citation_takes_no_space_and_stays_with_its_word() {
        let cited = crate::model::Cited { keys: vec!["a".into()], body: vec![] };
        let mut inlines = vec![text("有效 "), Inline::Cite { cited }, text("。")];
        tidy(&mut inlines);
        assert_eq!(inlines[0], text("有效\u{2060}"));
    }

    #[test]
    fn a_middle_dot_stays_with_the_name_before_it() {
        assert_eq!(tidy_plain("大卫·贝克"), "大卫\u{2060}·贝克");
        assert_eq!(plain(&[text("大卫\u{2060}·贝克")]), "大卫·贝克");
    }
}
