"""The engine's client, what is told while it works, and taking away what it made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

from kikori.errors import EnvironmentProblem
from kikori.host import endpoint

if TYPE_CHECKING:
    from docker import DockerClient
    from docker.models.containers import Container

PATIENCE = 60
"""Seconds that a stuck engine may take before we say so."""
REMOVAL_PATIENCE = 30
"""Seconds that the engine has for a removal that it says is under way."""
Tell = Callable[[str], None]


@cache
def client() -> DockerClient:
    """The engine that the docker command would use: DOCKER_HOST, else the current context.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    import docker  # 0.2 s, and most commands never need it

    with translate_errors():
        found = docker.from_env(timeout=PATIENCE, environment=os.environ | {"DOCKER_HOST": endpoint.docker_host()})
        found.ping()
        return found


def version() -> str:
    """The engine's version.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    with translate_errors():
        return str(client().version()["Version"])


@contextmanager
def translate_errors() -> Iterator[None]:
    """Turn what the SDK raises into a sentence about the machine.

    Raises:
        EnvironmentProblem: the engine is away, refuses us, or failed.
    """
    import requests
    from docker.errors import APIError, DockerException, NotFound

    try:
        yield
    except NotFound:
        raise  # whoever asked knows what it means
    except APIError as problem:
        raise EnvironmentProblem(f"Docker refused: {problem.explanation or problem}") from None
    except requests.exceptions.ReadTimeout:
        raise EnvironmentProblem(f"Docker did not answer within {PATIENCE} s.") from None
    except (DockerException, requests.exceptions.ConnectionError, OSError) as problem:
        raise EnvironmentProblem(_away(str(problem))) from None


def _away(problem: str) -> str:
    if "Permission denied" in problem or "PermissionError" in problem:
        return "You have no permission to use Docker: this user is not in the group 'docker'."
    return "Docker does not answer: it is not installed, or its daemon is not running."


def gone(remove: Callable[[], object], *also: HTTPStatus) -> None:
    """Remove a thing; whoever was faster is as good, as are the answers in ``also``.

    Raises:
        docker.errors.APIError: the engine refused for another reason.
    """
    from docker.errors import APIError

    try:
        remove()
    except APIError as problem:
        if problem.status_code not in (HTTPStatus.NOT_FOUND, *also):
            raise


def remove_containers(filters: dict[str, Any], *, every: bool = True) -> None:
    """Remove containers with their nameless volumes, stopped ones too unless not ``every``; none of them is left.

    Raises:
        docker.errors.APIError: the engine refused.
        requests.exceptions.Timeout: a removal that somebody else began does not end.
    """
    for container in client().containers.list(all=every, filters=filters, ignore_removed=True):
        _remove(container)


def _remove(container: Container) -> None:
    """Remove a container; one whose removal is under way is waited for, since its network hangs on it."""
    from docker.errors import APIError

    try:
        gone(lambda: container.remove(force=True, v=True))
    except APIError as problem:
        if problem.status_code != HTTPStatus.CONFLICT:
            raise
        gone(lambda: container.wait(condition="removed", timeout=REMOVAL_PATIENCE))


class Steps(Protocol):
    """Somebody who is told of each step and of what happens in it."""

    def step(self, title: str) -> AbstractContextManager[Tell]:
        """Enter a step; call what it gives with a line of detail, as often as there is one."""


class Silent:
    """Tells nobody."""

    @contextmanager
    def step(self, title: str) -> Iterator[Tell]:
        """Enter a step that nobody hears of."""
        yield lambda line: None
