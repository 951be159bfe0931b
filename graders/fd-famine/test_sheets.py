"""Do the printers get their sheets, and does the desk keep nothing of them?"""

from collections.abc import Callable
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Amount, Scene, growth, in_words, say

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


@pytest.mark.timeout(45)
@pytest.mark.needs("test_page")
def test_sheet(printed: Callable[[int], str]) -> None:
    """The printers get a sheet that shows the harbour, the departure and the latest delay.

    ja: プリンターが、港の名前と出発時刻と最新の遅れの入った紙面を受け取る。
    """
    wrong = printed(1)
    assert not wrong, say(
        "expected a sheet with the harbour's name, the time of departure and the delay that was announced last, and no "
        f"other delay; saw {wrong}",
        f"港の名前、出発時刻、そして直前に知らせた遅れだけの入った紙面が返るはずですが、{wrong} でした",
    )


def remaining(left: dict[str, int]) -> str:
    """What a round has left, in words."""
    threads, others = left.get("threads", 0), {name: many for name, many in left.items() if name != "threads"}
    words = [in_words(others)] if others else []
    words += [say(f"{threads} threads", f"スレッド {threads} 本")] if threads else []
    return say(" and ", "、").join(words)


@pytest.mark.timeout(90)
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
    assert ended == begun, say(
        f"while sheets were printed the desk ended or was started anew; it is {ended[0]} now",
        f"紙面を刷っている間に desk が終了したか、起動し直されました。いまの状態は {ended[0]} です",
    )
    assert not wrong, say(
        f"expected a sheet for each printer and the plan for each phone, one after the other; saw {wrong}",
        f"紙面も時刻表も続けて返るはずですが、途中で {wrong} になりました",
    )
    assert not left, say(
        f"after {sheets} sheets what the desk keeps has come to no rest: the last {SHEETS}, and {PHONES} phones that "
        f"came and left, have added {added}. What are they, and since when?",
        f"紙面を {sheets} 枚刷っても、desk の持つものは増え続けています。最後の {SHEETS} 枚と、来て帰った {PHONES} 台で"
        f"増えたもの: {added}。それは何で、いつ増えるのでしょうか",
    )
    assert held == FEW, say(
        f"while sheets were printed, {FEW - held} of {FEW} phones were cut off: who let go of them?",
        f"紙面を刷っている間に、{FEW} 台のうち {FEW - held} 台の接続が切られました。切ったのは誰でしょうか",
    )
