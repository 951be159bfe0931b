"""What a lab wrote down is kept for the break that is in, and outlives the file that it was read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.attempts import Store
from kikori.attempts.lab_events import FILE, MOST, keep, kept
from kikori.model import Attempt, Stage
from kikori.model.incident import EventKind, LabEvent


def rang(at: float, text: str = "rings") -> LabEvent:
    return LabEvent(kind=EventKind.PAGER, at=at, en=text)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def attempt(store: Store) -> Attempt:
    made = Attempt(id="first-look-1", lab="first-look", learner="ada", seed=1, params={}, stage=Stage.BROKEN)
    store.record(store.save(made), "broke")
    return made


def test_nothing_is_lost_that_was_read_once(store: Store, attempt: Attempt) -> None:
    assert kept(store, attempt) == ()
    assert keep(store, attempt, [rang(1), rang(2)]) == (rang(1), rang(2))
    assert keep(store, attempt, [rang(2), rang(3)]) == (rang(1), rang(2), rang(3)), "the record was begun anew"
    assert keep(store, attempt, []) == kept(store, attempt) == (rang(1), rang(2), rang(3))


def test_another_break_begins_anew(store: Store, attempt: Attempt) -> None:
    keep(store, attempt, [rang(1)])
    store.record(attempt, "broke")
    assert kept(store, attempt) == ()
    assert keep(store, attempt, [rang(2)]) == (rang(2),)


@pytest.mark.parametrize("damage", [b"", b'{"since":1', b"\xff", b'{"since":1.0,"events":[{"kind":"cat"}]}'])
def test_damaged_file_is_read_anew(store: Store, attempt: Attempt, damage: bytes) -> None:
    keep(store, attempt, [rang(1)])
    (store.folder(attempt.id) / FILE).write_bytes(damage)
    assert kept(store, attempt) == ()
    assert keep(store, attempt, [rang(1)]) == (rang(1),)


def test_a_record_that_never_ends_is_cut(store: Store, attempt: Attempt) -> None:
    for round_ in range(5):
        keep(store, attempt, [rang(round_ * 500 + number) for number in range(500)])
    assert len(kept(store, attempt)) == MOST
