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


def is_disputed(path, copies, found, says_when):
    """Whether the box has so many times for a file that it has none."""
    if len({piece.time for piece in copies if piece.time is not None}) > TIMES:
        return True
    name = path.rsplit("/", 1)[1]
    named = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])")

    def denies(text):
        lines = text.splitlines() if name in text else []
        here = [at for at, line in enumerate(lines) if named.search(line) and not RUN.search(line)]
        dated = any(DAY.search("\n".join(lines[at : at + 8])) for at in here)
        return dated and not says_when(text)

    return len({piece.top for piece in found if denies(piece.text)}) > LISTS
