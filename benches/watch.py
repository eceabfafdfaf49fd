#!/usr/bin/env python3
"""From a saved file to the new PDF on the disk, in one warm `watch`, the wait for the save's end included.

Edits of one paragraph and of one title, each another than all before, by writing the file anew and by renaming in turn. Beside
them a cold render as a whole process, and, where it is installed, the stock `typst watch` on the same template and data, edited in
the same place and measured in the same way. It reads no content: its data are finished.

    cargo build            # or: cargo build --release, with --program target/release/trendpress
    python3 benches/watch.py
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PART = "content/trends/01-ai4s.md"
PLACES = {"paragraph": "化学领域", "title": "科学的未来：AI4S"}


def edited(text, place, turn):
    """The text with one more character, another at each turn, wherever the place stands."""
    return text.replace(place, place[:2] + chr(0x4E00 + turn * 7) + place[2:])


class Watch:
    """A program that makes `out` again whenever `path` is saved."""

    def __init__(self, command, path, out, log):
        self.path, self.out = path, out
        self.text = path.read_text(encoding="utf-8")
        self.process = subprocess.Popen(command, stderr=open(log, "wb"))
        self.until(None)
        time.sleep(0.5)

    def look(self):
        try:
            told = os.stat(self.out)
            return told.st_ino, told.st_mtime_ns
        except FileNotFoundError:
            return None

    def until(self, before):
        """Waits until the output is another file, or was written anew."""
        while self.look() == before:
            if self.process.poll() is not None:
                raise SystemExit("the program ended: see its log")
            time.sleep(0.0005)
        return time.perf_counter()

    def edit(self, place, turn):
        text, before = edited(self.text, place, turn), self.look()
        if turn % 2:
            self.path.write_text(text, encoding="utf-8")
        else:
            beside = self.path.with_name(".beside")
            beside.write_text(text, encoding="utf-8")
            beside.rename(self.path)
        started = time.perf_counter()
        seconds = self.until(before) - started
        time.sleep(0.25)  # what follows an edit is no part of the next one
        return seconds

    def restore(self):
        before = self.look()
        self.path.write_text(self.text, encoding="utf-8")
        self.until(before)
        time.sleep(0.5)


def cold(program, folder):
    started = time.perf_counter()
    subprocess.run([program, "render", folder / "cold.pdf", "--project", folder], check=True, capture_output=True)
    return time.perf_counter() - started


def ours(program, folder):
    out = folder / "out.pdf"
    return Watch([program, "watch", out, "--project", folder], folder / PART, out, folder / "log.txt")


def stock(program, folder):
    data, out = folder / "data", folder / "stock.pdf"
    subprocess.run([program, "data", data, "--project", folder], check=True, capture_output=True)
    command = ["typst", "watch", "--root", data, "--font-path", ROOT / "fonts", "--ignore-system-fonts", "--no-serve",
               "--pdf-standard", "a-2a", "--pdf-standard", "ua-1", data / "templates/report/main.typ", out]
    return Watch(command, data / "data/parts/01-ai4s.json", out, folder / "stock.txt")


def tell(name, seconds, cold):
    ordered = sorted(seconds)
    median, late = statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{name:24}{median * 1000:10.0f}{late * 1000:10.0f}{median / cold:14.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/debug/trendpress")
    parser.add_argument("--edits", type=int, default=50)
    args = parser.parse_args()
    program = args.program.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        shutil.copytree(ROOT / "content", folder / "content")
        from_cold = statistics.median([cold(program, folder) for _ in range(6)][1:])
        print(f"{args.edits} edits; milliseconds\n{'':24}{'median':>10}{'p95':>10}{'of cold':>14}")
        print(f"{'cold render':24}{from_cold * 1000:10.0f}")
        watches = {"ours": ours(program, folder)}
        if shutil.which("typst"):
            watches["typst watch"] = stock(program, folder)
        try:
            for edited_place, place in PLACES.items():
                for name, watch in watches.items():
                    seconds = [watch.edit(place, turn) for turn in range(1, args.edits + 1)]
                    tell(f"{name}, {edited_place}", seconds, from_cold)
                    watch.restore()
        finally:
            for watch in watches.values():
                watch.process.kill()


main()
