"""Game days: who has agreed to one, which faults were let in, and when each team came to which step."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence

import sqlalchemy as sql

from kikori.cohort.messages import LEAD, MOST_LINE, Ahead, Moment, Step, StoppedBy, TeamReport, Where, clean
from kikori.cohort.server.tables import ENDINGS, LEARNERS, MOMENTS, ROUNDS, TEAMS
from kikori.errors import KikoriError
from kikori.model.record import Record


class Team(Record):
    """A learner's computer that has agreed to a game day, as it was heard of last."""

    learner: str
    name: str
    lab: str
    agreed: float
    heard: float
    stage: Where
    problem: str


class Round(Record):
    """A fault that is let into every team's lab at one moment."""

    number: int
    id: str
    lab: str
    fault: str
    begins: float
    ended: float | None


class Arrived(Record):
    """A step to which a team came."""

    learner: str
    name: str
    round: str
    step: Step
    seconds: float
    by: StoppedBy
    heard: float


class TakesNoPart(KikoriError):
    """A learner who has agreed to no game day, or to none any more."""


class Rounds:
    """The tables of game days, as the server uses them."""

    def __init__(self, engine: sql.Engine) -> None:
        self.engine = engine

    def agree(self, learner: str, lab: str, now: float | None = None) -> None:
        """Note that a learner takes part, with one lab."""
        now = now or time.time()
        row = {"lab": lab, "agreed": now, "heard": now, "stage": Where.HEALTHY.value, "problem": ""}
        with self.engine.begin() as line:
            line.execute(sql.delete(TEAMS).where(TEAMS.c.learner == learner))
            line.execute(sql.insert(TEAMS).values(learner=learner, **row))

    def withdraw(self, learner: str) -> None:
        """Let a learner take part no longer; what they have done stays in the tables."""
        with self.engine.begin() as line:
            line.execute(sql.delete(TEAMS).where(TEAMS.c.learner == learner))

    def hear(self, learner: str, told: TeamReport, now: float | None = None) -> Ahead:
        """Write down what a team tells, and say what is ahead of it.

        Raises:
            TakesNoPart: the learner has not agreed, or the game day is over.
            KikoriError: the round that it tells of was none of its lab.
        """
        now = now or time.time()
        values = {"heard": now, "stage": told.stage.value, "problem": clean(told.problem, MOST_LINE)}
        own = sql.and_(TEAMS.c.learner == learner, TEAMS.c.lab == told.lab)
        with self.engine.begin() as line:
            if not line.execute(sql.update(TEAMS).where(own).values(values)).rowcount:
                raise TakesNoPart(f"You take part in no game day with {told.lab}.", "kikori cohort game-day")
            if told.round:
                _refuse_other_round(line, told)
                _add_moments(line, learner, told, now)
        return self.ahead(told.lab, now)

    def ahead(self, lab: str, now: float) -> Ahead:
        """Tell a lab's team which fault is let in, and in how many seconds."""
        found = self.open_round()
        if found is None or found.lab != lab:
            return Ahead()
        seconds = min(max(found.begins - now, 0.0), LEAD)  # whatever this computer's clock did meanwhile
        return Ahead(round=found.id, fault=found.fault, seconds=seconds)

    def let_in(self, lab: str, fault: str, now: float | None = None) -> None:
        """Begin a round a few seconds from now.

        Raises:
            KikoriError: another one is open, also where both were sent at once.
        """
        rounds = self.rounds()
        if rounds and rounds[-1].ended is None:
            raise KikoriError("Another fault is let in already; end that round first.")
        begins = (now or time.time()) + LEAD
        row = {"number": len(rounds) + 1, "id": secrets.token_hex(6), "lab": lab, "fault": fault, "begins": begins}
        try:
            with self.engine.begin() as line:
                line.execute(sql.insert(ROUNDS).values(row))
        except sql.exc.IntegrityError:
            raise KikoriError("Another fault was let in at the same moment.") from None

    def end(self, number: int, now: float | None = None) -> None:
        """End a round; once more is no harm."""
        if any(one.number == number and one.ended is None for one in self.rounds()):
            try:
                with self.engine.begin() as line:
                    line.execute(sql.insert(ENDINGS).values(number=number, at=now or time.time()))
            except sql.exc.IntegrityError:
                return  # somebody else was quicker

    def close(self) -> None:
        """End the game day: the round that is open, and everybody's consent."""
        if found := self.open_round():
            self.end(found.number)
        with self.engine.begin() as line:
            line.execute(sql.delete(TEAMS))

    def rounds(self) -> Sequence[Round]:
        """List all rounds, the first of all first."""
        wanted = sql.select(ROUNDS, ENDINGS.c.at.label("ended")).join(ENDINGS, isouter=True).order_by(ROUNDS.c.number)
        with self.engine.connect() as line:
            return [Round(**row._mapping) for row in line.execute(wanted)]

    def open_round(self) -> Round | None:
        """Give the round that is not ended, where one is."""
        return next((one for one in reversed(self.rounds()) if one.ended is None), None)

    def teams(self) -> Sequence[Team]:
        """List who has agreed, by name."""
        wanted = sql.select(TEAMS, LEARNERS.c.name).join(LEARNERS).order_by(LEARNERS.c.folded)
        with self.engine.connect() as line:
            return [Team(**{**row._mapping, "stage": Where(row.stage)}) for row in line.execute(wanted)]

    def moments(self) -> Sequence[Arrived]:
        """List every step to which a team came, team by team."""
        wanted = sql.select(MOMENTS, LEARNERS.c.name).join(LEARNERS).order_by(LEARNERS.c.folded, MOMENTS.c.seconds)
        with self.engine.connect() as line:
            return [_arrived(row) for row in line.execute(wanted)]


def _arrived(row: sql.Row[tuple[object, ...]]) -> Arrived:
    return Arrived(**{**row._mapping, "step": Step(row.step), "by": StoppedBy(row.by)})


def _refuse_other_round(line: sql.Connection, told: TeamReport) -> None:
    lab = line.scalar(sql.select(ROUNDS.c.lab).where(ROUNDS.c.id == told.round))
    if lab != told.lab:
        raise KikoriError(f"There was no such round with {told.lab}.")


def _add_moments(line: sql.Connection, learner: str, told: TeamReport, now: float) -> None:
    """Add the steps that are not known yet: a team may tell all of them again."""
    own = sql.and_(MOMENTS.c.learner == learner, MOMENTS.c.round == told.round)
    known = set(line.scalars(sql.select(MOMENTS.c.step).where(own)))
    rows = {one.step: _row(learner, told.round, one, now) for one in told.moments if one.step not in known}
    if rows:
        line.execute(sql.insert(MOMENTS), [*rows.values()])


def _row(learner: str, round_id: str, one: Moment, now: float) -> dict[str, str | float]:
    told = {"learner": learner, "round": round_id, "step": one.step.value, "by": one.by.value}
    return told | {"seconds": one.seconds, "heard": now}
