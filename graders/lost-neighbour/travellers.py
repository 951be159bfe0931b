"""Travellers of the ferry: what they ask at the page, and what the store has meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually, reasons

reason = reasons(__file__)

NAMES = (
    "Sato", "Suzuki", "Takahashi", "Itō", "Watanabe & Sons", "佐藤", "木村", "清水 総務部", "O'Brien", "Nguyen",
    "Kobayashi Travel, Hakata branch", "林", "Müller", "Yamada Accounting", "山口",
)  # fmt: skip
MOST = 20
"""Seats of one booking."""
PARTY = 12
"""How many travellers a booking names whose name is long."""
NUMBER = re.compile(r"[0-9A-Za-z-]{1,64}")
Booking = dict[str, Any]


def published(scene: Scene) -> list[int]:
    """List the published ports of the page in their order."""
    return sorted(int(name.split("/")[0]) for name in scene.inspect("front")["HostConfig"]["PortBindings"] or {})


def ask(scene: Scene, method: str, path: str, **options: object) -> Answer:
    """Ask at the published port of the page; where several are published, the one that answers counts."""
    answer = Answer(status=0, text=reason("ask"))
    for port in published(scene):
        answer = scene.ask(method, "front", path, port, **options)
        if answer.status:
            break
    return answer


def content(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer; empty where it is none."""
    try:
        found = json.loads(answer.text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def free(scene: Scene) -> object:
    """The free seats that a traveller is told."""
    seen = eventually(lambda: ask(scene, "GET", "/seats"), lambda answer: answer.status == 200, within=3)
    return content(seen).get("free")


def number_of(told: object) -> str:
    """What a traveller was told as a reason says it."""
    return str(told) if type(told) is int else reason("number-of")


def in_store(scene: Scene) -> int:
    """The free seats that the store has."""
    return int(in_the_store(scene, "get", "free"))


def in_the_store(scene: Scene, *words: str) -> str:
    """What the store answers to a command."""
    beside = scene.debug("store", "kikori/lost-neighbour-store")
    return str(beside.check_output("valkey-cli " + " ".join("%s" for _ in words), *words)).strip()


def changes(scene: Scene) -> int:
    """Tell how many changes the store has counted since it began."""
    told = re.search(r"^rdb_changes_since_last_save:(\d+)", in_the_store(scene, "info", "persistence"), re.MULTILINE)
    if told is None:
        raise OurFault("the store does not tell how many changes it has counted")
    return int(told[1])


@contextmanager
def other_seats(scene: Scene, number: int) -> Iterator[list[str]]:
    """Let the store have another number of free seats; puts the old one back, and takes away what was booked.

    A check that is interrupted, or a service that gives nothing back, must not leave a ferry that is sold out.
    """
    before, booked = in_store(scene), list[str]()
    in_the_store(scene, "set", "free", str(number))
    try:
        yield booked
    finally:
        for one in filter(NUMBER.fullmatch, booked):
            in_the_store(scene, "del", f"booking:{one}")
        in_the_store(scene, "set", "free", str(before))


def bookings_of(scene: Scene) -> list[Booking]:
    """Bookings as travellers make them: one seat, several, and as many as can be; one name is a whole party's."""
    chance = scene.draw("bookings")
    names = [*chance.sample(NAMES, 2), ", ".join(chance.sample(NAMES, PARTY))]
    counts = [1, chance.randrange(2, MOST), MOST]
    chance.shuffle(counts)
    return [{"name": name, "count": count} for name, count in zip(names, counts, strict=True)]


def book(scene: Scene, booking: Booking, booked: list[str]) -> Answer:
    """Book as a traveller; the booking's number is written down with the others."""
    answer = ask(scene, "POST", "/seats/bookings", json=booking)
    if number := content(answer).get("id"):
        booked.append(str(number))
    return answer


def give_back(scene: Scene, number: str) -> Answer:
    """Give a booking back as a traveller."""
    return ask(scene, "DELETE", f"/seats/bookings/{number}")


def is_taken(answer: Answer) -> bool:
    """Whether an answer says that it was done."""
    return 200 <= answer.status < 300


def is_refusal(answer: Answer) -> bool:
    """Whether an answer says that the traveller asked for what can't be had."""
    return 400 <= answer.status < 500
