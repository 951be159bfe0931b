"""A month's error budget burning down: the lab first-slo's."""

from __future__ import annotations

from kikori.settings import Lang
from kikori.site.drawing import Panel, Point, Scale, percent, picture, text
from tools.plots.data import Month, Trouble, first_slo

DAY = 1440
WORTH_A_WORD = 0.05
HEIGHT = 390
LATE = 420
"""Pixels from the left, behind which words no longer fit to the right of a step."""


def draw(lang: Lang) -> str:
    """The plot."""
    month = first_slo()
    panel = Panel(Scale(0, 30, 70, 656), Scale(0, 1, 338, 52))
    great = [one for one in month.troubles if month.spent(one.begin, one.end) > WORTH_A_WORD]
    left = 1 - month.spent(0, 30 * DAY)
    says = {"en": f"{percent(left)} left", "ja": f"残り {percent(left)}"}[lang]
    parts = [
        panel.grid((part / 4, f"{part * 25} %") for part in range(5)),
        panel.below((day, _day(day, lang)) for day in (0, 5, 10, 15, 20, 25, 30)),
        panel.line([(0, 1), (30, 0)], "even"),
        *(panel.band(one.begin / DAY, one.end / DAY, "in-hurt") for one in great),
        panel.line(_points(month, great), "a"),
        *(_words(panel, month, one, lang) for one in great),
        text(panel.x.at(1.2), panel.y.at(0.6), {"en": "even pace", "ja": "均等な速さ"}[lang], "soft"),
        text(panel.x.at(30), panel.y.at(left) + 21, says, "end bold"),
    ]
    return picture(HEIGHT, TITLE[lang], TOLD[lang].format(left=percent(left)), parts)


def _points(month: Month, great: list[Trouble]) -> list[Point]:
    """Budget left every two hours, and at both ends of each trouble."""
    minutes = {*range(0, 30 * DAY + 1, 120), *(at for one in great for at in (one.begin, one.end))}
    return [(at / DAY, 1 - month.spent(0, at)) for at in sorted(minutes)]


def _words(panel: Panel, month: Month, one: Trouble, lang: Lang) -> str:
    """How long it lasted, how much failed, what it cost: beside the top of its step."""
    lasted, share = one.end - one.begin, month.failing(one.begin, one.end)
    cost = month.spent(one.begin, one.end)
    hours = {"en": f"{lasted / 60:.0f} h", "ja": f"{lasted / 60:.0f}時間"}[lang]
    minutes = {"en": f"{lasted:.0f} min", "ja": f"{lasted:.0f}分"}[lang]
    length = hours if lasted > 120 else minutes
    failed = {"en": f"{length}, {percent(share)} failed", "ja": f"{length}、{percent(share)} が失敗"}[lang]
    words = f"{failed}: −{percent(cost)}"
    x, y = panel.x.at(one.end / DAY), panel.y.at(1 - month.spent(0, one.begin))
    if x > LATE:
        return text(panel.x.end + 12, y - 8, words, "end")
    return text(x + 7, y + 3, words)


def _day(day: int, lang: Lang) -> str:
    return {"en": f"day {day}" if day == 0 else str(day), "ja": f"{day}日"}[lang]


TITLE: dict[Lang, str] = {
    "en": "Error budget left, objective 99.5 %",
    "ja": "残っているエラーバジェット（目標99.5%）",
}
TOLD: dict[Lang, str] = {
    "en": "Thirty days of a shop. The budget falls in steps at four troubles and ends at {left}. "
    "The largest step belongs to the longest of the shallow ones, not to the outage in which nearly all failed.",
    "ja": "ある店の30日間。予算は障害のたびに階段のように減り、残りは {left} になる。"
    "いちばん大きな段は、ほとんどが失敗した障害ではなく、一部だけが長く失敗し続けた障害のもの。",
}
