"""Which lessons were read is kept whole, privately, and for all windows at once."""

from __future__ import annotations

import json
import threading

import pytest

from kikori import paths
from kikori.attempts import reading
from kikori.errors import EnvironmentProblem

WHY, HOW = "linux/processes/why", "linux/processes/how"


def test_a_lesson_is_read_until_it_is_to_be_read_again() -> None:
    assert reading.pages_read() == {}
    reading.mark(WHY, read=True)
    reading.mark(HOW, read=True)
    assert set(reading.pages_read()) == {WHY, HOW}
    reading.mark(WHY, read=False)
    assert set(reading.pages_read()) == {HOW}
    reading.forget()
    assert reading.pages_read() == {}


def test_the_time_of_the_first_reading_stays() -> None:
    first = reading.mark(WHY, read=True)[WHY]
    assert reading.mark(WHY, read=True)[WHY] == first


def test_two_windows_lose_nothing_of_each_other() -> None:
    names = [f"linux/processes/page-{number}" for number in range(24)]
    threads = [threading.Thread(target=reading.mark, args=(name,), kwargs={"read": True}) for name in names]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert set(reading.pages_read()) == set(names)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"pages": {"a": "b"}}', '{"pages": {}, "more": 1}', '{"pages": ' + "[" * 50_000, "\ud800"]
)
def test_a_damaged_file_is_set_aside_and_told(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    reading.mark(WHY, read=True)
    reading.file().write_bytes(text.encode("utf-8", "surrogatepass"))
    assert reading.pages_read() == {}
    assert "was damaged" in capsys.readouterr().err
    assert (paths.state() / "reading.damaged.json").is_file()
    reading.mark(WHY, read=True)
    assert set(reading.pages_read()) == {WHY}


def test_nobody_else_reads_it() -> None:
    reading.mark(WHY, read=True)
    assert json.loads(reading.file().read_text(encoding="utf-8"))["format"] == 1
    assert not [one for one in paths.state().iterdir() if one.stat().st_mode & 0o077]


def test_a_disk_that_takes_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null/no")
    with pytest.raises(EnvironmentProblem, match=r"can't be written"):
        reading.mark(WHY, read=True)
