"""``start``: from a lab's name to its healthy scene."""

from __future__ import annotations

import secrets

from kikori import machine, settings
from kikori.errors import KikoriError
from kikori.loop import workspace
from kikori.loop.desk import Desk, boot
from kikori.loop.trail import keep_workspace
from kikori.model import Attempt, Lab, Stage
from kikori.model.record import Record
from kikori.progress.enrolment import SEEDS, enrolment, is_practice, seed_of
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


def start(desk: Desk, name: str, seed: int | None = None) -> Started:
    """Bring up the healthy scene of a lab, or go on with a start that was cut short.

    Raises:
        KikoriError: no such lab, or an attempt at it is running.
        EnvironmentProblem: Docker, a port, the disk or the network stood in the way.
    """
    lab = desk.catalog.lab(name)
    machine.ready()
    with desk.store.hold(lab.id):
        attempt = _unfinished(desk, lab) or _new(desk, lab, seed)
        attempt = desk.store.move(attempt, workspace=workspace.prepare(lab, attempt), boot=boot())
        project = desk.project(attempt, lab)
        project.up(desk.steps)
        attempt = desk.store.move(attempt, stage=Stage.HEALTHY)
        keep_workspace(desk, attempt)
        desk.store.record(attempt, "started", seed=attempt.seed)
        return Started(
            attempt=attempt.id,
            lab=lab.id,
            title=lab.about.title.lang(desk.lang),
            services=project.states(),
            workspace=attempt.workspace,
            task=lab.page("task", desk.lang).read_text(encoding="utf-8"),
            next=lab.first_look,
            practice=is_practice(attempt),
        )


def _unfinished(desk: Desk, lab: Lab) -> Attempt | None:
    running = [attempt for attempt in desk.store.running() if attempt.lab == lab.id]
    for attempt in running:
        if attempt.stage is Stage.STOPPING:
            raise KikoriError(f"A stop of {lab.id} was cut short.", f"kikori stop --lab {lab.id}")
        if attempt.stage is not Stage.STARTING:
            raise KikoriError(
                f"You have an attempt at {lab.id} already, and one at a time is enough.",
                "kikori status; kikori stop ends it",
            )
    return running[0] if running else None


def _new(desk: Desk, lab: Lab, seed: int | None) -> Attempt:
    member = enrolment()
    learner, cohort, number = settings.learner(), "", 0
    if member and member.key:
        learner = member.name  # the cohort knows no other
        if seed is None:
            cohort, number = member.cohort, desk.store.next_number(lab.id, member.cohort)
            seed = seed_of(member.key, lab.id, number)
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    return desk.store.save(
        Attempt(
            id=desk.store.new_id(lab.id),
            lab=lab.id,
            learner=learner,
            seed=seed,
            params=lab.params_of(learner, seed),
            stage=Stage.STARTING,
            cohort=cohort,
            number=number,
        )
    )
