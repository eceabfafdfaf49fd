#!/usr/bin/env python3
"""Editions of the example report beside a loop of `render`, in one run.

Each edition has a partner's name on the cover, a page and a logo of its own, and a code on the back.
Prints seconds an edition, the ratio, and the memory at its highest; `--check` ends with 1 if a limit
is missed.

    cargo build --release
    python3 benches/editions.py --program target/release/trendpress
    python3 benches/editions.py --editions 1000 --loop 100 --profile press
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">'
    '<rect width="{width}" height="20"/></svg>'
)


def project(folder, count):
    """Copies the example, gives it variables, and writes the table."""
    shutil.copytree(ROOT / "content", folder / "content")
    settings = folder / "content/report.yaml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("contents, trends/*.md,", "contents, trends/*.md, insert.md,")
    text += (
        '    - {label: "{{partner}}", url: "{{page}}"}\n'
        "variables:\n"
        "  partner: {example: 样例伙伴}\n"
        '  page: {example: "https://example.org/"}\n'
        "  logo: {type: file, default: figures/logo-0.svg}\n"
    )
    settings.write_text(text, encoding="utf-8")
    (folder / "content/insert.md").write_text(
        "---\ntitle: {{partner}}\n---\n\n{{partner}}与我们同行，本页由{{partner}}提供。\n\n"
        '![{{partner}}的标志]({{logo}} "来源：{{partner}}")\n',
        encoding="utf-8",
    )
    for logo in range(20):
        path = folder / f"content/figures/logo-{logo}.svg"
        path.write_text(LOGO.format(width=20 + 2 * logo), encoding="utf-8")
    rows = ["id,partner,page,logo,subtitle"]
    for at in range(count):
        rows.append(
            f"p{at:05},伙伴{at}号,https://example.org/p/{at},figures/logo-{at % 20}.svg,伙伴{at}号专版"
        )
    (folder / "partners.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def run(command, folder):
    """Runs a command; returns seconds of the clock and of the processors, and MB at the highest."""
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE)
    told = process.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))}\n{told}")
    clock = time.monotonic() - started
    return clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", type=Path, default=ROOT / "target/debug/trendpress")
    parser.add_argument("--editions", type=int, default=200)
    parser.add_argument("--loop", type=int, default=20)
    parser.add_argument("--profile", default="screen")
    parser.add_argument("--ratio", type=float, default=15)
    parser.add_argument("--memory", type=float, default=600, help="in MB")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    program = args.program.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project(folder, args.editions)
        rows = (folder / "partners.csv").read_text(encoding="utf-8").splitlines()
        keys = rows[0].split(",")[1:]
        clock, processor = 0.0, 0.0
        for row in rows[1 : args.loop + 1]:
            command = [program, "render", "one.pdf", "--profile", args.profile]
            for key, value in zip(keys, row.split(",")[1:]):
                command += ["--set", f"{key}={value}"]
            one = run(command, folder)
            clock, processor = clock + one[0], processor + one[1]
        clock, processor = clock / args.loop, processor / args.loop
        command = [program, "editions", "partners.csv", "--out", "out/{{id}}.pdf"]
        all_clock, all_processor, memory = run(command + ["--profile", args.profile], folder)
        last = (folder / "one.pdf").read_bytes()
        same = last == (folder / f"out/p{args.loop - 1:05}.pdf").read_bytes()
    figures = {
        "render": {"clock": clock, "processor": processor},
        "edition": {
            "clock": all_clock / args.editions,
            "processor": all_processor / args.editions,
        },
        "ratio": clock / (all_clock / args.editions),
        "ratio of processors": processor / (all_processor / args.editions),
        "memory": memory,
        "same bytes": same,
    }
    if args.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        print(f"render   {clock:.3f} s, processors {processor:.3f} s")
        edition = figures["edition"]
        print(f"edition  {edition['clock']:.3f} s, processors {edition['processor']:.3f} s")
        print(f"ratio    {figures['ratio']:.1f}, of processors {figures['ratio of processors']:.1f}")
        print(f"memory   {memory:.0f} MB; same bytes: {same}")
    missed = figures["ratio"] < args.ratio or memory > args.memory or not same
    sys.exit(1 if args.check and missed else 0)


if __name__ == "__main__":
    main()
