#!/usr/bin/env python3
"""Judges the Chinese typography of a PDF by another reader than the tests': PyMuPDF's characters.

    pip install pymupdf
    python3 tests/scripts/typography.py target/typography/mixed.pdf [more.pdf …]

Prints faults of places tried, a rule a row, to be held against templates/kit/TYPOGRAPHY.md. It
knows nothing of how a page was made: lines, columns and edges are found from the characters alone.
"""

import argparse
import collections
import re
import sys

try:
    import pymupdf
except ImportError:
    sys.exit("typography.py needs PyMuPDF: pip install pymupdf")

CLOSING = "，。、；：？！）》〉」』】〕”’％"
OPENING = "（《〈「『【〔“‘"
UNITS = "GHz|kHz|Hz|min|GB/s|ms|kg|m³|bit|dB|W|V|A|h"
# Joiners have no place on the page; PyMuPDF gives some of them one.
INVISIBLE = "\u200b\u2060\ufeff"

Char = collections.namedtuple("Char", "c x end y size font")


def characters(page, size):
    """The characters of running text, and what is raised in it, in the order of the file."""
    for block in page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                for char in span["chars"]:
                    if char["c"] not in INVISIBLE and span["size"] <= size * 1.01:
                        x, y = char["origin"]
                        yield Char(char["c"], x, char["bbox"][2], y, span["size"], span["font"])


def lines_of(page, size):
    """Lines of text: characters of about one height, none left of the one before, none a gutter away."""
    lines = []
    for char in characters(page, size):
        last = lines[-1][-1] if lines else None
        near = last and abs(char.y - last.y) < 0.7 * size and -size < char.x - last.end < 1.9 * size
        if near:
            lines[-1].append(char)
        else:
            lines.append([char])
    # Captions and furniture are sans, notes are small throughout.
    return [line for line in lines if any(abs(char.size - size) < 0.1 and "Sans" not in char.font for char in line)]


def left_ink(char, size):
    return char.x + (size / 2 if char.c in OPENING and char.end - char.x > 0.95 * size else 0)


def right_ink(char, size):
    return char.end - (size / 2 if char.c in CLOSING and char.end - char.x > 0.95 * size else 0)


def text(line):
    return "".join(char.c for char in line)


def edges(lines, size):
    """A column's edges: where most of its lines begin and end."""
    def common(values):
        value, count = collections.Counter(round(value * 2) / 2 for value in values).most_common(1)[0]
        return value if count > 1 else None

    # A point's bullet or number hangs out of its text.
    hanging = re.compile(r"•|\d+\.")
    visible = [[char for char in line if not char.c.isspace()] for line in lines]
    visible = [line for line in visible if line]
    if not visible:
        return None, None
    set_in = [line for line in visible if not hanging.match(text(line))] or visible
    return common(left_ink(line[0], size) for line in set_in), common(right_ink(line[-1], size) for line in visible)


class Tally:
    def __init__(self):
        self.tried = collections.Counter()
        self.faults = collections.Counter()
        self.shown = collections.defaultdict(list)

    def count(self, rule, holds, where):
        self.tried[rule] += 1
        if not holds:
            self.faults[rule] += 1
            self.shown[rule].append(where)


def judge_line(line, size, tally):
    """Rules within a line: 3 and 8."""
    for at, char in enumerate(line):
        if char.c == "—" and line[at + 1 : at + 2] and line[at + 1].c == "—" and (at == 0 or line[at - 1].c != "—"):
            behind = line[at + 2].x if at + 2 < len(line) else line[at + 1].end
            # What opens behind a dash may be trimmed, and lines are stretched a little.
            tally.count(3, 1.9 * size < behind - char.x < 2.2 * size, text(line))
        if char.c in "“”‘’":
            before, after = (line[i].c if 0 <= i < len(line) else " " for i in (at - 1, at + 1))
            if not (char.c == "’" and re.match("[A-Za-z]{2}", before + after)):
                tally.count(8, abs(char.end - char.x - size) < 0.02 * size, text(line))


def judge_break(before, after, tally):
    """Rules of a line's end: 1, 2, 3, 14, 16, 18."""
    head, tail = text(after).lstrip(), text(before)
    where = tail + " | " + head
    if tail.rstrip()[-1] == "—" and head[0] == "—":
        tally.count(3, False, where)
    tally.count(1, head[0] not in CLOSING + "%…·", where)
    tally.count(2, tail.rstrip()[-1] not in OPENING, where)
    tally.count(14, head[0] != "[", where)
    tally.count(16, head[0] != "·", where)
    parted = (
        re.search(r"\d\s+$", tail) and re.match(f"(?:{UNITS})(?![A-Za-z])", head)
        or re.search(r"(?<![A-Za-z])[A-Z][A-Za-z/]*\s+$", tail) and head[0].isdigit()
        or re.search(r"\d$", tail) and re.match("[万亿]|[—–~～]\\d", head)
        or re.search(r"\d[%℃]?[—–~～]$", tail) and head[0].isdigit()
    )
    tally.count(18, not parted, where)


def judge_page(page, size, tally):
    lines = lines_of(page, size)
    for line in lines:
        judge_line(line, size, tally)
    # A column: lines one below the other.
    columns = []
    for line in lines:
        if columns and 0 < line[0].y - columns[-1][-1][0].y < 2.2 * size:
            columns[-1].append(line)
        else:
            columns.append([line])
    for column in columns:
        for before, after in zip(column, column[1:]):
            judge_break(before, after, tally)
        left, right = edges(column, size)
        if right is None:
            continue
        for line in column:
            if line[-1].c in "—–-":
                tally.count(20, line[-1].end <= right + 0.05 * size, text(line))
        if left is not None and len(column) > 2:
            measure = (right - left) / size
            tally.count(23, abs(measure - round(measure)) < 0.06, f"{measure:.2f} em")


def judge_ends(page, size, tally):
    """Rule 19 where a page holds one paragraph, as the tests' sheets do."""
    lines = lines_of(page, size)
    if len(lines) > 1 and lines[0][0].c != "•":
        signs = [char for char in lines[-1] if char.c not in CLOSING and not char.c.isspace()]
        tally.count(19, len(signs) > 1, text(lines[-1]))


TITLES = {
    1: "no closing mark opens a line",
    2: "no opening mark closes a line",
    3: "`——` is one piece of 2 em",
    8: "Chinese quotes are 1 em",
    14: "a citation stays with its word",
    16: "`·` opens no line",
    18: "number and unit, name and number, range",
    19: "no last line of one character",
    20: "no dash hangs over the edge",
    23: "the measure is a whole number of ems",
}


def main():
    arguments = argparse.ArgumentParser(description="judges the Chinese typography of PDFs")
    arguments.add_argument("pdf", nargs="+")
    arguments.add_argument("--size", type=float, default=10.0, help="the text's size in points")
    arguments.add_argument("--show", type=int, default=0, help="how many faults of a rule to print")
    given = arguments.parse_args()
    tallies = []
    for path in given.pdf:
        tally = Tally()
        document = pymupdf.open(path)
        # A sheet's page is as high as its one block.
        sheets = len({round(page.rect.height) for page in document}) > 3
        for page in document:
            judge_page(page, given.size, tally)
            if sheets:
                judge_ends(page, given.size, tally)
        tallies.append(tally)
    print("| # | rule | " + " | ".join(given.pdf) + " |")
    print("|---|---|" + "---|" * len(tallies))
    for rule, title in TITLES.items():
        cells = (f"{tally.faults[rule]} / {tally.tried[rule]}" if tally.tried[rule] else "–" for tally in tallies)
        print(f"| {rule} | {title} | " + " | ".join(cells) + " |")
    for path, tally in zip(given.pdf, tallies):
        for rule, shown in tally.shown.items():
            for where in shown[: given.show]:
                print(f"{path}: rule {rule}: {where}")
    sys.exit(any(tally.faults for tally in tallies))


if __name__ == "__main__":
    main()
