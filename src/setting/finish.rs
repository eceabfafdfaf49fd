//! What is left to do on the pages that Typst made: where links by name lead, page labels, fonts.

use std::collections::BTreeSet;
use std::str::FromStr;

use typst::ecow::EcoVec;
use typst::model::{Document, Numbering, NumberingPattern};
use typst_layout::{Page, PagedDocument};

use super::{apart, links, notes};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Problems, Severity};

/// Finishes pages, with fonts of their own for those that are `apart`; tells of links whose name leads
/// nowhere.
pub(super) fn finish(
    document: &PagedDocument,
    apart: &[bool],
    problems: &mut Problems,
) -> PagedDocument {
    let targets = links::targets(document);
    let mut astray = BTreeSet::new();
    let body: Option<(String, usize)> = notes::placed(document, "body").into_iter().next();
    let pages = document.pages().iter().enumerate().map(|(at, page)| {
        let mut page = page.clone();
        if let Some((pattern, first)) = &body {
            count(&mut page, at + 1, pattern, *first);
        }
        label(&mut page);
        if links::leads(&page.frame, &targets, &mut astray) {
            links::lead(&mut page.frame, &targets);
        }
        if apart.get(at).is_some_and(|apart| *apart) {
            apart::set(&mut page.frame);
        }
        page
    });
    let pages: EcoVec<Page> = pages.collect();
    problems.extend(astray.into_iter().map(|name| {
        Diagnostic {
            severity: Severity::Warning,
            rule: Some(&rules::TEMPLATE),
            ..Diagnostic::general(say!("the link `{name}` leads nowhere", name))
                .hint(say!("in the template, put `flow.target` with this name where it is to lead"))
        }
    }));
    PagedDocument::new(pages, document.info().clone())
}

/// Gives a page the number that is printed on it, where those before the body, which begins on page
/// `first`, have their own by a pattern.
fn count(page: &mut Page, number: usize, pattern: &str, first: usize) {
    if number >= first {
        page.number = (number - first + 1) as u64;
        return;
    }
    page.number = number as u64;
    if let (Some(_), Ok(pattern)) = (&page.numbering, NumberingPattern::from_str(pattern)) {
        page.numbering = Some(Numbering::Pattern(pattern));
    }
}

/// Adapts a page's label with leading zeros.
///
/// Typst counts `p01` as p01 … p09, p010: the zero is a mere prefix. A label that grew a digit
/// takes it from the zeros, so that labels agree with the folios on the page.
fn label(page: &mut Page) {
    if let Some(Numbering::Pattern(pattern)) = &mut page.numbering
        && let Some((prefix, _)) = pattern.pieces.make_mut().first_mut()
    {
        for _ in 1..page.number.to_string().len() {
            if let Some(shorter) = prefix.strip_suffix('0') {
                *prefix = shorter.into();
            }
        }
    }
}
