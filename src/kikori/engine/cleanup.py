"""Taking away all that Docker holds of one project, whatever became of its compose files."""

from __future__ import annotations

import hashlib
import os
import platform
from functools import partial
from http import HTTPStatus
from pathlib import Path

from kikori.engine.client import client, gone, remove_containers, translate_errors
from kikori.engine.swarm import membership, stack

LABEL = "com.docker.compose.project"
OF = "kikori.of"
"""What stands on the containers of labs/_viewers/compose.yaml and on sidecars: the project that they look at."""


def labels_beside(project: str) -> dict[str, str]:
    """Label a container of ours beside a project, so that a sweep finds it and nobody takes it for the project's own.

    Compose writes the project that an image was first built for into the image, and a container inherits it.
    """
    return {OF: project} | dict.fromkeys(stack.INHERITED, "")


def sweep(project: str) -> None:
    """Remove the project's containers, networks, volumes and own images; no error if there are none.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    sweep_viewers(project)
    filters: dict[str, str | list[str] | bool] = {"label": [f"{LABEL}={project}"]}
    with translate_errors():
        remove_containers(filters)
        for network in client().networks.list(filters=filters):
            gone(network.remove)
        for volume in client().volumes.list(filters=filters):
            gone(volume.remove)
        _sweep_images(project, filters)
    stack.remove(project)


def sweep_viewers(project: str) -> None:
    """Remove what looks at the project from beside it, hangs on its network, or was made by a check that was killed."""
    filters: dict[str, str | list[str] | bool] = {"label": [f"{OF}={project}"]}
    with translate_errors():
        remove_containers(filters)
        for network in client().networks.list(filters=filters):
            gone(network.remove)


def _sweep_images(project: str, filters: dict[str, str | list[str] | bool]) -> None:
    """Remove images made for this attempt alone; the labs' own stay for the next one.

    An image without a name may be what another scene still runs on, since a lab was built anew meanwhile. The list is
    the engine's own: the SDK's asks for each image once more, and one may be gone by then.
    """
    for image in client().api.images(filters=filters):
        if all(tag.startswith((f"{project}-", "<none>")) for tag in image["RepoTags"] or ()):
            gone(partial(client().images.remove, str(image["Id"]), force=True), HTTPStatus.CONFLICT)


def projects(prefix: str) -> set[str]:
    """The names of all projects that begin so and that Docker holds something of."""
    filters: dict[str, str | list[str] | bool] = {"label": [LABEL]}
    with translate_errors():
        labels = [c.labels for c in client().containers.list(all=True, filters=filters, ignore_removed=True)]
        labels += [n.attrs["Labels"] or {} for n in client().networks.list(filters=filters)]
        labels += [v.attrs["Labels"] or {} for v in client().volumes.list(filters=filters)]
    found = {one[LABEL] for one in labels if LABEL in one} | membership.our_stacks()
    return {name for name in found if name.startswith(prefix)}


def mark(kind: str) -> str:
    """What the names of this process's scenes of a kind begin with: the machine, in six letters, and its number."""
    place = hashlib.sha256(platform.node().encode()).hexdigest()[:6]
    return f"{kind}-{place}-{os.getpid()}-"


def sweep_dead(kind: str) -> None:
    """Take away the scenes of a kind whose process was killed on this machine.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    for project in projects("kikori-" + mark(kind).rpartition(str(os.getpid()))[0]):
        process = project.split("-")[3]
        if process.isdigit() and not Path(f"/proc/{process}").exists():
            sweep(project)


def leftovers(project: str) -> list[str]:
    """What Docker still holds of a project, for whoever wants to prove that it is nothing."""
    filters: dict[str, str | list[str] | bool] = {"label": [f"{LABEL}={project}"]}
    beside: dict[str, str | list[str] | bool] = {"label": [f"{OF}={project}"]}
    with translate_errors():
        found = [
            f"container {container.name}"
            for labels in (filters, beside)
            for container in client().containers.list(all=True, filters=labels, ignore_removed=True)
        ]
        found += [f"network {n.name}" for one in (filters, beside) for n in client().networks.list(filters=one)]
        found += [f"volume {v.name}" for v in client().volumes.list(filters=filters)]
    return found + ([f"stack {project}"] if project in membership.our_stacks() else [])
