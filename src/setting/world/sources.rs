//! The templates' sources, parsed once for as long as their text is the same.
//!
//! The store of `typst-kit` forgets a source that nobody asked for between two resets, and planning
//! resets often: a template of seventy files was parsed anew for each edition.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::{FileId, Source};

/// Sources by their files.
#[derive(Default)]
pub(super) struct Sources {
    kept: Mutex<HashMap<FileId, Kept>>,
}

struct Kept {
    source: Source,
    /// Whether its text is known to be that of the file.
    fresh: bool,
}

impl Sources {
    /// From here on, files may have other texts.
    pub(super) fn age(&mut self) {
        let kept = self.kept.get_mut().unwrap_or_else(PoisonError::into_inner);
        #[expect(clippy::iter_over_hash_type, reason = "the order does not matter")]
        for one in kept.values_mut() {
            one.fresh = false;
        }
    }

    /// Returns a source, whose file is read where it may have changed; it is edited in place then.
    pub(super) fn get(
        &self,
        id: FileId,
        read: impl FnOnce() -> FileResult<Bytes>,
    ) -> FileResult<Source> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = kept.get(&id).filter(|one| one.fresh) {
            return Ok(one.source.clone());
        }
        let bytes = read()?;
        let text = std::str::from_utf8(&bytes).map_err(|_| FileError::InvalidUtf8)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let one = kept
            .entry(id)
            .and_modify(|one| {
                one.source.replace(text);
                one.fresh = true;
            })
            .or_insert_with(|| Kept { source: Source::new(id, text.to_owned()), fresh: true });
        Ok(one.source.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::world::files;

    #[test]
    fn a_source_is_parsed_again_only_where_its_text_changed() {
        let (mut sources, id) = (Sources::default(), files::id("/a.typ"));
        let get = |sources: &Sources, text: &str| {
            let bytes = Bytes::from_string(text.to_owned());
            sources.get(id, || Ok(bytes)).expect("a source")
        };
        let first = get(&sources, "#let a = 1");
        // What nobody asks for in between stays.
        sources.age();
        sources.age();
        let second = get(&sources, "#let a = 1");
        assert!(std::ptr::eq(first.text(), second.text()));
        // A text that changed without a word is not looked for.
        assert_eq!(get(&sources, "#let a = 2").text(), "#let a = 1");
        sources.age();
        assert_eq!(get(&sources, "\u{feff}#let a = 2").text(), "#let a = 2");
        sources.age();
        let bad = sources.get(id, || Ok(Bytes::new([0xff, 0xfe])));
        assert_eq!(bad.expect_err("no text"), FileError::InvalidUtf8);
    }
}
