"""Why runs of the same code differ, so far as a run can tell."""

from __future__ import annotations

from itertools import pairwise

from kikori.bench.history import NOISE
from kikori.bench.result import Result
from kikori.model.record import Record

OTHERS, STOLEN, FULL = 0.1, 0.02, 0.95
"""Shares of the machine's time from which on they are told."""
IN_A_ROW = 3


class Reason(Record):
    """Something that makes a score more or less, and how much there was of it."""

    name: str
    """``few``, ``others``, ``stolen``, ``full`` or ``rising``."""
    share: float


def reasons(runs: list[Result]) -> list[Reason]:
    """What kept the last run from being one that repeats within ``NOISE``, the surest first."""
    last = runs[-1]
    ground = last.ground
    found = {"few": last.luck if 2 * last.luck > NOISE else 0.0, "rising": _rise(runs)}
    if ground:
        found |= {
            "stolen": ground.stolen if ground.stolen > STOLEN else 0.0,
            "others": ground.others if ground.others > OTHERS else 0.0,
            "full": ground.busy if ground.busy > FULL else 0.0,
        }
    return [Reason(name=name, share=share) for name, share in found.items() if share]


def _rise(runs: list[Result]) -> float:
    """By how much the last runs of one workspace rose, each above the one before; 0 where they did not."""
    last = runs[-1]
    alike = [one.pace for one in runs if one.passed and (one.workspace, one.seconds) == (last.workspace, last.seconds)]
    row = alike[-IN_A_ROW:]
    if len(row) < IN_A_ROW or not last.passed or any(after <= before for before, after in pairwise(row)):
        return 0.0
    rise = row[-1] / row[0] - 1 if row[0] else 0.0
    return rise if rise > NOISE else 0.0
