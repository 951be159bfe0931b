"""What the tests of shipped labs share."""

from __future__ import annotations

import os

import pytest

from kikori.bench.service import PROFILE


@pytest.fixture(autouse=True)
def smaller_where_it_measures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Benchmarks run on little data here; ``KIKORI_PROFILE=standard pytest -m quiet`` runs them on all of it."""
    if request.node.get_closest_marker("quiet"):
        monkeypatch.setenv(PROFILE, os.environ.get(PROFILE, "tiny"))
