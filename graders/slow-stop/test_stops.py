"""Does the stand keep its tickets when it is stopped, and does it stop when it is told to?

Two stops in the midst of orders: the first as in a deployment, where a new container takes the place of the old one,
the second a restart of that new one.
"""

import contextlib
import json
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, NamedTuple

import pytest
from docker.errors import APIError

from kikori.grading import Answer, Scene, eventually, say

QUEUE = 6
"""Customers who have ordered when the stop comes."""
QUICK = 2.0
"""Seconds that a stop may take: the engine's patience lasts ten."""
SLACK = 1.0
"""Seconds that a busy computer may need in between."""
PATIENCE = 12
"""Seconds that a stop is watched."""
OPEN = 6.0
"""Seconds from the next start in which what was not cooked before it is served."""
BOOK = "/var/lib/kitchen/orders"
STOP_AND_START = 'docker stop "$1" > /dev/null; echo; read -r _; docker start "$1"'
"""Waits in between for a line, or for the end of whoever should write it: the service starts again all the same."""


class Stop(NamedTuple):
    """What a stop in the midst of orders did to them."""

    how: str
    seconds: float
    early: list[Any]
    """Who had ordered before the stop."""
    given: list[Any]
    """Who got a ticket, before the stop or in the midst of it."""
    opened: Answer
    hurried: dict[str, float]
    """Tickets that were served sooner than the dish can be cooked, with the seconds."""
    unkept: dict[str, Any]


class Lunch(NamedTuple):
    """The stops of a lunch hour."""

    stops: list[Stop]
    struck: list[str]
    """Tickets that were served and taken out of the book before the last stop."""
    back: list[str]
    """Those of them that are there again after it."""


@pytest.fixture(scope="module")
def lunch(scene: Scene, counter: Any) -> Lunch:
    """A deployment, and if it went well a restart, both in the midst of orders."""
    dishes = [*[counter.dish] * (QUEUE - 2), *counter.seconds]
    first = stop(scene, counter, dishes, say("a deployment", "デプロイ"), counter.replace)
    counter.strike(first.given)
    if first.seconds > QUICK + SLACK or first.opened.status != 200 or first.unkept:
        return Lunch([first], [], [])
    struck = [one.ticket for one in first.given if counter.look(one.ticket).status == 404]
    again = say("a restart after a deployment", "デプロイ後の再起動")
    second = stop(scene, counter, [counter.dish] * QUEUE, again, lambda: None)
    back = [ticket for ticket in struck if counter.look(ticket).status == 200]
    counter.strike([*second.given, *first.given])
    return Lunch([first, second], struck, back)


def stop(scene: Scene, counter: Any, dishes: list[str], how: str, meanwhile: Callable[[], None]) -> Stop:
    """Stop the service in the midst of orders, start it, and look for every ticket.

    Whoever does it has a session of its own: should the grader be interrupted, the service starts again all the same.
    """
    before, over = ended(scene), threading.Event()
    with ThreadPoolExecutor(QUEUE + 2) as people:
        early = [one.result() for one in [people.submit(counter.order, dish) for dish in dishes]]
        began = time.time()
        hearing = listen(scene, began)
        command = ["sh", "-c", STOP_AND_START, "sh", scene.inspect("kitchen")["Name"]]
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, **pipes, start_new_session=True) as helper:
            late = [people.submit(come_late, counter, over) for _ in range(2)]
            stopped = eventually(lambda: ended(scene), lambda seen: seen != before, within=PATIENCE, every=0.05)
            over.set()
            if stopped == before:
                with contextlib.suppress(APIError):  # as the engine does when its patience is over
                    scene.container("kitchen").kill()
            helper.stdout.readline()
            given = [one for one in (*early, *(two for line in late for two in line.result())) if one.ticket]
            seconds = PATIENCE if stopped == before else until(stopped) - told_to_stop(hearing, began)
            at_its_end = hurried(counter, given, lambda one: in_book(scene, one), until(ended(scene)))
            meanwhile()
            helper.communicate(b"\n")
    opened = eventually(lambda: scene.get("kitchen"), lambda seen: seen.status == 200)
    found = hurried(counter, given, counter.is_served) | at_its_end
    return Stop(how, seconds, early, given, opened, found, counter.unkept(given, OPEN))


def ended(scene: Scene) -> str:
    """When the engine last saw the service end."""
    return str(scene.inspect("kitchen")["State"]["FinishedAt"])


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


def come_late(counter: Any, over: threading.Event) -> list[Any]:
    """What customers are told who come, five a second, until the service has ended."""
    told: list[Any] = []
    while not over.wait(0.2):
        told.append(counter.order(counter.dish))
    return told


def in_book(scene: Scene, ticket: str) -> bool:
    """Whether a page of the book says, while the service is away, that a dish was served."""
    page = scene.read("kitchen", f"{BOOK}/{ticket}.json")
    with contextlib.suppress(ValueError, AttributeError):
        return bool(json.loads(page).get("state") == "served")
    return False


def hurried(
    counter: Any, given: list[Any], is_served: Callable[[str], bool], at: float | None = None
) -> dict[str, float]:
    """The tickets that are served before their dish can be cooked, and how long it had."""
    found = {}
    for one in given:
        if is_served(one.ticket) and (had := (at or time.time()) - one.asked) < counter.seconds[one.dish] * 0.9:
            found[one.ticket] = had
    return found


@pytest.mark.timeout(60)
@pytest.mark.needs("test_order")
def test_stop_is_quick(counter: Any, lunch: Lunch) -> None:
    """Told to stop, the service ends within two seconds.

    ja: 止まるように言われたサービスが、2秒以内に終わる。
    """
    seconds, longest = min(max(one.seconds for one in lunch.stops), PATIENCE), max(counter.seconds.values())
    assert seconds <= QUICK + SLACK, say(
        f"no dish takes longer than {longest} s, so a stop needs no more than {QUICK:.0f}; the service was still there "
        f"after {seconds:.1f} s. What has heard the engine's signal, and what has not?",
        f"どの料理も {longest} 秒あればできるので、停止は {QUICK:.0f} 秒で足ります。ところが {seconds:.1f} 秒たっても"
        "終わりません。Docker のシグナルは、誰に届き、誰に届いていないのでしょうか",
    )


@pytest.mark.timeout(60)
@pytest.mark.needs("test_order")
def test_nothing_is_lost(lunch: Lunch) -> None:
    """Whoever had ordered before or during a stop is served.

    ja: 停止の前や最中に注文した客にも、料理が出される。
    """
    for one in lunch.stops:
        assert one.opened.status == 200, say(
            f"the stand does not open again after a stop: {one.opened}",
            f"停止のあと、店が開きません: {one.opened}",
        )
        unheard = [placed.answer for placed in one.early if not placed.ticket]
        assert not unheard, say(
            f"{QUEUE} customers ordered shortly before a stop, {len(unheard)} of them got no ticket: {unheard[0]}",
            f"停止の直前に注文した {QUEUE} 人のうち {len(unheard)} 人に、番号札が出ませんでした: {unheard[0]}",
        )
        lost = sum(kept.state != "served" for kept in one.unkept.values())
        assert not lost, say(
            f"{len(one.given)} customers got a ticket before or during the stop of {one.how}, which took "
            f"{one.seconds:.1f} s; {OPEN:.0f} s after the next start {lost} of them are not served. "
            "Where is an order between its ticket and the book?",
            f"{one.how}のための停止（{one.seconds:.1f} 秒）の前と最中に、{len(one.given)} 人が番号札をもらいました。"
            f"次の起動から {OPEN:.0f} 秒たっても {lost} 人の料理が出てきません。番号札が出てから帳簿に載るまで、"
            "注文はどこにあるのでしょうか",
        )


@pytest.mark.needs("test_nothing_is_lost")
def test_nothing_is_hurried(counter: Any, lunch: Lunch) -> None:
    """A stop takes no dish off the stove before it is cooked.

    ja: 停止のときも、料理は火が通るまで火にかかっている。
    """
    found = [
        (order.dish, one.hurried[order.ticket])
        for one in lunch.stops
        for order in one.given
        if order.ticket in one.hurried
    ]
    dish, had = next(iter(found), ("", 0.0))
    assert not found, say(
        f"{len(found)} dishes that were on the stove when the service was stopped are in the book as served too early: "
        f"{dish} {had:.1f} s after the order, and it needs {counter.seconds.get(dish)} s",
        f"停止のとき火にかかっていた料理のうち {len(found)} 品が、早すぎる時刻に出したことになっています。{dish} には "
        f"{counter.seconds.get(dish)} 秒の火が要りますが、注文の {had:.1f} 秒後でした",
    )


@pytest.mark.needs("test_nothing_is_lost")
def test_book_and_slip_agree(lunch: Lunch) -> None:
    """After a stop the book and the slip say what the customer ordered.

    ja: 停止のあとも、帳簿と伝票の内容は客の注文どおりである。
    """
    orders = {order.ticket: order for one in lunch.stops for order in one.given}
    for ticket, kept in ((ticket, kept) for one in lunch.stops for ticket, kept in one.unkept.items()):
        order = orders[ticket]
        assert (kept.name, kept.dish) == (order.name, order.dish), say(
            f"{order.name} ordered {order.dish} shortly before or during a stop; for ticket {ticket} the book says "
            f'dish "{kept.dish}", name "{kept.name}"',
            f"停止の直前か最中に、{order.name} が {order.dish} を注文しました。番号札 {ticket} は、帳簿では"
            f"料理「{kept.dish}」、名前「{kept.name}」になっています",
        )
        assert kept.slip, say(
            f"{order.name} ordered {order.dish} shortly before or during a stop and was served; for ticket {ticket} "
            "there is no slip that says so: what did the cook work from?",
            f"停止の直前か最中に {order.name} が注文した {order.dish} は出ましたが、番号札 {ticket} には、それを記した"
            "伝票がありません。料理人は何を見て作ったのでしょうか",
        )


@pytest.mark.needs("test_stop_is_quick", "test_nothing_is_lost")
def test_nothing_comes_back(lunch: Lunch) -> None:
    """An order that was served and struck from the book is not there again after the next stop.

    ja: 出し終えて帳簿から消した注文が、次の停止のあとに、また現れることはない。
    """
    assert not lunch.back, say(
        f"{len(lunch.struck)} orders were served and struck from the book; after the next stop and start "
        f"{len(lunch.back)} of them are there again. What does a start begin with?",
        f"注文 {len(lunch.struck)} 件を出し終え、帳簿から消しました。ところが次の停止と起動のあと、そのうち "
        f"{len(lunch.back)} 件がまた現れました。起動したサービスは、何から始めるのでしょうか",
    )
