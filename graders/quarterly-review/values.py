"""Reads single cells: a number, a day, a name, the numbers of records; each as people write them."""

from __future__ import annotations

import datetime
import re

from asides import BEHIND, asides, is_denied, is_open
from filled_form import reader
from filled_form.reader import plain
from filled_form.values import (
    DAY,
    DAY_FIRST,
    DAY_JA,
    DAY_NAMED,
    END,
    END_JA,
    choice,
    days,
    number,
    units,
    without_asides,
)
from words import (
    BESIDE,
    BESIDE_DAY,
    BESIDE_DAY_JA,
    BESIDE_JA,
    CITES,
    CITES_JA,
    CROWD,
    DENIED,
    EVERYBODY,
    PEOPLE,
    TOLD,
    TOLD_JA,
)

UNITS = {
    "sli": units("per percent cent only", "パーセント|のみ"),
    "used": units("per percent cent of budget used only", "パーセント|予算|のみ"),
    "complaints": units("complaints complaint per of events event only", "苦情|のみ|[件個回]"),
    "objectives": units("objectives objective of new only", "目標|のみ|[件個]"),
    "pages": units("pages page of only", "呼び出し|のみ|[件個回]"),
    "minutes": units("minutes minute mins min only", "のみ|分間?"),
    "floor": units("per percent cent at most only", "パーセント|最大|以下|まで|のみ"),
    "change": units("per percent cent new only", "パーセント|のみ"),
}
"""Words that people write around a value, by what it is; another unit is another value."""
SHARES = ("sli", "used", "floor", "change")
SHARE = re.compile(r"%|\bper ?cent\b|パーセント", re.ASCII)
SCALE = re.compile(
    r"(?:in|per|of|/|/ )\s?(?:100[, ]?000|100k|10 ?万)|10 ?万(?:イベント)?(?:件)?(?:あたり|当たり|につき|中)?(?:に)?"
)
"""Of how many events a complaint is counted."""
RECORD = re.compile(r"(?<![a-z])(inc|p|c|d)[- ]?(\d{1,5})(?!\d)")
WEEKS = re.compile(
    r"(?<![a-z])(?:w|weeks?|第) ?\d{1,2}(?!\d)(?:週)?"
    r"(?: ?(?:,? ?and|,|、|/|・|&|\+|と|-|–|—|~|〜|to|until|から) ?"
    r"(?:(?:w|week|第) ?\d{1,2}|\d\d(?![\d.%]))(?!\d)(?:週)?){0,20}"
)
SPAN = re.compile(r"(\d{1,2})(?:週)? ?(?:-|–|—|~|〜|to|until|から) ?(?:w|week|第)? ?(\d{1,2})")
ALSO = re.compile(r"^(?:(?:or|and|else|perhaps|maybe|possibly|then) |または|あるいは|もしくは|または、)+")
"""Words before a second choice."""
CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\b\d{1,2}時")
CALENDAR = re.compile(r"\bw ?\d{1,2}\b|\bweek \d{1,2}\b|\bq[1-4]\b|第\d{1,2}(?:週|四半期)")
"""A week or a quarter beside its day."""
SPANS = re.compile(
    r"\b(?:inc|p|c|d)-\d{1,5}\b|20\d\d-\d\d-\d\d|\b(?:of|out of) (?:the |all |these )?\d[\d,.]*|\d[\d,.]* "
    r"?(?:のうち|中)|"
    r"(?:objective|promised?|promise of|goal|target|budget|was|from|until now|before|so far|old|目標は?|約束は?|"
    r"予算は?|旧|元は) ?"
    r"\d[\d,.]*|\d[\d,.]*(?:から|だった)"
)
"""Numbers of a bracket that are of another kind, or tell what the value is a part of, or was before."""
ANOTHER = re.compile(r"(?<![\d.,])[5-9]\d[.,]\d{1,3}(?![\d.,]*\d)")
"""A percentage."""
WRITTEN = 0.011
"""How far two writings of one value may be from each other."""
FIRST = datetime.date(2026, 7, 1)
"""From when on a day without a year is the next one of that name."""


def numbers(cell: str, kind: str) -> tuple[float, ...]:
    """The readings of the one number of a cell; none where there is not one, or words or another unit beside it."""
    said = reader.plain(cell)
    if "‰" in said or (kind not in SHARES and SHARE.search(said)):
        return ()
    found = number(SCALE.sub(" ", said) if kind == "complaints" else said, UNITS[kind]).one
    return () if any(_is_beside(one, kind, found) for one in asides(cell)) else found


def _is_beside(aside: str, kind: str, found: tuple[float, ...]) -> bool:
    """Whether a bracket puts another value beside the first, or takes that one back."""
    if is_open(aside) or is_denied(aside):
        return True
    said = SPANS.sub(" ", WEEKS.sub(" ", SCALE.sub(" ", aside)))
    other = number(said, UNITS[kind]).one
    if kind in ("sli", "floor", "change"):
        other += tuple(float(one.replace(",", ".")) for one in ANOTHER.findall(said))
    return any(all(abs(one - known) > WRITTEN for known in found) for one in other)


def near(cell: str, kind: str, wanted: float, within: float) -> bool:
    """Whether the number of a cell is one, give or take."""
    return any(abs(one - wanted) <= within + 1e-9 for one in numbers(cell, kind))


def days_of(cell: str) -> list[datetime.date]:
    """The days of a cell."""
    return days(cell, FIRST)


def day_alone(cell: str) -> datetime.date | None:
    """The one day of a cell that has nothing beside it but what a day is called; none where there is more."""
    found, said = days_of(cell), plain(cell).replace("after the next", " ").replace("at the latest", " ")
    if len(found) != 1 or is_open(said) or is_denied(said):
        return None
    for one in (DAY, DAY_FIRST, DAY_NAMED, DAY_JA, END, END_JA, CLOCK, CALENDAR):
        said = one.sub(" ", said)
    words = set(re.findall(r"[a-z]+", said)) - BESIDE_DAY
    left = re.search(r"[^\W_]", re.sub(BESIDE_DAY_JA, " ", re.sub(r"[a-z]+", " ", said)))
    return None if words or left else found[0]


def people(cell: str) -> set[str]:
    """Whom a cell names, by name or by what they do."""
    said = without_asides(cell)
    found = set()
    for who, (latin, kana, does) in PEOPLE.items():
        if re.search(rf"(?<![a-z]){latin}(?![a-z])|(?<![ァ-ヺー]){kana}(?![ァ-ヺー])|{does}", said, re.ASCII):
            found.add(who)
    return found


def is_crowd(cell: str) -> bool:
    """Whether a cell names many, or nobody in particular."""
    return bool(re.search(CROWD, without_asides(cell), re.ASCII))


def is_everybody(cell: str) -> bool:
    """Whether a cell names all there are."""
    return bool(re.search(EVERYBODY, reader.plain(cell), re.ASCII))


def takes_back(cell: str) -> bool:
    """Whether a cell says who it was not."""
    return bool(re.search(DENIED, without_asides(cell), re.ASCII))


def names_others(cell: str) -> bool:
    """Whether a bracket of a cell names somebody whom the cell itself does not."""
    return any(people(one) - people(cell) for one in asides(cell))


def is_told_alone(cell: str) -> bool:
    """Whether a cell has no more than those who are told, and how or when they are."""
    said = re.sub(EVERYBODY, " ", _without_people(cell), flags=re.ASCII)
    words = set(re.findall(r"[a-z]+", said.replace("'s", " "))) - BESIDE - TOLD
    left = re.search(r"[^\W\d_]", re.sub(f"{TOLD_JA}|{BESIDE_JA}", " ", re.sub(r"[a-z']+", " ", said)))
    return not (words or left or re.search(DENIED, reader.plain(cell), re.ASCII) or is_open(cell))


def _without_people(cell: str) -> str:
    said = reader.plain(cell)
    for latin, kana, does in PEOPLE.values():
        said = re.sub(rf"(?<![a-z]){latin}(?![a-z])|{kana}|{does}", " ", said, flags=re.ASCII)
    return said


def is_names_alone(cell: str) -> bool:
    """Whether a cell has no more than names, what these people do, and words that join them."""
    said = _without_people(cell)
    words = set(re.findall(r"[a-z]+", said.replace("'s", " "))) - BESIDE
    left = re.search(r"[^\W\d_]", re.sub(BESIDE_JA, " ", re.sub(r"[a-z']+", " ", said)))
    return not (words or left or names_others(cell) or re.search(DENIED, reader.plain(cell), re.ASCII))


def one_of(cell: str, names: reader.Names) -> str:
    """The one name of a cell, as ``choice`` finds it; empty where a later part names another, or leaves it open."""
    seen = choice(cell, names)
    if is_open(re.sub(r"(?<=retire)\?|(?<=廃止)\?", "", reader.plain(cell))):
        return ""
    for part in re.split(r"[,;:()、。/–—]| - |\. |\bor\b", reader.plain(cell)):
        said = ALSO.sub("", part.strip(" ."))
        other = {name for name, words in names.items() if said in words}
        if other - {seen}:
            return ""
    return seen


def cites_plainly(cell: str) -> bool:
    """Whether a cell of evidence begins with records, and says nothing beside them that denies them."""
    said = reader.plain(cell)
    first = min((one.start() for one in (RECORD.search(said), WEEKS.search(said)) if one), default=0)
    before = re.sub(CITES_JA, " ", said[:first])
    words = set(re.findall(r"[a-z]+", before)) - CITES
    left = re.search(r"[^\W\d_]", re.sub(r"[a-z]+", " ", before))
    return not (words or left or is_open(BEHIND.sub(" ", said)) or is_denied(said))


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
