"""Are the customers served as before, whatever they send and whatever becomes of the telemetry?"""

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kikori.grading import Scene, eventually, say

if TYPE_CHECKING:
    from conftest import Buy

pytestmark = pytest.mark.timeout(90)
NOTICED = 0.15
"""Seconds more than usual: a request makes half a dozen spans, and who sends each of them waits for each."""
LONGEST = 3
"""Seconds that no customer calls usual, on no computer."""
STRANGE = ("00-4bf9-01", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", "hello", "00-" + "z" * 32 + "-" + "y" * 16 + "-01")


@pytest.mark.guard
def test_shop_serves(scene: Scene, buy: "Buy") -> None:
    """The shop serves its customers, whatever headers they send.

    ja: 店は、客がどんなヘッダーを送ってきても応対する。
    """
    for path in ("/", "/browse?category=ink", "/search?q=plum"):
        seen = eventually(partial(scene.get, "front", path), lambda answer: answer.status == 200, within=20)
        assert seen.status == 200, say(
            f"GET {path} at the front: expected status 200, saw {seen}",
            f"front に GET {path}。ステータス 200 のはずですが、{seen} でした",
        )
    for header in STRANGE:
        seen = eventually(partial(buy, traceparent=header), lambda answer: answer.status == 200, within=20)
        assert seen.status == 200, say(
            f"POST /cart with the header 'traceparent: {header}': expected status 200, saw {seen}",
            f"ヘッダー 'traceparent: {header}' を付けた POST /cart。ステータス 200 のはずですが、{seen} でした",
        )
    placed = eventually(
        lambda: (
            buy().status == 200
            and scene.ask("POST", "front", "/orders", json={"customer": "kikori", "payment": "test"}).status
        ),
        lambda status: status == 201,
        within=20,
    )
    assert placed == 201, say(
        f"POST /orders at the front: expected status 201, saw {placed or 'no cart'}",
        f"front に POST /orders。ステータス 201 のはずですが、{placed or 'かごに入れられません'} でした",
    )


class Pace:
    """How quickly customers were served: the best of some is neither a slow part of the shop's nor a busy computer."""

    def __init__(self, buy: "Buy") -> None:
        self.buy = buy
        self.best = float("inf")

    def once(self) -> float:
        """Let one more customer come; gives the seconds of who was served soonest."""
        began = time.monotonic()
        if self.buy().status == 200:
            self.best = min(self.best, time.monotonic() - began)
        return self.best

    def __str__(self) -> str:
        """As a reason says it."""
        return say("no answer", "応答なし") if self.best == float("inf") else f"{self.best:.2f} s"


@pytest.mark.guard
@pytest.mark.needs("test_shop_serves")
def test_nobody_waits_for_telemetry(scene: Scene, buy: "Buy") -> None:
    """Customers are served at their usual pace while the traces' receiver hangs.

    ja: トレースの受け手が固まっていても、客への応対はいつもの速さである。
    """
    usual, then = Pace(buy), Pace(buy)
    for _ in range(8):
        usual.once()
    bound, receiver = min(2 * usual.best + NOTICED, LONGEST), str(scene.inspect("traces")["Id"])
    scene.docker("pause", receiver)
    try:
        seen = eventually(then.once, lambda best: best <= bound, within=16)
    finally:
        scene.docker("unpause", receiver)
    assert seen <= bound, say(
        f"the traces' receiver was made to hang; expected POST /cart to be answered as usual, in {usual} at the best, "
        f"saw {then} at the best",
        f"トレースの受け手を固まらせました。POST /cart にはいつもの速さ（最も速くて {usual}）で応答があるはずですが、"
        f"最も速くて {then} でした",
    )
