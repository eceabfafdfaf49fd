//! The fonts that a thread has read: whether their programs are sound, and how wide their glyphs
//! are. They are kept from page to page.

use std::cell::RefCell;
use std::collections::HashMap;

use door::End;
use hayro_interpret::font::OutlineGlyph;
use hayro_syntax::object::{Dict, Name, Stream};
use skrifa::FontRef;
use skrifa::raw::TableProvider;
use skrifa::raw::ps::cff::CffFontRef;

use super::data;
use super::heights::Heights;
use super::widths::{Programs, Widths, Wrong};

/// The maximum size of a font program, in bytes.
pub(super) const FILE: usize = 128 << 20;

/// The fonts read so far.
#[derive(Default)]
pub(crate) struct Fonts {
    programs: RefCell<Programs>,
    /// Whether a font program, known by the place of its dictionary, is sound.
    sound: RefCell<HashMap<usize, bool>>,
}

impl Fonts {
    /// Checks a glyph against its font; `heights` are those of a font for vertical text.
    pub(super) fn check(
        &self,
        widths: &mut Widths,
        glyph: &OutlineGlyph,
        heights: Option<&Heights>,
        file: impl FnOnce() -> Option<Vec<u8>>,
    ) -> Wrong {
        widths.check(glyph, heights, &mut self.programs.borrow_mut(), file)
    }

    /// Returns whether the program that a font descriptor embeds can be read; `None` without one.
    pub(super) fn sound(&self, descriptor: &Dict<'_>) -> Option<bool> {
        let keys = ["FontFile", "FontFile2", "FontFile3"];
        let (key, file) =
            keys.iter().find_map(|key| Some((*key, descriptor.get::<Stream<'_>>(key)?)))?;
        let id = file.dict().data().as_ptr() as usize;
        if let Some(known) = self.sound.borrow().get(&id) {
            return Some(*known);
        }
        let sound = is_sound(key, &file);
        self.sound.borrow_mut().insert(id, sound);
        Some(sound)
    }
}

fn is_sound(key: &str, file: &Stream<'_>) -> bool {
    let program = data::unpacked(file, FILE);
    let bytes = &program.bytes[..];
    if program.end == End::Damaged || bytes.len() < 16 {
        return false;
    }
    let kind = file.dict().get::<Name<'_>>("Subtype");
    match (key, &bytes[..4]) {
        // Programs are found in files of other kinds, and readers go by their first bytes.
        (_, [0, 1, 0, 0] | b"true") => is_sound_sfnt(bytes, true),
        (_, b"OTTO") => is_sound_sfnt(bytes, false),
        (_, b"ttcf") => true,
        ("FontFile", _) => {
            let head = [&b"%!"[..], &[0x80, 1]].iter().any(|head| bytes.starts_with(head));
            head && memchr::memmem::find(bytes, b"eexec").is_some()
        }
        ("FontFile3", [1, ..]) => CffFontRef::new(bytes, 0, None).is_ok(),
        ("FontFile3", _) => kind.is_some_and(|kind| kind.as_str() == "OpenType"),
        _ => false,
    }
}

/// Returns whether a font's tables are there, and end within the file.
fn is_sound_sfnt(bytes: &[u8], outlines: bool) -> bool {
    let Ok(font) = FontRef::new(bytes) else { return false };
    // A table may be cut short by a byte or two where it was padded.
    let within = |record: &skrifa::raw::TableRecord| {
        (record.offset() as usize).saturating_add(record.length() as usize) <= bytes.len() + 4
    };
    let records = font.table_directory.table_records();
    let needed = |tag: &[u8; 4]| {
        matches!(tag, b"glyf" | b"loca" | b"head" | b"hmtx" | b"hhea" | b"maxp" | b"CFF ")
    };
    let whole = records.iter().filter(|r| needed(&r.tag().to_be_bytes())).all(within);
    whole && (!outlines || (font.glyf().is_ok() && font.head().is_ok() && font.maxp().is_ok()))
}
