"""One learner at one lab."""

from __future__ import annotations

from enum import StrEnum

from kikori.model.lab import environment_name
from kikori.model.record import Record


class Stage(StrEnum):
    """Where an attempt stands. The ``-ing`` ones are met only when a command was cut short."""

    STARTING = "starting"
    HEALTHY = "healthy"
    BREAKING = "breaking"
    BROKEN = "broken"
    FIXED = "mended"
    RESETTING = "resetting"
    STOPPING = "stopping"
    STOPPED = "stopped"


class Attempt(Record):
    """What is kept of an attempt between two commands; its events and trail are files beside it."""

    id: str
    lab: str
    learner: str
    seed: int
    params: dict[str, str]
    stage: Stage
    fault: str | None = None
    """What is broken; ``None`` before a break, and after one that put in nothing."""
    component: str = ""
    """Where the learner says that the cause is."""
    cause: str = ""
    """What the learner says that the cause is: a fault's id, or ``nothing``."""
    blind: bool = False
    drawn: bool = False
    """Whether the fault was drawn by chance from all of the lab: it may be a false alarm."""
    paused: bool = False
    hints: int = 0
    """Rungs shown so far."""
    explained: bool = False
    submitted: str | None = None
    """Path of the last submission file."""
    workspace: str = ""
    """The learner's folder; empty where the lab has none."""
    boot: str = ""
    """Which start of this computer the containers run under; another one means that they were cut off."""
    cohort: str = ""
    """Which cohort gave the seed; empty where it was drawn by chance or chosen."""
    number: int = 0
    """Which of the learner's attempts at this lab it is there, from 1."""
    format: int = 1

    @property
    def project(self) -> str:
        """The compose project: all that Docker holds of this attempt carries this name."""
        return f"kikori-{self.id}"

    @property
    def environment(self) -> dict[str, str]:
        """The parameters as compose and scripts get them."""
        return {environment_name(name): value for name, value in self.params.items()}


class Event(Record):
    """Something that happened in an attempt, at a time in seconds since 1970 (UTC)."""

    at: float
    event: str
    detail: dict[str, str | int | float | bool | None] = {}


class Command(Record):
    """One line of the command trail: what was typed, where, when, and how it ended; never its output."""

    number: int
    at: float
    service: str
    line: str
    exit_code: int
    seconds: float
