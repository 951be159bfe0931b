"""What the whole box claims of one thing: where that is nearly anything, nothing of it shows anything.

Whoever copies twice claims the same twice. A loop that hands in one guess after another has the true one among them.
"""

import re

from made_up import DAY, PORTS

PEERS = 24
"""So many connections to his port that never were may stand in the box: lists have other numbers, too."""
TIMES = 8
"""So many times the copies of a file may have: a copy of a copy has another, and so has one of a copy of that."""
LISTS = 30
"""So many lists may have another time for a file: it is changed later, and others are called the same."""
RUN = re.compile(r"run-parts|\w*sh(?: -\w+)* /")
"""A line about a job that runs, and not about its file."""
PATH = re.compile(r"(?<![\w.])/?[\w.-]+/[\w.-]*[A-Za-z]|File: ")
"""Where a text names a file in a folder, or as stat does."""


def strange_peers(port, met, found):
    """The ports from which the box has connections to the other end that never were."""
    here = re.compile(rf":{port}(?!\d)|:{port:04X}(?![0-9A-Fa-f])", re.IGNORECASE)
    lines = (line for piece in found if here.search(piece.text) for line in piece.text.splitlines())
    ends = (ports_of(line) for line in lines if here.search(line))
    return {end for line in ends if not line.intersection(met) for end in line}


def ports_of(line):
    """The ports of a line from which connections begin here, as numbers or as the kernel has them."""
    told = {int(number) for number in re.findall(r":(\d{5})(?!\d)", line)}
    told |= {int(number, 16) for number in re.findall(r":([0-9A-Fa-f]{4})(?![0-9A-Fa-f])", line)}
    return told.intersection(PORTS)


def lines_about(path, text):
    """The lines of a text that tell of a file, by their numbers.

    By its folder and name; where none does, those that end with its name; and where no other file is named, those that
    have its name anywhere: a user may be called as a file is, and stands beside all that is theirs.
    """
    folder, name = map(re.escape, path.rsplit("/", 2)[1:])
    full = re.compile(rf"(?<![\w.-]){folder}/{name}(?![\w./-])")
    last = re.compile(rf"(?<![\w.-]){name}['\"]?\s*$")
    lines = text.splitlines() if path.rsplit("/", 1)[1] in text else []
    for form in (full, last):
        if here := [at for at, line in enumerate(lines) if form.search(line)]:
            return lines, here
    word = re.compile(rf"(?<![\w.-]){name}(?![\w.-])")
    return lines, [] if PATH.search(text) else [at for at, line in enumerate(lines) if word.search(line)]


def is_disputed(path, copies, found, says_when):
    """Whether the box has so many times for a file that it has none."""
    if len({piece.time for piece in copies if piece.time is not None}) > TIMES:
        return True

    def denies(text):
        lines, here = lines_about(path, text)
        dated = any(DAY.search("\n".join(lines[at : at + 8])) for at in here if not RUN.search(lines[at]))
        return dated and not says_when(text)

    return len({piece.top for piece in found if denies(piece.text)}) > LISTS
