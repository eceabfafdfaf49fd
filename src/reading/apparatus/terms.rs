//! Terms in the text: explained where they are used first, and linked to their list.

use l10n::say;
use source::{Diagnostic, Problems, nearest};

use super::glossary::Glossary;
use crate::reading::model::{Inline, Inlines, Part, Term, UsedTerm};
use crate::reading::text;

/// Puts what is printed in the place of each term; `listed`: whether the report has their list.
pub(super) fn explain(
    parts: &mut [Part],
    glossary: &mut Glossary,
    listed: bool,
    lang: &str,
    problems: &mut Problems,
) {
    let mut explainer = Explainer { glossary, listed, lang, problems };
    for runs in parts.iter_mut().flat_map(|part| part.content.runs_mut()) {
        explainer.runs(runs);
    }
}

struct Explainer<'a> {
    glossary: &'a mut Glossary,
    listed: bool,
    lang: &'a str,
    problems: &'a mut Problems,
}

impl Explainer<'_> {
    fn runs(&mut self, runs: &mut Inlines) {
        let mut out: Inlines = Vec::with_capacity(runs.len());
        for mut run in runs.drain(..) {
            for body in run.within_mut() {
                self.runs(body);
            }
            match run {
                Inline::Term { used, body } => self.term(&used, body, &mut out),
                run => out.push(run),
            }
        }
        *runs = out;
    }

    fn term(&mut self, used: &UsedTerm, body: Inlines, out: &mut Inlines) {
        let terms = &mut self.glossary.terms;
        let at = terms.iter().position(|known| known.is_called(&used.words));
        let at = at.or_else(|| terms.iter().position(|known| known.is_begun(&used.words)));
        let Some(known) = at.map(|at| &mut terms[at]) else {
            self.unknown(used);
            out.extend(body);
            return;
        };
        // Where the term itself is printed in another form, its abbreviation explains it.
        let term = &known.term.term;
        let is_term = text::plain(&body).starts_with(term.as_str());
        let words = if is_term { term.clone() } else { used.words.clone() };
        if self.listed {
            known.linked = true;
            out.push(Inline::To { name: known.name(self.lang), body });
        } else {
            out.extend(body);
        }
        if !used.titled && !std::mem::replace(&mut known.used, true) {
            let explained = explanation(&known.term, &words, self.lang.starts_with("zh"));
            out.extend(explained.map(Inline::text));
        }
    }

    fn unknown(&mut self, used: &UsedTerm) {
        if self.glossary.is_broken {
            return;
        }
        let known = self.glossary.terms.iter().map(|known| known.term.term.as_str());
        let words = &used.words;
        let hint = match nearest(words, known) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None if self.glossary.place.is_none() => say!(
                "name the file of the terms in report.yaml, `glossary: glossary.yaml`, and add `- {{term: {words}}}` to it",
                words
            ),
            None => {
                say!(
                    "add `- {{term: {words}}}` to the glossary's file, say with `term=…` which of its terms is meant, or remove the class",
                    words
                )
            }
        };
        let message = say!("the glossary has no term `{words}`", words);
        self.problems.push(Diagnostic::error(used.place.clone(), message).hint(hint));
    }
}

/// What stands behind a term where it is used first, in brackets: its other names.
fn explanation(term: &Term, words: &str, chinese: bool) -> Option<String> {
    let is_abbr = term.abbr.as_deref() == Some(words);
    let names = if is_abbr {
        [Some(&term.term).filter(|term| *term != words), term.full.as_ref()]
    } else {
        [term.full.as_ref(), term.abbr.as_ref()]
    };
    let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    let (open, comma, close) = if chinese { ("（", "，", "）") } else { (" (", ", ", ")") };
    (!names.is_empty()).then(|| format!("{open}{}{close}", names.join(comma)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_explained_by_its_other_names() {
        let term = |abbr: Option<&str>, full: Option<&str>| Term {
            term: "检索增强生成".into(),
            abbr: abbr.map(Into::into),
            full: full.map(Into::into),
            definition: None,
            sort: None,
        };
        let rag = term(Some("RAG"), Some("retrieval-augmented generation"));
        let said = |term: &Term, words: &str, chinese| explanation(term, words, chinese);
        assert_eq!(
            said(&rag, "检索增强生成", true).as_deref(),
            Some("（retrieval-augmented generation，RAG）")
        );
        assert_eq!(
            said(&rag, "RAG", true).as_deref(),
            Some("（检索增强生成，retrieval-augmented generation）")
        );
        assert_eq!(
            said(&term(Some("RAG"), None), "检索增强生成", false).as_deref(),
            Some(" (RAG)")
        );
        assert_eq!(said(&term(None, None), "检索增强生成", true), None);
    }
}
