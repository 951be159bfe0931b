"""What fails while other programs keep the computer busy is not decided; what the lab itself keeps busy is."""

from __future__ import annotations

from pathlib import Path

import pytest

from crowd import crowded
from kikori.errors import Exit
from kikori.grading import grade
from kikori.grading.host_load import Load
from kikori.learner.check import Checked
from kikori.model import CheckResult, Outcome, Report

from .conftest import Miniature

pytestmark = pytest.mark.slow

FAILS = '''
def test_bread():
    """There is bread."""
    assert 1 > 2, "expected bread, saw none"

def test_oven():
    """The oven is hot."""

@pytest.mark.needs("test_bread")
def test_slice():
    """The bread is cut."""
'''
AT_EASE = "0.10 0.10 0.10 1/600 4000\n"


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_CROWD", "3")


def outcomes(report: Report) -> dict[str, str]:
    return {check.id: check.outcome.value for check in report.checks}


@pytest.mark.parametrize(("lang", "told"), [("en", "too busy to say"), ("ja", "忙しすぎて")])
def test_what_fails_on_a_crowded_computer_is_not_decided(
    miniature: Miniature, attempt_file: Path, lang: str, told: str
) -> None:
    with crowded(), Load([]).watched() as load:
        report = grade(miniature(FAILS), attempt_file, load=load, lang=lang)  # type: ignore[arg-type]
    assert outcomes(report) == {"test_bread": "busy", "test_oven": "passed", "test_slice": "blocked"}
    first = report.checks[0].reason.splitlines()
    assert told in first[0]
    assert first[1] == "expected bread, saw none"
    assert (report.passed, report.undecided) == (False, True)


def test_what_no_load_can_change_is_decided(miniature: Miniature, attempt_file: Path) -> None:
    with crowded(), Load([]).watched() as load:
        report = grade(
            miniature(FAILS.replace("def test_bread", "@pytest.mark.static\ndef test_bread")), attempt_file, load=load
        )
    assert outcomes(report) == {"test_bread": "failed", "test_oven": "passed", "test_slice": "blocked"}
    assert report.checks[0].reason == "expected bread, saw none"


def test_on_a_computer_at_ease_it_is(
    miniature: Miniature, attempt_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else runs beside these tests."""
    (tmp_path / "loadavg").write_text(AT_EASE)
    monkeypatch.setattr("kikori.grading.host_load.LOADAVG", tmp_path / "loadavg")
    with Load([]).watched() as load:
        report = grade(miniature(FAILS), attempt_file, load=load)
    assert outcomes(report)["test_bread"] == "failed"
    assert not report.undecided


def test_nobody_else_but_a_check_looks_at_the_crowd(miniature: Miniature, attempt_file: Path) -> None:
    with crowded():
        assert outcomes(grade(miniature(FAILS), attempt_file))["test_bread"] == "failed"


def test_whoever_wants_a_verdict_all_the_same_gets_it(
    miniature: Miniature, attempt_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIKORI_CROWD", "0")
    with crowded(), Load([]).watched() as load:
        assert outcomes(grade(miniature(FAILS), attempt_file, load=load))["test_bread"] == "failed"


def test_without_such_a_kernel_it_is_never_too_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kikori.grading.host_load.LOADAVG", tmp_path / "none")
    with crowded():
        assert not Load([]).too_much("en")


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ((Outcome.BUSY, Outcome.PASSED), Exit.ENVIRONMENT),
        ((Outcome.BUSY, Outcome.BLOCKED), Exit.ENVIRONMENT),
        ((Outcome.BUSY, Outcome.FAILED), Exit.CHECK_FAILED),
        ((Outcome.BUSY, Outcome.ERROR), Exit.OUR_FAULT),
    ],
)
def test_what_was_decided_before_counts(miniature: Miniature, found: tuple[Outcome, ...], code: Exit) -> None:
    checks = tuple(CheckResult(id=f"test_{n}", title="", outcome=one) for n, one in enumerate(found))
    report = Report(lab="first-look", at=0, checks=checks)
    checked = Checked(
        lab="first-look", passed=False, report=report, after_restart=None, explained=False, next="kikori check"
    )
    assert checked.exit_code == code
