"""Restarting the containers of a project, each after those that it depends on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docker.models.containers import Container

DEPENDS_ON = "com.docker.compose.depends_on"
"""The label in which compose keeps it: ``front:service_started:true,shop:service_healthy:false``."""

USUAL_PATIENCE = 10
"""Seconds that the engine gives a container to end whose compose file says nothing."""
PAUSES = (1, 3)
"""Seconds before the engine is asked once more for what it refused: a busy one refuses what works a moment later."""


def restart(containers: Mapping[str, Container]) -> None:
    """Stop each container and start it again, side by side where none waits for another.

    Not by the engine's own restart, as ``docker compose restart`` asks for: a busy engine deals twice with the end of a
    container that ended just when its grace period was over, and gives up the container's files twice. Its restart
    holds them once more than a stop and a start do, so the last to let go takes them from the container that has begun
    since: whatever is executed in it as a user by name fails from then on (moby 26, daemon/kill.go and restart.go;
    docs/adr/0018).

    Raises:
        docker.errors.APIError: a container could not be started.
    """
    order = TopologicalSorter({name: _awaited(one, containers) for name, one in containers.items()})
    order.prepare()
    with ThreadPoolExecutor(max(1, len(containers))) as pool:
        while order.is_active():
            names = order.get_ready()
            list(pool.map(lambda name: _restart(containers[name]), names))
            order.done(*names)


def _awaited(container: Container, containers: Mapping[str, Container]) -> list[str]:
    words = container.labels.get(DEPENDS_ON, "").split(",")
    return [name for word in words if (name := word.partition(":")[0]) in containers]


def _restart(container: Container) -> None:
    stop_and_start(container, container.attrs["Config"].get("StopTimeout") or USUAL_PATIENCE)


def stop_and_start(container: Container, patience: int) -> None:
    """Stop one container within ``patience`` seconds, and start it again.

    Raises:
        docker.errors.APIError: the engine refused it three times.
    """
    # The SDK waits for an answer by what it is told here, not by what the container was given.
    _insist(lambda: container.stop(timeout=patience))
    _insist(container.start)


def _insist(ask: Callable[[], None]) -> None:
    from docker.errors import APIError

    for pause in PAUSES:
        try:
            return ask()
        except APIError:
            time.sleep(pause)
    return ask()


def revive(containers: Iterable[Container]) -> list[str]:
    """Start again what the engine took for ended by the end before; gives their names.

    The second time that it deals with an end may come when the container runs again. Then its process lives, and the
    engine says that it ended before it began.

    Raises:
        docker.errors.APIError: one could not be started.
    """
    lost = [container for container in containers if _ended_before_it_began(container.attrs["State"])]
    for container in lost:
        _insist(container.start)
    return [str(container.name) for container in lost]


def _ended_before_it_began(state: Mapping[str, str | bool]) -> bool:
    """Whether the two moments that the engine keeps are in the wrong order; both are written in UTC."""
    return not state["Running"] and str(state["FinishedAt"])[:19] < str(state["StartedAt"])[:19]
