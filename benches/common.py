"""What several benches need: the stock compiler as a peer, and the operating system's own figures for a process."""

import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FONTS = ROOT / "fonts"
# As trendpress writes a file for the screen.
STANDARDS = ["a-2a", "ua-1"]
PEER = f"""
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3], font_paths=[sys.argv[4]],
              ignore_system_fonts=True, pdf_standards={STANDARDS})
"""


def peer(main_file, out, root):
    """The command that compiles a file with the stock compiler: PyPI's `typst` wheel (pip install typst)."""
    return [sys.executable, "-c", PEER, main_file, out, root, FONTS]


def peer_start():
    """The command that starts the peer's interpreter and does nothing."""
    return [sys.executable, "-c", "import typst"]


def run(command):
    """Wall seconds, CPU seconds and peak MiB of one process.

    A child's peak begins with its parent's size, so a bench must stay small: it imports nothing large.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write_data(program, data, project=ROOT):
    """Writes a project's template and data for the stock compiler, and returns the file to compile."""
    subprocess.run([program, "data", data, "--project", project], check=True, cwd=ROOT, capture_output=True)
    return data / "templates/report/main.typ"


def add_plain(data):
    """Puts the plain template beside a report's, and returns the file to compile."""
    shutil.copytree(ROOT / "benches/plain", data / "plain")
    return data / "plain/main.typ"
