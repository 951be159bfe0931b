"""Does a slow request lead from the histogram to its trace, and from there to the log lines of every service?"""

import re
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import eventually, say

if TYPE_CHECKING:
    from conftest import Buy, Exemplar, Morning

pytestmark = pytest.mark.timeout(180)
ID = re.compile(r"(?!0{32})[0-9a-f]{32}")


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
    """The front's log names each request's trace id, also for a customer who brought none.

    ja: nginx のログにも要求ごとにトレース id がある。id を持たずに来た客のものにもある。
    """
    silent = morning.unlogged("front", morning.some)
    assert not silent, say(
        f"{told(silent)}: expected a line in the front's log that is a JSON object with this trace_id, saw none",
        f"{told(silent)}。front のログに、この trace_id のある JSON オブジェクトの行があるはずですが、ありません",
    )

    def mine() -> list[str]:
        return [str(line.get("trace_id")) for line in morning.lines("front") if morning.stranger in str(line)]

    def leads(found: list[str]) -> bool:
        return any(morning.behind(one) for one in found if ID.fullmatch(one))

    seen = eventually(mine, leads, within=12, every=0.5)
    assert leads(seen), say(
        f"sent GET /orders/{morning.stranger} without a traceparent; expected a line of the front whose trace_id "
        f"leads to checkout, saw {', '.join(seen) or 'no line with this path'}",
        f"traceparent なしで GET /orders/{morning.stranger} を送りました。front の行の trace_id から checkout に"
        f"着くはずですが、あったのは {', '.join(seen) or 'このパスのない行だけ'}",
    )


def nonsense() -> list[str]:
    """Headers that are no traceparent, by W3C's Trace Context; some nearly are one."""
    trace, parent = (lambda: secrets.token_hex(16)), secrets.token_hex(8)
    return [
        "",
        "hello",
        f"00-{'0' * 32}-{parent}-01",
        f"00-{trace()}-{'0' * 16}-01",
        f"00-{trace()}-{parent}-zz",
        f"00-{trace()}-{parent}",
        f"00-{trace()}-{parent}-01-more",
        f"00-{trace()[:30].upper()}AB-{parent}-01",
        f"ff-{trace()}-{parent}-01",
        f"cc-{trace()}-{parent}-01more",
        f"cc-{trace()}-{parent}-0",
    ]


@pytest.mark.needs("test_front_log")
def test_every_valid_context(morning: "Morning") -> None:
    """Whatever traceparent is valid keeps its trace id: one of a higher version than 00, and one with any flags.

    ja: 正しい traceparent なら、00 より新しい版でも、どんなフラグでも、トレース id は変わらない。
    """
    parent, chance = secrets.token_hex(8), morning.scene.draw("version")
    higher, flags = f"{chance.randrange(1, 255):02x}", f"{chance.randrange(2, 256):02x}"
    given = {f"kikori{secrets.token_hex(5)}": secrets.token_hex(16) for _ in range(3)}
    forms = (f"00-{{}}-{parent}-{flags}", f"{higher}-{{}}-{parent}-01", f"{higher}-{{}}-{parent}-01-what-is-to-come")
    sent = {mark: form.format(trace) for (mark, trace), form in zip(given.items(), forms, strict=True)}
    for mark, header in sent.items():
        morning.scene.ask("GET", "front", f"/orders/{mark}", headers={"traceparent": header})

    def lost() -> list[str]:
        ids, known = morning.called(sent), morning.known(given.values())
        return [mark for mark in sent if ids.get(mark) != given[mark] or given[mark] not in known]

    missing, ids = eventually(lost, lambda found: not found, within=12, every=0.5), morning.called(sent)
    assert not missing, say(
        f"sent GET /orders/{missing[0]} with the header 'traceparent: {sent[missing[0]]}'; expected its trace id in "
        f"the front's line and at checkout, the front's line has {ids.get(missing[0]) or 'none'}. What does W3C's "
        "Trace Context say of versions and of flags that one does not know?",
        f"ヘッダー 'traceparent: {sent[missing[0]]}' を付けて GET /orders/{missing[0]} を送りました。front の行にも "
        f"checkout にもそのトレース id があるはずですが、front の行は {ids.get(missing[0]) or 'なし'} です。"
        "知らない版や知らないフラグについて、W3C の Trace Context は何と言っているでしょうか",
    )


@pytest.mark.needs("test_front_log")
def test_nonsense(morning: "Morning") -> None:
    """Who brings nonsense as a traceparent gets an id too, the same in the front's log as behind it.

    ja: でたらめな traceparent を持って来た要求にも id が付き、nginx のログでも、その後ろでも同じである。
    """
    sent = {f"kikori{secrets.token_hex(5)}": header for header in nonsense() * 2}
    for mark, header in sent.items():
        morning.scene.ask("GET", "front", f"/orders/{mark}", headers={"traceparent": header})

    def lost() -> list[str]:
        ids = morning.called(sent)
        known = morning.known(one for one in ids.values() if ID.fullmatch(one))
        return [mark for mark in sent if ids.get(mark) not in known]

    missing, ids = eventually(lost, lambda found: not found, within=12, every=0.5), morning.called(sent)
    assert not missing, say(
        f"sent GET /orders/{missing[0]} with the header 'traceparent: {sent[missing[0]]}', which is none; expected a "
        f"line of the front whose trace_id is the one that checkout has, saw {ids.get(missing[0]) or 'no line'}. "
        "Who takes an id out of a header that the next one will not accept has it alone",
        f"でたらめなヘッダー 'traceparent: {sent[missing[0]]}' を付けて GET /orders/{missing[0]} を送りました。"
        f"front の行の trace_id は checkout のものと同じはずですが、{ids.get(missing[0]) or '行がありません'}。"
        "次の人が受け取らないヘッダーから id を取り出しても、知っているのは自分だけです",
    )
    taken = [mark for mark in sent if ids[mark] in sent[mark].lower()]
    assert not taken, say(
        f"sent the header 'traceparent: {sent[taken[0]]}', which is not valid; expected a new id, the "
        "front's line has the one of the header",
        f"正しくないヘッダー 'traceparent: {sent[taken[0]]}' を送りました。新しい id が付くはずですが、"
        "front の行にあるのはヘッダーの id です",
    )
    different = len(set(ids.values()))
    assert different == len(sent), say(
        f"sent {len(sent)} requests with nonsense as a traceparent, each header twice; expected an id for each "
        f"request, saw {different} different",
        f"でたらめな traceparent の要求を、同じヘッダーで二度ずつ、{len(sent)} 件送りました。"
        f"id は要求ごとに別のはずですが、{different} 種類です",
    )
