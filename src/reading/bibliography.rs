//! References and citations formatted with a CSL style, each entry in its own language.
//!
//! hayagriva has one locale a bibliography: a Chinese one would end English lists of authors with
//! 等. So the list is formatted once a language, and each entry is taken from its own.

use std::collections::BTreeMap;

use hayagriva::citationberg::{
    FontStyle, FontWeight, IndependentStyle, Locale, LocaleCode, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild,
    ElemChildren, ElemMeta, Entry, Formatted, Library, Rendered,
};

use crate::reading::model::{Cited, Inline, Inlines, ReferenceEntry, Report};

/// The languages that a list may mix: English for every entry that is not Chinese.
const ENGLISH: &str = "en-US";
const CHINESE: &str = "zh-CN";

/// Formats the list of references and numbers every citation in the report.
///
/// Numbers follow the order of the library. Entries that are never cited are listed only where
/// the report says `uncited: true`. The error is the style's own, from its XML.
pub fn typeset(report: &mut Report, library: &Library, csl: &str) -> Result<(), String> {
    let mut sites = vec![];
    for part in &mut report.parts {
        for runs in part.content.runs_mut() {
            citations(runs, &mut sites);
        }
    }
    let uncited = report.config.references.as_ref().is_some_and(|references| references.uncited);
    let entries: Vec<&Entry> = library
        .iter()
        .filter(|entry| {
            uncited || sites.iter().any(|site| site.keys.iter().any(|key| key == entry.key()))
        })
        .collect();
    let keys: Vec<_> = sites.iter().map(|site| site.keys.clone()).collect();
    let title = report.config.references.as_ref().map_or("", |references| &references.title);
    let set = set(&entries, &keys, csl, title)?;
    report.references = set.list;
    sites.into_iter().zip(set.citations).for_each(|(site, body)| site.body = body);
    Ok(())
}

/// A formatted list of references and the citations of it.
#[derive(Clone, Default)]
struct Set {
    list: Vec<ReferenceEntry>,
    citations: Vec<Inlines>,
}

/// Formats the list under its `title`, and the citation text for each group of cited keys. Memoised
/// until one of them changes: most edits do not.
#[comemo::memoize]
fn set(entries: &[&Entry], sites: &[Vec<String>], csl: &str, title: &str) -> Result<Set, String> {
    let style = IndependentStyle::from_xml(csl).map_err(|error| error.to_string())?;
    if entries.is_empty() {
        return Ok(Set::default());
    }
    let locales = locales();
    let chinese = run(entries, sites, &style, &locales, CHINESE);
    let english = run(entries, sites, &style, &locales, ENGLISH);

    let no_entry = |_: usize| None;
    let mut list = BTreeMap::new();
    for (lang, rendered) in [(CHINESE, &chinese), (ENGLISH, &english)] {
        for item in rendered.bibliography.iter().flat_map(|bibliography| &bibliography.items) {
            let number = item.first_field.as_ref().map(plain).unwrap_or_default();
            let mut body = vec![];
            runs(&item.content, &no_entry, &mut body);
            if lang == CHINESE {
                crate::reading::text::tidy(&mut body);
            }
            list.insert((lang, item.key.clone()), (number, body));
        }
    }
    let list: Vec<ReferenceEntry> = entries
        .iter()
        .filter_map(|entry| {
            let lang = language(entry);
            let (number, body) = list.remove(&(lang, entry.key().to_owned()))?;
            let called = if number.is_empty() { entry.key() } else { number.trim() };
            Some(ReferenceEntry {
                key: entry.key().to_owned(),
                name: format!("{title} {called}"),
                number,
                lang: lang.to_owned(),
                body,
                place: None,
            })
        })
        .collect();
    // The first request only fixes the order.
    let rendered = chinese.citations.iter().skip(1);
    let citations = sites
        .iter()
        .zip(rendered)
        .map(|(keys, rendered)| {
            let entry = |at: usize| {
                let key = keys.get(at)?;
                let entry = list.iter().find(|entry| entry.key == *key)?;
                Some((key.clone(), entry.name.clone()))
            };
            let mut body = vec![];
            runs(&rendered.citation, &entry, &mut body);
            body
        })
        .collect();
    Ok(Set { list, citations })
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
    sites: &[Vec<String>],
    style: &'a IndependentStyle,
    locales: &'a [Locale],
    lang: &str,
) -> Rendered {
    let locale = Some(LocaleCode(lang.into()));
    let mut driver = BibliographyDriver::new();
    let mut cite = |items: Vec<&'a Entry>| {
        let items = items.into_iter().map(CitationItem::with_entry).collect();
        driver.citation(CitationRequest::new(items, style, locale.clone(), locales, None));
    };
    cite(entries.to_vec());
    for site in sites {
        let cited = |key: &String| entries.iter().find(|entry| entry.key() == key).copied();
        cite(site.iter().filter_map(cited).collect());
    }
    driver.finish(BibliographyRequest::new(style, locale, locales))
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

fn citations<'a>(inlines: &'a mut Inlines, out: &mut Vec<&'a mut Cited>) {
    for inline in inlines {
        match inline {
            Inline::Cite { cited } => out.push(cited),
            other => {
                if let Some(body) = other.body_mut() {
                    citations(body, out);
                }
            }
        }
    }
}

/// Converts CSL output to our runs; within an entry's own element, `entry` says which one it is, by
/// its key and its name.
fn runs(
    children: &ElemChildren,
    entry: &dyn Fn(usize) -> Option<(String, String)>,
    out: &mut Inlines,
) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => out.push(formatted(text)),
            ElemChild::Link { text, url } => {
                out.push(Inline::Link { url: url.clone(), body: vec![formatted(text)] });
            }
            ElemChild::Markup(text) => out.push(Inline::text(text)),
            ElemChild::Elem(elem) => {
                let named = match elem.meta {
                    Some(ElemMeta::Entry(at)) => entry(at),
                    _ => None,
                };
                match named {
                    Some((key, name)) => {
                        let mut body = vec![];
                        runs(&elem.children, &|_| None, &mut body);
                        out.push(Inline::Ref { key, name, body });
                    }
                    None => runs(&elem.children, entry, out),
                }
            }
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn formatted(text: &Formatted) -> Inline {
    let mut inline = Inline::text(&text.text);
    let style = &text.formatting;
    if style.font_style == FontStyle::Italic {
        inline = Inline::Emph { body: vec![inline] };
    }
    if style.font_weight == FontWeight::Bold {
        inline = Inline::Strong { body: vec![inline] };
    }
    match style.vertical_align {
        VerticalAlign::Sup => Inline::Sup { body: vec![inline] },
        VerticalAlign::Sub => Inline::Sub { body: vec![inline] },
        VerticalAlign::None | VerticalAlign::Baseline => inline,
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
