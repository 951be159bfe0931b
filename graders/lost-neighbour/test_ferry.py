"""Do travellers see and book the ferry's seats, also after seats has moved, and is nobody reached who should not be?"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from doors import corrected, reached, tells_seats
from slow_traveller import HELD, SlowTraveller
from travellers import (
    MOST,
    Booking,
    ask,
    book,
    bookings_of,
    changes,
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
from kikori.grading import Answer, Scene, eventually, quoted, reasons, says_well_in_vain

reason = reasons(__file__)

EVERYBODY = ("front", "seats", "store")
# The supervisor takes up to five seconds to notice a service that a learner adds.
JUST_MENDED = 7
# The task promises ten seconds; the rest is for a busy computer.
FOLLOWED_WITHIN = 13
# The engine looks every twenty seconds; what it saw last may be a service that was just being started again.
LOOKED_AGAIN = 23

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
    assert not seen, reason("everybody-is-there", seen=seen)


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_everybody_is_there")
def test_front_and_store_share_no_network(scene: Scene) -> None:
    """The page, which faces the world, is on no network with the store.

    ja: 外に面したページは、保管庫とどのネットワークも共有していない。
    """
    shared = sorted(networks(scene, "front").keys() & networks(scene, "store").keys())
    assert not shared, reason("front-and-store-share-no-network", shared=shared)


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_everybody_is_there")
def test_only_front_is_published(scene: Scene) -> None:
    """Of the three, only the page has a published port.

    ja: 三つのうち、公開ポートを持つのはページだけ。
    """
    open_to_all = [name for name in ("seats", "store") if scene.inspect(name)["HostConfig"]["PortBindings"]]
    assert not open_to_all, reason("only-front-is-published", open_to_all=open_to_all)


@pytest.mark.guard
@pytest.mark.needs("test_everybody_is_there")
def test_correction_is_for_the_crew(scene: Scene) -> None:
    """Corrections can be made in the container of seats, and from nowhere else.

    ja: 訂正は、seats のコンテナの中からだけできる。
    """
    seats = scene.debug("seats")
    inside = eventually(lambda: seats.run("curl -fsS -m 4 http://localhost:9000/free"), lambda seen: seen.succeeded)
    assert inside.stdout.strip().isdigit(), reason(
        "correction-is-for-the-crew", stdout=quoted(inside.stdout or inside.stderr)
    )
    before = in_store(scene)
    number = str(scene.draw("crew").randrange(100, 200))
    try:
        seats.run("curl -fsS -m 4 -X PUT -d %s http://localhost:9000/free", number)
        seen = in_store(scene)
    finally:
        in_the_store(scene, "set", "free", str(before))
    assert str(seen) == number, reason("correction-is-for-the-crew-2", number=number, seen=seen)
    places = [f"{net['IPAddress']}:9000" for net in networks(scene, "seats").values() if net["IPAddress"]]
    open_to = [place for place in places if seats.run(f"curl -fsS -m 3 http://{place}/free").succeeded]
    assert not open_to, reason("correction-is-for-the-crew-3", open_to=open_to)


@pytest.mark.users
@pytest.mark.timeout(40)
@pytest.mark.needs("test_everybody_is_there")
def test_page(scene: Scene, slow_traveller: SlowTraveller) -> None:
    """A traveller who opens the ferry's page sees it.

    ja: フェリーのページを開いた乗客に、ページが見える。
    """
    answer = eventually(lambda: ask(scene, "GET", "/"), lambda seen: seen.status == 200, within=JUST_MENDED)
    shown = answer.status == 200 and scene.params["ship"] in answer.text
    assert shown, reason("page", ship=scene.params["ship"], answer=answer)
    slow_traveller.begin()


@pytest.mark.users
@pytest.mark.needs("test_page")
def test_seats(scene: Scene) -> None:
    """A traveller is told the free seats.

    ja: 乗客に空席の数が伝わる。
    """
    answer = eventually(lambda: ask(scene, "GET", "/seats"), lambda seen: seen.status == 200, within=JUST_MENDED)
    ship, kept = scene.params["ship"], in_store(scene)
    is_told = {"ship": ship, "free": kept}.items() <= content(answer).items()
    told = f"{answer} {quoted(answer.text) if content(answer) else ''}".strip()
    assert is_told, reason("seats", ship=ship, free=kept, told=told)


@pytest.mark.timeout(90)
@pytest.mark.needs("test_seats")
def test_nobody_else_corrects(scene: Scene) -> None:
    """Whoever calls seats from elsewhere reaches the travellers' questions alone, and corrects nothing.

    ja: ほかから seats を呼んでも、届くのは乗客の質問を受ける所だけで、席数は訂正できない。
    """
    other = [place for caller, place in reached(scene) if not tells_seats(scene, caller, place)]
    assert not other, reason("nobody-else-corrects", other=other)
    place = corrected(scene)
    assert not place, reason("nobody-else-corrects-2", place=place)


@pytest.mark.users
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
    assert is_taken(answer), reason("taken", count=count, left=left, letters=letters, answer=answer)
    assert len(booked) > known, reason("taken-2", answer=answer, text=quoted(answer.text))
    assert after == wanted, reason("taken-3", count=count, left=left, wanted=wanted, number_of=number_of(after))
    assert kept == wanted, reason("taken-4", after=after, kept=kept)
    return wanted


def given_back(scene: Scene, number: str, booking: Booking, left: int) -> int:
    """Give a booking back, see that its seats are free again, and tell how many are."""
    wanted = left + int(booking["count"])
    answer = give_back(scene, number)
    after = free(scene)
    is_as_wanted = is_taken(answer) and after == wanted
    assert is_as_wanted, reason(
        "given-back", count=booking["count"], wanted=wanted, answer=answer, number_of=number_of(after)
    )
    return wanted


@pytest.mark.users
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
        assert is_refusal(answer), reason("refusal", answer=answer)
        taken(scene, {"name": "Sato", "count": left}, left, booked)
        refused(scene, chance.randrange(1, MOST + 1), 0, booked)


def refused(scene: Scene, count: int, left: int, booked: list[str]) -> None:
    """Book what can't be booked, and see that it is refused."""
    answer = book(scene, {"name": "Tanaka", "count": count}, booked)
    after = free(scene)
    assert is_refusal(answer), reason("refused", left=left, count=count, answer=answer)
    assert after == left, reason("refused-2", left=left, count=count, number_of=number_of(after))


@pytest.mark.timeout(60)
@pytest.mark.needs("test_everybody_is_there")
def test_healthy(scene: Scene) -> None:
    """The engine's healthchecks of page and seats are content.

    ja: ページと seats のヘルスチェックが、正常だと答えている。
    """

    def ill() -> list[str]:
        seen = {name: scene.inspect(name)["State"].get("Health") or {"Status": "none"} for name in ("front", "seats")}
        return [f"{name} {health['Status']}" for name, health in seen.items() if health["Status"] != "healthy"]

    unwell = eventually(ill, lambda names: not names, LOOKED_AGAIN)
    assert not unwell, reason("healthy", unwell=unwell)
    blind = [name for name in ("front", "seats") if says_well_in_vain(scene, name)]
    assert not blind, reason("healthy-2", blind=blind)


@pytest.mark.timeout(40)
@pytest.mark.needs("test_page")
def test_nobody_is_cut_off(slow_traveller: SlowTraveller) -> None:
    """A traveller who takes long to send a request is answered, too.

    ja: リクエストを送り終えるまでに時間がかかる乗客にも、応答が返る。
    """
    answer = slow_traveller.end()
    assert answer.status == 200, reason("nobody-is-cut-off", held=HELD, answer=answer)


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
        counted = changes(scene)
        left = taken(scene, booking, 2 * MOST, booked)
        is_kept = changes(scene) > counted + 1
        assert is_kept, reason("another-address-is-followed-4", count=booking["count"])
        with move() as (before, after):
            seen = eventually(three_travellers, lambda answer: answer.status == 200, FOLLOWED_WITHIN, 0.2)
            state = scene.state("seats")
            given = give_back(scene, booked[0])
            there = in_store(scene)
        eventually(three_travellers, lambda answer: answer.status == 200, FOLLOWED_WITHIN, 0.2)  # home again
    if before == after:
        raise OurFault(f"seats could not be moved away from {before}")
    assert state == "running", reason("another-address-is-followed-3", before=before, state=state)
    assert seen.status == 200, reason(
        "another-address-is-followed", before=before, after=after, followed_within=FOLLOWED_WITHIN, seen=seen
    )
    is_given_back = is_taken(given) and there == left + booking["count"]
    assert is_given_back, reason(
        "another-address-is-followed-2", count=booking["count"], left=left + booking["count"], given=given, there=there
    )
