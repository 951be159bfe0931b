"""The page, and the nights on which a robot follows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from boxes import Boxes
from nights import asked_for
from robot.page import Page, read

from kikori.grading import Scene

RUNBOOK = "runbook.md"


@pytest.fixture(scope="module")
def page(scene: Scene) -> Page:
    """The runbook, as the robot reads it."""
    return read(scene.text(RUNBOOK))


@pytest.fixture(scope="module")
def nights(scene: Scene, page: Page, request: pytest.FixtureRequest) -> Iterator[Boxes]:
    """The nights; all that this run's checks ask for begin at once."""
    found = Boxes(scene, page, asked_for(one.name for one in request.session.items))
    yield found
    found.close()
