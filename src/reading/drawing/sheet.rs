//! The style sheets of a drawing, and what they and `style` say of an element.

use roxmltree::{Document, Node};
use simplecss::Selector;

use super::node::Seen;
use super::shorthand;
use super::value::split_points;

/// A property and its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Declaration {
    pub name: String,
    pub value: String,
    pub important: bool,
}

/// The rules of all style sheets.
#[derive(Default)]
pub(super) struct Sheet<'a> {
    rules: Vec<(Selector<'a>, Vec<Declaration>)>,
    /// Addresses of sheets that lie elsewhere.
    pub imports: Vec<&'a str>,
}

/// Returns the texts of a drawing's style sheets, without comments.
pub(super) fn texts(tree: &Document) -> Vec<String> {
    let sheets = tree.descendants().filter(|node| {
        node.has_tag_name((super::SVG, "style"))
            && matches!(node.attribute("type"), None | Some("" | "text/css"))
    });
    sheets
        .map(|node| {
            let text: String = node.children().filter_map(|child| child.text()).collect();
            without_comments(&text)
        })
        .collect()
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace("<!--", "").replace("-->", "")
}

impl<'a> Sheet<'a> {
    /// Reads style sheets, in their order.
    pub(super) fn of(texts: &'a [String]) -> Self {
        let mut sheet = Self::default();
        texts.iter().for_each(|text| sheet.read(text, 0));
        // Stable: of the same weight, the later rule wins.
        sheet.rules.sort_by_key(|(selector, _)| selector.specificity());
        sheet
    }

    fn read(&mut self, mut text: &'a str, depth: usize) {
        while let Some(at) = split_points(text, |c, _| matches!(c, '{' | ';' | '}')) {
            let head = text[..at].trim();
            let after = &text[at + 1..];
            if text[at..].starts_with(['}', ';']) {
                if let Some(address) = head.strip_prefix("@import") {
                    self.imports.push(address.trim());
                }
                text = after;
                continue;
            }
            let end = block(after);
            let (body, rest) = (&after[..end], after.get(end + 1..).unwrap_or_default());
            text = rest;
            match head.strip_prefix('@') {
                Some(rule) if depth < 4 && is_for_paper(rule) => self.read(body, depth + 1),
                Some(_) => {}
                None => self.rule(head, body),
            }
        }
    }

    fn rule(&mut self, selectors: &'a str, body: &str) {
        let declarations = declarations(body);
        for selector in selectors.split(',').map(str::trim).filter(|selector| !selector.is_empty())
        {
            // The root of a drawing is its `svg`.
            let selector = if selector == ":root" { "svg" } else { selector };
            if let Some(selector) = Selector::parse(selector) {
                self.rules.push((selector, declarations.clone()));
            }
        }
    }

    /// Returns what holds for an element, the weaker first: of each property, what wins.
    pub(super) fn of_element(&self, node: Node) -> Vec<Declaration> {
        let own = node.attribute("style").map(declarations).unwrap_or_default();
        let seen = Seen(node);
        let ruled = self.rules.iter().filter(|(selector, _)| selector.matches(&seen));
        let all = ruled.flat_map(|(_, declarations)| declarations).chain(&own);
        let mut out: Vec<Declaration> = vec![];
        for new in all {
            match out.iter().position(|old| old.name == new.name) {
                Some(at) if out[at].important && !new.important => continue,
                Some(at) => _ = out.remove(at),
                None => {}
            }
            out.push(new.clone());
        }
        out
    }
}

/// Whether the rules in an at-rule hold for a drawing on paper, by daylight.
fn is_for_paper(rule: &str) -> bool {
    let Some(query) = rule.strip_prefix("media") else { return false };
    let query = query.trim().to_lowercase();
    let light = query.contains("prefers-color-scheme") && query.contains("light");
    light || ["", "all", "print", "screen"].contains(&query.as_str())
}

/// Returns the offset of the brace that closes a block, from behind the opening one.
fn block(text: &str) -> usize {
    let mut depth = 0;
    split_points(text, |c, _| {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        depth < 0
    })
    .unwrap_or(text.len())
}

/// Returns the declarations of a block or of a `style`.
pub(super) fn declarations(mut text: &str) -> Vec<Declaration> {
    let mut out = vec![];
    while !text.is_empty() {
        let mut depth = 0;
        let end = split_points(text, |c, _| {
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            c == ';' && depth <= 0
        });
        let (one, rest) = end.map_or((text, ""), |at| (&text[..at], &text[at + 1..]));
        text = rest;
        let Some((name, value)) = one.split_once(':') else { continue };
        let name = name.trim();
        let value = value.trim();
        let (value, important) = match value.rsplit_once('!') {
            Some((before, word)) if word.trim().eq_ignore_ascii_case("important") => {
                (before.trim_end(), true)
            }
            _ => (value, false),
        };
        let name = if name.starts_with("--") { name.to_owned() } else { name.to_lowercase() };
        let parted = (name == "font").then(|| shorthand::properties(value)).flatten();
        match parted {
            Some(parted) => out.extend(parted.into_iter().map(|(name, value)| Declaration {
                name: name.to_owned(),
                value,
                important,
            })),
            None => out.push(Declaration { name, value: value.to_owned(), important }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What holds for the element `b`, as `style` would say it.
    fn styled(css: &str, element: &str) -> String {
        let text =
            format!("<svg xmlns='{}'><style>{css}</style>{element}</svg>", super::super::SVG);
        let tree = Document::parse(&text).expect("XML");
        let texts = texts(&tree);
        let node = tree.descendants().find(|node| node.attribute("id") == Some("b")).expect("b");
        let list = Sheet::of(&texts).of_element(node);
        list.iter().map(|one| format!("{}:{};", one.name, one.value)).collect()
    }

    #[test]
    fn rules_hold_by_weight_and_order() {
        let a = "<g class='a'><rect id='b' class='x y' style='stroke: blue'/></g>";
        assert_eq!(styled("#b {fill: red} rect {fill: green}", a), "fill:red;stroke:blue;");
        assert_eq!(styled(".a rect{stroke:red}", a), "stroke:blue;");
        assert_eq!(styled(".a rect{stroke:red !important}", a), "stroke:red;");
        assert_eq!(styled(".x,.z{fill:red} .y{fill:lime;}", a), "fill:lime;stroke:blue;");
        assert_eq!(styled("/* .x{fill:red} */ .q{}", a), "stroke:blue;");
        assert_eq!(styled("@media print{.x{fill:red}}", a), "fill:red;stroke:blue;");
        assert_eq!(
            styled("@font-face{src:url(a;b)} .x{--k:1;fill:red}", a),
            "--k:1;fill:red;stroke:blue;"
        );
        let dark = "@media (prefers-color-scheme: dark){.x{fill:red}} @import url(a.css);";
        assert_eq!(styled(dark, a), "stroke:blue;");
        assert_eq!(styled("} { ; , {fill:red} .x", a), "stroke:blue;");
    }

    #[test]
    fn a_value_may_hold_semicolons_in_parentheses_and_quotes() {
        let list = declarations("fill:url(data:image/png;base64,AA);font-family:'a;b', c; --X : 1");
        let names: Vec<_> =
            list.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
        assert_eq!(
            names,
            [("fill", "url(data:image/png;base64,AA)"), ("font-family", "'a;b', c"), ("--X", "1")]
        );
    }
}
