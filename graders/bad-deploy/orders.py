"""Orders that customers were told are taken: those of the customers' book, and a rush of our own."""

from __future__ import annotations

import json
from random import Random

from kikori.grading import Scene, eventually

OLDEST = 12
DRAWN = 48
RUSH = (70, 110)
"""More orders than a deploy that keeps the last few dozen would leave."""

ASK = """
import http.client, json, sys

def told(method, path):
    shop.request(method, path)
    answer = shop.getresponse()
    text = answer.read()
    content = json.loads(text) if answer.status in (200, 201) else {}
    return content if isinstance(content, dict) else {}

shop, found, failures = http.client.HTTPConnection("shop", 8080, timeout=3), [], 0
for method, path, name in json.loads(sys.argv[1]):
    try:
        content = told(method, path)
        if content.get("tea"):
            found.append(name or content.get("order"))
    except (OSError, ValueError, http.client.HTTPException):
        shop.close()
        failures += 1
        if failures == 3:
            break  # each may have taken seconds
print(json.dumps(found))
"""
"""Asks the shop for one thing after the other: a list of METHOD PATH NAME, as JSON; gives the names of those found."""


def chosen(confirmed: list[str], draw: Random) -> list[str]:
    """Those that are looked up: the oldest ones, for they go first where somebody tidies up, and some between."""
    later = confirmed[OLDEST:]
    return confirmed[:OLDEST] + draw.sample(later, min(DRAWN, len(later)))


class Orders:
    """What was confirmed before a push, and what of it is there afterwards."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.gone: set[str] = set()
        self.looks = 0

    def before(self, *, rush: bool) -> list[str]:
        """Some that are found now: what a broken release told customers earlier is no order."""
        self.looks += 1
        draw = self.scene.draw(f"orders {self.looks}")
        book = json.loads(self.scene.get("desk", "/confirmed").text)
        asked = chosen([number for number in book if number not in self.gone], draw)
        placed = self._asked([("POST", "/orders?tea=Sencha&count=2", "")] * draw.randint(*RUSH)) if rush else []
        found = self._found(asked)
        self.gone.update(set(asked) - set(found))
        return found + placed

    def missing(self, numbers: list[str]) -> list[str]:
        """Those that are not found any more."""

        def left() -> list[str]:
            found = set(self._found(numbers))
            return [number for number in numbers if number not in found]

        lost = eventually(left, lambda one: not one, within=3, every=0.5) if numbers else []
        self.gone.update(lost)
        return lost

    def _found(self, numbers: list[str]) -> list[str]:
        return self._asked([("GET", f"/orders/{number}", number) for number in numbers])

    def _asked(self, wanted: list[tuple[str, str, str]]) -> list[str]:
        done = self.scene.host("desk").run("timeout 20 python3 -c %s %s", ASK, json.dumps(wanted))
        return [str(one) for one in json.loads(done.stdout or "[]") if one]
