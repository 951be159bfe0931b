"""Which demands are made of a lab, by name, and what each of them does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Literal

from kikori.model import Change, Exercise, Fault, Kind, Lab
from kikori.prove.demands import (
    alarm_is_false,
    change_is_needless,
    fault_shows,
    fix_works,
    healthy,
    stop_gap_serves,
    trap_fails,
    traps_fail,
    unfinished,
)
from kikori.prove.scene import ProofScene

Work = Callable[[ProofScene], None]
Sort = Literal["begin", "fault", "fix", "trap"]
MOST_TRAPS = 8
"""Traps of one scene that a landing repeats: they come one after the other, and the last of them ends the landing."""
FEW_TRAPS = 2
"""Those of them that show that the engine still refuses what it refused."""


def demands_of(lab: Lab, *, brief: str = "", few: Collection[str] = ()) -> Iterator[tuple[str, Work]]:
    """Every demand on a lab by its name; ``brief`` is the commit of a landing, which repeats less (docs/adr/0022).

    ``few`` names demands that are asked for the engine's sake alone: a trap or two are as good as all.
    """
    name, begins = ("unfinished", unfinished) if lab.unfinished else ("healthy", healthy)
    yield name, partial(begins, brief=bool(brief))
    for exercise in lab.exercises:
        restarts = not brief or exercise == lab.exercises[0]
        if isinstance(exercise, Fault) and exercise.about.alarm:
            yield from _of_an_alarm(exercise, restarts=restarts)
            continue
        begin = f"{exercise.id}/" if isinstance(exercise, Fault) else ""
        if isinstance(exercise, Fault):
            yield exercise.id, partial(fault_shows, fault=exercise, restarts=restarts)
            yield from _of_stop_gaps(exercise)
        for fix in exercise.fixes:
            whole = restarts and (not brief or fix == exercise.fixes[0])
            yield f"{begin}fixes/{fix.name}", partial(fix_works, exercise=exercise, fix=fix, restarts=whole)
        for trap in exercise.traps:
            yield f"{begin}traps/{trap.name}", partial(trap_fails, exercise=exercise, trap=trap)
        if together := sharing_a_scene(lab, exercise):
            most = FEW_TRAPS if f"{begin}traps" in few else MOST_TRAPS
            some = drawn_traps(together, f"{brief} {lab.id} {begin}", most) if brief else together
            yield f"{begin}traps", partial(traps_fail, exercise=exercise, traps=some, fix=exercise.fixes[0])


def _of_an_alarm(fault: Fault, *, restarts: bool) -> Iterator[tuple[str, Work]]:
    yield fault.id, partial(alarm_is_false, fault=fault, restarts=restarts)
    for trap in fault.traps:
        yield f"{fault.id}/traps/{trap.name}", partial(change_is_needless, fault=fault, trap=trap)


def _of_stop_gaps(fault: Fault) -> Iterator[tuple[str, Work]]:
    for stop_gap in fault.stop_gaps:
        yield f"{fault.id}/stop-gaps/{stop_gap.name}", partial(stop_gap_serves, fault=fault, stop_gap=stop_gap)


def drawn_traps(traps: Sequence[Change], lot: str, most: int = MOST_TRAPS) -> list[Change]:
    """Draw half of some traps, so many at most, in their order; nobody knows a lot before its commit is there."""
    chosen = sorted(traps, key=lambda trap: hashlib.sha256(f"trap {lot} {trap.name}".encode()).digest())
    return [trap for trap in traps if trap in chosen[: min(most, (len(traps) + 1) // 2)]]


def sharing_a_scene(lab: Lab, exercise: Exercise) -> list[Change]:
    """The traps that need no scene of their own: like the fault, they change nothing but the workspace.

    None where the lab says that they leave something behind, or is tuned.
    """
    apart = lab.about.apart or lab.about.kind is Kind.TUNE
    if apart or not exercise.fixes or not _touches_workspace_alone(exercise):
        return []
    return [trap for trap in exercise.traps if all(one.touches_workspace for one in (*trap.first, trap))]


def _touches_workspace_alone(exercise: Exercise) -> bool:
    return not isinstance(exercise, Fault) or not exercise.in_services


def plan_of(lab: Lab) -> list[str]:
    """The demands that together prove a lab, by name: without those that are part of another one."""
    parts: set[str] = set()
    for exercise in lab.exercises:
        begin = f"{exercise.id}/" if isinstance(exercise, Fault) else ""
        if isinstance(exercise, Fault):
            parts |= {f"{begin}fixes/{fix.name}" for fix in exercise.fixes[:1]}
        parts |= {f"{begin}traps/{trap.name}" for trap in sharing_a_scene(lab, exercise)}
    return [name for name, _ in demands_of(lab) if name not in parts]


def sort_of(name: str) -> Sort:
    """What a demand of this name asks for."""
    if name in ("healthy", "unfinished"):
        return "begin"
    if name == "traps" or name.endswith("/traps") or "traps/" in name:
        return "trap"
    return "fix" if "fixes/" in name or "stop-gaps/" in name else "fault"
