//! References and citations formatted with a CSL style, each entry in its own language.
//!
//! hayagriva has one locale a bibliography: a Chinese one would end English lists of authors with
//! 等. So the list is formatted once a language, and each entry is taken from its own.

mod marks;

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{
    CitationFormat, FontStyle, FontWeight, IndependentStyle, Locale, LocaleCode, StyleCategory,
    VerticalAlign,
};
use hayagriva::types::Person;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, CitePurpose, ElemChild,
    ElemChildren, ElemMeta, Entry, Formatted, LocatorPayload, Rendered, SpecificLocator,
};

use western::Language;

use super::References;
use super::markdown::known_key;
use super::references::guard;
use super::styles;
use super::text;
use crate::reading::model::{
    Block, Cited, CitedWith, Inline, Inlines, Part, ReferenceEntry, Report,
};

/// The languages that a list may mix: English for every entry that is not Chinese.
const ENGLISH: &str = "en-US";
const CHINESE: &str = "zh-CN";

/// Formats the list of references and numbers every citation in the report.
///
/// Numbers follow the order in which works are cited. Entries that are never cited are listed only where
/// the report says `uncited: true`; then numbers follow the order of the library. The error is the style's
/// own, from its XML.
pub fn typeset(report: &mut Report, references: &References, csl: &str) -> Result<(), String> {
    styles::check(csl)?;
    let library = &references.library;
    let sites = sites(&mut report.parts);
    let uncited = report.config.references.as_ref().is_some_and(|references| references.uncited);
    let keys: BTreeSet<&str> =
        sites.iter().flat_map(|site| site.keys.iter().map(String::as_str)).collect();
    let entries: Vec<&Entry> =
        library.iter().filter(|entry| uncited || keys.contains(entry.key())).collect();
    let places: Vec<_> = sites.iter().map(|site| Site::of(site)).collect();
    let chinese = report.config.lang.starts_with("zh");
    let by_citing = !uncited;
    let set = set(&entries, &places, &references.addresses, chinese, by_citing, csl)?;
    sites.into_iter().zip(set.citations).for_each(|(site, body)| site.body = body);
    let lang = report.config.lang.clone();
    for runs in report.parts.iter_mut().flat_map(|part| part.content.runs_mut()) {
        if text::language(runs, &lang) != Language::Chinese {
            text::western::around_citations(runs);
        }
    }
    report.references = set.list;
    name(report);
    report.parts.iter_mut().for_each(|part| sources(part.content.blocks_mut()));
    Ok(())
}

/// Puts citations into the sources that have them: there they are words, and lead nowhere.
fn sources(blocks: &mut [Block]) {
    for block in blocks {
        let (source, cited) = match block {
            Block::Table(table) => (&mut table.source, &table.cited),
            Block::Figure(figure) => (&mut figure.source, &figure.cited),
            Block::Chart(chart) => (&mut chart.spec.source, &chart.cited),
            Block::Kpi(kpi) => (&mut kpi.source, &kpi.cited),
            Block::Box(boxed) => {
                sources(&mut boxed.blocks);
                continue;
            }
            Block::Figures(group) => {
                sources(&mut group.figures);
                continue;
            }
            Block::Notes(_) | Block::Text(_) => continue,
        };
        if !cited.is_empty() {
            let words = cited.iter().map(|run| match run {
                Inline::Cite { cited } => text::plain(&cited.body),
                other => text::plain(std::slice::from_ref(other)),
            });
            *source = Some(words.collect());
        }
    }
}

/// Names the entries of the list, and the links to them.
fn name(report: &mut Report) {
    let title = report.config.references.as_ref().map_or("", |references| &references.title);
    for entry in &mut report.references {
        let called = if entry.number.is_empty() { &entry.key } else { entry.number.trim() };
        entry.name = format!("{title} {called}");
    }
    let names: BTreeMap<&str, &str> =
        report.references.iter().map(|entry| (entry.key.as_str(), entry.name.as_str())).collect();
    for inline in sites(&mut report.parts).into_iter().flat_map(|site| &mut site.body) {
        if let Inline::Ref { key, name, .. } = inline
            && let Some(called) = names.get(key.as_str())
        {
            (*called).clone_into(name);
        }
    }
}

/// Returns the keys that parts cite.
pub(super) fn cited(parts: &mut [Part]) -> BTreeSet<String> {
    sites(parts).into_iter().flat_map(|site| site.keys.clone()).collect()
}

fn sites(parts: &mut [Part]) -> Vec<&mut Cited> {
    let mut out = vec![];
    for runs in parts.iter_mut().flat_map(|part| part.content.runs_mut()) {
        citations(runs, &mut out);
    }
    out
}

/// A citation as a style formats it.
#[derive(Clone, Hash, PartialEq)]
struct Site {
    keys: Vec<String>,
    with: Vec<CitedWith>,
    is_prose: bool,
}

impl Site {
    fn of(cited: &Cited) -> Self {
        let mut with = cited.with.clone();
        // Pages print as they are written: `5-7`.
        with.iter_mut().for_each(|with| with.locator = guard::guarded(&with.locator));
        Self { keys: cited.keys.clone(), with, is_prose: cited.is_prose }
    }

    /// A key's entry, with what is written with it.
    fn item<'a>(
        &'a self,
        at: usize,
        entry: &'a Entry,
        is_numeric: bool,
    ) -> CitationItem<'a, Entry> {
        let locator = self.with.get(at).map(|with| with.locator.as_str()).unwrap_or_default();
        let locator = Some(SpecificLocator(Locator::Page, LocatorPayload::Str(locator)))
            .filter(|SpecificLocator(_, payload)| *payload != LocatorPayload::Str(""));
        let mut item = CitationItem::with_locator(entry, locator);
        item.purpose = (self.is_prose && !is_numeric).then_some(CitePurpose::Prose);
        item
    }
}

impl Site {
    /// Whether a place in a work is cited.
    fn has_place(&self) -> bool {
        self.with.iter().any(|with| !with.locator.is_empty())
    }

    /// The same without the words before its first key.
    fn without_lead(&self) -> Self {
        let mut out = self.clone();
        out.with.iter_mut().take(1).for_each(|with| with.before.clear());
        out
    }

    /// Its works, each whose place is cited by itself, where the style has places `behind` its numbers.
    fn pieces(&self, behind: bool) -> Vec<Self> {
        if !behind || self.keys.len() < 2 || !self.has_place() {
            return vec![self.clone()];
        }
        let mut out: Vec<Self> = vec![];
        for (at, key) in self.keys.iter().enumerate() {
            let with = self.with.get(at).cloned().unwrap_or_default();
            let alone = !with.locator.is_empty();
            match out.last_mut().filter(|last| !alone && !last.has_place()) {
                Some(last) => {
                    last.keys.push(key.clone());
                    last.with.push(with);
                }
                None => out.push(Self { keys: vec![key.clone()], with: vec![with], ..*self }),
            }
        }
        out
    }
}

/// A formatted list of references and the citations of it.
#[derive(Clone, Default)]
struct Set {
    list: Vec<ReferenceEntry>,
    citations: Vec<Inlines>,
}

/// Formats the list, and the citation text for each group of cited keys. Memoised until one of
/// them changes: most edits do not.
#[comemo::memoize]
fn set(
    entries: &[&Entry],
    sites: &[Site],
    addresses: &BTreeMap<String, String>,
    chinese_text: bool,
    by_citing: bool,
    csl: &str,
) -> Result<Set, String> {
    let style = IndependentStyle::from_xml(csl).map_err(|error| error.to_string())?;
    let western =
        IndependentStyle::from_xml(&marks::western(csl)).unwrap_or_else(|_| style.clone());
    if entries.is_empty() {
        return Ok(Set::default());
    }
    let locales = locales();
    let is_numeric = style.info.category.iter().any(|category| {
        let format = match category {
            StyleCategory::CitationFormat { format } => format,
            StyleCategory::Field { .. } => return false,
        };
        matches!(format, CitationFormat::Numeric | CitationFormat::Label)
    });
    // Lists by names stand as the library does.
    let cited = (by_citing && is_numeric).then(|| in_order_of_citing(entries, sites));
    let entries = cited.as_deref().unwrap_or(entries);
    let behind = marks::behind(csl);
    let whole = sites;
    let pieces: Vec<Vec<Site>> = whole.iter().map(|site| site.pieces(behind.is_some())).collect();
    let sites = &pieces.concat()[..];
    let chinese = run(entries, sites, &style, is_numeric, &locales, CHINESE);
    let english = run(entries, sites, &western, is_numeric, &locales, ENGLISH);

    let mut list = BTreeMap::new();
    for (lang, rendered) in [(CHINESE, &chinese), (ENGLISH, &english)] {
        for item in rendered.bibliography.iter().flat_map(|bibliography| &bibliography.items) {
            let number = item.first_field.as_ref().map(plain).unwrap_or_default();
            let mut body = vec![];
            runs(&item.content, None, addresses, &mut body);
            marks::once(&mut body);
            if lang == CHINESE {
                text::tidy(&mut body, CHINESE);
            } else {
                text::western::set_entry(&mut body);
            }
            list.insert((lang, item.key.clone()), (number, body));
        }
    }
    let list = entries
        .iter()
        .filter_map(|entry| {
            let lang = language(entry);
            let (number, body) = list.remove(&(lang, entry.key().to_owned()))?;
            Some(ReferenceEntry {
                key: entry.key().to_owned(),
                name: String::new(),
                number,
                lang: lang.to_owned(),
                body,
                place: None,
            })
        })
        .collect();
    // The first request only fixes the order.
    let rendered = if chinese_text { &chinese } else { &english };
    let rendered = rendered.citations.iter().skip(1);
    let mut citations = sites.iter().zip(rendered).map(|(site, rendered)| {
        // Where a bracket closes before the page, the words before a key stand before the bracket too.
        let lead = behind.as_ref().and_then(|_| site.with.first());
        let lead = lead.map(|with| with.before.clone()).filter(|words| !words.is_empty());
        let bare = lead.is_some().then(|| site.without_lead());
        let mut cited = vec![];
        runs(&rendered.citation, Some(bare.as_ref().unwrap_or(site)), addresses, &mut cited);
        // A number in brackets has a space before it in English, a raised one has none.
        let raised = cited.iter().any(|run| matches!(run, Inline::Sup { .. }));
        let mut body = vec![];
        let mut before = |words: String, western: bool| {
            let gap = if western { " " } else { "" };
            body.push(Inline::text(format!("{words}{gap}{}", cjk::WORD_JOINER)));
        };
        let entry =
            entries.iter().find(|entry| site.keys.first().is_some_and(|k| k == entry.key()));
        if let Some(entry) = entry.filter(|_| is_numeric && site.is_prose) {
            // A number alone is no part of a sentence: the author is named before it.
            let named = spoken(entry, chinese_text);
            if !named.is_empty() {
                before(named, !chinese_text && !raised);
            }
        }
        if let Some(words) = lead {
            let western = !words.ends_with(cjk::is_ideograph);
            before(words, western);
        }
        if is_numeric {
            marks::together(&mut cited);
        }
        body.extend(cited);
        if let Some(close) = behind.as_deref().filter(|_| site.has_place()) {
            marks::without_last(&mut body, close);
        }
        body
    });
    let citations =
        pieces.iter().map(|pieces| marks::joined(citations.by_ref().take(pieces.len()))).collect();
    Ok(Set { list, citations })
}

/// Returns the entries in the order in which they are cited first.
fn in_order_of_citing<'a>(entries: &[&'a Entry], sites: &[Site]) -> Vec<&'a Entry> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for key in sites.iter().flat_map(|site| &site.keys) {
        let next = first.len();
        first.entry(key).or_insert(next);
    }
    let mut out = entries.to_vec();
    out.sort_by_key(|entry| first.get(entry.key()).copied().unwrap_or(usize::MAX));
    out
}

/// Returns the CSL locales of the two languages.
///
/// hayagriva's own list unpacks sixty, which takes three times as long as all else before the
/// layout.
fn locales() -> Vec<Locale> {
    let named = |bytes: &[u8], lang: &str| {
        bytes.windows(lang.len()).any(|window| window == lang.as_bytes())
    };
    hayagriva::archive::LOCALES
        .iter()
        .filter(|bytes| [ENGLISH, CHINESE].iter().any(|lang| named(bytes, lang)))
        .filter_map(|bytes| ciborium::from_reader::<Locale, _>(*bytes).ok())
        .filter(|locale| {
            locale.lang.as_ref().is_some_and(|lang| [ENGLISH, CHINESE].contains(&lang.0.as_str()))
        })
        .collect()
}

fn run<'a>(
    entries: &[&'a Entry],
    sites: &'a [Site],
    style: &'a IndependentStyle,
    is_numeric: bool,
    locales: &'a [Locale],
    lang: &str,
) -> Rendered {
    let locale = Some(LocaleCode(lang.into()));
    let mut driver = BibliographyDriver::new();
    let mut cite = |items: Vec<CitationItem<'a, Entry>>| {
        driver.citation(CitationRequest::new(items, style, locale.clone(), locales, None));
    };
    cite(entries.iter().copied().map(CitationItem::with_entry).collect());
    let known: BTreeMap<&str, &'a Entry> =
        entries.iter().map(|entry| (entry.key(), *entry)).collect();
    for site in sites {
        let entry = |key: &String| known.get(key.as_str()).copied();
        let keys = site.keys.iter().enumerate();
        cite(keys.filter_map(|(at, key)| Some(site.item(at, entry(key)?, is_numeric))).collect());
    }
    driver.finish(BibliographyRequest::new(style, locale, locales))
}

/// Returns the author of an entry as a sentence names him: 王一, Smith and Doe, Smith et al.
fn spoken(entry: &Entry, chinese_text: bool) -> String {
    let named = |person: &Person| {
        let name = guard::plain(&person.name).replace('\'', "’");
        match &person.given_name {
            Some(given) if name.contains(cjk::is_ideograph) => name + given,
            _ => person.prefix.iter().fold(name, |name, prefix| format!("{prefix} {name}")),
        }
    };
    let people = entry.authors().or_else(|| entry.editors()).unwrap_or_default();
    let mut names: Vec<String> = people.iter().map(named).collect();
    let others = names.pop_if(|last| ["et al.", "等"].contains(&last.as_str())).is_some();
    match (&names[..], chinese_text) {
        ([], _) => String::new(),
        ([one], _) if !others => one.clone(),
        ([one, two], true) if !others => format!("{one}和{two}"),
        ([one, two], false) if !others => format!("{one} and {two}"),
        ([one, ..], true) => format!("{one}等"),
        ([one, ..], false) => format!("{one} et al."),
    }
}

/// Returns the language an entry is set in: its own, otherwise that of its title's script.
fn language(entry: &Entry) -> &'static str {
    let han = |text: String| text.chars().any(cjk::is_ideograph);
    let chinese = match entry.language() {
        Some(tag) => tag.language.as_str() == "zh",
        None => entry.title().is_some_and(|title| han(title.to_string())),
    };
    if chinese { CHINESE } else { ENGLISH }
}

/// Finds keys in running text, `@key`, and makes them citations.
pub(super) fn cite_in_text(inlines: &mut Inlines, keys: &[String]) {
    let mut out = Vec::with_capacity(inlines.len());
    for mut inline in inlines.drain(..) {
        match &mut inline {
            Inline::Text { v } if v.contains('@') => cited_text(v, keys, &mut out),
            Inline::Link { .. } | Inline::Cite { .. } => out.push(inline),
            _ => {
                inline.within_mut().into_iter().for_each(|body| cite_in_text(body, keys));
                out.push(inline);
            }
        }
    }
    *inlines = out;
}

fn cited_text(text: &str, keys: &[String], out: &mut Inlines) {
    let mut start = 0;
    for (at, _) in text.match_indices('@') {
        // In a mail address, letters stand before it.
        let within =
            text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || "._-@".contains(c));
        let Some(key) = known_key(&text[at + 1..], keys).filter(|_| !within && at >= start) else {
            continue;
        };
        if start < at {
            out.push(Inline::text(&text[start..at]));
        }
        let (keys, with) = (vec![key.to_owned()], vec![CitedWith::default()]);
        out.push(Inline::Cite { cited: Cited { keys, with, body: vec![], is_prose: true } });
        start = at + 1 + key.len();
    }
    if start < text.len() {
        out.push(Inline::text(&text[start..]));
    }
}

fn citations<'a>(inlines: &'a mut Inlines, out: &mut Vec<&'a mut Cited>) {
    for inline in inlines {
        match inline {
            Inline::Cite { cited } => out.push(cited),
            other => {
                for body in other.within_mut() {
                    citations(body, out);
                }
            }
        }
    }
}

/// Converts CSL output to our runs; within an entry's own element, the citation says which entry
/// it is, and what is written with it.
fn runs(
    children: &ElemChildren,
    site: Option<&Site>,
    addresses: &BTreeMap<String, String>,
    out: &mut Inlines,
) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => out.extend(formatted(text)),
            ElemChild::Link { text, url } => {
                // hayagriva prints an address in its normal form; the author's stands.
                let stands = addresses.get(&text.text);
                let text = Formatted { text: stands.unwrap_or(&text.text).clone(), ..text.clone() };
                // No line ends behind the bracket that opens an address.
                if let Some(Inline::Text { v }) = out.last_mut()
                    && v.ends_with(['<', '(', '['])
                {
                    v.push(cjk::WORD_JOINER);
                }
                out.push(Inline::Link { url: guard::plain(url), body: formatted(&text) });
            }
            ElemChild::Markup(text) => out.push(Inline::text(guard::plain(text))),
            ElemChild::Elem(elem) => match elem.meta {
                Some(ElemMeta::Entry(at)) if site.is_some_and(|site| at < site.keys.len()) => {
                    let mut body = vec![];
                    runs(&elem.children, None, addresses, &mut body);
                    let Some(site) = site else { continue };
                    let with = site.with.get(at).cloned().unwrap_or_default();
                    if !with.before.is_empty() {
                        let chinese = with.before.ends_with(cjk::is_ideograph);
                        let gap = if chinese { "" } else { " " };
                        let ends = |v: &str| v.ends_with([',', ';']);
                        let tight = matches!(out.last(), Some(Inline::Text { v }) if ends(v));
                        let over = if tight && !chinese { " " } else { "" };
                        out.push(Inline::text(format!("{over}{}{gap}", with.before)));
                    }
                    // It is named when the list is known.
                    let key = site.keys[at].clone();
                    out.push(Inline::Ref { key, name: String::new(), body });
                    if !with.after.is_empty() {
                        let apart = with.after.starts_with([',', '，']);
                        out.push(Inline::text(if apart {
                            with.after
                        } else {
                            format!(", {}", with.after)
                        }));
                    }
                }
                _ => runs(&elem.children, site, addresses, out),
            },
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn formatted(text: &Formatted) -> Inlines {
    let mut body = guard::runs(&text.text);
    let style = &text.formatting;
    if style.font_style == FontStyle::Italic {
        body = vec![Inline::Emph { body }];
    }
    if style.font_weight == FontWeight::Bold {
        body = vec![Inline::Strong { body }];
    }
    match style.vertical_align {
        VerticalAlign::Sup => vec![Inline::Sup { body }],
        VerticalAlign::Sub => vec![Inline::Sub { body }],
        VerticalAlign::None | VerticalAlign::Baseline => body,
    }
}

fn plain(child: &ElemChild) -> String {
    match child {
        ElemChild::Text(text) | ElemChild::Link { text, .. } => text.text.clone(),
        ElemChild::Markup(text) => text.clone(),
        ElemChild::Elem(elem) => elem.children.0.iter().map(plain).collect(),
        ElemChild::Transparent { .. } => String::new(),
    }
}
