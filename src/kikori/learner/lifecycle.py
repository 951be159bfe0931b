"""``pause``, ``resume``, ``apply`` and ``stop``."""

from __future__ import annotations

from kikori.errors import KikoriError
from kikori.learner.session import Session, boot
from kikori.learner.status import next_command
from kikori.learner.trail import keep_live, noted
from kikori.model import Attempt, Stage
from kikori.model.record import Record
from kikori.runtime import Service, swarm


class Moved(Record):
    """An attempt whose scene was stopped, started or rebuilt."""

    lab: str
    services: tuple[Service, ...]
    next: str


class Stopped(Record):
    """An attempt that has ended; nothing of it is left in Docker."""

    lab: str
    workspace: str
    kept_back: bool = False
    """It was mended, and never submitted: that can't be made up for."""
    swarm_kept: bool = False
    """The machine is in the labs' swarm still, for the sake of other containers."""
    next: str = "kikori list"


def pause(session: Session) -> Moved:
    """Stop the containers as they are, and the clock."""
    with session.locked() as locked:
        with session.steps.step("Stopping the services as they are"):
            locked.project.pause()
        attempt = session.store.move(locked.attempt, paused=True)
        session.store.record(attempt, "paused")
        return Moved(lab=locked.lab.id, services=locked.project.states(), next="kikori resume")


def resume(session: Session) -> Moved:
    """Start the containers as they were, after a pause or after the computer lost its power."""
    with session.locked(paused=True) as locked:
        locked.project.resume(session.steps)
        attempt = session.store.move(locked.attempt, paused=False, boot=boot())
        session.store.record(attempt, "resumed")
        return Moved(lab=locked.lab.id, services=locked.project.states(), next=next_command(attempt, locked.lab))


def apply(session: Session) -> Moved:
    """Put the workspace live: rebuild what comes from it.

    Raises:
        KikoriError: the lab has no workspace.
        WorkspaceProblem: it can't be built or started as it is.
    """
    with session.locked() as locked:
        if not locked.attempt.workspace:
            raise KikoriError(f"{locked.lab.id} has no workspace: you work inside its services.", "kikori shell")
        session.store.record(locked.attempt, "applied")
        with noted(session, locked.attempt, "kikori apply"):
            locked.project.apply(session.steps)
        keep_live(session, locked.attempt)
        return Moved(lab=locked.lab.id, services=locked.project.states(), next="kikori check")


def stop(session: Session) -> Stopped:
    """End the attempt and take away all that Docker holds of it; the record and the workspace stay."""
    with session.locked(unfinished=True, paused=True) as locked:
        attempt = session.store.move(locked.attempt, stage=Stage.STOPPING)
        locked.project.down(session.steps)
        _archive(session, attempt)
        kept_back = is_kept_back(locked.attempt)
        swarm_kept = locked.lab.stack is not None and swarm.is_ours()
        return Stopped(lab=locked.lab.id, workspace=attempt.workspace, kept_back=kept_back, swarm_kept=swarm_kept)


def is_kept_back(attempt: Attempt) -> bool:
    """Whether an attempt is mended and was never submitted."""
    return attempt.stage is Stage.MENDED and not attempt.submitted


def _archive(session: Session, attempt: Attempt) -> None:
    session.store.record(attempt, "stopped")
    session.store.move(attempt, stage=Stage.STOPPED)
