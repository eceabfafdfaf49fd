//! Fuzzes pictures and filters: the last bytes choose size, bits, colour space and filters, the rest
//! is the picture's data. The file around it is sound, and the page draws it, as a picture, as its own
//! mask, and in the line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use preflight::Profile;

const SPACES: [&str; 8] = [
    "/ColorSpace/DeviceGray",
    "/ColorSpace/DeviceRGB",
    "/ColorSpace/DeviceCMYK",
    "/ColorSpace[/Indexed/DeviceCMYK 3(abcdefghijklmnop)]",
    "/ColorSpace[/Lab<</WhitePoint[.9 1 .8]>>]",
    "/ColorSpace[/Separation/Gold/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 .2 1 0]/N 1>>]",
    "/ImageMask true",
    "",
];

const FILTERS: [&str; 10] = [
    "/FlateDecode",
    "/LZWDecode",
    "/ASCIIHexDecode",
    "/ASCII85Decode",
    "/RunLengthDecode",
    "/CCITTFaxDecode",
    "/JBIG2Decode",
    "/DCTDecode",
    "/JPXDecode",
    "",
];

fn file(picture: &[u8], inline: &[u8]) -> Vec<u8> {
    let mut out = b"%PDF-1.6\n".to_vec();
    let mut places = vec![];
    let head = format!("<</Length {}>>stream\n", inline.len());
    let objects: [&[u8]; 4] = [
        b"<</Type/Catalog/Pages<</Type/Pages/Count 1/Kids[2 0 R]>>>>",
        b"<</Type/Page/MediaBox[0 0 100 100]/TrimBox[5 5 95 95]/Resources<</XObject<</I 3 0 R>>>>/Contents 4 0 R>>",
        picture,
        &[head.as_bytes(), inline, b"\nendstream"].concat(),
    ];
    for (number, object) in objects.into_iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj ", number + 1).bytes());
        out.extend(object);
        out.extend(b" endobj\n");
    }
    let start = out.len();
    out.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer <</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").bytes());
    out
}

fuzz_target!(|bytes: &[u8]| {
    let Some((data, &[width, height, bits, space, one, two, more])) = bytes.split_last_chunk::<7>()
    else {
        return;
    };
    let filter = |byte: u8| FILTERS[usize::from(byte) % FILTERS.len()];
    let parameters = format!(
        "<</Predictor {}/Colors {}/BitsPerComponent 8/Columns {}/K {}/Rows {height}>>",
        more % 16,
        1 + more / 64,
        1 + u32::from(width),
        i32::from(more % 3) - 1,
    );
    let dict = format!(
        "/Width {}/Height {}/BitsPerComponent {}{}/Filter[{}{}]/DecodeParms[{parameters}]/Decode[{} {}]",
        u32::from(width) * if more & 1 == 0 { 1 } else { 40 },
        u32::from(height),
        1u32 << (bits % 5),
        SPACES[usize::from(space) % SPACES.len()],
        filter(one),
        filter(two),
        bits / 128,
        bits / 64 % 2,
    );
    let whole = |mask: &str| {
        let head =
            format!("<</Type/XObject/Subtype/Image{dict}{mask}/Length {}>>stream\n", data.len());
        [head.as_bytes(), data, b"\nendstream"].concat()
    };
    let profile = Profile::built_in("gwg-sheetfed").expect("a profile");
    let picture = whole(if more & 4 == 0 { "" } else { "/SMask 3 0 R" });
    let mut inline = b"q 60 0 0 60 20 20 cm /I Do ".to_vec();
    if more & 8 != 0 {
        inline.extend(format!("BI {dict} ID ").bytes());
        inline.extend(data);
        inline.extend(b"\nEI 0 0 5 5 re f");
    }
    let report = preflight::check(&file(&picture, &inline), &profile);
    assert!(!report.pages.is_empty() || !report.passes(), "neither pages nor an error");
});
