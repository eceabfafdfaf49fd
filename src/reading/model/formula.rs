//! Formulas, as trees of what templates can set.

use serde::Serialize;

use super::Anchor;

/// A formula: what is set, and what is read out in its place.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Formula {
    /// Its elements in a row.
    pub math: Vec<Math>,
    /// The formula in words, for those who hear it.
    pub alt: String,
    /// The formula as plain text, for bookmarks and the like.
    #[serde(rename = "v")]
    pub plain: String,
    /// Whether it is higher than a line of text.
    pub tall: bool,
}

/// A formula in a line of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Equation {
    /// The line of its file on which it begins, from 1.
    pub line: usize,
    /// Its number and its label.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// What is set.
    #[serde(flatten)]
    pub formula: Formula,
}

/// An element of a formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "m", rename_all = "kebab-case")]
pub enum Math {
    /// A letter or a sign.
    Sign {
        /// The character, or two that make one sign.
        v: String,
        /// The space around it; letters have none.
        #[serde(skip_serializing_if = "Option::is_none")]
        class: Option<Class>,
        /// Its alphabet, if it is not the usual one.
        #[serde(skip_serializing_if = "Option::is_none")]
        font: Option<Alphabet>,
    },
    /// A number.
    Number {
        /// The figures.
        v: String,
        /// Its alphabet, if it is not the usual one.
        #[serde(skip_serializing_if = "Option::is_none")]
        font: Option<Alphabet>,
    },
    /// The name of a function, such as `sin` and `lim`.
    Function {
        /// The name.
        v: String,
    },
    /// Words, set in the face of the text.
    Words {
        /// The words.
        v: String,
        /// Their face, if it is not that of the text.
        #[serde(skip_serializing_if = "Option::is_none")]
        font: Option<Alphabet>,
    },
    /// A space.
    Space {
        /// Its width.
        width: Length,
        /// What it reaches above the baseline.
        #[serde(skip_serializing_if = "Option::is_none")]
        height: Option<Length>,
        /// What it reaches below the baseline.
        #[serde(skip_serializing_if = "Option::is_none")]
        depth: Option<Length>,
    },
    /// Elements that are one.
    Row {
        /// The elements.
        body: Vec<Math>,
    },
    /// A fraction.
    Fraction {
        /// The numerator.
        over: Vec<Math>,
        /// The denominator.
        under: Vec<Math>,
    },
    /// Two elements over each other without a line, between brackets.
    Binomial {
        /// The upper one.
        over: Vec<Math>,
        /// The lower one.
        under: Vec<Math>,
    },
    /// A root.
    Root {
        /// What stands under it.
        body: Vec<Math>,
        /// Which root it is, if it is no square root.
        #[serde(skip_serializing_if = "Option::is_none")]
        index: Option<Vec<Math>>,
    },
    /// Raised and lowered elements.
    Scripts {
        /// What they belong to.
        base: Vec<Math>,
        /// The lower ones.
        #[serde(skip_serializing_if = "Option::is_none")]
        sub: Option<Vec<Math>>,
        /// The upper ones.
        #[serde(skip_serializing_if = "Option::is_none")]
        sup: Option<Vec<Math>>,
        /// How many primes stand before the upper ones.
        #[serde(skip_serializing_if = "is_zero")]
        primes: usize,
        /// Where they stand.
        place: Place,
    },
    /// An accent over a letter, or over several.
    Accent {
        /// What it stands on.
        base: Vec<Math>,
        /// The accent.
        accent: char,
        /// Whether it is as wide as what it stands on.
        wide: bool,
    },
    /// A line or a brace along its whole width, with a note at it.
    Spanned {
        /// What it spans.
        base: Vec<Math>,
        /// The line or brace.
        with: Span,
        /// The note.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Vec<Math>>,
    },
    /// What stands between delimiters that grow with it.
    Fenced {
        /// The left delimiter.
        open: Option<char>,
        /// The right delimiter.
        close: Option<char>,
        /// What stands between them.
        body: Vec<Math>,
    },
    /// A delimiter of its own size; within [`Fenced`](Self::Fenced), a middle one that grows.
    Delimiter {
        /// The delimiter.
        v: char,
        /// Its side.
        class: Class,
        /// Its height in ems; `None` if it grows.
        size: Option<f64>,
    },
    /// Rows and columns.
    Grid(Grid),
    /// Elements in a size of their own.
    Style {
        /// The size.
        style: Style,
        /// The elements.
        body: Vec<Math>,
    },
    /// Elements struck through.
    Struck {
        /// The elements.
        body: Vec<Math>,
    },
}

impl Formula {
    /// Returns the signs and the words that are printed, each by itself.
    pub fn letters(&self) -> Vec<String> {
        let mut out = vec![];
        letters(&self.math, &mut out);
        out
    }
}

fn letters(row: &[Math], out: &mut Vec<String>) {
    for element in row {
        match element {
            Math::Sign { v, .. }
            | Math::Number { v, .. }
            | Math::Function { v }
            | Math::Words { v, .. } => out.push(v.clone()),
            Math::Delimiter { v, .. } => out.push(v.to_string()),
            Math::Space { .. } => {}
            Math::Row { body } | Math::Style { body, .. } | Math::Struck { body } => {
                letters(body, out);
            }
            Math::Fraction { over, under } | Math::Binomial { over, under } => {
                letters(over, out);
                letters(under, out);
            }
            Math::Root { body, index } => {
                letters(index.as_deref().unwrap_or_default(), out);
                letters(body, out);
            }
            Math::Scripts { base, sub, sup, primes, .. } => {
                letters(base, out);
                let primes = ["", "′", "″", "‴", "⁗"].get(*primes);
                out.extend(primes.filter(|v| !v.is_empty()).map(|v| (*v).to_owned()));
                letters(sub.as_deref().unwrap_or_default(), out);
                letters(sup.as_deref().unwrap_or_default(), out);
            }
            Math::Accent { base, .. } => letters(base, out),
            Math::Spanned { base, note, .. } => {
                letters(base, out);
                letters(note.as_deref().unwrap_or_default(), out);
            }
            Math::Fenced { open, close, body } => {
                out.extend(open.map(String::from));
                letters(body, out);
                out.extend(close.map(String::from));
            }
            Math::Grid(grid) => {
                grid.rows.iter().flatten().for_each(|cell| letters(cell, out));
            }
        }
    }
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A length.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "unit", content = "value", rename_all = "kebab-case")]
pub enum Length {
    /// In ems.
    Em(f64),
    /// In points of 1/72 inch.
    Pt(f64),
}

/// Where scripts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// To the right.
    Right,
    /// Below and above.
    Limits,
    /// Below and above where there is room, to the right within a line.
    Movable,
}

/// What space stands around a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// None.
    Normal,
    /// That of an operator between two terms.
    Binary,
    /// That of a relation.
    Relation,
    /// That of a mark.
    Punctuation,
    /// That of a large operator.
    Large,
    /// That of an opening delimiter.
    Opening,
    /// That of a closing delimiter.
    Closing,
    /// That of a delimiter of both sides.
    Fence,
}

/// What runs along the width of other elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are those of Typst's functions")]
pub enum Span {
    Overline,
    Underline,
    Overbrace,
    Underbrace,
    Overbracket,
    Underbracket,
    Overparen,
    Underparen,
    Overshell,
    Undershell,
    LeftArrowBelow,
    RightArrowBelow,
}

/// An alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Alphabet {
    Upright,
    Italic,
    Bold,
    BoldUpright,
    BoldItalic,
    Script,
    BoldScript,
    Fraktur,
    BoldFraktur,
    DoubleStruck,
    DoubleStruckItalic,
    Sans,
    SansItalic,
    BoldSans,
    BoldSansItalic,
    Mono,
}

/// A size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are those of TeX")]
pub enum Style {
    Display,
    Text,
    Script,
    ScriptScript,
}

/// Rows and columns of elements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Grid {
    /// What it is.
    pub kind: GridKind,
    /// The rows, each of as many cells as any other.
    pub rows: Vec<Vec<Vec<Math>>>,
    /// Where the cells of each column stand.
    pub columns: Vec<Side>,
    /// The size of its cells, if it is not the usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<Style>,
    /// The columns before which a line stands, from 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vertical: Vec<usize>,
    /// The rows above which a line stands, from 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub horizontal: Vec<usize>,
}

/// What a grid is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GridKind {
    /// A matrix, without its delimiters.
    Matrix,
    /// Cases behind a brace.
    Cases,
    /// Cases before a brace.
    CasesBefore,
    /// Lines of a formula, aligned in pairs of columns.
    Lines,
    /// Small lines under or over an operator.
    Stack,
}

/// Where a cell stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Side {
    Left,
    Center,
    Right,
}
