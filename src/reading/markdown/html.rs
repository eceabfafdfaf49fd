//! HTML: comments are read for suppressions, tags are refused.

use std::ops::Range;

use super::{Converter, suppressions};
use l10n::say;

impl Converter<'_, '_> {
    /// Reads a comment, or refuses a tag and says what to write instead.
    pub(super) fn html(&mut self, html: &str, range: &Range<usize>) {
        // A comment is the author's note to themselves; text beside it is not.
        if let Some(comment) = html.trim().strip_prefix("<!--") {
            match comment.split_once("-->") {
                Some((text, "")) => {
                    if !self.in_note {
                        let start = range.start
                            + self.file.text[range.clone()].find("<!--").map_or(0, |at| at + 4);
                        let text = start..start + text.len();
                        self.waiting.extend(suppressions::read(
                            self.file,
                            text,
                            self.context.problems,
                        ));
                    }
                }
                Some(_) => self.error(
                    range,
                    say!("text on the same line as a comment"),
                    say!("put the comment on lines of its own"),
                ),
                None => {
                    self.error(range, say!("the comment is not closed"), say!("end it with `-->`"))
                }
            }
            return;
        }
        let tag =
            html.trim().trim_start_matches('<').split([' ', '>', '\n']).next().unwrap_or_default();
        let tag = tag.trim_end_matches('/');
        let instead = match tag.trim_start_matches('/').to_lowercase().as_str() {
            "b" | "strong" => say!("write `**bold**`"),
            "i" | "em" => say!("write `*stressed*`"),
            "sup" => say!("write `^raised^`"),
            "sub" => say!("write `~lowered~`"),
            "br" => say!("end the line with a backslash"),
            "img" => say!("write `![caption](figures/name.svg \"source\")`"),
            "a" => say!("write `[text](https://…)`"),
            "table" | "tr" | "td" | "th" | "thead" | "tbody" => say!("write a Markdown table"),
            _ if html.contains("<table") => say!("write a Markdown table"),
            "u" | "ins" => say!("words cannot be underlined: remove the tags"),
            "s" | "del" | "strike" => say!("words cannot be struck out: remove the tags"),
            "html" | "body" | "head" | "div" | "span" | "font" | "center" | "p" | "section" => {
                say!("remove the tags: the template says how text is set")
            }
            "hr" => say!("remove it: the template draws the rules"),
            "ul" | "ol" | "li" => say!("write `-` or `1.` and a space before each item"),
            "blockquote" => say!("write `>` and a space before each line"),
            "code" | "pre" => say!("put code between back-ticks"),
            _ => say!("write it in Markdown; to print a `<`, write `\\<`"),
        };
        self.error(range, say!("raw HTML `<{tag}>` is not supported", tag), instead);
    }
}
