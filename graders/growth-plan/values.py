"""Read what a plan's cells are: numbers with their units, one name of the records, or several, and nothing beside."""

from __future__ import annotations

import re

from filled_form.alone import alone
from filled_form.blanks import NOBODY
from filled_form.reader import Names, length
from words import YEAR

TIMES, PROBLEMS, PARTS = (
    ("times", "time", "occasions", "occasion", "件", "回"),
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
COMMAS = re.compile(r"[,，、] *(?:and )?")
JOINED = re.compile(r"・| and |(?<=[^a-z])と")
"""What divides names: the records join two of them by a word."""
BEFORE = re.compile(r"^(?:the |my |problem |work |問題 ?|仕事 ?)?#?(?=.)")
"""What may stand before a name of the records and says nothing else."""
SHORT_NAME = re.compile(r"[\w'’&/.+・-]+(?: [\w'’&/.+・-]+)*")
"""A name without a comma, a colon or a bracket."""
LONGEST_NAME = 8
"""The most words of a short name."""


def one_of(text: str, names: Names) -> str:
    """Give the one name that a cell is; empty where it is anything else."""
    said = alone(text)
    known = {alone(word): name for name, words in names.items() for word in words}
    bare = {BEFORE.sub("", word): name for word, name in known.items()}
    return known.get(said) or bare.get(BEFORE.sub("", said)) or ""


def several(text: str, names: Names) -> set[str] | None:
    """Give the names that a cell lists; None where anything else stands there."""
    found: set[str] = set()
    for one in COMMAS.split(alone(text)):
        whole = one_of(one, names)
        found |= {whole} if whole else {one_of(part, names) for part in JOINED.split(one)}
    return None if "" in found else found


def short_name(text: str) -> str:
    """Give the one short name that a cell is; empty where it is none, or more than that."""
    said = alone(text)
    is_name = SHORT_NAME.fullmatch(said) and said not in NOBODY and length(said) <= LONGEST_NAME
    return said if is_name else ""
