"""Taking away all that Docker holds of one project, whatever became of its compose files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from kikori.runtime import stack, swarm
from kikori.runtime.engine import client, telling

LABEL = "com.docker.compose.project"
OF = "kikori.of"
"""What labs/_viewers/compose.yaml puts on its containers: the project that they look at."""


def sweep(project: str) -> None:
    """Remove the project's containers, networks, volumes and own images; no error if there are none.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    sweep_viewers(project)
    filters: dict[str, str | list[str] | bool] = {"label": [f"{LABEL}={project}"]}
    with telling():
        for container in client().containers.list(all=True, filters=filters, ignore_removed=True):
            _gone(partial(container.remove, force=True, v=True))
        for network in client().networks.list(filters=filters):
            _gone(network.remove)
        for volume in client().volumes.list(filters=filters):
            _gone(volume.remove)
        _sweep_images(project, filters)
    stack.remove(project)


def sweep_viewers(project: str) -> None:
    """Remove what looks at the project from beside it, and hangs on its network."""
    filters: dict[str, str | list[str] | bool] = {"label": [f"{OF}={project}"]}
    with telling():
        for container in client().containers.list(all=True, filters=filters, ignore_removed=True):
            _gone(partial(container.remove, force=True, v=True))


def _sweep_images(project: str, filters: dict[str, str | list[str] | bool]) -> None:
    """Remove images made for this attempt alone; the labs' own stay for the next one.

    An image without a name may be what another scene still runs on, since a lab was built anew meanwhile.
    """
    for image in client().images.list(filters=filters):
        if all(tag.startswith(f"{project}-") for tag in image.tags):
            _gone(partial(client().images.remove, str(image.id), force=True), HTTPStatus.CONFLICT)


def projects(prefix: str) -> set[str]:
    """The names of all projects that begin so and that Docker holds something of."""
    filters: dict[str, str | list[str] | bool] = {"label": [LABEL]}
    with telling():
        labels = [c.labels for c in client().containers.list(all=True, filters=filters, ignore_removed=True)]
        labels += [n.attrs["Labels"] or {} for n in client().networks.list(filters=filters)]
        labels += [v.attrs["Labels"] or {} for v in client().volumes.list(filters=filters)]
    found = {one[LABEL] for one in labels if LABEL in one} | swarm.our_stacks()
    return {name for name in found if name.startswith(prefix)}


def leftovers(project: str) -> list[str]:
    """What Docker still holds of a project, for whoever wants to prove that it is nothing."""
    filters: dict[str, str | list[str] | bool] = {"label": [f"{LABEL}={project}"]}
    with telling():
        found = [
            f"container {c.name}" for c in client().containers.list(all=True, filters=filters, ignore_removed=True)
        ]
        found += [f"network {n.name}" for n in client().networks.list(filters=filters)]
        found += [f"volume {v.name}" for v in client().volumes.list(filters=filters)]
    return found + ([f"stack {project}"] if project in swarm.our_stacks() else [])


def _gone(remove: Callable[[], None], also: HTTPStatus = HTTPStatus.NOT_FOUND) -> None:
    from docker.errors import APIError

    try:
        remove()
    except APIError as problem:
        if problem.status_code not in (HTTPStatus.NOT_FOUND, also):  # somebody was faster, which is as good
            raise
