//! A fully valid PDF/X-4 file, built here, from which the faults are made.
//!
//! Four pages of 210 × 285 mm with 3 mm of bleed: a subset font, CMYK vector, a gradient, a
//! transparency group, a soft mask, an image of 300 ppi, black text, an outline, and the output
//! intent with its profile.

use std::fs;
use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use subsetter::{GlyphRemapper, subset};

use crate::repository;

/// The number of points in a millimetre.
pub const MM: f32 = 72.0 / 25.4;
/// The paper beyond the trim, in millimetres.
const PAPER: f32 = 10.0;
const TITLE: &str = "五大趋势 2025";

/// A file under construction, and the objects that faults are made in.
pub struct Good {
    pub doc: Document,
    pub info: ObjectId,
    pub metadata: ObjectId,
    pub intent: ObjectId,
    pub profile: ObjectId,
    pub descriptor: ObjectId,
    pub image: ObjectId,
    pub group: ObjectId,
    pub outline: ObjectId,
    pub resources: ObjectId,
    pub pages: Vec<ObjectId>,
    pub contents: Vec<ObjectId>,
}

impl Good {
    /// The file's bytes.
    pub fn bytes(&mut self) -> Vec<u8> {
        let mut bytes = vec![];
        self.doc.save_to(&mut bytes).expect("a PDF");
        bytes
    }

    /// A dictionary.
    pub fn dict(&mut self, id: ObjectId) -> &mut Dictionary {
        match self.doc.get_object_mut(id).expect("an object") {
            Object::Stream(stream) => &mut stream.dict,
            object => object.as_dict_mut().expect("a dictionary"),
        }
    }

    /// A kind of resource of all pages, by name.
    pub fn resource(&mut self, kind: &str, name: &str, object: impl Into<Object>) {
        let resources = self.dict(self.resources);
        if !resources.has(kind.as_bytes()) {
            resources.set(kind, Dictionary::new());
        }
        let kind =
            resources.get_mut(kind.as_bytes()).and_then(Object::as_dict_mut).expect("a dictionary");
        kind.set(name, object);
    }

    /// Adds to what a page paints; the origin is the trim's lower left corner.
    pub fn paint(&mut self, page: usize, content: &str) {
        let stream = self
            .doc
            .get_object_mut(self.contents[page])
            .and_then(Object::as_stream_mut)
            .expect("a stream");
        let mut text = String::from_utf8(stream.content.clone()).expect("text");
        text.push_str(&format!("q 1 0 0 1 {0} {0} cm {content} Q\n", PAPER * MM));
        stream.set_plain_content(text.into_bytes());
    }

    /// Changes the XMP packet.
    pub fn xmp(&mut self, from: &str, to: &str) {
        let stream = self
            .doc
            .get_object_mut(self.metadata)
            .and_then(Object::as_stream_mut)
            .expect("a stream");
        let text = String::from_utf8(stream.content.clone()).expect("text");
        assert!(text.contains(from), "`{from}` is not in the packet");
        stream.set_plain_content(text.replace(from, to).into_bytes());
    }
}

/// Millimetres as points, for content.
pub fn mm(value: f32) -> f32 {
    value * MM
}

/// A text string.
pub fn text(value: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    value.encode_utf16().for_each(|unit| bytes.extend(unit.to_be_bytes()));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// A stream, packed or not.
pub fn stream(mut dict: Dictionary, content: Vec<u8>, packed: bool) -> Stream {
    dict.remove(b"Length");
    let mut stream = Stream::new(dict, content);
    if packed {
        stream.compress().expect("it can be packed");
    }
    stream
}

struct Font {
    subset: Vec<u8>,
    widths: Vec<Object>,
    glyphs: Vec<u16>,
}

const LETTERS: &str = "Five trends of 2025";

static FONT: LazyLock<Font> = LazyLock::new(|| {
    let data =
        fs::read(repository().join("fonts/source-serif-4/SourceSerif4_400Regular_Italic.ttf"))
            .expect("a font");
    let face = ttf_parser::Face::parse(&data, 0).expect("a face");
    let mut remapper = GlyphRemapper::new();
    let old: Vec<u16> = LETTERS.chars().map(|c| face.glyph_index(c).expect("a glyph").0).collect();
    let glyphs: Vec<u16> = old.iter().map(|&glyph| remapper.remap(glyph)).collect();
    let subset = subset(&data, 0, &remapper).expect("a subset");
    // The subset's own widths: it has more glyphs than were asked for, where some are put
    // together of others.
    let cut = ttf_parser::Face::parse(&subset, 0).expect("a face");
    let scale = 1000.0 / f32::from(face.units_per_em());
    let widths = (0..cut.number_of_glyphs()).map(|glyph| {
        let width = cut.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0);
        Object::Integer((f32::from(width) * scale).round() as i64)
    });
    let widths = widths.collect();
    Font { subset, widths, glyphs }
});

/// The profile's stream, packed once: it is large.
static PROFILE: LazyLock<Stream> = LazyLock::new(|| {
    let data =
        fs::read(repository().join("crates/pdfx/icc/ISOcoated_v2_300_bas.icc")).expect("a profile");
    stream(dictionary! { "N" => 4 }, data, true)
});

/// Text of a size at a place (mm), with the operators that set its colour before it.
pub fn set(colour: &str, size: f32, x: f32, y: f32) -> String {
    let hex: String = FONT.glyphs.iter().map(|glyph| format!("{glyph:04X}")).collect();
    format!("{colour} BT /F1 {size} Tf {} {} Td <{hex}> Tj ET", mm(x), mm(y))
}

/// A filled rectangle (mm), with the operators that set its colour before it.
pub fn rect(colour: &str, x: f32, y: f32, width: f32, height: f32) -> String {
    format!("{colour} {} {} {} {} re f", mm(x), mm(y), mm(width), mm(height))
}

/// The good file.
pub fn good() -> Good {
    let mut doc = Document::with_version("1.6");
    let font = &*FONT;
    let file = doc.add_object(stream(
        dictionary! { "Length1" => font.subset.len() as i64 },
        font.subset.clone(),
        true,
    ));
    let descriptor = doc.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "ABCDEF+SourceSerif4-It", "Flags" => 4, "ItalicAngle" => -12,
        "FontBBox" => vec![(-200).into(), (-300).into(), 1200.into(), 1000.into()], "Ascent" => 900, "Descent" => -300,
        "CapHeight" => 670, "StemV" => 80, "FontFile2" => file,
    });
    let cid = doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "ABCDEF+SourceSerif4-It",
        "CIDSystemInfo" => dictionary! { "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0 },
        "FontDescriptor" => descriptor, "DW" => 0, "W" => vec![0.into(), font.widths.clone().into()], "CIDToGIDMap" => "Identity",
    });
    let unicode = to_unicode(&font.glyphs);
    let unicode = doc.add_object(stream(Dictionary::new(), unicode.into_bytes(), true));
    let font = doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+SourceSerif4-It", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![cid.into()], "ToUnicode" => unicode,
    });

    // 40 × 30 mm at 300 ppi.
    let (width, height) = (473i64, 355i64);
    let pixels = (0..width * height)
        .flat_map(|i| [(i % width / 4) as u8, (i / width / 3) as u8, 60, 20])
        .collect();
    let image = doc.add_object(stream(image_dict(width, height, "DeviceCMYK", 8), pixels, true));

    let group_box = vec![0.into(), 0.into(), mm(40.0).into(), mm(40.0).into()];
    let group = doc.add_object(stream(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => group_box.clone(),
            "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK", "I" => true },
        },
        rect("0.2 0.6 0 0 k", 0.0, 0.0, 20.0, 20.0).into_bytes(),
        false,
    ));
    let mask = doc.add_object(stream(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => group_box,
            "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceGray" },
        },
        rect("0.5 g", 0.0, 0.0, 40.0, 40.0).into_bytes(),
        false,
    ));
    let function = dictionary! {
        "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1,
        "C0" => vec![0.8.into(), 0.2.into(), 0.into(), 0.into()], "C1" => vec![0.into(), 0.7.into(), 0.6.into(), 0.1.into()],
    };
    let gradient = dictionary! {
        "ShadingType" => 2, "ColorSpace" => "DeviceCMYK", "Function" => function, "Extend" => vec![true.into(), true.into()],
        "Coords" => vec![mm(30.0).into(), 0.into(), mm(90.0).into(), 0.into()],
    };
    let resources = doc.add_object(dictionary! {
        "Font" => dictionary! { "F1" => font },
        "XObject" => dictionary! { "Im1" => image, "G1" => group },
        "Shading" => dictionary! { "S1" => gradient },
        "ExtGState" => dictionary! {
            "Over" => dictionary! { "Type" => "ExtGState", "OP" => true, "op" => true, "OPM" => 1 },
            "Half" => dictionary! { "Type" => "ExtGState", "ca" => 0.5, "CA" => 0.5 },
            "Soft" => dictionary! { "Type" => "ExtGState", "SMask" => dictionary! { "Type" => "Mask", "S" => "Luminosity", "G" => mask } },
        },
    });

    let parent = doc.new_object_id();
    let (mut pages, mut contents) = (vec![], vec![]);
    for _ in 0..4 {
        let content = doc.add_object(Stream::new(Dictionary::new(), vec![]));
        contents.push(content);
        pages.push(doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => parent, "Resources" => resources, "Contents" => content,
            "MediaBox" => page_box(PAPER), "BleedBox" => page_box(3.0), "TrimBox" => page_box(0.0),
        }));
    }
    let kids: Vec<Object> = pages.iter().map(|&id| id.into()).collect();
    doc.objects
        .insert(parent, dictionary! { "Type" => "Pages", "Count" => 4, "Kids" => kids }.into());

    let profile = doc.add_object(PROFILE.clone());
    let intent = doc.add_object(dictionary! {
        "Type" => "OutputIntent", "S" => "GTS_PDFX", "OutputConditionIdentifier" => Object::string_literal("FOGRA39"),
        "OutputCondition" => Object::string_literal("Offset, coated paper, 300 %"),
        "RegistryName" => Object::string_literal("http://www.color.org"), "Info" => Object::string_literal("ISO Coated v2 300 % (basICColor)"),
        "DestOutputProfile" => profile,
    });
    let metadata = doc.add_object(stream(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        packet().into_bytes(),
        false,
    ));
    let outline = doc.new_object_id();
    let outlines = doc.add_object(
        dictionary! { "Type" => "Outlines", "First" => outline, "Last" => outline, "Count" => 1 },
    );
    let destination = vec![pages[1].into(), "Fit".into()];
    doc.objects.insert(
        outline,
        dictionary! { "Title" => text("二"), "Parent" => outlines, "Dest" => destination }.into(),
    );
    let catalog = doc.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => parent, "OutputIntents" => vec![intent.into()], "Metadata" => metadata, "Outlines" => outlines,
    });
    let date = Object::string_literal("D:20260102030405+08'00'");
    let info = doc.add_object(dictionary! {
        "Title" => text(TITLE), "CreationDate" => date.clone(), "ModDate" => date, "Trapped" => "False",
        "Producer" => Object::string_literal("the tests of trendpress"), "GTS_PDFXVersion" => Object::string_literal("PDF/X-4"),
    });
    doc.trailer.set("Root", catalog);
    doc.trailer.set("Info", info);
    let id = Object::String(vec![7; 16], StringFormat::Hexadecimal);
    doc.trailer.set("ID", vec![id.clone(), id]);

    let mut good = Good {
        doc,
        info,
        metadata,
        intent,
        profile,
        descriptor,
        image,
        group,
        outline,
        resources,
        pages,
        contents,
    };
    for page in 0..4 {
        for part in design() {
            good.paint(page, &part);
        }
    }
    good
}

/// What every page paints.
fn design() -> Vec<String> {
    vec![
        // A band that bleeds on three sides, and large white text on it.
        rect("1 0.6 0 0.2 k", -3.0, 240.0, 216.0, 48.0),
        set("0 0 0 0 k", 24.0, 20.0, 260.0),
        // Black text on paper, and black text that overprints a tint.
        set("0 0 0 1 k", 10.0, 20.0, 200.0),
        rect("0.3 0 0.1 0 k", 20.0, 180.0, 100.0, 10.0),
        format!("/Over gs {}", set("0 0 0 1 k", 9.0, 25.0, 184.0)),
        // A rule in black, and one in two inks.
        format!("0 0 0 1 K 0.5 w {} {} m {} {} l S", mm(20.0), mm(170.0), mm(120.0), mm(170.0)),
        format!("0.5 0.5 0 0 K 1 w {} {} m {} {} l S", mm(20.0), mm(165.0), mm(120.0), mm(165.0)),
        // An image of 40 × 30 mm, a gradient, a group at half its strength, a soft mask.
        format!("q {} 0 0 {} {} {} cm /Im1 Do Q", mm(40.0), mm(30.0), mm(20.0), mm(120.0)),
        format!("{} {} {} {} re W n /S1 sh", mm(30.0), mm(80.0), mm(60.0), mm(20.0)),
        format!("/Half gs 1 0 0 1 {} {} cm /G1 Do", mm(120.0), mm(120.0)),
        format!(
            "1 0 0 1 {} {} cm /Soft gs {}",
            mm(120.0),
            mm(80.0),
            rect("0 0.9 0.9 0 k", 0.0, 0.0, 30.0, 30.0)
        ),
    ]
}

/// A page's box that reaches so far beyond the trim, in millimetres.
pub fn page_box(beyond: f32) -> Object {
    let near = (PAPER - beyond) * MM;
    vec![
        near.into(),
        near.into(),
        ((PAPER + 210.0 + beyond) * MM).into(),
        ((PAPER + 285.0 + beyond) * MM).into(),
    ]
    .into()
}

/// An image's dictionary.
pub fn image_dict(width: i64, height: i64, space: &str, bits: i64) -> Dictionary {
    dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height, "ColorSpace" => space, "BitsPerComponent" => bits,
    }
}

fn packet() -> String {
    let about = "uuid:6f1c1f0e-0000-4000-8000-000000000001";
    format!(
        r#"<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{TITLE}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-01-02T03:04:05+08:00</xmp:CreateDate>
<xmp:ModifyDate>2026-01-02T03:04:05+08:00</xmp:ModifyDate>
<xmp:MetadataDate>2026-01-02T03:04:05+08:00</xmp:MetadataDate>
<xmpMM:DocumentID>{about}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdf:Producer>the tests of trendpress</pdf:Producer>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#,
        mark = '\u{FEFF}'
    )
}

fn to_unicode(glyphs: &[u16]) -> String {
    let pairs: std::collections::BTreeMap<u16, char> =
        glyphs.iter().copied().zip(LETTERS.chars()).collect();
    let lines: String =
        pairs.iter().map(|(glyph, c)| format!("<{glyph:04X}> <{:04X}>\n", u32::from(*c))).collect();
    format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n{} beginbfchar\n{lines}endbfchar\n\
         endcmap CMapName currentdict /CMap defineresource pop end end",
        pairs.len()
    )
}
