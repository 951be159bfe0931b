"""Does the stand keep its tickets when it is stopped, and does it stop when it is told to?

Two stops in the midst of orders: the first as in a deployment, where a new container takes the place of the old one,
the second a restart of that new one, which is restarted once more as soon as it is open. And one when nobody orders.
"""

from typing import Any, NamedTuple

import pytest
from stops import OPEN, QUICK, SLACK, Stop, quiet_stop, says_served, stop

from kikori.grading import Answer, Scene, eventually, quoted, say

QUEUE = 6
"""Customers who have ordered when the stop comes."""
STANDING = 3
"""Orders that stay in the book over the next stop, after they were served."""


class Lunch(NamedTuple):
    """The stops of a lunch hour."""

    stops: list[Stop]
    struck: list[str]
    """Tickets that were served and taken out of the book before the stop in the midst of new orders."""
    back: list[str]
    """Those of them that are there again after it."""
    standing: dict[str, Answer]
    """Tickets that were served and left in the book, and what the stand says of them as soon as it is open again."""


@pytest.fixture(scope="module")
def lunch(scene: Scene, counter: Any) -> Lunch:
    """Deploy; if that went well restart twice in a row, and once quietly."""
    dishes = [*[counter.dish] * (QUEUE - 2), *counter.seconds]
    first = stop(scene, counter, dishes, say("a deployment", "デプロイ"), meanwhile=counter.replace)
    if not went_well(first):
        counter.strike(first.given)
        return Lunch([first], [], [], {})
    by_time = sorted(first.given, key=counter.least)
    leaving, staying = by_time[:-STANDING], by_time[-STANDING:]
    counter.strike(leaving)
    struck = [one.ticket for one in leaving if counter.look(one.ticket).status == 404]
    standing, stops = dict[str, Answer](), [first]

    def look_and_stop_again() -> None:
        standing.update((one.ticket, heard(counter, one.ticket)) for one in staying)
        stops.append(quiet_stop(scene, say("a restart right after another one", "再起動の直後の、もう一度の再起動")))

    again = say("a restart that was followed by another one", "再起動（直後にもう一度再起動）")
    second = stop(scene, counter, dishes, again, then=look_and_stop_again)
    back = [ticket for ticket in struck if counter.look(ticket).status == 200]
    counter.strike([*second.given, *first.given])
    stops.insert(1, second)
    if all(went_well(one) for one in stops):
        stops.append(quiet_stop(scene, say("a restart while nobody ordered", "誰も注文していないときの再起動")))
    return Lunch(stops, struck, back, standing)


def went_well(one: Stop) -> bool:
    """Tell whether a stop was quick, the stand opened again, and every ticket was kept."""
    return one.seconds <= QUICK + SLACK and one.opened.status == 200 and not one.unkept


def heard(counter: Any, ticket: str) -> Answer:
    """Ask for a ticket until the stand says anything."""
    answer: Answer = eventually(lambda: counter.look(ticket), lambda seen: seen.status != 0, within=2)
    return answer


@pytest.mark.timeout(90)
@pytest.mark.needs("test_order")
def test_stop_is_quick(counter: Any, lunch: Lunch) -> None:
    """Told to stop, the service ends within two seconds.

    ja: 止まるように言われたサービスが、2秒以内に終わる。
    """
    slow, longest = max(lunch.stops, key=lambda one: one.seconds), max(counter.seconds.values())
    assert slow.seconds <= QUICK + SLACK, say(
        f"no dish takes longer than {longest} s, so a stop needs no more than {QUICK:.0f}; told to stop for "
        f"{slow.how}, the service was still there after {slow.seconds:.1f} s. What has heard the engine's signal, what "
        "has not, and what is waited for?",
        f"どの料理も {longest} 秒あればできるので、停止は {QUICK:.0f} 秒で足ります。ところが{slow.how}では、"
        f"{slow.seconds:.1f} 秒たっても終わりません。Docker のシグナルは誰に届き、誰に届いていないのでしょうか。"
        "そして、何を待っているのでしょうか",
    )


@pytest.mark.timeout(90)
@pytest.mark.needs("test_order")
def test_nothing_is_lost(lunch: Lunch) -> None:
    """Whoever had ordered before or during a stop is served.

    ja: 停止の前や最中に注文した客にも、料理が出される。
    """
    for one in lunch.stops:
        assert one.opened.status == 200, say(
            f"the stand does not open again after {one.how}: {one.opened}",
            f"{one.how}のあと、店が開きません: {one.opened}",
        )
    for one in lunch.stops:
        unheard = [placed.answer for placed in one.early if not placed.ticket]
        assert not unheard, say(
            f"{QUEUE} customers ordered shortly before {one.how}, {len(unheard)} of them got no ticket: {unheard[0]}",
            f"{one.how}の直前に注文した {QUEUE} 人のうち {len(unheard)} 人に、番号札が出ませんでした: {unheard[0]}",
        )
        lost = sum(kept.state != "served" for kept in one.unkept.values())
        assert not lost, say(
            f"{len(one.given)} customers got a ticket before or during the stop for {one.how} (it took "
            f"{one.seconds:.1f} s); {OPEN:.0f} s after the last start {lost} of them are not served. "
            "Where is an order between its ticket and the book?",
            f"{one.how}のための停止（{one.seconds:.1f} 秒）の前と最中に、{len(one.given)} 人が番号札をもらいました。"
            f"最後の起動から {OPEN:.0f} 秒たっても {lost} 人の料理が出てきません。番号札が出てから帳簿に載るまで、"
            "注文はどこにあるのでしょうか",
        )


@pytest.mark.needs("test_nothing_is_lost")
def test_nothing_is_hurried(counter: Any, lunch: Lunch) -> None:
    """A stop takes no dish off the stove before it is cooked.

    ja: 停止のときも、料理は火が通るまで火にかかっている。
    """
    found = [
        (order.dish, one.hurried[order.ticket])
        for one in lunch.stops
        for order in one.given
        if order.ticket in one.hurried
    ]
    dish, had = next(iter(found), ("", 0.0))
    assert not found, say(
        f"{len(found)} dishes that were on the stove when the service was stopped are in the book as served too early: "
        f"{dish} {had:.1f} s after the order, and it needs {counter.seconds.get(dish)} s",
        f"停止のとき火にかかっていた料理のうち {len(found)} 品が、早すぎる時刻に出したことになっています。{dish} には "
        f"{counter.seconds.get(dish)} 秒の火が要りますが、注文の {had:.1f} 秒後でした",
    )


@pytest.mark.needs("test_nothing_is_lost")
def test_book_and_slip_agree(lunch: Lunch) -> None:
    """After a stop the book and the slip say what the customer ordered.

    ja: 停止のあとも、帳簿と伝票の内容は客の注文どおりである。
    """
    orders = {order.ticket: order for one in lunch.stops for order in one.given}
    for ticket, kept in ((ticket, kept) for one in lunch.stops for ticket, kept in one.unkept.items()):
        order = orders[ticket]
        assert (kept.name, kept.dish) == (order.name, order.dish), say(
            f"{order.name} ordered {order.dish} shortly before or during a stop; of ticket {ticket} the stand says "
            f"dish {quoted(kept.dish)}, name {quoted(kept.name)}",
            f"停止の直前か最中に、{order.name} が {order.dish} を注文しました。番号札 {ticket} は、店の答えでは"
            f"料理{quoted(kept.dish)}、名前{quoted(kept.name)}になっています",
        )
        assert kept.slip, say(
            f"{order.name} ordered {order.dish} shortly before or during a stop and was served; for ticket {ticket} "
            "there is no slip that says both: what did the cook work from?",
            f"停止の直前か最中に {order.name} が注文した {order.dish} は出ましたが、番号札 {ticket} には、それを記した"
            "伝票がありません。料理人は何を見て作ったのでしょうか",
        )


@pytest.mark.needs("test_stop_is_quick", "test_nothing_is_lost")
def test_nothing_comes_back(lunch: Lunch) -> None:
    """An order that was served and struck from the book is not there again after the next stop.

    ja: 出し終えて帳簿から消した注文が、次の停止のあとに、また現れることはない。
    """
    assert not lunch.back, say(
        f"{len(lunch.struck)} orders were served and struck from the book; after the next stop and start "
        f"{len(lunch.back)} of them are there again. What does a start begin with?",
        f"注文 {len(lunch.struck)} 件を出し終え、帳簿から消しました。ところが次の停止と起動のあと、そのうち "
        f"{len(lunch.back)} 件がまた現れました。起動したサービスは、何から始めるのでしょうか",
    )


@pytest.mark.needs("test_nothing_is_lost")
def test_tickets_stay_known(lunch: Lunch) -> None:
    """As soon as the stand is open again it knows every ticket that it has given out.

    ja: 店はふたたび開いたときから、渡した番号札をすべて知っている。
    """
    for one in lunch.stops:
        assert not one.unknown, say(
            f"as soon as the stand was open again after {one.how}, it said of {len(one.unknown)} of {len(one.given)} "
            "tickets that there is no such ticket (status 404); they were served later. What does a customer do who "
            "asks then?",
            f"{one.how}のあと、開いたばかりの店は、渡した番号札 {len(one.given)} 枚のうち {len(one.unknown)} 枚を"
            "「そんな番号札はない」（ステータス 404）と答えました。料理はあとで出ましたが、そのとき尋ねた客は、"
            "どうするでしょうか",
        )


@pytest.mark.needs("test_stop_is_quick", "test_nothing_is_lost")
def test_served_stays_served(lunch: Lunch) -> None:
    """An order that was served before a stop is served after it.

    ja: 停止の前に出し終えた注文は、停止のあとも出し終えている。
    """
    for ticket, answer in lunch.standing.items():
        assert says_served(answer.text), say(
            f"ticket {ticket} was served before a restart; as soon as the stand was open again it answered, asked for "
            f"that ticket: {answer}, {quoted(answer.text, 120)}",
            f"番号札 {ticket} の料理は、再起動の前に出ていました。ふたたび開いた店にこの番号札を尋ねると、答えは "
            f"{answer}、{quoted(answer.text, 120)} でした",
        )
