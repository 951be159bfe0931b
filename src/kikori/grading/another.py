"""Another container of a service, started with other settings: inputs that no learner has seen."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kikori.grading.scene import Scene
from kikori.runtime.debug_container import DebugContainer
from kikori.runtime.engine import client, telling
from kikori.runtime.images import SIDECAR
from kikori.runtime.sweep import labels_beside

if TYPE_CHECKING:
    from testinfra.host import Host

KEPT = {
    "CapAdd": "cap_add", "CapDrop": "cap_drop", "SecurityOpt": "security_opt", "Tmpfs": "tmpfs", "Memory": "mem_limit",
    "PidsLimit": "pids_limit", "NanoCpus": "nano_cpus", "ReadonlyRootfs": "read_only", "Init": "init",
}  # fmt: skip
"""What a container is started with that its program can notice, by the names of the engine and of its SDK."""


@contextmanager
def another(scene: Scene, service: str, **environment: str) -> Iterator[Host]:
    """Start a second container as a service's, with another environment; gives testinfra's host beside it.

    It has the service's image, command, user and limits, fresh volumes, and a network of its own that nobody is on:
    ask it on 127.0.0.1.

    Raises:
        OurFault: the service's container is gone, or the debug container can't be started.
        EnvironmentProblem: Docker is away or refused.
    """
    from docker.errors import APIError

    seen, project = scene.inspect(service), scene.attempt.project
    # The network is the debug container's: it stays when the second container ends.
    debug = DebugContainer(project, "none", SIDECAR, seen["HostConfig"].get("Sysctls"))
    try:
        with telling():
            second = client().containers.create(**like(seen, project, **environment), network_mode=debug.network)
            try:
                with contextlib.suppress(APIError):  # what can't be started answers nobody
                    second.start()
                yield scene.beside(debug)
            finally:
                with contextlib.suppress(APIError):
                    second.remove(force=True, v=True)
    finally:
        debug.close()


def like(seen: dict[str, Any], project: str, **environment: str) -> dict[str, Any]:
    """What the SDK is told to make a container like one that was inspected, with fresh volumes and no healthcheck."""
    own, host = seen["Config"], seen["HostConfig"]
    given = dict(pair.partition("=")[::2] for pair in own["Env"] or ())
    return {
        "image": seen["Image"],
        "command": own["Cmd"],
        "entrypoint": own["Entrypoint"],
        "user": own["User"],
        "working_dir": own["WorkingDir"],
        "environment": given | environment,
        "volumes": [mount["Destination"] for mount in seen["Mounts"] if mount["Type"] == "volume"],
        "healthcheck": {"test": ["NONE"]},
        "labels": labels_beside(project),
        **{name: host[key] for key, name in KEPT.items() if host.get(key)},
    }
