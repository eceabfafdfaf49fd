//! The parts that `report.yaml` lists, each read from its Markdown file.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::calendar::days_in;
use super::context::Context;
use super::declaration::DECLARATION;
use super::{codes, markdown, text};
use crate::reading::model::{
    Code, ColophonMatter, ForewordMatter, InsertMatter, Part, PartContent, PartKind, Quote,
    QuoteKind, ReportConfig, TrendMatter,
};
use crate::rules;
use l10n::say;
use source::schema;
use source::yaml::{Document, child};
use source::{Diagnostic, Place, Problems, SourceFile, nearest};

/// The parts that are generated rather than written.
const MADE: [&str; 4] = ["cover", "contents", "references", "back-cover"];

/// The page sizes that a template can fill, in millimetres a side.
const TRIM: RangeInclusive<f64> = 50.0..=1000.0;

/// Checks the settings beyond the schema, and tidies their text.
pub(super) fn check_settings(
    config: &mut ReportConfig,
    document: &Document,
    problems: &mut Problems,
) {
    config.title = text::tidy_plain(&config.title);
    if !day_exists(&config.date) {
        problems.push(
            Diagnostic::error(
                document.place("/date"),
                say!("the date `{date}` does not exist", date = config.date),
            )
            .hint(say!("write the date of publication as `2025-01` or `2025-01-31`")),
        );
    }
    for (index, side) in config.trim.iter().enumerate() {
        if !length_in_mm(side).is_some_and(|length| TRIM.contains(&length)) {
            problems.push(
                Diagnostic::error(
                    document.place(&format!("/trim/{index}")),
                    say!("`{side}` is not a valid page dimension", side),
                )
                .hint(say!(
                    "a page must measure from {start} to {end} mm",
                    start = TRIM.start(),
                    end = TRIM.end()
                )),
            );
        }
    }
    for (key, label) in [("label", &config.label), ("running-label", &config.running_label)] {
        if !label.contains("{一}") && !label.contains("{1}") {
            problems.push(
                Diagnostic::of(
                    &rules::LABEL,
                    document.place(&format!("/{key}")),
                    say!(
                        "`{key}` contains no number: all trends would be labelled `{label}`",
                        key,
                        label
                    ),
                )
                .hint(say!("put `{{一}}` or `{{1}}` where the number belongs")),
            );
        }
    }
    for name in config.check.weights.keys() {
        let told = match rules::named(name) {
            Some(rule) if rule.is_fixed() => {
                Some((say!("`{name}` is always an error", name), say!("remove the line")))
            }
            Some(_) => None,
            None => Some((say!("there is no rule `{name}`", name), rules::hint(name))),
        };
        if let Some((message, hint)) = told {
            let place = document.key_place(&child("/check", name));
            problems.push(Diagnostic::error(place, message).hint(hint));
        }
    }
    if let Some(at) = config.parts.iter().position(|part| part == "references")
        && config.references.is_none()
        && !document.is_written("/references")
    {
        problems.push(
            Diagnostic::error(
                document.place(&format!("/parts/{at}")),
                say!("the part `references` has nothing to list"),
            )
            .hint(say!("specify the file: `references: {{file: references.yaml}}`")),
        );
    }
    fill_codes(&mut config.back_cover.codes, "/back-cover/codes", document, problems);
}

/// Converts a length such as `210mm`, already checked against the pattern, to millimetres.
fn length_in_mm(text: &str) -> Option<f64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let unit = match unit {
        "mm" => 1.0,
        "cm" => 10.0,
        "in" => 25.4,
        "pt" => 25.4 / 72.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * unit)
}

/// Returns whether a date that matches the pattern exists in the calendar.
fn day_exists(date: &str) -> bool {
    let mut numbers = date.split('-').filter_map(|number| number.parse::<u32>().ok());
    let (year, month, day) =
        (numbers.next().unwrap_or(1), numbers.next().unwrap_or(1), numbers.next().unwrap_or(1));
    day <= days_in(year, month)
}

/// Reads the parts in order; `document` holds the settings.
pub(super) fn read(config: &ReportConfig, document: &Document, context: &mut Context) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![];
    let mut entries: Vec<Place> = vec![];
    let mut trends = 0;
    for (index, name) in config.parts.iter().enumerate() {
        let asked = document.place(&format!("/parts/{index}"));
        if let Some(content) = made(name) {
            let budget = match content {
                PartContent::References => {
                    config.references.as_ref().and_then(|references| references.pages)
                }
                _ => None,
            };
            let budget = budget.map(|pages| (pages, document.place("/references/pages")));
            entries.push(asked.clone());
            parts.push(Part { id: name.clone(), place: asked, budget, content });
            continue;
        }
        let files = if name.contains('*') {
            match context.project.glob(name, &asked) {
                Ok(files) => files,
                Err(problem) => {
                    context.problems.push(problem);
                    continue;
                }
            }
        } else if name.ends_with(".md") {
            vec![name.clone()]
        } else {
            let hint = match nearest(name, MADE) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None => {
                    say!("specify a Markdown file, or one of `{known}`", known = MADE.join("`, `"))
                }
            };
            let message = say!("there is no part `{name}`", name);
            context.problems.push(Diagnostic::error(asked, message).hint(hint));
            continue;
        };
        for file in files {
            if let Some(part) = written(&file, &asked, &mut trends, context) {
                entries.push(asked.clone());
                parts.push(part);
            }
        }
    }
    for (at, part) in parts.iter().enumerate() {
        if parts[..at].iter().any(|earlier| earlier.id == part.id) {
            context.problems.push(
                Diagnostic::error(
                    entries[at].clone(),
                    say!("the part `{id}` appears twice in the report", id = part.id),
                )
                .hint(say!("list each part once, and give each file a unique name")),
            );
        }
    }
    parts
}

fn made(name: &str) -> Option<PartContent> {
    Some(match name {
        "cover" => PartContent::Cover,
        "contents" => PartContent::Contents,
        "references" => PartContent::References,
        "back-cover" => PartContent::BackCover,
        _ => return None,
    })
}

fn written(name: &str, asked: &Place, trends: &mut usize, context: &mut Context) -> Option<Part> {
    let file =
        context.project.text(name, asked).map_err(|problem| context.problems.push(problem)).ok()?;
    let stem = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".md").to_owned();
    let place = Place::new(&file, 0..0);
    let Some((matter, body)) = front_matter(&file) else {
        let what = if file.text.starts_with("---") { say!("not closed") } else { say!("missing") };
        context.problems.push(
            Diagnostic::error(place, say!("the front matter is {what}", what))
                .hint(say!("a part begins with a `---` line, its fields and another `---` line")),
        );
        return None;
    };
    let document = Document::parse(&file, matter.clone(), context.problems);
    let Some(document) = document else {
        markdown::blocks(&file, body, context);
        return None;
    };
    let layout = match document.value["layout"].as_str() {
        Some(name) => PartKind::named(name),
        None => match stem.as_str() {
            "foreword" => Some(PartKind::Foreword),
            "insert" => Some(PartKind::Insert),
            "colophon" => Some(PartKind::Colophon),
            _ => None,
        },
    };
    if layout.is_none_or(|layout| layout == PartKind::Trend) {
        *trends += 1;
    }
    let kind = layout.unwrap_or(PartKind::Trend);
    let body = Body { file: &file, range: body };
    let content = content(kind, &document, body, *trends, context);
    context.texts.add_yaml(&document, matter, context.problems);
    let (content, pages) = content?;
    let budget = pages.map(|pages| (pages, document.key_place("/pages")));
    Some(Part { id: stem, place, budget, content })
}

/// Reads the texts of a file that holds a part, whatever part it is.
pub(super) fn reread(file: &Arc<SourceFile>, context: &mut Context) {
    let Some((matter, body)) = front_matter(file) else { return };
    markdown::blocks(file, body, context);
    if let Some(document) = Document::parse(file, matter.clone(), context.problems) {
        context.texts.add_yaml(&document, matter, context.problems);
    }
}

/// The text below the front matter of a file.
struct Body<'a> {
    file: &'a Arc<SourceFile>,
    range: Range<usize>,
}

impl Body<'_> {
    /// Reads the text with `reader`, and reports if there is none.
    fn read<B>(
        self,
        reader: fn(&Arc<SourceFile>, Range<usize>, &mut Context) -> Vec<B>,
        context: &mut Context,
    ) -> Vec<B> {
        let before = context.problems.len();
        let blocks = reader(self.file, self.range.clone(), context);
        if blocks.is_empty() && context.problems.len() == before {
            let place = Place::new(self.file, self.range);
            context.problems.push(
                Diagnostic::of(&rules::NO_TEXT, place, say!("the part has no text"))
                    .hint(say!("add text below the front matter")),
            );
        }
        blocks
    }
}

fn content(
    layout: PartKind,
    document: &Document,
    body: Body,
    number: usize,
    context: &mut Context,
) -> Option<(PartContent, Option<u32>)> {
    fn matter<T: JsonSchema + DeserializeOwned + 'static>(
        document: &Document,
        context: &mut Context,
    ) -> Option<T> {
        schema::read(document, context.problems)
    }
    Some(match layout {
        PartKind::Trend => {
            let blocks = body.read(markdown::blocks, context);
            let mut matter: TrendMatter = matter(document, context)?;
            matter.title = text::tidy_plain(&matter.title);
            if let Some(lines) = &mut matter.title_lines {
                lines.iter_mut().for_each(|line| *line = text::tidy_plain(line));
                if text::spaceless(&lines.concat()) != text::spaceless(&matter.title) {
                    context.problems.push(
                        Diagnostic::error(
                            document.place("/title-lines"),
                            say!("`title-lines` does not match `title`"),
                        )
                        .hint(say!("split the title into lines without changing its words")),
                    );
                }
            }
            if let Some(motif) = &matter.motif {
                check_motif(motif, document, context);
            }
            if let Some(quote) = &mut matter.quote {
                check_quote(quote, document, context);
            }
            let pages = matter.pages;
            (PartContent::Trend { matter, number, blocks }, pages)
        }
        PartKind::Foreword => {
            let blocks = body.read(markdown::blocks, context);
            let mut matter: ForewordMatter = matter(document, context)?;
            matter.title = text::tidy_plain(&matter.title);
            let pages = matter.pages;
            (PartContent::Foreword { matter, blocks }, pages)
        }
        PartKind::Insert => {
            let blocks = body.read(markdown::blocks, context);
            let mut matter: InsertMatter = matter(document, context)?;
            matter.title = text::tidy_plain(&matter.title);
            fill_codes(&mut matter.codes, "/codes", document, context.problems);
            let pages = matter.pages;
            (PartContent::Insert { matter, blocks }, pages)
        }
        PartKind::Colophon => {
            let blocks = body.read(markdown::colophon, context);
            let mut matter: ColophonMatter = matter(document, context)?;
            matter.title = text::tidy_plain(&matter.title);
            let pages = matter.pages;
            (PartContent::Colophon { matter, blocks }, pages)
        }
    })
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
    quote.text = text::tidy_plain(&quote.text);
    quote.name = text::tidy_plain(&quote.name);
    quote.titles.iter_mut().for_each(|title| *title = text::tidy_plain(title));
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

fn fill_codes(list: &mut [Code], pointer: &str, document: &Document, problems: &mut Problems) {
    for (index, code) in list.iter_mut().enumerate() {
        if let Err(why) = codes::fill(code) {
            let place = document.place(&format!("{pointer}/{index}/url"));
            problems.push(
                Diagnostic::error(
                    place,
                    say!("the address does not fit into a QR code: {why}", why),
                )
                .hint(say!("use a shorter address")),
            );
        }
    }
}

/// Returns the byte ranges of the front matter and of the text below it; `None` if it is not
/// opened and closed.
fn front_matter(file: &Arc<SourceFile>) -> Option<(Range<usize>, Range<usize>)> {
    let text = &file.text;
    let start = text.strip_prefix("---\n").map(|rest| text.len() - rest.len())?;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((start..at, at + line.len()..text.len()));
        }
        at += line.len();
    }
    None
}
