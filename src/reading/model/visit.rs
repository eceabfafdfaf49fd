//! The one descent through a report's text.

use super::{Block, Figure, Inlines, PartContent, TextBlock};

/// Defines the descent through a part and through a block of text, by shared or exclusive
/// reference: the two differ in nothing else.
macro_rules! descent {
    ($part:ident, $text:ident, $table:ident $(, $mutability:tt)?) => {
        fn $part<'a>(
            content: &'a $($mutability)? PartContent,
            out: &mut Vec<&'a $($mutability)? Inlines>,
        ) {
            match content {
                PartContent::Cover
                | PartContent::Contents
                | PartContent::References
                | PartContent::BackCover => {}
                PartContent::Foreword { blocks, .. }
                | PartContent::Trend { blocks, .. }
                | PartContent::Insert { blocks, .. } => {
                    for block in blocks {
                        match block {
                            Block::Text(text) => $text(text, out),
                            Block::Table(table) => out.extend(table.$table()),
                            Block::Figure(Figure { caption, .. }) => out.push(caption),
                            Block::Chart(_) => {}
                        }
                    }
                }
                PartContent::Colophon { blocks, .. } => {
                    for text in blocks {
                        $text(text, out);
                    }
                }
            }
        }

        fn $text<'a>(
            text: &'a $($mutability)? TextBlock,
            out: &mut Vec<&'a $($mutability)? Inlines>,
        ) {
            match text {
                TextBlock::Paragraph { body, .. } | TextBlock::Heading { body, .. } => {
                    out.push(body);
                }
                TextBlock::List { items, .. } => {
                    for item in items {
                        for text in item {
                            $text(text, out);
                        }
                    }
                }
                TextBlock::Quote { blocks } => {
                    for text in blocks {
                        $text(text, out);
                    }
                }
                TextBlock::Code { .. } => {}
            }
        }
    };
}

descent!(runs_in_part, runs_in_text, runs);
descent!(runs_in_part_mut, runs_in_text_mut, runs_mut, mut);

impl PartContent {
    /// Returns the text of every paragraph, heading, caption and table cell, including nested ones,
    /// in the order written.
    pub fn runs(&self) -> Vec<&Inlines> {
        let mut out = vec![];
        runs_in_part(self, &mut out);
        out
    }

    /// Returns what [`runs`](Self::runs) returns, for modification.
    pub fn runs_mut(&mut self) -> Vec<&mut Inlines> {
        let mut out = vec![];
        runs_in_part_mut(self, &mut out);
        out
    }

    /// Returns the part's tables, pictures and charts, in the order written.
    ///
    /// They are never nested: lists and quotations hold only text.
    pub fn illustrations(&self) -> impl Iterator<Item = &Block> {
        let blocks: &[Block] = match self {
            Self::Cover
            | Self::Contents
            | Self::References
            | Self::BackCover
            | Self::Colophon { .. } => &[],
            Self::Foreword { blocks, .. }
            | Self::Trend { blocks, .. }
            | Self::Insert { blocks, .. } => blocks,
        };
        blocks.iter().filter(|block| !matches!(block, Block::Text(_)))
    }
}
