//! The comparison as a web page in one file: the summary, then the pages side by side with the
//! changes boxed.
//!
//! Without scripts, and without anything from elsewhere: it can be sent, kept and printed.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::picture::{Picture, draw};
use super::summary::{change_line, part_line, title};
use super::version::{At, Version};
use super::{Change, ChangeKind, Comparison, Op, PageRow, Words};
use crate::error::Unreadable;
use l10n::{Language, said, say};

/// The resolution of a changed page, in pixels per inch.
const LARGE: f64 = 100.0;
/// The resolution of an unchanged page, in pixels per inch.
const SMALL: f64 = 16.0;
/// The number of characters of unchanged text shown before and after a change.
const AROUND: usize = 60;

/// Renders the comparison of two versions as HTML; fails if a page cannot be drawn.
pub fn html(comparison: &Comparison, a: &Version, b: &Version) -> Result<String, Unreadable> {
    let lang = if b.lang.is_empty() { &a.lang } else { &b.lang };
    let lang = if lang.is_empty() { "zh-CN" } else { lang };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
        Language::now().tag()
    );
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n";
    let title = say!("what changed: {before} to {after}", before = a.name, after = b.name);
    _ = write!(out, "<title>{}</title>\n<style>\n", text(&title));
    out += include_str!("report.css");
    _ = write!(out, "</style>\n</head>\n<body>\n<header>\n<h1>{}</h1>\n", said("What changed"));
    _ = write!(
        out,
        "<dl class=\"versions\"><dt>{}</dt><dd>{}</dd>",
        said("A, before"),
        text(&a.name)
    );
    _ = writeln!(out, "<dt>{}</dt><dd>{}</dd></dl>", said("B, after"), text(&b.name));
    if comparison.same() {
        _ = write!(out, "<p>{}</p>\n</header>\n</body>\n</html>\n", said("No differences."));
        return Ok(out);
    }
    _ = writeln!(out, "<p>{}</p>\n</header>\n<main>", text(&comparison.counts()));
    let page = Page { comparison, a, b, lang };
    page.summary(&mut out);
    page.pages(&mut out)?;
    out += "</main>\n</body>\n</html>\n";
    Ok(out)
}

struct Page<'a> {
    comparison: &'a Comparison,
    a: &'a Version,
    b: &'a Version,
    lang: &'a str,
}

impl Page<'_> {
    fn summary(&self, out: &mut String) {
        let head = said("Summary");
        _ = writeln!(out, "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">{head}</h2>");
        let lines = self.comparison.page_lines();
        if !lines.is_empty() {
            _ = writeln!(out, "<ul class=\"parts\">");
            for line in lines {
                _ = writeln!(out, "<li>{}</li>", text(&line));
            }
            out.push_str("</ul>\n");
        }
        if !self.comparison.parts.is_empty() {
            _ = writeln!(out, "<h3>{}</h3>\n<ul class=\"parts\">", said("Parts"));
            for part in &self.comparison.parts {
                _ = writeln!(
                    out,
                    "<li lang=\"{}\">{}</li>",
                    text(self.lang),
                    text(&part_line(part))
                );
            }
            out.push_str("</ul>\n");
        }
        let mut part = None;
        let told = |change: &Change| change.kind != ChangeKind::Renumbered;
        for (at, change) in
            self.comparison.changes.iter().enumerate().filter(|(_, change)| told(change))
        {
            if part != Some(&change.part) {
                part = Some(&change.part);
                _ = writeln!(
                    out,
                    "<h3 lang=\"{}\">{}</h3>",
                    text(self.lang),
                    text(&title(&change.part))
                );
            }
            self.change(at, change, out);
        }
        if !self.comparison.references.is_empty() {
            let head = said("Renumbered references");
            _ = write!(out, "<h3 id=\"references\">{head}</h3>\n<p>");
            let moved: Vec<_> = self
                .comparison
                .references
                .iter()
                .map(|one| format!("[{}] → [{}]", one.from, one.to))
                .collect();
            _ = writeln!(out, "{}</p>", text(&moved.join(", ")));
        }
        out.push_str("</section>\n");
    }

    fn change(&self, at: usize, change: &Change, out: &mut String) {
        let (head, rest) = change_line(change)
            .split_once(", ")
            .map_or((change_line(change), String::new()), |(h, r)| (h.to_owned(), r.to_owned()));
        _ = write!(
            out,
            "<article class=\"change {}\" id=\"change-{at}\">\n<p class=\"where\">",
            class(change.kind)
        );
        _ = write!(out, "<span class=\"kind\">{}</span> ", text(&head));
        match self.row_of(change) {
            Some(row) => _ = write!(out, "<a href=\"#row-{row}\">{}</a>", text(&rest)),
            None => out.push_str(&text(&rest)),
        }
        out.push_str("</p>\n");
        if change.words.iter().any(|piece| !piece.text.is_empty()) {
            _ = writeln!(out, "<p lang=\"{}\">{}</p>", text(self.lang), marked(&change.words));
        }
        out.push_str("</article>\n");
    }

    /// Returns the row of pages that shows a change.
    fn row_of(&self, change: &Change) -> Option<usize> {
        let page = |marks: &[At]| marks.first().map(|at| at.page);
        let (new, old) = (page(&change.marks_b), page(&change.marks_a));
        let row = |row: &PageRow| {
            new.is_some() && row.b == new || new.is_none() && old.is_some() && row.a == old
        };
        self.comparison.pages.iter().position(row)
    }

    fn pages(&self, out: &mut String) -> Result<(), Unreadable> {
        let head = said("Pages side by side");
        _ = write!(
            out,
            "<section aria-labelledby=\"pages\">\n<h2 id=\"pages\">{head}</h2>\n<ul class=\"legend\">"
        );
        for (class, what) in [
            ("changed", say!("changed")),
            ("added", say!("added")),
            ("removed", say!("removed")),
            ("moved", say!("moved, resized, renumbered")),
            ("look", say!("looks different")),
        ] {
            _ = write!(out, "<li><i class=\"{class}\"></i>{what}</li>");
        }
        out.push_str("</ul>\n");
        let rows = &self.comparison.pages;
        let wanted = |differs: bool, page: &dyn Fn(&PageRow) -> Option<usize>| -> Vec<usize> {
            rows.iter().filter(|row| row.differs() == differs).filter_map(page).collect()
        };
        let mut old = draw(self.a, &wanted(true, &|row| row.a), LARGE)?.into_iter();
        let mut new = draw(self.b, &wanted(true, &|row| row.b), LARGE)?.into_iter();
        let mut small = draw(self.b, &wanted(false, &|row| row.b), SMALL)?.into_iter();
        let mut at = 0;
        for run in rows.chunk_by(|one, next| !one.differs() && !next.differs()) {
            if run[0].differs() {
                let old = run[0].a.and_then(|_| old.next());
                let new = run[0].b.and_then(|_| new.next());
                self.row(at, &run[0], old, new, out);
            } else {
                _ = write!(
                    out,
                    "<h3 class=\"quiet\">{}</h3>\n<ul class=\"same\">",
                    said("Unchanged")
                );
                for (row, picture) in run.iter().zip(&mut small) {
                    let label = text(&labels(row));
                    _ = write!(out, "<li><img alt=\"\" src=\"{}\">{label}</li>", data(&picture));
                }
                out.push_str("</ul>\n");
            }
            at += run.len();
        }
        out.push_str("</section>\n");
        Ok(())
    }

    fn row(
        &self,
        at: usize,
        row: &PageRow,
        old: Option<Picture>,
        new: Option<Picture>,
        out: &mut String,
    ) {
        let what = match (row.a, row.b) {
            (None, _) => say!("added"),
            (_, None) => say!("removed"),
            _ if row.moved => say!("moved"),
            _ => String::new(),
        };
        _ = writeln!(
            out,
            "<article class=\"row\" id=\"row-{at}\">\n<h3>{} {what}</h3>\n<div class=\"sides\">",
            text(&labels(row))
        );
        let shape = |version: &Version, page: Option<usize>| {
            page.map(|page| (version.pages[page].width, version.pages[page].height))
        };
        let size = shape(self.b, row.b).or(shape(self.a, row.a)).unwrap_or((210.0, 297.0));
        self.side("A", self.a, row.a.zip(old), &|change| &change.marks_a, size, out);
        self.side("B", self.b, row.b.zip(new), &|change| &change.marks_b, size, out);
        out.push_str("</div>\n</article>\n");
    }

    fn side(
        &self,
        name: &str,
        version: &Version,
        page: Option<(usize, Picture)>,
        marks: &dyn Fn(&Change) -> &[At],
        size: (f64, f64),
        out: &mut String,
    ) {
        let Some((page, picture)) = page else {
            let ratio = format!("{:.1} / {:.1}", size.0, size.1);
            _ = write!(out, "<figure class=\"side\"><figcaption>{name}</figcaption>");
            _ = writeln!(
                out,
                "<div class=\"sheet absent\" style=\"aspect-ratio:{ratio}\">{}</div></figure>",
                say!("not in {name}", name)
            );
            return;
        };
        let paper = &version.pages[page];
        let label = text(&paper.label);
        _ = writeln!(
            out,
            "<figure class=\"side\"><figcaption>{name}, {label}</figcaption>\n<div class=\"sheet\">"
        );
        let (width, height) = (picture.width, picture.height);
        _ = writeln!(
            out,
            "<img width=\"{width}\" height=\"{height}\" alt=\"{}\" src=\"{}\">",
            say!("page {label} of {name}", label, name),
            data(&picture)
        );
        for (at, change) in self.comparison.changes.iter().enumerate() {
            for mark in marks(change).iter().filter(|mark| mark.page == page) {
                // A little air, so that the border hides no stroke.
                let rect = mark.rect.inflate(1.5, 1.0);
                let target = match change.kind {
                    ChangeKind::Renumbered => "references".to_owned(),
                    _ => format!("change-{at}"),
                };
                let share = |value: f64, whole: f64| (value / whole * 1e4).round() / 100.0;
                _ = writeln!(
                    out,
                    "<a class=\"box {}\" href=\"#{target}\" tabindex=\"-1\" aria-hidden=\"true\" title=\"{}\" style=\"left:{}%;top:{}%;width:{}%;height:{}%\"></a>",
                    class(change.kind),
                    text(&change_line(change)),
                    share(rect.x0, paper.width),
                    share(rect.y0, paper.height),
                    share(rect.width(), paper.width),
                    share(rect.height(), paper.height)
                );
            }
        }
        out.push_str("</div></figure>\n");
    }
}

fn labels(row: &PageRow) -> String {
    match (&row.from, &row.to) {
        (Some(from), Some(to)) if from != to => format!("{from} → {to}"),
        (_, Some(label)) | (Some(label), None) => label.clone(),
        (None, None) => String::new(),
    }
}

fn class(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Changed => "changed",
        ChangeKind::Added => "added",
        ChangeKind::Removed => "removed",
        ChangeKind::Moved => "moved",
        ChangeKind::Resized => "resized",
        ChangeKind::Renumbered => "renumbered",
        ChangeKind::Look => "look",
    }
}

/// Marks up removals and additions; unchanged text far from a change is left out.
fn marked(words: &[Words]) -> String {
    let mut out = String::new();
    let last = words.len().saturating_sub(1);
    for (at, piece) in words.iter().enumerate() {
        match piece.op {
            Op::Removed => _ = write!(out, "<del>{}</del>", text(&piece.text)),
            Op::Added => _ = write!(out, "<ins>{}</ins>", text(&piece.text)),
            Op::Same => {
                let chars: Vec<char> = piece.text.chars().collect();
                let head = if at == 0 && last > 0 { 0 } else { AROUND };
                let tail = if at == last && last > 0 { 0 } else { AROUND };
                if chars.len() <= head + tail + 1 {
                    out += &text(&piece.text);
                } else {
                    let (head, tail) = (&chars[..head], &chars[chars.len() - tail..]);
                    out += &text(&head.iter().collect::<String>());
                    out += "<span class=\"gap\">…</span>";
                    out += &text(&tail.iter().collect::<String>());
                }
            }
        }
    }
    out
}

fn data(picture: &Picture) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(picture.png()))
}

/// Escapes text for HTML content and attributes.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
