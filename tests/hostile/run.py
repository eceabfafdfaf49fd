"""Runs the program on each hostile input: it must end in time and memory, with a result or a message.

    python3 tests/hostile/run.py target/debug/trendpress [--seconds 10] [--gigabytes 1] [--jobs 2] [NAME …]
"""

import argparse
import concurrent.futures
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from inputs import CASES
from pdfs import CASES as PDFS

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--seconds", type=float, default=10)
parser.add_argument("--gigabytes", type=float, default=1)
parser.add_argument("--jobs", type=int, default=2)
parser.add_argument("names", nargs="*")
args = parser.parse_intermixed_args()
program = os.path.abspath(args.program)


def put(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path):
        os.remove(path)
    match content:
        case ("sparse", size):
            with open(path, "wb") as file:
                file.truncate(size)
        case ("fifo",):
            os.mkfifo(path)
        case ("link", target):
            os.symlink(target, path)
        case _ if callable(content):
            put(path, content())
        case str():
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)
        case bytes():
            with open(path, "wb") as file:
                file.write(content)


def limits():
    most = int(args.gigabytes * 4e9)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(folder, command):
    env = {**os.environ, "LC_ALL": "C", "NO_COLOR": "1"}
    env.pop("LANGUAGE", None)
    said = tempfile.TemporaryFile()
    start = time.monotonic()
    child = subprocess.Popen([program, *command], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=said, preexec_fn=limits, start_new_session=True)
    pid, status, usage, faults = 0, 0, None, []
    while pid == 0:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid == 0 and time.monotonic() - start > args.seconds * 20:
            faults.append("HANGS")
            os.killpg(child.pid, signal.SIGKILL)
            pid, status, usage = os.wait4(child.pid, 0)
        elif pid == 0:
            time.sleep(0.01)
    child.returncode = 0
    # Of the processor: on a machine with other work, the time would be that of the others as well.
    took, most = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e9
    size = said.seek(0, 2)
    said.seek(0)
    words = said.read(400_000).decode(errors="replace")
    code = os.waitstatus_to_exitcode(status)
    if took > args.seconds:
        faults.append("TIME")
    if most > args.gigabytes:
        faults.append("MEMORY")
    if code not in (0, 1, 2, 3):
        faults.append(f"ENDED {code}")
    # What these find is on standard output.
    finds = command[0] in ("preflight", "diff") and code == 1
    if code != 0 and "error" not in words and not finds:
        faults.append("SILENT")
    if code == 1 and "-->" not in words and ":1:1" not in words and not finds:
        faults.append("NO PLACE")
    if "panicked" in words:
        faults.append("PANIC")
    if size > 200_000:
        faults.append(f"SAID {size}")
    first = next((line for line in words.splitlines() if line.startswith("error")), words.strip().partition("\n")[0])
    return code, took, most, faults, first[:110]


def tried(case):
    """Runs all of a case's commands, and returns a line for each, and how many are not as they should be."""
    name, files, runs = case
    lines, bad = [], 0
    with tempfile.TemporaryDirectory(dir=base) as own:
        folder = os.path.join(own, "project")
        shutil.copytree(starter, folder)
        for path, content in files.items():
            put(os.path.join(folder, path), content)
        for command in runs:
            code, took, most, faults, first = run(folder, command)
            bad += bool(faults)
            lines.append(f"{' '.join(faults) or 'ok':12} {name:26} {command[0]:9} {code:4} {took:6.1f} s {most:5.2f} GB  {first}")
    return lines, bad


chosen = [case for case in CASES + PDFS if not args.names or any(name in case[0] for name in args.names)]
bad, start = 0, time.monotonic()
with tempfile.TemporaryDirectory(prefix="hostile-") as base:
    starter = os.path.join(base, "starter")
    subprocess.run([program, "new", starter], check=True, capture_output=True)
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for lines, wrong in pool.map(tried, chosen):
            bad += wrong
            print("\n".join(lines), flush=True)
print(f"{len(chosen)} inputs in {time.monotonic() - start:.0f} s, {bad} runs that are not as they should be")
sys.exit(bool(bad))
