"""The files of sessions, wherever they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from kikori.grading import Sidecar

KEPT = ("/", "/data", "/dev/shm")  # noqa: S108  # the container's, to be looked at
"""File systems that may keep sessions."""


def files(beside: Sidecar, cookies: Sequence[str]) -> list[str]:
    """Find the files of sessions by their numbers."""
    names = tuple(f"*{cookie.partition('=')[2]}*" for cookie in cookies)
    return [file.path for file in beside.files(*KEPT, names=names) if file.kind == "file"] if names else []
