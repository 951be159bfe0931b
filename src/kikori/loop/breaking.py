"""``break`` and ``reset``: a fault put in, and the healthy scene given back."""

from __future__ import annotations

import secrets

from kikori.errors import KikoriError
from kikori.loop import workspace
from kikori.loop.desk import Desk, Work, boot
from kikori.loop.trail import keep_workspace
from kikori.model import Attempt, Fault, Lab, Stage
from kikori.model.record import Record
from kikori.runtime import Service


class Broken(Record):
    """A fault that was put in; its name is kept back."""

    lab: str
    task: str
    services: tuple[Service, ...]
    next: str = "kikori shell"


class Reset(Record):
    """A scene that is healthy again."""

    lab: str
    services: tuple[Service, ...]
    workspace: str
    next: str


def put_fault(desk: Desk, fault: str | None = None, *, random: bool = False, blind: bool = False) -> Broken:
    """Put a fault into the healthy scene; a scene that is not healthy is reset first.

    Without a name the attempt's own fault is taken, the same one each time; ``random`` draws one anew, or none at
    all in a lab that allows it.
    ``blind`` keeps the fault's own hints back.

    Raises:
        KikoriError: the lab has no faults, or none of that name.
    """
    with desk.work(unfinished=True) as work:
        chosen = choose(work.lab, work.attempt, fault, random=random)
        if work.attempt.stage is not Stage.HEALTHY:
            work = _made_healthy(desk, work)
        attempt = desk.store.move(
            work.attempt,
            stage=Stage.BREAKING,
            fault=chosen.id if chosen else None,
            blind=blind,
            hints=0,
            component="",
            cause="",
            explained=False,
            submitted=None,
        )
        if chosen:
            _carry_out(desk, work, chosen)
        attempt = desk.store.move(attempt, stage=Stage.BROKEN)
        keep_workspace(desk, attempt)
        desk.store.record(attempt, "broke", fault=attempt.fault, blind=blind)
        task = work.lab.page("task", desk.lang).read_text(encoding="utf-8")
        return Broken(lab=work.lab.id, task=task, services=work.project.states())


def _carry_out(desk: Desk, work: Work, fault: Fault) -> None:
    work.project.run(fault.breaking)
    if fault.breaking.touches_workspace:
        work.project.apply(desk.steps)


def choose(lab: Lab, attempt: Attempt, name: str | None, *, random: bool) -> Fault | None:
    """The fault that is meant; ``None`` where a random draw says that nothing breaks.

    Raises:
        KikoriError: the lab has no faults, or none of that name.
    """
    if not lab.faults:
        raise KikoriError(f"{lab.id} has nothing to break: your work begins at once.", "kikori task")
    if random:
        return secrets.choice([*lab.faults.values(), *([None] if lab.about.perhaps_healthy else [])])
    if name is None:
        return lab.fault_of(attempt.learner, attempt.seed)
    if name not in lab.faults:
        raise KikoriError(f"{lab.id} has no fault '{name}'.", "kikori break")  # a name would tell what may be wrong
    return lab.faults[name]


def reset(desk: Desk) -> Reset:
    """Give the healthy scene back, whatever state it is in; a workspace is kept aside and made anew."""
    with desk.work(unfinished=True, paused=True) as work:
        work = _made_healthy(desk, work)
        return Reset(
            lab=work.lab.id,
            services=work.project.states(),
            workspace=work.attempt.workspace,
            next=work.lab.first_look,
        )


def _made_healthy(desk: Desk, work: Work) -> Work:
    attempt = desk.store.move(work.attempt, stage=Stage.RESETTING)
    work.project.down(desk.steps)
    attempt = desk.store.move(
        attempt, workspace=workspace.renew(work.lab), fault=None, paused=False, explained=False, boot=boot()
    )
    project = desk.project(attempt, work.lab)
    project.up(desk.steps)
    attempt = desk.store.move(attempt, stage=Stage.HEALTHY)
    keep_workspace(desk, attempt)
    desk.store.record(attempt, "reset")
    return Work(attempt=attempt, lab=work.lab, project=project)
