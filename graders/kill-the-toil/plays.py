"""What is played with the learner's program: on which week, on which machine, and what happens to it meanwhile."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from truth import State, Week, report_of
from weeks import Main

from kikori.grading import eventually

HOLDS = (("volumes", "received"), ("certificates", "booked"), ("done", "booked"))
"""Where a run is killed, each once, whichever it comes to first: a growth is on its way; a certificate, or that a
ticket is done, is in the books and the answer is not there yet."""
COMES = 60
"""Seconds in which a run comes to such a place, or to its end."""
STANDS = 11
"""Seconds for which a run stands still at each of two certificates, if a second one beside it waits for a lock: less
than a busy system may take, and together more than some programs leave to whoever holds their lock."""
AWAY = {"volumes": "all", "certificates": "acts"}
"""The storage says nothing, and the certificates' system issues none, but for a host whose answers are lost."""


class Done(NamedTuple):
    """How a run ended; -1 where it had to be ended."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last that it said."""
        return (self.err.strip() or self.out.strip()).rpartition("\n")[2]


class Running(Protocol):
    """A run that somebody may wait for."""

    @property
    def ended(self) -> bool:
        """Whether it is over."""

    def join(self) -> Done:
        """Wait for its end."""


class Machine(Protocol):
    """Where the learner's program runs."""

    def run(self, *words: str) -> Done:
        """Run it to its end."""

    def begin(self, *words: str) -> Running:
        """Let it run."""

    def kill(self) -> None:
        """End all that runs there, at once."""


class Stage(Protocol):
    """An office that no learner knows, and machines beside it."""

    def control(self, word: str, said: Any = None) -> Any:
        """Steer the office."""

    def machine(self) -> AbstractContextManager[Machine]:
        """Make a machine, as the next deploy makes it."""


def state_of(stage: Stage) -> State:
    """The books once nothing is under way any more."""
    return dict(eventually(lambda: stage.control("state"), lambda seen: seen["busy"] == 0, within=5, every=0.5))


class First(NamedTuple):
    """A dry run, a true one on a week that has changed since, and one more on another machine."""

    plan: Done
    shown: State
    began: float
    done: Done
    ended: float
    after: State
    again: Done
    later: State


def first(stage: Stage, drawn: Main) -> First:
    """Play the week with all that comes."""
    stage.control("load", drawn.week)
    with stage.machine() as one:
        plan, shown = one.run(), state_of(stage)
        stage.control("load", {**drawn.changed, "tickets": [*drawn.changed["tickets"][:-1], drawn.withdrawn]})
        stage.control("withdraw", {"id": drawn.withdrawn["id"]})
        stage.control("add", drawn.late)
        began = time.time()
        done = one.run("--apply")
        ended, after = time.time(), state_of(stage)
    with stage.machine() as other:
        return First(plan, shown, began, done, ended, after, other.run("--apply"), state_of(stage))


class Once(NamedTuple):
    """A single run, and what came of it."""

    done: Done
    after: State


def once(stage: Stage, week: Week) -> Once:
    """Play a week in one run."""
    stage.control("load", week)
    with stage.machine() as machine:
        return Once(machine.run("--apply"), state_of(stage))


class Outage(NamedTuple):
    """A run while two systems are away, and one on another machine when they are back."""

    done: Done
    after: State
    again: Done
    later: State


def outage(stage: Stage, week: Week, host: str) -> Outage:
    """Play a week in which systems are away at first; what is issued to one host then is answered like the rest."""
    stage.control("load", week)
    stage.control("away", AWAY)
    stage.control("silent", {"host": host})
    with stage.machine() as one:
        done, after = one.run("--apply"), state_of(stage)
    stage.control("away", {})
    stage.control("silent", {"host": ""})
    with stage.machine() as other:
        return Outage(done, after, other.run("--apply"), state_of(stage))


class Deaths(NamedTuple):
    """Runs that were killed, the last one on that machine, and one on another."""

    kills: int
    last: Done
    """The run on the first machine that nobody killed."""
    halfway: State
    """What the books say after it; what the storage has taken and not yet carried out is not in them."""
    success: bool
    """Whether a killed run had told of a success."""
    done: Done
    after: State


def deaths(stage: Stage, week: Week) -> Deaths:
    """Kill run after run, each at another place; then let one come to its end, and one on another machine."""
    stage.control("load", week)
    stage.control("hold", [{"system": system, "moment": moment} for system, moment in HOLDS])
    kills, success = 0, False
    with stage.machine() as machine:
        for _ in range(len(HOLDS) + 1):
            running = machine.begin("--apply")
            if not held(stage, running, kills + 1):
                break
            machine.kill()
            running.join()
            kills += 1
            success = success or report_of(stage.control("state")).success > 0
        last, halfway = running.join(), stage.control("state")
    with stage.machine() as other:
        done = other.run("--apply")
        stage.control("go")
        return Deaths(kills, last, halfway, success, done, state_of(stage))


def held(stage: Stage, running: Running, many: int) -> bool:
    """Wait until one more request of a run is held; gives whether one was before the run had ended."""

    def look() -> bool | None:
        ended = running.ended
        if stage.control("held", {"many": many, "seconds": 1.0})["held"] >= many:
            return True
        return False if ended else None

    return bool(eventually(look, lambda seen: seen is not None, within=COMES, every=0.05))


class Pair(NamedTuple):
    """Two runs at once on one machine."""

    one: Done
    two: Done
    standing: int
    """How many tickets were open while the first run stood still."""
    early: bool
    """Whether somebody told of a success at that time."""
    after: State


def pair(stage: Stage, week: Week) -> Pair:
    """Let a run stand still where it asks for two of its certificates, and start another beside it."""
    stage.control("load", week)
    stage.control("hold", [{"system": "certificates", "moment": "received"}] * 2)
    with stage.machine() as machine:
        one = machine.begin("--apply")
        held(stage, one, 1)
        two = machine.begin("--apply")
        if not went_on(stage, two, 1):
            stage.control("step")
            held(stage, one, 2)
            went_on(stage, two, 2)
        seen = stage.control("state")
        standing = sum(ticket["status"] == "open" for ticket in seen["tickets"].values())
        early = standing > 0 and report_of(seen).success > 0
        stage.control("go")
        return Pair(one.join(), two.join(), standing, early, state_of(stage))


def went_on(stage: Stage, two: Running, many: int) -> bool:
    """Whether a second run ends, or asks for a certificate too, beside a first one that stands still with so many."""

    def look() -> bool:
        return two.ended or bool(stage.control("state")["arrived"].get("POST certificates", 0) > many)

    return eventually(look, bool, within=STANDS, every=1.0)
