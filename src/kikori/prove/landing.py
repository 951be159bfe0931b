"""What a landing executes: a function of rows, keys, the commit, the clock and a budget alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate, groupby

from kikori.model.record import Record
from kikori.prove.ledger import Row
from kikori.prove.plan import sort_of

SETTLED = timedelta(days=1)
"""Whoever recorded a younger row is landing it now, and has yet to show it on a machine that is not theirs."""
OLDEST = timedelta(days=14)
"""What was not met for so long comes before what need not be executed."""
OWED = 2.0
"""What is too young or too old, or of a changed engine, may cost so many budgets; what that leaves others draw."""
DRAWN = 10
"""Demands drawn by the commit's id, which nobody knows while recording."""
GOLDEN = 0.6180339887498949
USUAL = 15.0
"""Seconds of processor that a demand is taken to cost where no row says it."""


class Why(StrEnum):
    """Why a demand is executed."""

    MISSING = "no record of it as it is now"
    FUTURE = "its record is from the future"
    FRESH = "its record is younger than a day"
    EXPIRED = "its record is older than 14 days"
    ENGINE = "what executes and grades has changed"
    DRAWN = "drawn by the commit"
    TURN = "its turn has come"
    ALL = "everything was asked for"


class Known(Record):
    """A demand, its keys as they are now, and its row, if there is one."""

    lab: str
    name: str
    key: str
    engine: str
    row: Row | None = None

    @property
    def id(self) -> str:
        """The demand among those of all labs."""
        return f"{self.lab} {self.name}"

    @property
    def cost(self) -> float:
        """The seconds of processor that it took, or is taken to cost."""
        return self.row.processor if self.row else USUAL


class Landing(Record):
    """A commit that lands: when, how many landed before it, and seconds of processor for what need not be."""

    commit: str
    number: int
    now: datetime
    budget: float


class Chosen(Record):
    """A demand that is executed, and why."""

    demand: Known
    why: Why


def select(demands: Sequence[Known], landing: Landing) -> list[Chosen]:
    """Choose what must be executed, ten by lot, and within a budget those whose turn it is.

    What has no row is executed whatever it costs; what has one never takes more than a landing can end with.
    """
    chosen: dict[str, Chosen] = {}

    def take(found: Iterable[Known], why: Why) -> None:
        for one in found:
            chosen.setdefault(one.id, Chosen(demand=one, why=why))

    invalidity = {one.id: invalid(one, landing.now) for one in demands}
    recorded = [one for one in demands if invalidity[one.id] in (None, Why.FRESH)]
    for one in demands:
        if one not in recorded and (why := invalidity[one.id]):
            take([one], why)
    owed = [one for one in recorded if invalidity[one.id] or is_expired(one, landing.now)]
    shown = {one.lab for one in owed}
    changed = [one for one in recorded if is_of_another_engine(one) and one.lab not in shown]
    for one in _due(owed, changed, landing):
        take([one], invalidity[one.id] or (Why.EXPIRED if is_expired(one, landing.now) else Why.ENGINE))
    sound = [one for one in recorded if one.id not in chosen]
    left = landing.budget - sum(one.demand.cost for one in chosen.values())
    take(sorted(sound, key=lambda one: _lot(one, landing.commit, "draw"))[:DRAWN], Why.DRAWN)
    take(_worth(left, [one for one in _in_turn(sound, landing.number) if one.id not in chosen]), Why.TURN)
    return list(chosen.values())


def invalid(one: Known, now: datetime) -> Why | None:
    """Say why a row counts for nothing; ``None`` where it counts."""
    if one.row is None or one.row.key != one.key:
        return Why.MISSING
    if one.row.at > now:
        return Why.FUTURE
    return Why.FRESH if now - one.row.at < SETTLED else None


def is_expired(one: Known, now: datetime) -> bool:
    """Tell whether a row is older than any may be."""
    return one.row is not None and now - one.row.at > OLDEST


def is_of_another_engine(one: Known) -> bool:
    """Tell whether other code than today's executed and graded it."""
    return one.row is not None and one.row.engine != one.engine


def _due(owed: Sequence[Known], changed: Sequence[Known], landing: Landing) -> list[Known]:
    """Choose of what is too young or old, or of a changed engine, one of every lab, and by lot what the time allows.

    First comes one of each sort; then all that is owed, where a few labs were recorded. Where all were, that is more
    than a landing has time for (docs/adr/0023).
    """
    by_lot = sorted([*owed, *changed], key=lambda one: _lot(one, landing.commit, "owed"))
    of_each_sort = {one.id for some in (owed, changed) for one in _of_each_sort(some, landing)}
    some = [one for one in by_lot if one.id in of_each_sort]
    first = {one.lab: one for one in reversed(some)}.values()
    rest = [one for one in some if one not in first]
    rest += [one for one in by_lot if one in owed and one.id not in of_each_sort]
    return [*first, *_worth(OWED * landing.budget - sum(one.cost for one in first), rest)]


def _of_each_sort(demands: Iterable[Known], landing: Landing) -> Iterator[Known]:
    """Choose a beginning, a fix with its replay, and a trap of every lab.

    A fault is fixed by its first fix; where there is none, a fix does.
    """
    by_lab = sorted(demands, key=lambda one: (one.lab, _at(one)))
    for _, of_lab in groupby(by_lab, key=lambda one: one.lab):
        sorts: dict[str, list[Known]] = {}
        for one in of_lab:
            sorts.setdefault(sort_of(one.name), []).append(one)
        mends = sorts.get("fault") or sorts.get("fix", [])
        for of_sort in (sorts.get("begin", []), mends, sorts.get("trap", [])):
            if of_sort:
                yield _cheap_in_turn(of_sort, landing.commit)


def _cheap_in_turn(queue: Sequence[Known], commit: str) -> Known:
    """Choose of the oldest day's the cheaper half's next, so that they take turns."""
    oldest = _at(queue[0]).date()
    cheapest = sorted((one for one in queue if _at(one).date() == oldest), key=lambda one: one.cost)
    return min(cheapest[: (len(cheapest) + 1) // 2], key=lambda one: _lot(one, commit, "turn"))


def _worth(budget: float, queue: Iterable[Known]) -> Iterator[Known]:
    """Take from a queue as long as seconds are left."""
    for one in queue:
        if budget <= 0:
            return
        budget -= one.cost
        yield one


def _in_turn(demands: Iterable[Known], number: int) -> list[Known]:
    """Put demands into a circle and begin where this landing's turn is.

    The beginning moves by the golden section of what all of them cost, so that a few landings go all round, however
    much each has time for, and though none of them writes a row.
    """
    circle = sorted(demands, key=lambda one: _lot(one, "", "place"))
    beginning = number * GOLDEN % 1 * sum(one.cost for one in circle)
    places = accumulate((one.cost for one in circle), initial=0.0)
    first = next((at for at, place in enumerate(places) if place >= beginning), 0)
    return circle[first:] + circle[:first]


def _at(one: Known) -> datetime:
    assert one.row is not None  # noqa: S101 - whoever asks has left out those without a row
    return one.row.at


def _lot(one: Known, commit: str, purpose: str) -> str:
    return hashlib.sha256(f"{purpose} {commit} {one.id}".encode()).hexdigest()
