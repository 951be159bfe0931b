"""Keys of demands: what each of them rests on, so that its record outlives a change of anything else."""

from __future__ import annotations

from kikori.model import Fault, Lab
from kikori.proof_keys import Rests, demand_keys
from kikori.prove.plan import Work, demands_of, plan_of


def rests_on(work: Work) -> Rests:
    """The faults, breaks, fixes and traps that a demand executes.

    The first fix of its exercise is one of them, since more than one kind of demand ends with it.
    """
    told = getattr(work, "keywords", {})
    exercise = told.get("exercise") or told.get("fault")
    if exercise is None:
        return Rests()
    named = [told[name] for name in ("fix", "trap", "stop_gap") if name in told]
    changes = [*exercise.fixes[:1], *told.get("traps", ()), *named]
    changes += [before for change in changes for before in change.first]
    if not isinstance(exercise, Fault):
        return Rests(changes=tuple(changes))
    return Rests(faults=(exercise.id, *exercise.about.both), changes=(*exercise.breaking, *changes))


def keys_of(lab: Lab) -> dict[str, str]:
    """The key of each demand of a plan: what it rests on, as it is now."""
    plan = plan_of(lab)
    return demand_keys(lab, {name: rests_on(work) for name, work in demands_of(lab) if name in plan})
