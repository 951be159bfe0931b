"""What is known outside of the server: the intruder's record, the customers' book, and what the box can show."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

import pytest
from box import shown
from keys import Door

from kikori.grading import Scene, eventually

IMAGE = "kikori/keep-the-evidence-town"
RECORD, BOOK = "/var/lib/town/record.json", "/var/lib/town/book.json"
SAMPLE = 12
MOMENT = 2
"""Seconds within which what was answered stands in a log, too."""
TRIES, LOGIN, STRANGERS = "/srv/town/tries.py", "/srv/town/login.py", "/srv/town/strangers.py"
PLACES = ("intruder", "customers", "box")
"""Whose addresses the intruder comes from: his own, one of customers, and one that has never come before."""
SITE, PICTURES, PAGES = "/srv/site", "/srv/site/pictures/", 20
"""Where the site and its pictures lie, and how many programs of each are asked for."""


class Outside:
    """What those outside of the server have written down, and what they meet when they try again."""

    def __init__(self, scene: Scene, doors: list[Door]) -> None:
        self.scene = scene
        self.doors = doors
        self.ports: list[int] = []
        """From where logins came that worked."""

    @property
    def record(self) -> dict[str, Any]:
        """The intruder's own record."""
        return self.told("intruder", RECORD)

    @property
    def book(self) -> dict[str, Any]:
        """The customers' book."""
        return self.told("customers", BOOK)

    def told(self, service: str, path: str) -> dict[str, Any]:
        """A record of theirs; one that is written anew while it is read is read again."""

        def look() -> dict[str, Any]:
            with suppress(ValueError):
                return dict(json.loads(self.scene.read(service, path)))
            return {}

        return eventually(look, bool)

    @property
    def first(self) -> dict[str, Any] | None:
        """The process with which it began; None where nobody ever came in."""
        return next(iter(self.record["processes"]), None)

    def inside(self) -> list[dict[str, Any]]:
        """The intruder's processes that are connected now."""
        return [one for one in self.record["processes"] if not one["ended"]]

    def alive(self) -> list[int]:
        """The numbers on the server of his processes that have not ended, connected or not.

        His alone is the name that he gave them, and the file without a name that they read from.
        """
        beside, params = self.scene.sidecar("web"), self.scene.params
        names = {one.pid: one.command for one in beside.processes() if not one.has_ended}
        script = f"{params['place']}/.s (deleted)"
        held = (one for one in beside.descriptors() if one.pid in names)
        return [one.inside for one in held if names[one.pid] == params["disguise"] or script in one.open]

    def try_in_vain(self, stranger: str) -> None:
        """Have a stranger try to log in from the customers' address, as nobody's user and as root."""
        self.scene.debug("customers", IMAGE).run("python3 %s %s", STRANGERS, stranger)

    @cached_property
    def address(self) -> str:
        """From where customers and staff come."""
        networks = self.scene.inspect("customers")["NetworkSettings"]["Networks"].values()
        return str(next(one["IPAddress"] for one in networks))

    @property
    def door(self) -> Door:
        """What sshd's settings say of whom it lets in: asked once for all checks."""
        if not self.doors:
            self.doors.append(Door(self.scene, self.address, self.scene.inspect("web")["Image"]))
        return self.doors[0]

    def lasts(self, owner: str, user: str) -> bool:
        """Whether somebody's key opens the account from everywhere and at any time."""
        return self.door.lasting(user, self.scene.read("customers", f"/var/lib/town/{owner}.pub"))

    def hidden(self) -> list[str]:
        """Accounts that the intruder's key opens from addresses that nobody has who tries it here."""
        return self.door.hidden(self.scene.read("intruder", "/var/lib/town/key.pub"))

    def open_ways(self) -> set[str]:
        """Ways that are open now, from the intruder's address and from others."""
        record = self.record
        told = {"token": record["token"], "name": record["name"], "page": self.scene.params["page"]}
        told |= {"key": self.scene.read("intruder", "/var/lib/town/key"), "probe": probe(record["token"])}
        told["pages"] = self.pages()
        found = set[str]()
        places = [self.scene.debug(place, IMAGE) for place in PLACES]
        with ThreadPoolExecutor(len(places)) as pool:
            for said in pool.map(lambda place: place.run("python3 %s %s", TRIES, json.dumps(told)), places):
                found |= {way for way, is_open in json.loads(said.stdout).items() if is_open}
        return found

    def pages(self) -> list[str]:
        """Where the site may have programs, whoever put them there and whatever they are called now."""
        lying = [one for one in self.scene.files("web", SITE) if one.kind == "file" and one.path.endswith(".cgi")]
        pictures = [one for one in lying if one.path.startswith(PICTURES)]
        programs = sorted(one.path for one in lying if one not in pictures)[:PAGES]
        newest = sorted(pictures, key=lambda one: one.changed, reverse=True)[:PAGES]
        return [quote(path.removeprefix(SITE)) for path in (*programs, *(one.path for one in newest))]

    def gets_in(self, owner: str, user: str) -> bool:
        """Whether somebody's key opens the account, and they can do there what they come for."""
        key = self.scene.read("customers", f"/var/lib/town/{owner}")
        said = self.scene.debug("customers", IMAGE).run("python3 %s %s %s", LOGIN, user, key)
        if said.rc == 0:
            self.ports.append(int(said.stdout))
        return said.rc == 0

    def truth(self, first: dict[str, Any]) -> dict[str, Any]:
        """What the box is held against."""
        params = self.scene.params
        names = [params["disguise"], params["program"]]
        record, book, asked = self.record, self.book, time.time()
        told = {name: first[name] for name in ("pid", "pids", "there", "sha256", "peers", "files")}
        told |= {"names": names, "port": int(params["port"]), "living": self.living(first)}
        known = [peer for one in record["processes"] for peer in one["peers"]]
        told |= {"met": [*known, *record.get("met", ())]}
        told |= {"unserved": [one for one in book["failures"] if one[0] >= first["began"]]}
        every = marks(record, book)
        told |= {"marks": self.sampled(every, first), "every": every}
        return told | {"settled": self.settled(first), "asked": asked}

    def living(self, first: dict[str, Any]) -> list[list[Any]]:
        """Processes of the server's own that were there when it began and are there now: so they were all the time."""
        if self.scene.state("web") != "running" or started(self.scene) > first["began"]:
            return []
        beside = self.scene.sidecar("web")
        names = {one.pid: one.command for one in beside.processes() if not one.has_ended}
        now = {one.inside: names.get(one.pid, "") for one in beside.descriptors()}
        return [[pid, name] for pid, name in first["pids"] if name in now.get(pid, "")]

    def settled(self, first: dict[str, Any]) -> float:
        """Until when all was written to the logs before anybody could copy them: the break ends a moment later."""
        return max(first["began"], (self.record["settled"] or 0) - MOMENT)

    def sampled(self, every: dict[str, list[list[Any]]], first: dict[str, Any]) -> dict[str, list[list[Any]]]:
        """What each copy of a log has, and since when: some of all that is known, and how the intruder came in."""
        edges = (first["began"], self.settled(first))
        found = {name: spread(known, edges) for name, known in every.items()}
        came = self.record["came"] or {}
        if name := {"upload": "access", "root": "sshd", "job": "jobs"}.get(came.get("way", "")):
            mark = f"port {came['mark']} " if name == "sshd" else came["mark"]
            found[name].append([min(came["at"], first["began"]), mark])
        return found


def marks(record: dict[str, Any], book: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """What whole logs have, and since when: visits, logins, tries in vain, and runs of the choir's job."""
    logins = [[at, f"port {port} "] for at, port in book["logins"]]
    found = {"access": book["visited"] + record["noise"]["access"], "sshd": logins + record["noise"]["sshd"]}
    found["jobs"] = [[at, at] for at in book["counts"]]
    return {name: sorted(known, key=lambda one: one[0]) for name, known in found.items()}


def spread(known: list[list[Any]], edges: tuple[float, float]) -> list[list[Any]]:
    """Take some from all over each of three times: before it began, until all had settled, and since then."""
    parts: list[list[list[Any]]] = [[], [], []]
    for at, mark in known:
        parts[sum(at > edge for edge in edges)].append([at, mark])
    return [one for part in parts for one in part[:: max(1, len(part) // SAMPLE)]]


def started(scene: Scene) -> float:
    """When the server was started last."""
    return datetime.fromisoformat(scene.inspect("web")["State"]["StartedAt"]).timestamp()


def changed_at(scene: Scene, path: str) -> float:
    """When something on the server was written last, as the engine tells it; 0 where there is nothing."""
    return next((file.changed for file in scene.files("web", path)), 0.0)


def probe(token: str) -> str:
    """A program for the web that only shows that it runs."""
    head = "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\n"
    return f"{head}printf '%s' \"{token} $QUERY_STRING\" | sha256sum\n"


@pytest.fixture(scope="session")
def doors() -> list[Door]:
    """What sshd's settings say, once somebody has asked."""
    return []


@pytest.fixture(scope="module")
def outside(scene: Scene, doors: list[Door]) -> Outside:
    """Those outside of the server."""
    return Outside(scene, doors)


@pytest.fixture(scope="module")
def first(outside: Outside) -> dict[str, Any] | None:
    """The process with which it began."""
    return outside.first


@pytest.fixture(scope="module")
def evidence(scene: Scene, outside: Outside, first: dict[str, Any] | None) -> dict[str, Any]:
    """What the box can show of it."""
    return shown(scene, IMAGE, outside.truth(first)) if first else {}


def clock(at: float) -> str:
    """A time of day as the server and the box write it."""
    return time.strftime("%H:%M:%S", time.gmtime(at))
