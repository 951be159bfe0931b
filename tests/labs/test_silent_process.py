"""Whom a supervisor would miss, and what the carrier has too much. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths
from kikori.engine.outside import Process
from lab_modules import modules_of

FIRST = 10


@pytest.fixture
def load() -> Iterator[Any]:
    with modules_of(paths.ROOT / "graders" / "silent-process") as load:
        yield load


def process(pid: int, parent: int, command: str) -> Process:
    return Process(pid=pid, parent=parent, uids=(10001,) * 3, state="S", command=command)


def scene(*found: Process, kept: tuple[str, ...]) -> SimpleNamespace:
    beside = SimpleNamespace(
        processes=lambda: found,
        at=lambda *places: [SimpleNamespace(path=path) for path in places if path in kept],
        descriptors=lambda: [SimpleNamespace(pid=14, open=("/run/notes/tally",))],
    )
    return SimpleNamespace(sidecar=lambda _: beside, inspect=lambda _: {"State": {"Pid": FIRST}})


def test_only_children_of_a_supervisor_are_watched(load: Any) -> None:
    found = (
        process(FIRST, 1, "runsvdir /etc/service"),
        process(11, FIRST, "runsv printer"),
        process(12, 11, "python3 /srv/notes/printer.py"),
        process(13, 12, "python3 /srv/notes/tally.py"),
        process(14, FIRST, "python3 /srv/notes/tally.py"),
    )
    services = load("supervisors").Services(scene(*found, kept=("/etc/service/printer",)))
    assert services.watched == {12}
    assert [*services.unwatched()] == [13]
    assert [one.pid for one in services.strays()] == [14]


def test_a_supervisor_that_nobody_starts_again_watches_nobody(load: Any) -> None:
    found = (process(FIRST, 1, "runsvdir /etc/service"), process(11, FIRST, "runsv tally"), process(14, 11, "python3"))
    services = load("supervisors").Services(scene(*found, kept=()))
    assert not services.watched
    assert [one.pid for one in services.strays()] == [14]


@pytest.mark.parametrize(
    ("numbers", "more"), [(["8", "9"], 0), (["8", "9", "9"], 1), (["7", "7", "8", "9", "9", "9"], 2)]
)
def test_parcels_beyond_one_for_each_note(load: Any, numbers: list[str], more: int) -> None:
    parcels = {f"T{place}": (number, "Mori") for place, number in enumerate(numbers)}
    rows = [["7", "before", "T"], ["8", "first", "T"], ["9", "second", "T"]]
    batch = SimpleNamespace(
        desk=SimpleNamespace(parcels=lambda: parcels), added=lambda: rows, notes={"first": "", "second": ""}
    )
    assert load("test_notes").surplus(batch) == more


@pytest.mark.parametrize(
    ("seen", "well"), [((3, 3, 3), True), ((3, 3, 0), False), ((2, 2, 2), False), ((3, 3, 6), False)]
)
def test_work_goes_on_where_each_note_comes_and_is_counted_once(
    load: Any, seen: tuple[int, int, int], *, well: bool
) -> None:
    assert load("test_supervision").Worked(*seen).is_well is well
