"""Telling a service from a command: what follows ``--`` is the command."""

from __future__ import annotations

import sys


def split(service: str | None, argv: list[str] | None) -> tuple[str | None, list[str] | None]:
    """The service and the command that were meant; the parser alone can't tell ``shell -- ls`` from ``shell ls``."""
    words = [word for word in (service, *(argv or ())) if word is not None]
    if "--" not in sys.argv:
        return service, argv
    command = sys.argv[sys.argv.index("--") + 1 :]
    place = words[: len(words) - len(command)]
    return (place[0] if place else None), command or None
