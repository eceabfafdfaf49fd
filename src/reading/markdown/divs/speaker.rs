//! Who says a quotation, or signs a letter.

use std::ops::Range;

use copydesk::ProseKind;

use super::super::Converter;
use super::super::attributes::Attributes;
use crate::reading::model::{BoxKind, SmallPicture, Speaker};
use crate::reading::text;
use l10n::say;

/// What parts the titles of who speaks.
const TITLES: [char; 3] = ['；', ';', '|'];

impl Converter<'_, '_> {
    /// Reads who says a quotation, or signs a letter.
    pub(super) fn speaker(
        &mut self,
        attributes: &Attributes,
        kind: BoxKind,
        line: &Range<usize>,
    ) -> Option<Speaker> {
        if !matches!(kind, BoxKind::Quote | BoxKind::Signed) {
            return None;
        }
        let name = self.attribute(attributes, "name", ProseKind::Label);
        let titles = self.attribute(attributes, "titles", ProseKind::Label);
        let portrait = self.small_picture(attributes, "portrait");
        let signature = self.small_picture(attributes, "signature");
        let Some((name, _)) = name else {
            let message = match kind {
                BoxKind::Signed => Some(say!("nothing says who signs here")),
                _ if titles.is_some() => Some(say!("the quotation has titles and no name")),
                _ if portrait.is_some() => Some(say!("the quotation has a portrait and no name")),
                _ => None,
            };
            if let Some(message) = message {
                let hint = match titles.is_some() {
                    true => say!("write `name=\"…\"` before them"),
                    false => say!("write `name=\"…\"`"),
                };
                self.error(line, message, hint);
            }
            return None;
        };
        let titles = titles.map(|(titles, _)| titles).unwrap_or_default();
        let titles = titles.split(TITLES).map(str::trim).filter(|title| !title.is_empty());
        let lang = self.context.lang;
        let titles = titles.map(|title| text::tidy_plain(title, lang)).collect();
        Some(Speaker { name: text::tidy_plain(&name, lang), titles, portrait, signature })
    }

    /// A picture that a key names.
    fn small_picture(&mut self, attributes: &Attributes, key: &str) -> Option<SmallPicture> {
        let (name, range) = attributes.value(key)?;
        let found = self.context.picture(name, &self.place(range));
        let picture = found.map_err(|problem| self.context.problems.push(problem)).ok()?;
        Some(SmallPicture { path: picture.path, ratio: picture.ratio })
    }
}
