"""The engine's Swarm mode: entered for a lab that teaches it, and left as it was found.

A swarm of ours has a label; one without it belongs to somebody else and is never touched.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kikori.engine.client import client, translate_errors
from kikori.errors import EnvironmentProblem

OURS = "kikori.swarm"
BRIDGE = "docker_gwbridge"
"""The network that the engine makes when it enters a swarm, and forgets when it leaves."""
NAMELESS = {"bridge", "host", "none", BRIDGE}
"""The networks on which containers have no names for each other."""
STARTS_WITHIN = timedelta(minutes=10)
"""How long a network without a running container may still be somebody's start; whoever was killed starts nothing."""
NAMESPACE = "com.docker.stack.namespace"
NO_MANAGER = "not a swarm manager"
"""What the engine says to whoever asks a machine without a swarm, or a worker of one, about the swarm (moby's
``daemon/cluster/errors.go``). Its ``/info`` would tell, too, and starts two programs each time."""
ADDRESS = "127.0.0.1"
PORT = 2377
LOCK = Path("/tmp/kikori-swarm.lock")  # noqa: S108 - an empty file; TMPDIR may differ from caller to caller
"""One for the machine, as the engine has one swarm for all of its users."""


@contextmanager
def turn() -> Iterator[None]:
    """One at a time enters or leaves, whoever of this machine it is; the kernel frees the lock when its holder dies."""
    lock = os.open(LOCK, os.O_RDONLY | os.O_NOFOLLOW) if LOCK.exists() else _made()
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _made() -> int:
    """The lock's file, new; whoever was faster has made the same."""
    try:
        return os.open(LOCK, os.O_RDONLY | os.O_NOFOLLOW | os.O_CREAT, 0o644)
    except OSError as problem:
        raise EnvironmentProblem(f"Can't write {LOCK}: {problem.strerror}", f"ls -l {LOCK}") from None


def is_ours() -> bool:
    """Whether the machine is in a swarm that we made; only a swarm's manager answers that."""
    from docker.errors import APIError

    with translate_errors():
        try:
            return OURS in _labels()
        except APIError as problem:
            if NO_MANAGER not in str(problem) and _node().get("ControlAvailable"):
                raise
            return False


def state() -> str:
    """``inactive``, ``ours`` or ``foreign``."""
    if is_ours():
        return "ours"
    with translate_errors():
        return "inactive" if _node().get("LocalNodeState", "inactive") == "inactive" else "foreign"


def _node() -> dict[str, Any]:
    return client().info().get("Swarm") or {}


def _labels() -> dict[str, str]:
    client().swarm.reload()
    return client().swarm.attrs["Spec"].get("Labels") or {}


def enter() -> None:
    """Make a swarm of this machine alone, unless there is one of ours; call it within a ``turn``.

    Raises:
        EnvironmentProblem: the machine is part of a swarm that is not ours, or the swarm's port is taken.
    """
    found = state()
    if found == "foreign":
        raise EnvironmentProblem(
            "This machine is part of a Swarm already. The lab needs one of its own, and leaves yours as it is.",
            "docker node ls; docker swarm leave once nobody needs it any more, or take another machine",
        )
    if found == "inactive":
        with translate_errors():
            bridge = "there" if client().networks.list(names=[f"^{BRIDGE}$"]) else "new"
            client().swarm.init(ADDRESS, f"{ADDRESS}:{PORT}", labels={OURS: bridge}, task_history_retention_limit=3)


def leave_if_unused() -> None:
    """Leave a swarm of ours in which no stack is left, once nobody loses by it; call it within a ``turn``."""
    if not is_ours() or stacks() or names_in_use():
        return
    with translate_errors():
        bridge = _labels()[OURS]
        client().swarm.leave(force=True)
        while client().info()["Swarm"]["LocalNodeState"] != "inactive":  # the engine answers before it has left
            time.sleep(0.1)
        if bridge == "new":
            for network in client().networks.list(names=[f"^{BRIDGE}$"]):
                network.remove()


def names_in_use() -> bool:
    """Whether containers run, or are about to, that call each other by name.

    When the engine leaves a swarm it forgets the names of all containers on this machine, those of other people's
    compose projects as well, until they are restarted (moby 26, libnetwork: cleanupServiceDiscovery).
    """
    with translate_errors():
        running = [container["NetworkSettings"]["Networks"].keys() for container in client().api.containers()]
        networks = client().api.networks(filters={"label": ["com.docker.compose.project"]})
    now = datetime.now(UTC)
    return any(names - NAMELESS for names in running) or any(may_be_starting(one, now) for one in networks)


def may_be_starting(network: Mapping[str, Any], now: datetime) -> bool:
    """Whether containers of ours may be about to run on a network, as the engine's list tells of it."""
    return network["Name"].startswith("kikori-") and now - datetime.fromisoformat(network["Created"]) < STARTS_WITHIN


def our_stacks() -> set[str]:
    """The stacks in a swarm of ours; none where there is no such swarm."""
    if not is_ours():
        return set()
    with turn():
        return stacks() if is_ours() else set()


def stacks() -> set[str]:
    """The stacks that the swarm holds anything of; call it within a ``turn``, or while a stack of yours is in it."""
    with translate_errors():
        found = [service.attrs["Spec"]["Labels"] for service in client().services.list()]
        found += [network.attrs["Labels"] or {} for network in client().networks.list(filters={"driver": "overlay"})]
    return {labels[NAMESPACE] for labels in found if NAMESPACE in labels}
