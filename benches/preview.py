#!/usr/bin/env python3
"""From a saved file to the page in a browser: how long an edit takes, measured where it is seen.

A headless Chromium shows the preview of a copy of the report. Each edit is one write of one file; the clock stops in
the browser, in the frame after the changed pages were swapped. The same machine's clock tells both times.

    cargo build            # or: cargo build --release, with --program target/release/trendpress
    python3 benches/preview.py
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TREND = "content/trends/02-embodied.md"
# When a version was shown, in milliseconds since 1970.
LISTEN = """
window.seen = {};
new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
  window.seen[document.documentElement.dataset.shown] ??= performance.timeOrigin + performance.now();
}))).observe(document.documentElement, { attributes: true, attributeFilter: ["data-shown"] });
"""


class Browser:
    """Chromium through a pipe, by the DevTools protocol."""

    def __init__(self, program, profile):
        to_read, self.to = os.pipe()
        self.answers, to_write = os.pipe()
        shell = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe", "--window-size=1440,900"]
        self.process = subprocess.Popen(["bash", "-c", shell, program, *flags, f"--user-data-dir={profile}"],
                                        pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.count, self.rest, self.session = 0, b"", {}
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = {"sessionId": self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}

    def call(self, method, **params):
        self.count += 1
        os.write(self.to, json.dumps({"id": self.count, "method": method, "params": params, **self.session}).encode() + b"\0")
        while True:
            while b"\0" not in self.rest:
                self.rest += os.read(self.answers, 1 << 16)
            message, self.rest = self.rest.split(b"\0", 1)
            message = json.loads(message)
            if message.get("id") == self.count:
                return message["result"]

    def value(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def until(self, expression):
        end = time.time() + 60
        while not (found := self.value(expression)):
            if time.time() > end:
                raise SystemExit(f"never: {expression}")
            time.sleep(0.005)
        return found


def tell(name, times):
    times = sorted(times)
    print(f"{name:12}{statistics.median(times):8.0f}{times[int(len(times) * 0.95)]:8.0f}{times[0]:8.0f}{times[-1]:8.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/debug/trendpress")
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("--edits", type=int, default=50)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        project = pathlib.Path(folder, "project")
        shutil.copytree(ROOT / "content", project / "content")
        preview = subprocess.Popen([args.program.resolve(), "preview"], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        browser = Browser(args.chromium, pathlib.Path(folder, "browser"))
        try:
            browser.call("Page.navigate", url=preview.stdout.readline().strip())
            browser.until("document.documentElement?.dataset.shown > 0")
            browser.value(LISTEN)
            browser.value("document.querySelector('#panel-pages .thumb:nth-child(4)').click()")
            time.sleep(1)
            version = int(browser.value("document.documentElement.dataset.shown"))
            text = (project / TREND).read_text(encoding="utf-8")
            edits = {
                "paragraph": ("近两年，具身模型", lambda i: f"近{'一二三四五六七八九'[i % 9]}年，具身模型"),
                "title": ("协同进化", lambda i: "协同进化" + "！？。"[i % 3]),
            }
            print(f"{args.edits} edits each, ms from the write to the frame")
            print(f"{'':12}{'median':>8}{'p95':>8}{'min':>8}{'max':>8}")
            for name, (words, new) in edits.items():
                assert words in text, words
                times = []
                for i in range(args.edits + 3):
                    version += 1
                    changed = text.replace(words, new(i))
                    started = time.time() * 1000
                    (project / TREND).write_text(changed, encoding="utf-8")
                    shown = browser.until(f"window.seen[{version}]")
                    if i >= 3:  # the first ones warm the caches
                        times.append(shown - started)
                    time.sleep(0.3)
                tell(name, times)
        finally:
            browser.process.kill()
            preview.kill()


if __name__ == "__main__":
    main()
