"""Edits of a report as people and programs make them, and what should not be in it.

Each step leaves the report whole, or broken in one way that the next step mends.
"""

import os
import random
import shutil
import subprocess
import time

WORDS = "今年的研究表明，新的方法在许多领域里得到了应用，而且还会继续下去。"
TEXTS = ("content/foreword.md", "content/trends/01-first.md", "content/trends/02-second.md", "content/colophon.md")
FIRST = "content/trends/01-first.md"


class Edits:
    def __init__(self, project, aside):
        self.project, self.pristine, self.aside = project, aside + "-pristine", aside
        shutil.copytree(project, self.pristine)
        self.title, self.broken, self.number, self.may_end = None, None, 0, True
        self.retitle(project)
        self.whole = [self.in_place, self.beside, self.many, self.burst, self.rename, self.come_and_go, self.swap,
                      self.anew, self.project_away, self.numbers, self.picture, self.font, self.strays, self.emptied,
                      self.others]
        self.faults = [self.key, self.head, self.fifo, self.marks, self.deep, self.large, self.gone, self.drawing, self.encoding]

    def step(self):
        """Makes one step; returns its name, and whether it broke the report."""
        self.number += 1
        if self.broken:
            self.broken = None
            self.refill()
            return "mend", False
        if random.random() < 0.2:
            do = random.choice(self.faults)
            if self.may_end and random.random() < 0.03:
                do = self.endless
            self.broken = do.__name__
            do()
            return do.__name__, True
        do = random.choice(self.whole)
        do()
        return do.__name__, False

    # The report's files.

    def at(self, path, project=None):
        return os.path.join(project or self.project, path)

    def read(self, path):
        with open(os.path.join(self.pristine, path), encoding="utf-8") as file:
            return file.read()

    def text(self, path):
        """A text with other words, and for the first trend another title."""
        paragraphs = "\n\n".join(WORDS * random.randint(1, 6) + str(random.randint(0, 10**9)) + "。" for _ in range(random.randint(0, 8)))
        text = self.read(path) + "\n" + paragraphs + "\n"
        if path == FIRST:
            self.title = f"趋势{self.number}之{random.randint(0, 10**6)}"
            old = next(line for line in text.splitlines() if line.startswith("title:"))
            text = text.replace(old, f"title: {self.title}", 1)
        return text

    def put(self, path, text, project=None):
        path = self.at(path, project)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path) and not os.path.isfile(path):
            os.remove(path)
        with open(path, "w" if isinstance(text, str) else "wb", **({"encoding": "utf-8"} if isinstance(text, str) else {})) as file:
            file.write(text)

    def retitle(self, project):
        self.put(FIRST, self.text(FIRST), project)

    def refill(self):
        """Puts the report in order, in a way of its own each time."""
        random.choice([self.swap, self.anew, self.over])()

    def over(self):
        """Over what is there, and what is not of the report goes."""
        for folder, _, names in os.walk(self.at("content")):
            for name in names:
                path = os.path.join(folder, name)
                if not os.path.exists(os.path.join(self.pristine, os.path.relpath(path, self.project))):
                    os.remove(path)
        for folder, _, names in os.walk(os.path.join(self.pristine, "content")):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), self.pristine)
                if path != FIRST:
                    with open(os.path.join(self.pristine, path), "rb") as file:
                        self.put(path, file.read())
        shutil.rmtree(self.at("templates"), ignore_errors=True)
        self.retitle(self.project)

    def copy(self):
        """A whole content beside the project, with another title."""
        shutil.rmtree(self.aside, ignore_errors=True)
        shutil.copytree(os.path.join(self.pristine, "content"), self.aside + "/content")
        self.retitle(self.aside)
        return self.aside + "/content"

    # What leaves it whole.

    def in_place(self):
        self.write(random.choice(TEXTS))

    def write(self, path):
        self.put(path, self.text(path))

    def beside(self):
        path = random.choice(TEXTS)
        self.put(os.path.dirname(path) + "/.save.tmp", self.text(path))
        os.rename(self.at(os.path.dirname(path) + "/.save.tmp"), self.at(path))

    def many(self):
        for path in TEXTS:
            self.write(path)

    def burst(self):
        for _ in range(random.randint(3, 25)):
            random.choice([self.in_place, self.beside])()
            time.sleep(random.random() * 0.05)

    def rename(self):
        one, two = self.at("content/trends/02-second.md"), self.at("content/trends/02-other.md")
        if os.path.exists(one):
            os.rename(one, two)
            time.sleep(random.random())
        os.rename(two, one)
        self.write(FIRST)

    def come_and_go(self):
        path = "content/trends/03-third.md"
        if os.path.exists(self.at(path)):
            os.remove(self.at(path))
        else:
            self.put(path, self.read("content/trends/02-second.md").replace("title: ", "title: 另", 1))

    def swap(self):
        new = self.copy()
        if os.path.exists(self.at("content")):
            os.rename(self.at("content"), self.at("o"))
        if random.random() < 0.5:
            time.sleep(random.random() * 0.02)
        os.rename(new, self.at("content"))
        shutil.rmtree(self.at("o"), ignore_errors=True)
        shutil.rmtree(self.at("templates"), ignore_errors=True)

    def anew(self):
        shutil.rmtree(self.at("content"), ignore_errors=True)
        time.sleep(random.choice([0, 0.01, 0.4, 1.5]))
        shutil.copytree(self.copy(), self.at("content"))
        shutil.rmtree(self.at("templates"), ignore_errors=True)

    def project_away(self):
        os.rename(self.project, self.project + "-away")
        time.sleep(random.choice([0, 0.3, 3]))
        if random.random() < 0.5:
            # Pipes and links as they are.
            subprocess.run(["cp", "-a", self.project + "-away", self.project], check=True)
            shutil.rmtree(self.project + "-away")
        else:
            os.rename(self.project + "-away", self.project)
        self.write(FIRST)

    def numbers(self):
        rows = "".join(f"{name},{random.randint(1, 99)}\n" for name in ("写作", "改稿", "排版", "校对"))
        self.put("content/charts/hours.csv", "工序,小时\n" + rows)

    def picture(self):
        self.put("content/figures/more.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><rect width="%d" height="50"/></svg>' % random.randint(5, 80))
        self.put(FIRST, self.text(FIRST) + "\n![图](figures/more.svg)\n")

    def font(self):
        path = self.at("fonts/of-mine")
        if os.path.exists(path):
            shutil.rmtree(path)
        else:
            os.makedirs(path)
            self.put("fonts/of-mine/LICENSE.txt", "none\n")
        self.write(FIRST)

    def strays(self):
        for path, make in (("content/l1", lambda path: os.symlink(".", path)), ("content/l2", lambda path: os.symlink(".", path)),
                           ("content/trends/pipe", os.mkfifo), ("fonts/l1", lambda path: os.symlink(".", path))):
            path = self.at(path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if os.path.lexists(path):
                os.remove(path)
            else:
                make(path)
        self.write(FIRST)

    def emptied(self):
        self.put(FIRST, "")
        time.sleep(random.choice([0, 0.1, 0.5]))
        self.write(FIRST)

    def others(self):
        """Beside the report: none of its concern."""
        self.put("notes/a.md", WORDS * random.randint(1, 9))
        self.put("content/.hidden.md", WORDS)

    # What breaks it.

    def key(self):
        self.put("content/report.yaml", self.read("content/report.yaml") + "nokey: 1\n")

    def head(self):
        self.put(FIRST, self.read(FIRST).replace("title:", "titel:", 1))

    def fifo(self):
        os.remove(self.at(FIRST))
        os.mkfifo(self.at(FIRST))

    def marks(self):
        self.put(FIRST, self.read(FIRST) + "\n字a" + "\u0301" * 12000 + "\n")

    def deep(self):
        self.put("content/report.yaml", "? " * 20000)

    def large(self):
        with open(self.at("content/foreword.md"), "wb") as file:
            file.truncate(3_000_000_000)

    def gone(self):
        shutil.rmtree(self.at("content"))

    def drawing(self):
        self.put("content/figures/more.svg", '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * 5000)
        self.put(FIRST, self.read(FIRST) + "\n![图](figures/more.svg)\n")

    def encoding(self):
        self.put(FIRST, b"---\ntitle: \xff\xfe\xfa\n---\n\xff\n")

    def endless(self):
        """Only a limit ends it."""
        self.put("templates/mine/main.typ", "#for a in range(99999) { for b in range(99999) { for c in range(99999) {} } }")
        self.put("content/report.yaml", self.read("content/report.yaml").replace("template: report", "template: mine"))
