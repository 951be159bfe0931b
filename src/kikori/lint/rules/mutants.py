"""Marks on spoiled fixes."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.errors import OurFault
from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.source_tree import LabSource
from kikori.prove.mutation.mutants import (
    astray,
    marks_file,
    marks_of,
    mutants_of,
)

FORM = 'write [equal] and below it lines such as "FIX/line-2-left-out" = "why"'


@rule
def mutants_marked(source: LabSource) -> Iterator[Location]:
    """graders/LAB/mutants.toml, where there is one, marks mutants that exist as equal, each with a reason."""
    file = marks_file(source.lab)
    for problem in _problems(source):
        said = problem.message.removeprefix(str(file)).removeprefix(": ")
        yield Location(file, source.line_of(file, said.partition(": ")[0]), said, problem.hint or FORM)


def _problems(source: LabSource) -> list[OurFault]:
    try:
        marks = marks_of(source.lab)
    except OurFault as problem:
        return [problem]
    return [*astray(source.lab, marks, mutants_of(source.lab) if marks else [])]
