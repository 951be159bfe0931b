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
QUIETS = (5, 7)
"""QUIET is at least and at most so long."""
MEMORY = {"/run/front": "uid=10001,mode=755"}
PLACES = ("asagi", "benkei", "chigusa", "dozan", "enoki", "fukaya", "ginza", "hinoki", "itado", "kawara")
PROBE = (
    "import socket,sys\n"
    "for port in (8080, 8081, 3306):\n"
    "    try: socket.create_connection((sys.argv[1], port), 2).close(); print(port)\n"
    "    except OSError: pass\n"
)
LISTENING = """
import ipaddress, struct
for name in ("tcp", "tcp6"):
    try: lines = open(f"/proc/net/{name}").read().splitlines()[1:]
    except OSError: continue
    for words in map(str.split, lines):
        if words[3] == "0A":
            host, port = words[1].split(":")
            packed = b"".join(struct.pack("=I", int(host[at : at + 8], 16)) for at in range(0, len(host), 8))
            print(f"{ipaddress.ip_address(packed)}:{int(port, 16)}")
for words in map(str.split, open("/proc/net/unix").read().splitlines()[1:]):
    if int(words[3], 16) & 0x10000:
        print(" ".join(words[7:]) or "a socket without a name")
"""
BEHIND = (
    "touch /run/behind; { echo 'BEGIN; SELECT COUNT(*) FROM orders FOR UPDATE;'; "
    "n=0; while [ -e /run/behind ] && [ $((n += 1)) -le 80 ]; do sleep 0.1; done; "
    "echo 'ROLLBACK;'; } | mariadb -n hiruya"
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

    def __init__(self, scene: Scene, drawn: str = "stage") -> None:
        draw = scene.draw(drawn)
        self._scene = scene
        self.old, self.new, self.front = draw.sample(PLACES, 3)
        self.quiet = draw.randint(*QUIETS)
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

    def fall_behind(self, service: str) -> None:
        """Have all rows of a server locked, so that whatever is to be written there waits, for 8 s at most."""
        # runs: the lab's own server; what is decided rests on what the street sees of it
        self._made[service].exec_run(["sh", "-c", BEHIND], detach=True)
        self.ask("wait/0.7")

    def catch_up(self, service: str, after: float) -> None:
        """Have that end a little later."""
        # runs: the lab's own server, as above
        self._made[service].exec_run(["sh", "-c", f"sleep {after}; rm -f /run/behind"], detach=True)

    def commands(self, service: str) -> list[str]:
        """What runs on a server, as the engine tells it; nothing where the server is off."""
        from docker.errors import APIError

        try:
            found = self._made[service].top(ps_args="-o pid,args")
        except APIError:
            return []
        return [row[-1] for row in found["Processes"] or ()]

    def listening(self, service: str) -> list[str]:
        """Where a server takes connections, from itself too: told by a program of ours in its network."""
        from docker.errors import APIError

        made = self._made[service]
        try:
            told = self._scene.engine.containers.run(
                self._scene.inspect("street")["Image"], ["python3", "-c", LISTENING], remove=True,
                network_mode=f"container:{made.id}", labels=self._scene.labels, cap_drop=["ALL"], mem_limit="64m",
                security_opt=["no-new-privileges"], healthcheck={"test": ["NONE"]},
            )  # fmt: skip
        except APIError as error:
            made.reload()
            if made.status != "running":
                return []
            raise OurFault(f"nobody can look into the network of the old server: {error}", "kikori check") from error
        return [line for line in bytes(told).decode("utf-8", "replace").splitlines() if line]

    def unplug_old(self) -> None:
        """The old server is gone, where it isn't already."""
        from docker.errors import APIError

        with suppress(APIError):
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
