//! Checks of the settings beyond their schema.

use std::ops::RangeInclusive;

use super::matter::title_lines;
use super::numbers::MARKS;
use crate::reading::calendar::days_in;
use crate::reading::model::{Code, NotePlace, ReportConfig};
use crate::reading::{codes, length, text};
use crate::rules;
use l10n::say;
use source::yaml::{Document, child};
use source::{Diagnostic, Problems};

/// The page sizes that a template can fill, in millimetres a side.
const TRIM: RangeInclusive<f64> = 50.0..=1000.0;

/// Checks the settings beyond the schema, and tidies their text.
pub(in crate::reading) fn check_settings(
    config: &mut ReportConfig,
    document: &Document,
    problems: &mut Problems,
) {
    let lang = &config.lang;
    // Tags of regions that are taken for those of languages.
    let meant = match &**lang {
        "cn" | "chs" => Some("zh-CN"),
        "tw" if config.title.contains(cjk::is_han) => Some("zh-TW"),
        "cht" => Some("zh-TW"),
        "hk" => Some("zh-HK"),
        "jp" => Some("ja"),
        "us" => Some("en-US"),
        _ => None,
    };
    if let Some(meant) = meant {
        let message = say!("`{lang}` is no language", lang);
        problems.push(
            Diagnostic::error(document.place("/lang"), message)
                .hint(say!("did you mean `{meant}`?", meant)),
        );
    }
    if let [keyword] = &config.keywords[..]
        && keyword.contains(['，', '、', '；'])
    {
        let message = say!("`{keyword}` is one keyword", keyword);
        problems.push(
            Diagnostic::of(&rules::LEFT_OVER, document.place("/keywords/0"), message)
                .hint(say!("part keywords by a half-width comma and a space: `[甲, 乙]`")),
        );
    }
    config.title = text::tidy_plain(&config.title, lang);
    if let Some(lines) = &mut config.title_lines {
        title_lines(lines, &config.title, document, lang, problems);
    }
    let codes = config.back_cover.codes.iter_mut().map(|code| &mut code.label);
    codes.chain(&mut config.subtitle).for_each(|words| text::set_plain(words, lang));
    if !day_exists(&config.date) {
        problems.push(
            Diagnostic::error(
                document.place("/date"),
                say!("the date `{date}` does not exist", date = config.date),
            )
            .hint(say!("write the date of publication as `2025-01` or `2025-01-31`")),
        );
    }
    for (index, side) in config.trim.iter().enumerate() {
        if !length::in_mm(side).is_some_and(|length| TRIM.contains(&length)) {
            problems.push(
                Diagnostic::error(
                    document.place(&format!("/trim/{index}")),
                    say!("`{side}` is not a valid page dimension", side),
                )
                .hint(say!(
                    "a page must measure from {start} to {end} mm",
                    start = TRIM.start(),
                    end = TRIM.end()
                )),
            );
        }
    }
    let footnotes = &config.footnotes;
    if footnotes.by_page() && footnotes.place == NotePlace::PartEnd {
        problems.push(
            Diagnostic::error(
                document.place("/footnotes/number"),
                say!("notes at the end of a part cannot be numbered by page"),
            )
            .hint(say!("write `number: part` or `number: report`, or remove `place`")),
        );
    }
    let labels = &config.labels;
    for (at, label) in [
        ("/label", &config.label),
        ("/running-label", &config.running_label),
        ("/labels/chapter", &labels.chapter),
        ("/labels/divider", &labels.divider),
        ("/labels/appendix", &labels.appendix),
    ] {
        if !MARKS.iter().any(|mark| label.contains(mark)) {
            let key = at.rsplit('/').next().unwrap_or_default();
            problems.push(
                Diagnostic::of(
                    &rules::LABEL,
                    document.place(at),
                    say!(
                        "`{key}` contains no number: all parts of the kind would be labelled `{label}`",
                        key,
                        label
                    ),
                )
                .hint(say!("put `{{一}}`, `{{1}}` or `{{A}}` where the number belongs")),
            );
        }
    }
    for name in config.check.weights.keys() {
        let told = match rules::named(name) {
            Some(rule) if rule.is_fixed() => {
                Some((say!("`{name}` is always an error", name), say!("remove the line")))
            }
            Some(_) => None,
            None => Some((say!("there is no rule `{name}`", name), rules::hint(name))),
        };
        if let Some((message, hint)) = told {
            let place = document.key_place(&child("/check", name));
            problems.push(Diagnostic::error(place, message).hint(hint));
        }
    }
    if let Some(at) = config.parts.iter().position(|part| part == "references")
        && config.references.is_none()
        && !document.is_written("/references")
    {
        problems.push(
            Diagnostic::error(
                document.place(&format!("/parts/{at}")),
                say!("the part `references` has nothing to list"),
            )
            .hint(say!("specify the file: `references: {{file: references.yaml}}`")),
        );
    }
    fill_codes(&mut config.back_cover.codes, "/back-cover/codes", document, problems);
}

/// Returns whether a date that matches the pattern exists in the calendar.
fn day_exists(date: &str) -> bool {
    let mut numbers = date.split('-').filter_map(|number| number.parse::<u32>().ok());
    let (year, month, day) =
        (numbers.next().unwrap_or(1), numbers.next().unwrap_or(1), numbers.next().unwrap_or(1));
    day <= days_in(year, month)
}

/// Makes the codes of addresses, and tells those that fit into none.
pub(super) fn fill_codes(
    list: &mut [Code],
    pointer: &str,
    document: &Document,
    problems: &mut Problems,
) {
    for (index, code) in list.iter_mut().enumerate() {
        if let Err(why) = codes::fill(code) {
            let place = document.place(&format!("{pointer}/{index}/url"));
            problems.push(
                Diagnostic::error(
                    place,
                    say!("the address does not fit into a QR code: {why}", why),
                )
                .hint(say!("use a shorter address")),
            );
        }
    }
}
