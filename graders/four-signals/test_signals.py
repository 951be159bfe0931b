"""Does the dashboard show what customers met?"""

import json
import time
from statistics import median
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually, quoted, reasons, say

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(200)
WINDOW = 5
BOUNDS = (0, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 60)
SIGNALS = ("traffic", "errors", "latency", "saturation")
NEAR = 0.05  # how far a number may be from the truth
FAILED = 0.05  # the share of requests that a failing shop fails at least; a fifth are expected
STRANGE = 5  # values of a label, of 90 strangers who each ask for something else
SLOW = {"catalog": 0.18, "checkout": 1.3}  # seconds that each takes in the drive, at least
# Which service's answers lie at a quantile in the drive. Its own time is the least that anybody waits.
AT = {"p50": "catalog", "p95": "checkout"}


def order(scene: Scene) -> str:
    """What becomes of an order."""
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


def page(scene: Scene, path: str, status: int) -> Answer:
    """What a customer gets, who asks again for a while if it is something else."""
    return eventually(lambda: scene.get("front", path), lambda seen: seen.status == status, within=30)


@pytest.mark.guard
def test_shop_serves(scene: Scene) -> None:
    """The shop serves its customers as before.

    ja: 店は、これまでどおり客に応対している。
    """
    for path, status in (("/", 200), ("/browse?category=ink", 200), ("/search?q=moss", 200), ("/none-such", 404)):
        seen = page(scene, path, status)
        assert seen.status == status, reason("shop-serves", status=status, path=path, seen=seen)
    became = eventually(lambda: order(scene), lambda seen: seen == "completed", within=20, every=1)
    assert became == "completed", reason("shop-serves-2", became=became)


@pytest.mark.needs("test_shop_serves")
def test_four_panels(dashboard: Any) -> None:
    """The dashboard has a panel for each of the four signals.

    ja: ダッシュボードに、四つのシグナルのパネルがある。
    """
    assert not dashboard.problem, reason("four-panels", problem=dashboard.problem)
    missing = [name.title() for name in SIGNALS if not dashboard.panels.get(name)]
    assert not missing, reason("four-panels-2", missing=missing)
    legends = {query.legend.lower() for query in dashboard.panels["latency"]}
    assert AT.keys() <= legends, reason("four-panels-3", legends=", ".join(sorted(legends)) or "-")


@pytest.mark.needs("test_four_panels")
def test_queries_answer(drive: Any) -> None:
    """Every query of the dashboard gives data.

    ja: ダッシュボードのどのクエリーも、データを返す。
    """
    for title, query in drive.dashboard.queries():
        assert not query.problem, reason("queries-answer", title=quoted(title), problem=query.problem)
        points = [at for one in query.series for at in one.points if WINDOW <= at <= drive.sent + 1]
        assert points, reason(
            "queries-answer-2", title=quoted(title), legend=query.legend or say("no legend", "凡例なし")
        )
    blank = [name.title() for name in SIGNALS if not points_of(drive.morning, name)]
    assert not blank, reason("queries-answer-3", blank=blank)


def of(drive: Any, title: str) -> list[Any]:
    """All series of a panel."""
    return [one for query in drive.dashboard.panels[title] for one in query.series]


def points_of(drive: Any, title: str) -> list[int]:
    """The seconds of a drive in which a panel showed anything."""
    return [at for one in of(drive, title) for at in one.points if WINDOW <= at <= drive.sent + 1]


@pytest.mark.needs("test_queries_answer")
def test_traffic(drive: Any) -> None:
    """Traffic is what customers asked, and nothing else.

    ja: Traffic は客が尋ねた数で、それ以外を含まない。
    """
    came = drive.truth["all"]["count"]
    shown = came * drive.told[0]
    assert abs(shown - came) <= NEAR * came, reason("traffic", came=came, shown=shown)


@pytest.mark.needs("test_traffic")
def test_errors(drive: Any) -> None:
    """Errors is the share of customers' requests that the shop failed.

    ja: Errors は、客の要求のうち店が失敗した割合である。
    """
    count, errors = drive.truth["all"]["count"], drive.truth["all"]["errors"]
    assert errors >= FAILED * count, reason("errors", count=count, errors=errors)
    series = of(drive, "errors")
    assert len(series) == 1, reason("errors-2", count=len(series))
    traffic, failed = drive.told
    met = drive.truth["all"]["errors"] / drive.truth["all"]["count"]
    shown = met * failed / traffic
    assert abs(shown - met) <= NEAR * met, reason("errors-3", met=met, shown=shown)


def bounds(own: float, met: float) -> tuple[float, float]:
    """Between what an estimate may be: the house's buckets, from the service's own time to the customer's."""
    low = max(bound for bound in BOUNDS if bound < own)
    return low * (1 - NEAR), min(bound for bound in BOUNDS if bound >= met) * (1 + NEAR)


@pytest.mark.needs("test_queries_answer")
def test_latency(drive: Any) -> None:
    """Latency shows the median and the 95th percentile of all customers.

    ja: Latency は、客全体の中央値と 95 パーセンタイルを示す。
    """
    for name, quantile in (("p50", "0.5"), ("p95", "0.95")):
        queries = [query for query in drive.dashboard.panels["latency"] if query.legend.lower() == name]
        series = [one for query in queries for one in query.series]
        assert len(series) == 1, reason("latency", called=name, count=len(series))
        met = drive.truth["all"]["quantiles"][quantile]
        # To the last window with a customer in it: who waits long is counted late, and there are few of them.
        shown = median([v for at, v in series[0].points.items() if WINDOW <= at <= drive.sent + WINDOW] or [0.0])
        low, high = bounds(SLOW[AT[name]], met)
        assert low <= shown <= high, reason("latency-2", called=name, met=met, shown=shown)


def strangers(scene: Scene) -> str:
    """Let them come, each asking for something else, and be scraped; what all of them have in common."""
    mark = f"{time.time_ns():x}"
    for number in range(30):
        for path in ("/orders/", "/", "/search?q="):
            scene.get("front", f"{path}{mark}{number}", headers={"X-Customer": f"{mark}{number}"})
    counted = time.monotonic() + 4
    eventually(time.monotonic, lambda now: now > counted, within=5)
    return mark


def strange(scene: Scene, mark: str) -> dict[str, int]:
    """How many values of each label came from the strangers."""
    now = time.time()
    words: dict[str, object] = {"match[]": '{__name__=~".+"}', "start": now - 120, "end": now}
    path = "/api/v1/series"
    answer = eventually(lambda: scene.get("prometheus", path, params=words), lambda seen: seen.status == 200, 15, 0.5)
    if answer.status != 200:
        raise OurFault(f"Prometheus does not tell its series: {answer}")
    found: dict[str, set[str]] = {}
    for labels in json.loads(answer.text)["data"]:
        for name, value in labels.items():
            if mark in value:
                found.setdefault(name, set()).add(value)
    return {name: len(values) for name, values in found.items()}


@pytest.mark.needs("test_four_panels")
def test_labels_bounded(scene: Scene) -> None:
    """No label grows with every customer, order or stranger.

    ja: 客や注文や見知らぬ訪問者のたびに増えるラベルがない。
    """
    found = strange(scene, strangers(scene))
    worst = max(found, key=lambda name: found[name], default="")
    assert not worst or found[worst] <= STRANGE, reason("labels-bounded", worst=quoted(worst), found=found[worst])
