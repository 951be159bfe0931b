"""What a page may ask for: the same functions as the commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kikori import explanation_rules, paths
from kikori.attempts.atomic_files import write_whole
from kikori.errors import KikoriError
from kikori.learner import bench, check, debrief, explain, fault, lifecycle, status, submit
from kikori.learner.session import Session
from kikori.model.record import Record
from kikori.panel.jobs import Job
from kikori.panel.state import round_of


class PanelRequest(Record):
    """What a page sends along."""

    answers: dict[str, str] = {}
    component: str = ""
    cause: str = ""
    agreed: bool = False
    """Whether the learner was told what the command takes away, and wants it all the same."""
    round: str = ""
    """The round that the page showed when this was written; empty where it does not matter."""


Action = Callable[[Session, Job, PanelRequest], object]


def _submit(session: Session, job: Job, asked: PanelRequest) -> object:
    folder = paths.workspaces() / "submissions"
    folder.mkdir(parents=True, exist_ok=True)
    return submit.submit(session, str(folder))


def _explain(session: Session, job: Job, asked: PanelRequest) -> object:
    return explain.explain(session, str(write_draft(session, asked)))


def write_draft(session: Session, asked: PanelRequest) -> Path:
    """Keep what is written so far, as a file that ``kikori explain`` opens; gives its path.

    Raises:
        KikoriError: no attempt is running, it is longer than an explanation may be, or of a round that has ended.
    """
    attempt = session.attempt()
    if asked.round and asked.round != round_of(session, attempt):
        raise KikoriError("This answer belongs to a round that has ended, so it was not kept.", "kikori rounds")
    lab = session.lab(attempt)
    said = explanation_rules.Diagnosis(component=asked.component, cause=asked.cause)
    text = explanation_rules.filled(lab, session.lang, asked.answers, said)
    if len(text.encode()) > explanation_rules.LONGEST:
        raise KikoriError(f"longer than {explanation_rules.LONGEST // 1024} KiB", "kikori explain")
    file = session.store.folder(attempt.id) / "explanation.md"
    write_whole(file, text.encode())
    return file


ASK_FIRST = {"break", "another"}
"""Commands that tell first what they would take away."""


ACTIONS: dict[str, Action] = {
    "start": lambda session, job, asked: lifecycle.start(session, job.lab),
    "break": lambda session, job, asked: fault.put_fault(session),
    "another": lambda session, job, asked: fault.put_fault(session, another=True),
    "apply": lambda session, job, asked: lifecycle.apply(session),
    "bench": lambda session, job, asked: bench.bench(session, watch=job.felt),
    "quick": lambda session, job, asked: bench.bench(session, quick=True, watch=job.felt),
    "check": lambda session, job, asked: check.check(session, found=job.found),
    "hint": lambda session, job, asked: status.hint(session),
    "give-up": lambda session, job, asked: debrief.debrief(session, give_up=True),
    "diagnose": lambda session, job, asked: explain.diagnose(session, asked.component, asked.cause),
    "explain": _explain,
    "reset": lambda session, job, asked: fault.reset(session),
    "pause": lambda session, job, asked: lifecycle.pause(session),
    "resume": lambda session, job, asked: lifecycle.resume(session),
    "submit": _submit,
    "stop": lambda session, job, asked: lifecycle.stop(session),
}
