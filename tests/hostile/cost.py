"""What the supervising process costs: processor time with it and without it, in turns, cold and warm.

    python3 tests/hostile/cost.py target/release/trendpress [--rounds 15] [--project .]
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--rounds", type=int, default=15)
parser.add_argument("--project", default=".")
args = parser.parse_args()
program = os.path.abspath(args.program)
TEXT = "content/trends/01-ai4s.md"
TICKS = os.sysconf("SC_CLK_TCK")

base = tempfile.mkdtemp(prefix="cost-")
project, out = os.path.join(base, "project"), os.path.join(base, "out.pdf")
os.makedirs(project)
shutil.copytree(os.path.join(args.project, "content"), os.path.join(project, "content"))


def environment(is_supervised):
    """A process that has a place for its notes takes itself for the one that works."""
    out = {**os.environ, "LC_ALL": "C"}
    return out if is_supervised else {**out, "TRENDPRESS_NOTE": "/dev/null"}


def cold(is_supervised):
    child = subprocess.Popen([program, "render", out, "--project", project], env=environment(is_supervised),
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime


class Watch:
    def __init__(self, is_supervised):
        self.process = subprocess.Popen([program, "watch", out, "--project", project], env=environment(is_supervised),
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.until_done()

    def until_done(self):
        for line in self.process.stderr:
            if "pages" in line:
                return

    def used(self):
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as file:
            pids = [self.process.pid, *map(int, file.read().split())]
        total = 0
        for pid in pids:
            with open(f"/proc/{pid}/stat") as file:
                total += sum(map(int, file.read().rpartition(")")[2].split()[11:13]))
        return total / TICKS

    def edits(self, count):
        before = self.used()
        with open(os.path.join(project, TEXT), encoding="utf-8") as file:
            text = file.read()
        for number in range(count):
            with open(os.path.join(project, TEXT), "w", encoding="utf-8") as file:
                file.write(text.replace("化学", "化学" + "甲乙丙丁"[number % 4], 1))
            self.until_done()
        with open(os.path.join(project, TEXT), "w", encoding="utf-8") as file:
            file.write(text)
        self.until_done()
        return (self.used() - before) / (count + 1)

    def end(self):
        self.process.terminate()
        self.process.wait()


def warm(is_supervised):
    watch = Watch(is_supervised)
    try:
        return watch.edits(20)
    finally:
        watch.end()


cold(True)
worst = 0
for name, measure, rounds in (("cold", cold, args.rounds), ("warm", warm, max(3, args.rounds // 4))):
    times = {True: [], False: []}
    for number in range(rounds):
        for is_supervised in (True, False) if number % 2 else (False, True):
            times[is_supervised].append(measure(is_supervised))
    ratio = min(times[True]) / min(times[False])
    middle = statistics.median(times[True]) / statistics.median(times[False])
    worst = max(worst, ratio)
    print(f"{name}: {min(times[True]):.3f} s with, {min(times[False]):.3f} s without, {ratio:.3f} times; of the medians {middle:.3f}", flush=True)
shutil.rmtree(base)
sys.exit(worst > 1.05)
