"""``break --from`` and ``fault open``: a setter's fault put in, and its solution opened after the explanation."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec.structs import replace

from kikori.attempts.atomic_files import write_whole
from kikori.bilingual import sentence
from kikori.content.labs import with_setters_fault
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.fault_file import SUFFIX, FaultFile, opened_with, read_for
from kikori.fault_file.folder import write_about, write_folder, write_solution
from kikori.fault_file.unpack import judge_solution
from kikori.grading import grade
from kikori.grading.run import why_not_shown
from kikori.learner import debrief
from kikori.learner.fault import Broken, made_healthy, put
from kikori.learner.session import LockedAttempt, Session
from kikori.learner.status import Page, next_command
from kikori.model import Attempt, Stage
from kikori.premortem.bounds import bounded
from kikori.premortem.guesses import judged
from kikori.premortem.kept import solvers_file
from kikori.premortem.proof import TRIES
from kikori.visible_text import visible


def put_from_file(session: Session, file: Path, *, blind: bool = False) -> Broken:
    """Put the fault of a setter's file in, and see that it shows here and that guards hold.

    Raises:
        KikoriError: the file is none, was made for another lab or version, or its fault does not show here.
        EnvironmentProblem: Docker stood in the way.
    """
    found, lab = read_for(file, session.catalog)
    if session.named not in (None, lab.id):
        raise KikoriError(f"{file.name}: it was made for {lab.id}, not for {session.named}.", f"kikori start {lab.id}")
    session.named = lab.id
    with session.locked(unfinished=True) as locked:
        folder = session.setters_fault(locked.attempt, found.manifest.fault)
        write_folder(found, lab, folder)
        write_about(folder)
        write_whole(folder.with_suffix(SUFFIX), file.read_bytes())
        broken = _put(session, locked, folder, file)
    return replace(broken, symptom=visible(found.manifest.symptom))


def _put(session: Session, locked: LockedAttempt, folder: Path, file: Path) -> Broken:
    """Put it in; where that can't be done, or it does not show, give the healthy scene back."""
    if locked.attempt.stage is not Stage.HEALTHY:
        locked = made_healthy(session, locked)
    lab = with_setters_fault(locked.lab, folder)
    locked = LockedAttempt(attempt=locked.attempt, lab=lab, project=session.project(locked.attempt, lab))
    try:
        with bounded(locked.attempt.project), session.steps.step("Putting the setter's fault in, and looking at it"):
            return put(session, locked, lab.faults[folder.name], shown=partial(_refuse_hidden, session))
    except EnvironmentProblem:
        raise
    except KikoriError as problem:
        made_healthy(session, locked)
        told = f"{file.name}: its fault is not put in, and the scene is healthy again: {problem.message}"
        raise KikoriError(told, "tell its setter") from None


def _refuse_hidden(session: Session, locked: LockedAttempt) -> None:
    attempt, why = session.store.folder(locked.attempt.id) / "attempt.json", ""
    for _ in range(TRIES):
        why = why_not_shown(grade(locked.lab, attempt, lang=session.lang))
        if not why:
            return
    raise KikoriError(f"on this computer it does not show as it should: {why}")


def open_solution(session: Session, word: str, *, give_up: bool = False) -> Page:
    """Open the solution of the setter's fault that is in, once the explanation is accepted.

    Raises:
        KikoriError: no such fault is in, it is too early, or the word is another one.
    """
    attempt = session.attempt()
    found, lab = solvers_file(session, attempt), session.lab(attempt)
    debrief.refuse_early(session, attempt, "kikori fault open", next_command(attempt, lab), give_up=give_up)
    solution = opened_with(word, found.sealed, found.bound)
    judge_solution(solution, session.catalog.lab(attempt.lab))
    folder = session.setters_fault(attempt)
    write_about(folder, solution)
    write_solution(folder, found, solution)
    debrief.note_told(session, attempt, give_up=give_up)
    page = debrief.debrief_of(session, attempt, session.lab(attempt))
    page += _guesses(session, attempt, found)
    return Page(lab=lab.id, markdown=page, next="kikori fault guess --came-true 1,2")


def _guesses(session: Session, attempt: Attempt, found: FaultFile) -> str:
    """List the pair's guesses; which came true, once somebody has said so."""
    if not found.manifest.guesses:
        return ""
    true, title = judged(session, attempt) or (), sentence("guesses-title", session.lang)
    rows = [
        f"{number}. {visible(one.what)} → {visible(one.shows)}{' ✓' if number in true else ''}"
        for number, one in enumerate(found.manifest.guesses, 1)
    ]
    return "\n".join(["", f"## {title}", "", *rows, ""])
