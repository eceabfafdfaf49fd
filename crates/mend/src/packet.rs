//! XMP packets: properties are added, and nothing that is there changes.

use std::fmt::Write;

use preflight::Packet;

pub(crate) const DC: &str = "http://purl.org/dc/elements/1.1/";
pub(crate) const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
pub(crate) const PDFX_ID: &str = "http://www.npes.org/pdfx/ns/id/";
pub(crate) const XMP: &str = "http://ns.adobe.com/xap/1.0/";
pub(crate) const XMP_MM: &str = "http://ns.adobe.com/xap/1.0/mm/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// A packet without properties.
pub(crate) const EMPTY: &str = concat!(
    "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">",
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"></rdf:RDF>",
    "</x:xmpmeta>\n<?xpacket end=\"w\"?>"
);

/// A property to be added.
pub(crate) struct Property {
    pub(crate) space: &'static str,
    /// Its name, with its usual prefix.
    pub(crate) name: &'static str,
    pub(crate) value: String,
}

impl Property {
    fn local(&self) -> &'static str {
        self.name.split_once(':').map_or(self.name, |(_, local)| local)
    }
}

/// Returns what a packet says of a property.
pub(crate) fn said<'p>(packet: &'p Packet, space: &str, name: &str) -> Option<&'p str> {
    packet.get(&(space.to_owned(), name.to_owned())).map(String::as_str)
}

/// Adds properties to a packet; `None` if it has no place for them.
pub(crate) fn with(text: &str, properties: &[Property]) -> Option<String> {
    let offset = text.len() - text.trim_start_matches('\u{FEFF}').trim_start().len();
    let tree = roxmltree::Document::parse(text[offset..].trim_end()).ok()?;
    let root = tree.descendants().find(|node| node.has_tag_name((RDF, "RDF")))?;
    // All descriptions are of one thing.
    let first = root.children().find(|node| node.has_tag_name((RDF, "Description")));
    let about = first.and_then(|node| node.attribute((RDF, "about"))).unwrap_or_default();
    let mut added =
        format!("<rdf:Description xmlns:rdf=\"{RDF}\" rdf:about=\"{}\">", escaped(about));
    for property in properties {
        let Property { space, name, value } = property;
        let prefix = name.split(':').next().unwrap_or_default();
        let value = escaped(value);
        let value = match property.local() {
            "title" => {
                format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt>")
            }
            _ => value,
        };
        _ = write!(added, "<{name} xmlns:{prefix}=\"{space}\">{value}</{name}>");
    }
    added += "</rdf:Description>";
    let range = root.range();
    let whole = &text[offset..][range.clone()];
    // An element without content has no end of its own.
    let at = whole.rfind("</")?;
    let at = offset + range.start + at;
    Some(format!("{}{added}{}", &text[..at], &text[at..]))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            // What XML has no place for.
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_read_and_what_was_there_stays() {
        let title = |value: &str| Property { space: DC, name: "dc:title", value: value.into() };
        let made = with(EMPTY, &[title("A < B & “C”")]).expect("a packet");
        let read = preflight::packet(&made).expect("XML");
        assert_eq!(said(&read, DC, "title"), Some("A < B & “C”"));
        let class =
            Property { space: XMP_MM, name: "xmpMM:RenditionClass", value: "default".into() };
        let again = with(&made, &[class]).expect("a packet");
        let read = preflight::packet(&again).expect("XML");
        assert_eq!(said(&read, DC, "title"), Some("A < B & “C”"));
        assert_eq!(said(&read, XMP_MM, "RenditionClass"), Some("default"));
        assert!(with("<a/>", &[]).is_none() && with("no XML", &[]).is_none());
    }
}
