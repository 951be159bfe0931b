"""Customers and what they order, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import yaml
from copies import Deployment, deployed

from kikori.grading import Answer, Scene, quoted, reasons, say

reason = reasons(__file__)

CUSTOMERS = (
    "Sato", "Suzuki", "Takahashi", "Tanaka", "Itō", "Watanabe", "Yamamoto", "Nakamura", "Kobayashi", "Kato", "Yoshida",
    "Yamada Accounting", "Sasaki", "Matsumoto & Sons", "Inoue", "佐藤", "木村", "林", "清水 総務部", "山口",
    "O'Brien", "Nguyen",
)  # fmt: skip
DISHES = (
    "salmon",
    "mackerel",
    "chicken",
    "tofu",
    "vegetables",
    "pork cutlet",
    "tempura",
    "から揚げ",
    "のり弁",
    "curry",
)
Order = dict[str, object]


def ask(scene: Scene, method: str, path: str, order: dict[str, object] | None = None) -> Answer:
    """Ask at the published port; where several are published, the one that answers counts."""
    published = scene.container("orders").attrs["HostConfig"]["PortBindings"] or {}
    ports = sorted(int(name.split("/")[0]) for name in published)
    if not ports:
        state = scene.state("orders")
        return Answer(status=0, text=say(f"no port is published; it is {state}", f"公開されたポートがない。{state}"))
    for port in ports:
        answer = scene.ask(method, "orders", path, port, json=order)
        if answer.status:
            break
    return answer


def content(answer: Answer) -> Order:
    """The JSON object of an answer; empty where it is none."""
    try:
        found = json.loads(answer.text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def orders_of(scene: Scene, what: str) -> list[Order]:
    """Orders as customers place them, the largest that the kitchen takes among them."""
    chance, limit = scene.draw(what), int(scene.params["limit"])
    counts = (limit, 1, chance.randrange(2, limit))
    rows = zip(chance.sample(CUSTOMERS, 3), chance.sample(DISHES, 3), counts, strict=True)
    return [{"name": name, "dish": dish, "count": count} for name, dish, count in rows]


def placed(scene: Scene, what: str) -> dict[str, Order]:
    """Place several orders, one after the other; gives those that were taken, by number."""
    taken = dict[str, Order]()
    try:
        for order in orders_of(scene, what):
            answer = ask(scene, "POST", "/orders", order)
            number = content(answer).get("id")
            assert number, reason(
                "placed",
                count=order["count"],
                dish=order["dish"],
                called=order["name"],
                answer=answer,
                text=quoted(answer.text),
            )
            taken[str(number)] = order
    except BaseException:
        cancelled(scene, taken)
        raise
    return taken


def cancelled(scene: Scene, taken: Mapping[str, Order]) -> None:
    """Cancel orders: a grader orders no lunch."""
    for number in taken:
        ask(scene, "DELETE", f"/orders/{number}")


def uncancelled(scene: Scene, taken: Mapping[str, Order]) -> list[str]:
    """Cancel orders; gives the numbers of those that are told as before all the same."""
    before = {number: content(ask(scene, "GET", f"/orders/{number}")) for number in taken}
    cancelled(scene, taken)
    after = {number: content(ask(scene, "GET", f"/orders/{number}")) for number in taken}
    return [number for number in taken if before[number] and after[number] == before[number]]


def lost(scene: Scene, taken: Mapping[str, Order]) -> dict[str, Answer]:
    """Those orders that do not come back as they were given, and what came instead."""
    answers = {number: ask(scene, "GET", f"/orders/{number}") for number in taken}
    return {number: seen for number, seen in answers.items() if not taken[number].items() <= content(seen).items()}


def laid_over(scene: Scene, platforms: Mapping[str, str]) -> dict[str, str]:
    """What a container is given when the platform says this, and the learner's compose file is laid over it."""
    try:
        found = yaml.safe_load(scene.text("compose.yaml"))["services"]["orders"]["environment"]
    except (yaml.YAMLError, KeyError, TypeError):
        return dict(platforms)
    pairs = [str(line).partition("=")[::2] for line in found] if isinstance(found, list) else dict(found or {}).items()
    # What is filled in from the platform's own values is as it says.
    own = {name: str(value) for name, value in pairs if name in platforms and value and "$" not in str(value)}
    return {**platforms, **own}


def another(scene: Scene) -> tuple[str, str, dict[str, str]]:
    """The name and the limit of another shop, and what the platform and the learner's file give its container."""
    chance = scene.draw("another deployment")
    place, limit = chance.choice(("Ekimae", "Honten", "Minami")), str(chance.randrange(101, 900))
    shop = f"{chance.choice('ABKMNRST')}{chance.randrange(16**6):06x} {place}"
    return shop, limit, laid_over(scene, {"SHOP_NAME": shop, "ORDER_LIMIT": limit})


def elsewhere(scene: Scene) -> tuple[str, str, Deployment]:
    """The image and the learner's compose file deployed for another shop; gives its name and limit beside that."""
    shop, limit, given = another(scene)
    return shop, limit, deployed(scene, **given)
