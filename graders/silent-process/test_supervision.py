"""Do the services come back when a process of theirs ends, and when somebody restarts them?"""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from supervisors import Services

from kikori.grading import Process, Scene, eventually, quoted, reasons

reason = reasons(__file__)

PLACED = 3
"""Orders that are placed after each end: one more than there are clerks to get stuck."""
PASSING = 2.5
"""Seconds after which what a script has started is more than one of its steps, such as a sleep."""
BACK = 5.0
"""Seconds until a service has its processes again."""
LATE = 8.0
"""Seconds that the wall may be behind the notes."""


class Worked(NamedTuple):
    """What became of a few orders."""

    came: int
    printed: int
    grown: int
    """By how much the count on the wall rose."""

    @property
    def is_well(self) -> bool:
        """Whether each has its note, and each note was counted once."""
        return self.came == PLACED and self.printed == self.grown


class Work:
    """Orders placed again and again, held against the wall."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        eventually(lambda: desk.lying("in", "work"), lambda waiting: not waiting, within=3)
        eventually(self._calm(), bool, within=10, every=0.5)
        self.printed, self.counted = len(desk.lying("out")), desk.counted()

    def _calm(self) -> Callable[[], bool]:
        seen: list[int] = []

        def calm() -> bool:
            seen.append(self.desk.counted())
            return len(seen) > 2 and len(set(seen[-3:])) == 1  # whoever counts may look only now and then

        return calm

    def goes_on(self) -> Worked:
        """Place a few orders, and wait for their notes and for the wall."""
        batch = self.desk.batch(PLACED)
        batch.wait()

        def seen() -> Worked:
            printed, grown = len(self.desk.lying("out")) - self.printed, self.desk.counted() - self.counted
            return Worked(len(batch.notes), printed, grown)

        return eventually(seen, lambda found: found.printed == found.grown, within=LATE, every=0.3)


def lasting(scene: Scene) -> list[Process]:
    """Who works for a service without its supervisor's watching, and is more than a step of a script."""
    first = Services(scene).unwatched()
    left = eventually(lambda: first.keys() & Services(scene).unwatched(), lambda pids: not pids, within=PASSING)
    return [first[pid] for pid in left]


def restart(scene: Scene) -> None:
    """Restart every service as a person would; whoever does not listen to that is ended."""
    before = Services(scene).watched
    # runs: whether it did so is seen from beside, and decides nothing
    scene.host("notes").run("sv restart /etc/service/*")
    left = eventually(lambda: before & Services(scene).watched, lambda pids: not pids, within=1)
    scene.sidecar("notes").end(*left)
    eventually(lambda: scene.get("notes", "/health"), lambda seen: seen.status == 200, within=BACK)


@pytest.mark.timeout(120)
@pytest.mark.needs("test_notes_come", "test_notes_are_counted", "test_services_are_supervised")
def test_services_come_back(scene: Scene, desk: Any) -> None:
    """Whatever works for a service comes back when it ends, and a restart leaves nothing of it behind.

    ja: サービスのために働くプロセスは、終了すればまた起動する。再起動のあとに、前のプロセスは残らない。
    """
    work, names = Work(desk), {name for name, those in Services(scene).below.items() if those}
    ended, after = lasting(scene), None
    if ended:
        scene.sidecar("notes").end(*(one.pid for one in ended))
        after = work.goes_on()
    restart(scene)  # even where that is decided: a check should not leave the orders standing
    assert not after or after.is_well, reason(
        "services-come-back", count=len(ended), command=quoted(ended[0].command if ended else ""), placed=PLACED,
        came=after.came if after else 0, printed=after.printed if after else 0, grown=after.grown if after else 0,
    )  # fmt: skip
    assert_all_are_back(scene, names)
    again = work.goes_on()
    assert again.is_well, reason(
        "services-come-back-4", placed=PLACED, came=again.came, printed=again.printed, grown=again.grown
    )


def assert_all_are_back(scene: Scene, names: set[str]) -> None:
    """Assert that each service has processes again, and that no old one stands at a pipe."""

    def without() -> list[str]:
        below = Services(scene).below
        return sorted(name for name in names if not below.get(name))

    idle = eventually(without, lambda seen: not seen, within=BACK)
    assert not idle, reason("services-come-back-2", idle=" and ".join(idle), idle_2=idle)
    strays = eventually(lambda: Services(scene).strays(), lambda seen: not seen, within=3)
    command = quoted(strays[0].command if strays else "")
    assert not strays, reason("services-come-back-3", command=command)
