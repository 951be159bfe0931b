"""The next deploy: a new container of the service's image, with the volumes of the one that runs."""

from __future__ import annotations

import contextlib
import secrets
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kikori.grading import Scene, eventually
from kikori.grading.another import like
from kikori.runtime.debug_container import DebugContainer
from kikori.runtime.engine import client, telling
from kikori.runtime.images import SIDECAR

if TYPE_CHECKING:
    from docker.models.containers import Container
    from testinfra.host import Host

STARTS = 15
"""Seconds until a new container answers."""


class NextDeploy:
    """The new container, and a host of ours in its network, where nobody else is."""

    def __init__(self, container: Container, host: Host, ports: Sequence[str]) -> None:
        self._container = container
        self._host = host
        self._ports = ports

    def base_url(self) -> str:
        """Wait until it answers; empty where it does not, or has ended."""

        def look() -> tuple[str, bool]:
            self._container.reload()
            ended = self._container.status in {"exited", "dead", "created"}
            urls = (f"http://127.0.0.1:{port}" for port in self._ports)
            asking = "curl -s -f -o /dev/null -m 2 {}/"
            return next((one for one in urls if self._host.run(asking.format(one)).rc == 0), ""), ended

        return eventually(look, lambda seen: bool(seen[0]) or seen[1], within=STARTS, every=0.3)[0]

    def get(self, addresses: Sequence[str]) -> list[str]:
        """Ask it at each address; empty where no good answer comes."""
        between = secrets.token_hex(8)
        asking = (f"curl -s -f -m 2 {shlex.quote(address)}; echo {between}" for address in addresses)
        return str(self._host.run("; ".join(asking)).stdout).split(between)[: len(addresses)]

    def last_word(self) -> str:
        """Give the last line of its log, or why it did not start."""
        self._container.reload()
        written = self._container.logs(tail=20).decode("utf-8", "replace").strip()
        return str(written or self._container.attrs["State"]["Error"]).rpartition("\n")[2]


@contextmanager
def next_deploy(scene: Scene, service: str) -> Iterator[NextDeploy]:
    """Start a new container with the named volumes of the one that runs.

    Raises:
        OurFault: the service's container is gone, or the debug container can't be started.
        EnvironmentProblem: Docker is away or refused.
    """
    from docker.errors import APIError

    seen, project = scene.inspect(service), scene.attempt.project
    # What the image itself asks for has a name that nobody knows, and is another volume next time.
    volumes = [
        f"{one['Name']}:{one['Destination']}" if one["Name"].startswith(project) else one["Destination"]
        for one in seen["Mounts"]
        if one["Type"] == "volume"
    ]
    ports = sorted(name.split("/")[0] for name in seen["HostConfig"]["PortBindings"] or {})
    # The network is the debug container's: it stays when the new container ends.
    debug = DebugContainer(project, "none", SIDECAR, seen["HostConfig"].get("Sysctls"))
    try:
        with telling():
            made = like(seen, project) | {"volumes": volumes}
            container = client().containers.create(**made, network_mode=debug.network)
            try:
                with contextlib.suppress(APIError):  # what can't be started answers nobody
                    container.start()
                yield NextDeploy(container, scene.beside(debug), ports)
            finally:
                with contextlib.suppress(APIError):
                    container.remove(force=True, v=True)
    finally:
        debug.close()
