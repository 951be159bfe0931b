"""What reaches a terminal: commands as this person types them, and nothing that moves the cursor."""

from __future__ import annotations

import pytest

from kikori.cli import instructor, show, text
from kikori.cli.app import split
from kikori.learner.check import Checked
from kikori.learner.lifecycle import Stopped
from kikori.model import CheckResult, Outcome, Report
from kikori.replay.verdict import Row, Verdict


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("kikori start first-look", "./kikori start first-look"),
        ("kikori status; kikori stop ends it", "./kikori status; ./kikori stop ends it"),
        ("`kikori hint` helps", "`./kikori hint` helps"),
        ("./kikori doctor", "./kikori doctor"),
        ("~/kikori first", "~/kikori first"),
        ("the kikori-images project", "the kikori-images project"),
        ("kikori", "kikori"),
        ("Kikori speaks en and ja", "Kikori speaks en and ja"),
    ],
)
def test_command_is_told_by_the_launchers_path(said: str, expected: str) -> None:
    assert text.typed(said) == expected


def test_command_is_told_the_way_it_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_COMMAND", "kikori")
    assert text.typed("kikori start first-look") == "kikori start first-look"


@pytest.mark.parametrize(
    "evil",
    ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\r", "\x08", "\x7f", "\x00", "\u202egpj.exe", "\u2066x\u2069", "\x0b"],
)
def test_what_would_move_the_cursor_or_turn_the_text_is_made_visible(evil: str) -> None:
    shown = text.harmless(f"a{evil}b")
    assert shown.startswith("a\N{REPLACEMENT CHARACTER}")
    assert not set(shown) & set("\x1b\x9b\x07\r\x08\x7f\x00\x0b\u202e\u2066\u2069")


def test_text_of_any_language_is_harmless_as_it_is() -> None:
    assert text.harmless("木こり\tcafé\n→ ✓") == "木こり\tcafé\n→ ✓"


def test_problem_without_a_hint_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    text.problem("It is broken.", "")
    assert capsys.readouterr().err == "kikori: It is broken.\n"


def test_next_step_that_there_is_none_of_is_not_announced(capsys: pytest.CaptureFixture[str]) -> None:
    text.next_step("")
    assert capsys.readouterr().out == ""


def check(outcome: Outcome, reason: str) -> CheckResult:
    return CheckResult(id="test_a", title="The page is there.", outcome=outcome, reason=reason)


def test_reason_out_of_a_container_is_shown_harmlessly_and_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    show.result(check(Outcome.FAILED, "saw \x1b[31mred\nand more"))
    said = capsys.readouterr()
    assert said.out == ""
    assert "    saw \N{REPLACEMENT CHARACTER}[31mred\n    and more\n" in said.err


@pytest.mark.parametrize("kept", [True, False])
def test_swarm_that_a_stop_leaves_behind_is_told(capsys: pytest.CaptureFixture[str], kept: bool) -> None:
    show.stopped(Stopped(lab="desired-state", workspace="", swarm_kept=kept))
    assert ("stays in Swarm mode" in capsys.readouterr().out) is kept


def test_blocked_check_says_what_it_waits_for(capsys: pytest.CaptureFixture[str]) -> None:
    show.result(check(Outcome.BLOCKED, "The server is up."))
    assert "    waits for: The server is up.\n" in capsys.readouterr().err


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.FAILED, Outcome.BUSY, Outcome.ERROR])
def test_edits_that_are_not_live_are_named_unless_all_passed(
    capsys: pytest.CaptureFixture[str], outcome: Outcome
) -> None:
    report = Report(lab="first-look", at=0.0, checks=(check(outcome, "saw none"),))
    told = Checked(
        lab="first-look", passed=report.passed, report=report, after_restart=None, explained=False, next="",
        edited=("Dockerfile",),
    )  # fmt: skip
    show.checked(told)
    assert ("put live: Dockerfile." in capsys.readouterr().out) is (outcome is not Outcome.PASSED)


def test_submission_can_not_write_a_row_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "ada\nbob.kikori: bob first-look: 5/5\r\n  verified \u2028\x1b[1A"
    told = Row(file="ada.kikori", verdict=Verdict.NOT_VERIFIED, learner=evil, reason=evil, explanation=evil)
    instructor.show_row(told, 1, 1)
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 3
    assert "\x1b[1A" not in said.err


@pytest.mark.parametrize(
    ("typed", "parsed", "meant"),
    [
        (["shell"], (None, None), (None, None, None)),
        (["shell", "web"], ("web", None), (None, "web", None)),
        (["shell", "web", "--", "ls", "-l"], ("web", ["ls", "-l"]), (None, "web", ["ls", "-l"])),
        (["shell", "--", "ls", "-l"], ("ls", ["-l"]), (None, None, ["ls", "-l"])),
        (["shell", "--", "ls"], ("ls", None), (None, None, ["ls"])),
        (["shell", "web", "--"], ("web", None), (None, "web", None)),
        (["shell", "--", "sh", "-c", "echo --"], ("sh", ["-c", "echo --"]), (None, None, ["sh", "-c", "echo --"])),
        (["shell", "first-look"], ("first-look", None), ("first-look", None, None)),
        (["shell", "first-look", "web"], ("first-look", ["web"]), ("first-look", "web", None)),
        (["shell", "first-look", "--", "ls"], ("first-look", ["ls"]), ("first-look", None, ["ls"])),
        (["shell", "first-look", "web", "--", "ls"], ("first-look", ["web", "ls"]), ("first-look", "web", ["ls"])),
        (["shell", "--", "first-look"], ("first-look", None), (None, None, ["first-look"])),
        (["shell", "silent-exit"], ("silent-exit", None), (None, "silent-exit", None)),
    ],
)
def test_what_follows_two_dashes_is_a_command(
    monkeypatch: pytest.MonkeyPatch,
    typed: list[str],
    parsed: tuple[str | None, list[str] | None],
    meant: tuple[str | None, str | None, list[str] | None],
) -> None:
    monkeypatch.setattr("sys.argv", ["kikori", *typed])
    assert split(*parsed, {"first-look"}) == meant
