//! Joins runs of glyphs into one path each: a browser shows such a page in less than half the
//! time.
//!
//! Typst's SVG defines each glyph once and uses it by name. A browser builds a tree of its own
//! for each use, a thousand on a page of text, which costs more than to read some outlines twice.
//! Outlines begin with an absolute move and are relative from there, so that a glyph is placed by
//! that move alone.

use std::collections::{HashMap, HashSet};

/// The start, middle and end of a plain outline's definition; glyphs of other kinds contain more.
const SYMBOL: [&str; 3] =
    ["<symbol id=\"", "\" overflow=\"visible\"><path d=\"M 0 0", "\"/></symbol>"];
/// The start of a use, and the separators between its attributes.
const USE: [&str; 4] = ["<use xlink:href=\"#", "\" x=\"", "\" y=\"", "\""];

/// A use of a glyph.
struct Use<'s> {
    glyph: &'s str,
    x: &'s str,
    y: &'s str,
    /// Its colour and other attributes.
    paint: &'s str,
    /// The text that follows it.
    rest: &'s str,
}

impl<'s> Use<'s> {
    fn read(text: &'s str) -> Option<Self> {
        let (glyph, text) = text.strip_prefix(USE[0])?.split_once(USE[1])?;
        let (x, text) = text.split_once(USE[2])?;
        let (y, text) = text.split_once(USE[3])?;
        let (paint, rest) = text.split_once("/>")?;
        // A gradient's box is its glyph's own.
        let plain = [glyph, x, y].iter().all(|value| !value.contains(['"', '<']))
            && !paint.contains('<')
            && !paint.contains("url(");
        plain.then_some(Self { glyph, x, y, paint, rest })
    }
}

/// Returns the same drawing with one path for each run of glyphs that look alike.
pub(super) fn joined(svg: &str) -> String {
    let outlines = outlines(svg);
    let mut out = String::with_capacity(svg.len() * 3 / 2);
    let mut kept = HashSet::new();
    let mut rest = svg;
    while let Some(at) = rest.find(USE[0]) {
        out += &rest[..at];
        rest = &rest[at..];
        let mut open: Option<&str> = None;
        while let Some(found) = Use::read(rest) {
            let Some(outline) = outlines.get(found.glyph) else { break };
            if open != Some(found.paint) {
                out += if open.is_some() { "\"/><path" } else { "<path" };
                out += found.paint;
                out += " d=\"";
                open = Some(found.paint);
            }
            out.extend(["M", found.x, " ", found.y, outline]);
            rest = found.rest;
        }
        if open.is_some() {
            out += "\"/>";
        } else {
            // A use of another kind stays, and what it uses.
            let id = &rest[USE[0].len()..];
            kept.insert(&id[..id.find('"').unwrap_or(id.len())]);
            out += USE[0];
            rest = &rest[USE[0].len()..];
        }
    }
    out += rest;
    without(&out, &outlines, &kept)
}

/// Returns the glyphs that are plain outlines, without their initial move.
fn outlines(svg: &str) -> HashMap<&str, &str> {
    let mut out = HashMap::new();
    let mut rest = svg;
    while let Some(at) = rest.find(SYMBOL[0]) {
        rest = &rest[at + SYMBOL[0].len()..];
        let Some((id, outline)) = rest
            .split_once('"')
            .and_then(|(id, _)| Some((id, rest[id.len()..].strip_prefix(SYMBOL[1])?)))
        else {
            continue;
        };
        let Some(end) = outline.find('"').filter(|end| outline[*end..].starts_with(SYMBOL[2]))
        else {
            continue;
        };
        out.insert(id, &outline[..end]);
    }
    out
}

/// Removes the definitions that are no longer used.
fn without(svg: &str, outlines: &HashMap<&str, &str>, kept: &HashSet<&str>) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find(SYMBOL[0]) {
        let symbol = &rest[at + SYMBOL[0].len()..];
        let id = &symbol[..symbol.find('"').unwrap_or(symbol.len())];
        let end = symbol.find(SYMBOL[2]).map(|end| at + SYMBOL[0].len() + end + SYMBOL[2].len());
        match end.filter(|_| outlines.contains_key(id) && !kept.contains(id)) {
            Some(end) => {
                out += &rest[..at];
                rest = &rest[end..];
            }
            None => {
                out += &rest[..at + SYMBOL[0].len()];
                rest = symbol;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::joined;

    const A: &str = "<symbol id=\"gA\" overflow=\"visible\"><path d=\"M 0 0m 1 2h 3Z \"/></symbol>";
    const B: &str = "<symbol id=\"gB\" overflow=\"visible\"><image/></symbol>";

    fn used(glyph: &str, x: u8, fill: &str) -> String {
        format!(
            "<use xlink:href=\"#{glyph}\" x=\"{x}\" y=\"0\" fill=\"{fill}\" fill-rule=\"nonzero\"/>"
        )
    }

    #[test]
    fn glyphs_of_a_run_are_one_path() {
        let svg =
            format!("<g>{}{}</g><defs>{A}</defs>", used("gA", 0, "#000"), used("gA", 9, "#000"));
        let path = "<path fill=\"#000\" fill-rule=\"nonzero\" d=\"M0 0m 1 2h 3Z M9 0m 1 2h 3Z \"/>";
        assert_eq!(joined(&svg), format!("<g>{path}</g><defs></defs>"));
    }

    #[test]
    fn another_colour_is_another_path() {
        let svg = format!("{}{}{A}", used("gA", 0, "#000"), used("gA", 9, "#fff"));
        assert_eq!(joined(&svg).matches("<path").count(), 2);
    }

    #[test]
    fn what_is_no_plain_outline_stays() {
        for svg in [
            format!("{}{}{A}{B}", used("gB", 0, "#000"), used("gB", 1, "#000")),
            format!("{}{A}", used("gA", 0, "url(#f1)")),
            "<use xlink:href=\"#".to_owned(),
            "<use xlink:href=\"#a\" x=\"".to_owned(),
        ] {
            let out = joined(&svg);
            assert!(out.starts_with("<use xlink:href=\"#"), "{out}");
            assert!(!svg.contains("gB\"/") || out.contains(B));
        }
        let mixed = format!("{}{}{A}{B}", used("gA", 0, "#000"), used("gB", 1, "#000"));
        assert!(joined(&mixed).ends_with(&format!("{}{B}", used("gB", 1, "#000"))));
        // A definition that is still used is still there.
        assert!(joined(&format!("{}{A}", used("gA", 0, "url(#f1)"))).ends_with(A));
    }
}
