"""``list``, ``status``, ``task`` and ``hint``, what is there to be read."""

from __future__ import annotations

from kikori.attempts import timing
from kikori.attempts.rounds import SUBMITTED
from kikori.content.measured_minutes import Measured, calibration
from kikori.engine import Service
from kikori.errors import KikoriError
from kikori.learner.session import UNFINISHED, Session, boot
from kikori.model import Attempt, Hint, Kind, Lab, Stage
from kikori.model.record import Record

NEXT = {
    Stage.HEALTHY: "kikori break",
    Stage.BROKEN: "kikori shell",
    Stage.FIXED: "kikori explain",
    Stage.STOPPED: "kikori list",
}


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
    states = states_of(session)
    modules = [(course.id, module.id) for course in session.catalog.courses() for module in course.modules]
    places = {place: number for number, place in enumerate(modules)}
    labs = sorted(
        session.catalog.labs(),
        key=lambda lab: (places.get((lab.about.course, lab.about.module), 999), lab.about.level, lab.id),
    )
    measured = calibration(session.catalog.roots)
    return Listing(labs=tuple(_row(session, lab, states.get(lab.id, ""), measured.get(lab.id)) for lab in labs))


def states_of(session: Session) -> dict[str, str]:
    """Tell of each lab that was begun how far it is: ``done`` once it was, else a running attempt's stage."""
    running = {attempt.lab: attempt.stage.value for attempt in session.store.running()}
    return running | dict.fromkeys(done_labs(session), "done")


def done_labs(session: Session) -> set[str]:
    """The labs of which something was submitted: another round, or another attempt, takes nothing of that away."""
    return {attempt.lab for attempt in session.store.all() if attempt.submitted or _was_submitted(session, attempt)}


def _was_submitted(session: Session, attempt: Attempt) -> bool:
    return any(event.event == SUBMITTED for event in session.store.events(attempt))


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


class Standing(Record):
    """Where one attempt stands."""

    attempt: str
    lab: str
    stage: Stage
    paused: bool
    services: tuple[Service, ...]
    workspace: str
    minutes: float
    hints: int
    explained: bool
    submitted: str | None
    next: str


class Status(Record):
    """Every attempt that was not stopped."""

    attempts: tuple[Standing, ...]
    next: str
    """What to type where none is running."""


class Page(Record):
    """A page to read, in Markdown."""

    lab: str
    markdown: str
    next: str = ""


class Rung(Record):
    """One rung of the hint ladder."""

    lab: str
    number: int
    of: int
    text: str


def status(session: Session) -> Status:
    """Where the learner's attempts stand, and what to type next.

    Raises:
        EnvironmentProblem: Docker does not answer.
    """
    found = [attempt for attempt in session.store.running() if session.named in (None, attempt.lab)]
    return Status(
        attempts=tuple(_standing(session, attempt) for attempt in found),
        next="" if found else _after_those_done(session),
    )


def _after_those_done(session: Session) -> str:
    """The first lab, in the order of the courses, that was never handed in."""
    left = [row.id for row in listing(session).labs if not row.state]
    return f"kikori start {left[0]}" if left else "kikori list"


def _standing(session: Session, attempt: Attempt) -> Standing:
    lab = session.lab(attempt)
    return Standing(
        attempt=attempt.id,
        lab=attempt.lab,
        stage=attempt.stage,
        paused=attempt.paused,
        services=session.project(attempt, lab).states(),
        workspace=attempt.workspace,
        minutes=round(timing(session.store.events(attempt)).total / 60, 1),
        hints=attempt.hints,
        explained=attempt.explained,
        submitted=attempt.submitted,
        next=next_command(attempt, lab),
    )


def next_command(attempt: Attempt, lab: Lab) -> str:
    """What a learner types next."""
    if attempt.stage in UNFINISHED:
        return UNFINISHED[attempt.stage][1].format(lab=attempt.lab)
    if attempt.paused or (attempt.boot and attempt.boot != boot()):
        return "kikori resume"
    if attempt.submitted:
        return "kikori stop"
    if attempt.explained and attempt.stage is Stage.FIXED:
        return after_explaining(attempt, lab)
    return lab.first_look if attempt.stage is Stage.HEALTHY else NEXT[attempt.stage]


def after_explaining(attempt: Attempt, lab: Lab) -> str:
    """What a learner types once all is fixed and explained."""
    fault = lab.faults.get(attempt.fault or "")
    if fault is None or not fault.from_setter:
        return "kikori submit"
    return "kikori stop" if fault.debrief("en") else "kikori fault open"


def task(session: Session) -> Page:
    """The task of the attempt at hand."""
    attempt = session.attempt()
    lab = session.lab(attempt)
    text = lab.page("task", session.lang).read_text(encoding="utf-8")
    return Page(lab=lab.id, markdown=text, next=next_command(attempt, lab))


def hint(session: Session) -> Rung:
    """The next rung of the ladder; noted, since a review tells how many were used.

    Raises:
        KikoriError: nothing is broken yet, or the ladder has ended.
    """
    attempt = session.attempt()
    lab = session.lab(attempt)
    if lab.faults and attempt.stage is Stage.HEALTHY:
        raise KikoriError("Nothing is broken yet, so there is nothing to hint at.", "kikori break")
    ladder = ladder_of(lab, attempt)
    number = min(attempt.hints + 1, len(ladder))
    if not ladder:
        raise KikoriError(f"{lab.id} has no hints.", "kikori task")
    if attempt.hints < len(ladder):
        session.store.move(attempt, hints=number)
        session.store.record(attempt, "hint", number=number)
    return Rung(lab=lab.id, number=number, of=len(ladder), text=ladder[number - 1].lang(session.lang))


def ladder_of(lab: Lab, attempt: Attempt) -> list[Hint]:
    """The hints of an attempt, from vague to near: the lab's own, then those of its fault."""
    fault = lab.faults.get(attempt.fault or "")
    return [*lab.about.hints, *(fault.about.hints if fault and not attempt.blind else ())]
