"""A scene that comes up slowly, or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kikori import host, paths
from kikori.content import Catalog
from kikori.engine import Project, lab_compose
from kikori.engine.client import client
from kikori.engine.services import Service, wait_healthy
from kikori.errors import OurFault
from kikori.model import Attempt, Stage

LOOKED = 'test: ["CMD", "curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1/"]'
AGE = "$$(( $$(date +%s) - $$(stat -c %Y /.dockerenv) ))"


@pytest.fixture
def late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A scene whose service is called unhealthy before it is well, as on a slow machine."""
    host.ready()
    looks = {"start_period": "1s", "start_interval": "300ms", "interval": "1s", "retries": 1}
    monkeypatch.setattr(lab_compose, "EARLY_LOOKS", looks)
    for place in ("labs/first-look", "labs/_images", "graders/first-look"):
        shutil.copytree(paths.ROOT / place, tmp_path / place)
    compose = tmp_path / "labs/first-look/compose.yaml"
    text = compose.read_text(encoding="utf-8")
    assert LOOKED in text
    compose.write_text(text.replace(LOOKED, f'test: ["CMD-SHELL", "test {AGE} -gt 20"]'), encoding="utf-8")
    lab = Catalog([tmp_path]).lab("first-look")
    params = lab.params_of("ada", 1)
    attempt = Attempt(
        id=f"late-{secrets.token_hex(3)}", lab=lab.id, learner="ada", seed=1, params=params, stage=Stage.HEALTHY
    )
    project = Project(lab, attempt, tmp_path / "project")
    yield project
    project.down()


@pytest.mark.docker
def test_a_service_that_is_unhealthy_at_first_is_waited_for(late: Project) -> None:
    late.up(wait=False)
    late.settle(60)
    assert [one.state for one in late.states()] == ["unhealthy"]
    late.up()
    assert [one.state for one in late.states()] == ["healthy"]
    hardened(late)


def hardened(project: Project) -> None:
    """What compose.yaml does not say, and every lab has."""
    seen = project.container("web").attrs
    assert seen["HostConfig"]["CapDrop"] == ["ALL"]
    assert "no-new-privileges:true" in seen["HostConfig"]["SecurityOpt"]
    (name,) = seen["NetworkSettings"]["Networks"]
    network = client().networks.get(name)
    assert network.attrs["Options"] == {"com.docker.network.bridge.enable_ip_masquerade": "false"}


def test_one_that_ended_is_not_waited_for() -> None:
    looks = iter([[Service(name="web", state="starting")], *[[Service(name="web", state="exited", exit_code=3)]] * 2])
    with pytest.raises(OurFault, match="The service web ended with exit code 3 instead of starting"):
        wait_healthy(lambda: next(looks), 60)


def test_one_that_never_gets_well_is_told() -> None:
    with pytest.raises(OurFault, match=r"The service web did not get well .*: it is unhealthy"):
        wait_healthy(lambda: [Service(name="web", state="unhealthy")], 0.1)
