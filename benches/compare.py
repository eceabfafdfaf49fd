#!/usr/bin/env python3
"""A cold render of the report, as a whole process, beside the stock compiler on the same template and data.

The peer is PyPI's `typst` wheel (pip install typst), which is the stock compiler in a Python module. Runs alternate
(A B A B …); user, system and wall time and the peak memory are the operating system's own figures for each process.

    cargo build            # or: cargo build --release, with --program target/release/trendpress
    python3 benches/compare.py
"""

import argparse
import pathlib
import statistics
import tempfile

from common import ROOT, peer, peer_start, run, write_data


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/debug/trendpress")
    parser.add_argument("--runs", type=int, default=15)
    args = parser.parse_args()
    args.program = args.program.resolve()
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder, "data")
        ours = [args.program, "render", pathlib.Path(folder, "ours.pdf")]
        stock = peer(write_data(args.program, data), pathlib.Path(folder, "peer.pdf"), data)
        rows = []
        for turn in range(args.runs + 1):
            a, b, c = run(ours), run(stock), run(peer_start())
            if turn > 0:  # the first turn warms the disk's cache
                rows.append((a, b, c))
    names = ("wall s", "cpu s", "peak MiB")
    print(f"{args.runs} runs each, in turn; medians")
    print(f"{'':10}{'trendpress':>12}{'stock':>12}{'its start':>12}{'ratio':>10}{'min':>8}{'max':>8}")
    for i, name in enumerate(names):
        a, b, c = ([row[j][i] for row in rows] for j in range(3))
        # A compiler without Python would not pay for the interpreter's start; memory is the larger one's own.
        bare = [y - z for y, z in zip(b, c)] if i < 2 else b
        ratios = [x / y for x, y in zip(a, bare)]
        print(f"{name:10}{statistics.median(a):12.3f}{statistics.median(b):12.3f}{statistics.median(c):12.3f}"
              f"{statistics.median(ratios):10.3f}{min(ratios):8.3f}{max(ratios):8.3f}")


if __name__ == "__main__":
    main()
