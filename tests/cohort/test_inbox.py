"""Submissions that learners send: kept under names of the server's own, limited, and deleted with their learner."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from kikori.cohort import inbox
from kikori.cohort.client import Refused

from .conftest import MOST, Cohort


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    file = tmp_path / "first-look-ada.kikori"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", "{}")
    return file


def kept(cohort: Cohort) -> list[Path]:
    """All files of the folder, unfinished ones too."""
    return [*cohort.inbox.folder.iterdir()] if cohort.inbox.folder.is_dir() else []


def test_a_submission_arrives_whole_under_a_name_of_the_servers_own(cohort: Cohort, packed: Path) -> None:
    enrolled, ada = cohort.enrolled("../../ada")
    received = ada.hand_in(packed)
    (file,) = kept(cohort)
    assert file.read_bytes() == packed.read_bytes()
    assert file.name == received.file
    assert file.name.startswith(f"{enrolled.learner}-")
    assert file.stat().st_mode & 0o077 == 0


def test_review_takes_the_folder(cohort: Cohort, packed: Path) -> None:
    from kikori.catalog import Catalog
    from kikori.review.inbox import handed_in

    cohort.enrolled("ada")[1].hand_in(packed)
    files = sorted(cohort.inbox.folder.rglob("*.kikori"))
    assert [one.file for one in handed_in({file: file.name for file in files}, Catalog())] == kept(cohort)


def test_the_same_submission_twice_is_kept_once(cohort: Cohort, packed: Path) -> None:
    _, ada = cohort.enrolled("ada")
    assert ada.hand_in(packed) == ada.hand_in(packed)
    assert len(kept(cohort)) == 1


def test_two_learners_may_hand_in_the_same_bytes(cohort: Cohort, packed: Path) -> None:
    for name in ("ada", "ben"):
        cohort.enrolled(name)[1].hand_in(packed)
    assert len(kept(cohort)) == len(cohort.roll.handed_in()) == 2


def test_what_is_too_large_is_refused_and_leaves_nothing(cohort: Cohort, packed: Path) -> None:
    _, ada = cohort.enrolled("ada")
    packed.write_bytes(packed.read_bytes() + b"0" * MOST)
    with pytest.raises(Refused, match="at most"):
        ada.hand_in(packed)
    assert kept(cohort) == []


def test_what_does_not_say_how_large_it_is_is_cut_off(cohort: Cohort) -> None:
    enrolled, _ = cohort.enrolled("ada")

    def endless() -> Iterator[bytes]:
        yield b"PK\x03\x04"
        for _ in range(100):
            yield b"0" * 10_000

    headers = {"Authorization": f"Bearer {enrolled.token}"}
    try:
        said = requests.put(f"{cohort.url}/learner/submission", data=endless(), headers=headers, timeout=20)
        assert said.status_code == 413
    except requests.ConnectionError:
        pass  # the server closed while we were still sending
    assert kept(cohort) == []
    assert cohort.roll.handed_in() == []


@pytest.mark.parametrize("data", [b"", b"PK", b"#!/bin/sh\nrm -rf /", b"PK\x05\x06"])
def test_what_is_no_archive_is_refused(cohort: Cohort, packed: Path, data: bytes) -> None:
    packed.write_bytes(data)
    with pytest.raises(Refused, match=r"no \.kikori file"):
        cohort.enrolled("ada")[1].hand_in(packed)
    assert kept(cohort) == []


def test_one_learner_does_not_fill_the_disk(cohort: Cohort, packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MOST_FILES", 1)
    _, ada = cohort.enrolled("ada")
    ada.hand_in(packed)
    packed.write_bytes(packed.read_bytes() + b"0")
    with pytest.raises(Refused, match="too much"):
        ada.hand_in(packed)
    cohort.enrolled("ben")[1].hand_in(packed)


def test_the_disk_keeps_some_room(cohort: Cohort, packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "SPARE", 2**60)
    with pytest.raises(Refused, match="nearly full"):
        cohort.enrolled("ada")[1].hand_in(packed)
    assert kept(cohort) == []


def test_leaving_deletes_the_files_too(cohort: Cohort, packed: Path) -> None:
    _, ada = cohort.enrolled("ada")
    cohort.enrolled("ben")[1].hand_in(packed)
    ada.hand_in(packed)
    assert ada.leave().submissions == 1
    assert [one.name for one in cohort.roll.handed_in()] == ["ben"]
    assert len(kept(cohort)) == 1
