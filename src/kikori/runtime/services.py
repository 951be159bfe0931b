"""The services of a project as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kikori.model.record import Record

if TYPE_CHECKING:
    from docker.models.containers import Container

SETTLED = ("healthy", "unhealthy", "exited", "dead", "missing")
UP = ("healthy", "unhealthy", "starting", "running")


class Service(Record):
    """A service and its state: healthy, unhealthy, starting, running, exited, restarting, missing."""

    name: str
    state: str
    addresses: tuple[str, ...] = ()
    """Published ports as 127.0.0.1:PORT."""
    exit_code: int = 0

    @property
    def up(self) -> bool:
        """Whether its container runs, healthy or not."""
        return self.state in UP


def service_of(name: str, container: Container | None) -> Service:
    """What the engine says of a service's container."""
    if container is None:
        return Service(name=name, state="missing")
    state = container.attrs["State"]
    ports = container.attrs["NetworkSettings"]["Ports"] or {}
    addresses = [f"{p['HostIp']}:{p['HostPort']}" for bound in ports.values() for p in bound or ()]
    status = state["Status"]
    if status == "running" and "Health" in state:
        status = state["Health"]["Status"]
    return Service(name=name, state=status, addresses=tuple(addresses), exit_code=state["ExitCode"])
