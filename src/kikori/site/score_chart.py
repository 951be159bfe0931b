"""A learner's staircase: the score of each run of a benchmark, and what was changed before it; as SVG and as a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import ceil, floor, log10
from pathlib import Path
from unicodedata import east_asian_width

from kikori.attempts.atomic_files import write_whole
from kikori.bench.history import Note
from kikori.bench.result import Result
from kikori.bilingual import sentence
from kikori.design import sheet
from kikori.settings import Lang
from kikori.site.drawing import Panel, Scale, picture, text

HEIGHT = 380
LONGEST = 34
"""Letters of a change that fit beside its step."""
LINE, LETTER = 17, 8
"""The height of a line and the width of a letter; those of Japanese take two."""


def write(runs: Sequence[Result], notes: Sequence[Note], folder: Path, lang: Lang) -> tuple[Path, Path]:
    """Write both files into a folder; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    svg, page = folder / "staircase.svg", folder / "staircase.html"
    drawn = draw([(run.pace if run.passed else 0.0, _said(run, notes)) for run in runs], lang)
    write_whole(svg, drawn.encode())
    write_whole(page, _page(drawn, runs, notes, lang).encode())
    return svg, page


def draw(steps: Sequence[tuple[float, str]], lang: Lang) -> str:
    """The chart of paces, each with the change that led to it; 0 is a run that failed."""
    good = [pace for pace, _ in steps if pace > 0] or [1.0]
    low, high = 10.0 ** floor(log10(min(good))), 10.0 ** ceil(log10(max(good)) + 0.01)
    panel = Panel(Scale(0, max(1, len(steps)), 66, 656), Scale(low, high, 326, 56, log=True))
    ticks = [10.0**power for power in range(round(log10(low)), round(log10(high)) + 1)]
    parts = [
        panel.grid((at, f"{at:g}") for at in ticks),
        panel.below((place + 0.5, str(place + 1)) for place in range(len(steps)) if len(steps) <= 24 or place % 5 == 0),
        *_steps(panel, steps, low, lang),
        text(656, 362, sentence("staircase-run", lang), "soft end"),
    ]
    best = sentence("staircase-best", lang, count=len(steps), times=max(good) / good[0])
    return picture(HEIGHT, sentence("staircase", lang), best, parts)


def _steps(panel: Panel, steps: Sequence[tuple[float, str]], low: float, lang: Lang) -> Iterable[str]:
    few, taken = len(steps) <= 12, list[tuple[float, float, float]]()
    for place, (pace, said) in enumerate(steps):
        height = max(pace, low)
        yield panel.line([(place + 0.06, height), (place + 0.94, height)], "a" if pace else "hurt")
        x, y = panel.x.at(place + 0.5), panel.y.at(height)
        if not pace:
            yield text(x, y - 9, sentence("staircase-failed", lang), "soft middle")
        elif few:
            yield text(x, y - 9, f"{pace:.3g}", "middle bold")
        if said and few:
            short = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
            side = "end" if place > len(steps) / 2 else ""
            x = panel.x.at(place + (0.94 if side else 0.06))
            left = x - _width(short) if side else x
            yield text(x, _free(taken, left, left + _width(short), y + 19), short, f"soft {side}".strip())


def _width(words: str) -> int:
    return LETTER * sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def _free(taken: list[tuple[float, float, float]], left: float, right: float, y: float) -> float:
    """The first line from here down on which these words meet no others, and are noted."""
    while any(left < end and begin < right and abs(y - at) < LINE for begin, end, at in taken):
        y += LINE
    taken.append((left, right, y))
    return y


def _said(run: Result, notes: Sequence[Note]) -> str:
    """What the journal says of a run: the line that was written after it."""
    return next((note.change for note in notes if note.after == run.score and note.at >= run.at), "")


def _page(drawn: str, runs: Sequence[Result], notes: Sequence[Note], lang: Lang) -> str:
    between = "、" if lang == "ja" else ", "
    head, failed = sentence("staircase-columns", lang).split(between), sentence("staircase-failed", lang)
    rows = [
        (
            str(number),
            f"{run.score:,}" if run.passed else f"{failed}: {run.failed}",
            f"{run.pace:.1f}",
            str(run.users),
            _said(run, notes),
        )
        for number, run in enumerate(runs, 1)
    ]
    table = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    titles = "".join(f"<th>{title}</th>" for title in head)
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{sentence("staircase", lang)}</title>'
        f"<style>{sheet()}</style>"
        "<style>body{font:16px/1.6 var(--letters),sans-serif;color:var(--ink);background:var(--paper)}"
        "body{max-width:46rem;margin:2rem auto;padding:0 1rem}"
        "td,th{text-align:left;padding:.2rem .8rem .2rem 0}svg{max-width:100%;height:auto}</style>"
        f"{drawn}<table><thead><tr>{titles}</tr></thead><tbody>{table}</tbody></table></html>\n"
    )
