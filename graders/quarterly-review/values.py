"""Reads single cells: a number, a day, a name, the numbers of records; each as people write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from filled_form import reader
from words import CROWD, DENIED, EVERYBODY, PEOPLE

AROUND = re.compile(
    r"per cent|percent|%|パーセント|\b(?:about|approx|approximately|circa|ca|roughly|some|around|minutes?|mins?|pages?|"
    r"min|objectives?|complaints?|events?|in total|new|of the budget|budget|used|at most|only)\b|"
    r"約|件|個|分|回|ほど|およそ|のみ",
    re.ASCII,
)
"""Words that people write around a value."""
SCALE = re.compile(
    r"(?:in|per|of|/|/ )\s?(?:100[, ]?000|100k|10 ?万)|10 ?万(?:イベント)?(?:件)?(?:あたり|当たり|につき|中)?(?:に)?"
)
"""Of how many events a complaint is counted."""
NUMBER = re.compile(r"(?<![\d.,])-?\d+(?:[., ]\d{3})*(?:[.,]\d+)?(?![\d])")
ASIDE = re.compile(r"\([^()]*\)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = re.compile(r"(20\d\d)(?:-|/|\.|年 ?)(\d{1,2})(?:-|/|\.|月 ?)(\d{1,2})")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](20\d\d)(?!\d)")
DAY_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:-| (?:of )?)({'|'.join(MONTHS)})[a-z]*\.?(?:[-, ]{{1,2}}(20\d\d))?|"
    rf"\b({'|'.join(MONTHS)})[a-z]*\.? (\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,? (20\d\d))?"
)
DAY_JA = re.compile(r"(?<![\d年 ])(\d{1,2})月 ?(\d{1,2})日")
RECORD = re.compile(r"(?<![a-z])(inc|p|c|d)[- ]?(\d{1,5})(?!\d)")
WEEKS = re.compile(
    r"(?<![a-z])(?:w|weeks?|第) ?\d{1,2}(?!\d)(?:週)?"
    r"(?: ?(?:,? ?and|,|、|/|・|&|\+|と|-|–|—|~|〜|to|until|から) ?"
    r"(?:(?:w|week|第) ?\d{1,2}|\d\d(?![\d.%]))(?!\d)(?:週)?){0,20}"
)
SPAN = re.compile(r"(\d{1,2})(?:週)? ?(?:-|–|—|~|〜|to|until|から) ?(?:w|week|第)? ?(\d{1,2})")

NEGATED = re.compile(r"\b(?:not|never|or|nor)\b|ない|せず|または", re.ASCII)
"""What takes a choice back."""


def numbers(cell: str) -> list[float]:
    """The readings of the one number of a cell; none where there is not one, or words beside it."""
    said = SCALE.sub(" ", reader.plain(cell))
    said = ASIDE.sub(" ", said) if ASIDE.sub(" ", said).strip() else said
    found = NUMBER.findall(said)
    left = AROUND.sub(" ", NUMBER.sub(" ", said, count=1))
    if len(found) != 1 or re.search(r"[^\W_]", left) or found[0].startswith("-"):
        return []
    text = found[0].replace(" ", "")
    readings = {text.replace(",", ""), text.replace(",", ".")}
    return [float(one) for one in readings if one.count(".") <= 1]


def near(cell: str, wanted: float, within: float) -> bool:
    """Whether the number of a cell is one, give or take."""
    return any(abs(one - wanted) <= within + 1e-9 for one in numbers(cell))


def days(cell: str) -> list[datetime.date]:
    """The days of a cell; without a year, the next one of that name from July 2026 on."""
    said = reader.plain(cell)
    found = [(int(one[1]), int(one[2]), int(one[3])) for one in DAY.finditer(said)]
    found += [(int(one[3]), int(one[2]), int(one[1])) for one in DAY_FIRST.finditer(said)]
    for one in DAY_NAMED.finditer(said):
        found.append((int(one[3] or one[6] or 0), MONTHS.index(one[2] or one[4]) + 1, int(one[1] or one[5])))
    found += [(0, int(one[1]), int(one[2])) for one in DAY_JA.finditer(said)]
    dates = []
    for year, month, day in found:
        try:
            dates.append(datetime.date(year or (2026 if month >= 7 else 2027), month, day))
        except ValueError:
            return []
    return list(dict.fromkeys(dates))


def people(cell: str) -> set[str]:
    """Whom a cell names, by name or by what they do."""
    said = _without_asides(cell)
    found = set()
    for who, (latin, kana, does) in PEOPLE.items():
        if re.search(rf"(?<![a-z]){latin}(?![a-z])|(?<![ァ-ヺー]){kana}(?![ァ-ヺー])|{does}", said, re.ASCII):
            found.add(who)
    return found


def is_crowd(cell: str) -> bool:
    """Whether a cell names many, or nobody in particular."""
    return bool(re.search(CROWD, _without_asides(cell), re.ASCII))


def is_everybody(cell: str) -> bool:
    """Whether a cell names all there are."""
    return bool(re.search(EVERYBODY, reader.plain(cell), re.ASCII))


def takes_back(cell: str) -> bool:
    """Whether a cell says who it was not."""
    return bool(re.search(DENIED, _without_asides(cell), re.ASCII))


def _without_asides(cell: str) -> str:
    """A cell without what stands in brackets, unless nothing else does."""
    said = reader.plain(cell)
    return left if (left := ASIDE.sub(" ", said)).strip() else said


def records(cell: str) -> list[str]:
    """The records that a cell names, as INC-340."""
    return [f"{one[1].upper()}-{int(one[2])}" for one in RECORD.finditer(reader.plain(cell))]


def weeks(cell: str) -> list[int]:
    """The weeks that a cell names, those between the ends of a span among them."""
    found: list[int] = []
    for one in WEEKS.finditer(reader.plain(cell)):
        said = one[0]
        found += [int(number) for number in re.findall(r"\d{1,2}", said)]
        for first, last in SPAN.findall(said):
            found += range(int(first), min(int(last), 53) + 1)
    return sorted(set(found))


def choice(cell: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """The one name that a cell begins with; what follows a mark is prose, and may name no other."""
    first = re.split(r"[,;:()、。–—]| - |\. ", reader.plain(cell))[0].strip(" .")
    starts = [(len(word), name, word) for name, words in names.items() for word in words if _begins(first, word)]
    if not starts:
        return ""
    _, name, word = max(starts)
    rest = first.removeprefix(word)
    other = any(_names(rest, word) for one, words in names.items() if one != name for word in words)
    return "" if other or NEGATED.search(rest) else name


def _begins(text: str, start: str) -> bool:
    """Whether a text begins with a word, and not with a longer one."""
    return text.startswith(start) and not (start.isascii() and text[len(start) : len(start) + 1].isalpha())


def _names(text: str, word: str) -> bool:
    """Whether a word stands in a text."""
    return bool(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word), text))
