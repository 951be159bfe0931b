"""Tell what may be typed first: looking always, and changing only what the state of a failure or an alert allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

LOOKING = frozenset({"none", "status", "log", "ask", "look", "wait", "tally-silent", "tally-check"})
"""Kinds of command that change nothing."""
CHANGING: dict[str, frozenset[str]] = {
    "silent": frozenset(),  # gateways are away, and tally is well
    "full": frozenset({"tally-prune"}),  # a copy or a backup would take the rest of the disk
    "tokens": frozenset(),  # they come back, and docks send again by themselves
    "crowded": frozenset(),  # whatever is started, stopped or asked for makes it longer
    "torn": frozenset({"stop", "copy"}),  # a restore comes after the stop, and a backup would be of what is torn
    "double": frozenset({"stop", "end", "copy"}),  # the lock is taken, and another start is in vain
    "stops": frozenset({"stop", "end", "copy", "backup"}),  # without the registry each start is in vain
    "stale": frozenset({"copy", "backup"}),  # it goes on with the docks of last time, which a start anew forgets
    "loses": frozenset({"copy", "backup"}),  # the archive is away, and tally is well
    "down": frozenset({"start", "stop", "copy"}),  # nobody knows yet why
    # of a failure of which no record tells, whatever loses nothing
    "own": frozenset({"start", "stop", "end", "copy", "backup", "tally-ask-again"}),
}
"""What else may come first, by the state."""
DOWN = frozenset({"tallydown", "up"})
"""Signals that tell that it is down, and not why."""


def states(told: Mapping[str, Iterable[str]]) -> set[str]:
    """Give the states of which signals tell, each with its kinds of failure; of those that tell of none, one's own."""
    known = {signal: kinds for signal, kinds in told.items() if signal.partition("{")[0] not in DOWN}
    down = {"down"} if len(known) < len(told) else set()
    return set().union(*known.values()) | down or {"own"}


def may_come_first(kind: str, found: Iterable[str]) -> bool:
    """Whether a kind of command may come first in all of some states."""
    return kind in LOOKING or all(kind in CHANGING[state] for state in found)
