#!/usr/bin/env python3
"""From a saved file to the new PDF on the disk, in one warm `watch`, the wait for the save's end included.

Edits of one paragraph and of one title, each another than all before, by writing the file anew and by renaming in turn. Beside it,
edit by edit, the stock compiler kept warm on the same template and data, and on the plain template: PyPI's `typst`, told to compile
as soon as the file is saved, so that it waits for no save's end. Where it is installed, the stock `typst watch` too, measured in the
same way as ours. They read no content: their data are finished.

    cargo build            # or: cargo build --release, with --program target/release/trendpress
    python3 benches/watch.py
    chrt -r 1 python3 benches/watch.py --check
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from common import FONTS, ROOT, STANDARDS, add_plain, run, write_data

PART = "content/trends/01-ai4s.md"
PLACES = {"paragraph": "化学领域", "title": "科学的未来：AI4S"}
# Milliseconds that an edit of a paragraph may take, and its share of the stock compiler's time.
LIMITS = {"median": 60, "p95": 90, "of stock": 0.5}
STOCK = f"""
import sys, typst
_, main, out, root, fonts = sys.argv
compiler = typst.Compiler(main, root=root, font_paths=[fonts], ignore_system_fonts=True)
for line in sys.stdin:
    compiler.compile(output=out, pdf_standards={STANDARDS})
    print(flush=True)
"""


def edited(text, place, turn):
    """The text with one more character, another at each turn, wherever the place stands."""
    return text.replace(place, place[:2] + chr(0x4E00 + turn * 7) + place[2:])


class Edited:
    """A file that is edited, and a process that makes a PDF of it again."""

    def __init__(self, path):
        self.path = path
        self.text = path.read_text(encoding="utf-8")

    def edit(self, place, turn):
        text = edited(self.text, place, turn)
        assert text != self.text, place
        self.before()
        if turn % 2:
            self.path.write_text(text, encoding="utf-8")
        else:
            beside = self.path.with_name(".beside")
            beside.write_text(text, encoding="utf-8")
            beside.rename(self.path)
        started = time.perf_counter()
        self.until()
        seconds = time.perf_counter() - started
        time.sleep(0.25)  # what follows an edit is no part of the next one
        return seconds

    def restore(self):
        self.before()
        self.path.write_text(self.text, encoding="utf-8")
        self.until()
        time.sleep(0.5)


class Watch(Edited):
    """A program that makes `out` again whenever `path` is saved."""

    def __init__(self, command, path, out, log):
        super().__init__(path)
        self.out, self.seen = out, None
        self.process = subprocess.Popen(command, stderr=open(log, "wb"))
        self.until()
        time.sleep(0.5)

    def look(self):
        try:
            told = os.stat(self.out)
            return told.st_ino, told.st_mtime_ns
        except FileNotFoundError:
            return None

    def before(self):
        self.seen = self.look()

    def until(self):
        """Waits until the output is another file, or was written anew."""
        while self.look() == self.seen:
            if self.process.poll() is not None:
                raise SystemExit("the program ended: see its log")
            time.sleep(0.0005)


class Warm(Edited):
    """PyPI's stock compiler, kept in one process and told when to compile."""

    def __init__(self, main, path, out, root):
        super().__init__(path)
        command = [sys.executable, "-c", STOCK, main, out, root, FONTS]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.until()

    def before(self):
        pass

    def until(self):
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()
        if not self.process.stdout.readline():
            raise SystemExit("the stock compiler ended")


def watches(program, folder):
    """All that is measured, each with data of its own."""
    out = folder / "out.pdf"
    found = {"ours": Watch([program, "watch", out, "--project", folder], folder / PART, out, folder / "log.txt")}
    for name in ("stock", "stock, plain", "typst watch"):
        if name == "typst watch" and not shutil.which("typst"):
            continue
        data, out = folder / name / "data", folder / name / "out.pdf"
        main = write_data(program, data, folder)
        if name == "stock, plain":
            main = add_plain(data)
        part = data / "data/parts/01-ai4s.json"
        if name == "typst watch":
            standards = [word for standard in STANDARDS for word in ("--pdf-standard", standard)]
            command = ["typst", "watch", "--root", data, "--font-path", FONTS, "--ignore-system-fonts", "--no-serve", *standards, main, out]
            found[name] = Watch(command, part, out, folder / name / "log.txt")
        else:
            found[name] = Warm(main, part, out, data)
    return found


def times(seconds):
    ordered = sorted(second * 1000 for second in seconds)
    return {"median": statistics.median(ordered), "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]}


def missed(found):
    """The limits that an edit of a paragraph misses."""
    ours, stock = found["paragraph"]["ours"], found["paragraph"]["stock"]
    told = {**ours, "of stock": ours["median"] / stock["median"]}
    for key, limit in LIMITS.items():
        if told[key] > limit:
            yield f"a paragraph: {key} is {told[key]:.2f}, more than {limit}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/debug/trendpress")
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--json", action="store_true", help="print figures for machines")
    parser.add_argument("--check", action="store_true", help="end with 1 if a limit is missed")
    args = parser.parse_args()
    program = args.program.resolve()
    found = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        shutil.copytree(ROOT / "content", folder / "content")
        cold = [run([program, "render", folder / "cold.pdf", "--project", folder])[0] for _ in range(6)][1:]
        all_watches = watches(program, folder)
        try:
            for edited_place, place in PLACES.items():
                seconds = {name: [] for name in all_watches}
                for turn in range(1, args.edits + 1):
                    for name, watch in all_watches.items():
                        seconds[name].append(watch.edit(place, turn))
                found[edited_place] = {name: times(seconds[name]) for name in all_watches}
                for watch in all_watches.values():
                    watch.restore()
        finally:
            for watch in all_watches.values():
                watch.process.kill()
    faults = [*missed(found)]
    from_cold = statistics.median(cold) * 1000
    if args.json:
        print(json.dumps({"edits": args.edits, "cold": from_cold, **found, "faults": faults}, indent=2))
    else:
        print(f"{args.edits} edits, in turn; milliseconds\n{'':26}{'median':>10}{'p95':>10}{'of cold':>12}{'ours of it':>12}")
        print(f"{'cold render':26}{from_cold:10.0f}")
        for place, named in found.items():
            for name, told in named.items():
                print(f"{name + ', ' + place:26}{told['median']:10.0f}{told['p95']:10.0f}{told['median'] / from_cold:12.2f}"
                      + (f"{named['ours']['median'] / told['median']:12.2f}" if name != "ours" else ""))
        print("\n" + "\n".join(faults) if faults else "\nwithin all limits")
    return 1 if args.check and faults else 0


if __name__ == "__main__":
    sys.exit(main())
