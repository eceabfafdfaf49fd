//! The report's data model: pure data, without input or output.

mod anchor;
mod block;
mod chart;
mod declaration;
mod matter;
mod output;
mod report;
mod table;
mod table_spec;
mod visit;

pub use anchor::{Anchor, Cross, CrossForm};
pub use block::{Block, Figure, Inline, Inlines, TextBlock};
pub use chart::{Chart, ChartKind, ChartSpec, Columns, Scale, Series};
pub use declaration::{Declaration, Defaults, FaceLists, ReferencesDefaults, Words};
pub use matter::{
    Code, ColophonMatter, CommitteeGroup, ForewordMatter, InsertMatter, Labelled, PartKind, Quote,
    QuoteKind, TrendMatter,
};
pub use output::{Output, OutputProfile};
pub use report::{
    BackCover, Captions, CheckConfig, Cited, CitedWith, Part, PartContent, PressConfig, Publisher,
    ReferenceEntry, ReferencesConfig, Report, ReportConfig, Suppression, Weight, default_lang,
    default_template,
};
pub use table::{CellBlock, RowKind, Table, TableCell, TableColumn, TableRow};
pub use table_spec::TableSpec;
