"""Do the turnstiles open at once: when the doors open, all evening, and after a while in which nobody came?"""

from typing import Any

import pytest

from kikori.grading import Scene, assert_running, assert_unprivileged, eventually, in_words, quoted, reasons

reason = reasons(__file__)

SERVICES = ("tickets", "front", "office", "stadium")
PROGRAM = ("/srv/tickets/tickets.py", "/etc/tickets/tickets.conf")
pytestmark = pytest.mark.timeout(60)


def wrong(seen: list[tuple[int, float]]) -> str:
    """What those saw who were not let in, for a reason."""
    kinds = sorted({status for status, _ in seen if status != 200})
    names = {0: reason("wrong"), -1: reason("wrong-2")}
    return ", ".join(f"{sum(s == kind for s, _ in seen)} × {names.get(kind, kind)}" for kind in kinds)


def slowest(seen: list[tuple[int, float]]) -> float:
    """The longest that anybody stood there."""
    return max((took for _, took in seen), default=0.0)


@pytest.mark.guard
@pytest.mark.users
def test_page(scene: Scene) -> None:
    """The ticket service answers at the front, under the stadium's name.

    ja: 券のサービスが、球場の名前で front から応答する。
    """
    assert_running(scene, *SERVICES)
    name = scene.params["stadium"]
    answer = eventually(lambda: scene.get("front", "/"), lambda seen: name in seen.text, within=8)
    assert name in answer.text, reason("page", called=name, answer=answer, text=quoted(answer.text, 60))
    page = f"/gate-{scene.draw('gate').randrange(10**6)}"
    none = eventually(lambda: scene.get("front", page), lambda seen: seen.status == 404, within=8)
    assert none.status == 404, reason("page-2", page=page, none=none, text=quoted(none.text, 60))


@pytest.mark.users
@pytest.mark.needs("test_page")
def test_doors_open(evening: Any) -> None:
    """When the doors open, every turnstile is let through at its first knock.

    ja: 開門の瞬間、どの改札も最初のノックで通れる。
    """
    seen, dropped = evening.part("doors")
    assert not wrong(seen), reason("doors-open", count=len(seen), wrong=wrong(seen))
    assert dropped <= 0, reason("doors-open-2", count=len(seen), slowest=slowest(seen), dropped=dropped)
    assert slowest(seen) < evening.long, reason("doors-open-3", slowest=slowest(seen))


@pytest.mark.users
@pytest.mark.needs("test_page")
def test_all_evening(evening: Any) -> None:
    """At the promised rate every ticket is let in.

    ja: 約束した速さで人が来ても、どの券も通れる。
    """
    seen, *_ = evening.part("evening")
    assert not wrong(seen), reason("all-evening", count=len(seen), wrong=wrong(seen))
    assert slowest(seen) < evening.long, reason("all-evening-2", count=len(seen), slowest=slowest(seen))


@pytest.mark.needs("test_all_evening")
def test_for_hours(evening: Any) -> None:
    """At the promised rate it can go on like this for hours.

    ja: 約束した速さのまま、何時間でも続けられる。
    """
    _, counted, (needed, there) = evening.part("evening")
    assert counted["TcpExtTCPTimeWaitOverflow"] <= 0, reason(
        "for-hours", tcpexttcptimewaitoverflow=counted["TcpExtTCPTimeWaitOverflow"]
    )
    assert needed < there, reason("for-hours-2", promised=evening.promised, needed=needed, there=there)


@pytest.mark.needs("test_page")
def test_booked(evening: Any) -> None:
    """What was let in stands in the ticket office's book.

    ja: 通れた券は、すべて office の帳簿に載っている。
    """
    differing = evening.part("booked")
    names = {
        "doors": reason("booked"),
        "evening": reason("booked-2"),
        "soon": reason("booked-3"),
        "late": reason("booked-3"),
        "shut": reason("booked-5"),
    }
    part, (let_in, booked) = next(iter(differing.items()), ("evening", (0, 0)))
    assert not differing, reason("booked-4", names=names[part], let_in=let_in, booked=booked)
    besides = max(quiet["besides"] for quiet in evening.lulls)
    assert besides <= 0, reason("booked-6", besides=besides)


@pytest.mark.guard
@pytest.mark.needs("test_page")
def test_office_decides(evening: Any) -> None:
    """Nobody is let in before the office has booked the ticket; it books each once, and none that nobody showed.

    ja: office が記帳するまでは誰も通れない。記帳は1枚につき1度で、誰も見せていない券の記帳はない。
    """
    for part, seconds in (("shut", evening.shut), ("closed", evening.closed)):
        seen = evening.part(part)
        assert not seen["early"], reason("office-decides", seconds=seconds, early=seen["early"])
        assert not seen["twice"], reason("office-decides-2", seconds=seconds, twice=seen["twice"])
    unasked = max(quiet["unasked"] for quiet in evening.lulls)
    assert unasked <= 0, reason("office-decides-3", unasked=unasked)


@pytest.mark.users
@pytest.mark.needs("test_page")
def test_after_a_quiet_while(evening: Any) -> None:
    """The first who come after a quiet while are let in at once.

    ja: しばらく誰も来なかったあとの最初の人たちも、すぐに通れる。
    """
    for quiet in evening.lulls:
        seen, seconds, count = quiet["seen"], quiet["seconds"], len(quiet["seen"])
        assert not wrong(seen), reason("after-a-quiet-while", seconds=seconds, count=count, wrong=wrong(seen))
        assert slowest(seen) < evening.prompt, reason(
            "after-a-quiet-while-2", seconds=seconds, count=count, slowest=slowest(seen)
        )
        (needed, there), opened = quiet["ports"], quiet["opened"]
        assert needed < there, reason(
            "after-a-quiet-while-3", seconds=seconds, count=count, opened=opened, needed=needed, there=there
        )


@pytest.mark.users
@pytest.mark.needs("test_all_evening", "test_after_a_quiet_while")
def test_office_hangs_up(evening: Any) -> None:
    """People are let in after the office has hung up, and while it takes a second to answer.

    ja: office が接続を切ったあとも、答えに1秒かかるときも、人が通れる。
    """
    evening.part("left")
    seen = evening.after_hang_ups
    assert not wrong(seen), reason("office-hangs-up", count=len(seen), wrong=wrong(seen))
    slow = evening.part("shut")["seen"]
    assert not wrong(slow), reason("office-hangs-up-2", seconds=evening.shut, count=len(slow), wrong=wrong(slow))


@pytest.mark.needs("test_page")
def test_refusals_are_told(evening: Any) -> None:
    """Whoever is not let in, since the office gives no answer, stands in the log.

    ja: office の答えがなくて通れなかった人は、ログに残っている。
    """
    refused = sum(status == 503 for status, _ in evening.part("closed")["seen"])
    told = not refused or eventually(lambda: not evening.unnamed(evening.people["closed"]), bool, within=2)
    assert told, reason("refusals-are-told", seconds=evening.closed, refused=refused)


@pytest.mark.users
@pytest.mark.needs("test_page")
def test_stairs(evening: Any) -> None:
    """Every report of a counter at the stairs arrives in the book.

    ja: 階段の計数器の報告は、すべて記録に載る。
    """
    seen = evening.part("stairs")
    is_told, dropped = seen["sent"] == seen["told"], seen["dropped"]
    assert is_told or dropped <= 0, reason("stairs", sent=seen["sent"], told=seen["told"], dropped=dropped)
    assert is_told, reason("stairs-5", sent=seen["sent"], told=seen["told"])
    assert seen["early"] <= seen["could"], reason("stairs-2", early=seen["early"], could=seen["could"])
    assert seen["again"] == seen["told"], reason("stairs-3", told=seen["told"], again=quoted(seen["again"]))
    for quiet in evening.lulls:
        assert quiet["after"] == quiet["before"], reason(
            "stairs-4", before=quoted(quiet["before"]), after=quoted(quiet["after"])
        )


@pytest.mark.needs("test_stairs")
def test_garbled_reports(evening: Any) -> None:
    """A report that nobody can read stands in the log, and those after it arrive in the book.

    ja: 読めない報告はログに残り、そのあとの報告は記録に載る。
    """
    seen = evening.part("garbled")
    assert seen["sent"] == seen["told"], reason("garbled-reports", sent=seen["sent"], told=seen["told"])
    unnamed = eventually(evening.unnamed_reports, lambda kinds: not kinds, within=2)
    names = {
        "one": reason("garbled"),
        "word": reason("garbled-2"),
        "four": reason("garbled-3"),
        "byte": reason("garbled-4"),
    }
    assert not unnamed, reason("garbled-reports-2", kinds=", ".join(names[one] for one in unnamed))


@pytest.mark.needs("test_page")
def test_leaves_nothing_behind(evening: Any) -> None:
    """Tickets, reports and lines that were hung up leave nothing behind in the ticket service.

    ja: 券、報告、切られた接続は、券のサービスに何も残さない。
    """
    left = dict(evening.part("left"))
    threads = left.pop("threads", 0)
    words = [in_words(left)] if left else []
    words += [reason("threads", threads=threads)] if threads else []
    assert not words, reason("leaves-nothing-behind", in_words=" + ".join(words))


@pytest.mark.guard
@pytest.mark.needs("test_page")
def test_firewall_keeps_its_rule(evening: Any) -> None:
    """The office's firewall still forgets quiet connections: it is another company's.

    ja: office のファイアウォールは、今も静かな接続を忘れる。あれは他社のものである。
    """
    own = evening.part("late")["own"]
    became = {"answered": reason("own"), "closed": reason("own-2"), "reset": reason("own-3")}
    assert own == "silent", reason("firewall-keeps-its-rule", own=became.get(own, own))


@pytest.mark.guard
@pytest.mark.static
def test_tickets_is_not_root(scene: Scene) -> None:
    """The ticket service is started for a user who is not root.

    ja: 券のサービスは root ではないユーザーで起動されている。
    """
    user = str(scene.inspect("tickets")["Config"]["User"])
    assert scene.uid("tickets") != 0, reason("tickets-is-not-root", user=user or "root")


@pytest.mark.guard
@pytest.mark.needs("test_page", "test_tickets_is_not_root")
def test_tickets_cannot_change_itself(scene: Scene) -> None:
    """The ticket service has no right to change its own program and configuration.

    ja: 券のサービスには、自分のプログラムと設定を書き換える権利がない。
    """
    assert_unprivileged(scene, "tickets", *PROGRAM)
