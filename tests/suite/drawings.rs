//! Drawings as other programs write them: drawn as their authors see them, or refused at their
//! line with what to change in the program. All are written for this test, in each program's
//! manner.

mod today;

use crate::conservation::TREND;
use crate::project::{Project, Run};
use testkit::pdf::{File, Glyph};
use testkit::raster::Raster;

const XMLNS: &str =
    r#"xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink""#;

/// The starter with a drawing in its second trend.
fn report(drawing: impl AsRef<[u8]>) -> Project {
    let project = Project::starter();
    project.write("content/figures/b.svg", drawing);
    let body =
        "---\ntitle: 第二章\n---\n\n正文。\n\n![题](figures/b.svg \"来源：本书\")\n\n正文。\n";
    project.write(TREND, body);
    project
}

/// A drawing as the pages show it.
struct Drawn {
    glyphs: Vec<Glyph>,
    pages: Vec<Raster>,
}

impl Drawn {
    /// The faces of the characters of a text, which stands in the drawing alone.
    fn faces(&self, text: &str) -> Vec<&str> {
        let all: String = self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        let start = all.find(text).unwrap_or_else(|| panic!("`{text}` is lost: {all}"));
        let mut at = 0;
        let mut out = vec![];
        for glyph in &self.glyphs {
            if (start..start + text.len()).contains(&at) && !glyph.text.trim().is_empty() {
                let name = glyph.font.rsplit('+').next().unwrap_or_default();
                out.push(name.trim_end_matches("-Identity-H"));
            }
            at += glyph.text.len();
        }
        out.dedup();
        out
    }

    fn has(&self, text: &str) -> bool {
        let all: String = self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        all.contains(text)
    }

    /// How many pixels have a colour.
    fn count(&self, colour: [u8; 3]) -> usize {
        let patches = self.pages.iter().filter_map(|page| page.patch(colour, 4));
        patches.map(|patch| patch.count).sum()
    }

    /// The ratio of the box around a colour.
    fn ratio(&self, colour: [u8; 3]) -> f64 {
        let patch = self.pages.iter().find_map(|page| page.patch(colour, 4)).expect("the colour");
        let [left, top, right, bottom] = patch.edges;
        (right - left + 1) as f64 / (bottom - top + 1) as f64
    }
}

fn drawn(drawing: impl AsRef<[u8]>) -> Drawn {
    let project = report(drawing);
    let run = project.run(&["check"]).ok();
    assert!(!run.stderr.contains("does not use `figures"), "{}", run.stderr);
    assert!(!run.stderr.contains("foreign"), "{}", run.stderr);
    project.run(&["render", "o.pdf"]).ok();
    let bytes = std::fs::read(project.join("o.pdf")).expect("a report");
    let glyphs = File::open(bytes.clone()).pages().into_iter().flat_map(|page| page.glyphs);
    Drawn { glyphs: glyphs.collect(), pages: Raster::pages(bytes) }
}

fn refused(drawing: impl AsRef<[u8]>, message: &str, hint: &str) {
    let project = report(drawing);
    let told = |run: Run| {
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(run.stderr.contains(message), "`{message}`: {}", run.stderr);
        assert!(run.stderr.contains(&format!("{TREND}:7:6")), "{}", run.stderr);
        assert!(run.stderr.contains(hint), "`{hint}`: {}", run.stderr);
    };
    told(project.run(&["check"]));
    told(project.run(&["render", "o.pdf"]));
    assert!(!project.join("o.pdf").exists());
}

const TEAL: [u8; 3] = [0, 150, 136];
const PLUM: [u8; 3] = [142, 36, 170];

#[test]
fn document_types_are_read() {
    let matplotlib = format!(
        r##"<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg {XMLNS} width="230.4pt" height="115.2pt" viewBox="0 0 230.4 115.2" version="1.1">
 <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
 <defs><style type="text/css">*{{stroke-linejoin: round; stroke-linecap: butt}}</style></defs>
 <g id="figure_1"><g id="patch_1">
  <path d="M 0 115.2 L 230.4 115.2 L 230.4 0 L 0 0 z" style="fill: #009688"/></g>
  <g id="text_1"><text style="font: 10px 'DejaVu Sans', 'Bitstream Vera Sans', sans-serif; text-anchor: middle" x="100" y="60" transform="rotate(-0 100 60)">产量 GWh</text></g>
 </g></svg>"##
    );
    let page = drawn(matplotlib);
    assert_eq!(page.faces("产量 GWh"), ["ReportSansSC-Regular", "SourceSans3-Regular"]);
    assert!((page.ratio(TEAL) - 2.0).abs() < 0.05);

    let graphviz = format!(
        r##"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- made by a layout program --><svg width="89pt" height="116pt" viewBox="0.00 0.00 89.00 116.00" {XMLNS}>
<g id="graph0" class="graph" transform="scale(1 1) rotate(0) translate(4 112)">
<polygon fill="white" stroke="none" points="-4,4 -4,-112 85.29,-112 85.29,4 -4,4"/>
<g id="node1" class="node"><title>a</title><ellipse fill="#8e24aa" stroke="black" cx="40" cy="-90" rx="38" ry="18"/>
<text text-anchor="middle" x="40" y="-80" font-family="Times,serif" font-size="14.00">起点 ab</text></g></g></svg>"##
    );
    let page = drawn(graphviz);
    assert_eq!(page.faces("起点 ab"), ["ReportSerifSC-Regular", "SourceSerif4-Regular"]);
    assert!(page.count(PLUM) > 100);

    let illustrator = r##"<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
	<!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
	<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
	<!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
]>
<svg version="1.1" id="层_1" xmlns:x="&ns_extend;" xmlns:i="&ns_ai;" xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" x="0px" y="0px" viewBox="0 0 200 100" style="enable-background:new 0 0 200 100;" xml:space="preserve">
<style type="text/css">.st0{fill:#009688;} .st1{font-family:'AdobeSongStd-Light-GBpc-EUC-H';} .st2{font-size:12px;}</style>
<switch><foreignObject requiredExtensions="&ns_ai;" x="0" y="0" width="1" height="1"><i:aipgfRef xlink:href="#adobe_illustrator_pgf"></i:aipgfRef></foreignObject>
<g i:extraneous="self"><rect class="st0" width="200" height="100"/><text transform="matrix(1 0 0 1 10 50)" class="st1 st2">宋体字 Ai</text></g></switch></svg>"##;
    let page = drawn(illustrator);
    assert_eq!(page.faces("宋体字 Ai"), ["ReportSerifSC-Regular", "SourceSerif4-Regular"]);
    assert!((page.ratio(TEAL) - 2.0).abs() < 0.05);
}

#[test]
fn entities_are_bounded() {
    let mut bomb = String::from("<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\">");
    for (this, below) in "bcdefg".chars().zip("abcdef".chars()) {
        bomb += &format!("<!ENTITY {this} \"{}\">", format!("&{below};").repeat(20));
    }
    bomb += &format!("]><svg {XMLNS} viewBox=\"0 0 9 9\"><text>&g;</text></svg>");
    refused(&bomb, "its entities stand for more text", "without a document type");
    let many = format!(
        "<!DOCTYPE svg [<!ENTITY a \"{}\">]><svg {XMLNS} viewBox=\"0 0 9 9\"><text>{}</text></svg>",
        "好".repeat(20_000),
        "&a;".repeat(5_000)
    );
    refused(&many, "its entities stand for more text", "without a document type");
    let round = format!(
        "<!DOCTYPE svg [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><svg {XMLNS} viewBox=\"0 0 9 9\"><text>&a;</text></svg>"
    );
    refused(&round, "its entities", "without a document type");
}

#[test]
fn the_light_colour_is_drawn_and_names_have_their_fallback() {
    let drawio = format!(
        r##"<svg {XMLNS} style="background: #ffffff; background-color: light-dark(#ffffff, #121212); color-scheme: light dark;" version="1.1" width="200px" height="100px" viewBox="0 0 200 100">
<rect x="0" y="0" width="100" height="100" fill="#dae8fc" stroke="#6c8ebf" style="fill: light-dark(rgb(0, 150, 136), rgb(29, 41, 59)); stroke: light-dark(rgb(0, 150, 136), rgb(92, 121, 163));"/>
<rect x="100" y="0" width="100" height="100" fill="light-dark(#8e24aa, var(--dark, #000))"/></svg>"##
    );
    let page = drawn(drawio);
    let (teal, plum) = (page.count(TEAL), page.count(PLUM));
    assert!(teal > 1000 && plum > 1000 && teal.abs_diff(plum) < teal / 5, "{teal} {plum}");
    for (css, rect) in [
        (".a{fill:var(--x, #8e24aa)}", r#"class="a""#),
        (":root{--x:#8e24aa} rect{fill:var(--x)}", ""),
        ("", r#"style="--x: #8e24aa; fill: var(--x, red)""#),
        ("", r##"fill="var(--ge-fill, var(--none, #8e24aa))""##),
        ("@media (prefers-color-scheme: dark){rect{fill:#000}} rect{fill:#8e24aa}", ""),
        ("svg{--a:var(--b);--b:#8e24aa}.q{fill:light-dark(var(--a),#fff)}", r#"class="q""#),
    ] {
        let page = drawn(format!(
            r#"<svg {XMLNS} viewBox="0 0 200 100"><style>{css}</style><rect width="200" height="100" {rect}/></svg>"#
        ));
        assert!((page.ratio(PLUM) - 2.0).abs() < 0.05, "{css} {rect}");
    }
}

#[test]
fn html_is_refused_unless_something_stands_in_for_it() {
    let box_of = |inner: &str| {
        format!(
            r#"<svg {XMLNS} viewBox="0 0 200 100" id="m1" class="flowchart" aria-roledescription="flowchart-v2"><g class="node"><rect width="200" height="100" fill="teal"/>{inner}</g></svg>"#
        )
    };
    let html = |words: &str| {
        format!(
            r#"<foreignObject width="64" height="24"><div xmlns="http://www.w3.org/1999/xhtml"><span class="nodeLabel"><p>{words}</p></span></div></foreignObject>"#
        )
    };
    refused(box_of(&html("读取输入")), "the text `读取输入` in it is HTML", "htmlLabels: false");
    refused(box_of(&format!("<g>{}</g>", html("甲<br/>乙"))), "`甲乙`", "htmlLabels: false");
    refused(box_of(&html("<img src='a.png'/>")), "it holds HTML", "htmlLabels: false");
    // An edge without words has an empty label.
    assert!(drawn(box_of(&html(" "))).count([0, 128, 128]) > 1000);

    let switch = |html: &str, instead: &str| {
        format!(
            r##"<svg {XMLNS} viewBox="0 0 200 100"><g transform="translate(10 40)"><switch><foreignObject pointer-events="none" width="100%" height="100%" requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility" style="overflow: visible"><div xmlns="http://www.w3.org/1999/xhtml"><div>{html}</div></div></foreignObject>{instead}</switch></g></svg>"##
        )
    };
    let text = r##"<text x="60" y="4" fill="#333" font-family="Helvetica" font-size="12px" text-anchor="middle">数据清洗 A</text>"##;
    let page = drawn(switch("数据<br/>清洗&#160;<b>A</b>", text));
    assert_eq!(page.faces("数据清洗 A"), ["ReportSansSC-Regular", "SourceSans3-Regular"]);
    refused(
        switch("数据清洗 A 与它后面的话", text),
        "outside of a browser it is `数据清洗A`",
        "Formatted Text",
    );
    refused(switch("只有这里有字", ""), "只有这里有字", "Formatted Text");
    let picture = r#"<image x="0" y="0" width="9" height="9" xlink:href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="/>"#;
    drawn(switch("画成了图", picture));
}

#[test]
fn a_switch_draws_the_first_child_whose_conditions_hold() {
    let drawio = format!(
        r##"<svg {XMLNS} viewBox="0 0 200 100"><rect width="200" height="100" fill="#009688"/><switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/><a transform="translate(0,-5)" xlink:href="https://www.example.com/faq" target="_blank"><text text-anchor="middle" font-size="10px" x="50%" y="100%">Text is not SVG - cannot display</text></a></switch></svg>"##
    );
    let page = drawn(drawio);
    assert!(!page.has("cannot display") && page.count(TEAL) > 1000);
    let languages = format!(
        r#"<svg {XMLNS} viewBox="0 0 200 100"><switch><text y="20" systemLanguage="de">Wort</text><text y="20" systemLanguage="en, zh-Hans">词语在此</text><text y="20">other</text></switch>
        <text y="60" systemLanguage="fr">mot</text><switch><text y="80" requiredExtensions="http://example.com/x">ext</text><text y="80">没有扩展</text></switch></svg>"#
    );
    let page = drawn(languages);
    assert!(page.has("词语在此") && page.has("没有扩展"));
    assert!(!page.has("Wort") && !page.has("other") && !page.has("mot") && !page.has("ext"));
}

#[test]
fn text_of_any_family_has_the_faces_of_the_report() {
    let sans = ["ReportSansSC-Regular", "SourceSans3-Regular"];
    let serif = ["ReportSerifSC-Regular", "SourceSerif4-Regular"];
    for (family, faces) in [
        ("sans-serif", &sans),
        ("serif", &serif),
        ("SimSun", &serif),
        ("Arial", &sans),
        ("'Microsoft YaHei', SimHei", &sans),
        ("Cambria Math", &serif),
        ("'trebuchet ms', verdana, arial, sans-serif", &sans),
        ("KaiTi_GB2312", &serif),
        ("Calibri,Calibri_MSFontService,sans-serif", &sans),
        ("等线", &sans),
    ] {
        let page = drawn(format!(
            r#"<svg {XMLNS} viewBox="0 0 200 100"><text x="9" y="50" font-family="{family}">汉字图 abc 123</text></svg>"#
        ));
        assert_eq!(page.faces("汉字图 abc 123"), *faces, "{family}");
    }
    let visio = format!(
        r#"<svg {XMLNS} xmlns:v="http://schemas.microsoft.com/visio/2003/SVGExtensions/" width="4in" height="2in" viewBox="0 0 288 144" class="st3"><v:documentProperties v:langID="2052"/><style type="text/css"><![CDATA[.st1 {{fill:#009688;stroke:none}} .st2 {{fill:#000000;font-family:宋体;font-size:1.5em}} .st3 {{font-size:12px;overflow:visible}}]]></style><g v:mID="0"><title>页-1</title><rect class="st1" width="288" height="144"/><text x="20" y="70" class="st2" v:langID="2052"><v:paragraph/>流程图 step</text></g></svg>"#
    );
    let page = drawn(visio);
    assert_eq!(page.faces("流程图 step"), serif);
    assert!(!page.has("页-1"));
    let powerpoint = format!(
        r#"<svg width="1280" height="640" {XMLNS} overflow="hidden"><g><rect x="0" y="0" width="1280" height="640" fill="rgb(142,36,170)"/><text fill="white" font-family="等线,等线_MSFontService,sans-serif" font-weight="700" font-size="80" transform="translate(96 150)">粗体 Bold<tspan font-size="40" x="0" y="90">小字</tspan></text></g></svg>"#
    );
    let page = drawn(powerpoint);
    assert_eq!(page.faces("粗体 Bold"), ["ReportSansSC-Bold", "SourceSans3-Bold"]);
    assert!(page.has("小字") && (page.ratio(PLUM) - 2.0).abs() < 0.05);
    let inkscape = format!(
        r#"<svg {XMLNS} xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" width="100mm" height="50mm" viewBox="0 0 100 50" inkscape:version="1.3"><sodipodi:namedview id="nv" pagecolor="white"/><g inkscape:label="图层 1"><text xml:space="preserve" style="font-size:8px;line-height:1.25;font-family:'Noto Sans CJK SC';-inkscape-font-specification:'Noto Sans CJK SC';fill:#000000" x="5" y="20"><tspan sodipodi:role="line" x="5" y="20">标注 mark</tspan></text></g></svg>"#
    );
    assert_eq!(drawn(inkscape).faces("标注 mark"), sans);
    let mono = format!(
        r#"<svg {XMLNS} viewBox="0 0 200 100"><text x="9" y="50" font-family="Consolas, monospace">代码 x_1</text></svg>"#
    );
    assert_eq!(drawn(mono).faces("代码 x_1"), ["ReportMonoSC-Regular"]);
}

#[test]
fn a_size_with_units_has_its_ratio() {
    for (size, ratio) in [
        (r#"width="10cm" height="50mm""#, 2.0),
        (r#"width="3in" height="144pt""#, 1.5),
        (r#"width="120" height="60px""#, 2.0),
        (r#"width="12pc" height="1in""#, 2.0),
        (r#"width="300" height="100" viewBox="0 0 300 100""#, 3.0),
        (r#"width="100%" height="100%" viewBox="0 0 200 100""#, 2.0),
    ] {
        let page = drawn(format!(
            r##"<svg {XMLNS} {size}><rect width="100%" height="100%" fill="#009688"/></svg>"##
        ));
        assert!((page.ratio(TEAL) - ratio).abs() < 0.06, "{size}: {}", page.ratio(TEAL));
    }
    refused(format!("<svg {XMLNS} width=\"50%\" height=\"9\"/>"), "it has no size", "plain SVG");
}

#[test]
fn a_drawing_is_read_in_its_encoding() {
    let text = |encoding: &str| {
        format!(
            r#"<?xml version="1.0" encoding="{encoding}"?><svg {XMLNS} viewBox="0 0 200 100"><text x="9" y="50" font-family="SimHei">编码文字</text></svg>"#
        )
    };
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let text = format!("{}{}", if mark { "\u{FEFF}" } else { "" }, text("UTF-16"));
        text.encode_utf16().flat_map(bytes).collect()
    };
    let gbk = |name: &str| {
        // 编码文字 in GBK.
        let han = [0xB1, 0xE0, 0xC2, 0xEB, 0xCE, 0xC4, 0xD7, 0xD6];
        let text = text(name);
        let (before, after) = text.split_once("编码文字").expect("the words");
        [before.as_bytes(), &han, after.as_bytes()].concat()
    };
    for drawing in [
        utf16(u16::to_le_bytes, true),
        utf16(u16::to_be_bytes, true),
        utf16(u16::to_le_bytes, false),
        gbk("GB2312"),
        gbk("gbk"),
        gbk("GB18030"),
        text("UTF-16").into_bytes(),
        format!("\u{FEFF}{}", text("utf-8")).into_bytes(),
    ] {
        assert!(drawn(&drawing).has("编码文字"));
    }
    refused(gbk("utf-8"), "it is not text in UTF-8", "in UTF-8");
    refused(text("x-unknown"), "its encoding `x-unknown` is not known", "in UTF-8");
}

#[test]
fn what_lies_outside_or_moves_is_refused_with_what_to_change() {
    let svg = |inner: &str| format!("<svg {XMLNS} viewBox=\"0 0 9 9\">{inner}</svg>");
    refused(
        svg("<image xlink:href=\"a.png\" width=\"9\" height=\"9\"/>"),
        "`a.png`",
        "embed pictures",
    );
    refused(
        svg("<image href=\"https://example.com/a.png\"/>"),
        "lies outside of it",
        "embed pictures",
    );
    refused(svg("<image href=\"data:image/tiff;base64,AA==\"/>"), "image/tiff", "PNG or JPEG");
    refused(svg("<use href=\"other.svg#a\"/>"), "`other.svg#a`", "embed pictures");
    refused(svg("<script>draw()</script>"), "it holds a script", "plain SVG");
    refused(svg("<style>@import url(look.css);</style>"), "look.css", "styles inside");
    refused(svg("<rect width='9' height='9' fill='oklch(0.5 0.2 240)'/>"), "oklch", "#rrggbb");
    refused(
        svg("<filter id='f'><feBlend in='SourceGraphic' in2='BackgroundImage'/></filter>"),
        "BackgroundImage",
        "PNG",
    );
    let inkscape = format!(
        "<svg {XMLNS} xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" viewBox=\"0 0 9 9\"><flowRoot><flowPara>流动的文字</flowPara></flowRoot></svg>"
    );
    refused(inkscape, "`流动的文字`", "Convert to Text");
}

fn svg(inner: &str) -> String {
    format!(r#"<svg {XMLNS} viewBox="0 0 40 20">{inner}</svg>"#)
}

fn data(kind: &str, bytes: impl AsRef<[u8]>) -> String {
    use base64::Engine;
    let data = base64::prelude::BASE64_STANDARD.encode(bytes);
    svg(&format!(r#"<image width="40" height="20" xlink:href="data:{kind};base64,{data}"/>"#))
}

#[test]
fn a_drawing_within_a_drawing_is_read_as_one() {
    let inner = svg(
        r#"<rect width="40" height="20" style="fill:light-dark(var(--none, #12ab34), #000)"/>"#,
    );
    let drawn = drawn(data("image/svg+xml", &inner));
    assert!(drawn.count([0x12, 0xAB, 0x34]) > 100);
    // Percent signs, as browsers write them, and a drawing in a drawing in a drawing.
    let plain = inner.replace('#', "%23").replace('"', "'").replace('<', "%3C").replace('>', "%3E");
    let percent =
        svg(&format!(r#"<image width="40" height="20" href="data:image/svg+xml,{plain}"/>"#));
    assert!(self::drawn(&percent).count([0x12, 0xAB, 0x34]) > 100);
    let deep = self::drawn(data("image/svg+xml", data("image/svg+xml", &inner)));
    assert!(deep.count([0x12, 0xAB, 0x34]) > 100);
    // What would be refused by itself is refused.
    let html = svg(
        r#"<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">字</p></foreignObject>"#,
    );
    refused(data("image/svg+xml", html), "a drawing in it cannot be drawn", "SVG text");
    let outside = svg(r#"<image width="9" height="9" href="other.png"/>"#);
    refused(data("image/svg+xml", outside), "which lies outside of it", "embed pictures");
    let text = svg("<text y='9'>内图</text>");
    refused(data("image/svg+xml", &text), "the text `内图` stands in a drawing within it", "paths");
    // The hint, followed: the inner drawing's shapes, by themselves.
    assert!(self::drawn(svg("<g><text y='9'>内图</text></g>")).has("内图"));
}

#[test]
fn pictures_within_a_drawing_are_whole_and_in_light() {
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb([0x12, 0xAB, 0x34]));
    let mut png = std::io::Cursor::new(vec![]);
    image::DynamicImage::ImageRgb8(picture)
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a picture");
    let png = png.into_inner();
    // The kind that the address names need not be so.
    for kind in ["image/png", "image/jpeg", "application/octet-stream"] {
        assert!(drawn(data(kind, &png)).count([0x12, 0xAB, 0x34]) > 100, "{kind}");
    }
    refused(
        data("image/png", &png[..png.len() / 2]),
        "a picture in it is broken",
        "put it in again",
    );
    refused(data("image/png", "nothing"), "a drawing in it cannot be drawn", "SVG");
}

#[test]
fn a_font_may_be_written_as_one_property() {
    let size = |font: &str| {
        let page = drawn(format!(
            r##"<svg {XMLNS} viewBox="0 0 200 100"><style>.k{{font: {font}}}</style><rect width="200" height="100" fill="#009688"/><text class="k" x="10" y="50">Wort</text></svg>"##
        ));
        let own = page.glyphs.iter().find(|glyph| glyph.text == "W").expect("the word").clone();
        (own.size, own.font)
    };
    let (plain, _) = size("20px serif");
    for font in ["20px/1.5 serif", "20px / 1.5 serif", "normal 20px/30px serif"] {
        assert!((size(font).0 - plain).abs() < 0.01, "{font}");
    }
    let (bold, face) = size("bold 40px/1 sans-serif");
    assert!((bold - plain * 2.0).abs() < 0.01 && !face.contains("Serif"), "{face}");
}

#[test]
fn gradients_that_repeat_are_refused_where_they_are_drawn() {
    let drawing = |spread: &str, fill: &str| {
        format!(
            r##"<svg {XMLNS} viewBox="0 0 100 50"><defs><linearGradient id="g" x2=".2" spreadMethod="{spread}"><stop offset="0" stop-color="#009688"/><stop offset="1" stop-color="#8e24aa"/></linearGradient></defs><rect width="100" height="50" fill="{fill}"/></svg>"##
        )
    };
    for spread in ["repeat", "reflect"] {
        refused(drawing(spread, "url(#g)"), "a gradient that is repeated", "`spreadMethod`");
    }
    drawn(drawing("pad", "url(#g)"));
    drawn(drawing("repeat", "#009688"));
}

#[test]
fn a_drawing_is_one_under_any_name() {
    let drawing = format!(
        "<svg {XMLNS} viewBox=\"0 0 200 100\"><rect width=\"200\" height=\"100\" fill=\"#009688\"/></svg>"
    );
    let project = report(&drawing);
    project.write("content/figures/c.png", drawing);
    project.edit(TREND, "figures/b.svg", "figures/c.png");
    project.run(&["render", "o.pdf"]).ok();
}

#[test]
fn styles_place_size_and_move_what_is_drawn() {
    let css = |css: &str, inner: &str| {
        format!(
            "<svg {XMLNS} viewBox=\"0 0 200 100\"><style>{css}</style><rect width=\"200\" height=\"100\" fill=\"#eee\"/>{inner}</svg>"
        )
    };
    let whole =
        drawn(css("", "<rect x=\"20\" y=\"20\" width=\"80\" height=\"40\" fill=\"#009688\"/>"));
    let (count, ratio) = (whole.count(TEAL) as f64, whole.ratio(TEAL));
    for (rules, inner) in [
        (".r{x:20px;y:20px;width:80px;height:40px;fill:#009688}", "<rect class=\"r\"/>"),
        ("", "<rect x=\"20\" y=\"20\" style=\"width:80px;height:40px;fill:#009688\"/>"),
        (
            "rect[x]{width:5em} svg{font-size:16px}",
            "<rect x=\"9\" y=\"9\" style=\"height:2.5rem;fill:#009688\"/>",
        ),
        (
            ".r{x:calc(5% + 10px);width:calc(100% - 120px);height:calc(100% - 2 * 30px);fill:#009688}",
            "<rect class=\"r\" y=\"20\"/>",
        ),
        (".d{d:path('M 0 0 H 80 V 40 H 0 Z');fill:#009688}", "<path class=\"d\"/>"),
        ("@media screen{.r{fill:#009688}}", "<rect class=\"r\" width=\"80\" height=\"40\"/>"),
        (
            "@supports (fill:red){.r{fill:#009688}}",
            "<rect class=\"r\" width=\"80\" height=\"40\"/>",
        ),
        (
            "@layer base{#r{fill:#ff0000}} rect.r{fill:#009688}",
            "<rect id=\"r\" class=\"r\" width=\"80\" height=\"40\"/>",
        ),
        (
            ".t{transform: translate(100px, 20px) rotate(90deg) scaleX(0.5)}",
            "<rect class=\"t\" width=\"80\" height=\"80\" fill=\"#009688\"/>",
        ),
        (".r:hover{fill:red} p:not(.x){}", "<rect width=\"80\" height=\"40\" fill=\"#009688\"/>"),
    ] {
        let page = drawn(css(rules, inner));
        let found = page.count(TEAL) as f64;
        assert!((found / count - 1.0).abs() < 0.05, "{rules} {inner}: {found} of {count}");
        assert!((page.ratio(TEAL) - ratio).abs() < 0.1, "{rules}: {}", page.ratio(TEAL));
    }
    let dark = drawn(format!(
        "<svg {XMLNS} viewBox=\"0 0 200 100\" style=\"background:#009688\"><text x=\"9\" y=\"50\" fill=\"#fff\" style=\"text-transform:uppercase\">white 文</text></svg>"
    ));
    assert!(dark.count(TEAL) > 1000 && dark.has("WHITE 文"));
    for (rules, inner, told) in [
        ("", "<rect style=\"width:calc(50% + 1vw);height:60px\"/>", "`width: calc(50% + 1vw)`"),
        ("", "<rect width=\"calc(50% + 2em)\" height=\"60\"/>", "`width: calc(50% + 2em)`"),
        (
            "",
            "<g style=\"transform:translate(50%, 0)\"><rect width=\"9\" height=\"9\"/></g>",
            "`transform: translate(50%, 0)`",
        ),
        ("", "<g style=\"rotate:45deg\"><rect width=\"9\" height=\"9\"/></g>", "`rotate: 45deg`"),
        (
            "",
            "<text y=\"20\" style=\"inline-size:80px\">很长的一行字</text>",
            "`inline-size: 80px`",
        ),
        ("", "<text y=\"20\" style=\"font-size:5vw\">字</text>", "`font-size: 5vw`"),
        ("rect:not(.x){fill:#0c0}", "", "`rect:not(.x)`"),
        ("g, #i ~ rect:nth-child(2){fill:#00c}", "", "`#i ~ rect:nth-child(2)`"),
    ] {
        refused(css(rules, inner), told, "plain SVG");
    }
    let import = "@import url(https://a.org/look.css)";
    refused(css(import, ""), "look.css", "styles inside");
}
