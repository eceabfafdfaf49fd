//! Checks of front matter beyond its schema.

use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems, schema};

use crate::reading::context::Context;
use crate::reading::declaration::DECLARATION;
use crate::reading::model::{Anchor, Common, Labelled, PartKind, Quote, QuoteKind};
use crate::reading::model::{TrendMatter, is_unnumbered};
use crate::reading::referable::Referable;
use crate::reading::text;

/// What the front matter says of a part, whatever its kind.
pub(super) struct Said {
    /// Its page budget.
    pub pages: Option<u32>,
    /// Whether it is counted.
    pub numbered: bool,
    /// Whether it stands in the list of contents.
    pub listed: bool,
    /// Its label.
    pub anchor: Anchor,
}

/// Checks the keys that every part has, and tidies their text.
pub(super) fn common(
    kind: PartKind,
    keys: Common,
    document: &Document,
    context: &mut Context,
) -> Said {
    let lang = context.lang;
    *keys.title = text::tidy_plain(keys.title, lang);
    if let Some(lines) = keys.title_lines {
        title_lines(lines, keys.title, document, context.lang, context.problems);
    }
    if let Some(short) = keys.short_title {
        *short = text::tidy_plain(short, lang);
    }
    let entry = kind.entry();
    if keys.numbered == Some(true) && entry.counted.is_none() {
        context.problems.push(
            Diagnostic::error(
                document.place("/numbered"),
                say!("a part of the kind `{kind}` has no number", kind = entry.name),
            )
            .hint(say!("remove the line, or write `layout: chapter`")),
        );
    }
    let label = keys.label.as_deref();
    let anchor = Referable::Section.written(label, document, context.problems);
    Said {
        anchor,
        pages: keys.pages,
        numbered: entry.counted.is_some()
            && keys.numbered.unwrap_or_else(|| !is_unnumbered(&document.place("/title").file.path)),
        listed: keys.contents.unwrap_or(entry.listed),
    }
}

/// Tidies the lines of a title, and reports those that are not it.
pub(super) fn title_lines(
    lines: &mut Vec<String>,
    title: &str,
    document: &Document,
    lang: &str,
    problems: &mut Problems,
) {
    *lines = text::tidy_lines(lines, lang);
    if text::spaceless(&lines.concat()) != text::spaceless(title) {
        problems.push(
            Diagnostic::error(
                document.place("/title-lines"),
                say!("`title-lines` does not match `title`"),
            )
            .hint(match &lines[..] {
                [line] if line.contains(['，', '、']) => {
                    say!("part the lines by a half-width comma and a space: `[甲, 乙]`")
                }
                _ => say!("split the title into lines without changing its words"),
            }),
        );
    }
}

/// Checks the keys of a trend.
pub(super) fn trend(matter: &mut TrendMatter, document: &Document, context: &mut Context) {
    if let Some(motif) = &matter.motif {
        check_motif(motif, document, context);
    }
    if let Some(quote) = &mut matter.quote {
        check_quote(quote, document, context);
    }
}

/// Tidies labelled lines.
pub(super) fn labelled(lines: &mut [Labelled], lang: &str) {
    for line in lines {
        line.label = text::tidy_plain(&line.label, lang);
        line.value = text::tidy_plain(&line.value, lang);
    }
}

fn check_motif(motif: &str, document: &Document, context: &mut Context) {
    let Some(known) = context.motifs else { return };
    let known: Vec<_> = known.iter().map(|known| known.name.as_str()).collect();
    if known.contains(&motif) {
        return;
    }
    let mut problem = schema::unknown_value(document.place("/motif"), "motif", motif, &known);
    if known.is_empty() {
        problem.hints = vec![say!(
            "the template declares no motifs: add `{motif}` to `motifs` in its `{file}`",
            motif,
            file = DECLARATION
        )];
    }
    context.problems.push(problem);
}

fn check_quote(quote: &mut Quote, document: &Document, context: &mut Context) {
    let lang = context.lang;
    quote.text = text::tidy_plain(&quote.text, lang);
    quote.name = text::tidy_plain(&quote.name, lang);
    quote.titles.iter_mut().for_each(|title| *title = text::tidy_plain(title, lang));
    quote.source.iter_mut().for_each(|source| text::set_plain(source, lang));
    if quote.kind == QuoteKind::Verbatim && quote.source.is_none() {
        context.problems.push(
            Diagnostic::error(
                document.key_place("/quote"),
                say!("a verbatim quote has no `source`"),
            )
            .hint(say!("give its source, or paraphrase it and write `kind: paraphrase`")),
        );
    }
    if let Some(portrait) = &mut quote.portrait {
        match context.picture(portrait, &document.place("/quote/portrait")) {
            Ok(picture) => *portrait = picture.path,
            Err(problem) => context.problems.push(problem),
        }
    }
}
