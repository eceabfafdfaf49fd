//! Suppressions: the findings an author suppresses, the text each applies to, and the reason.
//!
//! In Markdown, `<!-- check off TP0201: reason -->` goes before a block; in YAML, `# check off
//! TP0201: reason` goes above a key or behind its value; in BibTeX, `% check off TP0301: reason` above an entry. A table has no comments: its findings
//! are suppressed with the chart that draws it.

use std::ops::Range;
use std::sync::Arc;

use crate::reading::model::Suppression;
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Problems, Rule, SourceFile};

/// The words that begin a suppression.
const WORDS: &str = "check off";

/// Reads a comment's text that stands in `range`; `None` if it suppresses nothing or is
/// malformed.
pub(super) fn read(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    problems: &mut Problems,
) -> Option<Suppression> {
    let rest = file.text[range.clone()].trim().strip_prefix(WORDS)?;
    let place = Place::new(file, range);
    let mut refuse = |message: String, hint: String| {
        problems.push(Diagnostic::error(place.clone(), message).hint(hint));
        None
    };
    let example = |codes: &str| {
        let codes = Some(codes.trim()).filter(|codes| !codes.is_empty()).unwrap_or("TP0201");
        say!("add the reason behind a colon: `{words} {codes}: …`", words = WORDS, codes)
    };
    let (codes, reason) = rest.split_once([':', '：']).unwrap_or((rest, ""));
    if reason.trim().is_empty() {
        return refuse(say!("a suppression without a reason"), example(codes));
    }
    let mut silenced: Vec<&'static Rule> = vec![];
    for code in codes.split([',', '，', '、', ' ']).filter(|code| !code.is_empty()) {
        match rules::named(code) {
            Some(rule) if rule.is_fixed() => {
                return refuse(
                    say!("`{code}` cannot be suppressed", code),
                    say!("fix what it finds"),
                );
            }
            Some(rule) => silenced.push(rule),
            None => return refuse(say!("there is no rule `{code}`", code), rules::hint(code)),
        }
    }
    if silenced.is_empty() {
        return refuse(say!("a suppression without a rule"), example(""));
    }
    Some(Suppression { rules: silenced, place, scope: vec![], tables: vec![] })
}

/// Reads the suppressions of the YAML in `range` of `file`.
pub(super) fn of_yaml(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    problems: &mut Problems,
    out: &mut Vec<Suppression>,
) {
    let text = &file.text[range.clone()];
    if !text.contains(WORDS) {
        return;
    }
    let mut at = range.start;
    let mut waiting: Vec<Suppression> = vec![];
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        let comment =
            line.find('#').filter(|hash| line[hash + 1..].trim_start().starts_with(WORDS));
        let suppression = comment.and_then(|hash| {
            let end = start + line.trim_end().len();
            read(file, start + hash + 1..end, problems)
        });
        let alone = comment.is_some_and(|hash| line[..hash].trim().is_empty());
        match suppression {
            Some(suppression) if alone => waiting.push(suppression),
            Some(suppression) => out.push(with_scope(suppression, file, start..at)),
            None => {}
        }
        if !alone && !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            let end = at
                + text[at - range.start..]
                    .split_inclusive('\n')
                    .take_while(|next| is_below(next, indent))
                    .map(str::len)
                    .sum::<usize>();
            out.extend(
                waiting.drain(..).map(|suppression| with_scope(suppression, file, start..end)),
            );
        }
    }
    out.append(&mut waiting);
}

/// Reads the suppressions of a file of BibTeX: each is for the entry below it.
pub(super) fn of_bib(file: &Arc<SourceFile>, problems: &mut Problems, out: &mut Vec<Suppression>) {
    let mut at = 0;
    let mut waiting: Vec<Suppression> = vec![];
    let mut entry = None;
    for line in file.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim();
        let comment = text.strip_prefix('%').filter(|text| text.trim_start().starts_with(WORDS));
        let begins = text.starts_with('@');
        if (begins || comment.is_some())
            && let Some(from) = entry.take()
        {
            let covers = |own| with_scope(own, file, from..start);
            out.extend(waiting.drain(..).map(covers));
        }
        if begins {
            entry = Some(start);
        }
        if let Some(comment) = comment {
            let end = start + line.trim_end().len();
            waiting.extend(read(file, end - comment.len()..end, problems));
        }
    }
    let from = entry.unwrap_or(at);
    out.extend(waiting.into_iter().map(|own| with_scope(own, file, from..at)));
}

/// Returns whether a line belongs to the entry of a line that begins at `indent`.
fn is_below(line: &str, indent: usize) -> bool {
    line.trim().is_empty() || line.len() - line.trim_start_matches(' ').len() > indent
}

fn with_scope(
    mut suppression: Suppression,
    file: &Arc<SourceFile>,
    range: Range<usize>,
) -> Suppression {
    suppression.scope.push(Place::new(file, range));
    suppression
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(text: &str) -> Vec<String> {
        let file = Arc::new(SourceFile { path: "a.yaml".into(), text: text.into() });
        let (mut problems, mut out) = (Problems::default(), vec![]);
        of_yaml(&file, 0..text.len(), &mut problems, &mut out);
        assert!(problems.is_empty());
        out.iter()
            .map(|s| s.scope.first().map_or(String::new(), |p| text[p.range.clone()].to_owned()))
            .collect()
    }

    #[test]
    fn in_bibtex_a_comment_covers_the_entry_below_it() {
        let text = "% of mine\n% check off TP0301: both are wanted\n@book{a,\n title={A},\n}\n\n\
                    @book{b, title={B}}\n  % check off TP0301, TP0304: so\n@misc{c}\n";
        let file = Arc::new(SourceFile { path: "a.bib".into(), text: text.into() });
        let (mut problems, mut out) = (Problems::default(), vec![]);
        of_bib(&file, &mut problems, &mut out);
        assert!(problems.is_empty());
        let scopes: Vec<_> = out.iter().map(|own| &text[own.scope[0].range.clone()]).collect();
        assert_eq!(scopes, ["@book{a,\n title={A},\n}\n\n", "@misc{c}\n"]);
        assert_eq!(out[1].rules.len(), 2);
    }

    #[test]
    fn a_comment_covers_the_entry_below_it_or_its_own_line() {
        assert_eq!(scopes("# check off TP0101: meant\na: 1\nb: 2\n"), ["a: 1\n"]);
        assert_eq!(
            scopes("x:\n  # check off TP0101: meant\n  a:\n    b: 1\n  c: 2\n"),
            ["  a:\n    b: 1\n"]
        );
        assert_eq!(
            scopes("a: 1 # check off TP0101: meant\nb: 2\n"),
            ["a: 1 # check off TP0101: meant\n"]
        );
        assert_eq!(scopes("a: 1\n# check off TP0101: meant\n"), [""]);
    }
}
