"""Does a slow request lead from the histogram to its trace, and from there to the log lines of every service?"""

import re
import secrets
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from visits import send, turned_away

from kikori.grading import eventually, reasons, say

if TYPE_CHECKING:
    from conftest import Buy, Exemplar, Morning

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(180)
BOUND = re.compile(r'^http_request_duration_seconds_bucket\{.*?\ble="([0-9.eE+-]+)"', re.MULTILINE)
TURNED_AWAY = 20
"""How often the shop is asked for what it can't do: the checks of health come less often meanwhile."""
MORE = 1.25  # seconds; a slow request takes longer
ACCEPTED = (None, "*/*", "text/plain", "text/html,application/xhtml+xml,*/*;q=0.8")


def told(rows: list[dict[str, Any]]) -> str:
    """The first of some requests, for a reason."""
    row = rows[0]
    return f"{row['method']} {row['path']} ({row['seconds']:.2f} s, trace {row['trace']})"


def test_given_context(morning: "Morning") -> None:
    """A request that comes with a traceparent keeps its trace id behind nginx.

    ja: traceparent を付けて来たリクエストは、nginx の後ろでもそのトレース id のままである。
    """
    given = secrets.token_hex(16)
    morning.bring(given)
    found = eventually(lambda: morning.behind(given), bool, within=12, every=0.5)
    assert found, reason("given-context", given=given)


@pytest.mark.needs("test_given_context")
def test_nothing_thrown_away(morning: "Morning") -> None:
    """Every request has its trace, the slow ones too.

    ja: どのリクエストにもトレースがある。遅いリクエストにもある。
    """
    missing = morning.waits_for(morning.some, bool)
    assert not missing, reason("nothing-thrown-away", count=len(morning.some), count_2=len(missing), told=told(missing))


@pytest.mark.needs("test_nothing_thrown_away")
def test_unsampled(morning: "Morning", buy: "Buy") -> None:
    """A request has its trace even if its traceparent says that none is recorded.

    ja: 「記録していない」と書いた traceparent を付けて来たリクエストにも、トレースがある。
    """
    given = secrets.token_hex(16)
    header = f"00-{given}-{secrets.token_hex(8)}-00"
    eventually(lambda: buy(traceparent=header), lambda answer: answer.status == 200, within=20)
    kept = eventually(lambda: morning.spans(given), bool, within=12, every=0.5)
    assert kept, reason("unsampled", header=header)


def gone_astray(morning: "Morning", service: str) -> Iterator[tuple["Exemplar", dict[str, Any]]]:
    """Exemplars that lead to a request which was quicker than they say."""
    truth = {row["trace"]: row for row in morning.rows}
    for exemplar in morning.left[service]:
        row = truth.get(exemplar.trace)
        if row and row["status"] and row["seconds"] < exemplar.seconds - 0.05:  # 0 is one who went before the answer
            yield exemplar, row


@pytest.mark.needs("test_nothing_thrown_away")
def test_exemplars(morning: "Morning") -> None:
    """The histogram's exemplars lead to the traces of requests that fell into their buckets.

    ja: ヒストグラムのエグゼンプラーをたどると、本当にそのバケットに入ったリクエストのトレースに着く。
    """
    for service in ("catalog", "checkout"):
        assert morning.left[service], reason("exemplars", service=service, state=state(morning, service))
        known = {row["trace"] for row in morning.rows}
        assert any(one.trace in known for one in morning.left[service]), reason(
            "exemplars-2", count=len(known), service=service
        )
        for exemplar, row in gone_astray(morning, service):
            pytest.fail(reason("exemplars-3", service=service, seconds=exemplar.seconds, told=told([row])))
    slow = {row["trace"] for row in morning.slow}
    led = [one.trace for one in morning.left["checkout"] if one.seconds >= 1 and one.trace in slow]
    led = [trace for trace in led if morning.spans(trace)]
    assert led, reason("exemplars-4", count=len(slow), count_2=len(led))


def state(morning: "Morning", service: str) -> str:
    """What there is in the place of exemplars."""
    if "http_request_duration_seconds_bucket" in morning.metrics(service):
        return reason("state")
    return reason("state-2")


@pytest.mark.needs("test_nothing_thrown_away")
def test_histogram(morning: "Morning") -> None:
    """Whoever asks gets the histogram; it counts every request, and tells the slow from the usual.

    ja: 誰が尋ねてもヒストグラムが返る。どのリクエストも数えてあり、遅いものとふつうのものを見分けられる。
    """
    for service in ("catalog", "checkout"):
        for wanted in ACCEPTED:
            ask = partial(morning.scene.get, service, "/metrics", headers={"Accept": wanted})
            answer = eventually(ask, lambda seen: 0 < seen.status < 500, within=3)
            has = answer.status == 200 and "http_request_duration_seconds_bucket" in answer.text
            assert has, reason(
                "histogram",
                service=service,
                accepting=accepting(wanted),
                answer=answer if answer.status != 200 else say("none", "ありません"),
            )
        usual = [row["seconds"] for row in morning.rows if row["seconds"] < 1]
        middle = sorted(usual)[len(usual) // 2] if usual else 0
        bounds = sorted({float(bound) for bound in BOUND.findall(morning.metrics(service))})
        assert any(middle <= bound <= MORE for bound in bounds), reason(
            "histogram-2", service=service, middle=middle, bounds=[f"{one:g}" for one in bounds] or say("none", "なし")
        )
        missed, sent = morning.uncounted.get(service, (0, 0))
        assert not missed, reason("histogram-3", sent=sent, service=service, sent_2=sent - missed)
    for service, risen in counted_of_failed(morning).items():
        assert risen >= TURNED_AWAY, reason("histogram-4", count=TURNED_AWAY, service=service, risen=risen)


def counted_of_failed(morning: "Morning") -> dict[str, int]:
    """Ask each service for what it can't do; gives how many more requests its histogram counts then."""
    visits = {visit.service: visit for visit in turned_away() if visit.method == "POST" or "browse" in visit.path}
    before = {service: morning.count(service) for service in visits}
    for visit in visits.values():
        for _ in range(TURNED_AWAY):
            send(morning, visit)

    def risen() -> dict[str, int]:
        return {service: morning.count(service) - before[service] for service in visits}

    return eventually(risen, lambda found: min(found.values()) >= TURNED_AWAY, within=3, every=1)


def accepting(wanted: str | None) -> str:
    """How a request says what it accepts, for a reason."""
    if wanted is None:
        return reason("accepting")
    return reason("accepting-2", wanted=wanted)


@pytest.mark.needs("test_given_context")
def test_service_logs(morning: "Morning") -> None:
    """Both services' logs have a line for each request, found by its trace id.

    ja: 二つのサービスのログにリクエストごとの行があり、トレース id で見つかる。
    """
    for service in ("checkout", "catalog"):
        silent = morning.unlogged(service, morning.buying)
        assert not silent, reason(
            "service-logs",
            told=told(silent),
            service=service,
            lines=say("lines without it", "その id の行がありません")
            if morning.lines(service)
            else say("no JSON there", "JSON の行がありません"),
        )


@pytest.mark.needs("test_given_context")
def test_front_log(morning: "Morning") -> None:
    """The front's log names each request's trace id.

    ja: nginx のログにもリクエストごとにトレース id がある。
    """
    silent = morning.unlogged("front", morning.some)
    assert not silent, reason("front-log", told=told(silent))
