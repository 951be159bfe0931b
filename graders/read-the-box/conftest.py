"""The box as it was drawn, what its callers wrote down, and the learner's inventory."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

import pytest
from inventory import Judged, Unreadable, judge, lines_of, read
from railway.box import Box
from railway.truth import Truth

from kikori.grading import Scene, eventually

SOON = 25
"""Seconds after a restart in which the box has played its past again, and its callers have called."""
KINDS = ("gates", "sensor", "kiosks", "bus")
"""Who calls the box; the bank is called by it."""


class Callers:
    """What callers met since the box last started."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def book(self) -> dict[str, dict[str, Any]]:
        """What each kind of caller met, once each of them was answered and nobody was refused."""
        return eventually(self._kinds, all_well, within=SOON)

    def _kinds(self) -> dict[str, dict[str, Any]]:
        answer = self.scene.get("peers", "/book", 7000)
        try:
            return dict(json.loads(answer.text)["kinds"])
        except (ValueError, KeyError, TypeError):
            return {}


def all_well(kinds: dict[str, dict[str, Any]]) -> bool:
    """Whether every kind of caller was answered, and nobody was refused."""
    return all(kinds.get(name, {}).get("good") for name in KINDS) and not any(one["bad"] for one in kinds.values())


class Work:
    """The learner's inventory, held against the truth."""

    def __init__(self, text: str, box: Box) -> None:
        self.text = text
        self.box = box
        self.truth = Truth(box).parts()

    @cached_property
    def problem(self) -> str:
        """Where the inventory has another form than was agreed on; empty where it has not."""
        try:
            read(self.text)
        except Unreadable as problem:
            return str(problem)
        return ""

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The inventory's parts, as they stand there."""
        return read(self.text)

    def judged(self, name: str) -> Judged:
        """What came of a part."""
        return judge(name, lines_of(name, self.parts[name], self.box), self.truth[name])


@pytest.fixture(scope="module")
def box(scene: Scene) -> Box:
    """The box of this attempt."""
    return Box(str(scene.params["past"]), str(scene.params["box"]))


@pytest.fixture(scope="module")
def callers(scene: Scene) -> Callers:
    """What its callers wrote down."""
    return Callers(scene)


@pytest.fixture(scope="module")
def work(scene: Scene, box: Box) -> Work:
    """What the learner wrote."""
    return Work(scene.text("inventory.yaml"), box)
