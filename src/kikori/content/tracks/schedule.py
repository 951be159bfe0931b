"""A track against the modules and labs that it names: what is done in each session, and how long it takes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from msgspec import structs

from kikori.content.strict_reader import nearest
from kikori.errors import OurFault
from kikori.model import Lab, Module, Text
from kikori.model.record import Record
from kikori.model.track import LessonPage, Track, TrackItem


class Step(Record):
    """A page to read and try, or a lab."""

    module: str
    """The module that it belongs to, as course/module."""
    page: LessonPage | None
    lab: str
    """The lab's id; empty for a page."""
    minutes: int
    """What it takes in this session, without the track's factor."""
    of: int
    """What all of it takes."""

    @property
    def whole(self) -> tuple[str, LessonPage | None, str]:
        """The page or lab, wherever parts of it are done."""
        return self.module, self.page, self.lab


class PlannedSession(Record):
    """A session with its minutes."""

    number: int
    title: Text
    steps: tuple[Step, ...]
    minutes: int
    """What it takes, the track's factor included."""

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that it touches, in order."""
        return _modules(self.steps)

    @property
    def labs(self) -> tuple[str, ...]:
        """The labs in which it has a part, in order."""
        return _labs(self.steps)


class Schedule(Record):
    """A track, resolved."""

    track: Track
    sessions: tuple[PlannedSession, ...]
    skipped: tuple[Step, ...]
    """What the short route leaves out."""

    @property
    def minutes(self) -> int:
        """What all sessions take, factor included."""
        return sum(session.minutes for session in self.sessions)

    @property
    def short_minutes(self) -> int:
        """What the short route takes, factor included."""
        gone = {step.whole for step in self.skipped}
        return sum(_lasting(self.track, (s for s in one.steps if s.whole not in gone)) for one in self.sessions)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is done, in order."""
        return tuple(step for session in self.sessions for step in session.steps)

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that it touches, in order."""
        return _modules(self.steps)

    @property
    def labs(self) -> tuple[str, ...]:
        """The labs, in order."""
        return _labs(self.steps)

    def skips(self, ref: str) -> bool:
        """Whether the short route has nothing of a module that the track has."""
        gone = {step.whole for step in self.skipped}
        return all(step.whole in gone for step in self.steps if step.module == ref)


class Syllabus:
    """The modules and labs that a track can name."""

    def __init__(self, modules: Iterable[Module], labs: Iterable[Lab]) -> None:
        self.modules: Mapping[str, Module] = {f"{one.course}/{one.id}": one for one in modules}
        self.labs: Mapping[str, Lab] = {lab.id: lab for lab in labs}

    def labs_of(self, ref: str) -> tuple[Lab, ...]:
        """The labs of a module, the easiest first."""
        found = [lab for lab in self.labs.values() if f"{lab.about.course}/{lab.about.module}" == ref]
        return tuple(sorted(found, key=lambda lab: (lab.about.level, lab.id)))

    def whole(self, ref: str) -> tuple[Step, ...]:
        """A module's pages, with its labs behind the page that leads to them."""
        why, how, again = (self._page(ref, page) for page in LessonPage)
        return (why, how, *(self._lab(lab) for lab in self.labs_of(ref)), again)

    def minutes_of(self, ref: str, page: LessonPage) -> int:
        """What a page takes: a third of the reading, and on *how* all practice that is no lab's."""
        about = self.modules[ref].about
        third = about.reading // 3
        if page is not LessonPage.HOW:
            return third
        in_labs = sum(lab.about.minutes for lab in self.labs_of(ref))
        return about.reading - 2 * third + max(0, about.practice - in_labs)

    def schedule(self, track: Track) -> Schedule:
        """Resolve a track.

        Raises:
            OurFault: it names what is not there, or an item names nothing, or two things.
        """
        named = [ref for one in track.about.leaves_out for ref in one.modules]
        for ref in (*track.about.assumes, *named):
            _refuse_unknown(track, "module", ref, self.modules)
        sessions = []
        for number, one in enumerate(track.about.sessions, 1):
            steps = tuple(step for item in one.items for step in self._steps(track, item))
            minutes = _lasting(track, steps)
            sessions.append(PlannedSession(number=number, title=one.title, steps=steps, minutes=minutes))
        skipped = tuple(step for item in track.about.short.skips for step in self._steps(track, item))
        return Schedule(track=track, sessions=tuple(sessions), skipped=skipped)

    def _steps(self, track: Track, item: TrackItem) -> Iterator[Step]:
        if bool(item.module) == bool(item.lab) or (item.lab and item.parts):
            raise OurFault(f"{track.file}: {_told(item)}: an item names a module, perhaps its parts, or a lab")
        if item.lab:
            _refuse_unknown(track, "lab", item.lab, self.labs)
            found: tuple[Step, ...] = (self._lab(self.labs[item.lab]),)
        else:
            _refuse_unknown(track, "module", item.module, self.modules)
            pages = tuple(self._page(item.module, page) for page in item.parts)
            found = pages or self.whole(item.module)
        if item.minutes is not None and len(found) > 1:
            raise OurFault(f"{track.file}: {_told(item)}: 'minutes' is for one page or one lab")
        for step in found:
            yield step if item.minutes is None else structs.replace(step, minutes=item.minutes)

    def _page(self, ref: str, page: LessonPage) -> Step:
        minutes = self.minutes_of(ref, page)
        return Step(module=ref, page=page, lab="", minutes=minutes, of=minutes)

    def _lab(self, lab: Lab) -> Step:
        minutes = lab.about.minutes
        ref = f"{lab.about.course}/{lab.about.module}"
        return Step(module=ref, page=None, lab=lab.id, minutes=minutes, of=minutes)


def _lasting(track: Track, steps: Iterable[Step]) -> int:
    """What steps take together, factor included: whole minutes, none lost."""
    return math.ceil(round(sum(step.minutes for step in steps) * track.about.factor, 6))


def _told(item: TrackItem) -> str:
    return " ".join(filter(None, (item.module, *item.parts, item.lab))) or "an empty item"


def _refuse_unknown(track: Track, kind: str, name: str, known: Mapping[str, object]) -> None:
    if name not in known:
        hint = nearest(name, [*known]) or f"known: {', '.join(known)}"
        raise OurFault(f"{track.file}: there is no {kind} '{name}'", hint)


def _modules(steps: Iterable[Step]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.module for step in steps))


def _labs(steps: Iterable[Step]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.lab for step in steps if step.lab))
