"""The board as its users meet it: every route looked at, what was written read again, and a short benchmark."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import cached_property

import pytest

from kikori.bench.api import QUICK, Result, Run, Score, baseline, target_of
from kikori.grading import Scene


class Board:
    """What the checks ask for; each part is done once."""

    def __init__(self, scene: Scene) -> None:
        self.target = target_of(scene)
        self.project = self.target.project

    def run(self) -> Run:
        """A run with a mix of its own."""
        return Run(self.target, secrets.randbelow(2**31))

    @cached_property
    def looked(self) -> tuple[Score, object]:
        """Every route, once; and what that wrote."""
        return self.run().checked(lambda scenario: scenario.checks())

    @cached_property
    def measured(self) -> Result:
        """A short run under load."""
        return self.run().whole(QUICK)

    @cached_property
    def untouched(self) -> float:
        """Points a second of the untouched service on this machine."""
        return baseline(self.target.lab)

    def read_again(self) -> Score:
        """What was written while every route was looked at, read once more."""
        kept = self.looked[1]
        return self.run().checked(lambda scenario: scenario.read_again(kept), fresh=False)[0]


@pytest.fixture(scope="module")
def board(scene: Scene) -> Iterator[Board]:
    """The board."""
    return Board(scene)
