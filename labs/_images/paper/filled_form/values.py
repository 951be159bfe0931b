"""Read single values of a form: numbers with their units, days, choices and names, as people write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from filled_form.reader import Names, begins, plain

NIL = frozenset({*"-–—―ー", "none", "nothing", "zero", "nil", "なし", "無し", "ゼロ"})
"""What stands for no number at all."""
NOTHING = NIL - {"zero", "nil", "ゼロ"} | frozenset(
    {"", "?", "x", "n/a", "na", "no events", "tbd", "todo"}
    | {"該当なし", "いない", "未定", "不要", "不明", "同上", "イベントなし"}
)
"""What a cell holds that says nothing."""
NOBODY = NOTHING | frozenset(
    {"someone", "somebody", "everybody", "everyone", "anybody", "whoever", "all", "誰か", "全員", "みんな"}
)
"""The same where somebody is to be named."""
ASIDE = re.compile(r"\([^()]*\)")
GLUED = re.compile(r"(?<=\d)(?=[a-z])")
NUMBER = re.compile(r"(?<![\d.,])\d{1,12}(?:[., ]\d{3}){0,4}(?:[.,]\d{1,12})?(?![.,]?\d)")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
BELOW_ZERO = re.compile(r"(?:^|[^\w)%])[-–△▲] ?\d")
LATIN = re.compile(r"[a-z][a-z'-]*")
AROUND = "about around approx approximately circa ca roughly exactly some total altogether sum in the is are"
"""Words that people write around any value."""
AROUND_JA = "およそ|ほぼ|ほど|合計|全部で|ちょうど|パーセント|[約計の、。]"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ANY = "|".join(MONTHS)
DAY = re.compile(r"(?<!\d)(20\d\d)(?:-|/|\.|年 ?)(\d{1,2})(?:-|/|\.|月 ?)(\d{1,2})(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](20\d\d)(?!\d)")
DAY_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:-| (?:of )?)({ANY})[a-z]*\.?(?:[-, ]{{1,2}}(20\d\d))?|"
    rf"\b({ANY})[a-z]*\.? (\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,? (20\d\d))?"
)
DAY_JA = re.compile(r"(?<!\d)(?<!\d年)(?<!\d年 )(\d{1,2})月 ?(\d{1,2})日")
END = re.compile(rf"\bend of ({ANY})[a-z]*(?: (20\d\d))?")
END_JA = re.compile(r"(?:(20\d\d)年 ?)?(?<!\d)(\d{1,2})月の?(?:末|終わり)")
NEGATED = re.compile(r"\b(?:not|never|or|nor)\b|ない|せず|ず$|または", re.ASCII)
"""What takes a choice back."""


class Said(NamedTuple):
    """What a cell says as a number: each that it has, with its readings, and what else stands there."""

    numbers: list[tuple[float, ...]]
    stranger: str
    is_below_zero: bool

    @property
    def one(self) -> tuple[float, ...]:
        """The readings of its one number; none where there is not one, or words beside it."""
        is_one = len(self.numbers) == 1 and not self.stranger and not self.is_below_zero
        return self.numbers[0] if is_one else ()


class Units(NamedTuple):
    """Words that people write around a kind of value, in both languages."""

    latin: frozenset[str]
    japanese: re.Pattern[str]


def units(latin: str, japanese: str) -> Units:
    """The words around a value: those of its own, and those around any."""
    return Units(frozenset(f"{AROUND} {latin}".split()), re.compile(f"{japanese}|{AROUND_JA}"))


def is_empty(text: str) -> bool:
    """Whether a cell holds nothing."""
    return plain(text).strip(" .。()") in NOTHING


def without_asides(text: str) -> str:
    """A text without what stands in brackets, unless nothing else does."""
    said = plain(text)
    return ASIDE.sub(" ", said).strip() or said


def number(text: str, around: Units) -> Said:
    """What a cell says as a number; one in brackets counts where there is no other."""
    said = GLUED.sub(" ", without_asides(text).lstrip(":"))
    found = NUMBER.findall(said) or NUMBER.findall(plain(text))
    unread = [()] if re.search(r"\d", NUMBER.sub(" ", said)) else []
    return Said([*map(_readings, found), *unread], _stranger(said, around), bool(BELOW_ZERO.search(said)))


def _readings(text: str) -> tuple[float, ...]:
    """A comma may divide thousands, or be a point; before one or two digits it is a point."""
    said = text.replace(" ", "")
    readings = [said.replace(",", "")] if "," not in said or GROUPED.fullmatch(said) else []
    readings += [said.replace(",", ".")] if "," in said else []
    return tuple(float(one) for one in readings if one.count(".") <= 1)


def _stranger(said: str, around: Units) -> str:
    """A word that is no part of a number and its unit; empty where there is none."""
    for word in LATIN.findall(said):
        if any(part not in around.latin for part in word.split("-") if part):
            return str(word)
    found = re.search(r"[^\W\d_]+", LATIN.sub(" ", around.japanese.sub(" ", said)))
    return str(found[0]) if found else ""


def days(text: str, first: date) -> list[date]:
    """The days that a text names; none where one of them is not in the calendar.

    One without a year is the next one from the month of ``first`` on.
    """
    said = plain(text)
    found = [(int(one[1]), int(one[2]), int(one[3])) for one in DAY.finditer(said)]
    found += [(int(one[3]), int(one[2]), int(one[1])) for one in DAY_FIRST.finditer(said)]
    for one in DAY_NAMED.finditer(said):
        found.append((int(one[3] or one[6] or 0), MONTHS.index(one[2] or one[4]) + 1, int(one[1] or one[5])))
    found += [(0, int(one[1]), int(one[2])) for one in DAY_JA.finditer(said)]
    found += [(int(one[2] or 0), MONTHS.index(one[1]) + 1, 0) for one in END.finditer(said)]
    found += [(int(one[1] or 0), int(one[2]), 0) for one in END_JA.finditer(said)]
    dates = [_day(*one, first) for one in found]
    return [] if None in dates else list(dict.fromkeys(one for one in dates if one))


def _day(year: int, month: int, number: int, first: date) -> date | None:
    """A day of the calendar; 0 for its number is the last of its month."""
    if not 1 <= month <= 12:
        return None
    said = year or (first.year if month >= first.month else first.year + 1)
    last = calendar.monthrange(said, month)[1]
    return date(said, month, number or last) if number <= last else None


def choice(text: str, names: Names) -> str:
    """The one name with which a cell begins; what follows a mark is prose, and before it no other is named."""
    first = re.split(r"[,;:()、。–—]| - |\. ", plain(text))[0].strip(" .")
    starts = [(len(word), name, word) for name, words in names.items() for word in words if begins(first, word)]
    if not starts:
        return ""
    _, name, word = max(starts)
    rest = first.removeprefix(word)
    has_other = any(any_word(rest, words) for other, words in names.items() if other != name)
    return "" if has_other or NEGATED.search(rest) else name


def has_word(said: str, word: str) -> bool:
    """Whether a plain text has a word: a Latin one whole, or with the ending of several."""
    return bool(re.search(_whole(word), said))


def _whole(word: str) -> str:
    """The pattern of a word, with its ending of several if it is Latin."""
    return rf"(?<![a-z0-9]){re.escape(word)}(?:'?e?s'?)?(?![a-z0-9])" if word.isascii() else re.escape(word)


def stray(text: str, words: Iterable[str], around: Units) -> str:
    """A word of a cell that is none of some names, and joins none; empty where there are names alone."""
    said = without_asides(text).replace("’", "'")
    for word in sorted({plain(one) for one in words}, key=len, reverse=True):
        said = re.sub(_whole(word), " ", said)
    return _stranger(said, around)


def any_word(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of some words."""
    said = plain(text)
    return any(has_word(said, plain(word)) for word in words)


def names_in(text: str, names: Mapping[str, Iterable[str]]) -> set[str]:
    """The names of which a text has a word."""
    return {name for name, words in names.items() if any_word(text, words)}
