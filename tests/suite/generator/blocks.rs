//! The blocks of a part as Markdown, with the files that they show.

use std::fmt::Write as _;
use std::io::Cursor;

use super::plan::{Block, Form};
use super::random::Random;
use super::text::{Author, Must};
use super::{charts, charts_more};

impl Author<'_> {
    /// A block as its plan wants it; without a line's end.
    pub(super) fn block(&mut self, block: &Block) -> String {
        let size = block.size;
        match block.form {
            Form::Paragraph => self.rich(size),
            Form::Heading => {
                let marks = "#".repeat(self.random.within(2..=4));
                let label = self.label("sec");
                // A reference may say its title.
                let must = if label.is_empty() { self.headings } else { Must::Repeat };
                let words = self.plain(size.min(4), must);
                match label.as_str() {
                    "" => format!("{marks} {words}"),
                    label => format!("{marks} {words} {{{label}}}"),
                }
            }
            Form::List => {
                let most = self.random.mostly_small(1..=30);
                self.list(size, most, 3)
            }
            Form::Quote => self.quote(size),
            Form::Code => self.code(size),
            Form::Equation => self.equation(size),
            Form::Table => self.table(size),
            Form::Figure => self.figure(),
            Form::Chart(kind) if charts_more::KINDS.contains(&kind) => {
                charts_more::write(self, kind, size)
            }
            // These hold no more rows (docs/content.md).
            Form::Chart(kind @ ("pie" | "timeline")) => charts::write(self, kind, size.min(24)),
            Form::Chart(kind) => charts::write(self, kind, size),
            Form::Box(class) => self.boxed(class, size),
            Form::Kpi => self.kpi(size),
            Form::Figures => self.figures(size),
            Form::Landscape => self.landscape(size),
        }
    }

    /// A list of so many items, of at most so many words each, in which others may lie.
    fn list(&mut self, items: usize, words: usize, depth: usize) -> String {
        let ordered = self.random.one_in(3);
        let mut out = vec![];
        let mut left = items;
        while left > 0 {
            left -= 1;
            let mark = if ordered { format!("{}. ", out.len() + 1) } else { "- ".to_owned() };
            let count = self.random.mostly_small(1..=words);
            let mut item = mark.clone() + &self.rich(count);
            let indent = " ".repeat(mark.len());
            if self.random.one_in(12) {
                _ = write!(item, "\n\n{indent}{}", self.rich(count));
            }
            if depth > 1 && left > 0 && self.random.one_in(6) {
                let inner = self.random.within(1..=left);
                left -= inner;
                item += "\n";
                for line in self.list(inner, words, depth - 1).lines() {
                    _ = write!(item, "\n{indent}{line}");
                }
            }
            out.push(item);
        }
        out.join("\n")
    }

    fn quote(&mut self, size: usize) -> String {
        let mut inner = self.rich(size);
        if self.random.one_in(3) {
            inner += "\n\n";
            inner += &self.list(size, 6, 2);
        }
        inner.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
    }

    fn code(&mut self, lines: usize) -> String {
        let mut out = "```\n".to_owned();
        for _ in 0..lines {
            out += &" ".repeat(4 * self.random.below(4));
            let words = self.random.mostly_small(1..=16);
            for at in 0..words {
                out += if at == 0 { "" } else { " = " };
                out += &self.latin(Must::Once);
            }
            out += ";\n";
        }
        out + "```"
    }

    /// A formula in lines of its own; now and then with text around it, or in aligned lines.
    fn equation(&mut self, lines: usize) -> String {
        let formula = match lines {
            1 | 2 => self.formula(),
            _ => {
                let lines: Vec<_> =
                    (0..lines).map(|_| format!("y &= {}", self.formula())).collect();
                format!("\\begin{{aligned}}\n{}\n\\end{{aligned}}", lines.join(" \\\\\n"))
            }
        };
        let mark = if self.random.one_in(2) { "\n" } else { "" };
        let formula = format!("$${mark}{formula}{mark}$$");
        match self.random.one_in(3) {
            true => format!("{}\n{formula}\n{}", self.plain(3, Must::Once), self.rich(3)),
            false => formula,
        }
    }

    fn table(&mut self, rows: usize) -> String {
        let columns = self.random.mostly_small(1..=10);
        let most = self.random.mostly_small(1..=if rows > 40 { 4 } else { 24 });
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let head = (0..columns).map(|_| self.plain(1, Must::Repeat)).collect();
        let rules = (0..columns).map(|_| self.random.pick(&["---", "--:", ":-:"]).to_owned());
        let mut out = vec![row(head), row(rules.collect())];
        let noted = self.manuscript.notes.len();
        // What only tables have is drawn apart, so that all else is as it is without.
        let mut own = self.own();
        let merging = columns > 1 && own.one_in(3);
        // The rows that the first cell reaches over.
        let mut over = 0;
        for _ in 0..rows {
            let goes_on = merging && (1..4).contains(&over) && own.one_in(2);
            over = if goes_on { over + 1 } else { 1 };
            let cells = (0..columns).map(|column| match self.random.below(8) {
                _ if goes_on && column == 0 => "^".to_owned(),
                0 => String::new(),
                1 => format!("**{}**", self.word(Must::Once)),
                2 => format!("`{}`", self.latin(Must::Once)),
                3 if own.one_in(2) => {
                    let mark = own.pick(&["", "- "]);
                    format!("{mark}{}<br>{mark}{}", self.word(Must::Once), self.word(Must::Once))
                }
                _ => {
                    let words = self.random.mostly_small(1..=most);
                    self.short(words)
                }
            });
            out.push(row(cells.collect()));
        }
        if own.one_in(2) {
            out.push(self.title_of_a_table(rows, &mut own));
        }
        if rows > 3 {
            // It may be parted, and its notes stand below its last part.
            self.manuscript.notes.truncate(noted);
        }
        out.join("\n")
    }

    /// A title with attributes, right below its table. It stands again where the table goes on.
    fn title_of_a_table(&mut self, rows: usize, own: &mut Random) -> String {
        let words = own.mostly_small(1..=6);
        let mut out = format!(": {} {{", self.plain(words, Must::Repeat));
        match self.label("tbl") {
            label if label.is_empty() => {}
            label => _ = write!(out, "{label} "),
        }
        if rows > 1 && own.one_in(3) {
            out += "total=1 ";
        }
        if own.one_in(3) {
            _ = write!(out, "unit={} ", self.word(Must::Repeat));
        }
        _ = write!(out, "source=\"{}\"}}", self.plain(2, Must::Once));
        out
    }

    fn figure(&mut self) -> String {
        let (width, height) = self.random.pick(&[(800, 100), (400, 300), (300, 300), (100, 600)]);
        let drawn = self.random.one_in(2);
        let path = self.picture(width, height, drawn);
        let words = self.random.mostly_small(1..=30);
        let caption = self.short(words);
        let mut out = match self.random.below(3) {
            0 => format!("![{caption}]({path})"),
            _ => {
                let words = self.random.mostly_small(1..=6);
                format!("![{caption}]({path} \"{}\")", self.plain(words, Must::Once))
            }
        };
        match self.label("fig") {
            label if label.is_empty() => {}
            label => _ = write!(out, "{{{label} width={}%}}", self.own().within(20..=100)),
        }
        out
    }

    /// Writes a drawing or a photograph, and returns its path below `content/`.
    pub(super) fn picture(&mut self, width: u32, height: u32, drawn: bool) -> String {
        let name = format!("figures/{}", self.manuscript.files.len());
        let (path, bytes) = if drawn {
            let drawing = format!(
                r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<rect width="{width}" height="{height}" fill="#B9D2F8"/>
</svg>"##
            );
            (name + ".svg", drawing.into_bytes())
        } else {
            let mut bytes = vec![];
            let grey = image::GrayImage::from_pixel(width, height, image::Luma([160]));
            grey.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).expect("a PNG");
            (name + ".png", bytes)
        };
        self.manuscript.files.insert(format!("content/{path}"), bytes);
        path
    }
}
