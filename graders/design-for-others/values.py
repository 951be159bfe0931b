"""Reads single cells: a number, a length of time, what is named in code; each as people write them."""

from __future__ import annotations

import re

from filled_form import reader
from filled_form.values import GLUED, number, units, without_asides

SIZES = units(
    "at most least up to every minute minutes min mins hour hours hr hrs h second seconds sec secs s m day days d "
    "night nights dock docks report reports mb mib megabyte megabytes kb kib kilobyte kilobytes tcp port place places",
    "最大|最低|以上|以下|以内|時間|分間|秒|日間|か所|ごと|まで|ポート|[分日晩個件台]",
)
"""Words that people write around a value."""
CODE = re.compile(r"`([^`]+)`")
INCIDENT = re.compile(r"(?<![a-z])inc[- ]?(\d{1,5})(?!\d)")
NOT_AT_ALL = re.compile(r"^(?:not at all|not|never|at once|immediately|no time)$|少しも|まったく|耐えられない|すぐ")


def one_number(cell: str) -> float | None:
    """The one number of a cell; none where there is not one, or words beside it."""
    return next(iter(number(cell, SIZES).one), None)


def hours(cell: str) -> float | None:
    """The one number of a cell that is told in hours, minutes or days; 0 where it is not at all."""
    found, said = one_number(cell), GLUED.sub(" ", without_asides(cell))
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
