"""Read a cell that is one command: those that start, stop, ask and restore, and those that only look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from filled_form.alone import alone
from filled_form.blanks import NIL
from filled_form.reader import plain

QUOTED = r"\"[\w .,:/=@%+-]+\"|'[\w .,:/=@%+-]+'"
ARGUMENT = rf"(?: (?:[\w.,:/=@%+-]+|{QUOTED}))"
"""One argument, without a sign that a shell would read."""
OPTION = r"(?: --?[\w-]+(?:[= ]\d+)?)"
PLAIN = r"(?: (?:-[lq]+|--(?:quiet|full|no-pager|no-ask-password)))"
"""Options of systemctl with which it does the same, and waits as long."""
FILTER = rf"(?: \| (?:(?:grep|head|tail|wc|jq|cut){ARGUMENT}*|sort(?: -[bdfghnru]+)*|less|python3 -m json\.tool))*"
LINES = (
    r"(?: (?:-[abefgnoprsx]+|--(?:no-pager|since|until|grep|lines|priority|output|boot|follow|reverse|pager-end))"
    rf"(?:[= ](?:-?\w[\w.:/+-]*|{QUOTED}))?)"
)
"""Which lines of the journal are shown, and how."""
UNIT = r" tally(?:\.service)?"
PLACE = r"[\"']?(?P<file>/[\w./:-]+)[\"']?"
SPARE = r"docks(?!\.db[.-](?:journal|wal|shm|lock)\b|\.db(?: |$))[\w.-]+(?:\$\(date \+[%\w-]+\))?"
"""Another name for the data: none that sqlite or the program has for a file of its own."""
PID = r"<pid>|\$?pid|\"?\$\(pgrep(?: -[fonx]+)* (?:tally\.py|[\"']tally\.py[\"'])\)\"?"
"""The process that is found, or a word in its place; its number is nobody's to know beforehand."""
FIND = r"find (?:/[\w/.-]+)(?: -type f| -mtime [+-]?\d+| -name (?:\"[\w.*-]+\"|'[\w.*-]+'))*"
LOOKS = "ls|cat|head|tail|wc|grep|stat|df|du|free|uptime|ps|pgrep|lsof|ping|dig|getent"
GRAMMAR = {
    "start": rf"systemctl{PLAIN}* (?:re)?start{PLAIN}*{UNIT}",
    "stop": rf"systemctl{PLAIN}* stop{PLAIN}*{UNIT}",
    "status": rf"systemctl{OPTION}* (?P<verb>status|is-active|show){OPTION}*{UNIT}"
    rf"(?:{OPTION}| (?:-p|--property)[ =][a-z,]+)*{FILTER}",
    "log": rf"journalctl{LINES}* (?:-[aefrx]*u|--unit)[ =]?tally(?:\.service)?{LINES}*{FILTER}",
    "ask": rf"curl{OPTION}* [\"']?(?:http://)?(?P<host>[a-z][\w.-]*|127\.0\.0\.1)"
    rf":(?P<port>\d{{4,5}})/(?P<path>[\w./-]*)[\"']?{FILTER}",
    "restore": rf"tally-restore (?:{PLACE}|[\"']?(?P<folder>/[\w/]+/)?\"?\$\((?P<search>[^()]+)\)[\"']?)",
    "backup": rf"tally-backup(?: {PLACE})?",
    "own": rf"(?P<name>(?!tally-restore)tally-[a-z-]+){FILTER}",
    "copy": r"cp(?: -[afinprv]+)* (?P<file>(?P<folder>/[\w/]+)/docks\.db) "
    rf"(?:/tmp/?|/tmp/\w[\w.-]*|(?P=folder)/{SPARE})",
    "end": rf"kill(?: -(?:s )?(?:sig)?term| -15)? (?:{PID})",
    "wait": r"sleep \d{1,5}[smh]?",
    "look": rf"(?:(?:{LOOKS}){ARGUMENT}*|ss(?: -[lntupae46]+)*|less /[\w./-]+|{FIND}"
    rf"|fuser(?: -[muv]+)* (?:/[\w./-]+|\d{{4,5}}/tcp)|date(?: -u)?(?: \+[%\w:-]+)?"
    rf"|systemctl{PLAIN}* cat{UNIT}){FILTER}",
}
"""What may stand in a cell, by what it does; whatever else a shell could do is none of it."""
SEVERAL = re.compile(r"[;&<>]|\|\|")
"""Signs with which a shell does more than one thing, or writes into a file."""
BEFORE = r"(?:ssh(?: -t)? (?:\w+@)?(?P<on>[a-z][\w-]*) )?(?:sudo (?:-u \w+ )?)?(?:/usr/local/bin/|/usr/bin/)?"
SEARCH = re.compile(
    r"(?:(?P<found>find) (?P<from>/[\w/]+?)/?(?: -type f)?(?: -name [\"'](?:docks-)?\*(?:\.db)?[\"'])?(?: -type f)?"
    r"|ls(?: -(?P<order>[1rt]+))? (?P<folder>/[\w/]+?)/?(?P<files>/(?:docks-)?\*(?:\.db)?)?)"
    r"(?P<sorted> \| sort(?P<turned> -r)?)? \| (?P<pick>head|tail)(?: -n)? ?-?1"
)
"""How the newest file of a folder is found."""


class Command(NamedTuple):
    """What a cell tells somebody to type."""

    kind: str
    """What it does: one of the grammar's, or the name of one that was written for tally."""
    file: str = ""
    search: str = ""
    """A command that finds the file."""
    folder: str = ""
    """Where the file lies that is found, if the search gives no more than its name."""
    host: str = ""
    port: str = ""
    path: str = ""
    on: str = ""
    """The machine to which somebody logs in for it."""
    verb: str = ""
    """How systemctl is asked."""
    said: str = ""
    """All of it, in small letters."""

    @property
    def address(self) -> str:
        """Where it asks."""
        return f"{self.host}:{self.port}"


NONE = Command("none")


def command(text: str) -> Command | None:
    """Give the one command that a cell is; None where anything else stands there."""
    said = alone(text)
    if said in NIL:
        return NONE
    for kind, pattern in GRAMMAR.items():
        if found := re.fullmatch(f"{BEFORE}(?P<said>{pattern})", said, re.ASCII):
            told = {name: value for name, value in found.groupdict().items() if value and name in Command._fields}
            return Command(found["name"] if kind == "own" else kind, **told)
    return None


def program(text: str) -> str:
    """Give the program with which a cell begins; a sign where a shell reads more than one command."""
    said = plain(text)
    if SEVERAL.search(said):
        return ";"
    found = re.match(rf"{BEFORE}([a-z-]+)", said, re.ASCII)
    return found[2] if found else ""


def is_newest(one: Command, folder: str) -> bool:
    """Whether a command searches for the newest file of a folder, and gives its path."""
    found = SEARCH.fullmatch(one.search)
    if not found or folder not in (found["folder"], found["from"]) or (found["found"] and not found["sorted"]):
        return False  # find gives files in no order
    if one.folder != ("" if found["files"] or found["found"] else f"{folder}/"):
        return False
    order = found["order"] or ""
    is_first = ("t" in order) != ("r" in order)  # their names have their hours, so they sort as they were written
    is_first = bool(found["turned"]) if found["sorted"] else is_first
    return is_first == (found["pick"] == "head")


def out_of_order(kinds: list[str], wanted: tuple[str, ...]) -> Iterator[int]:
    """Give the places of steps that come before another that has to be done first."""
    done = 0
    for place, kind in enumerate(kinds):
        if done < len(wanted) and kind == wanted[done]:
            done += 1
        elif kind in wanted:
            yield place
