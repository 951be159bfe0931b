"""What the box can show of the one who was inside: looks at contents, whatever the files are called.

It is told in a file what is true, and says for each thing when the first copy of it came; null where none did.
"""

import itertools
import json
import re
import time
from pathlib import Path
from typing import NamedTuple

from contradictions import PEERS, is_disputed, lines_about, strange_peers
from excerpts import left_out
from made_up import BLOCK, DAY, TREE, Claims, is_any_time, is_crowd
from pieces import logs_there, pieces

BELOW = 8
"""Lines of stat for one file."""
OTHERS = 3
"""So many of the server's own processes a table has to have where no more is known of them."""
OWN = ("runsv", "svlogd")
"""They hold no socket: a list of connections is no table of all processes."""
PROGRAMS = {"run": "(?:run|d?a?sh)"}
"""What a script may be called: after itself, or after what runs it."""
SERVING = {"nginx": 2, "fcgiwrap": 1}
"""So many there are at least while visitors are served: nginx has a master and worker processes of another user."""
ASKED = {"nginx": ("page",), "fcgiwrap": ("page", "picture")}
"""What is not served when one of them is not there."""
LATER = 10
"""Seconds after a table came within which a visitor has noticed that nothing was served when it was made."""
SENT = re.compile(r"(?:^|/)(?:pictures/.*|again-.*|[0-9a-f]{8}(?:\.jpg)?\.cgi)$")
"""What is sent as a picture again and again has the bytes of his page, and other times."""
TRUTH = Path("/var/lib/truth/truth.json")
STRANGE = 8
"""Lines about the other end's port that a list may have and that name no port of his; as many of a log."""
LAG = 10
"""Seconds within which what was answered stands in a log, on a busy machine, too."""
IN_A_ROW = {"access": 2, "sshd": 3, "jobs": 10}
"""So many missing ones are a pause: svlogd may be ended with lines on their way, and a job run by hand is in no log."""
STALE = 300
"""Seconds that a copy of a log may be on its way to the box."""
LOG = {"access": re.compile("visit=|/old/"), "sshd": re.compile(r"guest-| port \d"), "jobs": re.compile("run-parts")}
"""What every copy of a log has, so that nothing else is searched."""
MARK = re.compile(r"(?<=visit=)\w+|/old/\w+\.php|port \d+ |guest-\w+")
"""Nearly all marks, found at once: an hour leaves hundreds of them, and megabytes."""
TIMED = re.compile(r"(?m)^.*\d:\d\d:\d\d.*$")
"""A line of a log that says when."""
COUNT = re.compile(r"(?m)^(\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d)(\.\d+) run-parts: executing /srv/site/jobs/count")
"""A line of the jobs' log that is there all the time."""
BEFORE, AFTER = 6, 1
"""Seconds before and after the moment that the job wrote down, within which its line came."""


class Truth(NamedTuple):
    """What is known outside of the server."""

    pid: int
    pids: list
    there: list
    living: list
    names: list
    sha256: str
    peers: list
    met: list
    port: int
    files: list
    marks: dict
    every: dict
    settled: float
    asked: float
    unserved: list

    def is_word(self, number, text):
        """Whether a number stands in a text by itself."""
        return re.search(rf"(?<![\d.]){number}(?![\d])", text) is not None


def shows_process(truth, piece):
    """Whether the process is there with its number and its name, in a list, or in a copy of /proc."""
    if not any(name in piece.text for name in truth.names):
        return False
    place = f"{piece.top}\n{piece.path}"
    if re.search(rf"(?<!\d){truth.pid}(?!\d)", place) or re.search(rf"(?m)^Pid:\s+{truth.pid}$", piece.text):
        return True
    lines = (line for line in piece.text.splitlines() if any(name in line for name in truth.names))
    return any(truth.is_word(truth.pid, line) for line in lines)


def word_of(name):
    """Find the name of a process, as a list has it."""
    return re.compile(rf"(?<!\w){PROGRAMS.get(name, re.escape(name))}(?![\w-])")


def stands_in(pid, name, text):
    """Whether a line has a process by number and name; a time of day is no number."""
    number = re.compile(rf"(?<!\d:)(?<![\d.]){pid}(?!\d)(?!:\d)")
    named = word_of(name)
    return any(named.search(line) and number.search(line) for line in text.splitlines())


def others_of(truth, piece, lines):
    """Which of the server's own processes a piece has: by number and name in a list, or as a copy of /proc has them."""
    place = piece.path if piece.path != piece.top else ""
    blocks = {(int(pid), called) for called, pid in BLOCK.findall(piece.text)}
    known = set(re.findall(r"(?<![\d.])\d+", place))

    def has(pid, name):
        if any(number == pid and word_of(name).fullmatch(called) for number, called in blocks):
            return True
        return (str(pid) in known and word_of(name).search(piece.text)) or (lines and stands_in(pid, name, piece.text))

    return {pid for pid, name in map(tuple, [*truth.pids, *truth.living]) if has(pid, name)}


def named(name, piece):
    """Lines that have the name of a process; a supervisor, or a shell with a script, that names it is none of it."""
    word = re.compile(rf"(?<![\w-]){name}(?![\w./(-])")
    other = re.compile(rf"\brunsv\b|^(?:run|down): |(?:^|[\s/])(?:ba|da)?sh\s.*{name}")
    lines = piece.text.splitlines() if name in piece.text else []
    return [line for line in lines if word.search(line) and not other.search(line)]


def numbers_of(name, piece, is_list):
    """By what a piece tells processes of one name apart: their numbers, or all numbers that stand beside the name."""
    lines = named(name, piece)
    place = re.findall(r"(?<![\d.])\d+", piece.path) if piece.path != piece.top else []
    if place and lines:
        return {("number", int(place[0]))}
    if not is_list:
        return set()
    if blocks := BLOCK.findall(piece.text):
        return {("number", int(pid)) for called, pid in blocks if called == name}
    tree = (pid for called, pid in TREE.findall(piece.text) if called == name)
    return {("number", int(pid)) for pid in tree} | {apart_in(name, line) for line in lines}


def apart_in(name, line):
    """What a line of a list has to tell processes apart: the number that follows the name, or all of its numbers."""
    if first := re.match(rf"\s*{name}\s+(\d+)\b", line):
        return ("number", int(first[1]))
    return ("line", *re.findall(r"(?<![\w.])\d+(?![\w.])", line))


def too_few(truth, came, numbers):
    """Of which services a table lacks processes that were there when it came: visitors were served all the time."""
    unserved = {kind for at, kind in truth.unserved if at <= came + LATER}
    there = (name for name, kinds in ASKED.items() if not unserved & {*kinds})
    return [name for name in there if len(numbers.get(name, ())) < SERVING[name]]


class Tables:
    """What was handed in of processes, by the name that it was given."""

    def __init__(self, truth, found):
        self.truth = truth
        self.shown, self.others, self.numbers, self.claims = {}, {}, {}, {}
        self.apart, self.apart_numbers = set(), {}
        every = dict([*truth.pids, *truth.living])
        names = {name: word_of(name) for name in {*every.values(), *truth.names}}
        self.apart_claims = Claims(every, names)
        for piece in found:
            is_list = shows_process(truth, piece)
            if is_list:
                self.shown.setdefault(piece.top, piece.came)
            self.others.setdefault(piece.top, set()).update(others_of(truth, piece, is_list))
            for name in SERVING:
                of_it = self.numbers.setdefault(piece.top, {}).setdefault(name, set())
                of_it.update(numbers_of(name, piece, is_list))
                own = re.findall(r"\d+", piece.top) if named(name, piece) else []
                self.apart_numbers.setdefault(name, set()).update(map(int, own[:1]))
            self.claims.setdefault(piece.top, Claims(every, names)).read(piece, is_list)
            given = {*map(int, re.findall(r"\d+", piece.top))}
            self.apart.update(pid for pid in given & every.keys() if names[every[pid]].search(piece.text))
            for pid in given & every.keys():
                self.apart_claims.claim(pid, piece.text)

    def is_whole(self, came, pids, numbers):
        """Whether nobody is missing of whom it is known that they were there."""
        own, living = {pid for pid, name in self.truth.pids if name in OWN}, {pid for pid, _ in self.truth.living}
        enough = len(pids & own) >= min(OTHERS, len(own)) and living <= pids
        return enough and not too_few(self.truth, came, numbers)

    def false(self, top):
        """Which processes there are in what was handed in that can't have been there, or not by those names."""
        return self.claims[top].false(self.truth.there)

    def is_table(self, top):
        """Whether what was handed in as one is a table of all, or what was handed in one by one is."""
        came = self.shown[top]
        if self.false(top):
            return False
        if self.is_whole(came, self.others[top], self.numbers[top]):
            return True
        is_made_up = self.apart_claims.false(self.apart_claims.called)
        return not is_made_up and self.is_whole(came, self.apart, self.apart_numbers)


def table(truth, found):
    """When a table of all processes came that has the one, and who is missing in what is none, or was never there.

    What is handed in as one belongs together, and so do copies of /proc that are handed in one by one.
    """
    told = Tables(truth, found)
    came = min((came for top, came in told.shown.items() if told.is_table(top)), default=None)
    living, every = {pid for pid, _ in truth.living}, dict([*truth.pids, *truth.living])

    def lacks(top):
        return sorted(living - told.others[top]), too_few(truth, told.shown[top], told.numbers[top]), told.false(top)

    nothing = ([], [], [])
    absent, few, false = min(map(lacks, told.shown), key=lambda one: tuple(map(len, one)), default=nothing)
    return came, [[pid, every[pid]] for pid in absent] if told.shown else None, few, false


def connection(truth, found):
    """When a list of connections came in which the process' own stands, and when one did that has others, too."""
    there = re.compile(rf":{truth.port}(?!\d)")
    here = re.compile("|".join(rf":{peer}(?!\d)" for peer in truth.peers))
    hexes = [(f":{peer:04X}", f":{truth.port:04X}") for peer in truth.peers]

    def has(line):
        if truth.peers and there.search(line) and here.search(line):
            return True
        return any(a in line.upper() and b in line.upper() for a, b in hexes)

    ports = re.compile("|".join([str(truth.port), f":{truth.port:04X}"]), re.IGNORECASE)
    shown = [piece for piece in found if ports.search(piece.text) and any(map(has, piece.text.splitlines()))]
    false = [piece for piece in shown if is_everything(truth, piece.text.splitlines(), has)]
    return first(shown, lambda piece: piece not in false), first(false, bool)


def is_everything(truth, lines, has):
    """Whether a list has connections to the other end that never were, on lines of their own or all on one."""
    here = re.compile(rf"(?<![\d.]){truth.port}(?!\d)|:{truth.port:04X}(?![0-9A-F])", re.IGNORECASE)
    met = re.compile("|".join(rf"(?<![\d.]){peer}(?!\d)|:{peer:04X}(?![0-9A-F])" for peer in truth.met), re.IGNORECASE)
    strange = {line for line in lines if here.search(line) and not met.search(line)}
    return len(strange) > STRANGE or all(is_crowd(line) for line in lines if has(line))


def first(found, wanted):
    """When the first piece came that is wanted."""
    return min((piece.came for piece in found if wanted(piece)), default=None)


def times(at):
    """How a time may be written: seconds, or day and time of day."""
    told = time.gmtime(at)
    day = time.strftime(r"(?:%Y-%m-%d|%m/%d/%y|%m/%d/%Y)[ T+]%H:%M:%S", told)
    short = time.strftime("%b ", told) + rf"\s?{told.tm_mday} " + time.strftime("%H:%M:%S", told)
    return re.compile(rf"(?<!\d){at}(?!\d)|{day}|{short}")


def says_when(path, written, text):
    """Whether a list has a file with its time: on its line, or on those below, as stat has it."""
    lines, here = lines_about(path, text)
    if is_any_time(date for number in here for date in DAY.findall(lines[number])):
        return False
    return any(written.search("\n".join(lines[number : number + BELOW])) for number in here)


def file_of(told, found):
    """When the bytes of a file came, and when its time did."""
    same = [piece for piece in found if piece.sha256 == told["sha256"]]
    copies = same if "/pictures/" in told["path"] else [piece for piece in same if not SENT.search(piece.path)]
    copied, written = {piece.time for piece in copies if piece.time is not None}, times(told["time"])

    def has(text):
        return says_when(told["path"], written, text)

    dated = [piece.came for piece in copies if piece.time == told["time"]]
    dated += [piece.came for piece in found if has(piece.text)]
    disputed = is_disputed(told["path"], copies, found, has)
    return {
        "path": told["path"],
        "bytes": min((piece.came for piece in same), default=None),
        "time": None if disputed else min(dated, default=None),
        "disputed": disputed,
        "later": bool(copied) and min(copied) > told["time"],
    }


def marks_in(name, marks, piece):
    """Which of the marks that a log should have a piece has, by their places: words, or a second of the jobs'."""
    if not marks or not LOG[name].search(piece.text):
        return set()
    counted = {second for second, _ in COUNT.findall(piece.text)} if name == "jobs" else set()
    text = "\n".join(TIMED.findall(piece.text))
    known = set(MARK.findall(text))

    def has(mark):
        if isinstance(mark, str):
            return mark in known or mark in text
        near = range(mark - BEFORE, mark + AFTER + 1)
        return any(time.strftime("%Y-%m-%d_%H:%M:%S", time.gmtime(at)) in counted for at in near)

    return {number for number, (_, mark) in enumerate(marks) if has(mark)}


def missing(marks, seen, settled):
    """Since when something is missing in the copies of a log: each has what was there some minutes before it came.

    The one that was inside was at work some seconds before anybody could copy: so far every copy reaches.
    """
    gone = [at for at, _ in marks if at <= settled]
    for until in sorted({came for came, numbers in seen if numbers}):
        have = set().union(*(numbers for came, numbers in seen if came <= until))
        reach = max(settled, until - STALE)
        gone = [at for number, (at, _) in enumerate(marks) if at <= reach and number not in have]
        if not gone:
            return None
    return min(gone, default=None)


def invented(found, there):
    """Which pieces have runs of the choir's job that the server's own log has not, though it has that time.

    A run's line has nothing that nobody could think of but the fraction of its second.
    """
    known = set().union(*(COUNT.findall(piece.text) for piece in there))
    first_one, last_one = min(known, default=None), max(known, default=None)

    def is_false(piece):
        runs = set(COUNT.findall(piece.text)) - known if known else set()
        return len([run for run in runs if first_one <= run <= last_one]) > STRANGE

    return [piece for piece in found if is_false(piece)]


def logs(truth, found):
    """Since when something is missing in each of the logs that were handed in, null where nothing is."""
    told = {}
    for name, marks in truth.marks.items():
        told[name] = missing(marks, [(piece.came, marks_in(name, marks, piece)) for piece in found], truth.settled)
    return told


def pauses(truth, found):
    """Since when each of the logs said nothing for a while, null where none did: neither here nor on the server.

    One alone that is missing is an accident: the server was ended before it wrote that down.
    """
    told = dict.fromkeys(truth.every)
    for name, marks in truth.every.items():
        due = [[at, mark] for at, mark in marks if at <= truth.asked - LAG]
        gone = [*due]
        for piece in found:
            have = marks_in(name, gone, piece)
            gone = [one for number, one in enumerate(gone) if number not in have]
        due = [(at, [at, mark] not in gone) for at, mark in due]
        runs = (list(run) for is_there, run in itertools.groupby(due, lambda one: one[1]) if not is_there)
        told[name] = next((run[0][0] for run in runs if len(run) >= IN_A_ROW[name]), None)
    return told


def main():
    """Say what is there."""
    truth = Truth(**json.loads(TRUTH.read_text()))
    found = list(pieces())
    came, absent, few, false = table(truth, found)
    seen, too_much = connection(truth, found)
    is_flooded = len(strange_peers(truth.port, truth.met, found)) > PEERS
    there = list(logs_there())
    false_runs = [id(piece) for piece in invented(found, there)]
    true = [piece for piece in found if id(piece) not in false_runs]
    told = {
        "table": came,
        "absent": absent,
        "few": few,
        "false": false,
        "connection": None if is_flooded else seen,
        "peers": is_flooded,
        "too_much": too_much,
        "binary": first(found, lambda piece: piece.sha256 == truth.sha256),
        "files": [file_of(one, found) for one in truth.files],
        "logs": logs(truth, true),
        "left_out": {name: left_out(name, there, true, truth.settled - LAG) for name in truth.marks},
        "false_runs": len(false_runs),
        "pauses": pauses(truth, [*there, *true]),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
