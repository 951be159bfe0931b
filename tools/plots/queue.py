"""Waiting against utilisation: what a queue makes of a window that is busy and busier."""

from __future__ import annotations

from math import factorial

from kikori.settings import Lang
from kikori.site.drawing import Panel, Point, Scale, n, picture, text

HEIGHT = 410
MOST = 20
"""Times as long as the work itself: the longest wait that is drawn."""
MARKS = (0.5, 0.8, 0.9, 0.95)
"""Utilisations at which the wait at one window is written down."""


def draw(lang: Lang) -> str:
    """The plot."""
    panel = Panel(Scale(0, 1, 70, 640), Scale(0, MOST, 338, 52))
    parts = [
        panel.grid((times, f"{times} ×") for times in range(0, MOST + 1, 5)),
        panel.below((share / 10, f"{share * 10} %") for share in range(0, 11, 2)),
        text(panel.x.at(0.5), HEIGHT - 20, BELOW[lang], "soft middle"),
        panel.line(_points(windows=4), "c"),
        panel.line(_points(spread=0), "b"),
        panel.line(_points(), "a"),
        *(_mark(panel, busy) for busy in MARKS),
        *(
            text(panel.x.at(0.04), panel.y.at(at), words[lang], f"in-{look} bold")
            for at, look, words in zip((17.2, 15.4, 13.6), "abc", NAMES, strict=True)
        ),
    ]
    return picture(HEIGHT, TITLE[lang], TOLD[lang], parts)


def waiting(busy: float, windows: int = 1, spread: float = 1) -> float:
    """How long one waits on average, in lengths of the work itself, when people come at random.

    `spread` says how much the lengths differ: 1 at random, 0 not at all. It is exact for one window, or at random.
    """
    offered = busy * windows
    last = offered**windows / factorial(windows) / (1 - busy)
    must_wait = last / (sum(offered**there / factorial(there) for there in range(windows)) + last)
    return must_wait / windows / (1 - busy) * (1 + spread) / 2


def _points(windows: int = 1, spread: float = 1) -> list[Point]:
    """The line as far as it is on the paper; denser where it rises."""
    shares = [part / 100 for part in range(90)] + [0.9 + part / 1000 for part in range(100)]
    drawn = [(busy, waiting(busy, windows, spread)) for busy in shares]
    return [point for point in drawn if point[1] <= MOST]


def _mark(panel: Panel, busy: float) -> str:
    """A point of the first line, with its number to the left."""
    x, y = panel.x.at(busy), panel.y.at(waiting(busy))
    dot = f'<circle class="in-a" cx="{n(x)}" cy="{n(y)}" r="4"/>'
    return dot + text(x - 9, y - 4, f"{waiting(busy):.0f} ×", "end")


NAMES: tuple[dict[Lang, str], ...] = (
    {"en": "one window, one line", "ja": "窓口一つに一列"},
    {"en": "the same, all jobs of one length", "ja": "同じく、どの仕事も同じ長さ"},
    {"en": "four windows, one line", "ja": "窓口四つに一列"},
)
BELOW: dict[Lang, str] = {
    "en": "utilisation: share of the time in which it works",
    "ja": "使用率: 働いている時間の割合",
}
TITLE: dict[Lang, str] = {
    "en": "Average wait, in times of the work itself",
    "ja": "平均の待ち時間（仕事そのものの何倍か）",
}
TOLD: dict[Lang, str] = {
    "en": "Three curves that are flat at first and then rise ever more steeply. At one window the wait is once the "
    "work at 50 percent, four times at 80, nine times at 90 and nineteen times at 95. With jobs of one length it is "
    "half. With four windows and one line it stays small for longer, and rises before 100 percent as well.",
    "ja": "はじめは平らで、しだいに急に立ち上がる三つの曲線。窓口が一つなら、待ちは50% で仕事の1倍、80% で4倍、"
    "90% で9倍、95% で19倍。仕事の長さがそろっていれば半分。窓口が四つで列が一つなら、長く小さいままだが、"
    "100% の手前でやはり立ち上がる。",
}
