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

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually, growth, quoted, replica, say, unkept

HOLDS, SPARE = 12, 4
MOST = dict.fromkeys(("tasks", "ended", "descriptors", "connections", "files"), SPARE) | {"bytes": 64 * 1024}
"""What a round of holds may leave; the healthcheck is at work meanwhile."""
STANDING, EVERY = 40, 0.2
"""Holds that stand at once, and the seconds between two, as in the learner's readers.py."""
WAITING = dict.fromkeys(("tasks", "ended", "descriptors", "connections"), STANDING // 2)
"""What there may be more while they stand: a thread for each worker, what the last few began; none for each hold."""


@pytest.mark.needs("test_answer")
def test_hold(scene: Scene) -> None:
    """A reader puts a book on hold, and its slip is written.

    ja: 利用者が本を予約でき、その予約票が書かれる。
    """
    answer, hold = reserve(scene, f"R-{scene.draw('reader').randrange(10, 100)}")
    assert hold.number, say(
        f"expected a hold with a number, saw {answer}: {quoted(answer.text)}",
        f"予約には番号が付いて返るはずですが、{answer} でした: {quoted(answer.text)}",
    )

    written = eventually(lambda: slip_in(shown(scene, hold)), lambda text: is_complete(scene, text, hold), within=4)
    cancel(scene, hold)
    assert is_complete(scene, written, hold), say(
        f"the book is on hold, but its slip says {quoted(written)}: the front desk would not find it, or not know for "
        "whom it is",
        f"予約はされましたが、予約票は {quoted(written)} です。"
        "これではカウンターの人に、どの本か、誰の予約かが分かりません",
    )


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
    assert state == "running", say(
        f"after {load.holds} holds the container is {state}",
        f"{load.holds} 件の予約のあと、コンテナーは {state} です",
    )
    refused, without = load.refused, load.without
    assert not refused, say(
        f"of {load.holds} holds {len(refused)} were refused: {refused[0] if refused else ''}",
        f"{load.holds} 件の予約のうち {len(refused)} 件が断られました: {refused[0] if refused else ''}",
    )
    assert not without, say(
        f"of {load.holds} holds, each of which got a number, {len(without)} have no slip that says which book it is "
        "and for whom: who would fetch those books?",
        f"番号の付いた {load.holds} 件の予約のうち {len(without)} 件には、どの本が誰のものかの分かる予約票が"
        "ありません。その本は誰が取りに行くのでしょうか",
    )
    assert not left, say(
        f"{load.holds} holds were taken and cancelled, and of the last {HOLDS} there is still more than before: "
        f"{listed(left)}. "
        "How many can there be, and then?",
        f"{load.holds} 件の予約を受けて取り消しましたが、最後の {HOLDS} 件でまだ残っているものがあります: "
        f"{listed(left)}。"
        "いくつまで増え、そのあとどうなるでしょうか",
    )


@dataclass
class StandingHolds:
    """Holds that nobody has cancelled."""

    before: Any
    """What the service had when nobody had placed them."""
    earlier: set[str]
    """The slips that were in the folder then."""
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
def standing(scene: Scene, kept: Callable[[], Any]) -> Iterator[StandingHolds]:
    """Place forty holds at the pace of a busy day; cancel them in the end."""
    day, left = StandingHolds(kept(), slips_in_folder(scene)), readers_of(scene, "standing", STANDING)

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
    scene: Scene, standing: StandingHolds, kept: Callable[[], Any], listed: Callable[[dict[str, int]], str]
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
    assert state == "running", say(
        f"after {count} more holds the container is {state}",
        f"さらに {count} 件の予約のあと、コンテナーは {state} です",
    )
    assert not more, say(
        f"{count} books wait for their readers, and there is more than before they were put on hold: {listed(more)}. "
        "How many books can wait at the same time?",
        f"{count} 冊の本が利用者を待っていて、予約の前より増えているものがあります: {listed(more)}。"
        "同時に何冊まで待てるでしょうか",
    )


@pytest.mark.timeout(90)
@pytest.mark.needs("test_hold")
def test_slips(scene: Scene, standing: StandingHolds) -> None:
    """Forty readers have a book on hold at the same time, and the front desk finds a slip for each of them.

    ja: 40人が同時に本を予約していて、そのどれにも、カウンターの人が集められる予約票がある。
    """
    refused, holds, count = standing.refused, standing.holds, standing.asked
    assert not refused, say(
        f"of {count} holds {len(refused)} were refused, such as the one for the reader "
        f"{quoted(refused[0][0].reader)}: {refused[0][1]}",
        f"{count} 件の予約のうち {len(refused)} 件が断られました。"
        f"たとえば利用者 {quoted(refused[0][0].reader)} の予約は {refused[0][1]} でした",
    )
    gone = [*unkept(dict.fromkeys(holds, True), lambda hold: is_kept(shown(scene, hold), hold), within=2)]
    assert not gone, say(
        f"{count} books were put on hold and none was cancelled; {len(gone)} holds are not there as they were placed, "
        f"such as the one for the reader {quoted(gone[0].reader)}",
        f"{count} 冊を予約し、どれも取り消していませんが、{len(gone)} 件の予約は受けたとおりに残っていません。"
        f"たとえば利用者 {quoted(gone[0].reader)} の予約です",
    )
    bare = [*unkept(dict.fromkeys(holds, True), lambda hold: has_slip(scene, hold), within=6)]
    assert not bare, say(
        f"of {count} holds {len(bare)} have no slip with all that belongs on it; for the reader "
        f"{quoted(bare[0].reader)} it says {quoted(slip_in(shown(scene, bare[0])))}",
        f"{count} 件の予約のうち {len(bare)} 件では、予約票に要ることがそろっていません。"
        f"利用者 {quoted(bare[0].reader)} のものは {quoted(slip_in(shown(scene, bare[0])))} です",
    )
    missing = eventually(lambda: without_paper(scene, holds, standing.earlier), lambda seen: not seen, within=4)
    assert not missing, say(
        f"the service shows a slip for each of {count} holds, and for {len(missing)} of them no such file has come "
        f"into {SLIPS}: what does the front desk collect in the morning?",
        f"サービスは {count} 件の予約のどれにも予約票を示しますが、そのうち {len(missing)} 件のファイルは {SLIPS} に"
        "ありません。カウンターの人は、朝に何を集めるのでしょうか",
    )


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
    assert seen, say(
        "a new container of the same image was given the service's volumes, as the next deploy gives them, and answers "
        f"nobody; its last line: {quoted(last)}",
        "次のデプロイと同じように、同じイメージの新しいコンテナーにサービスのボリュームを渡しましたが、"
        f"応答しません。最後の行: {quoted(last)}",
    )
    kept = [
        is_kept(one, hold) and is_complete(scene, slip_in(one), hold) for one, hold in zip(seen, holds, strict=True)
    ]
    gone = kept.count(False)
    assert not gone, say(
        "a new container of the same image was given the service's volumes, as the next deploy gives them, and "
        f"{gone} of {len(holds)} holds that nobody had cancelled were not to be had from it with their slips. "
        "Where are they kept, and who clears them away?",
        "次のデプロイと同じように、同じイメージの新しいコンテナーにサービスのボリュームを渡したところ、"
        f"取り消されていない {len(holds)} 件の予約のうち {gone} 件は、予約票とともに読み出すことができませんでした。"
        "予約はどこに置かれ、片付けているのは誰でしょうか",
    )
