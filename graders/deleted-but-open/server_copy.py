"""A second server with the learner's files: what is done to its disk and its clock harms nobody."""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kikori.errors import EnvironmentProblem
from kikori.grading import Answer, Scene, eventually, say
from kikori.grading.another import like
from kikori.runtime.debug_container import DebugContainer
from kikori.runtime.engine import client, telling
from kikori.runtime.images import SIDECAR
from kikori.runtime.inspection.filesystem_diff import EndState, capture, lay_on, take_away
from kikori.runtime.inspection.sidecar import Sidecar

if TYPE_CHECKING:
    from docker.models.containers import Container
    from testinfra.host import Host

CONFIGURATION = PurePosixPath("/etc/roofs/roofs.conf")
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


class Replica:
    """A second container, and a host of ours in its network, where nobody else is."""

    def __init__(self, container: Container, host: Host, settings: str, beside: Sidecar | None) -> None:
        self._container, self._host, self._settings, self._beside = container, host, settings, beside

    @property
    def beside(self) -> Sidecar:
        """The sidecar of it; ask only one that ``is_up``."""
        assert self._beside is not None, say("the second server does not run", "二台目のサーバーが動いていません")
        return self._beside

    def is_up(self) -> bool:
        """Wait until it answers; gives whether it does."""
        return bool(self._beside) and eventually(lambda: self.get("/").status, lambda seen: seen == 200, BEGUN) == 200

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
        put_minutes(self._container, self._settings, minutes)

    def _ask(self, *words: str) -> Any:
        asked = self._host.run("python3 -c %s" + " %s" * len(words), CLIENT, *words)
        return json.loads(str(asked.stdout))


def answer_of(status: object) -> Answer:
    """Make an answer of the status that the client met."""
    return Answer(status=int(str(status)), text=say("the connection was refused or cut", "接続を拒否されたか切られた"))


def put_minutes(container: Container, settings: str, minutes: int) -> None:
    """Put a configuration with another length of a session into a container, where it says one."""
    if not MINUTES.search(settings):
        return
    text, packed = MINUTES.sub(rf"\g<1>{minutes}", settings).encode(), io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo(CONFIGURATION.name)
        member.size, member.mode = len(text), 0o644
        archive.addfile(member, io.BytesIO(text))
    with telling():
        container.put_archive(str(CONFIGURATION.parent), packed.getvalue())


@contextmanager
def replica(scene: Scene, minutes: int) -> Iterator[Replica]:
    """Start a second container of the image, with the files of the learner's and another length of a session.

    Where the configuration has no such line, the length stays what it is.

    Raises:
        OurFault: the service's container is gone, or the debug container can't be started.
        EnvironmentProblem: Docker is away or refused.
    """
    from docker.errors import APIError

    seen, project = scene.inspect("web"), scene.attempt.project
    state, settings = capture(scene.container("web")), scene.read("web", str(CONFIGURATION))
    # The network is the debug container's: it stays when the replica ends.
    debug = DebugContainer(project, "none", SIDECAR, ANY_PORT | (seen["HostConfig"].get("Sysctls") or {}))
    beside: Sidecar | None = None
    try:
        with telling():
            second = client().containers.create(**like(seen, project), network_mode=debug.network)
        try:
            lay_on(second, state)
            put_minutes(second, settings, minutes)
            with suppress(APIError):  # what can't be started answers nobody
                second.start()
            second.reload()
            if second.attrs["State"]["Running"]:
                with suppress(EnvironmentProblem):  # it may have ended since
                    take_away(second, EndState(present=(), gone=state.gone, files=b""), {})
                beside = Sidecar(project, debug.name, int(second.attrs["State"]["Pid"]))
            yield Replica(second, scene.beside(debug), settings, beside)
        finally:
            if beside:
                beside.close()
            with suppress(APIError):
                second.remove(force=True, v=True)
    finally:
        debug.close()
