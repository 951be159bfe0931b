"""Scenes for the tests of the loop, gone afterwards whatever a test did."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kikori import host, paths
from kikori.attempts import Store
from kikori.engine.cleanup import sweep

Lab = Callable[[str, Callable[[Path], None]], None]


@pytest.fixture(autouse=True)
def clean_docker(own_places: Path) -> Iterator[None]:
    """Have Docker ready, and take away what this test's attempts left."""
    host.ready()
    yield
    for attempt in Store().all():
        sweep(attempt.project)


@pytest.fixture
def lab(own_places: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Make a lab of one's own out of first-look, changed by a function that gets its folder."""

    def make(name: str, change: Callable[[Path], None]) -> None:
        root = own_places / "content"
        shutil.copytree(paths.ROOT / "labs/first-look", root / "labs" / name)
        shutil.copytree(paths.ROOT / "labs/_images", root / "labs/_images", dirs_exist_ok=True)
        shutil.copytree(paths.ROOT / "graders/first-look", root / "graders" / name)
        change(root / "labs" / name)
        monkeypatch.setenv("KIKORI_CONTENT", str(root))

    return make
