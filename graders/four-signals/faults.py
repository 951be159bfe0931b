"""Trouble in the shop, as whoever is in a service's shell makes it."""

from __future__ import annotations

from kikori.errors import OurFault
from kikori.grading import Scene, eventually


def fault(scene: Scene, words: str, *services: str) -> None:
    """Switch faults of the shop."""
    for service in services or ("catalog", "checkout"):
        # runs: `fault` makes a service fail; the signals of it are looked at elsewhere
        if eventually(lambda of=service: scene.host(of).run(f"fault {words}").rc, lambda code: not code, 15, 0.5):
            raise OurFault(f"fault {words} could not be set in {service}")
