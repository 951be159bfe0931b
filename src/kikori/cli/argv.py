"""Telling a lab from a service from a command: what follows ``--`` is the command."""

from __future__ import annotations

import sys
from collections.abc import Collection

Meant = tuple[str | None, str | None, list[str] | None]


def split(service: str | None, argv: list[str] | None, labs: Collection[str]) -> Meant:
    """Tell the lab, the service and the command that were meant.

    The parser alone can't tell ``shell -- ls`` from ``shell ls``; a first word that is one of ``labs`` is a lab's name.
    """
    words = [word for word in (service, *(argv or ())) if word is not None]
    behind = len(sys.argv) - sys.argv.index("--") - 1 if "--" in sys.argv else 0
    before, command = words[: len(words) - behind], words[len(words) - behind :]
    lab = before.pop(0) if before and before[0] in labs else None
    place = before.pop(0) if before else None
    return lab, place, (command if "--" in sys.argv else before) or None
