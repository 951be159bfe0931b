"""Do customers notice anything of the telemetry?"""

import json
import secrets
import time
from functools import partial
from urllib.parse import urlsplit

import pytest

from kikori.grading import Answer, Prometheus, Scene, assert_not_root, assert_running, eventually, quoted, reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(120)
PAGES = (("/", 200), ("/browse?category=ink", 200), ("/search?q=moss", 200), ("/none-such", 404), ("/orders/none", 404))
OURS = ("catalog", "checkout", "sidecar", "prometheus")  # what is built from the workspace
BEHIND = (("catalog", "/", 200), ("checkout", "/orders/none", 404))
HELD = 0.5  # seconds, and somebody is kept waiting
FOUND = 10  # seconds after its start within which Prometheus knows whom to ask
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
    ask = partial(Prometheus(scene).ask, "/api/v1/targets", {"state": "active"})
    targets = eventually(lambda: ask()["activeTargets"], bool, within=FOUND, every=0.5)
    for path in sorted({urlsplit(str(one["scrapeUrl"])).path for one in targets}):
        seen = scene.get("front", path)
        assert "# TYPE" not in seen.text, reason("staff-alone-reads", path=quoted(path))


@pytest.mark.guard
@pytest.mark.needs("test_shop_serves")
def test_nobody_waits(scene: Scene) -> None:
    """Customers are served as usual while whoever collects the numbers hangs.

    ja: 数字を集める側が固まっていても、客はいつもどおり応対される。
    """

    def kept_waiting(path: str, status: int) -> float:
        began = time.monotonic()
        is_right = scene.get("front", path).status == status
        return time.monotonic() - began if is_right else float("inf")

    with scene.paused("sidecar"), scene.paused("prometheus"):
        for service, path, status in BEHIND:
            best = eventually(partial(kept_waiting, path, status), lambda took: took <= HELD, within=TRIES)
            assert best <= HELD, reason("nobody-waits", service=service, held=HELD)
