"""Marks on spoiled fixes."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.errors import OurFault
from kikori.lint.finding import Spot
from kikori.lint.ground import Draft
from kikori.lint.rule import rule
from kikori.prove.mutants import astray, marks_file, marks_of, mutants_of

FORM = 'write [equal] and below it lines such as "FIX/line-2-left-out" = "why"'


@rule
def mutants_marked(draft: Draft) -> Iterator[Spot]:
    """graders/LAB/mutants.toml, where there is one, marks mutants that exist as equal, each with a reason."""
    file = marks_file(draft.lab)
    for problem in _problems(draft):
        said = problem.message.removeprefix(str(file)).removeprefix(": ")
        yield Spot(file, draft.line_of(file, said.partition(": ")[0]), said, problem.hint or FORM)


def _problems(draft: Draft) -> list[OurFault]:
    try:
        marks = marks_of(draft.lab)
    except OurFault as problem:
        return [problem]
    return [*astray(draft.lab, marks, mutants_of(draft.lab) if marks else [])]
