"""One rotation, a second one that is killed half-way and begun again, and a server made anew: what came of each."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import commands
import pytest
from deploy import Anew, made_anew, tried
from house import House, Met, State
from keys import keys_of

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

HALTED = 1.5
"""Seconds that customers are watched while a rotation lies half done."""


class Rotation(NamedTuple):
    """A rotation, and what came of it."""

    code: int
    said: str
    began: float
    """Seconds since 1970."""
    seconds: float
    before: State
    ended: State
    """At the moment at which it had ended."""
    after: State
    met: Met
    commands: str
    """What the processes were called with meanwhile."""
    broken: dict[str, list[str]]
    """Confirmed orders that are lost, or were not packed."""
    jobs: dict[str, str]
    finders: tuple[dict[str, object], ...]
    keys: dict[str, str]
    """The keys of the accounts, as far as files have them, by what the database holds."""


class Second(NamedTuple):
    """A rotation that was killed, and the one after it."""

    after: float
    halted: Met
    half: State
    serves: bool
    """Whether a server serves that is made anew at that moment."""
    log: str
    again: Rotation


@contextmanager
def watched(scene: Scene) -> Iterator[Callable[[], str]]:
    """Have all seen that processes of the server are called with; gives how to read it."""
    program = Path(commands.__file__).read_text(encoding="utf-8")
    watcher = scene.engine.containers.create(
        "kikori/rotate-the-key-street", ["-I", "-c", program, str(scene.inspect("server")["State"]["Pid"])],
        entrypoint=["python3"], user="root", pid_mode="host", network_mode="none", read_only=True, cap_drop=["ALL"],
        cap_add=["SYS_PTRACE"], security_opt=["no-new-privileges"], mem_limit="64m", pids_limit=8, labels=scene.labels,
        healthcheck={"test": ["NONE"]}, name=f"{scene.attempt.project}-watch-{secrets.token_hex(3)}",
    )  # fmt: skip

    def seen() -> str:
        return bytes(watcher.logs()).decode("utf-8", "replace")

    try:
        watcher.start()
        eventually(seen, bool, within=10)
        yield seen
        watcher.reload()
        if watcher.status != "running":
            raise OurFault(f"what watches the command lines has ended: {seen()[-160:]}", "kikori check")
    finally:
        watcher.remove(force=True)


def rotation(house: House) -> Rotation:
    """Rotate while customers ask, and look at all that matters afterwards."""
    scene, before = house.scene, house.state()
    with watched(scene) as seen:
        begin = house.mark()
        began, started = time.time(), time.monotonic()
        code, said = house.rotate()
        seconds = time.monotonic() - started
        ended = house.state()
        commands_seen = seen()
    met = house.met_until_now(begin)
    finders = tuple(house.finders_tried())
    after = house.state()
    return Rotation(
        code, said, began, seconds, before, ended, after, met, commands_seen, house.unpacked(met.orders), house.jobs(),
        finders, keys_of(scene, "server", after.keys),
    )  # fmt: skip


@pytest.fixture(scope="module")
def house(scene: Scene) -> House:
    """The house of this attempt."""
    return House(scene)


@pytest.fixture(scope="module")
def first(house: House) -> Rotation:
    """A rotation from wherever the house stands."""
    house.served(8, within=8)  # what failed before is not counted against it
    return rotation(house)


@pytest.fixture(scope="module")
def second(house: House, first: Rotation) -> Second:
    """Another one, killed at a moment that nobody knows, and one more to the end; others hold the keys before it."""
    for held, key in first.keys.items():
        for user in first.after.users_of({held}):
            house.scene.ask("POST", "street", "/", data=f"{user}\n{key}")
    eventually(house.finders, lambda seen: all(one["session"] for one in seen[1:]), within=5)
    mark = house.mark()
    moment = max(0.05, first.seconds * house.scene.draw("half-way").uniform(0.2, 0.8))
    house.rotate(within=moment)
    half = house.state()
    eventually(lambda: house.met(mark), lambda seen: seen.asked >= 8 * HALTED + 8, within=10)
    halted = house.met_until_now(mark)
    with made_anew(house.scene) as made:
        serves, log = made.serves, made.log
    house.served(8, within=8)
    return Second(moment, halted, half, serves, log, rotation(house))


@pytest.fixture(scope="module")
def bounds(house: House, first: Rotation) -> list[dict[str, Any]]:
    """What each account may do after a rotation, with tables in the house that no learner can know of."""
    draw = house.scene.draw("tables")
    words = draw.sample(("cards", "letters", "loans", "recipes", "suppliers", "secrets", "staff", "taxes"), 2)
    return list(house.ask("bounds", *(f"{word}_{draw.randrange(2027, 2099)}" for word in words)))


@pytest.fixture(scope="module")
def anew(house: House, first: Rotation) -> Anew:
    """A server that was made anew from its image, with its volumes and nothing else."""
    return tried(house)
