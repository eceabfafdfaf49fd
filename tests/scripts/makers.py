#!/usr/bin/env python3
"""The same page by programs of others, for the preflight's tests: `crates/preflight/tests/makers/*.pdf`.

An A4 page with Chinese and Latin text, a small picture, a link, and a rectangle that is half transparent, as each
program makes it when nobody thinks of a press. Text and picture are made here; the fonts are the repository's.

    apt-get install --no-install-recommends texlive-xetex libreoffice-writer chromium ghostscript inkscape qpdf
    pip install typst
    python3 tests/scripts/makers.py [MAKER…]

A maker that is not installed is left out. The preflight's findings on each are in `crates/preflight/tests/makers/expected.txt`: look at what
changes there.
"""

import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "crates/preflight/tests/makers"
SERIF, SANS, KAI = "Report Serif SC", "Report Sans SC", "Report Kai SC"
FONTS = ROOT / "fonts/report-sc"

HEADING = "油墨与纸"
TEXT = "四种油墨叠印出千百种颜色：青、品红、黄、黑。Four inks make a thousand colours, and 3 mm of bleed keep the edge clean."
LINK = "https://example.org/"


def picture():
    """A PNG of 48 × 32 pixels: red grows to the right, green downwards."""
    width, height = 48, 32
    rows = b"".join(
        b"\0" + b"".join(bytes((x * 255 // (width - 1), y * 255 // (height - 1), 90)) for x in range(width))
        for y in range(height)
    )

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def run(folder, *command):
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def typst(folder):
    (folder / "page.typ").write_text(
        f"""#set page("a4", margin: 20mm)
#set text(font: "{SERIF}", lang: "zh", size: 11pt)
= #text(font: "{SANS}", fill: blue)[{HEADING}]
{TEXT}

#image("picture.png", width: 40mm)
#link("{LINK}")[example.org]
#place(dy: -20mm, rect(width: 60mm, height: 20mm, fill: red.transparentize(50%)))
#line(length: 50mm)
"""
    )
    import typst as compiler

    compiler.compile(str(folder / "page.typ"), output=str(folder / "out.pdf"), font_paths=[str(FONTS)])


def xelatex(folder):
    (folder / "page.tex").write_text(
        rf"""\documentclass{{article}}
\usepackage[a4paper,margin=20mm]{{geometry}}
\usepackage{{graphicx,xcolor}}
\font\serif="[{FONTS}/ReportSerifSC-Regular.otf]" at 11pt
\font\sans="[{FONTS}/ReportSansSC-Bold.otf]" at 16pt
\XeTeXlinebreaklocale "zh"
\pagestyle{{empty}}
\begin{{document}}
{{\color{{blue}}\sans {HEADING}}}

\serif {TEXT}

\includegraphics[width=40mm]{{picture.png}}
\special{{pdf:ann width 55pt height 9pt depth 3pt << /Type /Annot /Subtype /Link /A << /S /URI /URI ({LINK}) >> >>}}example.org

\special{{pdf:literal q /Half gs 1 0 0 rg 0 0 170 57 re f Q}}
\special{{pdf:put @resources << /ExtGState << /Half << /ca 0.5 >> >> >>}}
\hrule width 50mm

Mathematics by the program's own fonts: $\sum_{{i=1}}^n x_i = \alpha$.
\end{{document}}
"""
    )
    run(folder, "xelatex", "-interaction=nonstopmode", "page.tex")
    (folder / "page.pdf").rename(folder / "out.pdf")


def html(folder):
    """The page for browsers: of OpenType outlines they make a font of drawings (Type 3), TrueType stays what it is."""
    faces = "".join(
        f'@font-face {{font-family: "{family}"; src: url("file://{FONTS}/{file}")}}'
        for family, file in ((KAI, "ReportKaiSC-Regular.ttf"), (SANS, "ReportSansSC-Bold.otf"))
    )
    (folder / "page.html").write_text(
        f"""<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><title>{HEADING}</title>
<style>{faces} @page {{size: A4; margin: 20mm}} body {{font: 11pt "{KAI}"}} h1 {{font: 16pt "{SANS}"; color: blue}}
div {{width: 60mm; height: 20mm; background: red; opacity: 0.5; margin-top: -15mm}}</style>
<h1>{HEADING}</h1><p>{TEXT}</p><p><img src="picture.png" style="width: 40mm" alt=""></p>
<p><a href="{LINK}">example.org</a></p><hr><div></div></html>
"""
    )


def chromium(folder):
    html(folder)
    page = (folder / "page.html").as_uri()
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile")
    run(folder, "chromium", *flags, f"--print-to-pdf={folder}/out.pdf", page)


def libreoffice(folder):
    (folder / "page.fodt").write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="S" svg:font-family="'{SERIF}'"/><style:font-face style:name="H" svg:font-family="'{SANS}'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="S" style:font-name-asian="S" fo:font-size="11pt" style:font-size-asian="11pt"/></style:default-style></office:styles>
<office:automatic-styles>
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="20mm"/></style:page-layout>
<style:style style:name="Head" style:family="paragraph"><style:text-properties style:font-name="H" style:font-name-asian="H" fo:font-size="16pt" style:font-size-asian="16pt" fo:color="#0000ff"/></style:style>
<style:style style:name="Half" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#ff0000" draw:opacity="50%" draw:stroke="none"/></style:style>
<style:style style:name="Line" style:family="graphic"><style:graphic-properties draw:stroke="solid" svg:stroke-width="0.3mm"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>
<office:body><office:text>
<text:p text:style-name="Head">{HEADING}</text:p><text:p>{TEXT}</text:p>
<text:p><draw:frame text:anchor-type="as-char" svg:width="40mm" svg:height="26.7mm"><draw:image xlink:href="picture.png"/></draw:frame></text:p>
<text:p><text:a xlink:href="{LINK}">example.org</text:a></text:p>
<text:p><draw:rect draw:style-name="Half" text:anchor-type="paragraph" svg:x="10mm" svg:y="-15mm" svg:width="60mm" svg:height="20mm"/>
<draw:line draw:style-name="Line" text:anchor-type="paragraph" svg:x1="0mm" svg:y1="12mm" svg:x2="50mm" svg:y2="12mm"/></text:p>
</office:text></office:body></office:document>
"""
    )
    run(folder, "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "page.fodt")
    (folder / "page.pdf").rename(folder / "out.pdf")


def inkscape(folder):
    (folder / "page.svg").write_text(
        f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="210mm" height="297mm" viewBox="0 0 210 297">
<text x="20" y="30" font-size="6" font-family="{KAI}" fill="blue">{HEADING}</text>
<text x="20" y="40" font-size="4" font-family="{KAI}">{TEXT[:23]}</text>
<text x="20" y="47" font-size="4" font-family="{KAI}">{TEXT[23:62]}</text>
<image x="20" y="55" width="40" height="26.7" xlink:href="picture.png"/>
<a xlink:href="{LINK}"><text x="20" y="90" font-size="4" font-family="{KAI}">example.org</text></a>
<rect x="30" y="70" width="60" height="20" fill="red" opacity="0.5"/>
<path d="M20 100h50" stroke="black" stroke-width="0.3"/>
</svg>
"""
    )
    run(folder, "inkscape", "page.svg", "--export-filename=out.pdf")


def ghostscript(folder):
    """A file of a browser, written anew for the press, as many a guide advises: grey and colours to CMYK."""
    chromium(folder)
    (folder / "out.pdf").rename(folder / "page.pdf")
    press = ("-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK", "-dCompatibilityLevel=1.6")
    run(folder, "gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", *press, "-sOutputFile=out.pdf", "page.pdf")


MAKERS = {maker.__name__: maker for maker in (typst, xelatex, chromium, libreoffice, inkscape, ghostscript)}


def main():
    os.environ["SOURCE_DATE_EPOCH"] = "1767225600"
    os.environ["FORCE_SOURCE_DATE"] = "1"
    OUT.mkdir(exist_ok=True)
    for name in sys.argv[1:] or MAKERS:
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            (folder / "picture.png").write_bytes(picture())
            (folder / "fonts.conf").write_text(
                f"<?xml version='1.0'?><fontconfig><dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir></fontconfig>"
            )
            os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
            try:
                MAKERS[name](folder)
            except (FileNotFoundError, ImportError) as missing:
                print(f"{name}: left out: {missing}", file=sys.stderr)
                continue
            data = (folder / "out.pdf").read_bytes()
        (OUT / f"{name}.pdf").write_bytes(data)
        print(f"{name}.pdf: {len(data)} bytes")


if __name__ == "__main__":
    main()
