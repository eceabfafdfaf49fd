//! A part that an author wrote: its files, its front matter, its text.

use std::ops::Range;
use std::sync::Arc;

use l10n::say;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use source::yaml::Document;
use source::{Diagnostic, Place, SourceFile, schema};

use super::entries::{INDEX, Source};
use super::matter::{self, Said};
use super::placed;
use super::settings::fill_codes;
use crate::reading::context::Context;
use crate::reading::markdown::{self, Piece};
use crate::reading::model::{
    Block, ColophonMatter, ForewordMatter, ImprintMatter, InsertMatter, Labelled, Matter, Part,
    PartContent, PartFile, PartKind, PlacedMatter, TextBlock, TextPart, TrendMatter,
};
use crate::reading::{text, variables};
use crate::rules;

/// Reads a part; `asked` is the entry that names it. The part comes without its number.
pub(super) fn read(source: &Source, asked: &Place, context: &mut Context) -> Option<Part> {
    let mut texts = vec![];
    for name in &source.files {
        match context.project.text(name, asked) {
            Ok(file) => texts.push(file),
            Err(problem) => context.problems.push(problem),
        }
    }
    if texts.len() < source.files.len() {
        return None;
    }
    let place = Place::new(&texts[0], 0..0);
    let matter = front_matter(&texts[0]);
    if matter.is_none() {
        let opened = texts[0].text.starts_with("---");
        let what = if opened { say!("not closed") } else { say!("missing") };
        context.problems.push(
            Diagnostic::error(place.clone(), say!("the front matter is {what}", what))
                .hint(say!("a part begins with a `---` line, its fields and another `---` line")),
        );
        return None;
    }
    let (files, pieces) = pieces(texts, context);
    let body = Body { pieces: &pieces };
    let document = matter.as_ref().and_then(|(matter, _)| {
        let (file, range) = (&files[0].file, matter.clone());
        variables::document(file, range, context.variables, context.problems)
    });
    let (Some(mut document), Some((matter, _))) = (document, matter) else {
        markdown::blocks(&pieces, context);
        return None;
    };
    if !variables::condition(&mut document, "", context.variables, context.problems) {
        for PartFile { file, .. } in &files {
            context.variables.touch_all(&file.text);
            context.texts.hidden.push(file.text.clone());
            context.texts.hidden.push(file.path.clone());
        }
        return None;
    }
    let kind = kind(&source.path, &document, context);
    holds(kind, &source.path, asked, context);
    let content = content(kind, &document, body, context);
    context.texts.add_yaml(&document, matter, context.problems);
    let (content, said) = content?;
    let budget = said.pages.map(|pages| (pages, document.key_place("/pages")));
    let stem = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
    Some(Part {
        id: stem.to_owned(),
        place,
        files,
        // What is counted gets its number where all parts are known.
        number: said.numbered.then_some(0),
        mark: None,
        label: None,
        running_label: None,
        anchor: said.anchor,
        listed: said.listed,
        budget,
        content,
    })
}

/// Reads the texts of a file that holds a part, or some of one, whatever part it is.
pub(super) fn reread(file: &Arc<SourceFile>, context: &mut Context) {
    let matter = front_matter(file);
    let range = matter.as_ref().map_or(0..file.text.len(), |(_, body)| body.clone());
    markdown::blocks(&[Piece { file: file.clone(), range, before: 0 }], context);
    let Some((matter, _)) = matter else { return };
    let document = variables::document(file, matter.clone(), context.variables, context.problems);
    if let Some(document) = document {
        context.texts.add_yaml(&document, matter, context.problems);
    }
}

/// Returns a part's files with the text in each. Only the first one has front matter.
fn pieces(texts: Vec<Arc<SourceFile>>, context: &mut Context) -> (Vec<PartFile>, Vec<Piece>) {
    let (mut files, mut pieces, mut before) = (vec![], vec![], 0);
    for (at, file) in texts.into_iter().enumerate() {
        let matter = front_matter(&file);
        if at > 0
            && let Some((matter, _)) = &matter
        {
            let place = Place::new(&file, 0..matter.end);
            context.problems.push(
                Diagnostic::error(
                    place,
                    say!("the part has its front matter in `{index}`", index = INDEX),
                )
                .hint(say!(
                    "remove it here; if each file is a part of its own, list them as `*.md`"
                )),
            );
        }
        let range = matter.map_or(0..file.text.len(), |(_, body)| body);
        let lines = file.text.lines().count();
        pieces.push(Piece { file: file.clone(), range, before });
        files.push(PartFile { file, before });
        before += lines;
    }
    (files, pieces)
}

/// Returns the kind of a part: what its front matter says, or its name, or else the first kind
/// that the template can hold of those that stand in its middle.
fn kind(path: &str, document: &Document, context: &Context) -> PartKind {
    // A name that is none is the schema's to report.
    let said = document.value["layout"].as_str().and_then(PartKind::named);
    let said = said.filter(|kind| !kind.entry().is_made()).or_else(|| PartKind::of_path(path));
    let held = |kind: &PartKind| context.kinds.is_none_or(|kinds| kinds.contains(kind));
    said.or_else(|| [PartKind::Trend, PartKind::Chapter].into_iter().find(held))
        .unwrap_or(PartKind::Trend)
}

/// Reports a part that the template cannot hold.
pub(super) fn holds(kind: PartKind, name: &str, asked: &Place, context: &mut Context) {
    let Some(known) = context.kinds.filter(|known| !known.contains(&kind)) else { return };
    let (kind, made) = (kind.name(), kind.entry().is_made());
    let known = known.iter().filter(|known| !known.entry().is_made());
    let known: Vec<_> = known.map(|known| known.name()).collect();
    let message = if made {
        say!("the template cannot hold the part `{name}`", name)
    } else {
        say!("the template cannot hold `{name}`, a part of the kind `{kind}`", name, kind)
    };
    let problem = Diagnostic::error(asked.clone(), message);
    context.problems.push(if made || known.is_empty() {
        problem.hint(say!("remove it, or add `{kind}` to `parts` in the template's `template.yaml`", kind))
    } else {
        let known = known.join("`, `");
        problem.hint(say!(
            "write one of `{known}` as `layout` in its front matter, or add `{kind}` to `parts` in the template's `template.yaml`",
            known,
            kind
        ))
    });
}

/// The text of a part.
struct Body<'a> {
    pieces: &'a [Piece],
}

impl Body<'_> {
    /// Reads the text with `reader`, and reports if there is none.
    fn read<B>(
        self,
        reader: fn(&[Piece], &mut Context) -> Vec<B>,
        context: &mut Context,
    ) -> Vec<B> {
        let before = context.problems.len();
        let blocks = reader(self.pieces, context);
        if blocks.is_empty() && context.problems.len() == before {
            let first = &self.pieces[0];
            let place = Place::new(&first.file, first.range.clone());
            context.problems.push(
                Diagnostic::of(&rules::NO_TEXT, place, say!("the part has no text"))
                    .hint(say!("add text below the front matter")),
            );
        }
        blocks
    }

    fn blocks(self, context: &mut Context) -> Vec<Block> {
        self.read(markdown::blocks, context)
    }
}

fn content(
    kind: PartKind,
    document: &Document,
    body: Body,
    context: &mut Context,
) -> Option<(PartContent, Said)> {
    fn matter<T: Matter + JsonSchema + DeserializeOwned + 'static>(
        kind: PartKind,
        document: &Document,
        context: &mut Context,
    ) -> Option<(T, Said)> {
        let mut matter: T = schema::read(document, context.problems)?;
        let said = matter::common(kind, matter.common(), document, context);
        Some((matter, said))
    }
    Some(match kind {
        PartKind::Trend => {
            let blocks = body.blocks(context);
            let (mut matter, said) = matter::<TrendMatter>(kind, document, context)?;
            matter::trend(&mut matter, document, context);
            (PartContent::Trend { matter, blocks }, said)
        }
        PartKind::Foreword => {
            let blocks = body.blocks(context);
            let (matter, said) = matter::<ForewordMatter>(kind, document, context)?;
            (PartContent::Foreword { matter, blocks }, said)
        }
        PartKind::Insert => {
            let blocks = body.blocks(context);
            let (mut matter, said) = matter::<InsertMatter>(kind, document, context)?;
            fill_codes(&mut matter.codes, "/codes", document, context.problems);
            let codes = matter.codes.iter_mut().map(|code| &mut code.label);
            let contact = matter.contact.iter_mut().flat_map(Labelled::both);
            for words in codes.chain(contact).chain(&mut matter.claim) {
                text::set_plain(words, context.lang);
            }
            (PartContent::Insert { matter, blocks }, said)
        }
        PartKind::Placed => {
            let blocks = markdown::blocks(body.pieces, context);
            if !blocks.is_empty() {
                let first = &body.pieces[0];
                let place = Place::rest_of_line(&first.file, start_of_text(first));
                let message = say!("a placed page has no room for text");
                context.problems.push(
                    Diagnostic::error(place, message)
                        .hint(say!("move the text into another part, before or behind it")),
                );
            }
            let (mut matter, said) = matter::<PlacedMatter>(kind, document, context)?;
            let leaves = placed::read(&mut matter, document, context);
            (PartContent::Placed { matter, leaves }, said)
        }
        PartKind::Imprint => {
            let blocks = body.blocks(context);
            let (mut matter, said) = matter::<ImprintMatter>(kind, document, context)?;
            matter::labelled(&mut matter.entries, context.lang);
            (PartContent::Imprint { matter, blocks }, said)
        }
        PartKind::Colophon => {
            let blocks: Vec<TextBlock> = body.read(markdown::colophon, context);
            let (mut matter, said) = matter::<ColophonMatter>(kind, document, context)?;
            let groups = matter.committee.iter_mut();
            let committee =
                groups.flat_map(|group| group.names.iter_mut().chain([&mut group.role]));
            for words in committee.chain(matter.contact.iter_mut().flat_map(Labelled::both)) {
                text::set_plain(words, context.lang);
            }
            (PartContent::Colophon { matter, blocks }, said)
        }
        PartKind::Chapter
        | PartKind::Divider
        | PartKind::Summary
        | PartKind::Glossary
        | PartKind::Appendix => {
            // A divider may be its title alone, and a list of terms is in a file of its own.
            let blocks = match kind {
                PartKind::Divider | PartKind::Glossary => markdown::blocks(body.pieces, context),
                _ => body.blocks(context),
            };
            let (matter, said) = matter(kind, document, context)?;
            (PartContent::Text(TextPart { kind, matter, blocks }), said)
        }
        PartKind::Cover
        | PartKind::Contents
        | PartKind::ListOfFigures
        | PartKind::ListOfTables
        | PartKind::Lists
        | PartKind::Index
        | PartKind::References
        | PartKind::BackCover => return None,
    })
}

/// Where the text of a piece begins.
fn start_of_text(piece: &Piece) -> usize {
    let text = &piece.file.text[piece.range.clone()];
    piece.range.start + text.len() - text.trim_start().len()
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
