"""Submissions that learners send: kept under names of the server's own, limited, and deleted with their learner."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from kikori.cohort.client.connection import Refused
from kikori.cohort.server import inbox
from kikori.submission.senders import FILE, Senders
from kikori.web import unused_port

from .conftest import MOST, Cohort, all_bytes, until


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    file = tmp_path / "first-look-ada.kikori"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", "{}")
    return file


def kept(cohort: Cohort) -> list[Path]:
    """All files of the folder, unfinished ones too, but for the list of who sent them."""
    found = cohort.inbox.folder.iterdir() if cohort.inbox.folder.is_dir() else ()
    return [file for file in found if file.name != FILE]


def test_a_submission_arrives_whole_under_a_name_of_the_servers_own(cohort: Cohort, packed: Path) -> None:
    enrolled, ada = cohort.enrolled("..&ada")
    received = ada.hand_in(packed)
    (file,) = kept(cohort)
    assert file.read_bytes() == packed.read_bytes()
    assert file.name == received.file
    assert file.name.startswith(f"{enrolled.learner}-")
    assert file.stat().st_mode & 0o077 == 0


def test_review_takes_the_folder(cohort: Cohort, packed: Path) -> None:
    from kikori.content import Catalog
    from kikori.review.submissions import handed_in

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
    assert len(kept(cohort)) == len(cohort.store.handed_in()) == 2


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
    assert cohort.store.handed_in() == []


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
    assert [one.name for one in cohort.store.handed_in()] == ["ben"]
    assert len(kept(cohort)) == 1


def test_who_sent_what_is_written_beside_the_files_and_goes_with_its_learner(cohort: Cohort, packed: Path) -> None:
    _, ada = cohort.enrolled("Ada")
    mine = cohort.inbox.folder / ada.hand_in(packed).file
    theirs = cohort.inbox.folder / cohort.enrolled("ben")[1].hand_in(packed).file
    assert (Senders().of(mine), Senders().of(theirs), Senders().of(mine, theirs)) == (
        ("Ada",),
        ("ben",),
        ("Ada", "ben"),
    )
    ada.leave()
    assert b"Ada" not in all_bytes(cohort.inbox.folder)
    cohort.inbox.forget(cohort.store.learners()[0].id)
    assert [*cohort.inbox.folder.iterdir()] == []


def test_what_a_killed_server_was_receiving_is_cleared_away_by_the_next(cohort: Cohort, packed: Path) -> None:
    enrolled, ada = cohort.enrolled("ada")
    ada.hand_in(packed)
    names = (f".{enrolled.learner}-x1y2.part", ".tmp0a1b.part")
    for name in names:
        (cohort.inbox.folder / name).write_bytes(b"half")
    (cohort.inbox.folder / FILE).unlink()
    cohort.inbox.begin()
    assert len(kept(cohort)) == 1
    assert Senders().of(*kept(cohort)) == ("ada",), "who sent what an older server took in is written down, too"


def test_leaving_deletes_what_was_not_received_whole(cohort: Cohort) -> None:
    """The folder may be served by nobody when the instructor takes somebody off."""
    (enrolled, ada), (other, _) = cohort.enrolled("ada"), cohort.enrolled("ben")
    cohort.inbox.folder.mkdir(parents=True)
    for one in (enrolled, other):
        (cohort.inbox.folder / f".{one.learner}-x1y2.part").write_bytes(b"half")
    ada.leave()
    assert [file.name for file in kept(cohort)] == [f".{other.learner}-x1y2.part"]


@pytest.mark.slow
def test_serving_begins_with_a_clean_folder(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / ".abc-x.part").write_bytes(b"half")
    argv = [sys.executable, "-m", "kikori", "cohort", "serve", "--port", str(unused_port())]
    argv += ["--submissions", str(folder), "--database", f"sqlite:///{tmp_path}/c.sqlite"]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: not [*folder.iterdir()], 30)
        finally:
            process.kill()


def test_list_that_is_none_names_nobody(tmp_path: Path) -> None:
    for data in (b"", b"[]", b'{"a": 1}', b"\xff"):
        (tmp_path / FILE).write_bytes(data)
        assert Senders().of(tmp_path / "a") == ()
