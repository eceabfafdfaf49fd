//! Metadata: what Info or the XMP packet lacks and the other says, and what a file says of itself
//! whatever it holds (ISO 15930-7, 6.1 and 6.2). There is no clock here: a date is one that the
//! file has.

use lopdf::{
    Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary, text_string,
};
use preflight::Packet;
use sha2::{Digest, Sha256};

use super::content::LIMIT;
use super::packet::{self, DC, EMPTY, PDF, PDFX_ID, Property, XMP, XMP_MM, said};
use super::{Done, Left, MendError, Outcome};

/// What PDF/X-4 calls itself.
const VERSION: &str = "PDF/X-4";

/// Fills in what is missing.
pub(crate) fn complete(
    document: &mut Document,
    bytes: &[u8],
    claim: bool,
    out: &mut Outcome,
) -> Result<(), MendError> {
    let id = identifier(document, bytes, out);
    let mut info = Info::of(document);
    let Some(mut xmp) = Xmp::of(document, out) else { return Ok(()) };
    title(&mut info, &mut xmp, out);
    dates(&mut info, &mut xmp, out);
    trapped(&mut info, &mut xmp, out);
    let hex: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    let uuid = format!(
        "uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    );
    xmp.add(XMP_MM, "xmpMM:DocumentID", &uuid);
    xmp.add(XMP_MM, "xmpMM:VersionID", "1");
    xmp.add(XMP_MM, "xmpMM:RenditionClass", "default");
    if claim && said(&xmp.packet, PDFX_ID, "GTS_PDFXVersion").is_none() {
        xmp.added.push(Property {
            space: PDFX_ID,
            name: "pdfxid:GTS_PDFXVersion",
            value: VERSION.into(),
        });
        out.done.push(Done::Claim);
    }
    info.write(document, out)?;
    xmp.write(document, out)
}

fn title(info: &mut Info, xmp: &mut Xmp, out: &mut Outcome) {
    match (info.text("Title"), said(&xmp.packet, DC, "title").map(str::to_owned)) {
        (Some(own), None) => xmp.add(DC, "dc:title", &own),
        (None, Some(other)) if !other.is_empty() => info.fill("Title", text_string(&other), other),
        (Some(own), Some(other)) if own != other => out.left.push(Left::Differs("Title")),
        (None, _) => out.left.push(Left::NoTitle),
        _ => {}
    }
}

fn dates(info: &mut Info, xmp: &mut Xmp, out: &mut Outcome) {
    let keys = [("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate")];
    // What each says, as XMP writes it.
    let known = keys.map(|(key, name)| {
        let own = info.text(key).and_then(|date| date_of(&date));
        own.or_else(|| said(&xmp.packet, XMP, &name[4..]).and_then(date_of))
    });
    let Some(any) = known[0].clone().or(known[1].clone()) else {
        return out.left.push(Left::NoDate);
    };
    for ((key, name), known) in keys.into_iter().zip(&known) {
        let date = known.as_ref().unwrap_or(&any);
        if !info.dict.has(key.as_bytes()) {
            let value = in_pdf(date);
            info.fill(key, Object::string_literal(value.clone()), value);
        }
        xmp.add(XMP, name, date);
    }
    xmp.add(XMP, "xmp:MetadataDate", known[1].as_ref().unwrap_or(&any));
}

fn trapped(info: &mut Info, xmp: &mut Xmp, out: &mut Outcome) {
    let own = info.dict.get(b"Trapped").and_then(Object::as_name).ok();
    let own =
        own.and_then(|name| ["True", "False"].into_iter().find(|known| name == known.as_bytes()));
    let other = said(&xmp.packet, PDF, "Trapped").map(str::to_owned);
    let value = match (own, other.as_deref()) {
        (Some(own), Some(other)) if own != other => return out.left.push(Left::Differs("Trapped")),
        (None, Some(other)) if !matches!(other, "True" | "False") => {
            return out.left.push(Left::Differs("Trapped"));
        }
        (Some(own), _) => own.to_owned(),
        (None, Some(other)) => other.to_owned(),
        // Where nobody says that it was done, it was not.
        (None, None) => "False".to_owned(),
    };
    if own.is_none() {
        info.fill("Trapped", Object::Name(value.clone().into_bytes()), value.clone());
    }
    xmp.add(PDF, "pdf:Trapped", &value);
}

/// Returns the file's identifier, and gives it one made of its content if it has none.
fn identifier(document: &mut Document, bytes: &[u8], out: &mut Outcome) -> Vec<u8> {
    let id = document.trailer.get_deref(b"ID", document).and_then(Object::as_array).ok();
    let parts: Vec<Vec<u8>> = id
        .into_iter()
        .flatten()
        .filter_map(|part| part.as_str().ok().map(<[u8]>::to_vec))
        .filter(|part| !part.is_empty())
        .collect();
    let made: Vec<u8> = Sha256::digest(bytes).iter().take(16).copied().collect();
    let first = match &parts[..] {
        [first, _] => first.clone(),
        _ => {
            let part = || Object::String(made.clone(), StringFormat::Hexadecimal);
            document.trailer.set("ID", vec![part(), part()]);
            out.done.push(Done::FileId);
            made
        }
    };
    first.into_iter().chain(std::iter::repeat(0)).take(16).collect()
}

/// The Info dictionary.
struct Info {
    id: Option<ObjectId>,
    dict: Dictionary,
    filled: Vec<Done>,
}

impl Info {
    fn of(document: &Document) -> Self {
        let object =
            document.trailer.get(b"Info").ok().and_then(|info| document.dereference(info).ok());
        let (id, dict) =
            object.map_or((None, None), |(id, info)| (id, info.as_dict().ok().cloned()));
        Self { id: id.filter(|_| dict.is_some()), dict: dict.unwrap_or_default(), filled: vec![] }
    }

    fn text(&self, key: &str) -> Option<String> {
        self.dict.get(key.as_bytes()).and_then(Object::as_str).ok().map(preflight::decode)
    }

    fn fill(&mut self, key: &'static str, object: Object, value: String) {
        self.dict.set(key, object);
        self.filled.push(Done::Info { key, value });
    }

    fn write(self, document: &mut Document, out: &mut Outcome) -> Result<(), MendError> {
        if self.filled.is_empty() {
            return Ok(());
        }
        match self.id {
            Some(id) => _ = document.objects.insert(id, self.dict.into()),
            None => {
                let id = document.try_add_object(self.dict)?;
                document.trailer.set("Info", id);
            }
        }
        out.done.extend(self.filled);
        Ok(())
    }
}

/// The XMP packet.
struct Xmp {
    /// The stream's dictionary, where there is a stream.
    dict: Option<Dictionary>,
    text: String,
    packet: Packet,
    added: Vec<Property>,
    was_packed: bool,
}

impl Xmp {
    /// Reads the packet; `None` if there is one that cannot be read.
    fn of(document: &Document, out: &mut Outcome) -> Option<Self> {
        let catalog = document.catalog().ok()?;
        let stream = catalog.get_deref(b"Metadata", document).and_then(Object::as_stream).ok();
        let Some(stream) = stream else {
            let packet = Packet::new();
            return Some(Self {
                dict: None,
                text: EMPTY.into(),
                packet,
                added: vec![],
                was_packed: false,
            });
        };
        let text = stream.get_plain_content_with_limit(LIMIT).ok();
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        let read = text.and_then(|text| preflight::packet(&text).ok().map(|packet| (text, packet)));
        let Some((text, packet)) = read.filter(|(text, _)| packet::with(text, &[]).is_some())
        else {
            out.left.push(Left::BrokenPacket);
            return None;
        };
        let was_packed = stream.dict.has(b"Filter");
        Some(Self { dict: Some(stream.dict.clone()), text, packet, added: vec![], was_packed })
    }

    /// Adds a property that the packet does not have.
    fn add(&mut self, space: &'static str, name: &'static str, value: &str) {
        let local = name.split_once(':').map_or(name, |(_, local)| local);
        if said(&self.packet, space, local).is_none() {
            self.added.push(Property { space, name, value: value.to_owned() });
        }
    }

    fn write(self, document: &mut Document, out: &mut Outcome) -> Result<(), MendError> {
        if self.added.is_empty() && !self.was_packed {
            return Ok(());
        }
        let text = if self.added.is_empty() {
            Some(self.text)
        } else {
            packet::with(&self.text, &self.added)
        };
        let Some(text) = text else { return Ok(()) };
        let mut dict = self.dict.clone().unwrap_or_default();
        dict.remove(b"Filter");
        dict.remove(b"DecodeParms");
        dict.extend(&dictionary! { "Type" => "Metadata", "Subtype" => "XML" });
        let stream = Stream::new(dict, text.into_bytes()).with_compression(false);
        let id = document.try_add_object(stream)?;
        document.catalog_mut()?.set("Metadata", id);
        if self.dict.is_none() {
            out.done.push(Done::Packet);
        }
        if self.was_packed {
            out.done.push(Done::Unpacked);
        }
        // Its version is told as the claim that it is.
        let told = self.added.into_iter().filter(|property| property.space != PDFX_ID);
        out.done.extend(told.map(|Property { name, value, .. }| Done::Xmp { name, value }));
        Ok(())
    }
}

/// Writes a date of a PDF or of XMP as XMP does; `None` if it is neither.
fn date_of(text: &str) -> Option<String> {
    let text = text.trim();
    let (time, zone) = match text.strip_prefix("D:") {
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let mut digits = rest[..end].to_owned();
            if digits.len() < 4 || digits.len() > 14 || !digits.len().is_multiple_of(2) {
                return None;
            }
            digits.push_str(&"00000101000000"[digits.len()..]);
            let at = |range: std::ops::Range<usize>| digits[range].to_owned();
            let day = format!("{}-{}-{}", at(0..4), at(4..6), at(6..8));
            (format!("{day}T{}:{}:{}", at(8..10), at(10..12), at(12..14)), &rest[end..])
        }
        None => {
            // Only a whole one can be written in both ways.
            let time = text.get(..19)?;
            let shape = |(at, c): (usize, char)| match at {
                4 | 7 => c == '-',
                10 => c == 'T',
                13 | 16 => c == ':',
                _ => c.is_ascii_digit(),
            };
            time.chars().enumerate().all(shape).then_some(())?;
            let rest = &text[19..];
            let fraction = rest
                .strip_prefix('.')
                .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
            (time.to_owned(), fraction.unwrap_or(rest))
        }
    };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    match zone.chars().next() {
        // Without a zone, both kinds mean a time of nowhere in particular.
        None => Some(time),
        Some('Z') => Some(time + "Z"),
        Some(sign @ ('+' | '-')) if matches!(digits.len(), 2 | 4) => {
            let minutes = digits.get(2..4).unwrap_or("00");
            Some(format!("{time}{sign}{}:{minutes}", &digits[..2]))
        }
        Some(_) => None,
    }
}

/// Writes a date of XMP as Info has it.
fn in_pdf(date: &str) -> String {
    let (time, zone) = date.split_at(19);
    let digits: String = time.chars().filter(char::is_ascii_digit).collect();
    let zone = zone.replace(':', "'");
    let end = if zone.len() > 1 { "'" } else { "" };
    format!("D:{digits}{zone}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_both_ways() {
        for (pdf, xmp) in [
            ("D:20260102030405+08'00'", "2026-01-02T03:04:05+08:00"),
            ("D:20260102030405Z", "2026-01-02T03:04:05Z"),
            ("D:20260102030405-05'30'", "2026-01-02T03:04:05-05:30"),
            ("D:20260102030405", "2026-01-02T03:04:05"),
        ] {
            assert_eq!((date_of(pdf).as_deref(), &*in_pdf(xmp)), (Some(xmp), pdf));
            assert_eq!(date_of(xmp).as_deref(), Some(xmp));
        }
        assert_eq!(date_of("D:2026").as_deref(), Some("2026-01-01T00:00:00"));
        assert_eq!(date_of("2026-01-02T03:04:05.25Z").as_deref(), Some("2026-01-02T03:04:05Z"));
        for none in [
            "today",
            "D:202",
            "2026-01-02",
            "D:20260102030405x",
            "Ｄ：２０２６－０１－０２Ｔ０３：",
        ] {
            assert_eq!(date_of(none), None, "{none}");
        }
    }
}
