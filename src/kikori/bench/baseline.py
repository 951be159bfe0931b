"""The untouched service's pace on this machine, and the grade that a score has against it."""

from __future__ import annotations

from math import log2
from pathlib import Path

import msgspec

from kikori import paths
from kikori.attempts.atomic_files import write_whole
from kikori.bench.result import Result
from kikori.bench.run import Length, Run, content_of
from kikori.bench.target import Target, profile, running_workspace
from kikori.engine.client import Silent, Steps
from kikori.errors import OurFault
from kikori.model import Lab
from kikori.proof_keys import engine_key, lab_key

LENGTH = Length(warm_up=3, load=30, step=1)
"""Also the least of a learner's own untouched run that counts as one: in fifteen seconds chance is too great."""


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


def known(lab: Lab) -> float | None:
    """The untouched pace in points a second, where it was measured on this machine."""
    file = _file(lab)
    return msgspec.json.decode(file.read_bytes(), type=Result).pace if file.is_file() else None


def keep(lab: Lab, result: Result) -> None:
    """Keep a run of the untouched service as the baseline."""
    file = _file(lab)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, msgspec.json.encode(result))


def baseline(lab: Lab, steps: Steps | None = None) -> float:
    """The untouched pace; measured now where it is not known yet, in a minute.

    Raises:
        OurFault: the untouched service does not pass.
    """
    pace = known(lab)
    if pace is not None:
        return pace
    steps = steps or Silent()
    with steps.step("Measuring the untouched service, once"), running_workspace(lab, _untouched(lab)) as project:
        result = Run(Target(project), seed=1).whole(LENGTH)
    if not result.passed or not result.points:
        seen = "; ".join(cause.seen for cause in result.causes[:1])
        raise OurFault(f"{lab.id}: the untouched service fails: {result.failed} ({seen})", f"kikori lab prove {lab.id}")
    keep(lab, result)
    return result.pace


def is_untouched(lab: Lab, result: Result) -> bool:
    """Whether a run measured the workspace as the lab gives it out."""
    return result.workspace == content_of(_untouched(lab))


def _untouched(lab: Lab) -> Path:
    if lab.workspace is None:
        raise OurFault(f"{lab.id} has no workspace, so there is nothing to tune")
    return lab.workspace


def _file(lab: Lab) -> Path:
    """Name it for what runs and what measures: prose and hints may change without a new measurement."""
    return paths.state() / "baselines" / f"{lab.id}-{profile()}-{lab_key(lab)}-{engine_key(lab.graders)}.json"
