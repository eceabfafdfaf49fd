//! The report as a whole: `report.yaml`, its parts, its references.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Anchor, Block, CheckConfig, Code, ColophonMatter, Floats, FootnotesConfig, ForewordMatter,
    FrontFolios, ImprintMatter, IndexEntry, InsertMatter, LimitsConfig, Numbered, PartKind,
    PlacedMatter, PlacedPage, ReferenceEntry, TermEntry, TextBlock, TextMatter, TrendMatter,
    WordOrder,
};
use source::{Place, Rule, SourceFile};
use variables::Declaration;

/// The pattern of a length: a number and its unit.
pub(super) const LENGTH: &str = r"^\d+(\.\d+)?(mm|cm|in|pt)$";

// Keys that only the schema lets an author leave out (`schemars(default)`) are filled in before
// the settings are read, from what the template declares.
/// The settings of a report: the file `content/report.yaml`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReportConfig {
    /// The report's title, as on its cover.
    #[schemars(length(min = 1))]
    pub title: String,
    /// The title split into lines for the cover; joined, they must equal the title.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub title_lines: Option<Vec<String>>,
    /// The subtitle: a line under the title.
    #[serde(default)]
    pub subtitle: Option<String>,
    /// The publisher: its full name and, optionally, a short one.
    pub publisher: Publisher,
    /// The date of publication, such as `2025-01` or `2025-01-31`.
    #[schemars(regex(pattern = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"))]
    pub date: String,
    /// The language of the text, a BCP 47 tag such as `zh-CN`.
    #[serde(default = "default_lang")]
    #[schemars(regex(pattern = r"^[a-z]{2,3}(-[A-Z]{2})?$"))]
    pub lang: String,
    /// Keywords, stored in the PDF's metadata.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The template's folder under `templates/`.
    #[serde(default = "default_template")]
    pub template: String,
    /// The house's brand file, such as `../house/brand.yaml`; if omitted, `brand.yaml` beside this
    /// file, if there is one; `none` for a report without it.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub brand: Option<String>,
    /// The art of the cover, in the place of the house's: `{picture: cover.jpg}`, or `{motif: rings}`.
    #[serde(default)]
    pub cover: Option<brand::model::Cover>,
    /// The partners whose logos stand in a row on the back cover, and in the colophon.
    #[serde(default)]
    #[schemars(length(max = 24))]
    pub partners: Vec<Partner>,
    /// The trim size: width and height, each a length such as `210mm`.
    #[schemars(default, inner(regex(pattern = LENGTH)))]
    pub trim: [String; 2],
    /// The number of columns of text on a page: 1, 2 or 3.
    #[schemars(default, range(min = 1, max = 3))]
    pub columns: u8,
    /// The label above a trend's title: `{一}` is its number in Chinese numerals, `{1}` in Arabic
    /// ones.
    #[schemars(default)]
    pub label: String,
    /// The label in the running head, numbered like `label`.
    #[schemars(default)]
    pub running_label: String,
    /// The labels of other parts that are numbered.
    #[schemars(default)]
    pub labels: LabelsConfig,
    /// How headings in the text are numbered: `chinese` (一、, （一）, 1.), `decimal` (1.1, 1.1.1),
    /// or `none`.
    #[schemars(default)]
    pub numbering: Numbering,
    /// The list of contents.
    #[schemars(default)]
    pub contents: ContentsConfig,
    /// The location and style of the references.
    #[serde(default)]
    pub references: Option<ReferencesConfig>,
    /// The parts in order: `cover`, `contents`, `references`, `back-cover`, or Markdown files
    /// under `content/`; a folder with an `index.md` is one part of several files.
    ///
    /// A `*` matches any characters in a name, `**` any folders; what matches is sorted by name.
    #[schemars(length(min = 1))]
    pub parts: Vec<String>,
    /// The file of the report's terms, under `content/`: a list of `term`, `abbr`, `full` and
    /// `definition`.
    #[serde(default)]
    pub glossary: Option<String>,
    /// The order of words in the list of terms and in the index.
    #[serde(default)]
    pub word_order: WordOrder,
    /// How figures and tables are numbered: through the report (图1), or by chapter (图1-1).
    #[schemars(default)]
    pub captions: Captions,
    /// Where figures, charts, tables and wide boxes stand: where they are written (`here`), at the
    /// head or foot of a page within their section (`section`), or behind its end too (`free`).
    #[serde(default)]
    pub floats: Option<Floats>,
    /// The numbers of the pages before the first trend, chapter or divider: `roman` (i, ii, iii) or
    /// `roman-capitals`, and the body begins with page 1; `arabic` counts through.
    #[serde(default)]
    pub front_folios: FrontFolios,
    /// How footnotes are numbered, and where they stand.
    #[serde(default)]
    pub footnotes: FootnotesConfig,
    /// The variables that the text prints as `{{name}}`, each with its default, or with its `type`,
    /// `default` and `example`.
    #[serde(default, skip_serializing)]
    pub variables: BTreeMap<String, Declaration>,
    /// The content of the back cover.
    #[serde(default)]
    pub back_cover: BackCover,
    /// The most pixels per inch of a photograph on the page, in files for the screen: one that is
    /// finer than the whole page could show is scaled down. The press file keeps all pixels.
    #[serde(default = "default_screen_ppi")]
    #[schemars(range(min = 72, max = 2400))]
    pub screen_ppi: u16,
    /// Settings of the press file.
    #[serde(default)]
    pub press: PressConfig,
    /// The limits of the work on it.
    #[serde(default, skip_serializing)]
    pub limits: LimitsConfig,
    /// The severity of each rule of `trendpress check`, by its code or name: `error`, `warning`
    /// or `off`; and the house's lists of words.
    #[serde(default, skip_serializing)]
    pub check: CheckConfig,
    /// House terms: each with the variants that must not be used.
    #[serde(default, skip_serializing)]
    pub terms: BTreeMap<String, Vec<String>>,
}

/// The labels of parts that are numbered: `{一}` is the number in Chinese numerals, `{1}` in Arabic
/// ones, `{A}` a letter; `{#}` is `{一}`, or `{1}` where headings have decimal numbers, and in other
/// languages.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LabelsConfig {
    /// The label of a chapter.
    #[schemars(default)]
    pub chapter: String,
    /// The label of a divider.
    #[schemars(default)]
    pub divider: String,
    /// The label of an appendix.
    #[schemars(default)]
    pub appendix: String,
}

/// How headings in the text are numbered, below the part's own number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Numbering {
    /// Not at all.
    #[default]
    None,
    /// As Chinese documents do: 一、, （一）, 1., （1）.
    Chinese,
    /// By the part's number: 1.1, 1.1.1, and A.1 in an appendix.
    Decimal,
}

/// The settings of the list of contents.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ContentsConfig {
    /// How deep the list goes: 1 for parts, 2 and 3 for the headings within them.
    #[schemars(default, range(min = 1, max = 3))]
    pub depth: u8,
}

/// How figures and tables are numbered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Captions {
    /// From the first to the last one of the report.
    #[default]
    Report,
    /// Anew in each numbered part, with its number: 图1-1.
    Chapter,
}

/// A suppression of findings by the author.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The suppressed rules.
    pub rules: Vec<&'static Rule>,
    /// The location of the suppression.
    pub place: Place,
    /// The text it applies to.
    pub scope: Vec<Place>,
    /// The data files that it applies to as a whole.
    pub tables: Vec<String>,
}

/// Returns the language of a report that specifies none.
pub fn default_lang() -> String {
    "zh-CN".into()
}

/// Returns the resolution of pictures for a report that specifies none: what no eye tells from
/// more.
fn default_screen_ppi() -> u16 {
    300
}

/// Returns the name of the template of a report that specifies none.
pub fn default_template() -> String {
    "report".into()
}

/// A partner of the report.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Partner {
    /// The partner's name, for those who do not see the logo.
    #[schemars(length(min = 1))]
    pub name: String,
    /// The logo below `content/`: a drawing, a page of a PDF, or a picture.
    #[schemars(length(min = 1))]
    pub logo: String,
}

/// The publisher of the report.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Publisher {
    /// The full name.
    pub name: String,
    /// The short name, set beside the full one on the cover.
    #[serde(default)]
    pub short: Option<String>,
}

/// The location and style of the references.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReferencesConfig {
    /// A Hayagriva (`.yaml`) or BibLaTeX (`.bib`) file under `content/`.
    pub file: String,
    /// The citation style: the name of a `.csl` file in the template's `styles/`, without its
    /// extension.
    #[schemars(default)]
    pub style: String,
    /// Whether to list entries that are never cited.
    #[serde(default)]
    pub uncited: bool,
    /// The heading above the list of references.
    #[schemars(default)]
    pub title: String,
    /// The number of pages that the list must fill.
    #[serde(default)]
    pub pages: Option<u32>,
}

/// The content of the back cover.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BackCover {
    /// QR codes, each generated from its address.
    #[serde(default)]
    pub codes: Vec<Code>,
}

/// Settings of the press file; the command line overrides them.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PressConfig {
    /// The ICC profile of the press, under `content/`; defaults to the built-in one for coated
    /// paper (FOGRA39).
    #[serde(default)]
    pub icc: Option<String>,
    /// The name of the ICC profile's printing condition, such as `FOGRA51`.
    #[serde(default)]
    pub output_condition: Option<String>,
    /// Whether to draw crop marks, registration marks and a colour bar around the pages.
    #[serde(default)]
    pub marks: bool,
    /// The names of the spot colours that the template prints in addition to the four inks.
    #[serde(default)]
    pub spots: Vec<String>,
    /// The pages of a signature: blank pages before the back cover fill the last one.
    #[serde(default)]
    #[schemars(range(min = 2, max = 64))]
    pub signature: Option<u8>,
}

/// A whole report, ready for a template.
#[derive(Debug)]
pub struct Report {
    /// The settings.
    pub config: ReportConfig,
    /// The parts in page order.
    pub parts: Vec<Part>,
    /// The location of the list of parts in the settings.
    pub place: Place,
    /// The location of the pages of a signature in the settings.
    pub signature: Place,
    /// The blocks that are counted, in order.
    pub numbered: Vec<Numbered>,
    /// The terms, in the order of their list.
    pub terms: Vec<TermEntry>,
    /// The index.
    pub index: Vec<IndexEntry>,
    /// The formatted list of references, in order.
    pub references: Vec<ReferenceEntry>,
    /// The author's suppressions.
    pub suppressions: Vec<Suppression>,
    /// Whether the cover's picture has its title.
    pub finished_cover: bool,
}

/// A part of the report, which begins on a page of its own.
#[derive(Debug)]
pub struct Part {
    /// An identifier, unique in the report and stable while the text changes: the file's stem.
    pub id: String,
    /// The location that requested it: the start of its file, or the entry in `parts`.
    pub place: Place,
    /// The files of its text, in order; the first one has its front matter.
    pub files: Vec<PartFile>,
    /// Its number among the parts of its kind, from 1; `None` if it has none.
    pub number: Option<usize>,
    /// Its number as the numbers of its headings begin: `3`, or `A` for an appendix.
    pub mark: Option<String>,
    /// Its label as printed, such as `第三章`, where it has a number.
    pub label: Option<String>,
    /// Its label in running heads, where that is another.
    pub running_label: Option<String>,
    /// Its label in the text, by which it is referred to.
    pub anchor: Anchor,
    /// Whether it stands in the list of contents.
    pub listed: bool,
    /// Its page budget, and the location that sets it.
    pub budget: Option<(u32, Place)>,
    /// Its content.
    pub content: PartContent,
}

/// A file of a part's text.
#[derive(Debug, Clone)]
pub struct PartFile {
    /// The file.
    pub file: Arc<SourceFile>,
    /// How many lines the part has in the files before it: lines are counted through the part, so
    /// that each number says file and line.
    pub before: usize,
}

impl PartFile {
    /// Returns the location of a line of a part with these files, counted from 1 through them;
    /// `place` is the part's own.
    pub fn line(files: &[Self], place: &Place, line: usize) -> Place {
        let holds = |file: &&Self| file.before < line.max(1);
        match files.iter().rev().find(holds) {
            Some(Self { file, before }) => Place::of_line(file, line.max(1) - before),
            None => Place::of_line(&place.file, line),
        }
    }
}

impl Part {
    /// Returns the location of a line of the part, counted from 1 through its files.
    pub fn line(&self, line: usize) -> Place {
        PartFile::line(&self.files, &self.place, line)
    }
}

/// The content of a part.
#[derive(Debug, Serialize)]
#[serde(tag = "layout", rename_all = "kebab-case")]
pub enum PartContent {
    /// The front cover.
    Cover,
    /// The table of contents.
    Contents,
    /// The list of figures.
    ListOfFigures,
    /// The list of tables.
    ListOfTables,
    /// The list of figures, and below it that of tables.
    Lists,
    /// The index.
    Index,
    /// The list of references.
    References,
    /// The back cover.
    BackCover,
    /// A preface.
    Foreword {
        /// Its fields.
        #[serde(flatten)]
        matter: ForewordMatter,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// A trend, the report's main unit.
    Trend {
        /// Its fields.
        #[serde(flatten)]
        matter: TrendMatter,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// A partner's page.
    Insert {
        /// Its fields.
        #[serde(flatten)]
        matter: InsertMatter,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// Pages of a finished PDF.
    Placed {
        /// Its fields.
        #[serde(flatten)]
        matter: PlacedMatter,
        /// Its pages.
        leaves: Vec<PlacedPage>,
    },
    /// Who made the report.
    Colophon {
        /// Its fields.
        #[serde(flatten)]
        matter: ColophonMatter,
        /// Its text: the page has no room for tables and figures.
        blocks: Vec<TextBlock>,
    },
    /// The imprint.
    Imprint {
        /// Its fields.
        #[serde(flatten)]
        matter: ImprintMatter,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// A part of any other kind: its text is all that it has.
    #[serde(untagged)]
    Text(TextPart),
}

/// A part that has nothing but its text: a chapter, a divider, a summary, a glossary, an appendix.
#[derive(Debug, Serialize)]
pub struct TextPart {
    /// Its kind.
    #[serde(rename = "layout")]
    pub kind: PartKind,
    /// Its fields.
    #[serde(flatten)]
    pub matter: TextMatter,
    /// Its text.
    pub blocks: Vec<Block>,
}

impl PartContent {
    /// Returns the part's kind.
    pub fn kind(&self) -> PartKind {
        match self {
            Self::Cover => PartKind::Cover,
            Self::Contents => PartKind::Contents,
            Self::ListOfFigures => PartKind::ListOfFigures,
            Self::ListOfTables => PartKind::ListOfTables,
            Self::Lists => PartKind::Lists,
            Self::Index => PartKind::Index,
            Self::References => PartKind::References,
            Self::BackCover => PartKind::BackCover,
            Self::Foreword { .. } => PartKind::Foreword,
            Self::Trend { .. } => PartKind::Trend,
            Self::Insert { .. } => PartKind::Insert,
            Self::Placed { .. } => PartKind::Placed,
            Self::Colophon { .. } => PartKind::Colophon,
            Self::Imprint { .. } => PartKind::Imprint,
            Self::Text(part) => part.kind,
        }
    }

    /// Returns the part's title; `None` if other files give it one, or it has none.
    pub fn title(&self) -> Option<&str> {
        Some(match self {
            Self::Cover
            | Self::Contents
            | Self::ListOfFigures
            | Self::ListOfTables
            | Self::Lists
            | Self::Index
            | Self::References
            | Self::BackCover => return None,
            Self::Foreword { matter, .. } => &matter.title,
            Self::Trend { matter, .. } => &matter.title,
            Self::Insert { matter, .. } => &matter.title,
            Self::Placed { matter, .. } => &matter.title,
            Self::Colophon { matter, .. } => &matter.title,
            Self::Imprint { matter, .. } => &matter.title,
            Self::Text(part) => &part.matter.title,
        })
    }

    /// Returns the part's text; a colophon's is text alone, and is not among it.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Self::Cover
            | Self::Contents
            | Self::ListOfFigures
            | Self::ListOfTables
            | Self::Lists
            | Self::Index
            | Self::References
            | Self::BackCover
            | Self::Placed { .. }
            | Self::Colophon { .. } => &[],
            Self::Foreword { blocks, .. }
            | Self::Trend { blocks, .. }
            | Self::Insert { blocks, .. }
            | Self::Imprint { blocks, .. }
            | Self::Text(TextPart { blocks, .. }) => blocks,
        }
    }

    /// Adds a block at the end of the part's text; none to a part that has no such text.
    pub fn push(&mut self, block: Block) {
        match self {
            Self::Foreword { blocks, .. }
            | Self::Trend { blocks, .. }
            | Self::Insert { blocks, .. }
            | Self::Imprint { blocks, .. }
            | Self::Text(TextPart { blocks, .. }) => blocks.push(block),
            _ => {}
        }
    }

    /// Returns what [`blocks`](Self::blocks) returns, for modification.
    pub fn blocks_mut(&mut self) -> &mut [Block] {
        match self {
            Self::Cover
            | Self::Contents
            | Self::ListOfFigures
            | Self::ListOfTables
            | Self::Lists
            | Self::Index
            | Self::References
            | Self::BackCover
            | Self::Placed { .. }
            | Self::Colophon { .. } => &mut [],
            Self::Foreword { blocks, .. }
            | Self::Trend { blocks, .. }
            | Self::Insert { blocks, .. }
            | Self::Imprint { blocks, .. }
            | Self::Text(TextPart { blocks, .. }) => blocks,
        }
    }
}
