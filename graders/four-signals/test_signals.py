"""Does the dashboard show what customers met?"""

import re
from statistics import median
from typing import Any

import pytest

from kikori.grading import quoted, reasons, say

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(200)
WINDOW = 5
BOUNDS = (0, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 60)
SIGNALS = ("traffic", "errors", "latency", "saturation")
NEAR = 0.05  # how far a number may be from the truth
FAILED = 0.05  # the share of requests that a failing shop fails at least; a quarter are expected
STRANGE = 10  # values of a label that may come with hundreds of strangers who each ask for something else
FAR, FEW = 0.3, 0.04  # how far no chance puts a number from the truth, and a share that no 95th percentile knows of
STEADY = (1, 2)  # seconds after the last of the few in which all that a window sees is those few and the many
QUICK = 0.25  # seconds within which most strangers are answered on most computers
SLOW = {"catalog": 0.18, "checkout": 1.3}  # seconds that each takes in the drive, at least
# Which service's answers lie at a quantile in the drive. Its own time is the least that anybody waits.
AT = {"p50": "catalog", "p95": "checkout"}


@pytest.mark.needs("test_shop_serves")
def test_four_panels(dashboard: Any) -> None:
    """The dashboard has a panel for each of the four signals.

    ja: ダッシュボードに、4大シグナルのパネルがある。
    """
    assert not dashboard.problem, reason("four-panels", problem=dashboard.problem)
    missing = [name.title() for name in SIGNALS if not dashboard.panels.get(name)]
    assert not missing, reason("four-panels-2", missing=missing)
    legends = {query.legend.lower() for query in dashboard.panels["latency"]}
    by_label = any("{{" in legend for legend in legends)
    assert by_label or AT.keys() <= legends, reason("four-panels-3", legends=", ".join(sorted(legends)) or "-")
    for title, name, value in dashboard.undrawn:
        assert not name, reason("four-panels-4", title=quoted(title), part=name, value=quoted(str(value)))


@pytest.mark.needs("test_four_panels")
def test_queries_answer(drive: Any) -> None:
    """Every query of the dashboard gives data.

    ja: ダッシュボードのどのクエリも、データを返す。
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
    """Traffic is what customers sent, and nothing else.

    ja: Traffic は客のリクエストの数で、それ以外を含まない。
    """
    came = drive.truth["all"]["count"]
    shown = came * drive.told[0]
    assert abs(shown - came) <= NEAR * came, reason("traffic", came=came, shown=shown)


@pytest.mark.needs("test_traffic")
def test_errors(drive: Any) -> None:
    """Errors is the share of customers' requests that the shop failed.

    ja: Errors は、客のリクエストのうち店が失敗した割合である。
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


def filled(legend: str, labels: dict[str, str]) -> str:
    """Write a legend as Grafana does: ``{{quantile}}`` is the series' own label."""
    return re.sub(r"\{\{\s*(.+?)\s*\}\}", lambda name: labels.get(name[1], ""), legend)


def called(shown: Any, name: str) -> list[Any]:
    """Find the series of Latency that have such a legend."""
    pairs = [(query, one) for query in shown.dashboard.panels["latency"] for one in query.series]
    return [one for query, one in pairs if filled(query.legend, one.labels).lower() == name]


@pytest.mark.needs("test_queries_answer")
def test_latency(drive: Any) -> None:
    """Latency shows the median and the 95th percentile of all customers.

    ja: Latency は、客全体の中央値と95パーセンタイルを示す。
    """
    for name, quantile in (("p50", "0.5"), ("p95", "0.95")):
        series = called(drive, name)
        assert len(series) == 1, reason("latency", called=name, count=len(series))
        met = drive.truth["all"]["quantiles"][quantile]
        # To the last window with a customer in it: who waits long is counted late, and there are few of them.
        shown = median([v for at, v in series[0].points.items() if WINDOW <= at <= drive.sent + WINDOW] or [0.0])
        low, high = bounds(SLOW[AT[name]], met)
        assert low <= shown <= high, reason("latency-2", called=name, met=met, shown=shown)


@pytest.mark.needs("test_four_panels")
def test_labels_bounded(strangers: Any) -> None:
    """No label grows with every customer, order or stranger.

    ja: 客や注文や見知らぬ訪問者のたびに増えるラベルがない。
    """
    worst = max(strangers.labels, key=lambda name: strangers.labels[name], default="")
    found = strangers.labels.get(worst, 0)
    assert found <= STRANGE, reason("labels-bounded", worst=quoted(worst), found=found, count=len(strangers.visits))


def second_by_second(shown: Any, title: str) -> dict[int, float]:
    """Add up all series of a panel."""
    total: dict[int, float] = {}
    for at, value in [point for one in of(shown, title) for point in one.points.items()]:
        total[at] = total.get(at, 0.0) + value
    return total


@pytest.mark.needs("test_traffic", "test_errors", "test_latency", "test_labels_bounded")
def test_strangers(strangers: Any) -> None:
    """Whoever comes through the front is counted, also strangers, and few among many.

    ja: 入り口を通る人は、見知らぬ訪問者も、大勢の中の数人も、同じように数えられる。
    """
    traffic = second_by_second(strangers, "traffic")
    shown = min((traffic.get(at, 0.0) for at in STEADY), key=lambda value: abs(value - strangers.rate))
    assert abs(shown - strangers.rate) <= FAR * strangers.rate, reason("strangers", came=strangers.rate, shown=shown)
    errors = second_by_second(strangers, "errors")
    failed = min(errors.get(at, 0.0) for at in STEADY)
    assert failed <= strangers.failed + NEAR, reason("strangers-2", met=strangers.failed, shown=failed)
    if strangers.few > FEW * WINDOW * strangers.rate:
        return  # a busy computer: so many waited, or so few came, that a percentile may tell of those
    for name, quantile in (("p50", 0.5), ("p95", 0.95)):
        met = strangers.waited(quantile)
        shown = min((one.points.get(STEADY[-1], 0.0) for one in called(strangers, name)), default=0.0)
        assert shown <= 2 * max(QUICK, met), reason(
            "strangers-3", called=name, count=len(strangers.visits), few=strangers.few, met=met, shown=shown
        )
