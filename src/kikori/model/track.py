"""A track as its author wrote it: which modules, in which sessions, and what it leaves out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kikori.model.lab import Name, Text
from kikori.model.record import Record


class LessonPage(StrEnum):
    """A page of a module."""

    WHY = "why"
    HOW = "how"
    WHY_AGAIN = "why-again"


class Unit(StrEnum):
    """What a session is."""

    DAY = "day"
    HALF_DAY = "half-day"
    EVENING = "evening"
    SESSION = "session"


class TrackItem(Record):
    """What is done in a session: a module, some pages of one, or a lab; exactly one of `module` and `lab` is given."""

    module: str = ""
    """The module, as course/module: its three pages and all of its labs, unless `parts` names pages."""
    parts: tuple[LessonPage, ...] = ()
    """These pages of the module alone, without its labs: why, how, why-again."""
    lab: str = ""
    """The lab's id."""
    minutes: Annotated[int, Meta(ge=1)] | None = None
    """How many of the minutes of one page or lab belong here, where it is spread over sessions; without the factor."""


class TrackSession(Record):
    """What is done in one go: a day, half a day, an evening."""

    title: Text
    """What the session is about."""
    items: Annotated[tuple[TrackItem, ...], Meta(min_length=1)]
    """What is done in it, in this order."""


class LeftOut(Record):
    """Modules that a track leaves out, or of which it takes a part, for one reason."""

    modules: Annotated[tuple[str, ...], Meta(min_length=1)]
    """Each as course/module."""
    reason: Text
    """Why, in a sentence; of a part, which one."""


class ShortRoute(Record):
    """What to skip when behind."""

    skips: Annotated[tuple[TrackItem, ...], Meta(min_length=1)]
    """Items of the sessions, written as there."""
    keeps: Text
    """What one still gets."""


class TrackToml(Record):
    """courses/tracks/TRACK.toml, key by key."""

    title: Text
    """The name that lists and pages show."""
    summary: Text
    """What it leads to, and in what time."""
    audience: Text
    """For whom it is, and what they need."""
    order: int
    """Tracks are shown by this number; leave gaps of ten."""
    factor: Annotated[float, Meta(ge=1, le=3)]
    """By how much a session takes longer than its pages and labs say: 1.5 for a class."""
    unit: Unit
    """What a session is: day, half-day, evening or session."""
    bound: Annotated[int, Meta(ge=30, le=480)]
    """The most minutes of a session, factor included."""
    sessions: Annotated[tuple[TrackSession, ...], Meta(min_length=1)]
    """The sessions, in order."""
    short: ShortRoute
    """The short route, for whoever falls behind."""
    leaves_out: tuple[LeftOut, ...] = ()
    """What is not in it, or not all of it; each module is in the track, assumed, or named here."""
    assumes: tuple[str, ...] = ()
    """Modules whose content a learner knows before the track begins, as course/module."""


class Track(Record):
    """A track and its file."""

    id: Name
    file: Path
    about: TrackToml
