//! What a template says of its parts and of what spans their columns, in the notes that it leaves on
//! the pages.

use serde::Deserialize;

use crate::setting::fit::Limits;

/// The key of what closes a part at the foot of its last page.
pub(super) const FOOT: &str = "foot";

/// How a part is set, as its template declares it in the note `<flow>`. Lengths are in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Setting {
    /// The part's internal name.
    pub(super) part: String,
    /// Its name in messages.
    pub(super) name: String,
    /// The number of columns.
    #[serde(default = "one")]
    pub(super) columns: usize,
    /// The width of a column.
    pub(super) column: f64,
    /// The space between two.
    #[serde(default)]
    pub(super) gutter: f64,
    /// The number of lines that a page holds as it is set now, by its plan.
    pub(super) lines: usize,
    /// The number that a page holds by the template's own leading.
    #[serde(default)]
    pub(super) own_lines: Option<usize>,
    /// From baseline to baseline.
    pub(super) pitch: f64,
    /// The text's size.
    pub(super) size: f64,
    /// What may vary.
    #[serde(default)]
    pub(super) vary: Vary,
    /// The limits of justification between two characters, in ems.
    #[serde(default)]
    pub(super) limits: Limits,
}

impl Setting {
    /// The lines that a page holds by the template's own leading.
    pub(super) fn own(&self) -> usize {
        self.own_lines.unwrap_or(self.lines)
    }
}

fn one() -> usize {
    1
}

/// What may vary in a part, and how far.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Vary {
    /// The fewest and the most lines that a page may hold.
    pub(super) lines: Option<[usize; 2]>,
    /// The fewest and the most lines between text, figures and blocks.
    pub(super) gap: [usize; 2],
    /// The least and the greatest height of figures, their own being 1.
    pub(super) figures: [f64; 2],
    /// Tracking, in ems, either way.
    pub(super) tracking: f64,
    /// The text's size, as a share of its own, either way.
    pub(super) size: f64,
    /// How full a part's last page is at least.
    pub(super) full: f64,
    /// How many lines the thing at the part's foot may grow by.
    pub(super) foot: usize,
    /// Whether a part of one page is set like the one that it faces.
    pub(super) facing: bool,
    /// The least and the greatest space between the entries of a list, in points.
    pub(super) space: Option<[f64; 2]>,
}

impl Default for Vary {
    fn default() -> Self {
        Self {
            lines: None,
            gap: [1, 1],
            figures: [1.0, 1.0],
            tracking: 0.0,
            size: 0.0,
            full: 0.0,
            foot: 0,
            facing: false,
            space: None,
        }
    }
}

/// What a template says of a thing, in the note `<thing>`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Facts {
    pub(super) part: String,
    pub(super) key: String,
    /// The lines of a thing whose height may vary: its own, the fewest, the most.
    pub(super) ideal: Option<usize>,
    pub(super) least: Option<usize>,
    pub(super) most: Option<usize>,
    /// How many forms a foot has, the best first, and which of them this is.
    pub(super) forms: usize,
    pub(super) form: usize,
    /// The height in points of the form behind it, where that is told before a page has it.
    pub(super) next: Option<f64>,
    /// Whether a gap parts it from the text.
    pub(super) gapped: bool,
    /// Whether it stands before the part's text.
    pub(super) head: bool,
    /// Whether it can stand in the columns instead, where it breaks.
    pub(super) breaks: bool,
    /// Which of the part's sections it belongs to, and how many boxes stand in the text before it,
    /// where it must not leave the one or pass the next of the others.
    pub(super) section: Option<usize>,
    pub(super) boxes: Option<usize>,
    /// Whether it stands in the text, and the space above and below it there, in points.
    pub(super) inline: bool,
    pub(super) around: f64,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            part: String::new(),
            key: String::new(),
            ideal: None,
            least: None,
            most: None,
            forms: 1,
            form: 0,
            next: None,
            gapped: true,
            head: false,
            breaks: false,
            section: None,
            boxes: None,
            inline: false,
            around: 0.0,
        }
    }
}

/// What a template says of a barrier, in the note `<barrier>`.
#[derive(Deserialize)]
pub(super) struct BarrierFacts {
    pub(super) section: bool,
    pub(super) number: usize,
}
