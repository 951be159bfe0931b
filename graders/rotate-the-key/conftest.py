"""One rotation, a second one that is killed half-way and begun again, and a server made anew: what came of each."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import pytest
from house import House, Met, State, wrong_jobs
from keys import keys_of

from kikori.errors import KikoriError
from kikori.grading import Scene, eventually

EVERY = 0.12
"""Seconds between two looks at what runs."""
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
    after: State
    met: Met
    commands: frozenset[str]
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
    again: Rotation


@contextmanager
def watched(scene: Scene) -> Iterator[set[str]]:
    """What processes of the server are called with, seen again and again."""
    seen: set[str] = set()
    beside = scene.sidecar("server")
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            with suppress(KikoriError, ValueError, OSError):
                seen.update(one.command for one in beside.processes())
            over.wait(EVERY)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join(10)


def rotation(house: House, mark: int | None = None) -> Rotation:
    """Rotate while customers ask, and look at all that matters afterwards."""
    scene, before = house.scene, house.state()
    begin = house.mark() if mark is None else mark
    with watched(scene) as commands:
        began, started = time.time(), time.monotonic()
        code, said = house.rotate()
        seconds = time.monotonic() - started
    met = house.met_until_now(begin)
    finders = tuple(house.finders_tried())
    after = house.state()
    return Rotation(
        code, said, began, seconds, before, after, met, frozenset(commands), house.unpacked(met.orders), house.jobs(),
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
    return Second(moment, halted, half, rotation(house, mark))


class Anew(NamedTuple):
    """A server as the next deploy makes it, beside the one that runs."""

    answers: bool
    jobs: dict[str, str]
    log: str


@pytest.fixture(scope="module")
def anew(house: House, first: Rotation) -> Iterator[Anew]:
    """The server made anew from its image, with its volumes and nothing else."""
    scene, seen = house.scene, house.scene.inspect("server")
    host = seen["HostConfig"]
    network = next(iter(seen["NetworkSettings"]["Networks"]))
    volumes = [f"{one['Name']}:{one['Destination']}" for one in seen["Mounts"] if one["Type"] == "volume"]
    container = scene.engine.containers.create(
        seen["Image"], network=network, volumes=volumes, cap_drop=["ALL"], cap_add=host["CapAdd"] or [],
        security_opt=host["SecurityOpt"] or [], mem_limit=host["Memory"], pids_limit=host["PidsLimit"],
        nano_cpus=host["NanoCpus"], labels=scene.labels, healthcheck={"test": ["NONE"]},
        name=f"{scene.attempt.project}-anew-{secrets.token_hex(3)}",
    )  # fmt: skip
    try:
        container.start()
        container.reload()
        address = container.attrs["NetworkSettings"]["Networks"][network]["IPAddress"]
        street = scene.host("street")
        answers = eventually(
            lambda: street.run(f"curl -fsS -m 3 -o /dev/null http://{address}:8080/").rc == 0,
            bool,
            within=20,
            every=0.3,
        )

        def run(user: str, command: str) -> str:
            done = container.exec_run(["timeout", "20", *command.split()], user=user)
            return str(done.output.decode("utf-8", "replace")).strip().rpartition("\n")[2] if done.exit_code else ""

        yield Anew(answers, wrong_jobs(house, run), bytes(container.logs(tail=5)).decode("utf-8", "replace").strip())
    finally:
        container.remove(force=True)
