"""The ledger ``proofs/LAB.toml``: a row for each demand that was met."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import tomlkit
from msgspec import Meta, to_builtins

from kikori.attempts.atomic_files import write_whole
from kikori.content.strict_reader import read_toml
from kikori.errors import OurFault
from kikori.model import Lab
from kikori.model.record import Record
from kikori.prove.proof import Proof

FOLDER = "proofs"
HEAD = "Written by `kikori lab prove {lab} --record` alone, a row for each demand that was met: do not edit."


Seconds = Annotated[float, Meta(ge=0, le=86_400)]


class Row(Record):
    """That a demand was executed and met, and what it cost."""

    key: str
    """Of what it rests on, as that was."""
    engine: str
    """The key of what executed and graded it."""
    seed: int
    processor: Seconds
    """Seconds of processor: of its containers, and its part of all else that was busy meanwhile."""
    wall: Seconds
    """Seconds that it took."""
    at: Annotated[datetime, Meta(tz=True)]
    """When it was met."""
    docker: str
    """The engine's version."""
    kernel: str
    """That of the kernel."""


class Ledger(Record):
    """All that is recorded of one lab."""

    demands: dict[str, Row] = {}


def file_of(lab: Lab) -> Path:
    """Place a lab's file beside the labs/ that it stands in."""
    return lab.folder.parent.parent / FOLDER / f"{lab.id}.toml"


def read(lab: Lab) -> dict[str, Row]:
    """Read a lab's rows by demand; none where nothing was recorded.

    Raises:
        OurFault: the file is damaged; names the place in it.
    """
    file = file_of(lab)
    return read_toml(file, Ledger).demands if file.is_file() else {}


def record(lab: Lab, proof: Proof, *, keys: Mapping[str, str], engine: str, docker: str) -> Path:
    """Write the rows of what was met each time; of the old ones those stay that are of other demands in ``keys``."""
    file = file_of(lab)
    try:
        old = read(lab)
    except OurFault:
        old = {}  # it was damaged, and is written anew
    unmet = {demand.name for demand in proof.demands if not demand.met}
    rows = {name: row for name, row in old.items() if name in keys and name not in unmet}
    rows |= {
        demand.name: Row(
            key=keys[demand.name],
            engine=engine,
            seed=proof.seed,
            processor=demand.processor,
            wall=demand.seconds,
            at=demand.at,
            docker=docker,
            kernel=platform.release(),
        )
        for demand in proof.demands
        if demand.name in keys and demand.name not in unmet
    }
    write_whole(file, _text(lab, rows).encode())
    file.chmod(0o644)
    return file


def void(lab: Lab) -> Path:
    """Remove a lab's file, since one of its rows does not hold."""
    file = file_of(lab)
    file.unlink()
    return file


def _text(lab: Lab, rows: dict[str, Row]) -> str:
    document = tomlkit.document()
    document.add(tomlkit.comment(HEAD.format(lab=lab.id)))
    table = tomlkit.table()
    for name, row in sorted(rows.items()):  # a line each, so that two people's records merge or collide as lines
        line = tomlkit.inline_table()
        line.update(to_builtins(row, builtin_types=(datetime,)))
        table.add(name, line)
    document.add("demands", table)
    return tomlkit.dumps(document)
