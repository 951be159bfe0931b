"""``start``: from a lab's name to its healthy scene."""

from __future__ import annotations

import secrets

from kikori import host, settings
from kikori.attempts.enrolment import (
    SEEDS,
    enrolment,
    is_practice,
    seed_of,
)
from kikori.errors import KikoriError
from kikori.learner import workspace
from kikori.learner.session import Session, boot
from kikori.learner.trail import keep_workspace
from kikori.model import Attempt, Lab, Stage
from kikori.model.record import Record
from kikori.runtime import Service


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
    host.ready()
    with session.store.hold(lab.id):
        attempt = _unfinished(session, lab) or _new(session, lab, seed)
        attempt = session.store.move(attempt, workspace=workspace.prepare(lab, attempt), boot=boot())
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
