"""One move on a stage of its own, and one in a calm town meanwhile, which all checks read."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import NamedTuple

import pytest
from calm import Calm, CalmPlay
from plays import Move, Play
from stage import Stage

from kikori.grading import Scene


class Both(NamedTuple):
    """What came of both; of the calm town nothing where the plan did not come to finish."""

    move: Move
    calm: Calm


def calm_round(scene: Scene) -> Calm:
    """Carry the plan out in a calm town."""
    with closing(Stage(scene, "calm")) as stage:
        return CalmPlay(stage).whole()


@pytest.fixture(scope="module")
def both(scene: Scene) -> Both:
    """The calm town has its move while finish, in the other one, waits for those who come late."""
    rounds: list[Future[Calm]] = []
    with ThreadPoolExecutor(1) as pool:
        with closing(Stage(scene)) as stage:
            move = Play(stage, lambda: rounds.append(pool.submit(calm_round, scene))).whole()
        return Both(move, rounds[0].result() if rounds else Calm())


@pytest.fixture(scope="module")
def move(both: Both) -> Move:
    """The learner's plan, carried out on other servers while other offices order."""
    return both.move


@pytest.fixture(scope="module")
def calm(both: Both) -> Calm:
    """The same plan where a single guest orders, between the steps."""
    return both.calm
