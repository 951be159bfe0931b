"""What is played with the learner's program: on which week, on which machine, and what happens to it meanwhile."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, ExitStack
from typing import Any, NamedTuple, Protocol

from truth import State, Week, report_of
from weeks import Absence, Main, Unclosed

from kikori.grading import eventually

HOLDS = (("volumes", "received"), ("certificates", "booked"), ("done", "booked"))
"""Where a run is killed, each once, whichever it comes to first: a growth is on its way; a certificate, or that a
ticket is done, is in the books and the answer is not there yet."""
COMES = 60
"""Seconds in which a run comes to such a place, or to its end."""
STANDS = 13
"""Seconds for which a run stands still at the list and then at a certificate, if a second one beside it waits for a
lock: less than a busy system may take, and together more than some programs leave to whoever holds their lock."""
SLOW = (("list", "received"), ("certificates", "received"))
"""Where it stands still: both may be of one ticket."""
ELSEWHERE = "/tmp"  # noqa: S108  # nothing is written there by the check
"""The folder in which the second run is started."""
ZONES = ("EARLY-14", "LATE12")
"""Two time zones that never have the same day."""
AWAY = {"volumes": "all", "certificates": "acts"}
"""The storage says nothing, and the certificates' system issues none, but for two hosts whose answers are lost."""


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

    def begin(self, *words: str, folder: str = "", zone: str = "") -> Running:
        """Let it run, from a folder, in a time zone."""

    def lengthen(self, lines: int) -> None:
        """Put so many newlines at its end, as the next version may have."""

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


class Over(NamedTuple):
    """Two runs over the bound, one after the other, and a third when the policy allows as much."""

    one: Done
    first: State
    two: Done
    second: State
    allowed: Done
    third: State


def over(stage: Stage, week: Week, most: int) -> Over:
    """Play a week on one machine that is too much for a run, until the policy allows so many acts."""
    stage.control("load", week)
    with stage.machine() as machine:
        one, first = machine.run("--apply"), state_of(stage)
        two, second = machine.run("--apply"), state_of(stage)
        stage.control("policy", {"most_acts": most})
        return Over(one, first, two, second, machine.run("--apply"), state_of(stage))


class Closing(NamedTuple):
    """A run that can't close a ticket, one that can't hand one over, and one that can do all."""

    undone: Once
    kept: Once
    later: Once


def closing(stage: Stage, drawn: Unclosed) -> Closing:
    """Play a week on one machine in which the system of tickets does not take what becomes of some."""
    stage.control("load", drawn.week)
    with stage.machine() as machine:
        stage.control("refuse", {"ticket": str(drawn.usual["id"])})
        undone = Once(machine.run("--apply"), state_of(stage))
        stage.control("refuse", {"ticket": str(drawn.person["id"])})
        for ticket in (drawn.person, drawn.late):
            stage.control("add", ticket)
        kept = Once(machine.run("--apply"), state_of(stage))
        stage.control("refuse", {"ticket": ""})
        return Closing(undone, kept, Once(machine.run("--apply"), state_of(stage)))


class Outage(NamedTuple):
    """A run while two systems are away, and one on another machine when they are back."""

    done: Done
    after: State
    again: Done
    later: State


def outage(stage: Stage, drawn: Absence) -> Outage:
    """Play a week in which systems are away at first; of what is issued to two hosts then, nobody hears."""
    stage.control("load", drawn.week)
    stage.control("away", AWAY)
    stage.control("silent", {"host": drawn.host, "cut": drawn.cut})
    with stage.machine() as one:
        done, after = one.run("--apply"), state_of(stage)
    stage.control("away", {})
    stage.control("silent", {"host": "", "cut": ""})
    with stage.machine() as other:
        return Outage(done, after, other.run("--apply"), state_of(stage))


class Deaths(NamedTuple):
    """Runs that were killed, each followed by another version on another day, and one that nobody killed."""

    kills: int
    last: Done
    """The run that nobody killed."""
    halfway: State
    """What the books say after it; what the storage has taken and not yet carried out is not in them."""
    told: list[float]
    """What was the time of the last success after each run that was killed."""
    after: State


def deaths(stage: Stage, week: Week) -> Deaths:
    """Kill run after run, each at another place, then let one come to its end.

    The next run is of a program with one more newline, and in a time zone that has another day. Where a growth was on
    its way it is on a machine made anew; else it finds what the killed one has left.
    """
    stage.control("load", week)
    stage.control("hold", [{"system": system, "moment": moment} for system, moment in HOLDS])
    told: list[float] = []
    with ExitStack() as machines:
        machine = machines.enter_context(stage.machine())
        while True:
            running = machine.begin("--apply", zone=ZONES[len(told) % len(ZONES)])
            where = held(stage, running, len(told) + 1)
            if not where:
                break
            machine.kill()
            running.join()
            told.append(report_of(stage.control("state")).success)
            if where == "volumes":
                machine = machines.enter_context(stage.machine())
            machine.lengthen(len(told) if where == "volumes" else 1)
        last, halfway = running.join(), stage.control("state")
        stage.control("go")
        return Deaths(len(told), last, halfway, told, state_of(stage))


def held(stage: Stage, running: Running, many: int) -> str:
    """Wait until one more request of a run is held; gives the system, or nothing where the run has ended before."""

    def look() -> str | None:
        ended = running.ended
        systems = stage.control("held", {"many": many, "seconds": 1.0})["held"]
        if len(systems) >= many:
            return str(systems[many - 1])
        return "" if ended else None

    return eventually(look, lambda seen: seen is not None, within=COMES, every=0.05) or ""


class Pair(NamedTuple):
    """Two runs at once on one machine."""

    one: Done
    two: Done
    standing: int
    """How many tickets were open while the first run stood still."""
    told: float
    """What was the time of the last success then."""
    after: State


def pair(stage: Stage, week: Week) -> Pair:
    """Let a run stand still where it issues a certificate, and start another beside it, from another folder."""
    stage.control("load", week)
    stage.control("hold", [{"system": system, "moment": moment, "seconds": STANDS} for system, moment in SLOW])
    with stage.machine() as machine:
        one = machine.begin("--apply")
        held(stage, one, 1)
        two = machine.begin("--apply", folder=ELSEWHERE)
        eventually(lambda: went_on(stage, one, two), bool, within=STANDS * len(SLOW), every=1.0)
        seen = stage.control("state")
        standing = sum(ticket["status"] == "open" for ticket in seen["tickets"].values())
        stage.control("go")
        return Pair(one.join(), two.join(), standing, report_of(seen).success, state_of(stage))


def went_on(stage: Stage, one: Running, two: Running) -> bool:
    """Whether one of two runs has ended, or both have asked for a certificate."""
    return one.ended or two.ended or bool(stage.control("state")["arrived"].get("POST certificates", 0) > 1)
