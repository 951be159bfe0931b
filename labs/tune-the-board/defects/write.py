#!/usr/bin/env python3
"""Write the board as it is with some of its defects mended, from the one template in board/.

    write.py --to DIR                             untouched: exactly the lab's workspace
    write.py --to DIR --mended all                everything mended; or ID,ID,...
    write.py --to DIR --mended all --cheat NAME   and then a cheating or broken variant of it
    write.py --list                               the defects in the ladder's order, and the cheats

Marks stand on lines of their own in the template, behind the file's own leader of comments (#: --: //: {#: /*: <!--:)

    #: defect ID      lines while the defect is in
    #: mended         lines once it is mended
    #: end
    #: cheat NAME     lines of the cheat (NAME|NAME: of either)
    #: else           honest lines
    #: end
    #: same PATH      inside of these: all lines of another file of the template

Either part may be empty. Marks do not nest. A file that comes out empty is not written.
"""

import argparse
import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
BOARD = HERE / "board"
MARK = re.compile(
    r"^\s*(?:#|--|//|\{#|/\*|<!--):\s*(defect|mended|cheat|else|end|same)\b[ \t]*([\w./|-]*)\s*(?:#\}|\*/|-->)?\s*$"
)
SECOND = {"defect": "mended", "cheat": "else"}


class Misplaced(Exception):
    """A mark that the template's rules do not allow: file, line and what is wrong."""


def defects():
    """Every defect by its ID, in the ladder's order: what its TOML says."""
    found = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in HERE.glob("*.toml") if path.stem != "cheats"}
    return dict(sorted(found.items(), key=lambda pair: pair[1]["order"]))


def cheats():
    """Every cheat by its name: what cheats.toml says."""
    return tomllib.loads((HERE / "cheats.toml").read_text("utf-8"))


def sources():
    """The template's files: path inside of the workspace, and text."""
    files = (path for path in sorted(BOARD.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(BOARD).as_posix(): path.read_text("utf-8") for path in files}


def marks(name, text):
    """Every line with the mark that it is (kind, word) or None, and the block that it stands in, or None."""
    block = None
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        found = MARK.match(line)
        if not found:
            yield line, None, block
            continue
        kind, word = found.groups()
        if kind in SECOND:
            fault = "is inside of another" if block else "" if word else "names nothing"
            block = (kind, word, True)
        elif kind in SECOND.values():
            fault = "" if block and SECOND[block[0]] == kind and block[2] else "has no beginning"
            block = (*block[:2], False) if block else None
        else:
            fault = "" if block else "has no beginning"
        if fault:
            raise Misplaced(f"{name}:{number}: '{kind}' {fault}")
        yield line, (kind, word), block
        if kind == "end":
            block = None
    if block:
        raise Misplaced(f"{name}: '{block[0]} {block[1]}' has no end")


def marked(kind):
    """The words that stand after a kind of mark anywhere in the template."""
    found = (mark for name, text in sources().items() for _, mark, _ in marks(name, text) if mark)
    return {part for what, word in found if what == kind for part in word.split("|")}


def wanted(block, mended, cheating):
    """Whether the lines of a block's part belong to this variant."""
    if block is None:
        return True
    kind, word, first = block
    if kind == "defect":
        return first != (word in mended)
    return first == bool(cheating & set(word.split("|")))


def variant(name, mended, cheating, files):
    """One file's text in one variant."""
    lines = []
    for line, mark, block in marks(name, files[name]):
        if not wanted(block, mended, cheating):
            continue
        if mark is None:
            lines.append(line)
        elif mark[0] == "same":
            lines.append(variant(mark[1], set(), set(), files))
    return "".join(lines)


def texts(mended=(), cheating=()):
    """The workspace's files in one variant: path and text. What is empty is left out."""
    files = sources()
    made = {name: variant(name, set(mended), set(cheating), files) for name in files}
    return {name: text for name, text in made.items() if text.strip()}


def write(target, mended=(), cheating=()):
    """Lay one variant into a folder; what another variant left there of the template's own files is taken away."""
    made = texts(mended, cheating)
    for name in sources():
        path = target / name
        if name in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[name], "utf-8", newline="\n")
        else:
            path.unlink(missing_ok=True)


def known(asked, names, what):
    """The names of a comma-separated list, every one of them known."""
    found = [name for name in (asked or "").split(",") if name]
    for name in found:
        if name not in names:
            raise SystemExit(f"There is no {what} '{name}'; there are: {', '.join(names)}")
    return found


def main():
    """Read what is asked, and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, metavar="DIR")
    parser.add_argument("--mended", default="", metavar="all|ID,ID")
    parser.add_argument("--cheat", default="", metavar="NAME")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    if asked.list:
        print("\n".join(f"{one['order']:>2} {name:<34}{one['rung']}" for name, one in defects().items()))
        print("\n".join(f"   cheat {name}" for name in cheats()))
        return 0
    if not asked.to:
        parser.error("--to DIR or --list")
    everything = list(defects())
    mended = everything if asked.mended == "all" else known(asked.mended, everything, "defect")
    write(asked.to, mended, known(asked.cheat, list(cheats()), "cheat"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
