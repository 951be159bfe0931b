"""Reads letters, and numbers with of how many they are; and the words around hours and counts."""

from __future__ import annotations

import re
from itertools import chain

from drawn_year.draw import NEXT as COULD_COME
from drawn_year.draw import SOLVED, WEEK
from filled_form import asides
from filled_form.reader import plain
from filled_form.values import Said, Units, number, units, without_asides
from words import GIVEN_UP, NEXT, YEAR

HOURS = units("h hr hrs hour hours of this the quarter all together", "時間分?|四半期|うち|中|で|に")
WEEKLY = units(
    "h hr hrs hour hours of this each every per a an week weekly w",
    r"時間|週あたり|週に|毎週|(?<!\d)(?<!\d )週(?!間)|うち|中|ずつ",
)
WEEKS = units("w week weeks of this the quarter", "週間|週|四半期|うち|中")
COUNTS = units(
    "time times problem problems occasion occasions part parts of out this last year different "
    "incident incidents case cases repeat repeats again known those them",
    "去年|部分|問題|[回件つ個箇うち中]",
)
"""Words that people write around each kind of number."""
KINDS = {
    WEEKLY: (NEXT["hours"], GIVEN_UP["hours"]),
    WEEKS: (NEXT["weeks"],),
    COUNTS: tuple(names for name, names in YEAR.items() if name not in ("again-hours", "asked")),
}
"""Of which kind the number of a row is; all others are hours."""
HOUR = "h|hrs?|hours?|時間"
UNIT = {
    HOURS: HOUR,
    WEEKLY: rf"(?:{HOUR})(?: (?:a|per|each|every) week)?",
    WEEKS: "w|weeks?|週間?",
    COUNTS: "times?|occasions?|回",
}
"""What people write behind a second number in a bracket."""
PARTS = units(
    "and of a part parts team teams work works both two time times question questions with",
    "と|や|部分|チーム|両方|仕事|回|件|・",
)
"""Words that join names, and stand around them."""
OF_ALL = re.compile(r"(?<=\d)( ?parts?)?(?:,? (?:out )?of| ?/) ?\d+( ?parts?)?")
OF_ALL_JA = re.compile(r"(?<!\d)\d{1,6} ?(?:個|部分)?(?:の?うち|個?中)の? ?(?=\d)")
"""Beside a number: of how many it is one."""
TOLD_BY = re.compile(r"[a-z]{4,}|[\u4e00-\u9fff]{2,}|[\u30a1-\u30ff]{3,}")
PLAIN_WORDS = frozenset(["that", "this", "with", "from", "each", "have", "whoever", "nobody", "reach", "after"])
"""The words of a record by which it is told from others, and those by which it is not."""
LETTER = re.compile(r"(?<![A-Za-z'])#?([A-Fa-f])(?=\s*[:.)(、,。]|\s+[-–—]|\s*$|[\u3040-\u9fff])")
"""What could come next, by its letter; an article before a word is none."""


def said(text: str, names: tuple[str, ...]) -> Said:
    """Give what a cell says as a number; of "7 of 12" it is the first."""
    return number(OF_ALL_JA.sub("", OF_ALL.sub("", plain(text))), _kind(names))


def taken_back(text: str, names: tuple[str, ...]) -> str:
    """Give the bracket that puts another number beside that of a cell, or takes it back; else nothing."""
    one = said(text, names).one
    return asides.taken_back(text, UNIT[_kind(names)], lambda second: bool({*one} & {*said(second, names).one}))


def _kind(names: tuple[str, ...]) -> Units:
    """Give the words that people write around the number of a row."""
    return next((kind for kind, rows in KINDS.items() if names in rows), HOURS)


def of_how_many(text: str) -> int | None:
    """Give of how many a number says that it is a part; none where it says nothing of that."""
    found = OF_ALL.search(without_asides(text)) or OF_ALL_JA.search(without_asides(text))
    return int(re.findall(r"\d+", found[0])[0]) if found else None


def told_of_another(text: str, name: str) -> str:
    """Give the record whose words a text has, and none of those of the record that it names; else nothing."""
    table = next(table for table in (COULD_COME, SOLVED, WEEK) if name in table)
    own = {one: {_stem(word) for word in TOLD_BY.findall(plain(" ".join(table[one][:2])))} for one in table}
    said = {_stem(word) for word in TOLD_BY.findall(without_asides(text))} - PLAIN_WORDS
    if said & own[name]:
        return ""
    for other, words in own.items():
        rest = words - PLAIN_WORDS - set(chain.from_iterable(own[one] for one in own if one != other))
        if len(said & rest) >= min(2, len(rest)):
            return str(other)
    return ""


def _stem(word: str) -> str:
    """Give a word without the endings of several, and of what is done."""
    return re.sub(r"(?:e?s|ed|ing)$", "", word)


def letters(text: str) -> set[str]:
    """Give the letters of what could come next that a text names."""
    return {one.upper() for one in LETTER.findall(plain(text))}
