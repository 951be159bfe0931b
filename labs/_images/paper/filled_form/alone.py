"""Read cells that hold a value and nothing else: an answer, a number, a day, names.

Each is told by what it may hold; whatever stands beside it makes it none. Words go into fields that people read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from filled_form.reader import Names, plain

ANSWERS = {"yes": True, "no": False, "はい": True, "いいえ": False}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
    "|january|february|march|april|may|june|july|august|september|october|november|december)"
)
AMOUNT = re.compile(
    r"(?P<grouped>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,4})?)(?![.,]?[0-9]) ?(?P<behind>[^0-9]*)|"
    r"(?P<simple>[0-9]{1,9}(?:\.[0-9]{1,4}|,[0-9]{1,2})?) ?(?P<after>[^0-9]*)"
)
"""A number, of which a comma divides thousands or is a point, and its unit."""
DAYS = tuple(
    re.compile(one)
    for one in (
        r"(?P<year>20\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<name>{MONTH})(?:,? (?P<year>20\d\d))?",
        rf"(?P<name>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>20\d\d))?",
        r"(?:(?P<year>20\d\d)年 ?)?(?P<month>\d{1,2})月 ?(?P<day>\d{1,2})日",
    )
)
"""How one day is written, and nothing more."""
COMMA = re.compile(r"[,，、]")
SAME = ("<wide>", "<narrow>", "<noBreak>")
"""Signs that show what they are read as: others, such as a power, show something else."""
STOP = re.compile(r"[.。]$")
CODE, KEPT = re.compile(r"`([^`]+)`"), 0xE000
"""What a page shows as it stands; and the first of the signs that hold its place, of which no document has one."""
MARKED = tuple(
    re.compile(rf"(?<![{before}]){mark}(?=[^\s{sign}])([^{sign}]*[^\s{sign}]){mark}(?![{behind}])")
    for sign, before, behind in (("*", "0-9A-Za-z*", "0-9*"), ("_", r"\w", r"\w"))
    for mark in (re.escape(sign) * count for count in (3, 2, 1))
)
"""Markdown's marks around words or figures of a cell; one that is alone leads to a note, and is something else."""


def alone(text: str) -> str:
    """Give a cell as it is compared: Markdown's marks in it, and a full stop, are no words."""
    return _compared(unmarked(STOP.sub("", text.strip())))


def _compared(seen: str) -> str:
    kinds = [unicodedata.decomposition(sign).partition(" ")[0] for sign in seen]
    is_shown = not any(one.startswith("<") and one not in SAME for one in kinds)
    return STOP.sub("", plain(seen)) if is_shown and not {*seen} & {*"*`"} else seen


def unmarked(text: str) -> str:
    """Give a text without those of Markdown's marks that stand around words, figures or names, as a page shows it."""
    codes = CODE.findall(text)
    signs = (chr(KEPT + place) for place in range(len(codes)))
    seen, before = CODE.sub(lambda _: next(signs), text), ""
    while seen != before:
        before = seen
        for one in MARKED:
            seen = one.sub(r"\1", seen)
    return seen.translate({KEPT + place: code for place, code in enumerate(codes)})


def parts(text: str) -> list[str]:
    """Give what stands between the commas of a cell."""
    return [_compared(STOP.sub("", one.strip())) for one in COMMA.split(unmarked(text))]


def answer(text: str) -> bool | None:
    """Tell whether a cell is a yes; None where it is anything but a yes or a no."""
    return ANSWERS.get(alone(text))


def amount(text: str, units: tuple[str, ...]) -> float | None:
    """Give the number of a cell, with one of some units or none; None where more stands there."""
    found = AMOUNT.fullmatch(alone(text))
    if not found:
        return None
    unit = found["behind"] if found["grouped"] else found["after"]
    number = found["grouped"].replace(",", "") if found["grouped"] else found["simple"].replace(",", ".")
    return float(number) if unit in ("", *units) else None


def is_written_as_day(text: str) -> bool:
    """Tell whether a cell has the form of one day, of the calendar or not."""
    return _written_day(text) is not None


def day(text: str, first: date) -> date | None:
    """Give the one day that a cell is; one without a year is the next from the month of ``first`` on."""
    found = _written_day(text)
    if not found:
        return None
    said = found.groupdict()
    month = MONTHS.index(said["name"][:3]) + 1 if "name" in said else int(said["month"])
    year = int(said["year"] or first.year + (month < first.month))
    try:
        return date(year, month, int(said["day"]))
    except ValueError:
        return None


def _written_day(text: str) -> re.Match[str] | None:
    said = alone(text)
    return next((found for one in DAYS if (found := one.fullmatch(said))), None)


def listed(text: str, names: Names) -> set[str] | None:
    """Give the names that a cell lists between commas; None where anything else stands there."""
    known = {plain(word): name for name, words in names.items() for word in words}
    said = parts(text)
    return {known[one] for one in said} if all(one in known for one in said) else None
