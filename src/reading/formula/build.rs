//! From the parser's events to a tree.

use pulldown_latex::event::{
    Content, DelimiterSize, DelimiterType, Dimension, DimensionUnit, EnvironmentFlow, Event, Font,
    Grouping, StateChange, Style as TexStyle, Visual,
};
use unicode_normalization::UnicodeNormalization;

use super::fault::Why;
use super::{rows, token};
use crate::reading::model::{Alphabet, Class, Length, Math, Style};
use l10n::say;

/// The maximum depth of a tree: templates read it as JSON, whose depth is bounded.
const MAX_DEPTH: usize = 20;

/// Reads all events.
pub(super) fn build(events: &[Event]) -> Result<Vec<Math>, Why> {
    let mut builder = Builder { events, at: 0, depth: 0, font: None, continues: false };
    let out = builder.row()?;
    match builder.next() {
        None => Ok(out),
        Some(_) => Err(incomplete()),
    }
}

pub(super) struct Builder<'e> {
    events: &'e [Event<'e>],
    at: usize,
    depth: usize,
    /// The alphabet in use.
    pub(super) font: Option<Alphabet>,
    /// Whether a term stands before the next row: the left part of an aligned line.
    pub(super) continues: bool,
}

pub(super) fn incomplete() -> Why {
    event(say!("it is incomplete"), say!("write what is missing, or draw it as a figure"))
}

/// A fault of an event.
pub(super) fn event(message: String, hint: String) -> Why {
    Why::Event { message, hint }
}

impl<'e> Builder<'e> {
    pub(super) fn next(&mut self) -> Option<&'e Event<'e>> {
        let event = self.events.get(self.at);
        self.at += 1;
        event
    }

    pub(super) fn peek(&self) -> Option<&'e Event<'e>> {
        self.events.get(self.at)
    }

    /// Reads the elements up to the end of a group, of a cell or of a line.
    pub(super) fn row(&mut self) -> Result<Vec<Math>, Why> {
        let continues = std::mem::take(&mut self.continues);
        let mut out = vec![];
        while let Some(event) = self.peek() {
            match event {
                Event::End | Event::EnvironmentFlow(_) => break,
                Event::StateChange(StateChange::Font(font)) => {
                    self.at += 1;
                    self.font = font.map(alphabet);
                }
                Event::StateChange(StateChange::Style(style)) => {
                    self.at += 1;
                    let body = self.row()?;
                    out.push(Math::Style { style: size(*style), body });
                }
                Event::StateChange(StateChange::Color(_)) => {
                    return Err(self::event(
                        say!("it sets a colour, and colours are the template's own"),
                        say!("remove it"),
                    ));
                }
                _ => out.push(self.element()?),
            }
        }
        Ok(rows::tidied(out, continues))
    }

    /// Reads one element as a row: a group is what stands in it.
    pub(super) fn argument(&mut self) -> Result<Vec<Math>, Why> {
        Ok(match self.element()? {
            Math::Row { body } => body,
            other => rows::tidied(vec![other], false),
        })
    }

    pub(super) fn element(&mut self) -> Result<Math, Why> {
        if self.depth == MAX_DEPTH {
            return Err(event(
                say!("it is nested more than {levels} levels deep", levels = MAX_DEPTH),
                say!("give a part of it a name, and explain that in a formula of its own"),
            ));
        }
        self.depth += 1;
        let out = self.one();
        self.depth -= 1;
        out
    }

    fn one(&mut self) -> Result<Math, Why> {
        match self.next() {
            Some(Event::Content(content)) => self.content(content),
            Some(Event::Begin(grouping)) => self.group(grouping),
            Some(Event::Script { ty, position }) => self.scripts(*ty, *position),
            Some(Event::Visual(visual)) => self.visual(visual),
            Some(Event::Space { width, height, depth }) => Ok(Math::Space {
                width: width.map_or(Length::Em(0.0), length),
                height: height.map(length),
                depth: depth.map(length),
            }),
            // A change that nothing follows.
            Some(Event::StateChange(_)) => Ok(Math::Row { body: vec![] }),
            Some(Event::End | Event::EnvironmentFlow(_)) | None => Err(incomplete()),
        }
    }

    fn group(&mut self, grouping: &'e Grouping) -> Result<Math, Why> {
        let outer = self.font;
        let out = match grouping {
            Grouping::Normal => self.row().map(|body| match body.as_slice() {
                [Math::Delimiter { v, class: Class::Fence, size: Some(size) }] if *size < 1.5 => {
                    Math::Delimiter { v: *v, class: Class::Fence, size: None }
                }
                _ => Math::Row { body },
            }),
            Grouping::LeftRight(open, close) => self.row().map(|body| fenced(*open, *close, body)),
            grouping => {
                self.font = None;
                self.grid(grouping)
            }
        }?;
        self.font = outer;
        match self.next() {
            Some(Event::End) => Ok(out),
            _ => Err(incomplete()),
        }
    }

    fn visual(&mut self, visual: &Visual) -> Result<Math, Why> {
        match visual {
            Visual::SquareRoot => Ok(Math::Root { body: self.argument()?, index: None }),
            Visual::Root => {
                let body = self.argument()?;
                Ok(Math::Root { body, index: Some(self.argument()?) })
            }
            Visual::Fraction(None) => {
                let over = self.argument()?;
                Ok(Math::Fraction { over, under: self.argument()? })
            }
            Visual::Fraction(Some(line)) if line.value == 0.0 => {
                let over = self.argument()?;
                Ok(rows::stacked(over, self.argument()?))
            }
            Visual::Fraction(Some(_)) => Err(event(
                say!("the line of a fraction has the template's own thickness"),
                say!("write `\\frac`, or leave the thickness empty"),
            )),
            Visual::Negation => Ok(struck(self.element()?)),
        }
    }

    fn content(&mut self, content: &Content) -> Result<Math, Why> {
        let font = self.font;
        let sign = |v: String, class| Math::Sign { v, class: Some(class), font: None };
        Ok(match content {
            Content::Text("&nbsp;") => space(0.25),
            Content::Text(text) => Math::Words { v: token::unescaped(text), font },
            Content::Number(v) => Math::Number { v: (*v).to_owned(), font: has(v, font)? },
            Content::Function(name) => Math::Function { v: function(name)? },
            Content::Ordinary { content: c, .. } => ordinary(*c, font)?,
            Content::LargeOp { content: c, .. } if c.is_alphanumeric() => {
                Math::Function { v: c.to_string() }
            }
            Content::LargeOp { content, small: false } => sign(content.to_string(), Class::Large),
            Content::LargeOp { content, small: true } => Math::Style {
                style: Style::Text,
                body: vec![sign(content.to_string(), Class::Large)],
            },
            Content::BinaryOp { content, .. } => sign(content.to_string(), Class::Binary),
            Content::Relation { content, .. } => {
                let mut buffer = [0; 8];
                let v = String::from_utf8_lossy(content.encode_utf8_to_buf(&mut buffer));
                sign(v.into_owned(), Class::Relation)
            }
            Content::Delimiter { content, size, ty } => {
                let class = match ty {
                    DelimiterType::Open => Class::Opening,
                    DelimiterType::Close => Class::Closing,
                    DelimiterType::Fence => Class::Fence,
                };
                match size {
                    None => sign(content.to_string(), class),
                    Some(size) => Math::Delimiter { v: *content, class, size: Some(height(*size)) },
                }
            }
            Content::Punctuation(c) => sign(c.to_string(), Class::Punctuation),
        })
    }
}

/// A letter, or a sign without space around it.
fn ordinary(c: char, font: Option<Alphabet>) -> Result<Math, Why> {
    // The micro sign is no letter of formulas.
    let c = if c == 'µ' { 'μ' } else { c };
    if let Some(v) = italic(c, font) {
        return Ok(Math::Sign { v: v.to_string(), class: None, font: None });
    }
    if cjk::is_wide(c) {
        return Ok(Math::Words { v: c.to_string(), font: None });
    }
    let class = match c {
        ':' => Some(Class::Punctuation),
        _ if c.is_alphabetic() => None,
        _ => Some(Class::Normal),
    };
    let font = if c.is_alphanumeric() { has(c.encode_utf8(&mut [0; 4]), font)? } else { None };
    Ok(Math::Sign { v: c.to_string(), class, font })
}

/// The italic form of a letter that the faces of text lack: a template may exchange the face of such
/// letters in text, and so must not meet them.
fn italic(c: char, font: Option<Alphabet>) -> Option<char> {
    let dotless = ['ı', 'ȷ'].iter().position(|letter| *letter == c);
    if let (Some(at), None) = (dotless, font) {
        return char::from_u32(0x1d6a4 + at as u32);
    }
    let at = "ϵϑϰϕϱϖ".chars().position(|letter| letter == c)? as u32;
    let first = match font {
        None | Some(Alphabet::Italic) => 0x1d716,
        Some(Alphabet::Bold | Alphabet::BoldItalic) => 0x1d750,
        Some(Alphabet::BoldUpright) => 0x1d6dc,
        Some(_) => return None,
    };
    char::from_u32(first + at)
}

/// Refuses letters of which an alphabet has none.
fn has(v: &str, font: Option<Alphabet>) -> Result<Option<Alphabet>, Why> {
    use Alphabet as A;
    let greek = |c: char| ('Α'..='ϵ').contains(&c);
    let known = |c: char| match font {
        None | Some(A::Upright | A::Bold | A::BoldUpright | A::BoldItalic | A::Italic) => true,
        Some(A::Sans | A::Mono | A::DoubleStruck | A::SansItalic) => c.is_ascii(),
        Some(A::BoldSans | A::BoldSansItalic) => c.is_ascii() || greek(c),
        Some(A::Script | A::BoldScript | A::Fraktur | A::BoldFraktur) => c.is_ascii_alphabetic(),
        Some(A::DoubleStruckItalic) => "Ddeij".contains(c),
    };
    match v.chars().find(|c| !known(*c)) {
        None => Ok(font),
        Some(letter) => Err(event(
            say!("its alphabet has no `{letter}`", letter),
            say!("write it outside the braces, or in bold: `\\mathbf`"),
        )),
    }
}

/// The name of a function.
fn function(name: &str) -> Result<String, Why> {
    let name = token::unescaped(name);
    let known = |c: char| c.is_alphanumeric() || " \u{a0}\u{2009}-*".contains(c);
    if name.is_empty() || !name.chars().all(known) {
        return Err(event(
            say!("the name of a function holds more than letters: `{name}`", name),
            say!("write its letters and `\\,`, or words in `\\text{{…}}`"),
        ));
    }
    Ok(name.trim().to_owned())
}

fn fenced(open: Option<char>, close: Option<char>, body: Vec<Math>) -> Math {
    match (open, close, body.as_slice()) {
        (Some('('), Some(')'), [Math::Grid(grid)]) if rows::is_pair(grid) => {
            let mut rows = grid.rows.clone().into_iter().flatten();
            let (over, under) = (rows.next().unwrap_or_default(), rows.next().unwrap_or_default());
            Math::Binomial { over, under }
        }
        _ => Math::Fenced { open, close, body },
    }
}

/// An element struck through: a sign that has a form for it has that.
fn struck(element: Math) -> Math {
    if let Math::Sign { v, class, font } = &element {
        let whole: String = v.chars().chain(['\u{338}']).nfc().collect();
        if whole.chars().count() == v.chars().count() {
            return Math::Sign { v: whole, class: *class, font: *font };
        }
    }
    Math::Struck { body: vec![element] }
}

pub(super) fn space(ems: f64) -> Math {
    Math::Space { width: Length::Em(ems), height: None, depth: None }
}

/// A length as typesetters have it; the units are those of TeX.
pub(super) fn length(dimension: Dimension) -> Length {
    // Single precision brings figures that nobody wrote.
    let value = (f64::from(dimension.value) * 1e4).round() / 1e4;
    let points = 72.0 / 72.27;
    match dimension.unit {
        DimensionUnit::Em => Length::Em(value),
        DimensionUnit::Mu => Length::Em(value / 18.0),
        DimensionUnit::Ex => Length::Em(value * 0.47),
        DimensionUnit::Pt => Length::Pt(value * points),
        DimensionUnit::Pc => Length::Pt(value * 12.0 * points),
        DimensionUnit::In => Length::Pt(value * 72.0),
        DimensionUnit::Bp => Length::Pt(value),
        DimensionUnit::Cm => Length::Pt(value * 72.0 / 2.54),
        DimensionUnit::Mm => Length::Pt(value * 72.0 / 25.4),
        DimensionUnit::Dd => Length::Pt(value * 1238.0 / 1157.0 * points),
        DimensionUnit::Cc => Length::Pt(value * 12.0 * 1238.0 / 1157.0 * points),
        DimensionUnit::Sp => Length::Pt(value / 65536.0 * points),
    }
}

fn height(size: DelimiterSize) -> f64 {
    match size {
        DelimiterSize::Big => 1.2,
        DelimiterSize::BIG => 1.8,
        DelimiterSize::Bigg => 2.4,
        DelimiterSize::BIGG => 3.0,
    }
}

pub(super) fn size(style: TexStyle) -> Style {
    match style {
        TexStyle::Display => Style::Display,
        TexStyle::Text => Style::Text,
        TexStyle::Script => Style::Script,
        TexStyle::ScriptScript => Style::ScriptScript,
    }
}

fn alphabet(font: Font) -> Alphabet {
    match font {
        Font::BoldScript => Alphabet::BoldScript,
        Font::BoldItalic => Alphabet::BoldItalic,
        Font::Bold => Alphabet::BoldUpright,
        Font::BoldSymbol => Alphabet::Bold,
        Font::Fraktur => Alphabet::Fraktur,
        Font::Script => Alphabet::Script,
        Font::Monospace => Alphabet::Mono,
        Font::SansSerif => Alphabet::Sans,
        Font::DoubleStruck => Alphabet::DoubleStruck,
        Font::DoubleStruckItalic => Alphabet::DoubleStruckItalic,
        Font::Italic => Alphabet::Italic,
        Font::BoldFraktur => Alphabet::BoldFraktur,
        Font::SansSerifBoldItalic => Alphabet::BoldSansItalic,
        Font::SansSerifItalic => Alphabet::SansItalic,
        Font::BoldSansSerif => Alphabet::BoldSans,
        Font::UpRight => Alphabet::Upright,
    }
}

/// Whether a line or a cell ends here.
pub(super) fn is_flow(event: Option<&Event>) -> bool {
    matches!(event, Some(Event::EnvironmentFlow(EnvironmentFlow::NewLine { .. })))
}
