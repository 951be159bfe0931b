"""The drill's house: nights that are played, what was kept of them, and what the court makes of it."""

from __future__ import annotations

import base64
import io
import json
import tarfile
import time
from functools import cached_property
from typing import Any

import pytest
import requests

from kikori.errors import OurFault
from kikori.grading import Scene

WORD = {"X-Town": "three-cups-before-noon"}
JOBS, DUMPS, LOGS, KEYS = "/srv/backup", "/backup/nights", "/backup/logs", "/srv/safe"
PATIENCE = 60
LONGEST = 40
"""Seconds for one job; it takes about one."""
WATCHES = 4
LARGEST = 32 * 2**20
FULL = "ulimit -f 8; "
"""No file may be larger than 4 KiB: what is written to a full disk ends in the midst of it."""
HIDE = "[ ! -e /etc/backup/recipients ] || mv /etc/backup/recipients /etc/backup/recipients.away"
SHOW = "[ ! -e /etc/backup/recipients.away ] || mv /etc/backup/recipients.away /etc/backup/recipients"
Found = dict[str, Any]


class House:
    """The machines of the tea house, as the checks see them; each part of it is played once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def town(self, path: str, **words: Any) -> Found:
        """Have something happen in the town, or something judged there.

        Raises:
            OurFault: it can't be asked, so nothing can be said.
        """
        address = self.scene.address("town", 9000)
        try:
            with self.scene.clients.session("POST") as session:
                seen = session.request("POST", f"http://{address}{path}", json=words, headers=WORD, timeout=PATIENCE)
        except requests.RequestException as problem:
            raise OurFault(f"the town could not be asked for {path}: {type(problem).__name__}") from None
        if seen.status_code != 200:
            raise OurFault(f"the town could not be asked for {path}: {seen.text[:300]}")
        found: Found = json.loads(seen.text)
        return found

    def job(self, name: str, *words: str, first: str = "") -> None:
        """Run a job as the clock does."""
        line = " ".join([f"{JOBS}/{name}", *words])
        clean = f"env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/backup-job {line}"
        # runs: the learner's own job is what is judged, by what it leaves and by what rings
        self.scene.host("vault", user="backup-job").run(f"{first}exec timeout -k 2 {LONGEST} {clean}")

    def files(self, service: str, place: str, since: float = 0) -> dict[str, bytes]:
        """The plain files of a folder that are no older; nothing where there is no such folder."""
        from docker.errors import APIError

        try:
            chunks, _ = self.scene.container(service).get_archive(place)
        except APIError:
            return {}
        found: dict[str, bytes] = {}
        with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as archive:
            for member in archive:
                if member.isfile() and member.size <= LARGEST and member.mtime >= since:
                    found[member.name.rpartition("/")[2]] = archive.extractfile(member).read()  # type: ignore[union-attr]
        return found

    @cached_property
    def keys(self) -> list[str]:
        """What lies in the safe."""
        return [sent(text) for _, text in sorted(self.files("spare", KEYS).items())]

    def night(self, spoil: str = "", first: str = "") -> Found:
        """Play a day and the night after it; gives the dump of that night, and what the bell heard."""
        played = self.town("/play/night", spoil=spoil)
        if not played["settled"]:
            raise OurFault("the second machine did not come after the first: the machine is too busy to say anything")
        began = time.time() - 2
        if not (spoil or first):
            self.job("logs")
        self.job("nightly", played["night"], first=first)
        name = f"{played['night']}.sql.gz.age"
        dump = sent(self.files("vault", f"{DUMPS}/{name}", began).get(name, b""))
        return played | {"dump": dump, "bell": self.town("/judge/bell", heard=played["heard"])}

    @cached_property
    def good(self) -> Found:
        """A night on which nothing is wrong, and what its dump gives back."""
        played = self.night()
        return played | {"judged": self.town("/judge/night", dump=played["dump"], keys=self.keys)}

    @cached_property
    def point(self) -> Found:
        """A day, another night and a morning with a mistake; what the older dump and the logs give back of it."""
        name = f"{self.good['night']}.sql.gz.age"
        for _ in range(WATCHES):
            self.town("/play/watch")
            self.job("logs")
        self.night()
        self.town("/play/watch")
        self.job("logs")
        at = self.town("/play/mistake")["at"]
        dump = sent(self.files("vault", DUMPS).get(name, b""))
        logs = {log: sent(text) for log, text in self.files("vault", LOGS).items()}
        judged = self.town("/judge/point", dump=dump, keys=self.keys, logs=logs)
        return judged | {"at": at, "machine": self.town("/judge/first")["logs"]}

    def rings_or_is_good(self, spoil: str = "", *, key: bool = False, full: bool = False) -> bool:
        """A night on which something is wrong: whether anything rang, or its dump gives back every row."""
        try:
            if key:
                self.scene.host("vault", user="root").run(HIDE)  # runs: moves a file, and says nothing
            played = self.night(spoil, FULL if full else "")
        finally:
            if key:
                self.scene.host("vault", user="root").run(SHOW)  # runs: moves it back, and says nothing
        found = rang(played["bell"])
        found = found or is_good(self.town("/judge/night", dump=played["dump"], keys=self.keys))
        if spoil:
            self.town("/play/heal", spoil=spoil)
        return found


def sent(content: bytes) -> str:
    """A file as the town takes it."""
    return base64.b64encode(content).decode()


def rang(bell: Found) -> bool:
    """Whether somebody got up: it was rung, or rang by itself at six."""
    return bool(bell["rings"]) or not bell["done"]


def differs(judged: Found) -> int:
    """How many rows are not as they should be."""
    return sum(judged.get(kind, 0) for kind in ("missing", "changed", "extra"))


def is_good(judged: Found) -> bool:
    """Whether a dump could be opened and gave back every row."""
    return "why" not in judged and "unread" not in judged and not differs(judged)


houses: dict[str, House] = {}


@pytest.fixture(scope="module")
def house(scene: Scene) -> House:
    """The house; whoever asks later gets the same, with what was played in it."""
    return houses.setdefault(scene.attempt.id, House(scene))
