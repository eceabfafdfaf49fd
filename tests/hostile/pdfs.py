"""Hostile PDFs: a few bytes that ask a reader to build, or to repeat, without end.

Each is one page that names what is large again and again; it is checked, compared, imposed and placed.
"""

import zlib

from inputs import RENDER, TEXT, figure

COMMANDS = (("preflight", "x.pdf"), ("diff", "x.pdf", "y.pdf"), ("impose", "x.pdf", "o.pdf", "--scheme", "saddle"), RENDER)
CASES = []


def stream(data, head=""):
    packed = zlib.compress(data, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (head.encode(), len(packed), packed)


def pdf(content, resources, *objects):
    """A page with this content; the objects are 5 and up."""
    head = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/TrimBox[9 9 590 790]/Resources<<%s>>/Contents 4 0 R>>"
    all_objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", head % resources.encode(),
                   stream(content.encode()), *(o.encode() if isinstance(o, str) else o for o in objects)]
    out, places = b"%PDF-1.6\n", []
    for number, body in enumerate(all_objects, 1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, table, size, len(out))


def case(name, content, resources, *objects):
    files = {"x.pdf": pdf(content, resources, *objects), "y.pdf": pdf("0 0 9 9 re f", ""), TEXT: figure("figures/x.pdf")}
    files["content/figures/x.pdf"] = files["x.pdf"]
    CASES.append((f"pdf-{name}", files, COMMANDS))


def sampled(size, bits=8, outputs=4, inputs=1, data=None):
    sizes = " ".join([str(size)] * inputs)
    ranges = "0 1 " * outputs
    data = data if data is not None else b"\x28" * (size**inputs * outputs * bits // 8)
    return stream(data, f"/FunctionType 0/Domain[{'0 1 ' * inputs}]/Range[{ranges}]/Size[{sizes}]/BitsPerSample {bits}")


MEGA = sampled(1 << 18)
AXIAL = "<</ShadingType 2/ColorSpace/DeviceCMYK/Coords[0 0 9 9]/Extend[true true]/Function 5 0 R>>"
SHADED, TINTED = f"/Shading<</S {AXIAL}>>", "/ColorSpace<</T[/Separation/Gold/DeviceCMYK 5 0 R]>>"
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
CID = ("<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-{way}/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun"
       "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4>>{widths}>>]>>")


def font(widths, way="H"):
    return "BT /F 9 Tf 50 50 Td <00410042> Tj ET", f"/Font<</F {CID.format(widths=widths, way=way)}>>"


case("space-again", "/T cs .5 scn 0 0 9 9 re f " * 50_000, TINTED, MEGA)
case("table-again", "/T cs 1 scn 0 0 9 9 re f " * 50_000, "/ColorSpace<</T[/Indexed/DeviceCMYK 255 5 0 R]>>", stream(bytes(1 << 20)))
case("default-again", "1 g 0 0 9 9 re f " * 50_000, "/ColorSpace<</DefaultGray[/Indexed/DeviceCMYK 255 5 0 R]>>", stream(bytes(1 << 20)))
case("inline-again", "q 9 0 0 9 9 9 cm BI /W 1 /H 1 /BPC 8 /CS /T ID a EI Q " * 50_000, "/ColorSpace<</T[/Indexed/DeviceCMYK 255 5 0 R]>>", stream(bytes(1 << 20)))
case("shading-turned", "50 50 9 9 re W n " + "1 0 .001 1 0 0 cm /S sh " * 50_000, SHADED, MEGA)
case("shading-bits", "/S sh", SHADED, sampled(8, bits=1, data=bytes(150 << 20)))
case("shading-inputs", "/S sh", SHADED, sampled(2, inputs=20, outputs=1))
case("shading-sizes", "/S sh", SHADED, sampled(4_000_000_000, inputs=12, data=bytes(1 << 20)))
case("stitched-self", "/S sh", SHADED, "<</FunctionType 3/Domain[0 1]/Bounds[]/Encode[0 1]/Functions[5 0 R]>>")
case("stitched-tree", "/S sh", SHADED, *(f"<</FunctionType 3/Domain[0 1]/Bounds[{' '.join(str(n / 32) for n in range(1, 32))}]/Encode[{'0 1 ' * 32}]/Functions[{f'{at + 1} 0 R ' * 32}]>>" for at in range(5, 11)),
     "<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 1 1]/N 1>>")
case("stitched-chain", "/S sh", SHADED, *(f"<</FunctionType 3/Domain[0 1]/Bounds[]/Encode[0 1]/Functions[{at + 1} 0 R]>>" for at in range(5, 60_000)), "<</FunctionType 2/Domain[0 1]/N 1>>")
case("program-long", "/S sh", SHADED, stream(b"{ 4 div dup dup dup " + b"dup pop " * 100_000 + b"}", "/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1 0 1]"))
case("program-deep", "/S sh", SHADED, stream(b"{ " + b"{" * 500_000 + b"}" * 500_000 + b"}", "/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1 0 1]"))
case("program-tint", "/T cs .5 scn 0 0 600 800 re f", TINTED, stream(b"{ " + b"{" * 500_000 + b"}" * 500_000 + b"}", "/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1 0 1]"))
case("mesh-text", "/Pattern cs /P scn BT /F 9 Tf " + "(abc) Tj " * 20_000 + "ET", "/Pattern<</P<</PatternType 2/Shading 5 0 R>>>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
     stream(bytes([0, 9, 9, 99]) * 200_000, "/ShadingType 4/ColorSpace/DeviceGray/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Decode[0 600 0 800 0 1]"))
case("widths", *font("/W[0 4000000000 500]"))
case("widths-many", *font(f"/W[{'0 65535 500 ' * 2000}]"))
case("heights", *font("/W2[0 4000000000 -1000 500 880]", "V"))
case("glyph-map", *font("/CIDToGIDMap 5 0 R"), stream(bytes(150 << 20)))
case("glyph-names", "BT /F 9 Tf (abc) Tj ET", "/Font<</F 5 0 R>>", "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar -2000000000/LastChar 2000000000/Widths[9]/Encoding<</Differences[-5/a 2000000000/b/c]>>/CharProcs<<>>>>")
case("glyphs-large", "BT /F 9 Tf <" + "".join(f"{code:02x}" for code in range(256)) + "> Tj ET", "/Font<</F 6 0 R>>", stream(b"9 0 d0 " + b" " * (60 << 20)),
     f"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 0/LastChar 255/Widths[{'9 ' * 256}]/Encoding<</Differences[0{''.join(f'/g{code}' for code in range(256))}]>>/CharProcs<<{''.join(f'/g{code} 5 0 R' for code in range(256))}>>>>")
case("pattern-again", "0 0 1 1 re W n /Pattern cs /P scn " + "90 90 9 9 re f " * 9000, "/Pattern<</P 5 0 R>>",
     stream(b" " * (8 << 20), "/PatternType 1/PaintType 1/TilingType 1/XStep 9/YStep 9/BBox[0 0 9 9]/Resources<<>>"))
case("pattern-blank", "/Pattern cs /P scn 0 0 600 800 re f", "/Pattern<</P 5 0 R>>", stream(b" " * (8 << 20), "/PatternType 1/PaintType 1/TilingType 1/XStep 9/YStep 9/BBox[0 0 9 9]/Resources<<>>"))
case("glyph-blank", "BT /F 9 Tf " + "(AAAAAAAAAAAAAAAAAAAA) Tj " * 9000 + "ET", "/Font<</F 6 0 R>>", stream(b"9 0 d0 " + b" " * (8 << 20)),
     "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[9]/Encoding<</Differences[65/a]>>/CharProcs<</a 5 0 R>>>>")
case("form-again", "/X Do " * 50_000, "/XObject<</X 5 0 R>>", stream(b" " * (8 << 20), FORM))
case("forms-deep", "/X Do", "/XObject<</X 5 0 R>>", *(stream(b"/X Do " * 20, f"{FORM}/Resources<</XObject<</X {at + 1} 0 R>>>>") for at in range(5, 40)), stream(b"0 0 9 9 re f", FORM))
case("images-many", "".join(f"q 9 0 0 9 {at} 9 cm /I{at} Do Q " for at in range(500)), f"/XObject<<{''.join(f'/I{at} {at + 5} 0 R' for at in range(500))}>>",
     *(stream(bytes([at % 256]) * (1 << 17), "/Type/XObject/Subtype/Image/Width 1024/Height 1024/BitsPerComponent 1/ColorSpace/DeviceGray") for at in range(500)))
case("image-large", "q 9 0 0 9 9 9 cm /I Do Q", "/XObject<</I 5 0 R>>", stream(bytes(1000), "/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"))
case("image-endless", "q 9 0 0 9 9 9 cm /I Do Q", "/XObject<</I 5 0 R>>", "<</Type/XObject/Subtype/Image/Width 4000000000/Height 4000000000/BitsPerComponent 16/ColorSpace/DeviceCMYK/Length 4>>stream\nabcd\nendstream")
case("image-table", "q 9 0 0 9 9 9 cm /I Do Q", "/XObject<</I 5 0 R>>", stream(bytes(1 << 20), "/Type/XObject/Subtype/Image/Width 1024/Height 1024/BitsPerComponent 8/ColorSpace[/Indexed[/DeviceN[/A/B/C/D/E/F/G/H/I/J/K/L/M/N/O/P]/DeviceCMYK 6 0 R] 4000000000 <00>]"),
     sampled(2, inputs=16))
case("masks-deep", "/G gs 0 0 600 800 re f", "/ExtGState<</G 5 0 R>>", "<</SMask<</S/Luminosity/G 6 0 R>>>>", stream(b"/G gs 0 0 600 800 re f " * 30, f"{FORM}/Group<</S/Transparency/CS/DeviceGray>>/Resources<</ExtGState<</G 5 0 R>>>>"))
case("dashes", "[.0001 .0001] 0 d .1 w 0 0 m 600 800 l S " * 100, "")
case("curves", "1 w " + "0 0 m 600 800 1 1 600 0 c S " * 200_000, "")
case("clips", "0 0 600 800 re W n " * 100_000 + "0 0 600 800 re f " * 1000, "")
case("text-long", "BT /F 9 Tf 9 9 Td <" + "41" * 3_000_000 + "> Tj ET", "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>")
case("characters", "BT /F 9 Tf 50 50 Td <00410042> Tj ET", "/Font<</F<</Type/Font/Subtype/Type0/BaseFont/A/Encoding 5 0 R/ToUnicode 6 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/FontDescriptor<</Flags 4>>>>]>>>>",
     stream(b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 begincidrange <00000000> <ffffffff> 0 endcidrange endcmap", "/Type/CMap/CMapName/X"),
     stream(b"begincmap " + b"1 beginbfrange <00000000> <ffffffff> [<0041>] endbfrange 1 beginbfrange <00000000> <ffffffff> <0041> endbfrange " * 1000 + b"endcmap"))
