"""The recorded night of the lab postmortem, minute by minute: orders, pages, and the database's connections."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from kikori import paths
from kikori.settings import Lang
from kikori.site.drawing import WIDTH, Panel, Point, Scale, picture, text

METRICS = "labs/postmortem/workspace/recording/metrics.csv"
HEIGHT, LEFT, RIGHT = 560, 62, WIDTH - 24
EVERY = 15
"""Minutes between the words below an axis."""


class Row(NamedTuple):
    """A panel: its place, how far it goes up, and its lines."""

    low: int
    high: int
    most: int
    lines: tuple[tuple[str, str], ...]


ROWS = (
    Row(190, 80, 35, (("orders_confirmed", "a"), ("orders_failed", "hurt"))),
    Row(350, 240, 60, (("pages_answered", "a"), ("pages_failed", "hurt"))),
    Row(510, 400, 70, (("database_connections", "b"),)),
)


def draw(lang: Lang) -> str:
    """The plot."""
    with (paths.ROOT / METRICS).open(encoding="utf-8", newline="") as file:
        minutes = list(csv.DictReader(file))
    parts = [part for row in ROWS for part in _panel(row, minutes, lang)]
    return picture(HEIGHT, TITLE[lang], TOLD[lang], parts)


def _panel(row: Row, minutes: list[dict[str, str]], lang: Lang) -> Iterator[str]:
    across, up = Scale(0, len(minutes), LEFT, RIGHT), Scale(0, row.most, row.low, row.high)
    panel = Panel(across, up)
    yield panel.grid([(at, str(at)) for at in (0, row.most)])
    place = LEFT
    for name, look in row.lines:
        for points in _stretches(name, minutes):
            yield panel.line(points, look)
        yield text(place, row.high - 12, NAMES[lang][name], f"in-{look}")
        place += 200
    ticks = range(0, len(minutes) + 1, EVERY)
    yield panel.below((at, f"{12 + at // 60}:{at % 60:02}") for at in ticks)


def _stretches(name: str, minutes: list[dict[str, str]]) -> Iterator[list[Point]]:
    """Points in a row; where Prometheus got no answer, there is no line."""
    points: list[Point] = []
    for at, minute in enumerate(minutes):
        if minute[name]:
            points.append((at + 0.5, float(minute[name])))
        elif points:
            yield points
            points = []
    if points:
        yield points


NAMES: dict[Lang, dict[str, str]] = {
    "en": {
        "orders_confirmed": "orders confirmed/min",
        "orders_failed": "orders failed/min",
        "pages_answered": "pages answered/min",
        "pages_failed": "pages failed/min",
        "database_connections": "connections to the database",
    },
    "ja": {
        "orders_confirmed": "確認した注文/分",
        "orders_failed": "失敗した注文/分",
        "pages_answered": "応答したページ/分",
        "pages_failed": "失敗したページ/分",
        "database_connections": "データベースの接続数",
    },
}
TITLE: dict[Lang, str] = {
    "en": "14 May, 12:00 to 13:15 UTC, minute by minute",
    "ja": "5月14日 12:00–13:15（UTC）の1分ごと",  # a dash between times
}
TOLD: dict[Lang, str] = {
    "en": "Three panels: orders confirmed and failed, pages answered and failed, and connections to the database, each "
    "minute as in metrics.csv. Where Prometheus got no answer, there is no line.",
    "ja": "三つのグラフ。注文の確認と失敗、ページの応答と失敗、データベースの接続数。metrics.csv の1分ごとの値である。"
    "Prometheus に応答がなかったところに線はない。",
}
