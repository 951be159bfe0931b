"""One outage seen through three windows: of the lab burn-rate's month."""

from __future__ import annotations

from collections.abc import Iterable

from kikori.settings import Lang
from kikori.site.drawing import Panel, Point, Scale, box, picture, text
from tools.plots.data import Month, Trouble, burn_rate

BEFORE, AFTER = 60, 450
"""Minutes that are shown before the outage begins, and after."""
FAST, SLOW = 14.4, 6.0
HEIGHT = 470
WINDOWS = ((5, "a"), (60, "b"), (360, "c"))
RULES = (
    ("1 h > 14.4", "1時間 > 14.4", FAST, (60,)),
    ("1 h, 5 min > 14.4", "1時間・5分 > 14.4", FAST, (60, 5)),
    ("6 h, 30 min > 6", "6時間・30分 > 6", SLOW, (360, 30)),
)
"""Alerts by name in English and Japanese, with the burn rate that each of the windows must be above."""


def draw(lang: Lang) -> str:
    """The plot."""
    month = burn_rate()
    outage = next(one for one in month.troubles if one.kind == "outage")
    panel = Panel(Scale(-BEFORE, AFTER, 166, 656), Scale(0.1, 1000, 318, 52, log=True))
    ticks = [(0.1, "0.1"), (1, "1"), (10, "10"), (100, "100"), (1000, "1000")]
    parts = [
        panel.grid(ticks),
        panel.below((60 * hour, _hour(hour, lang)) for hour in range(-1, 8)),
        panel.band(0, outage.end - outage.begin, "in-hurt"),
        panel.line([(-BEFORE, FAST), (AFTER, FAST)], "even"),
        panel.line([(-BEFORE, SLOW), (AFTER, SLOW)], "even"),
        text(panel.x.at(-BEFORE) + 4, panel.y.at(FAST) - 5, "14.4", "soft"),
        text(panel.x.at(-BEFORE) + 4, panel.y.at(SLOW) + 16, "6", "soft"),
        *(panel.line(_seen(month, outage, window), look) for window, look in WINDOWS),
        *_names(panel, lang),
        *_rings(panel, month, outage, lang),
    ]
    return picture(HEIGHT, TITLE[lang], TOLD[lang], parts)


def _minutes() -> Iterable[int]:
    """Every two minutes; every minute where most happens."""
    return (at for at in range(-BEFORE, AFTER + 1) if at % 2 == 0 or -5 < at < 80 or 370 < at < 400)


def _seen(month: Month, outage: Trouble, window: int) -> list[Point]:
    return [(at, month.burn(outage.begin + at, window)) for at in _minutes()]


def _names(panel: Panel, lang: Lang) -> Iterable[str]:
    """Each window's name beside its line."""
    yield text(panel.x.at(18), panel.y.at(620), {"en": "5-minute window", "ja": "5分の窓"}[lang], "in-a")
    yield text(panel.x.at(80), panel.y.at(165), {"en": "1-hour window", "ja": "1時間の窓"}[lang], "in-b")
    yield text(panel.x.at(230), panel.y.at(48), {"en": "6-hour window", "ja": "6時間の窓"}[lang], "in-c")


def _rings(panel: Panel, month: Month, outage: Trouble, lang: Lang) -> Iterable[str]:
    """Below: from when to when each alert rings."""
    yield text(16, 372, {"en": "rings", "ja": "鳴る"}[lang], "bold")
    for row, (english, japanese, above, windows) in enumerate(RULES):
        times = [
            at
            for at in range(-BEFORE, AFTER + 1)
            if all(month.burn(outage.begin + at, window) > above for window in windows)
        ]
        left, right = panel.x.at(times[0]), panel.x.at(times[-1] + 1)
        top = 382 + 27 * row
        yield text(16, top + 15, japanese if lang == "ja" else english)
        yield box(left, top + 2, right - left, 16, "in-hurt")
        lasts = times[-1] + 1 - times[0]
        yield text(right + 8, top + 15, {"en": f"{lasts} min", "ja": f"{lasts}分"}[lang], "soft")


def _hour(hour: int, lang: Lang) -> str:
    return f"{hour}{UNIT[lang]}" if hour in (-1, 7) else str(hour)


UNIT: dict[Lang, str] = {"en": " h", "ja": "時間"}
TITLE: dict[Lang, str] = {
    "en": "Burn rate during one outage of 14 minutes, objective 99.9 %",
    "ja": "14分の障害のバーンレート（目標99.9%）",
}
TOLD: dict[Lang, str] = {
    "en": "The five-minute line rises to nearly 1000 and falls with the outage. The one-hour line stays high for "
    "an hour, the six-hour line for six. Below: how long three alerts ring. With a short window as well they end soon.",
    "ja": "5分の線は1000近くまで上がり、障害とともに下がる。1時間の線は1時間、6時間の線は6時間高いまま残る。"
    "下は三つのアラートが鳴る長さ。長い窓に短い窓を添えると、早く鳴りやむ。",
}
