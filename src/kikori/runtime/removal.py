"""Removing what somebody else may be removing at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from kikori.runtime.engine import client

if TYPE_CHECKING:
    from docker.models.containers import Container

PATIENCE = 30
"""Seconds that the engine has for a removal that it says is under way."""


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
        gone(lambda: container.wait(condition="removed", timeout=PATIENCE))
