//! Tables, pictures and charts: they span the page, so that nothing else can hold them.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag};

use copydesk::{OBJECT, Prose, ProseKind};
use placed::Area;

use super::attributes::{Attributes, note_in};
use super::leftover::mended;
use super::{Converter, Cursor, Holder, here, is_div};
use crate::reading::image::Asked;
use crate::reading::model::{Anchor, Block, Figure};
use crate::reading::referable::Referable;
use crate::reading::{chart, plain, text};
use crate::rules;
use l10n::say;

/// A block that spans the page.
pub(super) enum Wide<'t> {
    /// A table, with the alignment of its columns.
    Table(&'t [Alignment]),
    /// A picture in a paragraph of its own, with the attributes behind it.
    Figure(Attributes),
    /// A fenced block of the kind `chart`.
    Chart,
    /// A fenced div.
    Div,
    /// A fenced block of the kind `table`.
    Data,
}

impl<'t> Wide<'t> {
    /// Returns the block that the tag with these contents begins, if it spans the page.
    pub(super) fn of(tag: &'t Tag, text: &str, inside: &Cursor) -> Option<Self> {
        match tag {
            Tag::Table(alignments) => Some(Self::Table(alignments)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if &**info == "chart" => Some(Self::Chart),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if &**info == "table" => Some(Self::Data),
            Tag::Paragraph => Self::figure(text, inside),
            tag if is_div(tag) => Some(Self::Div),
            _ => None,
        }
    }

    pub(super) fn figure(text: &str, inside: &Cursor) -> Option<Self> {
        let is_image = |event: &Event| matches!(event, Event::Start(Tag::Image { .. }));
        let [(Event::Start(Tag::Image { .. }), image), .., (_, last)] = inside.events else {
            return None;
        };
        if inside.events.iter().filter(|(event, _)| is_image(event)).count() != 1 {
            return None;
        }
        let end = last.end.max(image.end);
        let behind = &text[image.end..end];
        if behind.trim().is_empty() {
            return Some(Self::Figure(Attributes::default()));
        }
        let open = image.end + behind.len() - behind.trim_start().len();
        let attributes = Attributes::read_over_lines(&text[..end], open)?;
        let alone = text[attributes.range.end..end].trim().is_empty();
        alone.then_some(Self::Figure(attributes))
    }

    /// Names the block, for a message.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Table(_) | Self::Data => say!("a table"),
            Self::Figure(_) => say!("a picture"),
            Self::Chart => say!("a chart"),
            Self::Div => say!("a box"),
        }
    }
}

impl Converter<'_, '_> {
    /// Reads a table, a picture or a chart.
    pub(super) fn wide(
        &mut self,
        wide: &Wide,
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Block> {
        match wide {
            Wide::Table(alignments) => Some(self.table(alignments, range, inside)),
            Wide::Figure(attributes) => self.figure(attributes, inside),
            Wide::Chart => self.chart(range, inside),
            Wide::Div => self.div(range, inside),
            Wide::Data => self.table_of_data(range, inside),
        }
    }

    /// Reports something, by its name, that its holder cannot hold.
    pub(super) fn refuse(&mut self, what: &str, holder: Holder, range: &Range<usize>) {
        let (message, hint) = match holder {
            Holder::List => (
                say!("a list cannot contain {what}", what),
                say!("put it after the list, at the start of a line, with a blank line before it"),
            ),
            Holder::Quote => (
                say!("a quotation cannot contain {what}", what),
                say!(
                    "put it after the quotation, at the start of a line, with a blank line before it"
                ),
            ),
            Holder::Note => (
                say!("a footnote cannot contain {what}", what),
                say!(
                    "put it after the footnote, at the start of a line, with a blank line before it"
                ),
            ),
            Holder::Colophon => (
                say!("{what} is in the colophon, which holds only text", what),
                say!("put it in another part"),
            ),
        };
        self.error(range, message, hint);
    }

    fn chart(&mut self, range: &Range<usize>, inside: &mut Cursor) -> Option<Block> {
        let (_, at) = inside.code();
        let at = at.unwrap_or(range.start..range.start);
        let mut chart = chart::read(self.file, at, self.context)?;
        chart.line += self.before;
        self.tables.push(crate::reading::shown(crate::reading::table_file(&chart.spec.data)));
        Some(Block::Chart(Box::new(chart)))
    }

    pub(super) fn figure(&mut self, attributes: &Attributes, inside: &mut Cursor) -> Option<Block> {
        let (Event::Start(Tag::Image { dest_url, title, .. }), range) = inside.next()? else {
            return None;
        };
        let keys: Vec<&str> = ["width", "en", "alt", "fig-alt", "notes", "page"]
            .into_iter()
            .chain(here::KEYS)
            .collect();
        self.check_attributes(
            attributes,
            &say!("a picture"),
            &["bleed", "unnumbered", here::CLASS],
            &keys,
        );
        let attributes = &self.with_values(attributes);
        let here = self.stands_here(attributes);
        let mut anchor = self.anchor(attributes, Referable::Figure);
        let unnumbered = attributes.has("unnumbered");
        if unnumbered {
            self.check_unlabelled(&anchor, &[]);
            anchor = Anchor::default();
        }
        let width = self.width_of(attributes);
        let bleed = attributes.classes().find(|(class, _)| *class == "bleed");
        if let (Some((_, at)), true) = (bleed, self.in_div) {
            let at = at.clone();
            self.error(
                &at,
                say!("a picture in a box keeps within it"),
                say!("remove `.bleed`, or put the picture behind the closing `:::`"),
            );
        }
        let bleed = bleed.is_some();
        let page = self.page_of(attributes);
        let en = self.attribute(attributes, "en", ProseKind::Caption);
        let en = en.map(|(en, _)| text::tidy_plain(&en, "en"));
        let notes = self.attribute(attributes, "notes", ProseKind::Body);
        let notes = notes.map(|(notes, _)| text::tidy_plain(&notes, self.context.lang));
        let own_alt = self.attribute(attributes, "alt", ProseKind::Alt);
        // As Quarto has it.
        let own_alt = own_alt.or_else(|| self.attribute(attributes, "fig-alt", ProseKind::Alt));
        self.prose.kind = ProseKind::Caption;
        let caption = self.inlines(&mut inside.inside());
        if let Some(label) = note_in(title).map(str::to_owned) {
            self.error(
                range,
                say!("the footnote `{label}` has its mark in the picture's source, which is plain text", label),
                say!("put the mark into the caption, between the brackets"),
            );
            self.used.push(label);
        }
        self.print(title, range);
        self.source(title, range);
        // Within the picture's Markdown, the path behind the caption.
        let written = &self.file.text[range.clone()];
        let (name, place) = match address(written, dest_url) {
            Some((name, at)) if !name.is_empty() => {
                let start = range.start + at;
                (name, self.place(&(start..start + name.len())))
            }
            _ => (&**dest_url, self.place(range)),
        };
        if name.contains(['"', '“', '”', '＂']) {
            let shown = &self.file.text[range.clone()];
            if let Some((_, right)) = mended(shown) {
                let message = say!("`{shown}` is not read as a picture", shown);
                self.error(
                    range,
                    message,
                    say!("write `{right}` in a paragraph of its own", right),
                );
                return None;
            }
        }
        let titled = text::plain(&caption);
        let alt = own_alt
            .map_or_else(|| titled.clone(), |(alt, _)| text::tidy_plain(&alt, self.context.lang));
        if titled.trim().is_empty() && !self.titled_below && !unnumbered {
            self.error(
                range,
                say!("the figure has no caption"),
                say!("write it between the brackets, `![caption](…)`; one that has no number needs none: `{{.unnumbered}}` behind it"),
            );
        }
        let picture = self
            .context
            .picture_of(
                Asked { name, page, area: if bleed { Area::Bleed } else { Area::Trim } },
                &place,
            )
            .map_err(|problem| self.context.problems.push(problem))
            .ok()?;
        let source = (!title.is_empty()).then(|| text::tidy_plain(title, self.context.lang));
        let line = self.line(range);
        Some(Block::Figure(Figure {
            line,
            anchor,
            width,
            here,
            unnumbered,
            bleed,
            en,
            path: picture.path,
            caption,
            alt,
            notes,
            source,
            cited: vec![],
            ratio: picture.ratio,
        }))
    }

    /// Reads the width that a picture is to have, as a share of the measure: `width=50%`.
    fn width_of(&mut self, attributes: &Attributes) -> Option<f64> {
        let (value, range) = attributes.value("width")?;
        let share = value.strip_suffix(['%', '％']).and_then(|number| number.trim().parse().ok());
        if let Some(share) = share.filter(|share| (1.0..=100.0).contains(share)) {
            return Some(share / 100.0);
        }
        self.error(
            range,
            say!("`{value}` is no width of a picture", value),
            say!("write it as a share of the text's width, from `1%` to `100%`: `width=50%`"),
        );
        None
    }

    /// Reads which page of a PDF is meant: `page=2`.
    fn page_of(&mut self, attributes: &Attributes) -> Option<usize> {
        let (value, range) = attributes.value("page")?;
        let page = value.parse().ok().filter(|page| *page > 0);
        if page.is_none() {
            self.error(
                range,
                say!("`{value}` is no page of a PDF", value),
                say!("write its number, counted from 1: `page=2`"),
            );
        }
        page
    }

    /// Reads the text of an image's source, which follows its path in quotes.
    fn source(&mut self, title: &str, range: &Range<usize>) {
        let written = &self.file.text[range.clone()];
        let Some(at) = written.rfind(title).filter(|_| !title.is_empty()) else { return };
        let start = range.start + at;
        let mut prose = Prose::markdown(self.file, ProseKind::Source);
        prose.push(title, &(start..start + title.len()));
        // References and citations are resolved with those of the text, and marks of notes are errors.
        let resolved = |mark: &Range<usize>| {
            ["[@", "[^"].iter().any(|open| title[mark.clone()].starts_with(open))
        };
        for mark in plain::marks(title).into_iter().filter(|mark| !resolved(mark)) {
            let mark = start + mark.start..start + mark.end;
            let within = prose.letters.iter_mut().filter(|letter| mark.contains(&letter.at.start));
            within.for_each(|letter| letter.c = OBJECT);
            let written = self.file.text[mark.clone()].to_owned();
            self.warning(
                &rules::LEFT_OVER,
                &mark,
                say!(
                    "`{mark}` is printed as it stands: there is no Markdown in a source",
                    mark = written
                ),
                say!("remove the marks; digits are raised and lowered as `²` and `₂`"),
            );
        }
        self.context.texts.prose.push(prose);
    }
}

/// Returns the address of a picture as it is written in its Markdown, and where; `read` is what the
/// parser made of it: a backslash between folders may be gone.
pub(super) fn address<'w>(written: &'w str, read: &'w str) -> Option<(&'w str, usize)> {
    let open = written.rfind("](")? + "](".len();
    if let Some(at) = written[open..].find(read) {
        return Some((read, open + at));
    }
    let length = written[open..].find([' ', ')'])?;
    let name = &written[open..open + length];
    name.contains('\\').then_some((name, open))
}
