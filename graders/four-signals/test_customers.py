"""Do customers notice anything of the telemetry?"""

import json
import random
import secrets
import time
from collections.abc import Iterator
from functools import partial
from string import ascii_lowercase
from urllib.parse import urlsplit

import pytest
from faults import fault

from kikori.grading import Answer, Prometheus, Scene, assert_not_root, assert_running, eventually, quoted, reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(120)
PAGES = (("/", 200), ("/browse?category=ink", 200), ("/search?q=moss", 200), ("/none-such", 404), ("/orders/none", 404))
OURS = ("catalog", "checkout", "sidecar", "prometheus")  # what is built from the workspace
BEHIND = (("catalog", "GET", "/", None, 200), ("checkout", "GET", "/orders/none", None, 404))
HELD = 0.5  # seconds, and somebody is kept waiting
FOUND = 10  # seconds after its start within which Prometheus knows whom to ask
SOON = 4  # seconds in which most computers start a service
STARTS = 3  # what waits for somebody waits each time, and a computer is busy for a while
AWAY = 25  # seconds after which a service does not come back
LONG = 8  # letters of a metric's name that is no word of a page
HEADERS = {"server", "date", "content-type", "content-length", "transfer-encoding", "connection", "keep-alive", "allow"}
TRIES = 6  # seconds for which that is tried: a computer may be busy for a while


def order(scene: Scene) -> str:
    """Place an order, and see what becomes of it."""
    customer = "grader"
    scene.ask("POST", "front", "/cart", json={"customer": customer, "product": 5})
    answer = scene.ask("POST", "front", "/orders", json={"customer": customer, "payment": "test"})
    if answer.status != 201:
        return str(answer)
    number = json.loads(answer.text)["order"]

    def state() -> str:
        seen: Answer = scene.get("front", f"/orders/{number}")
        return str(json.loads(seen.text)["state"]) if seen.status == 200 else str(seen)

    return eventually(state, lambda seen: seen == "completed", within=8)


def answered(scene: Scene, method: str, path: str, body: object, status: int) -> Answer:
    """Ask as a customer does, again for a while if it is something else."""
    ask = partial(scene.ask, method, "front", path, json=body)
    return eventually(ask, lambda seen: seen.status == status, within=30)


def turned_away() -> list[tuple[str, str, object, int]]:
    """List what the shop does not take, with the status that says so."""
    nobody = f"grader{secrets.token_hex(4)}"
    return [
        ("POST", "/orders", {"customer": nobody, "payment": "shells"}, 400),
        ("POST", "/orders", {"customer": nobody, "payment": "card"}, 409),
        ("POST", "/cart", {"customer": nobody, "product": 90000}, 404),
        ("GET", "/cart", None, 405),
    ]


@pytest.mark.guard
def test_shop_serves(scene: Scene) -> None:
    """The shop serves its customers as before.

    ja: 店は、これまでどおり客に応対している。
    """
    pages = [("GET", path, None, status) for path, status in PAGES]
    for method, path, body, status in [*pages, *turned_away()]:
        seen = answered(scene, method, path, body, status)
        assert seen.status == status, reason("shop-serves", status=status, method=method, path=path, seen=seen)
    became = eventually(lambda: order(scene), lambda seen: seen == "completed", within=20, every=1)
    assert became == "completed", reason("shop-serves-2", became=became)
    assert_running(scene, *OURS)


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_shop_serves")
def test_not_root(scene: Scene) -> None:
    """Nothing that was built for the telemetry runs as root.

    ja: 計測のために作ったものは、どれも root で動いていない。
    """
    for service in OURS:
        assert_not_root(scene, service)


@pytest.mark.guard
@pytest.mark.needs("test_shop_serves")
def test_staff_alone_reads(scene: Scene) -> None:
    """What the services tell of themselves can't be read through the front.

    ja: サービスが自分について語ることは、入り口からは読めない。
    """
    of_prometheus = Prometheus(scene)
    ask = partial(of_prometheus.ask, "/api/v1/targets", {"state": "active"})
    targets = eventually(lambda: ask()["activeTargets"], bool, within=FOUND, every=0.5)
    names = told_names(of_prometheus, [one["labels"]["job"] for one in targets if "localhost" not in one["scrapeUrl"]])
    for path in doors({urlsplit(str(one["scrapeUrl"])).path for one in targets}, scene.params["seed"]):
        seen = scene.get("front", path)
        is_told = "# TYPE" in seen.text or any(name in seen.text for name in names)
        assert not is_told, reason("staff-alone-reads", path=quoted(path))
        nothing_beside("GET", path, seen)
    for method, path, body, _ in turned_away():
        nothing_beside(method, path, scene.ask(method, "front", path, json=body))


def told_names(of_prometheus: Prometheus, jobs: list[str]) -> set[str]:
    """Names of metrics by which an answer that holds the services' numbers is known."""
    found = set[str]()
    for job in sorted(set(jobs)):
        words = {"match[]": f"{{job={json.dumps(job)}}}"}
        found |= set(of_prometheus.ask("/api/v1/label/__name__/values", words))
    return {name for name in found if len(name) >= LONG and "_" in name and not name.startswith("scrape_")}


def doors(paths: set[str], seed: object) -> list[str]:
    """Where a stranger looks for what is read at some paths: there, and below and beside all that the shop has."""
    draw = random.Random(f"{seed} doors")  # noqa: S311  # nothing is kept secret by it
    words = ["".join(draw.choices(ascii_lowercase, k=7)) for _ in range(3)]
    found = [path for path, _ in PAGES]
    for path in sorted(paths | {"/metrics"}):
        found += [path, f"{path}/", f"/{path}", f"{path}.txt", f"{path}/{words[0]}", path.upper(), f"/?{path[1:]}"]
        below = ("/orders", "/cart", "/browse", "/search", "/orders/none", f"/{words[1]}", f"/{words[1]}/{words[2]}")
        found += [f"{front}{path}" for front in below]
    return list(dict.fromkeys(found))


def nothing_beside(method: str, path: str, seen: Answer) -> None:
    """An answer has the headers that it has without telemetry, and no others."""
    added = sorted({name.lower() for name in seen.headers} - HEADERS)
    assert not added, reason("staff-alone-reads-2", method=method, path=quoted(path), added=quoted(", ".join(added)))


@pytest.mark.guard
@pytest.mark.needs("test_shop_serves")
def test_nobody_waits(scene: Scene) -> None:
    """Customers are served as usual while whoever collects the numbers hangs.

    ja: 数字を集める側が固まっていても、客はいつもどおり応対される。
    """
    with scene.paused("sidecar"), scene.paused("prometheus"):
        for service, method, path, body, status in [*BEHIND, *rejected()]:
            in_time(scene, service, method, path, body, status)
        try:
            fault(scene, "set errors=1")
            for service, method, path, body, _ in BEHIND:
                in_time(scene, service, method, path, body, 500)
            fault(scene, "clear")
            fault(scene, "set closed", "checkout")
            in_time(scene, "checkout", "POST", "/orders", {"customer": "grader", "payment": "test"}, 503)
        finally:
            fault(scene, "clear")
        took = min(opening(scene))
    if took > SOON:  # a busy computer is as slow when nobody hangs
        usual = started(scene)
        assert took <= 2 * max(usual, SOON / 2), reason("nobody-waits-2", took=took, usual=usual)


def opening(scene: Scene) -> Iterator[float]:
    """Start both services some times, and tell how long they were away, until once it was as short as it can be."""
    for _ in range(STARTS):
        yield (took := started(scene))
        if not SOON < took < AWAY:
            return


def rejected() -> list[tuple[str, str, str, object, int]]:
    """List what a service turns away, and which one."""
    return [
        ("catalog", "GET", f"/{secrets.token_hex(4)}", None, 404),
        *(("checkout", *one) for one in turned_away()),
    ]


def in_time(scene: Scene, service: str, method: str, path: str, body: object, status: int) -> None:
    """Whoever collects the numbers hangs, and this request is answered as usual."""

    def kept_waiting() -> float:
        began = time.monotonic()
        is_right = scene.ask(method, "front", path, json=body).status == status
        return time.monotonic() - began if is_right else float("inf")

    best = eventually(kept_waiting, lambda took: took <= HELD, within=TRIES)
    assert best <= HELD, reason("nobody-waits", service=service, status=status, held=HELD)


def started(scene: Scene) -> float:
    """How long both services are away when they are started anew, in seconds."""
    scene.restart(*OURS[:2], patience=3)
    began = time.monotonic()
    for _, method, path, body, status in BEHIND:
        ask = partial(scene.ask, method, "front", path, json=body)
        eventually(ask, lambda seen, wanted=status: seen.status == wanted, within=AWAY, every=0.2)
    return time.monotonic() - began
