"""A power cut, a full disk and a torn line lose nothing that was there before."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kikori.attempts.atomic_files import append_line, read_lines, write_whole
from kikori.model import Event


def event(name: str) -> Event:
    return Event(at=1.0, event=name)


def names(log: Path) -> list[str]:
    return [found.event for found in read_lines(log, Event)]


def test_file_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "file", b"new")
    assert (tmp_path / "a" / "b" / "file").read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_old_file_stays_whole_and_alone_when_a_write_fails_in_the_midst(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write_whole(tmp_path / "file", b"old")
    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "file", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


def test_interruption_in_the_midst_leaves_no_half_file_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "file", b"new")
    assert list(tmp_path.iterdir()) == []


def test_log_keeps_its_records_in_order(tmp_path: Path) -> None:
    for name in ("started", "broke", "checked"):
        append_line(tmp_path / "log", event(name))
    assert names(tmp_path / "log") == ["started", "broke", "checked"]


def test_torn_last_line_costs_itself_alone(tmp_path: Path) -> None:
    append_line(tmp_path / "log", event("started"))
    whole = (tmp_path / "log").read_bytes()
    (tmp_path / "log").write_bytes(whole + whole[: len(whole) // 2])
    append_line(tmp_path / "log", event("checked"))
    assert names(tmp_path / "log") == ["started", "checked"]


def test_last_line_that_lacks_only_its_end_still_counts(tmp_path: Path) -> None:
    append_line(tmp_path / "log", event("started"))
    (tmp_path / "log").write_bytes((tmp_path / "log").read_bytes().rstrip(b"\n"))
    append_line(tmp_path / "log", event("checked"))
    assert names(tmp_path / "log") == ["started", "checked"]


@pytest.mark.parametrize("damage", [b"\0" * 40, b"\xff\xfe{}", b'{"at":1}', b'{"at":1,"event":"x","more":1}'])
def test_damaged_line_in_the_midst_is_passed_over(tmp_path: Path, damage: bytes) -> None:
    append_line(tmp_path / "log", event("started"))
    with (tmp_path / "log").open("ab") as file:
        file.write(damage + b"\n")
    append_line(tmp_path / "log", event("checked"))
    assert names(tmp_path / "log") == ["started", "checked"]


def test_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_lines(tmp_path / "log", Event) == []
