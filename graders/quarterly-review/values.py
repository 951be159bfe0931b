"""Read the cells of a review by what each may hold: a number, a day, names, records; whatever else stands there."""

from __future__ import annotations

import re
from datetime import date

from filled_form import alone
from filled_form.reader import Names, plain
from words import GROUPS, MEMBERS, PEOPLE, UNITS

NONE = frozenset({"", *"-–—―ー", "none", "なし"})
"""What stands where there is no value."""
FIRST = date(2026, 7, 1)
"""From when on a day without a year is the next one of that name."""
RECORD = re.compile(r"(inc|p|c|d)[- ]?(\d{1,5})")
WEEKS = re.compile(
    r"(?:w|weeks? |第) ?(\d{1,2})(?:週)?(?: ?(?:-|–|—|~|〜|to|から) ?(?:w|week |第)? ?(\d{1,2})(?:週)?(?:まで)?)?"
)
"""A week, or the first and the last one of a span."""
NAMED = re.compile(r"(?<![a-z0-9-])(inc-\d{2,5}|p-\d{3,5}|c-\d{2,5}|d-\d{2,5})(?![\d-])")
"""A number of a record in prose; p-95 is none."""
MOST_PLACES = 4
"""How many decimals are read."""
EXACT = 1e-9
"""How far a sum of binary fractions may be from what it stands for."""
ONE_NUMBER = re.compile(r"[0-9][0-9.,]* ?([^\s0-9]*)")


def is_none(cell: str) -> bool:
    """Tell whether a cell says that there is no value."""
    return alone.alone(cell) in NONE


def number(cell: str, kind: str) -> float | None:
    """Give the number that a cell is, with its unit or without."""
    return alone.amount(cell, UNITS[kind])


def is_writing_of(seen: float, value: float, places: int) -> bool:
    """Tell whether a number is a value, rounded or cut off to so many decimals or to more."""
    written = next((one for one in range(places, MOST_PLACES) if round(seen, one) == seen), MOST_PLACES)
    step = 10.0**-written
    return -step / 2 - EXACT <= value - seen < step - EXACT


def hindrance(cell: str, kind: str) -> str:
    """Name what makes a cell none of one number: no figures, its decimals, its unit, or what stands beside it."""
    said = alone.alone(cell)
    if not re.search("[0-9]", said) or any(one.isdigit() and not one.isascii() for one in said):
        return "figures"
    found = ONE_NUMBER.fullmatch(said)
    if not found:
        return "beside"
    return "decimals" if found[1] in ("", *UNITS[kind]) else "unit"


def day(cell: str) -> date | None:
    """Give the one day that a cell is."""
    return alone.day(cell, FIRST)


def one_of(cell: str, names: Names) -> str:
    """Give the one name that a cell is; empty where it is none."""
    said = alone.alone(cell)
    return next((name for name, words in names.items() if said in map(plain, words)), "")


def people(cell: str) -> set[str] | None:
    """Give the people whom a cell lists, or nobody; None where anything else stands there."""
    return set() if is_none(cell) else alone.listed(cell, PEOPLE)


def told(cell: str) -> set[str] | None:
    """Give those who are told; all of a group may be told with one word."""
    named = set() if is_none(cell) else alone.listed(cell, PEOPLE | GROUPS)
    return None if named is None else set().union(*(MEMBERS.get(one, {one}) for one in named))


def record(text: str) -> str:
    """Give the one record that a text is, as INC-340; empty where it is none."""
    found = RECORD.fullmatch(text)
    return f"{found[1].upper()}-{int(found[2])}" if found else ""


def evidence(cell: str) -> tuple[list[str], list[int]] | None:
    """Give the records and the weeks that a cell lists; None where anything else stands there."""
    records: list[str] = []
    weeks: list[int] = []
    for one in alone.parts(cell):
        span = WEEKS.fullmatch(one)
        within = range(int(span[1]), int(span[2] or span[1]) + 1) if span else ()
        if not within and not record(one):
            return None
        weeks += within
        records += [record(one)] if not within else []
    return records, weeks


def named_records(text: str) -> list[str]:
    """Give the numbers of records that prose names."""
    return [one[1].upper() for one in NAMED.finditer(plain(text))]
