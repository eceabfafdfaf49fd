#!/usr/bin/env python3
"""What the press file costs: the report for the screen, for the press, and checked, in turn; each cold.

    cargo build --release            # or: cargo build, with --program target/debug/trendpress
    python3 benches/press.py

With poppler installed, the preflight is measured against its rasterising the same pages at 72 pixels an inch.
"""

import argparse
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def seconds(*command):
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/trendpress")
    parser.add_argument("--runs", type=int, default=11)
    args = parser.parse_args()
    program = args.program.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        screen, press = pathlib.Path(scratch, "screen.pdf"), pathlib.Path(scratch, "press.pdf")
        commands = {
            "screen": [program, "render", screen],
            "press, unchecked": [program, "render", press, "--profile", "press", "--no-preflight"],
            "press": [program, "render", press, "--profile", "press"],
            "preflight alone": [program, "preflight", press],
        }
        if shutil.which("pdftoppm"):
            commands["poppler, 72 ppi"] = ["pdftoppm", "-r", "72", press, pathlib.Path(scratch, "page")]
        rounds = [{name: seconds(*command) for name, command in commands.items()} for _ in range(args.runs + 1)][1:]
        print(f"{args.runs} runs each, in turn; medians in seconds\n{'':20}{'time':>8}{'of screen':>12}  (min – max)")
        for name in commands:
            ratios = [times[name] / times["screen"] for times in rounds]
            print(f"{name:20}{statistics.median(times[name] for times in rounds):8.3f}"
                  f"{statistics.median(ratios):12.2f}  ({min(ratios):.2f} – {max(ratios):.2f})")


main()
