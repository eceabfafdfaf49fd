//! The style sheets of a drawing, and what they and `style` say of an element.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use simplecss::Selector;

use super::alternatives::{self, Alternatives};
use super::node::Seen;
use super::shorthand;
use super::value::{listed, split_points};

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
    rules: Vec<Rule<'a>>,
    alternatives: Option<&'a BTreeMap<String, Alternatives>>,
    /// Addresses of sheets that lie elsewhere.
    pub imports: Vec<&'a str>,
    /// Whether the program that draws would read them otherwise.
    pub differs: bool,
    /// Selectors that are not read, each with one that is read and holds for more.
    unread: Vec<(&'a str, String)>,
}

/// A rule of a style sheet.
struct Rule<'a> {
    /// Whether it stands in a layer: any rule outside of layers is stronger.
    layered: bool,
    selector: Selector<'a>,
    weight: [u8; 3],
    declarations: Vec<Declaration>,
}

/// The style sheets of a drawing, as they are written.
pub(super) struct Texts {
    sheets: Vec<String>,
    /// The selectors in them that have alternatives, as they are written.
    alternatives: BTreeMap<String, Alternatives>,
}

/// Returns the texts of a drawing's style sheets, without comments.
pub(super) fn texts(tree: &Document) -> Texts {
    let sheets = tree.descendants().filter(|node| {
        node.has_tag_name((super::SVG, "style"))
            && matches!(node.attribute("type"), None | Some("" | "text/css"))
    });
    let sheets: Vec<String> = sheets
        .map(|node| {
            let text: String = node.children().filter_map(|child| child.text()).collect();
            without_comments(&text)
        })
        .collect();
    let heads = sheets.iter().flat_map(|sheet| sheet.split(['{', '}', ';']));
    let with = |whole: &str| Some((whole.to_owned(), alternatives::of(whole)?));
    let alternatives = heads.flat_map(listed).filter_map(with).collect();
    Texts { sheets, alternatives }
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
    pub(super) fn of(texts: &'a Texts) -> Self {
        let mut sheet = Self { alternatives: Some(&texts.alternatives), ..Self::default() };
        texts.sheets.iter().for_each(|text| sheet.read(text, 0, false));
        // Stable: of the same weight, the later rule wins.
        sheet.rules.sort_by_key(|rule| (!rule.layered, rule.weight));
        sheet
    }

    /// A selector that is not read, and may hold for an element that is drawn.
    pub(super) fn unread(&self, tree: &Document) -> Option<&'a str> {
        let may_hold = |(_, more): &&(&str, String)| {
            let Some(selector) = Selector::parse(more) else { return true };
            let mut drawn = tree.descendants().filter(|node| {
                node.is_element() && node.tag_name().namespace() == Some(super::SVG)
            });
            drawn.any(|node| selector.matches(&Seen(node)))
        };
        self.unread.iter().find(may_hold).map(|(selector, _)| *selector)
    }

    fn read(&mut self, mut text: &'a str, depth: usize, layered: bool) {
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
                Some(rule) if depth < 4 && is_for_paper(rule) => {
                    self.differs = true;
                    self.read(body, depth + 1, layered || rule.starts_with("layer"));
                }
                Some(_) => {}
                None => self.rule(head, body, layered),
            }
        }
        if let Some(address) = text.trim().strip_prefix("@import") {
            self.imports.push(address.trim());
        }
    }

    fn rule(&mut self, selectors: &'a str, body: &str, layered: bool) {
        let declarations = declarations(body);
        for whole in listed(selectors) {
            // The root of a drawing is its `svg`.
            self.differs |= whole == ":root";
            let selector = if whole == ":root" { "svg" } else { whole };
            let found = self.alternatives.and_then(|all| all.get(whole));
            let read: Option<Vec<_>> = match found {
                Some(found) => found.selectors.iter().map(|own| Selector::parse(own)).collect(),
                None => Selector::parse(selector).map(|selector| vec![selector]),
            };
            let weight = found.and_then(|found| Selector::parse(&found.weight));
            // The program that draws does not know them.
            self.differs |= found.is_some();
            let Some(read) = read else {
                self.unread.extend(wider(whole).map(|more| (whole, more)));
                continue;
            };
            for selector in read {
                let weight = weight.as_ref().unwrap_or(&selector).specificity();
                let declarations = declarations.clone();
                self.rules.push(Rule { layered, selector, weight, declarations });
            }
        }
    }

    /// Returns what holds for an element, the weaker first: of each property, what wins.
    pub(super) fn of_element(&self, node: Node) -> Vec<Declaration> {
        let own = node.attribute("style").map(declarations).unwrap_or_default();
        let seen = Seen(node);
        let ruled = self.rules.iter().filter(|rule| rule.selector.matches(&seen));
        let all = ruled.flat_map(|rule| &rule.declarations).chain(&own);
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

/// A selector that holds for all that another one does, and perhaps for more: without the conditions
/// that are not read. `None` where the other one holds for nothing on paper.
fn wider(selector: &str) -> Option<String> {
    /// Of a mouse, a keyboard, a form, a link that was followed; parts of a text that are made.
    const NEVER: [&str; 22] = [
        "hover",
        "focus",
        "focus-within",
        "focus-visible",
        "active",
        "visited",
        "target",
        "checked",
        "disabled",
        "enabled",
        "before",
        "after",
        "selection",
        "marker",
        "placeholder",
        "first-line",
        "first-letter",
        "backdrop",
        "fullscreen",
        "popover-open",
        "host",
        "invalid",
    ];
    let (mut out, mut rest) = (String::new(), selector);
    while let Some(at) = rest.find([':', '~']) {
        out.push_str(&rest[..at]);
        let behind = rest[at..].trim_start_matches([':', '~']);
        if rest[at..].starts_with('~') && !out.ends_with('[') && !behind.starts_with('=') {
            // A sibling before it: whatever stands there.
            out = String::new();
            rest = behind.trim_start();
            continue;
        }
        if rest[at..].starts_with('~') {
            out.push('~');
            rest = behind;
            continue;
        }
        let length =
            behind.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(behind.len());
        let name = behind[..length].to_ascii_lowercase();
        let within = name == "root" && !out.is_empty();
        if NEVER.contains(&name.as_str()) || name.starts_with('-') || within {
            return None;
        }
        // What is in its brackets goes with it.
        let mut depth = 0;
        let inner = behind[length..].char_indices().find(|(_, c)| {
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        let skipped = inner.map_or(behind.len() - length, |(at, c)| match c {
            ')' => at + 1,
            _ => at,
        });
        if out.is_empty() || out.ends_with([' ', '>', '+']) {
            out.push('*');
        }
        rest = &behind[length + skipped..];
    }
    out.push_str(rest);
    Some(out)
}

/// Whether the rules in an at-rule hold for a drawing on paper, by daylight.
fn is_for_paper(rule: &str) -> bool {
    if let Some(condition) = rule.strip_prefix("supports") {
        return !condition.trim_start().to_lowercase().starts_with("not");
    }
    if rule.starts_with("layer") {
        return true;
    }
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
    fn rules_that_hold_on_paper_are_read_and_those_that_are_not_read_are_known() {
        let a = "<g class='a'><rect id='b' class='x y'/></g>";
        for css in [
            "@media screen{.x{fill:red}}",
            "@supports (fill: red){.x{fill:red}}",
            "@layer a{#b{fill:lime}} .x{fill:red}",
        ] {
            assert_eq!(styled(css, a), "fill:red;", "{css}");
        }
        assert_eq!(styled("@supports not (fill: red){.x{fill:red}}", a), "");
        let unread = |css: &str| {
            let text = format!("<svg xmlns='{}'><style>{css}</style>{a}</svg>", super::super::SVG);
            let tree = Document::parse(&text).expect("XML");
            let texts = texts(&tree);
            Sheet::of(&texts).unread(&tree).map(str::to_owned)
        };
        for css in
            ["rect:not(.z){}", "g rect:nth-child(2){}", ".a rect:is(g .x, .y){}", ".q ~ rect{}"]
        {
            let selector = css.trim_end_matches("{}");
            assert_eq!(unread(&format!("{css} .z{{fill:red}}")).as_deref(), Some(selector));
        }
        for css in [
            "rect:hover{}",
            "p:not(.z){}",
            ".q rect:last-child{}",
            "rect::before{}",
            "a:not([href]){}",
            "#b :root{}",
            "rect{} .x{} *{}",
            "[class~=\"q\"]:not(.z){}",
        ] {
            assert_eq!(unread(css), None, "{css}");
        }
        let text =
            format!("<svg xmlns='{}'><style>@import url(a.css)</style></svg>", super::super::SVG);
        let tree = Document::parse(&text).expect("XML");
        assert_eq!(Sheet::of(&texts(&tree)).imports, ["url(a.css)"]);
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
