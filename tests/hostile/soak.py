"""Keeps `watch` and `preview` running on a report while its files are edited, swapped and broken in all ways.

    python3 tests/hostile/soak.py target/release/trendpress [--seconds 3600] [--seed 1]

At rest the PDF must be that of a cold render, the preview must show those pages, and neither may end.
Memory is that of the working processes, of each the one that worked longest, as a limit ends one and another goes on:
the median of two minutes when it had worked for five, and of its last two.
"""

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from edits import Edits
from running import Preview, Watch

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--seconds", type=float, default=3600)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--patience", type=float, default=90, help="seconds within which files at rest must be followed")
args = parser.parse_args()
program = os.path.abspath(args.program)
random.seed(args.seed)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

base = os.path.realpath(tempfile.mkdtemp(prefix="soak-"))
project, out, cold = (os.path.join(base, name) for name in ("project", "out.pdf", "cold.pdf"))
environment = {**os.environ, "LC_ALL": "C", "NO_COLOR": "1"}
environment.pop("LANGUAGE", None)
subprocess.run([program, "new", project], check=True, capture_output=True, env=environment)
edits = Edits(project, os.path.join(base, "aside"))
faults = []


def fault(what):
    faults.append(what)
    print(f"FAULT {what}", flush=True)


def bytes_of(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""


def rendered():
    """The bytes of a cold render; none where there is a fault in the content."""
    run = subprocess.run([program, "render", cold, "--project", project], capture_output=True, env=environment)
    if run.returncode not in (0, 1):
        fault(f"a cold render returned {run.returncode}: {run.stderr[-300:]}")
    return bytes_of(cold) if run.returncode == 0 else b""


def until(test):
    end = time.monotonic() + args.patience
    while time.monotonic() < end:
        if test():
            return True
        time.sleep(0.02)
    return False


watch, preview = Watch(program, project, out, environment), Preview(program, project, environment)
start, memory, steps, kinds, report = time.monotonic(), [], 0, {}, 0
try:
    if not until(lambda: bytes_of(out) == rendered() != b""):
        fault("nothing was rendered at the start")
    while time.monotonic() - start < args.seconds and len(faults) < 20:
        # What a limit ends begins anew: later nothing does, so that one process works on to the end.
        edits.may_end = time.monotonic() - start < args.seconds / 4
        before, told = bytes_of(out), watch.count()
        name, is_broken = edits.step()
        steps, kinds[name] = steps + 1, kinds.get(name, 0) + 1
        expected = rendered()
        if is_broken and expected:
            fault(f"step {steps}, {name}: a cold render finds no fault")
        if expected:
            if not until(lambda: bytes_of(out) == expected):
                fault(f"step {steps}, {name}: the PDF is not that of a cold render; watch said {watch.last()}")
            if not until(lambda: preview.shows(edits.title, True)):
                fault(f"step {steps}, {name}: the preview shows {preview.state()}, not `{edits.title}`")
        else:
            if not until(lambda: watch.count() > told and "nothing was written" in "".join(watch.last())):
                fault(f"step {steps}, {name}: watch did not tell the fault, but {watch.last()}")
            if is_broken and bytes_of(out) != before:
                fault(f"step {steps}, {name}: a fault touched the PDF")
            if not until(lambda: preview.shows(None, False)):
                fault(f"step {steps}, {name}: the preview does not tell the fault, but {preview.state()}")
        if watch.is_over():
            fault(f"step {steps}, {name}: watch ended: {watch.last()}")
            break
        if preview.is_over():
            fault(f"step {steps}, {name}: the preview ended: {preview.last()}")
            break
        if steps % 50 == 0 and expected:
            fresh = Preview(program, project, environment)
            until(lambda: fresh.shows(edits.title, True))
            if fresh.state()[2] != preview.state()[2]:
                fault(f"step {steps}, {name}: the preview's pages are not those of a fresh one")
            fresh.stop()
        elapsed = time.monotonic() - start
        memory.append((elapsed, watch.megabytes(), preview.megabytes(), watch.worker(), preview.worker()))
        if elapsed > report:
            report += 60
            print(f"{elapsed:6.0f} s, {steps} steps, watch {memory[-1][1]:.0f} MB, preview {memory[-1][2]:.0f} MB, {len(faults)} faults", flush=True)
finally:
    watch.stop()
    preview.stop()
    left = [name for name in os.listdir(base) if "trendpress-" in name]
    if left:
        fault(f"left behind: {left}")
    if not faults:
        shutil.rmtree(base)

print(", ".join(f"{name} {count}" for name, count in sorted(kinds.items())))
last = memory[-1][0]
for column, what in ((1, "watch"), (2, "preview")):
    workers = {row[column + 2] for row in memory} - {None}
    stretches = [[row for row in memory if row[column + 2] == worker] for worker in workers]
    own = max(stretches, key=lambda rows: rows[-1][0] - rows[0][0])
    begin, end = own[0][0], own[-1][0]
    of = lambda first, until: [row[column] for row in own if first <= row[0] <= until] or [0]
    early, late = statistics.median(of(begin + 240, begin + 360)), statistics.median(of(end - 120, end))
    print(f"{what}: {early:.0f} MB after five minutes, {late:.0f} MB after {end - begin:.0f} s, {len(workers)} processes")
    if end - begin > 600 and late > early * 1.1:
        fault(f"the memory of {what} grew from {early:.0f} to {late:.0f} MB")
print(f"{steps} steps in {last:.0f} s, {len(faults)} faults")
sys.exit(bool(faults))
