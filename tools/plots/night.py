"""Two nights of the lab quiet-pager side by side: one at 95 % CPU, and one in which customers could not buy."""

from __future__ import annotations

from collections.abc import Iterable

from kikori.settings import Lang
from kikori.site.drawing import Panel, Scale, picture, text
from tools.plots.data import night

LENGTH = 75
HEIGHT = 400
COLUMNS = (("batch", 62, 340), ("dependency", 378, 656))
"""Each night with the left and the right end of its column."""


def draw(lang: Lang) -> str:
    """The plot."""
    parts = [part for name, left, right in COLUMNS for part in _column(name, left, right, lang)]
    return picture(HEIGHT, TITLE[lang], TOLD[lang], parts)


def _column(name: str, left: int, right: int, lang: Lang) -> Iterable[str]:
    """A night: processors above, customers below."""
    minutes = night(name)[:LENGTH]
    across = Scale(0, LENGTH, left, right)
    cpu, orders = Panel(across, Scale(0, 1, 190, 90)), Panel(across, Scale(0, 1, 345, 245))
    ticks = [(0, "0 %"), (0.5, "50 %"), (1, "100 %")] if left < 100 else [(0, ""), (0.5, ""), (1, "")]
    yield text(left, 54, NIGHTS[lang][name], "soft")
    for panel, words, look, row in (
        (
            cpu,
            {"en": "CPU of the application", "ja": "アプリケーションの CPU"}[lang],
            "b",
            [one.cpu for one in minutes],
        ),
        (orders, {"en": "orders that failed", "ja": "失敗した注文"}[lang], "hurt", [one.failing for one in minutes]),
    ):
        points = [(at + 0.5, value) for at, value in enumerate(row)]
        yield panel.grid(ticks)
        yield panel.area(points, f"in-{look}")
        yield panel.line(points, look)
        yield text(left, panel.y.end - 11, words, f"in-{look}")
    yield orders.below((at, UNITS[lang].format(at) if at == 60 else str(at)) for at in (0, 30, 60))


UNITS: dict[Lang, str] = {"en": "{} min", "ja": "{}分"}
NIGHTS: dict[Lang, dict[str, str]] = {
    "en": {"batch": "a report is being made", "dependency": "the database is away"},
    "ja": {"batch": "月次レポートの夜", "dependency": "データベースのいない夜"},
}
TITLE: dict[Lang, str] = {
    "en": "Two nights: what the machine shows, what customers met",
    "ja": "二つの夜: 機械の姿と、客に起きたこと",
}
TOLD: dict[Lang, str] = {
    "en": "In the first night the CPU is at 95 % for an hour, and no order fails. "
    "In the second it stays calm at 22 %, and nine of ten orders fail for forty minutes.",
    "ja": "一つ目の夜、CPU は1時間にわたって95% だが、注文は一件も失敗しない。"
    "二つ目の夜、CPU は22% で静かなまま、注文の9割が40分間失敗する。",
}
