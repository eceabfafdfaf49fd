#!/usr/bin/env python3
"""What the fit costs: the report with it and without it, in turn, cold and after one edit.

    cargo build            # or: cargo build --release, with --program target/release/trendpress
    python3 benches/fit.py
"""

import argparse
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EDITED = "content/trends/01-ai4s.md"


class Watch:
    """One warm process, and the seconds that it says each report took."""

    def __init__(self, program, folder, mode):
        self.path = folder / EDITED
        self.text = self.path.read_text(encoding="utf-8")
        self.process = subprocess.Popen(
            [program, "watch", folder / "out.pdf", "--project", folder, "--fit", mode],
            stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )
        self.wait()

    def wait(self):
        for line in self.process.stderr:
            if found := re.search(r"out\.pdf: .* ([0-9.]+) s", line.strip()):
                return float(found[1])
        raise SystemExit("the program ended")

    def edit(self, turn):
        # Every edit is another, or what was kept of an earlier one would answer.
        self.path.write_text(self.text.replace("化学领域", "化学领域" + "里" * (turn % 7 + 1)), encoding="utf-8")
        return self.wait()


def cold(program, mode, out):
    started = time.perf_counter()
    subprocess.run([program, "render", out, "--fit", mode], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def tell(name, pairs):
    fitted, plain = zip(*pairs)
    ratios = [a / b for a, b in pairs]
    print(f"{name:16}{statistics.median(fitted):8.3f}{statistics.median(plain):8.3f}"
          f"{statistics.median(ratios):8.2f}  ({min(ratios):.2f} – {max(ratios):.2f})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/debug/trendpress")
    parser.add_argument("--runs", type=int, default=10)
    args = parser.parse_args()
    program = args.program.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        print(f"{args.runs} runs each, in turn; medians in seconds\n{'':16}{'fit':>8}{'off':>8}{'ratio':>8}")
        pairs = [(cold(program, "loose", scratch / "a.pdf"), cold(program, "off", scratch / "b.pdf"))
                 for _ in range(args.runs + 1)]
        tell("cold", pairs[1:])
        watches = []
        for mode in ("loose", "off"):
            shutil.copytree(ROOT / "content", scratch / mode / "content")
            watches.append(Watch(program, scratch / mode, mode))
        try:
            tell("after one edit", [tuple(watch.edit(turn) for watch in watches) for turn in range(args.runs)])
        finally:
            for watch in watches:
                watch.process.kill()


main()
