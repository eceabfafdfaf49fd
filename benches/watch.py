#!/usr/bin/env python3
"""From a saved file to the new PDF on the disk, in one warm `watch`, the wait for the save's end included.

Edits of one paragraph and of one title, each another than all before, by writing the file anew and by renaming in turn. Beside
them a cold render as a whole process, and the stock compiler kept warm (PyPI's `typst` wheel, where it is installed) on the
same template and data, edited in the same place: it neither waits for a save nor reads content.

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
    def __init__(self, program, folder):
        self.path, self.out = folder / PART, folder / "out.pdf"
        self.text = self.path.read_text(encoding="utf-8")
        self.log = open(folder / "log.txt", "wb")
        self.process = subprocess.Popen([program, "watch", self.out, "--project", folder], stderr=self.log)
        self.until(None)

    def until(self, before):
        """Waits until another file stands in the output's place."""
        while True:
            try:
                now = os.stat(self.out).st_ino
                if now != before:
                    return time.perf_counter()
            except FileNotFoundError:
                pass
            if self.process.poll() is not None:
                raise SystemExit("the program ended: see log.txt")
            time.sleep(0.0005)

    def edit(self, place, turn):
        text = edited(self.text, place, turn)
        # The output's number may be given anew once the file is gone: a second name keeps it.
        kept = self.out.with_suffix(".kept")
        kept.unlink(missing_ok=True)
        os.link(self.out, kept)
        before = os.stat(self.out).st_ino
        if turn % 2:
            self.path.write_text(text, encoding="utf-8")
        else:
            beside = self.path.with_name(".beside")
            beside.write_text(text, encoding="utf-8")
            beside.rename(self.path)
        started = time.perf_counter()
        seconds = self.until(before) - started
        time.sleep(0.15)  # what follows an edit is no part of the next one
        return seconds


def cold(program, folder):
    started = time.perf_counter()
    subprocess.run([program, "render", folder / "cold.pdf", "--project", folder], check=True, capture_output=True)
    return time.perf_counter() - started


def peer(program, folder, place, edits):
    try:
        import typst
    except ImportError:
        return []
    data = folder / "data"
    subprocess.run([program, "data", data, "--project", folder], check=True, capture_output=True)
    part = data / "data/parts/01-ai4s.json"
    text = part.read_text(encoding="utf-8")
    compiler = typst.Compiler(
        data / "templates/report/main.typ", root=data, font_paths=[ROOT / "fonts"], ignore_system_fonts=True
    )
    seconds = []
    for turn in range(edits + 1):
        part.write_text(edited(text, place, turn), encoding="utf-8")
        started = time.perf_counter()
        compiler.compile(output=folder / "peer.pdf", pdf_standards=["a-2a", "ua-1"])
        seconds.append(time.perf_counter() - started)
    return seconds[1:]  # the first is cold


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
        watch = Watch(program, folder)
        try:
            for name, place in PLACES.items():
                tell(name, [watch.edit(place, turn) for turn in range(1, args.edits + 1)], from_cold)
                watch.path.write_text(watch.text, encoding="utf-8")
                time.sleep(0.5)
        finally:
            watch.process.kill()
        for name, place in PLACES.items():
            shutil.rmtree(folder / "data", ignore_errors=True)
            if seconds := peer(program, folder, place, args.edits):
                tell(f"stock, {name}", seconds, from_cold)


main()
