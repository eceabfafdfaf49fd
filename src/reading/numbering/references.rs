//! References to labels: found, printed, told where they lead nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::doubled;
use super::labels::Labels;
use super::words::{Language, Named, plain};
use crate::reading::model::{Cross, CrossForm, Inline, Inlines, Part};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Edit, Place, Problems, SourceFile, nearest};

/// Puts what is printed in the place of each reference.
pub(super) fn resolve(
    parts: &mut [Part],
    labels: &mut Labels,
    (language, keys): (Language, &[String]),
    problems: &mut Problems,
) {
    let files = parts.iter().map(|part| part.place.file.clone()).collect();
    let given = BTreeMap::new();
    let mut resolver = Resolver { labels, language, keys, files, given, problems };
    for part in parts {
        for runs in part.content.runs_mut() {
            resolver.runs(runs, None);
        }
        resolver.strings(part);
    }
}

/// What puts references in their places.
pub(super) struct Resolver<'a> {
    labels: &'a mut Labels,
    language: Language,
    /// The keys that can be cited.
    pub(super) keys: &'a [String],
    /// The files of the parts.
    files: Vec<Arc<SourceFile>>,
    /// Of the labels that nothing has: whether a file gives them.
    given: BTreeMap<String, bool>,
    pub(super) problems: &'a mut Problems,
}

impl Resolver<'_> {
    fn runs(&mut self, runs: &mut Inlines, outer: Option<Language>) {
        // A paragraph of another language says references in its own.
        let language = outer.unwrap_or_else(|| self.language.of_runs(runs));
        let has = |runs: &Inlines| runs.iter().any(|run| matches!(run, Inline::Cross { .. }));
        for run in runs.iter_mut() {
            for body in run.within_mut() {
                self.runs(body, Some(language));
            }
        }
        if !has(runs) {
            return;
        }
        let mut out: Inlines = Vec::with_capacity(runs.len() + 4);
        for run in runs.drain(..) {
            let Inline::Cross { cross } = run else {
                out.push(run);
                continue;
            };
            let printed = self.printed(cross, language);
            // A space that was typed beside Chinese words is no part of the sentence.
            if let (true, Some(Inline::Text { v })) = (language.is_chinese(), out.last_mut()) {
                v.truncate(v.trim_end_matches(' ').len());
            }
            out.extend(printed);
        }
        *runs = out;
    }

    fn printed(&mut self, cross: Cross, language: Language) -> Inlines {
        let mut found: Vec<(String, Named)> = vec![];
        for (label, place) in &cross.labels {
            match self.labels.known.get_mut(label) {
                Some(target) => {
                    target.used = true;
                    found.push((target.name(self.language), target.named.clone()));
                    let named = target.named.clone();
                    self.tell_doubled(&named, label, place, cross.form, language);
                }
                None => self.unknown(label, place),
            }
        }
        match cross.form {
            CrossForm::Words => match found.pop() {
                Some((name, _)) => vec![Inline::To { name, body: cross.body }],
                None => cross.body,
            },
            CrossForm::Page => {
                let Some((name, _)) = found.pop() else { return vec![] };
                let (before, after) = language.page();
                let page = Inline::Page { name: name.clone() };
                let body = vec![Inline::text(before), page, Inline::text(after)];
                vec![Inline::To { name, body }]
            }
            form => listed(&found, form, language),
        }
    }

    /// Reports a word that is typed before a reference, and printed by it.
    fn tell_doubled(
        &mut self,
        named: &Named,
        label: &str,
        place: &Place,
        form: CrossForm,
        language: Language,
    ) {
        let text = &place.file.text;
        let Some(at) = place.range.start.checked_sub(1) else { return };
        let Some((word, start)) = doubled::before(text, at, named, form) else { return };
        let end = place.range.end;
        let behind = doubled::behind(&text[end..], &text[word.clone()]);
        let printed = match form {
            CrossForm::Page => format!("{}…{}", language.page().0, language.page().1),
            _ => language.whole(named),
        };
        let typed = text[word.clone()].to_owned();
        let message = say!(
            "`{typed}` is printed twice: the reference behind it prints `{printed}`",
            typed,
            printed = plain(&printed)
        );
        let hint = match form {
            CrossForm::Page => say!("write `[@{label}]{{.page}}` alone", label),
            _ => say!("write `@{label}` alone; for the number alone, `[-@{label}]`", label),
        };
        let told = Place::new(&place.file, word.start..end + behind);
        let mut found = Diagnostic::of(&rules::WORD_BEFORE, told, message).hint(hint);
        found.fix.push(Edit { range: word.start..start, text: String::new() });
        if behind > 0 {
            let own = text[end..end + behind].trim_end_matches(|c| "节節章页頁".contains(c));
            let range = end + own.trim_end_matches(' ').len()..end + behind;
            found.fix.push(Edit { range, text: String::new() });
        }
        self.problems.push(found);
    }

    /// What a reference to a label says in whole; the label itself, with a problem, where nothing has it.
    pub(super) fn named(&mut self, label: &str, place: &Place) -> String {
        match self.labels.known.get_mut(label) {
            Some(target) => {
                target.used = true;
                self.language.whole(&target.named)
            }
            None => {
                self.unknown(label, place);
                format!("@{label}")
            }
        }
    }

    /// Whether the report is in Chinese.
    pub(super) fn is_chinese(&self) -> bool {
        self.language.is_chinese()
    }

    fn unknown(&mut self, label: &str, place: &Place) {
        let known = self.labels.known.keys().map(String::as_str);
        let kind = label.split_once('-').map_or(label, |(kind, _)| kind);
        // What has the label could not be read: that is told already.
        let files = &self.files;
        let find = || files.iter().any(|file| gives(&file.text, label));
        let given = *self.given.entry(label.to_owned()).or_insert_with(find);
        if given && self.problems.has_errors() {
            return;
        }
        // Each is compared with all that are known.
        let is_compared = self.given.len() <= COMPARED;
        let meant = is_compared.then(|| nearest(label, known)).flatten();
        let hint = match meant {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None if kind == "fig" => say!(
                "give the figure this label: `![…](…){{#{label}}}`, or `label: {label}` in a chart; to print it, write `\\@`",
                label
            ),
            None if kind == "tbl" => {
                say!(
                    "give the table this label: `: title {{#{label}}}` below it; to print it, write `\\@`",
                    label
                )
            }
            None if kind == "eq" => say!(
                "give the formula this label: `$$…$$ {{#{label}}}`; to print it, write `\\@`",
                label
            ),
            None => say!(
                "give the heading or the box this label, `{{#{label}}}` behind it, or a part in its front matter, `label: {label}`; to print it, write `\\@`",
                label
            ),
        };
        let message = say!("nothing has the label `{label}`", label);
        self.problems.push(Diagnostic::error(place.clone(), message).hint(hint));
    }
}

/// The most labels for each of which a similar one is looked for.
const COMPARED: usize = 200;

/// Whether a text gives something this label: `{#fig-a}`, or `label: fig-a` in a chart.
fn gives(text: &str, label: &str) -> bool {
    text.match_indices(label).any(|(at, _)| {
        let before = ["{#", " #", "label: "].iter().any(|start| text[..at].ends_with(start));
        let behind = text[at + label.len()..].chars().next();
        before && behind.is_none_or(|c| !(c.is_ascii_alphanumeric() || "-_".contains(c)))
    })
}

/// A row of references: those that follow each other are from the first to the last.
fn listed(found: &[(String, Named)], form: CrossForm, language: Language) -> Inlines {
    // Each with the index of its last.
    let mut groups: Vec<(usize, usize)> = vec![];
    for at in 0..found.len() {
        let follows = groups.last().is_some_and(|&(_, last)| {
            let (before, this) = (found[last].1.counted(), found[at].1.counted());
            before.zip(this).is_some_and(|(before, this)| before.leads_to(&this))
        });
        match groups.last_mut() {
            Some((_, last)) if follows => *last = at,
            _ => groups.push((at, at)),
        }
    }
    // Two are no run.
    let groups: Vec<(usize, usize)> = groups
        .into_iter()
        .flat_map(|(first, last)| match last - first {
            1 => vec![(first, first), (last, last)],
            _ => vec![(first, last)],
        })
        .collect();
    let kind = |at: usize| found[at].1.kind();
    let mut out = vec![];
    for (number, &(first, last)) in groups.iter().enumerate() {
        if number > 0 {
            out.push(Inline::text(language.between(number, groups.len())));
        }
        // In English the word stands once: Figures 1 and 2.
        let same = |at: usize| kind(at).is_some() && kind(at) == kind(first);
        let before = number.checked_sub(1).is_some_and(|before| same(groups[before].0));
        let behind = groups.get(number + 1).is_some_and(|&(next, _)| same(next));
        let many = behind || before || last > first;
        out.push(link(&found[first], form, language, many, before));
        if last > first {
            out.push(Inline::text(language.to()));
            let bare = language.is_chinese();
            let form = if bare { form } else { CrossForm::Number };
            out.push(link(&found[last], form, language, false, false));
        }
    }
    out
}

/// One reference as a link; `many`: whether others of its kind stand beside it, `said`: whether
/// their word does already.
fn link(
    (name, named): &(String, Named),
    form: CrossForm,
    language: Language,
    many: bool,
    said: bool,
) -> Inline {
    let text = match (form, named.kind()) {
        (CrossForm::Number, _) => language.bare(named),
        (_, Some(_)) if many && said && !language.is_chinese() => language.bare(named),
        (_, Some(kind)) if many && !language.is_chinese() => {
            language.worded(language.word(kind, true), &language.bare(named))
        }
        _ => language.whole(named),
    };
    Inline::To { name: name.clone(), body: vec![Inline::text(text)] }
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;
    use crate::reading::text;

    fn printed(numbers: &[(Kind, usize)], language: Language) -> String {
        let named = |(kind, number): &(Kind, usize)| {
            (String::new(), Named::Counted(*kind, Some("2".into()), *number))
        };
        let found: Vec<_> = numbers.iter().map(named).collect();
        text::plain(&listed(&found, CrossForm::Whole, language))
    }

    #[test]
    fn runs_are_collapsed_and_words_are_said_as_the_language_says_them() {
        let (f, t, e) = (Kind::Figure, Kind::Table, Kind::Equation);
        for (numbers, chinese, english) in [
            (&[(f, 1)][..], "图2-1", "Figure 2.1"),
            (&[(f, 1), (f, 2)], "图2-1、图2-2", "Figures 2.1 and 2.2"),
            (&[(f, 1), (f, 2), (f, 3)], "图2-1～图2-3", "Figures 2.1–2.3"),
            (&[(f, 1), (f, 2), (f, 3), (f, 5)], "图2-1～图2-3、图2-5", "Figures 2.1–2.3 and 2.5"),
            (&[(f, 1), (t, 2)], "图2-1、表2-2", "Figure 2.1 and Table 2.2"),
            (&[(e, 1)], "式（2-1）", "Eq. (2.1)"),
            (&[(e, 1), (e, 2), (e, 3)], "式（2-1）～式（2-3）", "Eqs. (2.1)–(2.3)"),
            (&[(t, 1), (t, 3), (t, 9)], "表2-1、表2-3、表2-9", "Tables 2.1, 2.3, and 2.9"),
        ] {
            assert_eq!(printed(numbers, Language::Chinese), chinese);
            assert_eq!(printed(numbers, Language::English), english);
        }
    }

    #[test]
    fn sections_and_pieces_have_their_word_once_in_english() {
        let section = |number: &str| (String::new(), Named::Section(number.into()));
        let piece =
            |letter: &str| (String::new(), Named::Piece(Kind::Figure, None, 1, letter.into()));
        let titled = |title: &str| (String::new(), Named::Titled(title.into()));
        for (found, english, chinese) in [
            (vec![section("1.1"), section("1.2")], "Sections 1.1 and 1.2", "第1.1节、第1.2节"),
            (
                vec![section("1.1"), section("2.3"), section("4.1")],
                "Sections 1.1, 2.3, and 4.1",
                "第1.1节、第2.3节、第4.1节",
            ),
            (vec![piece("a"), piece("b")], "Figures 1(a) and 1(b)", "图1(a)、图1(b)"),
            (vec![titled("Means"), titled("Ends")], "“Means” and “Ends”", "“Means”、“Ends”"),
            (vec![section("1.1"), titled("Ends")], "Section 1.1 and “Ends”", "第1.1节、“Ends”"),
        ] {
            let said = |language| text::plain(&listed(&found, CrossForm::Whole, language));
            assert_eq!(said(Language::English), english);
            assert_eq!(said(Language::Chinese), chinese);
        }
    }
}
