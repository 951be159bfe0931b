"""Can readers put books on hold, and is each kept as long as it is wanted, and no longer?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from holds import (
    SERVICE,
    SLIPS,
    Hold,
    address,
    cancel,
    content,
    is_complete,
    is_kept,
    readers_of,
    reserve,
    shown,
    slip_in,
    slips_in_folder,
    without_paper,
)

from conftest import replaced
from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually, growth, quoted, reasons, replica, unkept

reason = reasons(__file__)

HOLDS, SPARE = 12, 4
MOST = dict.fromkeys(("tasks", "ended", "descriptors", "connections", "files"), SPARE) | {"bytes": 64 * 1024}
"""What a round of holds may leave; the healthcheck is at work meanwhile."""
STANDING, EVERY = 40, 0.2
"""Holds that stand at once, and the seconds between two, as in the learner's readers.py."""
WAITING = dict.fromkeys(("tasks", "ended", "descriptors", "connections"), STANDING // 2)
"""What there may be more while they stand: a thread for each worker, what the last few began; none for each hold."""


@pytest.mark.users
@pytest.mark.timeout(60)
@pytest.mark.needs("test_answer")
def test_hold(scene: Scene) -> None:
    """A reader puts a book on hold, and its slip is written.

    ja: 利用者が本を予約でき、その予約票が書かれる。
    """
    answer, hold = reserve(scene, f"R-{scene.draw('reader').randrange(10, 100)}")
    assert hold.number, reason("hold", answer=answer, text=quoted(answer.text))

    written = eventually(lambda: slip_in(shown(scene, hold)), lambda text: is_complete(scene, text, hold), within=4)
    cancel(scene, hold)
    assert is_complete(scene, written, hold), reason("hold-2", written=quoted(written))


class HoldLoad:
    """Holds that are taken, looked up and cancelled, until one of them is refused or has no slip."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.holds = 0
        self.refused: list[Answer] = []
        self.without: dict[Hold, bool] = {}

    def go_on(self) -> None:
        """Place, look up and cancel one round more."""
        if self.refused or self.without:
            return
        taken = [reserve(self.scene, reader) for reader in readers_of(self.scene, f"load {self.holds}", HOLDS)]
        self.holds += HOLDS
        self.refused = [answer for answer, hold in taken if not hold.number]
        told = {hold: True for _, hold in taken if hold.number}
        self.without = unkept(told, lambda hold: has_slip(self.scene, hold), within=6)
        cancel(self.scene, *told)


def has_slip(scene: Scene, hold: Hold) -> bool:
    """Tell whether the service shows a complete slip with a hold."""
    return is_complete(scene, slip_in(shown(scene, hold)), hold)


@pytest.mark.timeout(60)
@pytest.mark.needs("test_hold")
def test_nothing_left_running(scene: Scene, kept: Callable[[], Any], listed: Callable[[dict[str, int]], str]) -> None:
    """Each of many holds has its slip, and once it is cancelled nothing is left of it: no process, no file.

    ja: たくさんの予約のどれにも予約票があり、取り消した後には、プロセスもファイルも、何も残らない。
    """
    load, left = HoldLoad(scene), dict[str, int]()
    try:
        left = growth(kept, load.go_on, MOST, rounds=2, rest=6)
    except OurFault:
        if scene.state(SERVICE) == "running":
            raise
    state = scene.state(SERVICE)
    assert state == "running", reason("nothing-left-running", holds=load.holds, state=state)
    refused, without = load.refused, load.without
    assert not refused, reason(
        "nothing-left-running-2", holds=load.holds, count=len(refused), refused=refused[0] if refused else ""
    )
    assert not without, reason("nothing-left-running-3", holds=load.holds, count=len(without))
    assert not left, reason("nothing-left-running-4", holds=load.holds, holds_2=HOLDS, listed=listed(left))


@dataclass
class StandingHolds:
    """Holds that nobody has cancelled."""

    before: Any
    """What the service had when nobody had placed them."""
    earlier: set[str]
    """The slips that were in the folder then."""
    noon: set[Any]
    """The processes that answered then."""
    holds: list[Hold] = field(default_factory=list)
    refused: list[tuple[Hold, Answer]] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """Count the holds that were asked for."""
        return len(self.holds) + len(self.refused)

    def place(self, scene: Scene, reader: str) -> None:
        """Place one more."""
        answer, hold = reserve(scene, reader)
        if hold.number:
            self.holds.append(hold)
        else:
            self.refused.append((hold, answer))


@pytest.fixture(scope="module")
def standing(scene: Scene, kept: Callable[[], Any], workers: Callable[[], set[Any]]) -> Iterator[StandingHolds]:
    """Place forty holds at the pace of a busy day; cancel them in the end."""
    state = scene.state(SERVICE)
    assert state == "running", reason("standing", standing=STANDING, state=state)
    day, left = StandingHolds(kept(), slips_in_folder(scene), workers()), readers_of(scene, "standing", STANDING)

    def place() -> int:
        day.place(scene, left.pop())
        return len(left)

    try:
        eventually(place, lambda more: not more, within=60, every=EVERY)
        yield day
    finally:
        cancel(scene, *day.holds)


@pytest.mark.timeout(90)
@pytest.mark.needs("test_hold")
def test_nothing_waits(
    scene: Scene,
    standing: StandingHolds,
    kept: Callable[[], Any],
    listed: Callable[[dict[str, int]], str],
    workers: Callable[[], set[Any]],
) -> None:
    """While books wait for their readers, no process and no thread waits with each of them.

    ja: 予約された本が利用者を待つ間、その1冊ごとにプロセスやスレッドが待っていることはない。
    """

    def look() -> dict[str, int]:
        now = kept()
        more = {name: getattr(now, name) - getattr(standing.before, name) for name in WAITING}
        return {name: by for name, by in more.items() if by > WAITING[name]}

    more = dict[str, int]()
    try:
        more = eventually(look, lambda seen: not seen, within=6, every=0.3)
    except OurFault:
        if scene.state(SERVICE) == "running":
            raise
    count, state = len(standing.holds), scene.state(SERVICE)
    assert state == "running", reason("nothing-waits", count=count, state=state)
    assert not more, reason("nothing-waits-2", count=count, listed=listed(more))
    gone = replaced(standing.noon, eventually(workers, lambda now: not replaced(standing.noon, now), within=2))
    assert not gone, reason("nothing-waits-3", count=count, gone=gone, of=len(standing.noon))


@pytest.mark.users
@pytest.mark.timeout(90)
@pytest.mark.needs("test_hold")
def test_slips(scene: Scene, standing: StandingHolds) -> None:
    """Forty readers have a book on hold at the same time, and the front desk finds a slip for each of them.

    ja: 40人が同時に本を予約していて、そのどれにも、カウンターの人が集められる予約票がある。
    """
    refused, holds, count = standing.refused, standing.holds, standing.asked
    assert not refused, reason(
        "slips", count=count, count_2=len(refused), reader=quoted(refused[0][0].reader), refused=refused[0][1]
    )
    # Before anybody looks a hold up: the front desk does not.
    missing = eventually(lambda: without_paper(scene, holds, standing.earlier), lambda seen: not seen, within=6)
    gone = [*unkept(dict.fromkeys(holds, True), lambda hold: is_kept(shown(scene, hold), hold), within=2)]
    assert not gone, reason("slips-2", count=count, count_2=len(gone), reader=quoted(gone[0].reader))
    bare = [*unkept(dict.fromkeys(holds, True), lambda hold: has_slip(scene, hold), within=6)]
    assert not bare, reason(
        "slips-3",
        count=count,
        count_2=len(bare),
        reader=quoted(bare[0].reader),
        slip_in=quoted(slip_in(shown(scene, bare[0]))),
    )
    assert not missing, reason("slips-4", count=count, count_2=len(missing), slips=SLIPS)


@pytest.mark.timeout(90)
@pytest.mark.needs("test_slips")
def test_next_deploy(scene: Scene, standing: StandingHolds) -> None:
    """The holds and their slips are still there after the next deploy.

    ja: 次のデプロイのあとにも、予約と予約票は残っている。
    """
    holds = standing.holds
    with replica(scene, SERVICE, with_volumes=True) as following:
        seen = [content(text) for text in following.get_each([address(hold) for hold in holds])]
        last = following.log().rpartition("\n")[2]
    assert seen, reason("next-deploy", last=quoted(last))
    kept = [
        is_kept(one, hold) and is_complete(scene, slip_in(one), hold) for one, hold in zip(seen, holds, strict=True)
    ]
    gone = kept.count(False)
    assert not gone, reason("next-deploy-2", gone=gone, count=len(holds))
