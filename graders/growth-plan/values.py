"""Reads letters, and numbers with of how many they are; and the words around hours and counts."""

from __future__ import annotations

import re

from filled_form.reader import plain
from filled_form.values import Said, number, units

HOURS = units(
    "h hr hrs hour hours of this each every per a an week weeks w quarter times time problem problems occasion "
    "occasions part parts out",
    "時間|週間|週あたり|週に|毎週|四半期|部分|問題|[回件つ個箇週うち中分]",
)
"""Words that people write around a number."""
OF_ALL = re.compile(r"(?<=\d)( ?parts?)?(?:,? (?:out )?of| ?/) ?\d+( ?parts?)?")
OF_ALL_JA = re.compile(r"(?<!\d)\d{1,6} ?(?:個|部分)?(?:の?うち|個?中)の? ?(?=\d)")
"""Beside a number: of how many it is one."""
LETTER = re.compile(r"(?<![A-Za-z'])#?([A-Fa-f])(?=\s*[:.)(、,。]|\s+[-–—]|\s*$|[\u3040-\u9fff])")
"""What could come next, by its letter; an article before a word is none."""


def said(text: str) -> Said:
    """Give what a cell says as a number; of "7 of 12" it is the first."""
    return number(OF_ALL_JA.sub("", OF_ALL.sub("", plain(text))), HOURS)


def letters(text: str) -> set[str]:
    """Give the letters of what could come next that a text names."""
    return {one.upper() for one in LETTER.findall(plain(text))}
