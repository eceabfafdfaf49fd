//! Blocks that stand where they are written: `.here`, or `H` as LaTeX and Quarto have it.

use super::Converter;
use super::attributes::Attributes;
use l10n::say;

/// The class.
pub(super) const CLASS: &str = "here";
/// The keys of Quarto that say it too.
pub(super) const KEYS: [&str; 2] = ["fig-pos", "tbl-pos"];

impl Converter<'_, '_> {
    /// Whether attributes say that their block stands where it is written.
    pub(super) fn stands_here(&mut self, attributes: &Attributes) -> bool {
        let mut here = attributes.classes().any(|(class, _)| class.eq_ignore_ascii_case(CLASS));
        for key in KEYS {
            let Some((value, range)) = attributes.value(key) else { continue };
            if matches!(value.trim(), "H" | "h" | "h!" | "!h") {
                here = true;
            } else {
                self.error(
                    range,
                    say!("`{name}` cannot be `{value}`", name = key, value),
                    say!(
                        "write `.here` for what is to stand between these two paragraphs, or remove it: then it stands at the head or the foot of a page"
                    ),
                );
            }
        }
        here
    }
}
