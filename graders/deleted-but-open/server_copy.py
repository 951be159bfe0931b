"""A second server with the learner's files: what is done to its disk and its clock harms nobody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kikori.grading import Answer, Replica, Scene, Sidecar, eventually, reasons, replica

reason = reasons(__file__)

CONFIGURATION = "/etc/roofs/roofs.conf"
MINUTES = re.compile(r"^(minutes *= *).*$", re.MULTILINE)
ANY_PORT = {"net.ipv4.ip_unprivileged_port_start": "0"}
"""The service has no capability for port 80; on a network of Docker's own it needs none."""
BEGUN = 15
"""Seconds that it has for its start."""
CLIENT = """
import hashlib, json, os, sys
from http.client import HTTPConnection, HTTPException

def ask(method, path, body=None, cookie=""):
    door = HTTPConnection("127.0.0.1", 80, timeout=5)
    try:
        door.request(method, path, body, {"Cookie": cookie} if cookie else {})
        answer = door.getresponse()
        return answer.status, (answer.getheader("Set-Cookie") or "").split(";")[0], answer.read()
    except (OSError, HTTPException):
        return 0, "", b""
    finally:
        door.close()

def get(path, cookie):
    return ask("GET", path, cookie=cookie)[0]

def sign_in(crew, many):
    return [ask("POST", "/login", json.dumps({"crew": crew}))[:2] for _ in range(int(many))]

def sums(*names):
    return [hashlib.sha256(ask("GET", f"/photos/{name}")[2]).hexdigest() for name in names]

def fill(cookie, size, many):
    told = []
    while len(told) < int(many) and all(200 <= status < 300 for status, _ in told):
        photo = os.urandom(int(size))
        told.append((ask("POST", "/photos", photo, cookie)[0], hashlib.sha256(photo).hexdigest()))
    found = [(status, sums(name[:16]) == [name]) for status, name in told]
    for _, name in told:
        ask("DELETE", f"/photos/{name[:16]}", cookie=cookie)
    return found

print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
"""
"""A client of the replica, run by the Python of a container of ours."""


class ServerCopy:
    """The replica, and what a client on its network meets."""

    def __init__(self, found: Replica, settings: str) -> None:
        self._replica, self._settings = found, settings

    @property
    def beside(self) -> Sidecar:
        """The sidecar of it; ask only one that ``is_up``."""
        return self._replica.sidecar

    def is_up(self) -> bool:
        """Wait until it answers; gives whether it does."""
        return eventually(lambda: self.get("/").status, lambda seen: seen == 200, BEGUN) == 200

    def get(self, path: str, cookie: str = "") -> Answer:
        """Ask it for a path."""
        return answer_of(self._ask("get", path, cookie))

    def sign_in(self, crew: str, many: int = 1) -> list[tuple[Answer, str]]:
        """Sign in one after the other; gives the answers and the cookies."""
        return [(answer_of(status), str(cookie)) for status, cookie in self._ask("sign_in", crew, str(many))]

    def sums(self, *names: str) -> list[str]:
        """Give the checksums of photos as they come."""
        return [str(one) for one in self._ask("sums", *names)]

    def fill(self, cookie: str, size: int, many: int) -> list[tuple[Answer, bool]]:
        """Send photos until one is refused; gives the answers, and whether each photo came back as it was sent."""
        return [(answer_of(status), bool(back)) for status, back in self._ask("fill", cookie, str(size), str(many))]

    def configure(self, minutes: int) -> None:
        """Have the service's configuration say another length of a session."""
        self._replica.put(with_minutes(self._settings, minutes))

    def _ask(self, *words: str) -> Any:
        asked = self._replica.host.run("python3 -c %s" + " %s" * len(words), CLIENT, *words)
        return json.loads(str(asked.stdout))


def answer_of(status: object) -> Answer:
    """Make an answer of the status that the client met."""
    return Answer(status=int(str(status)), text=reason("answer-of"))


def with_minutes(settings: str, minutes: int) -> dict[str, str]:
    """The configuration with another length of a session, by its path; nothing where it says none."""
    return {CONFIGURATION: MINUTES.sub(rf"\g<1>{minutes}", settings)} if MINUTES.search(settings) else {}


@contextmanager
def server_copy(scene: Scene, minutes: int) -> Iterator[ServerCopy]:
    """Start a replica with the files of the learner's and another length of a session.

    Where the configuration has no such line, the length stays what it is.

    Raises:
        OurFault: the service's container is gone, or the debug container can't be started.
        EnvironmentProblem: Docker is away or refused.
    """
    settings = scene.read("web", CONFIGURATION)
    with replica(scene, "web", with_changes=True, texts=with_minutes(settings, minutes), sysctls=ANY_PORT) as found:
        yield ServerCopy(found, settings)
