"""Does the stand serve what is ordered?"""

import time
from typing import Any, NamedTuple

import pytest

from kikori.grading import Answer, Scene, assert_unprivileged, eventually, say


class Meal(NamedTuple):
    """One dish from the order to the plate."""

    placed: Any
    told: Answer
    """What the stand says of the ticket in the end."""
    kept: Any
    seconds: float


@pytest.fixture(scope="module")
def meal(scene: Scene, counter: Any) -> Meal:
    """A dish is ordered, and waited for."""
    began = time.monotonic()
    placed = counter.order(counter.dish)
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
        f'an answer comes, but it is not this stand: "{answer.text[:80].strip()}"',
        f"応答はありますが、この店ではありません: 「{answer.text[:80].strip()}」",
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
def test_order(meal: Meal) -> None:
    """An order gets a ticket and a slip, and is served.

    ja: 注文には番号札と伝票が出て、料理が出される。
    """
    placed, told, kept, _ = meal
    assert placed.ticket, say(
        f'expected an order to get a ticket, saw {told}: "{told.text[:80].strip()}"',
        f"注文には番号札が出るはずですが、{told} でした: 「{told.text[:80].strip()}」",
    )
    assert (kept.state, kept.name, kept.dish) == ("served", placed.name, placed.dish), say(
        f"{placed.dish} for {placed.name} got ticket {placed.ticket}, but within 5 s the stand did not say that it was "
        f"served; it says: {told.text[:120].strip()}",
        f"{placed.name} の {placed.dish} に番号札 {placed.ticket} が出ましたが、5 秒待っても、出したという答えが"
        f"ありません。店の答え: {told.text[:120].strip()}",
    )
    assert kept.slip, say(
        f"the cook found no slip for ticket {placed.ticket} that says {placed.dish} and {placed.name}",
        f"番号札 {placed.ticket} には、{placed.dish} と {placed.name} を記した伝票がありません",
    )


@pytest.mark.guard
@pytest.mark.needs("test_order")
def test_dish_takes_its_time(counter: Any, meal: Meal) -> None:
    """A dish is on the stove as long as it needs.

    ja: 料理には、必要なだけ火が通っている。
    """
    needed = counter.seconds[counter.dish]
    assert meal.seconds >= needed * 0.9, say(
        f"{counter.dish} needs {needed} s on the stove and was served after {meal.seconds:.2f} s: who wants it raw?",
        f"{counter.dish} には {needed} 秒の火が要りますが、{meal.seconds:.2f} 秒で出ました。生のままでしょうか",
    )
