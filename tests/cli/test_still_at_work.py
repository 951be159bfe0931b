"""Whoever waits for a command hears that it goes on."""

from __future__ import annotations

import io
import time

import pytest

from kikori.cli.still_at_work import AGAIN, CLEAR, Silence
from kikori.engine import Silent

pytestmark = pytest.mark.slow

PATIENCE = 0.2


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_silence_is_told_and_then_seldom(capsys: pytest.CaptureFixture[str]) -> None:
    with Silence("still-checking", PATIENCE).watched():
        time.sleep(PATIENCE * 7)
    lines = said(capsys)
    assert 2 <= len(lines) <= 3  # after one patience, twice that, four times that
    assert all(line.startswith("kikori: still checking; the last result came ") for line in lines)


def test_what_ends_soon_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Silence("still-checking", 10).watched():
        pass
    assert said(capsys) == []


def test_what_shows_something_is_not_silent(capsys: pytest.CaptureFixture[str]) -> None:
    shown: list[int] = []
    with Silence("still-checking", PATIENCE * 5).watched() as silence:
        show = silence.after(shown.append)
        for number in range(10):
            time.sleep(PATIENCE)
            show(number)
    assert (said(capsys), len(shown)) == ([], 10)


def test_a_step_speaks_for_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with Silence("still-checking", PATIENCE).watched() as silence:
        with silence.steps(Silent()).step("Restarting every service") as tell:
            tell("web")
            time.sleep(PATIENCE * 4)
        assert said(capsys) == []
        time.sleep(PATIENCE * 2)
    assert said(capsys)


class Terminal(io.StringIO):
    """What is written at a terminal."""

    def isatty(self) -> bool:
        return True


def test_at_a_terminal_it_is_one_line_that_goes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with Silence("still-checking", PATIENCE).watched() as silence:
        show = silence.after(terminal.write)
        time.sleep(AGAIN + PATIENCE * 4)
        show("the first result")
    told, result, nothing = terminal.getvalue().partition("the first result")
    assert told.count(f"{CLEAR}kikori: still checking") >= 2
    assert "\n" not in told
    assert told.endswith(CLEAR)
    assert (result, nothing) == ("the first result", "")


def test_in_japanese(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_LANG", "ja")
    with Silence("still-breaking", PATIENCE).watched():
        time.sleep(PATIENCE * 1.7)
    assert said(capsys)[0] == "kikori: 障害を入れています。0秒たちました…"
