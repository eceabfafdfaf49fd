//! The pages of rules, for `trendpress explain`.

use super::rules::Rule;
use l10n::{Language, say};

macro_rules! pages {
    ($($code:literal)*) => {
        /// The pages: in English and in Chinese.
        const PAGES: &[(&str, [&str; 2])] = &[$((
            $code,
            [include_str!(concat!("../rules/", $code, ".md")), include_str!(concat!("../rules/zh/", $code, ".md"))],
        )),*];
    };
}

pages! {
    "P1-readable"
    "P2-limit"
    "P3-content"
    "P5-damaged"
    "P4-xref"
    "A1-header"
    "A2-xmp-stream" "A2-xmp-version" "A2-info-version"
    "A3-trapped"
    "A4-title" "A4-dates" "A4-xmp-ids"
    "A5-file-id" "A5-encrypted"
    "A6-output-intent" "A6-output-condition" "A6-output-profile" "A6-condition-match"
    "A7-trim-box" "A7-art-box" "A7-bleed-box" "A7-box-nesting"
    "A8-device-colour"
    "A9-font-embedded" "A9-font-program" "A9-glyph-missing" "A9-notdef" "A9-glyph-width"
    "A10-annotation"
    "A11-action" "A11-javascript" "A11-embedded-file" "A11-opi" "A11-postscript"
    "A11-alternate-image" "A11-reference" "A11-transfer-function" "A11-halftone-transfer"
    "A11-black-generation" "A11-xfa"
    "A12-outline-action"
    "A13-layer-automatic"
    "A14-transparency"
    "A15-layers"
    "B1-colour-space" "B1-output-cmyk" "B1-spot" "B1-spot-names" "B1-spot-stand-in"
    "B1-registration"
    "B2-group-colour-space"
    "B3-crop-box" "B3-user-unit"
    "B4-image-resolution" "B4-image-resolution-advice" "B4-mask-resolution"
    "B5-ink-coverage"
    "B6-text-overprint" "B6-line-overprint"
    "B7-small-text"
    "B8-thin-line" "B8-hairline" "B8-line-inks"
    "B9-rich-black-text"
    "B10-page-size" "B10-rotate" "B10-empty-page" "B10-white-overprint"
    "B11-bleed" "B11-safety-margin"
    "B12-halftone-frequency"
    "B13-hidden-layer"
    "H1-trim-size"
    "H2-bleed-width"
    "H3-page-count"
    "H4-body-black"
}

/// Returns a rule's page, in the process's language: what is wrong, why that matters, what to do
/// instead, and what a profile may set.
pub fn page(rule: &Rule) -> String {
    let pages = PAGES.iter().find(|(code, _)| *code == rule.code).map(|(_, pages)| pages);
    let text = pages.map(|pages| pages[usize::from(Language::now() == Language::Chinese)]);
    let mut out = text.unwrap_or_default().to_owned();
    for limit in rule.limits {
        let told = say!(
            "A profile may set `{name}`: {value} by default.",
            name = limit.name,
            value = limit.value
        );
        out += &format!("\n- {told}\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn every_rule_has_a_page_that_says_why_and_what_instead() {
        let written: Vec<&str> = PAGES.iter().map(|(code, _)| *code).collect();
        let rules: Vec<&str> = rules::ALL.iter().map(|rule| rule.code).collect();
        assert_eq!(written, rules);
        for (code, [english, chinese]) in PAGES {
            for (page, parts) in
                [(english, ["**Why.**", "**Instead.**"]), (chinese, ["**缘由。**", "**改法。**"])]
            {
                assert!(page.starts_with(&format!("# {code}\n")), "{code}");
                assert!(parts.iter().all(|part| page.contains(part)), "{code}");
            }
            let han = |c: char| ('一'..='鿿').contains(&c);
            assert!(!english.contains(han) && chinese.contains(han), "{code}");
        }
        let page = page(&rules::INK);
        assert!(page.starts_with("# B5-ink-coverage") && page.contains("`percent`: 320"), "{page}");
    }
}
