//! The report's data model: pure data, without input or output.

mod anchor;
mod apparatus;
mod block;
mod boxes;
mod chart;
mod chart_keys;
mod check;
mod declaration;
mod entries;
mod floats;
mod folios;
mod formula;
mod kinds;
mod limits;
mod matter;
mod notes;
mod output;
mod report;
mod table;
mod table_spec;
mod visit;

pub use anchor::{Anchor, Cross, CrossForm};
pub use apparatus::{
    IndexEntry, IndexMark, Numbered, NumberedKind, Term, TermEntry, Terms, UsedTerm, WordOrder,
};
pub use block::{Block, Figure, Inline, Inlines, TextBlock};
pub use boxes::{BoxKind, Boxed, Figures, Kpi, KpiItem, SmallPicture, Speaker};
pub use chart::{Chart, ChartKind, ChartSpec, Columns, Scale, Series};
pub use chart_keys::{
    Annotation, Ends, Facet, Label, Layer, LayerKind, Layered, NumberFormat, Orient, Panel,
    Province, RuleSpec, Ruled, Stack, XType,
};
pub use check::{CheckConfig, Dashes, EnglishConfig, Percent, SerialComma, Weight};
pub use declaration::{Declaration, Defaults, FaceLists, ReferencesDefaults, Words};
pub use entries::{Cited, CitedWith, ReferenceEntry};
pub use floats::Floats;
pub use folios::FrontFolios;
pub use formula::{
    Alphabet, Class, Equation, Formula, Grid, GridKind, Length, Math, Place as ScriptPlace, Side,
    Span, Style,
};
pub(in crate::reading) use kinds::is_unnumbered;
pub use kinds::{Counted, KINDS, Kind, Origin, PartKind};
pub use limits::LimitsConfig;
pub use matter::{
    Code, ColophonMatter, CommitteeGroup, ForewordMatter, ImprintMatter, InsertMatter, Labelled,
    PlacedMatter, PlacedPage, Quote, QuoteKind, TextMatter, TrendMatter,
};
pub(crate) use matter::{Common, Matter};
pub use notes::{Endnote, Endnotes, FootnotesConfig, NoteMark, NoteNumbers, NotePlace};
pub use output::{Output, OutputProfile};
pub use report::{
    BackCover, Captions, ContentsConfig, LabelsConfig, Numbering, Part, PartContent, PartFile,
    PressConfig, Publisher, ReferencesConfig, Report, ReportConfig, Suppression, TextPart,
    default_lang, default_template,
};
pub use table::{CellBlock, RowKind, Table, TableCell, TableColumn, TableRow};
pub use table_spec::TableSpec;
