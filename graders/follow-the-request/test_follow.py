"""Does a slow request lead from the histogram to its trace, and from there to the log lines of every service?"""

import re
import secrets
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import eventually, say

if TYPE_CHECKING:
    from conftest import Buy, Exemplar, Morning

pytestmark = pytest.mark.timeout(180)
BOUND = re.compile(r'^http_request_duration_seconds_bucket\{.*?\ble="([0-9.eE+-]+)"', re.MULTILINE)
MORE = 1.25  # seconds; a slow request takes longer
ACCEPTED = (None, "*/*", "text/plain", "text/html,application/xhtml+xml,*/*;q=0.8")


def told(rows: list[dict[str, Any]]) -> str:
    """The first of some requests, for a reason."""
    row = rows[0]
    return f"{row['method']} {row['path']} ({row['seconds']:.2f} s, trace {row['trace']})"


def test_given_context(morning: "Morning") -> None:
    """A request that comes with a traceparent keeps its trace id behind nginx.

    ja: traceparent を付けて来た要求は、nginx の後ろでもそのトレース id のままである。
    """
    given = secrets.token_hex(16)
    morning.bring(given)
    found = eventually(lambda: morning.behind(given), bool, within=12, every=0.5)
    assert found, say(
        f"sent a request to the front in the trace {given}; expected checkout to know it by that id, "
        "and found the id neither in its log nor in its metrics or spans",
        f"トレース {given} の要求を front に送りました。checkout はその id で知っているはずですが、"
        "ログにも、メトリクスにも、スパンにも、その id がありません",
    )


@pytest.mark.needs("test_given_context")
def test_nothing_thrown_away(morning: "Morning") -> None:
    """Every request has its trace, the slow ones too.

    ja: どの要求にもトレースがある。遅い要求にもある。
    """
    missing = morning.waits_for(morning.some, bool)
    assert not missing, say(
        f"looked for the traces of {len(morning.some)} requests; expected all, {len(missing)} are not there, "
        f"one of them {told(missing)}",
        f"{len(morning.some)} 件の要求のトレースを探しました。全部あるはずですが、{len(missing)} 件ありません。"
        f"その一つは {told(missing)}",
    )


@pytest.mark.needs("test_nothing_thrown_away")
def test_unsampled(morning: "Morning", buy: "Buy") -> None:
    """A request has its trace even if its traceparent says that none is recorded.

    ja: 「記録していない」と書いた traceparent を付けて来た要求にも、トレースがある。
    """
    given = secrets.token_hex(16)
    header = f"00-{given}-{secrets.token_hex(8)}-00"
    eventually(lambda: buy(traceparent=header), lambda answer: answer.status == 200, within=20)
    kept = eventually(lambda: morning.spans(given), bool, within=12, every=0.5)
    assert kept, say(
        f"sent POST /cart with the header 'traceparent: {header}', whose last part says that the sender records "
        "nothing; expected a trace of it all the same, saw none. Where the header decides what is kept, customers do",
        f"ヘッダー 'traceparent: {header}' を付けて POST /cart を送りました。末尾は、送り手が記録していないことを"
        "表します。それでもトレースがあるはずですが、ありません。何を残すかをヘッダーで決めるなら、決めるのは客です",
    )


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

    ja: ヒストグラムの exemplar をたどると、本当にそのバケットに入った要求のトレースに着く。
    """
    for service in ("catalog", "checkout"):
        assert morning.left[service], say(
            f"asked {service} for /metrics in the OpenMetrics format; expected http_request_duration_seconds_bucket "
            f"with exemplars that have a trace_id, saw {state(morning, service)}",
            f"{service} の /metrics を OpenMetrics 形式で尋ねました。http_request_duration_seconds_bucket に "
            f"trace_id のある exemplar が付いているはずですが、{state(morning, service)}",
        )
        known = {row["trace"] for row in morning.rows}
        assert any(one.trace in known for one in morning.left[service]), say(
            f"{len(known)} customers came just now, each with a trace id; expected exemplars of {service} with some of "
            "these ids, saw only others",
            f"いま {len(known)} 件の要求が、それぞれトレース id を持って来ました。{service} の exemplar には"
            "そのいくつかがあるはずですが、別の id だけです",
        )
        for exemplar, row in gone_astray(morning, service):
            pytest.fail(
                say(
                    f"an exemplar of {service} says {exemplar.seconds:.2f} s; expected a request that took so long, "
                    f"its trace is that of {told([row])}",
                    f"{service} の exemplar は {exemplar.seconds:.2f} 秒だと言っています。"
                    f"それだけかかった要求のはずですが、トレースは {told([row])} のものです",
                )
            )
    slow = {row["trace"] for row in morning.slow}
    led = [one.trace for one in morning.left["checkout"] if one.seconds >= 1 and one.trace in slow]
    led = [trace for trace in led if morning.spans(trace)]
    assert led, say(
        f"{len(slow)} requests were slow; expected an exemplar above 1 s at checkout that leads to the trace of one, "
        f"saw {len(led)} exemplars of them",
        f"遅い要求は {len(slow)} 件ありました。checkout の 1 秒を超える exemplar から、そのどれかのトレースに"
        f"着くはずですが、そうした exemplar は {len(led)} 件です",
    )


def state(morning: "Morning", service: str) -> str:
    """What there is in the place of exemplars."""
    if "http_request_duration_seconds_bucket" in morning.metrics(service):
        return say("buckets without any", "バケットだけで exemplar がありません")
    return say("no such histogram", "そのヒストグラムがありません")


@pytest.mark.needs("test_nothing_thrown_away")
def test_histogram(morning: "Morning") -> None:
    """Whoever asks gets the histogram; it counts every request, and tells the slow from the usual.

    ja: 誰が尋ねてもヒストグラムが返る。どの要求も数えてあり、遅いものとふつうのものを見分けられる。
    """
    for service in ("catalog", "checkout"):
        for wanted in ACCEPTED:
            ask = partial(morning.scene.get, service, "/metrics", headers={"Accept": wanted})
            answer = eventually(ask, lambda seen: 0 < seen.status < 500, within=3)
            has = answer.status == 200 and "http_request_duration_seconds_bucket" in answer.text
            assert has, say(
                f"asked {service} for /metrics {accepting(wanted)}; expected the histogram with its buckets, saw "
                f"{answer if answer.status != 200 else 'none'}",
                f"{service} の /metrics を{accepting(wanted)}尋ねました。バケットのあるヒストグラムのはずですが、"
                f"{answer if answer.status != 200 else 'ありません'}",
            )
        usual = [row["seconds"] for row in morning.rows if row["seconds"] < 1]
        middle = sorted(usual)[len(usual) // 2] if usual else 0
        bounds = sorted({float(bound) for bound in BOUND.findall(morning.metrics(service))})
        assert any(middle <= bound <= MORE for bound in bounds), say(
            f"looked at the buckets of {service}; expected a bound between usual requests ({middle:.3f} s here) and "
            f"those of more than a second, saw {', '.join(f'{one:g}' for one in bounds) or 'none'}",
            f"{service} のバケットを見ました。ふつうの要求（ここでは {middle:.3f} 秒）と1秒を超える要求の間に境が"
            f"あるはずですが、境は {', '.join(f'{one:g}' for one in bounds) or 'なし'}",
        )
        missed, sent = morning.uncounted.get(service, (0, 0))
        assert not missed, say(
            f"{sent} requests came to {service} in a crowd; expected its histogram to count every one, "
            f"it counted {sent - missed}",
            f"{sent} 件の要求が {service} に来ました。ヒストグラムはすべて数えるはずですが、{sent - missed} 件です",
        )


def accepting(wanted: str | None) -> str:
    """How a request says what it accepts, for a reason."""
    if wanted is None:
        return say("without an Accept header", " Accept ヘッダーなしで")
    return say(f"with 'Accept: {wanted}'", f" 'Accept: {wanted}' を付けて")


@pytest.mark.needs("test_given_context")
def test_service_logs(morning: "Morning") -> None:
    """Both services' logs have a line for each request, found by its trace id.

    ja: 二つのサービスのログに要求ごとの行があり、トレース id で見つかる。
    """
    for service in ("checkout", "catalog"):
        silent = morning.unlogged(service, morning.buying)
        assert not silent, say(
            f"{told(silent)}: expected a line in the log of {service} that is a JSON object with this trace_id, "
            f"saw {'lines without it' if morning.lines(service) else 'no JSON there'}",
            f"{told(silent)}。{service} のログに、この trace_id のある JSON オブジェクトの行があるはずですが、"
            f"{'その id の行がありません' if morning.lines(service) else 'JSON の行がありません'}",
        )


@pytest.mark.needs("test_given_context")
def test_front_log(morning: "Morning") -> None:
    """The front's log names each request's trace id.

    ja: nginx のログにも要求ごとにトレース id がある。
    """
    silent = morning.unlogged("front", morning.some)
    assert not silent, say(
        f"{told(silent)}: expected a line in the front's log that is a JSON object with this trace_id, saw none",
        f"{told(silent)}。front のログに、この trace_id のある JSON オブジェクトの行があるはずですが、ありません",
    )
