"""A class that was made up: real .kikori files of first-look, and what the replays would have said, written by hand."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from kikori.attempts.enrolment import seed_of
from kikori.errors import Exit
from kikori.model import CheckResult, Command, Event, Outcome, Report
from kikori.model.record import Record
from kikori.replay.verdict import Judged, Row, Verdict
from kikori.review.marks import Level, Mark, note
from kikori.review.store import digest_of, opened
from kikori.submission.cohort_key import cohort_of, learners_key, own_key

START = 1_700_000_000.0
ANSWER = "The users of the timetable saw a white page, and the log of the web server named the file [#1]."
CHECKS = ("test_page", "test_process", "test_restart")


class Learner(Record):
    """What one of them did, in minutes from the break."""

    name: str
    lab: str = "first-look"
    first_check: float | None = 5
    mended: float | None = 15
    handed_in: float = 30
    hints: int = 1
    failures: int = 1
    """Reports in which the first check failed."""
    answer: str = ANSWER
    verdict: Verdict = Verdict.VERIFIED
    reason: str = ""
    attempt: str = "first-look-00ab12"
    file: str = ""
    level: int | None = None
    """The instructor's, for every criterion."""
    comment: str = ""
    by_hand: str = ""
    given: bool = False
    """Whether the seed is the one that this computer's cohort gives to the first attempt."""

    @property
    def seed(self) -> dict[str, object]:
        """The seed, and what a manifest and a row say of where it comes from."""
        if not self.given:
            return {"seed": 1}
        key = own_key()
        seed = seed_of(learners_key(key, self.name), self.lab, 1)
        return {"seed": seed, "cohort": cohort_of(key), "number": 1}


def made_up(folder: Path, *class_: Learner) -> Path:
    """Write the files of a class and the book of their review; gives the folder."""
    folder.mkdir(exist_ok=True)
    with opened(folder) as store:
        for one in class_:
            file = folder / (one.file or f"{len([*folder.iterdir()])}.kikori")
            write(file, one)
            digest = digest_of(file)
            store.note(digest, judged(one, file.name))
            if one.level is not None or one.comment or one.by_hand:
                note(store, Mark(submission=digest, comment=one.comment, verdict=one.by_hand))
            for criterion in ("symptom", "evidence", "stop-gap", "mechanism") if one.level is not None else ():
                note(store, Mark(submission=digest, criterion=criterion, level=Level(one.level), comment="So it is."))
    return folder


def write(file: Path, one: Learner) -> None:
    """One submission; its services are of no interest here."""
    members = {
        "manifest.json": json.dumps(manifest(one)),
        "events.jsonl": lines(events(one)),
        "trail.jsonl": lines([command(one)]),
        "reports.jsonl": lines(reports(one)),
        "explanation.md": explained(one.answer),
        "services/web.json": '{"present": ["/a"], "gone": []}',
    }
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        archive.writestr("services/web.tar", empty_tar())


def command(one: Learner) -> Command:
    line = f"cat /home/{one.name}/notes; nginx -t"
    return Command(number=1, at=START, service="web", line=line, exit_code=0, seconds=0.1)


def empty_tar() -> bytes:
    buffer = io.BytesIO()
    tarfile.open(fileobj=buffer, mode="w").close()
    return buffer.getvalue()


def manifest(one: Learner) -> dict[str, object]:
    told = {"format": 1, "lab": one.lab, "content": "0", "learner": one.name, "fault": "half-edit"}
    return told | one.seed | {"attempt": one.attempt, "created": START + 60 * one.handed_in, "kikori": "0"}


def events(one: Learner) -> list[msgspec.Struct]:
    at = {"broke": 0.0, "checked": one.first_check, "mended": one.mended}
    found = [Event(at=START + 60 * minute, event=name) for name, minute in at.items() if minute is not None]
    return [*found, *(Event(at=START + 60 * one.handed_in, event="hint") for _ in range(one.hints))]


def reports(one: Learner) -> list[msgspec.Struct]:
    return [report(one, failed=True, at=START + 60 * number) for number in range(1, one.failures + 1)]


def report(one: Learner, *, failed: bool, at: float = START) -> Report:
    """All checks; the first of them failed, if wanted."""
    checks = [CheckResult(id=name, title=f"Check {name[5:]}.", outcome=Outcome.PASSED) for name in CHECKS]
    if failed:
        checks[0] = msgspec.structs.replace(checks[0], outcome=Outcome.FAILED, reason="saw nothing")
    return Report(lab=one.lab, at=at, checks=tuple(checks))


def explained(answer: str) -> str:
    if not answer:
        return ""
    return "".join(f"## Question <!-- {name} -->\n{answer}\n" for name in ("seen", "evidence", "why", "next-time"))


def judged(one: Learner, file: str) -> Judged:
    """What a replay would have said."""
    row = Row(
        file=file,
        verdict=one.verdict,
        reason=one.reason,
        learner=one.name,
        lab=one.lab,
        attempt=one.attempt,
        steps=("detect", "mitigate") if one.verdict is Verdict.VERIFIED else (),
        said=("detect", "locate") if one.verdict is Verdict.VERIFIED else ("detect",),
        exit_code=Exit.DONE,
        **one.seed,  # type: ignore[arg-type]
    )
    if one.verdict is Verdict.COULD_NOT_VERIFY:
        return Judged(row=row)
    return Judged(row=row, report=report(one, failed=one.verdict is not Verdict.VERIFIED))


def lines(records: Sequence[msgspec.Struct]) -> str:
    return "\n".join(msgspec.json.encode(record).decode() for record in records)
