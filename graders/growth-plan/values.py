"""Values of a form: numbers with their units, days, and what is named."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from reading import bare, plain

NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{1,6})(\.\d{1,6}|,\d{1,2})?(?![\d])")
BELOW_ZERO = re.compile(r"(?:^|[ :])[-−–] ?\d")
LATIN = re.compile(r"[a-z][a-z'-]*")
AROUND = frozenset(
    re.findall(
        r"[a-z]+",
        "about around approximately approx ca circa roughly exactly h hr hrs hour hours of this in each every per a an "
        "the week weeks w quarter times time problem problems occasion occasions part parts out total sum altogether "
        "is are",
    )
)
"""Words that people write around a number."""
AROUND_JA = re.compile(
    "およそ|ほぼ|合計|全部で|ちょうど|時間|週間|週あたり|週に|毎週|四半期|部分|問題|[約計回件つ個個週のうち中分、。]"
)
"""The same in Japanese."""
OF_ALL = re.compile(r"(?<=\d)( parts?)?(?:,? (?:out )?of| ?/) ?\d+( parts?)?")
OF_ALL_JA = re.compile(r"\d+ ?(?:個|部分)?(?:の?うち|個?中)の? ?(?=\d)")
"""Beside a number: of how many it is one."""
LETTER = re.compile(r"(?<![A-Za-z'])#?([A-Fa-f])(?=\s*[:.)(、,。]|\s+[-–—]|\s*$|[\u3040-\u9fff])")
"""What could come next, by its letter; an article before a word is none."""
DAY = re.compile(r"(?<!\d)(20\d\d)(?:-|/|\.|年 ?)(\d{1,2})(?:-|/|\.|月 ?)(\d{1,2})(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](20\d\d)(?!\d)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ANY = "|".join(MONTHS)
DAY_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:-| (?:of )?)({ANY})[a-z]*(?:[-, ]{{1,2}}(20\d\d))?|"
    rf"\b({ANY})[a-z]* (\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,? (20\d\d))?"
)
DAY_JA = re.compile(r"(?<![\d年 ])(\d{1,2})月 ?(\d{1,2})日")
END = re.compile(rf"\bend of ({ANY})[a-z]*(?: (20\d\d))?")
END_JA = re.compile(r"(?:(20\d\d)年 ?)?(?<!\d)(\d{1,2})月の?(?:末|終わり)")


def stranger(text: str) -> str:
    """Find a word that is no part of a number and its unit."""
    said = bare(text)
    for word in LATIN.findall(said):
        if any(part not in AROUND for part in word.split("-")):
            return str(word)
    found = re.search(r"[^\W\d_]+", LATIN.sub(" ", AROUND_JA.sub(" ", said)))
    return str(found[0]) if found else ""


def numbers(text: str) -> list[float]:
    """Give the numbers of a value, those in brackets only where there are no others.

    Of "7 of 12" it is the first; a comma before one or two digits is a point.
    """
    said = OF_ALL_JA.sub("", OF_ALL.sub("", bare(text)))
    found = NUMBER.findall(said) or NUMBER.findall(plain(text))
    return [float(whole.replace(",", "") + part.replace(",", ".")) for whole, part in found]


def is_below_zero(text: str) -> bool:
    """Tell whether a value has a minus sign."""
    return bool(BELOW_ZERO.search(bare(text)))


def letters(text: str) -> set[str]:
    """Give the letters of what could come next that a text names."""
    return {one.upper() for one in LETTER.findall(unicodedata.normalize("NFKC", text).replace("*", ""))}


def days(text: str, begins: date) -> list[date]:
    """Give the days that a text names.

    One without a year is the next one from the month of ``begins`` on.
    """
    said = plain(text)
    found = [(int(one[1]), int(one[2]), int(one[3])) for one in DAY.finditer(said)]
    found += [(int(one[3]), int(one[2]), int(one[1])) for one in DAY_FIRST.finditer(said)]
    for one in DAY_NAMED.finditer(said):
        found.append((int(one[3] or one[6] or 0), MONTHS.index(one[2] or one[4]) + 1, int(one[1] or one[5])))
    found += [(0, int(one[1]), int(one[2])) for one in DAY_JA.finditer(said)]
    found += [(int(one[2] or 0), MONTHS.index(one[1]) + 1, 0) for one in END.finditer(said)]
    found += [(int(one[1] or 0), int(one[2]), 0) for one in END_JA.finditer(said)]
    return [day for one in found if (day := _day(one, begins))]


def _day(said: tuple[int, int, int], begins: date) -> date | None:
    """Make a day of the calendar; 0 for its number is the last of its month."""
    year, month, number = said
    for one in (year,) if year else (begins.year, begins.year + 1):
        if not 1 <= month <= 12:
            return None
        last = calendar.monthrange(one, month)[1]
        if number > last:
            return None
        day = date(one, month, number or last)
        if year or day >= begins.replace(day=1):
            return day
    return None


def has_word(said: str, word: str) -> bool:
    """Tell whether a plain text has a word: a Latin one whole, or with the ending of several."""
    if not word.isascii():
        return word in said
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(word)}(?:'?e?s'?)?(?![a-z0-9])", said))


def any_word(text: str, words: Iterable[str]) -> bool:
    """Tell whether a text has one of some words."""
    said = plain(text)
    return any(has_word(said, plain(word)) for word in words)


def names_in(text: str, names: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give the names of which a text has a word."""
    return {name for name, words in names.items() if any_word(text, words)}
