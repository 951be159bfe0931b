"""All submissions of a folder, one after the other; none stops the others."""

from __future__ import annotations

import csv
import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from kikori import explanation, machine
from kikori.catalog import Catalog
from kikori.errors import EnvironmentProblem, Exit, KikoriError, OurFault, WorkspaceProblem
from kikori.model import Lab, Outcome, Report
from kikori.model.record import Record
from kikori.progress import timing
from kikori.progress.files import write_whole
from kikori.review.credit import steps_taken
from kikori.review.replay import replay, sweep_dead
from kikori.review.verdict import Row, Verdict
from kikori.runtime import Steps
from kikori.submission import SUFFIX, Submission, unpack
from kikori.submission.format import content_of

Done = Callable[[Row], None]


class Reviewed(Record):
    """A review of a folder, and where it was written."""

    rows: tuple[Row, ...]
    json_file: str
    csv_file: str

    @property
    def exit_code(self) -> Exit:
        """0 all verified, 1 one was not, 3 or 4 where the machine or a grader stood in the way."""
        return max(row.exit_code for row in self.rows)


def review(folder: Path, catalog: Catalog, steps: Steps, done: Done = lambda row: None) -> Reviewed:
    """Replay and grade every submission of a folder; ``done`` hears of each as it is judged.

    Writes ``review.json`` and ``review.csv`` beside them.

    Raises:
        KikoriError: there is no such folder, or no submission in it.
        EnvironmentProblem: Docker could not be made ready.
    """
    files = sorted(folder.rglob(f"*{SUFFIX}")) if folder.is_dir() else []
    if not files:
        raise KikoriError(f"{folder}: no {SUFFIX} file there.", "kikori review FOLDER")
    machine.ready()
    sweep_dead()
    rows = []
    for file in files:
        rows.append(judge(file, shown(file.relative_to(folder)), catalog, steps))
        done(rows[-1])
    return _written(folder, tuple(rows))


def shown(path: Path) -> str:
    """A path as text that can be written down, though its bytes need not be UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def judge(file: Path, name: str, catalog: Catalog, steps: Steps) -> Row:
    """One submission's row, whatever is in the file."""
    began = time.monotonic()
    row = Row(file=name, verdict=Verdict.COULD_NOT_VERIFY, exit_code=Exit.CHECK_FAILED)
    try:
        submission = unpack(file)
        row = _told(row, submission)
        lab = catalog.lab(submission.manifest.lab)
        row = _explained(row, lab, submission)
        row = msgspec.structs.replace(row, steps=steps_taken(lab, submission, mended=False))
        row = _judged(row, replay(lab, submission, steps))
        row = msgspec.structs.replace(row, steps=steps_taken(lab, submission, mended=row.verdict is Verdict.VERIFIED))
        row = _of_other_content(row, lab, submission)
    except WorkspaceProblem as problem:
        row = msgspec.structs.replace(row, verdict=Verdict.NOT_VERIFIED, reason=problem.message)
    except (EnvironmentProblem, OurFault) as problem:
        row = msgspec.structs.replace(row, reason=problem.message, exit_code=problem.exit_code)
    except KikoriError as problem:
        row = msgspec.structs.replace(row, reason=problem.message)
    except Exception as problem:  # whatever it is, the others are still reviewed
        code = Exit.ENVIRONMENT if isinstance(problem, OSError) else Exit.OUR_FAULT
        reason = f"Kikori could not review it: {type(problem).__name__}: {problem}"
        row = msgspec.structs.replace(row, reason=reason, exit_code=code)
    return msgspec.structs.replace(row, seconds=round(time.monotonic() - began, 1))


def _told(row: Row, submission: Submission) -> Row:
    """What the submission says of itself."""
    clock = timing(submission.events, until=submission.manifest.created)
    return msgspec.structs.replace(
        row,
        learner=submission.manifest.learner,
        lab=submission.manifest.lab,
        fault=submission.manifest.fault or "",
        minutes=round(clock.total / 60, 1),
        hints=sum(event.event == "hint" for event in submission.events),
    )


def _explained(row: Row, lab: Lab, submission: Submission) -> Row:
    found = explanation.problems(submission.explanation, lab, submission.trail)
    told = f"{found[0].prompt}: {found[0].reason}" if found else "accepted"
    return msgspec.structs.replace(row, explanation=told)


def _judged(row: Row, report: Report) -> Row:
    """The verdict of a replay's report; a grader that broke judges nobody."""
    passed = sum(check.outcome is Outcome.PASSED for check in report.checks)
    row = msgspec.structs.replace(row, passed=passed, checks=len(report.checks))
    if report.passed:
        return msgspec.structs.replace(row, verdict=Verdict.VERIFIED, exit_code=Exit.DONE)
    shown = next(check for check in report.checks if check.outcome in (Outcome.ERROR, Outcome.FAILED, Outcome.BLOCKED))
    worst = next((check for check in report.checks if check.outcome is Outcome.ERROR), shown)
    reason = f"{worst.title} {worst.reason}".strip()
    if report.broken:
        return msgspec.structs.replace(row, reason=reason, exit_code=Exit.OUR_FAULT)
    return msgspec.structs.replace(row, verdict=Verdict.NOT_VERIFIED, reason=reason)


def _of_other_content(row: Row, lab: Lab, submission: Submission) -> Row:
    """A lab that has changed since must not cost a learner the verdict."""
    if row.verdict is not Verdict.NOT_VERIFIED or submission.manifest.content == content_of(lab):
        return row
    reason = f"made with another version of {lab.id} than this one; in this one: {row.reason}"
    return msgspec.structs.replace(row, verdict=Verdict.COULD_NOT_VERIFY, reason=reason)


def _written(folder: Path, rows: tuple[Row, ...]) -> Reviewed:
    json_file, csv_file = folder / "review.json", folder / "review.csv"
    try:
        write_whole(json_file, msgspec.json.format(msgspec.json.encode(rows), indent=1))
        write_whole(csv_file, csv_of(rows).encode("utf-8-sig"))
    except OSError as problem:
        raise EnvironmentProblem(f"{folder}: can't be written: {problem.strerror}", "kikori review --json") from None
    return Reviewed(rows=rows, json_file=str(json_file), csv_file=str(csv_file))


def csv_of(rows: tuple[Row, ...]) -> str:
    """The rows for a spreadsheet; what a spreadsheet would take for a formula is quoted."""
    with io.StringIO(newline="") as file:
        writer = csv.DictWriter(file, Row.__struct_fields__)
        writer.writeheader()
        for row in rows:
            writer.writerow({name: _cell(value) for name, value in msgspec.structs.asdict(row).items()})
        return file.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
