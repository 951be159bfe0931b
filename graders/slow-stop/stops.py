"""Stops of the service, in the midst of orders and without any, and what they did to the customers.

Whoever carries one out has a session of its own: should the grader be interrupted, the service starts all the same.
"""

import contextlib
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import cycle
from typing import Any, NamedTuple

from docker.errors import APIError
from stove import Stove, says_served

from kikori.grading import Answer, Scene, eventually

QUICK = 2.0
"""Seconds that a stop may take: the engine's patience lasts ten."""
SLACK = 1.0
"""Seconds that a busy computer may need in between."""
PATIENCE = 12
"""Seconds that a stop is watched."""
BEGINS = 10.0
"""Seconds in which the stand opens after a start, on a busy computer too."""
OPEN = 6.0
"""Seconds from the last start in which what was not cooked before it is served."""
WHOLE = 0.98
"""The least part of its time that a dish has had when it is served: its order was asked before, the end is exact."""
DENIED = 0.3
"""Seconds for which tickets are unknown before it counts: a service that is just about to end may say anything."""
BOOK = "/var/lib/kitchen/orders"
LATE = 3
"""Rows of customers who come in the midst of a stop."""
STOP_AND_START = 'docker stop "$1" > /dev/null; echo; read -r _; docker start "$1"'
"""Waits in between for a line, or for the end of whoever should write it: the service starts again all the same."""


class Stop(NamedTuple):
    """What a stop did to the orders of those who came before it or in its midst."""

    how: str
    seconds: float
    opened: Answer
    early: tuple[Any, ...] = ()
    """Who had ordered before the stop."""
    given: tuple[Any, ...] = ()
    """Who got a ticket, before the stop or in the midst of it."""
    hurried: dict[str, float] = {}
    """Tickets that were served sooner than the dish can be cooked, with the seconds."""
    raw: dict[str, float] = {}
    """Tickets that were served as soon as the stand was open, with the most seconds that their dish can have had."""
    unknown: tuple[str, ...] = ()
    """Tickets of which the open stand says, at once or in the end, that nobody was given them."""
    denied: tuple[str, ...] = ()
    """Tickets of which the stand said, while it was closing, that there are none such."""
    guessed: dict[str, Answer] = {}
    """Tickets that nobody was given, and what the stand says of them as soon as it is open again."""
    unkept: dict[str, Any] = {}


def quiet_stop(scene: Scene, how: str, *, in_silence: bool = False) -> Stop:
    """Stop the service while nobody orders, and start it; one may be connected ``in_silence``."""
    with contextlib.ExitStack() as held:
        if in_silence:
            held.enter_context(connected(scene))
        with halt(scene) as wait:
            seconds = wait()
            held.close()
    return Stop(how, seconds, reopened(scene))


@contextmanager
def connected(scene: Scene) -> Iterator[None]:
    """Hold a connection to the service, and say nothing."""
    host, _, port = (scene.address("kitchen") or "").rpartition(":")
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError, ValueError):
            held.enter_context(socket.create_connection((host, int(port)), timeout=2))
        scene.get("kitchen")  # once a later customer is answered, the service has met this one
        yield


def stop(
    scene: Scene,
    counter: Any,
    dishes: list[str],
    how: str,
    *,
    meanwhile: Callable[[], None] = lambda: None,
    then: Callable[[], None] | None = None,
) -> Stop:
    """Stop the service in the midst of orders, start it, and look for every ticket.

    ``meanwhile`` is done while it is away, and ``then`` as soon as it is open again; without it, the stove is watched.
    """
    over = threading.Event()
    with ThreadPoolExecutor(len(dishes) + LATE + 1) as people:
        early = list(people.map(lambda dish: counter.order(dish, odd=True), dishes))
        try:
            rows = ((counter.slow, 0.0), (counter.slow, 0.1), (counter.dish, 0.0))
            late = [people.submit(come_late, counter, dish, first, over) for dish, first in rows]
            asking = people.submit(denials, counter, early, over)
            with halt(scene) as wait:
                seconds = wait()
                over.set()
                given = [one for one in (*early, *(two for line in late for two in line.result())) if one.ticket]
                end, denied = until(ended(scene)), asking.result()
                found = written_too_early(scene, counter, given, end)
                meanwhile()
        finally:
            over.set()
    opened, unknown, guessed, raw = reopened(scene), list[str](), dict[str, Answer](), dict[str, float]()
    if opened.status == 200:
        guess = counter.guess()
        guessed[guess] = counter.look(guess)
        stove = Stove(counter, given, end)
        unknown = [one.ticket for one in stove.by_need if stove.look(one).status == 404]
        if then:
            then()
        else:
            stove.watch(scene)
        found |= stove.hurried()
        raw = stove.doubtful()
    unkept = counter.unkept(given, OPEN)
    if opened.status == 200:
        unknown += [ticket for ticket in unkept if ticket not in unknown and counter.look(ticket).status == 404]
    return Stop(how, seconds, opened, (*early,), (*given,), found, raw, (*unknown,), denied, guessed, unkept)


@contextmanager
def halt(scene: Scene) -> Iterator[Callable[[], float]]:
    """Stop the service, and start it at the end; gives what waits until it ended.

    That says how many seconds it took.
    """
    before, began = ended(scene), time.time()
    hearing = listen(scene, began)
    command = ["sh", "-c", STOP_AND_START, "sh", scene.inspect("kitchen")["Name"]]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        with subprocess.Popen(command, **pipes, start_new_session=True) as helper:

            def wait() -> float:
                is_over = eventually(lambda: has_ended(scene, before), bool, within=PATIENCE, every=0.05)
                if not is_over:
                    with contextlib.suppress(APIError):  # as the engine does when its patience is over
                        scene.container("kitchen").kill()
                helper.stdout.readline()  # type: ignore[union-attr]  # it is a pipe
                told = told_to_stop(hearing, began)
                return max(0.0, until(ended(scene)) - told) if is_over else PATIENCE

            yield wait
            helper.communicate(b"\n")
    finally:
        hearing.kill()


def reopened(scene: Scene) -> Answer:
    """Ask the stand after a start, until it answers."""
    return eventually(lambda: scene.get("kitchen"), lambda seen: seen.status == 200, within=BEGINS)


def ended(scene: Scene) -> str:
    """Tell when the engine last saw the service end."""
    return str(scene.inspect("kitchen")["State"]["FinishedAt"])


def has_ended(scene: Scene, before: str) -> bool:
    """Tell whether the service has ended since ``before``, or was not there to be stopped."""
    state = scene.inspect("kitchen")["State"]
    return bool(state["FinishedAt"] != before or not state["Running"])


def listen(scene: Scene, since: float) -> subprocess.Popen[str]:
    """Hear of the engine's signals as they are sent.

    It remembers 256 events, which a busy one forgets in seconds.
    """
    ours = ["--filter", f"container={scene.inspect('kitchen')['Id']}", "--filter", "event=kill"]
    asked = ["docker", "events", "--since", f"{since:.3f}", *ours, "--format", "{{.TimeNano}}"]
    return subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def told_to_stop(hearing: subprocess.Popen[str], since: float) -> float:
    """Tell when the engine sent its first signal, by its own record.

    A busy computer may come to that late.
    """
    hearing.terminate()
    told = hearing.communicate()[0].split()
    return int(told[0]) / 1e9 if told else since


def until(moment: str) -> float:
    """Give a moment of the engine's as seconds."""
    return datetime.fromisoformat(moment).timestamp()


def come_late(counter: Any, dish: str, first: float, over: threading.Event) -> list[Any]:
    """Order five times a second until the service has ended, less often once that is late."""
    told: list[Any] = []
    late, pause = time.monotonic() + QUICK + SLACK, first
    while not over.wait(pause):
        told.append(counter.order(dish, odd=True))
        pause = 0.2 if time.monotonic() < late else 1.0
    return told


def denials(counter: Any, early: list[Any], over: threading.Event) -> tuple[str, ...]:
    """Ask for tickets in turns until the service has ended; gives those that it does not know for longer than a moment.

    No answer at all, or that it is closing, is no denial.
    """
    seen = list[tuple[float, str]]()
    for ticket in cycle([one.ticket for one in early if one.ticket]):
        if over.wait(0.05):
            break
        if counter.look(ticket).status == 404:
            seen.append((time.monotonic(), ticket))
    lasted = seen[-1][0] - seen[0][0] if seen else 0.0
    return tuple(sorted({ticket for _, ticket in seen})) if lasted >= DENIED else ()


def in_book(scene: Scene, ticket: str) -> bool:
    """Look in the book, while the service is away, whether a dish was served."""
    return says_served(scene.read("kitchen", f"{BOOK}/{ticket}.json"))


def written_too_early(scene: Scene, counter: Any, given: list[Any], end: float) -> dict[str, float]:
    """Find the tickets in the book as served whose dish had too little time, and how much."""
    had = {one.ticket: (end - one.asked, counter.seconds[one.dish] * WHOLE) for one in given}
    raw = {ticket: least for ticket, (least, whole) in had.items() if least < whole}
    with ThreadPoolExecutor(4) as people:  # what is served raw at the next start is seen only where that comes soon
        served = list(people.map(lambda ticket: in_book(scene, ticket), raw))
    return {ticket: had for (ticket, had), is_served in zip(raw.items(), served, strict=True) if is_served}
