"""Read what was decided in a row: its verdict, and the number to which something goes."""

from __future__ import annotations

import re

import values
from asides import is_denied
from filled_form import reader
from filled_form.values import names_in
from words import BESIDE_VERDICT, BESIDE_VERDICT_JA, VERDICTS

TOWARDS = re.compile(r"[へに](?:引き(?:下げ|上げ)|下げ|上げ|変更)?(?:る|た)?$")
"""What Japanese puts behind the number to which something goes."""
PART = re.compile(r"[,;:()、。–—]| - |\. ")
DECIDED = {name: words for name, words in VERDICTS.items() if name not in ("owner", "measure")}
"""Verdicts whose words mean nothing else behind a comma."""


def verdict(cell: str) -> str:
    """The one verdict of a cell; empty where there is none, or a condition, or another word of the form beside it."""
    seen = values.one_of(cell, VERDICTS)
    if not seen:
        return ""
    first, *later = PART.split(reader.plain(cell))
    word = max((one for one in VERDICTS[seen] if reader.begins(first.strip(" ."), one)), key=len)
    rest = re.sub(r"\d\S*", " ", first.strip(" .").removeprefix(word))
    words = set(re.findall(r"[a-z]+", rest)) - BESIDE_VERDICT
    left = re.search(r"[^\W\d_]", re.sub(BESIDE_VERDICT_JA, " ", re.sub(r"[a-z]+", " ", rest)))
    if is_denied(rest) or (seen != "measure" and (words or left)):
        return ""
    beside = " ; ".join(later)
    return "" if is_denied(beside) or names_in(beside, DECIDED) - {seen} else seen


def last_number(cell: str) -> list[float]:
    """The percentage with which a change ends; none where it says something else."""
    pieces = [one for one in re.split(r" ?(?:->|→|⇒|=>|\bto\b|から) ?", reader.plain(cell)) if one.strip()]
    last = TOWARDS.sub("", pieces[-1].strip(" 。")) if pieces else ""
    return [one for one in values.numbers(last, "change") if 50 < one < 100]
