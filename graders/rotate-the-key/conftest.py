"""One rotation, a second one that is killed half-way and begun again, and a server made anew: what came of each."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import commands
import halting
import pytest
import watching
import words
from deploy import Anew, made_anew, tried
from house import House, Met, State
from keys import keys_of
from needs import suits

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

if TYPE_CHECKING:
    from docker.models.containers import Container

HALTED = 1.5
"""Seconds that customers are watched while a rotation lies half done."""


KILLED = 137
HALF_WAY = (0.2, 0.8)
"""Between which shares of a rotation's time it is killed, where no moment tells more than others."""


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
    seen: watching.Seen
    """Of the server meanwhile, and while the jobs ran."""
    broken: dict[str, list[str]]
    """Confirmed orders that are lost, or were not packed, or late."""
    jobs: dict[str, str]
    finders: tuple[dict[str, object], ...]
    keys: dict[str, str]
    """The keys of the accounts, as far as files have them, by what the database holds."""


class Second(NamedTuple):
    """A rotation that was killed, and the one after it."""

    after: float
    in_the_gap: bool
    """Whether it was killed where the shop's key was changed, and what was written there opened nothing."""
    halted: Met
    unpacked: int
    """Orders of that time that were confirmed and not packed, though nobody began anew what was there."""
    half: State
    locked_out: str
    """What the auditor was told who could not look at the half-done state."""
    serves: bool
    """Whether a server serves that is made anew at that moment."""
    log: str
    again: Rotation


@contextmanager
def beside(scene: Scene, program: str, told: str = "", **how: Any) -> Iterator[Container]:
    """Have a program of ours run beside the server, in the host's process namespace."""
    runs = scene.engine.containers.create(
        "kikori/rotate-the-key-street", ["-I", "-c", program, str(scene.inspect("server")["State"]["Pid"]), told],
        entrypoint=["python3"], user="root", pid_mode="host", read_only=True, cap_drop=["ALL"],
        security_opt=["no-new-privileges"], mem_limit="64m", pids_limit=8, labels=scene.labels,
        healthcheck={"test": ["NONE"]}, name=f"{scene.attempt.project}-watch-{secrets.token_hex(3)}", **how,
    )  # fmt: skip
    try:
        runs.start()
        eventually(lambda: said(runs), bool, within=10)
        yield runs
    finally:
        runs.remove(force=True)


def said(container: Container) -> str:
    """All that a container has printed."""
    return bytes(container.logs()).decode("utf-8", "replace")


def source(module: ModuleType) -> str:
    """A module as it was written."""
    return Path(str(module.__file__)).read_text(encoding="utf-8")


@contextmanager
def watched(scene: Scene) -> Iterator[Callable[[], watching.Seen]]:
    """Have the server watched without a pause; gives how to read what was seen."""
    volumes = [one["Destination"] for one in scene.inspect("server")["Mounts"] if one["Type"] == "volume"]
    with beside(
        scene, source(commands), json.dumps([*volumes, *watching.PASSING]),
        network_mode="none", cap_add=["DAC_READ_SEARCH", "SYS_PTRACE"],
    ) as watcher:  # fmt: skip
        yield lambda: watching.seen(said(watcher))
        watcher.reload()
        if watcher.status != "running":
            raise OurFault(f"what watches the server has ended: {said(watcher)[-160:]}", "kikori check")


def halted(house: House, moment: float, latest: float, held: set[str]) -> tuple[float, bool]:
    """Rotate, and have that killed where it tells most; gives after how long, and whether that was in the gap."""
    scene = house.scene
    seen = scene.inspect("server")
    volumes = [one for one in seen["Mounts"] if one["Type"] == "volume"]
    told = {
        "moment": moment,
        "held": sorted(held),
        "places": [one["Destination"] for one in volumes],
        "words": source(words),
    }
    with beside(
        scene, source(halting), json.dumps(told), network=next(iter(seen["NetworkSettings"]["Networks"])),
        volumes=[f"{one['Name']}:{one['Destination']}:ro" for one in volumes],
        cap_add=["DAC_READ_SEARCH", "KILL", "SYS_PTRACE"],
    ) as halter:  # fmt: skip
        started = time.monotonic()
        code, _ = house.rotate(within=latest)
        seconds = time.monotonic() - started
        if code == KILLED:
            eventually(lambda: said(halter).split()[1:], bool, within=1)
        why = said(halter)
        if "Traceback" in why:
            raise OurFault(f"what kills a rotation half-way has ended: {why[-160:]}", "kikori check")
        return seconds, "gap" in why.split()


def rotation(house: House) -> Rotation:
    """Rotate while customers ask, and look at all that matters afterwards."""
    scene, before = house.scene, house.state()
    with watched(scene) as seen:
        begin = house.mark()
        began, started = time.time(), time.monotonic()
        code, said = house.rotate()
        seconds = time.monotonic() - started
        ended = house.state()
        met = house.met_until_now(begin)
        finders = tuple(house.finders_tried())
        after = house.state()
        broken, jobs = house.unpacked(met.orders), house.jobs()
        was_seen = seen()
    keys = keys_of(scene, "server", after.keys, (text for _, text in was_seen.environments))
    return Rotation(code, said, began, seconds, before, ended, after, met, was_seen, broken, jobs, finders, keys)


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
def second(house: House, first: Rotation, bounds: list[dict[str, Any]]) -> Second:
    """Another one, killed where it tells most, and one more to the end; others hold the keys before it."""
    for held, key in first.keys.items():
        for user in first.after.users_of({held}):
            house.scene.ask("POST", "street", "/", data=f"{user}\n{key}")
    eventually(house.finders, lambda seen: all(one["session"] for one in seen[1:]), within=5)
    mark = house.mark()
    moment = max(0.05, first.seconds * house.scene.draw("half-way").uniform(*HALF_WAY))
    shops = {held for one in bounds if "shop" in suits(one) for held in one["keys"]} & first.keys.keys()
    after, in_the_gap = halted(house, moment, max(moment, first.seconds * HALF_WAY[1]), shops or {*first.keys})
    house.problem = ""
    half = house.state()
    locked_out = house.problem
    eventually(lambda: house.met(mark), lambda seen: seen.asked >= 8 * HALTED + 8, within=10)
    met = house.met_until_now(mark)
    unpacked = len(house.unpacked(met.orders)["unpacked"])  # a server that is made anew has a packer of its own
    with made_anew(house.scene) as made:
        serves, log = made.serves, made.log
    house.served(8, within=8)
    return Second(after, in_the_gap, met, unpacked, half, locked_out, serves, log, rotation(house))


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
