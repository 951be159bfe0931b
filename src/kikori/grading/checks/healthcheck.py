"""Whether a healthcheck can say that something is wrong."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kikori.engine.client import client, translate_errors
from kikori.grading.replica import like
from kikori.grading.scene import Scene

if TYPE_CHECKING:
    from docker.models.containers import Container

LONGEST = 10
"""Seconds after which a healthcheck that does not end counts as one that failed."""


def says_well_in_vain(scene: Scene, service: str) -> bool:
    """Ask a service's healthcheck where nothing of the service runs; gives whether it is content all the same.

    It runs in a container like the service's, for the same user and with the same rights, without a network.

    Raises:
        OurFault: the service's container is gone.
        EnvironmentProblem: Docker is away or refused.
    """
    from docker.errors import APIError

    seen = scene.inspect(service)
    command = _command(seen["Config"].get("Healthcheck") or {}, seen["Config"].get("Shell") or ("/bin/sh", "-c"))
    if not command:
        return False
    made = like(seen, scene.attempt.project, {}) | {"entrypoint": [command[0]], "command": [*command[1:]]}
    with translate_errors():
        alone = client().containers.create(**made, network_mode="none")
        try:
            alone.start()
            return _ended_well(alone)
        except APIError:
            return False  # the image has no such program
        finally:
            with contextlib.suppress(APIError):
                alone.remove(force=True, v=True)


def asks(scene: Scene, service: str) -> bool:
    """Run a service's healthcheck once more; gives whether its network accepted a connection meanwhile.

    The kernel's count says so, not what the healthcheck or the service tell.

    Raises:
        NotRunning: the container does not run.
    """
    seen, beside = scene.inspect(service), scene.sidecar(service)
    command = _command(seen["Config"].get("Healthcheck") or {}, seen["Config"].get("Shell") or ("/bin/sh", "-c"))
    before = _accepted(beside.network("snmp"))
    with contextlib.suppress(subprocess.TimeoutExpired):
        scene.docker("exec", seen["Id"], *command, within=LONGEST)
    return _accepted(beside.network("snmp")) > before


def _accepted(table: str) -> int:
    """How many TCP connections a network has accepted, by the kernel's table (proc_pid_net(5), snmp)."""
    names, values = (line.split() for line in table.splitlines() if line.startswith("Tcp:"))
    return int(dict(zip(names, values, strict=True))["PassiveOpens"])


def _command(check: dict[str, object], shell: Sequence[str]) -> tuple[str, ...]:
    """What the engine would execute; nothing where there is no healthcheck."""
    test = check.get("Test") or ()
    form, *words = (str(word) for word in test) if isinstance(test, (list, tuple)) and test else ("NONE",)
    return {"CMD": tuple(words), "CMD-SHELL": (*shell, *words)}.get(form, ())


def _ended_well(alone: Container) -> bool:
    from requests.exceptions import RequestException

    try:
        return int(alone.wait(timeout=LONGEST)["StatusCode"]) == 0
    except RequestException:  # it takes too long
        return False
