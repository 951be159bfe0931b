"""Live a working day at the desk once, for all checks: in the yard, and after a quiet while."""

import random
from typing import Any

import pytest
from depot_scales import labelled, parcels_of, weighed, weights
from leftovers import in_close_wait, listeners, sockets
from yard_programs import CROWD, DAY, in_the_yard

from kikori.grading import Scene, eventually

VISITS, SCANS = 100, 48
FEW = 12
"""Sockets by which a desk that keeps nobody may differ: lines to the depot, boards and handhelds at work meanwhile."""
LATE = (0.09, 0.14, 0.2, 0.35)
"""Seconds after which the gate has forgotten a line; who keeps one only just too long must not get through."""
KNOWN = 6
"""So many rounds are asked for before the quiet while; the others are new."""
THINKING = 3.0
"""Seconds between two scans of one handheld, as the task page has it."""


class Day:
    """Keep what a working day showed."""

    visits, scans, few = VISITS, SCANS, FEW

    def __init__(self, scene: Scene) -> None:
        chance = random.SystemRandom()
        numbers = chance.sample(range(20, 90), sum(range(1, len(LATE) + 1)))
        before, working = sockets(scene), listeners(scene)
        crowd = in_the_yard(scene, CROWD, rounds=numbers[:KNOWN])
        self.on_the_scales = {
            chance.choice(parcels_of(scene, number)): chance.randrange(20000, 30000) for number in numbers[:KNOWN]
        }
        with weighed(scene, self.on_the_scales):
            self.yard = in_the_yard(
                scene, DAY, chance.randrange(2000, 9000), at=crowd["at"], forget=float(scene.params["forget"]),
                steps=steps(numbers), visits=VISITS, scans=SCANS, think=THINKING,
            )  # fmt: skip
        self.left_open, self.close_wait = eventually(
            lambda: (sockets(scene) - before, in_close_wait(scene)), lambda left: max(left) < FEW, within=2
        )
        self.stays = bool(working & listeners(scene))
        self.wrong = self._wrong(scene)

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
