"""What a report says of all its checks together."""

from __future__ import annotations

import pytest

from kikori.model import CheckResult, Outcome, Report


def report(*outcomes: Outcome) -> Report:
    checks = tuple(CheckResult(id=f"test_{n}", title="", outcome=outcome) for n, outcome in enumerate(outcomes))
    return Report(lab="first-look", at=0.0, checks=checks)


@pytest.mark.parametrize(
    ("outcomes", "passed", "broken"),
    [
        ([Outcome.PASSED, Outcome.PASSED], True, False),
        ([Outcome.PASSED, Outcome.FAILED], False, False),
        ([Outcome.PASSED, Outcome.BLOCKED], False, False),
        ([Outcome.PASSED, Outcome.ERROR], False, True),
        ([], False, False),
    ],
)
def test_report_is_passed_only_by_all_and_broken_by_any(outcomes: list[Outcome], passed: bool, broken: bool) -> None:
    assert (report(*outcomes).passed, report(*outcomes).broken) == (passed, broken)


def test_result_is_found_by_its_id() -> None:
    found = report(Outcome.PASSED, Outcome.FAILED).of("test_1")
    assert found is not None
    assert found.outcome is Outcome.FAILED


def test_unknown_id_has_no_result() -> None:
    assert report(Outcome.PASSED).of("test_9") is None
