"""``pause``, ``resume``, ``apply`` and ``stop``."""

from __future__ import annotations

from kikori.errors import KikoriError
from kikori.loop.desk import Desk, boot
from kikori.loop.status import next_command
from kikori.loop.trail import keep_live, noted
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


def pause(desk: Desk) -> Moved:
    """Stop the containers as they are, and the clock."""
    with desk.work() as work:
        with desk.steps.step("Stopping the services as they are"):
            work.project.pause()
        attempt = desk.store.move(work.attempt, paused=True)
        desk.store.record(attempt, "paused")
        return Moved(lab=work.lab.id, services=work.project.states(), next="kikori resume")


def resume(desk: Desk) -> Moved:
    """Start the containers as they were, after a pause or after the computer lost its power."""
    with desk.work(paused=True) as work:
        work.project.resume(desk.steps)
        attempt = desk.store.move(work.attempt, paused=False, boot=boot())
        desk.store.record(attempt, "resumed")
        return Moved(lab=work.lab.id, services=work.project.states(), next=next_command(attempt, work.lab))


def apply(desk: Desk) -> Moved:
    """Put the workspace live: rebuild what comes from it.

    Raises:
        KikoriError: the lab has no workspace.
        WorkspaceProblem: it can't be built or started as it is.
    """
    with desk.work() as work:
        if not work.attempt.workspace:
            raise KikoriError(f"{work.lab.id} has no workspace: you work inside its services.", "kikori shell")
        desk.store.record(work.attempt, "applied")
        with noted(desk, work.attempt, "kikori apply"):
            work.project.apply(desk.steps)
        keep_live(desk, work.attempt)
        return Moved(lab=work.lab.id, services=work.project.states(), next="kikori check")


def stop(desk: Desk) -> Stopped:
    """End the attempt and take away all that Docker holds of it; the record and the workspace stay."""
    with desk.work(unfinished=True, paused=True) as work:
        attempt = desk.store.move(work.attempt, stage=Stage.STOPPING)
        work.project.down(desk.steps)
        _archive(desk, attempt)
        kept_back = is_kept_back(work.attempt)
        swarm_kept = work.lab.stack is not None and swarm.is_ours()
        return Stopped(lab=work.lab.id, workspace=attempt.workspace, kept_back=kept_back, swarm_kept=swarm_kept)


def is_kept_back(attempt: Attempt) -> bool:
    """Whether an attempt is mended and was never submitted."""
    return attempt.stage is Stage.MENDED and not attempt.submitted


def _archive(desk: Desk, attempt: Attempt) -> None:
    desk.store.record(attempt, "stopped")
    desk.store.move(attempt, stage=Stage.STOPPED)
