"""Whatever customers bring, and whatever they are answered: does every request have an id that leads on?"""

import secrets
from typing import TYPE_CHECKING, Any

import pytest
from visits import Strangers, Visit, customers, send

from kikori.grading import eventually, say

if TYPE_CHECKING:
    from conftest import Morning

pytestmark = pytest.mark.timeout(180)


@pytest.mark.needs("test_front_log", "test_service_logs", "test_nothing_thrown_away")
def test_without_context(morning: "Morning") -> None:
    """Who brings no traceparent gets an id of its own, which leads on like any other.

    ja: traceparent を持たずに来た要求には、その要求だけの id が付き、ほかの id と同じようにたどれる。
    """
    chance = morning.scene.draw("strangers")
    strangers = Strangers(morning, [*customers(chance), *customers(chance)])
    lost = eventually(strangers.lost, lambda found: not found, within=12, every=0.5)
    assert not lost, say(
        f"sent {lost[0][0]} without a traceparent; expected a line of the front with this path and an id of its own, "
        f"by which {lost[0][0].service} has a line and traces has spans of {lost[0][0].service}; saw {lost[0][1]}",
        f"traceparent なしで {lost[0][0]} を送りました。front にこのパスの行があり、その id から "
        f"{lost[0][0].service} のログの行とスパンに着くはずですが、見えたのは {lost[0][1]}",
    )


def nonsense() -> list[str]:
    """Headers that are no traceparent, by W3C's Trace Context; some nearly are one."""
    parent = secrets.token_hex(8)

    def trace() -> str:
        return secrets.token_hex(16)

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
    forms = (f"00-{{}}-{parent}-{flags}", f"{higher}-{{}}-{parent}-01", f"{higher}-{{}}-{parent}-01-what-is-to-come")
    sent: dict[str, Visit] = {}
    for visit in customers(chance):
        for form in forms:
            given = secrets.token_hex(16)
            sent[given] = visit._replace(header=form.format(given))
            send(morning, sent[given])

    def lost() -> list[tuple[str, Visit]]:
        """Those whose id the front or the service behind it does not have."""
        found = []
        for place in ("front", "catalog", "checkout"):
            wanted = {given: visit for given, visit in sent.items() if place in ("front", visit.service)}
            known = morning.logged(place) if place == "front" else morning.known(wanted, place)
            found += [(place, visit) for given, visit in wanted.items() if given not in known]
        return found

    missing = eventually(lost, lambda found: not found, within=12, every=0.5)
    assert not missing, say(
        f"sent {missing[0][1]}; expected {missing[0][0]} to know it by the header's trace id, and it does not. What "
        "does W3C's Trace Context say of versions and of flags that one does not know?",
        f"{missing[0][1]} を送りました。{missing[0][0]} はそのトレース id で知っているはずですが、知りません。"
        "知らない版や知らないフラグについて、W3C の Trace Context は何と言っているでしょうか",
    )


@pytest.mark.needs("test_front_log")
def test_nonsense(morning: "Morning") -> None:
    """Who brings nonsense as a traceparent gets an id too, the same in the front's log as behind it.

    ja: でたらめな traceparent を持って来た要求にも id が付き、nginx のログでも、その後ろでも同じである。
    """
    sent = {secrets.token_hex(8): header for header in nonsense() * 2}
    for mark, header in sent.items():
        morning.scene.ask("GET", "front", f"/orders/{mark}", headers={"traceparent": header})
    word = morning.scene.draw("nonsense").choice(("ink", "moss", "plum"))
    strangers = Strangers(morning, [Visit("catalog", "GET", f"/search?q={word}", None, one) for one in nonsense()])

    def lost() -> list[str]:
        ids = morning.called(sent)
        known = morning.known(one for one in ids.values() if len(one) == len("0" * 32))
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
    assert_own(sent, ids)
    astray = eventually(strangers.lost, lambda found: not found, within=12, every=0.5)
    assert not astray, say(
        f"sent {len(strangers.visits)} requests GET /search, each with another header that is no traceparent; "
        f"expected an id of its own for each, which catalog's log and spans have too, saw {astray[0][1]}",
        f"traceparent ではないヘッダーを一つずつ付けて GET /search を {len(strangers.visits)} 件送りました。"
        f"要求ごとに別の id が付き、catalog のログとスパンにもあるはずですが、見えたのは {astray[0][1]}",
    )


def assert_own(sent: dict[str, str], ids: dict[str, str]) -> None:
    """Each request has an id of its own, and not the header's."""
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


def turned_away() -> list[Visit]:
    """Requests that the shop can't serve, each for another reason."""
    nobody = f"c{secrets.randbelow(10**8):08}"
    return [
        Visit("checkout", "POST", "/orders", {"customer": nobody, "payment": "shells"}),
        Visit("checkout", "POST", "/orders", {"customer": nobody, "payment": "card"}),
        Visit("checkout", "POST", "/cart", {"customer": nobody, "product": 90000 + secrets.randbelow(9999)}),
        Visit("checkout", "POST", "/cart", {"customer": nobody}),
        Visit("catalog", "GET", "/browse?category=ink&page=last"),
    ]


@pytest.mark.needs("test_service_logs", "test_front_log", "test_nothing_thrown_away")
def test_every_answer(morning: "Morning") -> None:
    """A request that the shop could not serve is found like any other.

    ja: 店が応じられなかった要求も、ほかの要求と同じように見つかる。
    """
    rows: list[dict[str, Any]] = []
    for visit in turned_away():
        trace = secrets.token_hex(16)
        status = send(morning, visit._replace(header=f"00-{trace}-{secrets.token_hex(8)}-01"))
        rows.append({"trace": trace, "service": visit.service, "told": f"{visit} → {status}"})
    for service in ("front", "catalog", "checkout"):
        silent = morning.unlogged(service, [row for row in rows if service in ("front", row["service"])])
        assert not silent, say(
            f"{silent[0]['told']}, sent in the trace {silent[0]['trace']}: expected a line of {service} with this "
            "trace_id, saw none",
            f"{silent[0]['told']}（トレース {silent[0]['trace']}）。{service} にこの trace_id の行があるはずですが、"
            "ありません",
        )
    lost = morning.waits_for(rows, bool)
    assert not lost, say(
        f"{lost[0]['told']}: expected the trace {lost[0]['trace']} to be there, it is not",
        f"{lost[0]['told']}。トレース {lost[0]['trace']} があるはずですが、ありません",
    )
