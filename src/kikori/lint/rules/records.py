"""What was executed of a lab and measured of it, and what strangers and mutants found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kikori.content.blind_rounds import READY, Rounds, file_of, rounds_of
from kikori.content.strict_reader import read_toml
from kikori.errors import KikoriError, OurFault
from kikori.lint.finding import Location, spot_of
from kikori.lint.rule import rule, warning
from kikori.lint.subjects.content import Content
from kikori.lint.subjects.source_tree import LabSource
from kikori.prove import ledger
from kikori.prove.mutation.mutants import astray, marks_file, marks_of, mutants_of
from kikori.prove.status import is_whole, status_of
from kikori.sizing.sizes import FILE, MEASURE, sizes_of

FORM = 'write [equal] and below it lines such as "FIX/line-2-left-out" = "why"'


@rule
def proof_recorded(source: LabSource) -> Iterator[Location]:
    """proofs/LAB.toml has a row for each demand on the lab as it is now, where proofs/ is kept beside labs/."""
    file = ledger.file_of(source.lab)
    if not file.parent.is_dir():
        return
    status = status_of(source.lab, engine="")  # whichever engine met them
    if is_whole(status):
        return
    counts = f"of {status.demands} demands {status.missing} were never recorded, {status.stale} of the lab as it was"
    yield Location(file, None, status.problem or counts, f"kikori lab prove {source.lab.id} --changed --record")


@rule
def sizes_well_formed(content: Content) -> Iterator[Location]:
    """labs/sizes.toml, where it is there, keeps its form."""
    for root in content.roots:
        try:
            sizes_of(root)
        except KikoriError as problem:
            yield spot_of(problem, root / "labs" / FILE, problem.hint or MEASURE)


@rule
def sizes_of_labs(content: Content) -> Iterator[Location]:
    """labs/sizes.toml has rows of labs that are there, and of no others."""
    for file, name in sorted(_sizes_of_none(content)):
        yield Location(file, None, f"there is no lab {name}", f"take out the tables of {name}")


def _sizes_of_none(content: Content) -> Iterator[tuple[Path, str]]:
    known = {folder.name for folder in content.labs}
    for root in content.roots:
        with suppress(KikoriError):  # which the rule above tells
            yield from ((root / "labs" / FILE, name) for name in sizes_of(root).labs.keys() - known)


@warning
def size_measured(source: LabSource) -> Iterator[Location]:
    """labs/sizes.toml, where it is there, has a row of the lab: what an attempt takes, so that a class can be sized."""
    try:
        rows = sizes_of(source.lab.folder.parent.parent).labs
    except KikoriError:
        return  # which a rule above tells
    if rows and source.lab.id not in rows:
        unknown = f"nobody has measured what an attempt at {source.lab.id} takes"
        yield Location(source.lab.folder / "lab.toml", None, unknown, f"{MEASURE} {source.lab.id}")


@rule
def rounds_well_formed(source: LabSource) -> Iterator[Location]:
    """graders/LAB/rounds.toml, where it is there, has a [[round]] for each: day, right, wrong and surprises, by day."""
    file = file_of(source.lab)
    try:
        read_toml(file, Rounds) if file.is_file() else None
    except KikoriError as problem:
        fix = problem.hint or "write [[round]] with day, right, wrong and surprises, as in docs/author.md"
        yield spot_of(problem, file, fix)


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
