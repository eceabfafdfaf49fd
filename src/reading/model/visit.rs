//! The one descent through a report's text.

use super::{
    Block, Boxed, Endnote, Figure, Figures, Inline, Inlines, Kpi, PartContent, TextBlock, TextPart,
};

/// Defines the descent through a part and through a block of text, by shared or exclusive
/// reference: the two differ in nothing else.
macro_rules! descent {
    ($part:ident, $blocks:ident, $text:ident, $table:ident $(, $mutability:tt)?) => {
        fn $part<'a>(
            content: &'a $($mutability)? PartContent,
            out: &mut Vec<&'a $($mutability)? Inlines>,
        ) {
            match content {
                PartContent::Cover
                | PartContent::Contents
                | PartContent::ListOfFigures
                | PartContent::ListOfTables
                | PartContent::Lists
                | PartContent::Index
                | PartContent::References
                | PartContent::BackCover
                | PartContent::Placed { .. } => {}
                PartContent::Foreword { blocks, .. }
                | PartContent::Trend { blocks, .. }
                | PartContent::Insert { blocks, .. }
                | PartContent::Imprint { blocks, .. }
                | PartContent::Text(TextPart { blocks, .. }) => {
                    $blocks(blocks, out);
                }
                PartContent::Colophon { blocks, .. } => {
                    for text in blocks {
                        $text(text, out);
                    }
                }
            }
        }

        fn $blocks<'a>(
            blocks: &'a $($mutability)? [Block],
            out: &mut Vec<&'a $($mutability)? Inlines>,
        ) {
            for block in blocks {
                match block {
                    Block::Text(text) => $text(text, out),
                    Block::Table(table) => out.extend(table.$table()),
                    Block::Figure(Figure { caption, cited, .. }) => out.extend([caption, cited]),
                    Block::Chart(chart) => out.push(&$($mutability)? chart.cited),
                    Block::Box(boxed) => {
                        let Boxed { title, blocks, .. } = &$($mutability)? **boxed;
                        out.push(title);
                        $blocks(blocks, out);
                    }
                    Block::Kpi(Kpi { title, items, cited, .. }) => {
                        out.push(title);
                        for item in items {
                            out.push(&$($mutability)? item.change);
                            out.push(&$($mutability)? item.label);
                        }
                        out.push(cited);
                    }
                    Block::Figures(group) => {
                        let Figures { figures, caption, .. } = &$($mutability)? **group;
                        out.push(caption);
                        $blocks(figures, out);
                    }
                    Block::Notes(endnotes) => {
                        for note in &$($mutability)? endnotes.notes {
                            let Endnote { body, more, .. } = note;
                            out.push(body);
                            for text in more {
                                $text(text, out);
                            }
                        }
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
                TextBlock::Code { .. } | TextBlock::Equation(_) => {}
            }
        }
    };
}

descent!(runs_in_part, runs_in_blocks, runs_in_text, runs);
descent!(runs_in_part_mut, runs_in_blocks_mut, runs_in_text_mut, runs_mut, mut);

impl Block {
    /// Returns all its text for modification, in the order written.
    pub fn runs_mut(&mut self) -> Vec<&mut Inlines> {
        let mut out = vec![];
        runs_in_blocks_mut(std::slice::from_mut(self), &mut out);
        out
    }
}

impl TextBlock {
    /// Adds its text, that of nested blocks too, in the order written.
    pub(super) fn runs<'a>(&'a self, out: &mut Vec<&'a [Inline]>) {
        let mut found = vec![];
        runs_in_text(self, &mut found);
        out.extend(found.into_iter().map(Vec::as_slice));
    }

    /// Adds what [`runs`](Self::runs) adds, for modification.
    pub(super) fn runs_mut<'a>(&'a mut self, out: &mut Vec<&'a mut Inlines>) {
        runs_in_text_mut(self, out);
    }
}

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

    /// Returns the part's tables, pictures and charts, in the order written: those in boxes too.
    pub fn illustrations(&self) -> impl Iterator<Item = &Block> {
        let mut out = vec![];
        illustrations(self.blocks(), &mut out);
        out.into_iter()
    }

    /// Returns the part's boxes for modification.
    pub fn boxes_mut(&mut self) -> impl Iterator<Item = &mut Boxed> {
        self.blocks_mut().iter_mut().filter_map(|block| match block {
            Block::Box(boxed) => Some(&mut **boxed),
            _ => None,
        })
    }
}

fn illustrations<'b>(blocks: &'b [Block], out: &mut Vec<&'b Block>) {
    for block in blocks {
        match block {
            Block::Table(_) | Block::Figure(_) | Block::Chart(_) => out.push(block),
            Block::Box(boxed) => illustrations(&boxed.blocks, out),
            Block::Figures(group) => illustrations(&group.figures, out),
            Block::Kpi(_) | Block::Notes(_) | Block::Text(_) => {}
        }
    }
}
