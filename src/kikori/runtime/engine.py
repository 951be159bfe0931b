"""The Docker engine through its SDK: one client, errors as sentences."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from kikori.errors import EnvironmentProblem
from kikori.host import endpoint

if TYPE_CHECKING:
    from docker import DockerClient

# What a stuck engine may take before we say so, in seconds.
PATIENCE = 60


@cache
def client() -> DockerClient:
    """The engine that the docker command would use: DOCKER_HOST, else the current context.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    import docker  # 0.2 s, and most commands never need it

    with telling():
        found = docker.from_env(timeout=PATIENCE, environment=os.environ | {"DOCKER_HOST": endpoint.docker_host()})
        found.ping()
        return found


def version() -> str:
    """The engine's version.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    with telling():
        return str(client().version()["Version"])


@contextmanager
def telling() -> Iterator[None]:
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
