"""Checks that labs share, each on a service that keeps them and on one that does not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from kikori import host
from kikori.engine.cleanup import OF, sweep
from kikori.engine.client import client
from kikori.grading import (
    Scene,
    assert_not_root,
    assert_not_writable_by_all,
    assert_running,
    assert_survives_restart,
)
from kikori.host.base_image import IMAGE as BASE
from kikori.host.base_image import ensure_base_image
from kikori.model import Attempt, Stage

pytestmark = pytest.mark.docker
PROJECT = f"kikori-test-assertions-{os.getpid()}"
WAIT = "trap 'exit 0' TERM; sleep 1000 & wait"


@pytest.fixture(scope="module", autouse=True)
def made() -> Iterator[dict[str, Any]]:
    host.ready()
    ensure_base_image()
    services = {"well": ("nobody", WAIT), "rooted": ("0", WAIT), "ended": ("nobody", "true")}
    yield {
        name: client().containers.run(
            BASE, ["sh", "-c", command], user=user, detach=True,
            labels={OF: PROJECT, "com.docker.compose.project": PROJECT, "com.docker.compose.service": name},
        )
        for name, (user, command) in services.items()
    }  # fmt: skip
    sweep(PROJECT)


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setenv("KIKORI_LANG", "en")
    identity = PROJECT.removeprefix("kikori-")
    return Scene(Attempt(id=identity, lab="first-look", learner="ada", seed=7, params={}, stage=Stage.BROKEN))


def test_running(scene: Scene, made: dict[str, Any]) -> None:
    made["ended"].wait()
    assert_running(scene, "well", "rooted")
    with pytest.raises(AssertionError, match="not running: ended;"):
        assert_running(scene, "well", "ended")


def test_not_root(scene: Scene) -> None:
    assert_not_root(scene, "well")
    with pytest.raises(AssertionError, match="this runs as root: "):
        assert_not_root(scene, "rooted")


def test_not_writable_by_all(scene: Scene, made: dict[str, Any]) -> None:
    assert_not_writable_by_all(scene, "rooted", "/etc", "/tmp")  # noqa: S108  # the container's own
    made["rooted"].exec_run(["sh", "-c", "touch /etc/open; chmod 646 /etc/open"])
    with pytest.raises(AssertionError, match=r"may change /etc/open \(mode 646\)"):
        assert_not_writable_by_all(scene, "rooted", "/etc")


def test_survives_restart(scene: Scene, made: dict[str, Any]) -> None:
    def began() -> str:
        made["well"].reload()
        return str(made["well"].attrs["State"]["StartedAt"])

    before = began()
    assert_survives_restart(scene, "well", look=began, wanted=lambda seen: seen != before, patience=2)
    with pytest.raises(AssertionError, match="after a restart of well, saw "):
        assert_survives_restart(scene, "well", look=lambda: "gone", wanted=lambda seen: seen != "gone", patience=2)
