"""Whatever customers bring, and whatever they are answered: does every request have an id that leads on?"""

import secrets
from typing import TYPE_CHECKING, Any

import pytest
from visits import Strangers, Visit, customers, send, turned_away

from kikori.grading import eventually, reasons, say

if TYPE_CHECKING:
    from conftest import Morning

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(180)


@pytest.mark.needs("test_front_log", "test_service_logs", "test_nothing_thrown_away")
def test_without_context(morning: "Morning") -> None:
    """Who brings no traceparent gets an id of its own, which leads on like any other.

    ja: traceparent を持たずに来たリクエストには、そのリクエストだけの id が付き、ほかの id と同じようにたどれる。
    """
    chance = morning.scene.draw("strangers")
    strangers = Strangers(morning, [*customers(chance), *customers(chance)])
    lost = eventually(strangers.lost, lambda found: not found, within=12, every=0.5)
    assert not lost, reason("without-context", lost=lost[0][0], service=lost[0][0].service, lost_2=lost[0][1])


def nonsense() -> list[str]:
    """Headers that are no traceparent, by W3C's Trace Context; some nearly are one."""
    parent, chance = secrets.token_hex(8), secrets.SystemRandom()

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
        f"0{chance.randrange(10)}{chance.randrange(10)}-{trace()}-{parent}-01",
        f"x00-{trace()}-{parent}-01",
        f"00-{trace()}{chance.randrange(10)}-{parent}-01",
        f"00-{trace()[1:]}-{parent}-01",
        f"00-{trace()}-{parent}{chance.randrange(10)}-01",
        f"00-{trace()}-{parent[1:]}g-01",
        f"00-{trace()}-{parent}-011",
        f"00-{trace()}-{parent}-0A",
    ]


@pytest.mark.needs("test_front_log", "test_service_logs", "test_nothing_thrown_away")
def test_every_valid_context(morning: "Morning") -> None:
    """Whatever traceparent is valid keeps its trace id: one of a higher version than 00, and one with any flags.

    ja: 正しい traceparent なら、00より新しい版でも、どんなフラグでも、トレース id は変わらない。
    """
    parent, chance = secrets.token_hex(8), morning.scene.draw("version")
    higher, flags = f"{chance.randrange(1, 255):02x}", f"{chance.randrange(3, 256, 2):02x}"
    unrecorded = f"{chance.randrange(2, 256, 2):02x}"
    forms = (
        f"00-{{}}-{parent}-{flags}",
        f"00-{{}}-{parent}-{unrecorded}",
        f"{higher}-{{}}-{parent}-00",
        f"{higher}-{{}}-{parent}-01-what-is-to-come",
    )
    sent: dict[str, Visit] = {}
    for visit in customers(chance):
        for form in forms:
            given = secrets.token_hex(16)
            sent[given] = visit._replace(header=form.format(given))
            send(morning, sent[given])
    found: set[tuple[str, str]] = set()

    def lost() -> list[tuple[str, Visit]]:
        """Those whose id the front's log, or the log and the traces of the service behind it, do not have."""
        for place in ("front", "catalog", "checkout"):
            logged = morning.logged(place)
            known = {given for given, visit in sent.items() if given in logged and place in ("front", visit.service)}
            known -= {given for at, given in found if at == place}
            found.update((place, given) for given in known if place == "front" or morning.took_part(given, place))
        wanted = [(place, given) for given, visit in sent.items() for place in ("front", visit.service)]
        return [(place, sent[given]) for place, given in wanted if (place, given) not in found]

    missing = eventually(lost, lambda found: not found, within=12, every=0.5)
    assert not missing, reason("every-valid-context", missing=missing[0][1], missing_2=missing[0][0])


@pytest.mark.needs("test_front_log")
def test_nonsense(morning: "Morning") -> None:
    """Who brings nonsense as a traceparent gets an id too, the same in the front's log as behind it.

    ja: でたらめな traceparent を持って来たリクエストにも id が付き、nginx のログでも、その後ろでも同じである。
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
    assert not missing, reason(
        "nonsense",
        missing=missing[0],
        sent=sent[missing[0]],
        got=ids.get(missing[0]) or say("no line", "行がありません"),
    )
    assert_own(sent, ids)
    astray = eventually(strangers.lost, lambda found: not found, within=12, every=0.5)
    assert not astray, reason("nonsense-2", count=len(strangers.visits), astray=astray[0][1])


def assert_own(sent: dict[str, str], ids: dict[str, str]) -> None:
    """Each request has an id of its own, and not the header's."""
    taken = [mark for mark in sent if ids[mark] in sent[mark].lower()]
    assert not taken, reason("assert-own", sent=sent[taken[0]])
    different = len(set(ids.values()))
    assert different == len(sent), reason("assert-own-2", count=len(sent), different=different)


@pytest.mark.needs("test_service_logs", "test_front_log", "test_nothing_thrown_away")
def test_every_answer(morning: "Morning") -> None:
    """A request that the shop could not serve is found like any other.

    ja: 店が応じられなかったリクエストも、ほかのリクエストと同じように見つかる。
    """
    rows: list[dict[str, Any]] = []
    for visit in turned_away():
        trace = secrets.token_hex(16)
        status = send(morning, visit._replace(header=f"00-{trace}-{secrets.token_hex(8)}-01"))
        rows.append({"trace": trace, "service": visit.service, "told": f"{visit} → {status}"})
    for service in ("front", "catalog", "checkout"):
        silent = morning.unlogged(service, [row for row in rows if service in ("front", row["service"])])
        assert not silent, reason("every-answer", told=silent[0]["told"], trace=silent[0]["trace"], service=service)
    lost = morning.waits_for(rows, bool)
    assert not lost, reason("every-answer-2", told=lost[0]["told"], trace=lost[0]["trace"])
