"""The shop's worker completes orders, also those that were accepted before its database went away and came back."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from kikori.content import Catalog
from kikori.engine import Project, Silent
from kikori.engine.scratch import scratch
from kikori.grading import Scene, eventually

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("four-signals")]


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    """The shop, with nothing of the learner's in it."""
    lab = Catalog().lab("four-signals")
    with scratch(lab, "worker", workspace=lab.workspace) as made:
        made.up(Silent())
        yield made


def test_orders_outlive_the_database(project: Project) -> None:
    scene = Scene(project.attempt, isolated=True)

    def order() -> str:
        """An order's number; empty where nobody takes it."""
        scene.ask("POST", "front", "/cart", json={"customer": "test", "product": 5})
        answer = scene.ask("POST", "front", "/orders", json={"customer": "test", "payment": "test"})
        return str(json.loads(answer.text)["order"]) if answer.status == 201 else ""

    def state(number: str) -> str:
        return str(json.loads(scene.get("front", f"/orders/{number}").text).get("state"))

    before = eventually(order, bool, within=15)
    project.container("database").restart(timeout=10)
    after = eventually(order, bool, within=30, every=0.5)
    assert before
    assert after
    for number in (before, after):
        assert eventually(lambda asked=number: state(str(asked)), lambda seen: seen == "completed", 15) == "completed"
