//! The report as a web page in one file, without scripts and without anything from elsewhere: it
//! can be sent, kept and printed.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use l10n::{Language, say};
use pdf_diff::escaped;
use preflight::Profile;

use super::look::{Screen, smaller};
use super::told::{Told, ToldFinding, ToldPage};
use super::{Inspected, standard, title};

/// The width of a page in an overview, in pixels: twice that on the page, for fine screens.
const OVERVIEW: usize = 270;

/// Writes the report on files.
pub fn html(files: &[Inspected], profile: &Profile) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
        Language::now().tag()
    );
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n";
    let title = title(files);
    _ = write!(out, "<title>{}</title>\n<style>\n", escaped(&title));
    out += include_str!("report.css");
    out += "</style>\n</head>\n<body>\n<header>\n";
    _ = writeln!(out, "<h1>{}</h1>", escaped(&title));
    _ = writeln!(out, "<p class=\"soft\">{}</p>", with_code(&standard(profile)));
    let told: Vec<Told> = files.iter().map(|file| Told::of(file, profile)).collect();
    if told.len() > 1 {
        out += "<ol class=\"files\">\n";
        for (at, one) in told.iter().enumerate() {
            _ = writeln!(
                out,
                "<li class=\"{}\"><a href=\"#file-{at}\">{}</a> <b>{}</b> <span class=\"soft\">{}</span></li>",
                class(one.passes),
                escaped(&one.name),
                escaped(&one.verdict),
                escaped(&one.counts)
            );
        }
        out += "</ol>\n";
    }
    out += "</header>\n<main>\n";
    let screen = Screen::new();
    for (at, (file, one)) in files.iter().zip(&told).enumerate() {
        section(at, told.len() == 1, file, one, &screen, &mut out);
    }
    out += "</main>\n</body>\n</html>\n";
    out
}

/// Text in which what stands between backticks is code.
fn with_code(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        match at % 2 {
            0 => out += &escaped(part),
            _ => _ = write!(out, "<code>{}</code>", escaped(part)),
        }
    }
    out
}

fn class(passes: bool) -> &'static str {
    if passes { "fit" } else { "unfit" }
}

fn section(
    at: usize,
    alone: bool,
    file: &Inspected,
    told: &Told,
    screen: &Screen,
    out: &mut String,
) {
    let name = escaped(&told.name);
    _ = writeln!(
        out,
        "<section class=\"file {}\" id=\"file-{at}\" aria-label=\"{name}\">",
        class(told.passes)
    );
    // The name of a single file is the title.
    if !alone {
        _ = writeln!(out, "<h2>{name}</h2>");
    }
    _ = writeln!(
        out,
        "<p class=\"verdict\"><b>{}</b> {}</p>",
        escaped(&told.verdict),
        escaped(&told.counts)
    );
    pairs(&told.facts, out);
    if !told.mended.is_empty() {
        _ = writeln!(out, "<h3>{}</h3>\n<ul>", say!("Mended"));
        for one in &told.mended {
            _ = writeln!(out, "<li>{}</li>", with_code(one));
        }
        out.push_str("</ul>\n");
    }
    if !told.findings.is_empty() {
        _ = writeln!(out, "<h3>{}</h3>\n<ol class=\"findings\">", say!("Findings"));
        for one in &told.findings {
            finding(at, one, out);
        }
        out.push_str("</ol>\n");
    }
    let looks = file.outcome.iter().flat_map(|report| &report.pages);
    let pages: Vec<_> = told.pages.iter().zip(looks).collect();
    // Places can be seen on large pages alone; all others are an overview.
    let (marked, others): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|(told, _)| !told.marks.is_empty());
    for (large, pages) in [(true, marked), (false, others)] {
        if pages.is_empty() {
            continue;
        }
        let title = match (large, told.pages.iter().any(|page| !page.marks.is_empty())) {
            (true, _) => say!("Pages with findings"),
            (false, true) => say!("Other pages and their total ink"),
            (false, false) => say!("Pages and total ink"),
        };
        let class = if large { "pages large" } else { "pages" };
        _ = writeln!(out, "<h3>{title}</h3>\n<div class=\"{class}\">");
        let width = if large { usize::MAX } else { OVERVIEW };
        for (one, ink) in pages {
            let png = ink.look.as_ref().and_then(|look| screen.png(&smaller(look, width)));
            page(at, one, told.limit, png, out);
        }
        out.push_str("</div>\n");
    }
    out.push_str("<div class=\"columns\">\n");
    if !told.fonts.is_empty() {
        _ = writeln!(out, "<div><h3>{}</h3>\n<ul class=\"fonts\">", say!("Fonts"));
        for font in &told.fonts {
            let class = if font.embedded { "" } else { " class=\"missing\"" };
            _ = writeln!(
                out,
                "<li{class}>{} <span class=\"soft\">{}</span></li>",
                escaped(&font.name),
                escaped(&font.about)
            );
        }
        out.push_str("</ul></div>\n");
    }
    for (title, list) in [(say!("Images"), &told.pictures), (say!("Boxes"), &told.boxes)] {
        if !told.pages.is_empty() {
            _ = writeln!(out, "<div><h3>{title}</h3>");
            pairs(list, out);
            out.push_str("</div>\n");
        }
    }
    out.push_str("</div>\n</section>\n");
}

fn pairs(list: &[(String, String)], out: &mut String) {
    out.push_str("<dl>");
    for (label, value) in list {
        _ = write!(out, "<dt>{}</dt><dd>{}</dd>", escaped(label), escaped(value));
    }
    out.push_str("</dl>\n");
}

fn kind(error: bool) -> &'static str {
    if error { "error" } else { "warning" }
}

fn finding(at: usize, one: &ToldFinding, out: &mut String) {
    _ = writeln!(
        out,
        "<li class=\"{}\" id=\"finding-{at}-{number}\"><span class=\"number\">{number}</span><div><p><b>{}</b> <code>{}</code></p>",
        kind(one.error),
        with_code(&one.message),
        one.code,
        number = one.number
    );
    _ = writeln!(out, "<p class=\"soft\">{}</p>", escaped(&one.places));
    _ = writeln!(out, "<p>{}</p>", with_code(&say!("hint: {hint}", hint = one.hint)));
    if !one.others.is_empty() {
        let count = one.others.len();
        _ = write!(out, "<details><summary>{}</summary><ul>", say!("{count} more", count));
        for other in &one.others {
            _ = write!(out, "<li>{}</li>", with_code(other));
        }
        out.push_str("</ul></details>\n");
    }
    out.push_str("</div></li>\n");
}

fn page(at: usize, one: &ToldPage, limit: f64, png: Option<Vec<u8>>, out: &mut String) {
    let Some(png) = png else { return };
    let number = one.page;
    let over = if one.worst.is_some_and(|worst| worst > limit) { " class=\"over\"" } else { "" };
    _ = writeln!(
        out,
        "<figure class=\"page\"><figcaption><b>{}</b> <span{over}>{}</span>",
        say!("page {page}", page = number),
        escaped(&one.ink)
    );
    for finding in &one.numbers {
        _ = write!(out, " <a class=\"number\" href=\"#finding-{at}-{finding}\">{finding}</a>");
    }
    let unknown = if one.worst.is_none() { " unknown" } else { "" };
    _ = writeln!(
        out,
        "</figcaption><div class=\"sheet{unknown}\"><img alt=\"{}\" src=\"data:image/png;base64,{}\">",
        say!("page {page}", page = number),
        STANDARD.encode(png)
    );
    let style = |[left, top, width, height]: [f64; 4]| {
        let cent = |share: f64| (share * 1e4).round() / 100.0;
        let [left, top, width, height] = [left, top, width, height].map(cent);
        format!("left:{left}%;top:{top}%;width:{width}%;height:{height}%")
    };
    _ = writeln!(out, "<i class=\"trim\" style=\"{}\"></i>", style(one.trim));
    for mark in &one.marks {
        _ = writeln!(
            out,
            "<a class=\"box {}\" href=\"#finding-{at}-{number}\" style=\"{}\"><span class=\"number\">{number}</span></a>",
            kind(mark.error),
            style(mark.place),
            number = mark.number
        );
    }
    out.push_str("</div></figure>\n");
}
