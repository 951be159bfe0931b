"""Does the graph of the accepted telegrams go on, without a hole, at a cost that does not grow?"""

import json
from typing import Any

import pytest

from kikori.grading import Scene, eventually, reasons, say

reason = reasons(__file__)

MOST = 120  # lines and series; a healthy counter has about 20
LIMIT = "1000"
NEW = 2  # series that the last hundreds of the accepted telegrams may bring, and none before them
TELEGRAMS = 'http_requests_total{service="counter",route="/telegrams",method="POST",code="201"}'
REFUSED = TELEGRAMS.replace("201", "400")
pytestmark = pytest.mark.timeout(160)  # a bad day is lived by the first check that asks for it


def lately(day: Any, what: str) -> int:
    """A number of the store of the metrics, from what was asked after the last telegram alone; 0 if it has none.

    Without that bound, a value of an hour ago that happens to be the right one would pass for today's.
    """
    day.scene.get("metrics", "/internal/force_flush")  # what has arrived can be found from now on
    now = day.clock()
    asked = {"query": what % f"{max(now - day.end, 0.001):.3f}s", "time": f"{now:.3f}"}
    answer = day.scene.get("metrics", "/api/v1/query", params=asked)
    rows = json.loads(answer.text)["data"]["result"] if answer.status == 200 else []
    return int(float(rows[0]["value"][1])) if rows else 0


def is_right(day: Any, counted: int) -> bool:
    """Whether that is what was accepted, and no older value; others may have sent some in between.

    A counter begins at 0 with its process, or goes on from what it told before.
    """
    return any(day.since <= counted - before <= day.since * 1.02 + 5 for before in {0, day.told})


def exported(day: Any, start: float, end: float) -> list[dict[str, Any]]:
    """Give the series of the accepted telegrams in a time, with their samples."""
    span = {"start": f"{start:.3f}", "end": f"{end:.3f}", "match[]": TELEGRAMS}
    day.scene.get("metrics", "/internal/force_flush")
    answer = day.scene.get("metrics", "/api/v1/export", params=span)
    return [json.loads(line) for line in answer.text.splitlines() if line.startswith("{")]


def during_the_outage(day: Any) -> int:
    """How many samples the store of the metrics has of the time in which it was away."""
    return max((len(row["timestamps"]) for row in exported(day, day.away_from, day.away_until)), default=0)


def new_ones(day: Any) -> int:
    """Count the series that only later ones of the accepted telegrams brought, with numbers as after years."""
    before, after = (
        {json.dumps(row["metric"], sort_keys=True) for row in exported(day, start, end)}
        for start, end in ((day.begins, day.since_when), (day.since_when, day.clock()))
    )
    return len(after - before)


@pytest.mark.needs("test_telegrams_are_taken")
def test_graph_counts(day: Any) -> None:
    """The store of the metrics counts every accepted telegram, once.

    ja: メトリクスの保管先が、受け付けた電報を漏れなく、1回ずつ数えている。
    """
    graph = f"sum(last_over_time({TELEGRAMS}[%s]))"
    counted = eventually(lambda: lately(day, graph), lambda counted: is_right(day, counted), within=15, every=0.3)
    assert is_right(day, counted), reason("graph-counts", since=day.since, told=day.told, counted=counted)


@pytest.mark.needs("test_telegrams_are_taken")
def test_metrics_stay_few(day: Any) -> None:
    """What the counter says about itself does not grow with each telegram.

    ja: 受付が自分について語る量は、電報のたびに増えはしない。
    """
    page = day.scene.get("counter", "/metrics").text
    lines = sum(not line.startswith("#") for line in page.splitlines())
    series = eventually(lambda: lately(day, 'count(last_over_time({job="counter"}[%s]))'), bool, within=6, every=0.3)
    assert max(lines, series) <= MOST, reason(
        "metrics-stay-few", since=day.since, lines=lines, series=series, most=MOST
    )
    new = new_ones(day)
    assert new <= NEW, reason("metrics-stay-few-2", first=day.years_from, new=new)


@pytest.mark.needs("test_graph_counts")
def test_refusals_are_counted(day: Any) -> None:
    """What is no telegram is refused, and the graph counts that too.

    ja: 電報でないものは断られ、それもグラフに数えられる。
    """
    assert day.refusal == 400, reason("refusals-are-counted", seen=day.refusal or say("none", "なし"))
    graph = f"sum(last_over_time({REFUSED}[%s]))"
    counted = eventually(lambda: lately(day, graph), bool, within=6, every=0.3)
    assert counted, reason("refusals-are-counted-2")


@pytest.mark.needs("test_graph_counts")
def test_graph_has_no_hole(day: Any) -> None:
    """The graph also shows the time in which the store of the metrics was away.

    ja: メトリクスの保管先が止まっていた間のことも、グラフに残っている。
    """
    length = day.away_until - day.away_from
    samples = eventually(lambda: during_the_outage(day), bool, within=6, every=0.3)
    assert samples, reason("graph-has-no-hole", length=length)


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_store_keeps_its_limit(scene: Scene) -> None:
    """The store of the metrics, which other branches share, still takes no more than so many series.

    ja: ほかの支店と共用するメトリクスの保管先は、今も決められた数の系列までしか受け取らない。
    """
    rows = scene.get("metrics", "/metrics").text.splitlines()
    limit = next((row.split()[-1] for row in rows if row.startswith("vm_hourly_series_limit_max_series")), "none")
    assert limit == LIMIT, reason("store-keeps-its-limit", limit=LIMIT, limit_2=limit)
