"""What the engine's list says of a container, as a learner reads it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docker
import pytest
from docker.models.containers import Container

from kikori import host
from kikori.engine.client import client
from kikori.engine.services import _service_of, hold_processes, kill, unwell
from kikori.errors import EnvironmentProblem
from kikori.grading import eventually
from kikori.host.base_image import IMAGE as BASE
from kikori.host.base_image import ensure_base_image


def row(*ports: dict[str, Any]) -> dict[str, Any]:
    labels = {"com.docker.compose.service": "history"}
    return {"Labels": labels, "State": "running", "Status": "Up 3 seconds (healthy)", "Ports": list(ports)}


def test_addresses_come_in_the_order_of_the_ports_inside() -> None:
    rules = {"IP": "127.0.0.1", "PrivatePort": 9091, "PublicPort": 33285, "Type": "tcp"}
    graphs = {"IP": "127.0.0.1", "PrivatePort": 9090, "PublicPort": 33286, "Type": "tcp"}
    hidden = {"PrivatePort": 80, "Type": "tcp"}
    for ports in ((rules, hidden, graphs), (graphs, rules, hidden)):
        assert _service_of(row(*ports)).addresses == ("127.0.0.1:33286", "127.0.0.1:33285")


@pytest.mark.parametrize("act", [hold_processes, kill])
def test_an_engine_that_is_gone_is_told_in_a_sentence(act: Callable[[Container], None], tmp_path: Path) -> None:
    nobody = docker.DockerClient(base_url=f"unix://{tmp_path}/engine.sock", version="1.45")
    with pytest.raises(EnvironmentProblem, match="Docker does not answer"):
        act(Container({"Id": "of-before"}, nobody))


@pytest.mark.docker
def test_who_is_not_well_is_told_with_the_engines_words() -> None:
    host.ready()
    ensure_base_image()
    project = f"unwell-{secrets.token_hex(4)}"
    probe = {"test": ["CMD", "no-such-probe"], "interval": 10**9, "retries": 1}
    stays = ["sleep", "60"]
    commands = {"ill": (stays, probe), "over": (["sh", "-c", "exit 7"], None), "well": (stays, None)}
    made = [
        client().containers.run(
            BASE,
            command,
            labels={"com.docker.compose.project": project, "com.docker.compose.service": name},
            healthcheck=healthcheck,
            detach=True,
        )
        for name, (command, healthcheck) in commands.items()
    ]
    try:
        told = eventually(
            lambda: unwell(project), lambda said: len(said) == 2 and "no-such-probe" in said[0], within=15
        )
        assert [said.split(" since ")[0] for said in told] == ["ill is running", "over is exited"]
        assert "with exit code 7" in told[1]
    finally:
        for one in made:
            one.remove(force=True)
