"""What the services of a lab write down of an incident: told to people, and believed by nothing that judges."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from kikori.model.record import Record

LAST = 253_402_300_799
"""The end of the year 9999, in seconds since 1970: no later date can be written down."""
LONGEST = 300
"""Letters of one line."""
ContainerPath = Annotated[str, Meta(pattern=r"^(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\Z")]
"""A plain path of a container, in which nothing climbs."""


class EventKind(StrEnum):
    """Whose record it is."""

    PAGER = "pager"
    CUSTOMERS = "customers"
    CHANGES = "changes"


class EventSource(Record):
    """A service's record of an incident: JSON lines, for the timeline alone.

    No verdict rests on it.
    """

    service: str
    """The service in which it lies; one of `equipment`, or learners can write in it."""
    path: ContainerPath
    """The file, on disk or in a volume: the engine sees no tmpfs."""
    kind: EventKind
    """`pager`, `customers`, or `changes` for what others change meanwhile: deploys, jobs."""


class EventLine(Record):
    """One line of such a record: when, and what happened."""

    at: Annotated[float, Meta(ge=0, le=LAST)]
    """Seconds since 1970 (UTC)."""
    en: Annotated[str, Meta(min_length=1, max_length=LONGEST)]
    """What happened, for readers of English."""
    ja: Annotated[str, Meta(max_length=LONGEST)] = ""
    """What happened, for readers of Japanese; while there is none, they read the English one."""


class LabEvent(EventLine, kw_only=True):
    """A line that was read, and of which record."""

    kind: EventKind
