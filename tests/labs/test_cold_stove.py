"""What a stop does to a dish on the stove, and what orders leave that come one by one. No Docker needed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths
from lab_modules import modules_of

pytestmark = pytest.mark.slow

NEEDED = 1.6
KINDS = ("processes", "ended", "descriptors", "connections", "files")


@pytest.fixture
def load() -> Iterator[Any]:
    graders = paths.ROOT / "graders" / "slow-stop"
    with modules_of(graders) as load:
        yield load


def at_rest(load: Any, monkeypatch: pytest.MonkeyPatch) -> float:
    """Hold the clock of the stove: no busy computer lets time go by."""
    now = time.time()
    monkeypatch.setattr(load("stove").time, "time", lambda: now)
    return now


def stand(served: dict[str, bool]) -> SimpleNamespace:
    def look(ticket: str) -> SimpleNamespace:
        return SimpleNamespace(status=200, text='{"state": "served"}' if served[ticket] else '{"state": "cooking"}')

    return SimpleNamespace(look=look, least=lambda _: NEEDED * 0.9)


@pytest.mark.parametrize(
    ("before", "away", "since", "raw"),
    [
        (0.2, 3.0, 0.3, True),  # it counts as long as it was away
        (0.2, 0.0, 0.3, True),
        (0.2, 3.0, 1.3, False),  # what was missing
        (0.0, 3.0, 1.6, False),
        (1.6, 3.0, 0.0, False),  # cooked before the end
    ],
)
def test_nothing_cooks_while_the_stand_is_closed(
    load: Any, monkeypatch: pytest.MonkeyPatch, before: float, away: float, since: float, raw: bool
) -> None:
    now = at_rest(load, monkeypatch)
    lit = now - since
    end = lit - away
    order = SimpleNamespace(ticket="a", asked=end - before)
    stove = load("stove").Stove(stand({"a": True}), [order], end)
    stove.lit = lit
    stove.look(order)
    assert bool(stove.hurried()) is raw
    if raw:
        assert stove.hurried()["a"] == pytest.approx(before + since, abs=0.01)


def test_the_stove_is_watched_until_each_dish_has_had_its_time(load: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now = at_rest(load, monkeypatch)
    served = {"soon": False, "never": False}
    looked = Counter[str]()
    orders = [SimpleNamespace(ticket=name, asked=now - 1.0) for name in served]
    stove = load("stove").Stove(stand(served), orders, now - 1.0)
    real = stove.counter.look

    def look(ticket: str) -> Any:
        looked[ticket] += 1
        served["soon"] = looked["soon"] > 1
        return real(ticket)

    stove.counter.look = look
    stove.watch(SimpleNamespace(sidecar=lambda _: SimpleNamespace(read=lambda _: None)))  # it can't tell when it began
    assert list(stove.hurried()) == ["soon"]
    assert looked["soon"] == 2 < looked["never"]


@pytest.mark.parametrize(("began", "raw"), [(-0.5, True), (-9.0, False), (9.0, False)])
def test_what_began_with_the_service_counts(
    load: Any, monkeypatch: pytest.MonkeyPatch, began: float, raw: bool
) -> None:
    """A start after the stand was seen open is another one, and one before the end is none."""
    now, module = at_rest(load, monkeypatch), load("stove")
    order = SimpleNamespace(ticket="a", asked=now - 2.1)
    stove = module.Stove(stand({"a": True}), [order], now - 2.0)
    monkeypatch.setattr(module, "begun", lambda _: now + began)
    stove.watch(None)
    assert bool(stove.hurried()) is raw


@pytest.mark.parametrize(
    ("since_open", "start", "doubted"),
    [
        (0.2, 2.0, True),  # a start of two seconds, and served at once
        (1.5, 2.0, False),  # cooked while it was open
        (0.2, 0.3, False),  # a quick start: it is certain
    ],
)
def test_what_is_served_at_once_after_a_long_start_is_doubted(
    load: Any, monkeypatch: pytest.MonkeyPatch, since_open: float, start: float, doubted: bool
) -> None:
    now = at_rest(load, monkeypatch)
    order = SimpleNamespace(ticket="a", asked=now - since_open - start - 0.3)
    stove = load("stove").Stove(stand({"a": True}), [order], now - since_open - start - 0.1)
    stove.open, stove.lit = now - since_open, now - since_open - start
    stove.look(order)
    assert bool(stove.doubtful()) is doubted
    assert bool(stove.hurried()) is (start < 1)


def test_the_kernel_tells_when_the_service_began(load: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now = at_rest(load, monkeypatch)
    stat = b"1 (a) b) S " + b" ".join(str(number).encode() for number in range(4, 22)) + b" 9000 1 2"
    files = {"/proc/1/stat": stat, "/proc/uptime": b"100.50 7.00\n"}
    scene = SimpleNamespace(sidecar=lambda _: SimpleNamespace(read=files.get))
    assert load("stove").begun(scene) == pytest.approx(now - 10.5)


@pytest.mark.parametrize(
    ("left", "often"),
    [
        (lambda order: order % 20, True),
        (lambda order: order % 5, True),
        (lambda order: order, True),
        (lambda order: 1, False),  # the last one's, until the next order
        (lambda order: 2 * (order > 3), False),  # a customer who came meanwhile
        (lambda order: -order, False),
    ],
)
@pytest.mark.parametrize("begun", [0, 13, 17])
@pytest.mark.parametrize("kind", ["ended", "files"])
def test_who_tidies_up_now_and_then_is_not_tidy(
    load: Any,
    monkeypatch: pytest.MonkeyPatch,
    left: Callable[[int], int],
    often: bool,
    begun: int,
    kind: str,
) -> None:
    rush = load("test_rush")
    orders = [begun]
    monkeypatch.setattr(rush, "REST", 0)
    monkeypatch.setattr(
        rush,
        "amount",
        lambda *_: SimpleNamespace(**{name: 50 + (left(orders[0]) if name == kind else 0) for name in KINDS}),
    )
    line = SimpleNamespace(
        order_one=lambda: orders.__setitem__(0, orders[0] + 1),
        counter=SimpleNamespace(strike=lambda _: None),
    )
    found = rush.left_often(None, line)
    assert list(found) == ([kind] if often else [])
