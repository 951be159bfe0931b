"""The page, and the nights on which a robot follows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from boxes import Boxes
from robot.page import Page, read

from kikori.grading import Scene

RUNBOOK = "runbook.md"


@pytest.fixture(scope="module")
def page(scene: Scene) -> Page:
    """The runbook, as the robot reads it."""
    return read(scene.text(RUNBOOK))


@pytest.fixture(scope="module")
def nights(scene: Scene, page: Page) -> Iterator[Boxes]:
    """The nights; they are begun once somebody asks for the first of them."""
    found = Boxes(scene, page)
    yield found
    found.close()
