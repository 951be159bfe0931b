"""Does the stand take a whole lunch rush, and what do the orders leave behind?"""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually, say

COLD = "pickles"
"""A dish that needs no cooking."""
RUSH = 24
"""Cold dishes that are ordered before anybody looks what they left behind."""
MORE = 44
"""Orders that follow: with the first ones, more than the platform gives places to processes."""
PARTY = 4
"""Who comes together; the next ones come when these are served."""
PACE = 0.2
"""Seconds between two parties, so that a service which collects its processes once a second is quick enough."""
FEW = 10
"""Finished processes that may wait to be collected: whoever does it now and then is no fault."""
DEFUNCT = "grep -lE '^State:[[:space:]]+Z' /proc/[0-9]*/status 2>/dev/null | wc -l"


class Rush(NamedTuple):
    """What many orders leave behind."""

    refused: list[Answer]
    defunct: int
    """Processes that have ended and that nobody has collected; -1 if there is no room left to look."""


@pytest.fixture(scope="module")
def rush(scene: Scene, counter: Any) -> Rush:
    """Order many cold dishes, look what is left, and order many more."""
    orders = parties(counter, RUSH)
    left = eventually(lambda: defunct(scene), lambda seen: 0 <= seen < FEW, within=3)
    orders += parties(counter, MORE)
    if not 0 <= left < FEW:  # the next one to look must find room
        subprocess.run(counter.restart(), capture_output=True, check=False)
        eventually(lambda: scene.get("kitchen"), lambda seen: seen.status == 200)
    counter.strike(orders)
    return Rush([placed.answer for placed in orders if not placed.ticket], left)


def parties(counter: Any, count: int) -> list[Any]:
    """Customers who order a cold dish, a few at a time."""
    orders: list[Any] = []
    with ThreadPoolExecutor(PARTY) as people:
        for _ in range(count // PARTY):
            until = time.monotonic() + PACE
            orders += people.map(lambda _: counter.order(COLD), range(PARTY))
            tickets = [placed.ticket for placed in orders[-PARTY:] if placed.ticket]
            eventually(lambda: all(counter.is_served(ticket) for ticket in tickets), bool, within=2)  # noqa: B023
            eventually(lambda: time.monotonic() > until, bool, every=0.02)  # noqa: B023
    return orders


def defunct(scene: Scene) -> int:
    """How many ended processes nobody has collected; -1 where not even a shell can be started to count them."""
    try:
        counted = scene.host("kitchen").run(DEFUNCT).stdout.strip()
    except OurFault:
        return -1
    return int(counted) if counted.isdigit() else -1


@pytest.mark.timeout(40)
@pytest.mark.needs("test_order")
def test_rush(rush: Rush) -> None:
    """A whole lunch rush is taken, one order after the other.

    ja: 昼の混雑でも、注文を次々に受けられる。
    """
    refused = rush.refused
    assert not refused, say(
        f"of {RUSH + MORE} orders for {COLD}, {len(refused)} got no ticket: {refused[0]}. "
        "What does the service have less of with every order?",
        f"{COLD} の注文 {RUSH + MORE} 件のうち {len(refused)} 件に番号札が出ませんでした: {refused[0]}。"
        "注文のたびに、サービスの何が減っていくのでしょうか",
    )


@pytest.mark.timeout(40)
@pytest.mark.needs("test_order")
def test_nothing_piles_up(rush: Rush) -> None:
    """Orders that were served leave nothing behind in the container.

    ja: 出し終えた注文は、コンテナーの中に何も残さない。
    """
    left = rush.defunct
    assert left >= 0, say(
        f"after {RUSH} orders the container has no room for one more process, not even for a look inside",
        f"{RUSH} 件の注文のあと、コンテナーにはプロセスをもう一つ起動する余地もなく、中を見ることもできません",
    )
    assert left < FEW, say(
        f"after {RUSH} orders {left} processes have ended and are still listed: who was to take note of their end?",
        f"{RUSH} 件の注文のあと、終わったのに一覧から消えないプロセスが {left} 個あります。"
        "その終わりを見届けるのは誰でしょうか",
    )
