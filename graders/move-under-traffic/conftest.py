"""One move on a stage of its own, which all checks read."""

from __future__ import annotations

from contextlib import closing

import pytest
from plays import Move, Play
from stage import Stage

from kikori.grading import Scene


@pytest.fixture(scope="module")
def move(scene: Scene) -> Move:
    """The learner's plan, carried out on other servers while other offices order."""
    with closing(Stage(scene)) as stage:
        return Play(stage).whole()
