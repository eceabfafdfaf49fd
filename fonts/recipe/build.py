#!/usr/bin/env python3
"""Rebuild the fonts of this project from their source packages, byte for byte.

    python build.py --sources SOURCES --out OUT [NAME ...]

SOURCES holds one folder for each unpacked package, named as in fonts.toml. OUT gets
the same folders as the fonts folder. NAME limits the work to files whose path ends so.
Every result is compared with SHA256SUMS; the exit status is 1 if any differs.
"""

import argparse
import hashlib
import re
import shutil
import sys
import tomllib
from pathlib import Path

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from charsets import SETS

HERE = Path(__file__).parent

MIDDLE_DOT, EM_DASH, TWO_EM_DASH = 0x00B7, 0x2014, 0x2E3A
CURLY_QUOTES = {0x2018, 0x2019, 0x201C, 0x201D}
FULL_WIDTH_SELECTOR = 0xFE01

# Name records: those that carry the family name, and those that only the original
# needs (Mac full name, WWS family, variations PostScript prefix).
FAMILY_NAME_IDS = (1, 3, 4, 6, 16)
DROPPED_NAME_IDS = (18, 21, 25)

FEATURES = (
    "ccmp locl liga calt mark mkmk kern "  # shaping
    "palt halt chws fwid hwid pwid "  # widths of Chinese punctuation
    "sups subs frac"
).split()
SCRIPTS = ["DFLT.dflt"] + [
    f"{script}.{language}"
    for script in ("latn", "hani", "kana", "grek", "cyrl")
    for language in ("dflt", "ZHS")
]
# Vertical metrics and baselines: the report is set in horizontal lines only.
DROPPED_TABLES = ["vhea", "vmtx", "VORG", "BASE", "DSIG"]


def substitutions(font, tag=None):
    """Yield the GSUB subtables, of feature `tag` only if it is given."""
    if "GSUB" not in font:
        return
    gsub = font["GSUB"].table
    lookups = gsub.LookupList.Lookup
    if tag is not None:
        records = (r for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == tag)
        lookups = [lookups[i] for r in records for i in r.Feature.LookupListIndex]
    for lookup in lookups:
        for subtable in lookup.SubTable:
            yield getattr(subtable, "ExtSubTable", subtable)


def encode(font, code, glyph):
    """Let the character `code` show `glyph`."""
    for table in font["cmap"].tables:
        if table.format in (4, 12) and code in table.cmap:
            table.cmap[code] = glyph


def lengthen_dash(font):
    """Give the Chinese dash its two ems.

    The source draws U+2E3A, and the ligature of two U+2014, with a narrower glyph
    and has `locl` exchange it for the 2-em one. The default script has no `locl`, and a
    dash at the start of a styled span is shaped in it. So use the wide glyph always.
    """
    cmap = font.getBestCmap()
    full_width = {}
    for subtable in substitutions(font, "fwid"):
        full_width.update(getattr(subtable, "mapping", {}))
    wide = full_width.get(cmap.get(TWO_EM_DASH))
    if wide is None:
        return
    dash = cmap[EM_DASH]
    for subtable in substitutions(font):
        for ligature in getattr(subtable, "ligatures", {}).get(dash, []):
            if ligature.Component == [dash]:
                ligature.LigGlyph = wide
    encode(font, TWO_EM_DASH, wide)


def widen_quotes(font):
    """Make curly quotes full width where the font hides that form behind a selector."""
    for table in font["cmap"].tables:
        if table.format == 14:
            for code, glyph in table.uvsDict.get(FULL_WIDTH_SELECTOR, []):
                if glyph and code in CURLY_QUOTES:
                    encode(font, code, glyph)


def halve_middle_dot(font):
    """Set U+00B7 in the middle of half an em, as between the parts of a foreign name."""
    name = font.getBestCmap()[MIDDLE_DOT]
    em = font["head"].unitsPerEm
    width = em // 2
    if font["hmtx"][name][0] == width:
        return
    glyphs = font.getGlyphSet()
    bounds = BoundsPen(glyphs)
    glyphs[name].draw(bounds)
    left, _, right, _ = bounds.bounds
    shift = em / 4 - (left + right) / 2
    if "glyf" in font:
        shift = round(shift)

    def draw(pen):
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))

    if "glyf" in font:
        pen = TTGlyphPen(glyphs)
        draw(pen)
        font["glyf"][name] = pen.glyph()
    else:
        strings = font["CFF "].cff.topDictIndex[0].CharStrings
        private, subroutines = strings[name].private, strings[name].globalSubrs
        pen = T2CharStringPen(width - private.nominalWidthX, glyphs)
        draw(pen)
        strings[name] = pen.getCharString(private=private, globalSubrs=subroutines)
    font["hmtx"][name] = (width, round(left + shift))


def rename(font, family):
    """Replace the original's family name, which may be reserved, in every name."""
    names = font["name"]
    original = names.getDebugName(16) or names.getDebugName(1)
    for name_id in DROPPED_NAME_IDS:
        names.removeNames(nameID=name_id)
    # The PostScript name of Noto CJK ends in lower case: NotoSerifCJKsc.
    changes = [(original, family), (original.replace(" ", ""), family.replace(" ", ""))]
    for record in names.names:
        if record.nameID in FAMILY_NAME_IDS:
            text = record.toUnicode()
            for old, new in changes:
                text = re.sub(re.escape(old), new, text, flags=re.IGNORECASE)
            record.string = text
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = names.getDebugName(6)
        top = cff.topDictIndex[0]
        if hasattr(top, "FullName"):
            top.FullName = names.getDebugName(4)
        if hasattr(top, "FamilyName"):
            top.FamilyName = names.getDebugName(1)


def cut_down(font, codes):
    """Keep the characters `codes` and the layout that horizontal Chinese needs."""
    options = subset.Options(
        layout_features=FEATURES,
        layout_scripts=SCRIPTS,
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
        ignore_missing_unicodes=True,
    )
    options.drop_tables += DROPPED_TABLES
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def build(entry, source, target):
    """Make one font of the manifest."""
    font = TTFont(source, fontNumber=entry["face"], lazy=False)
    font.recalcTimestamp = False
    lengthen_dash(font)
    widen_quotes(font)
    halve_middle_dot(font)
    rename(font, entry["family"])
    cut_down(font, SETS[entry["set"]]())
    font.save(target)


def read_sums():
    """The shipped files' SHA-256, by path."""
    lines = (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, path in (line.split(maxsplit=1) for line in lines)}


def parse_arguments(files):
    """The command line; `files` are the names it may ask for."""
    parser = argparse.ArgumentParser(description="Rebuild the fonts from their packages.")
    parser.add_argument("--sources", type=Path, required=True, help="unpacked packages")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these files")
    arguments = parser.parse_args()
    for name in arguments.names:
        if not any(file.endswith(name) for file in files):
            parser.error(f"fonts.toml has no file {name}")
    return arguments


def main():
    """Make the wanted files and compare them with SHA256SUMS."""
    manifest = tomllib.loads((HERE / "fonts.toml").read_text(encoding="utf-8"))
    entries = manifest["font"] + manifest["copy"]
    arguments = parse_arguments([entry["file"] for entry in entries])
    sums = read_sums()
    differing = 0
    for entry in entries:
        if arguments.names and not entry["file"].endswith(tuple(arguments.names)):
            continue
        source = arguments.sources / entry["package"] / entry["source"]
        target = arguments.out / entry["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if "face" in entry:
            build(entry, source, target)
        else:
            shutil.copyfile(source, target)
        same = hashlib.sha256(target.read_bytes()).hexdigest() == sums.get(entry["file"])
        differing += not same
        print("same   " if same else "DIFFERS", entry["file"], flush=True)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
