"""Do travellers see and book the ferry's seats, also after seats has moved, and is nobody reached who should not be?"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from doors import corrected, reached, tells_seats
from travellers import (
    MOST,
    Booking,
    ask,
    book,
    bookings_of,
    content,
    free,
    give_back,
    in_store,
    in_the_store,
    is_refusal,
    is_taken,
    number_of,
    other_seats,
)

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually, quoted, say, says_well_in_vain

EVERYBODY = ("front", "seats", "store")
# The supervisor takes up to five seconds to notice a service that a learner adds.
JUST_MENDED = 7
# The task promises ten seconds; the rest is for a busy computer.
FOLLOWED_WITHIN = 13

Move = Callable[[], AbstractContextManager[tuple[str, str]]]


def networks(scene: Scene, service: str) -> dict[str, dict[str, Any]]:
    """The networks that a service is on, by Docker's name for them."""
    return dict(scene.inspect(service)["NetworkSettings"]["Networks"])


@pytest.mark.timeout(30)
@pytest.mark.guard
def test_everybody_is_there(scene: Scene) -> None:
    """Page, seats and store are all running.

    ja: ページ、空席のサービス、保管庫が、どれも動いている。
    """

    def missing() -> list[str]:
        return [f"{name} ({scene.state(name)})" for name in EVERYBODY if scene.state(name) != "running"]

    seen = eventually(missing, lambda gone: not gone, within=3)
    assert not seen, say(
        f"expected three running services, not so {', '.join(seen)}. What were its last words?",
        f"三つのサービスが動いているはずですが、{'、'.join(seen)} は違います。最後に残した言葉は何でしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_everybody_is_there")
def test_front_and_store_share_no_network(scene: Scene) -> None:
    """The page, which faces the world, is on no network with the store.

    ja: 外に面したページは、保管庫とどのネットワークも共有していない。
    """
    shared = sorted(networks(scene, "front").keys() & networks(scene, "store").keys())
    assert not shared, say(
        f"front and store meet on {', '.join(shared)}: whoever gets into the page can read and write every booking",
        f"front と store が {', '.join(shared)} で隣り合っています。"
        "ページに入り込んだ者が、すべての予約を読み書きできます",
    )


@pytest.mark.guard
@pytest.mark.needs("test_everybody_is_there")
def test_only_front_is_published(scene: Scene) -> None:
    """Of the three, only the page has a published port.

    ja: 三つのうち、公開ポートを持つのはページだけ。
    """
    open_to_all = [name for name in ("seats", "store") if scene.inspect(name)["HostConfig"]["PortBindings"]]
    assert not open_to_all, say(
        f"{', '.join(open_to_all)} has a published port: neighbours need none, and now strangers can call it",
        f"{', '.join(open_to_all)} のポートが公開されています。"
        "隣どうしなら公開は不要ですし、見知らぬ人も呼べるようになりました",
    )


@pytest.mark.guard
@pytest.mark.needs("test_everybody_is_there")
def test_correction_is_for_the_crew(scene: Scene) -> None:
    """Corrections can be made in the container of seats, and from nowhere else.

    ja: 訂正は、seats のコンテナーの中からだけできる。
    """
    seats = scene.debug("seats")
    inside = eventually(lambda: seats.run("curl -fsS -m 4 http://127.0.0.1:9000/free"), lambda seen: seen.succeeded)
    assert inside.stdout.strip().isdigit(), say(
        "expected the crew's shell in seats to get the number from port 9000, it got "
        f"{quoted(inside.stdout or inside.stderr)}",
        "seats の中のシェルからはポート 9000 で席数が読めるはずですが、返ってきたのは "
        f"{quoted(inside.stdout or inside.stderr)} です",
    )
    before = in_store(scene)
    number = str(scene.draw("crew").randrange(100, 200))
    try:
        seats.run("curl -fsS -m 4 -X PUT -d %s http://127.0.0.1:9000/free", number)
        seen = in_store(scene)
    finally:
        in_the_store(scene, "set", "free", str(before))
    assert str(seen) == number, say(
        f"the crew's shell in seats set the number to {number} at port 9000; the store then had {seen}",
        f"seats の中のシェルからポート 9000 で席数を {number} に訂正しましたが、保管庫の数は {seen} でした",
    )
    places = [f"{net['IPAddress']}:9000" for net in networks(scene, "seats").values() if net["IPAddress"]]
    open_to = [place for place in places if seats.run(f"curl -fsS -m 3 http://{place}/free").succeeded]
    assert not open_to, say(
        f"the correction port answers at {', '.join(open_to)}, where neighbours reach it, and asks nobody who calls",
        f"訂正用のポートが {', '.join(open_to)} で応答しています。隣のコンテナーから届き、相手を確かめもしません",
    )


@pytest.mark.needs("test_everybody_is_there")
def test_page(scene: Scene) -> None:
    """A traveller who opens the ferry's page sees it.

    ja: フェリーのページを開いた乗客に、ページが見える。
    """
    answer = eventually(lambda: ask(scene, "GET", "/"), lambda seen: seen.status == 200, within=3)
    shown = answer.status == 200 and scene.params["ship"] in answer.text
    assert shown, say(
        f"expected the page of the {scene.params['ship']} at the published port, saw {answer}. "
        "Who waits behind that port?",
        f"公開ポートには {scene.params['ship']} のページがあるはずですが、{answer} でした。その先で誰が待っていますか",
    )


@pytest.mark.needs("test_page")
def test_seats(scene: Scene) -> None:
    """A traveller is told the free seats.

    ja: 乗客に空席の数が伝わる。
    """
    answer = eventually(lambda: ask(scene, "GET", "/seats"), lambda seen: seen.status == 200, within=JUST_MENDED)
    wanted = {"ship": scene.params["ship"], "free": in_store(scene)}
    told = f"{answer} {content(answer) or ''}".strip()
    assert content(answer) == wanted, say(
        f"expected /seats to tell the {wanted['free']} seats that the store has, saw {told}. "
        "How far did the question come?",
        f"/seats は保管庫にある {wanted['free']} 席を答えるはずですが、{told} でした。質問はどこまで届いたのでしょうか",
    )


@pytest.mark.timeout(90)
@pytest.mark.needs("test_seats")
def test_nobody_else_corrects(scene: Scene) -> None:
    """Whoever calls seats from elsewhere reaches the travellers' questions alone, and corrects nothing.

    ja: ほかから seats を呼んでも、届くのは乗客の質問を受ける所だけで、席数は訂正できない。
    """
    other = [place for caller, place in reached(scene) if not tells_seats(scene, caller, place)]
    assert not other, say(
        f"seats also takes connections from other containers at {', '.join(other)}, and does not answer /seats there "
        "as it does travellers. What waits at that port, and who is to reach it?",
        f"seats は {'、'.join(other)} でもほかのコンテナーからの接続を受け付けますが、"
        "そこでは /seats に乗客への答えが返りません。そのポートでは何が待っていて、誰が使うためのものでしょうか",
    )
    place = corrected(scene)
    assert not place, say(
        f"the number of free seats could be set {place}. Who is to correct it, and from where?",
        f"{place}、空席の数を書き換えられました。訂正してよいのは誰で、どこからでしょうか",
    )


@pytest.mark.timeout(60)
@pytest.mark.needs("test_seats")
def test_booking(scene: Scene) -> None:
    """Travellers can book, which takes their seats, and can give them back.

    ja: 乗客が予約でき、その分だけ空席が減る。予約は取り消せて、席が戻る。
    """
    left = scene.draw("ferry").randrange(60, 90)
    with other_seats(scene, left) as booked:
        bookings = bookings_of(scene)
        for booking in bookings:
            left = taken(scene, booking, left, booked)
        for number, booking in zip(tuple(booked), bookings, strict=True):
            left = given_back(scene, number, booking, left)


def taken(scene: Scene, booking: Booking, left: int, booked: list[str]) -> int:
    """Book, see that those seats are taken, and tell how many are left."""
    count = int(booking["count"])
    wanted = left - count
    known = len(booked)
    answer = book(scene, booking, booked)
    after, kept = free(scene), in_store(scene)
    letters = len(booking["name"])
    assert is_taken(answer), say(
        f"expected a booking of {count} of {left} free seats, under a name of {letters} letters, to be taken; "
        f"saw {answer}. Who answers?",
        f"空席 {left} のうち {count} 席を {letters} 文字の名前で予約できるはずですが、{answer} でした。"
        "答えているのは誰でしょうか",
    )
    assert len(booked) > known, say(
        f"a booking was answered with {answer}, and without its number (id), by which it could be given back: "
        f"{quoted(answer.text)}. Who answers?",
        f"予約への応答は {answer} でしたが、取り消しに使う番号（id）がありません: {quoted(answer.text)}。"
        "答えているのは誰でしょうか",
    )
    assert after == wanted, say(
        f"{count} of {left} seats were booked; expected travellers to be told that {wanted} are free, they are told "
        f"{number_of(after)}. Who answers?",
        f"空席 {left} のうち {count} 席が予約されたので、乗客には {wanted} 席と伝わるはずですが、"
        f"{number_of(after)} でした。答えているのは誰でしょうか",
    )
    assert kept == wanted, say(
        f"a booking was taken, and travellers are told that {after} seats are free; the store has {kept}. "
        "What becomes of the booking when seats ends?",
        f"予約は受け付けられ、乗客には空席が {after} と伝わりますが、保管庫の数は {kept} です。"
        "seats が終わったら、その予約はどうなるのでしょうか",
    )
    return wanted


def given_back(scene: Scene, number: str, booking: Booking, left: int) -> int:
    """Give a booking back, see that its seats are free again, and tell how many are."""
    wanted = left + int(booking["count"])
    answer = give_back(scene, number)
    after = free(scene)
    assert is_taken(answer) and after == wanted, say(  # noqa: PT018 - one reason for both
        f"a booking of {booking['count']} seats was taken and then given back (DELETE); expected {wanted} free seats "
        f"again, saw {answer} and {number_of(after)} free",
        f"受け付けられた {booking['count']} 席の予約を取り消しました（DELETE）。空席は {wanted} に戻るはずですが、"
        f"{answer}、空席は {number_of(after)} でした",
    )
    return wanted


@pytest.mark.timeout(60)
@pytest.mark.needs("test_booking")
def test_refusal(scene: Scene) -> None:
    """A traveller who asks for what can't be had is refused, and no seat is sold twice.

    ja: できない予約や取り消しは断られ、同じ席が二重に売られない。
    """
    chance = scene.draw("refusals")
    left = chance.randrange(3, MOST - 3)
    with other_seats(scene, left) as booked:
        refused(scene, chance.randrange(left + 1, MOST + 1), left, booked)
        refused(scene, -chance.randrange(1, MOST), left, booked)
        answer = give_back(scene, f"{chance.getrandbits(32):08x}")
        assert is_refusal(answer), say(
            f"a booking that does not exist was given back, and the answer was {answer}; expected a status from 400 "
            "to 499. What does the traveller believe now?",
            f"存在しない予約を取り消すと、応答は {answer} でした。400 番台のステータスになるはずです。"
            "乗客は、どうなったと思うでしょうか",
        )
        taken(scene, {"name": "Sato", "count": left}, left, booked)
        refused(scene, chance.randrange(1, MOST + 1), 0, booked)


def refused(scene: Scene, count: int, left: int, booked: list[str]) -> None:
    """Book what can't be booked, and see that it is refused."""
    answer = book(scene, {"name": "Tanaka", "count": count}, booked)
    after = free(scene)
    assert is_refusal(answer), say(
        f"{left} seats were free, and a booking of {count} was answered with {answer}; expected a status from 400 to "
        "499. What does the traveller believe now?",
        f"空席が {left} のときに {count} 席を予約すると、応答は {answer} でした。"
        "400 番台のステータスになるはずです。乗客は、どうなったと思うでしょうか",
    )
    assert after == left, say(
        f"{left} seats were free, and a booking of {count} was refused; then {number_of(after)} were free",
        f"空席が {left} のときに {count} 席の予約が断られ、そのあとの空席は {number_of(after)} になりました",
    )


@pytest.mark.needs("test_everybody_is_there")
def test_healthy(scene: Scene) -> None:
    """The engine's healthchecks of page and seats are content.

    ja: ページと seats のヘルスチェックが、正常だと答えている。
    """

    def ill() -> list[str]:
        seen = {name: scene.inspect(name)["State"].get("Health") or {"Status": "none"} for name in ("front", "seats")}
        return [f"{name} {health['Status']}" for name, health in seen.items() if health["Status"] != "healthy"]

    unwell = eventually(ill, lambda names: not names, within=5)
    assert not unwell, say(
        f"expected both to be healthy, Docker says {', '.join(unwell)}. Where does the healthcheck ask?",
        f"どちらも healthy になるはずですが、Docker によれば {', '.join(unwell)} です。"
        "ヘルスチェックはどこに尋ねていますか",
    )
    blind = [name for name in ("front", "seats") if says_well_in_vain(scene, name)]
    assert not blind, say(
        f"where nothing of {', '.join(blind)} runs, its healthcheck says well. When would it say anything else?",
        f"{'、'.join(blind)} が何も動いていないところでも、ヘルスチェックは成功します。"
        "ほかの答えになるのは、どんなときでしょうか",
    )


@pytest.mark.timeout(120)
@pytest.mark.needs("test_booking", "test_front_and_store_share_no_network", "test_only_front_is_published")
def test_another_address_is_followed(scene: Scene, move: Move, names: Callable[[], None]) -> None:
    """When seats comes back at another address, travellers have answers and bookings again within ten seconds.

    ja: seats が別のアドレスで戻っても、10秒以内に乗客へ答えが返り、予約も残っている。
    """

    def three_travellers() -> Answer:
        for _ in range(3):
            answer = ask(scene, "GET", "/seats")
            if answer.status != 200:
                names()
                break
        return answer

    booking: Booking = {"name": "Nakamura", "count": scene.draw("before a release").randrange(2, MOST)}
    with other_seats(scene, 2 * MOST) as booked:
        left = taken(scene, booking, 2 * MOST, booked)
        with move() as (before, after):
            seen = eventually(three_travellers, lambda answer: answer.status == 200, FOLLOWED_WITHIN, 0.2)
            given = give_back(scene, booked[0])
            there = in_store(scene)
        eventually(three_travellers, lambda answer: answer.status == 200, FOLLOWED_WITHIN, 0.2)  # home again
    if before == after:
        raise OurFault(f"seats could not be moved away from {before}")
    assert seen.status == 200, say(
        f"seats was stopped at {before} and came back at {after}, as after a release, and {FOLLOWED_WITHIN} s later "
        f"travellers still see {seen}. From where does front know the address?",
        f"リリースのときのように、seats を {before} で止めると {after} で戻ってきましたが、{FOLLOWED_WITHIN} 秒たっても"
        f"乗客には {seen} が返ります。front はアドレスをどこから知るのでしょうか",
    )
    assert is_taken(given) and there == left + booking["count"], say(  # noqa: PT018 - one reason for both
        f"a booking of {booking['count']} seats was taken, seats was stopped and came back, and the booking was given "
        f"back; expected {left + booking['count']} free seats in the store, saw {given} and {there}. "
        "Where was the booking meanwhile?",
        f"{booking['count']} 席の予約が受け付けられ、seats が止まって戻ったあと、その予約を取り消しました。"
        f"保管庫の空席は {left + booking['count']} になるはずですが、{given}、空席は {there} でした。"
        "そのあいだ、予約はどこにあったのでしょうか",
    )
