"""Replicas, as the next release makes a container: with the service's image, and nothing else."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kikori.grading import Replica, Scene, replica

_seen = dict[tuple[object, ...], "Deployment"]()
VOLUME = "/var/lib/orders"
"""Where the platform's volume is."""
PROGRAM = re.compile(rb"\A(#!|\x7fELF|PK\x03\x04)|^(import [\w., ]+|from [\w.]+ import .+)\r?$", re.MULTILINE)
"""How a file begins that a kernel or an interpreter runs, or a line that only a Python program has."""
LARGEST = 2**20


def is_program(content: bytes | None) -> bool:
    """Whether a kernel or an interpreter would run it, whatever it is called."""
    return bool(PROGRAM.search(content or b""))


def programs(beside: Replica, bait: str) -> list[str]:
    """The programs that lie in the volume of a container, but for those that have a word of ours in them."""
    found = {one.path: beside.read(one.path, LARGEST) for one in beside.files(VOLUME) if one.kind == "file"}
    return [path for path, text in found.items() if bait not in text and is_program(text.encode())]


@dataclass(frozen=True)
class Deployment:
    """What became of the image in a new container, for another shop."""

    told: str
    has_ended: bool
    code: int
    last: str
    runs_from_its_volume: bool
    """Whether a module was run that somebody had put where the service may write, in the place of the library's own."""
    programs: list[str]
    """Those that it put into its volume when it started."""


def deployed(scene: Scene, **environment: str) -> Deployment:
    """Start the image for another shop, with modules in its volume that nobody should run, and without where one was.

    Those end their program at once, and say a word that nobody else knows. What is seen is kept for the next check of
    the same container: each start costs a second or two.
    """
    key = (scene.inspect("orders")["Id"], *sorted(environment.items()))
    if key not in _seen:
        word = secrets.token_hex(8)
        bait = f'import os\nos.write(2, b"{word}\\n")\nos._exit(1)\n'
        released = {PurePosixPath(one.path).name for one in scene.files("orders", "/srv") if one.path.endswith(".py")}
        texts = {f"{VOLUME}/{name}": bait for name in {"json.py", "http.py", *released}}
        with replica(scene, "orders", environment=environment, texts=texts, owner=scene.uid("orders")) as beside:
            found = _looked_at(beside, word)
        if not found.told:  # whose fault that is, a start without them tells
            with replica(scene, "orders", environment=environment) as beside:
                found = replace(_looked_at(beside, word), runs_from_its_volume=found.runs_from_its_volume)
        _seen[key] = found
    return _seen[key]


def _looked_at(beside: Replica, word: str) -> Deployment:
    told, ended, said = beside.get("/", within=10), beside.has_ended, beside.log()
    last = (said.splitlines() or [""])[-1]
    return Deployment(told, ended, beside.exit_code, last, word in said, programs(beside, word))
