"""``break`` and ``reset``: a fault put in, and the healthy scene given back."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kikori.engine import Service
from kikori.engine.changes import workspace_history
from kikori.errors import KikoriError
from kikori.learner import lifecycle
from kikori.learner.rounds import unmet
from kikori.learner.rounds.at_stake import set_explanation_aside
from kikori.learner.session import LockedAttempt, Session, boot
from kikori.learner.trail import keep_workspace, rewritten_since_break
from kikori.model import Attempt, Fault, Lab, Stage
from kikori.model.record import Record

ROUND = "round"
"""In the detail of a break, the round of a game day that it belongs to."""


class Broken(Record):
    """A fault that was put in; its name is kept back."""

    lab: str
    task: str
    services: tuple[Service, ...]
    symptom: str = ""
    """What the setter of a file expects users to see."""
    next: str = "kikori shell"


class Reset(Record):
    """A scene that is healthy again."""

    lab: str
    services: tuple[Service, ...]
    workspace: str
    next: str


def put_fault(
    session: Session, fault: str | None = None, *, random: bool = False, another: bool = False, blind: bool = False
) -> Broken:
    """Put a fault into the healthy scene; a scene that is not healthy, or that was edited, is reset first.

    Without a name the attempt's own fault is taken, the same one each time; ``random`` draws one anew, of two at once
    and false alarms too, where the lab has such. ``another`` draws one that was not met yet, one at a time.
    ``blind`` keeps the fault's own hints back.

    Raises:
        KikoriError: the lab has no faults, none of that name, or none that was not met yet.
    """
    with session.locked(unfinished=True) as locked:
        chosen = choose(locked.lab, locked.attempt, fault, random=random)
        if another:
            chosen = _choose_unmet(session, locked.lab)
        return put(session, locked, chosen, blind=blind, drawn=random)


def put(
    session: Session,
    locked: LockedAttempt,
    fault: Fault,
    *,
    blind: bool = False,
    drawn: bool = False,
    shown: Callable[[LockedAttempt], None] | None = None,
    mark: str = "",
) -> Broken:
    """Put a fault in, and note it; ``shown`` refuses one that does not show, before it counts.

    ``mark`` says to which round of a game day it belongs.

    Raises:
        KikoriError: it can't be put in, or was refused.
    """
    if locked.attempt.stage is not Stage.HEALTHY or rewritten_since_break(session, locked.attempt):
        locked = made_healthy(session, locked)
    set_explanation_aside(session, locked.attempt)
    attempt = session.store.move(
        locked.attempt,
        stage=Stage.BREAKING,
        fault=fault.id,
        blind=blind,
        drawn=drawn,
        hints=0,
        component="",
        cause="",
        explained=False,
        submitted=None,
    )
    began = time.time()
    _carry_out(session, locked, fault)
    keep_workspace(session, attempt)
    took = max(0.0, time.time() - began)
    if shown:
        shown(LockedAttempt(attempt=attempt, lab=locked.lab, project=locked.project))
    attempt = session.store.move(attempt, stage=Stage.BROKEN)
    own = {ROUND: mark} if mark else {}
    session.store.record(attempt, "broke", fault=attempt.fault, blind=blind, seconds=took, **own)
    task = locked.lab.page("task", session.lang).read_text(encoding="utf-8")
    return Broken(lab=locked.lab.id, task=task, services=locked.project.states())


def _carry_out(session: Session, locked: LockedAttempt, fault: Fault) -> None:
    project, workspace = locked.project, Path(locked.attempt.workspace)
    told = bool(fault.commits or fault.told) and workspace_history.is_kept(workspace)
    lay = partial(workspace_history.tell, fault, workspace, project.run, locked.attempt.seed) if told else None
    project.put(fault, session.steps, lay)


def choose(lab: Lab, attempt: Attempt, name: str | None, *, random: bool) -> Fault:
    """The fault that is meant: the attempt's own, the one of that name, or one of all by chance.

    Raises:
        KikoriError: the lab has no faults, or none of that name.
    """
    if not lab.faults:
        raise KikoriError(f"{lab.id} has nothing to break: your work begins at once.", "kikori task")
    if random:
        return secrets.choice([*lab.own.values()])
    if name is None:
        return lab.fault_of(attempt.learner, attempt.seed)
    if name not in lab.faults:
        raise KikoriError(f"{lab.id} has no fault '{name}'.", "kikori break")  # a name would tell what may be wrong
    return lab.faults[name]


def _choose_unmet(session: Session, lab: Lab) -> Fault:
    left = unmet(session, lab)
    if not left:
        raise KikoriError(f"You have met every fault of {lab.id}.", "kikori break --random")
    return secrets.choice(left)


def reset(session: Session) -> Reset:
    """Give the healthy scene back, whatever state it is in; a workspace is kept aside and made anew."""
    with session.locked(unfinished=True, paused=True) as locked:
        locked = made_healthy(session, locked)
        return Reset(
            lab=locked.lab.id,
            services=locked.project.states(),
            workspace=locked.attempt.workspace,
            next=locked.lab.first_look,
        )


def made_healthy(session: Session, locked: LockedAttempt) -> LockedAttempt:
    """Take a scene down and bring it up healthy, with a fresh workspace; the lab is its own again."""
    attempt = session.store.move(locked.attempt, stage=Stage.RESETTING)
    locked.project.down(session.steps)
    attempt = session.store.move(
        attempt, workspace=lifecycle.renew(locked.lab), fault=None, paused=False, explained=False, boot=boot()
    )
    lab = session.lab(attempt)
    project = session.project(attempt, lab)
    project.up(session.steps)
    attempt = session.store.move(attempt, stage=Stage.HEALTHY)
    keep_workspace(session, attempt)
    session.store.record(attempt, "reset")
    return LockedAttempt(attempt=attempt, lab=lab, project=project)
