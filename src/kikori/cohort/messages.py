"""What a learner's machine sends: these records and nothing else. docs/collected.md tells of each field."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from msgspec import Meta

from kikori.errors import KikoriError
from kikori.model.lab import NAME
from kikori.model.record import Record
from kikori.visible_text import IN_NAMES, harmless, not_of_a_name, plain_name

MOST_BODY = 64 * 1024
"""Bytes of one request that is no submission."""
MOST_TEXT = 2000
MOST_LINE = 500
MOST_TITLE = 300
MOST_NAME = 80
MOST_COMMANDS = 10
MOST_SERVICES = 40
JOIN_AS = "kikori cohort join --name aoi"
LONGEST_STAGE = 10**9  # seconds; 30 years
MOST_SCORE = 10**9
MOST_GRADE = 64.0
"""Doublings of the untouched service; more no machine can count."""

Label = Annotated[str, Meta(max_length=MOST_NAME)]
LabName = Annotated[str, Meta(pattern=NAME, max_length=MOST_NAME)]
Line = Annotated[str, Meta(max_length=MOST_LINE)]
ROUND = r"^([0-9a-f]{12})?\Z"
"""The id of a round, or nothing."""
LEAD = 10.0
"""Seconds between the instructor's word and the moment: each team asks several times meanwhile."""
GAME_OVER = HTTPStatus.GONE
"""What the server answers to a team that takes part in no game day, or in none any more."""
UNKNOWN_LAB = HTTPStatus.UNPROCESSABLE_ENTITY
"""What the server answers to a check-in from a lab that it does not have."""


class Where(StrEnum):
    """Where an attempt stands, as an instructor thinks of it."""

    STARTING = "starting"
    HEALTHY = "healthy"
    BREAKING = "breaking"
    BROKEN = "broken"
    FIXED = "mended"
    EXPLAINED = "explained"
    SUBMITTED = "submitted"
    PAUSED = "paused"
    RESETTING = "resetting"
    STOPPING = "stopping"
    STOPPED = "stopped"


class Joining(Record):
    """Sent once, by ``kikori cohort join``."""

    name: Annotated[str, Meta(min_length=1, max_length=MOST_NAME)]


class CheckIn(Record):
    """Sent after a command that changed an attempt."""

    lab: LabName
    stage: Where
    seconds: Annotated[float, Meta(ge=0, le=LONGEST_STAGE)]
    """How long in this stage, pauses left out; a length, since the clocks of two machines differ."""
    check: Label = ""
    """The id of the check that failed in the last run."""
    title: Annotated[str, Meta(max_length=MOST_TITLE)] = ""
    hints: Annotated[int, Meta(ge=0, le=1000)] = 0
    score: Annotated[int, Meta(ge=0, le=MOST_SCORE)] | None = None
    """Of a tune lab: the points of the best full run that counts, measured on the learner's own machine."""
    grade: Annotated[float, Meta(ge=0, le=MOST_GRADE)] | None = None
    """The grade of that run, where the untouched service was measured there."""


class Typed(Record):
    """One line of the command trail, as a call for help carries it."""

    number: int
    service: Label
    line: Line
    exit_code: int


class HelpRequest(Record):
    """Sent by ``kikori help-me``, once it was shown and agreed to."""

    text: Annotated[str, Meta(min_length=1, max_length=MOST_TEXT)]
    check_in: CheckIn
    commands: Annotated[tuple[Typed, ...], Meta(max_length=MOST_COMMANDS)] = ()
    services: Annotated[tuple[Line, ...], Meta(max_length=MOST_SERVICES)] = ()


class Step(StrEnum):
    """A step of a team's way through a round of a game day."""

    BROKE = "broke"
    NOTICED = "noticed"
    DECLARED = "declared"
    STOPPED = "stopped"
    FIXED = "fixed"


class StoppedBy(StrEnum):
    """What stopped the bleeding, and so whose word it is."""

    UNTOLD = ""
    SERVED = "served"
    STOP_GAP = "stop-gap"
    FIXED = "mended"


class Moment(Record):
    """When a team came to a step, by its own clock; the first time counts."""

    step: Step
    seconds: Annotated[float, Meta(ge=0, le=LONGEST_STAGE)]
    """Since the fault was in, pauses left out."""
    by: StoppedBy = StoppedBy.UNTOLD


class Consent(Record):
    """Sent once, when a team agrees to take part in a game day."""

    lab: LabName


class TeamReport(Record):
    """Sent every few seconds while a team takes part."""

    lab: LabName
    stage: Where
    problem: Line = ""
    """Why the fault could not be put in, in one line."""
    round: Annotated[str, Meta(pattern=ROUND)] = ""
    """The round whose fault was put in last; empty before the first."""
    moments: Annotated[tuple[Moment, ...], Meta(max_length=len(Step))] = ()


class Ahead(Record):
    """The server's answer: the fault that is let in, and in how many seconds."""

    round: Annotated[str, Meta(pattern=ROUND)] = ""
    """Empty where none is."""
    fault: Annotated[str, Meta(max_length=MOST_NAME)] = ""
    seconds: Annotated[float, Meta(ge=0, le=LEAD)] = 0.0


class Enrolled(Record):
    """The server's answer to a learner who joined."""

    learner: str
    token: str
    """Nobody else has it: it is what keeps one learner from writing as another."""
    cohort: str = ""
    """What the cohort is called in submissions."""
    key: str = ""
    """What this learner's seeds come from; nobody else's do."""


def clean(text: str, most: int) -> str:
    """Text without what moves a cursor, is not seen, or ends a database's string; cut to length."""
    text = harmless(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def clean_name(name: str) -> str:
    """A name on one line, the same for all ways to write it."""
    return plain_name(name)[:MOST_NAME].rstrip()


def refuse_odd(name: str) -> None:
    """Refuse a name that is empty, or holds what no name has.

    Raises:
        KikoriError: it does; says what.
    """
    if not name:
        raise KikoriError("A name is needed that your instructor knows you by.", JOIN_AS)
    if odd := not_of_a_name(name):
        signs = " ".join(sorted(IN_NAMES - {" "}))
        raise KikoriError(f"A name has letters, digits, spaces and {signs}, and nothing else: {odd}", JOIN_AS)


class Deleted(Record):
    """What was deleted on the server."""

    check_ins: int
    hands: int
    submissions: int
    scores: int = 0
    """Labs with a score."""
    moments: int = 0
    """Steps of game days."""


class Received(Record):
    """A submission that arrived: what the server calls it, and its digest there."""

    file: str
    size: int
    digest: str
