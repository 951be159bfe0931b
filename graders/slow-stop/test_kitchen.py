"""Does the stand serve what is ordered?"""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest

from kikori.grading import Answer, Scene, assert_unprivileged, eventually, family, quoted, reasons

reason = reasons(__file__)

SCRIPTS = (".py", ".sh")
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


@pytest.mark.users
def test_answer(scene: Scene) -> None:
    """A customer in front of the stand is answered.

    ja: 店の前に来た客に、応答が返る。
    """
    answer = eventually(lambda: scene.get("kitchen", "/"), lambda seen: seen.status == 200)
    wanted = (scene.params["stand"], scene.params["dish"])
    assert answer.status == 200, reason("answer", answer=answer, state=scene.state("kitchen"))
    assert all(word in answer.text for word in wanted), reason("answer-2", text=quoted(answer.text))


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_answer")
def test_user(scene: Scene) -> None:
    """The service has none of root's rights, and can't change its own programs.

    ja: サービスは root の権限を持たず、自分のプログラムを書き換えられない。
    """
    assert_unprivileged(scene, "kitchen", "/entrypoint.sh", "/srv/kitchen", *run(scene))


def run(scene: Scene) -> list[str]:
    """Give the programs that processes and the image's command name, wherever a release has put them."""
    seen, beside = scene.inspect("kitchen"), scene.sidecar("kitchen")
    commands = [one.command.split() for one in family(beside.processes(), int(seen["State"]["Pid"]))]
    commands += [seen["Config"].get("Entrypoint") or [], seen["Config"].get("Cmd") or []]
    words = {word for words in commands for word in [one for one in words if one.startswith("/")][:2]}
    volumes = tuple(f"{one['Destination']}/" for one in seen["Mounts"])
    return [
        file.path
        for file in beside.at(*sorted(words))
        if file.kind == "file"
        and (file.mode & 0o111 or file.path.endswith(SCRIPTS) or not file.path.startswith(volumes))
    ]


@pytest.mark.users
@pytest.mark.needs("test_answer")
def test_order(meals: list[Meal]) -> None:
    """An order gets a ticket and a slip, and is served.

    ja: 注文には番号札と伝票が出て、料理が出される。
    """
    for placed, told, kept, _ in meals:
        assert placed.ticket, reason("order", told=told, text=quoted(told.text))
        assert (kept.state, kept.name, kept.dish) == ("served", placed.name, placed.dish), reason(
            "order-2", dish=placed.dish, called=placed.name, ticket=placed.ticket, text=quoted(told.text, 120)
        )
        assert kept.slip, reason("order-3", ticket=placed.ticket, dish=placed.dish, called=placed.name)


@pytest.mark.users
@pytest.mark.guard
@pytest.mark.needs("test_order")
def test_ticket_at_once(meals: list[Meal]) -> None:
    """The ticket comes at once, and does not wait for the dish.

    ja: 番号札は、料理を待たずにその場で出る。
    """
    last = max((meal.placed for meal in meals), key=lambda placed: placed.waited)
    assert last.waited <= AT_ONCE, reason("ticket-at-once", called=last.name, dish=last.dish, waited=last.waited)


@pytest.mark.users
@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_order")
def test_dish_takes_its_time(counter: Any, meals: list[Meal]) -> None:
    """A dish is on the stove as long as it needs.

    ja: 料理には、必要なだけ火が通っている。
    """
    for meal in meals:
        dish, needed = meal.placed.dish, counter.seconds[meal.placed.dish]
        assert meal.seconds >= needed * 0.9, reason(
            "dish-takes-its-time", dish=dish, needed=needed, seconds=meal.seconds
        )


@pytest.mark.users
@pytest.mark.guard
@pytest.mark.needs("test_order")
def test_nothing_is_made_up(scene: Scene, counter: Any) -> None:
    """The stand knows no ticket that nobody was given, and sells nothing that it does not cook.

    ja: 店は、誰にも渡していない番号札を知らず、作らない料理の注文は受けない。
    """
    ticket, dish = counter.guess(), counter.chance.choice(("sushi", "curry", "tempura"))
    answer = counter.look(ticket)
    assert 400 <= answer.status < 500, reason(
        "nothing-is-made-up", ticket=ticket, answer=answer, text=quoted(answer.text)
    )
    answer = scene.ask("POST", "kitchen", "/orders", json={"name": "Abe", "dish": dish})
    assert 400 <= answer.status < 500, reason(
        "nothing-is-made-up-2", dish=dish, answer=answer, text=quoted(answer.text)
    )
