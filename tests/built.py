"""A site that is built once in a run of all phases, whoever of the workers comes first."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kikori.selftest import SITE

if TYPE_CHECKING:
    import pytest


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Build a site where no other worker has; those that come later wait for it."""
    own = factory.getbasetemp()
    place = Path(os.environ.get(SITE) or (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "site")
    place.mkdir(exist_ok=True)
    with (place / f"{name}.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (place / name).is_dir():
            build(place / name)
    return place / name
