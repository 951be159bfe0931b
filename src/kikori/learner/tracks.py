"""``list --track`` and ``list --tracks``: ways through the courses, and how far the learner is."""

from __future__ import annotations

from kikori.content.tracks import PlannedSession, Step, schedule_of, schedules, syllabus_of
from kikori.learner.session import Session
from kikori.learner.status import done_labs, states_of
from kikori.model.record import Record
from kikori.model.track import Unit


class TrackRow(Record):
    """Something to do in a session: a lab, or the pages of a module that follow each other."""

    session: int
    module: str
    """As course/module."""
    pages: tuple[str, ...]
    """Of its pages these; none where it is a lab."""
    lab: str
    title: str
    minutes: int
    """What it takes here, without the track's factor."""
    state: str
    """Of a lab: the stage of a running attempt, ``done`` after a submission, else empty."""


class TrackSessionRow(Record):
    """A session, and its rows."""

    number: int
    title: str
    minutes: int
    """What it takes, the track's factor included."""
    rows: tuple[TrackRow, ...]


class FollowedTrack(Record):
    """A track, and how far the learner is in it."""

    track: str
    title: str
    unit: Unit
    sessions: tuple[TrackSessionRow, ...]
    done: int
    labs: int
    next: str


class TrackLine(Record):
    """A track as the list of tracks shows it."""

    id: str
    title: str
    summary: str
    unit: Unit
    sessions: int
    minutes: int


class Tracks(Record):
    """All tracks."""

    tracks: tuple[TrackLine, ...]


def known(session: Session) -> Tracks:
    """Every track with its sessions and minutes."""
    lines = [
        TrackLine(
            id=one.track.id,
            title=one.track.about.title.lang(session.lang),
            summary=one.track.about.summary.lang(session.lang),
            unit=one.track.about.unit,
            sessions=len(one.sessions),
            minutes=one.minutes,
        )
        for one in schedules(session.catalog)
    ]
    return Tracks(tracks=tuple(lines))


def followed(session: Session, name: str) -> FollowedTrack:
    """What a track asks for, in its order, and what of it is done.

    Raises:
        KikoriError: there is no such track; says which there are.
    """
    schedule = schedule_of(session.catalog, name)
    states = states_of(session)
    rows = _Rows(session, states)
    done = done_labs(session)
    left = [lab for lab in schedule.labs if lab not in done]
    return FollowedTrack(
        track=name,
        title=schedule.track.about.title.lang(session.lang),
        unit=schedule.track.about.unit,
        sessions=tuple(rows.of(one) for one in schedule.sessions),
        done=len(schedule.labs) - len(left),
        labs=len(schedule.labs),
        next=_next(left, states),
    )


def _next(left: list[str], states: dict[str, str]) -> str:
    """What to type: go on with a lab of the track that runs, else begin the first that is left."""
    if any(states.get(lab) for lab in left):
        return "kikori status"
    return f"kikori start {left[0]}" if left else "kikori list --tracks"


class _Rows:
    """The rows of sessions, in the learner's language."""

    def __init__(self, session: Session, states: dict[str, str]) -> None:
        self.lang = session.lang
        self.states = states
        self.syllabus = syllabus_of(session.catalog)

    def of(self, one: PlannedSession) -> TrackSessionRow:
        rows: list[TrackRow] = []
        for step in one.steps:
            row = self._row(one.number, step)
            if rows and row.pages and rows[-1].pages and rows[-1].module == row.module:
                row = _together(rows.pop(), row)
            rows.append(row)
        return TrackSessionRow(
            number=one.number, title=one.title.lang(self.lang), minutes=one.minutes, rows=tuple(rows)
        )

    def _row(self, number: int, step: Step) -> TrackRow:
        about = self.syllabus.labs[step.lab].about if step.lab else self.syllabus.modules[step.module].about
        return TrackRow(
            session=number,
            module=step.module,
            pages=(str(step.page),) if step.page else (),
            lab=step.lab,
            title=about.title.lang(self.lang),
            minutes=step.minutes,
            state=self.states.get(step.lab, ""),
        )


def _together(first: TrackRow, second: TrackRow) -> TrackRow:
    return TrackRow(
        session=first.session,
        module=first.module,
        pages=(*first.pages, *second.pages),
        lab="",
        title=first.title,
        minutes=first.minutes + second.minutes,
        state="",
    )
