//! What a report is made of: little data, so that a report that fails is easily made smaller.

use super::charts_more;
use super::random::Random;

/// A report by chance.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) template: &'static str,
    /// Columns, where the template's own number is not asked for.
    pub(super) columns: Option<u8>,
    pub(super) lang: &'static str,
    pub(super) trim: [&'static str; 2],
    /// The number of entries in the list of references; none where nothing is cited.
    pub(super) references: usize,
    /// Whether entries are listed that nothing cites.
    pub(super) uncited: bool,
    /// How headings are numbered.
    pub(super) numbering: &'static str,
    /// How deep the list of contents goes.
    pub(super) depth: u8,
    /// The settings of footnotes, as report.yaml has them.
    pub(super) footnotes: &'static str,
    /// How figures and tables are counted.
    pub(super) captions: &'static str,
    pub(super) apparatus: Apparatus,
    pub(super) parts: Vec<Part>,
}

/// What a report refers to and lists.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Apparatus {
    pub(super) labels: bool,
    pub(super) index: bool,
    pub(super) glossary: bool,
    pub(super) lists: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Cover,
    Foreword,
    Contents,
    Trend,
    Insert,
    References,
    Colophon,
    BackCover,
}

#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) kind: PartKind,
    /// What a part of the middle is, if it is no trend.
    pub(super) layout: Option<&'static str>,
    /// From it comes all that the part says itself.
    pub(super) seed: u64,
    /// The page budget.
    pub(super) pages: Option<usize>,
    /// The length of the title, in characters.
    pub(super) title: usize,
    /// The number of sentences in a trend's quote; 0 for none. Elsewhere, of names and codes.
    pub(super) extras: usize,
    pub(super) blocks: Vec<Block>,
}

/// A block, all of which comes from these three.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) form: Form,
    pub(super) seed: u64,
    /// Sentences, items, lines or rows.
    pub(super) size: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Paragraph,
    Heading,
    List,
    Quote,
    Code,
    Equation,
    Table,
    Figure,
    Chart(&'static str),
    Box(&'static str),
    Kpi,
    Figures,
    Landscape,
}

const TRIMS: [[&str; 2]; 9] = [
    ["210mm", "285mm"],
    ["210mm", "285mm"],
    ["210mm", "297mm"],
    ["148mm", "210mm"],
    ["185mm", "260mm"],
    ["170mm", "240mm"],
    ["8.5in", "11in"],
    ["297mm", "210mm"],
    ["297mm", "420mm"],
];

const BOXES: [&str; 7] = ["box", "note", "tip", "warning", "aside", "summary", "quote"];

const CHARTS: [&str; 7] = ["bar", "stacked", "line", "range", "pie", "timeline", "matrix"];

const LAYOUTS: [&str; 7] =
    ["chapter", "chapter", "divider", "summary", "glossary", "appendix", "imprint"];

impl Plan {
    /// The report of a seed. One in eight may be long.
    pub(super) fn of(seed: u64) -> Self {
        let random = &mut Random(seed);
        let long = random.one_in(8);
        let mut parts = vec![];
        let add = |kind, random: &mut Random, parts: &mut Vec<Part>| {
            parts.push(Part::by_chance(kind, long, random));
        };
        let references = if random.one_in(2) { random.mostly_small(1..=60) } else { 0 };
        for kind in [PartKind::Cover, PartKind::Foreword, PartKind::Contents] {
            if random.one_in(2) {
                add(kind, random, &mut parts);
            }
        }
        for _ in 0..random.mostly_small(1..=if long { 8 } else { 4 }) {
            add(PartKind::Trend, random, &mut parts);
        }
        if random.one_in(4) {
            let at = random.within(0..=parts.len());
            parts.insert(at, Part::by_chance(PartKind::Insert, long, random));
        }
        if references > 0 && !random.one_in(4) {
            add(PartKind::References, random, &mut parts);
        }
        for kind in [PartKind::Colophon, PartKind::BackCover] {
            if random.one_in(3) {
                add(kind, random, &mut parts);
            }
        }
        let lang = random.pick(&["zh-CN", "zh-CN", "zh-TW", "en"]);
        let (trim, uncited) = (random.pick(&TRIMS), random.one_in(2));
        let (mut numbering, mut depth) = ("none", 1);
        // By numbers of their own, so that a seed stays the report that it was.
        let random = &mut Random(seed ^ 0x13);
        if random.one_in(2) {
            numbering = random.pick(&["none", "chinese", "decimal"]);
            depth = random.pick(&[1, 2, 3]);
            for part in parts.iter_mut().filter(|part| part.kind == PartKind::Trend) {
                part.layout = random.one_in(2).then(|| random.pick(&LAYOUTS));
            }
        }
        let (mut template, mut columns) = ("report", None);
        let random = &mut Random(seed ^ 0x14);
        if random.one_in(3) {
            template = "paper";
            columns = random.one_in(2).then(|| random.pick(&[1, 2, 3]));
            // It has no trends.
            for part in parts.iter_mut().filter(|part| part.kind == PartKind::Trend) {
                part.layout = part.layout.or(Some("chapter"));
            }
        }
        let (footnotes, captions, apparatus) = ("", "report", Apparatus::default());
        let mut out = Self {
            template,
            columns,
            lang,
            trim,
            references,
            uncited,
            numbering,
            depth,
            footnotes,
            captions,
            apparatus,
            parts,
        };
        out.draw_apparatus(seed);
        out
    }

    /// The report of a seed, in which charts of the other kinds stand under headings, and nothing
    /// else: what goes wrong is theirs.
    pub(super) fn of_charts(seed: u64) -> Self {
        let mut plan = Self::of(seed);
        let random = &mut Random(seed ^ 0x14);
        for part in &mut plan.parts {
            let wanted = if part.kind == PartKind::Trend { random.within(1..=6) } else { 0 };
            part.blocks = (0..wanted)
                .map(|at| {
                    let chart = Form::Chart(random.pick(&charts_more::KINDS));
                    let form = if at > 0 && random.one_in(4) { Form::Heading } else { chart };
                    Block { form, seed: random.next(), size: random.mostly_small(1..=30) }
                })
                .collect();
            if part.kind != PartKind::Trend {
                part.extras = 0;
            }
        }
        plan
    }
}

impl PartKind {
    /// Whether its text holds all blocks.
    pub(super) fn holds_blocks(self) -> bool {
        matches!(self, Self::Foreword | Self::Trend | Self::Insert)
    }
}

impl Part {
    fn by_chance(kind: PartKind, long: bool, random: &mut Random) -> Self {
        let has_text = matches!(
            kind,
            PartKind::Foreword | PartKind::Trend | PartKind::Insert | PartKind::Colophon
        );
        let most = match kind {
            PartKind::Trend if long => 24,
            PartKind::Trend => 8,
            _ => 4,
        };
        let count = if has_text { random.mostly_small(0..=most) } else { 0 };
        let text_alone = kind == PartKind::Colophon;
        let mut blocks: Vec<_> =
            (0..count).map(|_| Block::by_chance(text_alone, long, random)).collect();
        if kind == PartKind::Trend && random.one_in(3) {
            // Before the first paragraph, a list is the key points.
            let size = random.mostly_small(1..=60);
            blocks.insert(0, Block { form: Form::List, seed: random.next(), size });
        }
        Self {
            kind,
            layout: None,
            seed: random.next(),
            pages: random.one_in(2).then(|| random.within(1..=6)),
            title: random.mostly_small(2..=60),
            extras: if random.one_in(2) { random.mostly_small(1..=12) } else { 0 },
            blocks,
        }
    }
}

impl Block {
    fn by_chance(text_alone: bool, long: bool, random: &mut Random) -> Self {
        let form = match random.below(if text_alone { 11 } else { 20 }) {
            0 if random.one_in(4) => Form::Equation,
            0..5 => Form::Paragraph,
            5 | 6 => Form::Heading,
            7 | 8 => Form::List,
            9 => Form::Quote,
            10 => Form::Code,
            11 | 12 => Form::Table,
            13 => Form::Figure,
            16 | 17 => Form::Box(random.pick(&BOXES)),
            18 => Form::Kpi,
            19 => Form::Figures,
            _ => Form::Chart(random.pick(&CHARTS)),
        };
        let most = match form {
            Form::Paragraph if long => 1500,
            Form::Paragraph | Form::List | Form::Chart(_) => 60,
            Form::Heading | Form::Figure | Form::Box(_) | Form::Landscape => 6,
            Form::Kpi | Form::Figures | Form::Equation => 12,
            Form::Quote => 30,
            Form::Code => 200,
            Form::Table => 150,
        };
        // What is neither short nor common is what a page has no room for.
        let most = if random.one_in(if long { 4 } else { 12 }) { most } else { most.min(12) };
        Self { form, seed: random.next(), size: random.mostly_small(1..=most) }
    }
}
