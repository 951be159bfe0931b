"""``list``: the labs in the order of the courses."""

from __future__ import annotations

from kikori.catalog.calibration import Measured, calibration
from kikori.learner.session import Session
from kikori.model import Kind, Lab
from kikori.model.record import Record


class LabRow(Record):
    """A lab as the list shows it."""

    id: str
    course: str
    module: str
    kind: Kind
    level: int
    minutes: int
    title: str
    state: str
    """The stage of a running attempt, ``done`` after a submission, else empty."""
    measured: Measured | None = None
    """What classes took, where somebody measured."""


class Listing(Record):
    """All labs."""

    labs: tuple[LabRow, ...]


def listing(session: Session) -> Listing:
    """Every lab with its course, and how far the learner is."""
    states = _states(session)
    modules = [(course.id, module.id) for course in session.catalog.courses() for module in course.modules]
    places = {place: number for number, place in enumerate(modules)}
    labs = sorted(
        session.catalog.labs(),
        key=lambda lab: (places.get((lab.about.course, lab.about.module), 999), lab.about.level, lab.id),
    )
    measured = calibration(session.catalog.roots)
    return Listing(labs=tuple(_row(session, lab, states.get(lab.id, ""), measured.get(lab.id)) for lab in labs))


def _states(session: Session) -> dict[str, str]:
    found = {attempt.lab: "done" for attempt in session.store.all() if attempt.submitted}
    return found | {attempt.lab: attempt.stage.value for attempt in session.store.running()}


def _row(session: Session, lab: Lab, state: str, measured: Measured | None) -> LabRow:
    about = lab.about
    return LabRow(
        id=lab.id,
        course=about.course,
        module=about.module,
        kind=about.kind,
        level=about.level,
        minutes=about.minutes,
        title=about.title.lang(session.lang),
        state=state,
        measured=measured,
    )
