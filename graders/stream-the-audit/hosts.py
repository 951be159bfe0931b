"""What happens to the database's host besides a good day: its power is cut, its files are gone, it speaks for many."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from docker.models.containers import Container

    from conftest import Clinic
    from kikori.grading import Scene

IMAGE = "kikori/stream-the-audit-office"
SPOOL = "/var/spool/rsyslog"
ENDED = 45  # seconds, for an end in order: three services, of which each has fifteen
OPEN = 40  # until the database answers, on a busy machine


def cut(container: Container) -> None:
    """Take a host's power away: nothing in it is told."""
    container.kill()
    container.wait(timeout=30)


def erase(scene: Scene, *places: str) -> None:
    """Take away what the database's host may write of what lies in folders, as an intruder does there."""
    scene.engine.containers.run(
        IMAGE, ["find", *places, "-mindepth", "1", "-not", "-type", "d", "-delete"], entrypoint=[], remove=True,
        network_mode="none", volumes_from=[str(scene.container("database").id)], labels=scene.labels,
    )  # fmt: skip


def crowd(draw: Random) -> dict[str, list[str] | list[int]]:
    """Draw programs and hosts in whose name lines come; half of the lines are of the kinds for sign-ins."""
    programs = [f"job{number}" for number in draw.sample(range(1000, 9999), 61)]
    hosts = [f"ward{number}" for number in draw.sample(range(100, 999), 6)]
    return {"programs": programs, "hosts": ["database", *hosts], "levels": [86, 78, 38, 30, 86, 134]}


def emptied(scene: Scene, clinic: Clinic) -> None:
    """Stop the database's host in order, take its spool's files away, and start it: no program holds what is gone.

    rsyslog comes to terms neither with files that were deleted under it, nor with a queue that is longer than it had
    noted when its power was cut. Both are the check's doing, and not what is asked about afterwards.
    """
    container = scene.container("database")
    container.stop(timeout=ENDED)
    erase(scene, SPOOL)
    container.start()
    clinic.is_open(within=OPEN)
