#!/usr/bin/env python3
"""Colours through the output profile, beside LittleCMS: a chart of a thousand patches.

The program sets a drawing of 10 × 10 × 10 colours in a press file; the inks that it writes are compared with those of
LittleCMS (Pillow's ImageCms) through the same profile, relative colorimetric, without black point compensation.
Neutral colours are left out: they are black ink alone, on purpose.

    pip install pillow pikepdf
    cargo build
    python3 tests/scripts/inks.py
"""

import argparse
import io
import pathlib
import subprocess
import sys
import tempfile

import pikepdf
from PIL import Image, ImageCms

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STEPS = [round(i * 255 / 9) for i in range(10)]


def patches():
    return [(r, g, b) for r in STEPS for g in STEPS for b in STEPS if not r == g == b]


def chart(colours):
    cells = (
        f'<rect x="{i % 33 * 10}" y="{i // 33 * 10}" width="10" height="10" fill="#{r:02x}{g:02x}{b:02x}"/>'
        for i, (r, g, b) in enumerate(colours)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 330 310" width="330" height="310">{"".join(cells)}</svg>'


def printed(program, colours):
    """The inks of each patch, in per cent, as the press file has them."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch, "mine")
        subprocess.run([program, "new", folder], check=True, capture_output=True)
        (folder / "content/figures/flow.svg").write_text(chart(colours), encoding="utf-8")
        out = pathlib.Path(scratch, "out.pdf")
        # Without its own preflight: a chart is not fit to print.
        command = [program, "render", out, "--project", folder, "--profile", "press"]
        if "--no-preflight" in subprocess.run([program, "render", "--help"], capture_output=True, text=True).stdout:
            command.append("--no-preflight")
        subprocess.run(command, check=True, capture_output=True)
        best = []
        with pikepdf.open(out) as pdf:
            streams = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
            for stream in streams + [page for page in pdf.pages]:
                operations = pikepdf.parse_content_stream(stream)
                inks = [tuple(100 * float(v) for v in op.operands) for op in operations if str(op.operator) == "k"]
                best = max(best, inks, key=len)
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/debug/trendpress")
    parser.add_argument("--profile", type=pathlib.Path, default=ROOT / "crates/pdfx/icc/ISOcoated_v2_300_bas.icc")
    args = parser.parse_args()
    colours = patches()
    ours = printed(args.program.resolve(), colours)
    # Other things are drawn before the chart and after it.
    starts = range(len(ours) - len(colours) + 1)
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), io.BytesIO(args.profile.read_bytes()), "RGB", "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, flags=ImageCms.Flags.NOOPTIMIZE,
    )
    image = Image.new("RGB", (len(colours), 1))
    image.putdata(colours)
    theirs = [tuple(100 * v / 255 for v in pixel) for pixel in ImageCms.applyTransform(image, transform).getdata()]

    def differences(start):
        return [max(abs(a - b) for a, b in zip(x, y)) for x, y in zip(ours[start:], theirs)]

    found = min((differences(start) for start in starts), key=sum)
    found.sort()
    print(f"{len(found)} patches: median {found[len(found) // 2]:.2f}, 99th percentile {found[len(found) * 99 // 100]:.2f}, "
          f"largest {found[-1]:.2f} per cent of an ink")
    # Theirs come in eight bits: half a step of those is rounding.
    return found[-1] > 1.0 + 100 / 255 / 2


sys.exit(main())
