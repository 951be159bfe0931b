"""``start``, ``pause``, ``resume``, ``apply`` and ``stop``, and the workspace that an attempt has."""

from __future__ import annotations

import secrets
import shutil
import time
from pathlib import Path

from kikori import host, paths, settings
from kikori.attempts.enrolment import SEEDS, enrolment, is_practice, seed_of
from kikori.engine import Service
from kikori.engine.changes import workspace_history
from kikori.engine.swarm import membership
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.grading.grader_packages import ensure_grader_packages
from kikori.learner.session import Session, boot
from kikori.learner.status import next_command
from kikori.learner.trail import keep_live, keep_workspace, noted
from kikori.model import Attempt, Lab, Stage
from kikori.model.record import Record


class Started(Record):
    """A scene that is up."""

    attempt: str
    lab: str
    title: str
    services: tuple[Service, ...]
    workspace: str
    task: str
    next: str
    practice: bool = False
    """Whether a cohort was joined, and the attempt will not count there."""


def start(session: Session, name: str, seed: int | None = None) -> Started:
    """Bring up the healthy scene of a lab, or go on with a start that was cut short.

    Raises:
        KikoriError: no such lab, or an attempt at it is running.
        EnvironmentProblem: Docker, a port, the disk or the network stood in the way.
    """
    lab = session.catalog.lab(name)
    ensure_grader_packages(lab.graders)  # while there is a network
    host.ready()
    with session.store.hold(lab.id):
        attempt = _unfinished(session, lab) or _new(session, lab, seed)
        attempt = session.store.move(attempt, workspace=prepare(lab, attempt), boot=boot())
        project = session.project(attempt, lab)
        project.up(session.steps)
        attempt = session.store.move(attempt, stage=Stage.HEALTHY)
        keep_workspace(session, attempt)
        session.store.record(attempt, "started", seed=attempt.seed)
        return Started(
            attempt=attempt.id,
            lab=lab.id,
            title=lab.about.title.lang(session.lang),
            services=project.states(),
            workspace=attempt.workspace,
            task=lab.page("task", session.lang).read_text(encoding="utf-8"),
            next=lab.first_look,
            practice=is_practice(attempt),
        )


def _unfinished(session: Session, lab: Lab) -> Attempt | None:
    running = [attempt for attempt in session.store.running() if attempt.lab == lab.id]
    for attempt in running:
        if attempt.stage is Stage.STOPPING:
            raise KikoriError(f"A stop of {lab.id} was cut short.", f"kikori stop --lab {lab.id}")
        if attempt.stage is not Stage.STARTING:
            raise KikoriError(
                f"You have an attempt at {lab.id} already, and one at a time is enough.",
                "kikori status; kikori stop ends it",
            )
    return running[0] if running else None


def _new(session: Session, lab: Lab, seed: int | None) -> Attempt:
    member = enrolment()
    learner, cohort, number = settings.learner(), "", 0
    if member and member.key:
        learner = member.name  # the cohort knows no other
        if seed is None:
            cohort, number = member.cohort, session.store.next_number(lab.id, member.cohort)
            seed = seed_of(member.key, lab.id, number)
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    return session.store.save(
        Attempt(
            id=session.store.new_id(lab.id),
            lab=lab.id,
            learner=learner,
            seed=seed,
            params=lab.params_of(learner, seed),
            stage=Stage.STARTING,
            cohort=cohort,
            number=number,
        )
    )


def prepare(lab: Lab, attempt: Attempt) -> str:
    """Make the attempt's workspace unless it is there; gives its path, empty where the lab has none.

    Raises:
        EnvironmentProblem: the folder can't be written.
    """
    if lab.workspace is None:
        return ""
    if attempt.workspace and Path(attempt.workspace).is_dir():
        return attempt.workspace
    return renew(lab)


def renew(lab: Lab) -> str:
    """Make a fresh workspace; one that is there is moved aside, since it is the learner's work.

    Raises:
        EnvironmentProblem: the folder can't be written.
    """
    if lab.workspace is None:
        return ""
    target = paths.workspaces() / lab.id
    fresh = target.with_name(f".{lab.id}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(lab.workspace, fresh)
        workspace_history.begin(lab, fresh)
        if target.exists():
            target.rename(_aside(target))
        fresh.rename(target)
    except OSError as problem:
        raise EnvironmentProblem(f"{target}: can't be written: {problem.strerror}", "df -h ~") from None
    return str(target)


def _aside(target: Path) -> Path:
    stem = f"{target.name}.{time.strftime('%Y%m%d-%H%M%S')}"
    names = [stem, *(f"{stem}.{number}" for number in range(1, 100))]
    return next(path for path in map(target.with_name, names) if not path.exists())


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
    """It was fixed, and never submitted: that can't be made up for."""
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
        kept_back = is_kept_back(locked.attempt, locked.lab)
        swarm_kept = locked.lab.stack is not None and membership.is_ours()
        return Stopped(lab=locked.lab.id, workspace=attempt.workspace, kept_back=kept_back, swarm_kept=swarm_kept)


def is_kept_back(attempt: Attempt, lab: Lab) -> bool:
    """Whether an attempt is fixed and was never submitted, though it could have been."""
    fault = lab.faults.get(attempt.fault or "")
    return attempt.stage is Stage.FIXED and not attempt.submitted and not (fault and fault.from_setter)


def _archive(session: Session, attempt: Attempt) -> None:
    session.store.record(attempt, "stopped")
    session.store.move(attempt, stage=Stage.STOPPED)
