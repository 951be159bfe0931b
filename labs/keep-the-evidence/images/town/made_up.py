"""What a list claims that was not so: processes of no number, one under many names, connections that never were.

A list that somebody saw has a line for what was there. One that a loop wrote has the true lines among all others.
"""

import re
from collections import defaultdict

ONCE = 300
"""Below it a process's number is given once, however many come later: so nobody has it who was not there then."""
FEW = 12
"""So many claims may be read wrongly: a number beside a name is not always a process's."""
DOUBLED = 2
"""So many processes may seem to be called by most of the names."""
HALF = 0.6
"""Names that one process would have, of all that services have: a line may name two or three of them."""
PORTS = range(32768, 61000)
"""From where connections begin here."""
CROWD = 16
"""So many numbers a line may have that could be the port of a connection: one is, others are sizes and inodes."""
DATES = 100
"""So many times a list may have for one name; files of the same name lie in several folders."""
DAY = re.compile(r"(?:\d{4}-\d\d-\d\d|\d\d/\d\d/\d\d(?:\d\d)?)[ T+]\d\d:\d\d:\d\d|[A-Z][a-z]{2}\s+\d+ \d\d:\d\d:\d\d")
NUMBER = re.compile(r"(?<!\d:)(?<![\w.-])\d+(?![\w.-]|:\d)")
BLOCK = re.compile(r"(?m)^Name:\s+(\S+)\n(?:(?!Name:).*\n)*?Pid:\s+(\d+)")
TREE = re.compile(r"(\w[\w.]*(?:-\w+)*)\((\d+)\)")


class Claims:
    """What was handed in as one says of processes: which numbers there were, and by which names each is called."""

    def __init__(self, known, names):
        self.known = known
        self.names = names
        self.services = {*known.values()}
        self.called = defaultdict(set)

    def read(self, piece, is_list):
        """Add what a piece claims."""
        if numbers := re.findall(r"(?:^|/)(\d+)(?=/|$)", piece.path if piece.path != piece.top else ""):
            self.claim(int(numbers[0]), piece.text[:4096])
        for called, number in BLOCK.findall(piece.text):
            self.claim(int(number), called)
        if is_list:
            for called, number in TREE.findall(piece.text):
                self.claim(int(number), called)
            self.read_lines(piece.text.splitlines())

    def read_lines(self, lines):
        """Add what the lines of a list claim: the number stands in the same place on each."""
        parsed = [(called, numbered(line)) for line in lines if (called := self.called_in(line))]
        agree = defaultdict(set)
        for called, numbers in parsed:
            for place, number in numbers.items():
                if self.known.get(number) in called:
                    agree[place].add(number)
        place = max(agree, key=lambda one: len(agree[one]), default=None)
        for called, numbers in parsed if place is not None and len(agree[place]) > 1 else ():
            if place in numbers:
                self.add(numbers[place], called)

    def claim(self, number, text):
        """Note what a text says of a process, where it names a process at all."""
        if called := self.called_in(text):
            self.add(number, called)

    def add(self, number, called):
        """Note by which name a process is called first; by all, where a text has most of them."""
        many = len(self.services & {*called}) > HALF * len(self.services)
        self.called[number].update(called if many else called[:1])

    def called_in(self, text):
        """Which names stand in a text, in their order."""
        places = ((found.start(), name) for name, word in self.names.items() if (found := word.search(text)))
        return [name for _, name in sorted(places)]

    def false(self, there):
        """Which numbers can't have been those of processes, or not by so many names, where they are more than a few."""
        bound = min(ONCE, max(there, default=0))
        nobody = sorted(number for number in self.called if number < bound and number not in there)
        many = HALF * len(self.services)
        doubled = sorted(one for one in self.known if len(self.called[one] & self.services) > many)
        return nobody if len(nobody) > FEW else doubled if len(doubled) > DOUBLED else []


def numbered(line):
    """The numbers of a line by the places of the words in which they stand."""
    found = ((place, NUMBER.search(word)) for place, word in enumerate(re.split(r"[\s,;|]+", line.strip())))
    return {place: int(number[0]) for place, number in found if number}


def is_crowd(line):
    """Whether a line names so many ports that it is no connection's."""
    tens = {int(one) for one in re.findall(r"(?<![\w.])\d{5}(?!\w)", line)}
    return len(tens.intersection(PORTS)) > CROWD or len({*re.findall(r":([0-9A-Fa-f]{4})\b", line)}) > CROWD


def is_any_time(dates):
    """Whether a list has so many times for a file that none of them says anything."""
    return len({*dates}) > DATES
