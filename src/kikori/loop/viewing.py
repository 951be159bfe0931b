"""``viewers``: Grafana and Jaeger beside the scene, for looking."""

from __future__ import annotations

from kikori.loop.desk import Desk
from kikori.model.record import Record
from kikori.runtime import Service
from kikori.runtime.sweep import sweep_viewers
from kikori.runtime.viewers import show


class Viewers(Record):
    """What there is to look through now."""

    services: tuple[Service, ...]
    next: str


def viewers(desk: Desk, *, off: bool = False) -> Viewers:
    """Start the viewers that fit the lab at hand, or take them away.

    Raises:
        KikoriError: the lab has nothing for them to look at.
        EnvironmentProblem: their images can't be had.
    """
    with desk.work() as work:
        if off:
            sweep_viewers(work.attempt.project)
            return Viewers(services=(), next="kikori status")
        return Viewers(services=show(work.project, desk.steps), next="kikori viewers --off")
