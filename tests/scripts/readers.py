#!/usr/bin/env python3
"""Holds the preflight's findings against independent readers, over PDFs of any origin.

    pip install pikepdf
    apt-get install --no-install-recommends poppler-utils
    python3 tests/scripts/readers.py PROGRAM FOLDER [--most 300]

`PROGRAM` is a built `trendpress`. Each decision is one that both can make: which boxes a page has, whether it is turned,
whether the file has an identifier, an output intent, annotations on its pages or a script, whether a font is embedded,
how large the pictures are. What differs is printed, a line each, with the file; files that either reader gives up are
counted and left out.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
from collections import Counter

import pikepdf

PAGE_RULES = ("A7-trim-box", "A7-bleed-box", "A7-art-box", "B3-crop-box", "B3-user-unit", "B10-rotate", "A10-annotation")
FILE_RULES = ("A5-file-id", "A6-output-intent", "A2-xmp-stream", "A11-javascript")


def run(*words):
    return subprocess.run(words, capture_output=True, timeout=300)


def rect(page, key):
    """A box that is the page's own, with its corners in order; `None` where it has none or no sound one."""
    value = page.obj.get(key)
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    x0, y0, x1, y1 = (float(part) for part in value)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def inherited(node, key):
    for _ in range(64):
        if node is None:
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def bounds(value):
    x0, y0, x1, y1 = (float(part) for part in value)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def meet(a, b):
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def overlaps(a, b):
    left, bottom, right, top = meet(a, b)
    return left < right and bottom < top


def of_page(page):
    """What pikepdf says of a page, by rule: `True` for a fault."""
    trim, art, bleed = (rect(page, f"/{name}Box") for name in ("Trim", "Art", "Bleed"))
    media = bounds(inherited(page.obj, "/MediaBox"))
    crop = inherited(page.obj, "/CropBox")
    crop = meet(bounds(crop), media) if crop is not None else media
    cut = trim or art or crop
    printed = bleed or cut
    area = meet(printed, media)
    printed = area if area[0] < area[2] and area[1] < area[3] else printed
    touched = False
    for annotation in page.obj.get("/Annots", []):
        if not isinstance(annotation, pikepdf.Dictionary):
            continue
        where = annotation.get("/Rect")
        where = bounds(where) if where is not None and len(where) == 4 else media
        kind = str(annotation.get("/Subtype", ""))
        empty = where[0] >= where[2] or where[1] >= where[3]
        touched |= not empty and kind not in ("/TrapNet", "/PrinterMark") and overlaps(printed, where)
    turn = inherited(page.obj, "/Rotate")
    return {
        "A7-trim-box": trim is None and art is None,
        "A7-bleed-box": bleed is None,
        "A7-art-box": trim is not None and art is not None,
        "B3-crop-box": max(abs(a - b) for a, b in zip(crop, media)) > 1e-3,
        "B3-user-unit": "/UserUnit" in page.obj,
        "B10-rotate": int(turn or 0) % 360 != 0,
        "A10-annotation": touched,
    }


def of_file(pdf):
    """What pikepdf says of a file, by rule."""
    identifier = pdf.trailer.get("/ID", [])
    names = pdf.Root.get("/Names", {})
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if str(one.get("/S", "")) == "/GTS_PDFX"]
    scripts = any(
        isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) == "/JavaScript" for one in pdf.objects
    )
    metadata = pdf.Root.get("/Metadata")
    sound = isinstance(metadata, pikepdf.Stream) and "/Filter" not in metadata
    return {
        "A5-file-id": len([part for part in identifier if bytes(part)]) != 2,
        "A6-output-intent": len(intents) != 1,
        # One that is not well-formed is the preflight's to tell.
        "A2-xmp-stream": None if sound else True,
        "A11-javascript": scripts or "/JavaScript" in names or None,
    }


def fonts(path):
    """Names of fonts, without the mark of a subset, that poppler finds embedded, and that it does not."""
    out = run("pdffonts", str(path)).stdout.decode("utf-8", "replace").splitlines()[2:]
    found = {True: set(), False: set()}
    for line in out:
        match = re.match(r"(.*?)\s+(?:Type|TrueType|CID|unknown).*?\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", line)
        if match:
            found[match[2] == "yes"].add(re.sub(r"^[A-Z]{6}\+", "", match[1].strip()))
    return found


def pictures(path):
    """The pages and the sizes in pixels of the pictures that poppler draws."""
    out = run("pdfimages", "-list", str(path)).stdout.decode("utf-8", "replace").splitlines()[2:]
    rows = [line.split() for line in out]
    return {(int(row[0]), int(row[3]), int(row[4])) for row in rows if len(row) > 4 and row[3].isdigit()}


def compare(program, path, told):
    """Compares the two for one file; returns the number of decisions, and what differs."""
    done = run(program, "preflight", str(path), "--format", "json", "--profile", "gwg-sheetfed")
    report = json.loads(done.stdout)
    codes = {finding["code"] for finding in report["findings"]}
    if "P1-readable" in codes or not report["pages"]:
        raise ValueError("not read")
    on_page = {(finding["code"], finding["page"]) for finding in report["findings"]}
    count, differs = 0, []

    def decide(what, own, other):
        nonlocal count
        if other is None:
            return
        count += 1
        if own != other:
            differs.append(f"{path}: {what}: preflight {own}, reader {other}")

    with pikepdf.open(path) as pdf:
        if len(pdf.pages) != len(report["pages"]):
            differs.append(f"{path}: {len(report['pages'])} pages, reader {len(pdf.pages)}")
            return 1, differs
        for number, page in enumerate(pdf.pages, 1):
            for rule, fault in of_page(page).items():
                decide(f"{rule} page {number}", (rule, number) in on_page, fault)
                told[rule] += fault
        for rule, fault in of_file(pdf).items():
            decide(rule, rule in codes, fault)
    found = fonts(path)
    for font in report["facts"]["fonts"]:
        name, embedded = font["name"], font["embedded"]
        known = [state for state in (True, False) if name in found[state]]
        # A name that poppler writes otherwise, or has in both ways, decides nothing.
        if len(known) == 1:
            decide(f"font {name}", embedded, known[0])
            told["A9-font-embedded"] += not known[0]
    drawn = pictures(path)
    for picture in report["facts"]["pictures"]:
        page, width, height = (picture[key] for key in ("page", "width", "height"))
        decide(f"picture {width} x {height} page {page}", True, (page, width, height) in drawn)
    return count, differs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--most", type=int, default=300)
    args = parser.parse_args()
    files = sorted(args.folder.rglob("*.pdf"))
    # Spread over all makers.
    step = max(1, len(files) // args.most)
    files = files[::step][: args.most]
    decisions, left, differs, told = 0, 0, [], Counter()
    for path in files:
        try:
            count, found = compare(args.program, path, told)
        except Exception as error:  # Any reader may give up any file.
            left += 1
            print(f"left out: {path}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        decisions += count
        differs += found
    print("\n".join(differs))
    print(f"\n{len(files) - left} files, {left} left out, {decisions} decisions, {len(differs)} differ")
    print("faults that both could see:", dict(sorted(told.items())))


if __name__ == "__main__":
    main()
