"""The stand's counter, as customers know it."""

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest

from kikori.grading import Answer, Scene


class Order(NamedTuple):
    """What a customer was told."""

    answer: Answer
    ticket: str


class Counter:
    """Where orders are placed, looked for and taken out of the book again."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def order(self, dish: str) -> Order:
        """Order a dish as a customer would."""
        answer = self.scene.ask("POST", "kitchen", "/orders", json={"name": "kikori", "dish": dish})
        ticket = content(answer).get("ticket", "") if answer.status == 202 else ""
        return Order(answer, str(ticket))

    def found(self, ticket: str) -> dict[str, object]:
        """The order of a ticket as the stand knows it now."""
        return content(self.scene.get("kitchen", f"/orders/{ticket}"))

    def is_served(self, ticket: str) -> bool:
        """Whether the dish of a ticket has left the stove."""
        return self.found(ticket).get("state") == "served"

    def strike(self, orders: Iterable[Order]) -> None:
        """Take orders out of the book again: a grader eats nothing."""
        with ThreadPoolExecutor(4) as people:
            for placed in orders:
                if placed.ticket:
                    people.submit(self.scene.ask, "DELETE", "kitchen", f"/orders/{placed.ticket}")

    def restart(self) -> list[str]:
        """The engine's own restart as a command, which keeps to the patience that the service was given."""
        return ["docker", "restart", str(self.scene.inspect("kitchen")["Id"])]


def content(answer: Answer) -> dict[str, object]:
    """The JSON object of an answer; empty where it is none."""
    try:
        found = json.loads(answer.text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@pytest.fixture(scope="module")
def counter(scene: Scene) -> Counter:
    """The counter of this stand."""
    return Counter(scene)
