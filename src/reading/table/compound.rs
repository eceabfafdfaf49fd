//! Bounds of workbooks of Excel 97 (`.xls`): their reader follows whatever chains of sectors, sheets
//! and cells a damaged file names, without end.

/// The first bytes of a compound file.
const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// The end of a chain of sectors.
const END: u32 = 0xFFFF_FFFE;
/// Sectors from here on are none.
const RESERVED: u32 = 0xFFFF_FFFA;
/// Shorter streams stand in sectors of 64 bytes.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;
/// The most places for cells of all sheets.
const MOST_PLACES: u64 = 8_000_000;
/// The most columns of a sheet.
const COLUMNS: u16 = 256;

/// Whether a workbook is none of Excel 97, or one that can be read within bounds.
pub(super) fn is_bounded(bytes: &[u8]) -> bool {
    !bytes.starts_with(MAGIC) || Compound::of(bytes).is_some_and(|file| file.is_bounded())
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    /// The directory's entries, of 128 bytes each.
    entries: Vec<u8>,
}

impl<'a> Compound<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let sector = match short(bytes, 30)? {
            0x9 => 512,
            0xC => 4096,
            _ => return None,
        };
        let mut file = Self { bytes, sector, table: vec![], entries: vec![] };
        let mut parts: Vec<u32> = (76..512).step_by(4).filter_map(|at| long(bytes, at)).collect();
        let mut next = long(bytes, 68)?;
        for _ in 0..=file.sectors() {
            if next >= RESERVED {
                break;
            }
            parts.extend(longs(file.at(next)?));
            next = parts.pop()?;
        }
        for part in parts.into_iter().filter(|part| *part < RESERVED) {
            let sector = longs(file.at(part)?).collect::<Vec<_>>();
            file.table.extend(sector);
        }
        file.entries = file.chain(long(bytes, 48)?, usize::MAX)?;
        Some(file)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }

    /// The bytes of a sector, fewer at the file's end.
    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start.min(end)..end)
    }

    /// The bytes of a chain, `length` at most; `None` if it goes in circles or out of the file.
    fn chain(&self, mut sector: u32, length: usize) -> Option<Vec<u8>> {
        let mut out = vec![];
        for _ in 0..=self.sectors() {
            if sector == END || out.len() >= length {
                out.truncate(length);
                return Some(out);
            }
            out.extend(self.at(sector)?);
            sector = *self.table.get(sector as usize)?;
        }
        None
    }

    fn is_bounded(&self) -> bool {
        let Some(stream) = ["Workbook", "Book"].iter().find_map(|name| self.stream(name)) else {
            return false;
        };
        stream.is_some_and(|stream| are_sheets_bounded(&stream))
    }

    /// A stream by its name; the inner `None` if it cannot be read.
    fn stream(&self, name: &str) -> Option<Option<Vec<u8>>> {
        let named = |entry: &&[u8]| {
            let letters =
                entry[..64].chunks(2).map(|pair| pair[0]).take_while(|letter| *letter != 0);
            letters.map(|letter| letter.to_ascii_lowercase()).eq(name.to_lowercase().bytes())
        };
        let entry = self.entries.chunks_exact(128).find(named)?;
        Some(self.content(entry))
    }

    fn content(&self, entry: &[u8]) -> Option<Vec<u8>> {
        let (start, length) = (long(entry, 116)?, long(entry, 120)? as usize);
        if length >= SMALL {
            return self.chain(start, length);
        }
        let root = self.entries.get(..128)?;
        let small = self.chain(long(root, 116)?, long(root, 120)? as usize)?;
        let count = long(self.bytes, 64)? as usize;
        let table = self.chain(long(self.bytes, 60)?, count.checked_mul(self.sector)?)?;
        let table: Vec<u32> = longs(&table).collect();
        let (mut sector, mut out) = (start, vec![]);
        for _ in 0..=table.len() {
            if sector == END || out.len() >= length {
                return Some(out);
            }
            let at = (sector as usize).checked_mul(SMALL_SECTOR)?;
            out.extend(small.get(at..(at + SMALL_SECTOR).min(small.len()))?);
            sector = *table.get(sector as usize)?;
        }
        None
    }
}

/// Whether the sheets of a stream are no larger than a machine can keep, and none is read many times.
fn are_sheets_bounded(stream: &[u8]) -> bool {
    const SHEET: u16 = 0x0085;
    let sheets: Vec<usize> = records(stream)
        .take_while(|(kind, _)| *kind != EOF)
        .filter(|(kind, _)| *kind == SHEET)
        .filter_map(|(_, data)| Some(long(data, 0)? as usize))
        .collect();
    let (mut places, mut read) = (0u64, 0usize);
    for start in sheets {
        let Some(sheet) = stream.get(start..) else { return false };
        let Some((own, length)) = sheet_bounds(sheet) else { return false };
        places = places.saturating_add(own);
        read = read.saturating_add(length);
        if places > MOST_PLACES || read > 2 * stream.len() {
            return false;
        }
    }
    true
}

/// The end of a sheet, and the start of one or of what stands in it.
const EOF: u16 = 0x000A;
const BOF: u16 = 0x0809;

/// The places that a sheet's cells span, and the bytes of its records; `None` if a cell stands where
/// no cell can.
fn sheet_bounds(stream: &[u8]) -> Option<(u64, usize)> {
    let (mut depth, mut length) = (0usize, 0);
    let mut bounds: Option<[u16; 4]> = None;
    for (kind, data) in records(stream) {
        length += data.len() + 4;
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            // Numbers, texts, formulas, rows of numbers.
            0x0203 | 0x0204 | 0x0205 | 0x00D6 | 0x027E | 0x00FD | 0x00BD | 0x0006 if depth <= 1 => {
                let (row, column) = (short(data, 0)?, short(data, 2)?);
                let last =
                    if kind == 0x00BD { short(data, data.len().checked_sub(2)?)? } else { column };
                if column >= COLUMNS || last >= COLUMNS || last < column {
                    return None;
                }
                let [top, bottom, left, right] = bounds.unwrap_or([row, row, column, last]);
                bounds = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
            }
            // The reader makes room for whatever size it names: rows and columns, each from and to.
            0x0200 => {
                // Before Excel 97, rows were numbers of two bytes too.
                let old = data.len() < 14;
                let row =
                    |at| if old { short(data, at / 2).map(u32::from) } else { long(data, at) };
                let (top, bottom) = (row(0)?, row(4)?);
                let columns = if old { 4 } else { 8 };
                let (left, right) = (short(data, columns)?, short(data, columns + 2)?);
                if top > bottom || bottom > 65_536 || left > right || right > COLUMNS {
                    return None;
                }
            }
            _ => {}
        }
    }
    let places = bounds.map_or(0, |[top, bottom, left, right]| {
        (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
    });
    Some((places, length))
}

/// The records of a stream: kind and data.
fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (short(stream, 0)?, short(stream, 2)? as usize);
        let data = stream.get(4..4 + length)?;
        stream = &stream[4 + length..];
        Some((kind, data))
    })
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> {
    (0..bytes.len() / 4).filter_map(|at| long(bytes, at * 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    /// A stream with sheets at the same place, whose records are these.
    fn stream(sheets: usize, records: &[Vec<u8>]) -> Vec<u8> {
        let head = record(BOF, &[0; 16]);
        let one = record(0x0085, &[0; 9]).len();
        let start = head.len() + sheets * one + 4;
        let named = record(0x0085, &[&(start as u32).to_le_bytes()[..], &[0; 5]].concat());
        [
            head,
            named.repeat(sheets),
            record(EOF, &[]),
            record(BOF, &[0; 16]),
            records.concat(),
            record(EOF, &[]),
        ]
        .concat()
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat())
    }

    fn size(ends: [u32; 2], columns: [u16; 2]) -> Vec<u8> {
        let [top, bottom] = ends.map(u32::to_le_bytes);
        let [left, right] = columns.map(u16::to_le_bytes);
        record(0x0200, &[&top[..], &bottom, &left, &right, &[0; 2]].concat())
    }

    #[test]
    fn sheets_are_bounded_by_their_cells() {
        for (records, right) in [
            (vec![number(0, 0), number(9, 4)], true),
            (vec![number(0, 0), number(9, 256)], false),
            (vec![number(0, 0), number(65_535, 10)], true),
            (vec![number(0, 0), number(65_535, 255)], false),
            (vec![size([0, 9], [0, 4])], true),
            (vec![size([0, 65_537], [0, 4])], false),
            (vec![size([9, 0], [0, 4])], false),
            (vec![size([0, 9], [5, 4])], false),
            (vec![size([0, 9], [0, 257])], false),
            // Those of a chart in the sheet are not its own.
            (vec![record(BOF, &[0; 16]), number(0, 300), record(EOF, &[])], true),
        ] {
            assert_eq!(are_sheets_bounded(&stream(1, &records)), right, "{records:?}");
        }
        let many = vec![number(0, 0); 1000];
        assert!(are_sheets_bounded(&stream(1, &many)) && !are_sheets_bounded(&stream(9, &many)));
    }

    /// A compound file of one sector each for table, directory, and the stream `Workbook`.
    fn compound(table: [u32; 4]) -> Vec<u8> {
        let mut out = vec![0; 512 * 11];
        out[..8].copy_from_slice(MAGIC);
        out[30..32].copy_from_slice(&9u16.to_le_bytes());
        out[48..52].copy_from_slice(&1u32.to_le_bytes());
        out[60..64].copy_from_slice(&END.to_le_bytes());
        out[68..72].copy_from_slice(&END.to_le_bytes());
        out[76..512].fill(0xFF);
        out[76..80].copy_from_slice(&0u32.to_le_bytes());
        out[512..1024].fill(0xFF);
        for (at, next) in table.into_iter().chain(4..10).enumerate() {
            out[512 + 4 * at..516 + 4 * at].copy_from_slice(&next.to_le_bytes());
        }
        out[512 + 4 * 9..516 + 4 * 9].copy_from_slice(&END.to_le_bytes());
        for (at, letter) in "Workbook".bytes().enumerate() {
            out[1024 + 2 * at] = letter;
        }
        out[1024 + 116..1024 + 120].copy_from_slice(&2u32.to_le_bytes());
        out[1024 + 120..1024 + 124].copy_from_slice(&u32::MAX.to_le_bytes());
        let sheet = stream(1, &[number(1, 1)]);
        out[1536..1536 + sheet.len()].copy_from_slice(&sheet);
        out
    }

    #[test]
    fn chains_that_go_in_circles_are_no_workbook() {
        assert!(is_bounded(&compound([END, END, 3, END])));
        assert!(!is_bounded(&compound([END, END, 2, END])));
        assert!(!is_bounded(&compound([END, 1, 3, END])));
        assert!(!is_bounded(&compound([END, END, 77, END])));
        assert!(is_bounded(b"PK") && is_bounded(b""));
    }
}
