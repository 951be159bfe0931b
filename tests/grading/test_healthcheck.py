"""A healthcheck is asked where nothing of its service runs: one that is content there is content with everything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from kikori import host
from kikori.engine.cleanup import OF, leftovers, sweep
from kikori.engine.client import client
from kikori.grading import Scene, says_well_in_vain
from kikori.grading.checks import healthcheck
from kikori.learner.doctor import build_images
from kikori.learner.session import Session
from kikori.model import Attempt, Stage

pytestmark = pytest.mark.docker

PROJECT = f"kikori-test-healthcheck-{os.getpid()}"
ASK = "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/').read()"


@pytest.fixture
def scene() -> Iterator[Scene]:
    host.ready()
    build_images(Session(), ["silent-exit"])
    identity = PROJECT.removeprefix("kikori-")
    yield Scene(Attempt(id=identity, lab="first-look", learner="ada", seed=7, params={}, stage=Stage.BROKEN))
    sweep(PROJECT)
    assert leftovers(PROJECT) == []


def served(test: list[str] | None) -> Any:
    """A web server with a healthcheck of its own."""
    return client().containers.run(
        "kikori/python", ["python3", "-m", "http.server", "8000"], detach=True, environment={"WELL": "yes"},
        healthcheck={"test": test} if test else None,
        labels={OF: PROJECT, "com.docker.compose.project": PROJECT, "com.docker.compose.service": "web"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("test", "vain"),
    [
        (["CMD", "python3", "-c", ASK], False),
        (["CMD-SHELL", f'python3 -c "{ASK}"'], False),
        (["CMD-SHELL", f'python3 -c "{ASK}" || echo down'], True),
        (["CMD-SHELL", 'test "$WELL" = yes'], True),
        (["CMD", "true"], True),
        (["CMD", "no-such-program"], False),
        (["NONE"], False),
        (None, False),
    ],
)
def test_healthcheck_that_is_always_content_is_known(scene: Scene, test: list[str] | None, vain: bool) -> None:
    served(test)
    assert says_well_in_vain(scene, "web") is vain


def test_healthcheck_that_does_not_end_has_failed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(healthcheck, "LONGEST", 1)
    served(["CMD", "sleep", "600"])
    assert not says_well_in_vain(scene, "web")
