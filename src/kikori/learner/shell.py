"""``shell`` and ``viewers``, ways to look at the scene."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from kikori.engine import Service
from kikori.engine.cleanup import sweep_viewers
from kikori.engine.shell.entry import open_shell, run_once
from kikori.engine.shell.terminal import Typed
from kikori.engine.viewers import show
from kikori.learner.session import Session
from kikori.model import Attempt, Command
from kikori.model.record import Record

SECRET = re.compile(r"(?i)((?:pass(?:word|wd)?|pwd|token|secret|api_?key)\w*['\"]?(?:\s*[=:]\s*|\s+))\S+")


class Left(Record):
    """A shell or a single command that has ended."""

    lab: str
    service: str
    exit_code: int
    commands: int
    """How many the trail holds now."""


def shell(session: Session, service: str | None = None, argv: list[str] | None = None) -> Left:
    """Open the lab's shell, or that of one service; with ``argv`` run that alone and come back.

    Raises:
        KikoriError: there is no such service, or its container does not run.
    """
    with session.locked() as locked:
        attempt, project = locked.attempt, locked.project
    place = service or locked.lab.about.shell

    note = noting(session, attempt, place)
    code = run_once(project, place, argv, note) if argv else open_shell(project, place, note)
    return Left(lab=locked.lab.id, service=place, exit_code=code, commands=len(session.store.trail(attempt)))


def noting(session: Session, attempt: Attempt, place: str) -> Callable[[Typed], None]:
    """Write each command that is typed in a place into an attempt's trail; what looks like a secret is left out."""

    def note(typed: Typed) -> None:
        seconds = round(max(0.0, time.time() - typed.started), 3)
        line = SECRET.sub(r"\1***", typed.line)
        command = Command(
            number=0, at=typed.started, service=place, line=line, exit_code=typed.exit_code, seconds=seconds
        )
        session.store.add_command(attempt, command)

    return note


class Viewers(Record):
    """What there is to look through now."""

    services: tuple[Service, ...]
    next: str


def viewers(session: Session, *, off: bool = False) -> Viewers:
    """Start the viewers that fit the lab at hand, or take them away.

    Raises:
        KikoriError: the lab has nothing for them to look at.
        EnvironmentProblem: their images can't be had.
    """
    with session.locked() as locked:
        if off:
            sweep_viewers(locked.attempt.project)
            return Viewers(services=(), next="kikori status")
        return Viewers(services=show(locked.project, session.steps), next="kikori viewers --off")
