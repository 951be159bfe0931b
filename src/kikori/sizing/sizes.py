"""labs/sizes.toml: what one attempt at each lab takes, as benchmarks/sizing.py measured it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from msgspec import Meta
from msgspec.structs import asdict

from kikori.attempts.atomic_files import write_whole
from kikori.content.strict_reader import read_toml
from kikori.errors import EnvironmentProblem
from kikori.model.lab import Name
from kikori.model.record import Record

FILE = "sizes.toml"
MEASURE = ".venv/bin/python benchmarks/sizing.py"
HEAD = """# What one attempt at each lab takes. Written by benchmarks/sizing.py: measure again in the place of editing.
# memory in MiB; images and written in MB; processor at rest in percent of one, of a check in seconds of one.
"""
Amount = Annotated[int, Meta(ge=0)]
Seconds = Annotated[float, Meta(ge=0)]


class Work(Record):
    """What a check, or a run of a benchmark, takes while it lasts."""

    memory: Amount
    """MiB beside those at rest, of containers and of the command itself, when they were most."""
    processor: Seconds
    """Seconds of one processor: containers, Docker, and the command."""
    seconds: Seconds
    """How long it took."""


class Size(Record):
    """One attempt at a lab."""

    day: date
    """When it was measured."""
    docker: str
    """The version of Docker Engine that it was measured on."""
    containers: Amount
    """How many of them run."""
    networks: Amount
    """How many networks are made for it."""
    memory: Amount
    """MiB at rest: the containers, and what Docker itself keeps for each."""
    processor: Annotated[float, Meta(ge=0)]
    """Percent of one processor at rest."""
    images: Amount
    """MB of images that no other lab has."""
    written: Amount
    """MB in the attempt's own containers, volumes and images."""
    check: Work
    """The dearer one of two checks: with the first fault in, and after its first fix."""
    bench: Work | None = None
    """A run of a tune lab's benchmark."""


class Sizes(Record):
    """The file, key by key."""

    images: Amount = 0
    """MB of images that two labs or more stand on."""
    learner: Amount = 0
    """MiB of a learner's own `kikori serve` and `kikori shell`."""
    labs: dict[Name, Size] = {}


def sizes_of(root: Path) -> Sizes:
    """Read what was measured of a content root; nothing where nobody measured.

    Raises:
        OurFault: the file breaks its format.
    """
    file = root / "labs" / FILE
    return read_toml(file, Sizes) if file.is_file() else Sizes()


def sizes(roots: Iterable[Path]) -> Sizes:
    """Read what was measured of all content roots.

    Raises:
        OurFault: a file breaks its format.
    """
    found = [sizes_of(root) for root in roots]
    return Sizes(
        images=sum(one.images for one in found),
        learner=max((one.learner for one in found), default=0),
        labs={lab: row for one in found for lab, row in one.labs.items()},
    )


def write(root: Path, sizes: Sizes) -> Path:
    """Write what was measured of a content root.

    Raises:
        EnvironmentProblem: the file can't be written.
    """
    file = root / "labs" / FILE
    try:
        write_whole(file, toml_of(sizes).encode())
        file.chmod(0o644)  # it is content like the rest, which others read
    except OSError as problem:
        raise EnvironmentProblem(f"{file}: can't be written: {problem.strerror}", f"ls -ld {file.parent}") from None
    return file


def toml_of(sizes: Sizes) -> str:
    """Write the file's text, by lab; ids are bare words of TOML."""
    top = f"{HEAD}\nimages = {sizes.images}\nlearner = {sizes.learner}\n"
    return "\n".join([top, *(part for lab in sorted(sizes.labs) for part in _tables(f"labs.{lab}", sizes.labs[lab]))])


def _tables(name: str, row: Record) -> Iterator[str]:
    """Write a record as a table, and those in it as tables below."""
    about: Mapping[str, object] = asdict(row)
    plain = [
        f"{key} = {_value(one)}\n" for key, one in about.items() if one is not None and not isinstance(one, Record)
    ]
    yield f"[{name}]\n" + "".join(plain)
    for key, one in about.items():
        if isinstance(one, Record):
            yield from _tables(f"{name}.{key}", one)


def _value(one: object) -> str:
    return f'"{one}"' if isinstance(one, str) else str(one)
