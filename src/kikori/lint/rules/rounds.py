"""Blind rounds: what strangers found who examined the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.catalog.rounds import READY, Rounds, file_of, rounds_of
from kikori.catalog.strict import read_toml
from kikori.errors import KikoriError
from kikori.lint.finding import Location, spot_of
from kikori.lint.rule import rule, warning
from kikori.lint.subjects.source_tree import LabSource


@rule
def rounds_well_formed(source: LabSource) -> Iterator[Location]:
    """graders/LAB/rounds.toml, where it is there, has a [[round]] for each: day, right, wrong and surprises, by day."""
    file = file_of(source.lab)
    try:
        read_toml(file, Rounds) if file.is_file() else None
    except KikoriError as problem:
        mend = problem.hint or "write [[round]] with day, right, wrong and surprises, as in docs/author.md"
        yield spot_of(problem, file, mend)


@warning
def two_rounds_without_surprise(source: LabSource) -> Iterator[Location]:
    """The last two blind rounds that graders/LAB/rounds.toml keeps had no surprise: till then a lab is not ready."""
    try:
        rounds = rounds_of(source.lab)
    except KikoriError:
        return  # which the rule above tells
    if rounds and rounds.quiet >= READY:
        return
    file = file_of(source.lab)
    counted = f"{rounds.quiet} of {READY} rounds in a row without a surprise" if rounds else "no blind round was held"
    yield Location(file, None, counted, f"hold a blind round and add it to {file} (docs/author.md says how)")
