"""Blind rounds: what strangers found who examined the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.catalog.rounds import READY, Rounds, file_of, rounds_of
from kikori.catalog.strict import read_toml
from kikori.errors import KikoriError
from kikori.lint.finding import Spot, spot_of
from kikori.lint.ground import Draft
from kikori.lint.rule import rule, warning


@rule
def rounds_well_formed(draft: Draft) -> Iterator[Spot]:
    """graders/LAB/rounds.toml, where it is there, has a [[round]] for each: day, right, wrong and surprises, by day."""
    file = file_of(draft.lab)
    try:
        read_toml(file, Rounds) if file.is_file() else None
    except KikoriError as problem:
        mend = problem.hint or "write [[round]] with day, right, wrong and surprises, as in docs/author.md"
        yield spot_of(problem, file, mend)


@warning
def two_rounds_without_surprise(draft: Draft) -> Iterator[Spot]:
    """The last two blind rounds that graders/LAB/rounds.toml keeps had no surprise: till then a lab is not ready."""
    try:
        rounds = rounds_of(draft.lab)
    except KikoriError:
        return  # which the rule above tells
    if rounds and rounds.quiet >= READY:
        return
    file = file_of(draft.lab)
    counted = f"{rounds.quiet} of {READY} rounds in a row without a surprise" if rounds else "no blind round was held"
    yield Spot(file, None, counted, f"hold a blind round and add it to {file} (docs/author.md says how)")
