"""Do the printers get their sheets, and does the desk keep nothing of them?"""

from collections.abc import Callable
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Amount, Scene, growth, in_words, reasons, say

reason = reasons(__file__)

SHEETS, PHONES = 60, 24
"""How many are printed, and how many come and leave, before each count of what the desk keeps."""
FEW = 5
"""Phones that stay meanwhile."""
ROUNDS = 4
"""So many have what is kept on purpose to come to its bound."""
COUNTED = ("processes", "ended", "threads", "descriptors", "connections", "files")
MOST = dict.fromkeys(COUNTED, PHONES // 2) | {"bytes": 16 * 1024}
"""What a round may leave: the harbour's printers and boards are at work meanwhile."""


def life(scene: Scene) -> tuple[str, str]:
    """The state of the desk's container, and when it was started."""
    seen = scene.inspect("desk")["State"]
    return seen["Status"], seen["StartedAt"]


@pytest.mark.users
@pytest.mark.timeout(45)
@pytest.mark.needs("test_page")
def test_sheet(printed: Callable[[int], str]) -> None:
    """The printers get a sheet that shows the harbour, the departure and the latest delay.

    ja: プリンターが、港の名前と出発時刻と最新の遅れの入った紙面を受け取る。
    """
    wrong = printed(1)
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
