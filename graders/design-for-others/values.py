"""Reads single cells: a number, a choice, what is named in code; each as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from filled_form import reader

AROUND = re.compile(
    r"\b(?:about|at most|at least|up to|every|minutes?|mins?|min|hours?|hrs?|h|seconds?|secs?|s|m|days?|d|nights?|"
    r"docks?|reports?|mb|mib|megabytes?|kb|kib|kilobytes?|tcp|port|places?)\b|"
    r"約|最大|最低|以上|以下|以内|時間|分間|分|秒|日間|日|晩|個|件|台|か所|ごと|まで|ポート",
    re.ASCII,
)
"""Words that people write around a value."""
NUMBER = re.compile(r"(?<![\d.,:/])\d{1,6}(?:\.0+)?(?!\d)")
GLUED = re.compile(r"(?<=\d)(?=[a-z])")
ASIDE = re.compile(r"\([^()]*\)")
CODE = re.compile(r"`([^`]+)`")
INCIDENT = re.compile(r"(?<![a-z])inc[- ]?(\d{1,5})(?!\d)")
NOT_AT_ALL = re.compile(r"^(?:not at all|not|never|at once|immediately|no time)$|少しも|まったく|耐えられない|すぐ")


def without_asides(cell: str) -> str:
    """A cell without what stands in brackets, unless nothing else does."""
    said = reader.plain(cell)
    return left if (left := ASIDE.sub(" ", said)).strip() else said


def number(cell: str) -> float | None:
    """The one number of a cell; none where there is not one, or words beside it."""
    said = GLUED.sub(" ", without_asides(cell).lstrip(":"))
    found = NUMBER.findall(said)
    left = AROUND.sub(" ", NUMBER.sub(" ", said, count=1))
    return float(found[0]) if len(found) == 1 and not re.search(r"[^\W_]|-\d", left) else None


def hours(cell: str) -> float | None:
    """The one number of a cell that is told in hours, minutes or days; 0 where it is not at all."""
    found, said = number(cell), GLUED.sub(" ", without_asides(cell))
    if found is None:
        return 0 if NOT_AT_ALL.search(said) else None
    if re.search(r"\d ?(?:minutes?|mins?|m)\b|\d分", said, re.ASCII):
        return found / 60
    return found * 24 if re.search(r"\d ?(?:days?|d)\b|\d日", said, re.ASCII) else found


def word(cell: str) -> str:
    """The one word or path of a cell."""
    said = without_asides(cell).strip(" .。").rstrip("/")
    return said if " " not in said else ""


def incidents(cell: str) -> list[str]:
    """The incidents that a cell names."""
    return [f"INC-{int(one[1])}" for one in INCIDENT.finditer(reader.plain(cell))]


def codes(text: str) -> list[str]:
    """What a text has in marks of code."""
    return CODE.findall(text)


def choice(cell: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """The one name that a cell begins with; what follows a mark is prose."""
    first = re.split(r"[,;:()、。–—]| - |\. ", reader.plain(cell))[0].strip(" .")
    found = {name for name, words in names.items() if first in words}
    if not found:
        starts = [(len(word), name) for name, words in names.items() for word in words if _begins(first, word)]
        found = {max(starts)[1]} if starts else set()
    return found.pop() if len(found) == 1 else ""


def _begins(text: str, start: str) -> bool:
    """Whether a text begins with a word, and says nothing that takes it back."""
    rest = text.removeprefix(start)
    is_whole = not start.isascii() or not rest[:1].isalpha()
    return (
        text.startswith(start) and is_whole and not re.search(r"ない|ず$|または|\b(?:not|never|or)\b", rest, re.ASCII)
    )
