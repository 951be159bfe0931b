"""``viewers``: Grafana and Jaeger beside the scene, for looking."""

from __future__ import annotations

from kikori.learner.session import Session
from kikori.model.record import Record
from kikori.runtime import Service
from kikori.runtime.sweep import sweep_viewers
from kikori.runtime.viewers import show


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
