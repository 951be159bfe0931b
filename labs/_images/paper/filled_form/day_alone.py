"""Read a day that has nothing beside it which makes it another, or lets it slip."""

from __future__ import annotations

import re
from datetime import date

from filled_form.asides import asides, is_denied, is_open, is_unsettled
from filled_form.reader import plain
from filled_form.values import DAY, DAY_FIRST, DAY_JA, DAY_NAMED, END, END_JA, days, without_asides

CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\b\d{1,2}時")
CALENDAR = re.compile(r"\bw ?\d{1,2}\b|\bweek \d{1,2}\b|\bq[1-4]\b|第\d{1,2}(?:週|四半期)")
"""A week or a quarter beside its day."""
SLIPS = re.compile(r"\b(?:later|whenever|once|some day|any day)\b|以降|後で|いつか|いつでも", re.ASCII)
"""Words of a bracket by which a day is none."""
BESIDE = frozenset(
    re.findall(
        r"[a-z]+",
        "on by the of in a at next review reviews day date second third fourth fifth last first quarter quarterly "
        "monday mon tuesday tue tues wednesday wed thursday thu thurs friday fri saturday sat sunday sun noon morning "
        "afternoon evening utc is latest",
    )
)
"""Latin words that may stand beside a day."""
BESIDE_JA = (
    r"次の次|次々回|次回|次|レビュー|会議|遅くとも|まで|期日|期限|午前|午後|[月火水木金土日]曜日?|"
    r"[月火水木金土日年のにはでを、。]"
)
"""The same in Japanese."""


def day_alone(cell: str, first: date, latin: str = "", japanese: str = "") -> date | None:
    """The one day of a cell that has nothing beside it but what a day is called; none where there is more.

    A bracket may explain it. A cell may have more words, ``latin`` and ``japanese``; a day without a year is the next
    one from the month of ``first`` on.
    """
    found = days(plain(cell), first)
    if len(found) != 1 or any(is_unsettled(one) or SLIPS.search(one) for one in asides(cell)):
        return None
    said = without_asides(cell).replace("after the next", " ")
    if is_open(said) or is_denied(said):
        return None
    for one in (DAY, DAY_FIRST, DAY_NAMED, DAY_JA, END, END_JA, CLOCK, CALENDAR):
        said = one.sub(" ", said)
    words = set(re.findall(r"[a-z]+", said.replace("'s", " "))) - BESIDE - set(latin.split())
    beside = f"{japanese}|{BESIDE_JA}" if japanese else BESIDE_JA
    left = re.search(r"[^\W_]", re.sub(beside, " ", re.sub(r"[a-z]+", " ", said)))
    return None if words or left else found[0]
