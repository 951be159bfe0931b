"""Which command a check names as the next one."""

from __future__ import annotations

import pytest

from kikori.content import Catalog
from kikori.learner.check import _next
from kikori.model import Attempt, Stage


@pytest.mark.parametrize(
    ("lab", "stage", "passed", "wanted"),
    [
        ("silent-exit", Stage.HEALTHY, True, "kikori break"),
        ("four-signals", Stage.HEALTHY, True, "kikori check"),
        ("four-signals", Stage.HEALTHY, False, "kikori hint"),
        ("silent-exit", Stage.BROKEN, True, "kikori check"),
        ("silent-exit", Stage.FIXED, True, "kikori explain"),
    ],
)
def test_next_command_after_a_check(lab: str, stage: Stage, passed: bool, wanted: str) -> None:
    attempt = Attempt(id="x", lab=lab, learner="aoi", seed=1, params={}, stage=stage, workspace="")
    assert _next(Catalog().lab(lab), attempt, passed) == wanted
