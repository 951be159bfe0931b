"""Live a working day at the desk once, for all checks: in the yard, and after a quiet while."""

import random
from typing import Any

import pytest
from depot_scales import labelled, parcels_of, weighed, weights
from leftovers import in_close_wait, listeners, sockets
from yard_programs import CROWD, DAY, in_the_yard

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

VISITS, SCANS, RUSH = 100, 48, 12
"""Handhelds that come and go, scans of one that stays, and after how many of them nobody scans for a moment."""
BOARDS = 3
"""Boards that read all they get; the last one is slow."""
SILENT = 20
"""Handhelds that say nothing all the while, half of them in the midst of a line; the desk has 80 descriptors."""
LOOKED_UP = 5
"""Scanned parcels whose pages are asked for."""
FEW = 12
"""Sockets by which a desk that keeps nobody may differ: lines to the depot, boards and handhelds at work meanwhile."""
ONE = 1
"""Handhelds whose end the desk may be about to close: that of the yard, which goes after each scan."""
LATE = (0.09, 0.14, 0.2, 0.35)
"""Seconds after which the gate has forgotten a line; who keeps one only just too long must not get through."""
KNOWN = 6
"""So many rounds are asked for before parcels are weighed; the others are new."""
FILL = 16
"""Rounds asked for at once before the quiet while: so many dead lines, tried in turn, outlast any patience.

They end one after the other, so a few more follow on lines that are there: those fall silent at the same moment.
"""
TOO_LATE = 0.1
"""Seconds; who asks later after a quiet while may find lines closed that were kept too long."""
APART, TRIES = 0.1, 10
"""Seconds within which they fall silent, and how often that is tried on a busy machine."""
THINKING = 3.0
"""Seconds between two scans of one handheld, as the task page has it."""


class Day:
    """Keep what a working day showed."""

    visits, scans, boards, looked_up, few, one = VISITS, SCANS, BOARDS, LOOKED_UP, FEW, ONE

    def __init__(self, scene: Scene) -> None:
        before, working = sockets(scene), listeners(scene)
        for _ in range(2):
            self._live(scene)
            if self.yard["late"] < TOO_LATE:
                break
        else:
            raise OurFault(f"customers came {self.yard['late']:.1f} s late: the machine is too busy to say anything")
        self.left_open, self.close_wait = eventually(
            lambda: (sockets(scene) - before, in_close_wait(scene)),
            lambda left: left[0] < FEW and left[1] <= ONE,
            within=3,
        )
        self.stays = bool(working & listeners(scene))
        self.wrong = self._wrong(scene)

    def _live(self, scene: Scene) -> None:
        chance = random.SystemRandom()
        more = FILL + len(LATE)
        numbers = chance.sample(range(20, 90), more + sum(range(1, len(LATE) + 1)))
        fill, again, asked = numbers[:FILL], numbers[FILL:more], numbers[more:]
        in_the_yard(scene, CROWD, rounds=asked[:KNOWN])
        self.on_the_scales = {
            chance.choice(parcels_of(scene, number)): chance.randrange(20000, 30000) for number in asked[:KNOWN]
        }
        with weighed(scene, self.on_the_scales):
            self.yard = in_the_yard(
                scene, DAY, chance.randrange(2000, 9000), forget=float(scene.params["forget"]), fill=fill,
                again=again, apart=APART, tries=TRIES, steps=steps(asked), visits=VISITS, scans=SCANS, rush=RUSH,
                silent=SILENT, think=THINKING, looked_up=chance.sample(range(SCANS), LOOKED_UP),
            )  # fmt: skip

    def _wrong(self, scene: Scene) -> list[tuple[str, Any, int]]:
        """List parcels with what a page told of them and what was known, where these differ."""
        found = []
        for page in [one for one in self.yard["pages"] if one["status"] == 200]:
            told = weights(page["text"])
            for parcel in parcels_of(scene, page["round"]):
                known = self.on_the_scales.get(parcel, labelled(scene, parcel))
                if told.get(parcel) != known:
                    found.append((parcel, told.get(parcel), known))
        return found


def steps(numbers: list[int]) -> list[tuple[float, list[int]]]:
    """Plan one round, then two at once, and so on.

    Each step uses one more line that was quiet all the while. Rounds that were asked for before come first in it.
    """
    known, new = numbers[:KNOWN], numbers[KNOWN:]
    found = list[tuple[float, list[int]]]()
    for count, late in enumerate(LATE, 1):
        old = min(len(known), (count + 1) // 2)
        asked = [*known[:old], *new[: count - old]]
        known, new = known[old:], new[count - old :]
        found.append((late, asked))
    return found


days: dict[str, Day] = {}


@pytest.fixture(scope="module")
def day(scene: Scene) -> Day:
    """Give both files of checks the same working day."""
    if scene.attempt.id not in days:
        days[scene.attempt.id] = Day(scene)
    return days[scene.attempt.id]
