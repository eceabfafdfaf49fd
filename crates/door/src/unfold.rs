//! A file without object streams: readers that look up each object anew read a stream's list of
//! objects each time.

use std::collections::BTreeMap;
use std::io::Write;

use crate::filter::{End, Filter, unpack};
use crate::lex::{Value, dictionary, number, skip};
use crate::scan::{Limits, ends, heads, stream};
use crate::table::{Entry, Table, get};

/// Returns a PDF with its object streams unpacked: the same objects, each in the file itself, and
/// a table that leads there. `None` where there are none, or where anything about the file is not
/// sound: then it is the reader's to mend.
pub fn unfold(bytes: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    // The quick look: no object stream, nothing to do.
    memchr::memmem::find(bytes, b"ObjStm")?;
    let ends = ends(bytes);
    let left = usize::try_from(limits.objects).unwrap_or(usize::MAX);
    let table = Table::read(bytes, &ends).or_else(|| rebuilt(bytes, &ends, left))?;
    // Strings in object streams are not encrypted by themselves; elsewhere they are.
    if get(&table.trailer, b"Encrypt").is_some() {
        return None;
    }
    let mut holders: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
    for (number, entry) in &table.entries {
        if let Entry::Packed(holder, index) = entry {
            holders.entry(*holder).or_default().push((*number, *index));
        }
    }
    if holders.is_empty() {
        return None;
    }
    let mut out = bytes.to_vec();
    let mut places: BTreeMap<u32, (usize, u16)> = BTreeMap::new();
    for (number, entry) in &table.entries {
        if let Entry::Plain(at, generation) = entry {
            places.insert(*number, (*at, *generation));
        }
    }
    for (holder, objects) in holders {
        let Some((at, _)) = places.get(&holder).copied() else { continue };
        let Some(data) = Packed::read(bytes, &ends, at, left) else { continue };
        for (number, index) in objects {
            let Some(object) = data.object(number, index) else { continue };
            places.insert(number, (out.len() + 1, 0));
            // Writing to memory does not fail.
            _ = write!(out, "\n{number} 0 obj\n");
            out.extend_from_slice(object);
            out.extend_from_slice(b"\nendobj\n");
        }
    }
    let reference = |key: &[u8]| match get(&table.trailer, key) {
        Some(Value::Reference(number)) => {
            let generation = places.get(number).map_or(0, |(_, generation)| *generation);
            Some(format!("{number} {generation} R"))
        }
        _ => None,
    };
    let (root, info) = (reference(b"Root")?, reference(b"Info"));
    let start = out.len() + 1;
    _ = write!(out, "\nxref\n0 1\n0000000000 65535 f \n");
    for (number, (at, generation)) in &places {
        _ = write!(out, "{number} 1\n{at:010} {generation:05} n \n");
    }
    let size = places.keys().last().map_or(1, |number| u64::from(*number) + 1);
    let info = info.map(|info| format!(" /Info {info}")).unwrap_or_default();
    _ = write!(out, "trailer\n<< /Size {size} /Root {root}{info} >>\nstartxref\n{start}\n%%EOF\n");
    Some(out)
}

/// Makes the table of a file anew whose own cannot be found: of the objects with one number the
/// last holds.
fn rebuilt<'a>(bytes: &'a [u8], ends: &[usize], limit: usize) -> Option<Table<'a>> {
    let (mut entries, mut trailer) = (BTreeMap::new(), None);
    let mut left = limit;
    for head in heads(bytes) {
        entries.insert(head.number, Entry::Plain(head.at, head.generation));
        let Some(stream) = stream(bytes, ends, head.body) else { continue };
        if let (Some(_), Some(_)) = (stream.get(b"N"), stream.get(b"First"))
            && let Some(packed) = Packed::read(bytes, ends, head.at, left)
        {
            left = left.saturating_sub(packed.bytes.len());
            for (index, (number, _)) in packed.list.iter().enumerate() {
                entries.insert(*number, Entry::Packed(head.number, index));
            }
        }
        if stream.get(b"Root").is_some() {
            trailer = Some(stream.dict);
        }
    }
    let own = memchr::memmem::rfind(bytes, b"trailer");
    let own = own.and_then(|at| dictionary(bytes, at + 7)).map(|(dict, _)| dict);
    let own = own.filter(|dict| get(dict, b"Root").is_some());
    Some(Table { entries, trailer: own.or(trailer)? })
}

/// An object stream.
struct Packed {
    bytes: Vec<u8>,
    /// For each object its number, and where it begins.
    list: Vec<(u32, usize)>,
    /// Where objects begin, in order.
    starts: Vec<usize>,
    /// Where each object begins.
    own: BTreeMap<u32, usize>,
}

impl Packed {
    fn read(bytes: &[u8], ends: &[usize], at: usize, limit: usize) -> Option<Self> {
        let (_, end) = number(bytes, skip(bytes, at));
        let (_, end) = number(bytes, skip(bytes, end));
        let word = skip(bytes, end);
        bytes.get(word..)?.starts_with(b"obj").then_some(())?;
        let stream = stream(bytes, ends, word + 3)?;
        let filters = Filter::of(&stream.dict, &|_| None);
        let data = unpack(&bytes[stream.data.clone()], &filters, limit);
        if data.end == End::Limit {
            return None;
        }
        let first = match stream.get(b"First") {
            Some(Value::Number(first)) => usize::try_from(*first).ok()?,
            _ => return None,
        };
        let head = data.bytes.get(..first)?;
        let (mut at, mut list) = (0, vec![]);
        loop {
            let (found, end) = number(head, skip(head, at));
            let (offset, end) = number(head, skip(head, end));
            let (Some(found), Some(offset)) = (found, offset) else { break };
            let start = first.checked_add(usize::try_from(offset).ok()?)?;
            list.push((u32::try_from(found).ok()?, start));
            at = end;
        }
        let mut starts: Vec<usize> = list.iter().map(|(_, start)| *start).collect();
        starts.sort_unstable();
        starts.dedup();
        let own = list.iter().copied().collect();
        Some(Self { bytes: data.bytes, list, starts, own })
    }

    fn object(&self, number: u32, index: usize) -> Option<&[u8]> {
        let start = self.list.get(index).filter(|(own, _)| *own == number).map(|(_, start)| *start);
        // A place beyond what the table has room for is told wrong; the stream's own list is not.
        let start = start.or_else(|| self.own.get(&number).copied())?;
        let next = self.starts.get(self.starts.partition_point(|other| *other <= start));
        self.bytes.get(start..next.copied().unwrap_or(self.bytes.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file whose catalogue and pages are in an object stream, with a table in a stream.
    fn file() -> Vec<u8> {
        let mut out = b"%PDF-1.5\n".to_vec();
        let objects =
            "1 0 2 31 <</Type/Catalog/Pages 2 0 R>>\n <</Type/Pages/Kids[4 0 R]/Count 1>>";
        let first = objects.find("<<").expect("objects");
        let holder = out.len();
        out.extend(
            format!("3 0 obj\n<</Type/ObjStm/N 2/First {first}/Length {}>>\nstream\n{objects}\nendstream endobj\n", objects.len()).bytes(),
        );
        let page = out.len();
        out.extend(b"4 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj\n");
        let start = out.len();
        let rows = [
            [0, 0, 0],
            [2, 3, 0],
            [2, 3, 1],
            [1, holder as u16, 0],
            [1, page as u16, 0],
            [1, start as u16, 0],
        ];
        let data: Vec<u8> = rows
            .iter()
            .flat_map(|[kind, field, last]| {
                [*kind as u8, (*field >> 8) as u8, *field as u8, *last as u8]
            })
            .collect();
        out.extend(
            format!(
                "5 0 obj <</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Length {}>>\nstream\n",
                data.len()
            )
            .bytes(),
        );
        out.extend(data);
        out.extend(format!("\nendstream endobj\nstartxref\n{start}\n%%EOF").bytes());
        out
    }

    #[test]
    fn objects_come_out_of_their_streams() {
        let plain = unfold(&file(), &Limits::default()).expect("a file");
        let ends = ends(&plain);
        let table = Table::read(&plain, &ends).expect("a table");
        for (number, begin) in [(1, "<</Type/Catalog"), (2, "<</Type/Pages"), (4, "<</Type/Page/")]
        {
            let Some(Entry::Plain(at, 0)) = table.entries.get(&number).copied() else {
                panic!("{number}: {:?}", table.entries.get(&number));
            };
            let wanted = [format!("{number} 0 obj\n{begin}"), format!("{number} 0 obj {begin}")];
            assert!(
                wanted.iter().any(|wanted| plain[at..].starts_with(wanted.as_bytes())),
                "{number}"
            );
        }
        assert_eq!(get(&table.trailer, b"Root"), Some(&Value::Reference(1)));
    }

    #[test]
    fn an_object_is_found_by_its_number_where_its_place_is_wrong() {
        let mut file = file();
        let row = file.windows(4).position(|row| row == [2, 0, 3, 1]).expect("a row");
        file[row + 3] = 0;
        let plain = unfold(&file, &Limits::default()).expect("a file");
        let table = Table::read(&plain, &ends(&plain)).expect("a table");
        let Some(Entry::Plain(at, 0)) = table.entries.get(&2).copied() else { panic!("no object") };
        assert!(plain[at..].starts_with(b"2 0 obj\n<</Type/Pages"));
    }

    #[test]
    fn a_table_that_is_lost_is_made_anew() {
        let mut lost = file();
        let at = lost.windows(9).rposition(|word| word == b"startxref").expect("an end");
        lost.truncate(at);
        lost.extend(b"startxref\n3\n%%EOF");
        let plain = unfold(&lost, &Limits::default()).expect("a file");
        let table = Table::read(&plain, &ends(&plain)).expect("a table");
        let plain = |number| matches!(table.entries.get(&number), Some(Entry::Plain(..)));
        assert!([1, 2, 3, 4].into_iter().all(plain));
    }

    #[test]
    fn what_is_not_sound_is_left_as_it_is() {
        let sound = file();
        assert_eq!(unfold(b"%PDF-1.4 nothing", &Limits::default()), None);
        let cut = &sound[..sound.len() / 2];
        assert_eq!(unfold(cut, &Limits::default()), None);
        let mut locked = sound.clone();
        let at = locked.windows(5).position(|word| word == b"/Root").expect("a trailer");
        locked.splice(at..at, *b"/Encrypt 9 0 R");
        assert_eq!(unfold(&locked, &Limits::default()), None);
    }
}
