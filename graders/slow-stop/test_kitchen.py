"""Does the stand lose an order when it is stopped, and does it stop when it is told to?"""

import contextlib
import json
import subprocess
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

import pytest
from docker.errors import APIError

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually, say

COLD = "pickles"
"""A dish that needs no cooking."""
QUEUE = 6
"""Customers who have ordered when the stop comes."""
QUICK = 2.0
"""Seconds that a stop may take: a dish is on the stove for less than one, and the engine's patience lasts ten."""
SLACK = 1.0
"""Seconds that a busy computer may need to pass the order on."""
PATIENCE = 12
"""Seconds that a stop is watched."""
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


class Order(NamedTuple):
    """What a customer was told."""

    answer: Answer
    ticket: str


class Deploy(NamedTuple):
    """What a restart in the midst of orders did to them."""

    seconds: float
    early: list[Order]
    """Who had ordered before the stop."""
    late: list[Order]
    """Who came while the service was stopping."""
    opened: Answer
    lost: set[str]
    """Tickets that nobody knows afterwards."""


def order(scene: Scene, dish: str) -> Order:
    """Order a dish as a customer would."""
    answer = scene.ask("POST", "kitchen", "/orders", json={"name": "kikori", "dish": dish})
    ticket = content(answer).get("ticket", "") if answer.status == 202 else ""
    return Order(answer, str(ticket))


def content(answer: Answer) -> dict[str, object]:
    """The JSON object of an answer; empty where it is none."""
    try:
        found = json.loads(answer.text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def found(scene: Scene, ticket: str) -> dict[str, object]:
    """The order of a ticket as the stand knows it now."""
    return content(scene.get("kitchen", f"/orders/{ticket}"))


def strike(scene: Scene, orders: Iterable[Order]) -> None:
    """Take orders out of the book again: a grader eats nothing."""
    with ThreadPoolExecutor(4) as people:
        for placed in orders:
            if placed.ticket:
                people.submit(scene.ask, "DELETE", "kitchen", f"/orders/{placed.ticket}")


@cache
def meal(scene: Scene) -> tuple[Order, dict[str, object], Answer, float]:
    """One dish from the order to the plate: what was told, what is in the book, its slip, and the seconds it took."""
    began = time.monotonic()
    placed = order(scene, scene.params["dish"])
    served: dict[str, object] = {}
    slip = Answer(status=0, text="")
    if placed.ticket:
        served = eventually(lambda: found(scene, placed.ticket), lambda seen: seen.get("state") == "served")
        took = time.monotonic() - began
        slip = eventually(lambda: scene.get("kitchen", f"/slips/{placed.ticket}"), lambda seen: seen.status == 200, 2)
        strike(scene, [placed])
        return placed, served, slip, took
    return placed, served, slip, 0.0


def ended(scene: Scene) -> str:
    """When the engine last saw the service end."""
    return str(scene.inspect("kitchen")["State"]["FinishedAt"])


@cache
def deploy(scene: Scene) -> Deploy:
    """Stop the service in the midst of orders, start it, and look for every ticket.

    The engine's own restart is one request: should the grader be interrupted, the service starts again all the same.
    """
    before = ended(scene)
    with ThreadPoolExecutor(QUEUE + 2) as people:
        early = [people.submit(order, scene, scene.params["dish"]) for _ in range(QUEUE)]
        eventually(lambda: all(one.done() for one in early), bool, within=4, every=0.02)
        began = time.monotonic()
        with subprocess.Popen(restarting(scene), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            late = [people.submit(come_late, scene, before) for _ in range(2)]
            stopped = eventually(lambda: ended(scene), lambda seen: seen != before, within=PATIENCE, every=0.05)
            seconds = time.monotonic() - began
            if stopped == before:
                end(scene)
    orders = [one.result() for one in early], [placed for line in late for placed in line.result()]
    opened = eventually(lambda: scene.get("kitchen"), lambda seen: seen.status == 200)
    return Deploy(seconds, *orders, opened, missing(scene, [*orders[0], *orders[1]]))


def restarting(scene: Scene) -> list[str]:
    """The engine's own restart, which keeps to the patience that the service was given."""
    return ["docker", "restart", str(scene.inspect("kitchen")["Id"])]


def come_late(scene: Scene, before: str) -> list[Order]:
    """What customers are told who come, five a second, until the service has ended."""
    told: list[Order] = []
    while not eventually(lambda: ended(scene) != before, bool, within=0.2):
        told.append(order(scene, scene.params["dish"]))
    return told


def end(scene: Scene) -> None:
    """Do what the engine does when its patience is over."""
    with contextlib.suppress(APIError):
        scene.container("kitchen").kill()


def missing(scene: Scene, orders: list[Order]) -> set[str]:
    """The tickets whose dish is not served in the end; all others are struck."""
    open_tickets = {placed.ticket for placed in orders if placed.ticket}

    def look() -> set[str]:
        for ticket in sorted(open_tickets):
            if found(scene, ticket).get("state") == "served":
                open_tickets.remove(ticket)
        return open_tickets

    eventually(look, lambda left: not left, within=2.5)
    strike(scene, orders)
    return open_tickets


class Rush(NamedTuple):
    """What many orders leave behind."""

    refused: list[Answer]
    defunct: int
    """Processes that have ended and that nobody has collected; -1 if there is no room left to look."""


@cache
def rush(scene: Scene) -> Rush:
    """Order many cold dishes, look what is left, and order many more."""
    orders = parties(scene, RUSH)
    left = eventually(lambda: defunct(scene), lambda seen: 0 <= seen < FEW, within=3)
    orders += parties(scene, MORE)
    if not 0 <= left < FEW:  # the next one to look must find room
        subprocess.run(restarting(scene), capture_output=True, check=False)
        eventually(lambda: scene.get("kitchen"), lambda seen: seen.status == 200)
    strike(scene, orders)
    return Rush([placed.answer for placed in orders if not placed.ticket], left)


def parties(scene: Scene, count: int) -> list[Order]:
    """Customers who order a cold dish, a few at a time."""
    orders: list[Order] = []
    with ThreadPoolExecutor(PARTY) as people:
        for _ in range(count // PARTY):
            until = time.monotonic() + PACE
            orders += people.map(lambda _: order(scene, COLD), range(PARTY))
            tickets = [placed.ticket for placed in orders[-PARTY:] if placed.ticket]
            eventually(lambda: all(is_served(scene, ticket) for ticket in tickets), bool, within=2)  # noqa: B023
            eventually(lambda: time.monotonic() > until, bool, every=0.02)  # noqa: B023
    return orders


def is_served(scene: Scene, ticket: str) -> bool:
    """Whether the dish of a ticket has left the stove."""
    return found(scene, ticket).get("state") == "served"


def defunct(scene: Scene) -> int:
    """How many ended processes nobody has collected; -1 where not even a shell can be started to count them."""
    try:
        counted = scene.host("kitchen").run(DEFUNCT).stdout.strip()
    except OurFault:
        return -1
    return int(counted) if counted.isdigit() else -1


def test_answer(scene: Scene) -> None:
    """A customer in front of the stand is answered.

    ja: 店の前に来た客に、応答が返る。
    """
    answer = eventually(lambda: scene.get("kitchen", "/"), lambda seen: seen.status == 200)
    wanted = (scene.params["stand"], scene.params["dish"])
    assert answer.status == 200, say(
        f"expected status 200 for /, saw {answer}; the container is {scene.state('kitchen')}",
        f"/ には 200 が返るはずですが、{answer} でした。コンテナーは {scene.state('kitchen')} です",
    )
    assert all(word in answer.text for word in wanted), say(
        f"an answer comes, but it is not this stand: {answer.text[:80].strip()!r}",
        f"応答はありますが、この店ではありません: {answer.text[:80].strip()!r}",
    )


@pytest.mark.needs("test_answer")
def test_order(scene: Scene) -> None:
    """An order gets a ticket and a slip, and is served.

    ja: 注文には番号札と伝票が出て、料理が出される。
    """
    placed, served, slip, _ = meal(scene)
    assert placed.ticket, say(
        f"expected an order to get a ticket, saw {placed.answer}: {placed.answer.text[:80].strip()!r}",
        f"注文には番号札が出るはずですが、{placed.answer} でした: {placed.answer.text[:80].strip()!r}",
    )
    assert (served.get("state"), served.get("dish")) == ("served", scene.params["dish"]), say(
        f"the order got ticket {placed.ticket}, but was not served within 5 s; the stand says {served or 'nothing'}",
        f"番号札 {placed.ticket} が出ましたが、5秒待っても出されません。店の答え: {served or 'なし'}",
    )
    assert all(word in slip.text for word in (placed.ticket, scene.params["dish"])), say(
        f"the cook found no slip for ticket {placed.ticket}: {slip}",
        f"番号札 {placed.ticket} の伝票がありません: {slip}",
    )


@pytest.mark.guard
@pytest.mark.needs("test_answer")
def test_dish_takes_its_time(scene: Scene) -> None:
    """A dish is on the stove as long as it needs.

    ja: 料理には、必要なだけ火が通っている。
    """
    *_, took = meal(scene)
    needed = int(scene.params["cook"]) / 1000
    assert took >= needed * 0.9, say(
        f"{scene.params['dish']} needs {needed} s on the stove and was served after {took:.2f} s: who wants it raw?",
        f"{scene.params['dish']} には {needed} 秒の火が要りますが、{took:.2f} 秒で出ました。生のままでしょうか",
    )


@pytest.mark.timeout(40)
@pytest.mark.needs("test_order")
def test_stop_is_quick(scene: Scene) -> None:
    """Told to stop, the service ends within two seconds.

    ja: 止まるように言われたサービスが、2秒以内に終わる。
    """
    seconds = deploy(scene).seconds
    assert seconds <= QUICK + SLACK, say(
        f"a dish takes less than a second, so a stop needs no more than {QUICK:.0f}; the service was still there after "
        f"{min(seconds, PATIENCE):.1f} s. What has heard the engine's signal, and what has not?",
        f"料理は1秒かからないので、停止は {QUICK:.0f} 秒で足ります。ところが {min(seconds, PATIENCE):.1f} 秒たっても"
        "終わりません。Docker のシグナルは、誰に届き、誰に届いていないのでしょうか",
    )


@pytest.mark.timeout(40)
@pytest.mark.needs("test_order")
def test_nothing_is_lost(scene: Scene) -> None:
    """Whoever had ordered before or during a stop is served.

    ja: 停止の前や最中に注文した客にも、料理が出される。
    """
    drill = deploy(scene)
    assert drill.opened.status == 200, say(
        f"the stand does not open again after a stop: {drill.opened}",
        f"停止のあと、店が開きません: {drill.opened}",
    )
    unheard = [placed.answer for placed in drill.early if not placed.ticket]
    assert not unheard, say(
        f"{QUEUE} customers had ordered shortly before the stop, {len(unheard)} of them got no ticket: {unheard[0]}",
        f"停止の直前に注文した {QUEUE} 人のうち {len(unheard)} 人に、番号札が出ませんでした: {unheard[0]}",
    )
    tickets = sum(bool(placed.ticket) for placed in (*drill.early, *drill.late))
    assert not drill.lost, say(
        f"{tickets} customers got a ticket before or during a stop of {drill.seconds:.1f} s; "
        f"{len(drill.lost)} of them are never served. Where is an order between its ticket and the book?",
        f"{drill.seconds:.1f} 秒の停止の前と最中に {tickets} 人が番号札をもらいましたが、{len(drill.lost)} 人の料理は"
        "出てきません。番号札が出てから帳簿に載るまで、注文はどこにあるのでしょうか",
    )


@pytest.mark.timeout(40)
@pytest.mark.needs("test_order")
def test_rush(scene: Scene) -> None:
    """A whole lunch rush is taken, one order after the other.

    ja: 昼の混雑でも、注文を次々に受けられる。
    """
    refused = rush(scene).refused
    assert not refused, say(
        f"of {RUSH + MORE} orders for {COLD}, {len(refused)} got no ticket: {refused[0]}. "
        "What does the service have less of with every order?",
        f"{COLD} の注文 {RUSH + MORE} 件のうち {len(refused)} 件に番号札が出ませんでした: {refused[0]}。"
        "注文のたびに、サービスの何が減っていくのでしょうか",
    )


@pytest.mark.timeout(40)
@pytest.mark.needs("test_order")
def test_nothing_piles_up(scene: Scene) -> None:
    """Orders that were served leave nothing behind in the container.

    ja: 出し終えた注文は、コンテナーの中に何も残さない。
    """
    left = rush(scene).defunct
    assert left >= 0, say(
        f"after {RUSH} orders the container has no room for one more process, not even for a look inside",
        f"{RUSH} 件の注文のあと、コンテナーにはプロセスをもう一つ起動する余地もなく、中を見ることもできません",
    )
    assert left < FEW, say(
        f"after {RUSH} orders {left} processes have ended and are still listed: who was to take note of their end?",
        f"{RUSH} 件の注文のあと、終わったのに一覧から消えないプロセスが {left} 個あります。"
        "その終わりを見届けるのは誰でしょうか",
    )
