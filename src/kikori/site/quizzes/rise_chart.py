"""The rise of a class from the test before to the test after, in one chart: who, the median, and each objective."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from unicodedata import east_asian_width

from kikori.attempts.atomic_files import write_whole
from kikori.bilingual import texts
from kikori.errors import EnvironmentProblem
from kikori.review.quizzes.marking import Rise
from kikori.settings import Lang
from kikori.site.drawing import Panel, Scale, box, n, percent, picture, text

WORDS = Path(__file__).with_name("words.toml")
TOP, BOTTOM = 84, 330
"""Of the panel with a line for each learner."""
LEFT, RIGHT = 330, 600
"""Where the bars have 0 and 100 %."""
ROW, FIRST = 25, 412
"""The height of a bar's row, and where the first is."""
LINE, LETTER, ROOM = 22, 8, 300
"""The height of a line, the width of a letter (those of Japanese take two), and the room for an objective's name."""
BESIDE = 0.09
"""Points by which lines of equal learners lie beside each other."""


def write_chart(rise: Rise, titles: Mapping[str, str], to: Path, lang: Lang) -> None:
    """Write the chart as SVG; ``titles`` are the objectives' names.

    Raises:
        EnvironmentProblem: it can't be written there.
    """
    try:
        write_whole(to, draw(rise, titles, lang).encode())
    except OSError as problem:
        raise EnvironmentProblem(f"{to}: can't be written: {problem.strerror}", "--output FILE") from None


def draw(rise: Rise, titles: Mapping[str, str], lang: Lang) -> str:
    """Draw a line for each learner, the median in bold, and below them a bar for each objective."""
    said = texts(WORDS, lang)
    before, after = rise.medians
    told = said["told"].format(learners=len(rise.learners), before=f"{before:g}", after=f"{after:g}", of=rise.of)
    below = FIRST + ROW * len(rise.objectives) + 12
    notes = [text(16, below + 26 + LINE * number, line, "soft") for number, line in enumerate(said["reading"])]
    parts = [text(16, 52, told, "soft"), *_lines(rise, said), *_bars(rise, titles, said), *notes]
    return picture(below + 20 + LINE * len(notes), said["title"], told, parts)


def _lines(rise: Rise, said: Mapping[str, str]) -> Iterable[str]:
    panel = Panel(Scale(0, 1, 90, 560), Scale(0, rise.of, BOTTOM, TOP))
    step = max(1, rise.of // 4)
    yield panel.grid((at, str(at)) for at in range(0, rise.of + 1, step))
    yield panel.below([(0, said["before"]), (1, said["after"])])
    for place, (_, first, second) in enumerate(rise.learners):
        aside = BESIDE * (place % 5 - 2)
        yield _line(panel, first + aside, second + aside, "c one", "stroke-width:1.4;opacity:.5")
    chance = panel.y.at(rise.by_chance)
    yield f'<path class="even" d="M{n(panel.x.begin)} {n(chance)}H{n(panel.x.end)}"/>'
    yield text(570, chance + 5, said["by-chance"], "soft")
    first_median, second_median = rise.medians
    yield _line(panel, first_median, second_median, "a median", "stroke-width:5")
    yield text(570, panel.y.at(second_median) + 5, said["median"], "bold")


def _line(panel: Panel, first: float, second: float, look: str, style: str) -> str:
    begin, end = panel.y.at(first), panel.y.at(second)
    return f'<path class="line {look}" style="{style}" d="M{n(panel.x.begin)} {n(begin)}L{n(panel.x.end)} {n(end)}"/>'


def _bars(rise: Rise, titles: Mapping[str, str], said: Mapping[str, str]) -> Iterable[str]:
    scale = Scale(0, 1, LEFT, RIGHT)
    yield text(16, FIRST - 22, said["objectives"], "bold")
    for share in (0, 0.5, 1):
        yield text(scale.at(share), FIRST - 22, percent(share), "soft middle")
        yield f'<path class="grid" d="M{n(scale.at(share))} {FIRST - 14}V{FIRST + ROW * len(rise.objectives)}"/>'
    ordered = sorted(rise.objectives.items(), key=lambda one: (one[1][1], one[1][0]))
    for place, (objective, (before, after)) in enumerate(ordered):
        y = FIRST + ROW * place
        low, high = scale.at(min(before, after)), scale.at(max(before, after))
        yield text(16, y + 10, _short(titles.get(objective, objective)))
        yield box(low, y, max(2.0, high - low), 12, "bar in-a" if after >= before else "bar in-hurt")
        yield box(scale.at(before) - 1.5, y - 3, 3, 18, "in-c")
        yield text(664, y + 10, f"{round(100 * (after - before)):+d}".replace("-", "−"), "end")


def _short(title: str) -> str:
    """A title as far as there is room for it."""
    while _width(title) > ROOM:
        title = title.removesuffix("…")[:-1] + "…"
    return title


def _width(words: str) -> int:
    return LETTER * sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
