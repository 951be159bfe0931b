"""Strangers, whom the customers' record does not know: each comes with other words, and some are kept inside."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from kikori.grading import Scene, eventually

LONES, MIXED = 4, 15
AFTER = 2  # seconds after the last of those for which the crowd goes on: until then they are in every window
PATIENT = 14.0  # seconds for which a customer waits who is kept inside: a little less than the front
LETTERS = str.maketrans("0123456789abcdef", "GHIJKLMNOPQRSTUV")  # a method has no digits in it


@dataclass
class Visit:
    """A request of a stranger's."""

    ended: float
    seconds: float
    status: int


@dataclass
class Inside:
    """How many were in each service at a time, from when on, and when the first of them came out."""

    many: dict[str, int]
    began: float
    ended: float


def stranger(scene: Scene, name: str, path: str, cart: object = None, method: str = "") -> Visit:
    """Let one ask for something, or fill a cart, with headers that nobody else sends."""
    began = time.time()
    told = {"User-Agent": name, "Referer": f"http://{name}.example/", "Accept-Language": name, "X-Customer": name}
    method = method or ("GET" if cart is None else "POST")
    answer = scene.ask(method, "front", path, json=cart, headers=told | {"X-Forwarded-For": name})
    return Visit(time.time(), time.time() - began, answer.status)


def mixed(scene: Scene, mark: str) -> list[Visit]:
    """Let strangers search, try doors and fill carts, each in other words and with a method of their own."""
    visits = []
    for number in range(MIXED):
        name = f"{mark}{number}"
        called = f"{mark[-6:]}{number}".translate(LETTERS)
        page = int(mark, 16) % 10**9 + number
        paths = (f"/search?q={name}", f"/browse?category={name}&page={page}&{name}={name}")
        for path in (*paths, f"/orders/{name}", f"/cart/{name}"):
            visits.append(stranger(scene, name, path))
        visits.append(stranger(scene, name, f"/{name}", method=called))
        visits.append(stranger(scene, name, "/search", method=called))
        visits.append(stranger(scene, name, "/cart", {"customer": name, "product": 1 + number}))
    return visits


def few_and_many(scene: Scene, mark: str) -> tuple[list[Visit], float]:
    """Let a few wait one by one, and many be answered at once.

    Gives all of them, and when the last of the few had its answer.
    """
    visits = list[Visit]()

    def come() -> None:
        name = f"{mark}many{len(visits)}"
        visits.append(stranger(scene, name, f"/orders/{name}" if len(visits) % 2 else f"/cart/{name}"))

    def wait() -> list[Visit]:
        return [stranger(scene, f"{mark}few{number}", f"/search?q={mark}few{number}") for number in range(LONES)]

    with ThreadPoolExecutor(1) as street:
        few = street.submit(wait)
        is_over = lambda _: few.done() and time.time() > few.result()[-1].ended + AFTER  # noqa: E731
        eventually(come, is_over, within=40, every=0.005)
        return visits + few.result(), few.result()[-1].ended


def inside(scene: Scene, mark: str, carts: int, searches: int) -> Inside:
    """Let so many come at once to a slow catalog: some search there, and for the others checkout asks it."""
    address = scene.address("front") or ""

    def come(number: int) -> tuple[float, float]:
        method, path, cart = "GET", f"/search?q={mark}{number}", None
        if number < carts:
            method, path, cart = "POST", "/cart", {"customer": f"{mark}{number}", "product": 1 + number}
        began = time.time()
        with suppress(OSError), scene.clients.session(method, scene.clients.name("front", address)) as session:
            session.request(method, f"http://{address}{path}", json=cart, timeout=PATIENT)
        return began, time.time()

    with ThreadPoolExecutor(carts + searches) as street:
        times = list(street.map(come, range(carts + searches)))
    return Inside(
        {"catalog": carts + searches, "checkout": carts},
        max(began for began, _ in times),
        min(ended for _, ended in times),
    )
