//! Bounds of workbooks that are packed (`.xlsx`, `.xlsb`, `.ods`): what they unpack to, and the cells
//! that repeat. Their reader has none that a machine could keep.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;

/// The most bytes that one file in a workbook unpacks to, and all of them.
const MOST_UNPACKED: u64 = 150_000_000;
const MOST_IN_ALL: u64 = 500_000_000;
/// The most files in a workbook.
const MOST_FILES: usize = 10_000;
/// The most places for cells in the sheets of an OpenDocument workbook, and the widest row.
const MOST_PLACES: u64 = 4_000_000;
const WIDEST: u64 = 16_384;

/// Whether a packed workbook can be read within bounds. What is none, its reader refuses.
pub(super) fn is_bounded(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return true };
    if archive.len() > MOST_FILES {
        return false;
    }
    let mut total = 0;
    for at in 0..archive.len() {
        let Ok(file) = archive.by_index(at) else { continue };
        // What a file says of its own size need not be so.
        let is_content = file.name().is_ok_and(|name| name == "content.xml");
        let mut unpacked = file.take(MOST_UNPACKED + 1);
        let length = if is_content {
            let mut text = vec![];
            _ = unpacked.read_to_end(&mut text);
            if text.len() as u64 <= MOST_UNPACKED && places(&text) > MOST_PLACES {
                return false;
            }
            text.len() as u64
        } else {
            copy(&mut unpacked, &mut sink()).unwrap_or(0)
        };
        total += length;
        if length > MOST_UNPACKED || total > MOST_IN_ALL {
            return false;
        }
    }
    true
}

/// How many places for cells the tables of an OpenDocument content have, at most.
fn places(content: &[u8]) -> u64 {
    let (mut kept, mut rows, mut waiting, mut widest) = (0u64, 0u64, 0u64, 0u64);
    let (mut repeats, mut width, mut empty) = (0, 0, 0);
    for tag in content.split(|byte| *byte == b'<').skip(1) {
        let starts = |name: &[u8]| tag.starts_with(name);
        if starts(b"table:table-row") {
            repeats = number(tag, b"number-rows-repeated=");
            (width, empty) = (0, 0);
        } else if starts(b"table:table-cell") || starts(b"table:covered-table-cell") {
            let columns = number(tag, b"number-columns-repeated=").min(WIDEST);
            let end = tag.iter().position(|byte| *byte == b'>').unwrap_or(tag.len());
            let head = &tag[..end];
            let is_empty = head.ends_with(b"/") && !has(head, b"office:") && !has(head, b"formula");
            if is_empty {
                empty = columns;
            } else {
                width = (width + empty + columns).min(WIDEST);
                empty = 0;
            }
        } else if starts(b"/table:table-row") {
            kept = kept.saturating_add(width);
            // Empty rows are kept where others follow.
            if width == 0 {
                waiting += repeats;
            } else {
                rows = rows.saturating_add(waiting).saturating_add(repeats);
                waiting = 0;
            }
            widest = widest.max(width);
        } else if starts(b"/table:table>") {
            waiting = 0;
        }
    }
    kept.max(rows.saturating_mul(widest))
}

fn has(tag: &[u8], part: &[u8]) -> bool {
    tag.windows(part.len()).any(|window| window == part)
}

/// The number that an attribute of a tag has; 1 without it.
fn number(tag: &[u8], name: &[u8]) -> u64 {
    let end = tag.iter().position(|byte| *byte == b'>').unwrap_or(tag.len());
    let Some(at) = tag[..end].windows(name.len()).position(|window| window == name) else {
        return 1;
    };
    let digits = tag[at + name.len()..end].iter().skip(1).take_while(|byte| byte.is_ascii_digit());
    digits.fold(0u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_they_repeat() {
        let row = |repeats: u32, cells: &str| {
            format!(
                "<table:table-row table:number-rows-repeated=\"{repeats}\">{cells}</table:table-row>"
            )
        };
        let cell = |repeats: u32| {
            format!(
                "<table:table-cell office:value-type=\"float\" table:number-columns-repeated=\"{repeats}\"><text:p>1</text:p></table:table-cell>"
            )
        };
        let empty = |repeats: u32| {
            format!("<table:table-cell table:number-columns-repeated=\"{repeats}\"/>")
        };
        // As LibreOffice ends each row and table: what is empty to the edges takes no place.
        let plain = row(1, &(cell(3) + &empty(16_381))) + &row(1_048_575, &empty(16_384));
        assert_eq!(places(plain.as_bytes()), 3);
        assert_eq!(places(row(1000, &cell(1000)).as_bytes()), 1_000_000);
        let apart = row(1, &cell(1)) + &row(5, &empty(9)) + &row(1, &(empty(9) + &cell(1)));
        assert_eq!(places(apart.as_bytes()), 7 * 10);
        assert_eq!(places(b"<a/>"), 0);
    }
}
