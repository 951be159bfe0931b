"""The board as its users meet it: every route looked at, what was written read again, and a short benchmark."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pytest

from kikori.bench.api import QUICK, Result, Run, Score, baseline, target_of
from kikori.grading import Scene, eventually

ALL_BACK = 60
"""Seconds within which every service is well again after a restart."""
WRITABLE = {"app": ("/srv", "/tmp", "/var"), "database": ("/tmp", "/var")}  # noqa: S108 - looked at, not written
"""Where services write, in their own container or in a volume."""


CLIENT = "kikori/board-data"
HELD = 4.0
"""Seconds for which nothing can be written into the table of remarks once it is held."""
HOLD = "mariadb --skip-ssl -h 127.0.0.1 -u board -pboard board -e %s > /dev/null 2>&1 & sleep 1"
LISTED = """
import socket, sys
from urllib.parse import unquote_to_bytes

words = [word.encode() for word in sys.argv[1:]]
line = socket.create_connection(("127.0.0.1", 11211), 5)
said, kept = line.makefile("rb"), []
line.sendall(b"lru_crawler metadump all\\r\\n")
for one in said:
    if not one.startswith(b"key="):
        break
    kept.append(unquote_to_bytes(one.split()[0][4:]))
for key in kept[:5000]:
    line.sendall(b"get " + key + b"\\r\\n")
    head = said.readline().split()
    if head[:1] == [b"VALUE"]:
        kept.append(said.read(int(head[3]) + 2))
        said.readline()
print(any(word in one for word in words for one in kept))
"""
"""Says whether one of some words stands in a key or a value of the memcached beside it."""


class Board:
    """What the checks ask for; each part is done once."""

    def __init__(self, scene: Scene) -> None:
        self.target = target_of(scene)
        self.project = self.target.project

    def run(self) -> Run:
        """A run with a mix of its own."""
        return Run(self.target, secrets.randbelow(2**31))

    @cached_property
    def first_run(self) -> Run:
        """The run that looks at every route."""
        return self.run()

    @cached_property
    def looked(self) -> tuple[Score, Any]:
        """Every route, once; and what that wrote."""
        return self.first_run.checked(lambda scenario: scenario.checks())

    def tells_passwords(self, scene: Scene) -> bool:
        """Say whether the cache holds a password of the first run."""
        words = self.first_run.scenario.secrets() if self.looked else []
        done = scene.debug("cache").run("python3 -c %s" + " %s" * len(words), LISTED, *words)
        return str(done.stdout).strip() == "True"

    @cached_property
    def measured(self) -> Result:
        """A short run under load."""
        return self.run().whole(QUICK)

    @cached_property
    def untouched(self) -> float:
        """Points a second of the untouched service on this machine."""
        return baseline(self.target.lab)

    def unwell(self) -> list[str]:
        """Name the services that are not well, after time enough to start."""
        final = ("healthy", "running")  # the second is told only of what has no healthcheck
        seen = eventually(self.project.states, lambda all_: all(one.state in final for one in all_), within=ALL_BACK)
        return [f"{one.name} ({one.state})" for one in seen if one.state != "healthy"]

    def bound_to_a_container(self, scene: Scene) -> list[str]:
        """Find files that hold what was written and no volume has."""
        found: list[str] = []
        for word in _words_of(self.looked[1]):
            lasting: list[str] = []
            bound: list[str] = []
            for service, places in WRITABLE.items():
                volumes = tuple(f"{one['Destination']}/" for one in scene.inspect(service)["Mounts"])
                for path in scene.sidecar(service).holding([word], *places):
                    (lasting if path.startswith(volumes) else bound).append(f"{path} ({service})")
            found += bound if not lasting else []
        return found

    def accepted_early(self, scene: Scene) -> list[list[Any]]:
        """Leave a remark while none can be written; give it if accepted."""
        number, _, name = self.looked[1]["remarks"][-1]
        client = scene.debug("database", CLIENT)
        early: list[list[Any]] = []

        def hold() -> float:
            client.run(HOLD, f"LOCK TABLES remarks READ; SELECT SLEEP({HELD + 1:g})")
            return HELD

        def visits(scenario: Any) -> list[tuple[str, Any]]:
            return [("held", lambda: scenario.people.left_while(hold, name, number, early))]

        self.run().checked(visits, fresh=False)
        return early

    def read_again(self, kept: dict[str, Any]) -> Score:
        """Read once more what was written."""
        return self.run().checked(lambda scenario: scenario.read_again(kept), fresh=False)[0]


def _words_of(kept: dict[str, Any]) -> list[str]:
    """Words that stand in the last picture's file (bench/paint.py) and in the last remark, and nowhere else."""
    files = [hashlib.sha256(caption.encode()).hexdigest()[:24] for _, _, _, caption, _ in kept["pictures"][-1:]]
    return files + [word for _, words, _ in kept["remarks"][-1:] for word in re.findall("<([0-9a-f]{8})>", words)]


@pytest.fixture(scope="module")
def board(scene: Scene) -> Iterator[Board]:
    """The board."""
    return Board(scene)
