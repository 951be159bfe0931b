"""A server as the next deploy makes it, beside the one that runs: from the same image, with the same volumes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from house import PATIENCE, House, wrong_jobs

from kikori.grading import Scene, eventually

if TYPE_CHECKING:
    from docker.models.containers import Container

UP = 20
"""Seconds that it may take until it serves."""


class Made(NamedTuple):
    """A server that was made anew, for as long as somebody looks at it."""

    container: Container
    address: str
    serves: bool

    @property
    def log(self) -> str:
        """The last that it said."""
        return bytes(self.container.logs(tail=5)).decode("utf-8", "replace").strip()

    def run(self, user: str, command: str) -> str:
        """Run a command as cron does; gives the last that it said where it failed."""
        done = self.container.exec_run(["timeout", "20", *command.split()], user=user)
        return str(done.output.decode("utf-8", "replace")).strip().rpartition("\n")[2] if done.exit_code else ""

    def rotate(self) -> tuple[int, str]:
        """Rotate there as root does; gives how it ended and what it said."""
        done = self.container.exec_run(["timeout", "-s", "KILL", str(PATIENCE), "rotate"])
        return int(done.exit_code), str(done.output.decode("utf-8", "replace"))


@contextmanager
def made_anew(scene: Scene) -> Iterator[Made]:
    """Make the server from its image, with its volumes and nothing else."""
    seen = scene.inspect("server")
    host = seen["HostConfig"]
    network = next(iter(seen["NetworkSettings"]["Networks"]))
    volumes = [f"{one['Name']}:{one['Destination']}" for one in seen["Mounts"] if one["Type"] == "volume"]
    container = scene.engine.containers.create(
        seen["Image"], network=network, volumes=volumes, cap_drop=["ALL"], cap_add=host["CapAdd"] or [],
        security_opt=host["SecurityOpt"] or [], mem_limit=host["Memory"], pids_limit=host["PidsLimit"],
        nano_cpus=host["NanoCpus"], labels=scene.labels, healthcheck={"test": ["NONE"]},
        name=f"{scene.attempt.project}-anew-{secrets.token_hex(3)}",
    )  # fmt: skip
    try:
        container.start()
        container.reload()
        address = container.attrs["NetworkSettings"]["Networks"][network]["IPAddress"]
        ask = f"curl -fsS -m 3 -o /dev/null http://{address}:8080/"
        street = scene.host("street")
        yield Made(container, address, eventually(lambda: street.run(ask).rc == 0, bool, within=UP, every=0.3))
    finally:
        container.remove(force=True)


class Anew(NamedTuple):
    """What came of it."""

    serves: bool
    log: str
    jobs: dict[str, str]
    packed: bool
    """Whether its packer packs: an order is sent while the server that was there before is away."""
    code: int
    """How a rotation ended that was run on it; -1 where there was no use in one."""
    said: str
    opened: tuple[str, ...]
    """Accounts that keys open which were there before the rotation that was run on it."""


def packs(house: House, made: Made) -> bool:
    """Whether an order that is sent to a server is taken and packed."""
    order = secrets.token_hex(8)
    asked = f"curl -fsS -m 5 -o /dev/null -X PUT 'http://{made.address}:8080/orders/{order}?plant=Hagi&many=1'"
    taken = house.scene.host("street").run(asked).rc == 0
    found = house.unpacked((order,))
    return taken and not (found["lost"] or found["unpacked"])


def tried(house: House) -> Anew:
    """Make a server anew, and try all that it is for, in the place of the one that was there."""
    server = house.scene.container("server")
    with made_anew(house.scene) as made:
        server.stop(timeout=5)
        try:
            jobs, packed, before = wrong_jobs(house, made.run), packs(house, made), house.state()
            code, said = made.rotate() if made.serves and packed and not jobs else (-1, "")
            opened = tuple(house.state().users_of(before.keys)) if code == 0 else ()
        finally:
            server.start()
        found = Anew(made.serves, made.log, jobs, packed, code, said, opened)
    house.served(8, within=UP)
    return found
