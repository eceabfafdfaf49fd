"""Kills and interrupts all commands that write, at random moments.

    python3 tests/hostile/kills.py target/release/trendpress [--count 500] [--seed 1] [NAME …]

No file is ever half written. After a signal that a program hears, a run has written all of its files or none, and
nothing is left beside them; after one that it does not hear, the next run finishes or takes away what was left.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--count", type=int, default=500)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("names", nargs="*")
args = parser.parse_intermixed_args()
program = os.path.abspath(args.program)
random.seed(args.seed)

FIRST = "content/trends/01-first.md"
# Each with whether all of its files appear together.
COMMANDS = {
    "render-pdf": (["render", "out.pdf", "--report", "layout.json"], True),
    "render-png": (["render", "page.png", "--ppi", "40"], True),
    "render-svg": (["render", "page.svg", "--pages", "2-7"], True),
    "render-press": (["render", "press.pdf", "--profile", "press"], True),
    "fix": (["check", "--fix", "--yes", "--no-layout"], True),
    "diff": (["diff", "old", ".", "--out", "diff.html"], True),
    "impose": (["impose", "in.pdf", "sheets.pdf", "--scheme", "saddle"], True),
    "data": (["data", "data"], True),
    "new": (["new", "new"], True),
    "man": (["man", "man"], True),
    "brand": (["brand", "brand.png"], True),
    "heat-map": (["preflight", "in.pdf", "--heat-map", "inks.png"], True),
    # Each edition by itself: the next run makes those that are missing.
    "editions": (["editions", "partners.csv", "--out", "out/{{id}}.pdf"], False),
}
SIGNALS = [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP]

base = os.path.realpath(tempfile.mkdtemp(prefix="kills-"))
temporary, project = os.path.join(base, "tmp"), os.path.join(base, "project")
os.makedirs(temporary)
environment = {**os.environ, "LC_ALL": "C", "TMPDIR": temporary}
environment.pop("LANGUAGE", None)


def run(command, folder):
    return subprocess.run([program, *command], cwd=folder, env=environment, capture_output=True)


def state(folder):
    """All files of a folder by their bytes, but for what belongs to a run that was killed."""
    out = {}
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".trendpress-")]
        for name in names:
            with open(os.path.join(path, name), "rb") as file:
                out[os.path.relpath(os.path.join(path, name), folder)] = hashlib.sha256(file.read()).hexdigest()
    return out


def left(folder):
    return [os.path.join(path, name) for path, folders, names in os.walk(folder) for name in folders + names if name.startswith((".trendpress-", "trendpress-scratch-"))]


def is_over(group):
    try:
        os.killpg(group, 0)
        return False
    except ProcessLookupError:
        return True


def start_of(name):
    """The project before a run: with what an earlier one wrote, of another text."""
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(os.path.join(base, "starts", name), project)


def prepare():
    """For each command, the project before it, and what it makes of that."""
    one = os.path.join(base, "one")
    subprocess.run([program, "new", one], check=True, capture_output=True)
    shutil.rmtree(os.path.join(one, "schemas"))
    for command in (["brand", "init", "--colour", "#1a5276"], ["render", "in.pdf"], ["render", "page.png", "--ppi", "40"]):
        run(command, one).check_returncode()
    shutil.copy(os.path.join(one, "page-01.png"), os.path.join(one, "page-11.png"))
    with open(os.path.join(one, "partners.csv"), "w", encoding="utf-8") as file:
        file.write("id,title\n" + "".join(f"p{row},报告{row}\n" for row in range(4)))
    shutil.copytree(os.path.join(one, "content"), os.path.join(one, "old/content"))
    ends = {}
    for name, (command, _) in COMMANDS.items():
        if args.names and name not in args.names:
            continue
        start = os.path.join(base, "starts", name)
        shutil.copytree(one, start)
        if name not in ("fix", "data", "new", "man", "brand"):
            run(command, start)
        with open(os.path.join(start, FIRST), "a", encoding="utf-8") as file:
            file.write("\n又有一段新的文字...\n")
        if name in ("heat-map", "impose"):
            run(["render", "in.pdf"], start)
        for path in left(start):
            shutil.rmtree(path)
        start_of(name)
        began = time.monotonic()
        ended = run(command, project)
        took = time.monotonic() - began
        assert ended.returncode in (0, 1), (name, ended.stderr)
        ends[name] = (state(start), state(project), took)
        assert ends[name][0] != ends[name][1], f"{name} writes nothing new"
    return ends


ends, faults, counts = prepare(), 0, {}
for number in range(args.count):
    name = list(ends)[number % len(ends)]
    (before, after, took), (command, together) = ends[name], COMMANDS[name]
    start_of(name)
    number_of, to_all = SIGNALS[number // len(ends) % len(SIGNALS)], random.random() < 0.5
    # Half of them near the end, where files are written.
    moment = random.random() * 1.1 if random.random() < 0.5 else random.gauss(0.95, 0.08)
    child = subprocess.Popen([program, *command], cwd=project, env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(max(0, moment) * took)
    try:
        os.killpg(child.pid, number_of) if to_all else child.send_signal(number_of)
    except ProcessLookupError:
        pass
    child.wait()
    end = time.monotonic() + 20
    while not is_over(child.pid) and time.monotonic() < end:
        time.sleep(0.005)
    wrong, now = [], state(project)
    if not is_over(child.pid):
        wrong.append("a process goes on")
        os.killpg(child.pid, signal.SIGKILL)
    half = [path for path in now if now[path] not in (before.get(path), after.get(path))]
    # Made in the order of the rows; the manifest tells them.
    half = [path for path in half if together or not path.endswith(".jsonl")]
    if half:
        wrong.append(f"half written: {half}")
    outcome = "new" if now == after else "old" if now == before else "between"
    if number_of != signal.SIGKILL:
        if together and outcome == "between":
            wrong.append(f"mixed: {sorted(path for path in {**before, **after} if now.get(path) != before.get(path))[:5]}")
        if left(project) or left(temporary):
            wrong.append(f"left behind: {left(project) + left(temporary)}")
    ended = run(command, project)
    if ended.returncode not in (0, 1) and not (command[0] in ("data", "new") and ended.returncode == 2):
        wrong.append(f"the next run returned {ended.returncode}: {ended.stderr[-200:]}")
    now = state(project)
    different = [path for path in {**now, **after} if now.get(path) != after.get(path) and (together or not path.endswith(".jsonl"))]
    if different:
        wrong.append(f"after the next run: {different[:5]}")
    if left(project) or left(temporary):
        wrong.append(f"left after the next run: {left(project) + left(temporary)}")
        shutil.rmtree(temporary)
        os.makedirs(temporary)
    key = (signal.Signals(number_of).name, outcome)
    counts[key] = counts.get(key, 0) + 1
    if wrong:
        faults += 1
        print(f"FAULT {number} {name} {signal.Signals(number_of).name} at {moment:.2f} of {took:.2f} s, {outcome}: {'; '.join(wrong)}", flush=True)
    elif number % 50 == 0:
        print(f"{number} …", flush=True)
shutil.rmtree(base)
print(", ".join(f"{name} {outcome} {count}" for (name, outcome), count in sorted(counts.items())))
print(f"{args.count} runs ended, {faults} that are not as they should be")
sys.exit(bool(faults))
