"""The learner's repository, an untouched host and a built one, each made when it is first asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from afterwards import Afterwards
from plays import Built, Untouched
from railway.box import Box
from repository import Repository, gather
from settings import Values, drawn, later, of_box, read, secret_word, wrong
from stand import Stand

from kikori.grading import Scene, eventually

PAST, NAME = "2026", "sanroku"
"""The old server that is drawn for everybody, as compose.yaml has it."""
KINDS = ("gates", "sensor", "kiosks")
SOON = 25


class Given:
    """What the check draws for this attempt."""

    def __init__(self, scene: Scene) -> None:
        self.values: Values = drawn(scene.draw("values"))
        self.word = secret_word(scene.draw("word"))
        self.secret: Values = {"bank_word": self.word}
        self.wrong = wrong(scene.draw("wrong"), self.values, self.word)
        self.later = later(scene.draw("later"), self.values, self.word)
        self.chance = scene.draw("customers")
        self.banks = sorted({one["bank_port"] for one in (self.values, *(change.values for change in self.later))})


def good_answers(scene: Scene) -> dict[str, int]:
    """How many answers each kind of the old server's callers has got so far."""
    try:
        kinds: dict[str, Any] = json.loads(scene.get("peers", "/book", 7000).text)["kinds"]
        return {name: int(kinds.get(name, {}).get("good", 0)) for name in KINDS}
    except (ValueError, KeyError, TypeError, AttributeError):
        return dict.fromkeys(KINDS, 0)


def unanswered(scene: Scene) -> list[str]:
    """Kinds of callers who got nothing while it was waited for them; their book may begin anew meanwhile."""
    first = good_answers(scene)

    def silent() -> list[str]:
        now = good_answers(scene)
        return [name for name in KINDS if now[name] in (0, first[name])]

    return eventually(silent, lambda names: not names, within=SOON, every=0.5)


@pytest.fixture(scope="module")
def repository(scene: Scene) -> Repository:
    """What the learner wrote."""
    return gather(scene.workspace)


@pytest.fixture(scope="module")
def own_values(scene: Scene) -> Values | None:
    """What the learner says of this server; None where it can't be read."""
    return read(scene.text("values.yml"))


@pytest.fixture(scope="module")
def truth() -> Values:
    """What is so of this server."""
    return of_box(Box(PAST, NAME))


@pytest.fixture(scope="module")
def given(scene: Scene) -> Given:
    """Values of another server."""
    return Given(scene)


@pytest.fixture(scope="module")
def stand(scene: Scene, repository: Repository, given: Given) -> Iterator[Stand]:
    """A host on its first day, with all that it needs."""
    made = Stand(scene, repository.files, given.values, given.secret, given.banks)
    yield made
    made.close()


@pytest.fixture(scope="module")
def untouched(stand: Stand, given: Given) -> Untouched:
    """The host as long as nothing is to be changed on it."""
    return Untouched(stand, given.values, given.secret, given.wrong)


@pytest.fixture(scope="module")
def built(stand: Stand, given: Given) -> Built:
    """The host that the learner's playbook builds."""
    return Built(stand, given.values, given.secret, given.chance)


@pytest.fixture(scope="module")
def afterwards(built: Built, given: Given) -> Afterwards:
    """The host once other values were brought, and in trouble."""
    return Afterwards(built, given.later)
