"""Just enough of SVG for a plot: scales, panels, lines, areas, words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from kikori.design import tokens

Point = tuple[float, float]
WIDTH = 680
TAKEN = {
    "paper": "paper",
    "ink": "ink",
    "soft": "plot-soft",
    "grid": "plot-grid",
    "a": "plot-a",
    "b": "plot-b",
    "c": "plot-c",
    "hurt": "plot-hurt",
}
"""A drawing's own short names, and the tokens that they stand for: as a file of its own it can't read the sheet."""
LETTERS = tokens()["letters"][0].replace(", ", ",")


def schemes(taken: Mapping[str, str]) -> str:
    """Set short names to the values of tokens, in light and in dark."""
    light, dark = (";".join(f"--{name}:{tokens()[of][scheme]}" for name, of in taken.items()) for scheme in range(2))
    return f"svg{{{light}}}@media (prefers-color-scheme:dark){{svg{{{dark}}}}}"


STYLE = schemes(TAKEN) + f"text{{font:15px {LETTERS};fill:var(--ink)}}"
STYLE += """
.soft{fill:var(--soft)}.end{text-anchor:end}.middle{text-anchor:middle}.bold{font-weight:600}
.paper{fill:var(--paper)}.grid{stroke:var(--grid)}.axis{stroke:var(--soft)}
.line{fill:none;stroke-width:2.2;stroke-linejoin:round}.even{stroke:var(--soft);stroke-dasharray:5 5;fill:none}
.a{stroke:var(--a)}.b{stroke:var(--b)}.c{stroke:var(--c)}.hurt{stroke:var(--hurt)}
.in-a{fill:var(--a)}.in-b{fill:var(--b)}.in-c{fill:var(--c)}.in-hurt{fill:var(--hurt)}.pale{opacity:.18}
""".replace("\n", "")
"""The paper belongs to the plot, so that it can be read in either scheme wherever it is put."""


class Scale(NamedTuple):
    """From values to pixels; with a logarithm, if wanted."""

    low: float
    high: float
    begin: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """Where a value lies; outside of the scale, at its end."""
        value = min(max(value, self.low), self.high)
        turn: Callable[[float], float] = math.log10 if self.log else float
        part = (turn(value) - turn(self.low)) / (turn(self.high) - turn(self.low))
        return self.begin + part * (self.end - self.begin)


class Panel(NamedTuple):
    """One pair of axes."""

    x: Scale
    y: Scale

    def grid(self, ticks: Iterable[tuple[float, str]]) -> str:
        """Horizontal lines, with words to their left."""
        left, right = self.x.begin, self.x.end
        return "".join(
            f'<path class="grid" d="M{n(left)} {n(self.y.at(at))}H{n(right)}"/>'
            + text(left - 8, self.y.at(at) + 5, words, "soft end")
            for at, words in ticks
        )

    def below(self, ticks: Iterable[tuple[float, str]]) -> str:
        """The axis below, with words under it."""
        low = self.y.begin
        axis = f'<path class="axis" d="M{n(self.x.begin)} {n(low)}H{n(self.x.end)}"/>'
        return axis + "".join(
            f'<path class="axis" d="M{n(self.x.at(at))} {n(low)}v5"/>'
            + text(self.x.at(at), low + 21, words, "soft middle")
            for at, words in ticks
        )

    def line(self, points: Iterable[Point], look: str) -> str:
        """A line through points."""
        return f'<path class="line {look}" d="{self._path(points)}"/>'

    def area(self, points: Sequence[Point], look: str) -> str:
        """What lies between points and the axis below."""
        low = n(self.y.begin)
        ends = f"V{low}H{n(self.x.at(points[0][0]))}z"
        return f'<path class="{look} pale" d="{self._path(points)}{ends}"/>'

    def _path(self, points: Iterable[Point]) -> str:
        return "M" + "L".join(f"{n(self.x.at(x))} {n(self.y.at(y))}" for x, y in points)

    def band(self, begin: float, end: float, look: str) -> str:
        """A stretch of the axis below, over the whole height."""
        left, right = self.x.at(begin), self.x.at(end)
        return box(left, self.y.end, max(2.0, right - left), self.y.begin - self.y.end, f"{look} pale")


def n(value: float) -> str:
    """A coordinate, with one digit behind the point at most."""
    return f"{value:.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """A share, as the pages write it."""
    return f"{100 * share:.0f} %"


def text(x: float, y: float, words: str, look: str = "") -> str:
    """Words."""
    return f'<text x="{n(x)}" y="{n(y)}"{_look(look)}>{escape(words)}</text>'


def box(x: float, y: float, width: float, height: float, look: str) -> str:
    """A rectangle."""
    return f'<path{_look(look)} d="M{n(x)} {n(y)}h{n(width)}v{n(height)}h{n(-width)}z"/>'


def _look(look: str) -> str:
    return f' class="{look}"' if look else ""


def picture(height: int, title: str, told: str, parts: Iterable[str]) -> str:
    """A whole SVG; what it shows is told in words as well."""
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t d">'
    words = f'<title id="t">{escape(title)}</title><desc id="d">{escape(told)}</desc><style>{STYLE}</style>'
    paper = f'<rect class="paper" width="{WIDTH}" height="{height}" rx="6"/>'
    return "\n".join([head, words, paper, text(16, 27, title, "bold"), *parts, "</svg>", ""])
