"""What a page may ask for: the same functions as the commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kikori import explanation, paths
from kikori.errors import KikoriError
from kikori.live.jobs import Job
from kikori.loop import benching, breaking, checking, diagnosing, explaining, pausing, start, status, submitting
from kikori.loop.desk import Desk
from kikori.model import Stage
from kikori.model.record import Record
from kikori.progress.files import write_whole


class Asked(Record):
    """What a page sends along."""

    answers: dict[str, str] = {}
    component: str = ""
    cause: str = ""


Action = Callable[[Desk, Job, Asked], object]


def _submit(desk: Desk, job: Job, asked: Asked) -> object:
    folder = paths.workspaces() / "submissions"
    folder.mkdir(parents=True, exist_ok=True)
    return submitting.submit(desk, str(folder))


def _explain(desk: Desk, job: Job, asked: Asked) -> object:
    return explaining.explain(desk, str(write_draft(desk, asked)))


def write_draft(desk: Desk, asked: Asked) -> Path:
    """Keep what is written so far, as a file that ``kikori explain`` opens; gives its path.

    Raises:
        KikoriError: no attempt is running, or it is longer than an explanation may be.
    """
    attempt = desk.attempt()
    lab = desk.lab(attempt)
    said = explanation.Diagnosis(component=asked.component, cause=asked.cause)
    text = explanation.filled(lab, desk.lang, asked.answers, said)
    if len(text.encode()) > explanation.LONGEST:
        raise KikoriError(f"longer than {explanation.LONGEST // 1024} KiB", "kikori explain")
    file = desk.store.folder(attempt.id) / "explanation.md"
    write_whole(file, text.encode())
    return file


ACTIONS: dict[str, Action] = {
    "start": lambda desk, job, asked: start.start(desk, job.lab),
    "break": lambda desk, job, asked: breaking.put_fault(desk),
    "apply": lambda desk, job, asked: pausing.apply(desk),
    "bench": lambda desk, job, asked: benching.bench(desk, watch=job.felt),
    "quick": lambda desk, job, asked: benching.bench(desk, quick=True, watch=job.felt),
    "check": lambda desk, job, asked: checking.check(desk, found=job.found),
    "hint": lambda desk, job, asked: status.hint(desk),
    "diagnose": lambda desk, job, asked: diagnosing.diagnose(desk, asked.component, asked.cause),
    "explain": _explain,
    "reset": lambda desk, job, asked: breaking.reset(desk),
    "pause": lambda desk, job, asked: pausing.pause(desk),
    "resume": lambda desk, job, asked: pausing.resume(desk),
    "submit": _submit,
    "stop": lambda desk, job, asked: pausing.stop(desk),
}


def may_debrief(desk: Desk) -> bool:
    """Whether the debrief is earned."""
    return desk.attempt().stage is Stage.MENDED
