"""Why averages lie: one minute of waiting times. Made here from a seed, after the scene of the lesson that shows it."""

from __future__ import annotations

from math import log10
from random import Random
from statistics import fmean, quantiles

from kikori.settings import Lang
from kikori.site.drawing import Panel, Scale, box, picture, text

ASKED, STUCK = 1000, 60
LOW, HIGH, BARS = 0.01, 10.0, 45
HEIGHT = 360


def waits() -> list[float]:
    """Seconds that 1,000 requests took: most some 40 ms, 60 of them some four seconds, nothing in between."""
    draw = Random(7)  # noqa: S311
    usual = [draw.lognormvariate(log10(0.9) - 3.16, 0.3) for _ in range(ASKED - STUCK)]
    return usual + [draw.gauss(4.0, 0.35) for _ in range(STUCK)]


def draw(lang: Lang) -> str:
    """The plot."""
    seen = waits()
    heights = [0] * BARS
    for one in seen:
        heights[min(BARS - 1, int(BARS * log10(one / LOW) / log10(HIGH / LOW)))] += 1
    panel = Panel(Scale(LOW, HIGH, 62, 656, log=True), Scale(0, 210, 312, 92))
    parts = [
        panel.grid((at, str(at)) for at in (0, 50, 100, 150, 200)),
        panel.below(TICKS[lang]),
        *(_bar(panel, place, height) for place, height in enumerate(heights) if height),
        *_marks(panel, seen, lang),
    ]
    return picture(HEIGHT, TITLE[lang], TOLD[lang], parts)


def _bar(panel: Panel, place: int, height: int) -> str:
    width = (panel.x.end - panel.x.begin) / BARS
    top = panel.y.at(height)
    return box(panel.x.begin + place * width + 1, top, width - 2, panel.y.begin - top, "in-a")


def _marks(panel: Panel, seen: list[float], lang: Lang) -> list[str]:
    """Median, mean and 99th percentile, each at its place."""
    cuts = quantiles(seen, n=100)
    mean = {"en": "mean", "ja": "平均"}[lang]
    found = []
    for name, at, look in (("p50", cuts[49], "c"), (mean, fmean(seen), "hurt"), ("p99", cuts[98], "c")):
        x = panel.x.at(at)
        found.append(f'<path class="line {look}" d="M{x:.1f} 76V{panel.y.begin:.0f}"/>')
        words = f"{at * 1000:.0f} ms" if at < 1 else f"{at:.1f} s"
        found.append(text(x, 68, f"{name} {words}", f"middle in-{look} bold"))
    return found


TICKS: dict[Lang, list[tuple[float, str]]] = {
    "en": [(0.01, "10 ms"), (0.1, "100 ms"), (1, "1 s"), (10, "10 s")],
    "ja": [(0.01, "10ミリ秒"), (0.1, "100ミリ秒"), (1, "1秒"), (10, "10秒")],
}
TITLE: dict[Lang, str] = {
    "en": "How long 1,000 requests took, and how many of them",
    "ja": "1,000件のリクエストにかかった時間と、その件数",
}
TOLD: dict[Lang, str] = {
    "en": "Two hills on an axis of time: a high one at 40 milliseconds, a low one at four seconds. "
    "The mean, 0.28 seconds, stands between them, where there is nobody.",
    "ja": "時間の軸の上に二つの山がある。40ミリ秒に高い山、4秒に低い山。"
    "平均の0.28秒はその間の、誰もいないところに立つ。",
}
