"""What stands for nothing or nobody in a form, and the days that a text names."""

from __future__ import annotations

import calendar
import re
from datetime import date

from filled_form.reader import plain

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
