"""Read cells that hold a value and nothing else: an answer, a number, a day, names, numbers of requests or sentences.

Each is told by what it may hold; whatever stands beside it makes it none.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from filled_form.left_open import MONTH
from filled_form.reader import Names, plain
from filled_form.values import days

ANSWERS = {"yes": True, "no": False, "はい": True, "いいえ": False}
DAYS, PERCENT = ("days", "day", "日"), ("%",)
"""The units that the form prints."""
NUMBER = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,2})?) ?([^0-9]*)")
DAY = re.compile(
    r"20\d\d[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}\.\d{1,2}\.20\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? 20\d\d)?|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?"
    rf"|(?:20\d\d年 ?)?\d{{1,2}}月 ?\d{{1,2}}日"
)
"""How one day is written, and nothing more."""
COMMA = re.compile(r"[,，、]")
SAME = ("<wide>", "<narrow>", "<noBreak>")
"""Signs that show what they are read as: others, such as a power, show something else."""
MARKED, STOP = re.compile(r"^(\*{1,3}|`)(.*)\1$"), re.compile(r"[.。]$")
"""Markdown's marks around a whole cell; a mark behind it leads to a note, and is something else."""
REQUEST = re.compile(r"(?:(?:request|letter|頼みごと) ?)?#?(\d{1,2})番?")
SENTENCE = re.compile(r"([mr])(\d{1,2})")


def alone(text: str) -> str:
    """Give a cell as it is compared: Markdown's marks around it, and a full stop, are no words."""
    seen = MARKED.sub(r"\2", text.strip())
    kinds = [unicodedata.decomposition(sign).partition(" ")[0] for sign in seen]
    is_shown = not any(one.startswith("<") and one not in SAME for one in kinds)
    return STOP.sub("", plain(seen)) if is_shown and not {*seen} & {*"*`"} else seen


def parts(text: str) -> list[str]:
    """Give what stands between the commas of a cell."""
    return [alone(one) for one in COMMA.split(text)]


def answer(text: str) -> bool | None:
    """Tell whether a cell is a yes; None where it is anything but a yes or a no."""
    return ANSWERS.get(alone(text))


def amount(text: str, units: tuple[str, ...]) -> float | None:
    """Give the number of a cell, with one of some units or none; None where more stands there."""
    found = NUMBER.fullmatch(alone(text))
    if not found or found[2] not in ("", *units):
        return None
    return float(found[1].replace(",", "."))


def day(text: str, first: date) -> date | None:
    """Give the one day that a cell is; one without a year is the next from the month of ``first`` on."""
    said = alone(text)
    found = days(said, first) if DAY.fullmatch(said) else []
    return found[0] if len(found) == 1 else None


def request(text: str) -> int | None:
    """Give the number of the one request that a cell or a heading is."""
    found = REQUEST.fullmatch(alone(text))
    return int(found[1]) if found else None


def listed(text: str, names: Names) -> set[str] | None:
    """Give the names that a cell lists between commas; None where anything else stands there."""
    known = {plain(word): name for name, words in names.items() for word in words}
    said = parts(text)
    return {known[one] for one in said} if all(one in known for one in said) else None


def given_up(text: str, names: Names) -> tuple[set[int], set[str]] | None:
    """Give the requests and the names that a cell lists between commas; None where anything else stands there."""
    said = parts(text)
    numbers = {one: int(found[1]) for one in said if (found := REQUEST.fullmatch(one))}
    rest = [one for one in said if one not in numbers]
    works = listed(", ".join(rest), names) if rest else set()
    return None if works is None else ({*numbers.values()}, works)


def cited(text: str) -> set[str] | None:
    """Give the sentences that a cell lists between commas, such as M1; None where anything else stands there."""
    found = [SENTENCE.fullmatch(one) for one in parts(text)]
    return {f"{one[1].upper()}{int(one[2])}" for one in found if one} if all(found) else None
