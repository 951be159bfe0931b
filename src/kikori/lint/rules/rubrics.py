"""The mark scheme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kikori.catalog.rubric import Rubric, rubric_of
from kikori.catalog.strict import read_toml
from kikori.errors import KikoriError
from kikori.lint.finding import Location, spot_of
from kikori.lint.rule import rule
from kikori.lint.subjects.source_tree import LabSource


@rule
def rubric_well_formed(source: LabSource) -> Iterator[Location]:
    """graders/LAB/rubric.toml is there: two [[criteria]] or more, each with id, points, title and full."""
    path = source.lab.graders / "rubric.toml"
    try:
        read_toml(path, Rubric)
    except KikoriError as problem:
        mend = "write [[criteria]] with id, points, [criteria.title] and [criteria.full], as in graders/first-look"
        yield spot_of(problem, path, mend)


@rule
def criteria_differ(source: LabSource) -> Iterator[Location]:
    """No two criteria of a mark scheme have one id."""
    path = source.lab.graders / "rubric.toml"
    rubric = rubric_of(path)
    for name, times in Counter(one.id for one in rubric.criteria).items() if rubric else ():
        if times > 1:
            line = source.line_of(path, f'id = "{name}"')
            yield Location(path, line, f"{times} criteria are called {name}", "give each a name of its own")
