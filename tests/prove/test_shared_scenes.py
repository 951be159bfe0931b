"""A trap in the scene that all traps of a fault share comes to what it comes to in a scene of its own.

One of two labs is tried; `./kikori test --all` tries five.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drawn import EVERYTHING, drawn
from kikori import host
from kikori.content import Catalog
from kikori.model import Change, Exercise, Fault, Lab
from kikori.prove.plan import sharing_a_scene
from kikori.prove.scene import ProofScene, proof_scene

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("silent-exit", "memory-wall")]

SEED = 20260101
LABS = ("silent-exit", "memory-wall")
ALL_LABS = ("silent-exit", "memory-wall", "fd-famine", "kernel-knobs", "fat-image")
"""Of several services and of one, with volumes and without, with faults and with unfinished work: ten minutes."""
CHOSEN = ALL_LABS if EVERYTHING else drawn(LABS, 1)

TRAPS = 5
"""Of each lab's traps so many are tried, drawn by the commit; some labs have thirty."""

Outcomes = dict[str, str]


def exercises() -> Iterator[tuple[Lab, Exercise, list[Change]]]:
    """Of each lab the exercise with most traps that share a scene."""
    for lab in map(Catalog().lab, CHOSEN):
        yield max(
            ((lab, exercise, sharing_a_scene(lab, exercise)) for exercise in lab.exercises),
            key=lambda found: len(found[2]),
        )


def begin(stage: ProofScene, exercise: Exercise) -> None:
    stage.reset()
    if isinstance(exercise, Fault):
        stage.put(exercise)


def outcomes(stage: ProofScene, trap: Change) -> Outcomes:
    """Grade as a proof does: what the others come to where a service is killed now and then is chance."""
    stage.change(trap)
    return {check.id: check.outcome.value for check in stage.grade(trap.fails).checks}


@pytest.mark.parametrize(("lab", "exercise", "traps"), [*exercises()], ids=CHOSEN)
def test_one_scene_is_as_good_as_many(lab: Lab, exercise: Exercise, traps: list[Change]) -> None:
    host.ready()
    traps = drawn(traps, TRAPS, lambda trap: trap.name)
    assert len(traps) > 2
    with proof_scene(lab, SEED) as stage:
        begin(stage, exercise)
        shared = {}
        for trap in traps:
            stage.renew_workspace(exercise if isinstance(exercise, Fault) else None)
            shared[trap.name] = outcomes(stage, trap)
    apart = {}
    for trap in traps:
        with proof_scene(lab, SEED) as stage:
            begin(stage, exercise)
            apart[trap.name] = outcomes(stage, trap)
    assert shared == apart
