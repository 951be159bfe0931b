"""Judge by a report whether a fault shows: learners are to notice it, and reviewers that it was there."""

from __future__ import annotations

from kikori.model import CheckResult, Outcome, Report


def told(check: CheckResult) -> str:
    """Say what became of a check, for an author."""
    return f"{check.id} is {check.outcome}: {check.reason or check.title}"


def why_not_shown(report: Report) -> str:
    """Say why a report does not show a fault; empty where a check fails, no guard does and none errors."""
    for check in report.checks:
        if check.outcome is Outcome.ERROR:
            return f"the grader itself breaks: {told(check)}"
    for check in report.checks:
        if check.guard and check.outcome is not Outcome.PASSED:
            return f"breaks a guard: {told(check)}"
    if not any(check.outcome is Outcome.FAILED for check in report.checks):
        return "no check fails: nobody would notice this fault"
    return ""
