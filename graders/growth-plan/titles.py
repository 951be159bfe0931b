"""Read the title of a plan: for which quarter it is, and what it says beside that and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from filled_form.alone import MONTH, MONTHS
from filled_form.reader import plain
from people import POLITE

EMRE = ("emre", "エムレ")
"""Whose year lies on the desk."""
DASH = r"[-–—~〜～]"
DAY = re.compile(
    r"(?P<y1>20\d\d)[-/](?P<m1>\d{1,2})(?:[-/](?P<d1>\d{1,2}))?(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>20\d\d)"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<n3>{MONTH})(?![a-z])"
    rf"|(?<![a-z])(?P<n4>{MONTH})(?![a-z])(?: (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?"
    rf"|(?<!\d)(?P<m5>\d{{1,2}})(?:月(?: ?(?P<d5>\d{{1,2}})日)?|(?= ?{DASH} ?\d{{1,2}}月))"
)
"""A month, or a day of one."""
YEAR = re.compile(r"(?<!\d)(?P<before>fy ?)?(?P<year>20\d\d)(?!\d)(?P<behind>年度)?")
COUNTED = ("first", "second", "third", "fourth")
QUARTER = re.compile(
    rf"(?<![a-z])(?:q ?([1-4])(?!\d)|({'|'.join(COUNTED)}) quarter|([1-4])(?:st|nd|rd|th) quarter)|第 ?([1-4]) ?四半期"
)
SEASONS = {
    **dict.fromkeys(("spring", "春"), (3, 4, 5)),
    **dict.fromkeys(("summer", "夏"), (6, 7, 8)),
    **dict.fromkeys(("autumn", "fall", "秋"), (9, 10, 11)),
    **dict.fromkeys(("winter", "冬"), (12, 1, 2)),
}
SEASON = re.compile(rf"(?<![a-z])(?:{'|'.join(one for one in SEASONS if one.isascii())})(?![a-z])|[春夏秋冬]")
ENGLISH = (
    "a an the my personal growth development plan page one sheet quarterly quarter half year three month months week "
    "weeks of for from to until till through by and on in at beginning begins starting starts ending ends next s "
    "coming sre engineer kazahaya"
).replace(" ", "|")
JAPANESE = (
    "[3三](?:か|カ|ヶ)月間?|計画書|計画|プラン|四半期|半期|上期|下期|来期|今期|次期|期間|期|個人|成長|育成|1ページ|1枚|一枚|年|月|日|分|次|向け|用"
    "|始まる|始まり|開始|終わり|末|から|まで|より|さん|氏|様|風早システム|風早|の|と|に|は|を"
)
REST = re.compile(rf"(?<![a-z])(?:{ENGLISH})(?![a-z])|{JAPANESE}")
"""What else a title has, and which says nothing of its own."""
WEEK = timedelta(days=7)
"""How far a title may be from the first and the last day of the quarter."""


def of_the_planner(planner: str) -> tuple[str, ...]:
    """Give what a title may call whoever plans: the whole name, or else words of it."""
    said = POLITE.sub("", plain(planner))
    return (said, said.replace(" ", ""), *re.findall(r"[^\W_]+", said)) if planner else EMRE


def more_than(title: str, names: tuple[str, ...]) -> str:
    """Give what a title says beside a name and a quarter; empty where that is all."""
    said = _without(plain(title), names)
    for one in (DAY, QUARTER, SEASON, YEAR, REST):
        said = one.sub(" ", said)
    return " ".join(re.findall(r"[^\W_]+", said))


def _without(said: str, names: tuple[str, ...]) -> str:
    """Take a name away, once: whole, or each of its words."""
    for one in names:
        left = re.sub(rf"(?<![a-z]){re.escape(one)}(?![a-z])", " ", said, count=1)
        if left != said and one in names[:2]:
            return left
        said = left
    return said


def is_named(title: str, names: tuple[str, ...]) -> bool:
    """Tell whether a title has one of some names."""
    return _without(plain(title), names) != plain(title)


def has_quarter(title: str, names: tuple[str, ...]) -> bool:
    """Tell whether a title says for which quarter it is."""
    said = _without(plain(title), names)
    return any(one.search(said) for one in (DAY, QUARTER, SEASON, YEAR))


def is_of(title: str, names: tuple[str, ...], begins: date, ends: date) -> bool:
    """Tell whether all that a title says of a quarter is so of this one."""
    said = _without(plain(title), names)
    days, rest = [*DAY.finditer(said)], DAY.sub(" ", said)
    edges = [(begins - WEEK, begins + WEEK), *[(begins, ends)] * (len(days) - 2), (ends - WEEK, ends + WEEK)]
    fits = all(_lies(one, edge, begins, ends) for one, edge in zip(days, edges, strict=False))
    months = {(begins + timedelta(days=one)).month for one in range((ends - begins).days + 1)}
    seasons = all(not months.isdisjoint(SEASONS[one[0]]) for one in SEASON.finditer(rest))
    return fits and seasons and _are_years(YEAR.finditer(rest), begins, ends) and _are_quarters(rest, begins, ends)


def _lies(found: re.Match[str], edge: tuple[date, date], begins: date, ends: date) -> bool:
    """Whether a day lies between two others, or a month has a day of the quarter that does."""
    said = {name[0]: text for name, text in found.groupdict().items() if text}
    month = int(said["m"]) if "m" in said else MONTHS.index(said["n"][:3]) + 1
    first, last = edge if "d" in said else (max(edge[0], begins).replace(day=1), min(edge[1], ends))
    for year in {int(said["y"])} if "y" in said else {begins.year, ends.year}:
        try:
            day = date(year, month, int(said.get("d", 1)))
        except ValueError:
            continue
        if first <= day <= last:
            return True
    return False


def _are_years(found: Iterable[re.Match[str]], begins: date, ends: date) -> bool:
    """Whether years are those of the quarter, or the one is in which a Japanese business year with it began."""
    said = [(int(one["year"]), bool(one["before"] or one["behind"])) for one in found]
    business = begins.year - (begins.month < 4)
    if len(said) > 1 and (said[0][0], said[-1][0]) != (begins.year, ends.year):
        return False
    return all(year in (begins.year, ends.year) or (is_business and year == business) for year, is_business in said)


def _are_quarters(text: str, begins: date, ends: date) -> bool:
    """Whether quarters are this one, counted from January or from April."""
    month = (begins + (ends - begins) / 2).month
    fitting = {(month - 1) // 3 + 1, (month - 4) % 12 // 3 + 1}
    said = ["".join(filter(None, one.groups())) for one in QUARTER.finditer(text)]
    return all((COUNTED.index(one) + 1 if one in COUNTED else int(one)) in fitting for one in said)
