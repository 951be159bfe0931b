"""Drills at the shop, and what the pager does meanwhile."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

PAGES = "/api/v2/alerts?active=true&silenced=false&inhibited=false&filter=severity%3D%22page%22"


class Pager:
    """What would wake somebody up, and the drills that may."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def rings(self) -> list[str]:
        """The names of the pages that ring now."""
        answer = self.scene.get("alertmanager", PAGES, 9093)
        if answer.status != 200:
            return []
        return sorted({str(alert["labels"].get("alertname", "?")) for alert in json.loads(answer.text)})

    def silent(self, within: float) -> list[str]:
        """Wait until nothing rings; gives what still does."""
        return eventually(self.rings, lambda names: not names, within=within, every=0.3)

    def ringing(self, within: float) -> list[str]:
        """Wait until something rings; gives nothing where all stays silent."""
        return eventually(self.rings, bool, within=within, every=0.3)

    def drill(self, name: str) -> None:
        """Play something at the shop.

        Raises:
            OurFault: it could not be played, so nothing can be said about the pager.
        """
        done = eventually(
            lambda: self.scene.host("checkout").run(f"drill {name}"), lambda seen: seen.rc == 0, every=0.5
        )
        if done.rc:
            raise OurFault(f"the drill {name} could not begin: {(done.stderr or done.stdout)[-200:]}")

    def asked(self, path: str) -> Any:
        """What Prometheus says; nothing where it does not."""
        answer = self.scene.get("prometheus", path, 9090)
        return json.loads(answer.text)["data"] if answer.status == 200 else {}


@pytest.fixture
def pager(scene: Scene) -> Pager:
    """The pager as it is."""
    return Pager(scene)


@pytest.fixture(scope="module")
def drills(scene: Scene) -> Iterator[Pager]:
    """The pager, with drills that are over in the end."""
    found = Pager(scene)
    yield found
    found.drill("end")
