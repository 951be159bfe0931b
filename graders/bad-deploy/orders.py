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
import http.client, json, sys, time

def told(method, path):
    shop.request(method, path)
    answer = shop.getresponse()
    text = answer.read()
    content = json.loads(text) if answer.status in (200, 201) else {}
    return content if isinstance(content, dict) else {}

shop, found, denied, failures = http.client.HTTPConnection("shop", 8080, timeout=3), [], [], 0
begin = time.monotonic()
for method, path, name in json.loads(sys.argv[1]):
    try:
        content = told(method, path)
        (found if content.get("tea") else denied).append(name or content.get("order"))
    except (OSError, ValueError, http.client.HTTPException):
        shop.close()
        failures += 1
    if failures == 3 or time.monotonic() - begin > 10:
        break
print(json.dumps([found, denied]))
"""
"""Asks the shop for one thing after the other: a list of METHOD PATH NAME, as JSON.

Gives the names of what was found, and of what an answer said was not. Where no answer came, that says nothing of an
order: whether customers are answered is looked at elsewhere.
"""


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
        wanted = [("POST", "/orders?tea=Sencha&count=2", "")] * draw.randint(*RUSH)
        placed = self._asked(wanted)[0] if rush else []
        found, denied = self._look_up(asked)
        self.gone.update(denied)
        return found + placed

    def missing(self, numbers: list[str]) -> list[str]:
        """Those that are not found any more."""
        lost = eventually(lambda: self._look_up(numbers)[1], lambda one: not one, within=3, every=0.5)
        self.gone.update(lost)
        return lost

    def _look_up(self, numbers: list[str]) -> tuple[list[str], list[str]]:
        return self._asked([("GET", f"/orders/{number}", number) for number in numbers])

    def _asked(self, wanted: list[tuple[str, str, str]]) -> tuple[list[str], list[str]]:
        done = self.scene.host("desk").run("timeout 20 python3 -c %s %s", ASK, json.dumps(wanted))
        found, denied = json.loads(done.stdout or "[[], []]")
        return [str(one) for one in found if one], [str(one) for one in denied if one]
