"""How a score stands against the untouched service of the same machine: a grade on a scale of doublings."""

from __future__ import annotations

from math import log2

from kikori.bench.result import Result


def times(result: Result) -> float | None:
    """How many times the untouched pace; None where that is not known."""
    if not result.baseline:
        return None
    return (result.pace if result.passed else 0.0) / result.baseline


def grade(result: Result) -> float | None:
    """Doublings above the untouched service, one decimal: 0 is untouched, 5 is thirty-two times as much."""
    factor = times(result)
    if factor is None:
        return None
    return round(max(0.0, log2(factor)), 1) if factor > 0 else 0.0
