//! The pages of rules, for `trendpress explain`.

use super::rules::Rule;
use l10n::{Language, said, say};

macro_rules! pages {
    ($($code:literal)*) => {
        /// The pages that were written: in English and in Chinese.
        const WRITTEN: &[(&str, [&str; 2])] = &[$((
            $code,
            [include_str!(concat!("../rules/", $code, ".md")), include_str!(concat!("../rules/zh/", $code, ".md"))],
        )),*];
    };
}

pages! {
    "P5-damaged" "A2-info-version" "A6-condition-match" "A9-font-program" "A9-glyph-missing" "A9-notdef"
    "A11-halftone-transfer" "A11-black-generation" "A11-xfa" "A13-layer-automatic"
    "A14-transparency" "A15-layers"
    "B1-output-cmyk" "B1-spot-names" "B1-spot-stand-in" "B1-registration" "B4-mask-resolution"
    "B8-hairline" "B8-line-inks" "B12-halftone-frequency" "B13-hidden-layer"
}

/// Returns a rule's page, in the process's language: its requirement, where that comes from, and
/// what a profile may set.
pub fn page(rule: &Rule) -> String {
    if let Some((_, pages)) = WRITTEN.iter().find(|(code, _)| *code == rule.code) {
        return pages[usize::from(Language::now() == Language::Chinese)].to_owned();
    }
    let origin = match rule.code.as_bytes().first() {
        Some(b'A') => say!("It is a requirement of PDF/X-4 (ISO 15930-7)."),
        Some(b'B') => say!("It is a requirement of the Ghent Workgroup's specification of 2022."),
        Some(b'H') => say!("It is a norm of Chinese printing houses."),
        _ => say!("It holds for every file, whatever the profile."),
    };
    let mut out = format!("# {}\n\n{}\n\n{origin}\n", rule.code, said(rule.demand));
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
    fn pages_belong_to_rules_and_say_why_and_what_instead() {
        for (code, [english, chinese]) in WRITTEN {
            assert!(rules::named(code).is_some(), "{code}");
            for (page, parts) in
                [(english, ["**Why.**", "**Instead.**"]), (chinese, ["**缘由。**", "**改法。**"])]
            {
                assert!(page.starts_with(&format!("# {code}\n")), "{code}");
                assert!(parts.iter().all(|part| page.contains(part)), "{code}");
            }
        }
        let page = page(&rules::INK);
        assert!(page.starts_with("# B5-ink-coverage") && page.contains("`percent`: 320"), "{page}");
    }
}
