"""``list``: the labs in the order of the courses."""

from __future__ import annotations

from kikori.catalog.calibration import Measured, calibration
from kikori.loop.desk import Desk
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


def listing(desk: Desk) -> Listing:
    """Every lab with its course, and how far the learner is."""
    states = _states(desk)
    modules = [(course.id, module.id) for course in desk.catalog.courses() for module in course.modules]
    places = {place: number for number, place in enumerate(modules)}
    labs = sorted(
        desk.catalog.labs(),
        key=lambda lab: (places.get((lab.about.course, lab.about.module), 999), lab.about.level, lab.id),
    )
    measured = calibration(desk.catalog.roots)
    return Listing(labs=tuple(_row(desk, lab, states.get(lab.id, ""), measured.get(lab.id)) for lab in labs))


def _states(desk: Desk) -> dict[str, str]:
    found = {attempt.lab: "done" for attempt in desk.store.all() if attempt.submitted}
    return found | {attempt.lab: attempt.stage.value for attempt in desk.store.running()}


def _row(desk: Desk, lab: Lab, state: str, measured: Measured | None) -> LabRow:
    about = lab.about
    return LabRow(
        id=lab.id,
        course=about.course,
        module=about.module,
        kind=about.kind,
        level=about.level,
        minutes=about.minutes,
        title=about.title.lang(desk.lang),
        state=state,
        measured=measured,
    )
