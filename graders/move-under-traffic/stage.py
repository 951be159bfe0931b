"""A stage: another old server, another new one, another street, and a front of the learner's image between them.

All have a network of their own without a way out, and names that are drawn. The learner's own scene is not touched.
"""

from __future__ import annotations

import json
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

if TYPE_CHECKING:
    from docker.models.containers import Container

SOCKET = "/run/street/socket"
UP = 40
LARGEST = 4096
MEMORY = {"/run/front": "uid=10001,mode=755"}
PLACES = ("asagi", "benkei", "chigusa", "dozan", "enoki", "fukaya", "ginza", "hinoki", "itado", "kawara")
PROBE = (
    "import socket,sys\n"
    "for port in (8080, 8081, 3306):\n"
    "    try: socket.create_connection((sys.argv[1], port), 2).close(); print(port)\n"
    "    except OSError: pass\n"
)


class Ended(NamedTuple):
    """How a step ended: its exit code, None where it did not end in time, and what it said last."""

    code: int | None
    said: str
    seconds: float


class Running:
    """A step under way; what it has begun may go on when it has ended, and hold what it writes to."""

    def __init__(self, api: Any, container: str, name: str, within: float) -> None:
        self._api, self._within, self._began = api, within, time.monotonic()
        self._id = api.exec_create(container, [name])["Id"]
        self._told = bytearray()
        stream = api.exec_start(self._id, stream=True)
        Thread(target=self._listen, args=(stream,), daemon=True).start()

    def _listen(self, stream: Any) -> None:
        for piece in stream:
            self._told += piece
            del self._told[:-LARGEST]

    def ended(self) -> Ended:
        """Wait for its end."""
        left = max(0.0, self._within - (time.monotonic() - self._began))
        code = eventually(lambda: self._api.exec_inspect(self._id)["ExitCode"], lambda one: one is not None, left)
        last = bytes(self._told).decode("utf-8", "replace").strip().rpartition("\n")[2]
        return Ended(code, last, time.monotonic() - self._began)


class Stage:
    """It stands until it is closed."""

    def __init__(self, scene: Scene) -> None:
        draw = scene.draw("stage")
        self._scene = scene
        self.old, self.new, self.front = draw.sample(PLACES, 3)
        self.quiet = draw.randint(5, 7)
        self._made: dict[str, Container] = {}
        name = f"{scene.attempt.project}-stage-{secrets.token_hex(3)}"
        self._network = scene.engine.networks.create(name, internal=True, labels=scene.labels)
        try:
            self._begin(draw.randint(350, 800))
        except BaseException:
            self.close()
            raise

    def _begin(self, past: int) -> None:
        """Make and start all of it; offices do not order yet."""
        self._start("old", self.old, {"PAST": str(past), "SERVER_ID": "1"})
        self._start("new", self.new, {"SERVER_ID": "2"})
        pace = f"0.4 {self.quiet / 2}"
        street = {"OLD": self.old, "NEW": self.new, "PACE": pace, "LATE": "9999", "BEGIN": "no"}
        self._start("street", "names", street)
        for server in (self.old, self.new):
            if not eventually(lambda one=server: self.answers(one), bool, within=UP, every=0.3):
                raise OurFault(f"a server of the lab's own does not start: {server}", "kikori check")
        told = {"OLD": self.old, "NEW": self.new, "FRONT": self.front, "QUIET": str(self.quiet)}
        self._start("front", self.front, told | {"NAME": "http://names:8053/orders"}, tmpfs=MEMORY)

    def _start(self, service: str, alias: str, environment: dict[str, str], **more: Any) -> None:
        """Start a container with the image, limits and rights of a service's, under a name of its own."""
        from docker.errors import APIError

        seen, engine = self._scene.inspect(service), self._scene.engine
        host = seen["HostConfig"]
        made = engine.containers.create(
            seen["Image"], hostname=alias, environment=environment, labels=self._scene.labels, init=host.get("Init"),
            cap_drop=["ALL"], cap_add=host["CapAdd"] or [], security_opt=["no-new-privileges"],
            mem_limit=host["Memory"], pids_limit=host["PidsLimit"], nano_cpus=host["NanoCpus"],
            healthcheck={"test": ["NONE"]}, network=self._network.name,
            networking_config={self._network.name: engine.api.create_endpoint_config(aliases=[alias])},
            name=f"{self._network.name}-{service}", **more,
        )  # fmt: skip
        self._made[service] = made
        with suppress(APIError):  # what does not start answers nobody, and that is told
            made.start()

    def ask(self, path: str, method: str = "GET") -> Any:
        """Ask the street, which is the lab's own.

        Raises:
            OurFault: it does not answer.
        """
        # runs: curl of the lab's own street
        command = ["curl", "-sS", "-m", "60", "-X", method, "--unix-socket", SOCKET, f"http://street/{path}"]
        done = self._made["street"].exec_run(command)
        try:
            return json.loads(done.output)
        except ValueError as error:
            raise OurFault(f"the street does not answer to {path}: {done.output[-200:]!r}", "kikori check") from error

    def rows(self, server: str) -> list[list[Any]] | None:
        """The orders that a server has; nothing where it does not say."""
        found = self.ask(f"rows/{server}")
        return found if isinstance(found, list) else None

    def answers(self, server: str) -> bool:
        """Whether a server's database answers."""
        try:
            return self.rows(server) is not None
        except OurFault:
            return False

    def step(self, name: str, within: float) -> Running:
        """Begin one of the learner's steps on the front, which has to be up."""
        # runs: the learner's step is what is judged, by what becomes of offices and servers
        return Running(self._scene.engine.api, str(self._made["front"].id), name, within)

    @property
    def front_runs(self) -> bool:
        """Whether the front is up."""
        front = self._made["front"]
        front.reload()
        return bool(front.status == "running")

    def switch(self, service: str, whether: str) -> None:
        """Have a server's database off or on; whether it is, is looked at from outside."""
        server = {"old": self.old, "new": self.new}[service]
        # runs: the lab's own server; what is decided rests on what the street sees of it
        self._made[service].exec_run(["sv", "-w", "10", "stop" if whether == "off" else "start", "mariadb"])
        eventually(lambda: self.answers(server), lambda up: up == (whether == "on"), within=15, every=0.3)

    def doors(self, server: str) -> list[int]:
        """The ports at which a server still takes connections."""
        # runs: Python of the lab's own street
        done = self._made["street"].exec_run(["python3", "-c", PROBE, server])
        return [int(port) for port in done.output.split()]

    def unplug_old(self) -> None:
        """The old server is gone."""
        self._made["old"].kill()

    def close(self) -> None:
        """Take all of it away."""
        from docker.errors import APIError

        with ThreadPoolExecutor(4) as pool:
            for one in self._made.values():
                pool.submit(self._remove, one)
        with suppress(APIError):
            self._network.remove()

    def _remove(self, one: Container) -> None:
        from docker.errors import APIError

        with suppress(APIError):
            one.remove(force=True, v=True)
