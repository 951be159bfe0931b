"""How a terminal shows marked quizzes; names of files and learners are strangers' words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.review.quizzes.answers import Refused
    from kikori.review.quizzes.marking import MarkedClass, Rise

HARDEST = 5
"""Questions that are shown, from the one that fewest knew."""


def show_marked(value: MarkedClass) -> None:
    """Show each learner's points, what fewest knew, and what was not counted."""
    rows = [(one.learner, one.quiz, f"{one.points} of {one.of}", str(one.left_out)) for one in value.sheets]
    text.table(("learner", "quiz", "points", "left out"), rows)
    if value.sheets:
        hardest = [(one.quiz, one.question, one.objective, f"{one.right} of {one.of}") for one in value.questions]
        text.line("Known by fewest:", bold=True)
        text.table(("quiz", "question", "objective", "right"), hardest[:HARDEST])
    for told in value.told:
        text.line(text.harmless(told), fg="yellow")
    _refused(value.refused)


def show_rise(value: Rise) -> None:
    """Show the medians, and whom the chart leaves out."""
    before, after = value.medians
    text.line(f"{len(value.learners)} learners took {value.pre} and {value.post}.", bold=True)
    text.line(f"Median: {before:g}, then {after:g} of {value.of}; guessing gives {value.by_chance:.1f}.")
    if value.one_only:
        text.line(f"Took one of the two, and left out: {', '.join(value.one_only)}", fg="yellow")
    _refused(value.refused)


def _refused(refused: Iterable[Refused]) -> None:
    for one in refused:
        text.line(text.harmless(f"not counted: {' '.join(one.reason.split())}"), fg="red")
