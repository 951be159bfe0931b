"""One submission judged: read as hostile input, replayed in a fresh lab, graded there."""

from __future__ import annotations

import time
from pathlib import Path

from msgspec.structs import replace

from kikori import explanation_rules
from kikori.attempts import since_last_break, timing
from kikori.bilingual import sentence
from kikori.content import Catalog
from kikori.engine import Steps
from kikori.errors import EnvironmentProblem, Exit, KikoriError, OurFault, WorkspaceProblem
from kikori.model import Outcome, Report
from kikori.proof_keys import engine_key
from kikori.replay.case import Case, steps_said, steps_shown
from kikori.replay.rebuild import rebuilt
from kikori.replay.resource_guard import unpacked
from kikori.replay.verdict import Judged, NotAFix, Row, Verdict
from kikori.replay.versions import Version, version_of
from kikori.submission import Submission
from kikori.visible_text import visible

LONGEST_NAME = 200
"""Letters of what a submission says of itself; a row is read by a person, and kept."""
LONGEST_REASON = 10_000
MISSING = "missing"
"""What a row says of an explanation in which nothing was written."""


def judge(file: Path, name: str, catalog: Catalog, steps: Steps) -> Judged:
    """One submission's row and evidence, whatever is in the file."""
    began = time.monotonic()
    judged = Judged(row=Row(file=name, verdict=Verdict.COULD_NOT_VERIFY, exit_code=Exit.CHECK_FAILED))
    try:
        submission = unpacked(file)
        judged = replace(judged, row=_told(judged.row, submission))
        case = Case(version_of(catalog.lab(submission.manifest.lab), submission.manifest.content), submission)
        judged = _known(judged, case)
        judged = _tried(judged, case, steps)
    except Exception as problem:  # whatever it is, the others are still reviewed
        judged = replace(judged, row=_without_verdict(judged.row, problem))
    seconds, reason = round(time.monotonic() - began, 1), visible(judged.row.reason[:LONGEST_REASON])
    return replace(judged, row=replace(judged.row, seconds=seconds, reason=reason))


def judge_of(version: Version) -> str:
    """Name what judges submissions of a lab: its content, graders included, and all of Kikori that has a say."""
    return f"{version.content} {engine_key(version.lab.graders, __name__)}"


def is_missing(explanation: str) -> bool:
    """Whether a learner wrote nothing, be the file gone, empty or left as the template has it."""
    given = explanation_rules.answers(explanation)
    written = given.values() if given else [explanation_rules.COMMENT.sub("", explanation)]
    return not any(text.strip() for text in written)


def _without_verdict(row: Row, problem: Exception) -> Row:
    """The row where no verdict came about."""
    if isinstance(problem, EnvironmentProblem | OurFault):
        return replace(row, reason=problem.message, exit_code=problem.exit_code)
    if isinstance(problem, KikoriError):
        return replace(row, reason=problem.message)
    code = Exit.ENVIRONMENT if isinstance(problem, OSError) else Exit.OUR_FAULT
    return replace(row, reason=f"Kikori could not review it: {type(problem).__name__}: {problem}", exit_code=code)


def _told(row: Row, submission: Submission) -> Row:
    """What the submission says of itself."""
    clock = timing(submission.events, until=submission.manifest.created)
    told = submission.manifest
    return replace(
        row,
        learner=told.learner[:LONGEST_NAME],
        lab=told.lab[:LONGEST_NAME],
        fault=(told.fault or "")[:LONGEST_NAME],
        attempt=told.attempt[:LONGEST_NAME],
        seed=told.seed,
        cohort=told.cohort,
        number=told.number,
        minutes=round(clock.total / 60, 1),
        hints=sum(event.event == "hint" for event in since_last_break(submission.events)),
    )


def _known(judged: Judged, case: Case) -> Judged:
    """What can be said before the replay."""
    missing = is_missing(case.submission.explanation)
    told = MISSING if missing else case.problem_of_explanation or "accepted"
    row = replace(judged.row, explanation=told, said=steps_said(case), version=case.version.commit)
    return replace(judged, row=row, judge=judge_of(case.version))


def _tried(judged: Judged, case: Case, steps: Steps) -> Judged:
    """Replayed, with the reasons in the learner's language."""
    try:
        judged = _replayed(judged, case, steps)
    except (WorkspaceProblem, NotAFix) as problem:
        reason = problem.lang(case.lang) if isinstance(problem, NotAFix) else problem.message
        judged = replace(judged, row=replace(judged.row, verdict=Verdict.NOT_VERIFIED, reason=reason))
    return replace(judged, row=_of_other_content(judged.row, case))


def _replayed(judged: Judged, case: Case, steps: Steps) -> Judged:
    """Rebuild and grade; what does not pass is graded once more, since a busy machine is nobody's fault."""
    with rebuilt(case, steps) as scene:
        report, retried = scene.grade(case.lang), False
        if not report.passed:
            again = scene.grade(case.lang)
            report, retried = (again, True) if again.passed or report.broken else (report, False)
    row = replace(judged_by(judged.row, report), retried=retried and report.passed)
    row = replace(row, steps=steps_shown(case.lab, case.fault, fixed=row.verdict is Verdict.VERIFIED))
    return replace(judged, row=row, report=report, changes=scene.changes)


def judged_by(row: Row, report: Report) -> Row:
    """The verdict of a replay's report; a grader that broke judges nobody."""
    passed = sum(check.outcome is Outcome.PASSED for check in report.checks)
    row = replace(row, passed=passed, checks=len(report.checks))
    if report.passed:
        return replace(row, verdict=Verdict.VERIFIED, exit_code=Exit.DONE)
    shown = next(check for check in report.checks if check.outcome in (Outcome.ERROR, Outcome.FAILED, Outcome.BLOCKED))
    worst = next((check for check in report.checks if check.outcome is Outcome.ERROR), shown)
    reason = f"{worst.title} {worst.reason}".strip()
    if report.broken:
        return replace(row, reason=reason, exit_code=Exit.OUR_FAULT)
    return replace(row, verdict=Verdict.NOT_VERIFIED, reason=reason)


def _of_other_content(row: Row, case: Case) -> Row:
    """A lab that has changed since must not cost a learner the verdict; that it may be invented is flagged."""
    if row.verdict is not Verdict.NOT_VERIFIED or case.is_of_this_version:
        return row
    reason = sentence("version-nowhere", case.lang, lab=case.lab.id, reason=row.reason)
    return replace(row, verdict=Verdict.COULD_NOT_VERIFY, reason=reason, nowhere=True)
