"""Commands typed on a machine on which no engine answers and nobody agrees to an installation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.attempts import Store
from kikori.model import Attempt, Stage

Kept = Callable[..., Attempt]


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")
    for name in ("KIKORI_YES", "CI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def kept() -> Kept:
    """``kept(stage=…)``: an attempt at first-look on disk, of which no container is left."""

    def save(**fields: object) -> Attempt:
        told = {"id": "first-look-00000a", "lab": "first-look", "learner": "ada", "seed": 1, "params": {}}
        return Store().save(Attempt(**{**told, "stage": Stage.BROKEN, **fields}))  # type: ignore[arg-type]

    return save
