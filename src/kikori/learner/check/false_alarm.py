"""False alarms: rounds in which nothing is broken, and what works is to be left as it is."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from kikori.bilingual import sentence
from kikori.errors import KikoriError
from kikori.learner.session import LockedAttempt, Session
from kikori.learner.trail import edited_since_break
from kikori.model import CheckResult, Outcome, Report, Stage
from kikori.model.lab import LEFT_AS_IT_IS, NOTHING

NAMED = 3
"""Files that a reason names."""


def refuse_guess(session: Session, locked: LockedAttempt) -> None:
    """Refuse a check that would only tell whether something is broken at all.

    Where the fault was drawn from all of a lab with false alarms, the learner first changes something, or says what it
    is: so it is for each fault, or the refusal would tell.

    Raises:
        KikoriError: neither was done.
    """
    attempt = locked.attempt
    perhaps = attempt.drawn and any(fault.about.alarm for fault in locked.lab.faults.values())
    if attempt.stage is not Stage.BROKEN or not perhaps or attempt.component:
        return
    if not edited_since_break(session, attempt):
        raise KikoriError(sentence("check-waits", session.lang), "kikori diagnose")


def judged(
    session: Session, locked: LockedAttempt, report: Report, found: Callable[[CheckResult], None] | None
) -> Report:
    """Add to the report of a false alarm whether the workspace was left as it was, and the diagnosis says so."""
    fault = locked.lab.faults.get(locked.attempt.fault or "")
    if fault is None or not fault.about.alarm or not report.passed:
        return report
    result = _result(session, locked)
    if found:
        found(result)
    return replace(report, checks=(*report.checks, result))


def _result(session: Session, locked: LockedAttempt) -> CheckResult:
    edited, said = edited_since_break(session, locked.attempt), locked.attempt.component
    reason = ""
    if edited:
        reason = sentence("alarm-changed", session.lang, files=", ".join(edited[:NAMED]))
    elif not said:
        reason = sentence("alarm-unsaid", session.lang)
    elif said != NOTHING:
        reason = sentence("alarm-said", session.lang, said=said)
    outcome = Outcome.FAILED if reason else Outcome.PASSED
    return CheckResult(id=LEFT_AS_IT_IS, title=sentence("alarm-title", session.lang), outcome=outcome, reason=reason)
