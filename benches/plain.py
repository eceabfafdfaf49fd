#!/usr/bin/env python3
"""What the report costs beside its bare words: the template, and the whole program, against a plain template.

`plain/main.typ` sets the same words with the same faces, sizes and margins, and nothing else. In one run, in turn, each in a fresh
process: the stock compiler on the plain template and on the report's, and `trendpress render`. Once for the report, and once for
its trends many times over, where no paragraph is the same as another.

    cargo build            # or: cargo build --release, with --program target/release/trendpress
    python3 benches/plain.py
    python3 benches/plain.py --copies 1 --growth 6 60 --check
"""

import argparse
import contextlib
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from common import ROOT, add_plain, peer, peer_start, run, write_data

# How many times of the plain template's processor time and memory are allowed.
LIMITS = {"cpu": 2.0, "memory": 1.6}
UNITS = {"wall": "s", "cpu": "s", "memory": "MiB"}
HAN = re.compile("[\u4e00-\u9fff]")
# Beyond this share, two templates set other words.
SAME = 0.03
COUNT = """
import sys, pymupdf
pages = [page.get_text() for page in pymupdf.open(sys.argv[1])]
print(len(pages), sum(not c.isspace() for page in pages for c in page))
"""


def vary(text, turn, letters):
    """A trend in other words: each Chinese character becomes another of the report's own, the same one within a copy.

    What is no text stays: Latin, marks, citations, and in a chart the names of columns and rows.
    """
    place = {letter: i for i, letter in enumerate(letters)}

    def words(line):
        return HAN.sub(lambda found: letters[(place[found[0]] + turn * 97) % len(letters)], line)

    out, in_chart = [], False
    for line in text.split("\n"):
        if line.startswith("```"):
            in_chart = not in_chart and line.startswith("```chart")
        keeps = in_chart and not line.startswith(("title:", "alt:", "source:"))
        out.append(line if keeps else words(line))
    return "\n".join(out)


def write_project(folder, copies):
    """The report with each trend so many times; the first time as it is."""
    shutil.copytree(ROOT / "content", folder / "content")
    trends = sorted((ROOT / "content/trends").glob("*.md"))
    texts = {path: path.read_text(encoding="utf-8") for path in trends}
    letters = sorted(set(HAN.findall("".join(texts.values()))))
    for turn in range(1, copies):
        for path, text in texts.items():
            number, name = path.stem.split("-", 1)
            beside = folder / f"content/trends/{turn:03}-{number}-{name}.md"
            beside.write_text(vary(text, turn, letters), encoding="utf-8")


def count(pdf):
    """The pages and visible characters of a PDF, by PyMuPDF in a process of its own; none where it is not installed."""
    told = subprocess.run([sys.executable, "-c", COUNT, pdf], capture_output=True, text=True)
    return dict(zip(("pages", "characters"), map(int, told.stdout.split()))) if told.returncode == 0 else {}


def spread(values):
    return {"best": min(values), "median": statistics.median(values), "worst": max(values)}


@contextlib.contextmanager
def project(program, copies):
    """The commands for a report of so many copies, and the files that they write."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write_project(folder, copies)
        data = folder / "data"
        report = write_data(program, data, folder)
        files = {name: folder / f"{name}.pdf" for name in ("plain", "template", "render")}
        yield files, {
            "plain": peer(add_plain(data), files["plain"], data),
            "template": peer(report, files["template"], data),
            "render": [program, "render", files["render"], "--project", folder],
            "start": peer_start(),
        }


def measure(program, copies, runs):
    """All figures of one size."""
    with project(program, copies) as (files, commands):
        if copies == 1:  # a larger report takes too long to notice whether the disk's cache is warm
            for command in commands.values():
                run(command)
        turns = [{name: dict(zip(UNITS, run(command))) for name, command in commands.items()} for _ in range(runs)]
        counted = {name: count(path) for name, path in files.items()}
    out = {"copies": copies, "runs": len(turns), "of": counted, "times": {}, "ratios": {}}
    for name in commands:
        out["times"][name] = {key: spread([turn[name][key] for turn in turns]) for key in UNITS}
    for name in ("template", "render"):
        out["ratios"][name] = {key: spread([turn[name][key] / turn["plain"][key] for turn in turns]) for key in UNITS}
        # A compiler without Python would not pay for the interpreter's start.
        own = [turn["start"]["cpu"] if name == "template" else 0 for turn in turns]
        out["ratios"][name]["bare cpu"] = spread([
            (turn[name]["cpu"] - start) / (turn["plain"]["cpu"] - turn["start"]["cpu"]) for turn, start in zip(turns, own)
        ])
    return out


def other_words(found):
    """Whether the plain template sets other words than the report's: then the comparison says nothing."""
    plain, report = (found["of"][name].get("characters") for name in ("plain", "render"))
    if plain is not None and abs(plain / report - 1) > SAME:
        yield f"the plain template sets {plain} characters, the report {report}"


def above_limits(found):
    for name, ratios in found["ratios"].items():
        for key, limit in LIMITS.items():
            if ratios[key]["median"] > limit:
                yield f"{found['copies']} copies, {name}: {key} is {ratios[key]['median']:.2f} times of plain, more than {limit}"


def growth(small, large):
    """What a page costs in a large report, of what it costs in a small one."""
    out = {}
    for name in ("plain", "template", "render"):
        pages = [found["of"][name]["pages"] for found in (small, large)]
        each = {key: [found["times"][name][key]["best"] / count for found, count in zip((small, large), pages)] for key in ("cpu", "memory")}
        out[name] = {"pages": pages, **{key: {"small": a, "large": b, "ratio": b / a} for key, (a, b) in each.items()}}
    return out


def grown(found):
    for name in ("template", "render"):
        for key in ("cpu", "memory"):
            if found[name][key]["ratio"] > 1:
                yield f"{name}: {key} per page grows by {found[name][key]['ratio']:.2f}"


def tell_size(found):
    of = found["of"]
    print(f"\n{found['copies']} × the trends, {found['runs']} runs each, in turn; "
          + ", ".join(f"{name} {of[name].get('pages', '?')} pages" for name in of))
    print(f"{'':10}{'':10}{'best':>9}{'median':>9}{'worst':>9}{'of plain':>10}  {'(min – max)':16}{'start off':>10}{'limit':>7}")
    for key, unit in UNITS.items():
        for name, times in found["times"].items():
            a = times[key]
            digits = 0 if unit == "MiB" else 3
            line = f"{key + ' ' + unit:12}{name:8}{a['best']:9.{digits}f}{a['median']:9.{digits}f}{a['worst']:9.{digits}f}"
            if name in found["ratios"]:
                ratio = found["ratios"][name][key]
                line += f"{ratio['median']:10.2f}  {'(%.2f – %.2f)' % (ratio['best'], ratio['worst']):16}"
                line += f"{found['ratios'][name]['bare cpu']['median']:10.2f}" if key == "cpu" else " " * 10
                line += f"{LIMITS[key]:7.1f}" if key in LIMITS else ""
            print(line.rstrip())


def tell_growth(found):
    small, large = found["render"]["pages"]
    print(f"\na page of {large}, of what a page of {small} costs; the best of the runs\n{'':12}{'cpu ms':>18}{'ratio':>8}{'KiB':>16}{'ratio':>8}{'limit':>7}")
    for name, costs in found.items():
        cpu, memory = costs["cpu"], costs["memory"]
        print(f"{name:12}{cpu['small'] * 1000:9.2f}{cpu['large'] * 1000:9.2f}{cpu['ratio']:8.2f}"
              f"{memory['small'] * 1024:8.0f}{memory['large'] * 1024:8.0f}{memory['ratio']:8.2f}{'1.0' if name != 'plain' else '':>7}".rstrip())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/debug/trendpress")
    parser.add_argument("--copies", type=int, nargs="*", default=[1, 20], help="how many times the trends stand in the report")
    parser.add_argument("--growth", type=int, nargs=2, metavar=("SMALL", "LARGE"), help="also compare a page's cost at two sizes")
    parser.add_argument("--runs", type=int, default=11, help="of the report as it is")
    parser.add_argument("--large-runs", type=int, default=3, help="of each larger one")
    parser.add_argument("--json", action="store_true", help="print figures for machines")
    parser.add_argument("--check", action="store_true", help="end with 1 if a limit is missed")
    args = parser.parse_args()
    program = args.program.resolve()
    out, faults = {"sizes": []}, []
    for copies in args.copies:
        found = measure(program, copies, args.runs if copies == 1 else args.large_runs)
        out["sizes"].append(found)
        faults += [*other_words(found), *above_limits(found)]
        if not args.json:
            tell_size(found)
    if args.growth:
        ends = [measure(program, copies, args.large_runs) for copies in args.growth]
        if not ends[0]["of"]["render"]:
            sys.exit("--growth counts pages: pip install pymupdf")
        out["growth"] = growth(*ends)
        faults += [fault for end in ends for fault in other_words(end)] + [*grown(out["growth"])]
        if not args.json:
            tell_growth(out["growth"])
    out["faults"] = faults
    if args.json:
        print(json.dumps(out, indent=2))
    else:
        print("\n" + "\n".join(faults) if faults else "\nwithin all limits")
    return 1 if args.check and faults else 0


if __name__ == "__main__":
    sys.exit(main())
