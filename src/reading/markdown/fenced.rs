//! What is told of the line that begins a block of code, and of lines of dashes.

use std::ops::Range;

use super::Converter;
use crate::rules;
use l10n::say;

/// Languages whose text other programs draw as pictures.
const DRAWN: [&str; 18] = [
    "mermaid",
    "plantuml",
    "puml",
    "dot",
    "graphviz",
    "d2",
    "tikz",
    "echarts",
    "vega",
    "vega-lite",
    "wavedrom",
    "ditaa",
    "flowchart",
    "flow",
    "sequence",
    "gantt",
    "markmap",
    "bpmn",
];

/// Languages of formulas.
const FORMULAS: [&str; 3] = ["math", "katex", "mathjax"];

impl Converter<'_, '_> {
    /// Reports what stands behind the fence of code where its author expects more than code.
    pub(super) fn report_info(&mut self, info: &str, range: &Range<usize>) {
        let fence = range.start..range.start + 3;
        let inner = info.trim();
        let name = inner.trim_matches(['{', '}']).trim_start_matches('.');
        let language = name.split([' ', ',', '}', '{']).next().unwrap_or_default().to_lowercase();
        if ["chart", "table"].contains(&&*language) {
            let hint = say!("write `{language}` alone behind the fence", language);
            return self.error(
                &fence,
                say!("`{info}` is printed as code, and begins no {language}", info, language),
                hint,
            );
        }
        if DRAWN.contains(&&*language) {
            return self.warning(
                &rules::LEFT_OVER,
                &fence,
                say!("the text of `{language}` is printed as code, and not drawn", language),
                say!(
                    "have its program draw it as SVG, and write `![…](figures/name.svg)`; where the code is meant, leave out its name"
                ),
            );
        }
        if FORMULAS.contains(&&*language) {
            return self.warning(
                &rules::LEFT_OVER,
                &fence,
                say!("a formula in a block of code is printed as code"),
                say!("write it between two `$$`"),
            );
        }
        // As in Quarto, where `{python}` is run and `{.python}` is shown.
        let run = inner.starts_with('{') && !inner.starts_with("{.") && !inner.starts_with("{=");
        if run && !language.is_empty() {
            return self.warning(
                &rules::LEFT_OVER,
                &fence,
                say!("the code in `{info}` is printed, and not run", info),
                say!(
                    "put in what it makes, as a picture or a table; where the code is meant, write `{language}` without braces",
                    language
                ),
            );
        }
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || "+#._-".contains(c)) {
            self.warning(
                &rules::NOT_PRINTED,
                &fence,
                say!("`{info}` stands behind the fence, where it is not printed", info),
                say!("begin the code on the next line; a language's name may stay"),
            );
        }
    }

    /// Reports a line of dashes: a rule, or the one below the head of a table without bars.
    pub(super) fn report_rule(&mut self, range: &Range<usize>) {
        let line = self.file.text[range.clone()].trim();
        let columns = line.split_whitespace().filter(|dashes| dashes.len() > 1).count();
        if line.starts_with('-') && columns > 1 {
            return self.warning(
                &rules::LEFT_OVER,
                range,
                say!("this is not read as a table"),
                say!(
                    "a table has bars between its cells, `| a | b |`, and below its head a line such as `|---|---|`"
                ),
            );
        }
        self.warning(
            &rules::NOT_PRINTED,
            range,
            say!("a horizontal rule is not printed"),
            say!("remove it"),
        );
    }
}
