"""The town that plays what happens, and tells what its customers met."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

LEAST = 4
"""Requests without which nothing can be said."""
BAD, LISTS, REFUSED = 0.05, 0.25, 0.45
"""The share of answers that may be bad, of lists, and of orders that may be refused too late in a bad moment."""
LATE = 0.8
"""Seconds by which customers may come late before the machine is called too busy."""
Met = dict[str, dict[str, Any]]


class Town:
    """The town, and what it says."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.began = 0.0
        """When something was played last, by the town's clock."""

    def ask(self, method: str, path: str) -> Any:
        """Ask it.

        Raises:
            OurFault: it does not answer, so nothing can be said.
        """
        answer = eventually(
            lambda: self.scene.ask(method, "town", path, 7000), lambda seen: seen.status == 200, within=8, every=0.5
        )
        if answer.status != 200:
            raise OurFault(f"the town could not be asked for {path}: {answer}")
        return json.loads(answer.text)

    def act(self, path: str, within: float) -> dict[str, Any]:
        """Have it do something, and wait until that is done.

        Raises:
            OurFault: it is not done in time, so nothing can be said.
        """
        task = self.ask("POST", f"/begin/{path}")["task"]
        found = eventually(lambda: self.ask("GET", f"/task/{task}")["found"], bool, within=within, every=0.2)
        if not found or "problem" in found:
            raise OurFault(f"the town did not end {path} within {within} s: {found or ''}")
        return dict(found)

    def twice(self, look: Callable[[], dict[str, Any]], *, spells: tuple[str, ...]) -> dict[str, Any]:
        """Look, and look once more where the machine may have been too busy, or somebody only waited.

        Raises:
            OurFault: customers could not come as they do, so nothing can be said.
        """
        found: dict[str, Any] = {}
        for _ in range(2):
            found = look()
            came = min(sum(one["asked"] for one in found[spell].values()) for spell in spells)
            only_late = all(set(one["whys"]) <= {"slow"} for spell in spells for one in found[spell].values())
            fine = not any(SPELLS.get(spell, troubles)(found[spell]) for spell in spells)
            few = came < LEAST or (fine and not all(found[spell]["order"]["asked"] for spell in spells))
            if not few and (fine or (not only_late and found["lag"] < LATE)):
                return found
        if few:
            raise OurFault(f"hardly a customer came: {found}")
        if found["lag"] >= LATE:
            raise OurFault(f"customers came {found['lag']:.1f} s late: the machine is too busy to say anything")
        return found

    def audit(self) -> dict[str, int]:
        """The customers' book beside the shop's and the provider's.

        Raises:
            OurFault: the books can't be read, so nothing can be said.
        """
        if not self.began:
            self.play()
        path = f"/audit?since={self.began}"
        found = eventually(lambda: self.ask("GET", path), lambda seen: "error" not in seen, within=8, every=0.5)
        if "error" in found:
            raise OurFault(f"the books could not be read: {found['error']}")
        return dict(found)

    def texts(self) -> dict[str, Any]:
        """What became of what the agency sent in the last play.

        Raises:
            OurFault: it could not send all, or the books can't be read, so nothing can be said.
        """
        found = eventually(lambda: self.ask("GET", "/texts"), lambda seen: "error" not in seen, within=8, every=0.5)
        if "error" in found:
            raise OurFault(f"the books could not be read: {found['error']}")
        if found["wanted"] and found["sent"] < found["least"]:
            raise OurFault(f"the agency could send {found['sent']} of {found['least']} pages: the machine is too busy")
        return dict(found)

    def wrong_report(self) -> dict[str, Any]:
        """The first report since the last play that is not so; one that says nothing where all are right.

        Raises:
            OurFault: the books can't be read, so nothing can be said.
        """
        found = eventually(
            lambda: self.ask("GET", "/wrong-report"), lambda seen: "error" not in seen, within=8, every=0.5
        )
        if "error" in found:
            raise OurFault(f"the books could not be read: {found['error']}")
        return dict(found)

    def watch(self) -> dict[str, Any]:
        """What customers meet, as things are."""
        return self.act("watch?seconds=3", 20)

    def play(self) -> dict[str, Any]:
        """The next time of what has happened, and a while after it."""
        found = self.act("play", 95)
        self.began = float(found["began"])
        return found


def troubles(met: Met, kinds: tuple[str, ...] = ("browse", "cart", "order", "look")) -> dict[str, str]:
    """Of which requests too many were bad, and how; of carts and orders, one that is another's is too many."""
    bad, asked = sum(met[kind]["bad"] for kind in kinds), sum(met[kind]["asked"] for kind in kinds)
    others = any("wrong" in met[kind]["whys"] for kind in kinds if kind != "browse")
    if not others and (bad <= 1 or bad <= BAD * asked):
        return {}
    return {
        kind: f"{met[kind]['bad']}/{met[kind]['asked']} ({', '.join(sorted(met[kind]['whys']))})"
        for kind in kinds
        if met[kind]["bad"]
    }


def trigger_troubles(met: Met) -> dict[str, str]:
    """The same while the trigger is on: some orders may wait for whoever is slow."""
    orders, lists = met["order"], met["list"]
    found = troubles(met, ("browse", "cart", "look"))
    if lists["bad"] > max(1, LISTS * lists["asked"]):
        found["list"] = f"{lists['bad']}/{lists['asked']} ({', '.join(sorted(lists['whys']))})"
    if "wrong" in orders["whys"] or orders["bad"] > max(1, REFUSED * orders["asked"]):
        found["order"] = f"{orders['bad']}/{orders['asked']} ({', '.join(sorted(orders['whys']))})"
    return found


SPELLS = {"trigger": trigger_troubles}
"""What counts as trouble in a spell, where less than usual may."""


@pytest.fixture(scope="module")
def town(scene: Scene) -> Town:
    """The town around the shop, once what is new in the repository is rolled out."""
    found = Town(scene)
    found.act("catch-up", 30)
    return found
