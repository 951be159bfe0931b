"""Read what a plan's cells are: numbers with their units, one name of the records, or several, and nothing beside."""

from __future__ import annotations

import re
from collections.abc import Collection

from filled_form.alone import alone
from filled_form.blanks import NOBODY
from filled_form.reader import Names, plain
from words import SELF, UNSETTLED, YEAR

TIMES, PROBLEMS, PARTS = (
    ("times", "time", "件", "回"),
    ("problems", "problem", "つ", "件", "個"),
    ("parts", "part", "個"),
)
HOURS, WEEKS = ("h", "hr", "hrs", "hours", "hour", "時間"), ("weeks", "week", "週間", "週")
"""The units that may stand behind a number; the first and the last are those that the form names."""
COUNTED = {
    **{YEAR[name]: TIMES for name in ("occasions", "again")},
    **{YEAR[name]: PROBLEMS for name in ("problems", "others", "written", "handed")},
    YEAR["known"]: PARTS,
}
"""What is counted in a row of the year; all other numbers but weeks are hours."""
JOINED = re.compile(r"[,，、・] *(?:and )?| and |(?<=[^a-z])と")
"""What divides names: the records join two of them by a word."""
BEFORE = re.compile(r"^(?:the |my |problem |work |問題 ?|仕事 ?)?#?(?=.)")
"""What may stand before a name of the records and says nothing else."""
NAME = r"(?!(?:of|for|the|my|our) )([^\s,:;()\d]+(?: [^\s,:;()\d]+)?)(?= (?:of|for|in|at|from|to|on|[-–—\d])|[,:;()]|$)"
WHOSE_PLAN = (
    re.compile(rf"\bplan\W+(?:of |for )?{NAME}"),
    re.compile(r"^([^,:;()]+?)[’'](?:s )?"),
    re.compile(r"([^の、 ]+?)(?:さん)?の成長"),
    re.compile(r"計画\W+([^の、 ()をにでが]{1,8})(?=[の、 ()]|$)"),
    re.compile(r"^([^の、 ]+?)(?:さん)?の"),
)
"""Where a title names whoever plans; what has a digit is the quarter."""
POLITE = re.compile(r"(?<=.)(?:さん|氏|様|君|くん)$")


def one_of(text: str, names: Names) -> str:
    """Give the one name that a cell is; empty where it is anything else."""
    said = alone(text)
    known = {alone(word): name for name, words in names.items() for word in words}
    bare = {BEFORE.sub("", word): name for word, name in known.items()}
    return known.get(said) or bare.get(BEFORE.sub("", said)) or ""


def several(text: str, names: Names) -> set[str] | None:
    """Give the names that a cell lists; None where anything else stands there."""
    found = {one_of(one, names) for one in JOINED.split(alone(text))}
    return None if "" in found else found


def free_names(text: str) -> set[str]:
    """Give the names that a cell lists, whatever they are: no record has those of a year of one's own."""
    return {BEFORE.sub("", alone(one)) for one in JOINED.split(alone(text))}


def nobodies(names: Collection[str]) -> list[str]:
    """Give those of some names that are nobody, or nobody in particular."""
    return sorted({*names} & (NOBODY | UNSETTLED))


def planners(names: Collection[str], title: str) -> list[str]:
    """Give those of some names that are whoever plans, by a word for it or by the title of the plan."""
    found = [one[1] for pattern in WHOSE_PLAN if (one := pattern.search(plain(title)))]
    whose = next((one for one in found if not re.search(r"\d", one)), "")
    return sorted(one for one in names if one in SELF or _is_called(POLITE.sub("", one), whose))


def _is_called(name: str, whole: str) -> bool:
    """Whether somebody has a name: the whole one, a word of it, or a Japanese beginning of it."""
    is_begun = len(name) > 1 and not name.isascii() and whole.startswith(name)
    return bool(name) and (name == whole or name in whole.split() or is_begun)
