"""`watch` and `preview` as they run: what they say, what they show, what memory they hold."""

import collections
import json
import os
import subprocess
import threading
import urllib.request


def children(pid):
    """The working process below the one that was started, or that itself."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return [int(child) for child in file.read().split()] or [pid]
    except (FileNotFoundError, ProcessLookupError):
        return [pid]


class Running:
    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, errors="replace")
        self.lines, self.number = collections.deque(maxlen=12), 0
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stderr:
            self.lines.append(line.rstrip())
            self.number += 1

    def count(self):
        return self.number

    def last(self):
        return list(self.lines)[-4:]

    def is_over(self):
        return self.process.poll() is not None

    def megabytes(self):
        total = 0
        for pid in children(self.process.pid):
            try:
                with open(f"/proc/{pid}/statm") as file:
                    total += int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
            except (FileNotFoundError, ProcessLookupError):
                pass
        return total

    def worker(self):
        """The working process; none while one has ended and the next has not begun."""
        found = children(self.process.pid)[0]
        return None if found == self.process.pid else found

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Watch(Running):
    def __init__(self, program, project, out, environment):
        super().__init__([program, "watch", out, "--project", project], environment)


class Preview(Running):
    def __init__(self, program, project, environment):
        super().__init__([program, "preview", "--project", project], environment)
        self.address = self.process.stdout.readline().strip()

    def state(self):
        """Whether all is well, the titles of the report, and the names of its pages."""
        try:
            with urllib.request.urlopen(self.address + "events", timeout=20) as stream:
                for line in stream:
                    if line.startswith(b"data:"):
                        now = json.loads(line[5:])
                        return now["good"], [entry["title"] for entry in now["outline"]], [page["name"] for page in now["pages"]]
        except OSError:
            pass
        return None, [], []

    def shows(self, title, good):
        now = self.state()
        return now[0] is good and (title is None or any(title in words for words in now[1]))
