"""Are the customers served as before, whatever they send and whatever becomes of the telemetry?"""

import secrets
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hangs import BRIEF, LONG, MANY, Hangs, middle

from kikori.grading import Scene, eventually, reasons, say

if TYPE_CHECKING:
    from conftest import Buy, Morning, Spans

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(120)
NOTICED = 0.2
"""Seconds more than usual: a request makes half a dozen spans, and who sends each of them waits for each."""
LONGEST = 3
"""Seconds that no customer calls usual, on no computer."""
TIMES, ROOM, PATIENCE = 10, 0.15, 25
"""How much longer than a page without any work, and how many seconds more, a cart and an order may take at the best,
and for how many seconds they are tried: a computer may be busy for a while."""
TWICE = 2
"""A page without any work takes at most so many times as long as an answer of a service that nobody may change."""
SERVED = 0.75
"""The share of customers who are served in a hang at least: a computer that is too busy loses some."""
RECOVERED = 40
"""Seconds after a hang in which traces come again: half a minute, in which who sends may pause, and ten to be found."""
STRANGE = ("00-4bf9-01", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", "hello", "00-" + "z" * 32 + "-" + "y" * 16 + "-01")


@pytest.mark.guard
def test_shop_serves(scene: Scene, buy: "Buy") -> None:
    """The shop serves its customers, whatever headers they send.

    ja: 店は、客がどんなヘッダーを送ってきても応対する。
    """
    for path in ("/", "/browse?category=ink", "/search?q=plum"):
        seen = eventually(partial(scene.get, "front", path), lambda answer: answer.status == 200, within=20)
        assert seen.status == 200, reason("shop-serves", path=path, seen=seen)
    for header in STRANGE:
        seen = eventually(partial(buy, traceparent=header), lambda answer: answer.status == 200, within=20)
        assert seen.status == 200, reason("shop-serves-2", header=header, seen=seen)
    placed = eventually(
        lambda: (
            buy().status == 200
            and scene.ask("POST", "front", "/orders", json={"customer": "kikori", "payment": "test"}).status
        ),
        lambda status: status == 201,
        within=20,
    )
    assert placed == 201, reason("shop-serves-3", placed=placed or say("no cart", "かごに入れられません"))


@pytest.mark.guard
@pytest.mark.needs("test_shop_serves")
def test_doors(scene: Scene) -> None:
    """What is for the staff alone stays shut to strangers.

    ja: 店の者だけのページは、よその人には閉じたままである。
    """
    for path in ("/metrics", "/health", "/prices?ids=1"):
        seen = scene.get("front", path)
        assert seen.status in (403, 404), reason("doors", path=path, seen=seen)


class Pace:
    """How quickly something is answered: the best of some is neither a slow part of the shop's nor a busy computer."""

    def __init__(self, work: Callable[[], bool]) -> None:
        self.work = work
        self.best = float("inf")

    def once(self) -> float:
        """Do it once more; gives the seconds of the quickest."""
        began = time.monotonic()
        if self.work():
            self.best = min(self.best, time.monotonic() - began)
        return self.best


@pytest.mark.guard
@pytest.mark.needs("test_shop_serves")
def test_pace(scene: Scene) -> None:
    """Customers are served about as quickly as without any telemetry.

    ja: 客への応対は、計測のなかったときとほとんど同じ速さである。
    """

    def order() -> bool:
        customer = f"kikori{secrets.token_hex(4)}"
        scene.ask("POST", "front", "/cart", json={"customer": customer, "product": 1 + secrets.randbelow(500)})
        return scene.ask("POST", "front", "/orders", json={"customer": customer, "payment": "test"}).status == 201

    least, orders = Pace(lambda: scene.get("checkout", "/health").status == 200), Pace(order)
    untouched = Pace(lambda: scene.get("customers", "/").status == 200)
    for _ in range(8):
        least.once()
        untouched.once()
    bound = min(TIMES * min(least.best, TWICE * untouched.best) + ROOM, LONGEST)
    seen = eventually(orders.once, lambda best: best <= bound, within=PATIENCE)
    assert seen <= bound, reason("pace", patience=PATIENCE, bound=bound, seen=seen)


@pytest.fixture(scope="module")
def hangs(scene: Scene) -> Hangs:
    """The hangs of the traces' receiver that these checks have in common."""
    return Hangs(scene)


@pytest.mark.guard
@pytest.mark.needs("test_shop_serves")
def test_nobody_waits_for_telemetry(hangs: Hangs) -> None:
    """Customers are served at their usual pace while the traces' receiver hangs.

    ja: トレースの受け手が固まっていても、客への応対はいつもの速さである。
    """
    hangs.briefly()
    usual = {service: middle(seconds) for service, seconds in hangs.usual.items()}
    for service, seconds in hangs.first.items():
        bound = min(2 * usual[service] + NOTICED, LONGEST)
        assert min(seconds) <= bound, reason(
            "nobody-waits-for-telemetry", service=service, usual=usual[service], seconds=min(seconds)
        )
    hangs.for_long()
    for service, seconds in hangs.during.items():
        seen = middle(seconds)
        assert seen <= min(2 * usual[service] + NOTICED, LONGEST), reason(
            "nobody-waits-for-telemetry-2", service=service, usual=usual[service], seen=seen
        )
    served = sum(hangs.served)
    assert served >= SERVED * len(hangs.served), reason(
        "nobody-waits-for-telemetry-3", long=LONG, served=served, count=len(hangs.served)
    )


@pytest.mark.needs("test_nothing_thrown_away", "test_shop_serves")
def test_nothing_lost_in_a_hang(morning: "Morning", hangs: Hangs) -> None:
    """What comes while the receiver hangs briefly has its trace afterwards, in all its parts.

    ja: トレースの受け手がしばらく固まっていた間に来たリクエストも、あとからすべての部分が見つかる。
    """
    hangs.briefly()
    lost = morning.waits_for(hangs.rows, whole)
    assert hangs.rows, reason("nothing-lost-in-a-hang")
    assert not lost, reason(
        "nothing-lost-in-a-hang-2", brief=BRIEF, many=MANY, count=len(hangs.rows), count_2=len(lost)
    )


def whole(spans: "Spans") -> bool:
    """Whether both services have told of a cart, and of what they asked."""
    names = [span["service"] for span in spans]
    return all(names.count(service) >= 2 for service in ("catalog", "checkout"))


@pytest.mark.needs("test_nothing_thrown_away", "test_shop_serves")
def test_after_a_long_hang(morning: "Morning", hangs: Hangs) -> None:
    """Once the receiver is back after a long hang, requests have their traces again.

    ja: トレースの受け手が長く固まったあと元に戻れば、リクエストのトレースもまた見つかる。
    """
    hangs.for_long()
    after: list[str] = []

    def found() -> bool:
        after.append(hangs.buy()["trace"])
        return any(whole(morning.spans(trace)) for trace in after)

    back = eventually(found, bool, within=RECOVERED, every=1)
    assert back, reason("after-a-long-hang", long=LONG, count=len(after), recovered=RECOVERED)
