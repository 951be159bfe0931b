"""Does the stand serve what is ordered?"""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest

from kikori.grading import Answer, Scene, assert_unprivileged, eventually, quoted, say

AT_ONCE = 1.0
"""Seconds within which a ticket is given out at once: the slowest dish takes longer, the printer a tenth of it."""


class Meal(NamedTuple):
    """One dish from the order to the plate."""

    placed: Any
    told: Answer
    """What the stand says of the ticket in the end."""
    kept: Any
    seconds: float


@pytest.fixture(scope="module")
def meals(counter: Any) -> list[Meal]:
    """Each hot dish is ordered, and waited for."""
    with ThreadPoolExecutor(len(counter.seconds)) as people:
        return list(people.map(lambda dish: eat(counter, dish), counter.seconds))


def eat(counter: Any, dish: str) -> Meal:
    """Order a dish, wait for it, and strike it from the book."""
    began = time.monotonic()
    placed = counter.order(dish)
    if not placed.ticket:
        return Meal(placed, placed.answer, None, 0.0)
    eventually(lambda: counter.is_served(placed.ticket), bool)
    took = time.monotonic() - began
    kept = eventually(lambda: counter.kept(placed), lambda seen: seen.slip, within=2)
    told = counter.look(placed.ticket)
    counter.strike([placed])
    return Meal(placed, told, kept, took)


def test_answer(scene: Scene) -> None:
    """A customer in front of the stand is answered.

    ja: 店の前に来た客に、応答が返る。
    """
    answer = eventually(lambda: scene.get("kitchen", "/"), lambda seen: seen.status == 200)
    wanted = (scene.params["stand"], scene.params["dish"])
    assert answer.status == 200, say(
        f"expected status 200 for /, saw {answer}; the container is {scene.state('kitchen')}",
        f"/ には 200 が返るはずですが、{answer} でした。コンテナーは {scene.state('kitchen')} です",
    )
    assert all(word in answer.text for word in wanted), say(
        f"an answer comes, but it is not this stand: {quoted(answer.text)}",
        f"応答はありますが、この店ではありません: {quoted(answer.text)}",
    )


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_answer")
def test_user(scene: Scene) -> None:
    """The service has none of root's rights, and can't change its own programs.

    ja: サービスは root の権限を持たず、自分のプログラムを書き換えられない。
    """
    assert_unprivileged(scene, "kitchen", "/entrypoint.sh", "/srv/kitchen")


@pytest.mark.needs("test_answer")
def test_order(meals: list[Meal]) -> None:
    """An order gets a ticket and a slip, and is served.

    ja: 注文には番号札と伝票が出て、料理が出される。
    """
    for placed, told, kept, _ in meals:
        assert placed.ticket, say(
            f"expected an order to get a ticket, saw {told}: {quoted(told.text)}",
            f"注文には番号札が出るはずですが、{told} でした: {quoted(told.text)}",
        )
        assert (kept.state, kept.name, kept.dish) == ("served", placed.name, placed.dish), say(
            f"{placed.dish} for {placed.name} got ticket {placed.ticket}, but 5 s later the stand does not say that it "
            f"was served to {placed.name}; it says: {quoted(told.text, 120)}",
            f"{placed.name} の {placed.dish} に番号札 {placed.ticket} が出ましたが、5 秒待っても、{placed.name} に"
            f"出したという答えがありません。店の答え: {quoted(told.text, 120)}",
        )
        assert kept.slip, say(
            f"the cook found no slip for ticket {placed.ticket} that says {placed.dish} and {placed.name}",
            f"番号札 {placed.ticket} には、{placed.dish} と {placed.name} を記した伝票がありません",
        )


@pytest.mark.guard
@pytest.mark.needs("test_order")
def test_ticket_at_once(meals: list[Meal]) -> None:
    """The ticket comes at once, and does not wait for the dish.

    ja: 番号札は、料理を待たずにその場で出る。
    """
    last = max((meal.placed for meal in meals), key=lambda placed: placed.waited)
    assert last.waited <= AT_ONCE, say(
        f"{last.name} ordered {last.dish} and stood at the counter for {last.waited:.1f} s until the ticket came: "
        "what did it wait for?",
        f"{last.name} は {last.dish} を注文し、番号札が出るまで {last.waited:.1f} 秒、注文口で待たされました。"
        "番号札は何を待っていたのでしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_order")
def test_dish_takes_its_time(counter: Any, meals: list[Meal]) -> None:
    """A dish is on the stove as long as it needs.

    ja: 料理には、必要なだけ火が通っている。
    """
    for meal in meals:
        dish, needed = meal.placed.dish, counter.seconds[meal.placed.dish]
        assert meal.seconds >= needed * 0.9, say(
            f"{dish} needs {needed} s on the stove and was served after {meal.seconds:.2f} s: who wants it raw?",
            f"{dish} には {needed} 秒の火が要りますが、{meal.seconds:.2f} 秒で出ました。生のままでしょうか",
        )


@pytest.mark.guard
@pytest.mark.needs("test_order")
def test_nothing_is_made_up(scene: Scene, counter: Any) -> None:
    """The stand knows no ticket that nobody was given, and sells nothing that it does not cook.

    ja: 店は、誰にも渡していない番号札を知らず、作らない料理の注文は受けない。
    """
    ticket, dish = f"{counter.chance.randrange(16**6):06x}", counter.chance.choice(("sushi", "curry", "tempura"))
    answer = counter.look(ticket)
    assert 400 <= answer.status < 500, say(
        f"ticket {ticket} was made up and given to nobody, so the stand should know nothing of it (status 404); saw "
        f"{answer}: {quoted(answer.text)}",
        f"番号札 {ticket} はでたらめで、誰にも渡されていません。店は知らないはず（ステータス 404）ですが、"
        f"{answer} でした: {quoted(answer.text)}",
    )
    answer = scene.ask("POST", "kitchen", "/orders", json={"name": "Abe", "dish": dish})
    assert 400 <= answer.status < 500, say(
        f"this stand cooks no {dish}, so an order for it should be turned down (status 422); saw {answer}: "
        f"{quoted(answer.text)}",
        f"この店に {dish} はないので、注文は断られるはず（ステータス 422）ですが、{answer} でした: "
        f"{quoted(answer.text)}",
    )
