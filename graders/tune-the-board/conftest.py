"""The board as its users meet it: every route looked at, what was written read again, and a short benchmark."""

from __future__ import annotations

import hashlib
import math
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
LASTING = """
import socket, sys, time
from urllib.parse import unquote_to_bytes

words = [word.encode() for word in sys.argv[1:]]
line = socket.create_connection(("127.0.0.1", 11211), 5)
said, kept = line.makefile("rb"), {}
line.sendall(b"lru_crawler metadump all\\r\\n")
for one in said:
    if not one.startswith(b"key="):
        break
    told = dict(part.partition(b"=")[::2] for part in one.split())
    kept[unquote_to_bytes(told[b"key"])] = int(told[b"exp"])
for key in list(kept)[:5000]:
    if not any(word in key for word in words):
        line.sendall(b"get " + key + b"\\r\\n")
        head, value = said.readline().split(), b""
        if head[:1] == [b"VALUE"]:
            value = said.read(int(head[3]) + 2)
            said.readline()
        if not any(word in value for word in words):
            del kept[key]
found = [until for key, until in list(kept.items())[:5000]]
print("never" if any(until < 0 for until in found) else max([0, *(round(until - time.time()) for until in found)]))
"""
"""Says for how many seconds the memcached beside it keeps what has one of some words in its key or its value."""
SETTINGS = {"innodb_flush_log_at_trx_commit": "0", "innodb_doublewrite": "OFF", "innodb_flush_method": "nosync"}
"""Settings of MariaDB, each with the value by which a crash or a power cut takes what was accepted."""
ASK = "mariadb --skip-ssl -h 127.0.0.1 -u board -pboard -N -B board -e %s"


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

    def lasts(self, scene: Scene) -> float:
        """For how many seconds the cache keeps a session of the first run from now on."""
        words = self.first_run.scenario.alive() if self.looked else []
        done = scene.debug("cache").run("python3 -c %s" + " %s" * len(words), LASTING, *words)
        said = str(done.stdout).strip() if words else ""
        return math.inf if said == "never" else float(said) if said.isdigit() else 0.0

    def twins(self, scene: Scene) -> tuple[list[list[str]], str]:
        """What the database keeps of two members who joined in the first run, and their one password."""
        twins = self.first_run.scenario.twins() if self.looked else []
        names = ", ".join(f"'{name}'" for name, _ in twins) or "''"
        statement = f"SELECT * FROM members WHERE name IN ({names})"  # noqa: S608 - names that we drew
        return self.told(scene, statement), twins[0][1] if twins else ""

    def told(self, scene: Scene, statement: str) -> list[list[str]]:
        """What the database tells the application's account; nothing where it lets that in no more."""
        done = scene.debug("database", CLIENT).run(ASK, statement)
        return [line.split("\t") for line in str(done.stdout).splitlines()]

    def given_up(self, scene: Scene) -> list[str]:
        """Settings of the database that give up durability, as it runs."""
        rows = self.told(scene, "SHOW GLOBAL VARIABLES")
        return [f"{one[0]} = {one[1]}" for one in rows if len(one) == 2 and SETTINGS.get(one[0]) == one[1]]

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

    def in_order(self) -> list[str]:
        """Every service, the database first, whose address another could take while it is down, and the front last."""
        ranks = {"database": 0, "app": 2, "front": 3}
        return sorted(self.project.containers(), key=lambda name: ranks.get(name, 1))

    def accepted_before_a_crash(self, scene: Scene) -> list[list[Any]]:
        """Leave a remark, end the database by SIGKILL once it is accepted, and give it."""
        number, _, name = self.looked[1]["remarks"][-1]
        beside = scene.sidecar("database")
        processes = [one.pid for one in beside.processes()]
        last: list[list[Any]] = []

        def visits(scenario: Any) -> list[tuple[str, Any]]:
            return [("last", lambda: scenario.people.left_before(lambda: beside.end(*processes), name, number, last))]

        self.run().checked(visits, fresh=False)
        return last

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
