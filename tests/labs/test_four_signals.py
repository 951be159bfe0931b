"""What a panel of four-signals needs to be drawn, and where its metrics are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("four-signals", code=STANDS_ON)


@pytest.fixture(scope="module")
def grader() -> Iterator[Import]:
    with modules_of(paths.ROOT / "graders" / "four-signals") as load:
        yield load


OURS = {"type": "prometheus", "uid": "prometheus"}
OTHER = {"type": "loki", "uid": "nowhere"}
MIXED = {"type": "datasource", "uid": "-- Mixed --"}


def panel(*targets: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A panel that is drawn, but for what a test changes."""
    return {"type": "timeseries", "targets": list(targets)} | more


@pytest.mark.parametrize(
    "drawn",
    [
        panel({"refId": "A"}),
        panel({"refId": "A"}, {"refId": "B"}, datasource=OURS),
        panel({"expr": "up"}, {"expr": "up"}, datasource=None),
        panel({"refId": "A", "datasource": OURS}, datasource=MIXED),
        panel({"refId": "A"}, datasource={"type": "prometheus"}),
        panel({"refId": "A"}, datasource="Prometheus", type="stat"),
    ],
)
def test_what_grafana_draws(grader: Any, drawn: dict[str, Any]) -> None:
    """A panel with the one data source, or with none, is drawn."""
    assert grader("drawing").not_drawn(drawn) is None


@pytest.mark.parametrize(
    ("name", "undrawn"),
    [
        ("refId", panel({"refId": "A"}, {"refId": "A"})),
        ("datasource", panel({"refId": "A"}, datasource=OTHER)),
        ("datasource", panel({"refId": "A"}, datasource="nowhere")),
        ("datasource", panel({"refId": "A"}, datasource=OURS | {"uid": "nowhere"})),
        ("datasource", panel({"refId": "A", "datasource": OTHER}, datasource=OURS)),
        ("datasource", panel({"refId": "A", "datasource": MIXED}, datasource=MIXED)),
        ("type", panel({"refId": "A"}, type="text")),
        ("type", {"targets": [{"refId": "A"}]}),
    ],
)
def test_what_grafana_does_not_draw(grader: Any, name: str, undrawn: dict[str, Any]) -> None:
    """The field is named for which nothing is drawn."""
    found = grader("drawing").not_drawn(undrawn)
    assert found is not None
    assert found[0] == name


def test_doors(grader: Any) -> None:
    """Metrics are looked for below each path of the front's, and below some that are drawn by the seed."""
    doors = grader("test_customers").doors
    found = doors({"/metrics"}, 1234)
    assert {"/metrics", "/orders/metrics", "/search/metrics", "/browse/metrics"} <= set(found)
    assert found == doors({"/metrics"}, 1234)
    assert set(found) != set(doors({"/metrics"}, 1235))


@pytest.mark.parametrize(
    ("quick", "slow", "fewer"),
    [(0.05, 0.4, 0.05), (0.2, 0.4, 0.05), (0.21, 0.4, 0.5), (0.3, 0.4, 0.6)],  # the last two on a busy computer
)
def test_who_knows_that_customers_wait(grader: Any, quick: float, slow: float, fewer: float) -> None:
    """Saturation that falls nearly as much as their waits do is accepted."""
    grader("test_threads").knows_waiting("catalog", quick, slow, fewer)


@pytest.mark.parametrize(("quick", "fewer"), [(0.4, 0.05), (0.21, 0.05), (0.38, 0.5), (0.35, 0.6)])
def test_who_counts_those_who_come(grader: Any, quick: float, fewer: float) -> None:
    """Saturation that stays while nobody waits any more is refused, on a busy computer too."""
    with pytest.raises(AssertionError):
        grader("test_threads").knows_waiting("catalog", quick, 0.4, fewer)
