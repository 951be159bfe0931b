"""The stand's counter, as customers know it."""

import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest

from kikori.grading import Answer, Scene, unkept

NAMES = ("Abe", "Doi", "Endo", "Fukui", "Goto", "Hara", "Ito", "Kato", "Mori", "Noda", "Ono", "Sato", "Ueda", "Wada")
"""What people in front of the stand are called."""
ODD_NAMES = ("Ann Lee", "O'Brien", "Sato & Sons", "Café 100%", "Mori; Kato", "Ke$ha", 'Ken "Kenny" Abe', "佐藤 花子")
"""Names with letters that a shell, a format or a list would take for something else."""
SLOW = "nabeyaki"
"""The dish that is on the stove for longest."""
LONGEST = 1.6
"""How long that is, in seconds."""


class Order(NamedTuple):
    """What a customer asked for, and was told."""

    answer: Answer
    ticket: str
    name: str
    dish: str
    asked: float
    waited: float
    """Seconds until the answer came."""


class Kept(NamedTuple):
    """What became of an order: as the book has it, and whether a slip says the same."""

    state: str
    name: str
    dish: str
    slip: bool


class Counter:
    """Where orders are placed, looked for and taken out of the book again."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.dish, self.slow = scene.params["dish"], SLOW
        self.seconds = {self.dish: int(scene.params["cook"]) / 1000, SLOW: LONGEST}
        self.chance = scene.draw("customers")

    def order(self, dish: str, *, odd: bool = False) -> Order:
        """Order a dish as a customer would; ``odd`` lets people come whose names are harder to write."""
        name = self.chance.choice(NAMES + ODD_NAMES if odd else NAMES)
        asked, began = time.time(), time.monotonic()
        answer = self.scene.ask("POST", "kitchen", "/orders", json={"name": name, "dish": dish})
        ticket = content(answer).get("ticket", "") if answer.status == 202 else ""
        return Order(answer, str(ticket), name, dish, asked, time.monotonic() - began)

    def guess(self) -> str:
        """Give a ticket that nobody was given."""
        return f"{self.chance.randrange(16**6):06x}"

    def least(self, order: Order) -> float:
        """Give the least seconds that the dish of an order is on the stove."""
        return self.seconds[order.dish] * 0.9

    def look(self, ticket: str) -> Answer:
        """What the stand says of a ticket now."""
        return self.scene.get("kitchen", f"/orders/{ticket}")

    def is_served(self, ticket: str) -> bool:
        """Whether the dish of a ticket has left the stove."""
        return content(self.look(ticket)).get("state") == "served"

    def kept(self, order: Order) -> Kept:
        """What became of an order until now."""
        found, slip = content(self.look(order.ticket)), self.scene.get("kitchen", f"/slips/{order.ticket}")
        state, name, dish = (str(found.get(key, "")) for key in ("state", "name", "dish"))
        words = (order.ticket, order.name, order.dish)
        return Kept(state, name, dish, slip.status == 200 and all(word in slip.text for word in words))

    def unkept(self, orders: Iterable[Order], within: float) -> dict[str, Kept]:
        """What became in the end of each ticket that was not kept: served, in the book as ordered, and with a slip."""
        given = {one.ticket: one for one in orders if one.ticket}
        told = {ticket: Kept("served", one.name, one.dish, slip=True) for ticket, one in given.items()}
        return unkept(told, lambda ticket: self.kept(given[ticket]), within=within)

    def strike(self, orders: Iterable[Order]) -> None:
        """Take orders out of the book again: a grader eats nothing."""
        with ThreadPoolExecutor(4) as people:
            for placed in orders:
                if placed.ticket:
                    people.submit(self.scene.ask, "DELETE", "kitchen", f"/orders/{placed.ticket}")

    def replace(self) -> None:
        """Put a new container in the place of one that has ended, of the same image, settings and volumes."""
        old: Any = self.scene.container("kitchen")
        seen, api = old.attrs, old.client.api
        host = seen["HostConfig"]
        named = {one["Target"] for one in host.get("Mounts") or ()}
        others = [f"{one['Name']}:{one['Destination']}" for one in seen["Mounts"] if one["Destination"] not in named]
        host["Binds"] = (host["Binds"] or []) + others
        names = {net: {"Aliases": one["Aliases"]} for net, one in seen["NetworkSettings"]["Networks"].items()}
        places = {"HostConfig": host, "NetworkingConfig": {"EndpointsConfig": names}}
        old.remove()
        api.create_container_from_config(seen["Config"] | {"Hostname": ""} | places, seen["Name"][1:])


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
