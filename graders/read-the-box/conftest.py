"""The box as it was drawn, what its callers wrote down, and the learner's inventory."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, NamedTuple

import pytest
from inventory import Judged, Unreadable, in_network, judge, lines_of, read
from railway.box import Box
from railway.truth import Truth

from kikori.grading import Scene, eventually

SOON = 25
"""Seconds after a restart in which the box has played its past again, and its callers have called."""
KINDS = {"gates": 3, "sensor": 1, "kiosks": 2, "bus": 0}
"""Who calls the box, and how many answers are waited for: one for each who calls more than once an hour."""


class Book(NamedTuple):
    """What the peers tell: since when they keep it, and what each kind of caller met."""

    begun: float
    kinds: dict[str, dict[str, Any]]


class Callers:
    """What callers met since the box last started."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @property
    def silent(self) -> list[str]:
        """Kinds of callers that were not answered while it was waited for them."""
        return unanswered(self.first.kinds if self.first.begun == self.book.begun else {}, self.book.kinds)

    @cached_property
    def first(self) -> Book:
        """The first look."""
        return self._look()

    @cached_property
    def book(self) -> Book:
        """What each kind of caller met, once each of them was answered again and nobody was refused."""
        return eventually(self._look, partial(all_well, self.first), within=SOON)

    def _look(self) -> Book:
        answer = self.scene.get("peers", "/book", 7000)
        try:
            found = json.loads(answer.text)
            return Book(float(found["begun"]), dict(found["kinds"]))
        except (ValueError, KeyError, TypeError):
            return Book(0.0, {})


def all_well(first: Book, seen: Book) -> bool:
    """Whether every kind of caller was answered since a first look, and nobody was refused."""
    before = first.kinds if first.begun == seen.begun else {}
    return not unanswered(before, seen.kinds) and not any(one["bad"] for one in seen.kinds.values())


def unanswered(before: dict[str, Any], kinds: dict[str, Any]) -> list[str]:
    """Kinds of callers of which not all have had an answer since."""
    return [
        name
        for name, more in KINDS.items()
        if kinds.get(name, {}).get("good", 0) < max(1, before.get(name, {}).get("good", 0) + more)
    ]


class Work:
    """The learner's inventory, held against the truth."""

    def __init__(self, text: str, box: Box, owned: Callable[[], set[str]]) -> None:
        self.text = text
        self.box = box
        self._owned = owned
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
        return in_network(read(self.text), self.box)

    def judged(self, name: str) -> Judged:
        """What came of a part; that a file belongs to no package is asked of the box, too."""
        lines = lines_of(name, self.parts[name], self.box)
        found = judge(name, lines, self.truth[name])
        if name == "unowned" and len(lines) > found.right:
            owned = self._owned()
            found = found._replace(beside=found.beside + sum(line.key in owned for line in lines))
        return found


@pytest.fixture(scope="module")
def box(scene: Scene) -> Box:
    """The box of this attempt, in the network that Docker has given it."""
    given = next(iter(scene.inspect("box")["NetworkSettings"]["Networks"].values()))
    near = f"{given['IPAddress']}/{given['IPPrefixLen']}"
    return Box(str(scene.params["past"]), str(scene.params["box"]), near)


@pytest.fixture(scope="module")
def callers(scene: Scene) -> Callers:
    """What its callers wrote down."""
    return Callers(scene)


@pytest.fixture(scope="module")
def work(scene: Scene, box: Box) -> Work:
    """What the learner wrote."""
    return Work(scene.text("inventory.yaml"), box, partial(owned_by_packages, scene))


def owned_by_packages(scene: Scene) -> set[str]:
    """Read the paths of all packages of the box."""
    beside = scene.sidecar("box")
    lists = [one.path for one in beside.files("/var/lib/dpkg/info", names=("*.list",)) if one.kind == "file"]
    return {line for one in lists for line in (beside.read(one) or b"").decode("utf-8", "replace").splitlines()}
