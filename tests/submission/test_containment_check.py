"""``kikori doctor`` tries hostile archives; it would tell if one of them came through."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from kikori.errors import Exit
from kikori.learner import doctor
from kikori.submission import containment_check
from kikori.submission.tar_reader import Member


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_hostile_archives_are_refused_here_and_nothing_is_left(temporary: Path) -> None:
    fact = containment_check.unpacking()
    assert (fact.name, fact.ok, fact.seen, fact.hint) == ("unpacking", True, "7 hostile archives refused", "")
    assert not list(temporary.iterdir())


def test_writer_that_trusts_names_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all names were judged well: here it is the descriptors that hold."""
    monkeypatch.setattr(containment_check, "write_workspace", lambda data, folder: None)
    fact = containment_check.unpacking()
    assert not fact.ok
    assert fact.seen.startswith("written outside, or not refused: a chain of links (CVE-2025-4517), ")
    assert fact.hint.startswith("review no submissions")


def test_writer_that_follows_links_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``tarfile`` does without a filter; what its filters stop depends on Python's patch level."""

    def write(members: list[Member], folder: Path) -> None:
        folder.mkdir(parents=True)
        for member in members:
            target = folder / member.path
            if member.link:
                target.symlink_to(member.link)
            elif member.kind == tarfile.REGTYPE:
                target.write_bytes(member.data)

    monkeypatch.setattr(containment_check, "write_members", write)
    fact = containment_check.unpacking()
    assert not fact.ok
    assert "a file below a link" in fact.seen
    assert "a path that climbs" in fact.seen


def test_chain_is_what_tarfile_takes_for_harmless_where_it_is_open(tmp_path: Path) -> None:
    """Else doctor would try nothing; Python 3.11.13, 3.12.11 and 3.13.4 are the first that are not open."""
    data = containment_check._tar(containment_check._archives()["a chain of links (CVE-2025-4517)"])
    (tmp_path / containment_check.OUTSIDE).mkdir()
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(tmp_path / "in" / "python", filter="data")
    except tarfile.FilterError:
        assert not list((tmp_path / containment_check.OUTSIDE).iterdir())
    else:
        assert [path.name for path in (tmp_path / containment_check.OUTSIDE).iterdir()] == [containment_check.WRITTEN]


def test_temporary_folder_that_is_full_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere/at/all")
    fact = containment_check.unpacking()
    assert (fact.ok, fact.hint[:5]) == (False, "df -h")
    assert "No such file or directory" in fact.seen


def test_doctor_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "doctor", lambda: ())
    found = doctor.health()
    assert [fact.name for fact in found.facts] == ["unpacking"]
    assert found.exit_code is Exit.DONE
