"""Replicas, as the next release makes a container: with the service's image, and nothing else."""

from __future__ import annotations

import json
import re
import secrets
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from planting import VOLUME, laid, new_word

from kikori.grading import Replica, Scene, replica

_seen = dict[tuple[object, ...], "Deployment"]()
ORDER: dict[str, object] = {"name": "Sato", "dish": "salmon", "count": 1}
PROGRAM = re.compile(rb"\A(#!|\x7fELF|PK\x03\x04)|^(import [\w., ]+|from [\w.]+ import .+)\r?$", re.MULTILINE)
"""How a file begins that a kernel or an interpreter runs, or a line that only a Python program has."""
LARGEST = 2**20


def is_program(content: bytes | None) -> bool:
    """Whether a kernel or an interpreter would run it, whatever it is called."""
    return bool(PROGRAM.search(content or b""))


def programs(beside: Replica, bait: str) -> list[str]:
    """The programs that a container put into its volume; what is root's there is ours, or has a word of ours in it."""
    found = {
        one.path: beside.read(one.path, LARGEST)
        for one in beside.files(VOLUME)
        if one.kind == "file" and one.owner != 0
    }
    return [path for path, text in found.items() if bait not in text and is_program(text.encode())]


@dataclass(frozen=True)
class Deployment:
    """What became of the image in a new container, for another shop."""

    told: str
    has_ended: bool
    code: int
    last: str
    runs_from_its_volume: bool
    """Whether a program was run that somebody had put where the service may write."""
    programs: list[str]
    """Those that it put into its volume when it started."""
    took: str = ""
    """What it answered to an order on its fresh volume."""


def deployed(scene: Scene, **environment: str) -> Deployment:
    """Start the image for another shop, and programs that it should not run; and without those where it did.

    Those end their program at once, and say a word that nobody else knows. What is seen is kept for the next check of
    the same container: each start costs a second or two.
    """
    key = (scene.inspect("orders")["Id"], *sorted(environment.items()))
    if key not in _seen:
        word, name = new_word(), f"{scene.stack}-shop-{secrets.token_hex(3)}"
        released = {PurePosixPath(one.path).name for one in scene.files("orders", "/srv") if one.path.endswith(".py")}
        with replica(scene, "orders", environment=environment, name=name, started=False) as beside:
            laid(scene, name, word, released)
            beside.start()
            found = _looked_at(beside, word)
        if not found.told or not found.took:  # whose fault that is, a start without them tells
            with replica(scene, "orders", environment=environment) as beside:
                found = replace(_looked_at(beside, word), runs_from_its_volume=found.runs_from_its_volume)
        _seen[key] = found
    return _seen[key]


def _looked_at(beside: Replica, word: str) -> Deployment:
    told, ended, said = beside.get("/", within=10), beside.has_ended, beside.log()
    last = (said.splitlines() or [""])[-1]
    took = post(beside, [ORDER])[0] if told else ""
    return Deployment(told, ended, beside.exit_code, last, word in said, programs(beside, word), took)


def post(beside: Replica, orders: Sequence[dict[str, object]]) -> list[str]:
    """Place orders in a replica, one after the other; gives the number of each, empty where it was not taken."""
    url, between = beside.base_url(), secrets.token_hex(8)
    told = f"-s -m 5 -w {between} --json {{}} {url}/orders"
    asking = "curl " + " --next ".join(told.format(shlex.quote(json.dumps(order))) for order in orders)
    answers = str(beside.host.run(asking).stdout).split(between)[: len(orders)] if url else []
    found = [re.search(r'"id": *"?([\w-]+)', answer) for answer in answers]
    return [one[1] if one else "" for one in found] or [""] * len(orders)
