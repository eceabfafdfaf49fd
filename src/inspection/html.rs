//! The report as a web page in one file, without scripts and without anything from elsewhere: it
//! can be sent, kept and printed.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use l10n::{Language, say};
use pdf_diff::escaped;
use preflight::Profile;

use super::look::Screen;
use super::told::{Told, ToldFinding, ToldPage};
use super::{Inspected, standard, title};

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
    _ = writeln!(out, "<p class=\"soft\">{}</p>", escaped(&standard(profile)));
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
        section(at, file, one, &screen, &mut out);
    }
    out += "</main>\n</body>\n</html>\n";
    out
}

fn class(passes: bool) -> &'static str {
    if passes { "fit" } else { "unfit" }
}

fn section(at: usize, file: &Inspected, told: &Told, screen: &Screen, out: &mut String) {
    _ = writeln!(
        out,
        "<section class=\"file {}\" id=\"file-{at}\" aria-labelledby=\"name-{at}\">",
        class(told.passes)
    );
    _ = writeln!(
        out,
        "<h2 id=\"name-{at}\">{}</h2>\n<p class=\"verdict\"><b>{}</b> {}</p>",
        escaped(&told.name),
        escaped(&told.verdict),
        escaped(&told.counts)
    );
    pairs(&told.facts, out);
    if !told.mended.is_empty() {
        _ = writeln!(out, "<h3>{}</h3>\n<ul>", say!("Mended"));
        for one in &told.mended {
            _ = writeln!(out, "<li>{}</li>", escaped(one));
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
    if !told.pages.is_empty() {
        _ = writeln!(out, "<h3>{}</h3>\n<div class=\"pages\">", say!("Pages and total ink"));
        let looks = file.outcome.iter().flat_map(|report| &report.pages);
        for (one, ink) in told.pages.iter().zip(looks) {
            let png = ink.look.as_ref().and_then(|look| screen.png(look));
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
        escaped(&one.message),
        one.code,
        number = one.number
    );
    _ = writeln!(out, "<p class=\"soft\">{}</p>", escaped(&one.places));
    _ = writeln!(out, "<p>{}</p>", escaped(&say!("hint: {hint}", hint = one.hint)));
    if !one.others.is_empty() {
        let count = one.others.len();
        _ = write!(out, "<details><summary>{}</summary><ul>", say!("{count} more", count));
        for other in &one.others {
            _ = write!(out, "<li>{}</li>", escaped(other));
        }
        out.push_str("</ul></details>\n");
    }
    out.push_str("</div></li>\n");
}

fn page(at: usize, one: &ToldPage, limit: f64, png: Option<Vec<u8>>, out: &mut String) {
    let Some(png) = png else { return };
    let number = one.page;
    let large = if one.marks.is_empty() { "" } else { " large" };
    let over = if one.worst.is_some_and(|worst| worst > limit) { " class=\"over\"" } else { "" };
    _ = writeln!(
        out,
        "<figure class=\"page{large}\"><figcaption>{} <span{over}>{}</span>",
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
