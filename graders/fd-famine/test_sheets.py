"""Do the printers get their sheets, and does the desk keep nothing of them?"""

import time
from collections.abc import Callable
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Amount, Scene, growth, in_words, reasons, say

reason = reasons(__file__)

SHEETS, PHONES = 60, 24
"""How many are printed, and how many come and leave, before each count of what the desk keeps."""
AGAIN = 4
"""How often one sailing is asked for, right after its delay has changed."""
FEW = 5
"""Phones that stay meanwhile."""
ROUNDS = 4
"""So many have what is kept on purpose to come to its bound."""
COUNTED = ("processes", "ended", "threads", "descriptors", "connections", "files")
PUBLICATIONS, SHOWN = 4, 48
"""Before each count of what is kept of them, since each takes a second; and on how many phones the plan is then."""
PATIENCE = 0.5
"""By so much of the time that a stamp took may somebody be told after it."""
PLAN, STAMP = b"event: plan", b'"stamp"'
NEWS = (b"event: reload", PLAN)
"""How a board may be told that the plan was published anew."""
MOST = dict.fromkeys(COUNTED, PHONES // 2) | {"bytes": 16 * 1024}
"""What a round may leave: the harbour's printers and boards are at work meanwhile."""
OF_THEM = dict.fromkeys(COUNTED, PUBLICATIONS // 2) | {"bytes": 16 * 1024}
"""What a round of publications may."""


def life(scene: Scene) -> tuple[str, str]:
    """The state of the desk's container, and when it was started."""
    seen = scene.inspect("desk")["State"]
    return seen["Status"], seen["StartedAt"]


@pytest.mark.users
@pytest.mark.timeout(45)
@pytest.mark.needs("test_page")
def test_sheet(printed: Callable[..., str]) -> None:
    """The printers get a sheet that shows the harbour, the departure and the latest delay.

    ja: プリンターが、港の名前と出発時刻と最新の遅れの入った紙面を受け取る。
    """
    wrong = printed(AGAIN, of=1)
    assert not wrong, reason("sheet", wrong=wrong)


def remaining(left: dict[str, int]) -> str:
    """What a round has left, in words."""
    threads, others = left.get("threads", 0), {name: many for name, many in left.items() if name != "threads"}
    words = [in_words(others)] if others else []
    words += [reason("remaining", threads=threads)] if threads else []
    return say(" and ", "、").join(words)


@pytest.mark.timeout(120)
@pytest.mark.needs("test_sheet")
def test_descriptors(
    scene: Scene, phones: Any, office: Any, printed: Callable[[int], str], kept: Callable[[], Amount]
) -> None:
    """The desk keeps no more after many sheets and visits than after a few, and cuts nobody off meanwhile.

    ja: 何枚刷っても、何人来ては帰っても、desk の持つものは増えず、その間に誰の接続も切られない。
    """
    came, begun, sheets = phones.gather(FEW), life(scene), 0
    wrong = phones.answers() if came < FEW else ""

    def work() -> None:
        nonlocal wrong, sheets
        wrong, sheets = wrong or printed(SHEETS), sheets + SHEETS
        if not wrong and office.gather(PHONES) < PHONES:
            wrong = office.answers()
        office.leave()

    try:
        left = growth(kept, work, MOST, rounds=ROUNDS, rest=0.6)
    except OurFault:
        if life(scene) == begun:
            raise
        left = {}
    ended, held, added = life(scene), phones.held(), remaining(left)
    assert ended == begun, reason("descriptors", ended=ended[0])
    assert not wrong, reason("descriptors-2", wrong=wrong)
    assert not left, reason("descriptors-3", sheets=sheets, sheets_2=SHEETS, phones=PHONES, added=added)
    assert held == FEW, reason("descriptors-4", few=FEW - held, few_2=FEW)


def late(phones: Any, office: Any) -> tuple[int, int]:
    """Publish once; gives on how many phones the plan was, and how many were told late, or -1 where none was stamped.

    Late is later than one and a half times what passed until the stamp came: a busy computer has as much more time.
    """
    phones.leave()
    phones.come(SHOWN)
    shown = phones.hear(PLAN)
    phones.forget()
    begun = time.monotonic()
    office.publish()
    office.hear(STAMP)
    passed, stamped = time.monotonic() - begun, office.heard(STAMP)
    office.leave()
    told = phones.hear(*NEWS, silence=PATIENCE * passed, longest=PATIENCE * passed)
    return (shown, shown - told) if stamped else (shown, -1)


@pytest.mark.timeout(120)
@pytest.mark.needs("test_descriptors", "test_burst")
def test_publications(phones: Any, office: Any, kept: Callable[[], Amount]) -> None:
    """All are told at once when the plan is published, and the desk keeps no more after many publications.

    ja: 時刻表が発行されると全員にすぐ知らされ、何回発行しても desk の持つものは増えない。
    """
    seen: list[tuple[int, int]] = []

    def work() -> None:
        for _ in range(PUBLICATIONS if seen else 1):
            seen.append(late(phones, office))
        phones.leave()

    left = growth(kept, work, OF_THEM, rounds=ROUNDS, rest=4)
    stamped, added = [one for one in seen if one[1] >= 0], remaining(left)
    assert len(stamped) > len(seen) / 2, reason("publications", times=len(seen), stamped=len(stamped))
    assert not left, reason("publications-2", times=len(seen), latest=PUBLICATIONS, added=added)
    count, untold = min(stamped, key=lambda one: one[1] / max(one[0], 1))
    assert not untold, reason("publications-3", times=len(stamped), count=count, untold=untold)
