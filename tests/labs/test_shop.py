"""The shop's customers: the same seed gives the same visits, and the truth is summed up right. No Docker needed."""

from __future__ import annotations

import runpy
from collections import Counter
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest

IMAGES = Path(__file__).parents[2] / "labs" / "_images"


def module(folder: str, name: str) -> SimpleNamespace:
    """What a module of an image defines; nothing is written beside it, which would make another image."""
    return SimpleNamespace(**runpy.run_path(str(IMAGES / folder / f"{name}.py")))


def test_same_seed_same_visits() -> None:
    visits = module("customers", "visits").Visits
    first, again, other = (list(islice(visits(seed), 300)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_every_order_follows_its_cart() -> None:
    filled: set[str] = set()
    for customer, action, _, _, body in islice(module("customers", "visits").Visits(3), 500):
        if action == "cart":
            filled.add(customer)
        if action == "order":
            assert customer in filled
            assert body["customer"] == customer


def test_a_mix_is_kept_to() -> None:
    found = Counter(
        visit[1] for visit in islice(module("customers", "visits").Visits(1, {"browse": 3, "search": 1}), 4000)
    )
    assert found.keys() == {"browse", "search"}
    assert found["browse"] / found["search"] == pytest.approx(3, rel=0.15)


def test_nobody_orders_at_night() -> None:
    visits = module("customers", "visits")
    assert not any(visit[1] == "order" for visit in islice(visits.Visits(1, visits.MIXES["night"]), 1000))


def test_pauses_keep_the_rate() -> None:
    pauses = list(islice(module("customers", "visits").pauses("1", 20), 2000))
    assert sum(pauses) == pytest.approx(100, rel=0.05)


def test_truth_of_rows() -> None:
    truth = module("customers", "truth")
    rows = [{"method": "GET", "route": "/", "status": 200, "seconds": n / 100} for n in range(1, 101)]
    rows.append({"method": "POST", "route": "/orders", "status": 201, "seconds": 0.2, "order": "a", "completed": None})
    rows.append({"method": "POST", "route": "/orders", "status": 0, "seconds": 9.0})
    found = truth.summary(rows)
    assert found["routes"]["GET /"]["quantiles"]["0.5"] == pytest.approx(0.505)
    assert found["routes"]["POST /orders"] | {"quantiles": 0} == {
        "count": 2, "codes": {"201": 1, "0": 1}, "errors": 1, "sum": 9.2, "quantiles": 0, "max": 9.0,
    }  # fmt: skip
    assert (found["accepted"], found["completed"]) == (1, 0)


def test_faults_are_parsed() -> None:
    parse = module("shop/shop", "faults").parse
    assert parse(["latency=0.4", "share=0.2", "route=/search"]) == (
        "latency",
        {"value": 0.4, "share": 0.2, "route": "/search"},
    )
    assert parse(["lost-orders"]) == ("lost-orders", {"value": 1.0})
    with pytest.raises(SystemExit, match="no fault"):
        parse(["flood"])


def test_products_are_always_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    seed = module("shop-data", "seed")
    seed.main()
    first = capsys.readouterr().out
    seed.main()
    assert capsys.readouterr().out == first
    assert first.count("\n") == 601
