#!/usr/bin/env python3
"""No run of 20 or more Chinese characters of content/ may stand in the original report's text.

Titles (front matter's `title`, `title-lines`), people's titles and the references may be carried over, and are left out.
Without the original at hand there is nothing to compare: that is said, and is no failure.
"""

import argparse
import pathlib
import re
import sys

LIMIT = 20
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# Titles, names and an address are facts.
CARRIED = re.compile(r"^\s*(title|title-lines|titles|name|names|value|- \{label):?.*$", re.M)


def han(text: str) -> str:
    return "".join(HAN.findall(text))


def longest_common(ours: str, theirs: str) -> str:
    """The longest run of `ours` that stands in `theirs`, by growing windows."""
    best = ""
    start = 0
    for end in range(1, len(ours) + 1):
        while end - start > len(best) and ours[start:end] not in theirs:
            start += 1
        if end - start > len(best):
            best = ours[start:end]
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--original", type=pathlib.Path, required=True, help="the original's text")
    parser.add_argument("--content", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent.parent / "content")
    args = parser.parse_args()
    if not args.original.is_file():
        print(f"{args.original} is not there: nothing to compare")
        return 0
    theirs = han(args.original.read_text(encoding="utf-8"))
    failed = False
    for path in sorted(args.content.rglob("*")):
        if path.suffix not in {".md", ".csv", ".svg"}:
            continue
        run = longest_common(han(CARRIED.sub("", path.read_text(encoding="utf-8"))), theirs)
        wrong = len(run) >= LIMIT
        failed |= wrong
        print(f"{'FAIL' if wrong else 'ok':4} {len(run):3}  {path.relative_to(args.content)}  {run}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
