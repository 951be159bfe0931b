"""Does the stand lose an order when it is stopped, and does it stop when it is told to?"""

import contextlib
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, NamedTuple

import pytest
from docker.errors import APIError

from kikori.grading import Answer, Scene, eventually, say

QUEUE = 6
"""Customers who have ordered when the stop comes."""
QUICK = 2.0
"""Seconds that a stop may take: a dish is on the stove for less than one, and the engine's patience lasts ten."""
SLACK = 1.0
"""Seconds that a busy computer may need in between."""
PATIENCE = 12
"""Seconds that a stop is watched."""


class Meal(NamedTuple):
    """One dish from the order to the plate."""

    placed: Any
    served: dict[str, object]
    """What is in the book."""
    slip: Answer
    seconds: float


class Deploy(NamedTuple):
    """What a restart in the midst of orders did to them."""

    seconds: float
    early: list[Any]
    """Who had ordered before the stop."""
    late: list[Any]
    """Who came while the service was stopping."""
    opened: Answer
    lost: set[str]
    """Tickets that nobody knows afterwards."""


@pytest.fixture(scope="module")
def meal(scene: Scene, counter: Any) -> Meal:
    """A dish is ordered, and waited for."""
    began = time.monotonic()
    placed = counter.order(scene.params["dish"])
    if not placed.ticket:
        return Meal(placed, {}, Answer(status=0, text=""), 0.0)
    served = eventually(lambda: counter.found(placed.ticket), lambda seen: seen.get("state") == "served")
    took = time.monotonic() - began
    slip = eventually(lambda: scene.get("kitchen", f"/slips/{placed.ticket}"), lambda seen: seen.status == 200, 2)
    counter.strike([placed])
    return Meal(placed, served, slip, took)


def ended(scene: Scene) -> str:
    """When the engine last saw the service end."""
    return str(scene.inspect("kitchen")["State"]["FinishedAt"])


@pytest.fixture(scope="module")
def deploy(scene: Scene, counter: Any) -> Deploy:
    """Stop the service in the midst of orders, start it, and look for every ticket.

    The engine's own restart is one request: should the grader be interrupted, the service starts again all the same.
    """
    before = ended(scene)
    with ThreadPoolExecutor(QUEUE + 2) as people:
        early = [people.submit(counter.order, scene.params["dish"]) for _ in range(QUEUE)]
        eventually(lambda: all(one.done() for one in early), bool, within=4, every=0.02)
        began = time.time()
        hearing = listen(scene, began)
        with subprocess.Popen(counter.restart(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            late = [people.submit(come_late, counter, before) for _ in range(2)]
            stopped = eventually(lambda: ended(scene), lambda seen: seen != before, within=PATIENCE, every=0.05)
            if stopped == before:
                end(scene)
    orders = [one.result() for one in early], [placed for line in late for placed in line.result()]
    opened = eventually(lambda: scene.get("kitchen"), lambda seen: seen.status == 200)
    told = told_to_stop(hearing, began)
    seconds = PATIENCE if stopped == before else until(stopped) - told
    return Deploy(seconds, *orders, opened, missing(counter, [*orders[0], *orders[1]]))


def listen(scene: Scene, since: float) -> subprocess.Popen[str]:
    """Hear of the engine's signals as they are sent: it remembers 256 events, which a busy one forgets in seconds."""
    ours = ["--filter", f"container={scene.inspect('kitchen')['Id']}", "--filter", "event=kill"]
    asked = ["docker", "events", "--since", f"{since:.3f}", *ours, "--format", "{{.TimeNano}}"]
    return subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def told_to_stop(hearing: subprocess.Popen[str], since: float) -> float:
    """When the engine sent its first signal, by its own record: a busy computer may come to that late."""
    hearing.terminate()
    told = hearing.communicate()[0].split()
    return int(told[0]) / 1e9 if told else since


def until(moment: str) -> float:
    """A moment of the engine's as seconds."""
    return datetime.fromisoformat(moment).timestamp()


def come_late(counter: Any, before: str) -> list[Any]:
    """What customers are told who come, five a second, until the service has ended."""
    told: list[Any] = []
    while not eventually(lambda: ended(counter.scene) != before, bool, within=0.2):
        told.append(counter.order(counter.scene.params["dish"]))
    return told


def end(scene: Scene) -> None:
    """Do what the engine does when its patience is over."""
    with contextlib.suppress(APIError):
        scene.container("kitchen").kill()


def missing(counter: Any, orders: list[Any]) -> set[str]:
    """The tickets whose dish is not served in the end; all others are struck."""
    open_tickets = {placed.ticket for placed in orders if placed.ticket}

    def look() -> set[str]:
        for ticket in sorted(open_tickets):
            if counter.is_served(ticket):
                open_tickets.remove(ticket)
        return open_tickets

    eventually(look, lambda left: not left, within=2.5)
    counter.strike(orders)
    return open_tickets


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
def test_order(scene: Scene, meal: Meal) -> None:
    """An order gets a ticket and a slip, and is served.

    ja: 注文には番号札と伝票が出て、料理が出される。
    """
    placed, served, slip, _ = meal
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
def test_dish_takes_its_time(scene: Scene, meal: Meal) -> None:
    """A dish is on the stove as long as it needs.

    ja: 料理には、必要なだけ火が通っている。
    """
    took = meal.seconds
    needed = int(scene.params["cook"]) / 1000
    assert took >= needed * 0.9, say(
        f"{scene.params['dish']} needs {needed} s on the stove and was served after {took:.2f} s: who wants it raw?",
        f"{scene.params['dish']} には {needed} 秒の火が要りますが、{took:.2f} 秒で出ました。生のままでしょうか",
    )


@pytest.mark.timeout(40)
@pytest.mark.needs("test_order")
def test_stop_is_quick(deploy: Deploy) -> None:
    """Told to stop, the service ends within two seconds.

    ja: 止まるように言われたサービスが、2秒以内に終わる。
    """
    seconds = deploy.seconds
    assert seconds <= QUICK + SLACK, say(
        f"a dish takes less than a second, so a stop needs no more than {QUICK:.0f}; the service was still there after "
        f"{min(seconds, PATIENCE):.1f} s. What has heard the engine's signal, and what has not?",
        f"料理は1秒かからないので、停止は {QUICK:.0f} 秒で足ります。ところが {min(seconds, PATIENCE):.1f} 秒たっても"
        "終わりません。Docker のシグナルは、誰に届き、誰に届いていないのでしょうか",
    )


@pytest.mark.timeout(40)
@pytest.mark.needs("test_order")
def test_nothing_is_lost(deploy: Deploy) -> None:
    """Whoever had ordered before or during a stop is served.

    ja: 停止の前や最中に注文した客にも、料理が出される。
    """
    assert deploy.opened.status == 200, say(
        f"the stand does not open again after a stop: {deploy.opened}",
        f"停止のあと、店が開きません: {deploy.opened}",
    )
    unheard = [placed.answer for placed in deploy.early if not placed.ticket]
    assert not unheard, say(
        f"{QUEUE} customers had ordered shortly before the stop, {len(unheard)} of them got no ticket: {unheard[0]}",
        f"停止の直前に注文した {QUEUE} 人のうち {len(unheard)} 人に、番号札が出ませんでした: {unheard[0]}",
    )
    tickets = sum(bool(placed.ticket) for placed in (*deploy.early, *deploy.late))
    assert not deploy.lost, say(
        f"{tickets} customers got a ticket before or during a stop of {deploy.seconds:.1f} s; "
        f"{len(deploy.lost)} of them are never served. Where is an order between its ticket and the book?",
        f"{deploy.seconds:.1f} 秒の停止の前と最中に {tickets} 人が番号札をもらいましたが、{len(deploy.lost)} 人の料理は"
        "出てきません。番号札が出てから帳簿に載るまで、注文はどこにあるのでしょうか",
    )
