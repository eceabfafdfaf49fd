//! A2–A4: the XMP packet, the Info dictionary, and their agreement (ISO 15930-7, 6.1 and 6.2).

use std::collections::BTreeMap;

use hayro_syntax::object::{Name, Stream, String as PdfString};

use super::file::File;
use super::finding::{At, Findings};
use super::profile::Standard;
use super::{rules, text};
use l10n::say;

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const PDFX: &str = "http://ns.adobe.com/pdfx/1.3/";
pub(super) const PDFX_ID: &str = "http://www.npes.org/pdfx/ns/id/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const XMP_MM: &str = "http://ns.adobe.com/xap/1.0/mm/";

/// The properties of an XMP packet, by namespace and name; the first of any alternatives.
pub type Packet = BTreeMap<(String, String), String>;

/// Checks the metadata; returns the XMP packet.
pub(super) fn check(file: &File, findings: &mut Findings) -> Option<Packet> {
    let packet = read(file, findings);
    let xmp = |space: &str, name: &str| {
        packet
            .as_ref()
            .and_then(|p| p.get(&(space.to_owned(), name.to_owned())).map(String::as_str))
    };
    let info =
        |key: &str| file.info.get::<PdfString<'_>>(key).map(|text| text::decode(text.as_bytes()));

    if packet.is_some() {
        version(xmp(PDFX_ID, "GTS_PDFXVersion"), xmp(PDFX, "GTS_PDFXVersion"), findings);
        let wanted = [
            (XMP, "MetadataDate"),
            (XMP_MM, "DocumentID"),
            (XMP_MM, "VersionID"),
            (XMP_MM, "RenditionClass"),
        ];
        for (space, name) in wanted {
            if xmp(space, name).is_none_or(str::is_empty) {
                findings.report(
                    &rules::XMP_IDS,
                    At::FILE,
                    say!("the XMP packet has no `{name}`", name),
                    say!("let the program that writes the file fill it in"),
                );
            }
        }
    }
    info_version(info("GTS_PDFXVersion"), findings);
    trapped(file, xmp(PDF, "Trapped"), packet.is_some(), findings);

    // Without a packet, A2 has said so; what Info lacks is still told.
    match (info("Title"), xmp(DC, "title")) {
        (None, _) => findings.report(
            &rules::TITLE,
            At::FILE,
            say!("the Info dictionary has no title"),
            say!("give the document a title"),
        ),
        (Some(_), None) if packet.is_some() => {
            findings.report(
                &rules::TITLE,
                At::FILE,
                say!("the XMP packet has no title"),
                say!("give the document a title"),
            );
        }
        (Some(a), Some(b)) if a != b => {
            let message = say!("the title is `{a}` in Info and `{b}` in XMP", a, b);
            findings.report(
                &rules::TITLE,
                At::FILE,
                message,
                say!("write exactly the same title in both"),
            );
        }
        _ => {}
    }
    for (key, name) in [("CreationDate", "CreateDate"), ("ModDate", "ModifyDate")] {
        let (a, b) = (info(key), xmp(XMP, name));
        let message = match (&a, b) {
            (None, _) => say!("the Info dictionary has no `{key}`", key),
            (Some(_), None) if packet.is_none() => continue,
            (Some(_), None) => say!("the XMP packet has no `{name}`", name),
            (Some(a), Some(b)) => match (text::date(a), text::date(b)) {
                (Some(a), Some(b)) if a == b => continue,
                _ => {
                    say!("`{key}` is `{a}` in Info, and `{name}` is `{b}` in XMP", key, a, name, b)
                }
            },
        };
        findings.report(&rules::DATES, At::FILE, message, say!("write the same time in both"));
    }
    packet
}

/// Checks the version in Info: the old standards ask for it, PDF/X-4 has no use for it.
fn info_version(found: Option<String>, findings: &mut Findings) {
    let standard = findings.profile.standard;
    let wanted = standard.name();
    let message = match &found {
        None if standard == Standard::X4 => return,
        None => say!("the Info dictionary does not declare the file as `{wanted}`", wanted),
        Some(found) if standard.versions().contains(&&**found) => return,
        Some(other) => {
            say!("the Info dictionary declares `{other}`, not `{wanted}`", other, wanted)
        }
    };
    let hint = match standard {
        Standard::X4 => say!("remove `GTS_PDFXVersion` from Info, or export as PDF/X-4 again"),
        _ => say!("export as `{wanted}`, or check by the standard that the file follows", wanted),
    };
    findings.report(&rules::INFO_VERSION, At::FILE, message, hint);
}

fn version(standard: Option<&str>, old: Option<&str>, findings: &mut Findings) {
    let message = match (standard, old) {
        (Some("PDF/X-4"), _) => return,
        (Some(other), _) => say!("the XMP packet declares `{other}`, not `PDF/X-4`", other),
        (None, Some(other)) => {
            say!("the XMP packet declares `{other}` only in the old namespace `pdfx`", other)
        }
        (None, None) => say!("the XMP packet does not declare the file as PDF/X"),
    };
    findings.report(
        &rules::XMP_VERSION,
        At::FILE,
        message,
        say!("export as PDF/X-4, which sets `pdfxid:GTS_PDFXVersion`"),
    );
}

fn trapped(file: &File, xmp: Option<&str>, packet: bool, findings: &mut Findings) {
    let info = file.info.get::<Name<'_>>("Trapped").map(|name| name.as_str().to_owned());
    let message = match (info.as_deref(), xmp) {
        (Some(a @ ("True" | "False")), Some(b)) if a == b => return,
        (Some("True" | "False"), None) if !packet => return,
        (Some("True" | "False"), None) => say!("the XMP packet has no `pdf:Trapped`"),
        (Some(a @ ("True" | "False")), Some(b)) => {
            say!("`Trapped` is `{a}` in Info and `{b}` in XMP", a, b)
        }
        (Some(other), _) => say!("`Trapped` is `{other}`", other),
        (None, _) => say!("the Info dictionary has no `Trapped`, or it is not a name"),
    };
    findings.report(
        &rules::TRAPPED,
        At::FILE,
        message,
        say!("set `True` or `False` in both: `False` if the pages have not been trapped"),
    );
}

fn read(file: &File, findings: &mut Findings) -> Option<Packet> {
    let mut complain =
        |message: String, hint| findings.report(&rules::XMP_STREAM, At::FILE, message, hint);
    let Some(stream) = file.catalog.get::<Stream<'_>>("Metadata") else {
        complain(say!("the file has no XMP packet"), say!("export as PDF/X-4, which writes one"));
        return None;
    };
    if !stream.filters().is_empty() {
        complain(
            say!("the XMP packet is encoded with a filter"),
            say!("leave the packet's stream unencoded, so that other programs can find it"),
        );
    }
    let bytes = stream.decoded().ok()?;
    match packet(&String::from_utf8_lossy(&bytes)) {
        Ok(packet) => Some(packet),
        Err(error) => {
            complain(
                say!("the XMP packet is not well-formed: {error}", error),
                say!("let the program that writes the file regenerate it"),
            );
            None
        }
    }
}

/// Reads an XMP packet; fails if it is not well-formed.
pub fn packet(text: &str) -> Result<Packet, roxmltree::Error> {
    let tree = roxmltree::Document::parse(text.trim_start_matches('\u{FEFF}').trim())?;
    let mut out = Packet::new();
    for description in tree.descendants().filter(|node| node.has_tag_name((RDF, "Description"))) {
        for attribute in description.attributes() {
            let space = attribute.namespace().unwrap_or_default();
            out.insert(
                (space.to_owned(), attribute.name().to_owned()),
                attribute.value().to_owned(),
            );
        }
        for node in description.children().filter(roxmltree::Node::is_element) {
            let value = node.descendants().find(|n| n.has_tag_name((RDF, "li"))).unwrap_or(node);
            let text = value.text().unwrap_or_default().trim().to_owned();
            let space = node.tag_name().namespace().unwrap_or_default();
            out.insert((space.to_owned(), node.tag_name().name().to_owned()), text);
        }
    }
    Ok(out)
}
