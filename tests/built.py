"""A site that is built once in a run of all phases, whoever of the workers comes first."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.selftest import SITE


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Build a site where no other worker has; those that come later wait for it.

    What the build keeps of its pages for the next one is in the state folder ``NAME.state`` beside it.
    """
    own = factory.getbasetemp()
    place = Path(os.environ.get(SITE) or (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "site")
    place.mkdir(exist_ok=True)
    with (place / f"{name}.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (place / name).is_dir():
            with pytest.MonkeyPatch.context() as environment:
                environment.setenv("XDG_STATE_HOME", str(place / f"{name}.state"))
                build(place / name)
    return place / name
