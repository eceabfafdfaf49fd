//! Fuzzes the walk over a page: the bytes are its content, with fonts, forms, patterns, shadings,
//! pictures, states and a layer at hand under names of one letter. The file around it is sound, so
//! that all of the fuzzer's work goes into operators.
#![no_main]

use libfuzzer_sys::fuzz_target;
use preflight::Profile;

/// The objects behind the page: what operators may name.
const OBJECTS: &[&str] = &[
    // 4: a form that draws itself and others.
    "<</Type/XObject/Subtype/Form/BBox[0 0 90 90]/Matrix[.5 0 0 .5 3 3]/Resources 3 0 R/Group<</S/Transparency/K true/CS/DeviceCMYK>>/Length 46>>stream\n.2 .1 0 .4 k 1 1 50 50 re f /I Do /F Do 2 w s \nendstream",
    // 5: a picture; 6: a stencil; 7: a soft mask.
    "<</Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 7 0 R/Length 4>>stream\n\x01\x7f\x02\x30\nendstream",
    "<</Type/XObject/Subtype/Image/Width 8/Height 2/ImageMask true/BitsPerComponent 1/Length 2>>stream\nAZ\nendstream",
    "<</Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray/Matte[0]/Length 4>>stream\n\x01\x7f\x02\x30\nendstream",
    // 8: a font that is not embedded; 9: one that draws its glyphs.
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65/LastChar 66/Widths[8 9]/Encoding<</Differences[65/a/b]>>/CharProcs<</a 10 0 R/b 4 0 R>>/Resources 3 0 R>>",
    "<</Length 40>>stream\n8 0 0 0 9 9 d1 1 1 7 7 re f BT /G 5 Tf ET\nendstream",
    // 11 and 12: patterns, of cells and of a shading; 13 and 14: shadings.
    "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 5 5]/XStep 4/YStep 4/Resources 3 0 R/Length 30>>stream\n1 0 0 0 k 0 0 3 3 re f /F Do   \nendstream",
    "<</PatternType 2/Shading 13 0 R/Matrix[1 .2 0 1 0 0]>>",
    "<</ShadingType 3/ColorSpace/DeviceCMYK/Coords[20 20 5 60 60 40]/Extend[true false]/Function 15 0 R>>",
    "<</ShadingType 4/ColorSpace/DeviceGray/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Decode[0 99 0 99 0 1]/Length 12>>stream\n\x00\x01\x01\x10\x00\x70\x02\x20\x00\x10\x70\x30\nendstream",
    "<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 .5 0 1]/N 1>>",
    // 16 and 17: states; 18: a layer; 19: a spot colour's tint; 20: a lot of inks.
    "<</OP true/op true/OPM 1/CA .5/ca .25/BM/Multiply/SMask<</S/Luminosity/G 4 0 R/BC[0 0 0 0]>>>>",
    "<</SMask/None/BM/Darken/LW .01/D[[3 1]0]/Font[9 0 R 7]/AIS true/TR/Identity>>",
    "<</Type/OCG/Name(x)>>",
    "<</FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1 0 1]/Length 27>>stream\n{dup dup .5 mul exch 0 3 1 roll}\nendstream",
    "[/DeviceN[/Cyan/Gold/None]/DeviceCMYK<</FunctionType 4/Domain[0 1 0 1 0 1]/Range[0 1 0 1 0 1 0 1]>>]",
];

const RESOURCES: &str = "<</XObject<</F 4 0 R/I 5 0 R/B 6 0 R>>/Font<</H 8 0 R/G 9 0 R>>/Pattern<</P 11 0 R/Q 12 0 R>>/Shading<</S 13 0 R/M 14 0 R>>/ExtGState<</A 16 0 R/Z 17 0 R>>/Properties<</L 18 0 R>>/ColorSpace<</K[/Separation/Gold/DeviceCMYK 19 0 R]/N 20 0 R/E[/Pattern/DeviceGray]/X[/Indexed/DeviceRGB 1(abcdef)]>>>>";

/// A file with one page of this content.
fn file(content: &[u8]) -> Vec<u8> {
    let mut out = b"%PDF-1.6\n".to_vec();
    let mut places = vec![];
    let catalog = "<</Type/Catalog/Pages<</Type/Pages/Count 1/Kids[2 0 R]>>/OCProperties<</OCGs[18 0 R]/D<</OFF[18 0 R]>>>>>>";
    let page = "<</Type/Page/MediaBox[0 0 100 100]/TrimBox[5 5 95 95]/BleedBox[2 2 98 98]/Resources 3 0 R/Contents 21 0 R>>";
    let head = format!("<</Length {}>>stream\n", content.len());
    let content = [head.as_bytes(), content, b"\nendstream"].concat();
    let objects = [catalog, page, RESOURCES].into_iter().chain(OBJECTS.iter().copied());
    let objects = objects.map(|object| object.chars().map(|c| c as u8).collect::<Vec<u8>>());
    for (number, object) in objects.chain([content]).enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj ", number + 1).bytes());
        out.extend(object);
        out.extend(b" endobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = places.len() + 1;
    out.extend(format!("trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").bytes());
    out
}

fuzz_target!(|bytes: &[u8]| {
    let profile = Profile::built_in("gwg-sheetfed").expect("a profile");
    let report = preflight::check(&file(bytes), &profile);
    assert!(!report.pages.is_empty() || !report.passes(), "neither pages nor an error");
});
