"""The engine's build cache: taken away again where builds were a stranger's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kikori.errors import EnvironmentProblem
from kikori.runtime.engine import client, telling

if TYPE_CHECKING:
    from docker import APIClient

AT_ONCE = 1000
"""Records of one question: the engine looks at all that it has for each, which takes a second or two of thousands."""


@contextmanager
def passing_cache() -> Iterator[None]:
    """Take away what builds of the block add to the engine's build cache.

    What is a layer of an image stays, and so does what was there before. An engine that does not answer keeps it all,
    which is no reason for a review to end.
    """
    before: frozenset[str] | None = None
    with suppress(EnvironmentProblem):
        before = frozenset(_records())
    try:
        yield
    finally:
        if before is not None:
            with suppress(EnvironmentProblem):
                _remove([one for one in _records() if one not in before])


def _records() -> list[str]:
    """The ids of the cache's records, the newest first."""
    with telling():
        api: APIClient = client().api
        answer = api.get(f"{api.base_url}/v{api.api_version}/system/df", params={"type": "build-cache"})
        answer.raise_for_status()
        found = answer.json()["BuildCache"] or []
    return [one["ID"] for one in sorted(found, key=lambda one: one["CreatedAt"], reverse=True)]


def _remove(records: list[str]) -> None:
    """Remove records, those that stand on others first; each question is one expression of ids."""
    with telling():
        for start in range(0, len(records), AT_ONCE):
            ids = "|".join(records[start : start + AT_ONCE])
            client().api.prune_builds(filters={"id": f"^({ids})$"})  # type: ignore[arg-type]  # the stub lacks it
